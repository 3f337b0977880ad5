import { AccessControl, AclEntry, User } from '../../../lib/simulator/access/access-control';
import { versions } from '../../../lib/simulator/version';

type Entry = readonly [path: string, subject: string, role: string, propagate?: boolean];

function control(entries: Entry[], pools: { readonly [path: string]: string[] } = {}): AccessControl {
  const access = new AccessControl(versions['9.1'], { poolsOf: (path) => pools[path] ?? [] });
  const user = (id: string, ...groups: string[]): User => ({ id, enabled: true, groups: new Set(groups), tokens: new Map() });
  access.users.set('a@pve', user('a@pve', 'staff', 'ops'));
  access.roles.set('Look', new Set(['VM.Audit'])).set('Use', new Set(['VM.PowerMgmt']));
  access.acl.push(...entries.map(([path, subject, role, propagate = true]): AclEntry => ({ path, subject, role, propagate })));
  return access;
}

const may = (access: AccessControl, path: string, caller = 'a@pve') => [...access.permissions(caller, path).keys()].sort();

test.each([
  ['goes on to what is below', [['/vms', 'a@pve', 'Look']], '/vms/100', ['VM.Audit']],
  ['does not go on', [['/vms', 'a@pve', 'Look', false]], '/vms/100', []],
  ['holds where it stands', [['/vms', 'a@pve', 'Look', false]], '/vms', ['VM.Audit']],
  ['the deeper one replaces the one above', [['/', 'a@pve', 'Look'], ['/vms/100', 'a@pve', 'Use']], '/vms/100', ['VM.PowerMgmt']],
  ['several roles on a path add up', [['/vms', 'a@pve', 'Look'], ['/vms', 'a@pve', 'Use']], '/vms/100', ['VM.Audit', 'VM.PowerMgmt']],
  ['of groups, several add up', [['/vms', '@staff', 'Look'], ['/vms', '@ops', 'Use'], ['/vms', '@others', 'Administrator']], '/vms', ['VM.Audit', 'VM.PowerMgmt']],
  ['the user comes before its groups', [['/vms', '@staff', 'Use'], ['/vms', 'a@pve', 'Look']], '/vms', ['VM.Audit']],
  ['a group below comes before the user above', [['/', 'a@pve', 'Look'], ['/vms', '@staff', 'Use']], '/vms/100', ['VM.PowerMgmt']],
  ['NoAccess takes all', [['/vms', 'a@pve', 'Look'], ['/vms', 'a@pve', 'NoAccess']], '/vms/100', []],
  ['NoAccess of a path below', [['/', 'a@pve', 'Administrator'], ['/vms/100', 'a@pve', 'NoAccess']], '/vms/100', []],
  ['of others', [['/vms', 'b@pve', 'Look'], ['/vms', 'a@pve!t', 'Use']], '/vms', []],
] as const)('a permission %s', (_, entries, path, privileges) => {
  expect(may(control([...entries]), path)).toEqual(privileges);
});

test('a pool gives its members what is granted on it, unless NoAccess stands at the member or the pool', () => {
  const pools = { '/vms/100': ['p', 'p/q'] };
  expect(may(control([['/pool/p', 'a@pve', 'Look']], pools), '/vms/100')).toEqual(['VM.Audit']);
  expect(may(control([['/pool/p', 'a@pve', 'Look'], ['/vms', 'a@pve', 'Use']], pools), '/vms/100')).toEqual(['VM.Audit', 'VM.PowerMgmt']);
  expect(may(control([['/pool/p', 'a@pve', 'Look'], ['/vms', 'a@pve', 'NoAccess']], pools), '/vms/100')).toEqual([]);
  expect(may(control([['/pool/p', 'a@pve', 'NoAccess'], ['/vms', 'a@pve', 'Use']], pools), '/vms/100')).toEqual(['VM.PowerMgmt']);
  expect(may(control([['/pool/p', 'a@pve', 'Look']], pools), '/vms/101')).toEqual([]);
});

test('a token has what its user has; with privileges of its own, only what both have', () => {
  const access = control([['/vms', 'a@pve', 'Look'], ['/vms', 'a@pve', 'Use'], ['/vms', 'a@pve!own', 'Look'], ['/vms', 'a@pve!own', 'PVEAdmin'], ['/storage', 'a@pve!own', 'PVEAdmin']]);
  const { tokens } = access.users.get('a@pve')!;
  tokens.set('all', { id: 'all', secret: 's', privilegeSeparation: false, expire: 0 });
  tokens.set('own', { id: 'own', secret: 's', privilegeSeparation: true, expire: 0 });
  expect(may(access, '/vms/100', 'a@pve!all')).toEqual(['VM.Audit', 'VM.PowerMgmt']);
  expect(may(access, '/vms/100', 'a@pve!own')).toEqual(['VM.Audit', 'VM.PowerMgmt']);
  expect(may(access, '/storage', 'a@pve!own')).toEqual([]);
});

test('root@pam has everything, its separated token only what it was given', () => {
  const access = control([['/vms', 'root@pam!own', 'Look']]);
  access.users.get('root@pam')!.tokens.set('own', { id: 'own', secret: 's', privilegeSeparation: true, expire: 0 });
  expect(may(access, '/vms/100', 'root@pam')).toEqual([...access.privileges].sort());
  expect(may(access, '/vms/100', 'root@pam!own')).toEqual(['VM.Audit']);
});

test('what is missing is named: of all the first, of alternatives all', () => {
  const access = control([['/vms', 'a@pve', 'Look']]);
  expect(() => access.check('a@pve', '/vms/100', ['VM.Audit'])).not.toThrow();
  expect(() => access.check('a@pve', '/vms/100', ['VM.Clone', 'VM.Audit'], true)).not.toThrow();
  expect(() => access.check('a@pve', '/vms/100', ['VM.Audit', 'VM.Clone', 'VM.Allocate'])).toThrow('Permission check failed (/vms/100, VM.Clone)');
  expect(() => access.check('a@pve', '/vms/100', ['VM.Clone', 'VM.Allocate'], true)).toThrow('Permission check failed (/vms/100, VM.Clone|VM.Allocate)');
});
