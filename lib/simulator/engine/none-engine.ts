import { Readable } from 'node:stream';
import { EFI_VARIABLES_BYTES, EngineError, GuestHardware, IGuestEngine, IVolumeFiles, ReceivedContent, VolumeFile } from './engine';
import { describeImage, HEADER_BYTES } from './image-header';
import { checkKeys } from './keys';

/** The longest file whose content is kept, for instance a snippet. */
const KEPT_BYTES = 1024 * 1024;

/**
 * Volumes without content: only their sizes are known, and the text of small files.
 *
 * @internal
 */
export class NoVolumeFiles implements IVolumeFiles {
  private readonly files = new Map<string, { bytes: number; text?: string }>();
  private readonly snapshots = new Map<string, { readonly bytes: number; readonly text?: string }>();

  /** The virtual size of a volume, undefined if there is none. */
  public bytesOf(key: string): number | undefined {
    return this.files.get(key)?.bytes;
  }

  public async create(volume: VolumeFile, bytes: number): Promise<void> {
    this.files.set(volume.key, { bytes });
  }

  public async createEfiVariables(volume: VolumeFile, _preEnrolledKeys: boolean): Promise<void> {
    this.files.set(volume.key, { bytes: EFI_VARIABLES_BYTES });
  }

  public async receive(volume: VolumeFile, content: Readable): Promise<ReceivedContent> {
    const chunks: Buffer[] = [];
    let bytes = 0;
    let held = 0;
    for await (const part of content) {
      const chunk = Buffer.from(part as Uint8Array | string);
      bytes += chunk.length;
      if (held >= KEPT_BYTES) continue;
      chunks.push(chunk);
      held += chunk.length;
    }
    const head = Buffer.concat(chunks);
    const { format, virtualBytes = bytes } = describeImage(head.subarray(0, HEADER_BYTES));
    this.files.set(volume.key, { bytes: virtualBytes, text: bytes <= KEPT_BYTES ? head.toString('utf8') : undefined });
    return { bytes, virtualBytes, format };
  }

  public async copy(source: VolumeFile, target: VolumeFile, snapshot?: string): Promise<void> {
    this.files.set(target.key, { ...snapshot === undefined ? this.entry(source.key) : this.snapshotOf(source, snapshot) });
  }

  public async snapshot(volume: VolumeFile, name: string): Promise<void> {
    this.snapshots.set(`${volume.key}@${name}`, { ...this.entry(volume.key) });
  }

  public async rollBack(volume: VolumeFile, name: string): Promise<void> {
    this.files.set(volume.key, { ...this.snapshotOf(volume, name) });
  }

  public async dropSnapshot(volume: VolumeFile, name: string): Promise<void> {
    this.snapshots.delete(`${volume.key}@${name}`);
  }

  public async link(base: VolumeFile, target: VolumeFile): Promise<void> {
    this.files.set(target.key, { ...this.entry(base.key) });
  }

  public async resize(volume: VolumeFile, bytes: number): Promise<void> {
    this.entry(volume.key).bytes = bytes;
  }

  public async rename(volume: VolumeFile, key: string): Promise<void> {
    const entry = this.entry(volume.key);
    this.files.delete(volume.key);
    this.files.set(key, entry);
  }

  public async remove(volume: VolumeFile): Promise<void> {
    this.files.delete(volume.key);
  }

  public async text(volume: VolumeFile): Promise<string> {
    const { text } = this.entry(volume.key);
    if (text === undefined) throw new EngineError(`content of '${volume.key}' is not kept`);
    return text;
  }

  private snapshotOf(volume: VolumeFile, name: string): { readonly bytes: number; readonly text?: string } {
    const kept = this.snapshots.get(`${volume.key}@${name}`);
    if (!kept) throw new EngineError(`volume '${volume.key}' has no snapshot '${name}'`);
    return kept;
  }

  private entry(key: string): { bytes: number; text?: string } {
    const entry = this.files.get(key);
    if (!entry) throw new EngineError(`volume '${key}' does not exist`);
    return entry;
  }
}

