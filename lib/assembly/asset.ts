import * as fs from 'fs';
import * as path from 'path';
import { contentHash } from './content-hash';

/** A file or folder that is copied into the output. */
export interface Asset {
  /** Path on the machine that synthesizes; a relative one starts at the folder in which the program runs. */
  readonly source: string;
  /** Path below the folder into which it is copied, with `/`. */
  readonly target: string;
}

/** What never goes into the output: traces of editors, of version control and of runs. */
const LEFT_OUT = /^(\.git|\.DS_Store|__pycache__|node_modules|.*\.retry|.*~)$/;

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
