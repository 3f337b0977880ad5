import * as fs from 'fs';
import * as path from 'path';
import { Problems } from '../../lib';
import { assetHash, checkAsset, contentHash, copyAsset, isWithin } from '../../lib/assembly';
import { packageFile } from '../../lib/assembly/package-files';
import { readFolder, temporaryFolder } from '../support/synth';

/** A folder with a role in it, as an editor and a run leave it. */
function role(): string {
  const folder = temporaryFolder();
  const files: Record<string, string> = {
    'tasks/main.yml': '- debug:\n',
    'files/run.sh': '#!/bin/sh\n',
    'files/.hidden': 'x',
    '.git/config': 'x',
    'tasks/__pycache__/a.pyc': 'x',
    'tasks/main.yml~': 'x',
    'site.retry': 'x',
    'node_modules/a/index.js': 'x',
    '.DS_Store': 'x',
    'cdktf.out/manifest.json': 'x',
    '.terraform/x': 'x',
  };
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text, { mode: name.endsWith('.sh') ? 0o700 : 0o600 });
  }
  return folder;
}

function modes(folder: string): Record<string, string> {
  // eslint-disable-next-line no-bitwise
  return Object.fromEntries(Object.keys(readFolder(folder)).map((name) => [name, (fs.statSync(path.join(folder, name)).mode & 0o777).toString(8)]));
}

function found(source: string): string[] {
  const problems = new Problems('homelab/Image');
  checkAsset(source, 'provisioners[0].scripts[0]', problems);
  return problems.all.map(({ code, property, received, rule }) => `${code} ${property} ${received}: ${rule}`);
}

test('a folder is copied without traces of editors and runs, readable or executable', () => {
  const target = temporaryFolder();
  copyAsset({ source: role(), target: 'roles/x' }, target);
  expect(readFolder(target)).toEqual({ 'roles/x/files/.hidden': 'x', 'roles/x/files/run.sh': '#!/bin/sh\n', 'roles/x/tasks/main.yml': '- debug:\n' });
  expect(modes(target)).toEqual({ 'roles/x/files/.hidden': '644', 'roles/x/files/run.sh': '755', 'roles/x/tasks/main.yml': '644' });
});

test('a file is copied to the path that it is to have', () => {
  const target = temporaryFolder();
  copyAsset({ source: path.join(role(), 'files/run.sh'), target: 'scripts/setup.sh' }, target);
  expect(modes(target)).toEqual({ 'scripts/setup.sh': '755' });
});

test('a link is copied as what it leads to', () => {
  const folder = role();
  fs.symlinkSync('main.yml', path.join(folder, 'tasks/other.yml'));
  fs.symlinkSync('tasks', path.join(folder, 'handlers'));
  const target = temporaryFolder();
  copyAsset({ source: folder, target: 'x' }, target);
  expect(Object.keys(readFolder(target))).toEqual([
    'x/files/.hidden', 'x/files/run.sh', 'x/handlers/main.yml', 'x/handlers/other.yml', 'x/tasks/main.yml', 'x/tasks/other.yml',
  ]);
  expect(fs.lstatSync(path.join(target, 'x/tasks/other.yml')).isSymbolicLink()).toBe(false);
});

