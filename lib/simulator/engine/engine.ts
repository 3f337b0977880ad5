import { Readable } from 'node:stream';

/** Bytes of the variables of OVMF, of its build for 4 MB of flash. @internal */
export const EFI_VARIABLES_BYTES = 540672;

/**
 * What holds the content of volumes and runs guests. The API knows nothing of files and processes: it asks an engine.
 *
 * @internal
 */
export interface IGuestEngine {
  /** The content of volumes. */
  readonly volumes: IVolumeFiles;

  /** Whether guests only seem to run, so that nothing need be done to get at their memory or to change the files under their disks. */
  readonly runsNothing: boolean;

  /** Prepares what is needed; rejects with what is missing on this machine and how to get it. */
  open(): Promise<void>;

  /**
   * Powers a guest on and resolves as soon as its process runs.
   *
   * @returns the process id, or 0 where there is no process
   * @throws EngineError with the text the start task fails with
   */
  start(guest: GuestHardware): Promise<number>;

  /** Whether the guest runs now; a guest that powered itself off does not. */
  isRunning(vmid: number): boolean;

  /** Takes the power away at once. */
  stop(vmid: number): Promise<void>;

  /** Asks the guest to power off, through its agent if `agent` is set, else by ACPI; whether it did within the seconds. */
  shutdown(vmid: number, seconds: number, agent: boolean): Promise<boolean>;

  /** Resets the guest. */
  reset(vmid: number): Promise<void>;

  /** Holds, or lets go on, the guest's processors. */
  pause(vmid: number, paused: boolean): Promise<void>;

  /** Presses a key by its name in QEMU's monitor, `ctrl-alt-delete`. @throws EngineError if there is no such key */
  sendKey(vmid: number, key: string): Promise<void>;

  /** Asks the guest's agent, `guest-network-get-interfaces`. @throws EngineError with PVE's text, for instance that the agent is not running */
  agent(vmid: number, command: string, parameters?: { readonly [name: string]: unknown }): Promise<unknown>;

  /** A line for QEMU's human monitor, and what it answers. */
  monitor(vmid: number, line: string): Promise<string>;

  /** Makes a change of the size of a volume known to a guest that runs; fine if it does not run. */
  resized(vmid: number, slot: string, bytes: number): Promise<void>;

  /** Stops everything and removes what the engine made. */
  close(): Promise<void>;
}

/**
 * A guest as its configuration describes it, with the files behind its volumes.
 *
 * @internal
 */
export interface GuestHardware {
  readonly vmid: number;
  /** The node it runs on. */
  readonly node: string;
  /** The configuration in PVE's own form: `scsi0` → `local:100/vm-100-disk-0.qcow2,size=8G`. */
  readonly config: { readonly [key: string]: string };
  /** What is in each drive's slot (`scsi0`, `ide2`, `efidisk0`, `tpmstate0`): the file, or undefined for an empty CD drive. */
  readonly drives: { readonly [slot: string]: VolumeFile | undefined };
  /** What the cloud-init drive contains (file → text) if the guest has one, and the slot of that drive. */
  readonly cloudInit?: { readonly slot: string; readonly files: { readonly [file: string]: string } };
}

/**
 * Where the content of a volume is. `key` identifies it in the whole cluster and can be used as a relative path: with the node in front for
 * storages that are not shared, `pve/local/images/100/vm-100-disk-0.qcow2`.
 *
 * @internal
 */
export interface VolumeFile {
  readonly key: string;
  /** What PVE says its format is; on disk an image of the engine is always qcow2, while ISO files, snippets and uploads are as they came. */
  readonly format: string;
}

/**
 * The content of volumes.
 *
 * @internal
 */
export interface IVolumeFiles {
  /** Makes an empty image. */
  create(volume: VolumeFile, bytes: number): Promise<void>;

  /** Makes the variables of OVMF, with or without Microsoft's keys. */
  createEfiVariables(volume: VolumeFile, preEnrolledKeys: boolean): Promise<void>;

  /** Takes content as it comes (upload, download). @returns what arrived and the virtual size if it is a disk image, else the size */
  receive(volume: VolumeFile, content: Readable): Promise<ReceivedContent>;

  /** Copies an image or imported file to a new image, whole (import, full clone, move), or as it was at a snapshot. */
  copy(source: VolumeFile, target: VolumeFile, snapshot?: string): Promise<void>;

  /** Keeps the content as it is now under a name, also of a guest that runs. */
  snapshot(volume: VolumeFile, name: string): Promise<void>;

  /** Makes the content what it was; the snapshot stays. */
  rollBack(volume: VolumeFile, name: string): Promise<void>;

  /** Forgets a snapshot. */
  dropSnapshot(volume: VolumeFile, name: string): Promise<void>;

  /** Makes a new image upon a base image that does not change any more. */
  link(base: VolumeFile, target: VolumeFile): Promise<void>;

  /** Grows an image. That of a guest which runs is grown by `resized`, which has to follow. */
  resize(volume: VolumeFile, bytes: number): Promise<void>;

  /** Gives content another key (a disk becomes a base when its machine becomes a template). */
  rename(volume: VolumeFile, key: string): Promise<void>;

  /** Removes content; fine if there is none. */
  remove(volume: VolumeFile): Promise<void>;

  /** The text of a small file, for instance a snippet. */
  text(volume: VolumeFile): Promise<string>;
}

/**
 * What arrived.
 *
 * @internal
 */
export interface ReceivedContent {
  /** Bytes of the file. */
  readonly bytes: number;
  /** Bytes a guest would see: those of the disk inside a qcow2, vmdk or raw image. */
  readonly virtualBytes: number;
  /** Whether it is a qcow2, vmdk or raw image. */
  readonly format: string;
}

/**
 * What an engine could not do, in PVE's words.
 *
 * @internal
 */
export class EngineError extends Error {
  public constructor(
    message: string,
    /** Lines for the log of the task, before the error. */
    public readonly log: readonly string[] = [],
  ) {
    super(message);
  }
}
