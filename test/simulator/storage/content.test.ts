import { qcow2Header } from '../../../lib/simulator/storage/qcow2-header';
import { Simulated, moment, wrong } from '../api/simulated';

const gibibyte = 1024 ** 3;
const content = '/nodes/pve/storage/local/content';

async function simulated(): Promise<Simulated> {
  const server = new Simulated();
  server.storage({ id: 'tank', type: 'zfspool' });
  server.machine(100);
  await server.file('local:import/base.qcow2', qcow2Header(2 * gibibyte));
  await server.file('local:iso/Debian.iso', 'x'.repeat(4096));
  await server.file('local:snippets/user.yaml', '#cloud-config\n');
  await server.file('local:backup/vzdump-qemu-100-2026_01_01-00_00_00.vma.zst', 'backup');
  await server.cluster.volumes.allocate('pve', 'local', 100, { bytes: gibibyte, format: 'qcow2' });
  await server.cluster.volumes.makeBase('pve', 'local:100/vm-100-disk-0.qcow2');
  await server.cluster.volumes.link('pve', 'local:100/base-100-disk-0.qcow2', 101);
  return server;
}

test('everything on a storage is listed by name, with what its kind has', async () => {
  const server = await simulated();
  const ctime = moment / 1000;
  expect(await server.ask('GET', content)).toEqual([
    { volid: 'local:100/base-100-disk-0.qcow2', content: 'images', format: 'qcow2', size: gibibyte, used: 327680, vmid: 100, parent: null, ctime },
    {
      volid: 'local:100/base-100-disk-0.qcow2/101/vm-101-disk-0.qcow2',
      content: 'images',
      format: 'qcow2',
      size: gibibyte,
      used: 200704,
      vmid: 101,
      parent: '../100/base-100-disk-0.qcow2',
      ctime,
    },
    { volid: 'local:backup/vzdump-qemu-100-2026_01_01-00_00_00.vma.zst', content: 'backup', format: 'vma.zst', size: 6, vmid: 100, ctime },
    { volid: 'local:import/base.qcow2', content: 'import', format: 'qcow2', size: 512, ctime },
    { volid: 'local:iso/Debian.iso', content: 'iso', format: 'iso', size: 4096, ctime },
    { volid: 'local:snippets/user.yaml', content: 'snippets', format: 'snippet', size: 14, ctime },
  ]);
});

test.each([
  [{ content: 'iso' }, ['local:iso/Debian.iso']],
  [{ content: 'images', vmid: '101' }, ['local:100/base-100-disk-0.qcow2/101/vm-101-disk-0.qcow2']],
  [{ content: 'images', vmid: '999' }, []],
  [{ content: 'vztmpl' }, []],
])('the list is cut down to %j', async (filter, volids) => {
  const server = await simulated();
  const found = await server.ask('GET', content, filter as { [name: string]: string }) as { volid: string }[];
  expect(found.map(({ volid }) => volid)).toEqual(volids);
});

test('the list holds only what the caller may read', async () => {
  const server = await simulated();
  server.as({ '/storage/local': ['Datastore.AllocateSpace'] });
  const volids = async () => (await server.ask('GET', content) as { volid: string }[]).map(({ volid }) => volid);
  expect(await volids()).toEqual(['local:import/base.qcow2', 'local:iso/Debian.iso']);
  server.as({ '/storage/local': ['Datastore.Audit'], '/vms/101': ['VM.Config.Disk'] }, 'other@pve');
  expect(await volids()).toEqual(['local:100/base-100-disk-0.qcow2/101/vm-101-disk-0.qcow2', 'local:import/base.qcow2', 'local:iso/Debian.iso']);
  server.as({}, 'nobody@pve');
  expect(await server.refused('GET', content)).toEqual([403, 'Permission check failed (/storage/local, Datastore.Audit|Datastore.AllocateSpace)']);
});

test('a volume says where it is and how large, by its id or its name', async () => {
  const server = await simulated();
  const iso = { path: '/var/lib/vz/template/iso/Debian.iso', size: 4096, used: 4096, format: 'raw' };
  expect(await server.ask('GET', `${content}/local%3Aiso%2FDebian.iso`)).toEqual(iso);
  expect(await server.ask('GET', `${content}/local:iso/Debian.iso`)).toEqual(iso);
  expect(await server.ask('GET', `${content}/iso%2FDebian.iso`)).toEqual(iso);
  expect(await server.ask('GET', `${content}/import%2Fbase.qcow2`)).toEqual({ path: '/var/lib/vz/import/base.qcow2', size: 2 * gibibyte, used: 4096, format: 'qcow2' });
  expect(await server.ask('GET', `${content}/backup%2Fvzdump-qemu-100-2026_01_01-00_00_00.vma.zst`)).toEqual({
    path: '/var/lib/vz/dump/vzdump-qemu-100-2026_01_01-00_00_00.vma.zst', size: 6, used: 4096, format: 'raw', protected: 0,
  });
});

