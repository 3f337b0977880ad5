import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Caller } from '../../../lib/simulator/access/access-control';
import { dispatch } from '../../../lib/simulator/api/dispatch';
import { Upload } from '../../../lib/simulator/api/endpoint';
import { endpoints } from '../../../lib/simulator/api/endpoints';
import { Router } from '../../../lib/simulator/api/router';
import { ApiError } from '../../../lib/simulator/api-error';
import { Cluster, ClusterProps } from '../../../lib/simulator/cluster';
import { NoneEngine } from '../../../lib/simulator/engine/none-engine';
import { Guest } from '../../../lib/simulator/state/guest';
import { ContentType, Storage, StorageDefinition } from '../../../lib/simulator/state/storage';
import { PveVersion, versions } from '../../../lib/simulator/version';

const everything: ContentType[] = ['images', 'rootdir', 'iso', 'vztmpl', 'snippets', 'import', 'backup'];
const gibibyte = 1024 ** 3;

/** The moment all tests happen in, in milliseconds since 1970. */
export const moment = 1_800_000_000_000;

/** How a task ended, and its log. */
export interface Ended {
  readonly status?: string;
  readonly log: readonly string[];
}

/** A simulated cluster that is asked without any network, by root@pam itself unless said. */
export class Simulated {
  public readonly cluster: Cluster;
  public caller: Caller | undefined = { id: 'root@pam', user: 'root@pam' };
  private readonly router: Router;

  public constructor(line: PveVersion['line'] = '8.4', props: Partial<ClusterProps> = {}) {
    this.cluster = new Cluster({ version: versions[line], engine: new NoneEngine(), taskDuration: 0, statusLag: 0, now: () => moment, ...props });
    this.node('pve');
    this.storage({ id: 'local', type: 'dir', path: '/var/lib/vz', content: everything });
    this.router = new Router(endpoints, versions[line]);
  }

  public node(name: string): void {
    this.cluster.nodes.set(name, { name, bridges: ['vmbr0'], pci: [], processors: 8, memory: 64 * gibibyte });
  }

  public storage(definition: Pick<StorageDefinition, 'id' | 'type'> & Partial<StorageDefinition>): Storage {
    const storage = new Storage({ content: ['images', 'rootdir'], shared: false, capacity: 1024 * gibibyte, ...definition });
    this.cluster.storages.set(storage.id, storage);
    return storage;
  }

  public machine(vmid: number, config: { readonly [key: string]: string } = {}, node = 'pve'): Guest {
    const guest = new Guest(vmid, 'qemu', node, Object.entries(config), this.cluster.now());
    this.cluster.guests.set(vmid, guest);
    return guest;
  }

  /** A file on a storage. */
  public async file(volid: string, content: string | Buffer): Promise<void> {
    await this.cluster.volumes.receive('pve', volid, Readable.from([Buffer.from(content)]));
  }

  /** Lets a user ask from now on that has these rights: path → privileges. */
  public as(rights: { readonly [path: string]: readonly string[] }, id = 'limited@pve'): void {
    const { access } = this.cluster;
    access.users.set(id, { id, enabled: true, groups: new Set(), tokens: new Map() });
    Object.entries(rights).forEach(([path, privileges], i) => {
      access.roles.set(`limited${i}`, new Set(privileges));
      access.acl.push({ path, subject: id, role: `limited${i}`, propagate: true });
    });
    this.caller = { id, user: id };
  }

  /** What a request is answered with. */
  public async ask(method: string, path: string, parameters: { readonly [name: string]: string | readonly string[] } = {}, upload?: Upload): Promise<unknown> {
    return (await this.answer(method, path, parameters, upload)).data;
  }

  /** An answer with what is beside its data. */
  public async answer(
    method: string, path: string, parameters: { readonly [name: string]: string | readonly string[] } = {}, upload?: Upload,
  ): Promise<{ readonly data: unknown; readonly total?: number }> {
    return dispatch(this.cluster, this.router, { method, path, parameters, caller: this.caller, upload });
  }

  /** What a request is refused with: status, text, and what is wrong with which parameters. */
  public async refused(
    method: string, path: string, parameters: { readonly [name: string]: string | readonly string[] } = {}, upload?: Upload,
  ): Promise<readonly [number, string] | readonly [number, string, object]> {
    try {
      await this.ask(method, path, parameters, upload);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return error.errors ? [error.status, error.message, error.errors] : [error.status, error.message];
    }
    throw new Error('it was not refused');
  }

  /** The end of the task a request starts. */
  public async task(method: string, path: string, parameters: { readonly [name: string]: string } = {}, upload?: Upload): Promise<Ended> {
    const task = this.cluster.tasks.find(await this.ask(method, path, parameters, upload) as string);
    await task.done;
    return { status: task.exitStatus, log: task.log };
  }
}

/** A 400 about parameters. */
export const wrong = (errors: object): readonly [number, string, object] => [400, 'Parameter verification failed.', errors];

/** A file that comes with a request. */
export function uploaded(filename: string, content: string | Buffer): Upload {
  const bytes = Buffer.from(content);
  return {
    filename,
    bytes: bytes.length,
    temporaryName: '/var/tmp/pveupload-0123456789abcdef0123456789abcdef',
    open: () => Readable.from([bytes]),
    digest: async (algorithm) => createHash(algorithm).update(bytes).digest('hex'),
  };
}
