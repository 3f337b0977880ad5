import { ask, onPath } from './process';
import { InstalledTool, ITool } from './tool';

/** A program that speaks Terraform: the first of some names that is on PATH, else one that is built. */
export class TerraformTool implements ITool {
  public constructor(
    public readonly name: string,
    /** In order of preference. */
    private readonly programs: readonly string[],
    private readonly fallback: ITool,
  ) {}

  public locate(): InstalledTool | undefined {
    for (const name of this.programs) {
      const program = onPath(name);
      const version = program && versionOf(program);
      if (version) return { name: this.name, version: `${version} (${name})`, path: program, origin: 'PATH' };
    }
    return this.renamed(this.fallback.locate());
  }

  public async install(progress: (line: string) => void): Promise<InstalledTool> {
    return this.locate() ?? this.renamed(await this.fallback.install(progress))!;
  }

  private renamed(built: InstalledTool | undefined): InstalledTool | undefined {
    return built && { ...built, name: this.name, version: `${built.version} (${built.name})` };
  }
}

function versionOf(program: string): string | undefined {
  const answer = ask(program, ['version', '-json'], { CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: undefined });
  return answer ? (JSON.parse(answer) as { terraform_version: string }).terraform_version : undefined;
}
