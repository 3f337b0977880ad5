import { Call } from '../api/endpoint';
import { failure } from '../api-error';
import { Cluster } from '../cluster';
import { EngineError } from '../engine/engine';
import { isRunning } from './machine';

type Answer = { readonly [name: string]: unknown };

const maximumRead = 16 * 1024 ** 2;
const chunk = 1024 ** 2;

/** Gives the agent a command without parameters; what it refuses is part of the answer. @internal */
export async function plainCommand(call: Call, name: string): Promise<Answer> {
  const vmid = await available(call);
  try {
    return { result: await call.cluster.engine.agent(vmid, `guest-${name}`) ?? null };
  } catch (error) {
    const [, desc] = error instanceof EngineError ? /^Agent error: (.*)$/s.exec(error.message) ?? [] : [];
    if (desc === undefined) throw asFailure(error);
    return { result: { error: { class: /has not been found$/.test(desc) ? 'CommandNotFound' : 'GenericError', desc } } };
  }
}

/** Sets a user's password. @internal */
export async function setUserPassword(call: Call): Promise<Answer> {
  const vmid = await available(call);
  const result = await command(call.cluster, vmid, 'set-user-password', {
    username: call.parameters.text('username'),
    password: encode(call.parameters.text('password')),
    crypted: call.parameters.flag('crypted'),
  });
  return { result };
}

/** Starts a program in the guest. @internal */
export async function exec(call: Call): Promise<unknown> {
  const { cluster, parameters } = call;
  const [path, ...args] = parameters.list('command');
  const input = parameters.optional('input-data');
  if (path === undefined && input === undefined) throw failure('command or input-data (or both) required');
  const vmid = await available(call);
  return command(cluster, vmid, 'exec', {
    'capture-output': true,
    ...path === undefined ? {} : { path, arg: args },
    ...input === undefined ? {} : { 'input-data': encode(input) },
  });
}

/** How a program is or has ended. @internal */
export async function execStatus(call: Call): Promise<Answer> {
  const vmid = await available(call);
  const status = await command(call.cluster, vmid, 'exec-status', { pid: call.parameters.number('pid') }) as Answer;
  return Object.fromEntries(Object.entries(status).map(([name, value]) => {
    if (typeof value === 'boolean') return [name, value ? 1 : 0];
    return [name, /^(out|err)-data$/.test(name) && typeof value === 'string' ? decode(value) : value];
  }));
}

/** The content of a file of the guest, byte by byte a character. @internal */
export async function readFile(call: Call): Promise<Answer> {
  const { cluster, parameters } = call;
  const vmid = await available(call);
  const count = parameters.optionalNumber('count') ?? maximumRead;
  const decodes = parameters.optional('decode') !== '0';
  const offset = parameters.optionalNumber('offset') ?? 0;
  const handle = await command(cluster, vmid, 'file-open', { path: parameters.text('file') });
  if (offset > 0) await command(cluster, vmid, 'file-seek', { handle, offset, whence: 'set' });
  let content = '';
  let bytes = 0;
  let eof = false;
  while (bytes < count && !eof) {
    const read = await command(cluster, vmid, 'file-read', { handle, count: Math.min(chunk, count - bytes) }) as { 'count': number; 'buf-b64': string; 'eof': boolean };
    content += decodes ? decode(read['buf-b64']) : read['buf-b64'];
    bytes += read.count;
    eof = read.eof;
  }
  await command(cluster, vmid, 'file-close', { handle });
  return { content, 'bytes-read': bytes, ...eof ? {} : { truncated: 1 } };
}

/** Writes a file of the guest. @internal */
export async function writeFile(call: Call): Promise<null> {
  const { cluster, parameters } = call;
  const vmid = await available(call);
  const content = parameters.text('content');
  const handle = await command(cluster, vmid, 'file-open', { path: parameters.text('file'), mode: 'wb' });
  await command(cluster, vmid, 'file-write', { handle, 'buf-b64': parameters.optional('encode') === '0' ? content : encode(content) });
  await command(cluster, vmid, 'file-close', { handle });
  return null;
}

/** Refuses unless a machine has an agent, runs, and its agent answers. */
async function available({ cluster, parameters, node }: Call): Promise<number> {
  const vmid = parameters.number('vmid');
  const guest = cluster.machine(node, vmid);
  if (!guest.config.has('agent')) throw failure('No QEMU guest agent configured');
  if (!isRunning(cluster, guest)) throw failure(`VM ${vmid} is not running`);
  await cluster.engine.agent(vmid, 'guest-ping').catch(() => {
    throw failure('QEMU guest agent is not running');
  });
  return vmid;
}

/** Gives the agent a command, and fails with what it refuses. */
async function command({ engine }: Cluster, vmid: number, name: string, parameters: Answer): Promise<unknown> {
  let result: unknown;
  try {
    result = await engine.agent(vmid, `guest-${name}`, parameters);
  } catch (error) {
    throw asFailure(error);
  }
  const { desc } = (result as { error?: { desc?: string } } | null)?.error ?? {};
  if (desc !== undefined) throw failure(`Agent error: ${desc}`);
  return result ?? null;
}

function asFailure(error: unknown): unknown {
  return error instanceof EngineError ? failure(error.message) : error;
}

function encode(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

/** What a server without an idea of the encoding makes of bytes. */
function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString('latin1');
}