describe('hash', () => {
  const hash = (source: string, target = 'roles/x') => assetHash({ source, target });

  test('it is the same wherever the files lie, whenever they were written, and whatever is not copied', () => {
    const [one, two] = [role(), role()];
    fs.utimesSync(path.join(two, 'tasks/main.yml'), 1, 1);
    fs.writeFileSync(path.join(two, 'tasks/main.yml~'), 'changed');
    fs.chmodSync(path.join(two, 'tasks/main.yml'), 0o644);
    expect(hash(one)).toMatch(/^[0-9a-f]{64}$/);
    expect(hash(two)).toBe(hash(one));
    expect(hash(path.relative(process.cwd(), two))).toBe(hash(one));
  });

  test.each<[string, (folder: string) => void]>([
    ['a content', (folder) => fs.appendFileSync(path.join(folder, 'tasks/main.yml'), ' ')],
    ['a name', (folder) => fs.renameSync(path.join(folder, 'files/run.sh'), path.join(folder, 'files/go.sh'))],
    ['a mode', (folder) => fs.chmodSync(path.join(folder, 'files/run.sh'), 0o600)],
    ['a new file', (folder) => fs.writeFileSync(path.join(folder, 'new'), '')],
    ['a file less', (folder) => fs.rmSync(path.join(folder, 'files/.hidden'))],
    ['two contents exchanged', (folder) => {
      fs.writeFileSync(path.join(folder, 'tasks/main.yml'), '#!/bin/sh\n');
      fs.writeFileSync(path.join(folder, 'files/run.sh'), '- debug:\n');
    }],
  ])('it changes with %s', (_, change) => {
    const folder = role();
    const before = hash(folder);
    change(folder);
    expect(hash(folder)).not.toBe(before);
  });

  test('it changes with the place in the image\'s folder', () => {
    const folder = role();
    expect(hash(folder, 'roles/y')).not.toBe(hash(folder));
  });

  test('parts do not run into each other', () => {
    const hashes = [['ab', 'c'], ['a', 'bc'], ['abc'], ['abc', ''], ['', 'abc'], []].map((parts) => contentHash(...parts));
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(contentHash('a', 'ü')).toBe('a2de24653fe0173372160f3db23fd2a80b7808c020cb6595a2af8cf24990be58');
  });
});

describe('what cannot be copied', () => {
  test('what is fine', () => {
    const folder = role();
    fs.mkdirSync(path.join(folder, 'empty'));
    expect([folder, path.join(folder, 'tasks/main.yml')].flatMap(found)).toEqual([]);
  });

  test('nothing there', () => {
    expect(found('no/such.sh')).toEqual([
      'asset-missing provisioners[0].scripts[0] "no/such.sh": A file or folder that goes into an image exists when the program synthesizes.',
    ]);
  });

  test('the program itself', () => {
    const rule = 'A folder that goes into an image does not hold the program itself: the output of the program would be copied into the output.';
    expect(['.', '..', process.cwd(), '/'].flatMap(found)).toEqual(['.', '..', process.cwd(), '/'].map(
      (source) => `asset-around-program provisioners[0].scripts[0] ${JSON.stringify(source)}: ${rule}`));
  });

  test.each<[string, (folder: string) => void, string]>([
    ['a link that leads nowhere', (folder) => fs.symlinkSync('nowhere', path.join(folder, 'tasks/link')), 'tasks/link'],
    ['a link around itself', (folder) => fs.symlinkSync('..', path.join(folder, 'tasks/link')), 'tasks/link'],
  ])('%s', (_, change, part) => {
    const folder = role();
    change(folder);
    expect(found(folder)).toEqual([`asset-content provisioners[0].scripts[0] ${JSON.stringify(folder)}: What goes into an image is a file, or a folder with `
      + `a file in it; links lead to something that exists, and not around in circles. Look at: ${path.relative(process.cwd(), path.join(folder, part))}`]);
  });

  test('a folder with nothing in it, and a device', () => {
    expect([temporaryFolder(), '/dev/null'].map((source) => found(source)[0].split(' ')[0])).toEqual(['asset-content', 'asset-content']);
  });
});

test('a path within a folder', () => {
  expect([['/a/b', '/a'], ['/a', '/a'], ['/a..b', '/'], ['/a/..b', '/a']].map(([inner, folder]) => isWithin(inner, folder))).toEqual([true, true, true, true]);
  expect([['/a', '/a/b'], ['/ab', '/a'], ['/b', '/a']].map(([inner, folder]) => isWithin(inner, folder))).toEqual([false, false, false]);
});

test('what ships with the package is found', () => {
  expect(JSON.parse(fs.readFileSync(packageFile('package.json'), 'utf8')).name).toBe('proxmox-constructs');
  expect(fs.existsSync(packageFile('ansible', 'playbook.yml'))).toBe(true);
});
