import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, LocalBackend, TerraformStack } from 'cdktf';
import { providerSchemaProblems } from './provider-schema';

/** What a program has written for one stack. */
export interface Output {
  /** The configuration for Terraform, `cdk.tf.json`, without the remarks (`//`) of the core. */
  readonly terraform: any;
  /** Text of the same file. */
  readonly text: string;
  /** Texts of all files below `packer/`, by their path there, sorted. */
  readonly packer: { readonly [path: string]: string };
  /** Folder of the stack. */
  readonly folder: string;
  /** Folder of the whole output. */
  readonly outdir: string;
}

const made: string[] = [];
const remove = () => made.splice(0).forEach((folder) => fs.rmSync(folder, { recursive: true, force: true }));
// Programs that run beside the tests use these helpers, too.
if (typeof afterAll === 'undefined') process.once('exit', remove);
else afterAll(remove);

/** A new folder that is gone after the tests of the file, or with the program. */
export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'proxmox-constructs-'));
  made.push(folder);
  return folder;
}

/** A new app that writes to a folder of its own. */
export function newApp(outdir: string = path.join(temporaryFolder(), 'cdktf.out')): App {
  return new App({ outdir, skipBackendValidation: true } as any);
}

/** A new stack with a state beside the program, so that nothing absolute comes into the output. */
export function newStack(app: App = newApp(), id: string = 'homelab'): TerraformStack {
  const stack = new TerraformStack(app, id);
  new LocalBackend(stack, { path: `../../../terraform.${id}.tfstate` });
  return stack;
}

/** Writes an app, and reads what it has written for one of its stacks. What the provider would not take is an error. */
export function synthesize(stack: TerraformStack): Output {
  const output = synthesizeAny(stack);
  const problems = providerSchemaProblems(output.terraform);
  if (problems.length > 0) throw new Error(`Not as the provider's schema says:\n${problems.join('\n')}`);
  return output;
}

/** As `synthesize`, of elements that no provider has. */
export function synthesizeAny(stack: TerraformStack): Output {
  const app = stack.node.root as App;
  app.synth();
  return readOutput(app.outdir, stack.node.id);
}

/** Makes a stack by a function, writes it, and reads what was written. */
export function synthesized(define: (stack: TerraformStack) => void, outdir?: string): Output {
  const stack = newStack(newApp(outdir));
  define(stack);
  return synthesize(stack);
}

/** Reads what was written for a stack. */
export function readOutput(outdir: string, stackId: string): Output {
  const folder = path.join(outdir, 'stacks', stackId);
  const text = fs.readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8');
  return { terraform: withoutRemarks(JSON.parse(text)), text, packer: readFolder(path.join(folder, 'packer')), folder, outdir };
}

/** All files below a folder, by their path with `/`; empty where there is no folder. */
export function readFolder(folder: string): { [path: string]: string } {
  if (!fs.existsSync(folder)) return {};
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
  return Object.fromEntries(files
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file) => [path.relative(folder, file).split(path.sep).join('/'), fs.readFileSync(file, 'utf8')]));
}

function withoutRemarks(value: any): any {
  if (Array.isArray(value)) return value.map(withoutRemarks);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== '//').map(([key, inner]) => [key, withoutRemarks(inner)]));
}
