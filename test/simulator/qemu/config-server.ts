import { Readable } from 'node:stream';
import { Caller } from '../../../lib/simulator/access/access-control';
import { dispatch } from '../../../lib/simulator/api/dispatch';
import { endpoints } from '../../../lib/simulator/api/endpoints';
import { Router } from '../../../lib/simulator/api/router';
import { ApiError } from '../../../lib/simulator/api-error';
import { Cluster } from '../../../lib/simulator/cluster';
import { NoneEngine } from '../../../lib/simulator/engine/none-engine';
import { Storage } from '../../../lib/simulator/state/storage';
import { PveVersion, versions } from '../../../lib/simulator/version';

const terabyte = 1024 ** 4;

/** The end of a task and what it wrote. */
export interface Ended {
  readonly status: string;
  readonly log: readonly string[];
}

/** A node `pve` with the storages `local` (files) and `thin` (LVM), asked without any network. */
export class ConfigServer {
  public readonly cluster: Cluster;
  public caller: Caller = { id: 'root@pam!test', user: 'root@pam', tokenId: 'test' };
  private readonly router: Router;

  public constructor(line: PveVersion['line'] = '8.4') {
    this.cluster = new Cluster({ version: versions[line], engine: new NoneEngine(), taskDuration: 0, statusLag: 0, now: () => 1_800_000_000_000 });
    this.cluster.nodes.set('pve', { name: 'pve', bridges: ['vmbr0'], pci: [], processors: 8, memory: terabyte });
    this.cluster.storages.set('local', new Storage({
      id: 'local', type: 'dir', content: ['images', 'iso', 'import', 'snippets'], shared: false, path: '/var/lib/vz', capacity: terabyte,
    }));
    this.cluster.storages.set('thin', new Storage({ id: 'thin', type: 'lvmthin', content: ['images'], shared: false, capacity: terabyte }));
    this.cluster.storages.set('files', new Storage({ id: 'files', type: 'dir', content: ['iso'], shared: false, path: '/srv/files', capacity: terabyte }));
    this.cluster.access.users.get('root@pam')!.tokens.set('test', { id: 'test', secret: 's', privilegeSeparation: false, expire: 0 });
    this.router = new Router(endpoints, versions[line]);
  }

  /** Gives a token of a user its rights: path → privileges; requests are its own from then on. */
  public as(rights: { readonly [path: string]: readonly string[] }): void {
    const { access } = this.cluster;
    access.users.set('u@pve', { id: 'u@pve', enabled: true, groups: new Set(), tokens: new Map() });
    Object.entries(rights).forEach(([path, privileges], i) => {
      access.roles.set(`role${i}`, new Set(privileges));
      access.acl.push({ path, subject: 'u@pve', role: `role${i}`, propagate: true });
    });
    this.caller = { id: 'u@pve', user: 'u@pve' };
  }

  /** A file on a storage. */
  public async file(volid: string, text: string): Promise<void> {
    await this.cluster.volumes.receive('pve', volid, Readable.from([text]));
  }

  public async ask(method: string, path: string, parameters: { readonly [name: string]: string | number } = {}): Promise<unknown> {
    const values = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, `${value}`]));
    const { data } = await dispatch(this.cluster, this.router, { method, path: `/nodes/pve/qemu${path}`, parameters: values, caller: this.caller });
    return data;
  }

  /** The answer of a request that is refused: `500 text`, and which parameters are wrong. */
  public async refusal(method: string, path: string, parameters: { readonly [name: string]: string | number } = {}): Promise<string> {
    try {
      await this.ask(method, path, parameters);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return [`${error.status} ${error.message}`, ...Object.entries(error.errors ?? {}).map(([name, text]) => `${name}: ${text}`)].join('\n');
    }
    return '200';
  }

  /** Waits for a task. */
  public async end(upid: unknown): Promise<Ended> {
    const task = this.cluster.tasks.find(upid as string);
    await task.done;
    return { status: task.exitStatus!, log: task.log };
  }

  /** Makes a machine. */
  public async create(vmid: number, parameters: { readonly [name: string]: string | number } = {}): Promise<Ended> {
    return this.end(await this.ask('POST', '', { vmid, ...parameters }));
  }

  /** A machine's configuration, without what differs each time. */
  public async config(vmid: number, parameters: { readonly [name: string]: string | number } = {}): Promise<{ readonly [key: string]: unknown }> {
    const config = await this.ask('GET', `/${vmid}/config`, parameters) as { readonly [key: string]: unknown };
    return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, typeof value === 'string' ? masked(value) : value]));
  }

  /** Starts a machine. */
  public async start(vmid: number): Promise<void> {
    const { status } = await this.end(await this.ask('POST', `/${vmid}/status/start`));
    expect(status).toBe('OK');
  }
}

function masked(text: string): string {
  return text
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/, '<uuid>')
    .replace(/BC:24:11(?::[0-9A-F]{2}){3}/, '<mac>')
    .replace(/^[0-9a-f]{40}$/, '<digest>');
}
