import { createHash } from 'node:crypto';
import { failure } from '../../api-error';
import { Cluster } from '../../cluster';
import { FormatError, registerFormats, splitList } from '../../schema/formats';
import { Properties, choice, flag, optional, text } from '../../schema/property';
import { HaSetting } from '../../state/ha';
import { assertUnchanged, attempt } from '../attempt';
import { Call, Endpoint, Permission } from '../endpoint';

registerFormats({
  'pve-ha-group-node': (value) => {
    if (!/^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(:\d+)?$/.test(value)) throw new FormatError('value does not look like a valid ha group node');
  },
});

const audit: Permission = { path: '/', privileges: ['Sys.Audit'] };
const change: Permission = { path: '/', privileges: ['Sys.Console'] };
const group = text('The group.', { format: 'pve-configid' });
const rule = text('The rule.', { format: 'pve-configid' });
const comment = optional(text('What it is for.', { maxLength: 4096 }));
const nodes = text('Nodes, with their priority if they have one: pve1:2,pve2.', { format: 'pve-ha-group-node-list' });
const updates: Properties = {
  delete: optional(text('Settings to remove.', { format: 'pve-configid-list', maxLength: 4096 })),
  digest: optional(text('Refuses if something has changed since.', { maxLength: 64 })),
};
const groupSettings: Properties = {
  nodes,
  comment,
  restricted: optional(flag('Whether its guests run nowhere else.')),
  nofailback: optional(flag('Whether guests stay where they are.')),
  type: optional(choice('Its type.', 'group')),
};
const { type: _type, ...changeable } = groupSettings;
const ruleSettings: Properties = {
  comment,
  resources: text('The guests, vm:100,ct:101.'),
  nodes: optional(nodes),
  strict: optional(flag('Whether its guests run nowhere else.')),
  affinity: optional(choice('Whether its guests run together or apart.', 'positive', 'negative')),
  disable: optional(flag('Whether it is switched off.')),
};
const ruleType = choice('Its type.', 'node-affinity', 'resource-affinity');
const flags = ['restricted', 'nofailback', 'strict', 'disable'];

function digestOf(all: ReadonlyMap<string, HaSetting>): string {
  return createHash('sha1').update(JSON.stringify([...all].map(([id, { values }]) => [id, [...values]]))).digest('hex');
}

function describe(all: ReadonlyMap<string, HaSetting>, setting: HaSetting, name: 'group' | 'rule'): { readonly [name: string]: unknown } {
  const values = Object.fromEntries([...setting.values].map(([key, value]) => [key, flags.includes(key) ? Number(value) : value]));
  return {
    ...setting.type === 'node-affinity' ? { strict: 0 } : {},
    ...name === 'rule' ? { order: [...all.keys()].indexOf(setting.id) + 1 } : {},
    ...values,
    [name]: setting.id,
    type: setting.type,
    digest: digestOf(all),
  };
}

/** The settings a request gives. */
function given({ parameters }: Call, ...without: string[]): [string, string][] {
  return parameters.names('delete', 'digest', 'type', ...without).filter((name) => parameters.text(name) !== '').map((name) => [name, parameters.text(name)]);
}

function changed(call: Call, all: Map<string, HaSetting>, id: string, unknown: string, name: string): null {
  const { parameters } = call;
  assertUnchanged(parameters.optional('digest'), digestOf(all));
  const old = all.get(id);
  if (old === undefined) throw failure(unknown);
  const values = new Map([...old.values, ...given(call, name)]);
  for (const key of splitList(parameters.optional('delete') ?? '')) {
    if (old.type === 'group' && !(key in groupSettings && key !== 'type')) throw failure(`no such option '${key}'`);
    if (old.type === 'group' && key === 'nodes') throw failure(`unable to delete required option '${key}'`);
    values.delete(key);
  }
  all.set(id, { ...old, values });
  return null;
}

/** Rules are only for guests that are managed, and nodes that there are. */
function checkRule(cluster: Cluster, { parameters }: Call): void {
  const strange = splitList(parameters.optional('resources') ?? '').filter((id) => !cluster.ha.has(id)).sort();
  if (strange.length > 0) throw failure(`cannot use unmanaged resource(s) ${strange.join(', ')}.`);
  const missing = splitList(parameters.optional('nodes') ?? '').map((one) => one.split(':')[0]).filter((one) => !cluster.nodes.has(one)).sort();
  if (missing.length > 0) throw failure(`cannot use non-existant node(s) ${missing.join(', ')}.`);
}

/** Since 9 there are no groups; until 8.4 there are. */
function groups({ cluster }: Call, action: string): Map<string, HaSetting> {
  if (cluster.version.line === '9.1') throw failure(`cannot ${action}: ha groups have been migrated to rules`);
  return cluster.haGroups;
}

