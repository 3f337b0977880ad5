/**
 * Synthesizes the examples and prints what came out: `npm run synth [-- NAME ...]`.
 *
 * Each example is an app of its own, run as the CLI of the core runs it. CDKTF_CORE=cdktn takes the other core.
 */
import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';

const ROOT = path.resolve(__dirname, '../..');
const EXAMPLES = path.join(ROOT, 'examples');

/** Names of all examples, in a fixed order. */
export function exampleNames(): string[] {
  return fs.readdirSync(EXAMPLES).filter((name) => fs.existsSync(path.join(EXAMPLES, name, 'cdktf.json'))).sort();
}

/** Runs an example; its output is written to `outdir`, or to its own `cdktf.out`. */
export function synthesizeExample(name: string, core: string, outdir?: string): void {
  const tsconfig = path.join(ROOT, core === 'cdktn' ? 'tsconfig.cdktn.json' : 'tsconfig.json');
  const cwd = path.join(EXAMPLES, name);
  const out = outdir ?? path.join(cwd, 'cdktf.out');
  fs.rmSync(out, { recursive: true, force: true });
  const run = spawnSync(process.execPath, [require.resolve('tsx/cli'), '--tsconfig', tsconfig, 'main.ts'], {
    cwd, encoding: 'utf8', env: { ...process.env, CDKTF_OUTDIR: out },
  });
  if (run.status !== 0) {
    throw new Error(`examples/${name} does not synthesize:\n${run.stdout}${run.stderr}`);
  }
}

interface Row {
  readonly kind: string;
  readonly name: string;
  readonly vmId: string;
  readonly from: string;
}

/** Machines and templates of a stack, as its configuration has them. */
function rowsOf(stack: string): Row[] {
  const config = JSON.parse(fs.readFileSync(path.join(stack, 'cdk.tf.json'), 'utf8'));
  const vms: any[] = Object.values(config.resource?.proxmox_virtual_environment_vm ?? {});
  const packer = path.join(stack, 'packer');
  const images = fs.existsSync(packer) ? fs.readdirSync(packer).map((image) => goldenRow(path.join(packer, image))) : [];
  const machines = vms.filter((vm) => !vm.template).map((vm) => ({
    kind: 'machine', name: vm.name, vmId: String(vm.vm_id ?? 'next free'), from: `template ${vm.clone[0].vm_id}`,
  }));
  const bases = vms.filter((vm) => vm.template).map((vm) => ({ kind: 'imported image', name: vm.name, vmId: String(vm.vm_id), from: vm.description.split(',')[0] }));
  return [...bases, ...images, ...machines];
}

function goldenRow(folder: string): Row {
  const [file] = fs.readdirSync(path.join(folder, 'json'));
  const [source] = Object.values<any>(Object.values<any>(JSON.parse(fs.readFileSync(path.join(folder, 'json', file), 'utf8')).source)[0]);
  return { kind: 'golden image', name: source.template_name, vmId: String(source.vm_id), from: `template ${source.clone_vm_id ?? source.clone_vm}` };
}

function filesBelow(folder: string): number {
  return fs.readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile()).length;
}

function report(name: string): void {
  const stacks = path.join(EXAMPLES, name, 'cdktf.out', 'stacks');
  for (const stack of fs.readdirSync(stacks).sort()) {
    const folder = path.join(stacks, stack);
    console.log(`\n${path.relative(ROOT, folder)}`);
    console.table(Object.fromEntries(rowsOf(folder).map((row, i) => [i + 1, row])));
    console.log('  cdk.tf.json: Terraform, with providers by name and version range');
    const packer = path.join(folder, 'packer');
    for (const image of fs.existsSync(packer) ? fs.readdirSync(packer).sort() : []) {
      console.log(`  packer/${image}/: Packer, in hcl/ and json/ (${filesBelow(path.join(packer, image))} files; README.md says how to build by hand)`);
    }
  }
}

if (require.main === module) {
  const core = process.env.CDKTF_CORE ?? 'cdktf';
  const names = process.argv.length > 2 ? process.argv.slice(2) : exampleNames();
  for (const name of names) {
    synthesizeExample(name, core);
    report(name);
  }
}
