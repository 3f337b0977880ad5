import { failure } from '../api-error';
import { Cluster } from '../cluster';
import { Guest } from '../state/guest';
import { VolumeLog } from '../storage/transfer';
import { Drive, drivesOf, freeUnusedKey, isCdrom, isCloudInit, parseDrive } from './drive';
import { storageOf } from './drive-checks';
import { Actor, checkMachine } from './permissions';
import { isInSnapshot } from './snapshot-config';

/** Whether a volume is a machine's own. */
function owns({ volumes }: Cluster, vmid: number, volid: string): boolean {
  return storageOf(volid).storage !== undefined && volumes.parse(volid).vmid === vmid;
}

/** Keeps the volume of a drive that goes as `unusedN`; that of cloud-init is removed. @internal */
export async function keepAsUnused(cluster: Cluster, guest: Guest, drive: Drive | undefined, log: VolumeLog): Promise<void> {
  if (drive === undefined) return;
  if (isCloudInit(drive)) {
    await cluster.volumes.free(guest.node, drive.file, { log }).catch((error: Error) => log(error.message));
    guest.cloudInit.clear();
  } else if (!isCdrom(drive) && owns(cluster, guest.vmid, drive.file)) {
    const known = [...guest.config].some(([key, value]) => key.startsWith('unused') && value === drive.file);
    if (known) return;
    guest.config.set(freeKey(guest), drive.file);
  }
}

/** Keeps a volume as `unusedN` that no drive has any more; one of cloud-init is not kept. @internal */
export function rememberUnused(guest: Guest, file: string): void {
  const isUsed = [guest.config, guest.pending].some((config) => drivesOf(config).some((drive) => drive.file === file))
    || [...guest.config].some(([key, value]) => key.startsWith('unused') && value === file);
  if (!isUsed) guest.config.set(freeKey(guest), file);
}

function freeKey(guest: Guest): string {
  try {
    return freeUnusedKey(guest.config);
  } catch (error) {
    throw failure((error as Error).message);
  }
}

/** Removes the volume of a drive if it is the machine's own and nothing else uses it. @internal */
export async function removeVolume(actor: Actor, guest: Guest, key: string, file: string, log: VolumeLog): Promise<void> {
  const { cluster, caller, vmid } = actor;
  if (!owns(cluster, vmid, file)) return;
  cluster.access.check(caller.id, `/storage/${storageOf(file).storage}`, ['Datastore.AllocateSpace']);
  const used = drivesOf(guest.config).some((drive) => drive.key !== key && !isCdrom(drive) && drive.file === file);
  if (used || isInSnapshot(guest, file)) throw failure(`unable to delete '${file}' - volume is still in use (snapshot?)`);
  await cluster.volumes.free(guest.node, file, { log });
}

/**
 * Takes a drive off a machine: by force with its volume, else the volume stays as unused.
 *
 * @param actor who wants it gone; only with force
 * @internal
 */
export async function detach(cluster: Cluster, actor: Actor | undefined, guest: Guest, key: string, force: boolean, log: VolumeLog): Promise<void> {
  const drive = parseDrive(key, guest.config.get(key) ?? '');
  if (drive === undefined) return;
  if (!force) return keepAsUnused(cluster, guest, drive, log);
  if (actor !== undefined) checkMachine(actor, ['VM.Config.Disk']);
  if (!isCdrom(drive, true)) {
    await removeVolume(actor ?? { cluster, caller: { id: 'root@pam', user: 'root@pam' }, vmid: guest.vmid }, guest, key, drive.file, log);
  }
}
