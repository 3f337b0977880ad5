import * as fs from 'node:fs';
import * as path from 'node:path';
import { CacheEntry, pinOf } from './cache';
import { run } from './process';
import { InstalledTool, ITool, ToolUnavailable } from './tool';

/** A plugin under the address and version that templates require. */
export interface PackerPlugin {
  readonly source: string;
  readonly version: string;
  /** Builds what stands in for it. */
  readonly standIn: ITool;
}

/** The plugins that templates need, installed the way Packer itself installs them, into a folder for PACKER_PLUGIN_PATH. */
abstract class PackerPlugins implements ITool {
  public readonly name = 'packer-plugins';
  /** What distinguishes the kinds, in the cache and in reports. */
  protected abstract readonly kind: string;
  protected abstract readonly note: string;
  protected abstract readonly pins: readonly string[];

  public constructor(protected readonly packer: ITool, protected readonly plugins: readonly PackerPlugin[]) {}

  protected abstract fill(folder: string, packer: string, progress: (line: string) => void): Promise<void>;

  public locate(): InstalledTool | undefined {
    return this.entry.exists ? this.installed('cache') : undefined;
  }

  public async install(progress: (line: string) => void): Promise<InstalledTool> {
    const there = this.locate();
    if (there) return there;
    const packer = await this.packer.install(progress);
    await this.entry.ensure((folder) => this.fill(folder, packer.path, progress));
    return this.installed('installed');
  }

  private get entry(): CacheEntry {
    return new CacheEntry(this.name, this.kind, pinOf([this.kind, ...this.pins]));
  }

  private installed(origin: string): InstalledTool {
    const version = this.plugins.map((plugin) => `${path.basename(plugin.source)} ${plugin.version}`).join(', ');
    return { name: this.name, version, path: this.entry.folder, origin, note: this.note };
  }
}

/**
 * Programs of our own that check names and types of the plugins, and the rules by which they refuse a configuration. Those for Proxmox VE and
 * Ansible also build, on this machine's loopback only.
 */
export class StandInPlugins extends PackerPlugins {
  protected readonly kind = 'stand-ins';
  protected readonly note = 'stand-ins: they check names, types and what the plugins refuse before a build, and build on loopback only, for tests';

  protected get pins(): string[] {
    return this.plugins.map((plugin) => `${plugin.source} ${plugin.standIn.locate()?.path ?? ''}`);
  }

  public override locate(): InstalledTool | undefined {
    return this.plugins.every((plugin) => plugin.standIn.locate()) ? super.locate() : undefined;
  }

  public override async install(progress: (line: string) => void): Promise<InstalledTool> {
    for (const plugin of this.plugins) await plugin.standIn.install(progress);
    return super.install(progress);
  }

  protected async fill(folder: string, packer: string): Promise<void> {
    for (const plugin of this.plugins) {
      const args = ['plugins', 'install', '--path', plugin.standIn.locate()!.path, plugin.source];
      const result = await run(packer, args, { env: { PACKER_PLUGIN_PATH: folder, CHECKPOINT_DISABLE: '1' } });
      if (result.status === 0) continue;
      throw new ToolUnavailable(this.name, `packer ${args.join(' ')} failed:\n${result.output.trim()}`, 'Correct the stand-in.');
    }
  }
}

/** The released plugins, downloaded by `packer init`. */
export class ReleasedPlugins extends PackerPlugins {
  protected readonly kind = 'released';
  protected readonly note = 'the released plugins';

  protected get pins(): string[] {
    return this.plugins.map((plugin) => `${plugin.source} ${plugin.version}`);
  }

  protected async fill(folder: string, packer: string, progress: (line: string) => void): Promise<void> {
    progress('packer-plugins: downloading the released plugins by packer init');
    const template = path.join(folder, 'plugins.pkr.hcl');
    const requirements = this.plugins.map((plugin) => {
      const name = path.basename(plugin.source);
      return `    ${name} = { source = "${plugin.source}", version = "= ${plugin.version}" }\n`;
    });
    fs.writeFileSync(template, `packer {\n  required_plugins {\n${requirements.join('')}  }\n}\n`);
    const result = await run(packer, ['init', template], { env: { PACKER_PLUGIN_PATH: folder, CHECKPOINT_DISABLE: '1' }, timeoutSeconds: 300 });
    if (result.status !== 0) {
      throw new ToolUnavailable(this.name, `packer init failed:\n${result.output.trim()}`,
        'github.com must be reachable. Without it, leave --released-plugins out: stand-ins then check what can be checked.');
    }
  }
}
