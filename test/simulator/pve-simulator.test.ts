import { Readable } from 'node:stream';
import { Duration } from '../../lib/core';
import { GuestEngine, PveRelease, PveSimulator } from '../../lib/simulator';
import { Client } from './client';

const running: PveSimulator[] = [];
const start = async (...props: Parameters<typeof PveSimulator.start>) => {
  const pve = await PveSimulator.start(...props);
  running.push(pve);
  return pve;
};
afterEach(async () => {
  for (const pve of running.splice(0)) await pve.stop();
});

test.each([[PveRelease.V8_4, '8.4'], [PveRelease.V9_1, '9.1']])('release %s says that it is %s', async (release, line) => {
  expect(await (await start({ release })).call('GET', '/version')).toMatchObject({ release: line });
});

test('it says where it is, and answers there with a certificate of its own', async () => {
  const pve = await start({ address: '127.0.0.2', apiTokenSecret: '0000', rootPassword: 'known' });
  expect(pve.endpoint).toMatch(/^https:\/\/127\.0\.0\.2:\d+$/);
  expect([pve.apiToken, pve.rootPassword]).toEqual(['root@pam!simulator=0000', 'known']);
  expect(await new Client(pve).send('GET', '/version')).toMatchObject({ status: 200 });
});

test('a taken port is an error', async () => {
  const pve = await start();
  await expect(start({ port: Number(new URL(pve.endpoint).port) })).rejects.toThrow('EADDRINUSE');
});

test('machines and templates stand there by their ids, with their configuration', async () => {
  const pve = await start();
  await pve.call('POST', '/nodes/pve/qemu', { vmid: '200', name: 'web', tags: 'b;a', scsi0: 'local-lvm:8' });
  await pve.call('POST', '/nodes/pve/qemu', { vmid: '100', name: 'image' });
  await pve.call('POST', '/nodes/pve/qemu/100/template');
  await pve.call('POST', '/nodes/pve/qemu/200/status/start');
  expect(pve.vms.map(({ config: _, ...vm }) => vm)).toEqual([
    { vmId: 100, name: 'image', node: 'pve', template: true, running: false, tags: [] },
    { vmId: 200, name: 'web', node: 'pve', template: false, running: true, tags: ['b', 'a'] },
  ]);
  expect(pve.vms[1].config).toMatchObject({ name: 'web', scsi0: 'local-lvm:vm-200-disk-0,size=8G' });
  expect(Object.keys(pve.vms[1].config)).toEqual(Object.keys(pve.vms[1].config).sort());
  expect(pve.volumes).toEqual([{ volumeId: 'local-lvm:vm-200-disk-0', content: 'images', bytes: 8 * 1024 ** 3, node: 'pve' }]);
  expect(pve.tasks.map(({ type, id, exitStatus }) => [type, id, exitStatus])).toEqual([
    ['qmcreate', '200', 'OK'], ['qmcreate', '100', 'OK'], ['qmtemplate', '100', 'OK'], ['qmstart', '200', 'OK'],
  ]);
  expect(pve.tasks[0].log[pve.tasks[0].log.length - 1]).toBe('TASK OK');
});

test('requests are kept with who asked, and a listener is told', async () => {
  const pve = await start({ apiTokenSecret: '0000' });
  const told: string[] = [];
  pve.onRequest(({ method, path, status }) => told.push(`${status} ${method} ${path}`));
  const client = new Client(pve);
  await client.send('GET', '/cluster/resources', { type: 'vm' });
  await client.send('POST', '/pools', { poolid: 'a b' });
  client.headers = {};
  await client.send('GET', '/version');
  expect(pve.requests).toEqual([
    { method: 'GET', path: '/cluster/resources', parameters: { type: 'vm' }, caller: 'root@pam!simulator', status: 200, reason: 'OK' },
    { method: 'POST', path: '/pools', parameters: { poolid: 'a b' }, caller: 'root@pam!simulator', status: 400, reason: 'Parameter verification failed.' },
    { method: 'GET', path: '/version', parameters: {}, caller: '', status: 401, reason: 'No ticket' },
  ]);
  expect(told).toEqual(['200 GET /cluster/resources', '400 POST /pools', '401 GET /version']);
});

