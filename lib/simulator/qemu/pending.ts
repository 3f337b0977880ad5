import { Cluster } from '../cluster';
import { Guest } from '../state/guest';
import { VolumeLog } from '../storage/transfer';
import { regenerateCloudInit } from './cloud-init';
import { normalize } from './config';
import { isCloudInit, isDriveKey, parseDrive } from './drive';
import { Actor } from './permissions';
import { detach, keepAsUnused } from './unused-volumes';

/** What could not be applied, by option, in PVE's words. @internal */
export interface ApplyErrors {
  [option: string]: string;
}

/** Forgets what is pending but is so already, and deletions of what is not there. @internal */
export function cleanUpPending(guest: Guest): void {
  for (const [key, value] of guest.pending) {
    if (guest.config.get(key) === value) guest.pending.delete(key);
  }
  for (const key of guest.pendingDelete.keys()) {
    if (!guest.config.has(key)) guest.pendingDelete.delete(key);
  }
}

/**
 * Applies everything that is pending to a machine that does not run.
 *
 * @param actor who changes it; nobody where the server does so by itself
 * @internal
 */
export async function applyPending(cluster: Cluster, guest: Guest, log: VolumeLog, actor?: Actor): Promise<ApplyErrors> {
  const errors: ApplyErrors = {};
  if (guest.pending.size === 0 && guest.pendingDelete.size === 0) return errors;
  const trying = async (key: string, work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      errors[key] = `unable to apply pending change ${key} : ${(error as Error).message}\n`;
      log(errors[key].trimEnd());
      return false;
    }
  };
  for (const [key, { force }] of [...guest.pendingDelete].sort(([a], [b]) => a < b ? -1 : 1)) {
    const isDrive = isDriveKey(key) && guest.config.has(key);
    if (!await trying(key, async () => isDrive ? detach(cluster, actor, guest, key, force, log) : undefined)) continue;
    guest.pendingDelete.delete(key);
    guest.config.delete(key);
  }
  cleanUpPending(guest);
  let cloudInit = false;
  for (const [key, value] of [...guest.pending].sort(([a], [b]) => a < b ? -1 : 1)) {
    const old = isDriveKey(key) ? guest.config.get(key) : undefined;
    if (!await trying(key, async () => old === undefined ? undefined : keepAsUnused(cluster, guest, parseDrive(key, old), log))) continue;
    const drive = isDriveKey(key) ? parseDrive(key, value) : undefined;
    cloudInit ||= drive !== undefined && isCloudInit(drive);
    guest.config.set(key, value);
    guest.pending.delete(key);
  }
  normalize(cluster, guest);
  if (cloudInit) await regenerateCloudInit(cluster, guest, log);
  return errors;
}
