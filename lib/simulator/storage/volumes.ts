import { Readable } from 'node:stream';
import { failure } from '../api-error';
import { Cluster } from '../cluster';
import { ReceivedContent, VolumeFile } from '../engine/engine';
import { ContentType, Storage, Volume } from '../state/storage';
import { devices } from './devices';
import { VolumeLog, backedFormattingLine, formattingLine, logMirror, logTransfer } from './transfer';
import { VolumeName, imageFormats, listedFormat, parseVolumeName, splitVolumeId, volumePath } from './volume-name';

/** How a disk is made. @internal */
export interface VolumeOptions {
  /** `qcow2`, `raw`, `vmdk`. @default - the storage's own, of a copy that of the source if the storage can keep it */
  readonly format?: string;
  /** Without the storage: `vm-100-cloudinit.qcow2`. @default - `vm-100-disk-N` with the next free number */
  readonly name?: string;
  readonly log?: VolumeLog;
}

/** How a disk is copied. @internal */
export interface CopyOptions extends VolumeOptions {
  /** The slot of a machine that runs, which copies the disk itself. */
  readonly mirrors?: string;
  /** A snapshot, instead of what is there now. */
  readonly snapshot?: string;
  /** Of OVMF's variables: the bytes that are copied, without a word in the log. */
  readonly efiBytes?: number;
}

const mebibyte = 1024 ** 2;
const cloudInitBytes = 4 * mebibyte;
const tpmBytes = 4 * mebibyte;

/**
 * The volumes of a cluster: their names, sizes and relations as a real server has them; their content is the engine's.
 *
 * What PVE's tools print goes to `log`; what the API prints around it (`create full clone of drive scsi0 (…)`, `successfully created disk …`) is the caller's.
 *
 * @internal
 */
export class Volumes {
  private received = 0;

  public constructor(private readonly cluster: Cluster) {}

  /** Takes a volume's id apart. @throws ApiError in PVE's words */
  public parse(volid: string): VolumeName {
    const [id, volname] = splitVolumeId(volid);
    const storage = this.cluster.storages.get(id);
    if (storage === undefined) throw failure(`storage '${id}' does not exist`);
    return parseVolumeName(id, storage.definition.type, volname);
  }

  /** Where a volume is, as logs show it. */
  public path(_node: string, volid: string): string {
    const parsed = this.parse(volid);
    return volumePath(this.cluster.storages.get(parsed.storage)!.definition, parsed);
  }

  /** A volume that may be missing. */
  public look(node: string, volid: string): Volume | undefined {
    const { storage, name, vmid, content } = this.parse(volid);
    const known = this.cluster.storages.get(storage)!;
    // A linked clone is found without the base in its name as well: it is the same file.
    return known.find(node, volid) ?? (content === 'images' ? known.ofOwner(node, vmid!).find((volume) => this.parse(volume.volid).name === name) : undefined);
  }

  /** A volume. @throws ApiError when it is not there */
  public find(node: string, volid: string): Volume {
    const volume = this.look(node, volid);
    if (volume === undefined) throw failure(`volume '${volid}' does not exist`);
    return volume;
  }

  /** Bytes a guest sees of a volume or of the image in an imported file. @throws ApiError when it is not there */
  public size(node: string, volid: string): number {
    const volume = this.look(node, volid);
    if (volume === undefined) throw failure(`failed to stat '${this.path(node, volid)}'`);
    return volume.virtualBytes ?? volume.size;
  }

  /** The volumes of a machine, on all storages. */
  public of(vmid: number): Volume[] {
    return [...this.cluster.storages.values()].flatMap((storage) => storage.ofOwner(undefined, vmid));
  }

  /** A linked clone that stands on a volume, if there is one. */
  public isInUse(volid: string): string | undefined {
    const { storage, isBase, name, vmid } = this.parse(volid);
    if (!isBase) return undefined;
    return this.cluster.storages.get(storage)!.all().find((volume) => {
      const { parentName, parentVmid } = this.parse(volume.volid);
      return parentName === name && parentVmid === vmid;
    })?.volid;
  }

  /** What the engine knows a volume by. */
  public file(volume: Volume): VolumeFile {
    return { key: volume.key, format: volume.format };
  }

