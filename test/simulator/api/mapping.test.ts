import { Simulated, wrong } from './simulated';

const map = ['node=pve,path=0000:01:00.0,id=10de:2484', 'node=other,path=0000:02:00;0000:03:00,id=10de:2484'];

async function simulated(): Promise<Simulated> {
  const server = new Simulated();
  await server.ask('POST', '/cluster/mapping/pci', { id: 'gpu', map, description: 'cards', mdev: '0' });
  await server.ask('POST', '/cluster/mapping/usb', { id: 'stick', map: 'node=pve,id=1234:abcd' });
  await server.ask('POST', '/cluster/mapping/dir', { id: 'share', map: 'node=pve,path=/srv/share' });
  return server;
}
const digest = expect.stringMatching(/^[0-9a-f]{40}$/) as string;

test('mappings are made without looking at nodes, and told', async () => {
  const server = await simulated();
  expect(await server.ask('GET', '/cluster/mapping')).toEqual([{ name: 'pci' }, { name: 'usb' }, { name: 'dir' }]);
  expect(await server.ask('GET', '/cluster/mapping/pci')).toEqual([{ id: 'gpu', type: 'pci', map, description: 'cards', mdev: 0, digest }]);
  expect(await server.ask('GET', '/cluster/mapping/pci/gpu')).toEqual({ type: 'pci', map, description: 'cards', mdev: 0, digest });
  expect(await server.ask('GET', '/cluster/mapping/usb', { 'check-node': 'pve' })).toMatchObject([{
    id: 'stick', errors: [{ severity: 'error', message: 'Invalid configuration: usb device \'1234:abcd\' not found\n' }],
  }]);
  expect(await server.ask('GET', '/cluster/mapping/dir', { 'check-node': 'localhost' })).toMatchObject([{
    id: 'share', checks: [{ severity: 'error', message: 'Invalid configuration: Path /srv/share does not exist\n' }],
  }]);
});

test('mappings change and go', async () => {
  const server = await simulated();
  await server.ask('PUT', '/cluster/mapping/pci/gpu', { map: map[0], mdev: '1', delete: 'description' });
  expect(await server.ask('GET', '/cluster/mapping/pci/gpu')).toEqual({ type: 'pci', map: [map[0]], mdev: 1, digest });
  expect(await server.ask('DELETE', '/cluster/mapping/pci/gpu')).toBeNull();
  expect(await server.ask('DELETE', '/cluster/mapping/pci/gpu')).toBeNull();
  expect(await server.ask('GET', '/cluster/mapping/pci')).toEqual([]);
});

test.each([
  ['POST', 'pci', { id: 'gpu', map }, [500, 'create hardware mapping failed: pci ID \'gpu\' already defined']],
  ['POST', 'pci', { id: 'x1' }, wrong({ map: 'property is missing and it is not optional' })],
  ['POST', 'pci', { id: 'x', map }, wrong({ id: 'invalid format - invalid configuration ID \'x\'\n' })],
  ['POST', 'pci', { id: 'x1', map: 'node=pve,path=0000:AF:00.0,id=10de:2484' }, wrong({ 'map[0]': 'invalid format - format error\nmap[0].path: value does not match the regex pattern\n' })],
  ['POST', 'usb', { id: 'x1', map: 'node=pve' }, wrong({ 'map[0]': 'invalid format - format error\nmap[0].id: property is missing and it is not optional\n' })],
  ['POST', 'dir', { id: 'x1', map: ['node=pve,path=/a', 'node=pve,path=/b'] }, [500, 'Node \'pve\' is specified 2 times.']],
  ['POST', 'dir', { id: 'x1', map: 'node=pve,path=a' }, wrong({
    'map[0]': 'invalid format - format error\nmap[0].path: invalid format - Value does not look like a valid absolute path. These symbols are currently not allowed in path: ;,=()\n\n',
  })],
  ['PUT', 'pci/nosuch', { map }, [500, 'update hardware mapping failed: pci ID \'nosuch\' does not exist']],
  ['PUT', 'pci/gpu', { mdev: '1' }, [500, 'update hardware mapping failed: missing value for required option \'map\'']],
  ['PUT', 'pci/gpu', { map, digest: '0' }, [500, 'update hardware mapping failed: detected modified configuration - file changed by other user? Try again.']],
  ['PUT', 'pci/gpu', { map, mdev: '1', delete: 'mdev' }, [500, 'update hardware mapping failed: cannot set and delete property \'mdev\' at the same time!']],
  ['GET', 'pci/nosuch', {}, [500, 'mapping \'nosuch\' not found']],
])('%s %s %j is refused', async (method, path, parameters, refusal) => {
  expect(await (await simulated()).refused(method, `/cluster/mapping/${path}`, parameters as { [name: string]: string })).toEqual(refusal);
});

test('mappings are seen by who may use them, and changed by who may modify them', async () => {
  const server = await simulated();
  server.as({ '/mapping/pci/gpu': ['Mapping.Use'] });
  expect(await server.ask('GET', '/cluster/mapping/pci')).toMatchObject([{ id: 'gpu' }]);
  expect(await server.ask('GET', '/cluster/mapping/usb')).toEqual([]);
  expect(await server.ask('GET', '/cluster/mapping/pci/gpu')).toMatchObject({ map });
  expect(await server.refused('GET', '/cluster/mapping/usb/stick')).toEqual([403, 'Permission check failed']);
  expect(await server.refused('POST', '/cluster/mapping/pci', { id: 'x1', map })).toEqual([403, 'Permission check failed (/mapping/pci, Mapping.Modify)']);
  expect(await server.refused('PUT', '/cluster/mapping/pci/gpu', { map })).toEqual([403, 'Permission check failed (/mapping/pci/gpu, Mapping.Modify)']);
});
