import * as fs from 'fs';
import * as path from 'path';
import { ISynthesisSession, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { Problems, toSlug } from '../core';
import { kept } from '../core/kept';
import { Asset, copyAsset } from './asset';
import { assemblyRules } from './rules';

/** The core runs what a construct has under this symbol when a stack is written; both cores know it by this name. */
const CUSTOM_SYNTHESIS = Symbol.for('cdktf/customSynthesis');

/** What is written for an image. */
export interface PackerFolderContent {
  /** Texts by their path below the folder of the image. */
  readonly files: { readonly [path: string]: string };
  /** Files and folders copied below `files/`. */
  readonly assets: Asset[];
}

/** Anything that has a Packer template to write. */
export interface IPackerFolderSource {
  /** Called when the stack is written. */
  renderPackerFolder(): PackerFolderContent;
}

/**
 * The folder `packer/<image>/` of an image, beside the configuration of its stack.
 *
 * It is made anew whenever the stack is written, holds relative paths only, and can be moved.
 */
export class PackerFolder extends Construct {
  /** Name of the folder below `packer/`. */
  public readonly folderName: string;

  public constructor(scope: IConstruct & IPackerFolderSource, id: string = 'PackerFolder') {
    super(scope, id);
    const stack = TerraformStack.of(scope);
    this.folderName = toSlug(scope.node.scopes.slice(stack.node.scopes.length).map((c) => c.node.id).join('/'));
    this.claimName(stack, scope);
    Object.defineProperty(this, CUSTOM_SYNTHESIS, {
      value: { onSynthesize: (session: ISynthesisSession) => this.write(session, stack, scope) },
    });
  }

  /** Path of the folder as Terraform sees it from the folder of its stack. */
  public get pathFromStack(): string {
    return `packer/${this.folderName}`;
  }

  private claimName(stack: TerraformStack, holder: IConstruct): void {
    const names = kept(folderNames, stack, () => new Map<string, string>());
    const other = names.get(this.folderName);
    new Problems(holder.node.path)
      .check(other === undefined, assemblyRules['packer-folder-taken'], {
        property: 'id', received: holder.node.id, rule: `${assemblyRules['packer-folder-taken'].rule} packer/${this.folderName} is that of ${other}.`,
      })
      .throwIfAny();
    names.set(this.folderName, holder.node.path);
  }

  private write(session: ISynthesisSession, stack: TerraformStack, source: IPackerFolderSource): void {
    removeStrangers(session, stack);
    const folder = path.join(packerOf(session, stack), this.folderName);
    removeWritten(folder);
    const { files, assets } = source.renderPackerFolder();
    for (const asset of assets) {
      copyAsset(asset, path.join(folder, 'files'));
    }
    for (const [name, text] of Object.entries(files)) {
      const target = path.join(folder, name);
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.writeFileSync(target, text);
    }
  }
}

/** Folder of reports that a build writes beside its image: they stay until the next build, or until the image goes. */
export const REPORTS = 'openscap';

function removeWritten(folder: string): void {
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  names.filter((name) => name !== REPORTS).forEach((name) => fs.rmSync(path.join(folder, name), { recursive: true, force: true }));
}

const folderNames = new WeakMap<TerraformStack, Map<string, string>>();

/** Lets a construct remove, when its stack is written, what images that are no longer in the program have left. */
export function removeFormerPackerFolders(construct: IConstruct): void {
  Object.defineProperty(construct, CUSTOM_SYNTHESIS, {
    value: { onSynthesize: (session: ISynthesisSession) => removeStrangers(session, TerraformStack.of(construct)) },
  });
}

function packerOf(session: ISynthesisSession, stack: TerraformStack): string {
  return path.join(session.outdir, session.manifest.forStack(stack).workingDirectory, 'packer');
}

function removeStrangers(session: ISynthesisSession, stack: TerraformStack): void {
  const packer = packerOf(session, stack);
  const names = folderNames.get(stack);
  if (!fs.existsSync(packer)) return;
  for (const name of fs.readdirSync(packer).filter((n) => names?.has(n) !== true)) {
    fs.rmSync(path.join(packer, name), { recursive: true, force: true });
  }
  if (names === undefined) fs.rmdirSync(packer);
}
