import { clone } from '../../qemu/clone';
import { destroy } from '../../qemu/destroy';
import { allDriveKeys } from '../../qemu/drive';
import { unusedCount } from '../../qemu/drive-formats';
import { Feature, featureOf } from '../../qemu/feature';
import { existingMachine } from '../../qemu/machine';
import { migrate, migrationPreconditions } from '../../qemu/migrate';
import { moveDisk } from '../../qemu/move';
import { resize } from '../../qemu/resize';
import { snapshotOf } from '../../qemu/snapshot-config';
import { convertToTemplate } from '../../qemu/template';
import { updateMachine } from '../../qemu/update';
import { choice, flag, integer, optional, text } from '../../schema/property';
import { Endpoint } from '../endpoint';
import { Parameters } from '../parameters';
import { digest, machine, skiplock, snapshotName, vmid } from './qemu-parameters';

const anyDrive = [...allDriveKeys, ...Array.from({ length: unusedCount }, (_, i) => `unused${i}`)];
const storage = (description: string) => text(description, { format: 'pve-storage-id' });
const node = (description: string) => text(description, { format: 'pve-node' });
const bandwidth = { bwlimit: optional(integer('KiB a second at most; taken, not acted upon.', 0)) };
const format = optional(choice('Format of the images on storages of files.', 'raw', 'qcow2', 'vmdk'));

/** What happens to machines as a whole. @internal */
export const qemuLifecycleEndpoints: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/nodes/{node}/qemu/{vmid}/clone',
    description: 'Starts to clone a machine; of a template linked to its disks, unless they are to be copied.',
    parameters: {
      ...machine,
      newid: { ...vmid, description: 'Id of the clone.' },
      name: optional(text('Name of the clone.', { format: 'dns-name' })),
      description: optional(text('Description of the clone.')),
      pool: optional(text('Pool the clone goes into.', { format: 'pve-poolid' })),
      snapname: optional(snapshotName('Snapshot that is cloned.')),
      storage: optional(storage('Storage of the copied disks.')),
      format,
      full: optional(flag('Whether disks are copied; what is no template is always copied.')),
      target: optional(node('Node of the clone; all disks have to be on shared storages.')),
      ...bandwidth,
    },
    permission: {
      and: [
        { path: '/vms/{vmid}', privileges: ['VM.Clone'] },
        { or: [{ path: '/vms/{newid}', privileges: ['VM.Allocate'] }, { path: '/pool/{pool}', privileges: ['VM.Allocate'], requireParameter: 'pool' }] },
      ],
    },
    handle: clone,
  },
  {
    method: 'POST',
    path: '/nodes/{node}/qemu/{vmid}/template',
    description: 'Starts to turn a machine into a template.',
    parameters: { ...machine, disk: optional(choice('The one disk to turn into a base.', ...allDriveKeys)) },
    permission: { path: '/vms/{vmid}', privileges: ['VM.Allocate'] },
    handle: convertToTemplate,
  },
  {
    method: 'PUT',
    path: '/nodes/{node}/qemu/{vmid}/resize',
    description: 'Starts to grow a disk.',
    parameters: {
      ...machine,
      ...skiplock,
      disk: choice('The disk.', ...allDriveKeys),
      size: text('The new size, or with + what is added.', { pattern: '\\+?\\d+(\\.\\d+)?[KMGT]?' }),
      ...digest,
    },
    permission: { path: '/vms/{vmid}', privileges: ['VM.Config.Disk'] },
    handle: resize,
  },
  {
    method: 'PUT',
    path: '/nodes/{node}/qemu/{vmid}/unlink',
    description: 'Takes disks off a machine, or with force removes them.',
    parameters: {
      ...machine,
      idlist: text('The disks.', { format: 'pve-configid-list' }),
      force: optional(flag('Whether disks are removed that would be kept as unused.')),
    },
    permission: { path: '/vms/{vmid}', privileges: ['VM.Config.Disk'] },
    handle: (call) => {
      const { idlist, ...others } = call.parameters.values;
      return updateMachine({ ...call, parameters: new Parameters({ ...others, delete: idlist }) });
    },
  },
  {
    method: 'POST',
    path: '/nodes/{node}/qemu/{vmid}/move_disk',
    description: 'Starts to move a disk to another storage or format.',
    parameters: {
      ...machine,
      'target-vmid': optional({ ...vmid, description: 'Machine that gets the disk; not simulated.' }),
      'disk': choice('The disk.', ...anyDrive),
      'storage': optional(storage('Storage the disk goes to.')),
      format,
      'delete': optional(flag('Whether the disk is removed where it was; else it is kept as unused.')),
      ...digest,
      ...bandwidth,
      'target-disk': optional(choice('Slot in the machine that gets the disk.', ...anyDrive)),
      'target-digest': optional(text('Digest the configuration of the machine that gets the disk must have.', { maxLength: 40 })),
    },
    permission: { path: '/vms/{vmid}', privileges: ['VM.Config.Disk'] },
    handle: moveDisk,
  },
  {
    method: 'GET',
    path: '/nodes/{node}/qemu/{vmid}/feature',
    description: 'Whether a machine can be snapshot, cloned linked, or copied.',
    parameters: {
      ...machine,
      feature: choice('What is asked about.', 'snapshot', 'clone', 'copy'),
      snapname: optional(snapshotName('The snapshot that is asked about.')),
    },
    permission: { path: '/vms/{vmid}', privileges: ['VM.Audit'] },
    handle: ({ cluster, node: name, parameters }) => {
      const guest = existingMachine(cluster, name, parameters.number('vmid'));
      const snapshot = parameters.optional('snapname');
      const config = snapshot ? snapshotOf(guest, snapshot) : guest.config;
      return featureOf(cluster, guest, parameters.text('feature') as Feature, config, snapshot);
    },
  },
  {
    method: 'GET',
    path: '/nodes/{node}/qemu/{vmid}/migrate',
    description: 'Where a machine could go.',
    parameters: { ...machine, target: optional(node('Node it is to go to.')) },
    permission: { path: '/vms/{vmid}', privileges: ['VM.Migrate'] },
    handle: migrationPreconditions,
  },
  {
    method: 'POST',
    path: '/nodes/{node}/qemu/{vmid}/migrate',
    description: 'Starts to move a machine to another node.',
    parameters: {
      ...machine,
      'target': node('Node it goes to.'),
      'online': optional(flag('Whether it goes on running.')),
      'force': optional(flag('Whether devices of the node are left behind; only for root@pam.')),
      'migration_type': optional(choice('Whether memory goes encrypted; only for root@pam.', 'secure', 'insecure')),
      'migration_network': optional(text('Network memory goes through; only for root@pam.', { format: 'CIDR' })),
      'with-local-disks': optional(flag('Whether disks on storages of the node go along; not simulated.')),
      'targetstorage': optional(text('Storages disks go to; not simulated.')),
      ...bandwidth,
    },
    permission: { path: '/vms/{vmid}', privileges: ['VM.Migrate'] },
    handle: migrate,
  },
  {
    method: 'DELETE',
    path: '/nodes/{node}/qemu/{vmid}',
    description: 'Starts to destroy a machine with its disks.',
    parameters: {
      ...machine,
      ...skiplock,
      'purge': optional(flag('Whether it is also taken out of high availability.')),
      'destroy-unreferenced-disks': optional(flag('Whether disks with its id that it does not name are destroyed, too.')),
    },
    permission: { path: '/vms/{vmid}', privileges: ['VM.Allocate'] },
    handle: destroy,
  },
];
