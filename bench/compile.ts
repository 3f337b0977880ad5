import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';

const ROOT = path.resolve(__dirname, '..');

/**
 * Makes the two programs ready for a core, with the library and the bindings as the package has them.
 *
 * @returns the folder that holds `lib` and `bench`; below node_modules, so that the programs find the core
 */
export function compile(core: string): string {
  if (!isBuilt(core)) {
    process.stderr.write('dist/ is older than lib/: npm run compile\n');
    execFileSync('npm', ['run', '--silent', 'compile'], { cwd: ROOT, stdio: ['ignore', 2, 2] });
  }
  const folder = path.join(ROOT, 'node_modules', '.cache', 'proxmox-constructs-bench', core);
  fs.rmSync(folder, { recursive: true, force: true });
  const options = compilerOptions();
  for (const file of sourcesBelow('bench/programs')) {
    const { outputText } = ts.transpileModule(fs.readFileSync(path.join(ROOT, file), 'utf8'), { compilerOptions: options, fileName: file });
    const output = path.join(folder, file.replace(/\.ts$/, '.js'));
    fs.mkdirSync(path.dirname(output), { recursive: true });
    fs.writeFileSync(output, outputText.replace(/require\((['"])cdktf\1\)/g, `require("${core}")`));
  }
  fs.symlinkSync(path.join(ROOT, 'dist', core), path.join(folder, 'lib'));
  return folder;
}

function isBuilt(core: string): boolean {
  const built = path.join(ROOT, 'dist', 'compiled', '.tsbuildinfo');
  if (!fs.existsSync(built) || !fs.existsSync(path.join(ROOT, 'dist', core, 'index.js'))) return false;
  const { mtimeMs } = fs.statSync(built);
  return sourcesBelow('lib').every((file) => fs.statSync(path.join(ROOT, file)).mtimeMs <= mtimeMs);
}

function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(path.join(ROOT, 'tsconfig.build.json'), ts.sys.readFile);
  return ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, declaration: false, incremental: false }, ROOT).options;
}

function sourcesBelow(folder: string): string[] {
  return fs.readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name.split(path.sep).join('/')}`);
}
