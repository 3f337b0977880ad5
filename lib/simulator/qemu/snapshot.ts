import { Call, TaskLog } from '../api/endpoint';
import { ApiError, failure } from '../api-error';
import { Cluster } from '../cluster';
import { Guest, Snapshot } from '../state/guest';
import { dropVolumeSnapshot, takeVolumeSnapshot } from '../storage/volume-snapshots';
import { storedDescription } from './config';
import { featureOf } from './feature';
import { agentIsEnabled, isRunning, refuseLocked } from './machine';
import { allocateState, refuseBlockers } from './saved-state';
import { disksOf, snapshotOf } from './snapshot-config';
import { rememberUnused } from './unused-volumes';

/** What a snapshot does not take over. */
const notKept = /^(?:snapstate|snaptime|vmstate|lock|description|unused\d+)$/;

/** The options of a machine that a snapshot takes over, and a machine from a snapshot. @internal */
export function keptOptions(config: ReadonlyMap<string, string>): [string, string][] {
  return [...config].filter(([key]) => !notKept.test(key));
}

/** Starts to take a snapshot of a machine. @internal */
export function takeSnapshot({ cluster, parameters, node, task }: Call): string {
  const vmid = parameters.number('vmid');
  const name = parameters.text('snapname');
  const withMemory = parameters.flag('vmstate');
  if (name === 'current') throw failure('unable to use snapshot name \'current\' (reserved name)');
  if (name.toLowerCase() === 'pending') throw failure('unable to use snapshot name \'pending\' (reserved name)');
  const machine = cluster.machine(node, vmid);
  if (withMemory) refuseBlockers(machine);
  if (withMemory && !cluster.engine.runsNothing && isRunning(cluster, machine)) throw new ApiError(501, 'saving the memory of a machine is not simulated where it really runs');
  return task('qmsnapshot', `${vmid}`, async (log) => {
    const snapshot = await cluster.locks.hold(vmid, () => prepare(cluster, node, vmid, name, withMemory, parameters.optional('description'), log), 10, log.log);
    const guest = cluster.machine(node, vmid);
    const done: string[] = [];
    try {
      await takeDisks(cluster, guest, name, snapshot, done, log);
    } catch (error) {
      log.log('snapshot create failed: starting cleanup');
      await dropDisks(cluster, guest, name, snapshot, done, true, log);
      await finishRemoval(cluster, guest, name, done, log);
      throw error;
    }
    snapshot.delete('snapstate');
    guest.config.delete('lock');
    guest.config.set('parent', name);
  });
}

async function prepare(
  cluster: Cluster, node: string, vmid: number, name: string, withMemory: boolean, comment: string | undefined, { log }: TaskLog,
): Promise<Snapshot> {
  const guest = cluster.machine(node, vmid);
  if (guest.isTemplate) throw failure('you can\'t take a snapshot if it\'s a template');
  refuseLocked(guest);
  if (withMemory) refuseBlockers(guest);
  if (guest.snapshots.has(name)) throw failure(`snapshot name '${name}' already used`);
  if (featureOf(cluster, guest, 'snapshot').hasFeature === 0) throw failure('snapshot feature is not available');
  for (const [other, config] of [...guest.snapshots].sort(([a], [b]) => a < b ? -1 : 1)) {
    if (config.get('parent') !== name) continue;
    log(`deleting parent '${name}' reference from '${other}' to avoid bogus snapshot cycle.`);
    config.delete('parent');
  }
  const snapshot: Snapshot = new Map();
  if (withMemory && isRunning(cluster, guest)) await allocateState(cluster, guest, name, snapshot, log);
  keptOptions(guest.config).forEach(([key, value]) => snapshot.set(key, value));
  snapshot.set('snapstate', 'prepare');
  snapshot.set('snaptime', `${Math.floor(cluster.now() / 1000)}`);
  const description = comment === undefined ? undefined : storedDescription(comment);
  if (description !== undefined) snapshot.set('description', description);
  guest.snapshots.set(name, snapshot);
  guest.config.set('lock', 'snapshot');
  return snapshot;
}

async function takeDisks(cluster: Cluster, guest: Guest, name: string, snapshot: Snapshot, done: string[], { log }: TaskLog): Promise<void> {
  const running = isRunning(cluster, guest);
  const state = snapshot.get('vmstate');
  const frozen = running && state === undefined && await freeze(cluster, guest, log);
  if (state !== undefined) {
    log(`saving VM state and RAM using storage '${state.split(':')[0]}'`);
    log('completed saving the VM state in 0s, saved 0.00 B');
  }
  try {
    for (const drive of disksOf(snapshot)) {
      log(`snapshotting 'drive-${drive.key}' (${drive.file})`);
      if (running && cluster.version.line === '9.1' && drive.file.endsWith('.qcow2')) log('internal qemu snapshot');
      await takeVolumeSnapshot(cluster, guest.node, drive.file, name, log);
      done.push(drive.key);
    }
  } finally {
    if (frozen) await cluster.engine.agent(guest.vmid, 'guest-fsfreeze-thaw').catch((error: Error) => log(`guest-fsfreeze-thaw problems - ${error.message}`));
  }
}

