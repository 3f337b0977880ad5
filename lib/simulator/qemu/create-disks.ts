import { TaskLog } from '../api/endpoint';
import { failure } from '../api-error';
import { Cluster } from '../cluster';
import { Volume } from '../state/storage';
import { Drive, drivesOf, isCloudInit, newDiskOf, printDrive } from './drive';
import { asksForCloudInit, checkVolume, drivesIn, imageOf, storageOf } from './drive-checks';
import { Actor, Options } from './permissions';

/** What disks are made for. @internal */
export interface DiskCreation {
  readonly actor: Actor;
  readonly node: string;
  /** The configurations a cloud-init drive must not be in already: that of the machine, and what is pending. */
  readonly configs: readonly ReadonlyMap<string, string>[];
  readonly isTemplate: boolean;
  /** The drives, as requested. */
  readonly options: Options;
  /** The storage of disks that name none. */
  readonly storage?: string;
  readonly task: Pick<TaskLog, 'log'>;
}

/** What was made. @internal */
export interface CreatedDisks {
  /** The lines of the drives, as the configuration is to have them. */
  readonly lines: { readonly [key: string]: string };
  /** New volumes, to be removed again if what follows fails. */
  readonly volumes: readonly string[];
}

/**
 * Makes the volumes that drives ask for, and looks up those they name. If that fails, nothing that was made remains.
 *
 * @internal
 */
export async function createDisks(creation: DiskCreation): Promise<CreatedDisks> {
  const { cluster } = creation.actor;
  const lines: { [key: string]: string } = {};
  const volumes: string[] = [];
  try {
    for (const drive of drivesIn(creation.options)) {
      const made = await createDisk(creation, drive, lines);
      if (made !== undefined) volumes.push(made.volid);
      lines[drive.key] = printDrive(drive);
      if (made !== undefined) creation.task.log(`${drive.key}: successfully created disk '${lines[drive.key]}'`);
    }
  } catch (error) {
    await removeVolumes(cluster, creation.node, volumes, creation.task);
    throw error;
  }
  return { lines, volumes };
}

/** Removes what was made in vain. @internal */
export async function removeVolumes(cluster: Cluster, node: string, volumes: readonly string[], task: Pick<TaskLog, 'log'>): Promise<void> {
  const log = (line: string) => task.log(line);
  for (const volid of volumes) await cluster.volumes.free(node, volid, { log }).catch((error: Error) => log(error.message));
}

/** Puts a drive's volume into it, made if it asks for a new one. */
async function createDisk(creation: DiskCreation, drive: Drive, lines: Options): Promise<Volume | undefined> {
  if (drive.file === 'none' || drive.file === 'cdrom') {
    delete drive.size;
    return undefined;
  }
  if (asksForCloudInit(drive)) return createCloudInitDrive(creation, drive, lines);
  const wanted = newDiskOf(drive);
  if (wanted === undefined) {
    useVolume(creation, drive, lines);
    return undefined;
  }
  const storage = wanted.storage ?? creation.storage;
  if (storage === undefined) throw failure('no storage ID specified (and no default storage)');
  const made = await makeVolume(creation, drive, storage, wanted.gibibytes);
  const { isTemplate, node, actor: { cluster }, task } = creation;
  const volume = isTemplate ? await cluster.volumes.makeBase(node, made.volid, { log: (line) => task.log(line) }) : made;
  delete drive.options.format;
  drive.file = volume.volid;
  drive.size = volume.size;
  return volume;
}

async function createCloudInitDrive({ actor, node, configs, task, ...creation }: DiskCreation, drive: Drive, lines: Options): Promise<Volume> {
  const storage = storageOf(drive.file).storage ?? creation.storage;
  if (storage === undefined) throw failure('no storage ID specified (and no default storage)');
  refuseSecondCloudInit(drive, configs, lines);
  const volume = await actor.cluster.volumes.createCloudInit(node, storage, actor.vmid, { format: drive.options.format, log: (line) => task.log(line) });
  delete drive.options.format;
  drive.file = volume.volid;
  drive.options.media = 'cdrom';
  return volume;
}

