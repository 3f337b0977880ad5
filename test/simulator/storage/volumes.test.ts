import { ApiError } from '../../../lib/simulator/api-error';
import { Volume } from '../../../lib/simulator/state/storage';
import { qcow2Header } from '../../../lib/simulator/storage/qcow2-header';
import { Simulated, moment } from '../api/simulated';

const gibibyte = 1024 ** 3;
const mebibyte = 1024 ** 2;
const told = ({ volid, format, size, vmid, parent }: Volume) => ({ volid, format, size, vmid, ...parent === undefined ? {} : { parent } });

function simulated(): Simulated {
  const server = new Simulated();
  server.storage({ id: 'tank', type: 'zfspool', options: { pool: 'rpool/data' } });
  server.storage({ id: 'thin', type: 'lvmthin', options: { vgname: 'pve', thinpool: 'data' } });
  server.storage({ id: 'ceph', type: 'rbd', shared: true, options: { pool: 'rbd' } });
  server.storage({ id: 'share', type: 'nfs', shared: true, path: '/mnt/pve/share', content: ['images', 'iso'] });
  return server;
}

const error = async (work: () => unknown) => {
  try {
    await work();
  } catch (problem) {
    expect(problem).toBeInstanceOf(ApiError);
    return (problem as Error).message;
  }
  throw new Error('nothing was wrong');
};

test.each([
  ['local', { volid: 'local:100/vm-100-disk-0.raw', format: 'raw', size: 5 * mebibyte, vmid: 100 }, '/var/lib/vz/images/100/vm-100-disk-0.raw',
    ['Formatting \'/var/lib/vz/images/100/vm-100-disk-0.raw\', fmt=raw size=5242880 preallocation=off']],
  ['share', { volid: 'share:100/vm-100-disk-0.raw', format: 'raw', size: 5 * mebibyte, vmid: 100 }, '/mnt/pve/share/images/100/vm-100-disk-0.raw',
    ['Formatting \'/mnt/pve/share/images/100/vm-100-disk-0.raw\', fmt=raw size=5242880 preallocation=off']],
  ['tank', { volid: 'tank:vm-100-disk-0', format: 'raw', size: 5 * mebibyte, vmid: 100 }, '/dev/zvol/rpool/data/vm-100-disk-0', []],
  ['thin', { volid: 'thin:vm-100-disk-0', format: 'raw', size: 8 * mebibyte, vmid: 100 }, '/dev/pve/vm-100-disk-0', ['  Logical volume "vm-100-disk-0" created.']],
  ['ceph', { volid: 'ceph:vm-100-disk-0', format: 'raw', size: 5 * mebibyte, vmid: 100 },
    'rbd:rbd/vm-100-disk-0:conf=/etc/pve/ceph.conf:id=admin:keyring=/etc/pve/priv/ceph/ceph.keyring', []],
])('a disk on %s has its name, size, path and log', async (storage, volume, path, lines) => {
  const { cluster: { volumes } } = simulated();
  const log: string[] = [];
  const made = await volumes.allocate('pve', storage, 100, { bytes: 5 * mebibyte, log: (line) => log.push(line) });
  expect(told(made)).toEqual(volume);
  expect(made.ctime).toBe(moment / 1000);
  expect(volumes.path('pve', made.volid)).toBe(path);
  expect(log).toEqual(lines);
  expect(volumes.of(100)).toEqual([made]);
});

test('numbers of disks are the smallest that are free, also among linked clones and bases', async () => {
  const { cluster: { volumes } } = simulated();
  const allocate = async (format?: string) => (await volumes.allocate('pve', 'local', 100, { bytes: mebibyte, format })).volid;
  expect([await allocate('qcow2'), await allocate('raw'), await allocate('qcow2')]).toEqual([
    'local:100/vm-100-disk-0.qcow2', 'local:100/vm-100-disk-1.raw', 'local:100/vm-100-disk-2.qcow2',
  ]);
  await volumes.free('pve', 'local:100/vm-100-disk-1.raw');
  await volumes.makeBase('pve', 'local:100/vm-100-disk-0.qcow2');
  expect(await allocate('qcow2')).toBe('local:100/vm-100-disk-1.qcow2');
  await volumes.link('pve', 'local:100/base-100-disk-0.qcow2', 100);
  expect(await allocate('qcow2')).toBe('local:100/vm-100-disk-4.qcow2');
});

