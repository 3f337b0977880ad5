import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';

/** What a server has cost, and what stands on it. */
export interface Cost {
  readonly cpuMs: number;
  readonly rssMib: number;
  readonly heapMib: number;
  readonly vms: number;
  readonly running: number;
  readonly requests: number;
}

/** A simulated server in a process of its own, so that its cost can be told from that of who asks. */
export class MeasuredServer {
  /** @param nodeOptions such as `--cpu-prof` */
  public static async start(dist: string, nodeOptions: string[] = []): Promise<MeasuredServer> {
    const child = fork(path.join(__dirname, 'server.mjs'), [dist], { execArgv: nodeOptions });
    const [{ endpoint, certificate, apiToken }] = await Promise.race([once(child, 'message'), once(child, 'exit').then(([status]) => {
      throw new Error(`the server ended with ${status}`);
    })]);
    return new MeasuredServer(child, endpoint, certificate, apiToken);
  }

  private constructor(
    private readonly child: ChildProcess, public readonly endpoint: string, public readonly certificate: string, public readonly apiToken: string,
  ) {}

  /** Adds machines, and says what all has cost. */
  public async cost(machines = 0): Promise<Cost> {
    this.child.send({ machines });
    const [cost] = await once(this.child, 'message');
    return cost;
  }

  public async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.send({ stop: true });
    await ended;
  }
}
