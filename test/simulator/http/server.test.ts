import * as https from 'node:https';
import * as tls from 'node:tls';
import { PveSimulator } from '../../../lib/simulator';
import { Client } from '../client';

let pve: PveSimulator;
let client: Client;
beforeAll(async () => {
  pve = await PveSimulator.start({ rootPassword: 'root\'s', tokens: [{ id: 'ci@pve!t', secret: 's', permissions: [{ path: '/vms', privileges: ['VM.Audit'] }] }] });
});
afterAll(() => pve.stop());
beforeEach(() => {
  client = new Client(pve);
});

test('an answer is an envelope, with the headers of PVE\'s daemon', async () => {
  const { status, reason, headers, body } = await client.send('GET', '/version');
  expect([status, reason, JSON.parse(body)]).toEqual([200, 'OK', { data: { version: '9.1.6', release: '9.1', repoid: expect.stringMatching(/^[0-9a-f]+$/) } }]);
  expect(headers).toMatchObject({
    'cache-control': 'max-age=0', 'pragma': 'no-cache', 'server': 'pve-api-daemon/3.0', 'content-type': 'application/json;charset=UTF-8', 'content-length': `${body.length}`,
  });
});

test.each([
  ['what it does not know', 'GET', '/nonsense', {}, 501, 'Method \'GET /nonsense\' not implemented', { data: null, message: 'Method \'GET /nonsense\' not implemented' }],
  ['a method it does not know', 'DELETE', '/version', {}, 501, 'Method \'DELETE /version\' not implemented', { data: null, message: 'Method \'DELETE /version\' not implemented' }],
  ['wrong parameters', 'GET', '/cluster/resources', { type: 'x' }, 400, 'Parameter verification failed.', {
    data: null, message: 'Parameter verification failed.\n', errors: { type: 'value \'x\' does not have a value in the enumeration \'vm, storage, node, sdn\'' },
  }],
  ['what fails', 'GET', '/nodes/pve/qemu/900/config', {}, 500, 'Configuration file \'nodes/pve/qemu-server/900.conf\' does not exist', {
    data: null, message: 'Configuration file \'nodes/pve/qemu-server/900.conf\' does not exist\n',
  }],
  ['a node that is not there', 'GET', '/nodes/other/qemu', {}, 500, expect.stringMatching(/^hostname lookup 'other' failed/), { data: null, message: expect.stringMatching(/^hostname lookup 'other' failed.*\n$/s) }],
])('%s: status, reason phrase and body, and the connection is closed', async (_, method, path, form, status, reason, body) => {
  const answer = await client.send(method, path, form as { [name: string]: string });
  expect([answer.status, answer.reason, JSON.parse(answer.body), answer.headers.connection]).toEqual([status, reason, body, 'close']);
});

