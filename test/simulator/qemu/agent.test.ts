import { EngineError } from '../../../lib/simulator/engine/engine';
import { World } from './world';

const base64 = (text: string) => Buffer.from(text).toString('base64');

interface Asked {
  readonly command: string;
  readonly parameters?: { readonly [name: string]: unknown };
}

/** A machine that runs, whose agent answers with what is given, command by command; the first ping is not noted. */
async function running(answers: { readonly [command: string]: unknown }, line: '8.4' | '9.1' = '8.4'): Promise<{ world: World; asked: Asked[] }> {
  const world = new World(line);
  const asked: Asked[] = [];
  world.machine(100, { agent: '1' });
  await world.task('POST', '/qemu/100/status/start');
  world.engine.agent = async (_vmid: number, command: string, parameters?: { readonly [name: string]: unknown }) => {
    if (command === 'guest-ping') return {};
    asked.push({ command, ...parameters ? { parameters } : {} });
    const answer = answers[command];
    const one = Array.isArray(answer) && command === 'guest-file-read' ? answer.shift() : answer;
    if (one instanceof Error) throw one;
    return one;
  };
  return { world, asked };
}

const agent = (world: World, method: string, command: string, parameters = {}, caller?: string) =>
  world.refusal(method, `/qemu/100/agent${command === '' ? '' : `/${command}`}`, parameters, caller);

test('an agent that is not configured, not there or not running', async () => {
  const world = new World();
  world.machine(100);
  expect(await agent(world, 'POST', 'ping')).toEqual([500, 'No QEMU guest agent configured']);
  world.cluster.guests.get(100)!.config.set('agent', '0');
  expect(await agent(world, 'GET', 'network-get-interfaces')).toEqual([500, 'VM 100 is not running']);
  await world.task('POST', '/qemu/100/status/start');
  expect(await agent(world, 'GET', 'get-osinfo')).toEqual([500, 'QEMU guest agent is not running']);
  expect(await world.refusal('GET', '/qemu/101/agent/info')).toEqual([500, 'Configuration file \'nodes/pve/qemu-server/101.conf\' does not exist']);
});

test('answers come in an envelope', async () => {
  const { world } = await running({ 'guest-get-host-name': { 'host-name': 'web' }, 'guest-fsfreeze-status': 'thawed', 'guest-shutdown': undefined });
  expect(await agent(world, 'POST', 'ping')).toEqual({ answered: { result: {} } });
  expect(await agent(world, 'GET', 'get-host-name')).toEqual({ answered: { result: { 'host-name': 'web' } } });
  expect(await agent(world, 'POST', 'fsfreeze-status')).toEqual({ answered: { result: 'thawed' } });
  expect(await agent(world, 'POST', 'shutdown')).toEqual({ answered: { result: null } });
  expect(await agent(world, 'POST', '', { command: 'get-host-name' })).toEqual({ answered: { result: { 'host-name': 'web' } } });
});

test('what the agent refuses is an answer, what fails is not', async () => {
  const { world } = await running({
    'guest-get-users': new EngineError('Agent error: The command guest-get-users has not been found'),
    'guest-suspend-ram': new EngineError('Agent error: cannot suspend'),
    'guest-get-time': new EngineError('VM 100 qmp command \'guest-get-time\' failed - got timeout'),
  });
  expect(await agent(world, 'GET', 'get-users')).toEqual({ answered: { result: { error: { class: 'CommandNotFound', desc: 'The command guest-get-users has not been found' } } } });
  expect(await agent(world, 'POST', 'suspend-ram')).toEqual({ answered: { result: { error: { class: 'GenericError', desc: 'cannot suspend' } } } });
  expect(await agent(world, 'GET', 'get-time')).toEqual([500, 'VM 100 qmp command \'guest-get-time\' failed - got timeout']);
  expect(await agent(world, 'GET', 'ping')).toEqual([501, 'Method \'GET /nodes/pve/qemu/100/agent/ping\' not implemented']);
});

test('programs are started and asked after', async () => {
  const { world, asked } = await running({
    'guest-exec': { pid: 7 }, 'guest-exec-status': { 'exited': true, 'exitcode': 3, 'out-data': base64('out\n'), 'err-data': base64('ä'), 'out-truncated': false },
  });
  expect(await agent(world, 'POST', 'exec', { 'command': ['/bin/echo', 'a b'], 'input-data': 'in' })).toEqual({ answered: { pid: 7 } });
  expect(await agent(world, 'POST', 'exec', { command: '/bin/true' })).toEqual({ answered: { pid: 7 } });
  expect(await agent(world, 'GET', 'exec-status', { pid: '7' }))
    .toEqual({ answered: { 'exited': 1, 'exitcode': 3, 'out-data': 'out\n', 'err-data': 'Ã¤', 'out-truncated': 0 } });
  expect(asked).toEqual([
    { command: 'guest-exec', parameters: { 'capture-output': true, 'path': '/bin/echo', 'arg': ['a b'], 'input-data': base64('in') } },
    { command: 'guest-exec', parameters: { 'capture-output': true, 'path': '/bin/true', 'arg': [] } },
    { command: 'guest-exec-status', parameters: { pid: 7 } },
  ]);
});

