import { Guest } from '../../../lib/simulator/state/guest';
import { Simulated, moment, wrong } from './simulated';

const gibibyte = 1024 ** 3;
const idle = { cpu: 0, disk: 0, diskread: 0, diskwrite: 0, netin: 0, netout: 0, mem: 0, uptime: 0 };

test('the next id is the smallest that nobody has, also of those the caller does not see', async () => {
  const server = new Simulated();
  expect(await server.ask('GET', '/cluster/nextid')).toBe('100');
  server.machine(100);
  server.cluster.guests.set(101, new Guest(101, 'lxc', 'pve', [], moment));
  server.as({});
  expect(await server.ask('GET', '/cluster/nextid')).toBe('102');
  expect(await server.ask('GET', '/cluster/nextid', { vmid: '6199' })).toBe('6199');
});

test.each([
  ['100', 'VM 100 already exists'],
  ['99', 'invalid format - value does not look like a valid VM ID\n'],
  ['abc', 'type check (\'integer\') failed - got \'abc\''],
])('the id %s is refused', async (vmid, text) => {
  const server = new Simulated();
  server.machine(100);
  expect(await server.refused('GET', '/cluster/nextid', { vmid })).toEqual(wrong({ vmid: text }));
});

test('resources are all that is there, as far as the caller may see it', async () => {
  const server = new Simulated();
  server.node('other');
  server.machine(101, { name: 'two', cores: '2', memory: '1024', tags: 'a;b', lock: 'backup', template: '1' }, 'other');
  server.cluster.guests.set(100, new Guest(100, 'lxc', 'pve', [['hostname', 'box']], moment));
  server.cluster.pools.set('p1', { id: 'p1', guests: new Set([101]), storages: new Set() });
  server.cluster.ha.set('vm:101', { sid: 'vm:101', state: 'started' });
  const vm = {
    id: 'qemu/101',
    type: 'qemu',
    vmid: 101,
    node: 'other',
    name: 'two',
    status: 'stopped',
    template: 1,
    maxcpu: 2,
    maxmem: gibibyte,
    maxdisk: 0,
    tags: 'a;b',
    lock: 'backup',
    pool: 'p1',
    hastate: 'started',
    ...idle,
  };
  const container = {
    id: 'lxc/100', type: 'lxc', vmid: 100, node: 'pve', name: 'box', status: 'stopped', template: 0, maxcpu: 1, maxmem: gibibyte / 2, maxdisk: 0, ...idle,
  };
  const node = (name: string) => ({
    id: `node/${name}`,
    type: 'node',
    node: name,
    status: 'online',
    level: '',
    uptime: 0,
    cpu: 0.01,
    maxcpu: 8,
    mem: Math.floor(64 * gibibyte / 20),
    maxmem: 64 * gibibyte,
    disk: 4 * gibibyte,
    maxdisk: 100 * gibibyte,
  });
  const storage = (name: string) => ({
    id: `storage/${name}/local`,
    type: 'storage',
    storage: 'local',
    node: name,
    plugintype: 'dir',
    status: 'available',
    shared: 0,
    content: 'images,rootdir,iso,vztmpl,snippets,import,backup',
    maxdisk: 1024 * gibibyte,
    disk: 0,
  });
  const zone = (name: string) => ({ id: `sdn/${name}/localnetwork`, type: 'sdn', sdn: 'localnetwork', node: name, status: 'ok' });
  expect(await server.ask('GET', '/cluster/resources')).toEqual([
    { id: '/pool/p1', type: 'pool', pool: 'p1' }, container, vm, node('pve'), node('other'), storage('pve'), storage('other'), zone('pve'), zone('other'),
  ]);
  expect(await server.ask('GET', '/cluster/resources', { type: 'vm' })).toEqual([container, vm]);
  server.as({ '/vms/101': ['VM.Audit'] });
  const { pool: _pool, ...seen } = vm;
  expect(await server.ask('GET', '/cluster/resources')).toEqual([
    seen, ...['pve', 'other'].map((name) => ({ id: `node/${name}`, type: 'node', node: name, status: 'online', level: '' })),
  ]);
  expect(await server.refused('GET', '/cluster/resources', { type: 'pool' })).toEqual(wrong({
    type: 'value \'pool\' does not have a value in the enumeration \'vm, storage, node, sdn\'',
  }));
});

test('the status daemon knows a new machine only after a while', async () => {
  let now = moment;
  const server = new Simulated('8.4', { statusLag: 10_000, now: () => now });
  expect(await server.ask('GET', '/cluster/resources', { type: 'node' })).toEqual([{ id: 'node/pve', type: 'node', node: 'pve', status: 'unknown' }]);
  now += 20_000;
  server.machine(100, { name: 'new' });
  expect(await server.ask('GET', '/cluster/resources', { type: 'vm' })).toEqual([{ id: 'qemu/100', type: 'qemu', vmid: 100, node: 'pve', status: 'unknown' }]);
  now += 10_000;
  expect(await server.ask('GET', '/cluster/resources', { type: 'vm' })).toMatchObject([{ vmid: 100, name: 'new', status: 'stopped' }]);
});

test('a server alone is no cluster', async () => {
  const server = new Simulated();
  const node = { type: 'node', ip: '127.0.0.1', online: 1, level: '' };
  expect(await server.ask('GET', '/cluster/status')).toEqual([{ ...node, id: 'node/pve', name: 'pve', local: 1, nodeid: 0 }]);
  server.node('other');
  expect(await server.ask('GET', '/cluster/status')).toEqual([
    { type: 'cluster', id: 'cluster', name: 'simulated', nodes: 2, version: 2, quorate: 1 },
    { ...node, id: 'node/pve', name: 'pve', local: 1, nodeid: 1 },
    { ...node, id: 'node/other', name: 'other', local: 0, nodeid: 2 },
  ]);
  server.as({});
  expect(await server.refused('GET', '/cluster/status')).toEqual([403, 'Permission check failed (/, Sys.Audit)']);
});

test('there are no zones but the one of the bridges', async () => {
  const server = new Simulated();
  expect(await server.ask('GET', '/cluster/sdn/zones')).toEqual([]);
  expect(await server.ask('GET', '/nodes/pve/sdn/zones')).toEqual([{ zone: 'localnetwork', status: 'available' }]);
  server.as({});
  expect(await server.ask('GET', '/nodes/pve/sdn/zones')).toEqual([]);
});