  /** Refuses a storage that may not hold something. */
  public assertContent(storageId: string, content: ContentType): void {
    if (!this.cluster.storage(storageId).definition.content.includes(content)) throw failure(`storage '${storageId}' does not support content-type '${content}'`);
  }

  /** The formats a storage can keep images in, its own choice first. */
  public formats(storageId: string): readonly string[] {
    const { type, options } = this.cluster.storage(storageId).definition;
    return [...new Set([...options?.format === undefined ? [] : [options.format], ...imageFormats(type)])];
  }

  /** Makes an empty disk. */
  public async allocate(node: string, storageId: string, vmid: number, options: VolumeOptions & { readonly bytes: number }): Promise<Volume> {
    const volume = this.reserve(node, storageId, vmid, options);
    return this.orRemove(node, volume, () => this.cluster.engine.volumes.create(this.file(volume), volume.size));
  }

  /** Makes the disk with OVMF's variables; `small` are those of 2 MiB firmware. */
  public async createEfi(
    node: string, storageId: string, vmid: number, options: VolumeOptions & { readonly preEnrolledKeys?: boolean; readonly small?: boolean } = {},
  ): Promise<Volume> {
    const bytes = options.small ? 128 * 1024 : 528 * 1024;
    const volume = this.reserve(node, storageId, vmid, { ...options, bytes });
    volume.used = Math.max(volume.used, bytes);
    if (options.log) logTransfer(options.log, bytes, bytes);
    return this.orRemove(node, volume, () => this.cluster.engine.volumes.createEfiVariables(this.file(volume), options.preEnrolledKeys ?? false));
  }

  /** Makes a cloud-init drive, still empty. */
  public async createCloudInit(node: string, storageId: string, vmid: number, options: VolumeOptions = {}): Promise<Volume> {
    const isFile = this.storage(storageId, node).isFileBased;
    const format = isFile ? options.format ?? 'qcow2' : 'raw';
    return this.allocate(node, storageId, vmid, { ...options, format, name: `vm-${vmid}-cloudinit${isFile ? `.${format}` : ''}`, bytes: cloudInitBytes });
  }

  /** Makes the state of a TPM; always raw. */
  public async createTpm(node: string, storageId: string, vmid: number, options: VolumeOptions = {}): Promise<Volume> {
    return this.allocate(node, storageId, vmid, { ...options, format: 'raw', bytes: tpmBytes });
  }

  /** Makes a disk from an imported file or another disk. The line that announces the copy is written here, as there is no drive to name. */
  public async import(node: string, source: string, storageId: string, vmid: number, options: CopyOptions = {}): Promise<Volume> {
    if (this.size(node, source) === 0) throw failure(`could not get size of ${source}`);
    try {
      options.log?.(`create full clone of drive (${source})`);
      return await this.copy(node, source, storageId, vmid, options);
    } catch (error) {
      throw failure(`cannot import from '${source}' - ${(error as Error).message}`);
    }
  }

  /** Copies a disk, whole. A cloud-init drive is only made anew, as PVE does. */
  public async copy(node: string, volid: string, storageId: string, vmid: number, options: CopyOptions = {}): Promise<Volume> {
    const source = this.find(node, volid);
    const wanted = options.format ?? source.format;
    const formats = this.formats(storageId);
    const format = formats.includes(wanted) ? wanted : formats[0];
    if (/-cloudinit(\.|$)/.test(this.parse(source.volid).name)) return this.createCloudInit(node, storageId, vmid, { ...options, format });
    const bytes = options.efiBytes ?? source.virtualBytes ?? source.size;
    const target = this.reserve(node, storageId, vmid, { ...options, format, bytes }, false);
    return this.orRemove(node, target, async () => {
      const storage = this.storage(storageId, node);
      const full = this.cluster.faults.isFull(storageId) || storage.used(node) + source.used > storage.definition.capacity;
      if (full) {
        if (options.log) logTransfer(options.log, bytes, bytes, 37);
        const at = Math.floor(bytes * 0.38 / 65536) * 65536;
        options.log?.(`qemu-img: error while writing at byte ${at}: No space left on device`);
        throw failure(`copy failed: command '${this.copyCommand(node, source, target)}' failed: exit code 1`);
      }
      if (options.log && options.mirrors !== undefined) logMirror(options.log, options.mirrors, bytes, source.format === 'qcow2' && source.used < bytes / 1000);
      else if (options.log && options.efiBytes === undefined) logTransfer(options.log, bytes, source.used);
      await this.cluster.engine.volumes.copy(this.file(source), this.file(target), options.snapshot);
      if (target.size > bytes) await this.cluster.engine.volumes.resize(this.file(target), target.size);
      target.used = Math.max(target.used, Math.min(source.used, target.size));
    });
  }

