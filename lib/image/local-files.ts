import * as fs from 'fs';
import * as path from 'path';
import { Asset, checkAsset, isWithin } from '../assembly';
import { Problems } from '../core';
import { Expression } from '../hcl';
import { ProvisionerConfig } from '../packer';
import { isLiteral } from '../packer/plugin-text';
import { USER_ROLES } from './image-roles';

/** Attributes that name a file or folder beside the program, by type of provisioner. */
const LOCAL_PATHS: Readonly<Record<string, string[]>> = {
  'shell': ['script', 'scripts'],
  'shell-local': ['script', 'scripts'],
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

/** Folders that Ansible itself makes and fills, where they do not exist. */
const MADE_BY_GALAXY = ['roles_path', 'collections_path'];

/** The lists in which a property is written that Packer has as one attribute where the list has one item. */
const LISTS: Readonly<Record<string, string>> = { script: 'scripts[0]', source: 'sources[0]' };

/** What the library itself writes into `files/`. */
const RESERVED = ['ansible', USER_ROLES, 'ansible-variables.json', 'generalize.sh', 'generalize.ps1'];

/** Path below `files/` of an image's folder, as Packer sees it wherever the output has been moved. */
export function inFiles(target: string): string {
  return `${Expression.reference('path.root')}/../files/${target}`;
}

/**
 * The files and folders beside the program that provisioners name. They are copied into the output, and the provisioners are told where.
 */
export class LocalFiles {
  private readonly bySource = new Map<string, Asset>();
  private readonly program = process.cwd();

  /** All files and folders, in a fixed order. */
  public get assets(): Asset[] {
    return [...this.bySource.values()].sort((a, b) => (a.target < b.target ? -1 : 1));
  }

  /** Adds a file or folder of the package itself under a name of its own. */
  public add(source: string, target: string): string {
    this.bySource.set(path.resolve(source), { source, target });
    return inFiles(target);
  }

  /** What a provisioner says, with its local paths led to the copies; notes those that cannot be copied. */
  public localize(config: ProvisionerConfig, problems: Problems): ProvisionerConfig {
    const names = LOCAL_PATHS[config.type];
    if (names === undefined || config.attributes.direction === 'download' || config.attributes.generated === true) return config;
    const attributes = { ...config.attributes };
    for (const name of names) {
      const value = attributes[name];
      if (value === undefined) continue;
      const property = config.type === 'ansible-local' && name === 'playbook_file' ? 'playbookFiles[0]' : LISTS[name] ?? camelCase(name);
      attributes[name] = Array.isArray(value)
        ? value.map((text, i) => this.copy(text, name, `${property}[${i}]`, problems))
        : this.copy(value, name, property, problems);
    }
    return { ...config, attributes };
  }

  /** Text that holds an expression is Packer's own business. */
  private copy(text: string, attribute: string, property: string, problems: Problems): string {
    if (typeof text !== 'string' || !isLiteral(text)) return text;
    const source = path.resolve(this.program, text);
    if (MADE_BY_GALAXY.includes(attribute) && !fs.existsSync(source)) return inFiles(this.targetOf(source));
    const folder = path.dirname(source);
    const withFolder = WITH_FOLDER.includes(attribute) && folder !== this.program;
    const shared = withFolder ? folder : source;
    const before = problems.all.length;
    if (withFolder || !this.bySource.has(source)) checkAsset(text, property, problems, this.program);
    if (withFolder && !this.bySource.has(folder) && problems.all.length === before) checkAsset(path.dirname(text), property, problems, this.program);
    if (problems.all.length > before) return text;
    // A folder with a slash at its end is copied without itself.
    const end = withFolder ? `/${path.basename(source)}` : /[^/]\/$/.test(text) ? '/' : '';
    return `${this.share(shared)}${end}`;
  }

  private share(source: string): string {
    const known = this.bySource.get(source);
    if (known !== undefined) return inFiles(known.target);
    const target = this.targetOf(source);
    let free = target;
    for (let i = 1; !this.isFree(source, free); i++) free = `own${i === 1 ? '' : i}/${target}`;
    return this.add(source, free);
  }

  /** The same path below `files/` as beside the program; what lies elsewhere keeps its last name. */
  private targetOf(source: string): string {
    const relative = path.relative(this.program, source).split(path.sep);
    return isWithin(source, this.program) ? relative.join('/') : path.basename(source);
  }

  /** Whether nothing else stands at the target, around it or below it, but what stands so beside the program as well. */
  private isFree(source: string, target: string): boolean {
    if (RESERVED.includes(target.split('/')[0])) return false;
    return [...this.bySource].every(([otherSource, other]) => {
      const apart = !isBelow(target, other.target) && !isBelow(other.target, target);
      return apart || path.relative(otherSource, source).split(path.sep).join('/') === path.posix.relative(other.target, target);
    });
  }
}

function isBelow(inner: string, folder: string): boolean {
  return inner === folder || inner.startsWith(`${folder}/`);
}

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