test('for ExtJS all is well, and the body says what is not', async () => {
  expect(await client.request('GET', '/api2/extjs/version')).toMatchObject({ status: 200, body: expect.stringMatching(/^\{"success":1,"data":\{/) });
  const { status, reason, body } = await client.request('GET', '/api2/extjs/cluster/resources?type=x');
  expect([status, reason, JSON.parse(body)]).toEqual([200, 'OK', { data: null, success: 0, status: 400, message: 'Parameter verification failed.\n', errors: { type: expect.any(String) } }]);
});

test('a reason phrase is the first line of the message; the body has all of it', async () => {
  pve.addFault({ status: 500, reason: 'first line\ngrößer als die erste' });
  const answer = await client.send('GET', '/version');
  expect([answer.reason, JSON.parse(answer.body).message]).toEqual(['first line', 'first line\ngrößer als die erste\n']);
});

test('a message that cannot stand in a reason phrase breaks the answer, as it does PVE\'s', async () => {
  pve.addFault({ status: 500, reason: 'a\rb' });
  expect(await client.send('GET', '/version')).toMatchObject({ status: 400, reason: 'Bad Request', body: '' });
});

test('beside the API there is nothing', async () => {
  expect(await client.request('GET', '/')).toMatchObject({ status: 500, reason: 'no such file \'/\'', body: 'no such file \'/\'\n' });
});

test.each([
  ['nothing', {}, 'No ticket'],
  ['a wrong secret', { Authorization: 'PVEAPIToken=root@pam!simulator=x' }, 'Authentication failed!'],
  ['a token nobody has', { Authorization: 'PVEAPIToken=root@pam!other=x' }, 'Authentication failed!'],
  ['no token', { Authorization: 'PVEAPIToken=nonsense' }, 'Authentication failed!'],
  ['a ticket of another server', { Cookie: 'PVEAuthCookie=PVE:root@pam:6B49D200::c2lnbmF0dXJl' }, 'Authentication failed!'],
])('who shows %s gets 401 without a body', async (_, headers, reason) => {
  client.headers = headers as { [name: string]: string };
  expect(await client.send('GET', '/version')).toMatchObject({ status: 401, reason, body: '' });
});

test('a token has its rights, in words that name what is missing', async () => {
  client.headers = { Authorization: 'PVEAPIToken=ci@pve!t=s' };
  expect(await client.send('GET', '/nodes/pve/qemu')).toMatchObject({ status: 200 });
  expect(await client.send('POST', '/pools', { poolid: 'x' })).toMatchObject({ status: 403, reason: 'Permission check failed (/pool/x, Pool.Allocate)' });
});

test('a ticket reads; to change something takes its token as well', async () => {
  client.headers = {};
  const { data } = JSON.parse((await client.send('POST', '/access/ticket', { username: 'root@pam', password: 'root\'s' })).body);
  client.headers = { Cookie: `PVEAuthCookie=${data.ticket}` };
  expect(await client.send('GET', '/version')).toMatchObject({ status: 200 });
  expect(await client.send('POST', '/pools', { poolid: 'by-ticket' })).toMatchObject({ status: 401, reason: 'Permission denied - invalid csrf token' });
  client.headers.CSRFPreventionToken = data.CSRFPreventionToken;
  expect(await client.send('POST', '/pools', { poolid: 'by-ticket' })).toMatchObject({ status: 200, body: '{"data":null}' });
  client.headers = { Cookie: `other=1; PVEAuthCookie=${encodeURIComponent(data.ticket)}` };
  expect(await client.send('GET', '/version')).toMatchObject({ status: 200 });
});

test('what follows a second equals sign of a pair is lost, and ; separates', async () => {
  const type = 'application/x-www-form-urlencoded';
  expect(await client.request('POST', '/api2/json/pools', 'poolid=a=b;comment=x+y%C3%A4&', type)).toMatchObject({ status: 200 });
  expect(await pve.call('GET', '/pools', { poolid: 'a' })).toMatchObject([{ poolid: 'a', comment: 'x yä' }]);
});

test('a form can be JSON: true and false are 1 and 0, null is nothing', async () => {
  const send = (body: object) => client.request('POST', '/api2/json/nodes/pve/qemu', JSON.stringify(body), 'application/json');
  expect(await send({ vmid: 500, name: 'json', onboot: true, kvm: false, tags: null, cores: 2 })).toMatchObject({ status: 200 });
  await pve.idle();
  expect(pve.vms[0].config).toMatchObject({ name: 'json', onboot: '1', kvm: '0', cores: '2' });
  expect(pve.requests[pve.requests.length - 1].parameters).toEqual({ vmid: '500', name: 'json', onboot: '1', kvm: '0', cores: '2' });
});

test('a file comes as a form of several parts', async () => {
  const part = (head: string, content: string) => `--x\r\nContent-Disposition: form-data; ${head}\r\n\r\n${content}\r\n`;
  const body = `${part('name="content"', 'iso')}${part('name="filename"; filename="small.iso"\r\nContent-Type: application/octet-stream', 'twelve bytes')}--x--\r\n`;
  expect(await client.request('POST', '/api2/json/nodes/pve/storage/local/upload', body, 'multipart/form-data; boundary=x')).toMatchObject({ status: 200 });
  await pve.idle();
  expect(pve.volumes).toContainEqual({ volumeId: 'local:iso/small.iso', content: 'iso', bytes: 12, node: 'pve' });
});

test('a parameter in the path is not contradicted', async () => {
  expect(await client.send('GET', '/nodes/pve/qemu', { node: 'pve' })).toMatchObject({ status: 200 });
  expect(JSON.parse((await client.send('GET', '/nodes/pve/qemu', { node: 'other' })).body).errors).toEqual({ node: 'duplicate parameter (already defined in URI) with conflicting values!' });
});

test('a connection stays open as long as all is well', async () => {
  const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
  const sockets = new Set<unknown>();
  agent.on('free', (socket) => sockets.add(socket));
  const staying = new Client(pve, agent);
  for (let i = 0; i < 3; i++) await staying.send('GET', '/version');
  expect(sockets.size).toBe(1);
  agent.destroy();
});

test('TLS 1.3, and a certificate its authority vouches for under each of its names', async () => {
  const { port } = new URL(pve.endpoint);
  const connect = (options: tls.ConnectionOptions) => new Promise<string>((resolve) => {
    const socket = tls.connect({ host: '127.0.0.1', port: Number(port), ca: pve.certificate, ...options });
    socket.once('secureConnect', () => resolve(socket.getProtocol()!)).once('error', (error: NodeJS.ErrnoException) => resolve(error.code!)).once('close', () => resolve('closed'));
    socket.once('secureConnect', () => socket.destroy());
  });
  expect(await Promise.all([{ servername: 'localhost' }, { servername: 'pve' }, { servername: 'other' }, { maxVersion: 'TLSv1.2' as const }].map(connect)))
    .toEqual(['TLSv1.3', 'TLSv1.3', 'ERR_TLS_CERT_ALTNAME_INVALID', 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION']);
});
