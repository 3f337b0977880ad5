import { createHash } from 'node:crypto';
import * as http from 'node:http';
import * as https from 'node:https';
import { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { certify } from '../../../lib/simulator/http/certificate';
import { qcow2Header } from '../../../lib/simulator/storage/qcow2-header';
import { Simulated, moment, uploaded, wrong } from '../api/simulated';

const iso = Buffer.alloc(40 * 1024 ** 2, 'x');
const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');
const time = new Date(moment).toISOString().slice(0, 19).replace('T', ' ');
const files: { readonly [path: string]: Buffer } = { '/mini.iso': iso, '/base.qcow2': qcow2Header(1024 ** 3), '/mini.iso.gz': gzipSync(Buffer.from('iso')), '/mini.iso.zst': Buffer.from('zst') };
let web: http.Server;
let base: string;
let closed: string;

const serve: http.RequestListener = (request, response) => {
  const { pathname } = new URL(request.url!, 'http://x');
  if (pathname === '/moved') return void response.writeHead(302, { Location: '/mini.iso' }).end();
  if (pathname === '/cut') {
    response.writeHead(200, { 'Content-Length': 100 });
    response.write('x'.repeat(50));
    return void setImmediate(() => response.destroy());
  }
  if (pathname === '/slow') {
    response.writeHead(200, { 'Content-Length': 100 });
    return void response.write('x');
  }
  const content = files[pathname];
  if (content === undefined) return void response.writeHead(404, 'File not found').end();
  response.writeHead(200, {
    'Content-Length': content.length,
    'Content-Type': 'application/x-iso9660-image; charset=x',
    ...pathname === '/base.qcow2' ? { 'Content-Disposition': 'attachment; filename="named.qcow2"' } : {},
  });
  response.end(request.method === 'HEAD' ? undefined : content);
};

beforeAll(async () => {
  web = http.createServer(serve);
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  base = `127.0.0.1:${(web.address() as AddressInfo).port}`;
  const other = http.createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  closed = `127.0.0.1:${(other.address() as AddressInfo).port}`;
  await new Promise((resolve) => other.close(resolve));
});
afterAll(() => new Promise((resolve) => web.close(resolve)));

const fetchFile = (server: Simulated, path: string, more: { readonly [name: string]: string } = {}) =>
  server.task('POST', '/nodes/pve/storage/local/download-url', { url: `http://${base}${path}`, filename: 'x.iso', content: 'iso', ...more });
const target = '/var/lib/vz/template/iso/x.iso';

test('a file is fetched with the lines of wget, and is there', async () => {
  const server = new Simulated();
  const { status, log } = await fetchFile(server, '/mini.iso', { 'checksum': sha256(iso).toUpperCase(), 'checksum-algorithm': 'sha256' });
  expect(status).toBe('OK');
  expect(log).toEqual([
    `downloading http://${base}/mini.iso to ${target}`,
    `--${time}--  http://${base}/mini.iso`,
    `Connecting to ${base}... connected.`,
    'HTTP request sent, awaiting response... 200 OK',
    'Length: 41943040 (40M) [application/x-iso9660-image]',
    expect.stringMatching(/^Saving to: '\/var\/lib\/vz\/template\/iso\/x\.iso\.tmp_dwnl\.\d+'$/),
    expect.stringMatching(/^ {5}0K \.{8} \.{8} \.{8} \.{8} 80% [ \d.]{4}[KMG]/),
    expect.stringMatching(/^ 32768K \.{8} {28}100% [ \d.]{4}[KMG]=[\d.]+s$/),
    expect.stringMatching(new RegExp(`^${time} \\([\\d.]+ [KMG]B/s\\) - '/var/lib/vz/template/iso/x\\.iso\\.tmp_dwnl\\.\\d+' saved \\[41943040/41943040\\]$`)),
    'calculating checksum...OK, checksum verified',
    `download of 'http://${base}/mini.iso' to '${target}' finished`,
    'TASK OK',
  ]);
  expect(server.cluster.volumes.find('pve', 'local:iso/x.iso')).toMatchObject({ size: iso.length, format: 'iso', content: 'iso' });
});

test('an image keeps its virtual size', async () => {
  const server = new Simulated();
  expect((await fetchFile(server, '/base.qcow2', { content: 'import', filename: 'a b.qcow2' })).status).toBe('OK');
  expect(server.cluster.volumes.find('pve', 'local:import/a_b.qcow2')).toMatchObject({ size: 512, virtualBytes: 1024 ** 3, format: 'qcow2' });
});

test('what is there stays, unless it is what was wanted', async () => {
  const server = new Simulated();
  const check = { 'checksum': sha256(iso), 'checksum-algorithm': 'sha256' };
  await fetchFile(server, '/mini.iso', check);
  const start = `downloading http://${base}/mini.iso to ${target}`;
  expect(await fetchFile(server, '/mini.iso')).toEqual({
    status: `refusing to override existing file '${target}'`, log: [start, `TASK ERROR: refusing to override existing file '${target}'`],
  });
  expect(await fetchFile(server, '/mini.iso', check)).toEqual({
    status: 'OK', log: [start, 'calculating checksum of existing file...OK, got correct file already, no need to download', 'TASK OK'],
  });
  const mismatch = `checksum mismatch: got '${sha256(iso)}' != expect '00', aborting`;
  expect(await fetchFile(server, '/mini.iso', { ...check, checksum: '00' })).toEqual({
    status: mismatch, log: [start, 'calculating checksum of existing file...', `TASK ERROR: ${mismatch}`],
  });
});

test('a wrong checksum leaves nothing', async () => {
  const server = new Simulated();
  const { status, log } = await fetchFile(server, '/mini.iso', { 'checksum': '00', 'checksum-algorithm': 'sha256' });
  expect(status).toBe(`checksum mismatch: got '${sha256(iso)}' != expect '00'`);
  expect(log.slice(-2)).toEqual(['calculating checksum...', `TASK ERROR: ${status}`]);
  expect(server.cluster.storages.get('local')!.on('pve')).toEqual([]);
});

test('what the server in the web does not give is an error', async () => {
  const server = new Simulated();
  expect(await fetchFile(server, '/nope')).toEqual({
    status: 'download failed: exit code 8',
    log: [
      `downloading http://${base}/nope to ${target}`, `--${time}--  http://${base}/nope`, `Connecting to ${base}... connected.`,
      'HTTP request sent, awaiting response... 404 File not found', `${time} ERROR 404: File not found.`, 'TASK ERROR: download failed: exit code 8',
    ],
  });
  expect(await fetchFile(server, '/', { url: `http://${closed}/x.iso` })).toEqual({
    status: `download failed: Connecting to ${closed}... failed: Connection refused.`,
    log: [
      `downloading http://${closed}/x.iso to ${target}`, `--${time}--  http://${closed}/x.iso`,
      `TASK ERROR: download failed: Connecting to ${closed}... failed: Connection refused.`,
    ],
  });
  expect((await fetchFile(server, '/cut')).status).toBe('download failed: exit code 4');
  expect(server.cluster.storages.get('local')!.on('pve')).toEqual([]);
});

test('it goes where the server in the web points to', async () => {
  const { status, log } = await fetchFile(new Simulated(), '/moved');
  expect(status).toBe('OK');
  expect(log.slice(3, 7)).toEqual([
    'HTTP request sent, awaiting response... 302 Found', 'Location: /mini.iso [following]', `--${time}--  http://${base}/mini.iso`, `Connecting to ${base}... connected.`,
  ]);
});

test('packed files are unpacked, as far as the simulator can', async () => {
  const server = new Simulated();
  const { status, log } = await fetchFile(server, '/mini.iso.gz', { compression: 'gz' });
  expect([status, log.at(-3)]).toEqual(['OK', expect.stringMatching(/^decompressing \S+\.tmp_dwnl\.\d+ to \S+\.tmp_dcom\.\d+$/)]);
  expect(server.cluster.volumes.find('pve', 'local:iso/x.iso').size).toBe(3);
  expect((await fetchFile(server, '/mini.iso.zst', { compression: 'zst', filename: 'y.iso' })).status).toBe('the simulator cannot decompress \'zst\', only \'gz\'');
  expect((await fetchFile(server, '/base.qcow2', { compression: 'gz', content: 'import', filename: 'y.qcow2' })).status).toBe('decompression not supported for import');
});

test('a download that is stopped lets go of the server and leaves nothing', async () => {
  const server = new Simulated();
  const dropped = new Promise((resolve) => web.once('request', (request: http.IncomingMessage) => request.socket.once('close', resolve)));
  const started = new Promise((resolve) => web.once('request', resolve));
  const upid = await server.ask('POST', '/nodes/pve/storage/local/download-url', { url: `http://${base}/slow`, filename: 'x.iso', content: 'iso' }) as string;
  await started;
  await server.ask('DELETE', `/nodes/pve/tasks/${upid}`);
  await server.cluster.tasks.find(upid).done;
  await dropped;
  expect(server.cluster.tasks.find(upid).exitStatus).toBe('received interrupt');
  expect(server.cluster.storages.get('local')!.on('pve')).toEqual([]);
});

test('what is no image of its name, or has no room, is refused in the end', async () => {
  const server = new Simulated();
  expect((await fetchFile(server, '/mini.iso', { content: 'import', filename: 'x.qcow2' })).status)
    .toMatch(/^failed to verify file: qemu-img: Could not open '\/var\/lib\/vz\/import\/x\.qcow2\.tmp_dwnl\.\d+': Image is not in qcow2 format$/);
  server.cluster.faults.add({ fullStorage: 'local' });
  expect((await fetchFile(server, '/mini.iso')).status).toMatch(/^download failed: Cannot write to '\S+' \(No space left on device\)\.$/);
  expect(server.cluster.storages.get('local')!.on('pve')).toEqual([]);
});

test('a certificate nobody trusts is refused, unless it need not be', async () => {
  const authority = certify({ name: 'nobody' });
  const { certificate, key } = certify({ name: '127.0.0.1', goodFor: ['127.0.0.1'] }, authority);
  const secure = https.createServer({ cert: certificate, key }, serve);
  await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
  const where = `127.0.0.1:${(secure.address() as AddressInfo).port}`;
  try {
    const server = new Simulated();
    const url = `https://${where}/mini.iso`;
    expect((await fetchFile(server, '/', { url })).status).toBe('download failed: To connect to 127.0.0.1 insecurely, use `--no-check-certificate\'.');
    expect((await fetchFile(server, '/', { url, 'verify-certificates': '0' })).status).toBe('OK');
    expect(await server.refused('GET', '/nodes/pve/query-url-metadata', { url })).toEqual([
      500, `invalid server response: '500 Can't connect to ${where} (certificate verify failed)'`,
    ]);
    expect(await server.ask('GET', '/nodes/pve/query-url-metadata', { url, 'verify-certificates': '0' })).toMatchObject({ filename: 'mini.iso' });
  } finally {
    secure.closeAllConnections();
    await new Promise((resolve) => secure.close(resolve));
  }
});

test('a server in the web says what it has', async () => {
  const server = new Simulated();
  const query = (url: string) => server.ask('GET', '/nodes/pve/query-url-metadata', { url });
  expect(await query(`http://${base}/mini.iso?x=1`)).toEqual({ filename: 'mini.iso', size: iso.length, mimetype: 'application/x-iso9660-image' });
  expect(await query(`http://${base}/base.qcow2`)).toMatchObject({ filename: 'named.qcow2', size: 512 });
  expect(await query(`http://${base}/moved`)).toMatchObject({ filename: 'moved', size: iso.length });
  const refused = (url: string) => server.refused('GET', '/nodes/pve/query-url-metadata', { url });
  expect(await refused(`http://${base}/nope`)).toEqual([500, 'invalid server response: \'404 File not found\'']);
  expect(await refused(`http://${closed}/x`)).toEqual([500, `invalid server response: '500 Can't connect to ${closed} (Connection refused)'`]);
  expect(await refused('ftp://x')).toEqual(wrong({ url: 'value does not match the regex pattern' }));
});

test('an upload replaces what was there', async () => {
  const server = new Simulated();
  const upload = (content: string, more = {}) =>
    server.task('POST', '/nodes/pve/storage/local/upload', { content: 'iso', filename: 'a b.iso', ...more }, uploaded('a b.iso', content));
  const lines = (bytes: number) => [
    'starting file import from: /var/tmp/pveupload-0123456789abcdef0123456789abcdef', 'target node: pve', 'target file: /var/lib/vz/template/iso/a_b.iso',
    `file size is: ${bytes}`, 'command: cp -- /var/tmp/pveupload-0123456789abcdef0123456789abcdef /var/lib/vz/template/iso/a_b.iso', 'finished file import successfully', 'TASK OK',
  ];
  expect(await upload('first')).toEqual({ status: 'OK', log: lines(5) });
  expect(await upload('second')).toEqual({ status: 'OK', log: lines(6) });
  expect(server.cluster.storages.get('local')!.on('pve')).toMatchObject([{ volid: 'local:iso/a_b.iso', size: 6 }]);
  const md5 = createHash('md5').update('third').digest('hex');
  expect((await upload('third', { 'checksum': md5, 'checksum-algorithm': 'md5' })).log[1]).toBe('calculating checksum...OK, checksum verified');
  expect(await upload('third', { 'checksum': 'ff', 'checksum-algorithm': 'md5' })).toEqual({
    status: `checksum mismatch: got '${md5}' != expect 'ff'`, log: [lines(0)[0], 'calculating checksum...', `TASK ERROR: checksum mismatch: got '${md5}' != expect 'ff'`],
  });
  server.cluster.faults.add({ fullStorage: 'local' });
  expect((await upload('fourth')).status).toBe('import failed: cp: error writing \'/var/lib/vz/template/iso/a_b.iso\': No space left on device');
});

test.each([
  ['upload', { content: 'iso', filename: 'a.txt' }, wrong({ filename: 'wrong file extension' })],
  ['upload', { content: 'vztmpl', filename: 'a.iso' }, wrong({ filename: 'wrong file extension' })],
  ['upload', { content: 'import', filename: 'a.iso' }, wrong({ filename: 'invalid filename or wrong extension' })],
  ['upload', { content: 'snippets', filename: 'a.yaml' }, wrong({ content: 'value \'snippets\' does not have a value in the enumeration \'iso, vztmpl, import\'' })],
  ['upload', { content: 'iso', filename: 'a.iso' }, [500, 'missing temporary file name']],
  ['download-url', { content: 'iso', filename: 'a.iso', url: 'http://127.0.0.1/', checksum: 'x' },
    wrong({ 'checksum-algorithm': 'missing property - \'checksum\' requires this property' })],
  ['download-url', { content: 'import', filename: 'a.bin', url: 'http://127.0.0.1/' }, wrong({ filename: 'invalid filename or wrong extension' })],
])('%s of %j is refused', async (what, parameters, refusal) => {
  expect(await new Simulated().refused('POST', `/nodes/pve/storage/local/${what}`, parameters as { [name: string]: string })).toEqual(refusal);
});

test('files do not go where they cannot', async () => {
  const server = new Simulated();
  server.storage({ id: 'thin', type: 'lvmthin' });
  server.storage({ id: 'disks', type: 'dir', path: '/disks' });
  const file = { content: 'iso', filename: 'a.iso' };
  const url = { ...file, url: `http://${base}/mini.iso` };
  const refused = (storage: string, what: string, parameters: typeof file) => server.refused('POST', `/nodes/pve/storage/${storage}/${what}`, parameters);
  expect(await refused('thin', 'upload', file)).toEqual([500, 'can\'t upload to storage type \'lvmthin\'']);
  expect(await refused('disks', 'upload', file)).toEqual([500, 'storage \'disks\' does not support \'iso\' content']);
  expect(await refused('thin', 'download-url', url)).toEqual([500, 'can\'t upload to storage type \'lvmthin\', not a file based storage!']);
  expect(await refused('disks', 'download-url', url)).toEqual([500, 'storage \'disks\' is not configured for content-type \'iso\'']);
  server.as({ '/storage/local': ['Datastore.AllocateTemplate'] });
  expect(await refused('local', 'download-url', url)).toEqual([403, 'Permission check failed']);
  expect(await refused('disks', 'upload', file)).toEqual([403, 'Permission check failed (/storage/disks, Datastore.AllocateTemplate)']);
  server.as({ '/storage/local': ['Datastore.AllocateTemplate'], '/nodes/pve': ['Sys.AccessNetwork'] }, 'net@pve');
  expect((await server.task('POST', '/nodes/pve/storage/local/download-url', url)).status).toBe('OK');
});
