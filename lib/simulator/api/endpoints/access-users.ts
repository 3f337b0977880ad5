import { randomUUID } from 'node:crypto';
import { Token, User } from '../../access/access-control';
import { checkGroups, checkRealm, findUser, isOrReaches, mayReachUser, reaches } from '../../access/user-rights';
import { ApiError, failure } from '../../api-error';
import { splitList } from '../../schema/formats';
import { Properties, flag, integer, optional, text } from '../../schema/property';
import { attempt } from '../attempt';
import { Call, Endpoint } from '../endpoint';

const userid = text('The user, with its realm.', { format: 'pve-userid', maxLength: 64 });
const tokenid = text('The token.', { pattern: '[A-Za-z][A-Za-z0-9.\\-_]+' });
const realms = ['pam', 'pve'];
const names = ['firstname', 'lastname', 'email', 'comment', 'keys'] as const;
const details: Properties = {
  enable: optional(flag('Whether it may log in; it may unless said.')),
  expire: optional(integer('When it ends, in seconds since 1970; 0 for never.', 0)),
  firstname: optional(text('First name.', { maxLength: 1024 })),
  lastname: optional(text('Last name.', { maxLength: 1024 })),
  email: optional(text('Mail address.', { format: 'email-opt', maxLength: 254 })),
  comment: optional(text('What it is for.', { maxLength: 2048 })),
  keys: optional(text('Keys of a second factor; not used.', { pattern: '[0-9a-zA-Z!=]{0,4096}' })),
  groups: optional(text('Groups it is in.', { format: 'pve-groupid-list' })),
};
const tokenDetails: Properties = {
  expire: optional(integer('When it ends, in seconds since 1970; 0 for never.', 0)),
  privsep: optional(flag('Whether it has only what is granted to itself as well; it is so unless said.')),
  comment: optional(text('What it is for.')),
};

function describeToken({ expire, privilegeSeparation, comment }: Token): { readonly [name: string]: unknown } {
  return { expire, privsep: privilegeSeparation ? 1 : 0, ...comment === undefined ? {} : { comment } };
}

function describe(user: User): { readonly [name: string]: unknown } {
  const given = names.filter((name) => user[name] !== undefined).map((name) => [name, user[name]]);
  return { enable: user.enabled ? 1 : 0, expire: user.expire ?? 0, ...Object.fromEntries(given) as object };
}

function find({ cluster, parameters }: Call): User {
  return findUser(cluster, parameters.text('userid'));
}

function findToken(call: Call): Token {
  const token = find(call).tokens.get(call.parameters.text('tokenid'));
  if (token === undefined) throw failure(`no such token '${call.parameters.text('tokenid')}' for user '${call.parameters.text('userid')}'`);
  return token;
}

function apply({ cluster, parameters }: Call, user: User): void {
  const groups = splitList(parameters.optional('groups') ?? '');
  const unknown = groups.find((group) => !cluster.access.groups.has(group));
  if (unknown !== undefined) throw failure(`no such group '${unknown}'`);
  if (parameters.has('groups') && !parameters.flag('append')) user.groups.clear();
  groups.forEach((group) => user.groups.add(group));
  if (parameters.has('enable')) user.enabled = parameters.flag('enable');
  if (parameters.has('expire')) user.expire = parameters.number('expire');
  for (const name of names) {
    const value = parameters.optional(name);
    if (value !== undefined) user[name] = value || undefined;
  }
}

/** A token as the request that makes or changes it is answered: what it gives comes back as it came. */
function echoToken({ parameters }: Call, token: Token, isNew: boolean): { readonly [name: string]: unknown } {
  const given = ['privsep', 'expire'].filter((name) => parameters.has(name)).map((name) => [name, parameters.text(name)]);
  const { expire, ...told } = describeToken(token);
  return { ...told, ...isNew ? {} : { expire }, ...Object.fromEntries(given) as object };
}

function removeEntries({ cluster: { access } }: Call, gone: (subject: string) => boolean): void {
  access.acl.filter(({ subject }) => gone(subject)).forEach((entry) => access.acl.splice(access.acl.indexOf(entry), 1));
}

