import { createHash } from 'node:crypto';

/**
 * A machine as it was: its configuration, with `snaptime`, `description`, `parent` and `vmstate` among the options as in PVE's file.
 *
 * @internal
 */
export type Snapshot = Map<string, string>;

/**
 * A virtual machine or container: its configuration as PVE's file has it, and what it does.
 *
 * @internal
 */
export class Guest {
  /** Key → value as text, in the form of the file: `cores` → `2`, `scsi0` → `local:100/vm-100-disk-0.qcow2,size=8G`. */
  public config: Map<string, string>;
  /** Values that wait for the next start. */
  public pending = new Map<string, string>();
  /** Keys that are removed with the next start; `force` removes the volume as well. */
  public pendingDelete = new Map<string, { force: boolean }>();
  /** Options of its firewall. */
  public readonly firewall = new Map<string, string>();
  /** By name. */
  public readonly snapshots = new Map<string, Snapshot>();
  /** Where the cloud-init drive lags behind the configuration: the values it was made from, and under `added` what is new. */
  public cloudInit = new Map<string, string>();
  /** Milliseconds since 1970 at which it was started; undefined when stopped. */
  public startedAt?: number;
  /** The process of a running machine. */
  public pid?: number;
  /** Whether it is held. */
  public paused = false;
  /** When its configuration was made, for the lag of the status daemon. */
  public readonly createdAt: number;

  public constructor(
    public readonly vmid: number, public readonly type: 'qemu' | 'lxc', public node: string, config: Iterable<readonly [string, string]>, createdAt: number,
  ) {
    this.config = new Map(config);
    this.createdAt = createdAt;
  }

  /** Its name, or the one PVE shows for want of one. */
  public get name(): string {
    return this.config.get(this.type === 'qemu' ? 'name' : 'hostname') ?? (this.type === 'qemu' ? `VM ${this.vmid}` : `CT${this.vmid}`);
  }

  public get isTemplate(): boolean {
    return this.config.get('template') === '1';
  }

  /** What digest protects: 40 hexadecimal digits of the whole configuration. */
  public get digest(): string {
    const lines = (entries: Iterable<[string, unknown]>) => [...entries].sort(([a], [b]) => a < b ? -1 : 1).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`).join('');
    const snapshots = [...this.snapshots].sort(([a], [b]) => a < b ? -1 : 1).map(([name, config]) => `[${name}]\n${lines(config)}`).join('');
    return createHash('sha1').update(`${lines(this.config)}[PENDING]\n${lines(this.pending)}${lines(this.pendingDelete)}${snapshots}`).digest('hex');
  }
}
