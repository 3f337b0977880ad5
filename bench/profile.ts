import * as fs from 'fs';
import * as path from 'path';
import { fileURLToPath } from 'url';
import { Program, run } from './measure';

/** A profile of V8, as far as it is read here. */
interface CpuProfile {
  readonly nodes: { readonly id: number; readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number } }[];
  readonly samples: number[];
  readonly timeDeltas: number[];
}

/** Runs one program under V8's profiler and prints where the time goes: by module of the library and package, and by function. */
export function profile(folder: string, program: Program, count: number): void {
  const profiles = path.join(folder, 'profile');
  fs.rmSync(profiles, { recursive: true, force: true });
  run(folder, program, count, ['--cpu-prof', '--cpu-prof-interval=500', `--cpu-prof-dir=${profiles}`]);
  const file = path.join(profiles, fs.readdirSync(profiles)[0]);
  const { nodes, samples, timeDeltas } = JSON.parse(fs.readFileSync(file, 'utf8')) as CpuProfile;
  const kept = path.join(folder, `${program}.cpuprofile`);
  fs.renameSync(file, kept);

  const byId = new Map(nodes.map((node) => [node.id, node.callFrame]));
  const places = new Map<string, number>();
  const functions = new Map<string, number>();
  samples.forEach((sample, i) => {
    const { functionName, url, lineNumber } = byId.get(sample)!;
    const place = placeOf(functionName, url, lineNumber);
    add(places, place, timeDeltas[i]);
    add(functions, `${functionName || '(anonymous)'} ${place}${url === '' ? '' : ` ${path.basename(url)}:${lineNumber + 1}`}`, timeDeltas[i]);
  });
  process.stdout.write([
    `${program}, ${count} machines: own time in ms (${path.relative(process.cwd(), kept)})`,
    ...top(places, 14), '', ...top(functions, 25), '', '',
  ].join('\n'));
}

/** Module of the library, package, or what the engine did. */
function placeOf(functionName: string, url: string, line: number): string {
  if (url.endsWith('/library.js')) return `lib/${moduleAt(fileURLToPath(url), line)}`;
  const distributed = /\/dist\/[^/]+\/(.*)\.js$/.exec(url);
  if (distributed) return `lib/${distributed[1]}`;
  if (url.includes('/bench/programs/')) return 'program';
  const modules = url.split('/node_modules/');
  if (modules.length > 1) return modules[modules.length - 1].split('/')[0];
  return url === '' ? functionName : 'node';
}

/** The module that stands at a line of the file that has all of them. */
function moduleAt(file: string, line: number): string {
  if (!moduleLines.has(file)) {
    moduleLines.set(file, fs.readFileSync(file, 'utf8').split('\n').flatMap((text, i): [number, string][] => {
      const begin = /^"([^"]+)\.js"\(exports, /.exec(text);
      return begin ? [[i, begin[1]]] : [];
    }));
  }
  return moduleLines.get(file)!.filter(([begin]) => begin <= line).pop()?.[1] ?? 'library';
}

const moduleLines = new Map<string, [number, string][]>();

function add(table: Map<string, number>, key: string, micros: number): void {
  table.set(key, (table.get(key) ?? 0) + micros);
}

function top(table: Map<string, number>, count: number): string[] {
  return [...table].sort(([, a], [, b]) => b - a).slice(0, count).map(([key, micros]) => `${(micros / 1000).toFixed(1).padStart(9)}  ${key}`);
}
