import * as fs from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { GuestAgent } from '../../../../lib/simulator/engine/qemu/guest-agent';
import { QmpClient } from '../../../../lib/simulator/engine/qemu/qmp';

interface Request { readonly execute: string; readonly arguments?: { readonly [name: string]: unknown }; readonly id?: number }

let folder: string;
let server: net.Server;
let heard: Request[];

/** A server at a Unix socket that answers each line with lines. */
async function serve(answer: (request: Request) => string, greeting = ''): Promise<string> {
  const file = path.join(folder, 'socket');
  heard = [];
  server = net.createServer((socket) => {
    socket.write(greeting);
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      for (const line of data.toString().split('\n').filter(Boolean)) {
        const request = JSON.parse(line) as Request;
        heard.push(request);
        const text = answer(request);
        if (text === 'hang up') socket.destroy();
        else socket.write(text);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(file, resolve));
  return file;
}

beforeEach(() => { folder = fs.mkdtempSync(path.join(os.tmpdir(), 'talks-')); });
afterEach(async () => {
  if (server?.listening) await new Promise((resolve) => server.close(resolve));
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('the guest agent', () => {
  const sync = (request: Request) => `{"return": 1}\n\xff{"return": ${Number(request.arguments?.id)}}\n`;

  test('is asked after it is in step, and what it said to others is left out', async () => {
    const agent = new GuestAgent(await serve((request) => request.execute === 'guest-sync' ? sync(request) : '{"return": {"host-name": "web"}}\n'));
    expect(await agent.execute('guest-get-host-name', { a: 1 })).toEqual({ 'host-name': 'web' });
    expect(heard.map(({ execute }) => execute)).toEqual(['guest-sync', 'guest-get-host-name']);
    expect(heard[1].arguments).toEqual({ a: 1 });
  });

  test('is asked one thing after the other, and a failure does not stop the next', async () => {
    const agent = new GuestAgent(await serve((request) => {
      if (request.execute === 'guest-sync') return sync(request);
      return request.execute === 'bad' ? '{"error": {"class": "CommandNotFound", "desc": "The command bad has not been found"}}\n' : '{"return": {}}\n';
    }));
    const answers = await Promise.allSettled([agent.execute('bad'), agent.execute('guest-ping')]);
    expect(answers).toEqual([
      { status: 'rejected', reason: new Error('Agent error: The command bad has not been found') }, { status: 'fulfilled', value: {} },
    ]);
    expect(heard.map(({ execute }) => execute)).toEqual(['guest-sync', 'bad', 'guest-sync', 'guest-ping']);
  });

  test('is not there without a socket', async () => {
    await expect(new GuestAgent(path.join(folder, 'none')).execute('guest-ping')).rejects.toThrow('QEMU guest agent is not running');
  });

  test('is not there when its channel closes', async () => {
    const agent = new GuestAgent(await serve(() => 'hang up'));
    await expect(agent.execute('guest-ping')).rejects.toThrow('QEMU guest agent is not running');
  });

  test('does not answer when it takes the guest down', async () => {
    const agent = new GuestAgent(await serve((request) => request.execute === 'guest-sync' ? sync(request) : ''));
    expect(await agent.execute('guest-shutdown', { mode: 'powerdown' })).toBeUndefined();
    expect(heard[1]).toEqual({ execute: 'guest-shutdown', arguments: { mode: 'powerdown' } });
  });
});

describe('the machine protocol', () => {
  const ok = (request: Request, value: unknown = {}) => JSON.stringify({ return: value, id: request.id }) + '\n';
  const greeting = '{"QMP": {"version": {}, "capabilities": []}}\n';

  test('agrees on capabilities first, then commands find their answers', async () => {
    const file = await serve((request) => '{"event": "RESUME"}\n' + ok(request, request.arguments?.['command-line'] ?? {}), greeting);
    const client = await QmpClient.connect(file, 100, 0, () => true);
    expect(await Promise.all([client.human('info name'), client.human('info status')])).toEqual(['info name', 'info status']);
    expect(heard.map(({ execute }) => execute)).toEqual(['qmp_capabilities', 'human-monitor-command', 'human-monitor-command']);
    client.close();
  });

  test('a refusal is told as PVE does', async () => {
    const file = await serve((request) => request.execute === 'stop' ? JSON.stringify({ error: { desc: 'no' }, id: request.id }) + '\n' : ok(request), greeting);
    const client = await QmpClient.connect(file, 100, 0, () => true);
    await expect(client.execute('stop')).rejects.toThrow("VM 100 qmp command 'stop' failed - no");
    client.close();
  });

  test('silence is told as PVE does', async () => {
    const client = await QmpClient.connect(await serve((request) => request.execute === 'stop' ? '' : ok(request), greeting), 100, 0, () => true);
    await expect(client.execute('stop', {}, 1)).rejects.toThrow("VM 100 qmp command 'stop' failed - got timeout");
    client.close();
  });

  test('a machine that goes takes its open commands along', async () => {
    const client = await QmpClient.connect(await serve((request) => request.execute === 'quit' ? 'hang up' : ok(request), greeting), 100, 0, () => true);
    await expect(client.execute('quit')).rejects.toThrow("VM 100 qmp command 'quit' failed - client closed connection");
  });

  test('a machine that never comes is not waited for', async () => {
    await expect(QmpClient.connect(path.join(folder, 'none'), 100, 60_000, () => false)).rejects.toThrow('ENOENT');
  });
});
