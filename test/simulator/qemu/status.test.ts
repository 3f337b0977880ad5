import { World } from './world';

const stopped = { cpu: 0, disk: 0, mem: 0, netin: 0, netout: 0, qmpstatus: 'stopped', status: 'stopped', uptime: 0, ha: { managed: 0 } };

test('a machine of which nothing was said', async () => {
  const world = new World();
  world.machine(100);
  expect(await world.call('GET', '/qemu/100/status/current')).toEqual({ ...stopped, cpus: 1, maxdisk: 0, maxmem: 536_870_912, name: 'VM 100', vmid: 100 });
});

test('a machine of which all was said', async () => {
  const world = new World();
  world.machine(100, {
    name: 'x',
    memory: '2048',
    balloon: '512',
    cores: '8',
    sockets: '2',
    vcpus: '3',
    tags: 'b;a',
    lock: 'backup',
    template: '1',
    serial0: 'socket',
    agent: 'type=isa,enabled=1',
    vga: 'virtio,clipboard=vnc',
    scsi0: 'local:100/vm-100-disk-0.qcow2,size=3G',
    ide2: 'local:iso/x.iso,media=cdrom,size=1G',
    boot: 'order=net0;ide2;scsi0',
  });
  world.cluster.ha.set('vm:100', { sid: 'vm:100', state: 'ignored' });
  expect(await world.call('GET', '/qemu/100/status/current')).toEqual({
    ...stopped,
    agent: 1,
    balloon_min: 512 * 1024 ** 2,
    clipboard: 'vnc',
    cpus: 3,
    lock: 'backup',
    maxdisk: 3 * 1024 ** 3,
    maxmem: 2 * 1024 ** 3,
    name: 'x',
    serial: 1,
    shares: 1000,
    spice: 1,
    tags: 'b;a',
    template: 1,
    vmid: 100,
  });
});

test('a machine that runs', async () => {
  const world = new World();
  world.machine(100, { cores: '8', vga: 'std', agent: '0', net0: 'virtio=BC:24:11:00:61:01,bridge=vmbr0', net1: 'virtio=BC:24:11:00:61:02' });
  world.cluster.nodes.set('pve', { ...world.cluster.nodes.get('pve')!, processors: 16 });
  await world.task('POST', '/qemu/100/status/start');
  world.pass(90.5);
  expect(await world.call('GET', '/qemu/100/status/current')).toEqual({
    ...stopped,
    clipboard: null,
    cpus: 8,
    maxdisk: 0,
    maxmem: 536_870_912,
    mem: 10_737_418,
    name: 'VM 100',
    nics: { tap100i0: { netin: 0, netout: 0 } },
    pid: 1_000_100,
    qmpstatus: 'running',
    status: 'running',
    uptime: 90,
    vmid: 100,
  });
});

test('PVE 9 tells of the host\'s memory and of pressure', async () => {
  const world = new World('9.1');
  world.machine(100);
  expect(await world.call('GET', '/qemu/100/status/current')).toEqual({ ...stopped, memhost: 0, cpus: 1, maxdisk: 0, maxmem: 536_870_912, name: 'VM 100', vmid: 100 });
  await world.task('POST', '/qemu/100/status/start');
  expect(await world.call('GET', '/qemu/100/status/current')).toMatchObject({ memhost: 10_737_418, pressurecpusome: 0, pressureiofull: 0 });
});

test('what there is below, and what is not there', async () => {
  const world = new World();
  world.machine(100, {}, 'pve2');
  expect(await world.refusal('GET', '/qemu/100/status')).toEqual([500, 'Configuration file \'nodes/pve/qemu-server/100.conf\' does not exist']);
  expect(await world.refusal('GET', '/qemu/100/status/current')).toEqual([500, 'Configuration file \'nodes/pve/qemu-server/100.conf\' does not exist']);
  world.machine(101);
  expect(await world.call('GET', '/qemu/101/status')).toEqual(['current', 'start', 'stop', 'reset', 'shutdown', 'suspend', 'reboot'].map((subdir) => ({ subdir })));
  expect(await world.refusal('GET', '/qemu/101/status/current', {}, 'nobody@pve')).toEqual([403, 'Permission check failed (/vms/101, VM.Audit)']);
});
