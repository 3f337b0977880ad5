import * as fs from 'node:fs';
import * as path from 'node:path';
import { CacheEntry, pinOf } from './cache';
import { ask, onPath, run } from './process';
import { InstalledTool, ITool, ToolUnavailable } from './tool';

/** A virtual environment with the packages of a list in `tools/python`, every file of which is pinned by its hash. */
export class PythonEnvironment {
  private readonly requirements: string;
  private readonly sources: string[];
  private readonly entry: CacheEntry;

  /**
   * @param name what it is made for
   * @param list the file in `tools/python` that pins its packages
   * @param sourceList the file that pins those that are published as source only, built with what `list` installed
   */
  public constructor(private readonly name: string, list: string, sourceList?: string) {
    const [requirements, ...sources] = [list, ...sourceList === undefined ? [] : [sourceList]].map((file) => path.join(__dirname, '..', 'python', file));
    this.requirements = requirements;
    this.sources = sources;
    this.entry = new CacheEntry('python', name, pinOf([], [requirements, ...sources]));
  }

  /** The folder of the programs. */
  public get bin(): string {
    return path.join(this.entry.folder, 'bin');
  }

  /** Whether the environment is there, and the interpreter that it was made with is, too. */
  public get usable(): boolean {
    return fs.existsSync(path.join(this.bin, 'python'));
  }

  /** The version of a package as pinned. */
  public versionOf(packageName: string): string {
    const lists = [this.requirements, ...this.sources];
    const pinned = new RegExp(`^${packageName}==([^ ;\\\\]+)`, 'm').exec(lists.map((file) => fs.readFileSync(file, 'utf8')).join('\n'));
    if (!pinned) throw new Error(`${packageName} is not in ${lists.join(' or ')}`);
    return pinned[1];
  }

  public async ensure(progress: (line: string) => void): Promise<void> {
    if (this.usable) return;
    const recent = ['-c', 'import venv, sys; print(sys.version_info >= (3, 11))'];
    const python = ['python3.13', 'python3.12', 'python3.11', 'python3'].find((name) => ask(name, recent) === 'True');
    if (!python) {
      throw new ToolUnavailable(this.name, `Python 3.11 or newer with venv is needed${onPath('python3') ? ', and python3 is older' : ''}`,
        'Install it (Debian: apt-get install python3 python3-venv) and run `npm run tools` again.');
    }
    this.entry.discard();
    await this.entry.ensure(async (folder) => {
      progress(`${this.name}: creating a virtual environment`);
      const pip = [path.join(folder, 'bin', 'python'), '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input', '--require-hashes'];
      for (const [command, ...args] of [
        [python, '-m', 'venv', folder],
        [...pip, '--only-binary', ':all:', '-r', this.requirements],
        ...this.sources.map((list) => [...pip, '--no-deps', '--no-build-isolation', '-r', list]),
      ]) {
        const step = await run(command, args);
        if (step.status !== 0) {
          throw new ToolUnavailable(this.name, `${command} ${args.join(' ')} failed:\n${step.output.trim()}`,
            'The Python package index must be reachable (see `pip config list`).');
        }
      }
      this.moveTo(this.entry.folder, folder);
    });
  }

  /** Programs of an environment name its folder in their first line: let it be the final one. */
  private moveTo(target: string, folder: string): void {
    for (const name of fs.readdirSync(path.join(folder, 'bin'))) {
      const file = path.join(folder, 'bin', name);
      if (fs.lstatSync(file).isSymbolicLink()) continue;
      fs.writeFileSync(file, fs.readFileSync(file, 'utf8').split(folder).join(target));
    }
  }
}

/** One program of the environment. */
export class PythonProgram implements ITool {
  public constructor(
    /** Name of the tool and of the program. */
    public readonly name: string,
    private readonly packageName: string,
    private readonly environment: PythonEnvironment,
  ) {}

  public locate(): InstalledTool | undefined {
    return this.environment.usable ? this.installed('cache') : undefined;
  }

  public async install(progress: (line: string) => void): Promise<InstalledTool> {
    const there = this.locate();
    if (there) return there;
    await this.environment.ensure(progress);
    return this.installed('installed');
  }

  private installed(origin: string): InstalledTool {
    const version = this.environment.versionOf(this.packageName);
    return { name: this.name, version, path: path.join(this.environment.bin, this.name), origin };
  }
}
