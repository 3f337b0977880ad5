import { Call } from '../api/endpoint';
import { ApiError, failure } from '../api-error';
import { Cluster } from '../cluster';
import { splitList } from '../schema/formats';
import { Guest } from '../state/guest';
import { Drive, isCdrom, isUnusedKey, parseDrive, printDrive } from './drive';
import { isRunning, properties, refuseLocked } from './machine';
import { checkMachine } from './permissions';
import { disksOf, isInSnapshot } from './snapshot-config';

interface Reassignment {
  readonly source: Guest;
  readonly target: Guest;
  /** The drive as the other machine is to have it, still with its old volume. */
  readonly drive: Drive;
}

/** Starts to give a disk to another machine of the node. @internal */
export function reassignDisk(call: Call): string {
  const { cluster, caller, parameters, node, task } = call;
  const vmid = parameters.number('vmid');
  const targetId = parameters.number('target-vmid');
  const disk = parameters.text('disk');
  const targetDisk = parameters.optional('target-disk') ?? disk;
  checkMachine({ cluster, caller, vmid: targetId }, ['VM.Config.Disk']);
  if (vmid === targetId) throw ApiError.parameters({ 'target-vmid': 'must be different than source VMID to reassign disk' });
  const check = () => checked(call, vmid, targetId, disk, targetDisk);
  cluster.access.check(caller.id, `/storage/${cluster.volumes.parse(check().drive.file).storage}`, ['Datastore.AllocateSpace']);
  return task('qmmove', `${vmid}-${disk}>${targetId}-${targetDisk}`, ({ log }) =>
    cluster.locks.hold(vmid, () => cluster.locks.hold(targetId, async () => {
      const { source, target, drive } = check();
      log(`moving disk '${disk}' from VM '${vmid}' to '${targetId}'`);
      const { volid } = await cluster.volumes.reassign(node, drive.file, targetId, { log });
      const order = splitList(properties(source.config.get('boot') ?? '', 'legacy').order ?? '');
      if (order.includes(disk)) {
        log(`removing disk '${disk}' from boot order config`);
        const rest = order.filter((device) => device !== disk);
        source.config.set('boot', rest.length === 0 ? '' : `order=${rest.join(';')}`);
      }
      source.config.delete(disk);
      log(`removing disk '${disk}' from VM '${vmid}' config`);
      const line = printDrive({ ...drive, file: volid });
      if (!isUnusedKey(targetDisk)) log(`update VM ${targetId}: -${targetDisk} ${line}`);
      (isRunning(cluster, target) && !isUnusedKey(targetDisk) ? target.pending : target.config).set(targetDisk, line);
    }, 10, log), 10, log));
}

function checked({ cluster, node, parameters }: Call, vmid: number, targetId: number, disk: string, targetDisk: string): Reassignment {
  const [source, target] = both(cluster, node, vmid, targetId);
  if (source.isTemplate || target.isTemplate) throw failure('Can\'t move disks from or to template VMs');
  for (const [guest, name] of [[source, 'digest'], [target, 'target-digest']] as const) {
    const digest = parameters.optional(name);
    if (digest && digest !== guest.digest) throw failure(`VM ${guest.vmid}: detected modified configuration - file changed by other user? Try again.`);
  }
  const line = source.config.get(disk);
  if (line === undefined) throw failure(`Disk '${disk}' for VM '${vmid}' does not exist`);
  if (target.config.get(targetDisk)) throw failure(`Target disk key '${targetDisk}' is already in use for VM '${targetId}'`);
  const drive = parseDrive(disk, line);
  if (drive === undefined) throw failure('failed to parse source disk - ');
  if (isCdrom(drive, true)) throw failure('CD drive contents can\'t be moved to another VM');
  if (!drive.file.includes(':') || drive.file.startsWith('/')) throw failure(`Volume '${drive.file}' not managed by PVE`);
  const used = isInSnapshot(source, drive.file) || disksOf(source.config).some(({ key, file }) => key !== disk && file === drive.file);
  if (used) throw failure('Can\'t move disk used by a snapshot to another VM');
  if (cluster.volumes.parse(drive.file).isBase) throw failure('Storage does not support moving of this disk to another VM');
  if (isRunning(cluster, source) && !isUnusedKey(disk)) throw failure('Cannot move disk to another VM while the source VM is running - detach first');
  const moved = parseDrive(targetDisk, isUnusedKey(targetDisk) ? drive.file : line);
  if (moved === undefined) throw failure('failed to parse source disk for target disk format - ');
  return { source, target, drive: moved };
}

function both(cluster: Cluster, node: string, vmid: number, targetId: number): readonly [Guest, Guest] {
  const [one, other] = [cluster.guests.get(vmid), cluster.guests.get(targetId)];
  if (one === undefined) throw failure(`could not find VM ${vmid}`);
  if (other === undefined) throw failure(`could not find target VM ${targetId}`);
  if (one.node !== other.node) throw failure(`Both VMs need to be on the same node (${one.node} != ${other.node})`);
  const machines = [vmid, targetId].map((id) => {
    const guest = cluster.machine(node, id);
    refuseLocked(guest);
    return guest;
  });
  return [machines[0], machines[1]];
}
