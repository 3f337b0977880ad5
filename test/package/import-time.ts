import { run } from '../../tools';
import { Core } from './variants';

/** What importing costs, in milliseconds; medians over several processes. */
export interface ImportTime {
  readonly core: number;
  /** What the library adds, when the core is there already. */
  readonly library: number;
}

/** Measures what importing the library costs beyond its core, each time in a process of its own, in a folder in which both are installed. */
export async function importTime(folder: string, core: Core, processes: number): Promise<ImportTime> {
  const script = `
    const start = process.hrtime.bigint();
    require('${core.name}');
    const between = process.hrtime.bigint();
    require('${core.library}');
    console.log(Number(between - start) / 1e6, Number(process.hrtime.bigint() - between) / 1e6);`;
  const times: number[][] = [];
  for (let i = 0; i < processes; i++) {
    const { status, stdout, output } = await run(process.execPath, ['-e', script], { cwd: folder });
    if (status !== 0) throw new Error(output);
    times.push(stdout.trim().split(' ').map(Number));
  }
  return { core: median(times.map(([first]) => first)), library: median(times.map(([, second]) => second)) };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
