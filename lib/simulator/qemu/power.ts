import { Call, TaskLog, TaskWork } from '../api/endpoint';
import { Parameters } from '../api/parameters';
import { ApiError, failure } from '../api-error';
import { Cluster } from '../cluster';
import { Guest } from '../state/guest';
import { VolumeLog } from '../storage/transfer';
import { agentIsEnabled, existingMachine, isHaManaged, isRunning, markStopped, properties, refuseLocked } from './machine';
import { applyPending } from './pending';
import { checkMachine } from './permissions';
import { refuseUnlessRoot } from './root-only';
import { stateStorage, suspendToDisk } from './saved-state';
import { startMachine } from './start';

interface StopRequest {
  /** Whether the guest is asked to power off, or loses power. */
  readonly shutdown: boolean;
  /** Seconds. */
  readonly timeout?: number;
  /** Whether it loses power when it does not power off in time. */
  readonly force?: boolean;
  readonly skiplock?: boolean;
}

/** Starts to start a machine; all checks are the task's. @internal */
export function start({ cluster, caller, parameters, node, task }: Call): string {
  const { vmid, id } = target(parameters);
  refuseUnlessRoot(caller, parameters, 'stateuri', 'skiplock', 'migratedfrom', 'migration_type', 'migration_network', 'targetstorage', 'force-cpu', 'nets-host-mtu');
  if (isHaManaged(cluster, vmid)) return task('hastart', id, haWork(cluster, vmid, `Requesting HA start for VM ${vmid}`, 'started'));
  return task('qmstart', id, (log) => startMachine(cluster, node, vmid, log, parameters.flag('skiplock')));
}

/** Starts to take the power from a machine. @internal */
export function stop({ cluster, caller, parameters, node, task }: Call): string {
  const { vmid, id } = target(parameters);
  refuseUnlessRoot(caller, parameters, 'skiplock', 'keepActive', 'migratedfrom');
  const overrule = parameters.flag('overrule-shutdown');
  if (isHaManaged(cluster, vmid)) {
    if (overrule) throw ApiError.parameters({ 'overrule-shutdown': 'Not applicable for HA resources.' });
    return task('hastop', id, haWork(cluster, vmid, `Requesting HA stop for VM ${vmid}`, 'stopped'));
  }
  return task('qmstop', id, async (log) => {
    if (overrule) await overruleShutdowns(cluster, id, log);
    await stopMachine(cluster, node, vmid, { shutdown: false, timeout: parameters.optionalNumber('timeout'), force: true, skiplock: parameters.flag('skiplock') }, log);
  });
}

/** Starts to ask a guest to power off. @internal */
export function shutdown({ cluster, caller, parameters, node, task }: Call): string {
  const { vmid, id } = target(parameters);
  refuseUnlessRoot(caller, parameters, 'skiplock', 'keepActive');
  const force = parameters.flag('forceStop');
  const paused = isPaused(cluster, node, vmid);
  if (paused && !force) throw failure('VM is paused - cannot shutdown');
  if (isHaManaged(cluster, vmid)) return task('hastop', id, haWork(cluster, vmid, `Requesting HA stop for VM ${vmid}`, 'stopped'));
  const request = { shutdown: !paused, timeout: parameters.optionalNumber('timeout'), force, skiplock: parameters.flag('skiplock') };
  return task('qmshutdown', id, async (log) => void await stopMachine(cluster, node, vmid, request, log));
}

/** Starts to have a guest power off, and the machine start again with what was pending. @internal */
export function reboot({ cluster, parameters, node, task }: Call): string {
  const { vmid, id } = target(parameters);
  if (isPaused(cluster, node, vmid)) throw failure('VM is paused - cannot shutdown');
  if (!isRunning(cluster, existingMachine(cluster, node, vmid))) throw notRunning(vmid);
  return task('qmreboot', id, async (log) => {
    const stopped = await stopMachine(cluster, node, vmid, { shutdown: true, timeout: parameters.optionalNumber('timeout') }, log);
    // What sees that the machine has stopped, and that it is to come back, is the server itself.
    if (stopped) cluster.tasks.start(node, 'qmstart', id, 'root@pam', (again) => startMachine(cluster, node, vmid, again));
  });
}

/** Starts to reset a machine. @internal */
export function reset({ cluster, caller, parameters, node, task }: Call): string {
  const { vmid, id } = target(parameters);
  refuseUnlessRoot(caller, parameters, 'skiplock');
  if (!isRunning(cluster, existingMachine(cluster, node, vmid))) throw notRunning(vmid);
  return task('qmreset', id, ({ log }) => cluster.locks.hold(vmid, async () => {
    const guest = cluster.machine(node, vmid);
    if (!parameters.flag('skiplock')) refuseLocked(guest);
    if (!isRunning(cluster, guest)) throw notRunning(vmid);
    await cluster.engine.reset(vmid);
  }, 10, log));
}

/** Starts to hold a machine, in memory or, powered off, on a disk. @internal */
export function suspend(call: Call): string {
  const { cluster, caller, parameters, node, task } = call;
  const { vmid, id } = target(parameters);
  refuseUnlessRoot(caller, parameters, 'skiplock');
  if (!isRunning(cluster, existingMachine(cluster, node, vmid))) throw notRunning(vmid);
  if (parameters.flag('todisk')) return hibernate(call);
  return task('qmpause', id, ({ log }) => setPaused(cluster, node, vmid, true, parameters.flag('skiplock'), log));
}

