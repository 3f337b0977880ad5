import { dispatch } from '../../../lib/simulator/api/dispatch';
import { lxcEndpoints } from '../../../lib/simulator/api/endpoints/lxc';
import { qemuAgentEndpoints } from '../../../lib/simulator/api/endpoints/qemu-agent';
import { qemuLifecycleEndpoints } from '../../../lib/simulator/api/endpoints/qemu-lifecycle';
import { qemuSnapshotEndpoints } from '../../../lib/simulator/api/endpoints/qemu-snapshots';
import { qemuStatusEndpoints } from '../../../lib/simulator/api/endpoints/qemu-status';
import { Router } from '../../../lib/simulator/api/router';
import { ApiError } from '../../../lib/simulator/api-error';
import { Cluster } from '../../../lib/simulator/cluster';
import { NoneEngine } from '../../../lib/simulator/engine/none-engine';
import { RawParameters } from '../../../lib/simulator/schema/validation';
import { Guest } from '../../../lib/simulator/state/guest';
import { HostPciDevice } from '../../../lib/simulator/state/node';
import { ContentType, Storage, StorageDefinition } from '../../../lib/simulator/state/storage';
import { PveVersion, versions } from '../../../lib/simulator/version';

const gibibyte = 1024 ** 3;
const endpoints = [...qemuLifecycleEndpoints, ...qemuSnapshotEndpoints, ...qemuStatusEndpoints, ...qemuAgentEndpoints, ...lxcEndpoints];

/** How a task ended, and what it wrote before the line about its end. */
export interface Ended {
  readonly status: string;
  readonly log: string[];
}

/** Two nodes, storages of several kinds, and machines as tests need them. */
export class World {
  public readonly engine = new NoneEngine();
  public readonly cluster: Cluster;
  private readonly router: Router;
  private readonly clock = { now: 1_795_221_583_000 };

  public constructor(line: PveVersion['line'] = '8.4', pci: readonly HostPciDevice[] = []) {
    this.cluster = new Cluster({ version: versions[line], engine: this.engine, taskDuration: 0, statusLag: 0, now: () => this.clock.now });
    this.router = new Router(endpoints, versions[line]);
    for (const name of ['pve', 'pve2']) this.cluster.nodes.set(name, { name, bridges: ['vmbr0'], pci: name === 'pve' ? pci : [], processors: 4, memory: 16 * gibibyte });
    const files: ContentType[] = ['images', 'iso', 'import', 'snippets'];
    this.storage({ id: 'local', type: 'dir', content: files, shared: false, path: '/var/lib/vz' });
    this.storage({ id: 'extra', type: 'dir', content: ['images'], shared: false, path: '/srv/extra' });
    this.storage({ id: 'nas', type: 'nfs', content: files, shared: true, path: '/mnt/pve/nas' });
    this.storage({ id: 'isos', type: 'dir', content: ['iso'], shared: false, path: '/srv/isos' });
  }

  public storage(definition: Omit<StorageDefinition, 'capacity'>): void {
    this.cluster.storages.set(definition.id, new Storage({ capacity: 1000 * gibibyte, ...definition }));
  }

  /** Lets time go by. */
  public pass(seconds: number): void {
    this.clock.now += seconds * 1000;
  }

  /** Puts a machine there, as if it had been made long ago. */
  public machine(vmid: number, config: { readonly [key: string]: string } = {}, node = 'pve'): Guest {
    const guest = new Guest(vmid, 'qemu', node, Object.entries(config), 0);
    this.cluster.guests.set(vmid, guest);
    return guest;
  }

  /** Puts a machine with a disk of two gibibytes there. */
  public async withDisk(vmid: number, config: { readonly [key: string]: string } = {}, storage = 'local'): Promise<Guest> {
    const { volid } = await this.cluster.volumes.allocate('pve', storage, vmid, { bytes: 2 * gibibyte, format: 'qcow2' });
    return this.machine(vmid, { scsi0: `${volid},size=2G`, ...config });
  }

  /** What a request is answered with. */
  public async call(method: string, path: string, parameters: RawParameters = {}, caller = 'root@pam'): Promise<unknown> {
    const [user, tokenId] = caller.split('!');
    const request = { method, path: `/nodes/pve${path}`, parameters, caller: { id: caller, user, ...tokenId === undefined ? {} : { tokenId } } };
    return (await dispatch(this.cluster, this.router, request)).data;
  }

  /** What a request is refused with: the status, the text, and what is wrong with single parameters. */
  public async refusal(method: string, path: string, parameters: RawParameters = {}, caller = 'root@pam'): Promise<unknown> {
    try {
      return { answered: await this.call(method, path, parameters, caller) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return [error.status, error.message, ...error.errors === undefined ? [] : [error.errors]];
    }
  }

  /** How the task ends that a request starts. */
  public async task(method: string, path: string, parameters: RawParameters = {}, caller = 'root@pam'): Promise<Ended> {
    const { log, done: ended, upid } = this.cluster.tasks.find(await this.call(method, path, parameters, caller) as string);
    await ended;
    const status = this.cluster.tasks.find(upid).exitStatus!;
    return { status, log: log.slice(0, -1) };
  }

  /** A machine's configuration as plain text. */
  public config(vmid: number): { [key: string]: string } {
    return Object.fromEntries([...this.cluster.guests.get(vmid)!.config].sort(([a], [b]) => a < b ? -1 : 1));
  }

  /** The volumes of a machine. */
  public volumes(vmid: number): string[] {
    return this.cluster.volumes.of(vmid).map(({ volid }) => volid);
  }
}

/** How a task ends that could not do what it should. */
export function failed(status: string, ...log: string[]): Ended {
  return { status, log };
}

/** How a task ends that did what it should. */
export function done(...log: string[]): Ended {
  return { status: 'OK', log };
}
