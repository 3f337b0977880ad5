import { createHash } from 'node:crypto';
import { ApiError } from '../../api-error';
import { Cluster } from '../../cluster';
import { choice, flag, optional, text } from '../../schema/property';
import { nodeResource, rootDisk, uptime, usedMemory } from '../../state/resources';
import { seededMetadata } from '../../storage/seeded-download';
import { urlMetadata } from '../../storage/url-metadata';
import { Endpoint, Permission } from '../endpoint';

const node = text('The node.', { format: 'pve-node' });
const audit: Permission = { path: '/nodes/{node}', privileges: ['Sys.Audit'] };
const kernels = { 8.4: '6.8.12-20-pve', 9.1: '6.17.2-2-pve' };
const models = ['bridge', 'bond', 'eth', 'alias', 'vlan', 'fabric', 'OVSBridge', 'OVSBond', 'OVSPort', 'OVSIntPort', 'vnet', 'any_bridge', 'any_local_bridge', 'include_sdn'];

/** What a node is known by; the same for one name. */
function fingerprint(name: string): string {
  return createHash('sha256').update(name).digest('hex').toUpperCase().replace(/..(?=.)/g, '$&:');
}

/** The interfaces of a node: one card, and its bridges, the first of which has the card. */
function interfaces(cluster: Cluster, name: string): { readonly [key: string]: unknown }[] {
  const { bridges } = cluster.node(name);
  const card = { iface: 'eno1', type: 'eth', active: 1, exists: 1, method: 'manual', method6: 'manual', families: ['inet'], priority: 3 };
  return [card, ...bridges.map((iface, i) => ({
    iface,
    type: 'bridge',
    active: 1,
    autostart: 1,
    method: i === 0 ? 'static' : 'manual',
    method6: 'manual',
    families: ['inet'],
    priority: 4 + i,
    bridge_ports: i === 0 ? 'eno1' : '',
    bridge_stp: 'off',
    bridge_fd: '0',
    ...i === 0 ? { address: '127.0.0.1', netmask: '8', cidr: '127.0.0.1/8' } : {},
  }))];
}

