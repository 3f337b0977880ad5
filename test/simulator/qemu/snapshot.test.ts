import { World, done, failed } from './world';

const snapshot = (world: World, snapname: string, parameters = {}, vmid = 100) => world.task('POST', `/qemu/${vmid}/snapshot`, { snapname, ...parameters });
const rollBack = (world: World, name: string, parameters = {}) => world.task('POST', `/qemu/100/snapshot/${name}/rollback`, parameters);
const remove = (world: World, name: string, parameters = {}) => world.task('DELETE', `/qemu/100/snapshot/${name}`, parameters);
const start = (world: World) => world.task('POST', '/qemu/100/status/start');
const taken = (...keys: string[]) => done(...keys.map((key, i) => `snapshotting 'drive-${key}' (local:100/vm-100-disk-${i}.qcow2)`));
const list = async (world: World) => (await world.call('GET', '/qemu/100/snapshot') as { [key: string]: unknown }[]).map(({ digest: _digest, ...rest }) => rest);
const missing = [500, 'snapshot \'no\' does not exist'];

async function small(config: { readonly [key: string]: string } = {}): Promise<World> {
  const world = new World();
  await world.withDisk(100, { name: 'web', cores: '1', ...config });
  return world;
}

test('a snapshot is the configuration as it was, and the machine stands on it', async () => {
  const world = await small({ description: 'the machine', ide2: 'local:iso/a.iso,media=cdrom' });
  expect(await snapshot(world, 'first', { description: 'before\n' })).toEqual(taken('scsi0'));
  world.pass(60);
  expect(await snapshot(world, 'second')).toEqual(taken('scsi0'));
  expect(world.config(100)).toMatchObject({ parent: 'second', name: 'web' });
  expect(world.config(100)).not.toHaveProperty('lock');
  expect(await list(world)).toEqual([
    { name: 'first', snaptime: 1795221583, vmstate: 0, description: 'before' },
    { name: 'second', snaptime: 1795221643, vmstate: 0, description: '', parent: 'first' },
    { name: 'current', running: 0, description: 'You are here!', parent: 'second' },
  ]);
  expect(await world.call('GET', '/qemu/100/snapshot/second/config')).toEqual({
    name: 'web', cores: 1, scsi0: 'local:100/vm-100-disk-0.qcow2,size=2G', ide2: 'local:iso/a.iso,media=cdrom', parent: 'first', snaptime: 1795221643,
  });
  expect(await world.call('GET', '/qemu/100/snapshot/second')).toEqual([{ cmd: 'rollback' }, { cmd: 'config' }]);
});

test('names that are taken, reserved or none are refused', async () => {
  const world = await small();
  await snapshot(world, 'one');
  expect(await snapshot(world, 'one')).toEqual(failed('snapshot name \'one\' already used'));
  const refused = (snapname: string) => world.refusal('POST', '/qemu/100/snapshot', { snapname });
  expect(await refused('current')).toEqual([500, 'unable to use snapshot name \'current\' (reserved name)']);
  expect(await refused('Pending')).toEqual([500, 'unable to use snapshot name \'pending\' (reserved name)']);
  expect(await refused('1st')).toEqual([400, 'Parameter verification failed.', { snapname: 'invalid format - invalid configuration ID \'1st\'\n' }]);
  expect(await refused('x'.repeat(41))).toEqual([400, 'Parameter verification failed.', { snapname: 'value may only be 40 characters long' }]);
  expect(await world.refusal('POST', '/qemu/100/snapshot')).toEqual([400, 'Parameter verification failed.', { snapname: 'property is missing and it is not optional' }]);
});

test('a raw disk, a template and a locked machine have no snapshots', async () => {
  const world = await small({ scsi1: 'extra:100/vm-100-disk-0.raw,size=1G' });
  expect(await snapshot(world, 'one')).toEqual(failed('snapshot feature is not available'));
  world.machine(101, { template: '1' });
  expect(await snapshot(world, 'one', {}, 101)).toEqual(failed('you can\'t take a snapshot if it\'s a template'));
  world.machine(102, { lock: 'backup' });
  expect(await snapshot(world, 'one', {}, 102)).toEqual(failed('VM is locked (backup)'));
  world.machine(103, { 'amd-sev': 'type=std' });
  expect(await world.refusal('POST', '/qemu/103/snapshot', { snapname: 'one', vmstate: '1' }))
    .toEqual([500, 'Cannot live-migrate, snapshot (with RAM), or hibernate a VM with: amd-sev']);
  expect(await world.refusal('POST', '/qemu/999/snapshot', { snapname: 'one' })).toEqual([500, 'Configuration file \'nodes/pve/qemu-server/999.conf\' does not exist']);
});

