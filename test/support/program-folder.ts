import * as fs from 'fs';
import * as path from 'path';
import { temporaryFolder } from './synth';

/** Writes files by their paths below a folder; those that end in `.sh` can be run. */
export function writeFiles(folder: string, files: { readonly [path: string]: string }): void {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text, { mode: name.endsWith('.sh') ? 0o755 : 0o644 });
  }
}

/** Runs something as a program does that was started in a folder with these files. */
export function inProgramFolder<T>(files: { readonly [path: string]: string }, run: (folder: string) => T): T {
  const before = process.cwd();
  const folder = fs.realpathSync(temporaryFolder());
  writeFiles(folder, files);
  process.chdir(folder);
  try {
    return run(folder);
  } finally {
    process.chdir(before);
  }
}
