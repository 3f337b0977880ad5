import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PROVIDERS, PROXMOX_DATA_SOURCES, PROXMOX_RESOURCES, TALOS_DATA_SOURCES, TALOS_RESOURCES } from '../../lib/bindings';
import { PINNED_SCHEMAS } from '../../tools/bindings/schemas';

const lib = join(__dirname, '..', '..', 'lib');
const [proxmox, talos] = PINNED_SCHEMAS.map(({ schema }) => schema);

describe.each([
  ['resource of proxmox', PROXMOX_RESOURCES, proxmox.resource_schemas, 'proxmox', ''],
  ['data source of proxmox', PROXMOX_DATA_SOURCES, proxmox.data_source_schemas, 'proxmox', 'data-proxmox-'],
  ['resource of talos', TALOS_RESOURCES, talos.resource_schemas, 'talos', ''],
  ['data source of talos', TALOS_DATA_SOURCES, talos.data_source_schemas, 'talos', 'data-talos-'],
] as const)('each %s', (_, table, schemas, provider, prefix) => {
  test.each(Object.entries(table))('%s: %s is in the pinned schema, is not deprecated and has a binding', (__, type) => {
    expect(Object.keys(schemas)).toContain(type);
    expect(schemas[type].block.deprecated).toBeUndefined();
    const binding = join(lib, 'bindings', provider, prefix + type.slice(provider.length + 1).replace(/_/g, '-'), 'index.ts');
    expect(existsSync(binding)).toBe(true);
    expect(readFileSync(binding, 'utf8')).toContain(`static readonly tfResourceType = "${type}";`);
  });
});

test('no type stands twice in a table', () => {
  for (const table of [PROXMOX_RESOURCES, PROXMOX_DATA_SOURCES, TALOS_RESOURCES, TALOS_DATA_SOURCES]) {
    expect(new Set(Object.values(table)).size).toBe(Object.keys(table).length);
  }
});

test('versions are ranges that include the pinned release', () => {
  expect(PINNED_SCHEMAS.map(({ provider, release }) => [provider, release])).toEqual([
    [{ name: 'proxmox', source: 'bpg/proxmox', version: '>= 0.112.0, < 1.0.0' }, '0.112.0'],
    [{ name: 'talos', source: 'siderolabs/talos', version: '>= 0.12.0, < 1.0.0' }, '0.12'],
  ]);
  expect(PINNED_SCHEMAS.map(({ provider }) => provider)).toEqual(Object.values(PROVIDERS));
});

test('outside the generated folders, names of types and versions of providers are written in the table alone', () => {
  const sources = (dir: string): string[] => readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    const generated = dir === join(lib, 'bindings') && entry.isDirectory();
    return entry.isDirectory() ? (generated ? [] : sources(path)) : path.endsWith('.ts') ? [path] : [];
  });
  const names = [...Object.keys(proxmox.resource_schemas), ...Object.keys(proxmox.data_source_schemas),
    ...Object.keys(talos.resource_schemas), ...Object.keys(talos.data_source_schemas)];
  const literal = new RegExp(`['"\`](?:data\\.)?(?:${names.join('|')})['"\`.]|['"\`](?:bpg/proxmox|siderolabs/talos)['"\`]`);
  const offenders = sources(lib).filter((path) => literal.test(readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')));
  expect(offenders).toEqual([join(lib, 'bindings', 'resource-types.ts')]);
});
