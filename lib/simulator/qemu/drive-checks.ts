import { ApiError, failure } from '../api-error';
import { Cluster } from '../cluster';
import { VolumeName } from '../storage/volume-name';
import { Drive, isCdrom, isDriveKey, newDiskOf, parseDrive, printDrive } from './drive';
import { Actor, Options } from './permissions';

const volumeId = /^([a-z][a-z0-9\-_.]*[a-z0-9]):(.+)$/i;
const wrong = (key: string, text: string) => ApiError.parameters({ [key]: text });

/** The storage of a volume, and the rest of its id. @internal */
export function storageOf(volid: string): { readonly storage?: string; readonly name?: string } {
  const match = volumeId.exec(volid);
  return match ? { storage: match[1], name: match[2] } : {};
}

/** Whether a drive asks for a new cloud-init volume. @internal */
export function asksForCloudInit(drive: Drive): boolean {
  return storageOf(drive.file).name === 'cloudinit';
}

/** The drives in options as they are read, by name. @internal */
export function drivesIn(options: Options): Drive[] {
  return Object.keys(options).filter(isDriveKey).sort().flatMap((key) => parseDrive(key, options[key]) ?? []);
}

/**
 * Checks what drives say, and writes their lines as PVE would.
 *
 * @returns the options with those lines
 * @throws ApiError 400
 * @internal
 */
export function checkDrives(cluster: Cluster, node: string, options: Options): Options {
  const result: { [option: string]: string } = { ...options };
  for (const key of Object.keys(options).filter(isDriveKey).sort()) {
    const drive = parseDrive(key, options[key]);
    if (drive === undefined) throw wrong(key, 'unable to parse drive options');
    checkImport(drive);
    cleanPath(cluster, node, drive);
    const { storage, name } = storageOf(drive.file);
    if (storage !== undefined && newDiskOf(drive) === undefined && name !== 'cloudinit') {
      if (cluster.volumes.parse(drive.file).content === 'iso' && drive.options.media !== 'cdrom') throw wrong(key, 'explicit \'media=cdrom\' is required for iso images');
    }
    result[key] = printDrive(drive);
  }
  return result;
}

function checkImport(drive: Drive): void {
  if (drive.options['import-from'] === undefined) return;
  if (newDiskOf(drive)?.gibibytes !== 0) throw wrong(drive.key, '\'import-from\' requires special syntax - use <storage ID>:0,import-from=<source>');
  const needed = drive.kind === 'efidisk' ? ['efitype', 'pre-enrolled-keys'] : drive.kind === 'tpmstate' ? ['version'] : [];
  const missing = needed.find((name) => drive.options[name] === undefined);
  if (missing !== undefined) throw wrong(drive.key, `need to specify '${missing}' when using 'import-from'`);
}

/** Names a volume by its id where its path was given; an empty drive is one for CDs. */
function cleanPath(cluster: Cluster, node: string, drive: Drive): void {
  const { file } = drive;
  if (!/^(?:cdrom|none)$/.test(file) && !/^\/dev\/.+/.test(file) && !/^[^:]+:.+$/.test(file) && !/^\d+$/.test(file)) {
    const volume = [...cluster.storages.values()].flatMap((storage) => storage.on(node)).find(({ volid }) => cluster.volumes.path(node, volid) === file);
    if (volume === undefined) throw wrong(drive.key, `unable to associate path '${file}' to any storage`);
    if (volume.content === 'iso') drive.options.media ??= 'cdrom';
    const expected = { disk: 'images', cdrom: 'iso' }[drive.options.media];
    if (expected !== undefined && volume.content !== expected) throw wrong(drive.key, `unexpected media type (${volume.content} != ${expected})`);
    drive.file = volume.volid;
  }
  if (/^(?:cdrom|none)$/.test(drive.file)) drive.options.media ??= 'cdrom';
}

/**
 * Refuses volumes and storages that the caller may not use for a machine's drives.
 *
 * @param extraction where disks are unpacked from archives
 * @internal
 */