test.each([
  ['local', 'local:100/base-100-disk-0.qcow2', 'local:100/base-100-disk-0.qcow2/101/vm-101-disk-0.qcow2', true],
  ['tank', 'tank:base-100-disk-0', 'tank:base-100-disk-0/vm-101-disk-0', true],
  ['ceph', 'ceph:base-100-disk-0', 'ceph:base-100-disk-0/vm-101-disk-0', true],
  ['thin', 'thin:base-100-disk-0', 'thin:vm-101-disk-0', false],
])('a linked clone on %s names its base, which cannot go before it, except on thin pools', async (storage, base, linked, protects) => {
  const { cluster: { volumes } } = simulated();
  const disk = await volumes.allocate('pve', storage, 100, { bytes: 4 * mebibyte, ...storage === 'local' ? { format: 'qcow2' } : {} });
  expect((await volumes.makeBase('pve', disk.volid)).volid).toBe(base);
  expect(volumes.of(100).map(({ volid }) => volid)).toEqual([base]);
  const clone = await volumes.link('pve', base, 101);
  expect(told(clone)).toEqual({ volid: linked, format: disk.format, size: 4 * mebibyte, vmid: 101, ...protects ? { parent: base } : {} });
  expect(volumes.isInUse(base)).toBe(protects ? linked : undefined);
  if (protects) {
    expect(await error(() => volumes.free('pve', base))).toBe(`base volume '${base.split(':')[1]}' is still in use by linked clones`);
    await volumes.free('pve', linked);
    expect(volumes.isInUse(base)).toBeUndefined();
  }
  await volumes.free('pve', base);
  expect(volumes.of(100)).toEqual([]);
});

test('clones and bases say in the log what was done', async () => {
  const { cluster: { volumes } } = simulated();
  const log: string[] = [];
  const options = { log: (line: string) => log.push(line) };
  await volumes.allocate('pve', 'local', 100, { bytes: mebibyte });
  await volumes.allocate('pve', 'thin', 100, { bytes: 4 * mebibyte });
  await volumes.makeBase('pve', 'local:100/vm-100-disk-0.raw', options);
  await volumes.makeBase('pve', 'thin:vm-100-disk-0', options);
  await volumes.link('pve', 'local:100/base-100-disk-0.raw', 101, options);
  await volumes.link('pve', 'thin:base-100-disk-0', 101, options);
  await volumes.resize('pve', 'thin:vm-101-disk-0', 8 * mebibyte, options);
  await volumes.free('pve', 'thin:vm-101-disk-0', options);
  expect(log).toEqual([
    '  Renamed "vm-100-disk-0" to "base-100-disk-0" in volume group "pve"',
    '  Logical volume pve/base-100-disk-0 changed.',
    'clone 100/base-100-disk-0.raw: images, vm-101-disk-0.qcow2, 101 to vm-101-disk-0.qcow2 (base=../100/base-100-disk-0.raw)',
    'Formatting \'/var/lib/vz/images/101/vm-101-disk-0.qcow2\', fmt=qcow2 cluster_size=65536 extended_l2=off compression_type=zlib size=1048576 '
      + 'backing_file=../100/base-100-disk-0.raw backing_fmt=raw lazy_refcounts=off refcount_bits=16',
    '  Logical volume "vm-101-disk-0" created.',
    '  Size of logical volume pve/vm-101-disk-0 changed from 4.00 MiB (1 extents) to 8.00 MiB (2 extents).',
    '  Logical volume pve/vm-101-disk-0 successfully resized.',
    '  Logical volume "vm-101-disk-0" successfully removed.',
  ]);
});

