import { Simulated, wrong } from '../api/simulated';

test('a token is told what it may do where', async () => {
  const server = new Simulated();
  server.as({ '/vms': ['VM.Audit', 'VM.Clone'], '/storage/local': ['Datastore.Audit'] }, 'pkr@pve');
  server.cluster.access.users.get('pkr@pve')!.tokens.set('t1', { id: 't1', secret: 's', privilegeSeparation: false, expire: 0 });
  server.caller = { id: 'pkr@pve!t1', user: 'pkr@pve', tokenId: 't1' };
  const all = { '/vms': { 'VM.Audit': 1, 'VM.Clone': 1 }, '/storage/local': { 'Datastore.Audit': 1 } };
  expect(await server.ask('GET', '/access/permissions')).toEqual(all);
  expect(await server.ask('GET', '/access/permissions', { path: '/vms/100' })).toEqual({ '/vms/100': { 'VM.Audit': 1, 'VM.Clone': 1 } });
  expect(await server.refused('GET', '/access/permissions', { userid: 'root@pam' })).toEqual([403, 'Permission check failed (/access, Sys.Audit)']);
  server.caller = { id: 'pkr@pve', user: 'pkr@pve' };
  expect(await server.ask('GET', '/access/permissions', { userid: 'pkr@pve!t1' })).toEqual(all);
});

test('a token with privileges of its own has only what both have', async () => {
  const server = new Simulated();
  server.as({ '/vms': ['VM.Audit', 'VM.Clone'] }, 'pkr@pve');
  const { access } = server.cluster;
  access.users.get('pkr@pve')!.tokens.set('t1', { id: 't1', secret: 's', privilegeSeparation: true, expire: 0 });
  server.caller = { id: 'root@pam', user: 'root@pam' };
  expect(await server.ask('GET', '/access/permissions', { userid: 'pkr@pve!t1' })).toEqual({});
  await server.ask('PUT', '/access/acl', { path: '/vms', roles: 'PVETemplateUser,PVEDatastoreUser', tokens: 'pkr@pve!t1' });
  expect(await server.ask('GET', '/access/permissions', { userid: 'pkr@pve!t1' })).toEqual({ '/vms': { 'VM.Audit': 1, 'VM.Clone': 1 } });
});

test.each([['8.4', true], ['9.1', false]] as const)('root of %s has all privileges, and VM.Monitor: %s', async (line, monitor) => {
  const all = await new Simulated(line).ask('GET', '/access/permissions') as { [path: string]: object };
  expect(Object.keys(all)).toEqual(['/', '/access', '/access/groups', '/nodes', '/pool', '/sdn', '/storage', '/vms']);
  expect(['VM.Monitor' in all['/'], 'VM.GuestAgent.Audit' in all['/'], 'Permissions.Modify' in all['/']]).toEqual([monitor, !monitor, true]);
});

test('roles are granted, told and taken away', async () => {
  const server = new Simulated();
  await server.ask('POST', '/access/groups', { groupid: 'team', comment: 'us' });
  await server.ask('POST', '/access/users', { userid: 'u@pve', groups: 'team' });
  await server.ask('PUT', '/access/acl', { path: '//vms//100/', roles: 'PVEVMUser', users: 'u@pve', propagate: '0' });
  await server.ask('PUT', '/access/acl', { path: '/storage', roles: 'PVEDatastoreUser', groups: 'team' });
  const first = { path: '/vms/100', type: 'user', ugid: 'u@pve', roleid: 'PVEVMUser', propagate: 0 };
  const second = { path: '/storage', type: 'group', ugid: 'team', roleid: 'PVEDatastoreUser', propagate: 1 };
  expect(await server.ask('GET', '/access/acl')).toEqual([first, second]);
  expect(server.cluster.access.allows('u@pve', '/storage/local', ['Datastore.AllocateSpace'])).toBe(true);
  await server.ask('PUT', '/access/acl', { path: '/vms/100', roles: 'PVEVMUser', users: 'u@pve', delete: '1' });
  expect(await server.ask('GET', '/access/acl')).toEqual([second]);
  expect(await server.ask('GET', '/access/groups')).toEqual([{ groupid: 'team', comment: 'us', users: 'u@pve' }]);
  expect(await server.ask('GET', '/access/groups/team')).toEqual({ comment: 'us', members: ['u@pve'] });
  await server.ask('DELETE', '/access/groups/team');
  expect([await server.ask('GET', '/access/acl'), await server.ask('GET', '/access/groups')]).toEqual([[], []]);
});

