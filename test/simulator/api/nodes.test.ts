import { HostPciDevice } from '../../../lib/simulator/state/node';
import { Simulated, moment } from './simulated';

test('nodes say how they are to who may look at them', async () => {
  const server = new Simulated();
  const [node] = await server.ask('GET', '/nodes') as { [name: string]: unknown }[];
  expect(node).toMatchObject({ id: 'node/pve', node: 'pve', type: 'node', status: 'online', maxcpu: 8, ssl_fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/) });
  server.as({});
  expect(await server.ask('GET', '/nodes')).toEqual([{ id: 'node/pve', node: 'pve', type: 'node', status: 'online', level: '', ssl_fingerprint: node.ssl_fingerprint }]);
  expect(await server.refused('GET', '/nodes/pve/status')).toEqual([403, 'Permission check failed (/nodes/pve, Sys.Audit)']);
});

test.each(['8.4', '9.1'] as const)('a node of release %s says so', async (line) => {
  const server = new Simulated(line);
  const { version, repoid } = server.cluster.version;
  expect(await server.ask('GET', '/nodes/pve/version')).toEqual({ version, repoid, release: line });
  expect(await server.ask('GET', '/nodes/pve/status')).toMatchObject({ pveversion: `pve-manager/${version}/${repoid}`, uptime: 0, cpuinfo: { cpus: 8 }, loadavg: ['0.00', '0.00', '0.00'] });
});

test('bridges are seen by who may use them', async () => {
  const server = new Simulated();
  const interfaces = async (type?: string) => (await server.ask('GET', '/nodes/pve/network', type === undefined ? {} : { type }) as { iface: string }[]).map(({ iface }) => iface);
  expect([await interfaces(), await interfaces('bridge'), await interfaces('any_bridge'), await interfaces('eth')]).toEqual([['eno1', 'vmbr0'], ['vmbr0'], ['vmbr0'], ['eno1']]);
  expect(await server.ask('GET', '/nodes/pve/network/vmbr0')).toMatchObject({ type: 'bridge', bridge_ports: 'eno1', cidr: '127.0.0.1/8' });
  expect(await server.refused('GET', '/nodes/pve/network/vmbr9')).toEqual([400, 'Parameter verification failed.', { iface: 'interface does not exist' }]);
  server.as({});
  expect(await interfaces('any_bridge')).toEqual([]);
  server.as({ '/sdn/zones/localnetwork': ['SDN.Use'] }, 'user@pve');
  expect(await interfaces('any_bridge')).toEqual(['vmbr0']);
});

test('names and times', async () => {
  const server = new Simulated();
  expect(await server.ask('GET', '/nodes/pve/dns')).toEqual({ search: 'example.com', dns1: '127.0.0.1' });
  expect(await server.ask('GET', '/nodes/pve/hosts')).toMatchObject({ data: '127.0.0.1 localhost\n127.0.0.1 pve.example.com pve\n' });
  expect(await server.ask('GET', '/nodes/pve/time')).toEqual({ timezone: 'UTC', time: moment / 1000, localtime: moment / 1000 });
  expect(await server.refused('GET', '/nodes/nosuch/dns')).toEqual([
    500, 'hostname lookup \'nosuch\' failed - failed to get address info for: nosuch: Temporary failure in name resolution',
  ]);
});

const card: HostPciDevice = {
  address: '0000:01:00.0', vendor: '10de', device: '2484', subsystemVendor: '1462', subsystemDevice: '3897', iommuGroup: 5, class: '0x030000', mediatedTypes: ['nvidia-63', 'nvidia-12'],
};

function withCard(): Simulated {
  const server = new Simulated();
  server.cluster.nodes.set('pve', { ...server.cluster.node('pve'), pci: [card, { ...card, address: '0000:00:1f.0', class: '0x060100', mediatedTypes: [] }] });
  return server;
}

test('devices of a node are listed, bridges and the like only if wanted', async () => {
  const server = withCard();
  const told = {
    id: '0000:01:00.0', class: '0x030000', vendor: '0x10de', device: '0x2484', iommugroup: 5, subsystem_vendor: '0x1462', subsystem_device: '0x3897', mdev: 1,
  };
  expect(await server.ask('GET', '/nodes/pve/hardware/pci')).toEqual([told]);
  expect(await server.ask('GET', '/nodes/pve/hardware/pci', { 'pci-class-blacklist': '', 'verbose': '0' })).toEqual([{ id: '0000:01:00.0' }, { id: '0000:00:1f.0' }]);
  expect(await server.ask('GET', '/nodes/pve/hardware/pci/0000:01:00.0')).toEqual([{ method: 'mdev' }]);
  server.as({});
  expect(await server.refused('GET', '/nodes/pve/hardware/pci')).toEqual([403, 'Permission check failed (/, Sys.Audit|Sys.Modify)']);
});

test('mediated devices are told by address and by mapping', async () => {
  const server = withCard();
  server.cluster.mappings.pci.set('gpu', { id: 'gpu', map: ['node=pve,path=0000:01:00.0,id=10de:2484'] });
  const types = ['nvidia-12', 'nvidia-63'].map((type) => ({ type, available: 1, description: '' }));
  expect(await server.ask('GET', '/nodes/pve/hardware/pci/0000:01:00.0/mdev')).toEqual(types);
  expect(await server.ask('GET', '/nodes/pve/hardware/pci/01:00.0/mdev')).toEqual(types);
  expect(await server.ask('GET', '/nodes/pve/hardware/pci/gpu/mdev')).toEqual(types);
  expect(await server.ask('GET', '/nodes/pve/hardware/pci/nosuch/mdev')).toEqual([]);
  expect(await server.refused('GET', '/nodes/pve/hardware/pci/0000:09:00.0/mdev')).toEqual([500, 'pci device \'0000:09:00.0\' not found']);
});

test('a mapping is checked on the node that is asked for', async () => {
  const server = withCard();
  const good = 'node=pve,path=0000:01:00.0,id=10de:2484,iommugroup=5,subsystem-id=1462:3897';
  const checks = async (map: string, mdev = true) => {
    server.cluster.mappings.pci.set('gpu', { id: 'gpu', map: [map], mdev });
    return (await server.ask('GET', '/cluster/mapping/pci', { 'check-node': 'pve' }) as { checks: { message: string }[] }[])[0].checks.map(({ message }) => message);
  };
  expect(await checks(good)).toEqual([]);
  expect(await checks(good.replace('node=pve', 'node=other'))).toEqual(['No mapping for node pve.']);
  expect(await checks(good, false)).toEqual(['Invalid configuration: \'mdev\' does not match for \'gpu\' (1 != 0)\n']);
  expect(await checks(good.replace('01:00.0', '02:00.0'))).toEqual(['Invalid configuration: pci device \'0000:02:00.0\' not found\n']);
  expect(await checks(good.replace(',subsystem-id=1462:3897', ''))).toEqual(['Invalid configuration: missing expected property \'subsystem-id\' for device \'0000:01:00.0\'\n']);
  expect(await checks(good.replace('iommugroup=5', 'iommugroup=6'))).toEqual(['Invalid configuration: \'iommugroup\' does not match for \'gpu\' (5 != 6)\n']);
});
