import { AclEntry, Caller } from '../../access/access-control';
import { builtInRoles } from '../../access/roles';
import { ApiError, failure } from '../../api-error';
import { Cluster } from '../../cluster';
import { splitList } from '../../schema/formats';
import { flag, optional, text } from '../../schema/property';
import { attempt } from '../attempt';
import { Call, Endpoint, Permission } from '../endpoint';

const roleid = text('The role.', { format: 'pve-roleid' });
const groupid = text('The group.', { format: 'pve-groupid' });
const privs = optional(text('Its privileges.', { format: 'string-list' }));
const comment = optional(text('What it is for.'));
const modify: Permission = { path: '/access', privileges: ['Sys.Modify'] };
const allocate: Permission = { path: '/access/groups', privileges: ['Group.Allocate'] };
const name = '[A-Za-z0-9._-]+';
const aclPath = new RegExp(`^(/|/access(/groups|/realm)?|/access/(groups|realm)/${name}|/nodes(/${name})?|/pool(/${name}){0,3}|/storage(/${name})?|/vms(/[1-9][0-9]{2,})?`
  + `|/mapping(/${name}){0,2}|/sdn(/(controllers|dns|ipams)(/${name})?)?|/sdn/zones(/${name}(/${name}(/[1-9][0-9]{0,3})?)?)?)$`);

function isBuiltIn({ cluster }: Call, role: string): boolean {
  return role in builtInRoles(cluster.version);
}

function privileges({ cluster, parameters }: Call): Set<string> {
  const wanted = splitList(parameters.optional('privs') ?? '');
  const unknown = wanted.find((privilege) => !cluster.access.privileges.has(privilege));
  if (unknown !== undefined) throw failure(`invalid privilege '${unknown}'`);
  return new Set(wanted);
}

function mayModify({ access }: Cluster, caller: Caller, path: string): boolean {
  const own = /^\/storage\/.+/.test(path) ? ['Datastore.Allocate'] : /^\/vms\/.+/.test(path) ? ['VM.Allocate'] : /^\/pool\/.+/.test(path) ? ['Pool.Allocate'] : [];
  return access.allows(caller.id, path, ['Permissions.Modify', ...own], true);
}

/** `vms//100/` as `/vms/100`. */
function normalize(path: string): string | undefined {
  const clean = `/${path.split('/').filter((part) => part !== '').join('/')}`;
  return path !== '' && path !== '0' && /^[a-zA-Z0-9./_-]+$/.test(clean) ? clean : undefined;
}

/** Who does not have everything can hand on only what it has. */
function checkHandedOn({ cluster: { access }, caller, parameters }: Call, path: string, role: string, propagate: boolean): void {
  const held = access.permissions(caller.id, path);
  if (held.has('Permissions.Modify')) return;
  const remove = parameters.flag('delete');
  const refuse = (text_: string) => ApiError.parameters({ role: `Cannot ${remove ? 'remove' : 'add'} role '${role}' ${text_}` });
  for (const privilege of access.roles.get(role)!) {
    if (!held.has(privilege)) throw refuse('- requires \'Permissions.Modify\' or superset of privileges.');
    if (propagate && !held.get(privilege) && !remove) throw refuse('with propagation - requires \'Permissions.Modify\' or propagated superset of privileges.');
  }
  if (role === 'NoAccess') throw refuse('- requires \'Permissions.Modify\'');
}

function subjects({ cluster: { access }, parameters }: Call): string[] {
  const groups = splitList(parameters.optional('groups') ?? '');
  const users = splitList(parameters.optional('users') ?? '');
  const tokens = splitList(parameters.optional('tokens') ?? '');
  for (const group of groups) if (!access.groups.has(group)) throw failure(`group '${group}' does not exist`);
  for (const user of users) if (!access.users.has(user)) throw failure(`user '${user}' does not exist`);
  for (const token of tokens) {
    const [user, id] = token.split('!');
    if (!access.users.has(user)) throw failure(`no such user ('${user}')`);
    if (!access.users.get(user)!.tokens.has(id)) throw failure(`no such token '${id}' for user '${user}'`);
  }
  return [...groups.map((group) => `@${group}`), ...users, ...tokens];
}