const needed = 'either \'users\', \'groups\' or \'tokens\' is required.';
test.each([
  ['PUT', '/access/acl', { path: '/vms', roles: 'PVEVMUser' }, wrong({ users: needed, groups: needed, tokens: needed })],
  ['PUT', '/access/acl', { path: '/films', roles: 'PVEVMUser', users: 'root@pam' }, wrong({ path: 'invalid ACL path \'/films\'' })],
  ['PUT', '/access/acl', { path: '/vms', roles: 'Nosuch', users: 'root@pam' }, [500, 'ACL update failed: role \'Nosuch\' does not exist']],
  ['PUT', '/access/acl', { path: '/vms', roles: 'PVEVMUser', users: 'no@pve' }, [500, 'ACL update failed: user \'no@pve\' does not exist']],
  ['PUT', '/access/acl', { path: '/vms', roles: 'PVEVMUser', groups: 'no' }, [500, 'ACL update failed: group \'no\' does not exist']],
  ['PUT', '/access/acl', { path: '/vms', roles: 'PVEVMUser', tokens: 'root@pam!no' }, [500, 'ACL update failed: no such token \'no\' for user \'root@pam\'']],
  ['POST', '/access/roles', { roleid: 'PveMine' }, wrong({ roleid: 'cannot use role ID starting with the (case-insensitive) \'PVE\' namespace' })],
  ['POST', '/access/roles', { roleid: 'NoAccess' }, [500, 'create role failed: role \'NoAccess\' already exists']],
  ['POST', '/access/roles', { roleid: 'Mine', privs: 'VM.Fly' }, [500, 'create role failed: invalid privilege \'VM.Fly\'']],
  ['PUT', '/access/roles/PVEAdmin', { privs: 'VM.Audit' }, [500, 'auto-generated role \'PVEAdmin\' cannot be modified']],
  ['PUT', '/access/roles/Mine', { privs: 'VM.Audit' }, [500, 'update role failed: role \'Mine\' does not exist']],
  ['DELETE', '/access/roles/PVEAdmin', {}, [500, 'auto-generated role \'PVEAdmin\' cannot be deleted']],
  ['DELETE', '/access/roles/Mine', {}, [500, 'delete role failed: role \'Mine\' does not exist']],
  ['GET', '/access/roles/Mine', {}, [500, 'role \'Mine\' does not exist']],
  ['POST', '/access/groups', { groupid: 'a b' }, wrong({ groupid: 'invalid format - group name \'a b\' contains invalid characters\n' })],
  ['PUT', '/access/groups/no', { comment: 'x' }, [500, 'update group failed: group \'no\' does not exist']],
  ['DELETE', '/access/groups/no', {}, [500, 'delete group failed: group \'no\' does not exist']],
  ['GET', '/access/groups/no', {}, [500, 'group \'no\' does not exist']],
])('%s %s %j is refused', async (method, path, parameters, refusal) => {
  expect(await new Simulated().refused(method, path, parameters as { [name: string]: string })).toEqual(refusal);
});

test('roles of one\'s own', async () => {
  const server = new Simulated();
  await server.ask('POST', '/access/roles', { roleid: 'Mine', privs: 'VM.Clone,VM.Audit' });
  const mine = async () => (await server.ask('GET', '/access/roles') as { roleid: string }[]).find(({ roleid }) => roleid === 'Mine');
  expect(await mine()).toEqual({ roleid: 'Mine', privs: 'VM.Audit,VM.Clone', special: 0 });
  await server.ask('PUT', '/access/roles/Mine', { privs: 'VM.Backup', append: '1' });
  expect(await server.ask('GET', '/access/roles/Mine')).toEqual({ 'VM.Audit': 1, 'VM.Backup': 1, 'VM.Clone': 1 });
  await server.ask('PUT', '/access/roles/Mine', { privs: 'VM.Backup' });
  expect(await server.ask('GET', '/access/roles/Mine')).toEqual({ 'VM.Backup': 1 });
  await server.ask('DELETE', '/access/roles/Mine');
  expect(await mine()).toBeUndefined();
});

test('one hands on only what one has', async () => {
  const server = new Simulated();
  await server.ask('POST', '/access/users', { userid: 'other@pve' });
  server.as({ '/vms/100': ['VM.Allocate', 'VM.Audit', 'VM.Clone'] });
  const grant = (path: string, roles: string) => ({ path, roles, users: 'other@pve' });
  expect(await server.ask('PUT', '/access/acl', grant('/vms/100', 'PVETemplateUser'))).toBeNull();
  expect(await server.refused('PUT', '/access/acl', grant('/vms/100', 'PVEVMAdmin'))).toEqual(wrong({
    role: 'Cannot add role \'PVEVMAdmin\' - requires \'Permissions.Modify\' or superset of privileges.',
  }));
  expect(await server.refused('PUT', '/access/acl', grant('/vms/100', 'NoAccess'))).toEqual(wrong({ role: 'Cannot add role \'NoAccess\' - requires \'Permissions.Modify\'' }));
  expect(await server.refused('PUT', '/access/acl', grant('/vms/101', 'PVETemplateUser'))).toEqual([403, 'Permission check failed (/vms/101, Permissions.Modify|VM.Allocate)']);
  expect(await server.refused('PUT', '/access/acl', grant('/', 'PVETemplateUser'))).toEqual([403, 'Permission check failed (/, Permissions.Modify)']);
  expect(await server.ask('GET', '/access/acl')).toMatchObject([{ path: '/vms/100', ugid: 'limited@pve' }, { path: '/vms/100', ugid: 'other@pve' }]);
  expect(await server.refused('POST', '/access/roles', { roleid: 'Mine' })).toEqual([403, 'Permission check failed (/access, Sys.Modify)']);
});