test.each([
  ['tank:vm-100-disk-0', wrong({ volume: 'storage ID mismatch (tank != local)\n' })],
  ['9:x', wrong({ volume: 'unable to parse volume ID \'9:x\'\n' })],
  ['local:iso/no.iso', [500, 'volume_size_info on \'local:iso/no.iso\' failed - no format']],
  ['nosuch', [500, 'unable to parse directory volume name \'nosuch\'']],
])('the volume %s is refused', async (volume, refusal) => {
  expect(await (await simulated()).refused('GET', `${content}/${encodeURIComponent(volume)}`)).toEqual(refusal);
});

test('a volume is removed by a task, and once more without an error', async () => {
  const server = await simulated();
  const iso = `${content}/local%3Aiso%2FDebian.iso`;
  expect(await server.task('DELETE', iso)).toEqual({ status: 'OK', log: ['Removed volume \'local:iso/Debian.iso\'', 'TASK OK'] });
  expect(await server.task('DELETE', iso)).toEqual({
    status: 'OK', log: ['disk image \'/var/lib/vz/template/iso/Debian.iso\' does not exist', 'Removed volume \'local:iso/Debian.iso\'', 'TASK OK'],
  });
  const base = await server.ask('DELETE', `${content}/local%3A100%2Fbase-100-disk-0.qcow2`) as string;
  expect(base).toMatch(/:imgdel:100@local:root@pam:$/);
  await server.cluster.tasks.find(base).done;
  expect(server.cluster.tasks.find(base).exitStatus).toBe('base volume \'100/base-100-disk-0.qcow2\' is still in use by linked clones');
});

test('who waits for the end of a removal is told of it', async () => {
  const server = await simulated();
  expect(await server.ask('DELETE', `${content}/iso%2FDebian.iso`, { delay: '5' })).toBeNull();
  expect(await server.refused('DELETE', `${content}/100%2Fbase-100-disk-0.qcow2`, { delay: '5' })).toEqual([
    500, 'base volume \'100/base-100-disk-0.qcow2\' is still in use by linked clones',
  ]);
});

test('to remove needs Datastore.Allocate, of backups VM.Backup instead', async () => {
  const server = await simulated();
  const backup = `${content}/backup%2Fvzdump-qemu-100-2026_01_01-00_00_00.vma.zst`;
  server.as({ '/storage/local': ['Datastore.AllocateSpace'] });
  expect(await server.refused('DELETE', `${content}/iso%2FDebian.iso`)).toEqual([403, 'Permission check failed (/storage/local, Datastore.Allocate)']);
  expect(await server.refused('DELETE', backup)).toEqual([403, 'Permission check failed (/vms/100, VM.Backup)']);
  server.as({ '/storage/local': ['Datastore.AllocateSpace'], '/vms': ['VM.Backup'] }, 'backup@pve');
  expect((await server.task('DELETE', backup)).status).toBe('OK');
});

test('backups have notes and are protected, other volumes are not', async () => {
  const server = await simulated();
  const backup = `${content}/backup%2Fvzdump-qemu-100-2026_01_01-00_00_00.vma.zst`;
  await server.ask('PUT', backup, { notes: 'first\nsecond', protected: '1' });
  expect(await server.ask('GET', backup)).toMatchObject({ notes: 'first\nsecond', protected: 1 });
  expect(await server.ask('GET', content, { content: 'backup' })).toMatchObject([{ notes: 'first', protected: 1 }]);
  expect((await server.task('DELETE', backup)).status).toBe('cannot remove protected volume \'backup/vzdump-qemu-100-2026_01_01-00_00_00.vma.zst\' on \'local\'');
  expect(await server.refused('PUT', `${content}/iso%2FDebian.iso`, { notes: 'x' })).toEqual([500, 'only backups can have notes']);
  expect(await server.refused('PUT', `${content}/iso%2FDebian.iso`, { protected: '1' })).toEqual([500, 'only backups support attribute \'protected\'']);
});

test('empty disks are made by name and size', async () => {
  const server = await simulated();
  const make = { vmid: '105', size: '2G', filename: 'vm-105-disk-3.qcow2' };
  expect(await server.ask('POST', content, make)).toBe('local:105/vm-105-disk-3.qcow2');
  expect(server.cluster.volumes.find('pve', 'local:105/vm-105-disk-3.qcow2')).toMatchObject({ size: 2 * gibibyte, format: 'qcow2', vmid: 105 });
  expect(await server.ask('POST', '/nodes/pve/storage/tank/content', { vmid: '105', size: '512', filename: 'vm-105-disk-0' })).toBe('tank:vm-105-disk-0');
  expect(await server.refused('POST', content, make)).toEqual([500, 'disk image \'/var/lib/vz/images/105/vm-105-disk-3.qcow2\' already exists']);
  expect(await server.refused('POST', content, { ...make, format: 'raw' })).toEqual(wrong({ format: 'different storage formats (raw != qcow2)' }));
  expect(await server.refused('POST', content, { ...make, size: 'big' })).toEqual(wrong({ size: 'value does not match the regex pattern' }));
  expect(await server.refused('GET', '/nodes/pve/storage/nosuch/content')).toEqual([500, 'storage \'nosuch\' does not exist']);
  expect(await server.refused('GET', content, { content: 'films' })).toEqual(wrong({ content: 'invalid format - invalid content type \'films\'\n' }));
});