  /** Makes a linked clone of a base. */
  public async link(node: string, volid: string, vmid: number, { log }: { readonly log?: VolumeLog } = {}): Promise<Volume> {
    const base = this.find(node, volid);
    const parsed = this.parse(base.volid);
    if (!parsed.isBase) throw failure('clone_image only works on base images');
    const storage = this.storage(parsed.storage, node);
    const format = storage.isFileBased ? 'qcow2' : base.format;
    const name = this.freeName(storage, node, vmid, format);
    const { type } = storage.definition;
    const volname = storage.isFileBased ? `${parsed.vmid}/${parsed.name}/${vmid}/${name}` : type === 'lvmthin' ? name : `${parsed.name}/${name}`;
    this.refuseFull(parsed.storage, node, 0, type, name);
    const volume = this.add(storage, node, {
      volid: `${parsed.storage}:${volname}`,
      content: 'images',
      format,
      size: base.size,
      used: storage.isFileBased ? 200_704 : 0,
      vmid,
      parent: type === 'lvmthin' ? undefined : base.volid,
    });
    if (storage.isFileBased) {
      const relative = `../${parsed.vmid}/${parsed.name}`;
      log?.(`clone ${parsed.volname}: images, ${name}, ${vmid} to ${name} (base=${relative})`);
      log?.(backedFormattingLine(this.path(node, volume.volid), base.size, relative, base.format, this.cluster.version.line));
    } else {
      devices(type).created(storage.definition, name, this.cluster.version.line, log);
    }
    // A thin pool keeps what a base and its clones share even after the base is gone, so the content must stand alone.
    const { volumes } = this.cluster.engine;
    return this.orRemove(node, volume, () => type === 'lvmthin' ? volumes.copy(this.file(base), this.file(volume)) : volumes.link(this.file(base), this.file(volume)));
  }

  /** Turns a disk into a base that linked clones can stand on. */
  public async makeBase(node: string, volid: string, { log }: { readonly log?: VolumeLog } = {}): Promise<Volume> {
    const volume = this.find(node, volid);
    const { storage: id, volname, name, isBase } = this.parse(volume.volid);
    if (isBase) throw failure('create_base not possible with base image');
    const storage = this.storage(id, node);
    const newName = name.replace(/^vm-/, 'base-').replace(/^subvol-/, 'basevol-');
    const key = `${volume.key.slice(0, -name.length)}${newName}`;
    const base: Volume = { ...volume, volid: `${id}:${volname.slice(0, -name.length)}${newName}`, key };
    if (storage.find(node, base.volid)) throw failure(`file '${this.path(node, base.volid)}' already exists`);
    await this.cluster.engine.volumes.rename(this.file(volume), key);
    storage.remove(node, volume.volid);
    storage.add(node, base);
    devices(storage.definition.type).becameBase(storage.definition, name, newName, log);
    return base;
  }

  /** Gives a disk to another machine, under the next free name there. */
  public async reassign(node: string, volid: string, vmid: number, { log }: { readonly log?: VolumeLog } = {}): Promise<Volume> {
    const volume = this.find(node, volid);
    const { storage: id, volname, name, vmid: owner } = this.parse(volume.volid);
    const storage = this.storage(id, node);
    const newName = this.freeName(storage, node, vmid, volume.format);
    const [own, others] = storage.isFileBased ? [`${owner}/${name}`, `${vmid}/${newName}`] : [name, newName];
    const newId = `${id}:${volname.slice(0, -own.length)}${others}`;
    const moved: Volume = { ...volume, volid: newId, vmid, key: this.key(storage, node, this.parse(newId)) };
    await this.cluster.engine.volumes.rename(this.file(volume), moved.key);
    storage.remove(node, volume.volid);
    storage.add(node, moved);
    devices(storage.definition.type).renamed(storage.definition, name, newName, log);
    return moved;
  }

