import * as fs from 'fs';
import * as path from 'path';
import { App } from 'cdktf';
import { assetHash } from '../../lib/assembly';
import { defineEverything } from '../support/programs/everything';
import { providerSchemaProblems } from '../support/provider-schema';
import { readFolder, temporaryFolder } from '../support/synth';

const STACKS = ['images', 'machines'];

/** Writes a program that uses all of the library, and tells the folder with its stacks. */
function write(outdir: string): string {
  fs.mkdirSync(outdir, { recursive: true });
  const app = new App({ outdir });
  defineEverything(app);
  app.synth();
  return path.join(outdir, 'stacks');
}

const one = write(path.join(temporaryFolder(), 'one'));
const two = write(path.join(temporaryFolder(), 'somewhere/else'));
const files = readFolder(one);

test('the same program writes the same bytes, wherever to', () => {
  expect(readFolder(two)).toEqual(files);
  expect(Object.keys(files).length).toBeGreaterThan(60);
  const mode = (folder: string, name: string) => fs.statSync(path.join(folder, name)).mode;
  expect(Object.keys(files).filter((name) => mode(one, name) !== mode(two, name))).toEqual([]);
});

test('writing again over what is there changes nothing', () => {
  const outdir = path.join(temporaryFolder(), 'cdktf.out');
  write(outdir);
  expect(readFolder(write(outdir))).toEqual(files);
});

test('what was moved elsewhere is the same', () => {
  const moved = path.join(temporaryFolder(), 'moved');
  fs.cpSync(two, moved, { recursive: true });
  expect(assetHash({ source: moved, target: 'x' })).toBe(assetHash({ source: one, target: 'x' }));
});

test('no path of this machine and no date is in it', () => {
  const traces = [path.dirname(path.dirname(one)), process.cwd(), path.resolve(__dirname, '../..'), new Date().toISOString().slice(0, 10)];
  const found = Object.entries(files).flatMap(([name, text]) => traces.filter((trace) => text.includes(trace)).map((trace) => `${name}: ${trace}`));
  expect(found).toEqual([]);
});

test('links lead nowhere outside, for there are none', () => {
  expect(Object.keys(files).filter((name) => fs.lstatSync(path.join(one, name)).isSymbolicLink())).toEqual([]);
});

test.each(STACKS)('the stack %s fits the schema of the provider', (stack) => {
  expect(providerSchemaProblems(JSON.parse(files[`${stack}/cdk.tf.json`]))).toEqual([]);
});

test('every image has its folder, and every file that a template names is there', () => {
  const templates = Object.keys(files).filter((name) => name.endsWith('.pkr.json'));
  expect(templates).toEqual([
    'images/packer/alpine/json/alpine.pkr.json',
    'images/packer/house-web/json/web.pkr.json',
    'images/packer/standard/json/standard.pkr.json',
    'machines/packer/from-named/json/from-named.pkr.json',
  ]);
  const missing = templates.flatMap((name) => [...files[name].matchAll(/\$\{path\.root\}\/\.\.\/(files\/[^"]+)/g)]
    .filter(([, file]) => !fs.existsSync(path.join(one, path.dirname(path.dirname(name)), file)))
    .map(([reference]) => `${name}: ${reference}`));
  expect(missing).toEqual([]);
});
