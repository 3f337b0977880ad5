import { ConfigServer } from './config-server';

type Values = { readonly [name: string]: string | number };

async function with100(parameters: Values = {}, line: '8.4' | '9.1' = '8.4'): Promise<ConfigServer> {
  const server = new ConfigServer(line);
  expect((await server.create(100, parameters)).status).toBe('OK');
  return server;
}

async function digest(server: ConfigServer): Promise<string> {
  return (await server.ask('GET', '/100/config') as { digest: string }).digest;
}

describe('change of a machine', () => {
  test('at once, with null for an answer', async () => {
    const server = await with100({ name: 'a', cores: 1 });
    expect(await server.ask('PUT', '/100/config', { cores: 4, description: 'x', delete: 'name,startup' })).toBeNull();
    expect(await server.config(100)).toMatchObject({ cores: 4, description: 'x' });
    expect((await server.config(100)).name).toBeUndefined();
  });

  test('in a task, with what it does in its log', async () => {
    const server = await with100();
    const upid = await server.ask('POST', '/100/config', { onboot: 1, name: 'full-two', cipassword: 'secret', delete: 'startup' });
    expect(await server.end(upid)).toEqual({
      status: 'OK',
      log: [
        'update VM 100: -cipassword <hidden> -delete startup -name full-two -onboot 1',
        'cannot delete \'startup\' - not set in current configuration!',
        'TASK OK',
      ],
    });
  });

  test('in a task that is waited for', async () => {
    const server = await with100();
    expect(await server.ask('POST', '/100/config', { name: 'b', background_delay: 5 })).toBeNull();
    expect(await server.refusal('POST', '/100/config', { boot: 'order=scsi5', background_delay: 5 }))
      .toBe('500 failed to update VM 100: invalid bootorder: device \'scsi5\' does not exist\'');
  });

  test('only of what was read, if a digest says so', async () => {
    const server = await with100();
    const before = await digest(server);
    await server.ask('PUT', '/100/config', { cores: 2, digest: before });
    expect(await digest(server)).not.toBe(before);
    expect(await server.refusal('PUT', '/100/config', { cores: 3, digest: before })).toBe('500 checksum mismatch (file change by other user?)');
  });

  test('tags become small letters in order, and passwords hashes', async () => {
    const server = await with100();
    await server.ask('PUT', '/100/config', { tags: 'Zeta;alpha;zeta', cipassword: 'secret' });
    expect(await server.config(100)).toMatchObject({ tags: 'alpha;zeta', cipassword: '**********' });
    expect(server.cluster.guests.get(100)!.config.get('cipassword')).toMatch(/^\$5\$.{8}\$.{43}$/);
  });

  test('drives: made, taken off, put back, removed', async () => {
    const server = await with100({ boot: 'order=net0', net0: 'virtio' });
    await server.ask('PUT', '/100/config', { scsi2: 'local:1,format=qcow2' });
    expect((await server.config(100)).scsi2).toBe('local:100/vm-100-disk-0.qcow2,size=1G');
    await server.ask('PUT', '/100/config', { delete: 'scsi2' });
    expect(await server.config(100)).toMatchObject({ unused0: 'local:100/vm-100-disk-0.qcow2' });
    await server.ask('PUT', '/100/config', { virtio0: 'local:100/vm-100-disk-0.qcow2,discard=on' });
    expect(await server.config(100)).toMatchObject({ virtio0: 'local:100/vm-100-disk-0.qcow2,discard=on,size=1G' });
    expect((await server.config(100)).unused0).toBeUndefined();
    await server.ask('PUT', '/100/config', { virtio0: 'thin:1' });
    expect(await server.config(100)).toMatchObject({ virtio0: 'thin:vm-100-disk-0,size=1G', unused0: 'local:100/vm-100-disk-0.qcow2' });
    await server.ask('PUT', '/100/config', { delete: 'unused0' });
    await server.ask('PUT', '/100/config', { delete: 'virtio0', force: 1 });
    expect(server.cluster.volumes.of(100)).toEqual([]);
  });

  test('CD drives join the boot order and leave it', async () => {
    const server = await with100({ scsi0: 'thin:1', boot: 'order=scsi0' });
    await server.file('local:iso/a.iso', 'iso');
    await server.ask('PUT', '/100/config', { ide2: 'local:iso/a.iso,media=cdrom', scsi1: 'local:cloudinit' });
    expect(await server.config(100)).toMatchObject({ boot: 'order=scsi0;ide2', ide2: 'local:iso/a.iso,media=cdrom,size=3' });
    await server.ask('PUT', '/100/config', { cdrom: 'none' });
    expect(await server.config(100)).toMatchObject({ boot: 'order=scsi0;ide2', ide2: 'none,media=cdrom' });
    await server.ask('PUT', '/100/config', { delete: 'ide2,scsi1' });
    expect(await server.config(100)).toMatchObject({ boot: 'order=scsi0' });
    expect(server.cluster.volumes.of(100)).toHaveLength(1);
  });

  test('a cloud-init drive that is given again is made again', async () => {
    const server = await with100({ ide2: 'local:cloudinit' });
    const upid = await server.ask('POST', '/100/config', { ide2: 'local:100/vm-100-cloudinit.qcow2,media=cdrom' });
    expect((await server.end(upid)).log.slice(-2)).toEqual(['generating cloud-init ISO', 'TASK OK']);
    expect((await server.config(100)).ide2).toBe('local:100/vm-100-cloudinit.qcow2,media=cdrom,size=4M');
    expect(server.cluster.volumes.of(100)).toHaveLength(1);
  });

  test('a template can have its cloud-init drive changed', async () => {
    const server = await with100({ scsi0: 'local:1,format=qcow2', scsi1: 'none,media=cdrom' });
    await server.end(await server.ask('POST', '/100/template'));
    await server.end(await server.ask('POST', '/100/config', { delete: 'scsi1', scsi2: 'local:cloudinit', name: 'baked' }));
    expect(await server.config(100)).toMatchObject({ name: 'baked', scsi0: 'local:100/base-100-disk-0.qcow2,size=1G', scsi2: 'local:100/vm-100-cloudinit.qcow2,media=cdrom' });
  });

  test.each<[Values, string]>([
    [{}, '500 no options specified'],
    [{ delete: 'nosuch' }, '400 Parameter verification failed.\ndelete: unknown option \'nosuch\''],
    [{ revert: 'nosuch' }, '400 Parameter verification failed.\nrevert: unknown option \'nosuch\''],
    [{ delete: 'memory', memory: 512 }, '400 Parameter verification failed.\ndelete: you can\'t use \'-memory\' and -delete memory\' at the same time'],
    [{ revert: 'memory', memory: 512 }, '400 Parameter verification failed.\ndelete: you can\'t use \'-memory\' and -revert memory\' at the same time'],
    [{ revert: 'memory', delete: 'memory' }, '400 Parameter verification failed.\nrevert: you can\'t use \'-delete memory\' and -revert memory\' at the same time'],
    [{ skiplock: 1, cores: 2 }, '400 Parameter verification failed.\nskiplock: Only root may use this option.'],
    [{ force: 1, cores: 2 }, '400 Parameter verification failed.\ndelete: missing property - \'force\' requires this property'],
    [{ balloon: 600 }, '500 balloon value too large (must be smaller than assigned memory)'],
    [{ boot: 'order=scsi5' }, '500 invalid bootorder: device \'scsi5\' does not exist\''],
    [{ ide0: 'local:cloudinit' }, '500 ide0 - cloud-init drive is already attached at \'ide2\''],
    [{ tpmstate0: 'thin:vm-100-disk-0,version=v2.0' }, '500 cannot change TPM state version after creation'],
    [{ hookscript: 'local:snippets/no.sh' }, '400 Parameter verification failed.\nhookscript: script \'local:snippets/no.sh\' does not exist\n'],
    [{ sshkeys: 'ssh-rsa AAAA' }, '400 Parameter verification failed.\nsshkeys: invalid format - invalid urlencoded string: ssh-rsa AAAA\n'],
    [{ parent: 'x' }, '400 Parameter verification failed.\nparent: property is not defined in schema and the schema does not allow additional properties'],
    [{ machine: 'viommu=intel' }, '500 to use Intel vIOMMU please set the machine type to q35'],
    [{ unused0: 'local:iso/x.iso' }, '500 unable to use volume local:iso/x.iso - content type needs to be \'images\''],
  ])('%j is refused', async (parameters, answer) => {
    const server = await with100({ ide2: 'local:cloudinit', tpmstate0: 'thin:1,version=v1.2' });
    expect(await server.refusal('PUT', '/100/config', parameters)).toBe(answer);
  });

  test('a protected or locked machine keeps its disks', async () => {
    const server = await with100({ scsi0: 'thin:1', scsi1: 'thin:1', protection: 1 });
    expect(await server.refusal('PUT', '/100/config', { delete: 'scsi0' })).toBe('500 can\'t remove drive \'scsi0\' - protection mode enabled');
    server.cluster.guests.get(100)!.config.set('lock', 'backup');
    expect(await server.refusal('PUT', '/100/config', { cores: 2 })).toBe('500 VM is locked (backup)');
    server.caller = { id: 'root@pam', user: 'root@pam' };
    expect(await server.ask('PUT', '/100/config', { delete: 'lock', skiplock: 1 })).toBeNull();
    expect((await server.config(100)).lock).toBeUndefined();
  });

  test('a machine that is not there', async () => {
    const server = new ConfigServer();
    const text = '500 Configuration file \'nodes/pve/qemu-server/100.conf\' does not exist';
    expect(await server.refusal('PUT', '/100/config', { cores: 2 })).toBe(text);
    expect(await server.refusal('POST', '/100/config', { cores: 2 })).toBe(text);
    expect(await server.refusal('GET', '/100/config')).toBe(text);
    expect(await server.refusal('GET', '/100/pending')).toBe(text);
  });
});

