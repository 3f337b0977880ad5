import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { polish } from './polish';
import { PINNED_SCHEMAS, PinnedSchema } from './schemas';

/** What is used of `@cdktf/provider-generator`. */
interface ProviderGenerator {
  readonly CodeMaker: new () => { save(outDir: string): Promise<unknown> };
  readonly TerraformProviderConstraint: new (constraint: string) => object;
  readonly TerraformProviderGenerator: new (code: object, schema: object) => { generate(target: object): void };
}

/** What is used of `@cdktf/commons`. */
interface Commons {
  readonly ConstructsMakerProviderTarget: new (constraint: object, language: string) => object;
}

/** Generated files by their path below `lib/bindings`, with forward slashes. */
export type GeneratedFiles = ReadonlyMap<string, string>;

/** Generates the bindings of both providers from the pinned schemas. Needs neither Terraform nor a network. */
export async function renderBindings(): Promise<GeneratedFiles> {
  const files = new Map<string, string>();
  const scratch = mkdtempSync(join(tmpdir(), 'bindings-'));
  try {
    for (const pinned of PINNED_SCHEMAS) {
      await runGenerator(pinned, scratch);
      const { name } = pinned.provider;
      const root = join(scratch, 'providers', name);
      const entries = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
      for (const folder of entries.map((entry) => entry.name).sort()) {
        const extra = readdirSync(join(root, folder)).filter((file) => file !== 'index.ts' && file !== 'README.md');
        if (extra.length > 0) {
          throw new Error(`${name}/${folder}: the generator wrote more than one file (${extra.join(', ')}), which nothing here expects.`);
        }
        files.set(`${name}/${folder}/index.ts`, polish(readFileSync(join(root, folder, 'index.ts'), 'utf8'), folder, pinned));
      }
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return files;
}

/** Replaces the generated folders below a bindings folder. */
export function writeBindings(bindingsDir: string, files: GeneratedFiles): void {
  for (const { provider } of PINNED_SCHEMAS) {
    rmSync(join(bindingsDir, provider.name), { recursive: true, force: true });
  }
  for (const [path, text] of files) {
    mkdirSync(dirname(join(bindingsDir, path)), { recursive: true });
    writeFileSync(join(bindingsDir, path), text);
  }
}

/** Says in what a bindings folder differs from what would be generated now; empty when it does not. */
export function compareBindings(bindingsDir: string, files: GeneratedFiles): string[] {
  const present = PINNED_SCHEMAS.flatMap(({ provider }) => listFiles(bindingsDir, provider.name));
  return [
    ...[...files.keys()].filter((path) => !existsSync(join(bindingsDir, path))).map((path) => `missing: ${path}`),
    ...present.filter((path) => !files.has(path)).map((path) => `not generated: ${path}`),
    ...present.filter((path) => files.has(path) && readFileSync(join(bindingsDir, path), 'utf8') !== files.get(path))
      .map((path) => `differs: ${path}`),
  ].sort();
}

async function runGenerator({ provider, document }: PinnedSchema, outDir: string): Promise<void> {
  // On import the generator starts `terraform version` and reports its failure to a telemetry server: neither is wanted here.
  process.env.CHECKPOINT_DISABLE = '1';
  process.env.TERRAFORM_BINARY_NAME = join(outDir, 'no-terraform-needed');
  const { CodeMaker, TerraformProviderConstraint, TerraformProviderGenerator } = await load<ProviderGenerator>('@cdktf/provider-generator');
  const { ConstructsMakerProviderTarget } = await load<Commons>('@cdktf/commons');

  const code = new CodeMaker();
  const constraint = new TerraformProviderConstraint(`${provider.source}@${provider.version}`);
  // The document has no `provider_versions`: with one, the generator would emit an exact version next to the range.
  new TerraformProviderGenerator(code, document)
    .generate(new ConstructsMakerProviderTarget(constraint, 'typescript'));
  await code.save(outDir);
}

/** Loads a package without its type declarations, which refer to types that are not published. */
async function load<T>(name: string): Promise<T> {
  return await import(name) as T;
}

function listFiles(dir: string, below: string): string[] {
  if (!existsSync(join(dir, below))) {
    return [];
  }
  return readdirSync(join(dir, below), { withFileTypes: true }).flatMap((entry) => {
    const path = `${below}/${entry.name}`;
    return entry.isDirectory() ? listFiles(dir, path) : [path];
  });
}