/** Users and their tokens. @internal */
export const accessUserEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/access/users',
    description: 'The users the caller may look at; itself in any case.',
    parameters: { enabled: optional(flag('Only those that may log in, or may not.')), full: optional(flag('With groups and tokens.')) },
    permission: 'all',
    handle: ({ cluster, caller, parameters }) => [...cluster.access.users.values()]
      .filter(({ id }) => id === caller.id || mayReachUser(cluster, caller.id, id, ['User.Modify', 'Sys.Audit']))
      .filter(({ enabled }) => !parameters.has('enabled') || enabled === parameters.flag('enabled'))
      .sort((a, b) => a.id < b.id ? -1 : 1)
      .map((user) => ({
        ...describe(user),
        userid: user.id,
        ...realms.includes(user.id.split('@').pop()!) ? { 'realm-type': user.id.split('@').pop() } : {},
        ...parameters.flag('full') ? {
          groups: [...user.groups].sort().join(','),
          tokens: user.tokens.size === 0 ? null : [...user.tokens.values()]
            .sort((a, b) => a.id < b.id ? -1 : 1)
            .map((token) => ({ tokenid: token.id, ...describeToken(token) })),
        } : {},
      })),
  },
  {
    method: 'POST',
    path: '/access/users',
    description: 'Makes a user.',
    parameters: { userid, ...details, password: optional(text('Its password.', { minLength: 8, maxLength: 64 })) },
    permission: (cluster, caller, { userid: id, groups }) => {
      checkRealm(cluster, caller.id, `${id ?? ''}`);
      checkGroups(cluster, caller.id, splitList(`${groups ?? ''}`));
    },
    handle: (call) => {
      const { cluster, parameters } = call;
      const id = parameters.text('userid');
      return attempt('create user', () => {
        if (cluster.access.users.has(id)) throw failure(`user '${id}' already exists`);
        const realm = id.split('@').pop()!;
        if (parameters.has('password') && !realms.includes(realm)) throw failure(`auth domain '${realm}' does not exist`);
        const user: User = { id, password: parameters.optional('password'), enabled: true, groups: new Set(), tokens: new Map() };
        apply(call, user);
        cluster.access.users.set(id, user);
        return null;
      });
    },
  },
  {
    method: 'GET',
    path: '/access/users/{userid}',
    description: 'A user.',
    parameters: { userid },
    permission: reaches('User.Modify', 'Sys.Audit'),
    handle: (call) => {
      const user = find(call);
      const tokens = [...user.tokens].map(([id, token]) => [id, describeToken(token)]);
      const groups = [...user.groups].sort();
      return { ...describe(user), groups, tokens: tokens.length === 0 ? null : Object.fromEntries(tokens) as object };
    },
  },
  {
    method: 'PUT',
    path: '/access/users/{userid}',
    description: 'Changes a user.',
    parameters: { userid, ...details, append: { ...flag('Whether it stays in its groups.'), optional: true, requires: 'groups' } },
    permission: (cluster, caller, values) => {
      findUser(cluster, `${values.userid ?? ''}`);
      const groups = splitList(`${values.groups ?? ''}`);
      if (groups.length > 0) checkGroups(cluster, caller.id, groups);
      reaches('User.Modify')(cluster, caller, values);
    },
    handle: (call) => {
      const user = find(call);
      return attempt('update user', () => {
        apply(call, user);
        return null;
      });
    },
  },
  {
    method: 'DELETE',
    path: '/access/users/{userid}',
    description: 'Removes a user with its tokens and what was granted to it.',
    parameters: { userid },
    permission: (cluster, caller, values) => {
      checkRealm(cluster, caller.id, `${values.userid ?? ''}`);
      reaches('User.Modify')(cluster, caller, values);
    },
    handle: (call) => {
      const { id } = find(call);
      call.cluster.access.users.delete(id);
      removeEntries(call, (subject) => subject === id || subject.startsWith(`${id}!`));
      return null;
    },
  },
  {
    method: 'GET',
    path: '/access/users/{userid}/tfa',
    description: 'The second factors of a user; there are none.',
    parameters: { userid, multiple: optional(flag('Tells of all.')) },
    permission: isOrReaches('User.Modify', 'Sys.Audit'),
    handle: ({ parameters }) => {
      const realm = parameters.text('userid').split('@').pop()!;
      if (!realms.includes(realm)) throw failure(`auth domain '${realm}' does not exist`);
      return parameters.flag('multiple') ? { user: [] } : {};
    },
  },
  {
    method: 'GET',
    path: '/access/users/{userid}/token',
    description: 'The tokens of a user, without their secrets.',
    parameters: { userid },
    permission: isOrReaches('User.Modify'),
    handle: (call) => {
      return [...find(call).tokens.values()].map((token) => ({ tokenid: token.id, ...describeToken(token) }));
    },
  },
  {
    method: 'GET',
    path: '/access/users/{userid}/token/{tokenid}',
    description: 'A token, without its secret.',
    parameters: { userid, tokenid },
    permission: isOrReaches('User.Modify'),
    handle: (call) => {
      return describeToken(findToken(call));
    },
  },
  {
    method: 'POST',
    path: '/access/users/{userid}/token/{tokenid}',
    description: 'Makes a token and tells its secret, once.',
    parameters: { userid, tokenid, ...tokenDetails },
    permission: isOrReaches('User.Modify'),
    handle: (call) => {
      const { parameters } = call;
      const user = find(call);
      const id = parameters.text('tokenid');
      if (user.tokens.has(id)) throw ApiError.parameters({ tokenid: 'Token already exists.' });
      const token: Token = {
        id,
        secret: randomUUID(),
        privilegeSeparation: parameters.optional('privsep') !== '0',
        comment: parameters.optional('comment') || undefined,
        expire: parameters.optionalNumber('expire') ?? 0,
      };
      user.tokens.set(id, token);
      return { 'info': echoToken(call, token, true), 'value': token.secret, 'full-tokenid': `${user.id}!${id}` };
    },
  },
  {
    method: 'PUT',
    path: '/access/users/{userid}/token/{tokenid}',
    description: 'Changes a token.',
    parameters: { userid, tokenid, ...tokenDetails },
    permission: isOrReaches('User.Modify'),
    handle: (call) => {
      const { parameters } = call;
      const token = findToken(call);
      if (parameters.has('privsep')) token.privilegeSeparation = parameters.flag('privsep');
      if (parameters.has('expire')) token.expire = parameters.number('expire');
      if (parameters.optional('comment')) token.comment = parameters.text('comment');
      return echoToken(call, token, false);
    },
  },
  {
    method: 'DELETE',
    path: '/access/users/{userid}/token/{tokenid}',
    description: 'Removes a token.',
    parameters: { userid, tokenid },
    permission: isOrReaches('User.Modify'),
    handle: (call) => {
      const { id } = findToken(call);
      const user = find(call);
      user.tokens.delete(id);
      removeEntries(call, (subject) => subject === `${user.id}!${id}`);
      return null;
    },
  },
];
