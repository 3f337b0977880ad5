import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, TerraformStack, Testing } from 'cdktf';
import { PINNED_SCHEMAS, SchemaAttribute, SchemaBlock } from '../../tools/bindings/schemas';
import { providerSchemaProblems } from '../support/provider-schema';

type Json = Record<string, unknown>;

/** One configuration twice: as a program passes it to a generated class, and as Terraform is to read it. */
interface Sample {
  readonly props: Json;
  readonly emitted: Json;
}

/** Names of Terraform's schema in TypeScript: camel case, a capital after a digit, and a suffix for words every construct uses. */
function propertyName(name: string): string {
  const camel = name.replace(/(?:_|(\d))([a-z0-9])/g, (_, digit: string | undefined, letter: string) => `${digit ?? ''}${letter.toUpperCase()}`);
  return ['node', 'importFrom'].includes(camel) ? `${camel}Attribute` : camel;
}

function sampleOfType(type: unknown): { property: unknown; emitted: unknown } {
  if (typeof type === 'string') {
    const value = { string: 'text', number: 7, bool: true }[type];
    return { property: value, emitted: value };
  }
  const [kind, of] = type as [string, unknown];
  if (kind === 'object') {
    const members = Object.entries(of as Json).map(([name, member]) => ({ name, ...sampleOfType(member) }));
    return {
      property: Object.fromEntries(members.map(({ name, property }) => [propertyName(name), property])),
      emitted: Object.fromEntries(members.map(({ name, emitted }) => [name, emitted])),
    };
  }
  const { property, emitted } = sampleOfType(of);
  return kind === 'map' ? { property: { key: property }, emitted: { key: emitted } } : { property: [property], emitted: [emitted] };
}

function sampleOfAttribute({ type, nested_type: nested }: SchemaAttribute): { property: unknown; emitted: unknown } {
  if (nested === undefined) {
    return sampleOfType(type);
  }
  const { props, emitted } = sampleOfBlock({ attributes: nested.attributes });
  switch (nested.nesting_mode) {
    case 'single': return { property: props, emitted };
    case 'map': return { property: { key: props }, emitted: { key: emitted } };
    default: return { property: [props], emitted: [emitted] };
  }
}

/** Everything that can be set in a block. */
function sampleOfBlock(block: SchemaBlock, outermost = false): Sample {
  const props: Json = {};
  const emitted: Json = {};
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    const settable = attribute.required === true || attribute.optional === true;
    const ownId = outermost && name === 'id' && attribute.computed === true && attribute.type === 'string';
    if (settable && !ownId) {
      const sample = sampleOfAttribute(attribute);
      props[propertyName(name)] = sample.property;
      emitted[name] = sample.emitted;
    }
  }
  for (const [name, type] of Object.entries(block.block_types ?? {})) {
    const sample = sampleOfBlock(type.block);
    const single = type.nesting_mode === 'single' || type.max_items === 1;
    props[propertyName(name)] = single ? sample.props : [sample.props];
    emitted[name] = single ? sample.emitted : [sample.emitted];
  }
  return { props, emitted };
}

function folderOf(type: string, provider: string, dataSource: boolean): string {
  const name = type.slice(provider.length + 1).replace(/_/g, '-');
  return dataSource ? `data-${provider}-${name}` : name;
}

const outdir = mkdtempSync(join(tmpdir(), 'bindings-test-'));
afterAll(() => rmSync(outdir, { recursive: true }));

function synthesize(folder: string, props: Json): Json {
  const classes = Object.values(jest.requireActual(`../../lib/bindings/${folder}`) as object)
    .filter((value) => typeof value === 'function' && 'tfResourceType' in value);
  expect(classes).toHaveLength(1);
  const stack = new TerraformStack(new App({ outdir }), 'stack');
  new classes[0](stack, 'sample', props);
  return JSON.parse(Testing.synth(stack));
}

describe.each(PINNED_SCHEMAS.map((pinned) => [pinned.provider.name, pinned] as const))('bindings of %s', (provider, { schema, provider: requirement }) => {
  test.each(Object.entries(schema.resource_schemas))('resource %s emits everything its schema has', (type, { block }) => {
    const { props, emitted } = sampleOfBlock(block, true);
    const config = synthesize(`${provider}/${folderOf(type, provider, false)}`, props);
    expect(config.resource).toEqual({ [type]: { sample: emitted } });
    expect(providerSchemaProblems(config).filter((problem) => !problem.includes('deprecated'))).toEqual([]);
  });

  test.each(Object.entries(schema.data_source_schemas))('data source %s emits everything its schema has', (type, { block }) => {
    const { props, emitted } = sampleOfBlock(block, true);
    const config = synthesize(`${provider}/${folderOf(type, provider, true)}`, props);
    expect(config.data).toEqual({ [type]: { sample: emitted } });
    expect(providerSchemaProblems(config).filter((problem) => !problem.includes('deprecated'))).toEqual([]);
  });

  test('the provider emits everything its schema has, and a version range', () => {
    const { props, emitted } = sampleOfBlock(schema.provider.block);
    const config = synthesize(`${provider}/provider`, { ...props, alias: 'other' });
    expect(config.provider).toEqual({ [provider]: [{ ...emitted, alias: 'other' }] });
    expect((config.terraform as Json).required_providers).toEqual({ [provider]: { source: requirement.source, version: requirement.version } });
  });
});

test('members of a network device that are not set are null, without which Terraform refuses the JSON', () => {
  const config = synthesize('proxmox/virtual-environment-vm', { nodeName: 'pve', networkDevice: [{ bridge: 'vmbr0', firewall: false }] });
  expect(config.resource).toEqual({
    proxmox_virtual_environment_vm: {
      sample: {
        node_name: 'pve',
        network_device: [{
          bridge: 'vmbr0',
          disconnected: null,
          enabled: null,
          firewall: false,
          mac_address: null,
          model: null,
          mtu: null,
          queues: null,
          rate_limit: null,
          trunks: null,
          vlan_id: null,
        }],
      },
    },
  });
  expect(providerSchemaProblems(config)).toEqual([]);
});
