import * as fs from 'fs';
import * as path from 'path';
import { Asset, assemblyRules } from '../assembly';
import { Problems } from '../core';
import { Expression } from '../hcl';
import { IProvisioner, ProvisionerConfig, Template } from '../packer';
import { isLiteral } from '../packer/plugin-text';

/** Attributes that name a file or folder beside the program, by type of provisioner. */
const LOCAL_PATHS: Readonly<Record<string, string[]>> = {
  'shell': ['script', 'scripts'],
  'powershell': ['script', 'scripts'],
  'windows-shell': ['script', 'scripts'],
  'file': ['source', 'sources'],
  'ansible': ['playbook_file', 'galaxy_file', 'roles_path', 'collections_path', 'inventory_directory', 'inventory_file'],
  'ansible-local': [
    'playbook_file', 'playbook_files', 'playbook_dir', 'playbook_paths', 'role_paths', 'collection_paths', 'galaxy_file', 'group_vars', 'host_vars', 'inventory_file',
  ],
};

/** A playbook finds its roles and variables beside it, so its folder comes along. */
const WITH_FOLDER = ['playbook_file', 'playbook_files'];

/** Path below `files/` of an image's folder, as Packer sees it wherever the output has been moved. */
export function inFiles(target: string): string {
  return `${Expression.reference('path.root')}/../files/${target}`;
}

/**
 * The files and folders beside the program that provisioners name. They are copied into the output, and the provisioners are told where.
 */
export class LocalFiles {
  private readonly bySource = new Map<string, Asset>();

  public constructor(private readonly path: string) {}

  /** All files and folders, in a fixed order. */
  public get assets(): Asset[] {
    return [...this.bySource.values()].sort((a, b) => (a.target < b.target ? -1 : 1));
  }

  /** Adds a file or folder under a name of its own. */
  public add(source: string, target: string): string {
    this.bySource.set(path.resolve(source), { source, target });
    return inFiles(target);
  }

  /** The provisioner with its local paths led to the copies. */
  public localize(provisioner: IProvisioner, property: string): IProvisioner {
    return { bind: (template: Template) => this.rewrite(provisioner.bind(template), property) };
  }

  private rewrite(config: ProvisionerConfig, property: string): ProvisionerConfig {
    const names = LOCAL_PATHS[config.type];
    if (names === undefined || config.attributes.direction === 'download' || config.attributes.generated === true) return config;
    const attributes = { ...config.attributes };
    for (const name of names) {
      const value = attributes[name];
      if (value === undefined) continue;
      const copy = (text: string) => this.copy(text, name, `${property}.${name}`);
      attributes[name] = Array.isArray(value) ? value.map(copy) : copy(value);
    }
    return { ...config, attributes };
  }

  /** Text that holds an expression is Packer's own business. */
  private copy(text: string, attribute: string, property: string): string {
    if (typeof text !== 'string' || !isLiteral(text)) return text;
    const source = path.resolve(text);
    new Problems(this.path)
      .check(fs.existsSync(source), assemblyRules['asset-missing'], { property, received: text })
      .throwIfAny();
    const folder = path.dirname(source);
    if (WITH_FOLDER.includes(attribute) && folder !== process.cwd()) {
      return `${this.share(folder)}/${path.basename(source)}`;
    }
    return this.share(source);
  }

  private share(source: string): string {
    const relative = path.relative(process.cwd(), source).split(path.sep);
    const target = (relative[0] === '..' ? [path.basename(source)] : relative).join('/');
    const known = this.bySource.get(source);
    if (known !== undefined) return inFiles(known.target);
    const clash = this.assets.find((asset) => asset.target === target);
    const free = clash === undefined ? target : `${this.assets.length}-${target}`;
    return this.add(path.relative(process.cwd(), source), free);
  }
}
