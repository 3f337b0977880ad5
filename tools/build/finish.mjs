// Completes dist/ after the compiler: what it does not copy, what it does not delete, and the same library for the other core.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const lib = path.join(root, 'lib');
const cdktf = path.join(root, 'dist/cdktf');
const cdktn = path.join(root, 'dist/cdktn');
const coreSpecifier = /(require\(|import\(|from )(['"])cdktf(['"/])/g;

const sources = filesBelow(lib);
const assets = sources.filter((file) => !/(\.ts|\.md)$/.test(file));
for (const file of assets) write(path.join(cdktf, file), fs.readFileSync(path.join(lib, file)));

const expected = new Set([
  ...assets,
  ...sources.filter((file) => file.endsWith('.ts')).flatMap((file) => [file.replace(/ts$/, 'js'), file.replace(/ts$/, 'd.ts')]),
]);
for (const file of filesBelow(cdktf)) {
  if (!expected.has(file) && file !== '.tsbuildinfo') fs.rmSync(path.join(cdktf, file));
}

for (const file of expected) {
  const content = fs.readFileSync(path.join(cdktf, file), 'utf8');
  write(path.join(cdktn, file), /\.(js|d\.ts)$/.test(file) ? content.replace(coreSpecifier, '$1$2cdktn$3') : content);
}
for (const file of filesBelow(cdktn)) {
  if (!expected.has(file)) fs.rmSync(path.join(cdktn, file));
}

/** Paths of all files below a folder, relative to it, with `/`. */
function filesBelow(folder) {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)).replaceAll(path.sep, '/'))
    .sort();
}

/** Leaves a file alone that is already right, so that nothing that watches it starts anew. */
function write(file, content) {
  if (fs.existsSync(file) && fs.readFileSync(file).equals(Buffer.from(content))) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
}