describe('change of a machine that runs', () => {
  test('name, tags and weights at once; processors, memory and firmware with the next start', async () => {
    const server = await with100({ cores: 1, name: 'a', memory: 512 });
    await server.start(100);
    await server.ask('PUT', '/100/config', { cores: 2, memory: 1024, name: 'b', tags: 'x', cpuunits: 50, bios: 'ovmf', delete: 'smbios1' });
    expect(await server.config(100, { current: 1 })).toMatchObject({ cores: 1, memory: '512', name: 'b', tags: 'x', cpuunits: 50, smbios1: 'uuid=<uuid>' });
    expect(await server.config(100)).toMatchObject({ cores: 2, memory: '1024', bios: 'ovmf' });
    const pending = await server.ask('GET', '/100/pending') as { key: string }[];
    expect(pending.filter(({ key }) => ['cores', 'memory', 'name', 'bios'].includes(key))).toEqual([
      { key: 'name', value: 'b' }, { key: 'cores', value: 1, pending: 2 }, { key: 'memory', value: '512', pending: '1024' }, { key: 'bios', pending: 'ovmf' },
    ].sort((a, b) => pending.findIndex(({ key }) => key === a.key) - pending.findIndex(({ key }) => key === b.key)));
    expect(pending.find(({ key }) => key === 'smbios1')).toMatchObject({ delete: 1 });
    await server.ask('PUT', '/100/config', { revert: 'memory,bios' });
    expect(await server.config(100)).toMatchObject({ cores: 2, memory: '512' });
    await server.end(await server.ask('POST', '/100/status/stop'));
    expect(await server.config(100, { current: 1 })).toMatchObject({ cores: 2, memory: '512' });
  });

  test('disks are plugged where the bus allows it', async () => {
    const server = await with100({ scsi0: 'thin:1', scsi1: 'thin:1', ide0: 'thin:1', ide2: 'none,media=cdrom', boot: 'order=scsi0' });
    await server.start(100);
    await server.ask('PUT', '/100/config', { virtio1: 'thin:2', sata0: 'thin:3' });
    expect(await server.config(100, { current: 1 })).toMatchObject({ virtio1: 'thin:vm-100-disk-4,size=2G' });
    expect((await server.config(100, { current: 1 })).sata0).toBeUndefined();
    await server.ask('PUT', '/100/config', { delete: 'scsi1,ide0' });
    expect(await server.config(100, { current: 1 })).toMatchObject({ unused0: 'thin:vm-100-disk-2', ide0: 'thin:vm-100-disk-0,size=1G' });
    expect((await server.config(100)).ide0).toBeUndefined();
    expect(await server.refusal('PUT', '/100/config', { delete: 'scsi0' })).toBe('400 Parameter verification failed.\n' +
      'scsi0: hotplug problem - can\'t unplug bootdisk \'scsi0\'\n');
  });

  test('disks keep what needs a restart pending', async () => {
    const server = await with100({ scsi0: 'thin:1' });
    await server.start(100);
    await server.ask('PUT', '/100/config', { scsi0: 'thin:vm-100-disk-0,mbps=10,backup=0' });
    expect(await server.config(100, { current: 1 })).toMatchObject({ scsi0: 'thin:vm-100-disk-0,backup=0,mbps=10,size=1G' });
    await server.ask('PUT', '/100/config', { scsi0: 'thin:vm-100-disk-0,discard=on' });
    expect(await server.config(100, { current: 1 })).toMatchObject({ scsi0: 'thin:vm-100-disk-0,backup=0,mbps=10,size=1G' });
    expect(await server.config(100)).toMatchObject({ scsi0: 'thin:vm-100-disk-0,discard=on,size=1G' });
  });

  test('CDs are swapped and ejected, but a CD drive becomes no disk', async () => {
    const server = await with100({ scsi0: 'thin:1', ide2: 'none,media=cdrom' });
    await server.file('local:iso/a.iso', 'iso');
    await server.start(100);
    await server.ask('PUT', '/100/config', { ide2: 'local:iso/a.iso,media=cdrom' });
    expect(await server.config(100, { current: 1 })).toMatchObject({ ide2: 'local:iso/a.iso,media=cdrom,size=3' });
    await server.ask('PUT', '/100/config', { ide2: 'none' });
    expect(await server.config(100, { current: 1 })).toMatchObject({ ide2: 'none,media=cdrom' });
    expect(await server.refusal('PUT', '/100/config', { ide2: 'thin:1' })).toBe('400 Parameter verification failed.\n' +
      'ide2: hotplug problem - unable to change media type\n');
  });

  test('network cards change in place or are plugged, unless that is off', async () => {
    const server = await with100({ net0: 'virtio=BC:24:11:00:00:01,bridge=vmbr0' });
    await server.start(100);
    await server.ask('PUT', '/100/config', { net0: 'virtio=BC:24:11:00:00:01,bridge=vmbr0,tag=5', net1: 'e1000=BC:24:11:00:00:02,bridge=vmbr0' });
    expect(server.cluster.guests.get(100)!.config.get('net0')).toBe('virtio=BC:24:11:00:00:01,bridge=vmbr0,tag=5');
    expect(server.cluster.guests.get(100)!.config.get('net1')).toBe('e1000=BC:24:11:00:00:02,bridge=vmbr0');
    await server.ask('PUT', '/100/config', { hotplug: '0' });
    await server.ask('PUT', '/100/config', { delete: 'net1' });
    expect(server.cluster.guests.get(100)!.config.has('net1')).toBe(true);
    expect((await server.config(100)).net1).toBeUndefined();
  });
});

