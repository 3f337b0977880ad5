import * as fs from 'fs';
import * as path from 'path';

/** Path of a file or folder that ships with the package, wherever it is installed. */
export function packageFile(...names: string[]): string {
  let folder = __dirname;
  while (!fs.existsSync(path.join(folder, 'package.json'))) {
    folder = path.dirname(folder);
  }
  return path.join(folder, ...names);
}
