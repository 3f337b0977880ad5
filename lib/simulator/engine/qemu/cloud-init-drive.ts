import * as fs from 'node:fs';
import * as path from 'node:path';
import { findProgram, runProgram } from './programs';

/** Writes a cloud-init drive: an ISO 9660 file system with the label `cidata`. @internal */
export async function writeCloudInitDrive(folder: string, file: string, files: { readonly [name: string]: string }): Promise<void> {
  const content = fs.mkdtempSync(path.join(folder, 'cloud-init-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      const target = path.join(content, name);
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.writeFileSync(target, text);
    }
    fs.rmSync(file, { force: true });
    const options = ['-quiet', '-iso-level', '3', '-R', '-J', '-V', 'cidata', '-o', file, content];
    const xorriso = findProgram('xorriso');
    await runProgram(xorriso ?? findProgram('genisoimage') ?? 'genisoimage', xorriso ? ['-as', 'mkisofs', ...options] : options);
  } finally {
    fs.rmSync(content, { recursive: true, force: true });
  }
}