test('a machine becomes what it was; what it got since is unused', async () => {
  const world = await small({ description: 'old' });
  await snapshot(world, 'first');
  await world.task('PUT', '/qemu/100/resize', { disk: 'scsi0', size: '5G' });
  const { volid } = await world.cluster.volumes.allocate('pve', 'local', 100, { bytes: 1024 ** 3, format: 'qcow2' });
  Object.entries({ scsi1: `${volid},size=1G`, cores: '4', description: 'new' }).forEach(([key, value]) => world.cluster.guests.get(100)!.config.set(key, value));
  await start(world);
  expect(await rollBack(world, 'first')).toEqual(done());
  expect(world.engine.isRunning(100)).toBe(false);
  expect(world.config(100)).toEqual({
    name: 'web', cores: '1', description: 'new', parent: 'first', scsi0: 'local:100/vm-100-disk-0.qcow2,size=2G', unused0: volid,
  });
  expect(world.cluster.volumes.size('pve', 'local:100/vm-100-disk-0.qcow2')).toBe(2 * 1024 ** 3);
  expect(await rollBack(world, 'no')).toEqual(failed('snapshot \'no\' does not exist'));
  expect(await rollBack(world, 'first', { start: '1' })).toEqual(done());
  await world.cluster.tasks.idle();
  expect(world.engine.isRunning(100)).toBe(true);
});

test('a disk that was taken off is in its place again', async () => {
  const world = await small();
  await snapshot(world, 'first');
  world.cluster.guests.get(100)!.config.delete('scsi0');
  world.cluster.guests.get(100)!.config.set('unused0', 'local:100/vm-100-disk-0.qcow2');
  expect(await rollBack(world, 'first')).toEqual(done());
  expect(world.config(100)).toEqual({ name: 'web', cores: '1', parent: 'first', scsi0: 'local:100/vm-100-disk-0.qcow2,size=2G' });
});

test('a removed snapshot leaves those on it to the one before', async () => {
  const world = await small();
  for (const name of ['a', 'b', 'c'].map((letter) => `snap-${letter}`)) await snapshot(world, name);
  expect(await remove(world, 'snap-b')).toEqual(done());
  expect(await list(world)).toMatchObject([{ name: 'snap-a' }, { name: 'snap-c', parent: 'snap-a' }, { name: 'current', parent: 'snap-c' }]);
  expect(await remove(world, 'snap-c')).toEqual(done());
  expect(world.config(100).parent).toBe('snap-a');
  expect(await remove(world, 'snap-a')).toEqual(done());
  expect(world.config(100)).toEqual({ name: 'web', cores: '1', scsi0: 'local:100/vm-100-disk-0.qcow2,size=2G' });
  expect(await remove(world, 'no')).toEqual(failed('snapshot \'no\' does not exist'));
});

test('a snapshot whose disk has lost it goes by force only', async () => {
  const world = await small();
  await snapshot(world, 'one');
  world.cluster.volumes.find('pve', 'local:100/vm-100-disk-0.qcow2').snapshots!.clear();
  const lost = 'command \'/usr/bin/qemu-img snapshot -d one /var/lib/vz/images/100/vm-100-disk-0.qcow2\' failed: exit code 1';
  const said = 'qemu-img: Could not delete snapshot \'one\': snapshot not found';
  expect(await remove(world, 'one')).toEqual(failed(lost, said));
  expect(world.config(100).lock).toBe('snapshot-delete');
  expect(await remove(world, 'one', { force: '1' })).toEqual(failed('VM is locked (snapshot-delete)'));
  world.cluster.guests.get(100)!.config.delete('lock');
  expect(await remove(world, 'one', { force: '1' })).toEqual(done(said, lost));
});

