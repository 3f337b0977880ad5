import * as fs from 'node:fs';
import * as https from 'node:https';
import { AddressInfo, createServer } from 'node:net';
import * as path from 'node:path';
import { runSimulator } from '../../lib/simulator';
import { temporaryFolder } from '../support/synth';

let out = '';
let err = '';
beforeEach(() => {
  out = err = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => (out += `${text}`) !== undefined);
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => (err += `${text}`) !== undefined);
  jest.spyOn(console, 'log').mockImplementation((text) => void (out += `${text}\n`));
});
afterEach(() => jest.restoreAllMocks());

test('--help shows the options, and nothing is started', async () => {
  expect(await runSimulator(['--help'])).toBe(0);
  expect(out).toMatch(/^proxmox-constructs-simulator: .*--port PORT.*--quiet/s);
  expect(err).toBe('');
});

test.each([
  [['--port', 'x'], '--port x is not a port'],
  [['--port', '0'], '--port 0 is not a port'],
  [['--port', '65536'], '--port 65536 is not a port'],
  [['--release', '7.4'], '--release 7.4 is not simulated; 8.4 and 9.1 are'],
  [['--engine', 'kvm'], '--engine kvm is neither none nor qemu'],
  [['--file', 'x.iso'], '--file x.iso is not VOLUME=PATH, local:iso/debian.iso=debian.iso'],
  [['--file', 'local:iso/x.iso=/nowhere/x.iso'], '/nowhere/x.iso does not exist'],
  [['--nonsense'], 'Unknown option \'--nonsense\''],
  [['--port', '1', 'more'], 'Unexpected argument \'more\''],
])('refused, with the usage: %j', async (args, text) => {
  expect(await runSimulator(args)).toBe(2);
  expect(err).toContain(text);
  expect(err).toMatch(/\n\nproxmox-constructs-simulator: .*--quiet {2}.*\n$/s);
  expect(out).toBe('');
});

test('all that is wrong with options is told', async () => {
  expect(await runSimulator(['--port', 'x', '--release', '7', '--engine', 'y'])).toBe(2);
  expect(err.split('\n').slice(0, 4)).toEqual(['--port x is not a port', '--release 7 is not simulated; 8.4 and 9.1 are', '--engine y is neither none nor qemu', '']);
});

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `${port}`;
}

/** Waits until the server says that it is there, asks for something, and interrupts it. */
async function session(args: string[], asked: string, ca: string): Promise<{ status: number; body: string }> {
  const ended = runSimulator(args);
  while (!out.includes('Ctrl-C stops it.')) await new Promise((resolve) => setImmediate(resolve));
  const [, endpoint] = /on (https:\S+)/.exec(out)!;
  const [, token] = /TF_VAR_proxmox_api_token='(.*)'/.exec(out)!;
  const body = await new Promise<string>((resolve, reject) => {
    https.get(`${endpoint}/api2/json${asked}`, { ca: fs.readFileSync(ca), agent: false, headers: { Authorization: `PVEAPIToken=${token}` } }, (response) => {
      let text = '';
      response.on('data', (chunk) => { text += chunk; }).on('end', () => resolve(text));
    }).on('error', reject);
  });
  process.emit('SIGINT');
  return { status: await ended, body };
}

test('it runs until it is interrupted, and shows what is asked of it', async () => {
  const folder = temporaryFolder();
  const [iso, ca] = [path.join(folder, 'x.iso'), path.join(folder, 'ca.pem')];
  fs.writeFileSync(iso, 'content');
  const port = await freePort();
  const args = ['--port', port, '--release', '8.4', '--node', 'a', '--node', 'b', '--file', `local:iso/x.iso=${iso}`, '--certificate', ca];
  const { status, body } = await session(args, '/nodes/a/storage/local/content', ca);
  expect([status, JSON.parse(body).data]).toEqual([0, [expect.objectContaining({ volid: 'local:iso/x.iso', size: 7 })]]);
  expect(out).toMatch(new RegExp(`^Proxmox VE 8\\.4, simulated, on https://127\\.0\\.0\\.1:${port}\n.*\n200 GET /nodes/a/storage/local/content\n$`, 's'));
});

test('with --quiet it does not', async () => {
  const ca = path.join(temporaryFolder(), 'ca.pem');
  const { status, body } = await session(['--port', await freePort(), '--certificate', ca, '--quiet'], '/version', ca);
  expect([status, JSON.parse(body).data.release]).toEqual([0, '9.1']);
  expect(out).toMatch(/Ctrl-C stops it\.\n$/);
});