test('an imported file becomes a disk of its virtual size', async () => {
  const server = simulated();
  const { volumes } = server.cluster;
  await server.file('local:import/base.qcow2', qcow2Header(2 * gibibyte));
  const log: string[] = [];
  const disk = await volumes.import('pve', 'local:import/base.qcow2', 'thin', 100, { log: (line) => log.push(line) });
  expect(told(disk)).toEqual({ volid: 'thin:vm-100-disk-0', format: 'raw', size: 2 * gibibyte, vmid: 100 });
  expect(log).toEqual([
    'create full clone of drive (local:import/base.qcow2)', '  Logical volume "vm-100-disk-0" created.', 'transferred 0.0 B of 2.0 GiB (0.00%)',
    'transferred 2.0 GiB of 2.0 GiB (100.00%)',
  ]);
  expect(await error(() => volumes.import('pve', 'local:import/no.qcow2', 'thin', 100))).toBe('failed to stat \'/var/lib/vz/import/no.qcow2\'');
});

test('OVMF\'s variables, TPM states and cloud-init drives have the sizes they have', async () => {
  const { cluster: { volumes } } = simulated();
  const log: string[] = [];
  const made = [
    await volumes.createEfi('pve', 'local', 100, { format: 'qcow2', log: (line) => log.push(line) }),
    await volumes.createEfi('pve', 'local', 100, { small: true }),
    await volumes.createEfi('pve', 'tank', 100),
    await volumes.createEfi('pve', 'thin', 100),
    await volumes.createTpm('pve', 'local', 100),
    await volumes.createCloudInit('pve', 'local', 100),
    await volumes.createCloudInit('pve', 'tank', 100, { format: 'qcow2' }),
  ];
  expect(made.map(({ volid, size }) => [volid, size])).toEqual([
    ['local:100/vm-100-disk-0.qcow2', 528 * 1024],
    ['local:100/vm-100-disk-1.raw', 128 * 1024],
    ['tank:vm-100-disk-0', mebibyte],
    ['thin:vm-100-disk-0', 4 * mebibyte],
    ['local:100/vm-100-disk-2.raw', 4 * mebibyte],
    ['local:100/vm-100-cloudinit.qcow2', 4 * mebibyte],
    ['tank:vm-100-cloudinit', 4 * mebibyte],
  ]);
  expect(log.slice(1)).toEqual([
    'transferred 0.0 B of 528.0 KiB (0.00%)', 'transferred 528.0 KiB of 528.0 KiB (100.00%)', 'transferred 528.0 KiB of 528.0 KiB (100.00%)',
  ]);
  expect(await error(() => volumes.createCloudInit('pve', 'local', 100))).toBe('disk image \'/var/lib/vz/images/100/vm-100-cloudinit.qcow2\' already exists');
});

test('a copy keeps its format where it can, and ends with the error of a full storage', async () => {
  const server = simulated();
  const { cluster } = server;
  await server.file('local:import/base.qcow2', qcow2Header(2 * gibibyte));
  const source = await cluster.volumes.import('pve', 'local:import/base.qcow2', 'local', 100, { format: 'qcow2' });
  expect((await cluster.volumes.copy('pve', source.volid, 'share', 101)).volid).toBe('share:101/vm-101-disk-0.qcow2');
  expect((await cluster.volumes.copy('pve', source.volid, 'tank', 101)).volid).toBe('tank:vm-101-disk-0');
  cluster.faults.add({ fullStorage: 'tank', times: 2 });
  const log: string[] = [];
  expect(await error(() => cluster.volumes.import('pve', 'local:import/base.qcow2', 'tank', 102, { log: (line) => log.push(line) }))).toBe(
    'cannot import from \'local:import/base.qcow2\' - copy failed: command \'/usr/bin/qemu-img convert -p -n -t none -f qcow2 -O raw '
    + '/var/lib/vz/import/base.qcow2 zeroinit:/dev/zvol/rpool/data/vm-102-disk-0\' failed: exit code 1',
  );
  expect(log).toHaveLength(40);
  expect(log.slice(0, 3)).toEqual(['create full clone of drive (local:import/base.qcow2)', 'transferred 0.0 B of 2.0 GiB (0.00%)', 'transferred 20.5 MiB of 2.0 GiB (1.00%)']);
  expect(log[39]).toBe('qemu-img: error while writing at byte 815988736: No space left on device');
  expect(cluster.volumes.of(102)).toEqual([]);
  expect(await error(() => cluster.volumes.allocate('pve', 'tank', 102, { bytes: mebibyte }))).toBe('zfs error: cannot create \'rpool/data/vm-102-disk-0\': out of space');
});

