import { createHash } from 'node:crypto';
import { failure } from '../../api-error';
import { Cluster } from '../../cluster';
import { FormatError, registerFormats, splitList } from '../../schema/formats';
import { Properties, choice, flag, integer, optional, text } from '../../schema/property';
import { HaResource } from '../../state/ha';
import { assertUnchanged, attempt } from '../attempt';
import { Call, Endpoint, Permission } from '../endpoint';

registerFormats({
  'pve-ha-resource-or-vm-id': (value) => {
    if (!/^(\d+|[a-z]+:\S+)$/.test(value)) throw new FormatError('value does not look like a valid ha resource id');
  },
});

const audit: Permission = { path: '/', privileges: ['Sys.Audit'] };
const change: Permission = { path: '/', privileges: ['Sys.Console'] };
const sid = text('The guest, vm:100 or its id alone.', { format: 'pve-ha-resource-or-vm-id' });
const settings: Properties = {
  sid,
  type: optional(choice('What it is.', 'ct', 'vm')),
  state: optional(choice('What it should be.', 'started', 'stopped', 'enabled', 'disabled', 'ignored')),
  group: optional(text('The group of nodes it runs on; until 8.4.', { format: 'pve-configid' })),
  max_restart: optional(integer('How often its start is tried again on a node.', 0)),
  max_relocate: optional(integer('How often it is moved when its start failed.', 0)),
  failback: optional(flag('Whether it goes back to a node it prefers; since 9.')),
  comment: optional(text('What it is for.', { maxLength: 4096 })),
};
const { type: _type, ...changeable } = settings;
const removable = ['state', 'group', 'max_restart', 'max_relocate', 'failback', 'comment'];

/** The digest of all resources. */
function digestOf(cluster: Cluster): string {
  return createHash('sha1').update(JSON.stringify([...cluster.ha.values()])).digest('hex');
}

/** `100` as `vm:100`. */
function resourceId({ cluster, parameters }: Call): string {
  const given = parameters.text('sid');
  if (!/^\d+$/.test(given)) return given;
  const guest = cluster.guests.get(Number(given));
  if (guest === undefined) throw failure(`unable do detect SID from VMID - VM/CT ${given} does not exist`);
  return `${guest.type === 'lxc' ? 'ct' : 'vm'}:${given}`;
}

function describe(cluster: Cluster, { sid: id, asked, group, comment, maxRestart, maxRelocate, failback }: HaResource): { readonly [name: string]: unknown } {
  return {
    sid: id,
    type: id.split(':')[0],
    digest: digestOf(cluster),
    ...asked === undefined ? {} : { state: asked },
    ...group === undefined ? {} : { group },
    ...comment === undefined ? {} : { comment },
    ...maxRestart === undefined ? {} : { max_restart: maxRestart },
    ...maxRelocate === undefined ? {} : { max_relocate: maxRelocate },
    ...failback === undefined ? {} : { failback: failback ? 1 : 0 },
  };
}

function apply({ cluster, parameters }: Call, resource: HaResource): void {
  if (parameters.has('group') && cluster.version.line === '9.1') throw failure('invalid parameter \'group\': ha groups have been migrated to rules');
  if (parameters.has('state')) {
    resource.asked = parameters.text('state');
    resource.state = resource.asked === 'enabled' ? 'started' : resource.asked;
  }
  if (parameters.has('group')) resource.group = parameters.text('group');
  if (parameters.has('comment')) resource.comment = parameters.text('comment') || undefined;
  if (parameters.has('max_restart')) resource.maxRestart = parameters.number('max_restart');
  if (parameters.has('max_relocate')) resource.maxRelocate = parameters.number('max_relocate');
  if (parameters.has('failback')) resource.failback = parameters.flag('failback');
}

/** The node a guest is on. */
function homeOf({ guests }: Cluster, id: string): string | undefined {
  return guests.get(Number(id.split(':')[1]))?.node;
}

function checkType(id: string, { parameters }: Call): void {
  if (parameters.has('type') && parameters.text('type') !== id.split(':')[0]) throw failure('types does not match');
}

