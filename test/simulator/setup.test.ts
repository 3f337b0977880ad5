import { Duration } from '../../lib/core';
import { PveRelease, PveSimulator, PveSimulatorProps, SimulatedToken, StorageKind } from '../../lib/simulator';
import { Cluster } from '../../lib/simulator/cluster';
import { NoneEngine } from '../../lib/simulator/engine/none-engine';
import { setUp } from '../../lib/simulator/setup';
import { versions } from '../../lib/simulator/version';
import { mistakes } from '../support/errors';

function made(props: PveSimulatorProps): Cluster {
  const cluster = new Cluster({ version: versions[props.release ?? '9.1'], engine: new NoneEngine(), taskDuration: 0, statusLag: 0, now: Date.now });
  setUp(cluster, props);
  return cluster;
}

const token = (more: Partial<SimulatedToken>): SimulatedToken => ({ id: 'ci@pve!t', secret: 's', permissions: [], ...more });

test.each<[string, PveSimulatorProps, string, string]>([
  ['simulator-address', { address: '0.0.0.0' }, 'address', '"0.0.0.0"'],
  ['simulator-address', { address: '127.0.0.1.example.org' }, 'address', '"127.0.0.1.example.org"'],
  ['simulator-node', { nodes: [{ name: 'a' }, { name: 'a' }] }, 'nodes[1].name', '"a"'],
  ['simulator-node', { storages: [{ name: 's', kind: StorageKind.NFS, nodes: ['b'] }] }, 'storages[0].nodes[0]', '"b"'],
  ['simulator-storage', { storages: [{ name: 's', kind: StorageKind.ZFS, content: ['images', 'iso'] }] }, 'storages[0].content[1]', '"iso"'],
  ['simulator-token', { tokens: [token({ id: 'ci' })] }, 'tokens[0].id', '"ci"'],
  ['simulator-privilege', { tokens: [token({ permissions: [{ path: '/', privileges: ['VM.Audit', 'VM.Monitor'] }] })] }, 'tokens[0].permissions[0].privileges[1]', '"VM.Monitor"'],
  ['simulator-privilege', { release: PveRelease.V8_4, tokens: [token({ permissions: [{ path: '/', privileges: ['VM.GuestAgent.Audit'] }] })] },
    'tokens[0].permissions[0].privileges[0]', '"VM.GuestAgent.Audit"'],
])('%s: %j', (code, props, property, received) => {
  expect(mistakes(() => made(props))).toEqual([`${code} ${property} ${received}`]);
});

test('all that is wrong is reported together', () => {
  expect(mistakes(() => made({ address: '::1', nodes: [{ name: 'a' }, { name: 'a' }], tokens: [token({ id: '' })] }))).toHaveLength(3);
});

test('a server that nobody said anything about is a new one', () => {
  const cluster = made({});
  expect([...cluster.nodes.values()].map(({ name, bridges, pci }) => ({ name, bridges, pci }))).toEqual([{ name: 'pve', bridges: ['vmbr0'], pci: [] }]);
  const described = [...cluster.storages.values()]
    .map(({ definition: { id, type, content, shared, path } }) => ({ id, type, content: content.join(), shared, path }));
  expect(described).toEqual([
    { id: 'local', type: 'dir', content: 'iso,vztmpl,backup,snippets,import', shared: false, path: '/var/lib/vz' },
    { id: 'local-lvm', type: 'lvmthin', content: 'images,rootdir', shared: false, path: undefined },
  ]);
  expect([...cluster.access.users.get('root@pam')!.tokens.keys()]).toEqual(['simulator']);
});

test('nodes with devices, storages of each kind, tokens with rights', () => {
  const cluster = made({
    nodes: [{ name: 'a', bridges: ['vmbr1'], pciDevices: [{ address: '0000:01:00.0', vendorId: '10de', deviceId: '2484', subsystemId: '1462:3897', iommuGroup: 7, mediatedDeviceTypes: ['n-1'] }] }, { name: 'b' }],
    storages: [
      { name: 'dir', kind: StorageKind.DIRECTORY, nodes: ['b'], path: '/srv' }, { name: 'nfs', kind: StorageKind.NFS, content: ['iso'] }, { name: 'rbd', kind: StorageKind.RBD },
      { name: 'zfs', kind: StorageKind.ZFS, shared: true },
    ],
    tokens: [token({ permissions: [{ path: '/vms', privileges: ['VM.Audit'] }, { path: '/nodes', privileges: ['Sys.Audit'], propagate: false }] })],
    apiTokenSecret: 'the-secret',
    rootPassword: 'the-password',
  });
  expect(cluster.nodes.get('a')!.pci).toEqual([{
    address: '0000:01:00.0', vendor: '10de', device: '2484', subsystemVendor: '1462', subsystemDevice: '3897', iommuGroup: 7, class: '0x030000', mediatedTypes: ['n-1'],
  }]);
  expect([...cluster.storages.values()].map(({ definition: { id, shared, path, nodes } }) => ({ id, shared, path, nodes }))).toEqual([
    { id: 'dir', shared: false, path: '/srv', nodes: ['b'] }, { id: 'nfs', shared: true, path: '/mnt/nfs' }, { id: 'rbd', shared: true }, { id: 'zfs', shared: true },
  ]);
  const { access } = cluster;
  const may = (caller: string, path: string, privilege: string) => access.allows(caller, path, [privilege]);
  expect([may('ci@pve!t', '/vms/100', 'VM.Audit'), may('ci@pve', '/vms/100', 'VM.Audit'), may('ci@pve!t', '/vms/100', 'VM.Clone'), may('ci@pve!t', '/nodes', 'Sys.Audit'), may('ci@pve!t', '/nodes/a', 'Sys.Audit')])
    .toEqual([true, true, false, true, false]);
  const root = access.users.get('root@pam')!;
  expect([root.password, root.tokens.get('simulator')!.secret]).toEqual(['the-password', 'the-secret']);
});

test('a wrong address is refused before anything listens', async () => {
  await expect(PveSimulator.start({ address: '192.0.2.1', taskDuration: Duration.seconds(1) })).rejects.toThrow('[simulator-address]');
});
