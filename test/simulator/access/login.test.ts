import { authenticate } from '../../../lib/simulator/access/authentication';
import { ApiError } from '../../../lib/simulator/api-error';
import { Simulated, moment, wrong } from '../api/simulated';

function simulated(): Simulated {
  const server = new Simulated();
  const { users } = server.cluster.access;
  users.get('root@pam')!.password = 'secret';
  users.set('u@pve', { id: 'u@pve', password: 'password', enabled: true, groups: new Set(), tokens: new Map([['t', { id: 't', secret: 's', privilegeSeparation: true, expire: 0 }]]) });
  server.caller = undefined;
  return server;
}
const login = (username: string, password: string, more: { readonly [name: string]: string } = {}) => ({ username, password, ...more });

test('a login gives a ticket and what protects it', async () => {
  const server = simulated();
  const answer = await server.ask('POST', '/access/ticket', login('u', 'password', { realm: 'pve' })) as { ticket: string; CSRFPreventionToken: string };
  expect(answer).toEqual({
    username: 'u@pve',
    ticket: expect.stringMatching(/^PVE:u@pve:[0-9A-F]{8}::/),
    CSRFPreventionToken: expect.stringMatching(/^[0-9A-F]{8}:/),
    cap: { access: {}, dc: {}, mapping: {}, nodes: {}, sdn: {}, storage: {}, vms: {} },
  });
  const { access, tickets } = server.cluster;
  const cookie = `PVEAuthCookie=${encodeURIComponent(answer.ticket)}`;
  expect(authenticate(access, tickets, moment, 'GET', '/version', { cookie })).toEqual({ id: 'u@pve', user: 'u@pve' });
  expect(authenticate(access, tickets, moment, 'POST', '/pools', { cookie, csrfpreventiontoken: answer.CSRFPreventionToken })).toEqual({ id: 'u@pve', user: 'u@pve' });
  expect(() => authenticate(access, tickets, moment, 'POST', '/pools', { cookie })).toThrow('Permission denied - invalid csrf token');
  expect(await server.ask('POST', '/access/ticket', login('u@pve', answer.ticket))).toMatchObject({ username: 'u@pve' });
});

test.each([
  [login('root@pam', 'nope'), [401, 'authentication failure']],
  [login('nobody@pam', 'secret'), [401, 'authentication failure']],
  [login('root@pam', 'PVE:root@pam:00000000::x'), [401, 'authentication failure']],
  [login('u@pve', 'password', { path: '/vms', privs: 'VM.Audit' }), [401, 'authentication failure']],
  [{ username: 'root@pam' }, wrong({ password: 'property is missing and it is not optional' })],
  [login('root@pam', 'secret', { path: '/' }), wrong({ privs: 'missing property - \'path\' requires this property' })],
])('the login %j is refused', async (parameters, refusal) => {
  expect(await simulated().refused('POST', '/access/ticket', parameters as { [name: string]: string })).toEqual(refusal);
});

test('a user that is switched off or has ended does not get in', async () => {
  const server = simulated();
  const user = server.cluster.access.users.get('u@pve')!;
  user.enabled = false;
  expect(await server.refused('POST', '/access/ticket', login('u@pve', 'password'))).toEqual([401, 'authentication failure']);
  Object.assign(user, { enabled: true, expire: moment / 1000 - 1 });
  expect(await server.refused('POST', '/access/ticket', login('u@pve', 'password'))).toEqual([401, 'authentication failure']);
});

test('instead of a ticket a login can say whether something is allowed', async () => {
  expect(await simulated().ask('POST', '/access/ticket', login('root@pam', 'secret', { path: '/vms', privs: 'VM.Audit,VM.Clone' }))).toEqual({
    username: 'root@pam', cap: expect.objectContaining({ dc: expect.objectContaining({ 'Sys.Audit': 1 }) as object }),
  });
});

test('tokens do not get tickets', async () => {
  const server = simulated();
  const { access, tickets } = server.cluster;
  server.caller = authenticate(access, tickets, moment, 'POST', '/access/ticket', { authorization: 'PVEAPIToken=u@pve!t=s' });
  expect(server.caller).toEqual({ id: '', user: '', tokenId: '' });
  expect(await server.refused('POST', '/access/ticket', login('root@pam', 'secret'))).toEqual([
    403, 'Permission check failed (URI \'/access/ticket\' not available with API token, need proper ticket.\n)',
  ]);
  expect(() => authenticate(access, tickets, moment, 'GET', '/version', { authorization: 'PVEAPIToken=u@pve!t=x' })).toThrow(ApiError);
});

test('passwords are changed by their users and by who may', async () => {
  const server = simulated();
  const change = (userid: string, password = 'new password') => server.refused('PUT', '/access/password', { userid, password });
  server.caller = { id: 'u@pve', user: 'u@pve' };
  expect(await server.ask('PUT', '/access/password', { userid: 'u@pve', password: 'new password' })).toBeNull();
  expect(server.cluster.access.users.get('u@pve')!.password).toBe('new password');
  expect(await change('root@pam')).toEqual([403, 'Permission check failed']);
  expect(await change('u@pve', 'short')).toEqual(wrong({ password: 'value must be at least 8 characters long' }));
  server.caller = { id: 'root@pam', user: 'root@pam' };
  expect(await change('nobody@pve')).toEqual([500, 'no such user (\'nobody@pve\')']);
  expect(await change('nobody')).toEqual(wrong({ userid: 'invalid format - value \'nobody\' does not look like a valid user name\n' }));
});

test('realms are told to everybody', async () => {
  expect(await simulated().ask('GET', '/access/domains')).toEqual([
    { realm: 'pam', type: 'pam', comment: 'Linux PAM standard authentication' }, { realm: 'pve', type: 'pve', comment: 'Proxmox VE authentication server' },
  ]);
});
