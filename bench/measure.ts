import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { performance } from 'perf_hooks';
import { differences } from './equality';
import type { RunReport } from './programs/run';

/** The two programs that describe one estate. */
export const PROGRAMS = ['library', 'hand-written'] as const;
/** One of the two. */
export type Program = typeof PROGRAMS[number];

/** What a program was measured at: medians over all runs. */
export interface Figures extends RunReport {
  /** From the start of the process to its end, on the clock. */
  readonly wallMs: number;
}

/** Runs one program once, in a process of its own. */
export function run(folder: string, program: Program, count: number, nodeOptions: string[] = []): Figures {
  const outdir = outdirOf(folder, program);
  fs.rmSync(outdir, { recursive: true, force: true });
  fs.mkdirSync(outdir, { recursive: true });
  const started = performance.now();
  const report = execFileSync(process.execPath, [
    ...nodeOptions, path.join(folder, 'bench', 'programs', 'run.js'), program, String(count), outdir,
  ], { encoding: 'utf8', cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  const wallMs = performance.now() - started;
  return { wallMs, ...JSON.parse(report) as RunReport };
}

/** Runs both programs in turn, so that what else happens on the machine meets both alike. */
export function runBoth(folder: string, count: number, runs: number): Record<Program, Figures> {
  const all: Record<Program, Figures[]> = { 'library': [], 'hand-written': [] };
  for (let i = 0; i < runs; i++) {
    for (const program of PROGRAMS) {
      all[program].push(run(folder, program, count));
    }
    if (i === 0) assertEqual(folder);
  }
  return { 'library': medians(all.library), 'hand-written': medians(all['hand-written']) };
}

/** What the import of the library takes beyond that of the core. */
export interface ImportFigures {
  /** On the clock, or of the CPU where that is less: the rest is waiting for other work of the machine. */
  readonly importMs: number;
  /** On the clock. */
  readonly importWallMs: number;
}

/** Imports the library in processes of their own that have imported the core. */
export function measureImport(folder: string, runs: number): ImportFigures {
  const figures = Array.from({ length: runs }, () => JSON.parse(execFileSync(
    process.execPath, [path.join(folder, 'bench', 'programs', 'import.js')], { encoding: 'utf8' },
  )) as { wallMs: number; cpuMs: number });
  return {
    importMs: median(figures.map(({ wallMs, cpuMs }) => Math.min(wallMs, cpuMs))),
    importWallMs: median(figures.map(({ wallMs }) => wallMs)),
  };
}

function assertEqual(folder: string): void {
  const [library, handWritten] = PROGRAMS.map((program) => path.join(outdirOf(folder, program), 'stacks', 'bench', 'cdk.tf.json'));
  const found = differences(library, handWritten);
  if (found.length > 0) {
    throw new Error([
      'The two programs say different things to Terraform, so their times cannot be compared.',
      'Bring bench/programs/hand-written.ts up to what the library writes (library first):',
      ...found.slice(0, 20),
    ].join('\n  '));
  }
}

function outdirOf(folder: string, program: Program): string {
  return path.join(folder, 'out', program);
}

function medians(figures: Figures[]): Figures {
  const keys = Object.keys(figures[0]) as (keyof Figures)[];
  return Object.fromEntries(keys.map((key) => [key, median(figures.map((f) => f[key]))])) as unknown as Figures;
}

/** The value in the middle. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
