import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROVIDERS } from '../../lib/bindings';
import { GeneratedFiles, compareBindings, renderBindings, writeBindings } from '../../tools/bindings/generator';
import { PINNED_SCHEMAS } from '../../tools/bindings/schemas';

const committed = join(__dirname, '..', '..', 'lib', 'bindings');
let files: GeneratedFiles;

beforeAll(async () => {
  files = await renderBindings();
}, 60_000);

test('the committed bindings are what the generator makes', () => {
  expect(compareBindings(committed, files)).toEqual([]);
});

test('every resource, every data source and the provider have a folder, and nothing else has', () => {
  const folders = PINNED_SCHEMAS.flatMap(({ provider: { name }, schema }) => {
    const folder = (type: string, prefix = '') => `${name}/${prefix}${type.slice(name.length + 1).replace(/_/g, '-')}/index.ts`;
    return [
      `${name}/provider/index.ts`,
      ...Object.keys(schema.resource_schemas).map((type) => folder(type)),
      ...Object.keys(schema.data_source_schemas).map((type) => folder(type, `data-${name}-`)),
    ];
  });
  expect([...files.keys()].sort()).toEqual(folders.sort());
});

test('the generated files import the core and constructs, and name a range of versions', () => {
  for (const [path, text] of files) {
    expect([path, text.match(/^import .*$/gm)]).toEqual([path, ["import { Construct } from 'constructs';", "import * as cdktf from 'cdktf';"]]);
    const { source, version } = path.startsWith('talos/') ? PROVIDERS.talos : PROVIDERS.proxmox;
    expect([path, text.match(/^ *provider(?:Version|VersionConstraint):.*$/gm)?.map((line) => line.trim())])
      .toEqual([path, [`providerVersionConstraint: '${version}'`]]);
    expect(text.startsWith(`// Generated from the schema of ${source} `)).toBe(true);
  }
});

test('what the provider deprecates is marked, with its successor', () => {
  const deprecated = (path: string) => /^\* @deprecated (.*)$/m.exec(files.get(path)!)?.[1];
  expect(deprecated('proxmox/virtual-environment-download-file/index.ts')).toBe('The provider renamed it: use `proxmox_download_file`.');
  expect(deprecated('proxmox/data-proxmox-virtual-environment-vm2/index.ts')).toBe('The provider renamed it: use `proxmox_vm`.');
  expect(deprecated('talos/data-talos-cluster-kubeconfig/index.ts')).toBe('Use the resource of this name.');
  expect(deprecated('proxmox/virtual-environment-vm/index.ts')).toBeUndefined();
  const marked = [...files.values()].filter((text) => text.includes('* @deprecated ')).length;
  const inSchema = PINNED_SCHEMAS.flatMap(({ schema }) => [...Object.values(schema.resource_schemas), ...Object.values(schema.data_source_schemas)])
    .filter(({ block }) => block.deprecated === true).length;
  expect(marked).toBe(inSchema);
});

test('a changed, a missing and a foreign file are found, and writing puts them right', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bindings-test-'));
  try {
    writeBindings(folder, files);
    expect(compareBindings(folder, files)).toEqual([]);
    writeFileSync(join(folder, 'proxmox', 'acl', 'index.ts'), `${readFileSync(join(folder, 'proxmox', 'acl', 'index.ts'), 'utf8')}// edited\n`);
    writeFileSync(join(folder, 'proxmox', 'README.md'), 'by hand');
    rmSync(join(folder, 'talos', 'machine', 'index.ts'));
    expect(compareBindings(folder, files)).toEqual([
      'differs: proxmox/acl/index.ts',
      'missing: talos/machine/index.ts',
      'not generated: proxmox/README.md',
    ]);
    writeBindings(folder, files);
    expect(compareBindings(folder, files)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
