import { ApiError } from '../../api-error';
import { cloudInitDrive, regenerateCloudInit, shownCloudInit } from '../../qemu/cloud-init';
import { shownCloudInitChanges } from '../../qemu/cloud-init-changes';
import { hidden, shownConfig, shownPending } from '../../qemu/config';
import { createMachine } from '../../qemu/create';
import { refuseLocked } from '../../qemu/machine';
import { requestProperties } from '../../qemu/options';
import { shownSnapshot } from '../../qemu/snapshot-config';
import { machineStatus } from '../../qemu/status';
import { startUpdate, updateMachine } from '../../qemu/update';
import { Properties, choice, flag, integer, optional, text } from '../../schema/property';
import { versions } from '../../version';
import { Endpoint } from '../endpoint';
import { snapshotName } from './qemu-parameters';

const node = text('The node.', { format: 'pve-node' });
const machine: Properties = { node, vmid: integer('The machine.', 100, 999999999, { format: 'pve-vmid' }) };
const storage = (description: string) => optional(text(description, { format: 'pve-storage-id' }));
const audit = { path: '/vms/{vmid}', privileges: ['VM.Audit'] };
const anyOption = {
  path: '/vms/{vmid}',
  privileges: ['Disk', 'CDROM', 'CPU', 'Memory', 'Network', 'HWType', 'Options', 'Cloudinit'].map((group) => `VM.Config.${group}`),
  any: true,
};
const extraction = { 'import-working-storage': storage('Where disks are unpacked from archives.') };

const creation: Properties = {
  ...machine,
  ...extraction,
  'archive': optional(text('Backup to restore; not simulated.', { maxLength: 255 })),
  'storage': storage('Storage of disks that name none.'),
  'force': optional(flag('Whether a machine may be overwritten.', { requires: 'archive' })),
  'unique': optional(flag('Whether addresses are made anew.', { requires: 'archive' })),
  'live-restore': optional(flag('Whether it starts while it is restored or imported; not simulated.')),
  'pool': optional(text('Pool it goes into.', { format: 'pve-poolid' })),
  'bwlimit': optional(integer('KiB a second.', 0)),
  'start': optional(flag('Whether it starts then.', { default: '0' })),
};

const change: Properties = {
  ...machine,
  skiplock: optional(flag('Whether its lock does not matter; only root@pam.')),
  delete: optional(text('Options to delete.', { format: 'pve-configid-list' })),
  revert: optional(text('Options whose pending change is dropped.', { format: 'pve-configid-list' })),
  force: optional(flag('Whether volumes of deleted drives go as well.', { requires: 'delete' })),
  digest: optional(text('What the configuration must still be.', { maxLength: 40 })),
};

/** The same endpoint for each release, with the options that release knows. */
function eachRelease(make: (options: Properties, isNine: boolean) => Endpoint): Endpoint[] {
  return [
    { ...make(requestProperties(versions['8.4']), false), until: '8.4' },
    { ...make(requestProperties(versions['9.1']), true), since: '9.1' },
  ];
}

