import { spawnSync } from 'child_process';
import * as path from 'path';
import { readFolder, temporaryFolder } from '../support/synth';

const ROOT = path.resolve(__dirname, '../..');

/** What a program writes that uses all of the library, with one of the cores. */
function written(tsconfig: string): { [path: string]: string } {
  const outdir = path.join(temporaryFolder(), 'cdktf.out');
  const program = path.join(ROOT, 'test/support/programs/everything.ts');
  const { status, stderr } = spawnSync(process.execPath, [path.join(ROOT, 'node_modules/tsx/dist/cli.mjs'), '--tsconfig', tsconfig, program, outdir], { cwd: ROOT, encoding: 'utf8' });
  expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
  return readFolder(path.join(outdir, 'stacks'));
}

/** What the cores themselves write in their own way: their version, and white space inside of what is empty. */
function withoutCore(text: string): string {
  return text.replace(/"version": "0\.\d+\.\d+"/, '"version": "core"').replace(/([[{])\s+([\]}])/g, '$1$2');
}

test('both cores write the same bytes', () => {
  const [cdktf, cdktn] = ['tsconfig.json', 'tsconfig.cdktn.json'].map(written);
  expect(Object.keys(cdktf).filter((name) => name.endsWith('cdk.tf.json'))).toEqual(['images/cdk.tf.json', 'machines/cdk.tf.json']);
  expect(cdktf['images/cdk.tf.json']).toContain('"version": "0.21.');
  expect(cdktn['images/cdk.tf.json']).not.toContain('"version": "0.21.');
  expect(Object.keys(cdktn)).toEqual(Object.keys(cdktf));
  const different = Object.keys(cdktf).filter((name) => (name.endsWith('cdk.tf.json') ? withoutCore(cdktf[name]) !== withoutCore(cdktn[name]) : cdktf[name] !== cdktn[name]));
  expect(different).toEqual([]);
}, 60_000);
