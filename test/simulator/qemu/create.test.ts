import { ConfigServer } from './config-server';

const key = 'ssh-ed25519%20AAAAC3NzaC1lZDI1NTE5AAAAIDjxUxlLogpPLrXfgfJGGG58TN7dFubkU9yRs9E71ZRU%20a%40b';
const added = { digest: '<digest>', meta: 'creation-qemu=7.2.22,ctime=1800000000', smbios1: 'uuid=<uuid>', vmgenid: '<uuid>' };

describe('creation of a machine', () => {
  test('with nothing but its id', async () => {
    const server = new ConfigServer();
    expect(await server.create(100)).toEqual({ status: 'OK', log: ['TASK OK'] });
    expect(await server.config(100)).toEqual({ ...added, boot: ' ' });
  });

  test('with everything that is common', async () => {
    const server = new ConfigServer();
    const parameters = {
      name: 'full-one',
      memory: 1024,
      balloon: 0,
      cores: 2,
      sockets: 1,
      cpu: 'x86-64-v2-AES',
      cpulimit: '1.5',
      cpuunits: 20000,
      ostype: 'l26',
      bios: 'ovmf',
      machine: 'type=q35',
      efidisk0: 'local:1,efitype=4m,pre-enrolled-keys=0,format=qcow2',
      tpmstate0: 'thin:1,version=v2.0',
      scsihw: 'virtio-scsi-single',
      scsi0: 'local:2,format=qcow2,ssd=1,iothread=1,discard=on',
      scsi1: 'local:cloudinit',
      virtio0: 'thin:0.5',
      ide2: 'none',
      net0: 'virtio,bridge=vmbr0',
      agent: 'enabled=1',
      serial0: 'socket',
      vga: 'std',
      tags: 'Zeta;alpha',
      onboot: 0,
      description: 'two\nlines & ümlaut\n',
      rng0: 'source=/dev/urandom',
      ciuser: 'admin',
      cipassword: 'Secret123',
      sshkeys: key,
      ipconfig0: 'ip=192.0.2.10/24,gw=192.0.2.1',
      nameserver: '192.0.2.53',
      searchdomain: 'example.org',
      hostpci0: 'mapping=gpu,pcie=1',
      startup: 'order=1,up=30',
    };
    expect(await server.create(101, parameters)).toMatchInlineSnapshot(`
{
  "log": [
    "Formatting '/var/lib/vz/images/101/vm-101-disk-0.qcow2', fmt=qcow2 cluster_size=65536 extended_l2=off preallocation=metadata compression_type=zlib size=540672 lazy_refcounts=off refcount_bits=16",
    "transferred 0.0 B of 528.0 KiB (0.00%)",
    "transferred 528.0 KiB of 528.0 KiB (100.00%)",
    "transferred 528.0 KiB of 528.0 KiB (100.00%)",
    "efidisk0: successfully created disk 'local:101/vm-101-disk-0.qcow2,efitype=4m,pre-enrolled-keys=0,size=528K'",
    "Formatting '/var/lib/vz/images/101/vm-101-disk-1.qcow2', fmt=qcow2 cluster_size=65536 extended_l2=off preallocation=metadata compression_type=zlib size=2147483648 lazy_refcounts=off refcount_bits=16",
    "scsi0: successfully created disk 'local:101/vm-101-disk-1.qcow2,discard=on,iothread=1,size=2G,ssd=1'",
    "Formatting '/var/lib/vz/images/101/vm-101-cloudinit.qcow2', fmt=qcow2 cluster_size=65536 extended_l2=off preallocation=metadata compression_type=zlib size=4194304 lazy_refcounts=off refcount_bits=16",
    "scsi1: successfully created disk 'local:101/vm-101-cloudinit.qcow2,media=cdrom'",
    "  Logical volume "vm-101-disk-0" created.",
    "tpmstate0: successfully created disk 'thin:vm-101-disk-0,size=4M,version=v2.0'",
    "  Logical volume "vm-101-disk-1" created.",
    "virtio0: successfully created disk 'thin:vm-101-disk-1,size=512M'",
    "TASK OK",
  ],
  "status": "OK",
}
`);
    expect(await server.config(101)).toMatchInlineSnapshot(`
{
  "agent": "enabled=1",
  "balloon": 0,
  "bios": "ovmf",
  "boot": "order=scsi0;ide2;net0",
  "cipassword": "**********",
  "ciuser": "admin",
  "cores": 2,
  "cpu": "x86-64-v2-AES",
  "cpulimit": "1.5",
  "cpuunits": 10000,
  "description": "two
lines & ümlaut",
  "digest": "<digest>",
  "efidisk0": "local:101/vm-101-disk-0.qcow2,efitype=4m,pre-enrolled-keys=0,size=528K",
  "hostpci0": "mapping=gpu,pcie=1",
  "ide2": "none,media=cdrom",
  "ipconfig0": "ip=192.0.2.10/24,gw=192.0.2.1",
  "machine": "q35",
  "memory": "1024",
  "meta": "creation-qemu=7.2.22,ctime=1800000000",
  "name": "full-one",
  "nameserver": "192.0.2.53",
  "net0": "virtio=<mac>,bridge=vmbr0",
  "onboot": 0,
  "ostype": "l26",
  "rng0": "source=/dev/urandom",
  "scsi0": "local:101/vm-101-disk-1.qcow2,discard=on,iothread=1,size=2G,ssd=1",
  "scsi1": "local:101/vm-101-cloudinit.qcow2,media=cdrom",
  "scsihw": "virtio-scsi-single",
  "searchdomain": "example.org",
  "serial0": "socket",
  "smbios1": "uuid=<uuid>",
  "sockets": 1,
  "sshkeys": "ssh-ed25519%20AAAAC3NzaC1lZDI1NTE5AAAAIDjxUxlLogpPLrXfgfJGGG58TN7dFubkU9yRs9E71ZRU%20a%40b",
  "startup": "order=1,up=30",
  "tags": "Zeta;alpha",
  "tpmstate0": "thin:vm-101-disk-0,size=4M,version=v2.0",
  "vga": "std",
  "virtio0": "thin:vm-101-disk-1,size=512M",
  "vmgenid": "<uuid>",
}
`);
  });

  test('boots from the first disk, the first CD drive and the first card', async () => {
    const server = new ConfigServer();
    await server.create(100, { virtio1: 'thin:1', scsi2: 'thin:1', sata0: 'none', ide3: 'none,media=cdrom', net3: 'e1000,bridge=vmbr0' });
    expect((await server.config(100)).boot).toBe('order=scsi2;ide3;net3');
  });

  test('Windows gets a fixed type of machine', async () => {
    const server = new ConfigServer();
    expect(await server.create(100, { ostype: 'win11', machine: 'q35,viommu=intel' })).toEqual({
      status: 'OK', log: ['pinning machine type to \'pc-q35-7.2\' for Windows guest OS', 'TASK OK'],
    });
    expect((await server.config(100)).machine).toBe('pc-q35-7.2,viommu=intel');
  });

  test('disks are made of what is to be imported', async () => {
    const server = new ConfigServer();
    await server.file('local:import/base.raw', 'x'.repeat(4096));
    await server.create(100, { scsi0: 'local:0,import-from=local:import/base.raw,discard=on' });
    expect((await server.config(100)).scsi0).toBe('local:100/vm-100-disk-0.raw,discard=on,size=4K');
    await server.create(101, { virtio0: 'thin:0,import-from=local:100/vm-100-disk-0.raw' });
    expect((await server.config(101)).virtio0).toBe('thin:vm-101-disk-0,size=4M');
  });

  test('goes into a pool, and is looked after', async () => {
    const server = new ConfigServer('9.1');
    server.cluster.pools.set('web', { id: 'web', guests: new Set(), storages: new Set() });
    expect(await server.create(100, { 'pool': 'web', 'ha-managed': 1 })).toEqual({ status: 'OK', log: ['Add as HA resource', 'TASK OK'] });
    expect([...server.cluster.pools.get('web')!.guests]).toEqual([100]);
    expect(server.cluster.ha.get('vm:100')).toEqual({ sid: 'vm:100', state: 'stopped' });
  });

  test('starts then', async () => {
    const server = new ConfigServer();
    expect((await server.create(100, { start: 1 })).log).toEqual(['Execute autostart', 'TASK OK']);
    await server.cluster.tasks.idle();
    expect(server.cluster.engine.isRunning(100)).toBe(true);
  });

  test('its id is taken from the beginning', async () => {
    const server = new ConfigServer();
    const upid = await server.ask('POST', '', { vmid: 100, scsi0: 'thin:1' });
    expect(await server.config(100)).toEqual({ lock: 'create', digest: '<digest>' });
    expect(await server.refusal('POST', '', { vmid: 100 })).toBe('500 unable to create VM 100 - VM 100 already exists on node \'pve\'');
    expect(await server.refusal('PUT', '/100/config', { cores: 2 })).toBe('500 VM is locked (create)');
    await server.end(upid);
    expect((await server.config(100)).lock).toBeUndefined();
  });

  test('leaves nothing when it fails', async () => {
    const server = new ConfigServer();
    expect(await server.create(100, { scsi0: 'thin:1', scsi1: 'local:iso/none.iso,media=cdrom' })).toEqual({
      status: 'unable to create VM 100 - volume \'local:iso/none.iso\' does not exist',
      log: [
        '  Logical volume "vm-100-disk-0" created.',
        'scsi0: successfully created disk \'thin:vm-100-disk-0,size=1G\'',
        '  Logical volume "vm-100-disk-0" successfully removed.',
        'TASK ERROR: unable to create VM 100 - volume \'local:iso/none.iso\' does not exist',
      ],
    });
    expect(server.cluster.volumes.of(100)).toEqual([]);
    expect(server.cluster.guests.has(100)).toBe(false);
  });

  test.each<[{ readonly [name: string]: string | number }, string]>([
    [{ scsi0: 'nosuch:1' }, '500 storage \'nosuch\' does not exist'],
    [{ scsi0: 'files:1' }, '400 Parameter verification failed.\nstorage: storage \'files\' does not support vm images'],
    [{ scsi0: 'local:big' }, '500 unable to parse directory volume name \'big\''],
    [{ scsi0: '5' }, '400 Parameter verification failed.\nscsi0: invalid format - format error\nscsi0.file: invalid format - unable to parse volume ID \'5\'\n\n'],
    [{ ide2: 'local:iso/x.iso' }, '400 Parameter verification failed.\nide2: explicit \'media=cdrom\' is required for iso images'],
    [{ scsi0: 'local:import/x.raw' }, '400 Parameter verification failed.\nscsi0: content type needs to be \'images\' or \'iso\''],
    [{ scsi0: 'local:3,import-from=local:import/x.raw' }, '400 Parameter verification failed.\n' +
      'scsi0: \'import-from\' requires special syntax - use <storage ID>:0,import-from=<source>'],
    [{ scsi0: 'local:0,import-from=local:iso/x.iso' }, '400 Parameter verification failed.\n' +
      'scsi0: local:iso/x.iso has wrong type \'iso\' - needs to be \'images\' or \'import\''],
    [{ efidisk0: 'local:0,import-from=local:import/x.raw' }, '400 Parameter verification failed.\nefidisk0: need to specify \'efitype\' when using \'import-from\''],
    [{ virtio0: 'none,media=cdrom' }, '400 Parameter verification failed.\nvirtio0: unable to parse drive options'],
    [{ scsi0: 'local:1,mbps=1,mbps_rd=1' }, '400 Parameter verification failed.\nscsi0: unable to parse drive options'],
    [{ hostpci0: '0000:01:00.0' }, '500 only root can set \'hostpci0\' config for non-mapped devices'],
    [{ hostpci0: 'pcie=1' }, '500 either \'host\' or \'mapping\' must be set.'],
    [{ usb0: 'host=1234:5678' }, '500 only root can set \'usb0\' config for real devices'],
    [{ serial0: '/dev/ttyS0' }, '500 only root can set \'serial0\' config for real devices'],
    [{ args: '-device x' }, '500 only root can set \'args\' config'],
    [{ lock: 'backup' }, '500 only root can set \'lock\' config'],
    [{ sshkeys: 'not%20a%20key' }, '500 SSH public key validation error'],
    [{ pool: 'nosuch' }, '403 Permission check failed (pool \'nosuch\' does not exist)'],
    [{ archive: 'local:backup/x.vma' }, '501 restoring a backup is not simulated'],
    [{ force: 1 }, '400 Parameter verification failed.\narchive: missing property - \'force\' requires this property'],
    [{ cpu: 'custom-x' }, '400 Parameter verification failed.\ncpu: invalid format - Custom cputype \'x\' not found\n'],
    [{ cpu: 'host,flags=+vmx' }, '400 Parameter verification failed.\ncpu: invalid format - VM-specific CPU flags must be a subset of: pcid, spec-ctrl, ibpb, ssbd, ' +
      'virt-ssbd, amd-ssbd, amd-no-ssb, pdpe1gb, md-clear, hv-tlbflush, hv-evmcs, aes\n'],
    [{ ipconfig0: 'gw=192.0.2.1' }, '400 Parameter verification failed.\nipconfig0: invalid format - format error\n' +
      'ipconfig0.ip: missing property - \'ipconfig0.gw\' requires this property\n'],
    [{ boot: 'order=floppy0' }, '400 Parameter verification failed.\nboot: invalid format - format error\n' +
      'boot.order: invalid format - invalid boot device \'floppy0\'\n\n'],
    [{ startup: 'first' }, '400 Parameter verification failed.\nstartup: invalid format - unable to parse startup options\n'],
    [{ hotplug: 'all' }, '400 Parameter verification failed.\nhotplug: invalid format - invalid hotplug feature \'all\'\n'],
    [{ 'allow-ksm': 1 }, '400 Parameter verification failed.\n' +
      'allow-ksm: property is not defined in schema and the schema does not allow additional properties'],
  ])('%j is refused', async (parameters, answer) => {
    expect(await new ConfigServer().refusal('POST', '', { vmid: 100, ...parameters })).toBe(answer);
  });

  test.each<[{ readonly [name: string]: string | number }, string]>([
    [{ scsi0: 'scsi:1' }, '500 storage \'scsi\' does not exist'],
    [{ ide2: 'local:cloudinit', scsi1: 'local:cloudinit' }, 'unable to create VM 100 - ide2 - cloud-init drive is already attached at \'scsi1\''],
    [{ vga: 'serial0,clipboard=vnc' }, 'unable to create VM 100 - vga type serial0 is not compatible with VNC clipboard'],
    [{ machine: 'pc,viommu=intel' }, 'unable to create VM 100 - to use Intel vIOMMU please set the machine type to q35'],
    [{ scsi0: 'local:0,import-from=local:import/no.raw' }, 'unable to create VM 100 - failed to stat \'/var/lib/vz/import/no.raw\''],
    [{ scsi0: 'local:0,import-from=/tmp/x' }, '500 Only root can pass arbitrary filesystem paths.'],
  ])('%j fails, at once or in the task', async (parameters, end) => {
    const server = new ConfigServer();
    const refusal = await server.refusal('POST', '', { vmid: 100, ...parameters });
    expect(refusal === '200' ? (await server.end([...server.cluster.tasks.all.keys()][0])).status : refusal).toBe(end);
  });
});

test('without a disk to import there is nothing to import while the machine runs', async () => {
  const server = new ConfigServer();
  expect((await server.create(100, { 'live-restore': 1, 'scsi0': 'local:1' })).status).toBe('OK');
  expect(await server.refusal('POST', '', { 'vmid': 101, 'live-restore': 1, 'scsi0': 'local:0,import-from=local:100/vm-100-disk-0.raw' }))
    .toBe('501 importing while the machine runs is not simulated');
});