export function checkStorageAccess(actor: Actor, options: Options, defaultStorage?: string, extraction?: string): void {
  const { cluster, caller } = actor;
  const check = (path: string, ...privileges: string[]) => cluster.access.check(caller.id, path, privileges);
  for (const drive of drivesIn(options)) {
    const { storage, name } = storageOf(drive.file);
    const newDisk = newDiskOf(drive);
    if (drive.file === 'none' || drive.file === 'cloudinit' || name === 'cloudinit') {
      // Nothing of anybody's is used.
    } else if (isCdrom(drive) && drive.file === 'cdrom') {
      check('/', 'Sys.Console');
    } else if (!isCdrom(drive) && newDisk !== undefined) {
      const id = newDisk.storage ?? defaultStorage;
      if (id === undefined) throw failure('no storage ID specified (and no default storage)');
      check(`/storage/${id}`, 'Datastore.AllocateSpace');
      if (!known(cluster, id).content.includes('images')) throw ApiError.parameters({ storage: `storage '${id}' does not support vm images` });
    } else {
      checkVolume(actor, drive.file);
      const content = storage === undefined ? undefined : cluster.volumes.parse(drive.file).content;
      if (content !== undefined && content !== 'images' && content !== 'iso') throw wrong(drive.key, 'content type needs to be \'images\' or \'iso\'');
    }
    if (drive.options['import-from'] !== undefined) checkSource(actor, drive, drive.options['import-from'], extraction);
  }
  if (cluster.version.line === '8.4') checkUnused(actor, options);
  if (options.vmstatestorage !== undefined) check(`/storage/${options.vmstatestorage}`, 'Datastore.AllocateSpace');
}

function checkSource(actor: Actor, drive: Drive, source: string, extraction?: string): void {
  const { cluster, caller } = actor;
  const { storage } = storageOf(source);
  if (storage === undefined) return checkVolume(actor, source);
  const own = known(cluster, storage);
  const parsed = imageOf(cluster, source);
  if (parsed.content !== 'images' && parsed.content !== 'import') throw wrong(drive.key, `${source} has wrong type '${parsed.content}' - needs to be 'images' or 'import'`);
  if (parsed.content === 'import' && parsed.format?.startsWith('ova+')) {
    const id = extraction ?? storage;
    const target = extraction === undefined ? own : known(cluster, extraction);
    if (!target.content.includes('images') || target.path === undefined) {
      throw wrong(extraction === undefined ? drive.key : 'import-working-storage',
        `import working storage '${id}' does not support 'images' content type or is not file based.`);
    }
    cluster.access.check(caller.id, `/storage/${id}`, ['Datastore.AllocateSpace']);
  }
  if (parsed.vmid !== undefined) cluster.access.check(caller.id, `/vms/${parsed.vmid}`, ['VM.Clone']);
  else checkVolume(actor, source);
}

function checkUnused(actor: Actor, options: Options): void {
  for (const key of Object.keys(options).filter((name) => /^unused\d+$/.test(name)).sort()) {
    const drive = parseDrive(key, options[key]);
    if (drive === undefined) throw wrong(key, `failed to parse value '${options[key]}'`);
    checkVolume(actor, drive.file, 'images');
  }
}

/** What a volume that QEMU is to read is called; of ISO files the format is raw. @throws ApiError @internal */
export function imageOf(cluster: Cluster, volid: string): VolumeName {
  const parsed = cluster.volumes.parse(volid);
  const format = parsed.format ?? 'raw';
  if (!/^(?:raw|qcow|qcow2|qed|vmdk|cloop)$/.test(format.replace(/^ova\+/, ''))) throw failure(`volume '${volid}' - not a QEMU image format '${format}'`);
  return { ...parsed, format };
}

/** Refuses a volume that the caller may not read, or that is of another kind. @internal */
export function checkVolume({ cluster, caller, vmid }: Actor, volid: string, content?: string): void {
  const { storage } = storageOf(volid);
  if (storage === undefined) {
    if (caller.id !== 'root@pam') throw failure('Only root can pass arbitrary filesystem paths.');
    return;
  }
  const parsed = cluster.volumes.parse(volid);
  if (content !== undefined && parsed.content !== content) throw failure(`unable to use volume ${volid} - content type needs to be '${content}'`);
  const { access } = cluster;
  if (access.allows(caller.id, `/storage/${storage}`, ['Datastore.Allocate'])) return;
  if (parsed.content === 'iso' || parsed.content === 'vztmpl' || parsed.content === 'import') {
    access.check(caller.id, `/storage/${storage}`, ['Datastore.AllocateSpace', 'Datastore.Audit'], true);
  } else if (parsed.vmid === vmid) {
    // Its own.
  } else if (parsed.vmid !== undefined && (parsed.content === 'images' || parsed.content === 'rootdir' || parsed.content === 'backup')) {
    const isBackup = parsed.content === 'backup';
    access.check(caller.id, `/storage/${storage}`, [isBackup ? 'Datastore.AllocateSpace' : 'Datastore.Audit']);
    access.check(caller.id, `/vms/${parsed.vmid}`, [isBackup ? 'VM.Backup' : 'VM.Config.Disk']);
  } else {
    throw failure(`missing privileges to access ${volid}`);
  }
}

function known(cluster: Cluster, id: string) {
  const storage = cluster.storages.get(id);
  if (storage === undefined) throw failure(`storage '${id}' does not exist`);
  return storage.definition;
}
