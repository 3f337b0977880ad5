import { World, done, failed } from './world';

const gibibyte = 1024 ** 3;

describe('template', () => {
  test('its disks become bases, its CD drives stay', async () => {
    const world = new World();
    await world.withDisk(100, { ide2: 'local:iso/x.iso,media=cdrom', scsi3: '/dev/sdb' });
    expect(await world.task('POST', '/qemu/100/template')).toEqual(done());
    expect(world.config(100)).toEqual({ ide2: 'local:iso/x.iso,media=cdrom', scsi0: 'local:100/base-100-disk-0.qcow2,size=2G', scsi3: '/dev/sdb', template: '1' });
    expect(world.volumes(100)).toEqual(['local:100/base-100-disk-0.qcow2']);
  });

  test('a template, a running and a locked machine are not converted', async () => {
    const world = new World();
    world.machine(100, { template: '1' });
    world.machine(101);
    world.machine(102, { lock: 'backup' });
    await world.task('POST', '/qemu/101/status/start');
    expect(await world.refusal('POST', '/qemu/100/template')).toEqual([500, 'you can\'t convert a template to a template']);
    expect(await world.refusal('POST', '/qemu/101/template')).toEqual([500, 'you can\'t convert a VM to template if VM is running']);
    expect(await world.refusal('POST', '/qemu/102/template')).toEqual([500, 'VM is locked (backup)']);
    expect(await world.refusal('POST', '/qemu/103/template')).toEqual([500, 'Configuration file \'nodes/pve/qemu-server/103.conf\' does not exist']);
  });
});

describe('resize', () => {
  const resize = (world: World, disk: string, size: string) => world.task('PUT', '/qemu/100/resize', { disk, size });

  test('by some, to some, to what it is', async () => {
    const world = new World();
    await world.withDisk(100);
    expect(await resize(world, 'scsi0', '+1G')).toEqual(done('Image resized.'));
    expect(await resize(world, 'scsi0', '4.5G')).toEqual(done('Image resized.'));
    expect(await resize(world, 'scsi0', '4608M')).toEqual(done());
    expect(world.config(100).scsi0).toBe('local:100/vm-100-disk-0.qcow2,size=4608M');
    expect(world.cluster.volumes.size('pve', 'local:100/vm-100-disk-0.qcow2')).toBe(4.5 * gibibyte);
  });

  test('what the task refuses', async () => {
    const world = new World();
    await world.withDisk(100, { ide2: 'local:iso/x.iso,media=cdrom', ide0: 'none,media=cdrom', scsi1: 'local:100/gone.qcow2' });
    expect(await resize(world, 'scsi0', '1G')).toEqual(failed('shrinking disks is not supported'));
    expect(await resize(world, 'scsi7', '1G')).toEqual(failed('disk \'scsi7\' does not exist'));
    expect(await resize(world, 'ide2', '1G')).toEqual(failed('you can\'t resize a cdrom'));
    expect(await resize(world, 'ide0', '1G')).toEqual(failed('unable to parse volume ID \'none\''));
    expect(await world.task('PUT', '/qemu/100/resize', { disk: 'scsi0', size: '9G', digest: 'old' })).toEqual(failed('checksum mismatch (file change by other user?)'));
    expect(await world.refusal('PUT', '/qemu/100/resize', { disk: 'scsi0', size: 'big' }))
      .toEqual([400, 'Parameter verification failed.', { size: 'value does not match the regex pattern' }]);
    expect(await world.refusal('PUT', '/qemu/100/resize', { disk: 'scsi0', size: '9G', skiplock: '1' }, 'root@pam!t'))
      .toEqual([400, 'Parameter verification failed.', { skiplock: 'Only root may use this option.' }]);
    expect(world.config(100).scsi0).toBe('local:100/vm-100-disk-0.qcow2,size=2G');
  });

  test('rights on the storage are asked for by the task', async () => {
    const world = new World();
    await world.withDisk(100);
    const { access } = world.cluster;
    access.users.set('u@pve', { id: 'u@pve', enabled: true, groups: new Set(), tokens: new Map() });
    access.roles.set('Disks', new Set(['VM.Config.Disk']));
    access.acl.push({ path: '/vms', subject: 'u@pve', role: 'Disks', propagate: true });
    expect(await world.task('PUT', '/qemu/100/resize', { disk: 'scsi0', size: '9G' }, 'u@pve'))
      .toEqual(failed('403 Permission check failed (/storage/local, Datastore.AllocateSpace)'));
  });
});

