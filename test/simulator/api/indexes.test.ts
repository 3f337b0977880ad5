import { Simulated, wrong } from './simulated';

const names = (answer: unknown) => (answer as { [key: string]: string }[]).map((entry) => Object.values(entry).join());

test('a path tells what is below it, under the key it has there', async () => {
  const server = new Simulated();
  server.as({ '/': ['Sys.Audit'] });
  expect(await server.ask('GET', '/')).toEqual(['version', 'cluster', 'nodes', 'storage', 'access', 'pools'].map((subdir) => ({ subdir })));
  expect(await server.ask('GET', '/cluster/ha')).toEqual([{ id: 'status' }, { id: 'resources' }, { id: 'groups' }]);
  expect(await server.ask('GET', '/nodes/pve/capabilities')).toEqual([{ name: 'qemu' }]);
  expect(await server.ask('GET', '/nodes/pve/hardware')).toEqual([{ type: 'pci' }, { type: 'usb' }]);
  expect(names(await server.ask('GET', '/cluster'))).not.toContain('bulk-action');
  expect(names(await new Simulated('9.1').ask('GET', '/cluster'))).toContain('bulk-action');
});

test('what every server has an own list of is answered without looking for the node', async () => {
  const server = new Simulated();
  expect(await server.ask('GET', '/nodes/nosuch')).toEqual(await server.ask('GET', '/nodes/pve'));
  expect(await server.ask('GET', '/nodes/nosuch/storage/local')).toEqual(await server.ask('GET', '/nodes/pve/storage/local'));
  expect(await server.refused('GET', '/nodes/nosuch/firewall/options')).toEqual([
    500, 'hostname lookup \'nosuch\' failed - failed to get address info for: nosuch: Temporary failure in name resolution',
  ]);
});

test.each([
  ['/cluster/backup', []],
  ['/cluster/config/nodes', []],
  ['/cluster/firewall/options', { digest: 'da39a3ee5e6b4b0d3255bfef95601890afd80709' }],
  ['/cluster/ha/status/manager_status', { manager_status: {}, quorum: { node: 'pve', quorate: 1 } }],
  ['/access/domains/pve', { type: 'pve', comment: 'Proxmox VE authentication server', digest: 'da39a3ee5e6b4b0d3255bfef95601890afd80709' }],
  ['/cluster/options', { 'description': '', 'mac_prefix': 'BC:24:11', 'allowed-tags': ['a', 'b'] }],
  ['/cluster/backup-info/not-backed-up', [{ vmid: 100, name: 'one', type: 'qemu' }]],
])('of %s a server that nobody has set up says %j', async (path, answer) => {
  const server = new Simulated();
  server.machine(100, { name: 'one', tags: 'b;a' });
  expect(await server.ask('GET', path)).toEqual(answer);
});

test.each([
  ['/cluster/config/join', {}, [424, 'node is not in a cluster, no join info available!']],
  ['/cluster/backup/nosuch', {}, wrong({ id: 'No such job \'nosuch\'' })],
  ['/access/domains/nosuch', {}, [500, 'domain \'nosuch\' does not exist']],
  ['/nodes/pve/rrddata', {}, wrong({ timeframe: 'property is missing and it is not optional' })],
  ['/nodes/pve/storage/a b', {}, [501, 'Method \'GET /nodes/pve/storage/a b\' not implemented']],
  ['/pools/a%2Fb', {}, [501, 'Method \'GET /pools/a/b\' not implemented']],
])('%s %j is refused', async (path, parameters, refusal) => {
  expect(await new Simulated().refused('GET', path, parameters)).toEqual(refusal);
});

test('who may not look at the firewall is told so', async () => {
  const server = new Simulated();
  server.as({});
  expect(await server.refused('GET', '/cluster/firewall/rules')).toEqual([403, 'Permission check failed (/, Sys.Audit)']);
  expect(await server.ask('GET', '/cluster/options')).toEqual({ 'allowed-tags': [] });
});
