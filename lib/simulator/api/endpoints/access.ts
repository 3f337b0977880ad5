import { effectivePermissions, logIn, permissionsOn } from '../../access/login';
import { ApiError, failure } from '../../api-error';
import { registerFormats, FormatError } from '../../schema/formats';
import { flag, optional, text } from '../../schema/property';
import { Endpoint } from '../endpoint';

const userPattern = /^[^\s:/]+@[A-Za-z][A-Za-z0-9.\-_]+$/;

registerFormats({
  'pve-userid': (value) => {
    if (value.length < 3) throw new FormatError(`user name '${value}' is too short`);
    if (value.length > 64) throw new FormatError(`user name '${value}' is too long (${value.length} > 64)`);
    if (!userPattern.test(value)) throw new FormatError(`value '${value}' does not look like a valid user name`);
  },
  'pve-tokenid': (value) => {
    if (!/^[^\s:/]+@[A-Za-z][A-Za-z0-9.\-_]+![A-Za-z][A-Za-z0-9.\-_]+$/.test(value)) throw new FormatError(`value '${value}' does not look like a valid token ID`);
  },
  'pve-groupid': (value) => {
    if (!/^[A-Za-z0-9.\-_]+$/.test(value)) throw new FormatError(`group name '${value}' contains invalid characters`);
  },
  'pve-roleid': (value) => {
    if (!/^[A-Za-z0-9.\-_]+$/.test(value)) throw new FormatError(`role name '${value}' contains invalid characters`);
  },
});

const realms = [
  { type: 'pam', comment: 'Linux PAM standard authentication' },
  { type: 'pve', comment: 'Proxmox VE authentication server' },
];

/** Logging in, and what one may do. @internal */
export const accessEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/access/ticket',
    description: 'Nothing; for user interfaces.',
    parameters: {},
    permission: 'world',
    handle: () => null,
  },
  {
    method: 'POST',
    path: '/access/ticket',
    description: 'Logs a user in, or looks whether it may do something.',
    parameters: {
      'username': text('The user, with or without its realm.', { maxLength: 64 }),
      'realm': optional(text('The realm, if the name has none.', { pattern: '[A-Za-z][A-Za-z0-9.\\-_]+', maxLength: 32 })),
      'password': text('The password, or a ticket.'),
      'otp': optional(text('The second factor; there are none here.')),
      'path': optional(text('Where it wants to do something.', { requires: 'privs', maxLength: 64 })),
      'privs': optional(text('What it wants to do there.', { requires: 'path', maxLength: 64 })),
      'new-format': optional(flag('Ignored.')),
      'tfa-challenge': optional(text('A challenge of a second factor; there are none here.')),
    },
    permission: 'world',
    token: false,
    handle: ({ cluster, parameters }) => {
      const realm = parameters.optional('realm');
      return logIn(cluster, {
        username: `${parameters.text('username')}${realm ? `@${realm}` : ''}`,
        password: parameters.text('password'),
        path: parameters.optional('path'),
        privileges: parameters.optional('privs'),
      });
    },
  },
  {
    method: 'PUT',
    path: '/access/password',
    description: 'Changes the caller\'s password, or that of a user it may change.',
    parameters: {
      'userid': text('The user.', { format: 'pve-userid', maxLength: 64 }),
      'password': text('The new password.', { minLength: 8, maxLength: 64 }),
      'confirmation-password': optional(text('The caller\'s own password.', { minLength: 5, maxLength: 64 })),
    },
    permission: 'all',
    token: false,
    handle: ({ cluster, caller, parameters }) => {
      const userid = parameters.text('userid');
      const user = cluster.access.users.get(userid);
      const { access } = cluster;
      const mayOthers = access.allows(caller.id, `/access/realm/${userid.split('@').pop()}`, ['Realm.AllocateUser'])
        && access.allows(caller.id, '/access/groups', ['User.Modify']) && !userid.endsWith('@pam');
      if (caller.id !== 'root@pam' && caller.id !== userid && !mayOthers) throw ApiError.permission();
      if (user === undefined) throw failure(`no such user ('${userid}')`);
      user.password = parameters.text('password');
      return null;
    },
  },
  {
    method: 'GET',
    path: '/access/permissions',
    description: 'What the caller may do, or another user or token.',
    parameters: {
      userid: optional(text('Another user or token.', { pattern: '[^\\s:/]+@[A-Za-z][A-Za-z0-9.\\-_]+(?:![A-Za-z][A-Za-z0-9.\\-_]+)?' })),
      path: optional(text('Only on this path.')),
    },
    permission: 'all',
    handle: ({ cluster, caller, parameters }) => {
      const id = parameters.optional('userid') ?? caller.id;
      if (id !== caller.id && id.split('!')[0] !== caller.id) cluster.access.check(caller.id, '/access', ['Sys.Audit']);
      const path = parameters.optional('path');
      if (path === undefined) return effectivePermissions(cluster, id);
      return { [path]: permissionsOn(cluster.access.permissions(id, path)) };
    },
  },
  {
    method: 'GET',
    path: '/access/domains',
    description: 'The realms.',
    parameters: {},
    permission: 'world',
    handle: () => realms.map(({ type, comment }) => ({ realm: type, type, comment })),
  },
  {
    method: 'GET',
    path: '/access/domains/{realm}',
    description: 'A realm.',
    parameters: { realm: text('The realm.', { pattern: '[A-Za-z][A-Za-z0-9.\\-_]+', maxLength: 32 }) },
    permission: { path: '/access/realm', privileges: ['Realm.Allocate', 'Sys.Audit'], any: true },
    handle: ({ parameters }) => {
      const found = realms.find(({ type }) => type === parameters.text('realm'));
      if (found === undefined) throw failure(`domain '${parameters.text('realm')}' does not exist`);
      return { ...found, digest: 'da39a3ee5e6b4b0d3255bfef95601890afd80709' };
    },
  },
];