  /** Grows a disk. */
  public async resize(node: string, volid: string, bytes: number, { log }: { readonly log?: VolumeLog } = {}): Promise<Volume> {
    const volume = this.find(node, volid);
    const { storage: id, name } = this.parse(volume.volid);
    const storage = this.storage(id, node);
    const size = devices(storage.definition.type).align(bytes);
    if (bytes < volume.size) throw failure('shrinking disks is not supported');
    this.refuseFull(id, node, reservesSpace(storage) ? size - volume.size : 0, storage.definition.type, name);
    devices(storage.definition.type).resized(storage.definition, name, volume.size, size, log);
    await this.cluster.engine.volumes.resize(this.file(volume), size);
    if (reservesSpace(storage)) volume.used += size - volume.size;
    volume.size = size;
    return volume;
  }

  /** Removes a volume. What is not there is only told of, as PVE does. */
  public async free(node: string, volid: string, { log }: { readonly log?: VolumeLog } = {}): Promise<void> {
    const { storage: id, volname, name, content } = this.parse(volid);
    const storage = this.storage(id, node);
    if (this.isInUse(volid) !== undefined) throw failure(`base volume '${volname}' is still in use by linked clones`);
    const volume = this.look(node, volid);
    if (volume?.protected) throw failure(`cannot remove protected volume '${volname}' on '${id}'`);
    if (volume === undefined) {
      if (storage.isFileBased) log?.(`disk image '${this.path(node, volid)}' does not exist`);
      return;
    }
    storage.remove(node, volume.volid);
    await this.cluster.engine.volumes.remove(this.file(volume));
    if (content === 'images') devices(storage.definition.type).removed(name, log);
  }

  /**
   * Takes a file in: ISO, import, snippet, template of a container. What was there under its name is replaced.
   *
   * @param check is asked before it counts; what it throws makes nothing of it
   */
  public async receive(node: string, volid: string, content: Readable, check?: (received: ReceivedContent) => Promise<void> | void): Promise<Volume> {
    const parsed = this.parse(volid);
    const storage = this.storage(parsed.storage, node);
    const key = this.key(storage, node, parsed);
    const format = listedFormat(parsed);
    const { volumes } = this.cluster.engine;
    const temporary = { key: `${key}.tmp.${++this.received}`, format };
    let arrived: ReceivedContent;
    try {
      arrived = await volumes.receive(temporary, content);
      await check?.(arrived);
    } catch (error) {
      await volumes.remove(temporary);
      throw error;
    }
    const old = storage.find(node, volid);
    if (old !== undefined) {
      storage.remove(node, volid);
      await volumes.remove(this.file(old));
    }
    await volumes.rename(temporary, key);
    const { bytes, virtualBytes } = arrived;
    const isImage = parsed.content === 'import' && virtualBytes !== bytes;
    return this.add(storage, node, {
      volid,
      content: parsed.content,
      format,
      size: bytes,
      used: bytes,
      ...isImage ? { virtualBytes } : {},
      ...parsed.vmid === undefined ? {} : { vmid: parsed.vmid },
    });
  }

  /** Why a file of some bytes has no room, if so. */
  public hasRoom(node: string, storageId: string, bytes: number): boolean {
    const storage = this.storage(storageId, node);
    return !this.cluster.faults.isFull(storageId) && storage.used(node) + bytes <= storage.definition.capacity;
  }

  private storage(id: string, node: string): Storage {
    return this.cluster.storage(id, node);
  }

