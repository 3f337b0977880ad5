import { failure } from '../api-error';
import { FaultPlan } from '../faults';

type LockLog = (line: string) => void;

interface Held {
  readonly shared: boolean;
  holders: number;
}

/**
 * The locks of configuration files: one at a time changes a machine's, or several read it, and who waits gives up after ten seconds.
 *
 * @internal
 */
export class ConfigLocks {
  private readonly held = new Map<number, Held>();
  private readonly waiting = new Map<number, (() => void)[]>();

  public constructor(private readonly faults: FaultPlan) {}

  /** Does something while holding the lock of a machine's configuration alone; `log` is told if it has to be waited for. */
  public async hold<T>(vmid: number, work: () => Promise<T> | T, seconds = 10, log?: LockLog): Promise<T> {
    await this.acquire(vmid, false, seconds, log);
    return this.during(vmid, work);
  }

  /** Does something while nobody may change a machine's configuration. */
  public async share<T>(vmid: number, work: () => Promise<T> | T, seconds = 10, log?: LockLog): Promise<T> {
    await this.acquire(vmid, true, seconds, log);
    return this.during(vmid, work);
  }

  private async acquire(vmid: number, shared: boolean, seconds: number, log: LockLog = () => undefined): Promise<void> {
    const fails = this.faults.lockTimesOut(vmid);
    if (!fails && this.take(vmid, shared)) return;
    log('trying to acquire lock...');
    if (fails) throw timeout(vmid);
    const until = Date.now() + seconds * 1000;
    do await this.released(vmid, until - Date.now());
    while (!this.take(vmid, shared));
    log(' OK');
  }

  private async during<T>(vmid: number, work: () => Promise<T> | T): Promise<T> {
    try {
      return await work();
    } finally {
      this.release(vmid);
    }
  }

  private take(vmid: number, shared: boolean): boolean {
    const held = this.held.get(vmid);
    if (held === undefined) {
      this.held.set(vmid, { shared, holders: 1 });
      return true;
    }
    if (!shared || !held.shared) return false;
    held.holders++;
    return true;
  }

  private release(vmid: number): void {
    const held = this.held.get(vmid)!;
    if (--held.holders > 0) return;
    this.held.delete(vmid);
    const waiting = this.waiting.get(vmid) ?? [];
    this.waiting.delete(vmid);
    waiting.forEach((wake) => wake());
  }

  private async released(vmid: number, milliseconds: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(timeout(vmid)), Math.max(milliseconds, 0));
      const wake = () => {
        clearTimeout(timer);
        resolve();
      };
      this.waiting.set(vmid, [...this.waiting.get(vmid) ?? [], wake]);
    });
  }
}

function timeout(vmid: number): Error {
  return failure(`can't lock file '/var/lock/qemu-server/lock-${vmid}.conf' - got timeout`);
}
