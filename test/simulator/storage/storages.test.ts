import { Simulated, wrong } from '../api/simulated';

const gibibyte = 1024 ** 3;

function simulated(): Simulated {
  const server = new Simulated();
  server.node('other');
  server.storage({ id: 'share', type: 'nfs', shared: true, path: '/mnt/pve/share', content: ['iso'], options: { server: '127.0.0.1', export: '/srv' }, capacity: 4 * gibibyte });
  server.storage({ id: 'far', type: 'zfspool', nodes: ['other'], options: { pool: 'far' } });
  server.storage({ id: 'off', type: 'dir', path: '/off', disabled: true });
  return server;
}

test('storages are told as they are set up', async () => {
  const server = simulated();
  const digest = expect.stringMatching(/^[0-9a-f]{40}$/);
  expect(await server.ask('GET', '/storage')).toEqual([
    { storage: 'local', type: 'dir', path: '/var/lib/vz', content: 'images,rootdir,iso,vztmpl,snippets,import,backup', digest },
    { storage: 'share', type: 'nfs', path: '/mnt/pve/share', content: 'iso', shared: 1, server: '127.0.0.1', export: '/srv', digest },
    { storage: 'far', type: 'zfspool', content: 'images,rootdir', nodes: 'other', pool: 'far', digest },
    { storage: 'off', type: 'dir', path: '/off', content: 'images,rootdir', disable: 1, digest },
  ]);
  expect(await server.ask('GET', '/storage', { type: 'zfspool' })).toHaveLength(1);
  expect(await server.refused('GET', '/storage/nosuch')).toEqual([500, 'storage \'nosuch\' does not exist']);
  server.as({ '/storage/share': ['Datastore.Audit'] });
  expect(await server.ask('GET', '/storage')).toMatchObject([{ storage: 'share' }]);
  expect(await server.refused('GET', '/storage/share')).toEqual([403, 'Permission check failed (/storage/share, Datastore.Allocate)']);
});

test('a node sees its storages and how full they are', async () => {
  const server = simulated();
  await server.file('share:iso/x.iso', 'x'.repeat(1024));
  const disk = 1024 * gibibyte;
  expect(await server.ask('GET', '/nodes/pve/storage')).toEqual([
    { storage: 'far', type: 'zfspool', content: 'images,rootdir', enabled: 0, active: 0, shared: 0, total: 0, used: 0, avail: 0 },
    {
      storage: 'local',
      type: 'dir',
      content: 'images,rootdir,iso,vztmpl,snippets,import,backup',
      enabled: 1,
      active: 1,
      shared: 0,
      total: disk,
      used: 0,
      avail: disk,
      used_fraction: 0,
    },
    { storage: 'off', type: 'dir', content: 'images,rootdir', enabled: 0, active: 0, shared: 0, total: 0, used: 0, avail: 0 },
    {
      storage: 'share',
      type: 'nfs',
      content: 'iso',
      enabled: 1,
      active: 1,
      shared: 1,
      total: 4 * gibibyte,
      used: 1024,
      avail: 4 * gibibyte - 1024,
      used_fraction: 1024 / (4 * gibibyte),
    },
  ]);
  expect(await server.ask('GET', '/nodes/pve/storage/share/status')).toEqual({
    type: 'nfs', content: 'iso', enabled: 1, active: 1, shared: 1, total: 4 * gibibyte, used: 1024, avail: 4 * gibibyte - 1024,
  });
});

test.each([
  [{ content: 'images' }, ['local']],
  [{ content: 'snippets,rootdir' }, ['local']],
  [{ enabled: '1' }, ['far', 'local', 'share']],
  [{ storage: 'share' }, ['share']],
  [{ target: 'other' }, ['share']],
  [{ target: 'pve' }, ['far', 'local', 'off', 'share']],
])('the storages of a node are cut down to %j', async (filter, names) => {
  const found = await simulated().ask('GET', '/nodes/pve/storage', filter as { [name: string]: string }) as { storage: string }[];
  expect(found.map(({ storage }) => storage)).toEqual(names);
});

test('a storage that is not there is refused', async () => {
  expect(await simulated().refused('GET', '/nodes/pve/storage', { storage: 'nosuch' })).toEqual(wrong({ storage: 'No such storage.' }));
  expect(await simulated().refused('GET', '/nodes/pve/storage/nosuch/status')).toEqual(wrong({ storage: 'No such storage.' }));
});

