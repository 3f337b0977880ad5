import { World, done, failed } from './world';

const qcow2 = (path: string, size: number) =>
  `Formatting '${path}', fmt=qcow2 cluster_size=65536 extended_l2=off preallocation=metadata compression_type=zlib size=${size} lazy_refcounts=off refcount_bits=16`;
const backed = (path: string, size: number, base: string) =>
  `Formatting '${path}', fmt=qcow2 cluster_size=65536 extended_l2=off compression_type=zlib size=${size} backing_file=${base} backing_fmt=qcow2 lazy_refcounts=off refcount_bits=16`;
const twoGibibytes = 2 * 1024 ** 3;

async function template(world: World): Promise<void> {
  await world.withDisk(100, {
    name: 'base',
    net0: 'virtio=BC:24:11:00:61:01,bridge=vmbr0',
    memory: '1024',
    boot: 'order=scsi0',
    smbios1: 'uuid=21e913e4-2fc7-4e9b-b262-3d7d57739767',
    vmgenid: '587bb8da-72e6-4a61-af57-910805d2f01d',
    ide0: 'local:iso/x.iso,media=cdrom',
    unused0: 'local:100/vm-100-disk-7.qcow2',
    tags: 'b;a',
  });
  const cloudInit = await world.cluster.volumes.createCloudInit('pve', 'local', 100, {});
  world.cluster.guests.get(100)!.config.set('ide2', `${cloudInit.volid},media=cdrom`);
  await world.task('POST', '/qemu/100/template');
}

test('a linked clone of a template stands on its bases and is somebody else', async () => {
  const world = new World();
  await template(world);
  expect(await world.task('POST', '/qemu/100/clone', { newid: '101', name: 'one', description: 'mine\n' })).toEqual(done(
    'create full clone of drive ide2 (local:100/vm-100-cloudinit.qcow2)',
    qcow2('/var/lib/vz/images/101/vm-101-cloudinit.qcow2', 4 * 1024 ** 2),
    'create linked clone of drive scsi0 (local:100/base-100-disk-0.qcow2)',
    'clone 100/base-100-disk-0.qcow2: images, vm-101-disk-0.qcow2, 101 to vm-101-disk-0.qcow2 (base=../100/base-100-disk-0.qcow2)',
    backed('/var/lib/vz/images/101/vm-101-disk-0.qcow2', twoGibibytes, '../100/base-100-disk-0.qcow2'),
  ));
  const { net0, smbios1, vmgenid, ...config } = world.config(101);
  expect(config).toEqual({
    boot: 'order=scsi0',
    description: 'mine',
    ide0: 'local:iso/x.iso,media=cdrom',
    ide2: 'local:101/vm-101-cloudinit.qcow2,media=cdrom,size=4M',
    memory: '1024',
    name: 'one',
    scsi0: 'local:100/base-100-disk-0.qcow2/101/vm-101-disk-0.qcow2,size=2G',
    tags: 'b;a',
  });
  expect(net0).toMatch(/^virtio=BC:24:11(:[0-9A-F]{2}){3},bridge=vmbr0$/);
  expect(net0).not.toBe('virtio=BC:24:11:00:61:01,bridge=vmbr0');
  expect(smbios1).toMatch(/^uuid=(?!21e913e4)[0-9a-f-]{36}$/);
  expect(vmgenid).toMatch(/^(?!587bb8da)[0-9a-f-]{36}$/);
});

test('a full clone copies disks to where it is told to', async () => {
  const world = new World();
  await world.withDisk(100, { name: 'source' });
  const { status, log } = await world.task('POST', '/qemu/100/clone', { newid: '101', storage: 'extra', format: 'raw' });
  expect([status, log]).toEqual(['OK', [
    'create full clone of drive scsi0 (local:100/vm-100-disk-0.qcow2)',
    'Formatting \'/srv/extra/images/101/vm-101-disk-0.raw\', fmt=raw size=2147483648 preallocation=off',
    'transferred 0.0 B of 2.0 GiB (0.00%)',
    'transferred 2.0 GiB of 2.0 GiB (100.00%)',
  ]]);
  expect(world.config(101)).toEqual({ name: 'Copy-of-VM-source', scsi0: 'extra:101/vm-101-disk-0.raw,size=2G', smbios1: expect.stringMatching(/^uuid=/) });
  expect(world.volumes(101)).toEqual(['extra:101/vm-101-disk-0.raw']);
});