describe('unlink', () => {
  test('disks are kept as unused, or removed', async () => {
    const world = new World();
    await world.withDisk(100, { name: 'x' });
    expect(await world.call('PUT', '/qemu/100/unlink', { idlist: 'scsi0' })).toBeNull();
    expect(world.config(100)).toEqual({ name: 'x', unused0: 'local:100/vm-100-disk-0.qcow2' });
    expect(await world.call('PUT', '/qemu/100/unlink', { idlist: 'unused0', force: '1' })).toBeNull();
    expect(world.config(100)).toEqual({ name: 'x' });
    expect(world.volumes(100)).toEqual([]);
    expect(await world.refusal('PUT', '/qemu/100/unlink', { idlist: 'nosuch' })).toEqual([400, 'Parameter verification failed.', { delete: 'unknown option \'nosuch\'' }]);
  });
});

describe('move_disk', () => {
  const move = (world: World, parameters: { [name: string]: string }) => world.task('POST', '/qemu/100/move_disk', { disk: 'scsi0', ...parameters });
  const log = [
    'create full clone of drive scsi0 (local:100/vm-100-disk-0.qcow2)',
    'Formatting \'/srv/extra/images/100/vm-100-disk-0.raw\', fmt=raw size=2147483648 preallocation=off',
    'transferred 0.0 B of 2.0 GiB (0.00%)',
    'transferred 2.0 GiB of 2.0 GiB (100.00%)',
  ];

  test('what was moved is kept as unused, or removed', async () => {
    const world = new World();
    await world.withDisk(100, { name: 'x' });
    expect(await move(world, { storage: 'extra', format: 'raw' })).toEqual(done(...log));
    expect(world.config(100)).toEqual({ name: 'x', scsi0: 'extra:100/vm-100-disk-0.raw,size=2G', unused0: 'local:100/vm-100-disk-0.qcow2' });
    expect((await move(world, { storage: 'local', delete: '1' })).status).toBe('OK');
    expect(world.config(100)).toEqual({ name: 'x', scsi0: 'local:100/vm-100-disk-1.raw,size=2G', unused0: 'local:100/vm-100-disk-0.qcow2' });
    expect(world.volumes(100)).toEqual(['local:100/vm-100-disk-0.qcow2', 'local:100/vm-100-disk-1.raw']);
  });

  test('a moved disk of a template is a base again', async () => {
    const world = new World();
    await world.withDisk(100);
    await world.task('POST', '/qemu/100/template');
    expect((await move(world, { storage: 'extra', delete: '1' })).status).toBe('OK');
    expect(world.config(100)).toEqual({ scsi0: 'extra:100/base-100-disk-0.qcow2,size=2G', template: '1' });
  });

  test('nothing has changed when it fails', async () => {
    const world = new World();
    await world.withDisk(100);
    world.cluster.faults.add({ fullStorage: 'extra' });
    expect((await move(world, { storage: 'extra', delete: '1' })).status).toMatch(/^storage migration failed: copy failed: command '.*' failed: exit code 1$/);
    expect(world.config(100)).toEqual({ scsi0: 'local:100/vm-100-disk-0.qcow2,size=2G' });
    expect(world.volumes(100)).toEqual(['local:100/vm-100-disk-0.qcow2']);
  });

  test.each([
    [{ storage: 'nosuch' }, [500, 'storage \'nosuch\' does not exist']],
    [{ storage: 'local' }, [500, 'you can\'t move to the same storage with same format']],
    [{ storage: 'isos' }, [400, 'Parameter verification failed.', { storage: 'storage \'isos\' does not support vm images' }]],
    [{ storage: 'extra', disk: 'scsi9' }, [500, 'disk \'scsi9\' does not exist']],
    [{ storage: 'extra', disk: 'ide2' }, [500, 'you can\'t move a cdrom']],
    [{ storage: 'extra', digest: 'old' }, [500, 'detected modified configuration - file changed by other user? Try again.']],
    [{ 'target-vmid': '101' }, [500, 'could not find target VM 101']],
    [{}, [400, 'Parameter verification failed.', {
      'storage': 'both \'storage\' and \'target-vmid\' missing, either needs to be set', 'target-vmid': 'both \'storage\' and \'target-vmid\' missing, either needs to be set',
    }]],
  ])('refused: %j', async (parameters, refusal) => {
    const world = new World();
    await world.withDisk(100, { ide2: 'local:iso/x.iso,media=cdrom' });
    expect(await world.refusal('POST', '/qemu/100/move_disk', { disk: 'scsi0', ...parameters })).toEqual(refusal);
  });
});