test.each([
  ['GET', '/nonsense', {}, 'The server answers 501 Method \'GET /nonsense\' not implemented'],
  ['POST', '/pools', { poolid: 'a b', x: '1' }, 'The server answers 400 Parameter verification failed. poolid: invalid format - pool name \'a b\' contains invalid characters, x: property is not defined'],
  ['POST', '/nodes/pve/qemu/9/status/start', {}, 'The server answers 400'],
  ['GET', '/nodes/pve/qemu/900/config', {}, 'The server answers 500 Configuration file \'nodes/pve/qemu-server/900.conf\' does not exist'],
  ['POST', '/nodes/pve/qemu/100/status/start', {}, 'The server answers 500 start failed: QEMU exited with code 1'],
])('a call that fails throws simulator-call: %s %s', async (method, path, parameters, text) => {
  const pve = await start();
  await pve.call('POST', '/nodes/pve/qemu', { vmid: '100', net0: 'virtio,bridge=vmbr9' });
  const call = pve.call(method, path, parameters as { [name: string]: string });
  await expect(call).rejects.toThrow(text);
  await expect(call).rejects.toThrow(`PveSimulator: [simulator-call] ${method} ${path}, got: `);
});

test('a container, a file, and what an address gives', async () => {
  const pve = await start({ nodes: [{ name: 'a' }, { name: 'b' }] });
  pve.addContainer(300);
  pve.addContainer(200, 'b');
  expect(pve.containerIds).toEqual([200, 300]);
  expect(pve.vms).toEqual([]);
  expect(await pve.call('GET', '/cluster/resources', { type: 'vm' })).toMatchObject([{ id: 'lxc/200', node: 'b' }, { id: 'lxc/300', node: 'a' }]);
  await pve.addFile('local:snippets/user.yaml', Readable.from(['#cloud-config\n']), 'b');
  pve.addDownload({ url: 'https://images.invalid/x.iso', bytes: 2048 });
  await pve.call('POST', '/nodes/a/storage/local/download-url', { url: 'https://images.invalid/x.iso', content: 'iso', filename: 'y.iso' });
  expect(pve.volumes).toEqual([
    { volumeId: 'local:iso/y.iso', content: 'iso', bytes: 2048, node: 'a' }, { volumeId: 'local:snippets/user.yaml', content: 'snippets', bytes: 14, node: 'b' },
  ]);
});

test('a guest agent answers what it is told to; nothing boots', async () => {
  const pve = await start({ engine: GuestEngine.none() });
  await pve.call('POST', '/nodes/pve/qemu', { vmid: '100', agent: '1', start: '1' });
  await pve.idle();
  await expect(pve.call('GET', '/nodes/pve/qemu/100/agent/network-get-interfaces')).rejects.toThrow('QEMU guest agent is not running');
  pve.setAgentAnswers(100, { 'guest-network-get-interfaces': [{ name: 'eth0' }] });
  expect(await pve.call('GET', '/nodes/pve/qemu/100/agent/network-get-interfaces')).toEqual({ result: [{ name: 'eth0' }] });
  expect([pve.guestAddress(100), pve.consoleLog(100)]).toEqual([undefined, '']);
});

test('tasks take their time, and it can be waited for', async () => {
  const pve = await start({ taskDuration: Duration.seconds(0.02) });
  const { body } = await new Client(pve).send('POST', '/nodes/pve/qemu', { vmid: '100' });
  expect(pve.tasks).toMatchObject([{ upid: JSON.parse(body).data, exitStatus: undefined }]);
  await pve.idle();
  expect(pve.tasks).toMatchObject([{ exitStatus: 'OK' }]);
});

test('after stop nobody answers', async () => {
  const pve = await PveSimulator.start();
  await pve.stop();
  await expect(new Client(pve).send('GET', '/version')).rejects.toThrow('ECONNREFUSED');
});
