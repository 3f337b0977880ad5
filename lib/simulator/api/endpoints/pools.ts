import { failure } from '../../api-error';
import { splitList } from '../../schema/formats';
import { Properties, choice, flag, optional, text } from '../../schema/property';
import { Pool } from '../../state/pool';
import { guestResource, storageResource } from '../../state/resources';
import { attempt } from '../attempt';
import { Call, Endpoint, Permission } from '../endpoint';

const poolid = text('The pool.', { format: 'pve-poolid' });
const kind = optional(choice('Only members of this kind.', 'qemu', 'lxc', 'storage'));
const changes: Properties = {
  'poolid': poolid,
  'comment': optional(text('What it is for.')),
  'vms': optional(text('Guests to add or remove.', { format: 'pve-vmid-list' })),
  'storage': optional(text('Storages to add or remove.', { format: 'pve-storage-id-list' })),
  'allow-move': optional(flag('Whether guests may come from another pool.')),
  'delete': optional(flag('Removes instead of adding.')),
};
const allocate: Permission = { path: '/pool/{poolid}', privileges: ['Pool.Allocate'] };

function find({ cluster, parameters }: Call): Pool {
  const pool = cluster.pools.get(parameters.text('poolid'));
  if (pool === undefined) throw failure(`pool '${parameters.text('poolid')}' does not exist`);
  return pool;
}

function describe(call: Call): { readonly [name: string]: unknown } {
  const { cluster, parameters } = call;
  const pool = find(call);
  const wanted = (type: string) => !parameters.has('type') || parameters.text('type') === type;
  const guests = [...pool.guests].sort().flatMap((vmid) => cluster.guests.get(vmid) ?? []).filter(({ type }) => wanted(type));
  const storages = wanted('storage') ? [...pool.storages].sort().flatMap((id) => cluster.storages.get(id) ?? []) : [];
  const first = cluster.nodes.keys().next().value as string;
  return {
    poolid: pool.id,
    ...pool.comment === undefined ? {} : { comment: pool.comment },
    members: [
      ...guests.map((guest) => guestResource(cluster, guest)),
      ...storages.map((storage) => storageResource(storage, storage.isOn(first) ? first : [...storage.definition.nodes ?? []].sort()[0])),
    ],
  };
}

function update(call: Call): null {
  const { cluster, caller, parameters } = call;
  const { access } = cluster;
  const leaves = parameters.flag('delete');
  return attempt('update pools', () => {
    const pool = find(call);
    // Nothing of it is kept if something is wrong.
    const guests = new Set(pool.guests);
    const storages = new Set(pool.storages);
    const left: (() => void)[] = [];
    for (const vmid of splitList(parameters.optional('vms') ?? '').map(Number)) {
      access.check(caller.id, `/vms/${vmid}`, ['Permissions.Modify', 'VM.Allocate'], true);
      if (leaves) {
        if (!guests.delete(vmid)) throw failure(`VM ${vmid} is not a pool member`);
        continue;
      }
      if (guests.has(vmid)) throw failure(`VM ${vmid} is already a pool member`);
      const other = [...cluster.pools.values()].find((one) => one !== pool && one.guests.has(vmid));
      if (other !== undefined) {
        if (!parameters.flag('allow-move')) throw failure(`VM ${vmid} belongs already to pool '${other.id}' and 'allow-move' is not set`);
        access.check(caller.id, `/pool/${other.id}`, ['Pool.Allocate']);
        left.push(() => other.guests.delete(vmid));
      }
      guests.add(vmid);
    }
    for (const id of splitList(parameters.optional('storage') ?? '')) {
      access.check(caller.id, `/storage/${id}`, ['Permissions.Modify', 'Datastore.Allocate'], true);
      if (leaves ? !storages.delete(id) : storages.has(id)) throw failure(`Storage '${id}' is ${leaves ? 'not' : 'already'} a pool member`);
      if (!leaves) storages.add(id);
    }
    left.forEach((leave) => leave());
    if (parameters.has('comment')) pool.comment = parameters.text('comment') || undefined;
    cluster.pools.set(pool.id, { ...pool, guests, storages });
    return null;
  });
}

function remove(call: Call): null {
  const { cluster } = call;
  return attempt('delete pool', () => {
    const { id, guests, storages } = find(call);
    const inside = [...cluster.pools.keys()].sort().find((other) => other.startsWith(`${id}/`) && !other.slice(id.length + 1).includes('/'));
    const guest = [...guests].sort().find((vmid) => cluster.guests.has(vmid));
    const storage = [...storages].sort().find((one) => cluster.storages.has(one));
    const contained = inside !== undefined ? `pool '${inside}'` : guest !== undefined ? `VM ${guest}` : storage !== undefined ? `storage '${storage}'` : undefined;
    if (contained !== undefined) throw failure(`pool '${id}' is not empty (contains ${contained})`);
    cluster.pools.delete(id);
    const gone = cluster.access.acl.filter(({ path }) => path === `/pool/${id}`);
    gone.forEach((entry) => cluster.access.acl.splice(cluster.access.acl.indexOf(entry), 1));
    return null;
  });
}

/** Pools of guests and storages: the older form has the pool in the path and no pools inside pools. @internal */
export const poolEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/pools',
    description: 'The pools the caller may look at, or one with its members.',
    parameters: { poolid: optional(poolid), type: { ...kind, requires: 'poolid' } },
    permission: 'all',
    handle: (call) => {
      const { cluster, caller, parameters } = call;
      if (parameters.has('poolid')) return [describe(call)];
      return [...cluster.pools.values()]
        .filter(({ id }) => cluster.access.allows(caller.id, `/pool/${id}`, ['Pool.Audit']))
        .sort((a, b) => a.id < b.id ? -1 : 1)
        .map(({ id, comment }) => ({ poolid: id, ...comment === undefined ? {} : { comment } }));
    },
  },
  {
    method: 'POST',
    path: '/pools',
    description: 'Makes a pool, inside another one if its name has a slash.',
    parameters: { poolid, comment: optional(text('What it is for.')) },
    permission: allocate,
    handle: ({ cluster, parameters }) => attempt('create pool', () => {
      const id = parameters.text('poolid');
      if (cluster.pools.has(id)) throw failure(`pool '${id}' already exists`);
      const parent = /^(.*)\/[^/]+$/.exec(id)?.[1];
      if (parent !== undefined && !cluster.pools.has(parent)) throw failure(`parent '${parent}' of pool '${id}' does not exist`);
      if (cluster.version.line === '9.1' && !/^[A-Za-z]/.test(id.slice(parent === undefined ? 0 : parent.length + 1))) throw failure('pool name must start with a letter');
      const comment = parameters.optional('comment');
      cluster.pools.set(id, { id, ...comment ? { comment } : {}, guests: new Set(), storages: new Set() });
      return null;
    }),
  },
  { method: 'PUT', path: '/pools', description: 'Changes a pool.', parameters: changes, permission: allocate, handle: update },
  { method: 'DELETE', path: '/pools', description: 'Removes an empty pool.', parameters: { poolid }, permission: allocate, handle: remove },
  {
    method: 'GET',
    path: '/pools/{poolid}',
    description: 'A pool with its members.',
    parameters: { poolid, type: kind },
    permission: { path: '/pool/{poolid}', privileges: ['Pool.Audit'] },
    handle: describe,
  },
  { method: 'PUT', path: '/pools/{poolid}', description: 'Changes a pool.', parameters: changes, permission: allocate, handle: update },
  { method: 'DELETE', path: '/pools/{poolid}', description: 'Removes an empty pool.', parameters: { poolid }, permission: allocate, handle: remove },
];
