import { HostPciDevice } from '../../../lib/simulator/state/node';
import { World, done, failed } from './world';

const start = (world: World, vmid = 100) => world.task('POST', `/qemu/${vmid}/status/start`);

test('a machine starts once', async () => {
  const world = new World();
  const guest = world.machine(100);
  expect(await start(world)).toEqual(done());
  expect([guest.startedAt, guest.pid]).toEqual([world.cluster.now(), 1_000_100]);
  expect(await start(world)).toEqual(failed('VM 100 already running'));
});

test('templates, locked machines and those that are not there do not start', async () => {
  const world = new World();
  world.machine(100, { template: '1', lock: 'backup' });
  world.machine(101, { lock: 'backup' });
  expect(await start(world)).toEqual(failed('you can\'t start a vm if it\'s a template'));
  expect(await start(world, 101)).toEqual(failed('VM is locked (backup)'));
  expect(await start(world, 102)).toEqual(failed('Configuration file \'nodes/pve/qemu-server/102.conf\' does not exist'));
  expect(await world.task('POST', '/qemu/101/status/start', { skiplock: '1' })).toEqual(done());
});

test('what is pending becomes true, and the cloud-init drive is made', async () => {
  const world = new World();
  const guest = world.machine(100, { name: 'x', ide2: 'local:100/vm-100-cloudinit.qcow2,media=cdrom', cores: '2', ciuser: 'admin' });
  guest.pending.set('cores', '4');
  guest.pendingDelete.set('ciuser', { force: false });
  expect(await start(world)).toEqual(done(
    'Formatting \'/var/lib/vz/images/100/vm-100-cloudinit.qcow2\', fmt=qcow2 cluster_size=65536 extended_l2=off preallocation=metadata compression_type=zlib size=4194304 '
    + 'lazy_refcounts=off refcount_bits=16',
    'generating cloud-init ISO',
  ));
  expect(world.config(100)).toEqual({ cores: '4', ide2: 'local:100/vm-100-cloudinit.qcow2,media=cdrom', name: 'x' });
  expect([guest.pending.size, guest.pendingDelete.size]).toEqual([0, 0]);
});

test.each<[{ [key: string]: string }, string, ...string[]]>([
  [{ net0: 'virtio=BC:24:11:00:61:01,bridge=vmbr9' }, 'start failed: QEMU exited with code 1',
    'bridge \'vmbr9\' does not exist',
    'kvm: -netdev type=tap,id=net0,ifname=tap100i0,script=/usr/libexec/qemu-server/pve-bridge,downscript=/usr/libexec/qemu-server/pve-bridgedown,vhost=on: '
    + 'network script /usr/libexec/qemu-server/pve-bridge failed with status 512'],
  [{ net1: 'e1000=BC:24:11:00:61:01,bridge=vmbr9' }, 'start failed: QEMU exited with code 1',
    'bridge \'vmbr9\' does not exist',
    'kvm: -netdev type=tap,id=net1,ifname=tap100i1,script=/usr/libexec/qemu-server/pve-bridge,downscript=/usr/libexec/qemu-server/pve-bridgedown: '
    + 'network script /usr/libexec/qemu-server/pve-bridge failed with status 512'],
  [{ scsi0: 'gone:100/vm-100-disk-0.raw' }, 'storage \'gone\' does not exist'],
  [{ scsi0: 'local:100/vm-100-disk-0.raw,size=1G' }, 'volume \'local:100/vm-100-disk-0.raw\' does not exist'],
  [{ ide2: 'local:iso/gone.iso,media=cdrom' }, 'volume \'local:iso/gone.iso\' does not exist'],
  [{ ide2: 'extra:iso/x.iso,media=cdrom' }, 'storage \'extra\' does not support content-type \'iso\''],
  [{ cores: '3', sockets: '2' }, 'MAX 4 vcpus allowed per VM on this node'],
  [{ usb0: 'mapping=stick' }, 'USB device mapping not found for \'stick\''],
])('refused: %j', async (config, status, ...log) => {
  const world = new World();
  world.machine(100, config);
  expect(await start(world)).toEqual(failed(status, ...log));
  expect(world.engine.isRunning(100)).toBe(false);
});

