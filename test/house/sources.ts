import * as fs from 'node:fs';
import * as path from 'node:path';

/** The folder of the repository. */
export const root = path.resolve(__dirname, '../..');

/** Paths of all files below a folder of the repository, with `/`, without what tools put there. */
export function filesBelow(folder: string): string[] {
  const absolute = path.join(root, folder);
  if (!fs.existsSync(absolute)) return [];
  return fs.readdirSync(absolute, { withFileTypes: true }).flatMap((entry) => {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return /^(node_modules|cdktf\.out|dist|\..*)$/.test(entry.name) ? [] : filesBelow(file);
    return entry.isFile() ? [file] : [];
  }).sort();
}

/** Whether a program writes the file. */
export function isGenerated(file: string): boolean {
  return /^lib\/bindings\/(proxmox|talos)\//.test(file);
}

/** The text of a file of the repository. */
export function read(file: string): string {
  return fs.readFileSync(path.join(root, file), 'utf8');
}