/** Has the agent hold the guest's file systems; whether it is asked at all. */
async function freeze({ engine, version }: Cluster, { vmid, config }: Guest, log: (line: string) => void): Promise<boolean> {
  const isNine = version.line === '9.1';
  if (!agentIsEnabled(config)) {
    if (isNine) log('skipping guest filesystem freeze - disabled in VM options');
    return false;
  }
  const answers = await engine.agent(vmid, 'guest-ping').then(() => true, () => false);
  if (!answers) {
    log(isNine
      ? 'skipping guest filesystem freeze - agent configured but not running?'
      : `QEMU Guest Agent is not running - VM ${vmid} qmp command 'guest-ping' failed - got timeout`);
    return false;
  }
  await engine.agent(vmid, 'guest-fsfreeze-freeze').catch((error: Error) => log(isNine ? error.message : `guest-fsfreeze-freeze problems - ${error.message}`));
  return true;
}

/** Starts to remove a snapshot. @internal */
export function deleteSnapshot({ cluster, parameters, node, task }: Call): string {
  const vmid = parameters.number('vmid');
  const name = parameters.text('snapname');
  const force = parameters.flag('force');
  return task('qmdelsnapshot', `${vmid}`, async (log) => {
    snapshotOf(cluster.machine(node, vmid), name);
    const guest = await cluster.locks.hold(vmid, () => {
      const own = cluster.machine(node, vmid);
      refuseLocked(own);
      own.config.set('lock', 'snapshot-delete');
      return own;
    }, 10, log.log);
    // A template with snapshots stays locked then.
    if (guest.isTemplate) throw failure('you can\'t delete a snapshot if vm is a template');
    const snapshot = snapshotOf(guest, name);
    snapshot.set('snapstate', 'delete');
    const volumes = disksOf(snapshot).map(({ file }) => file);
    await dropDisks(cluster, guest, name, snapshot, undefined, force, log);
    await finishRemoval(cluster, guest, name, volumes, log);
  });
}

/** Removes the snapshots of disks, and the memory; with `force` what fails is only told of. */
async function dropDisks(
  cluster: Cluster, { node }: Guest, name: string, snapshot: Snapshot, only: readonly string[] | undefined, force: boolean, { log }: TaskLog,
): Promise<void> {
  const attempt = (work: Promise<void>) => work.catch((error: Error) => {
    if (!force) throw error;
    log(error.message);
  });
  const state = snapshot.get('vmstate');
  if (state !== undefined) {
    await attempt(cluster.volumes.free(node, state, { log }));
    snapshot.delete('vmstate');
  }
  for (const drive of disksOf(snapshot)) {
    if (only !== undefined && !only.includes(drive.key)) continue;
    await attempt(dropVolumeSnapshot(cluster, node, drive.file, name, log));
    if (!force) snapshot.delete(drive.key);
  }
}

/** Takes a snapshot out of the configuration; disks that nothing else has are unused then. */
function finishRemoval(cluster: Cluster, guest: Guest, name: string, volumes: readonly string[], { log }: TaskLog): Promise<void> {
  return cluster.locks.hold(guest.vmid, () => {
    const above = guest.snapshots.get(name)?.get('parent');
    guest.snapshots.delete(name);
    for (const config of [guest.config, ...guest.snapshots.values()]) {
      if (config.get('parent') !== name) continue;
      if (above === undefined) config.delete('parent');
      else config.set('parent', above);
    }
    guest.config.delete('lock');
    volumes.filter((file) => file.includes(':')).forEach((file) => rememberUnused(guest, file));
  }, 10, log);
}

/** Changes what is said of a snapshot. @internal */
export async function describeSnapshot({ cluster, parameters, node }: Call): Promise<void> {
  const vmid = parameters.number('vmid');
  const text = parameters.optional('description');
  if (text === undefined) return;
  await cluster.locks.hold(vmid, () => {
    const guest = cluster.machine(node, vmid);
    refuseLocked(guest);
    const snapshot = snapshotOf(guest, parameters.text('snapname'));
    const description = storedDescription(text);
    if (description === undefined) snapshot.delete('description');
    else snapshot.set('description', description);
  });
}
