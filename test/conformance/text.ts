import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

let root: string | undefined;
let count = 0;

/** A path that nothing exists at yet; everything made there is removed when the run ends. */
export function temporaryFile(name: string): string {
  if (!root) {
    const made = fs.mkdtempSync(path.join(os.tmpdir(), 'proxmox-constructs-conformance-'));
    process.on('exit', () => fs.rmSync(made, { recursive: true, force: true }));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
    root = made;
  }
  count += 1;
  return path.join(root, `${count}-${name}`);
}

/** A new folder that is removed when the run ends; with the files given, by their path in it. */
export function temporaryFolder(name: string, files: { readonly [file: string]: string } = {}): string {
  const folder = temporaryFile(name);
  fs.mkdirSync(folder);
  for (const [file, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), content);
  }
  return folder;
}

/** The lines of two texts that differ, with a line of context; `undefined` when none do. */
export function difference(one: string, other: string): string | undefined {
  if (one === other) return undefined;
  const [a, b] = [one.split('\n'), other.split('\n')];
  let start = 0;
  while (a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const part = (lines: readonly string[], sign: string) => lines.slice(start, lines.length - end).map((line) => `${sign} ${line}`);
  return ['They differ:', ...(start > 0 ? [`  ${a[start - 1]}`] : []), ...part(a, '-'), ...part(b, '+')].join('\n');
}