describe('destroy', () => {
  test('with its disks, its unused ones, and its place in pools and lists of rights; nothing of others', async () => {
    const world = new World();
    await world.withDisk(100, { unused3: 'local:100/vm-100-disk-1.qcow2', ide2: 'local:iso/x.iso,media=cdrom', scsi4: 'local:200/vm-200-disk-0.qcow2' });
    for (const vmid of [100, 100, 200]) await world.cluster.volumes.allocate('pve', 'local', vmid, { bytes: gibibyte, format: 'qcow2' });
    world.cluster.pools.set('team', { id: 'team', guests: new Set([100, 200]), storages: new Set() });
    world.cluster.access.acl.push(...['/vms/100', '/vms/200'].map((path) => ({ path, subject: 'u@pve', role: 'PVEAdmin', propagate: true })));
    expect(await world.task('DELETE', '/qemu/100')).toEqual(done());
    expect(world.cluster.guests.size).toBe(0);
    expect(world.volumes(100)).toEqual(['local:100/vm-100-disk-2.qcow2']);
    expect(world.volumes(200)).toEqual(['local:200/vm-200-disk-0.qcow2']);
    expect([...world.cluster.pools.get('team')!.guests]).toEqual([200]);
    expect(world.cluster.access.acl.map(({ path }) => path)).toEqual(['/vms/200']);
  });

  test('with what it does not name, and out of high availability', async () => {
    const world = new World();
    world.machine(100);
    await world.cluster.volumes.allocate('pve', 'extra', 100, { bytes: gibibyte });
    world.cluster.ha.set('vm:100', { sid: 'vm:100', state: 'started' });
    expect(await world.refusal('DELETE', '/qemu/100')).toEqual([500, 'unable to remove VM 100 - used in HA resources and purge parameter not set.']);
    expect(await world.task('DELETE', '/qemu/100', { 'purge': '1', 'destroy-unreferenced-disks': '1' })).toEqual(done(
      'purging VM 100 from related configurations..',
      'NOTE: removed VM 100 from HA resource configuration.',
    ));
    expect(world.volumes(100)).toEqual([]);
    expect(world.cluster.ha.size).toBe(0);
  });

  test('a template that others stand on is refused by the task, and goes after them', async () => {
    const world = new World();
    await world.withDisk(100);
    await world.task('POST', '/qemu/100/template');
    await world.task('POST', '/qemu/100/clone', { newid: '101' });
    expect(await world.task('DELETE', '/qemu/100', { purge: '1' })).toEqual(failed('base volume \'local:100/base-100-disk-0.qcow2\' is still in use by linked cloned'));
    expect(world.volumes(100)).toEqual(['local:100/base-100-disk-0.qcow2']);
    expect((await world.task('DELETE', '/qemu/101')).status).toBe('OK');
    expect((await world.task('DELETE', '/qemu/100')).status).toBe('OK');
    expect(world.volumes(100)).toEqual([]);
  });

  test('what is refused', async () => {
    const world = new World();
    world.machine(100, { protection: '1' });
    world.machine(101);
    world.machine(102, { lock: 'backup' });
    await world.task('POST', '/qemu/101/status/start');
    expect(await world.refusal('DELETE', '/qemu/100')).toEqual([500, 'can\'t remove VM 100 - protection mode enabled']);
    expect(await world.refusal('DELETE', '/qemu/101')).toEqual([500, 'VM 101 is running - destroy failed']);
    expect(await world.task('DELETE', '/qemu/102')).toEqual(failed('VM is locked (backup)'));
    expect(await world.refusal('DELETE', '/qemu/103')).toEqual([500, 'Configuration file \'nodes/pve/qemu-server/103.conf\' does not exist']);
    expect(await world.task('DELETE', '/qemu/102', { skiplock: '1' })).toEqual(done());
  });
});

