import { run } from '../../tools';
import { Core } from './variants';

/** What importing costs, in milliseconds; medians over several processes. */
export interface ImportTime {
  readonly core: number;
  /** What the library adds, when the core is there already. */
  readonly library: number;
  /** The same of the processor, which other work on the machine changes less. */
  readonly libraryCpu: number;
}

/** Measures what importing the library costs beyond its core, each time in a process of its own, in a folder in which both are installed. */
export async function importTime(folder: string, core: Core, processes: number): Promise<ImportTime> {
  const script = `
    const start = process.hrtime.bigint();
    require('${core.name}');
    const between = process.hrtime.bigint();
    const before = process.cpuUsage();
    require('${core.library}');
    const end = process.hrtime.bigint();
    const { user, system } = process.cpuUsage(before);
    console.log(Number(between - start) / 1e6, Number(end - between) / 1e6, (user + system) / 1e3);`;
  const times: number[][] = [];
  for (let i = 0; i < processes; i++) {
    const { status, stdout, output } = await run(process.execPath, ['-e', script], { cwd: folder });
    if (status !== 0) throw new Error(output);
    times.push(stdout.trim().split(' ').map(Number));
  }
  const [coreTime, library, libraryCpu] = [0, 1, 2].map((i) => median(times.map((time) => time[i])));
  return { core: coreTime, library, libraryCpu };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