test('PVE 9 says first what it is about', async () => {
  const world = new World('9.1');
  world.machine(100);
  expect(await world.task('POST', '/qemu/100/clone', { newid: '101' })).toEqual(done('creating a clone of VM 100 with ID 101'));
});

test('a clone for another node is there once it is made', async () => {
  const world = new World();
  await world.withDisk(100, {}, 'nas');
  world.cluster.pools.set('team', { id: 'team', guests: new Set(), storages: new Set() });
  expect((await world.task('POST', '/qemu/100/clone', { newid: '101', target: 'pve2', pool: 'team' })).status).toBe('OK');
  expect(world.cluster.guests.get(101)!.node).toBe('pve2');
  expect([...world.cluster.pools.get('team')!.guests]).toEqual([101]);
});

test.each([
  [{ newid: '100' }, [500, 'unable to create VM 100: config file already exists']],
  [{ newid: '101', target: 'nosuch' }, [500, 'no such cluster node \'nosuch\'']],
  [{ newid: '101', target: 'pve2' }, [500, 'can\'t clone VM to node \'pve2\' (VM uses local storage)']],
  [{ newid: '101', target: 'pve2', storage: 'extra' }, [500, 'can\'t clone to non-shared storage \'extra\'']],
  [{ newid: '101', storage: 'extra', full: '0' }, [500, 'parameter \'storage\' not allowed for linked clones']],
  [{ newid: '101', format: 'raw', full: '0' }, [500, 'parameter \'format\' not allowed for linked clones']],
  [{ newid: '101', full: '0' }, [500, 'Linked clone feature is not supported for \'local:100/vm-100-disk-0.qcow2\' (scsi0)']],
  [{ newid: '101', storage: 'nosuch' }, [500, 'storage \'nosuch\' does not exist']],
  [{ newid: '101', storage: 'isos' }, [400, 'Parameter verification failed.', { storage: 'storage \'isos\' does not support vm images' }]],
  [{ newid: '101', pool: 'nosuch' }, [403, 'Permission check failed (pool \'nosuch\' does not exist)']],
  [{ newid: '101', name: 'a_b' }, [400, 'Parameter verification failed.', { name: 'invalid format - value does not look like a valid DNS name\n' }]],
  [{}, [400, 'Parameter verification failed.', { newid: 'property is missing and it is not optional' }]],
])('refused at once: %j', async (parameters, refusal) => {
  const world = new World();
  await world.withDisk(100);
  expect(await world.refusal('POST', '/qemu/100/clone', parameters)).toEqual(refusal);
});

test('what is locked, not there or has a disk that is no volume is not cloned', async () => {
  const world = new World();
  world.machine(100, { lock: 'backup' });
  world.machine(102, { scsi0: '/dev/sdb' });
  expect(await world.refusal('POST', '/qemu/100/clone', { newid: '101' })).toEqual([500, 'VM is locked (backup)']);
  expect(await world.refusal('POST', '/qemu/999/clone', { newid: '101' })).toEqual([500, 'unable to find configuration file for VM 999 on node \'pve\'']);
  expect(await world.refusal('POST', '/qemu/102/clone', { newid: '101' })).toEqual([500, 'unable to parse volume ID \'/dev/sdb\'']);
});

test('an id that somebody has on another node is noticed by the task', async () => {
  const world = new World();
  world.machine(100);
  const stranger = world.machine(101, { name: 'stranger' }, 'pve2');
  expect(await world.task('POST', '/qemu/100/clone', { newid: '101' }))
    .toEqual(failed('close (rename) atomic file \'/etc/pve/nodes/pve/qemu-server/101.conf\' failed: File exists'));
  expect(world.cluster.guests.get(101)).toBe(stranger);
});

test('nothing is left of a clone that fails', async () => {
  const world = new World();
  await world.withDisk(100);
  world.cluster.guests.get(100)!.config.set('scsi1', (await world.cluster.volumes.allocate('pve', 'local', 100, { bytes: 1024 ** 3 })).volid);
  world.cluster.faults.add({ fullStorage: 'local', after: 1 });
  const { status } = await world.task('POST', '/qemu/100/clone', { newid: '101' });
  expect(status).toMatch(/^clone failed: copy failed: command '\/usr\/bin\/qemu-img convert .*' failed: exit code 1$/);
  expect([...world.cluster.guests.keys()]).toEqual([100]);
  expect(world.volumes(101)).toEqual([]);
});

