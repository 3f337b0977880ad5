import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { SynthesizedStack } from '../../lib/assertions';
import { exampleNames, synthesizeExample } from '../../tools/synth/main';
import { providerSchemaProblems } from '../support/provider-schema';

const EXAMPLES = path.resolve(__dirname, '../../examples');

/** What the cores themselves write in their own way: their version, and white space inside of what is empty. */
function withoutCore(files: { readonly [path: string]: string }): { [path: string]: string } {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, name === 'cdk.tf.json'
    ? text.replace(/"version": "0\.\d+\.\d+"/, '"version": "core"').replace(/([[{])\s+([\]}])/g, '$1$2')
    : text]));
}

function stacksOf(outdir: string): [string, SynthesizedStack][] {
  return fs.readdirSync(path.join(outdir, 'stacks')).map((name) => [name, SynthesizedStack.fromFolder(path.join(outdir, 'stacks', name))]);
}

describe.each(exampleNames())('%s', (name) => {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'proxmox-constructs-example-'));
  const written = Object.fromEntries(['cdktf', 'cdktn', 'again'].map((core) => [core, path.join(outdir, core)]));

  beforeAll(() => {
    synthesizeExample(name, 'cdktf', written.cdktf);
    synthesizeExample(name, 'cdktn', written.cdktn);
    synthesizeExample(name, 'cdktf', written.again);
  }, 120_000);
  afterAll(() => fs.rmSync(outdir, { recursive: true, force: true }));

  test('is written the same twice', () => {
    expect(stacksOf(written.again)).toEqual(stacksOf(written.cdktf));
  });

  test('is the same with both cores', () => {
    const [cdktf, cdktn] = [written.cdktf, written.cdktn].map((folder) => stacksOf(folder).map(([stack, { files }]) => [stack, withoutCore(files)]));
    expect(cdktn).toEqual(cdktf);
  });

  test('fits the schema of the provider', () => {
    expect(stacksOf(written.cdktf).flatMap(([, stack]) => providerSchemaProblems(stack.configuration))).toEqual([]);
  });

  test('holds no path of the checkout or the output, and no date of today', () => {
    const texts = stacksOf(written.cdktf).flatMap(([, { files }]) => Object.entries(files));
    const today = new Date().toISOString().slice(0, 10);
    const found = texts.filter(([, text]) => [path.resolve(__dirname, '../..'), outdir, today].some((trace) => text.includes(trace)));
    expect(found.map(([file]) => file)).toEqual([]);
  });

  test('has a README that names its templates and their ids', () => {
    const readme = fs.readFileSync(path.join(EXAMPLES, name, 'README.md'), 'utf8');
    const stacks = stacksOf(written.cdktf).map(([, stack]) => stack);
    const vms = stacks.flatMap(({ configuration }) => Object.values<any>(configuration.resource.proxmox_virtual_environment_vm));
    const imported = vms.filter((vm) => vm.template);
    const builders = stacks.flatMap((stack) => stack.images.flatMap((image) => Object.values<any>(stack.packerTemplate(image).source)));
    const built = builders.flatMap((sources) => Object.values<any>(sources));
    const templates = [...imported.map((vm) => [vm.name, vm.vm_id]), ...built.map((source) => [source.template_name, source.vm_id])];
    expect(templates.length).toBeGreaterThan(0);
    expect(templates.map(([template, vmId]) => `| \`${template}\` | ${vmId} |`).filter((row) => !readme.includes(row))).toEqual([]);
  });
});