test('any IDE slot of a Q35 will do, and CD drives may be empty', async () => {
  const world = new World();
  world.machine(100, { machine: 'q35', ide0: 'none,media=cdrom', ide1: 'none,media=cdrom', ide2: 'cdrom,media=cdrom', ide3: 'none,media=cdrom' });
  expect(await start(world)).toEqual(done());
});

test('warnings are how the task ends', async () => {
  const world = new World();
  await world.withDisk(100, { bios: 'ovmf' });
  world.cluster.guests.get(100)!.config.set('scsi0', 'local:100/vm-100-disk-0.qcow2,iothread=1');
  expect(await start(world)).toEqual({
    status: 'WARNINGS: 2',
    log: [
      'WARN: no efidisk configured! Using temporary efivars disk.',
      'WARN: iothread is only valid with virtio disk or virtio-scsi-single controller, ignoring',
    ],
  });
});

test('only root may say how it starts', async () => {
  const world = new World();
  world.machine(100);
  world.cluster.access.users.get('root@pam')!.tokens.set('t', { id: 't', secret: 's', privilegeSeparation: false, expire: 0 });
  for (const name of ['skiplock', 'stateuri', 'force-cpu', 'targetstorage']) {
    expect(await world.refusal('POST', '/qemu/100/status/start', { [name]: '1' }, 'root@pam!t'))
      .toEqual([400, 'Parameter verification failed.', { [name]: 'Only root may use this option.' }]);
  }
});

test('high availability is asked to start it, and does', async () => {
  const world = new World();
  world.machine(100);
  world.cluster.ha.set('vm:100', { sid: 'vm:100', state: 'stopped' });
  expect(await start(world)).toEqual(done('Requesting HA start for VM 100'));
  await world.cluster.tasks.idle();
  expect([...world.cluster.tasks.all.values()].map(({ type, user, exitStatus }) => [type, user, exitStatus]))
    .toEqual([['hastart', 'root@pam', 'OK'], ['qmstart', 'root@pam', 'OK']]);
  expect(await world.call('GET', '/qemu/100/status/current')).toMatchObject({ status: 'running', ha: { managed: 1, state: 'started', group: null } });
});

