// Makes dist/cdktf and dist/cdktn of what the compiler has put into dist/compiled: the same library for either core.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { entryPoint, libraryFile, loadedWhenAsked } from './flatten.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const lib = path.join(root, 'lib');
const compiled = path.join(root, 'dist/compiled');
const coreSpecifier = /(require\(|import\(|from )(['"])cdktf(['"/])/g;

const sources = filesBelow(lib).filter((file) => !file.endsWith('.md'));
const modules = sources.filter((file) => file.endsWith('.ts')).map((file) => file.replace(/\.ts$/, ''));
const bindings = modules.filter((name) => /^bindings\/(proxmox|talos)\//.test(name));
const flat = modules.filter((name) => !bindings.includes(name));
/** Programs that deploy need nothing of the simulator, and reading it would cost them ten milliseconds. */
const isSimulator = (name) => name.startsWith('simulator/');
const read = (file) => fs.readFileSync(path.join(compiled, file), 'utf8');
/** A module of the one file; an index only says where its names are. */
const part = (name) => [
  `${name}.js`,
  path.basename(name) === 'index' && !isSimulator(name) ? loadedWhenAsked(compiled, `${name}.js`, fs.readFileSync(path.join(lib, `${name}.ts`), 'utf8')) : read(`${name}.js`),
];

/** What the package has, for cdktf: every type where it was written, every binding by itself, and the library in one file. */
const files = new Map([
  ...sources.filter((file) => !file.endsWith('.ts')).map((file) => [file, fs.readFileSync(path.join(lib, file), 'utf8')]),
  ...modules.map((name) => [`${name}.d.ts`, read(`${name}.d.ts`)]),
  ...bindings.map((name) => [`${name}.js`, read(`${name}.js`)]),
  ['library.js', libraryFile(flat.filter((name) => !isSimulator(name)).map(part))],
  ['simulator.js', libraryFile(flat.filter(isSimulator).map(part), 'library.js')],
  ...['index', 'assertions/index', 'simulator/index'].map((name) => [`${name}.js`, entryPoint(compiled, `${name}.js`, isSimulator(name) ? 'simulator.js' : 'library.js')]),
]);

for (const core of ['cdktf', 'cdktn']) {
  const dist = path.join(root, 'dist', core);
  for (const [file, content] of files) {
    write(path.join(dist, file), /\.(js|d\.ts)$/.test(file) ? content.replace(coreSpecifier, `$1$2${core}$3`) : content);
  }
  for (const file of filesBelow(dist)) {
    if (!files.has(file)) fs.rmSync(path.join(dist, file));
  }
}

/** Paths of all files below a folder, relative to it, with `/`. */
function filesBelow(folder) {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)).replaceAll(path.sep, '/'))
    .sort();
}

/** Leaves a file alone that is already right, so that nothing that watches it starts anew. */
function write(file, content) {
  if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === content) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
}
