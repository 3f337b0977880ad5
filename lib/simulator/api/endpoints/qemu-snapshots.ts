import { deleteSnapshot, describeSnapshot, takeSnapshot } from '../../qemu/snapshot';
import { shownSnapshot, shownSnapshots } from '../../qemu/snapshot-config';
import { rollBack } from '../../qemu/snapshot-rollback';
import { Properties, flag, optional, text } from '../../schema/property';
import { Endpoint, Permission } from '../endpoint';
import { machine, snapshotName } from './qemu-parameters';

const snapshots = '/nodes/{node}/qemu/{vmid}/snapshot';
const description = optional(text('Text about the snapshot.'));
const one: Properties = { ...machine, snapname: snapshotName('Name of the snapshot.') };
const may = (...privileges: string[]): Permission => ({ path: '/vms/{vmid}', privileges, any: privileges.length > 1 });

/** Snapshots of machines. @internal */
export const qemuSnapshotEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: snapshots,
    description: 'The snapshots of a machine, and at the end, as `current`, what it is now.',
    parameters: machine,
    permission: may('VM.Audit'),
    handle: ({ cluster, node, parameters }) => shownSnapshots(cluster, cluster.machine(node, parameters.number('vmid'))),
  },
  {
    method: 'POST',
    path: snapshots,
    description: 'Starts to take a snapshot.',
    parameters: { ...one, vmstate: optional(flag('Whether the memory of a running machine is saved; only where nothing really runs.')), description },
    permission: may('VM.Snapshot'),
    handle: takeSnapshot,
  },
  {
    method: 'GET',
    path: `${snapshots}/{snapname}`,
    description: 'What there is of a snapshot.',
    parameters: one,
    permission: 'all',
    handle: () => [{ cmd: 'rollback' }, { cmd: 'config' }],
  },
  {
    method: 'GET',
    path: `${snapshots}/{snapname}/config`,
    description: 'The configuration of the machine as it was.',
    parameters: one,
    permission: may('VM.Snapshot', 'VM.Snapshot.Rollback', 'VM.Audit'),
    handle: ({ cluster, node, parameters }) => shownSnapshot(cluster, cluster.machine(node, parameters.number('vmid')), parameters.text('snapname')),
  },
  {
    method: 'PUT',
    path: `${snapshots}/{snapname}/config`,
    description: 'Changes the text about a snapshot.',
    parameters: { ...one, description },
    permission: may('VM.Snapshot'),
    handle: describeSnapshot,
  },
  {
    method: 'POST',
    path: `${snapshots}/{snapname}/rollback`,
    description: 'Starts to make a machine what it was.',
    parameters: { ...one, start: optional(flag('Whether it is started then.', { default: '0' })) },
    permission: may('VM.Snapshot', 'VM.Snapshot.Rollback'),
    handle: rollBack,
  },
  {
    method: 'DELETE',
    path: `${snapshots}/{snapname}`,
    description: 'Starts to remove a snapshot.',
    parameters: { ...one, force: optional(flag('Whether it goes even if snapshots of disks cannot be removed.')) },
    permission: may('VM.Snapshot'),
    handle: deleteSnapshot,
  },
];
