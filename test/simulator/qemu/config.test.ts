import { configProperties, requestProperties } from '../../../lib/simulator/qemu/options';
import { versions } from '../../../lib/simulator/version';
import { ConfigServer } from './config-server';

describe('tables of options', () => {
  const names = (line: '8.4' | '9.1') => Object.keys(requestProperties(versions[line]));

  test('differ by release', () => {
    expect(names('9.1').filter((name) => !names('8.4').includes(name))).toEqual(['intel-tdx', 'allow-ksm']);
    expect(names('8.4').filter((name) => !names('9.1').includes(name))).toEqual([]);
  });

  test('leave to the server what is its own', () => {
    const config = Object.keys(configProperties(versions['8.4']));
    expect(config.filter((name) => !names('8.4').includes(name))).toEqual(['parent', 'snaptime', 'vmstate', 'runningmachine', 'runningcpu', 'meta']);
  });

  test('say something about every option', () => {
    for (const line of ['8.4', '9.1'] as const) {
      const silent = Object.entries(configProperties(versions[line])).filter(([, { description, optional }]) => !description || !optional);
      expect(silent).toEqual([]);
    }
  });

  test('know as many devices as a server', () => {
    const count = (name: string) => names('8.4').filter((option) => option.replace(/\d+$/, '') === name).length;
    const counts = ['ide', 'sata', 'scsi', 'virtio', 'efidisk', 'tpmstate', 'unused', 'net', 'ipconfig', 'hostpci', 'usb', 'serial', 'parallel', 'numa', 'virtiofs'];
    expect(counts.map((name) => `${name} ${count(name)}`)).toEqual([
      'ide 4', 'sata 6', 'scsi 31', 'virtio 16', 'efidisk 1', 'tpmstate 1', 'unused 256', 'net 32', 'ipconfig 32', 'hostpci 16', 'usb 14', 'serial 4', 'parallel 3',
      'numa 9', 'virtiofs 10',
    ]);
  });
});

describe('what is told of machines', () => {
  test('lists have those that may be seen', async () => {
    const server = new ConfigServer();
    await server.create(100, { name: 'a', memory: 1024, cores: 2, scsi0: 'thin:2', boot: 'order=scsi0', tags: 'x' });
    await server.create(101, { serial0: 'socket' });
    const common = { cpu: 0, disk: 0, mem: 0, netin: 0, netout: 0, status: 'stopped', uptime: 0 };
    const first = { ...common, vmid: 100, name: 'a', cpus: 2, maxdisk: 2 * 1024 ** 3, maxmem: 1024 ** 3, tags: 'x' };
    const second = { ...common, vmid: 101, name: 'VM 101', cpus: 1, maxdisk: 0, maxmem: 512 * 1024 ** 2, serial: 1 };
    expect(await server.ask('GET', '')).toEqual([first, second]);
    expect(await server.ask('GET', '', { full: 1 })).toEqual([{ ...first, qmpstatus: 'stopped' }, { ...second, qmpstatus: 'stopped' }]);
    server.as({ '/vms/101': ['VM.Audit'] });
    expect(await server.ask('GET', '')).toEqual([second]);
    expect(await server.refusal('GET', '/100/config')).toBe('403 Permission check failed (/vms/100, VM.Audit)');
  });

  test('a machine has an index', async () => {
    const server = new ConfigServer();
    expect(await server.ask('GET', '/100')).toContainEqual({ subdir: 'config' });
  });

  test('there are no snapshots', async () => {
    const server = new ConfigServer();
    await server.create(100);
    expect(await server.refusal('GET', '/100/config', { snapshot: 'before' })).toBe('500 snapshot \'before\' does not exist');
    const both = 'cannot use \'snapshot\' parameter with \'current\'';
    expect(await server.refusal('GET', '/100/config', { snapshot: 'before', current: 1 }))
      .toBe(`400 Parameter verification failed.\nsnapshot: ${both}\ncurrent: ${both}`);
  });

  test('numbers are numbers where the schema says so', async () => {
    const server = new ConfigServer();
    await server.create(100, { cores: '02', memory: '2048', cpulimit: '1.50', acpi: 0, shares: 5, migrate_downtime: '0.2', name: '123' });
    expect(await server.config(100)).toMatchObject({ cores: 2, memory: '2048', cpulimit: '1.50', acpi: 0, shares: 5, migrate_downtime: '0.2', name: '123' });
  });

  test('what waits is told with what is', async () => {
    const server = new ConfigServer();
    await server.create(100, { cores: 1, vga: 'std' });
    await server.start(100);
    await server.ask('PUT', '/100/config', { cores: 2, bios: 'ovmf', delete: 'vga' });
    const pending = await server.ask('GET', '/100/pending') as { key: string }[];
    expect(pending.filter(({ key }) => !['digest', 'meta', 'smbios1', 'vmgenid'].includes(key)).sort((a, b) => a.key < b.key ? -1 : 1)).toEqual([
      { key: 'bios', pending: 'ovmf' }, { key: 'boot', value: ' ' }, { key: 'cores', value: 1, pending: 2 }, { key: 'vga', value: 'std', delete: 1 },
    ]);
  });
});

describe('release 9.1', () => {
  test('tells of the certificates in a disk of OVMF, and keeps a TPM in any format', async () => {
    const server = new ConfigServer('9.1');
    await server.create(100, { efidisk0: 'local:1,efitype=4m,pre-enrolled-keys=1', tpmstate0: 'local:1,version=v2.0,format=qcow2' });
    expect(await server.config(100)).toMatchObject({
      efidisk0: 'local:100/vm-100-disk-0.raw,efitype=4m,ms-cert=2023w,pre-enrolled-keys=1,size=528K',
      tpmstate0: 'local:100/vm-100-disk-1.qcow2,size=4M,version=v2.0',
    });
  });

  test('does not know the geometry of disks', async () => {
    const server = new ConfigServer('9.1');
    expect(await server.refusal('POST', '', { vmid: 100, ide0: 'thin:1,cyls=1' })).toBe('400 Parameter verification failed.\nide0: invalid format - format error\n' +
      'ide0.cyls: property is not defined in schema and the schema does not allow additional properties\n');
    expect((await new ConfigServer('8.4').create(100, { ide0: 'thin:1,cyls=1' })).status).toBe('OK');
  });
});