test('a running machine is snapshot with or without its memory', async () => {
  const world = await small({ agent: '1' });
  await start(world);
  const line = 'snapshotting \'drive-scsi0\' (local:100/vm-100-disk-0.qcow2)';
  expect(await snapshot(world, 'one')).toEqual(done('QEMU Guest Agent is not running - VM 100 qmp command \'guest-ping\' failed - got timeout', line));
  expect(await snapshot(world, 'two', { vmstate: '1' })).toEqual(done(
    'Formatting \'/var/lib/vz/images/100/vm-100-state-two.raw\', fmt=raw size=1598029824 preallocation=off',
    'saving VM state and RAM using storage \'local\'', 'completed saving the VM state in 0s, saved 0.00 B', line,
  ));
  await world.task('POST', '/qemu/100/status/stop');
  expect(await rollBack(world, 'two')).toEqual(done());
  expect(world.engine.isRunning(100)).toBe(true);
  expect(world.config(100)).not.toHaveProperty('runningmachine');
  expect(await remove(world, 'two')).toEqual(done());
  expect(world.volumes(100)).toEqual(['local:100/vm-100-disk-0.qcow2']);
});

test('PVE 9 says how it takes the snapshot of a running machine', async () => {
  const world = new World('9.1');
  await world.withDisk(100);
  await start(world);
  expect(await snapshot(world, 'one'))
    .toEqual(done('skipping guest filesystem freeze - disabled in VM options', 'snapshotting \'drive-scsi0\' (local:100/vm-100-disk-0.qcow2)', 'internal qemu snapshot'));
});

test('a machine with snapshots is no template, and its disks are not removed', async () => {
  const world = await small();
  await snapshot(world, 'one');
  expect(await world.refusal('POST', '/qemu/100/template')).toEqual([500, 'unable to create template, because VM contains snapshots']);
  expect(await world.refusal('POST', '/qemu/100/move_disk', { disk: 'scsi0', storage: 'extra', delete: '1' }))
    .toEqual([500, 'you can\'t move a disk with snapshots and delete the source']);
  const moved = await world.task('POST', '/qemu/100/move_disk', { disk: 'scsi0', storage: 'extra' });
  expect([moved.status, moved.log[0]]).toEqual(['OK', 'moving disk with snapshots, snapshots will not be moved!']);
  expect(world.config(100).unused0).toBe('local:100/vm-100-disk-0.qcow2');
  expect(await world.refusal('PUT', '/qemu/100/unlink', { idlist: 'unused0' }))
    .toEqual([500, 'unable to delete \'local:100/vm-100-disk-0.qcow2\' - volume is still in use (snapshot?)']);
  expect(await world.task('DELETE', '/qemu/100')).toEqual(done());
  expect(world.volumes(100)).toEqual([]);
});

test('a clone of a snapshot has the configuration of then', async () => {
  const world = await small();
  await snapshot(world, 'one');
  world.cluster.guests.get(100)!.config.set('cores', '8');
  expect(await world.call('GET', '/qemu/100/feature', { feature: 'copy', snapname: 'one' })).toEqual({ hasFeature: 1, nodes: ['pve'] });
  expect(await world.call('GET', '/qemu/100/feature', { feature: 'clone', snapname: 'one' })).toEqual({ hasFeature: 0, nodes: ['pve'] });
  const clone = (parameters: object) => world.refusal('POST', '/qemu/100/clone', { newid: '101', ...parameters });
  expect(await clone({ snapname: 'no' })).toEqual(missing);
  expect(await clone({ snapname: 'one', full: '0' }))
    .toEqual([500, 'Linked clone feature is not supported for a snapshot of \'local:100/vm-100-disk-0.qcow2\' (scsi0)']);
  expect((await world.task('POST', '/qemu/100/clone', { newid: '101', snapname: 'one' })).status).toBe('OK');
  const { smbios1: _smbios, ...config } = world.config(101);
  expect(config).toEqual({ name: 'Copy-of-VM-web', cores: '1', scsi0: 'local:101/vm-101-disk-0.qcow2,size=2G' });
});

test('what is said of a snapshot can be changed', async () => {
  const world = await small();
  await snapshot(world, 'one', { description: 'a' });
  const say = (description: string) => world.call('PUT', '/qemu/100/snapshot/one/config', { description });
  expect(await say('b')).toBeNull();
  expect(await list(world)).toMatchObject([{ description: 'b' }, {}]);
  await say('');
  expect(await list(world)).toMatchObject([{ description: '' }, {}]);
  expect(await world.refusal('PUT', '/qemu/100/snapshot/no/config', { description: 'c' })).toEqual(missing);
  expect(await world.call('PUT', '/qemu/100/snapshot/no/config')).toBeNull();
  expect(await world.refusal('GET', '/qemu/100/snapshot/no/config')).toEqual(missing);
});
