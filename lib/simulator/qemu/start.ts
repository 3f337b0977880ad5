import { TaskLog } from '../api/endpoint';
import { failure } from '../api-error';
import { Cluster } from '../cluster';
import { EngineError, GuestHardware } from '../engine/engine';
import { Guest } from '../state/guest';
import { cloudInitDrive, regenerateCloudInit } from './cloud-init';
import { drivesOf, isCloudInit } from './drive';
import { chooseDevices, takeDevices } from './host-pci';
import { existingMachine, isRunning, refuseLocked } from './machine';
import { applyPending } from './pending';
import { forgetSavedState } from './saved-state';
import { checkBridges, checkFirmware, checkHardware, checkVolumes } from './start-checks';

/**
 * Starts a machine: what is pending becomes true, the cloud-init drive is made, and everything is checked that a real server checks.
 *
 * @throws ApiError with how the task ends
 * @internal
 */
export async function startMachine(cluster: Cluster, node: string, vmid: number, task: TaskLog, skiplock = false): Promise<void> {
  await cluster.locks.hold(vmid, async () => {
    const guest = cluster.machine(node, vmid);
    if (guest.isTemplate) throw failure('you can\'t start a vm if it\'s a template');
    const running = isRunning(cluster, existingMachine(cluster, node, vmid));
    if (guest.config.get('lock') === 'backup' && running) return;
    if (!skiplock && guest.config.get('lock') !== 'suspended') refuseLocked(guest);
    if (running) throw failure(`VM ${vmid} already running`);
    const resumes = guest.config.get('lock') === 'suspended' || guest.config.has('vmstate');
    if (!resumes) await applyPending(cluster, guest, task.log);
    await makeCloudInit(cluster, guest, task);
    checkFirmware(cluster, guest, task);
    const devices = chooseDevices(cluster, guest);
    checkHardware(cluster, guest, task);
    if (resumes) task.log('Resuming suspended VM');
    takeDevices(cluster, guest, devices, task);
    checkVolumes(cluster, guest);
    checkBridges(cluster, guest, task);
    await powerOn(cluster, guest);
    if (!resumes) return;
    task.log('Resumed VM, removing state');
    await forgetSavedState(cluster, guest, task.log);
  }, 10, task.log);
}

/** Makes the cloud-init drive anew, and its volume where it has gone. */
async function makeCloudInit(cluster: Cluster, guest: Guest, { log }: TaskLog): Promise<void> {
  const { config, node, vmid } = guest;
  for (const drive of drivesOf(config)) {
    if (!isCloudInit(drive) || !drive.file.includes(`vm-${vmid}-cloudinit`) || cluster.volumes.look(node, drive.file) !== undefined) continue;
    const { storage, format } = cluster.volumes.parse(drive.file);
    await cluster.volumes.createCloudInit(node, storage, vmid, { format, log });
  }
  await regenerateCloudInit(cluster, guest, log);
}

async function powerOn(cluster: Cluster, guest: Guest): Promise<void> {
  try {
    const pid = await cluster.engine.start(await hardwareOf(cluster, guest));
    guest.startedAt = cluster.now();
    // Where there is no process there is a number all the same.
    guest.pid = pid > 0 ? pid : 1_000_000 + guest.vmid;
    guest.paused = false;
  } catch (error) {
    throw error instanceof EngineError ? failure(error.message) : error;
  }
}

/** A machine as the engine is told of it. @internal */
export async function hardwareOf(cluster: Cluster, guest: Guest): Promise<GuestHardware> {
  const { config, node, vmid } = guest;
  const drives = drivesOf(config).map((drive) => {
    const isVolume = drive.file.includes(':') && !drive.file.startsWith('/');
    return [drive.key, isVolume ? cluster.volumes.file(cluster.volumes.find(node, drive.file)) : undefined] as const;
  });
  const cloudInit = await cloudInitDrive(cluster, node, guest);
  return {
    vmid,
    node,
    config: Object.fromEntries(config),
    drives: Object.fromEntries(drives),
    ...cloudInit === undefined ? {} : { cloudInit: { slot: cloudInit.slot, files: cloudInit.files } },
  };
}
