import { ApiError } from '../../api-error';
import { splitList } from '../../schema/formats';
import { choice, integer, optional, text } from '../../schema/property';
import { listedGuest, nodeResource, storageResource } from '../../state/resources';
import { Endpoint } from '../endpoint';
import { describeTask, maySeeTask } from './tasks';

/** What concerns the cluster as a whole. @internal */
export const clusterEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/cluster/nextid',
    description: 'The smallest free id of a guest, or whether one is free. Sees all guests, also those the caller may not.',
    parameters: { vmid: optional(integer('The id that is to be free.', 100, 999999999, { format: 'pve-vmid' })) },
    permission: 'all',
    handle: ({ cluster, parameters }) => {
      const vmid = parameters.optionalNumber('vmid');
      if (vmid !== undefined && cluster.guests.has(vmid)) throw ApiError.parameters({ vmid: `VM ${vmid} already exists` });
      return `${vmid ?? cluster.nextId()}`;
    },
  },
  {
    method: 'GET',
    path: '/cluster/resources',
    description: 'Guests, nodes, storages and pools, as the status daemon has seen them last and as far as the caller may.',
    parameters: { type: optional(choice('Only of this kind.', 'vm', 'storage', 'node', 'sdn')) },
    permission: 'all',
    handle: ({ cluster, caller, parameters }) => {
      const { access } = cluster;
      const wanted = (type: string) => !parameters.has('type') || parameters.text('type') === type;
      const nodes = [...cluster.nodes.values()];
      const pools = [...cluster.pools.keys()].sort().filter((pool) => access.allows(caller.id, `/pool/${pool}`, ['Pool.Audit']));
      return [
        ...wanted('pool') ? pools.map((pool) => ({ id: `/pool/${pool}`, pool, type: 'pool' })) : [],
        ...wanted('vm') ? [...cluster.guests.values()]
          .filter(({ vmid }) => access.allows(caller.id, `/vms/${vmid}`, ['VM.Audit']))
          .sort((a, b) => a.vmid - b.vmid)
          .map((guest) => listedGuest(cluster, caller.id, guest)) : [],
        ...wanted('node') ? nodes.map((node) => nodeResource(cluster, node, access.allows(caller.id, `/nodes/${node.name}`, ['Sys.Audit']))) : [],
        ...wanted('storage') ? [...cluster.storages.values()]
          .filter(({ id }) => access.allows(caller.id, `/storage/${id}`, ['Datastore.Audit']))
          .filter(({ definition }) => !definition.disabled)
          .flatMap((storage) => nodes.filter(({ name }) => storage.isOn(name)).map(({ name }) => storageResource(storage, name))) : [],
        ...wanted('sdn') && access.allows(caller.id, '/sdn/zones/localnetwork', ['SDN.Audit'])
          ? nodes.map(({ name }) => ({ id: `sdn/${name}/localnetwork`, sdn: 'localnetwork', node: name, type: 'sdn', status: 'ok' })) : [],
      ];
    },
  },
  {
    method: 'GET',
    path: '/cluster/status',
    description: 'The nodes of the cluster.',
    parameters: {},
    permission: { path: '/', privileges: ['Sys.Audit'] },
    handle: ({ cluster }) => {
      const names = [...cluster.nodes.keys()];
      const alone = names.length === 1;
      return [
        ...alone ? [] : [{ type: 'cluster', id: 'cluster', name: 'simulated', nodes: names.length, version: names.length, quorate: 1 }],
        ...names.map((name, i) => ({
          type: 'node', id: `node/${name}`, name, ip: '127.0.0.1', local: i === 0 ? 1 : 0, nodeid: alone ? 0 : i + 1, online: 1, level: '',
        })),
      ];
    },
  },
  {
    method: 'GET',
    path: '/cluster/options',
    description: 'Options of the datacenter; none is set. Tags are those of the guests the caller may see.',
    parameters: {},
    permission: 'all',
    handle: ({ cluster, caller }) => {
      const { access, guests } = cluster;
      const all = access.allows(caller.id, '/', ['Sys.Modify']);
      const seen = [...guests.values()].filter(({ vmid, config }) => config.has('tags') && (all || access.allows(caller.id, `/vms/${vmid}`, ['VM.Audit'])));
      const tags = [...new Set(seen.flatMap(({ config }) => splitList(config.get('tags') ?? '')))].sort();
      return { ...access.allows(caller.id, '/', ['Sys.Audit']) ? { description: '', mac_prefix: 'BC:24:11' } : {}, 'allowed-tags': tags };
    },
  },
  {
    method: 'GET',
    path: '/cluster/config/join',
    description: 'How to join the cluster; a server alone is in none.',
    parameters: { node: optional(text('The node to join by.', { format: 'pve-node' })) },
    permission: { path: '/', privileges: ['Sys.Audit'] },
    handle: () => {
      throw new ApiError(424, 'node is not in a cluster, no join info available!');
    },
  },
  {
    method: 'GET',
    path: '/cluster/backup/{id}',
    description: 'A job that makes backups; there are none.',
    parameters: { id: text('The job.', { maxLength: 50 }) },
    permission: { path: '/', privileges: ['Sys.Audit'] },
    handle: ({ parameters }) => {
      throw ApiError.parameters({ id: `No such job '${parameters.text('id')}'` });
    },
  },
  {
    method: 'GET',
    path: '/cluster/backup-info/not-backed-up',
    description: 'The guests of which no job makes backups: all.',
    parameters: {},
    permission: { path: '/', privileges: ['Sys.Audit'] },
    handle: ({ cluster, caller }) => [...cluster.guests.values()]
      .filter(({ vmid }) => cluster.access.allows(caller.id, `/vms/${vmid}`, ['VM.Audit']))
      .map(({ vmid, name, type }) => ({ vmid, name, type })),
  },
  {
    method: 'GET',
    path: '/cluster/tasks',
    description: 'The last tasks of all nodes.',
    parameters: {},
    permission: 'all',
    handle: ({ cluster, caller }) => [...cluster.tasks.all.values()]
      .filter((task) => !task.lost && maySeeTask(cluster, caller, task))
      .slice(-25)
      .reverse()
      .map((task) => ({ ...describeTask(task), saved: task.exitStatus === undefined ? '0' : '1' })),
  },
  {
    method: 'GET',
    path: '/cluster/sdn/zones',
    description: 'Zones of the software-defined network; there are none beside that of the bridges.',
    parameters: {
      pending: { type: 'boolean', description: 'With what is not applied yet.', optional: true },
      running: { type: 'boolean', description: 'As it is applied.', optional: true },
      type: optional(choice('Only of this type.', 'evpn', 'faucet', 'qinq', 'simple', 'vlan', 'vxlan')),
    },
    permission: 'all',
    handle: () => [],
  },
];
