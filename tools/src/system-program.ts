import { ask, onPath, run } from './process';
import { InstalledTool, ITool, ToolUnavailable } from './tool';

export interface SystemProgramProps {
  /** Name of the program, and of the Debian package. */
  readonly name: string;
  /** Arguments that make it print its version. */
  readonly versionArguments: readonly string[];
  /** Finds the version in what it prints; the first group. */
  readonly versionPattern: RegExp;
}

/** A program that comes with the operating system: taken from PATH, installed by apt-get where that is possible. */
export class SystemProgram implements ITool {
  public readonly name: string;

  public constructor(private readonly props: SystemProgramProps) {
    this.name = props.name;
  }

  public locate(): InstalledTool | undefined {
    return this.installed('PATH');
  }

  public async install(progress: (line: string) => void): Promise<InstalledTool> {
    const there = this.locate();
    if (there) return there;
    const remedy = `Install it with your package manager (Debian: apt-get install ${this.name}) and run \`npm run tools\` again.`;
    if (!onPath('apt-get')) throw new ToolUnavailable(this.name, 'it is not on PATH, and this system has no apt-get', remedy);
    if (process.getuid?.() !== 0) throw new ToolUnavailable(this.name, 'it is not on PATH, and only root may install packages', remedy);
    progress(`${this.name}: installing the Debian package`);
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    const install = () => run('apt-get', ['install', '--yes', '--no-install-recommends', this.name], { env });
    let result = await install();
    if (result.status !== 0) { // most often the package lists are missing or old
      await run('apt-get', ['update'], { env });
      result = await install();
    }
    const installed = this.installed('installed by apt-get');
    if (!installed) throw new ToolUnavailable(this.name, `apt-get install ${this.name} failed:\n${result.output.trim()}`, remedy);
    return installed;
  }

  private installed(origin: string): InstalledTool | undefined {
    const program = onPath(this.name);
    if (!program) return undefined;
    const version = this.props.versionPattern.exec(ask(program, this.props.versionArguments))?.[1] ?? 'unknown';
    return { name: this.name, version, path: program, origin };
  }
}