/**
 * Guests without processes: they run when they were started, do at once what they are asked, and their agents say what was set.
 *
 * @internal
 */
export class NoneEngine implements IGuestEngine {
  public readonly volumes = new NoVolumeFiles();
  /** There is no memory, so nothing is lost. */
  public readonly runsNothing = true;
  /** The keys each guest got, in their order. */
  public readonly keys = new Map<number, string[]>();
  private readonly running = new Map<number, GuestHardware>();
  private readonly answers = new Map<number, { readonly [command: string]: unknown }>();

  /**
   * @param agentNetwork the first three numbers of the addresses that agents answer with which nobody has set answers for, `192.0.2`;
   *   without it those do not run
   */
  public constructor(private readonly agentNetwork?: string) {}

  /** Lets the agent of a guest answer; commands that are not there are unknown to it. An agent without answers does not run. */
  public setAgentAnswers(vmid: number, answers: { readonly [command: string]: unknown } | undefined): void {
    if (answers) this.answers.set(vmid, answers);
    else this.answers.delete(vmid);
  }

  /** Lets a guest power itself off, as by `poweroff` within it. */
  public powerOffWithin(vmid: number): void {
    this.running.delete(vmid);
  }

  public async open(): Promise<void> { /* nothing is needed */ }

  public async start(guest: GuestHardware): Promise<number> {
    this.running.set(guest.vmid, guest);
    return 0;
  }

  public isRunning(vmid: number): boolean {
    return this.running.has(vmid);
  }

  public async stop(vmid: number): Promise<void> {
    this.running.delete(vmid);
  }

  /** A guest with nothing to boot from never hears of it. */
  public async shutdown(vmid: number, _seconds: number, _agent: boolean): Promise<boolean> {
    const slots = Object.entries(this.running.get(vmid)?.drives ?? {}).filter(([, file]) => file !== undefined);
    if (this.isRunning(vmid) && slots.every(([slot]) => /^(efidisk|tpmstate)/.test(slot))) return false;
    this.running.delete(vmid);
    return true;
  }

  public async reset(vmid: number): Promise<void> {
    this.check(vmid);
  }

  public async pause(vmid: number, _paused: boolean): Promise<void> {
    this.check(vmid);
  }

  public async sendKey(vmid: number, key: string): Promise<void> {
    this.check(vmid);
    checkKeys(key);
    this.keys.set(vmid, [...this.keys.get(vmid) ?? [], key]);
  }

  public async agent(vmid: number, command: string): Promise<unknown> {
    if (!this.isRunning(vmid)) throw new EngineError(`VM ${vmid} is not running`);
    const answers = this.answers.get(vmid) ?? this.address(vmid);
    if (!answers) throw new EngineError('QEMU guest agent is not running');
    if (command in answers) return answers[command];
    if (command === 'guest-ping') return {};
    throw new EngineError(`Agent error: The command ${command} has not been found`);
  }

  public async monitor(vmid: number, _line: string): Promise<string> {
    this.check(vmid);
    return '';
  }

  public async resized(_vmid: number, _slot: string, _bytes: number): Promise<void> { /* `resize` did it */ }

  public async close(): Promise<void> {
    this.running.clear();
  }

  private address(vmid: number): { readonly [command: string]: unknown } | undefined {
    const [mac] = /(?:[0-9A-F]{2}:){5}[0-9A-F]{2}/i.exec(this.running.get(vmid)?.config.net0 ?? '') ?? [];
    if (this.agentNetwork === undefined || mac === undefined) return undefined;
    const addresses = [{ 'ip-address': `${this.agentNetwork}.${1 + vmid % 254}`, 'ip-address-type': 'ipv4', 'prefix': 24 }];
    return { 'guest-network-get-interfaces': [{ 'name': 'eth0', 'hardware-address': mac.toLowerCase(), 'ip-addresses': addresses }] };
  }

  private check(vmid: number): void {
    if (!this.isRunning(vmid)) throw new EngineError(`VM ${vmid} not running`);
  }
}
