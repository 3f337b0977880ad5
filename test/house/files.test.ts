import * as fs from 'node:fs';
import { filesBelow, isGenerated, read, root } from './sources';

const ignored = /^(node_modules|dist|coverage|cdktf\.out|\.git|\.terraform)$/;

/** Every file of the repository, without what is installed or made. */
const files = fs.readdirSync(root, { withFileTypes: true }).filter(({ name }) => !ignored.test(name))
  .flatMap((entry) => entry.isDirectory() ? filesBelow(entry.name) : [entry.name]);

test('no program has more than 500 lines', () => {
  const programs = files.filter((file) => /\.(ts|js|mjs|cjs|go|py|sh)$/.test(file) && !isGenerated(file));
  expect(programs.filter((file) => read(file).split('\n').length - 1 > 500)).toEqual([]);
});

test('nothing speaks of the machine or the registries with which it was made', () => {
  // Put together here, so that this file does not hold them.
  const hosts = [['registry', 'npmjs', 'org'], ['proxy', 'golang', 'org'], ['deb', 'debian', 'org'], ['pypi', 'org/simple']].map((parts) => parts.join('.'));
  const told = files.flatMap((file) => {
    // In a guest, the user root has a home.
    const folders = /^(ansible|test\/ansible)\//.test(file) ? ['work'] : ['work', 'root'];
    // A Debian that is installed has its packages from there.
    const others = /^(lib\/guest-os\/answer-files\/preseed|test\/guest-os\/debian\.test)\.ts$/.test(file) ? hosts.filter((host) => !host.startsWith('deb.')) : hosts;
    const patterns = [...others.map((host) => RegExp(host.replaceAll('.', '\\.'))), ...folders.map((folder) => RegExp(`(?<![\\w.~}/-])/${folder}/`))];
    return read(file).split('\n').flatMap((line, i) => patterns.filter((pattern) => pattern.test(line)).map((pattern) => `${file}:${i + 1}: ${pattern.source}`));
  });
  expect(told).toEqual([]);
});

test('no file is empty, and text ends with one line feed', () => {
  const texts = files.filter((file) => /\.(ts|mjs|go|py|sh|md|ya?ml)$/.test(file));
  expect(texts.filter((file) => !/[^\n]\n$/.test(read(file)))).toEqual([]);
});
