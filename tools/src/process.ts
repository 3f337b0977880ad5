import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

/** What a finished program left behind. */
export interface Outcome {
  /** Exit status; 127 when the program could not be started, 128 when a signal or the time limit ended it. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams in the order they arrived. */
  readonly output: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** Added to the environment of this process; `undefined` removes a variable. */
  readonly env?: { readonly [name: string]: string | undefined };
  /** Written to the standard input, which is empty otherwise. */
  readonly input?: string;
  /** @default - no limit */
  readonly timeoutSeconds?: number;
  /** Told of what is printed, as it comes. */
  readonly onOutput?: (text: string) => void;
}

/** Runs a program without a shell and collects what it prints. Never rejects: a program that is not there has status 127. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[], output: [] as Buffer[] };
    const child = spawn(command, args, { cwd: options.cwd, env: { ...process.env, ...options.env }, stdio: ['pipe', 'pipe', 'pipe'] });
    let remark = '';
    const timer = options.timeoutSeconds === undefined ? undefined : setTimeout(() => {
      remark = `\n${path.basename(command)} was stopped after ${options.timeoutSeconds} s`;
      child.kill('SIGKILL');
    }, options.timeoutSeconds * 1000);
    const finish = (status: number) => {
      clearTimeout(timer);
      const text = (parts: Buffer[]) => Buffer.concat(parts).toString('utf8');
      resolve({ status, stdout: text(chunks.stdout), stderr: text(chunks.stderr) + remark, output: text(chunks.output) + remark });
    };
    const collect = (stream: 'stdout' | 'stderr') => (data: Buffer) => {
      chunks[stream].push(data);
      chunks.output.push(data);
      options.onOutput?.(data.toString('utf8'));
    };
    child.stdout.on('data', collect('stdout'));
    child.stderr.on('data', collect('stderr'));
    child.stdin.on('error', () => undefined); // a program may end without reading its input
    child.on('error', (error) => { remark = error.message; finish(127); });
    child.on('close', (code) => finish(code ?? 128));
    child.stdin.end(options.input ?? '');
  });
}

/** Asks a program a short question, such as its version; the answer is empty when there is no such program. */
export function ask(command: string, args: readonly string[], env: { readonly [name: string]: string | undefined } = {}): string {
  const answer = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, ...env } });
  return answer.status === 0 ? answer.stdout.trim() : '';
}

/** The full path of a program on PATH. */
export function onPath(program: string): string | undefined {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter).filter(Boolean)) {
    const candidate = path.join(folder, program);
    try {
      fs.accessSync(candidate, fs.constants.X_OK);
      if (fs.statSync(candidate).isFile()) return candidate;
    } catch {
      // not in this folder
    }
  }
  return undefined;
}
