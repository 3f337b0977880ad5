/*
 * Builds and synthesizes an estate in a process of its own, and says where the time went.
 *
 *     node run.js <program> <machines> <outdir>
 */
import { performance } from 'perf_hooks';

/** Milliseconds of each phase, and what the process used in all. */
export interface RunReport {
  /** Start of Node.js until the first line of the program. */
  readonly startMs: number;
  /** Import of the core. */
  readonly coreMs: number;
  /** Import of what the program is written with. */
  readonly importMs: number;
  /** Construction of the tree. */
  readonly constructMs: number;
  /** Synthesis, with validation and writing. */
  readonly synthMs: number;
  /** CPU time of the process. */
  readonly cpuMs: number;
  /** Peak of the resident set in MiB. */
  readonly rssMib: number;
}

function main([program, count, outdir]: string[]): RunReport {
  const started = performance.now();
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { App, TerraformStack } = require('cdktf') as typeof import('cdktf');
  const core = performance.now();
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { build } = require(`./${program}`) as typeof import('./library');
  const imported = performance.now();
  const app = new App({ outdir });
  build(new TerraformStack(app, 'bench'), Number(count));
  const constructed = performance.now();
  app.synth();
  const synthesized = performance.now();
  const { user, system } = process.cpuUsage();
  return {
    startMs: started,
    coreMs: core - started,
    importMs: imported - core,
    constructMs: constructed - imported,
    synthMs: synthesized - constructed,
    cpuMs: (user + system) / 1000,
    rssMib: process.resourceUsage().maxRSS / 1024,
  };
}

process.stdout.write(`${JSON.stringify(main(process.argv.slice(2)))}\n`);