function change(call: Call): null {
  const { cluster: { access }, parameters } = call;
  if (!parameters.optional('users') && !parameters.optional('groups') && !parameters.optional('tokens')) {
    const text_ = 'either \'users\', \'groups\' or \'tokens\' is required.';
    throw ApiError.parameters({ users: text_, groups: text_, tokens: text_ });
  }
  const path = normalize(parameters.text('path'));
  if (path === undefined || !parameters.flag('delete') && !aclPath.test(path)) throw ApiError.parameters({ path: `invalid ACL path '${parameters.text('path')}'` });
  const propagate = parameters.optional('propagate') !== '0';
  return attempt('ACL update', () => {
    const changed: AclEntry[] = [];
    for (const role of splitList(parameters.text('roles'))) {
      if (!access.roles.has(role)) throw failure(`role '${role}' does not exist`);
      checkHandedOn(call, path, role, propagate);
      changed.push(...subjects(call).map((subject) => ({ path, subject, role, propagate })));
    }
    for (const entry of changed) {
      const at = access.acl.findIndex((one) => one.path === entry.path && one.subject === entry.subject && one.role === entry.role);
      if (at >= 0) access.acl.splice(at, 1);
      if (!parameters.flag('delete')) access.acl.push(entry);
    }
    return null;
  });
}

