import * as fs from 'node:fs';
import * as path from 'node:path';
import { run } from '../../tools';

const root = path.resolve(__dirname, '../..');

/** A package as it would be published. */
export interface Tarball {
  readonly tarball: string;
  /** What is wrong with its content, if anything. */
  readonly verdict: string | undefined;
  readonly facts: string;
}

/** Packs the package, and looks whether it has what it needs and nothing else. */
export async function checkTarball(folder: string): Promise<Tarball> {
  const { status, stdout, output } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: root });
  if (status !== 0) throw new Error(`npm pack: ${output}`);
  const [{ filename, files, size, unpackedSize }] = JSON.parse(stdout) as
    { filename: string; size: number; unpackedSize: number; files: { path: string }[] }[];
  const paths = files.map((file) => file.path);
  const mebibytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
  const wrong = [
    ...expected().filter((file) => !paths.includes(file)).map((file) => `${file} is missing`),
    ...paths.filter((file) => !allowed.some((pattern) => pattern.test(file))).map((file) => `${file} does not belong there`),
  ];
  return {
    tarball: path.join(folder, filename),
    verdict: wrong.length === 0 ? undefined : wrong.join('\n'),
    facts: `${files.length} files, ${mebibytes(size)} packed, ${mebibytes(unpackedSize)} unpacked`,
  };
}

const ansible = new RegExp('^ansible/(' + [
  /README\.md|(playbook|windows|requirements|inventory\.example)\.yml/,
  /windows\/(README\.md|[\w-]+\.ps1)/,
  /roles\/\w+\/(README\.md|(defaults|files|handlers|meta|tasks|templates|vars)\/([\w-]+\/)*[\w.-]+)/,
].map((pattern) => pattern.source).join('|') + ')$');

const allowed = [
  /^(package\.json|README\.md|LICENSE)$/,
  /^docs\/errors\.md$/,
  /^dist\/(cdktf|cdktn)\/([\w-]+\/)*[\w-]+\.(js|d\.ts|mjs)$/,
  ansible,
];

/** For both cores the types of every source, the library, and every binding by itself; and what is read at run time. */
function expected(): string[] {
  const sources = below('lib').filter((file) => /\.(ts|mjs)$/.test(file)).map((file) => file.slice('lib/'.length));
  const programs = ['index.js', 'library.js', 'simulator.js', 'assertions/index.js', 'simulator/index.js', ...sources.filter((file) => /^bindings\/(proxmox|talos)\//.test(file)).map((file) => file.replace(/\.ts$/, '.js'))];
  return [
    'package.json', 'README.md', 'LICENSE', 'docs/errors.md',
    ...['cdktf', 'cdktn'].flatMap((core) => [...programs, ...sources.map((file) => file.replace(/\.ts$/, '.d.ts'))].map((file) => `dist/${core}/${file}`)),
    ...below('ansible').filter((file) => ansible.test(file)),
  ];
}

function below(folder: string): string[] {
  return fs.readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)));
}
