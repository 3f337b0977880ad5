import { TaskFault } from './tasks';

/**
 * Something that goes wrong, on purpose: what it hits, after how many times, and what happens then.
 *
 * Exactly one of the effects is given. Requests are matched by `method` and `path`, tasks by `taskType`.
 */
export interface Fault {
  /**
   * The method of the requests that are hit.
   * @default - any
   */
  readonly method?: string;
  /**
   * The path of the requests that are hit, below `/api2/json`. `*` stands for one part of it, `**` for the rest.
   * @default - any
   */
  readonly path?: string;
  /**
   * Instead of requests, tasks of this type are hit: `qmclone`, `qmstart`, `download`, `imgcopy` …
   * @default - requests are hit
   */
  readonly taskType?: string;
  /**
   * How many that match pass before the fault strikes.
   * @default 0
   */
  readonly after?: number;
  /**
   * How many times it strikes.
   * @default - once; a full storage and a lock until PveSimulator.clearFaults()
   */
  readonly times?: number;
  /**
   * Of a request: the status it is answered with, without being done.
   * @default - not an answer
   */
  readonly status?: number;
  /**
   * Of a request: the reason phrase of that answer, which is also its message.
   * @default - the usual phrase of the status
   */
  readonly reason?: string;
  /**
   * Milliseconds the request waits before it is done, or the task before it works.
   * @default 0
   */
  readonly delay?: number;
  /**
   * Of a request: the connection is dropped. With `done`, only the answer is lost.
   * @default false
   */
  readonly drop?: boolean;
  /**
   * Of a dropped request: whether the server does what was asked for first.
   * @default false
   */
  readonly done?: boolean;
  /**
   * Of a task: the text it fails with, without working.
   * @default - it does not fail
   */
  readonly failure?: string;
  /**
   * Of a task: the server forgets it, and it has done nothing.
   * @default false
   */
  readonly lost?: boolean;
  /**
   * The storage that is full: whatever takes space there fails.
   * @default - no storage is full
   */
  readonly fullStorage?: string;
  /**
   * The machine whose configuration is locked by something else: changes fail after PVE's patience of ten seconds, which is not waited for.
   * @default - no machine is locked
   */
  readonly lockTimeout?: number;
}

/** A fault and how often it was met. */
interface Planned {
  readonly fault: Fault;
  readonly path?: RegExp;
  seen: number;
  struck: number;
}

/**
 * The faults that are planned, in the order they were added; the first that matches strikes.
 *
 * @internal
 */
export class FaultPlan {
  private planned: Planned[] = [];

  public add(fault: Fault): void {
    this.planned.push({ fault, path: fault.path === undefined ? undefined : pattern(fault.path), seen: 0, struck: 0 });
  }

  /** Ends all faults. */
  public clear(): void {
    this.planned = [];
  }

  /** How often faults have struck. */
  public get struck(): number {
    return this.planned.reduce((sum, { struck }) => sum + struck, 0);
  }

  /** What happens to a request. */
  public ofRequest(method: string, path: string): Fault | undefined {
    return this.strike(({ fault, path: wanted }) => fault.taskType === undefined && fault.fullStorage === undefined && fault.lockTimeout === undefined
      && (fault.method === undefined || fault.method === method) && (wanted === undefined || wanted.test(path)));
  }

  /** What happens to a task. */
  public ofTask(type: string, _id: string): TaskFault | undefined {
    const fault = this.strike((planned) => planned.fault.taskType === type);
    return fault && { fail: fault.failure, delay: fault.delay, lose: fault.lost };
  }

  /** Whether a storage is full. */
  public isFull(storage: string): boolean {
    return this.strike(({ fault }) => fault.fullStorage === storage) !== undefined;
  }

  /** Whether the lock of a machine's configuration is not to be had. */
  public lockTimesOut(vmid: number): boolean {
    return this.strike(({ fault }) => fault.lockTimeout === vmid) !== undefined;
  }

  private strike(matches: (planned: Planned) => boolean): Fault | undefined {
    for (const planned of this.planned) {
      const { after = 0, fullStorage, lockTimeout } = planned.fault;
      const times = planned.fault.times ?? (fullStorage !== undefined || lockTimeout !== undefined ? Infinity : 1);
      if (!matches(planned) || planned.struck >= times) continue;
      if (planned.seen++ < after) continue;
      planned.struck++;
      return planned.fault;
    }
    return undefined;
  }
}

function pattern(path: string): RegExp {
  const parts = path.split('/').map((part) => part === '**' ? '.*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '[^/]*'));
  return new RegExp(`^${parts.join('/')}$`);
}