/** What high availability manages. It is only kept: no guest is started or moved by it. @internal */
export const haEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/cluster/ha/resources',
    description: 'The guests that are managed.',
    parameters: { type: settings.type },
    permission: audit,
    handle: ({ cluster, parameters }) => [...cluster.ha.values()]
      .filter(({ sid: id }) => !parameters.has('type') || id.startsWith(`${parameters.text('type')}:`))
      .map((resource) => ({
        ...describe(cluster, resource),
        ...resource.group === undefined || cluster.haGroups.has(resource.group) ? {} : { errors: { group: `group '${resource.group}' does not exist` } },
      })),
  },
  {
    method: 'POST',
    path: '/cluster/ha/resources',
    description: 'Has a guest managed.',
    parameters: settings,
    permission: change,
    handle: (call) => {
      const { cluster } = call;
      const id = resourceId(call);
      checkType(id, call);
      const [, type, name] = /^(.*?):(.*)$/.exec(id)!;
      if (type !== 'vm' && type !== 'ct') throw failure(`unknown section type '${type}'`);
      if (!/^[1-9][0-9]+$/.test(name)) throw failure('invalid VMID');
      const guest = cluster.guests.get(Number(id.split(':')[1]));
      if (guest === undefined || guest.type !== (id.startsWith('ct:') ? 'lxc' : 'qemu')) throw failure(`resource '${id}' does not exist in cluster`);
      const resource: HaResource = { sid: id, state: 'started' };
      apply(call, resource);
      return attempt('create resource', () => {
        if (cluster.ha.has(id)) throw failure(`resource ID '${id}' already defined`);
        cluster.ha.set(id, resource);
        return null;
      });
    },
  },
  {
    method: 'GET',
    path: '/cluster/ha/resources/{sid}',
    description: 'How a guest is managed.',
    parameters: { sid },
    permission: audit,
    handle: (call) => {
      const resource = call.cluster.ha.get(resourceId(call));
      if (resource === undefined) throw failure(`no such resource '${resourceId(call)}'`);
      return describe(call.cluster, resource);
    },
  },
  {
    method: 'PUT',
    path: '/cluster/ha/resources/{sid}',
    description: 'Changes how a guest is managed.',
    parameters: {
      ...changeable,
      delete: optional(text('Settings to remove.', { format: 'pve-configid-list', maxLength: 4096 })),
      digest: optional(text('Refuses if something has changed since.', { maxLength: 64 })),
    },
    permission: change,
    handle: (call) => {
      const { cluster, parameters } = call;
      const id = resourceId(call);
      checkType(id, call);
      const group = parameters.optional('group');
      if (group && cluster.version.line === '8.4' && !cluster.haGroups.has(group)) throw failure(`HA group '${group}' does not exist`);
      return attempt('update resources config', () => {
        assertUnchanged(parameters.optional('digest'), digestOf(cluster));
        const old = cluster.ha.get(id);
        if (old === undefined) throw failure(`no such resource '${id}'`);
        const resource = { ...old };
        apply(call, resource);
        for (const key of splitList(parameters.optional('delete') ?? '')) {
          if (!removable.includes(key)) throw failure(`no such option '${key}'`);
          if (key === 'state') [resource.state, resource.asked] = ['started', undefined];
          else resource[{ max_restart: 'maxRestart', max_relocate: 'maxRelocate' }[key] as 'maxRestart' ?? key as 'group'] = undefined;
        }
        cluster.ha.set(id, resource);
        return null;
      });
    },
  },
  {
    method: 'DELETE',
    path: '/cluster/ha/resources/{sid}',
    description: 'Has a guest managed no more.',
    parameters: { sid, purge: optional(flag('Removes it from rules as well; since 9.')) },
    permission: change,
    handle: (call) => {
      const id = resourceId(call);
      if (!call.cluster.ha.delete(id)) throw failure(`cannot delete service '${id}', not HA managed!`);
      for (const [name, rule] of call.cluster.haRules) {
        const members = splitList(rule.values.get('resources') ?? '');
        if (!members.includes(id)) continue;
        const left = members.filter((one) => one !== id).join(',');
        if (left === '') call.cluster.haRules.delete(name);
        else call.cluster.haRules.set(name, { ...rule, values: new Map(rule.values).set('resources', left) });
      }
      return null;
    },
  },
  {
    method: 'GET',
    path: '/cluster/ha/status/current',
    description: 'Whether there is a quorum, and what is managed.',
    parameters: {},
    permission: audit,
    handle: ({ cluster }) => [
      { id: 'quorum', type: 'quorum', node: cluster.nodes.keys().next().value as string, quorate: 1, status: 'OK' },
      ...[...cluster.ha.values()].map(({ sid: id, state, group, comment, maxRestart = 1, maxRelocate = 1 }) => ({
        id: `service:${id}`,
        type: 'service',
        sid: id,
        node: homeOf(cluster, id),
        state,
        request_state: state,
        crm_state: state,
        max_restart: maxRestart,
        max_relocate: maxRelocate,
        ...group === undefined ? {} : { group },
        ...comment === undefined ? {} : { comment },
        status: `${id} (${homeOf(cluster, id)}, ${state})`,
      })),
    ],
  },
  {
    method: 'GET',
    path: '/cluster/ha/status/manager_status',
    description: 'What the manager keeps in mind: nothing, it only runs on a real server.',
    parameters: {},
    permission: audit,
    handle: ({ cluster }) => ({ manager_status: {}, quorum: { node: cluster.nodes.keys().next().value as string, quorate: 1 } }),
  },
  ...['migrate', 'relocate'].map((action): Endpoint => ({
    method: 'POST',
    path: `/cluster/ha/resources/{sid}/${action}`,
    description: 'Asks for a managed guest to be moved. It is not moved here.',
    parameters: { sid, node: text('The node it is to be on.', { format: 'pve-node' }) },
    permission: change,
    handle: (call) => {
      const id = resourceId(call);
      if (!call.cluster.ha.has(id)) throw failure(`resource '${id}' is not HA managed`);
      return call.cluster.version.line === '9.1' ? { 'sid': id, 'requested-node': call.parameters.text('node') } : null;
    },
  })),
];
