import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from '../../lib/core';
import { Block, Body } from '../../lib/hcl';
import { PieceKind, singleExpression } from '../../lib/hcl/marker';
import * as packer from '../../lib/packer';
import { CONNECTION, FULL_CLONE, FULL_ISO, FULL_SSH, FULL_WINRM, MINIMAL_CLONE, MINIMAL_ISO, POST_PROCESSORS, PROVISIONERS, secret, SHA256 } from './samples';

/** A property in the schema of a plugin: an attribute with its type, or a block or blocks with their content. */
interface Schema {
  readonly attribute?: string | string[];
  readonly block?: { readonly [name: string]: Schema };
  readonly blocks?: { readonly [name: string]: Schema };
}

/** What the plugins take is what their stand-ins check; what Packer itself takes nothing else here asks. */
const PLUGIN_FACTS = join(__dirname, '../../tools/go/packer-plugin-stand-in/facts');
const read = (file: string) => JSON.parse(readFileSync(join(file.startsWith('core-') ? join(__dirname, 'data') : PLUGIN_FACTS, file), 'utf8'));
const CORE = read('core-1.16.0.json');
const SOURCES: { [type: string]: { [name: string]: Schema } } = read('proxmox-1.2.4.json');
const STEPS: { [type: string]: { [name: string]: Schema } } = {
  ...CORE.provisioner, ...read('ansible-1.1.6.json'), ...read('windows-update-0.18.4.json'),
};
const AFTER: { [type: string]: { [name: string]: Schema } } = CORE['post-processor'];

/** Names that Packer fills in itself; a document that writes them is wrong. */
const INTERNAL = /^packer_|^ssh_(public|private)_key$|^ssh_keypair_name$/;

/** Names that are not modelled, and why. Paths as in the schema. */
const NOT_MODELLED: { readonly [path: string]: string } = {
  'proxmox-clone.efidisk': 'deprecated twin of efi_config',
  'proxmox-iso.efidisk': 'deprecated twin of efi_config',
  'proxmox-clone.efi_config': 'replaces the EFI disk of the template by an empty one: boot entries and keys are lost',
  'proxmox-clone.disks.storage_pool_type': 'deprecated, without effect',
  'proxmox-iso.disks.storage_pool_type': 'deprecated, without effect',
  'proxmox-clone.additional_iso_files.device': 'deprecated twin of type and index',
  'proxmox-iso.additional_iso_files.device': 'deprecated twin of type and index',
  'proxmox-iso.boot_iso.device': 'deprecated, and ignored in this block',
  'proxmox-clone.additional_iso_files.iso_target_path': 'without effect: the plugin downloads to a path of its own',
  'proxmox-iso.additional_iso_files.iso_target_path': 'without effect: the plugin downloads to a path of its own',
  'proxmox-iso.boot_iso.iso_target_path': 'without effect: the plugin downloads to a path of its own',
  ...Object.fromEntries(['iso_checksum', 'iso_download_pve', 'iso_file', 'iso_storage_pool', 'iso_target_extension', 'iso_target_path', 'iso_url', 'iso_urls', 'unmount_iso']
    .map((name) => [`proxmox-iso.${name}`, 'deprecated twin of the property in boot_iso'])),
  ...Object.fromEntries(['proxmox-clone', 'proxmox-iso'].flatMap((type) => [
    [`${type}.ssh_wait_timeout`, 'older name of ssh_timeout, which it overrides'],
    ...['name', 'type', 'bits'].map((name) => [`${type}.temporary_key_pair_${name}`, 'without effect: the clone builder makes its own key, the ISO builder none']),
  ])),
  ...Object.fromEntries(['provisioner.shell', 'provisioner.shell-local', 'provisioner.powershell', 'provisioner.windows-shell', 'post-processor.shell-local']
    .map((type) => [`${type}.environment_vars`, 'older form of env, in which names and values are joined by =']),
  ),
  'provisioner.shell-local.command': 'older form of inline with one line',
  'post-processor.shell-local.command': 'older form of inline with one line',
  'provisioner.hcp-sbom.scanner_url': 'deprecated and ignored',
  'provisioner.hcp-sbom.scanner_checksum': 'deprecated and ignored',
};

