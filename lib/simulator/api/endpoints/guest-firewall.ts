import { createHash } from 'node:crypto';
import { ApiError, failure } from '../../api-error';
import { splitList } from '../../schema/formats';
import { Properties, choice, flag, integer, optional, text } from '../../schema/property';
import { Call, Endpoint, Permission } from '../endpoint';
import { digest, machine } from './qemu-parameters';

const audit: Permission = { path: '/vms/{vmid}', privileges: ['VM.Audit'] };
const level = (description: string) => optional(choice(description, 'emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug', 'nolog'));
const policy = (description: string) => optional(choice(description, 'ACCEPT', 'REJECT', 'DROP'));
const onOff = (description: string) => optional(flag(description));

const options: Properties = {
  enable: onOff('Whether there is a firewall for the guest.'),
  macfilter: onOff('Whether only its own MAC addresses may send.'),
  dhcp: onOff('Whether it may use DHCP.'),
  ndp: onOff('Whether it may discover neighbours.'),
  radv: onOff('Whether it may advertise routes.'),
  ipfilter: onOff('Whether only its own addresses may send.'),
  policy_in: policy('What happens to what comes in.'),
  policy_out: policy('What happens to what goes out.'),
  log_level_in: level('What is logged of what comes in.'),
  log_level_out: level('What is logged of what goes out.'),
};

/** The options of a guest; they are kept, and nothing comes of them. Of a guest that is not there they are none. */
function optionsOf({ cluster, parameters }: Call): Map<string, string> {
  return cluster.guests.get(parameters.number('vmid'))?.firewall ?? new Map<string, string>();
}

function digestOf(values: ReadonlyMap<string, string>): string {
  return createHash('sha1').update([...values].sort(([a], [b]) => a < b ? -1 : 1).map(([key, value]) => `${key}:${value}\n`).join('')).digest('hex');
}

function changeOptions(call: Call): void {
  const { parameters } = call;
  const values = optionsOf(call);
  const expected = parameters.optional('digest');
  if (expected && expected !== digestOf(values)) throw failure('detected modified configuration - file changed by other user? Try again.');
  for (const name of splitList(parameters.optional('delete') ?? '')) {
    if (options[name] === undefined) throw ApiError.parameters({ delete: `no such option '${name}'` });
    values.delete(name);
  }
  for (const name of Object.keys(options)) if (parameters.has(name)) values.set(name, parameters.text(name));
}

function ofKind(kind: 'qemu' | 'lxc'): Endpoint[] {
  const path = `/nodes/{node}/${kind}/{vmid}/firewall`;
  const nothing = (name: string, description: string, more: Properties = {}, permission = audit): Endpoint =>
    ({ method: 'GET', path: `${path}/${name}`, description, parameters: { ...machine, ...more }, permission, handle: () => [] });
  const line = optional(integer('Where the log begins or ends.', 0));
  return [
    {
      method: 'GET',
      path,
      description: 'What there is of the firewall of a guest.',
      parameters: machine,
      permission: 'all',
      handle: () => ['rules', 'aliases', 'ipset', 'refs', 'options'].map((name) => ({ name })),
    },
    {
      method: 'GET',
      path: `${path}/options`,
      description: 'The options of the firewall of a guest.',
      parameters: machine,
      permission: audit,
      handle: (call) => {
        const values = optionsOf(call);
        return { ...Object.fromEntries([...values].map(([key, value]) => [key, options[key].type === 'boolean' ? Number(value) : value])), digest: digestOf(values) };
      },
    },
    {
      method: 'PUT',
      path: `${path}/options`,
      description: 'Changes the options of the firewall of a guest; they are kept, and nothing comes of them.',
      parameters: { ...machine, ...options, ...digest, delete: optional(text('Options to delete.', { format: 'pve-configid-list' })) },
      permission: { path: '/vms/{vmid}', privileges: ['VM.Config.Network'] },
      handle: changeOptions,
    },
    nothing('rules', 'The rules of the firewall of a guest: there are none.'),
    nothing('aliases', 'Names of networks: there are none.'),
    nothing('ipset', 'Sets of addresses: there are none.'),
    nothing('refs', 'What rules could name: there is nothing.', { type: optional(choice('Which kind.', 'alias', 'ipset')) }),
    nothing('log', 'What the firewall logged: nothing.', { start: line, limit: line, since: line, until: line }, { path: '/vms/{vmid}', privileges: ['VM.Console'] }),
  ];
}

/** The firewall of guests, as far as somebody looks at it or switches it on. @internal */
export const guestFirewallEndpoints: readonly Endpoint[] = [...ofKind('qemu'), ...ofKind('lxc')];