test('a pool of ZFS is full when all its disks together are larger', async () => {
  const server = simulated();
  server.storage({ id: 'small', type: 'zfspool', capacity: 3 * gibibyte });
  server.storage({ id: 'sparse', type: 'zfspool', capacity: 3 * gibibyte, options: { pool: 'sparse', sparse: '1' } });
  const { volumes } = server.cluster;
  await volumes.allocate('pve', 'small', 100, { bytes: 2 * gibibyte });
  expect(await error(() => volumes.allocate('pve', 'small', 100, { bytes: 2 * gibibyte }))).toBe('zfs error: cannot create \'small/vm-100-disk-1\': out of space');
  expect(await error(() => volumes.resize('pve', 'small:vm-100-disk-0', 4 * gibibyte))).toBe('zfs error: cannot create \'small/vm-100-disk-0\': out of space');
  expect((await volumes.allocate('pve', 'sparse', 100, { bytes: 5 * gibibyte })).size).toBe(5 * gibibyte);
});

test('disks grow and do not shrink', async () => {
  const { cluster: { volumes } } = simulated();
  const log: string[] = [];
  await volumes.allocate('pve', 'local', 100, { bytes: gibibyte });
  expect((await volumes.resize('pve', 'local:100/vm-100-disk-0.raw', 2 * gibibyte, { log: (line) => log.push(line) })).size).toBe(2 * gibibyte);
  expect(log).toEqual(['Image resized.']);
  expect(await error(() => volumes.resize('pve', 'local:100/vm-100-disk-0.raw', gibibyte))).toBe('shrinking disks is not supported');
});

test.each([
  ['big', 'unable to parse volume ID \'big\''],
  ['nosuch:1', 'storage \'nosuch\' does not exist'],
  ['local:big', 'unable to parse directory volume name \'big\''],
  ['local:100/disk.vdi', 'unable to parse volume filename \'disk.vdi\''],
  ['local:iso/x.txt', 'unable to parse directory volume name \'iso/x.txt\''],
  ['tank:disk', 'unable to parse zfs volume name \'disk\''],
  ['thin:disk-0', 'unable to parse lvm volume name \'disk-0\''],
  ['thin:x/y', 'lvm name \'x/y\' contains illegal characters'],
  ['ceph:disk', 'unable to parse rbd volume name \'disk\''],
])('the name %s is refused', async (volid, text) => {
  const { cluster: { volumes } } = simulated();
  expect(await error(() => volumes.parse(volid))).toBe(text);
});

test('names are taken apart', () => {
  const { cluster: { volumes } } = simulated();
  expect(volumes.parse('local:9000/base-9000-disk-0.qcow2/101/vm-101-disk-0.qcow2')).toEqual({
    storage: 'local',
    volname: '9000/base-9000-disk-0.qcow2/101/vm-101-disk-0.qcow2',
    name: 'vm-101-disk-0.qcow2',
    content: 'images',
    format: 'qcow2',
    vmid: 101,
    isBase: false,
    parentName: 'base-9000-disk-0.qcow2',
    parentVmid: 9000,
  });
  expect(volumes.parse('local:import/x.ova/disk.vmdk')).toMatchObject({ content: 'import', name: 'x.ova/disk.vmdk', format: 'ova+vmdk' });
  expect(volumes.parse('local:backup/vzdump-qemu-100-2026_01_01-00_00_00.vma.zst')).toMatchObject({ content: 'backup', vmid: 100, format: 'raw' });
  expect(volumes.parse('tank:subvol-100-disk-0')).toMatchObject({ format: 'subvol', vmid: 100, isBase: false });
});

