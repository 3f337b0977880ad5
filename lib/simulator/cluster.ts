import { AccessControl, PoolMembership } from './access/access-control';
import { Tickets } from './access/tickets';
import { ApiError, failure } from './api-error';
import { IGuestEngine } from './engine/engine';
import { FaultPlan } from './faults';
import { ConfigLocks } from './state/config-locks';
import { Guest } from './state/guest';
import { HaResource, HaSetting } from './state/ha';
import { Mapping } from './state/mapping';
import { PveNode } from './state/node';
import { Pool } from './state/pool';
import { Storage } from './state/storage';
import { SeededDownload } from './storage/seeded-download';
import { Volumes } from './storage/volumes';
import { TaskRegistry } from './tasks';
import { PveVersion } from './version';

/** What a cluster is made with. @internal */
export interface ClusterProps {
  readonly version: PveVersion;
  readonly engine: IGuestEngine;
  /** Milliseconds every task takes at least. */
  readonly taskDuration: number;
  /** Milliseconds until the status daemon tells of a change. */
  readonly statusLag: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * All that a simulated cluster is: nodes, guests, storages, pools, mappings, users, tasks.
 *
 * @internal
 */
export class Cluster implements PoolMembership {
  public readonly nodes = new Map<string, PveNode>();
  public readonly guests = new Map<number, Guest>();
  public readonly storages = new Map<string, Storage>();
  public readonly pools = new Map<string, Pool>();
  public readonly mappings: { readonly [kind in 'pci' | 'usb' | 'dir']: Map<string, Mapping> } = { pci: new Map(), usb: new Map(), dir: new Map() };
  public readonly ha = new Map<string, HaResource>();
  public readonly haGroups = new Map<string, HaSetting>();
  public readonly haRules = new Map<string, HaSetting>();
  public readonly access: AccessControl;
  public readonly tickets: Tickets;
  public readonly volumes = new Volumes(this);
  /** What addresses give without being asked for. */
  public readonly downloads = new Map<string, SeededDownload>();
  public readonly faults = new FaultPlan();
  public readonly tasks: TaskRegistry;
  public readonly locks = new ConfigLocks(this.faults);
  public readonly version: PveVersion;
  public readonly engine: IGuestEngine;
  public readonly now: () => number;
  public readonly statusLag: number;
  /** Milliseconds since 1970 at which it was made. */
  public readonly startedAt: number;

  public constructor(props: ClusterProps) {
    this.version = props.version;
    this.engine = props.engine;
    this.now = props.now;
    this.statusLag = props.statusLag;
    this.startedAt = props.now();
    this.tickets = new Tickets(props.now);
    this.access = new AccessControl(props.version, this);
    this.tasks = new TaskRegistry(props.now, props.taskDuration, (type, id) => this.faults.ofTask(type, id));
  }

  /** The pools whose members' rights hold for a path. */
  public poolsOf(path: string): readonly string[] {
    const [, kind, id] = path.split('/');
    if ((kind !== 'vms' && kind !== 'storage') || id === undefined) return [];
    const pools = [...this.pools.values()].filter((pool) => kind === 'vms' ? pool.guests.has(Number(id)) : pool.storages.has(id)).map((pool) => pool.id);
    // A pool's rights hold for the pools inside it, too.
    return pools.flatMap((pool) => pool.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/')));
  }

  /** A virtual machine of a node. @throws ApiError in PVE's words when it is not there */
  public machine(node: string, vmid: number): Guest {
    const guest = this.guests.get(vmid);
    if (guest === undefined || guest.node !== node || guest.type !== 'qemu') throw failure(`Configuration file 'nodes/${node}/qemu-server/${vmid}.conf' does not exist`);
    return guest;
  }

  /** A storage. @throws ApiError in PVE's words when it is not there, or not on that node */
  public storage(id: string, node?: string): Storage {
    const storage = this.storages.get(id);
    if (storage === undefined) throw failure(`storage '${id}' does not exist`);
    if (storage.definition.disabled) throw failure(`storage '${id}' is disabled`);
    if (node !== undefined && !storage.isOn(node)) throw failure(`storage '${id}' is not available on node '${node}'`);
    return storage;
  }

  /** The smallest id that nobody has. */
  public nextId(): number {
    let vmid = 100;
    while (this.guests.has(vmid)) vmid++;
    return vmid;
  }

  /** Fails like a lookup of a name nobody knows. */
  public node(name: string): PveNode {
    const node = this.nodes.get(name);
    if (node === undefined) {
      throw new ApiError(500, `hostname lookup '${name}' failed - failed to get address info for: ${name}: Temporary failure in name resolution`);
    }
    return node;
  }
}
