import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { CacheEntry, pinOf } from './cache';
import { InstalledTool, ITool } from './tool';

/** A provider built from its module, and the address under which programs ask for it. */
export interface MirroredProvider {
  readonly tool: ITool;
  readonly namespace: string;
  readonly type: string;
  readonly version: string;
  /** Whether it is a program of our own in the place of the provider. @default false */
  readonly standIn?: boolean;
}

/** Both Terraform and OpenTofu look providers up under a host of their own. */
const hosts = ['registry.terraform.io', 'registry.opentofu.org'];

/**
 * A filesystem mirror of the providers, so that `init` and `validate` work as users run them, offline.
 *
 * The folder contains `cli.tfrc`, to be named by TF_CLI_CONFIG_FILE; it allows no other source.
 */
export class ProviderMirror implements ITool {
  public readonly name = 'provider-mirror';
  private readonly version: string;

  public constructor(private readonly providers: readonly MirroredProvider[]) {
    this.version = providers.map((provider) => `${provider.namespace}/${provider.type} ${provider.version}`).join(', ');
  }

  public locate(): InstalledTool | undefined {
    const built = this.providers.map((provider) => provider.tool.locate());
    if (!built.every((tool) => tool !== undefined)) return undefined;
    return this.entry(built).exists ? this.installed(built, 'cache') : undefined;
  }

  public async install(progress: (line: string) => void): Promise<InstalledTool> {
    const there = this.locate();
    if (there) return there;
    const built: InstalledTool[] = [];
    for (const provider of this.providers) built.push(await provider.tool.install(progress));
    const entry = this.entry(built);
    await entry.ensure(async (folder) => {
      for (const [i, provider] of this.providers.entries()) {
        for (const host of hosts) this.lay(built[i].path, path.join(folder, host), provider);
      }
      fs.writeFileSync(path.join(folder, 'cli.tfrc'), [
        'disable_checkpoint = true',
        'provider_installation {',
        '  filesystem_mirror {',
        `    path = ${JSON.stringify(entry.folder)}`,
        '  }',
        '}',
        '',
      ].join('\n'));
    });
    return this.installed(built, 'built');
  }

  private entry(built: readonly InstalledTool[]): CacheEntry {
    return new CacheEntry(this.name, 'mirror', pinOf([...hosts, this.version, ...built.map((tool) => path.dirname(tool.path))]));
  }

  private installed(built: readonly InstalledTool[], origin: string): InstalledTool {
    const standIns = this.providers.filter((provider) => provider.standIn).map((provider) => `${provider.namespace}/${provider.type}`);
    const note = standIns.length ? `a stand-in for ${standIns.join(', ')}: see tools/README.md` : undefined;
    return { name: this.name, version: this.version, path: this.entry(built).folder, origin, note };
  }

  private lay(program: string, host: string, provider: MirroredProvider): void {
    const platform = `${process.platform}_${{ x64: 'amd64' }[os.arch() as string] ?? os.arch()}`;
    const folder = path.join(host, provider.namespace, provider.type, provider.version, platform);
    fs.mkdirSync(folder, { recursive: true });
    fs.linkSync(program, path.join(folder, `terraform-provider-${provider.type}_v${provider.version}`));
  }
}