test('what is on one node\'s disk is not on another\'s', async () => {
  const server = simulated();
  server.node('other');
  const { volumes } = server.cluster;
  const [here, there] = [await volumes.allocate('pve', 'local', 100, { bytes: mebibyte }), await volumes.allocate('other', 'local', 100, { bytes: mebibyte })];
  expect([here.volid, here.node, there.volid, there.node]).toEqual([here.volid, 'pve', here.volid, 'other']);
  expect(here.key).not.toBe(there.key);
  await volumes.free('pve', here.volid);
  expect(await error(() => volumes.find('pve', here.volid))).toBe('volume \'local:100/vm-100-disk-0.raw\' does not exist');
  expect(volumes.find('other', here.volid)).toBe(there);
  const shared = await volumes.allocate('pve', 'share', 100, { bytes: mebibyte });
  expect(volumes.find('other', shared.volid)).toBe(shared);
});

test('what cannot be is refused', async () => {
  const server = simulated();
  server.storage({ id: 'off', type: 'dir', path: '/off', disabled: true });
  server.storage({ id: 'elsewhere', type: 'dir', path: '/else', nodes: ['other'] });
  const { volumes } = server.cluster;
  const allocate = (storage: string, options: object) => error(() => volumes.allocate('pve', storage, 100, { bytes: mebibyte, ...options }));
  expect(await allocate('local', { format: 'raw', name: 'vm-100-disk-0.qcow2' })).toBe('illegal name \'vm-100-disk-0.qcow2\' - wrong extension for format (\'qcow2 != \'raw\')');
  expect(await allocate('thin', { format: 'qcow2' })).toBe('unsupported format \'qcow2\'');
  expect(await allocate('thin', { name: 'disk' })).toBe('illegal name \'disk\' - should be \'vm-100-*\'');
  expect(await allocate('off', {})).toBe('storage \'off\' is disabled');
  expect(await allocate('elsewhere', {})).toBe('storage \'elsewhere\' is not available on node \'pve\'');
  expect(await error(() => volumes.assertContent('thin', 'iso'))).toBe('storage \'thin\' does not support content-type \'iso\'');
  await volumes.allocate('pve', 'local', 100, { bytes: mebibyte });
  expect(await error(() => volumes.link('pve', 'local:100/vm-100-disk-0.raw', 101))).toBe('clone_image only works on base images');
  await volumes.makeBase('pve', 'local:100/vm-100-disk-0.raw');
  expect(await error(() => volumes.makeBase('pve', 'local:100/base-100-disk-0.raw'))).toBe('create_base not possible with base image');
});

test('PVE 9 says more of thin volumes, and makes linked clones in another layout', async () => {
  const server = new Simulated('9.1');
  server.storage({ id: 'thin', type: 'lvmthin', options: { vgname: 'pve', thinpool: 'data' } });
  const { volumes } = server.cluster;
  const log: string[] = [];
  const options = { log: (line: string) => log.push(line) };
  await volumes.allocate('pve', 'thin', 100, { bytes: mebibyte, ...options });
  await volumes.allocate('pve', 'local', 100, { bytes: mebibyte, format: 'qcow2' });
  await volumes.makeBase('pve', 'local:100/vm-100-disk-0.qcow2');
  await volumes.link('pve', 'local:100/base-100-disk-0.qcow2', 101, options);
  expect(log).toEqual([
    '  Logical volume "vm-100-disk-0" created.',
    '  Logical volume pve/vm-100-disk-0 changed.',
    'clone 100/base-100-disk-0.qcow2: images, vm-101-disk-0.qcow2, 101 to vm-101-disk-0.qcow2 (base=../100/base-100-disk-0.qcow2)',
    'Formatting \'/var/lib/vz/images/101/vm-101-disk-0.qcow2\', fmt=qcow2 cluster_size=131072 extended_l2=on preallocation=metadata compression_type=zlib size=1048576 '
      + 'backing_file=../100/base-100-disk-0.qcow2 backing_fmt=qcow2 lazy_refcounts=off refcount_bits=16',
  ]);
});