/** Provisioners that are not modelled, and why. */
const TYPES_NOT_MODELLED: { readonly [type: string]: string } = {
  sleep: 'crashes on every template in HCL or .pkr.json; Provisioner.sleep is a breakpoint that does not stop, with pause_before',
};

const META = ['name', 'only', 'except', 'override', 'pause_before', 'timeout', 'max_retries', 'continue_on_error', 'keep_input_artifact'];

/** What the model wrote: by path, the types of value, or `block`. */
type Seen = Map<string, Set<string>>;

function collect(seen: Seen, path: string, body: Body): void {
  const note = (name: string, type: string) => seen.set(`${path}.${name}`, (seen.get(`${path}.${name}`) ?? new Set<string>()).add(type));
  for (const [name, value] of Object.entries(body.attributes)) note(name, typeOf(value));
  const count = new Map<string, number>();
  for (const block of body.blocks) {
    count.set(block.type, (count.get(block.type) ?? 0) + 1);
    note(block.type, count.get(block.type)! > 1 ? 'blocks' : 'block');
    collect(seen, `${path}.${block.type}`, block.body);
  }
}

function typeOf(value: any): string {
  if (typeof value === 'string') return singleExpression(value)?.kind === PieceKind.EXPRESSION ? 'string or expression' : 'string';
  if (Array.isArray(value)) return `list(${typeOf(value[0]).replace(' or expression', '')})`;
  return typeof value === 'object' ? 'map(string)' : { boolean: 'bool' }[typeof value as 'boolean'] ?? typeof value;
}

function typeText(schema: Schema): string {
  if (schema.block !== undefined) return 'block';
  if (schema.blocks !== undefined) return 'blocks';
  return Array.isArray(schema.attribute) ? `${schema.attribute[0]}(${schema.attribute[1]})` : schema.attribute!;
}

/** Compares what the model wrote with a schema; lists every difference. */
function differences(path: string, schema: { readonly [name: string]: Schema }, seen: Seen, ignored: string[] = []): string[] {
  const result: string[] = [];
  for (const [name, property] of Object.entries(schema)) {
    const at = `${path}.${name}`;
    if (INTERNAL.test(name) || at in NOT_MODELLED) {
      if (seen.has(at)) result.push(`${at} is written, though it is listed as not modelled`);
      continue;
    }
    const types = seen.get(at);
    if (types === undefined) {
      result.push(`${at} is not written`);
      continue;
    }
    const expected = typeText(property);
    for (const type of types) {
      const fits = type === expected || (type === 'block' && expected === 'blocks') || (type === 'string or expression' && expected === 'string');
      if (!fits) result.push(`${at} is written as ${type}, and is ${expected}`);
    }
    if (expected === 'blocks' && !types.has('blocks')) result.push(`${at} is never written twice`);
    const inner = property.block ?? property.blocks;
    if (inner !== undefined) result.push(...differences(at, inner, seen));
  }
  for (const at of seen.keys()) {
    const name = at.slice(path.length + 1);
    if (at.startsWith(`${path}.`) && !name.includes('.') && !(name in schema) && !ignored.includes(name)) result.push(`${at} is written, and is unknown to the schema`);
  }
  return result;
}

function seenInSources(sources: packer.Source[]): Seen {
  const seen: Seen = new Map();
  for (const source of sources) collect(seen, source.builderType, source.toBlock().body);
  return seen;
}

const proxySsh = packer.Communicator.ssh({
  ...FULL_SSH, bastion: undefined, proxy: { host: 'socks.lan', port: 1080, username: 'me', password: secret('proxy_password') },
});
const variants = [
  { communicator: packer.Communicator.winRm(FULL_WINRM) },
  { communicator: proxySsh },
  { httpContent: undefined, httpDirectory: packer.fromRoot('files/http') },
  { httpBindAddress: undefined, httpInterface: 'eth0' },
  { ...CONNECTION, username: 'packer@pve', token: undefined, password: secret('proxmox_password') },
];

test('every property of proxmox-clone is written as the plugin reads it, or listed with the reason', () => {
  const seen = seenInSources([
    new packer.ProxmoxCloneSource('a', FULL_CLONE),
    new packer.ProxmoxCloneSource('a', { ...MINIMAL_CLONE, cloneVmId: undefined, cloneVm: 'ubuntu-base' }),
    ...variants.map((variant) => new packer.ProxmoxCloneSource('a', { ...FULL_CLONE, ...variant })),
  ]);
  expect(differences('proxmox-clone', SOURCES['proxmox-clone'], seen)).toEqual([]);
});