/** Groups and rules: where guests that are managed may run. They are only kept. @internal */
export const haSettingEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/cluster/ha/groups',
    description: 'The groups of nodes.',
    parameters: {},
    permission: audit,
    handle: (call) => [...groups(call, 'index groups').values()].map((one) => describe(call.cluster.haGroups, one, 'group')),
  },
  {
    method: 'POST',
    path: '/cluster/ha/groups',
    description: 'Makes a group of nodes.',
    parameters: { group, ...groupSettings },
    permission: change,
    handle: (call) => {
      const all = groups(call, 'create group');
      return attempt('create ha group', () => {
        const id = call.parameters.text('group');
        if (all.has(id)) throw failure(`ha group ID '${id}' already defined`);
        all.set(id, { id, type: 'group', values: new Map(given(call, 'group')) });
        return null;
      });
    },
  },
  {
    method: 'GET',
    path: '/cluster/ha/groups/{group}',
    description: 'A group of nodes.',
    parameters: { group },
    permission: audit,
    handle: (call) => {
      const all = groups(call, 'read group');
      const found = all.get(call.parameters.text('group'));
      if (found === undefined) throw failure(`no such ha group '${call.parameters.text('group')}'`);
      return describe(all, found, 'group');
    },
  },
  {
    method: 'PUT',
    path: '/cluster/ha/groups/{group}',
    description: 'Changes a group of nodes.',
    parameters: { group, ...changeable, nodes: optional(nodes), ...updates },
    permission: change,
    handle: (call) => {
      const all = groups(call, 'update group');
      const id = call.parameters.text('group');
      return attempt('update ha group', () => changed(call, all, id, `no such ha group '${id}'`, 'group'));
    },
  },
  {
    method: 'DELETE',
    path: '/cluster/ha/groups/{group}',
    description: 'Removes a group of nodes that no guest uses.',
    parameters: { group },
    permission: change,
    handle: (call) => {
      const all = groups(call, 'delete group');
      return attempt('delete ha group', () => {
        const user = [...call.cluster.ha.values()].find((one) => one.group === call.parameters.text('group'));
        if (user !== undefined) throw failure(`ha group is used by service '${user.sid}'`);
        all.delete(call.parameters.text('group'));
        return null;
      });
    },
  },
  {
    method: 'GET',
    path: '/cluster/ha/rules',
    description: 'The rules.',
    parameters: { type: optional(ruleType), resource: optional(text('Only those about this guest.')) },
    permission: audit,
    since: '9.1',
    handle: ({ cluster: { haRules }, parameters }) => [...haRules.values()]
      .filter(({ type }) => !parameters.has('type') || type === parameters.text('type'))
      .filter(({ values }) => !parameters.has('resource') || splitList(values.get('resources') ?? '').includes(parameters.text('resource')))
      .map((one) => describe(haRules, one, 'rule')),
  },
  {
    method: 'POST',
    path: '/cluster/ha/rules',
    description: 'Makes a rule.',
    parameters: { rule, type: ruleType, ...ruleSettings },
    permission: change,
    since: '9.1',
    handle: (call) => {
      const { cluster, parameters } = call;
      const [id, type] = [parameters.text('rule'), parameters.text('type')];
      const needed = type === 'node-affinity' ? 'nodes' : 'affinity';
      if (!parameters.has(needed)) throw failure(`missing value for required option '${needed}'`);
      return attempt('create ha rule', () => {
        if (cluster.haRules.has(id)) throw failure(`HA rule '${id}' already defined`);
        checkRule(cluster, call);
        cluster.haRules.set(id, { id, type, values: new Map(given(call, 'rule')) });
        return null;
      });
    },
  },
  {
    method: 'GET',
    path: '/cluster/ha/rules/{rule}',
    description: 'A rule.',
    parameters: { rule },
    permission: audit,
    since: '9.1',
    handle: ({ cluster: { haRules }, parameters }) => {
      const found = haRules.get(parameters.text('rule'));
      if (found === undefined) throw failure(`no such ha rule '${parameters.text('rule')}'`);
      return describe(haRules, found, 'rule');
    },
  },
  {
    method: 'PUT',
    path: '/cluster/ha/rules/{rule}',
    description: 'Changes a rule.',
    parameters: { rule, type: ruleType, ...ruleSettings, resources: optional(ruleSettings.resources), ...updates },
    permission: change,
    since: '9.1',
    handle: (call) => attempt('update HA rules', () => {
      const id = call.parameters.text('rule');
      checkRule(call.cluster, call);
      return changed(call, call.cluster.haRules, id, `HA rule '${id}' does not exist`, 'rule');
    }),
  },
  {
    method: 'DELETE',
    path: '/cluster/ha/rules/{rule}',
    description: 'Removes a rule. That there is none is no error.',
    parameters: { rule },
    permission: change,
    since: '9.1',
    handle: ({ cluster, parameters }) => {
      cluster.haRules.delete(parameters.text('rule'));
      return null;
    },
  },
];
