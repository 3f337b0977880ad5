import { monitor, sendKey } from '../../qemu/console';
import { reboot, reset, resume, shutdown, start, stop, suspend } from '../../qemu/power';
import { machineStatus } from '../../qemu/status';
import { Properties, choice, flag, integer, optional, text } from '../../schema/property';
import { Call, Endpoint, Permission } from '../endpoint';
import { machine, skiplock } from './qemu-parameters';

const power: Permission = { path: '/vms/{vmid}', privileges: ['VM.PowerMgmt'] };
const rootsNode = optional(text('Node it comes from; only for root@pam.', { format: 'pve-node' }));
const keepActive: Properties = { keepActive: optional(flag('Whether volumes are left active; only for root@pam.')) };
const timeout = (what: string): Properties => ({ timeout: optional(integer(`Seconds ${what}.`, 0)) });

const change = (name: string, description: string, parameters: Properties, handle: (call: Call) => string): Endpoint =>
  ({ method: 'POST', path: `/nodes/{node}/qemu/{vmid}/status/${name}`, description, parameters: { ...machine, ...parameters }, permission: power, handle });

const monitorParameters: Properties = { ...machine, command: text('The line.') };

/** The power of machines, and what is at their consoles. @internal */
export const qemuStatusEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/nodes/{node}/qemu/{vmid}/status',
    description: 'What there is below.',
    parameters: machine,
    permission: 'all',
    handle: ({ cluster, node, parameters }) => {
      cluster.machine(node, parameters.number('vmid'));
      return ['current', 'start', 'stop', 'reset', 'shutdown', 'suspend', 'reboot'].map((subdir) => ({ subdir }));
    },
  },
  {
    method: 'GET',
    path: '/nodes/{node}/qemu/{vmid}/status/current',
    description: 'What a machine does.',
    parameters: machine,
    permission: { path: '/vms/{vmid}', privileges: ['VM.Audit'] },
    handle: ({ cluster, node, parameters }) => machineStatus(cluster, cluster.machine(node, parameters.number('vmid')), true),
  },
  change('start', 'Starts to start a machine.', {
    ...skiplock,
    'stateuri': optional(text('State it starts from; only for root@pam.', { maxLength: 128 })),
    'migratedfrom': rootsNode,
    'migration_type': optional(choice('Whether memory comes encrypted; only for root@pam.', 'secure', 'insecure')),
    'migration_network': optional(text('Network memory comes through; only for root@pam.', { format: 'CIDR' })),
    'machine': optional(text('Type of machine instead of its own.', { maxLength: 40 })),
    'force-cpu': optional(text('Processors instead of its own; only for root@pam.')),
    'targetstorage': optional(text('Storages its disks are moved to; only for root@pam.')),
    ...timeout('the start may take; taken, not acted upon'),
    'nets-host-mtu': optional(text('MTU of its networks; only for root@pam.')),
  }, start),
  change('stop', 'Starts to take the power from a machine.', {
    ...skiplock,
    'migratedfrom': rootsNode,
    ...timeout('to wait'),
    ...keepActive,
    'overrule-shutdown': optional(flag('Whether a shutdown that waits is given up first.')),
  }, stop),
  change('reset', 'Starts to reset a machine.', skiplock, reset),
  change('shutdown', 'Starts to ask a guest to power off, by its agent or by ACPI.', {
    ...skiplock,
    ...timeout('to wait; 60 or what `startup` says if left out'),
    forceStop: optional(flag('Whether the power is taken when the time is over.')),
    ...keepActive,
  }, shutdown),
  change('reboot', 'Starts to have a guest power off and start again with what was pending.', timeout('to wait for the guest'), reboot),
  change('suspend', 'Starts to hold a machine.', {
    ...skiplock,
    todisk: optional(flag('Whether its state goes to a disk; not simulated.')),
    statestorage: optional(text('Storage of that disk.', { format: 'pve-storage-id', requires: 'todisk' })),
  }, suspend),
  change('resume', 'Starts to let a machine go on.', { ...skiplock, nocheck: optional(flag('Whether it is not asked for; only for root@pam.')) }, resume),
  {
    method: 'PUT',
    path: '/nodes/{node}/qemu/{vmid}/sendkey',
    description: 'Presses a key, by its name in QEMU: `ret`, `ctrl-alt-delete`.',
    parameters: { ...machine, ...skiplock, key: text('The key, or keys with - between.') },
    permission: { path: '/vms/{vmid}', privileges: ['VM.Console'] },
    handle: sendKey,
  },
  {
    method: 'POST',
    path: '/nodes/{node}/qemu/{vmid}/monitor',
    description: 'Gives a line to QEMU\'s monitor.',
    until: '8.4',
    parameters: monitorParameters,
    permission: { path: '/vms/{vmid}', privileges: ['VM.Monitor'] },
    handle: monitor,
  },
  {
    method: 'POST',
    path: '/nodes/{node}/qemu/{vmid}/monitor',
    description: 'Gives a line to QEMU\'s monitor.',
    since: '9.1',
    parameters: monitorParameters,
    permission: { path: '/vms/{vmid}', privileges: ['Sys.Audit', 'Sys.Modify'], any: true },
    handle: monitor,
  },
];
