import { ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { toolPath, ToolName } from '../../tools';

/** The releases of Talos whose library judges, the oldest first. */
export const MACHINERIES = ['1.12', '1.13', '1.14'] as const;

/** What a machine is to be configured with. */
export interface Judged {
  readonly contract: string;
  readonly machineType: string;
  readonly patches: readonly string[];
}

/** What Talos says to it. */
export interface Judgement {
  readonly ok: boolean;
  readonly stage?: string;
  readonly error?: string;
  readonly config?: string;
  readonly warnings: readonly string[];
}

/** The library of one release, which goes on judging: the keys of a cluster are made once, and that is most of the work. */
class Machinery {
  private readonly process: ChildProcess;
  private readonly waiting: { readonly answered: (answer: Judgement) => void; readonly failed: (error: Error) => void }[] = [];

  public constructor(private readonly release: string) {
    this.process = spawn(toolPath(`talos-machinery-${release}` as ToolName), [], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.process.on('error', (error) => this.fail(error.message));
    this.process.on('exit', (status) => this.fail(`it ended with ${status}`));
    createInterface({ input: this.process.stdout! }).on('line', (line) => {
      const answer = JSON.parse(line);
      this.waiting.shift()!.answered(answer);
      if (this.waiting.length === 0) this.hold(false);
    });
    this.hold(false);
  }

  public async ask(requests: readonly object[]): Promise<Judgement[]> {
    if (requests.length > 0) this.hold(true);
    const answers = requests.map((_, i) => new Promise<Judgement>((answered, failed) => {
      this.waiting.push({ answered, failed });
      this.process.stdin!.write(`${JSON.stringify(requests[i])}\n`);
    }));
    return Promise.all(answers);
  }

  /** While nothing is asked, the program may end, and this process with it. */
  private hold(held: boolean): void {
    for (const handle of [this.process, this.process.stdin, this.process.stdout] as any[]) handle[held ? 'ref' : 'unref']();
  }

  private fail(reason: string): void {
    for (const { failed } of this.waiting.splice(0)) failed(new Error(`talos-machinery ${this.release}: ${reason}`));
  }
}

const running = new Map<string, Machinery>();

/** Lets the library of one release generate, patch and validate configurations. */
export async function judge(release: typeof MACHINERIES[number], asked: readonly Judged[]): Promise<Judgement[]> {
  const machinery = running.get(release) ?? new Machinery(release);
  running.set(release, machinery);
  // The provider generates with a disk and an installer of its own, which a configuration of contract 1.14 then has in a document.
  const common = {
    clusterName: 'homelab', endpoint: 'https://192.168.1.10:6443', kubernetesVersion: '1.34.2', installDisk: '/dev/sda', installImage: 'ghcr.io/siderolabs/installer:v1.12.0',
  };
  return machinery.ask(asked.map((one) => ({ ...common, ...one })));
}

/** Whether a release takes configurations of a contract. */
export function knows(machinery: typeof MACHINERIES[number], contract: string): boolean {
  return Number(machinery.split('.')[1]) >= Number(contract.split('.')[1]);
}