describe('rights', () => {
  const cases: [Values, string][] = [
    [{ cores: 2 }, 'VM.Config.CPU'], [{ memory: 512 }, 'VM.Config.Memory'], [{ vga: 'std' }, 'VM.Config.HWType'], [{ name: 'x' }, 'VM.Config.Options'],
    [{ boot: 'order=net0' }, 'VM.Config.Disk'], [{ freeze: 1 }, 'VM.PowerMgmt'], [{ net1: 'virtio' }, 'VM.Config.Network'],
    [{ ciuser: 'x' }, 'VM.Config.Cloudinit|VM.Config.Network'], [{ ide0: 'none' }, 'VM.Config.CDROM'], [{ scsi3: 'thin:1' }, 'VM.Config.Disk'],
    [{ tags: 'x' }, 'VM.Config.Options'], [{ delete: 'serial0' }, 'VM.Config.HWType'], [{ ide2: 'local:cloudinit' }, 'VM.Config.Cloudinit'],
  ];
  test.each(cases)('%j needs its own', async (parameters, privilege) => {
    const server = await with100({ serial0: 'socket', net0: 'virtio' });
    const other = privilege === 'VM.Config.CDROM' ? 'VM.Config.Options' : 'VM.Config.CDROM';
    server.as({ '/vms': [privilege === 'VM.Config.Options' ? 'VM.Config.CDROM' : other], '/storage': ['Datastore.AllocateSpace'] });
    expect(await server.refusal('PUT', '/100/config', parameters)).toBe(`403 Permission check failed (/vms/100, ${privilege})`);
  });

  test('bridges, mappings, storages and root\'s own', async () => {
    const server = await with100();
    server.as({ '/vms': ['VM.Config.Network', 'VM.Config.HWType', 'VM.Config.Disk', 'VM.Config.Options'] });
    const refusals: [Values, string][] = [
      [{ net0: 'virtio,bridge=vmbr0' }, '403 Permission check failed (/sdn/zones/localnetwork/vmbr0, SDN.Use)'],
      [{ net0: 'virtio,bridge=vmbr0,tag=7' }, '403 Permission check failed (/sdn/zones/localnetwork/vmbr0/7, SDN.Use)'],
      [{ net0: 'virtio,bridge=vmbr0,trunks=2-3' }, '403 Permission check failed (/sdn/zones/localnetwork/vmbr0/2, SDN.Use)'],
      [{ hostpci0: 'mapping=gpu' }, '403 Permission check failed (/mapping/pci/gpu, Mapping.Use)'],
      [{ hostpci0: '0000:01:00.0' }, '500 only root can set \'hostpci0\' config for non-mapped devices'],
      [{ usb0: 'mapping=stick' }, '403 Permission check failed (/mapping/usb/stick, Mapping.Use)'],
      [{ rng0: '/dev/hwrng' }, '403 Permission check failed (/mapping/hwrng, Mapping.Use)'],
      [{ virtiofs0: 'share' }, '403 Permission check failed (/mapping/dir/share, Mapping.Use)'],
      [{ serial0: '/dev/ttyS0' }, '500 only root can modify \'serial0\' config for real devices'],
      [{ scsi0: 'thin:1' }, '403 Permission check failed (/storage/thin, Datastore.AllocateSpace)'],
      [{ ide2: 'local:iso/x.iso,media=cdrom' }, '403 Permission check failed (/storage/local, Datastore.AllocateSpace|Datastore.Audit)'],
      [{ startup: '1' }, '403 Permission check failed (/, Sys.Modify)'],
      [{ args: '-x' }, '500 only root can set \'args\' config'],
    ];
    for (const [parameters, answer] of refusals) expect([parameters, await server.refusal('PUT', '/100/config', parameters)]).toEqual([parameters, answer]);
  });

  test('of a new machine those on its pool are enough', async () => {
    const server = new ConfigServer();
    server.cluster.pools.set('web', { id: 'web', guests: new Set(), storages: new Set() });
    server.as({ '/pool/web': ['VM.Allocate', 'VM.Config.CPU'] });
    expect(await server.refusal('POST', '', { vmid: 100, cores: 2 })).toBe('403 Permission check failed');
    expect(await server.refusal('POST', '', { vmid: 100, memory: 512, pool: 'web' })).toBe('403 Permission check failed (/vms/100, VM.Config.Memory)');
    expect((await server.create(100, { cores: 2, pool: 'web' })).status).toBe('OK');
  });
});

test('an option that is refused leaves nothing, not even another order of booting', async () => {
  const server = new ConfigServer();
  await server.create(100, { scsi0: 'local:1', ide2: 'none,media=cdrom' });
  server.as({ '/vms': ['VM.Audit', 'VM.Config.Options', 'VM.Config.CDROM'] });
  const before = await server.ask('GET', '/100/pending');
  expect(await server.refusal('PUT', '/100/config', { delete: 'scsi0' })).toBe('403 Permission check failed (/vms/100, VM.Config.Disk)');
  expect(await server.ask('GET', '/100/pending')).toEqual(before);
});
