import { TaskLog, TaskOptions, TaskWork } from './api/endpoint';
import { ApiError } from './api-error';

/** A task: what a request started and what runs on after its answer. @internal */
export interface Task {
  readonly upid: string;
  readonly node: string;
  readonly type: string;
  readonly id: string;
  /** `root@pam`, or `root@pam!test`. */
  readonly user: string;
  readonly pid: number;
  readonly pstart: number;
  /** Seconds since 1970. */
  readonly starttime: number;
  endtime?: number;
  readonly log: string[];
  /** How it ended; undefined while it runs. */
  exitStatus?: string;
  /** Whether the server has forgotten it, as after a crash of its worker. */
  lost?: boolean;
  /** Resolves at its end. */
  readonly done: Promise<void>;
  /** Tells it to stop. */
  readonly stop: () => void;
}

/** What a fault does to a task that starts. @internal */
export interface TaskFault {
  /** Fails with this text instead of working. */
  readonly fail?: string;
  /** Waits before it works, in milliseconds. */
  readonly delay?: number;
  /** Vanishes: the server knows nothing of it a moment later. `true` before it has worked. */
  readonly lose?: boolean;
}

/**
 * The tasks of a cluster.
 *
 * @internal
 */
export class TaskRegistry {
  public readonly all = new Map<string, Task>();
  private pid = 1000;

  /**
   * @param now milliseconds since 1970
   * @param duration milliseconds every task takes at least
   * @param fault what is to happen to a task that starts
   */
  public constructor(
    private readonly now: () => number, private readonly duration: number, private readonly fault: (type: string, id: string) => TaskFault | undefined,
  ) {}

  /** Starts one; it begins to work after the request's answer. */
  public start(node: string, type: string, id: string, user: string, work: TaskWork, options: TaskOptions = {}): Task {
    const starttime = Math.floor(this.now() / 1000);
    const pid = this.pid += 7;
    const pstart = Math.floor(this.now() / 10) % 0x7fffffff;
    const hex = (value: number) => value.toString(16).toUpperCase().padStart(8, '0');
    const upid = `UPID:${node}:${hex(pid)}:${hex(pstart)}:${hex(starttime)}:${type}:${id}:${user}:`;
    const log: string[] = [];
    let stop: () => void = () => undefined;
    const stopped = new Promise<never>((_, reject) => {
      stop = () => reject(new Error(options.cleansUp ? 'interrupted by signal' : 'received interrupt'));
    });
    stopped.catch(() => undefined);
    let warnings = 0;
    const writer: TaskLog = {
      log: (line) => void log.push(line),
      warn: (line) => {
        warnings++;
        log.push(`WARN: ${line}`);
      },
      stopped,
      pass: () => wait(pause, stopped),
    };
    const fault = this.fault(type, id);
    const pause = Math.max(this.duration, fault?.delay ?? 0);
    const works = fault?.fail === undefined && !fault?.lose;
    const run = async () => {
      await (options.cleansUp && works ? wait(0, stopped) : writer.pass());
      if (fault?.fail !== undefined) {
        options.undo?.();
        throw new Error(fault.fail);
      }
      if (works) await (options.cleansUp ? work(writer) : Promise.race([stopped, work(writer)]));
    };
    const end = (status: string, line: string) => {
      log.push(line);
      task.exitStatus = status;
      task.endtime = Math.floor(this.now() / 1000);
      task.lost = fault?.lose;
    };
    const done = run().then(
      () => warnings > 0 ? end(`WARNINGS: ${warnings}`, `TASK WARNINGS: ${warnings}`) : end('OK', 'TASK OK'),
      (error: Error) => {
        const problem = describe(error).replace(/\n$/, '').replace(/\n/g, ' ');
        end(problem, `TASK ERROR: ${problem}`);
      },
    );
    const task: Task = { upid, node, type, id, user, pid, pstart, starttime, log, done, stop };
    this.all.set(upid, task);
    return task;
  }

  /** A task by its id. @throws ApiError when there is none */
  public find(upid: string): Task {
    this.ownerOf(upid);
    const task = this.all.get(upid);
    if (task === undefined || task.lost) throw ApiError.parameters({ upid: 'no such task' });
    return task;
  }

  /** Who has started the task of an id, there or not. @throws ApiError when it is no id */
  public ownerOf(upid: string): string {
    const owner = /^UPID:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?:[0-9A-Fa-f]{8}:[0-9A-Fa-f]{8,9}:[0-9A-Fa-f]{8}:[^:\s/]+:[^:\s/]*:([^:\s/]+):$/.exec(upid)?.[1];
    if (owner === undefined) throw ApiError.parameters({ upid: 'unable to parse worker upid' });
    return owner;
  }

  /** Waits until nothing runs any more. */
  public async idle(): Promise<void> {
    for (;;) {
      const running = [...this.all.values()].filter(({ exitStatus }) => exitStatus === undefined);
      if (running.length === 0) return;
      await Promise.all(running.map(({ done }) => done));
    }
  }
}

async function wait(milliseconds: number, stopped: Promise<never>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<void>((resolve) => {
    if (milliseconds > 0) timer = setTimeout(resolve, milliseconds);
    else setImmediate(resolve);
  });
  await Promise.race([stopped, passed]).finally(() => clearTimeout(timer));
}

/** What an error says in a task's log: of wrong parameters, which ones; of missing rights, its number too. */
function describe(error: Error): string {
  if (!(error instanceof ApiError) || error.status === 500) return error.message;
  return [`${error.status} ${error.message}`, ...Object.entries(error.errors ?? {}).map(([name, text]) => `${name}: ${text}`)].join('\n');
}