function refuseSecondCloudInit(drive: Drive, configs: readonly ReadonlyMap<string, string>[], lines: Options): void {
  for (const config of [...configs, new Map(Object.entries(lines))]) {
    // To PVE a drive that is only asked for is one already.
    const other = drivesOf(config).find((one) => one.key !== drive.key && isCloudInit(one));
    if (other !== undefined) throw failure(`${drive.key} - cloud-init drive is already attached at '${other.key}'`);
  }
}

async function makeVolume({ actor: { cluster, vmid }, node, task }: DiskCreation, drive: Drive, storage: string, gibibytes: number): Promise<Volume> {
  const log = (line: string) => task.log(line);
  const { format } = drive.options;
  const isNine = cluster.version.line === '9.1';
  const source = drive.options['import-from'];
  delete drive.options['import-from'];
  if (source !== undefined) {
    const efi = drive.kind === 'efidisk' ? { efiBytes: drive.options.efitype === '4m' ? 528 * 1024 : 128 * 1024 } : {};
    return cluster.volumes.import(node, importable(cluster, source), storage, vmid, { format, log, ...efi });
  }
  if (drive.kind === 'efidisk') {
    const small = drive.options.efitype !== '4m';
    const preEnrolledKeys = !small && drive.options['pre-enrolled-keys'] === '1';
    // The firmware of 9.1 comes with the certificates of 2023, and the server says so.
    if (preEnrolledKeys && isNine) drive.options['ms-cert'] = '2023w';
    return cluster.volumes.createEfi(node, storage, vmid, { format, log, small, preEnrolledKeys });
  }
  if (drive.kind === 'tpmstate') {
    if (!isNine) return cluster.volumes.createTpm(node, storage, vmid, { log });
    return cluster.volumes.allocate(node, storage, vmid, { bytes: 4 * 1024 ** 2, format, log });
  }
  return cluster.volumes.allocate(node, storage, vmid, { bytes: Math.trunc(gibibytes * 1024 ** 2) * 1024, format, log });
}

/** What can be imported: volumes, but no cloud-init drives, files of the host and archives with disks in them. */
function importable(cluster: Cluster, source: string): string {
  if (storageOf(source).storage === undefined) throw failure(`importing files of the host is not simulated: '${source}'`);
  if (/-cloudinit(?:\.|$)/.test(source)) throw failure(`cannot import from '${source}' - cannot import from cloudinit disk`);
  if (imageOf(cluster, source).format?.startsWith('ova+')) throw failure(`importing disks of an archive is not simulated: '${source}'`);
  return source;
}

/** Takes a volume that is there, with its size. */
function useVolume({ actor, node, configs }: DiskCreation, drive: Drive, lines: Options): void {
  const { cluster } = actor;
  checkVolume(actor, drive.file);
  const { storage } = storageOf(drive.file);
  if (storage === undefined) throw failure(`drives on files and devices of the host are not simulated: '${drive.file}'`);
  const { content, format } = imageOf(cluster, drive.file);
  if (content !== 'images' && content !== 'iso') throw failure(`cannot use volume ${drive.file} - content type needs to be 'images' or 'iso'`);
  if (drive.options.format !== undefined && drive.options.format !== format) {
    throw failure(`drive '${drive.key}' - volume '${drive.file}' - 'format=${drive.options.format}' option different from storage format '${format}'`);
  }
  if (isCloudInit(drive)) {
    refuseSecondCloudInit(drive, configs, lines);
  } else if (drive.kind === 'tpmstate' && format !== 'raw' && cluster.version.line === '8.4') {
    throw failure(`tpmstate0: volume format is '${format}', only 'raw' is supported!`);
  }
  cluster.storage(storage, node);
  drive.size = cluster.volumes.find(node, drive.file).size;
}
