import { Simulated, wrong } from '../api/simulated';

test('users are made, changed and removed', async () => {
  const server = new Simulated();
  await server.ask('POST', '/access/groups', { groupid: 'team' });
  await server.ask('POST', '/access/groups', { groupid: 'more' });
  expect(await server.ask('POST', '/access/users', { userid: 'u@pve', password: 'password', email: 'u@example.com', groups: 'team', expire: '5' })).toBeNull();
  expect(await server.ask('GET', '/access/users/u@pve')).toEqual({ enable: 1, expire: 5, email: 'u@example.com', groups: ['team'], tokens: null });
  await server.ask('PUT', '/access/users/u@pve', { enable: '0', firstname: 'U', groups: 'more', append: '1' });
  expect(await server.ask('GET', '/access/users/u@pve')).toEqual({ enable: 0, expire: 5, email: 'u@example.com', firstname: 'U', groups: ['more', 'team'], tokens: null });
  await server.ask('PUT', '/access/users/u@pve', { groups: 'more' });
  expect(await server.ask('GET', '/access/users', { full: '1' })).toEqual([
    { 'userid': 'root@pam', 'realm-type': 'pam', 'enable': 1, 'expire': 0, 'groups': '', 'tokens': null },
    { 'userid': 'u@pve', 'realm-type': 'pve', 'enable': 0, 'expire': 5, 'email': 'u@example.com', 'firstname': 'U', 'groups': 'more', 'tokens': null },
  ]);
  expect(await server.ask('GET', '/access/users', { enabled: '0' })).toMatchObject([{ userid: 'u@pve' }]);
  await server.ask('PUT', '/access/acl', { path: '/', roles: 'PVEAdmin', users: 'u@pve' });
  await server.ask('DELETE', '/access/users/u@pve');
  expect([await server.ask('GET', '/access/acl'), server.cluster.access.users.has('u@pve')]).toEqual([[], false]);
});

test.each([
  ['POST', '/access/users', { userid: 'root@pam' }, [500, 'create user failed: user \'root@pam\' already exists']],
  ['POST', '/access/users', { userid: 'u@pve', groups: 'no' }, [500, 'create user failed: no such group \'no\'']],
  ['POST', '/access/users', { userid: 'u' }, wrong({ userid: 'invalid format - user name \'u\' is too short\n' })],
  ['POST', '/access/users', { userid: 'user' }, wrong({ userid: 'invalid format - value \'user\' does not look like a valid user name\n' })],
  ['GET', '/access/users/no@pve', {}, [500, 'no such user (\'no@pve\')']],
  ['PUT', '/access/users/no@pve', {}, [500, 'no such user (\'no@pve\')']],
  ['GET', '/access/users/root@pam/token/no', {}, [500, 'no such token \'no\' for user \'root@pam\'']],
  ['DELETE', '/access/users/root@pam/token/no', {}, [500, 'no such token \'no\' for user \'root@pam\'']],
  ['POST', '/access/users/no@pve/token/t1', {}, [500, 'no such user (\'no@pve\')']],
])('%s %s %j is refused', async (method, path, parameters, refusal) => {
  expect(await new Simulated().refused(method, path, parameters as { [name: string]: string })).toEqual(refusal);
});

test('a token\'s secret is told once', async () => {
  const server = new Simulated();
  const token = '/access/users/root@pam/token/ci';
  const made = await server.ask('POST', token, { comment: 'c', privsep: '0' }) as { value: string };
  expect(made).toEqual({ 'full-tokenid': 'root@pam!ci', 'value': expect.stringMatching(/^[0-9a-f-]{36}$/), 'info': { comment: 'c', privsep: '0' } });
  expect(server.cluster.access.users.get('root@pam')!.tokens.get('ci')!.secret).toBe(made.value);
  expect(await server.ask('GET', token)).toEqual({ comment: 'c', privsep: 0, expire: 0 });
  expect(await server.refused('POST', token)).toEqual(wrong({ tokenid: 'Token already exists.' }));
  expect(await server.ask('PUT', token, { privsep: '1', expire: '9' })).toEqual({ comment: 'c', privsep: '1', expire: '9' });
  expect(await server.ask('GET', '/access/users/root@pam/token')).toEqual([{ tokenid: 'ci', comment: 'c', privsep: 1, expire: 9 }]);
  await server.ask('PUT', '/access/acl', { path: '/', roles: 'PVEAdmin', tokens: 'root@pam!ci' });
  await server.ask('DELETE', token);
  expect([await server.ask('GET', '/access/users/root@pam/token'), await server.ask('GET', '/access/acl')]).toEqual([[], []]);
});