describe('devices of the node', () => {
  const card: HostPciDevice = {
    address: '0000:01:00.0', vendor: '10de', device: '1b80', subsystemVendor: '1043', subsystemDevice: '85aa', iommuGroup: 12, class: '0x030000',
  };
  const other: HostPciDevice = { address: '0000:02:00.0', vendor: '10de', device: '1b80', iommuGroup: 13, class: '0x030000' };
  const sliced: HostPciDevice = { address: '0000:03:00.0', vendor: '10de', device: '20b0', iommuGroup: 14, class: '0x030000', mediatedTypes: ['nvidia-47'] };
  const entry = 'node=pve,path=0000:01:00.0,id=10de:1b80,subsystem-id=1043:85aa,iommugroup=12';

  async function startWith(
    map: string[] | undefined, hostpci0: string, more: { [key: string]: string } = {}, pci: HostPciDevice[] = [card, other, sliced], mdev = false,
  ) {
    const world = new World('8.4', pci);
    if (map !== undefined) world.cluster.mappings.pci.set('gpu', { id: 'gpu', map, mdev });
    world.machine(100, { machine: 'q35', hostpci0, ...more });
    return start(world);
  }
  const invalid = (text: string) => failed(`PCI device mapping invalid (hardware probably changed): ${text} `);

  test('as they were mapped', async () => {
    expect(await startWith([entry], 'mapping=gpu,pcie=1')).toEqual(done());
    expect(await startWith(undefined, '0000:02:00,pcie=1')).toEqual(done());
    expect(await startWith(['node=pve,path=0000:03:00.0,id=10de:20b0,iommugroup=14'], 'mapping=gpu,mdev=nvidia-47', {}, [sliced], true)).toEqual(done());
  });

  test.each<[string[] | undefined, string]>([
    [undefined, 'PCI device mapping not found for \'gpu\''],
    [['node=pve2,path=0000:01:00.0,id=10de:1b80'], 'PCI device mapping not found for \'gpu\''],
  ])('no mapping for the node: %j', async (map, status) => {
    expect(await startWith(map, 'mapping=gpu')).toEqual(failed(status));
  });

  test.each([
    ['node=pve,path=0000:09:00.0,id=10de:1b80', 'pci device \'0000:09:00.0\' not found'],
    ['node=pve,path=0000:09:00,id=10de:1b80', 'pci device \'0000:09:00.0\' not found'],
    [entry.replace('1b80', '1b81'), '\'id\' does not match for \'gpu\' (10de:1b80 != 10de:1b81)'],
    [entry.replace(',iommugroup=12', ''), 'missing expected property \'iommugroup\' for device \'0000:01:00.0\''],
    [entry.replace('=12', '=13'), '\'iommugroup\' does not match for \'gpu\' (12 != 13)'],
    [entry.replace(',subsystem-id=1043:85aa', ''), 'missing expected property \'subsystem-id\' for device \'0000:01:00.0\''],
    ['node=pve,path=0000:02:00.0,id=10de:1b80,iommugroup=13,subsystem-id=1:2', 'unexpected property \'subsystem-id\' configured for device \'0000:02:00.0\''],
    ['node=pve,path=0000:03:00.0,id=10de:20b0,iommugroup=14', '\'mdev\' does not match for \'gpu\' (1 != 0)'],
  ])('not as mapped: %s', async (map, text) => {
    expect(await startWith([map], 'mapping=gpu')).toEqual(invalid(text));
  });

  test('what cannot be', async () => {
    const express = 'q35 machine model is not enabled at /usr/share/perl5/PVE/QemuServer/PCI.pm line 501.';
    expect(await startWith(undefined, '0000:01:00.0,pcie=1', { machine: 'pc-i440fx-9.0' })).toEqual(failed(express));
    expect(await startWith(undefined, '0000:09:00.0')).toEqual(failed('no PCI device found for \'0000:09:00.0\''));
    expect(await startWith([entry], 'host=0000:01:00.0,mapping=gpu')).toEqual(failed('Cannot set both \'host\' and \'mapping\'.'));
    expect(await startWith(undefined, 'rombar=1')).toEqual(failed('Either \'host\' or \'mapping\' must be set.'));
    expect(await startWith(undefined, '0000:01:00.0', { hostpci1: '0000:01:00.0' })).toEqual(failed('device \'0000:01:00.0\' assigned more than once'));
    expect(await startWith(undefined, '0000:03:00.0,mdev=nvidia-99'))
      .toEqual(failed('could not create mediated device', 'mdev type \'nvidia-99\' not available for \'0000:03:00.0\''));
    expect(await startWith(undefined, '0000:01:00.0', {}, [{ ...card, iommuGroup: -1 }])).toEqual(failed('cannot prepare PCI pass-through, IOMMU not present'));
  });

  test('a device is one machine\'s as long as that runs; of several the free one is taken', async () => {
    const world = new World('8.4', [card, other]);
    world.cluster.mappings.pci.set('gpu', { id: 'gpu', map: [entry, 'node=pve,path=0000:02:00.0,id=10de:1b80,iommugroup=13'] });
    for (const vmid of [100, 101, 102]) world.machine(vmid, { hostpci0: 'mapping=gpu' });
    world.machine(103, { hostpci0: '0000:01:00.0' });
    expect(await start(world, 100)).toEqual(done());
    expect(await start(world, 101)).toEqual(done());
    expect(await start(world, 102)).toEqual(failed('could not find a free device for \'hostpci0\''));
    expect(await start(world, 103)).toEqual(failed('PCI device \'0000:01:00.0\' already in use by VMID \'100\''));
    await world.task('POST', '/qemu/100/status/stop');
    expect(await start(world, 103)).toEqual(done());
  });
});