test('while it is made a clone is locked, its source can be read only, and when stopped nothing is left', async () => {
  const world = new World();
  await world.withDisk(100);
  world.cluster.faults.add({ taskType: 'qmclone', delay: 60_000 });
  const upid = await world.call('POST', '/qemu/100/clone', { newid: '101' }) as string;
  while (!world.cluster.guests.has(101)) await new Promise(setImmediate);
  expect(world.config(101)).toEqual({ lock: 'clone' });
  expect(await world.refusal('POST', '/qemu/101/template')).toEqual([500, 'VM is locked (clone)']);
  const changed = world.cluster.locks.hold(100, () => undefined, 0.01);
  await expect(changed).rejects.toThrow('can\'t lock file \'/var/lock/qemu-server/lock-100.conf\' - got timeout');
  expect((await world.task('POST', '/qemu/100/clone', { newid: '102' })).status).toBe('OK');
  const task = world.cluster.tasks.find(upid);
  task.stop();
  await task.done;
  expect(task.exitStatus).toBe('clone failed: unable to create image: interrupted by signal');
  expect([...world.cluster.guests.keys()]).toEqual([100, 102]);
});

test('rights on the machine, its clone, storages, bridges and mappings are needed', async () => {
  const world = new World();
  const { access } = world.cluster;
  access.users.set('u@pve', { id: 'u@pve', enabled: true, groups: new Set(), tokens: new Map() });
  access.roles.set('Cloner', new Set(['VM.Clone', 'VM.Allocate']));
  access.roles.set('All', access.privileges);
  await world.withDisk(100, { net0: 'virtio=BC:24:11:00:61:01,bridge=vmbr0,tag=7', hostpci0: 'mapping=gpu' });
  const refused = () => world.refusal('POST', '/qemu/100/clone', { newid: '101' }, 'u@pve');
  const grant = (path: string, role = 'All') => access.acl.push({ path, subject: 'u@pve', role, propagate: true });
  expect(await refused()).toEqual([403, 'Permission check failed (/vms/100, VM.Clone)']);
  grant('/vms/100', 'Cloner');
  expect(await refused()).toEqual([403, 'Permission check failed']);
  grant('/vms/101', 'Cloner');
  expect(await refused()).toEqual([403, 'Permission check failed (/storage/local, Datastore.AllocateSpace)']);
  grant('/storage/local');
  expect(await refused()).toEqual([403, 'Permission check failed (/mapping/pci/gpu, Mapping.Use)']);
  grant('/mapping/pci/gpu');
  expect(await refused()).toEqual([403, 'Permission check failed (/sdn/zones/localnetwork/vmbr0/7, SDN.Use)']);
  grant('/sdn/zones/localnetwork/vmbr0/7');
  expect(await refused()).toEqual({ answered: expect.stringMatching(/^UPID:pve:/) });
  world.machine(102, { hostpci0: '0000:01:00.0' });
  grant('/vms', 'Cloner');
  expect(await world.refusal('POST', '/qemu/102/clone', { newid: '103' }, 'u@pve')).toEqual([500, 'only root can set \'hostpci0\' config for non-mapped devices']);
});

test('a machine that runs copies its disks itself', async () => {
  const world = new World();
  await world.withDisk(100, { ide2: 'none,media=cdrom' });
  await world.task('POST', '/qemu/100/status/start');
  const { status, log } = await world.task('POST', '/qemu/100/clone', { newid: '101' });
  expect([status, log.slice(2)]).toEqual(['OK', [
    'drive mirror is starting for drive-scsi0', 'all \'mirror\' jobs are ready', 'suspend vm', 'drive-scsi0: Cancelling block job', 'drive-scsi0: Done.', 'resume vm',
  ]]);
  const moved = await world.task('POST', '/qemu/100/move_disk', { disk: 'scsi0', storage: 'extra', format: 'raw', delete: '1' });
  expect([moved.status, moved.log.slice(2)]).toEqual(['OK', [
    'drive mirror is starting for drive-scsi0', 'all \'mirror\' jobs are ready',
    'drive-scsi0: Completing block job...', 'drive-scsi0: Completed successfully.', 'drive-scsi0: mirror-job finished',
  ]]);
  expect(world.volumes(100)).toEqual(['extra:100/vm-100-disk-0.raw']);
});
