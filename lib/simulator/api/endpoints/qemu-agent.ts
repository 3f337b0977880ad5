import { exec, execStatus, plainCommand, readFile, setUserPassword, writeFile } from '../../qemu/agent';
import { Properties, choice, flag, integer, optional, text } from '../../schema/property';
import { Call, Endpoint } from '../endpoint';
import { machine } from './qemu-parameters';

interface Command {
  readonly method: 'GET' | 'POST';
  /** Privileges of which one is enough since PVE 9; before it is always VM.Monitor. */
  readonly privileges: readonly string[];
}

const audit = ['VM.GuestAgent.Audit', 'VM.GuestAgent.Unrestricted'];
const files = ['VM.GuestAgent.FileSystemMgmt', 'VM.GuestAgent.Unrestricted'];
const power = ['VM.PowerMgmt', 'VM.GuestAgent.Unrestricted'];
const all = ['VM.GuestAgent.Unrestricted'];
const asks: Command = { method: 'GET', privileges: audit };

/** The commands without parameters. */
const plain: { readonly [command: string]: Command } = {
  'fsfreeze-freeze': { method: 'POST', privileges: files },
  'fsfreeze-status': { method: 'POST', privileges: ['VM.GuestAgent.Audit', 'VM.GuestAgent.FileSystemMgmt', 'VM.GuestAgent.Unrestricted'] },
  'fsfreeze-thaw': { method: 'POST', privileges: files },
  'fstrim': { method: 'POST', privileges: files },
  'get-fsinfo': asks,
  'get-host-name': asks,
  'get-memory-block-info': asks,
  'get-memory-blocks': asks,
  'get-osinfo': asks,
  'get-time': asks,
  'get-timezone': asks,
  'get-users': asks,
  'get-vcpus': asks,
  'info': asks,
  'network-get-interfaces': asks,
  'ping': { method: 'POST', privileges: audit },
  'shutdown': { method: 'POST', privileges: power },
  'suspend-disk': { method: 'POST', privileges: power },
  'suspend-hybrid': { method: 'POST', privileges: power },
  'suspend-ram': { method: 'POST', privileges: power },
};

const others = ['exec', 'exec-status', 'file-read', 'file-write', 'set-user-password'];

/** A row for each release line, as they ask for other privileges. */
function rows(
  name: string, { method, privileges }: Command, description: string, parameters: Properties, handle: (call: Call) => unknown, since9: Properties = {},
): Endpoint[] {
  const row = { method, path: `/nodes/{node}/qemu/{vmid}/agent${name === '' ? '' : `/${name}`}`, description, handle };
  return [
    { ...row, until: '8.4', parameters: { ...machine, ...parameters }, permission: { path: '/vms/{vmid}', privileges: ['VM.Monitor'] } },
    { ...row, since: '9.1', parameters: { ...machine, ...parameters, ...since9 }, permission: { path: '/vms/{vmid}', privileges, any: privileges.length > 1 } },
  ];
}

/** The agent in the guest. @internal */
export const qemuAgentEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/nodes/{node}/qemu/{vmid}/agent',
    description: 'The commands there are.',
    parameters: machine,
    permission: 'all',
    handle: () => [...Object.keys(plain), ...others].sort().map((name) => ({ name })),
  },
  ...rows('', { method: 'POST', privileges: all }, 'Gives the agent a command.', { command: choice('The command.', ...Object.keys(plain)) },
    (call) => plainCommand(call, call.parameters.text('command'))),
  ...Object.entries(plain).flatMap(([name, command]) => rows(name, command, `Gives the agent the command guest-${name}.`, {}, (call) => plainCommand(call, name))),
  ...rows('set-user-password', { method: 'POST', privileges: all }, 'Sets a user\'s password.', {
    username: text('The user.'),
    password: text('The password.', { minLength: 5, maxLength: 1024 }),
    crypted: optional(flag('Whether it is a hash already.')),
  }, setUserPassword),
  ...rows('exec', { method: 'POST', privileges: all }, 'Starts a program in the guest.', {
    'command': { type: 'array', description: 'The program and its arguments, one each.', items: text('Program or argument.') },
    'input-data': optional(text('What the program reads.', { maxLength: 64 * 1024 })),
  }, exec),
  ...rows('exec-status', { method: 'GET', privileges: all }, 'How a program is or has ended.', { pid: integer('Its number, as `exec` told it.') }, execStatus),
  ...rows('file-read', { method: 'GET', privileges: ['VM.GuestAgent.FileRead', ...all] }, 'The content of a file of the guest.', { file: text('Its path.') }, readFile, {
    count: optional(integer('Bytes to read.', 1, 16 * 1024 ** 2)),
    decode: optional(flag('Whether the content is decoded.')),
    offset: optional(integer('Bytes to leave out at the beginning.', 0)),
  }),
  ...rows('file-write', { method: 'POST', privileges: ['VM.GuestAgent.FileWrite', ...all] }, 'Writes a file of the guest.', {
    file: text('Its path.'),
    content: text('Its content.', { maxLength: 60 * 1024 }),
    encode: optional(flag('Whether the content is text, and not base64 already.')),
  }, writeFile),
];