test('users reach themselves, and those of groups that are theirs to change', async () => {
  const server = new Simulated();
  for (const groupid of ['team', 'others']) await server.ask('POST', '/access/groups', { groupid });
  await server.ask('POST', '/access/users', { userid: 'in@pve', groups: 'team' });
  await server.ask('POST', '/access/users', { userid: 'out@pve', groups: 'others' });
  server.as({ '/access/groups/team': ['User.Modify'], '/access/realm/pve': ['Realm.AllocateUser'] });
  expect(await server.ask('GET', '/access/users')).toMatchObject([{ userid: 'in@pve' }, { userid: 'limited@pve' }]);
  expect(await server.ask('PUT', '/access/users/in@pve', { comment: 'x' })).toBeNull();
  expect(await server.refused('PUT', '/access/users/out@pve', { comment: 'x' })).toEqual([403, 'Permission check failed']);
  expect(await server.refused('POST', '/access/users', { userid: 'new@pve' })).toEqual([403, 'Permission check failed (/access/groups, User.Modify)']);
  expect(await server.refused('POST', '/access/users', { userid: 'new@pve', groups: 'others' })).toEqual([403, 'Permission check failed (/access/groups/others, User.Modify)']);
  expect(await server.refused('POST', '/access/users', { userid: 'new@pam', groups: 'team' })).toEqual([403, 'Permission check failed (/access/realm/pam, Realm.AllocateUser)']);
  expect(await server.ask('POST', '/access/users', { userid: 'new@pve', groups: 'team' })).toBeNull();
  expect(await server.ask('POST', '/access/users/limited@pve/token/t1')).toMatchObject({ 'full-tokenid': 'limited@pve!t1', 'info': { privsep: 1 } });
  expect(await server.refused('GET', '/access/users/out@pve/token')).toEqual([403, 'Permission check failed']);
});

test.each([
  ['POST', '/access/users', {}, [500, 'user name \'\' is too short']],
  ['POST', '/access/users', { userid: 'joe' }, [500, 'value \'joe\' does not look like a valid user name']],
  ['POST', '/access/users', { userid: 'joe@nosuch', password: 'longenough' }, [500, 'create user failed: auth domain \'nosuch\' does not exist']],
  ['PUT', '/access/users/nosuch@pve', { append: '1' }, [500, 'no such user (\'nosuch@pve\')']],
  ['POST', '/access/users/nosuch@pve/token/t', {}, [403, 'Permission check failed']],
  ['GET', '/access/users/nosuch@pve/token', {}, [403, 'Permission check failed']],
  ['GET', '/access/users/nosuch@pve/tfa', {}, [403, 'Permission check failed']],
  ['PUT', '/access/acl', { path: '/', users: 'x' }, [403, 'Permission check failed (/, Permissions.Modify)']],
])('who is not root@pam itself is looked at before the parameters: %s %s %j', async (method, path, parameters, refusal) => {
  const server = new Simulated();
  server.as({ '/': ['User.Modify', 'Realm.AllocateUser', 'Sys.Audit'] });
  expect(await server.refused(method, path, parameters as { [name: string]: string })).toEqual(refusal);
});

test('what is set to nothing is gone', async () => {
  const server = new Simulated();
  await server.ask('POST', '/access/groups', { groupid: 'g', comment: 'x' });
  await server.ask('PUT', '/access/groups/g', { comment: '' });
  expect(await server.ask('GET', '/access/groups/g')).toEqual({ members: [] });
  await server.ask('POST', '/access/users', { userid: 'u@pve', comment: 'x', email: 'u@example.com' });
  await server.ask('PUT', '/access/users/u@pve', { comment: '', email: '' });
  expect(await server.ask('GET', '/access/users/u@pve')).toEqual({ enable: 1, expire: 0, groups: [], tokens: null });
  await server.ask('POST', '/pools', { poolid: 'p', comment: 'x' });
  await server.ask('PUT', '/pools/p', { comment: '' });
  expect(await server.ask('GET', '/pools')).toEqual([{ poolid: 'p' }]);
});

test('with a role goes what was granted by it', async () => {
  const server = new Simulated();
  await server.ask('POST', '/access/roles', { roleid: 'r', privs: 'VM.Audit' });
  await server.ask('PUT', '/access/acl', { path: 'vms', roles: 'r', users: 'root@pam' });
  expect(await server.ask('GET', '/access/acl')).toEqual([{ path: '/vms', type: 'user', ugid: 'root@pam', roleid: 'r', propagate: 1 }]);
  await server.ask('DELETE', '/access/roles/r');
  expect(await server.ask('GET', '/access/acl')).toEqual([]);
});