describe('migrate', () => {
  test('to a node that sees its disks', async () => {
    const world = new World();
    const guest = await world.withDisk(100, {}, 'nas');
    expect(await world.task('POST', '/qemu/100/migrate', { target: 'pve2' })).toEqual(done(
      '2026-11-21 00:39:43 starting migration of VM 100 to node \'pve2\' (127.0.0.1)',
      '2026-11-21 00:39:43 migration finished successfully (duration 00:00:00)',
    ));
    expect(guest.node).toBe('pve2');
  });

  test('what holds it back', async () => {
    const world = new World();
    await world.withDisk(100, { hostpci0: 'mapping=gpu', usb0: 'host=1234:5678' }, 'nas');
    world.cluster.mappings.pci.set('gpu', { id: 'gpu', map: ['node=pve,path=0000:01:00.0,id=10de:1b80'] });
    world.machine(101);
    await world.task('POST', '/qemu/101/status/start');
    expect(await world.refusal('POST', '/qemu/100/migrate', { target: 'pve' })).toEqual([400, 'Parameter verification failed.', { target: 'target is local node.' }]);
    expect(await world.refusal('POST', '/qemu/100/migrate', { target: 'nosuch' })).toEqual([500, 'no such cluster node \'nosuch\'']);
    expect(await world.refusal('POST', '/qemu/101/migrate', { target: 'pve2' })).toEqual([500, 'can\'t migrate running VM without --online']);
    expect(await world.task('POST', '/qemu/100/migrate', { target: 'pve2' })).toEqual(failed('can\'t migrate VM which uses local devices: usb0'));
    world.cluster.guests.get(100)!.config.delete('usb0');
    expect(await world.task('POST', '/qemu/100/migrate', { target: 'pve2' })).toEqual(failed('can\'t migrate to \'pve2\': missing mapped devices hostpci0'));
    expect(await world.call('GET', '/qemu/100/migrate')).toEqual({
      'running': 0,
      'allowed_nodes': [],
      'not_allowed_nodes': { pve2: { 'unavailable-resources': ['hostpci0'] } },
      'local_disks': [],
      'local_resources': [],
      'mapped-resources': ['hostpci0'],
      'mapped-resource-info': { hostpci0: { name: 'gpu' } },
    });
  });
});

test('what a machine can, and its snapshots', async () => {
  const world = new World();
  const guest = await world.withDisk(100, { ide2: 'local:iso/x.iso,media=cdrom' });
  await world.withDisk(101, {}, 'nas');
  const can = (vmid: number, feature: string) => world.call('GET', `/qemu/${vmid}/feature`, { feature });
  expect(await can(100, 'snapshot')).toEqual({ hasFeature: 1, nodes: ['pve'] });
  expect(await can(101, 'clone')).toEqual({ hasFeature: 0, nodes: ['pve', 'pve2'] });
  await world.task('POST', '/qemu/100/template');
  expect(await Promise.all(['snapshot', 'clone', 'copy'].map((feature) => can(100, feature)))).toEqual([0, 1, 1].map((hasFeature) => ({ hasFeature, nodes: ['pve'] })));
  expect(await world.refusal('GET', '/qemu/100/feature', { feature: 'copy', snapname: 'old' })).toEqual([500, 'snapshot \'old\' does not exist']);
  expect(await world.call('GET', '/qemu/100/snapshot')).toEqual([{ name: 'current', description: 'You are here!', digest: guest.digest, running: 0 }]);
});

test('a disk is given to another machine', async () => {
  const world = new World();
  await world.withDisk(100, { boot: 'order=scsi0;net0', ide2: 'none,media=cdrom' });
  await world.withDisk(101);
  const give = (parameters: { [name: string]: string }) => ({ 'disk': 'scsi0', 'target-vmid': '101', ...parameters });
  const refused = (parameters: { [name: string]: string }) => world.refusal('POST', '/qemu/100/move_disk', give(parameters));
  expect(await refused({})).toEqual([500, 'Target disk key \'scsi0\' is already in use for VM \'101\'']);
  expect(await refused({ 'target-vmid': '100' }))
    .toEqual([400, 'Parameter verification failed.', { 'target-vmid': 'must be different than source VMID to reassign disk' }]);
  expect(await refused({ 'target-vmid': '999' })).toEqual([500, 'could not find target VM 999']);
  expect(await refused({ disk: 'scsi5' })).toEqual([500, 'Disk \'scsi5\' for VM \'100\' does not exist']);
  expect(await refused({ disk: 'ide2' })).toEqual([500, 'CD drive contents can\'t be moved to another VM']);
  expect(await refused({ 'target-disk': 'scsi1', 'digest': 'x' })).toEqual([500, 'VM 100: detected modified configuration - file changed by other user? Try again.']);
  expect(await world.task('POST', '/qemu/100/move_disk', give({ 'target-disk': 'virtio1' }))).toEqual(done(
    'moving disk \'scsi0\' from VM \'100\' to \'101\'', 'removing disk \'scsi0\' from boot order config', 'removing disk \'scsi0\' from VM \'100\' config',
    'update VM 101: -virtio1 local:101/vm-101-disk-1.qcow2,size=2G',
  ));
  expect(world.config(100)).toEqual({ boot: 'order=net0', ide2: 'none,media=cdrom' });
  expect(world.config(101)).toEqual({ scsi0: 'local:101/vm-101-disk-0.qcow2,size=2G', virtio1: 'local:101/vm-101-disk-1.qcow2,size=2G' });
  expect([world.volumes(100), world.volumes(101)]).toEqual([[], ['local:101/vm-101-disk-0.qcow2', 'local:101/vm-101-disk-1.qcow2']]);
});