/** Permissions, roles and groups. @internal */
export const accessAclEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/access/acl',
    description: 'What is granted to whom, as far as the caller may grant it.',
    parameters: {},
    permission: 'all',
    handle: (call) => {
      const all = call.cluster.access.allows(call.caller.id, '/access', ['Sys.Audit']);
      return call.cluster.access.acl.filter(({ path }) => all || mayModify(call.cluster, call.caller, path)).map(({ path, subject, role, propagate }) => ({
        path,
        type: subject.startsWith('@') ? 'group' : subject.includes('!') ? 'token' : 'user',
        ugid: subject.replace(/^@/, ''),
        roleid: role,
        propagate: propagate ? 1 : 0,
      }));
    },
  },
  {
    method: 'PUT',
    path: '/access/acl',
    description: 'Grants roles to users, groups and tokens, or takes them away.',
    parameters: {
      path: text('Where.'),
      roles: text('What.', { format: 'pve-roleid-list' }),
      users: optional(text('To these users.', { format: 'pve-userid-list' })),
      groups: optional(text('To these groups.', { format: 'pve-groupid-list' })),
      tokens: optional(text('To these tokens.', { format: 'pve-tokenid-list' })),
      propagate: optional(flag('Whether it holds for what is below; it does unless said.')),
      delete: optional(flag('Takes away.')),
    },
    permission: (cluster, caller, values) => {
      const path = normalize(`${values.path ?? ''}`);
      if (path === undefined || mayModify(cluster, caller, path)) return;
      const kind = /^\/(storage|vms|pool)\/./.exec(path)?.[1];
      const own = kind === undefined ? '' : `|${{ storage: 'Datastore', vms: 'VM', pool: 'Pool' }[kind]}.Allocate`;
      throw ApiError.permission(`${path}, Permissions.Modify${own}`);
    },
    handle: change,
  },
  {
    method: 'GET',
    path: '/access/roles',
    description: 'The roles.',
    parameters: {},
    permission: 'all',
    handle: (call) => [...call.cluster.access.roles].map(([role, held]) => ({ roleid: role, privs: [...held].sort().join(','), special: isBuiltIn(call, role) ? 1 : 0 })),
  },
  {
    method: 'POST',
    path: '/access/roles',
    description: 'Makes a role.',
    parameters: { roleid, privs },
    permission: modify,
    handle: (call) => {
      const role = call.parameters.text('roleid');
      if (/^PVE/i.test(role)) throw ApiError.parameters({ roleid: 'cannot use role ID starting with the (case-insensitive) \'PVE\' namespace' });
      return attempt('create role', () => {
        if (call.cluster.access.roles.has(role)) throw failure(`role '${role}' already exists`);
        call.cluster.access.roles.set(role, privileges(call));
        return null;
      });
    },
  },
  {
    method: 'GET',
    path: '/access/roles/{roleid}',
    description: 'The privileges of a role.',
    parameters: { roleid },
    permission: 'all',
    handle: ({ cluster, parameters }) => {
      const held = cluster.access.roles.get(parameters.text('roleid'));
      if (held === undefined) throw failure(`role '${parameters.text('roleid')}' does not exist`);
      return Object.fromEntries([...held].map((privilege) => [privilege, 1]));
    },
  },
  {
    method: 'PUT',
    path: '/access/roles/{roleid}',
    description: 'Changes a role.',
    parameters: { roleid, privs, append: { ...flag('Whether it keeps what it has.'), optional: true, requires: 'privs' } },
    permission: modify,
    handle: (call) => {
      const role = call.parameters.text('roleid');
      if (isBuiltIn(call, role)) throw failure(`auto-generated role '${role}' cannot be modified`);
      return attempt('update role', () => {
        const old = call.cluster.access.roles.get(role);
        if (old === undefined) throw failure(`role '${role}' does not exist`);
        call.cluster.access.roles.set(role, new Set([...call.parameters.flag('append') ? old : [], ...privileges(call)]));
        return null;
      });
    },
  },
  {
    method: 'DELETE',
    path: '/access/roles/{roleid}',
    description: 'Removes a role.',
    parameters: { roleid },
    permission: modify,
    handle: (call) => {
      const role = call.parameters.text('roleid');
      if (isBuiltIn(call, role)) throw failure(`auto-generated role '${role}' cannot be deleted`);
      return attempt('delete role', () => {
        const { access } = call.cluster;
        if (!access.roles.delete(role)) throw failure(`role '${role}' does not exist`);
        access.acl.filter((entry) => entry.role === role).forEach((entry) => access.acl.splice(access.acl.indexOf(entry), 1));
        return null;
      });
    },
  },
  {
    method: 'GET',
    path: '/access/groups',
    description: 'The groups the caller may look at.',
    parameters: {},
    permission: 'all',
    handle: ({ cluster: { access }, caller }) => [...access.groups]
      .filter(([id]) => access.allows(caller.id, `/access/groups/${id}`, ['User.Modify', 'Sys.Audit', 'Group.Allocate'], true))
      .map(([id, group]) => ({
        groupid: id,
        ...group.comment === undefined ? {} : { comment: group.comment },
        users: [...access.users.values()].filter(({ groups }) => groups.has(id)).map((user) => user.id).sort().join(','),
      })),
  },
  {
    method: 'POST',
    path: '/access/groups',
    description: 'Makes a group.',
    parameters: { groupid, comment },
    permission: allocate,
    handle: ({ cluster: { access }, parameters }) => attempt('create group', () => {
      const id = parameters.text('groupid');
      if (access.groups.has(id)) throw failure(`group '${id}' already exists`);
      access.groups.set(id, { comment: parameters.optional('comment') || undefined });
      return null;
    }),
  },
  {
    method: 'GET',
    path: '/access/groups/{groupid}',
    description: 'A group and who is in it.',
    parameters: { groupid },
    permission: { path: '/access/groups', privileges: ['Sys.Audit', 'Group.Allocate'], any: true },
    handle: ({ cluster: { access }, parameters }) => {
      const id = parameters.text('groupid');
      const group = access.groups.get(id);
      if (group === undefined) throw failure(`group '${id}' does not exist`);
      const members = [...access.users.values()].filter(({ groups }) => groups.has(id)).map((user) => user.id);
      return { members, ...group.comment === undefined ? {} : { comment: group.comment } };
    },
  },
  {
    method: 'PUT',
    path: '/access/groups/{groupid}',
    description: 'Changes a group.',
    parameters: { groupid, comment },
    permission: allocate,
    handle: ({ cluster: { access }, parameters }) => attempt('update group', () => {
      const group = access.groups.get(parameters.text('groupid'));
      if (group === undefined) throw failure(`group '${parameters.text('groupid')}' does not exist`);
      if (parameters.has('comment')) group.comment = parameters.text('comment') || undefined;
      return null;
    }),
  },
  {
    method: 'DELETE',
    path: '/access/groups/{groupid}',
    description: 'Removes a group and what was granted to it.',
    parameters: { groupid },
    permission: allocate,
    handle: ({ cluster: { access }, parameters }) => attempt('delete group', () => {
      const id = parameters.text('groupid');
      if (!access.groups.delete(id)) throw failure(`group '${id}' does not exist`);
      access.users.forEach(({ groups }) => groups.delete(id));
      access.acl.filter(({ subject }) => subject === `@${id}`).forEach((entry) => access.acl.splice(access.acl.indexOf(entry), 1));
      return null;
    }),
  },
];