test('files are read and written', async () => {
  const { world, asked } = await running({
    'guest-file-open': 9,
    'guest-file-close': {},
    'guest-file-write': { count: 3 },
    'guest-file-read': [{ 'count': 2, 'buf-b64': base64('ab'), 'eof': false }, { 'count': 1, 'buf-b64': base64('c'), 'eof': true }],
  });
  expect(await agent(world, 'GET', 'file-read', { file: '/etc/x' })).toEqual({ answered: { 'content': 'abc', 'bytes-read': 3 } });
  expect(await agent(world, 'POST', 'file-write', { file: '/etc/y', content: 'ü' })).toEqual({ answered: null });
  expect(await agent(world, 'POST', 'file-write', { file: '/etc/y', content: 'YQ==', encode: '0' })).toEqual({ answered: null });
  expect(asked.filter(({ command }) => /open|write/.test(command)).map(({ parameters }) => parameters)).toEqual([
    { path: '/etc/x' },
    { path: '/etc/y', mode: 'wb' }, { 'handle': 9, 'buf-b64': base64('ü') },
    { path: '/etc/y', mode: 'wb' }, { 'handle': 9, 'buf-b64': 'YQ==' },
  ]);
});

test('PVE 9 reads parts of files', async () => {
  const { world, asked } = await running({
    'guest-file-open': 9, 'guest-file-seek': { position: 5 }, 'guest-file-close': {}, 'guest-file-read': [{ 'count': 2, 'buf-b64': base64('ab'), 'eof': false }],
  }, '9.1');
  expect(await agent(world, 'GET', 'file-read', { file: '/etc/x', count: '2', offset: '5', decode: '0' }))
    .toEqual({ answered: { 'content': base64('ab'), 'bytes-read': 2, 'truncated': 1 } });
  expect(asked.slice(1, 3)).toEqual([
    { command: 'guest-file-seek', parameters: { handle: 9, offset: 5, whence: 'set' } },
    { command: 'guest-file-read', parameters: { handle: 9, count: 2 } },
  ]);
});

test('passwords are set, or why not', async () => {
  const { world } = await running({ 'guest-set-user-password': {} });
  expect(await agent(world, 'POST', 'set-user-password', { username: 'u', password: 'secret' })).toEqual({ answered: { result: {} } });
  const refusing = await running({ 'guest-set-user-password': { error: { class: 'GenericError', desc: 'child process has failed' } } });
  expect(await agent(refusing.world, 'POST', 'set-user-password', { username: 'u', password: 'secret' })).toEqual([500, 'Agent error: child process has failed']);
  expect(await agent(world, 'POST', 'set-user-password', { username: 'u', password: 'x' }))
    .toEqual([400, 'Parameter verification failed.', { password: 'value must be at least 5 characters long' }]);
});

test('rights on the agent changed with PVE 9', async () => {
  const missing = async (line: '8.4' | '9.1', method: string, command: string) => {
    const { world } = await running({}, line);
    world.cluster.access.users.set('u@pve', { id: 'u@pve', enabled: true, groups: new Set(), tokens: new Map() });
    const [status, text] = await agent(world, method, command, {}, 'u@pve') as [number, string];
    return `${status} ${/, (.*)\)$/.exec(text)![1]}`;
  };
  const calls: [string, string][] = [['POST', 'ping'], ['POST', 'fsfreeze-freeze'], ['POST', 'shutdown'], ['POST', 'exec'], ['GET', 'file-read']];
  expect(await Promise.all(calls.map(([method, command]) => missing('8.4', method, command)))).toEqual(calls.map(() => '403 VM.Monitor'));
  expect(await Promise.all(calls.map(([method, command]) => missing('9.1', method, command)))).toEqual([
    '403 VM.GuestAgent.Audit|VM.GuestAgent.Unrestricted',
    '403 VM.GuestAgent.FileSystemMgmt|VM.GuestAgent.Unrestricted',
    '403 VM.PowerMgmt|VM.GuestAgent.Unrestricted',
    '403 VM.GuestAgent.Unrestricted',
    '403 VM.GuestAgent.FileRead|VM.GuestAgent.Unrestricted',
  ]);
});

test('the commands there are', async () => {
  const world = new World();
  world.machine(100);
  const commands = await world.call('GET', '/qemu/100/agent') as { name: string }[];
  expect(commands.map(({ name }) => name)).toEqual([
    'exec', 'exec-status', 'file-read', 'file-write', 'fsfreeze-freeze', 'fsfreeze-status', 'fsfreeze-thaw', 'fstrim', 'get-fsinfo', 'get-host-name', 'get-memory-block-info',
    'get-memory-blocks', 'get-osinfo', 'get-time', 'get-timezone', 'get-users', 'get-vcpus', 'info', 'network-get-interfaces', 'ping', 'set-user-password', 'shutdown',
    'suspend-disk', 'suspend-hybrid', 'suspend-ram',
  ]);
});
