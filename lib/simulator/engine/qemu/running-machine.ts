import { ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { EngineError } from '../engine';
import { AGENT_NOT_RUNNING, GuestAgent } from './guest-agent';
import { bound } from './programs';
import { QmpClient } from './qmp';
import { JsonObject } from './socket-dialogue';

/** How long QEMU may take until it can be spoken to. */
const START_MS = 60_000;

/** What a machine is started with. @internal */
export interface MachineStart {
  readonly vmid: number;
  readonly args: readonly string[];
  /** Folder for sockets; removed at the end. */
  readonly sockets: string;
  /** Other processes that belong to the machine, swtpm for instance. */
  readonly helpers: readonly ChildProcess[];
  /** What its agent's addresses mean outside. */
  readonly translated: { readonly [inside: string]: string };
  /** Called once when the process has ended. */
  readonly ended: () => void;
}

/** A guest that runs: its process, its monitor, its agent. @internal */
export class RunningMachine {
  /** Starts QEMU and waits until it can be spoken to. @throws EngineError with PVE's text and, as log, what QEMU said */
  public static async start(start: MachineStart): Promise<RunningMachine> {
    const machine = new RunningMachine(start);
    try {
      machine.qmp = await QmpClient.connect(`${start.sockets}/qmp`, start.vmid, START_MS, () => machine.isRunning);
    } catch {
      machine.kill();
      await machine.exited;
      throw new EngineError(`start failed: QEMU exited with code ${machine.child.exitCode ?? 1}`, machine.errors.trim().split('\n').filter(Boolean));
    }
    return machine;
  }

  /** Resolves when the process has ended. */
  public readonly exited: Promise<void>;
  private readonly child: ChildProcess;
  private readonly guestAgent: GuestAgent;
  private qmp!: QmpClient;
  private errors = '';
  private gone = false;

  private constructor(private readonly props: MachineStart) {
    this.guestAgent = new GuestAgent(`${props.sockets}/qga`);
    this.child = spawn(...bound('qemu-system-x86_64', props.args), { stdio: ['ignore', 'ignore', 'pipe'] });
    this.child.stderr!.on('data', (data: Buffer) => { this.errors = (this.errors + data.toString('utf8')).slice(-10_000); });
    this.exited = new Promise((resolve) => {
      const end = () => {
        if (this.gone) return;
        this.gone = true;
        for (const helper of props.helpers) helper.kill('SIGKILL');
        fs.rmSync(props.sockets, { recursive: true, force: true });
        props.ended();
        resolve();
      };
      this.child.once('error', (error) => { this.errors += error.message; end(); });
      this.child.once('exit', end);
    });
  }

  /** The process id. */
  public get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Whether the process is there. */
  public get isRunning(): boolean {
    return !this.gone;
  }

  /** Ends the process at once. */
  public kill(): void {
    this.child.kill('SIGKILL');
  }

  /** A command of the machine protocol. */
  public execute(command: string, parameters?: JsonObject): Promise<unknown> {
    return this.qmp.execute(command, parameters);
  }

  /** A line for the human monitor. */
  public human(line: string): Promise<string> {
    return this.qmp.human(line);
  }

  /** A command for the guest's agent. @throws EngineError with PVE's text */
  public async agent(command: string, parameters?: JsonObject): Promise<unknown> {
    const devices = await this.execute('query-chardev') as { readonly 'label': string; readonly 'frontend-open': boolean }[];
    if (!devices.some((device) => device.label === 'qga0' && device['frontend-open'])) throw new EngineError(AGENT_NOT_RUNNING);
    const answer = await this.guestAgent.execute(command, parameters);
    return command === 'guest-network-get-interfaces' ? this.translate(answer) : answer;
  }

  /** Waits for the end of the process; whether it came within the seconds. */
  public async endsWithin(seconds: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => { timer = setTimeout(resolve, seconds * 1000); });
    await Promise.race([this.exited, late]);
    clearTimeout(timer);
    return !this.isRunning;
  }

  private translate(answer: unknown): unknown {
    const interfaces = answer as { readonly 'ip-addresses'?: { readonly 'ip-address': string }[] }[];
    return interfaces.map((card) => card['ip-addresses'] === undefined ? card : {
      ...card,
      'ip-addresses': card['ip-addresses'].map((entry) => ({ ...entry, 'ip-address': this.props.translated[entry['ip-address']] ?? entry['ip-address'] })),
    });
  }
}
