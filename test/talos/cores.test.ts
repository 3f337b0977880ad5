import { spawnSync } from 'child_process';
import * as path from 'path';
import { providerSchemaProblems } from '../support/provider-schema';
import { readFolder, readOutput, temporaryFolder } from '../support/synth';

const ROOT = path.resolve(__dirname, '../..');

/** The folder that a program with clusters has written, with one of the cores. */
function written(tsconfig: string): string {
  const outdir = path.join(temporaryFolder(), 'cdktf.out');
  const program = path.join(ROOT, 'test/support/programs/talos.ts');
  const { status, stderr } = spawnSync(process.execPath, [path.join(ROOT, 'node_modules/tsx/dist/cli.mjs'), '--tsconfig', tsconfig, program, outdir], { cwd: ROOT, encoding: 'utf8' });
  expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
  return outdir;
}

/** What the cores themselves write in their own way: their version, and white space inside of what is empty. */
function withoutCore(text: string): string {
  return text.replace(/"version": "0\.\d+\.\d+"/, '"version": "core"').replace(/([[{])\s+([\]}])/g, '$1$2');
}

test('both cores write the same clusters', () => {
  const [cdktf, cdktn] = ['tsconfig.json', 'tsconfig.cdktn.json'].map(written);
  const [one, other] = [cdktf, cdktn].map((outdir) => readFolder(path.join(outdir, 'stacks')));
  expect(Object.keys(one)).toEqual(['machines/cdk.tf.json', 'workloads/cdk.tf.json']);
  expect(Object.keys(other)).toEqual(Object.keys(one));
  expect(one['machines/cdk.tf.json']).toContain('"version": "0.21.');
  expect(other['machines/cdk.tf.json']).not.toContain('"version": "0.21.');
  for (const name of Object.keys(one)) expect(withoutCore(other[name])).toBe(withoutCore(one[name]));
  expect(providerSchemaProblems(readOutput(cdktn, 'machines').terraform)).toEqual([]);
}, 60_000);
