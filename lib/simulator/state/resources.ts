import { Cluster } from '../cluster';
import { MachineFigures, machineFigures } from '../qemu/status';
import { Guest } from './guest';
import { PveNode } from './node';
import { Storage } from './storage';

/** An entry of the list of a cluster's resources. @internal */
export interface Resource {
  readonly [name: string]: unknown;
}

/** Bytes of every node's own disk; no guest is on it. @internal */
export const rootDisk = { total: 100 * 1024 ** 3, used: 4 * 1024 ** 3 };

/** A guest as the status daemon tells of it: little, as long as it has not looked. @internal */
export function guestResource(cluster: Cluster, guest: Guest): Resource {
  const { vmid, node, type } = guest;
  if (cluster.now() - guest.createdAt < cluster.statusLag) return { id: `${type}/${vmid}`, vmid, node, type, status: 'unknown' };
  // Written out, not put together: of a thousand guests that is what takes the time.
  const { running, cpus, maxmem, mem, maxdisk, uptime: seconds } = type === 'lxc' ? containerFigures(guest) : machineFigures(cluster, guest);
  const resource: { [name: string]: unknown } = {
    id: `${type}/${vmid}`,
    vmid,
    node,
    type,
    cpu: 0,
    disk: 0,
    diskread: 0,
    diskwrite: 0,
    netin: 0,
    netout: 0,
    name: guest.name,
    template: guest.isTemplate ? 1 : 0,
    status: running ? 'running' : 'stopped',
    maxcpu: cpus,
    maxmem,
    mem,
    maxdisk,
    uptime: seconds,
  };
  if (type === 'qemu' && cluster.version.line === '9.1') resource.memhost = mem;
  return resource;
}

function containerFigures({ config, startedAt }: Guest): MachineFigures {
  return {
    running: startedAt !== undefined, cpus: Number(config.get('cores') ?? 1), maxmem: Number(config.get('memory') ?? 512) * 1024 ** 2, mem: 0, maxdisk: 0, uptime: 0,
  };
}

/** The pool a guest is in. @internal */
export function poolOf(cluster: Cluster, vmid: number): string | undefined {
  return [...cluster.pools.values()].find(({ guests }) => guests.has(vmid))?.id;
}

/** A guest in the list of resources: with its pool, tags and lock. @internal */
export function listedGuest(cluster: Cluster, caller: string, guest: Guest): Resource {
  const resource: { [name: string]: unknown } = guestResource(cluster, guest);
  const pool = cluster.pools.size === 0 ? undefined : poolOf(cluster, guest.vmid);
  const [lock, tags] = [guest.config.get('lock'), guest.config.get('tags')];
  const ha = cluster.ha.size === 0 ? undefined : cluster.ha.get(`${guest.type === 'qemu' ? 'vm' : 'ct'}:${guest.vmid}`);
  if (pool !== undefined && cluster.access.allows(caller, `/pool/${pool}`, ['Pool.Audit'])) resource.pool = pool;
  if (lock !== undefined) resource.lock = lock;
  if (tags !== undefined) resource.tags = tags;
  if (ha !== undefined) resource.hastate = ha.state;
  return resource;
}

/** A storage of a node in the list of resources. @internal */
export function storageResource(storage: Storage, node: string): Resource {
  const { id, type, shared, content, capacity } = storage.definition;
  return {
    id: `storage/${node}/${id}`,
    storage: id,
    node,
    type: 'storage',
    plugintype: type,
    status: 'available',
    shared: shared ? 1 : 0,
    content: content.join(',') || 'none',
    maxdisk: capacity,
    disk: storage.used(node),
  };
}

/** A node in the lists of nodes and of resources; only who may look at it sees how it is. @internal */
export function nodeResource(cluster: Cluster, node: PveNode, mayAudit: boolean): Resource {
  const { processors: maxcpu, memory: maxmem } = node;
  const disk = { disk: rootDisk.used, maxdisk: rootDisk.total };
  const numbers = { uptime: uptime(cluster), cpu: 0.01, maxcpu, mem: usedMemory(node), maxmem, ...disk };
  const entry = { id: `node/${node.name}`, node: node.name, type: 'node' };
  if (cluster.now() - cluster.startedAt < cluster.statusLag) return { ...entry, status: 'unknown' };
  return { ...entry, status: 'online', level: '', ...mayAudit ? numbers : {} };
}

/** Seconds since the cluster was made. @internal */
export function uptime(cluster: Cluster): number {
  return Math.floor((cluster.now() - cluster.startedAt) / 1000);
}

/** Bytes of memory a node needs for itself. @internal */
export function usedMemory({ memory }: PveNode): number {
  return Math.floor(memory / 20);
}
