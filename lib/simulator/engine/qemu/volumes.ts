import * as fs from 'node:fs';
import * as path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EngineError, IVolumeFiles, ReceivedContent, VolumeFile } from '../engine';
import { describeImage, HEADER_BYTES } from '../image-header';
import { Firmware } from './firmware';
import { runProgram } from './programs';

/** A command about a drive to the process that has it. @internal */
export type TellProcess = (command: string, parameters: { readonly [name: string]: unknown }) => Promise<unknown>;

/** Where swtpm keeps what is in the TPM of a volume. */
const TPM_SUFFIX = '.tpm';

/**
 * Volumes as files in a folder: images are qcow2, whatever PVE says they are; all else is as it came.
 *
 * @internal
 */
export class QemuVolumes implements IVolumeFiles {
  /** The files that guests hold open, with what tells the guest's process a command about it: only that process may change them. */
  public readonly inUse = new Map<string, TellProcess>();

  public constructor(private readonly folder: string, private readonly firmware: () => Firmware) {}

  /** Where the file of a volume is. */
  public pathOf(volume: VolumeFile | string): string {
    const key = typeof volume === 'string' ? volume : volume.key;
    const file = path.join(this.folder, key);
    if (!file.startsWith(this.folder + path.sep)) throw new EngineError(`no key of a volume: ${key}`);
    return file;
  }

  /** The folder where swtpm keeps what is in the TPM of a volume. */
  public tpmFolderOf(volume: VolumeFile): string {
    const folder = this.pathOf(volume) + TPM_SUFFIX;
    fs.mkdirSync(folder, { recursive: true });
    return folder;
  }

  public async create(volume: VolumeFile, bytes: number): Promise<void> {
    await runProgram('qemu-img', ['create', '-q', '-f', 'qcow2', this.fresh(volume), String(bytes)]);
  }

  public async createEfiVariables(volume: VolumeFile, preEnrolledKeys: boolean): Promise<void> {
    const { variables, enrolledVariables } = this.firmware();
    if (preEnrolledKeys && !enrolledVariables) throw new EngineError('OVMF on this machine has no variables with enrolled keys (Debian package: ovmf)');
    await runProgram('qemu-img', ['convert', '-f', 'raw', '-O', 'qcow2', preEnrolledKeys ? enrolledVariables! : variables, this.fresh(volume)]);
  }

  public async receive(volume: VolumeFile, content: Readable): Promise<ReceivedContent> {
    const file = this.fresh(volume);
    const work = `${file}.tmp`;
    try {
      await pipeline(content, fs.createWriteStream(work));
    } catch (error) {
      fs.rmSync(work, { force: true });
      throw error;
    }
    fs.renameSync(work, file);
    const bytes = fs.statSync(file).size;
    const { format, virtualBytes = bytes } = this.describe(file);
    return { bytes, virtualBytes, format };
  }

  public async copy(source: VolumeFile, target: VolumeFile, snapshot?: string): Promise<void> {
    const from = this.existing(source);
    const to = this.fresh(target);
    const then = snapshot === undefined ? [] : ['-l', `snapshot.name=${snapshot}`];
    await runProgram('qemu-img', ['convert', '-U', ...then, '-f', this.describe(from).format, '-O', 'qcow2', from, to]);
    this.copyTpm(from, to);
  }

  public async snapshot(volume: VolumeFile, name: string): Promise<void> {
    const file = this.existing(volume);
    const tell = this.inUse.get(file);
    if (tell === undefined) await runProgram('qemu-img', ['snapshot', '-q', '-c', name, file]);
    else await tell('blockdev-snapshot-internal-sync', { name });
  }

  public async rollBack(volume: VolumeFile, name: string): Promise<void> {
    await runProgram('qemu-img', ['snapshot', '-q', '-a', name, this.existing(volume)]);
  }

  public async dropSnapshot(volume: VolumeFile, name: string): Promise<void> {
    const file = this.existing(volume);
    const tell = this.inUse.get(file);
    if (tell === undefined) await runProgram('qemu-img', ['snapshot', '-q', '-d', name, file]);
    else await tell('blockdev-snapshot-delete-internal-sync', { name });
  }

  public async link(base: VolumeFile, target: VolumeFile): Promise<void> {
    const from = this.existing(base);
    const to = this.fresh(target);
    fs.chmodSync(from, 0o444); // a base image that changes breaks all that are upon it
    await runProgram('qemu-img', ['create', '-q', '-f', 'qcow2', '-b', from, '-F', 'qcow2', to]);
    this.copyTpm(from, to);
  }

  public async resize(volume: VolumeFile, bytes: number): Promise<void> {
    const file = this.existing(volume);
    if (this.inUse.has(file)) return; // its machine does it, see `resized` of the engine
    await runProgram('qemu-img', ['resize', '-q', '-f', 'qcow2', file, String(bytes)]);
  }

  public async rename(volume: VolumeFile, key: string): Promise<void> {
    const from = this.existing(volume);
    const to = this.fresh({ ...volume, key });
    for (const suffix of ['', TPM_SUFFIX]) if (fs.existsSync(from + suffix)) fs.renameSync(from + suffix, to + suffix);
  }

  public async remove(volume: VolumeFile): Promise<void> {
    for (const suffix of ['', TPM_SUFFIX]) fs.rmSync(this.pathOf(volume) + suffix, { recursive: true, force: true });
  }

  public async text(volume: VolumeFile): Promise<string> {
    return fs.readFileSync(this.existing(volume), 'utf8');
  }

  private copyTpm(from: string, to: string): void {
    if (fs.existsSync(from + TPM_SUFFIX)) fs.cpSync(from + TPM_SUFFIX, to + TPM_SUFFIX, { recursive: true });
  }

  private describe(file: string): ReturnType<typeof describeImage> {
    const handle = fs.openSync(file, 'r');
    try {
      const head = Buffer.alloc(HEADER_BYTES);
      return describeImage(head.subarray(0, fs.readSync(handle, head, 0, HEADER_BYTES, 0)));
    } finally {
      fs.closeSync(handle);
    }
  }

  private fresh(volume: VolumeFile): string {
    const file = this.pathOf(volume);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    return file;
  }

  private existing(volume: VolumeFile): string {
    const file = this.pathOf(volume);
    if (!fs.existsSync(file)) throw new EngineError(`volume '${volume.key}' does not exist`);
    return file;
  }
}
