import { failure } from '../api-error';
import { FaultPlan } from '../faults';

const patience = 10_000;

/**
 * The locks of configuration files: one at a time changes a machine's, and gives up after ten seconds.
 *
 * @internal
 */
export class ConfigLocks {
  private readonly queues = new Map<number, Promise<unknown>>();

  public constructor(private readonly faults: FaultPlan) {}

  /** Does something while holding the lock of a machine's configuration. */
  public async hold<T>(vmid: number, work: () => Promise<T> | T): Promise<T> {
    const before = this.queues.get(vmid);
    const timeout = () => failure(`can't lock file '/var/lock/qemu-server/lock-${vmid}.conf' - got timeout`);
    if (this.faults.lockTimesOut(vmid)) throw timeout();
    let release: () => void = () => undefined;
    const mine = new Promise<void>((resolve) => {
      release = resolve;
    });
    const queue = Promise.resolve(before).then(() => mine);
    this.queues.set(vmid, queue);
    try {
      if (before !== undefined) {
        let timer: NodeJS.Timeout | undefined;
        await Promise.race([before, new Promise((_, reject) => {
          timer = setTimeout(() => reject(timeout()), patience);
        })]).finally(() => clearTimeout(timer));
      }
      return await work();
    } finally {
      release();
      if (this.queues.get(vmid) === queue) this.queues.delete(vmid);
    }
  }
}