test('every property of proxmox-iso is written as the plugin reads it, or listed with the reason', () => {
  const isos = [
    packer.IsoFile.fromUrl({ urls: ['https://example.com/a.iso'], checksum: SHA256, storagePool: 'local', downloadOnNode: true, targetExtension: 'iso' }),
    packer.IsoFile.fromUrl({ urls: ['https://example.com/a.iso', 'https://example.org/a.iso'], checksum: SHA256, storagePool: 'local' }),
    packer.IsoFile.fromContent({ content: { a: 'b' }, files: ['c'], label: 'd', storagePool: 'local' }),
  ];
  const seen = seenInSources([
    new packer.ProxmoxIsoSource('a', FULL_ISO),
    ...variants.map((variant) => new packer.ProxmoxIsoSource('a', { ...FULL_ISO, ...variant })),
    ...isos.map((bootIso) => new packer.ProxmoxIsoSource('a', { ...MINIMAL_ISO, bootIso, taskTimeout: Duration.minutes(30) })),
  ]);
  expect(differences('proxmox-iso', SOURCES['proxmox-iso'], seen)).toEqual([]);
});

const template = new packer.Template({ name: 'x' });

test('every provisioner is modelled, and no other', () => {
  expect([...Object.keys(PROVISIONERS), ...Object.keys(TYPES_NOT_MODELLED)].sort()).toEqual(Object.keys(STEPS).sort());
});

test.each(Object.keys(STEPS).filter((type) => !(type in TYPES_NOT_MODELLED)))('every property of the provisioner %s is written as it is read, or listed with the reason', (type) => {
  const seen: Seen = new Map();
  for (const provisioner of PROVISIONERS[type]) {
    const config = provisioner.bind(template);
    expect(config.type).toBe(type);
    collect(seen, `provisioner.${type}`, new Body(config.attributes, config.blocks));
  }
  expect(differences(`provisioner.${type}`, STEPS[type], seen, META)).toEqual([]);
});

test('every post-processor is modelled, and no other', () => {
  expect(Object.keys(POST_PROCESSORS).sort()).toEqual(Object.keys(AFTER).sort());
});

test.each(Object.keys(AFTER))('every property of the post-processor %s is written as it is read, or listed with the reason', (type) => {
  const seen: Seen = new Map();
  for (const postProcessor of POST_PROCESSORS[type]) {
    const config = postProcessor.bind(template);
    expect(config.type).toBe(type);
    collect(seen, `post-processor.${type}`, new Body(config.attributes));
  }
  expect(differences(`post-processor.${type}`, AFTER[type], seen, META)).toEqual([]);
});

test('what is listed as not modelled exists in the schemas', () => {
  const known = new Set<string>();
  const walk = (path: string, schema: { readonly [name: string]: Schema }) => {
    for (const [name, property] of Object.entries(schema)) {
      known.add(`${path}.${name}`);
      const inner = property.block ?? property.blocks;
      if (inner !== undefined) walk(`${path}.${name}`, inner);
    }
  };
  for (const [type, schema] of Object.entries(SOURCES)) walk(type, schema);
  for (const [type, schema] of Object.entries(STEPS)) walk(`provisioner.${type}`, schema);
  for (const [type, schema] of Object.entries(AFTER)) walk(`post-processor.${type}`, schema);
  expect(Object.keys(NOT_MODELLED).filter((path) => !known.has(path))).toEqual([]);
});

test('the comparison finds what is missing, unknown, of another type, and a block that is an attribute', () => {
  const seen: Seen = new Map();
  collect(seen, 'x', new Body({ cores: '4', other: 1 }, [new Block('tags'), new Block('disks')]));
  expect(differences('x', {
    cores: { attribute: 'number' }, memory: { attribute: 'number' }, tags: { attribute: ['list', 'string'] }, disks: { blocks: { size: { attribute: 'string' } } },
  }, seen)).toEqual([
    'x.cores is written as string, and is number',
    'x.memory is not written',
    'x.tags is written as block, and is list(string)',
    'x.disks is never written twice',
    'x.disks.size is not written',
    'x.other is written, and is unknown to the schema',
  ]);
});
