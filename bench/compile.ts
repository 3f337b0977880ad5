import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';

const ROOT = path.resolve(__dirname, '..');

/** The generated bindings that the hand-written program imports; nothing else needs them. */
const BINDINGS = ['provider', 'virtual-environment-vm', 'download-file', 'data-proxmox-virtual-environment-vms', 'data-proxmox-virtual-environment-containers'];

/** What is measured. */
export interface Build {
  /** Folder that holds `lib` and `bench`; below node_modules, so that the programs find the core. */
  readonly folder: string;
  /** Where the library in it comes from: the package as it is published, or the sources, compiled file by file. */
  readonly library: 'dist' | 'sources';
}

/**
 * Makes the two programs ready for a core, with the library as the package has it.
 *
 * The library is that in dist/ where it is as new as the sources; else it is compiled here with the options of the package, but without
 * checking types.
 */
export function compile(core: string): Build {
  const folder = path.join(ROOT, 'node_modules', '.cache', 'proxmox-constructs-bench', core);
  fs.rmSync(folder, { recursive: true, force: true });
  const library = isBuilt(core) ? 'dist' : 'sources';
  const files = library === 'dist' ? [] : librarySources();
  const options = compilerOptions();
  for (const file of [...files, ...sourcesBelow('bench/programs')]) {
    const source = fs.readFileSync(path.join(ROOT, file), 'utf8');
    const { outputText } = ts.transpileModule(source, { compilerOptions: options, fileName: file });
    const output = path.join(folder, file.replace(/\.ts$/, '.js'));
    fs.mkdirSync(path.dirname(output), { recursive: true });
    fs.writeFileSync(output, outputText.replace(/require\((['"])cdktf\1\)/g, `require("${core}")`));
  }
  if (library === 'dist') fs.symlinkSync(path.join(ROOT, 'dist', core), path.join(folder, 'lib'));
  return { folder, library };
}

function isBuilt(core: string): boolean {
  const built = path.join(ROOT, 'dist', 'cdktf', '.tsbuildinfo');
  if (!fs.existsSync(built) || !fs.existsSync(path.join(ROOT, 'dist', core, 'index.js'))) return false;
  const { mtimeMs } = fs.statSync(built);
  return sourcesBelow('lib').every((file) => fs.statSync(path.join(ROOT, file)).mtimeMs <= mtimeMs);
}

function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(path.join(ROOT, 'tsconfig.build.json'), ts.sys.readFile);
  return ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, declaration: false, incremental: false }, ROOT).options;
}

function librarySources(): string[] {
  return [
    ...sourcesBelow('lib').filter((file) => !/^lib\/bindings\/(proxmox|talos)\//.test(file)),
    ...BINDINGS.flatMap((name) => sourcesBelow(`lib/bindings/proxmox/${name}`)),
  ];
}

function sourcesBelow(folder: string): string[] {
  return fs.readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => `${folder}/${name.split(path.sep).join('/')}`);
}