/** Virtual machines and their configurations. @internal */
export const qemuConfigEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/nodes/{node}/qemu',
    description: 'The machines of a node, those the caller may see.',
    parameters: { node, full: optional(flag('Whether running ones are asked for all they know.')) },
    permission: 'all',
    handle: ({ cluster, caller, node: name, parameters }) => [...cluster.guests.values()]
      .filter((guest) => guest.type === 'qemu' && guest.node === name && cluster.access.allows(caller.id, `/vms/${guest.vmid}`, ['VM.Audit']))
      .map((guest) => ({ ...machineStatus(cluster, guest), ...parameters.flag('full') ? { qmpstatus: machineStatus(cluster, guest, true).qmpstatus } : {} })),
  },
  ...eachRelease((options, isNine) => ({
    method: 'POST',
    path: '/nodes/{node}/qemu',
    description: 'Makes a machine. Who may is checked option by option.',
    parameters: { ...options, ...creation, ...isNine ? { 'ha-managed': optional(flag('Whether high availability looks after it.', { default: '0' })) } : {} },
    permission: 'all',
    handle: createMachine,
  })),
  {
    method: 'GET',
    path: '/nodes/{node}/qemu/{vmid}',
    description: 'What there is of a machine.',
    parameters: machine,
    permission: 'all',
    handle: () => [
      'config', 'cloudinit', 'pending', 'status', 'unlink', 'vncproxy', 'termproxy', 'migrate', 'resize', 'move', 'rrd', 'rrddata', 'monitor', 'agent', 'snapshot',
      'spiceproxy', 'sendkey', 'firewall', 'mtunnel', 'remote_migrate',
    ].map((subdir) => ({ subdir })),
  },
  {
    method: 'GET',
    path: '/nodes/{node}/qemu/{vmid}/config',
    description: 'The configuration of a machine, with what is pending.',
    parameters: {
      ...machine,
      current: optional(flag('Whether it is told as it is now.', { default: '0' })),
      snapshot: optional(snapshotName('The snapshot that is told instead.')),
    },
    permission: audit,
    handle: ({ cluster, node: name, parameters }) => {
      const snapshot = parameters.optional('snapshot');
      if (snapshot && parameters.flag('current')) {
        const problem = 'cannot use \'snapshot\' parameter with \'current\'';
        throw ApiError.parameters({ snapshot: problem, current: problem });
      }
      const guest = cluster.machine(name, parameters.number('vmid'));
      if (!snapshot || snapshot === '0') return shownConfig(cluster, guest, parameters.flag('current'));
      const shown = shownSnapshot(cluster, guest, snapshot);
      return { ...shown, ...shown.cipassword ? { cipassword: hidden } : {}, digest: guest.digest };
    },
  },
  ...eachRelease((options) => ({
    method: 'POST',
    path: '/nodes/{node}/qemu/{vmid}/config',
    description: 'Changes the configuration of a machine, in a task.',
    parameters: { ...options, ...change, ...extraction, background_delay: optional(integer('Seconds to wait for the task.', 1, 30)) },
    permission: anyOption,
    handle: startUpdate,
  })),
  ...eachRelease((options) => ({
    method: 'PUT',
    path: '/nodes/{node}/qemu/{vmid}/config',
    description: 'Changes the configuration of a machine, and answers when that is done.',
    parameters: { ...options, ...change },
    permission: anyOption,
    handle: updateMachine,
  })),
  {
    method: 'GET',
    path: '/nodes/{node}/qemu/{vmid}/pending',
    description: 'The options of a machine, each with what is pending for it.',
    parameters: machine,
    permission: audit,
    handle: ({ cluster, node: name, parameters }) => shownPending(cluster, cluster.machine(name, parameters.number('vmid'))),
  },
  {
    method: 'GET',
    path: '/nodes/{node}/qemu/{vmid}/cloudinit',
    description: 'What the cloud-init drive was made from, and what has changed since.',
    parameters: machine,
    permission: audit,
    handle: ({ cluster, node: name, parameters }) => shownCloudInitChanges(cluster.machine(name, parameters.number('vmid'))),
  },
  {
    method: 'PUT',
    path: '/nodes/{node}/qemu/{vmid}/cloudinit',
    description: 'Makes the content of the cloud-init drive anew.',
    parameters: machine,
    permission: { path: '/vms/{vmid}', privileges: ['VM.Config.Cloudinit'] },
    handle: ({ cluster, node: name, parameters }) => {
      const vmid = parameters.number('vmid');
      return cluster.locks.hold(vmid, async () => {
        const guest = cluster.machine(name, vmid);
        refuseLocked(guest);
        if (await cloudInitDrive(cluster, name, guest) !== undefined) await regenerateCloudInit(cluster, guest);
      });
    },
  },
  {
    method: 'GET',
    path: '/nodes/{node}/qemu/{vmid}/cloudinit/dump',
    description: 'A file of the cloud-init drive, without the user\'s own snippets.',
    parameters: { ...machine, type: choice('Which file.', 'user', 'network', 'meta') },
    permission: audit,
    handle: ({ cluster, caller, node: name, parameters }) => {
      // 8.4 masks the password by a check of the path with the braces in it, which only rights that propagate from above pass.
      const mask = cluster.version.line === '8.4' && !cluster.access.allows(caller.id, '/vms/{vmid}', ['VM.Config.Cloudinit']);
      return shownCloudInit(cluster.machine(name, parameters.number('vmid')), parameters.text('type') as 'user' | 'network' | 'meta', mask);
    },
  },
];
