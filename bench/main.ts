import { compile } from './compile';
import { Figures, ImportFigures, PROGRAMS, Program, measureImport, run, runBoth } from './measure';
import { profile } from './profile';

const SIZES = [1000, 5000, 10000];
const RUNS = 5;
const IMPORTS = 11;

const args = process.argv.slice(2);
const core = process.env.CDKTF_CORE ?? 'cdktf';
const option = (name: string) => args.find((arg) => arg.startsWith(`--${name}=`))?.split('=')[1];
const json = args.includes('--json');
const runs = Number(option('runs') ?? RUNS);
const sizes = (option('sizes') ?? SIZES.join()).split(',').map(Number);

main();

function main(): void {
  const folder = compile(core);
  if (args.includes('--profile')) {
    for (const program of PROGRAMS) profile(folder, program, sizes[0]);
    return;
  }
  run(folder, 'library', 10); // fills the caches of the file system
  const measured = sizes.map((size) => ({ size, ...runBoth(folder, size, runs) }));
  const imported = measureImport(folder, IMPORTS);
  print(measured, imported);
  if (json) process.stdout.write(`${JSON.stringify(report(measured, imported))}\n`);
}

type Measured = { readonly 'size': number; readonly 'library': Figures; readonly 'hand-written': Figures };

function ratio(measured: Measured, of: (figures: Figures) => number): number {
  return round(of(measured.library) / of(measured['hand-written']));
}

function work(figures: Figures): number {
  return figures.constructMs + figures.synthMs;
}

/** CPU time per added machine between the last two sizes, to that between the first two. */
function growth(measured: Measured[], program: Program): number {
  const slope = (a: Measured, b: Measured) => (b[program].cpuMs - a[program].cpuMs) / (b.size - a.size);
  const [first, second] = measured;
  const [beforeLast, last] = measured.slice(-2);
  return round(slope(beforeLast, last) / slope(first, second));
}

function report(measured: Measured[], imported: ImportFigures) {
  return {
    ...Object.fromEntries(measured.map((m) => [`vm${m.size}`, {
      ratio: ratio(m, (f) => f.wallMs),
      cpuRatio: ratio(m, (f) => f.cpuMs),
      workRatio: ratio(m, work),
      memoryRatio: ratio(m, (f) => f.rssMib),
      library: rounded(m.library),
      handWritten: rounded(m['hand-written']),
    }])),
    memory: { ratio: Math.max(...measured.map((m) => ratio(m, (f) => f.rssMib))) },
    importMs: round(imported.importMs),
    importWallMs: round(imported.importWallMs),
    ...(measured.length < 3 ? {} : { growth: { library: growth(measured, 'library'), handWritten: growth(measured, 'hand-written') } }),
    core,
    node: process.version,
    runs,
  };
}

function print(measured: Measured[], imported: ImportFigures): void {
  const lines = [`${core}, Node.js ${process.version}, medians of ${runs} runs, in ms`, ''];
  const columns: [string, (f: Figures) => number][] = [
    ['process', (f) => f.wallMs], ['cpu', (f) => f.cpuMs], ['start', (f) => f.startMs], ['core', (f) => f.coreMs], ['import', (f) => f.importMs],
    ['construct', (f) => f.constructMs], ['synth', (f) => f.synthMs], ['MiB', (f) => f.rssMib],
  ];
  const row = (name: string, cells: string[]) => name.padEnd(22) + cells.map((cell) => cell.padStart(10)).join('');
  lines.push(row('', columns.map(([title]) => title)));
  for (const m of measured) {
    for (const program of PROGRAMS) {
      lines.push(row(`${m.size} ${program}`, columns.map(([, of]) => of(m[program]).toFixed(0))));
    }
    lines.push(row('  ratio', columns.map(([title, of]) => ['start', 'core'].includes(title) ? '' : ratio(m, of).toFixed(2))), '');
  }
  lines.push(`import of the library beyond the core: ${imported.importMs.toFixed(1)} ms, ${imported.importWallMs.toFixed(1)} ms on the clock (medians of ${IMPORTS})`, '');
  process.stdout.write(lines.join('\n'));
}

function rounded(figures: Figures): { [name: string]: number } {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, round(value)]));
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
