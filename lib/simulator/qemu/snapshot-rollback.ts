import { randomUUID } from 'node:crypto';
import { Call, TaskLog } from '../api/endpoint';
import { failure } from '../api-error';
import { Cluster } from '../cluster';
import { Guest, Snapshot } from '../state/guest';
import { checkVolumeRollback, rollBackVolume } from '../storage/volume-snapshots';
import { normalize } from './config';
import { drivesOf, isCdrom, isCloudInit } from './drive';
import { isRunning, markStopped, refuseLocked } from './machine';
import { keptOptions } from './snapshot';
import { disksOf, snapshotOf } from './snapshot-config';
import { startMachine } from './start';
import { rememberUnused } from './unused-volumes';

/** Starts to make a machine what it was. @internal */
export function rollBack({ cluster, caller, parameters, node, task }: Call): string {
  const vmid = parameters.number('vmid');
  const name = parameters.text('snapname');
  const starts = parameters.flag('start');
  if (starts && cluster.version.line === '9.1') cluster.access.check(caller.id, `/vms/${vmid}`, ['VM.PowerMgmt']);
  return task('qmrollback', `${vmid}`, async (log) => {
    const snapshot = await cluster.locks.hold(vmid, () => prepare(cluster, node, vmid, name), 10, log.log);
    for (const { file } of disksOf(snapshot)) await rollBackVolume(cluster, node, file, name, log.log);
    await cluster.locks.hold(vmid, () => finish(cluster, cluster.machine(node, vmid), name, snapshot, log), 10, log.log);
    await startAgain(cluster, cluster.machine(node, vmid), snapshot.has('vmstate'), starts, caller.id, log);
  });
}

async function prepare(cluster: Cluster, node: string, vmid: number, name: string): Promise<Snapshot> {
  const guest = cluster.machine(node, vmid);
  if (guest.isTemplate) throw failure('you can\'t rollback if vm is a template');
  const snapshot = snapshotOf(guest, name);
  disksOf(snapshot).forEach(({ file }) => checkVolumeRollback(cluster, node, file, name));
  const state = snapshot.get('snapstate');
  if (state !== undefined) throw failure(`unable to rollback to incomplete snapshot (snapstate = ${state})`);
  refuseLocked(guest);
  if (isRunning(cluster, guest)) {
    await cluster.engine.stop(vmid);
    markStopped(guest);
  }
  guest.config.set('lock', 'rollback');
  return snapshot;
}

/** Puts the configuration of a snapshot in place of that of the machine, which keeps its description and its unused volumes. */
async function finish(cluster: Cluster, guest: Guest, name: string, snapshot: Snapshot, { log }: TaskLog): Promise<void> {
  const hadMachine = guest.config.has('machine');
  const inSnapshot = new Set(drivesOf(snapshot).filter((drive) => !isCdrom(drive, true)).map(({ file }) => file));
  const dropped = drivesOf(guest.config).filter((drive) => !isCdrom(drive, true) && !inSnapshot.has(drive.file));
  const kept = [...guest.config].filter(([key]) => /^unused\d+$/.test(key) || key === 'description');
  guest.config = new Map([...kept, ...keptOptions(snapshot), ['parent', name]]);
  guest.pending.clear();
  guest.pendingDelete.clear();
  if (snapshot.has('vmstate') && !snapshot.has('runningmachine') && !hadMachine) guest.config.delete('machine');
  for (const key of ['runningmachine', 'runningcpu']) guest.config.delete(key);
  if (guest.config.get('vmgenid')) guest.config.set('vmgenid', randomUUID());
  for (const drive of dropped) {
    if (isCloudInit(drive)) {
      log(`found unused cloudinit disk '${drive.file}', removing it`);
      await cluster.volumes.free(guest.node, drive.file, { log });
    } else if (drive.file.includes(':')) {
      rememberUnused(guest, drive.file);
    }
  }
  normalize(cluster, guest);
}

/** A machine whose memory was saved goes on from it; any other one is started if that is wanted. */
async function startAgain(cluster: Cluster, { vmid, node }: Guest, hasMemory: boolean, wanted: boolean, caller: string, task: TaskLog): Promise<void> {
  if (hasMemory) await startMachine(cluster, node, vmid, task);
  else if (wanted) cluster.tasks.start(node, 'qmstart', `${vmid}`, caller, (log) => startMachine(cluster, node, vmid, log));
}
