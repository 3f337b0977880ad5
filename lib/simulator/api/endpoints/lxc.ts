import { container, containerConfig, containerStatus, destroyContainer } from '../../lxc/container';
import { flag, optional, text } from '../../schema/property';
import { Endpoint, Permission } from '../endpoint';
import { machine } from './qemu-parameters';

const audit: Permission = { path: '/vms/{vmid}', privileges: ['VM.Audit'] };

/** Containers, as far as somebody meets them who wants no containers: they are seen, they hold ids, and they can be destroyed. @internal */
export const lxcEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/nodes/{node}/lxc',
    description: 'The containers of a node that the caller may see.',
    parameters: { node: machine.node },
    permission: 'all',
    handle: ({ cluster, caller, node }) => [...cluster.guests.values()]
      .filter(({ type, node: home, vmid }) => type === 'lxc' && home === node && cluster.access.allows(caller.id, `/vms/${vmid}`, ['VM.Audit']))
      .map((guest) => containerStatus(cluster, guest)),
  },
  {
    method: 'GET',
    path: '/nodes/{node}/lxc/{vmid}',
    description: 'What there is of a container.',
    parameters: machine,
    permission: 'all',
    handle: ({ cluster, node, parameters }) => {
      container(cluster, node, parameters.number('vmid'));
      return [
        'config', 'pending', 'status', 'vncproxy', 'termproxy', 'vncwebsocket', 'spiceproxy', 'migrate', 'clone', 'initlog', 'rrd', 'rrddata', 'firewall', 'snapshot', 'resize',
        'interfaces',
      ].map((subdir) => ({ subdir }));
    },
  },
  {
    method: 'GET',
    path: '/nodes/{node}/lxc/{vmid}/status',
    description: 'What there is below.',
    parameters: machine,
    permission: 'all',
    handle: ({ cluster, node, parameters }) => {
      container(cluster, node, parameters.number('vmid'));
      return ['current', 'start', 'stop', 'shutdown', 'migrate'].map((subdir) => ({ subdir }));
    },
  },
  {
    method: 'GET',
    path: '/nodes/{node}/lxc/{vmid}/config',
    description: 'The configuration of a container.',
    parameters: {
      ...machine,
      current: optional(flag('Whether what is pending is left out; nothing ever is.')),
      snapshot: optional(text('A snapshot; there are none.', { format: 'pve-configid', maxLength: 40 })),
    },
    permission: audit,
    handle: ({ cluster, node, parameters }) => containerConfig(container(cluster, node, parameters.number('vmid'))),
  },
  {
    method: 'GET',
    path: '/nodes/{node}/lxc/{vmid}/pending',
    description: 'The options of a container; nothing is ever pending.',
    parameters: machine,
    permission: audit,
    handle: ({ cluster, node, parameters }) =>
      Object.entries(containerConfig(container(cluster, node, parameters.number('vmid')))).map(([key, value]) => ({ key, value })),
  },
  {
    method: 'GET',
    path: '/nodes/{node}/lxc/{vmid}/snapshot',
    description: 'The snapshots of a container: none, but what it is now.',
    parameters: machine,
    permission: audit,
    handle: ({ cluster, node, parameters }) => {
      const { digest, startedAt } = container(cluster, node, parameters.number('vmid'));
      return [{ name: 'current', digest, running: startedAt === undefined ? 0 : 1, description: 'You are here!' }];
    },
  },
  {
    method: 'GET',
    path: '/nodes/{node}/lxc/{vmid}/status/current',
    description: 'What a container does.',
    parameters: machine,
    permission: audit,
    handle: ({ cluster, node, parameters }) => {
      const guest = container(cluster, node, parameters.number('vmid'));
      const resource = cluster.ha.get(`ct:${guest.vmid}`);
      return { ...containerStatus(cluster, guest), ha: resource === undefined ? { managed: 0 } : { managed: 1, state: resource.state } };
    },
  },
  {
    method: 'DELETE',
    path: '/nodes/{node}/lxc/{vmid}',
    description: 'Starts to destroy a container with its volumes.',
    parameters: {
      ...machine,
      'force': optional(flag('Whether it is destroyed even while it runs.')),
      'purge': optional(flag('Whether it is also taken out of high availability.')),
      'destroy-unreferenced-disks': optional(flag('Whether volumes with its id that it does not name are destroyed, too.')),
    },
    permission: { path: '/vms/{vmid}', privileges: ['VM.Allocate'] },
    handle: destroyContainer,
  },
];
