import { TaskLog } from '../api/endpoint';
import { Cluster } from '../cluster';
import { Volume } from '../state/storage';
import { VolumeLog } from '../storage/transfer';
import { Drive, isCloudInit, isUnusedKey } from './drive';

/** Where a copy of a drive goes. @internal */
export interface DiskTarget {
  readonly vmid: number;
  /** @default - the storage it is on */
  readonly storage?: string;
  /** @default - that of the drive, if the storage can keep it */
  readonly format?: string;
  /** The snapshot that is copied. @default - what is there now */
  readonly snapshot?: string;
  /** Whether the machine runs that has it, and copies it itself. */
  readonly running?: boolean;
  /** Whether it is copied whole, or stands on its base. */
  readonly full: boolean;
}

/**
 * Copies a drive and says so in the log: the new volume, and the line of the drive that has it.
 *
 * @internal
 */
export async function copyDrive(
  cluster: Cluster, node: string, drive: Drive, target: DiskTarget, log: VolumeLog,
): Promise<{ readonly volume: Volume; readonly drive: Drive }> {
  const { volumes } = cluster;
  log(`create ${target.full ? 'full' : 'linked'} clone of drive ${drive.key} (${drive.file})`);
  const volume = target.full
    ? await copyWhole(cluster, node, drive, target, log)
    : await volumes.link(node, drive.file, target.vmid, { log });
  const { format: _format, ...options } = drive.options;
  return { volume, drive: { ...drive, file: volume.volid, size: drive.key.startsWith('unused') ? drive.size : volume.size, options } };
}

async function copyWhole(
  { volumes }: Cluster, node: string, drive: Drive, { vmid, storage, format, snapshot, running }: DiskTarget, log: VolumeLog,
): Promise<Volume> {
  const options = {
    log,
    ...format === undefined ? {} : { format },
    ...snapshot === undefined ? {} : { snapshot },
    ...running && snapshot === undefined && !isUnusedKey(drive.key) ? { mirrors: drive.key } : {},
    ...drive.key === 'tpmstate0' ? { format: 'raw' } : {},
    ...drive.key === 'efidisk0' ? { efiBytes: efiBytes(drive) } : {},
  };
  const onto = storage ?? volumes.parse(drive.file).storage;
  // A cloud-init volume need not be there any more to be made again.
  if (!isCloudInit(drive)) return volumes.copy(node, drive.file, onto, vmid, options);
  const wanted = format ?? volumes.parse(drive.file).format;
  const possible = volumes.formats(onto);
  return volumes.createCloudInit(node, onto, vmid, { log, format: wanted !== undefined && possible.includes(wanted) ? wanted : possible[0] });
}

/** Bytes of OVMF's variables: those of the 4 MiB build, or the old ones. */
function efiBytes({ options }: Drive): number {
  return options.efitype === '4m' ? 528 * 1024 : 128 * 1024;
}

/**
 * Waits for something that makes a volume, unless the task is told to stop; what is made then all the same is given to `late`.
 *
 * @internal
 */
export async function unlessStopped<T>(task: TaskLog, making: Promise<T>, late: (made: T) => void): Promise<T> {
  try {
    return await Promise.race([task.stopped, making]);
  } catch (error) {
    await making.then(late, () => undefined);
    throw error;
  }
}