  private reserve(node: string, storageId: string, vmid: number, options: VolumeOptions & { readonly bytes: number }, checkFull = true): Volume {
    const storage = this.storage(storageId, node);
    const { type } = storage.definition;
    const format = options.format ?? this.formats(storageId)[0];
    const name = options.name ?? this.freeName(storage, node, vmid, format);
    if (storage.isFileBased) {
      const named = parseVolumeName(storageId, type, `${vmid}/${name}`).format;
      if (named !== format) throw failure(`illegal name '${name}' - wrong extension for format ('${named} != '${format}')`);
    } else if (!imageFormats(type).includes(format)) {
      throw failure(`unsupported format '${format}'`);
    } else if (!name.startsWith(`${format === 'subvol' ? 'subvol' : 'vm'}-${vmid}-`)) {
      throw failure(`illegal name '${name}' - should be '${format === 'subvol' ? 'subvol' : 'vm'}-${vmid}-*'`);
    }
    const volid = `${storageId}:${storage.isFileBased ? `${vmid}/` : ''}${name}`;
    if (storage.find(node, volid)) throw failure(devices(type).exists(storage.definition, name, this.path(node, volid)));
    const size = devices(type).align(Math.ceil(options.bytes / 1024) * 1024);
    const reserved = reservesSpace(storage) ? size : 0;
    if (checkFull) this.refuseFull(storageId, node, reserved, type, name);
    const used = format === 'qcow2' ? 196_608 + Math.ceil(size / 65536 / 8192) * 65536 : reserved;
    const volume = this.add(storage, node, { volid, content: 'images', format, size, used, vmid });
    if (storage.isFileBased) {
      if (options.log && format !== 'subvol') options.log(formattingLine(this.path(node, volid), format, size));
    } else {
      devices(type).created(storage.definition, name, this.cluster.version.line, options.log);
    }
    return volume;
  }

  private refuseFull(storageId: string, node: string, bytes: number, type: Storage['definition']['type'], name: string): void {
    const storage = this.storage(storageId, node);
    if (!this.cluster.faults.isFull(storageId) && (bytes === 0 || storage.used(node) + bytes <= storage.definition.capacity)) return;
    const vmid = /-(\d+)-/.exec(name)?.[1];
    throw failure(devices(type).full(storage.definition, name, storage.isFileBased ? this.path(node, `${storageId}:${vmid}/${name}`) : ''));
  }

  private freeName(storage: Storage, node: string, vmid: number, format: string): string {
    const taken = new Set(storage.ofOwner(node, vmid).flatMap((volume) => {
      const { name } = this.parse(volume.volid);
      const match = /^(?:vm|base|subvol|basevol)-\d+-disk-(\d+)(\..*)?$/.exec(name);
      // Files of other formats do not count, except where the storage knows subvolumes.
      return match && (storage.definition.type !== 'nfs' || match[2] === `.${format}`) ? [Number(match[1])] : [];
    }));
    for (let i = 0; i < 1024; i++) {
      if (!taken.has(i)) return `${format === 'subvol' ? 'subvol' : 'vm'}-${vmid}-disk-${i}${storage.isFileBased ? `.${format}` : ''}`;
    }
    throw failure(`unable to allocate an image name for VM ${vmid} in storage '${storage.id}'`);
  }

  private add(storage: Storage, node: string, volume: Omit<Volume, 'ctime' | 'node' | 'key'>): Volume {
    return storage.add(node, {
      ...volume,
      ctime: Math.floor(this.cluster.now() / 1000),
      node: storage.definition.shared ? undefined : node,
      key: this.key(storage, node, this.parse(volume.volid)),
    });
  }

  private key(storage: Storage, node: string, { content, name, vmid }: VolumeName): string {
    const where = storage.definition.shared ? 'shared' : `nodes/${node}`;
    return `${where}/${storage.id}/${content}/${content === 'images' && storage.isFileBased ? `${vmid}/` : ''}${name}`;
  }

  private copyCommand(node: string, source: Volume, target: Volume): string {
    const isZfs = (volume: Volume) => this.cluster.storages.get(this.parse(volume.volid).storage)!.definition.type === 'zfspool';
    return [
      '/usr/bin/qemu-img convert -p -n', ...isZfs(target) ? ['-t none'] : [], ...isZfs(source) ? ['-T none'] : [],
      `-f ${source.format} -O ${target.format} ${this.path(node, source.volid)} zeroinit:${this.path(node, target.volid)}`,
    ].join(' ');
  }

  /** Fills a volume, and removes it again if that fails. */
  private async orRemove(node: string, volume: Volume, fill: () => Promise<void>): Promise<Volume> {
    try {
      await fill();
      return volume;
    } catch (error) {
      this.cluster.storages.get(this.parse(volume.volid).storage)?.remove(node, volume.volid);
      await this.cluster.engine.volumes.remove(this.file(volume));
      throw error;
    }
  }
}

/** Whether a disk takes its whole size at once. */
function reservesSpace({ definition: { type, options } }: Storage): boolean {
  return type === 'zfspool' && options?.sparse !== '1';
}
