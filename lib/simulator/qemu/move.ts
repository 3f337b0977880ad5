import { Call, TaskLog } from '../api/endpoint';
import { ApiError, failure } from '../api-error';
import { Cluster } from '../cluster';
import { Guest } from '../state/guest';
import { copyDrive, unlessStopped } from './disk-copy';
import { Drive, freeUnusedKey, isCdrom, isCloudInit, isUnusedKey, parseDrive, printDrive } from './drive';
import { isRunning, refuseLocked } from './machine';
import { endMoveMirror } from './mirror';
import { reassignDisk } from './reassign';
import { disksOf, isInSnapshot } from './snapshot-config';
import { makeBases } from './template';

/** Starts to move a disk to another storage or format. @internal */
export function moveDisk(call: Call): string {
  const { cluster, caller, parameters, node, task } = call;
  const vmid = parameters.number('vmid');
  const key = parameters.text('disk');
  const storage = parameters.optional('storage');
  if (parameters.has('target-vmid')) {
    const both = 'either set \'storage\' or \'target-vmid\', but not both';
    if (storage !== undefined) throw ApiError.parameters({ 'target-vmid': both, 'storage': both });
    return reassignDisk(call);
  }
  if (storage === undefined) {
    const none = 'both \'storage\' and \'target-vmid\' missing, either needs to be set';
    throw ApiError.parameters({ 'target-vmid': none, 'storage': none });
  }
  cluster.access.check(caller.id, `/storage/${storage}`, ['Datastore.AllocateSpace']);
  const format = parameters.optional('format');
  const check = () => {
    const guest = cluster.machine(node, vmid);
    refuseLocked(guest);
    const digest = parameters.optional('digest');
    if (digest && digest !== guest.digest) throw failure('detected modified configuration - file changed by other user? Try again.');
    return { guest, ...movable(cluster, guest, key, storage, format, parameters.flag('delete')) };
  };
  const isUsed = isRunning(cluster, check().guest) && !isUnusedKey(key);
  if (isUsed && !cluster.engine.runsNothing) throw new ApiError(501, 'moving a disk of a machine is not simulated where it really runs');
  return task('qmmove', `${vmid}`, (log) => cluster.locks.hold(vmid, async () => {
    const { guest, drive, snapshotted } = check();
    await move(cluster, guest, drive, { storage, format, snapshotted, remove: parameters.flag('delete') }, log);
  }, 10, log.log), { cleansUp: true });
}

interface Movable {
  readonly drive: Drive;
  readonly snapshotted: boolean;
}

function movable(cluster: Cluster, guest: Guest, key: string, storage: string, format: string | undefined, remove: boolean): Movable {
  const line = guest.config.get(key);
  const drive = line ? parseDrive(key, line) : undefined;
  if (drive === undefined) throw failure(`disk '${key}' does not exist`);
  if (isCdrom(drive, true)) throw failure('you can\'t move a cdrom');
  const [from] = drive.file.split(':');
  const had = /\.(raw|qcow2|vmdk)$/.exec(drive.file)?.[1];
  if (from === storage && (format === undefined || had === undefined || had === format)) throw failure('you can\'t move to the same storage with same format');
  if (!cluster.storage(storage, guest.node).definition.content.includes('images')) {
    throw ApiError.parameters({ storage: `storage '${storage}' does not support vm images` });
  }
  const snapshotted = isSnapshotted(guest, drive);
  if (snapshotted && remove) throw failure('you can\'t move a disk with snapshots and delete the source');
  return { drive, snapshotted };
}

/** Whether something else than the drive has its volume: a snapshot, as a rule. */
function isSnapshotted(guest: Guest, { key, file }: Drive): boolean {
  return isInSnapshot(guest, file) || disksOf(guest.config).some((other) => other.key !== key && other.file === file);
}

interface Destination {
  readonly storage: string;
  readonly format?: string;
  readonly snapshotted: boolean;
  /** Whether what was moved is removed where it was. */
  readonly remove: boolean;
}

async function move(cluster: Cluster, guest: Guest, drive: Drive, { storage, format, snapshotted, remove }: Destination, task: TaskLog): Promise<void> {
  const { config, node, vmid } = guest;
  const { volumes } = cluster;
  const made: string[] = [];
  volumes.find(node, drive.file);
  const running = isRunning(cluster, guest) && !isUnusedKey(drive.key);
  try {
    if (running && drive.key === 'tpmstate0') throw failure('cannot move TPM state while VM is running');
    await task.pass();
    if (snapshotted) task.log('moving disk with snapshots, snapshots will not be moved!');
    const copying = copyDrive(cluster, node, drive, { vmid, storage, format, full: true, running }, task.log);
    const copy = await unlessStopped(task, copying, ({ volume }) => made.push(volume.volid));
    made.push(copy.volume.volid);
    if (running && !isCloudInit(drive)) endMoveMirror(drive.key, task.log);
    const unused = remove ? undefined : freeUnusedKey(config);
    config.set(drive.key, printDrive(copy.drive));
    if (unused !== undefined) config.set(unused, drive.file);
    if (guest.isTemplate) await makeBases(cluster, guest, task.log, drive.key);
  } catch (error) {
    for (const volid of made) await volumes.free(node, volid).catch((problem: Error) => task.log(problem.message));
    throw failure(`storage migration failed: ${(error as Error).message}`);
  }
  if (remove) await volumes.free(node, drive.file, { log: task.log }).catch((problem: Error) => task.log(problem.message));
}