function hibernate({ cluster, caller, parameters, node, task }: Call): string {
  const { vmid, id } = target(parameters);
  if (isHaManaged(cluster, vmid)) throw failure('Cannot suspend HA managed VM to disk');
  checkMachine({ cluster, caller, vmid }, ['VM.Config.Disk']);
  const { config } = cluster.machine(node, vmid);
  if ([...config.keys()].some((key) => /^hostpci\d+/.test(key))) {
    throw failure('cannot suspend VM to disk due to passed-through PCI device(s), which lack the possibility to save/restore their internal state');
  }
  const storage = parameters.optional('statestorage') || stateStorage(cluster, config);
  cluster.access.check(caller.id, `/storage/${storage}`, ['Datastore.AllocateSpace']);
  if (!cluster.engine.runsNothing) throw new ApiError(501, 'saving the memory of a machine is not simulated where it really runs');
  return task('qmsuspend', id, ({ log }) => suspendToDisk(cluster, node, vmid, storage, parameters.flag('skiplock'), log));
}

/** Starts to let a machine go on. @internal */
export function resume({ cluster, caller, parameters, node, task }: Call): string {
  const { vmid, id } = target(parameters);
  refuseUnlessRoot(caller, parameters, 'skiplock', 'nocheck');
  if (cluster.guests.get(vmid)?.node === node && cluster.guests.get(vmid)?.config.get('lock') === 'suspended') {
    return task('qmresume', id, (log) => startMachine(cluster, node, vmid, log, parameters.flag('skiplock')));
  }
  if (!isRunning(cluster, existingMachine(cluster, node, vmid))) throw notRunning(vmid);
  return task('qmresume', id, ({ log }) => setPaused(cluster, node, vmid, false, parameters.flag('skiplock'), log));
}

/** Whether the machine ran and has stopped now. */
async function stopMachine(cluster: Cluster, node: string, vmid: number, request: StopRequest, task: TaskLog): Promise<boolean> {
  return cluster.locks.hold(vmid, async () => {
    const guest = existingMachine(cluster, node, vmid);
    if (!isRunning(cluster, guest)) return false;
    if (!request.skiplock) refuseLocked(guest);
    const { down } = request.shutdown ? properties(guest.config.get('startup') ?? '', 'order') : {};
    const timeout = request.timeout ?? (down === undefined ? 60 : Number(down));
    if (!await powerOff(cluster, guest, request.shutdown, timeout, task)) {
      if (!request.force) throw failure('VM quit/powerdown failed - got timeout');
      task.log('VM still running - terminating now with SIGTERM');
      await cluster.engine.stop(vmid);
    }
    markStopped(guest);
    await applyPending(cluster, guest, task.log);
    return true;
  }, 10, task.log);
}

async function powerOff({ engine }: Cluster, { vmid, config }: Guest, shutsDown: boolean, timeout: number, task: TaskLog): Promise<boolean> {
  if (!shutsDown) {
    await engine.stop(vmid);
    return true;
  }
  let agent = agentIsEnabled(config);
  if (agent) {
    await engine.agent(vmid, 'guest-ping').catch(() => {
      agent = false;
      task.log(`QEMU Guest Agent is not running - VM ${vmid} qmp command 'guest-ping' failed - got timeout`);
    });
  }
  const asked = engine.shutdown(vmid, timeout, agent);
  asked.catch(() => undefined);
  return Promise.race([task.stopped, asked]);
}

async function setPaused(cluster: Cluster, node: string, vmid: number, paused: boolean, skiplock: boolean, log: VolumeLog): Promise<void> {
  await cluster.locks.hold(vmid, async () => {
    const guest = cluster.machine(node, vmid);
    if (!isRunning(cluster, guest)) throw notRunning(vmid);
    if (!paused && guest.isTemplate) throw failure(`VM ${vmid} is a template and cannot be resumed!`);
    if (guest.paused === paused) return;
    if (!skiplock && guest.config.get('lock') !== 'backup') refuseLocked(guest);
    await cluster.engine.pause(vmid, paused);
    guest.paused = paused;
  }, 10, log);
}

/** What a manager of high availability does when it is asked: it notes the wish, and sees to it with a task of its own. */
function haWork(cluster: Cluster, vmid: number, line: string, state: 'started' | 'stopped'): TaskWork {
  return (task) => {
    task.log(line);
    const resource = cluster.ha.get(`vm:${vmid}`);
    const guest = cluster.guests.get(vmid);
    if (resource === undefined || guest === undefined) throw failure(`no such resource 'vm:${vmid}'`);
    resource.state = state;
    if (isRunning(cluster, guest) === (state === 'started')) return;
    const { node } = guest;
    cluster.tasks.start(node, state === 'started' ? 'qmstart' : 'qmshutdown', `${vmid}`, 'root@pam', async (own) => {
      own.log('task started by HA resource agent');
      if (state === 'started') await startMachine(cluster, node, vmid, own);
      else await stopMachine(cluster, node, vmid, { shutdown: true, force: true }, own);
    });
  };
}

async function overruleShutdowns({ tasks }: Cluster, id: string, { log }: TaskLog): Promise<void> {
  const running = [...tasks.all.values()].filter((task) => task.type === 'qmshutdown' && task.id === id && task.exitStatus === undefined);
  running.forEach((task) => task.stop());
  await Promise.all(running.map(({ done }) => done));
  if (running.length > 0) log(`overruled qmshutdown tasks: ${running.map(({ upid }) => upid).join(', ')}`);
}

function target(parameters: Parameters): { readonly vmid: number; readonly id: string } {
  return { vmid: parameters.number('vmid'), id: `${parameters.number('vmid')}` };
}

function isPaused(cluster: Cluster, node: string, vmid: number): boolean {
  const guest = cluster.guests.get(vmid);
  return guest?.node === node && guest.paused && isRunning(cluster, guest);
}

function notRunning(vmid: number): ApiError {
  return failure(`VM ${vmid} not running`);
}