/** Nodes: how they are and what is in them. @internal */
export const nodeEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/nodes',
    description: 'The nodes of the cluster.',
    parameters: {},
    permission: 'all',
    handle: ({ cluster, caller }) => [...cluster.nodes.values()].map((one) => ({
      ...nodeResource(cluster, one, cluster.access.allows(caller.id, `/nodes/${one.name}`, ['Sys.Audit'])),
      ssl_fingerprint: fingerprint(one.name),
    })),
  },
  {
    method: 'GET',
    path: '/nodes/{node}/status',
    description: 'Processors, memory, kernel of a node.',
    parameters: { node },
    permission: audit,
    handle: ({ cluster, node: name }) => {
      const { processors, memory } = cluster.node(name);
      const { line, version, repoid } = cluster.version;
      const kernel = kernels[line];
      const used = usedMemory(cluster.node(name));
      return {
        'uptime': uptime(cluster),
        'idle': 0,
        'cpu': 0.01,
        'wait': 0,
        'loadavg': ['0.00', '0.00', '0.00'],
        'cpuinfo': {
          model: 'Simulated CPU', sockets: 1, cores: processors, cpus: processors, mhz: '3000.000', user_hz: 100, hvm: '1', flags: 'fpu vme de pse tsc msr lm vmx',
        },
        'memory': { total: memory, used, free: memory - used, ...line === '9.1' ? { available: memory - used } : {} },
        'swap': { total: 0, used: 0, free: 0 },
        'ksm': { shared: 0 },
        'rootfs': { total: rootDisk.total, used: rootDisk.used, free: rootDisk.total - rootDisk.used, avail: rootDisk.total - rootDisk.used },
        'pveversion': `pve-manager/${version}/${repoid}`,
        'kversion': `Linux ${kernel} #1 SMP PREEMPT_DYNAMIC PMX ${kernel}`,
        'current-kernel': { sysname: 'Linux', release: kernel, version: `#1 SMP PREEMPT_DYNAMIC PMX ${kernel}`, machine: 'x86_64' },
        'boot-info': { mode: 'efi', secureboot: 0 },
      };
    },
  },
  {
    method: 'GET',
    path: '/nodes/{node}/version',
    description: 'The release of a node.',
    parameters: { node },
    permission: 'all',
    handle: ({ cluster: { version } }) => ({ version: version.version, release: version.line, repoid: version.repoid }),
  },
  {
    method: 'GET',
    path: '/nodes/{node}/network',
    description: 'The interfaces of a node.',
    parameters: { node, type: optional(choice('Only of this type.', ...models)) },
    permission: 'all',
    handle: ({ cluster, caller, parameters, node: name }) => {
      const type = parameters.optional('type');
      const sees = (iface: unknown) => cluster.access.allows(caller.id, `/sdn/zones/localnetwork/${iface}`, ['SDN.Audit', 'SDN.Use'], true);
      const mayAudit = cluster.access.allows(caller.id, `/nodes/${name}`, ['Sys.Audit']);
      const isBridges = /^(any_bridge|any_local_bridge|include_sdn)$/.test(type ?? '');
      return interfaces(cluster, name)
        .filter((one) => type === undefined || one.type === type || type === 'include_sdn' || isBridges && one.type === 'bridge')
        .filter((one) => !isBridges && mayAudit || one.type !== 'bridge' || sees(one.iface));
    },
  },
  {
    method: 'GET',
    path: '/nodes/{node}/network/{iface}',
    description: 'An interface of a node.',
    parameters: { node, iface: text('The interface.', { format: 'pve-iface' }) },
    permission: audit,
    handle: ({ cluster, parameters, node: name }) => {
      const { iface: found, ...rest } = interfaces(cluster, name).find(({ iface }) => iface === parameters.text('iface')) ?? {};
      if (found === undefined) throw ApiError.parameters({ iface: 'interface does not exist' });
      return rest;
    },
  },
  {
    method: 'GET',
    path: '/nodes/{node}/dns',
    description: 'The name servers of a node.',
    parameters: { node },
    permission: audit,
    handle: () => ({ search: 'example.com', dns1: '127.0.0.1' }),
  },
  {
    method: 'GET',
    path: '/nodes/{node}/hosts',
    description: 'The hosts a node knows by itself.',
    parameters: { node },
    permission: { path: '/', privileges: ['Sys.Audit'] },
    handle: ({ cluster }) => {
      const data = ['127.0.0.1 localhost', ...[...cluster.nodes.keys()].map((name) => `127.0.0.1 ${name}.example.com ${name}`), ''].join('\n');
      return { data, digest: createHash('sha1').update(data).digest('hex') };
    },
  },
  {
    method: 'GET',
    path: '/nodes/{node}/time',
    description: 'The time of a node, in seconds since 1970.',
    parameters: { node },
    permission: audit,
    handle: ({ cluster }) => {
      const time = Math.floor(cluster.now() / 1000);
      return { timezone: 'UTC', time, localtime: time };
    },
  },
  {
    method: 'GET',
    path: '/nodes/{node}/query-url-metadata',
    description: 'What a server in the web says of a file.',
    parameters: { 'node': node, 'url': text('Where it is.', { pattern: 'https?://.*' }), 'verify-certificates': optional(flag('Whether its certificate must be trusted.')) },
    permission: { or: [{ path: '/', privileges: ['Sys.Audit', 'Sys.Modify'] }, { path: '/nodes/{node}', privileges: ['Sys.AccessNetwork'] }] },
    handle: ({ cluster, parameters }) => {
      const seeded = cluster.downloads.get(parameters.text('url'));
      return seeded ? seededMetadata(seeded) : urlMetadata(parameters.text('url'), parameters.optional('verify-certificates') !== '0');
    },
  },
  {
    method: 'GET',
    path: '/nodes/{node}/sdn/zones',
    description: 'The zones of a node: that of its bridges.',
    parameters: { node },
    permission: 'all',
    handle: ({ cluster, caller }) => cluster.access.allows(caller.id, '/sdn/zones/localnetwork', ['SDN.Audit', 'SDN.Use'], true)
      ? [{ zone: 'localnetwork', status: 'available' }] : [],
  },
];