test('storages are set up, changed and forgotten', async () => {
  const server = simulated();
  expect(await server.ask('POST', '/storage', { storage: 'more', type: 'dir', path: '/srv/more', content: 'iso,snippets', nodes: 'pve' })).toEqual({ storage: 'more', type: 'dir' });
  expect(await server.ask('POST', '/storage', { storage: 'thin', type: 'lvmthin', vgname: 'pve', thinpool: 'data' })).toEqual({ storage: 'thin', type: 'lvmthin' });
  expect(await server.ask('PUT', '/storage/more', { content: 'import', disable: '1', delete: 'nodes' })).toEqual({ storage: 'more', type: 'dir' });
  expect(await server.ask('GET', '/storage/more')).toEqual({
    storage: 'more', type: 'dir', path: '/srv/more', content: 'import', disable: 1, digest: expect.any(String) as string,
  });
  expect(await server.ask('GET', '/storage/thin')).toMatchObject({ vgname: 'pve', thinpool: 'data', content: 'images,rootdir' });
  server.cluster.access.acl.push({ path: '/storage/more', subject: 'root@pam', role: 'PVEAdmin', propagate: true });
  expect(await server.ask('DELETE', '/storage/more')).toBeNull();
  expect([server.cluster.storages.has('more'), server.cluster.access.acl]).toEqual([false, []]);
});

test.each([
  ['POST', '/storage', { storage: 'local', type: 'dir', path: '/x' }, [500, 'create storage failed: storage ID \'local\' already defined']],
  ['POST', '/storage', { storage: 'x1', type: 'dir' }, [500, 'missing value for required option \'path\'']],
  ['POST', '/storage', { storage: 'x1', type: 'dir', path: '/x', pool: 'y' }, [500, 'unexpected property \'pool\'']],
  ['POST', '/storage', { storage: 'x1', type: 'cifs' }, [500, 'storages of type \'cifs\' are not simulated']],
  ['POST', '/storage', { storage: 'x1', type: 'floppy' }, wrong({
    type: 'value \'floppy\' does not have a value in the enumeration '
      + '\'btrfs, cephfs, cifs, dir, esxi, glusterfs, iscsi, iscsidirect, lvm, lvmthin, nfs, pbs, rbd, zfs, zfspool\'',
  })],
  ['POST', '/storage', { storage: 'x1', type: 'lvmthin', vgname: 'a', thinpool: 'b', content: 'iso' }, [500, 'storage does not support content type \'none\'']],
  ['POST', '/storage', { storage: 'x1', type: 'dir', path: '/srv/x', content: 'iso,none' }, [500, 'unable to combine \'none\' with other content types']],
  ['POST', '/storage', { storage: 'x1', type: 'dir', path: '/srv/x y' }, [500, 'illegal path for directory storage: /srv/x y']],
  ['POST', '/storage', { 'storage': 'x1', 'type': 'dir', 'path': '/srv/x', 'prune-backups': 'keep-all=1,keep-last=2' }, wrong({ 'prune-backups': 'invalid format - keep-all cannot be set together with other options.\n' })],
  ['POST', '/storage', { storage: '-', type: 'dir', path: '/x' }, wrong({ storage: 'invalid format - storage ID \'-\' contains illegal characters\n' })],
  ['PUT', '/storage/local', { delete: 'path' }, [500, 'update storage failed: unable to delete required option \'path\'']],
  ['PUT', '/storage/local', { delete: 'films' }, [500, 'update storage failed: no such option \'films\'']],
  ['PUT', '/storage/local', { delete: 'content', content: 'iso' }, [500, 'update storage failed: cannot set and delete property \'content\' at the same time!']],
  ['PUT', '/storage/nosuch', { content: 'iso' }, [500, 'update storage failed: storage \'nosuch\' does not exist']],
  ['PUT', '/storage/local', { content: 'iso', digest: '0' }, [500, 'update storage failed: detected modified configuration - file changed by other user? Try again.']],
  ['PUT', '/storage/local', { path: '/y' }, wrong({ path: 'property is not defined in schema and the schema does not allow additional properties' })],
  ['DELETE', '/storage/nosuch', {}, [500, 'delete storage failed: storage \'nosuch\' does not exist']],
])('%s %s %j is refused', async (method, path, parameters, refusal) => {
  expect(await simulated().refused(method, path, parameters as { [name: string]: string })).toEqual(refusal);
});

test('a folder can hold nothing, and is named without what does not matter in its path', async () => {
  const server = new Simulated();
  await server.ask('POST', '/storage', { storage: 'empty', type: 'dir', path: '/srv//x/./y/', content: 'none' });
  expect(await server.ask('GET', '/storage/empty')).toEqual({ storage: 'empty', type: 'dir', path: '/srv/x/y', content: 'none', digest: expect.stringMatching(/^[0-9a-f]{40}$/) });
});
