import * as fs from 'fs';
import * as path from 'path';
import { Problems } from '../core';
import { contentHash } from './content-hash';
import { assemblyRules } from './rules';

/** A file or folder that is copied into the output. */
export interface Asset {
  /** Path on the machine that synthesizes; a relative one starts at the folder in which the program runs. */
  readonly source: string;
  /** Path below the folder into which it is copied, with `/`. */
  readonly target: string;
}

/** What never goes into the output: traces of editors, of version control and of runs. */
const LEFT_OUT = /^(\.git|\.DS_Store|\.terraform|__pycache__|cdktf\.out|node_modules|.*\.retry|.*~)$/;

/**
 * Notes a file or folder that cannot be copied into the output.
 *
 * @param program folder of the program, at which a relative path starts
 */
export function checkAsset(source: string, property: string, problems: Problems, program: string = process.cwd()): void {
  const absolute = path.resolve(program, source);
  const finding = { property, received: source };
  if (!fs.existsSync(absolute)) {
    problems.report(assemblyRules['asset-missing'], finding);
    return;
  }
  if (isWithin(program, absolute)) {
    problems.report(assemblyRules['asset-around-program'], finding);
    return;
  }
  const unfit = unfitPart(absolute, []);
  problems.check(unfit === undefined, assemblyRules['asset-content'], {
    ...finding, rule: `${assemblyRules['asset-content'].rule} Look at: ${path.relative(program, unfit ?? '')}`,
  });
}

/** Whether a path is a folder or lies below it. */
export function isWithin(inner: string, folder: string): boolean {
  const relative = path.relative(folder, inner);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

/** Hash of names, modes and contents of an asset; where it lies and when it was changed do not count. */
export function assetHash(asset: Asset): string {
  return contentHash(asset.target, ...filesOf(path.resolve(asset.source)).flatMap((file) => [
    file.relative, file.executable ? 'x' : '-', fs.readFileSync(file.absolute, 'base64'),
  ]));
}

/** Copies an asset below a folder; modes are reduced to readable or executable. */
export function copyAsset(asset: Asset, folder: string): void {
  for (const file of filesOf(path.resolve(asset.source))) {
    const target = path.join(folder, asset.target, file.relative);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.copyFileSync(file.absolute, target);
    fs.chmodSync(target, file.executable ? 0o755 : 0o644);
  }
}

interface AssetFile {
  /** Empty where the asset is a single file. */
  readonly relative: string;
  readonly absolute: string;
  readonly executable: boolean;
}

function filesOf(root: string): AssetFile[] {
  const visit = (absolute: string, relative: string): AssetFile[] => {
    const stat = fs.statSync(absolute);
    if (!stat.isDirectory()) {
      // eslint-disable-next-line no-bitwise
      return [{ relative, absolute, executable: (stat.mode & 0o100) !== 0 }];
    }
    return fs.readdirSync(absolute).filter((name) => !LEFT_OUT.test(name)).sort()
      .flatMap((name) => visit(path.join(absolute, name), relative === '' ? name : `${relative}/${name}`));
  };
  return visit(root, '');
}

/** The first part that is neither a file nor a folder that leads to one; links are followed. */
function unfitPart(absolute: string, around: string[]): string | undefined {
  if (!fs.existsSync(absolute)) return absolute;
  const stat = fs.statSync(absolute);
  if (!stat.isDirectory()) return stat.isFile() ? undefined : absolute;
  const real = fs.realpathSync(absolute);
  if (around.includes(real)) return absolute;
  const names = fs.readdirSync(absolute).filter((name) => !LEFT_OUT.test(name)).sort();
  if (names.length === 0 && around.length === 0) return absolute;
  for (const name of names) {
    const unfit = unfitPart(path.join(absolute, name), [...around, real]);
    if (unfit !== undefined) return unfit;
  }
  return undefined;
}
