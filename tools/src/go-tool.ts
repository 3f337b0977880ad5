import * as fs from 'node:fs';
import * as path from 'node:path';
import { CacheEntry, pinOf } from './cache';
import { ask, onPath, run } from './process';
import { InstalledTool, ITool, ToolUnavailable } from './tool';

export interface GoToolProps {
  /** Name of the tool, and of the program it is built to. */
  readonly name: string;
  readonly version: string;
  /** Folder under `tools/go/` with `go.mod`, `go.sum` and, for programs of our own, the sources. */
  readonly module: string;
  /**
   * The `.mod` file in that folder, with its `.sum`, that pins the modules instead of `go.mod`: one source, several releases of a library.
   * @default - go.mod
   */
  readonly modfile?: string;
  /** The package to build. */
  readonly package: string;
  /** File name of the program. @default - the name of the tool */
  readonly program?: string;
  /** @default - none */
  readonly linkerFlags?: string;
  /** Arguments that make the program print its version, run once after the build. @default - the program is not run */
  readonly versionArguments?: readonly string[];
  /** Whether the sources are our own: their tests run before they are built. @default false */
  readonly tested?: boolean;
}

/** A program built from a Go module whose every dependency is pinned by a committed `go.sum`. */
export class GoTool implements ITool {
  public readonly name: string;
  private readonly entry: CacheEntry;
  private readonly source: string;

  public constructor(private readonly props: GoToolProps) {
    this.name = props.name;
    this.source = path.join(__dirname, '..', 'go', props.module);
    const parts = [props.package, props.linkerFlags ?? '', ...(props.modfile ? [props.modfile] : [])];
    const pin = pinOf(parts, sourceFiles(this.source, props.modfile ?? 'go.mod'));
    this.entry = new CacheEntry(props.name, props.version, pin);
  }

  public locate(): InstalledTool | undefined {
    return this.entry.exists ? this.installed('cache') : undefined;
  }

  public async install(progress: (line: string) => void): Promise<InstalledTool> {
    const there = this.locate();
    if (there) return there;
    if (!onPath('go')) {
      throw new ToolUnavailable(this.name, 'the Go toolchain is needed to build it and is not on PATH',
        'Install Go 1.26 or newer (https://go.dev/dl/) and run `npm run tools` again.');
    }
    await this.entry.ensure(async (folder) => {
      progress(`${this.name} ${this.props.version}: downloading modules and building, this takes minutes the first time`);
      const modules = ['-mod=readonly', ...(this.props.modfile ? [`-modfile=${this.props.modfile}`] : [])];
      if (this.props.tested) await this.go(['test', ...modules, '.']);
      const program = path.join(folder, this.program);
      const flags = ['-trimpath', ...modules, '-buildvcs=false', '-ldflags', `-s -w ${this.props.linkerFlags ?? ''}`.trim()];
      await this.go(['build', ...flags, '-o', program, this.props.package]);
      const args = this.props.versionArguments;
      if (args && !ask(program, args, { CHECKPOINT_DISABLE: '1' }).includes(this.props.version)) {
        throw new ToolUnavailable(this.name, `the program built does not call itself ${this.props.version}`, 'Correct the pin.');
      }
    });
    return this.installed('built');
  }

  private async go(args: readonly string[]): Promise<void> {
    const result = await run('go', args, { cwd: this.source, env: { CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: undefined } });
    if (result.status === 0) return;
    throw new ToolUnavailable(this.name, `go ${args[0]} failed:\n${result.output.trim()}`,
      `It is built from ${path.relative(process.cwd(), this.source)}; a Go module proxy must be reachable (see \`go env GOPROXY\`).`);
  }

  private get program(): string {
    return this.props.program ?? this.props.name;
  }

  private installed(origin: string): InstalledTool {
    return { name: this.name, version: this.props.version, path: path.join(this.entry.folder, this.program), origin };
  }
}

/** What decides about the outcome of the build; documentation and the pins of other builds do not. */
function sourceFiles(folder: string, modfile: string): string[] {
  const pins = [modfile, modfile.replace(/mod$/, 'sum')];
  return (fs.readdirSync(folder, { recursive: true }) as string[])
    .filter((file) => /\.(go|json)$/.test(file) || pins.includes(file))
    .map((file) => path.join(folder, file));
}
