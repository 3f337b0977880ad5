import { randomUUID } from 'node:crypto';
import { Token, User } from '../../access/access-control';
import { checkGroups, checkRealm, checkUser, mayReachUser } from '../../access/user-rights';
import { ApiError, failure } from '../../api-error';
import { splitList } from '../../schema/formats';
import { Properties, flag, integer, optional, text } from '../../schema/property';
import { attempt } from '../attempt';
import { Call, Endpoint } from '../endpoint';

const userid = text('The user, with its realm.', { format: 'pve-userid', maxLength: 64 });
const tokenid = text('The token.', { pattern: '[A-Za-z][A-Za-z0-9.\\-_]+' });
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
  const user = cluster.access.users.get(parameters.text('userid'));
  if (user === undefined) throw failure(`no such user ('${parameters.text('userid')}')`);
  return user;
}

function findToken(call: Call): Token {
  const token = find(call).tokens.get(call.parameters.text('tokenid'));
  if (token === undefined) throw failure(`no such token '${call.parameters.text('tokenid')}' for user '${call.parameters.text('userid')}'`);
  return token;
}

function apply({ cluster, parameters }: Call, user: User, empty: boolean): void {
  const groups = splitList(parameters.optional('groups') ?? '');
  const unknown = groups.find((group) => !cluster.access.groups.has(group));
  if (unknown !== undefined) throw failure(`no such group '${unknown}'`);
  if (parameters.has('groups') && !parameters.flag('append')) user.groups.clear();
  groups.forEach((group) => user.groups.add(group));
  if (parameters.has('enable')) user.enabled = parameters.flag('enable');
  if (parameters.has('expire')) user.expire = parameters.number('expire');
  for (const name of names) {
    const value = parameters.optional(name);
    if (value !== undefined && (empty || value !== '')) user[name] = value;
  }
}

/** Tokens are made and removed by their owner and by who may change it. */
function checkOwner({ cluster, caller, parameters }: Call): void {
  const owner = parameters.text('userid');
  if (caller.id !== owner && !mayReachUser(cluster, caller.id, owner, ['User.Modify'])) throw ApiError.permission();
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
        'userid': user.id,
        'realm-type': user.id.split('@').pop(),
        ...parameters.flag('full') ? {
          groups: [...user.groups].sort().join(','),
          tokens: [...user.tokens.values()].sort((a, b) => a.id < b.id ? -1 : 1).map((token) => ({ tokenid: token.id, ...describeToken(token) })),
        } : {},
      })),
  },
  {
    method: 'POST',
    path: '/access/users',
    description: 'Makes a user.',
    parameters: { userid, ...details, password: optional(text('Its password.', { minLength: 8, maxLength: 64 })) },
    permission: 'all',
    handle: (call) => {
      const { cluster, caller, parameters } = call;
      const id = parameters.text('userid');
      checkRealm(cluster, caller.id, id);
      checkGroups(cluster, caller.id, splitList(parameters.optional('groups') ?? ''));
      return attempt('create user', () => {
        if (cluster.access.users.has(id)) throw failure(`user '${id}' already exists`);
        const user: User = { id, password: parameters.optional('password'), enabled: true, groups: new Set(), tokens: new Map() };
        apply(call, user, false);
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
    permission: 'all',
    handle: (call) => {
      const user = find(call);
      checkUser(call.cluster, call.caller.id, user.id, ['User.Modify', 'Sys.Audit']);
      const tokens = [...user.tokens].map(([id, token]) => [id, describeToken(token)]);
      return { ...describe(user), groups: [...user.groups].sort(), ...tokens.length === 0 ? {} : { tokens: Object.fromEntries(tokens) as object } };
    },
  },
  {
    method: 'PUT',
    path: '/access/users/{userid}',
    description: 'Changes a user.',
    parameters: { userid, ...details, append: { ...flag('Whether it stays in its groups.'), optional: true, requires: 'groups' } },
    permission: 'all',
    handle: (call) => {
      const user = find(call);
      checkUser(call.cluster, call.caller.id, user.id, ['User.Modify']);
      const groups = splitList(call.parameters.optional('groups') ?? '');
      if (groups.length > 0) checkGroups(call.cluster, call.caller.id, groups);
      return attempt('update user', () => {
        apply(call, user, true);
        return null;
      });
    },
  },
  {
    method: 'DELETE',
    path: '/access/users/{userid}',
    description: 'Removes a user with its tokens and what was granted to it.',
    parameters: { userid },
    permission: 'all',
    handle: (call) => {
      const { id } = find(call);
      checkRealm(call.cluster, call.caller.id, id);
      checkUser(call.cluster, call.caller.id, id, ['User.Modify']);
      call.cluster.access.users.delete(id);
      removeEntries(call, (subject) => subject === id || subject.startsWith(`${id}!`));
      return null;
    },
  },
  {
    method: 'GET',
    path: '/access/users/{userid}/token',
    description: 'The tokens of a user, without their secrets.',
    parameters: { userid },
    permission: 'all',
    handle: (call) => {
      checkOwner(call);
      return [...find(call).tokens.values()].map((token) => ({ tokenid: token.id, ...describeToken(token) }));
    },
  },
  {
    method: 'GET',
    path: '/access/users/{userid}/token/{tokenid}',
    description: 'A token, without its secret.',
    parameters: { userid, tokenid },
    permission: 'all',
    handle: (call) => {
      checkOwner(call);
      return describeToken(findToken(call));
    },
  },
  {
    method: 'POST',
    path: '/access/users/{userid}/token/{tokenid}',
    description: 'Makes a token and tells its secret, once.',
    parameters: { userid, tokenid, ...tokenDetails },
    permission: 'all',
    handle: (call) => {
      checkOwner(call);
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
      const { expire, ...told } = describeToken(token);
      return { 'info': parameters.has('expire') ? { ...told, expire } : told, 'value': token.secret, 'full-tokenid': `${user.id}!${id}` };
    },
  },
  {
    method: 'PUT',
    path: '/access/users/{userid}/token/{tokenid}',
    description: 'Changes a token.',
    parameters: { userid, tokenid, ...tokenDetails },
    permission: 'all',
    handle: (call) => {
      checkOwner(call);
      const { parameters } = call;
      const token = findToken(call);
      if (parameters.has('privsep')) token.privilegeSeparation = parameters.flag('privsep');
      if (parameters.has('expire')) token.expire = parameters.number('expire');
      if (parameters.optional('comment')) token.comment = parameters.text('comment');
      return describeToken(token);
    },
  },
  {
    method: 'DELETE',
    path: '/access/users/{userid}/token/{tokenid}',
    description: 'Removes a token.',
    parameters: { userid, tokenid },
    permission: 'all',
    handle: (call) => {
      checkOwner(call);
      const { id } = findToken(call);
      const user = find(call);
      user.tokens.delete(id);
      removeEntries(call, (subject) => subject === `${user.id}!${id}`);
      return null;
    },
  },
];
