import { PINNED_SCHEMAS, PinnedSchema, SchemaAttribute, SchemaBlock, SchemaBlockType } from '../../tools/bindings/schemas';

type Json = Record<string, unknown>;

/** Arguments that Terraform itself reads, by the kind of block they may stand in. */
const META_ARGUMENTS: Record<string, readonly string[]> = {
  resource: ['count', 'for_each', 'depends_on', 'provider', 'lifecycle', 'provisioner', 'connection'],
  data: ['count', 'for_each', 'depends_on', 'provider', 'lifecycle'],
  ephemeral: ['count', 'for_each', 'depends_on', 'provider', 'lifecycle'],
  provider: ['alias', 'version'],
};

/** What a reader calls them. */
const KINDS = { resource: 'resource', data: 'data source', ephemeral: 'ephemeral resource' };

/**
 * Compares the resource, data, ephemeral and provider blocks of proxmox and talos in a synthesized configuration (`cdk.tf.json`) with
 * the pinned schemas, and returns what is wrong with them, one line each; empty when nothing is. Other providers are left alone.
 *
 * It is stricter than Terraform where Terraform would convert or ignore: a number or boolean in quotes, a member an object
 * does not have, a name the provider deprecates. Values that are expressions are taken to have the right type.
 */
export function providerSchemaProblems(config: object): string[] {
  const problems: string[] = [];
  for (const pinned of PINNED_SCHEMAS) {
    new SchemaCheck(pinned, problems).run(config as Json);
  }
  return problems;
}

class SchemaCheck {
  public constructor(private readonly pinned: PinnedSchema, private readonly problems: string[]) {}

  public run(config: Json): void {
    const { provider, schema } = this.pinned;
    const configured = listOf(asObject(config.provider)[provider.name]);
    for (const [index, block] of configured.entries()) {
      this.block(`provider.${provider.name}[${index}]`, 'provider', block, schema.provider.block);
    }
    if (configured.length > 0) {
      this.requirement(config);
    }
    this.instances('resource', asObject(config.resource), schema.resource_schemas);
    this.instances('data', asObject(config.data), schema.data_source_schemas);
    this.instances('ephemeral', asObject(config.ephemeral), schema.ephemeral_resource_schemas ?? {});
  }

  /** A provider that is configured stands in `required_providers`; otherwise Terraform looks for one of HashiCorp's of that name. */
  private requirement(config: Json): void {
    const { name, source, version } = this.pinned.provider;
    const required = listOf(asObject(config.terraform).required_providers)
      .map((entry) => asObject(entry)[name]).find((entry) => entry !== undefined);
    const path = `terraform.required_providers.${name}`;
    if (required === undefined) {
      this.report(path, 'missing');
    } else if (asObject(required).source !== source || asObject(required).version !== version) {
      this.report(path, `expected ${show({ source, version })}, got ${show(required)}`);
    }
  }

  private instances(kind: keyof typeof KINDS, byType: Json, schemas: Record<string, { readonly block: SchemaBlock }>): void {
    for (const [type, byName] of Object.entries(byType)) {
      if (!type.startsWith(`${this.pinned.provider.name}_`)) {
        continue;
      }
      const path = kind === 'resource' ? type : `${kind}.${type}`;
      if (!(type in schemas)) {
        this.report(path, `the provider has no such ${KINDS[kind]}`);
        continue;
      }
      if (schemas[type].block.deprecated === true) {
        this.report(path, 'deprecated by the provider');
      }
      for (const [name, bodies] of Object.entries(asObject(byName))) {
        for (const body of listOf(bodies)) {
          this.block(`${path}.${name}`, kind, body, schemas[type].block);
        }
      }
    }
  }

  /** A block: attributes and further blocks. `kind` is set for the outermost one, where Terraform's own arguments may stand. */
  private block(path: string, kind: string | undefined, body: unknown, schema: SchemaBlock): void {
    if (!isObject(body)) {
      this.report(path, `expected a block, got ${show(body)}`);
      return;
    }
    const attributes = schema.attributes ?? {};
    const blocks = schema.block_types ?? {};
    const meta = kind === undefined ? [] : META_ARGUMENTS[kind];
    const dynamic = this.dynamicBlocks(path, body.dynamic, schema);
    for (const [name, value] of Object.entries(body)) {
      const at = `${path}.${name}`;
      if (name === '//' || name === 'dynamic' || (meta.includes(name) && !(name in attributes))) {
        continue;
      } else if (kind === 'resource' && name === 'id' && isOwnId(attributes.id)) {
        this.report(at, 'is given by the provider and cannot be set');
      } else if (name in attributes) {
        this.attribute(at, value, attributes[name]);
        if (dynamic.has(name)) {
          this.report(at, 'stands beside a dynamic block of the same name');
        }
      } else if (!(name in blocks)) {
        this.report(at, 'no such attribute or block');
      }
    }
    for (const [name, attribute] of Object.entries(attributes)) {
      if (attribute.required === true && isUnset(body[name])) {
        this.report(`${path}.${name}`, 'required, but missing');
      }
    }
    for (const [name, type] of Object.entries(blocks)) {
      this.nestedBlocks(`${path}.${name}`, body[name], type, dynamic.has(name));
    }
    if (kind !== undefined) {
      this.ignoredChanges(path, body.lifecycle, schema);
    }
  }

  private nestedBlocks(path: string, value: unknown, type: SchemaBlockType, dynamic: boolean): void {
    if (!['single', 'list', 'set'].includes(type.nesting_mode)) {
      throw new Error(`${path}: blocks of nesting mode ${type.nesting_mode} are not known here.`);
    }
    const bodies = isUnset(value) ? [] : listOf(value);
    const max = type.nesting_mode === 'single' ? 1 : type.max_items ?? Infinity;
    if (bodies.length > max) {
      this.report(path, `at most ${max} block${max === 1 ? '' : 's'}, got ${bodies.length}`);
    }
    if (bodies.length < (type.min_items ?? 0) && !dynamic) {
      this.report(path, `at least ${type.min_items} block${type.min_items === 1 ? '' : 's'}, got ${bodies.length}`);
    }
    if (bodies.length > 0 && type.block.deprecated === true) {
      this.report(path, 'deprecated by the provider');
    }
    for (const [index, body] of bodies.entries()) {
      this.block(Array.isArray(value) ? `${path}[${index}]` : path, undefined, body, type.block);
    }
  }

  /** Checks `dynamic` blocks and returns the names they stand for. A list of objects may be written as a dynamic block, too. */
  private dynamicBlocks(path: string, value: unknown, schema: SchemaBlock): Set<string> {
    const names = new Set(Object.keys(asObject(value)));
    for (const name of names) {
      for (const body of listOf(asObject(value)[name]).map(asObject)) {
        const at = `${path}.dynamic.${name}`;
        const members = objectMembers(schema.attributes?.[name]?.type);
        const asBlock = Object.fromEntries(Object.entries(members ?? {}).map(([member, type]) => [member, { type, optional: true }]));
        const content = schema.block_types?.[name]?.block ?? (members === undefined ? undefined : { attributes: asBlock });
        if (content === undefined) {
          this.report(at, 'no such block');
        } else {
          this.block(`${at}.content`, undefined, body.content, content);
        }
        if (isUnset(body.for_each)) {
          this.report(`${at}.for_each`, 'required, but missing');
        }
      }
    }
    return names;
  }

  private attribute(path: string, value: unknown, schema: SchemaAttribute): void {
    if (isUnset(value)) {
      return;
    }
    if (schema.optional !== true && schema.required !== true) {
      this.report(path, 'is computed by the provider and cannot be set');
      return;
    }
    if (schema.deprecated === true) {
      this.report(path, 'deprecated by the provider');
    }
    if (schema.nested_type === undefined) {
      this.value(path, value, schema.type);
      return;
    }
    const { nesting_mode: nesting, attributes } = schema.nested_type;
    const body = (at: string, item: unknown) => {
      if (!isExpression(item)) {
        this.block(at, undefined, item, { attributes });
      }
    };
    if (nesting === 'single') {
      body(path, value);
    } else {
      this.elements(path, value, nesting, body);
    }
  }

  /** A value of a type as Terraform writes types: `"string"`, `["list", "string"]`, `["object", {…}]`. */
  private value(path: string, value: unknown, type: unknown): void {
    if (isUnset(value) || isExpression(value)) {
      return;
    }
    if (typeof type === 'string') {
      if (type !== 'dynamic' && typeof value !== (type === 'bool' ? 'boolean' : type)) {
        this.report(path, `expected ${type === 'bool' ? 'true or false' : `a ${type}`}, got ${show(value)}`);
      }
      return;
    }
    const [kind, of] = type as [string, unknown];
    if (kind !== 'object') {
      this.elements(path, value, kind, (at, item) => this.value(at, item, of));
      return;
    }
    if (!isObject(value)) {
      this.report(path, `expected an object, got ${show(value)}`);
      return;
    }
    const members = of as Json;
    for (const name of Object.keys(value).filter((key) => !(key in members))) {
      this.report(`${path}.${name}`, 'no such member');
    }
    const missing = Object.keys(members).filter((name) => !(name in value));
    if (missing.length > 0) {
      this.report(path, `in JSON every member of this object has to be there, null when unset; missing: ${missing.join(', ')}`);
    }
    for (const [name, of2] of Object.entries(members)) {
      this.value(`${path}.${name}`, value[name], of2);
    }
  }

  private elements(path: string, value: unknown, kind: string, check: (path: string, item: unknown) => void): void {
    if (isExpression(value)) {
      return;
    }
    if (kind === 'map' ? !isObject(value) : !Array.isArray(value)) {
      this.report(path, `expected a ${kind}, got ${show(value)}`);
      return;
    }
    for (const [key, item] of Object.entries(value as Json)) {
      const at = kind === 'map' ? `${path}.${key}` : `${path}[${key}]`;
      if (item === null) {
        this.report(at, 'an element cannot be null');
      } else {
        check(at, item);
      }
    }
  }

  private ignoredChanges(path: string, lifecycle: unknown, schema: SchemaBlock): void {
    const known = { ...schema.attributes, ...schema.block_types };
    for (const ignored of listOf(lifecycle).map((entry) => asObject(entry).ignore_changes)) {
      for (const reference of Array.isArray(ignored) ? ignored : []) {
        const name = /^\w*/.exec(String(reference))![0];
        if (!(name in known)) {
          this.report(`${path}.lifecycle.ignore_changes`, `no such attribute or block: ${reference}`);
        }
      }
    }
  }

  private report(path: string, problem: string): void {
    this.problems.push(`${path}: ${problem}`);
  }
}

/** The `id` that the provider's older half gives every resource: the schema calls it optional, the provider refuses it. */
function isOwnId(attribute: SchemaAttribute | undefined): boolean {
  return attribute?.optional === true && attribute.computed === true && attribute.type === 'string';
}

/** Members of the objects in a list or set of objects; undefined for any other type. */
function objectMembers(type: unknown): Json | undefined {
  const element = Array.isArray(type) ? type[1] : undefined;
  return Array.isArray(element) && element[0] === 'object' ? element[1] as Json : undefined;
}

/** Whether a string is one expression and nothing else (`${…}`), and so may have any type. */
function isExpression(value: unknown): boolean {
  if (typeof value !== 'string' || !value.startsWith('${')) {
    return false;
  }
  let depth = 0;
  for (let index = 1; index < value.length; index++) {
    depth += value[index] === '{' ? 1 : value[index] === '}' ? -1 : 0;
    if (depth === 0) {
      return index === value.length - 1;
    }
  }
  return false;
}

function isUnset(value: unknown): boolean {
  return value === undefined || value === null;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asObject(value: unknown): Json {
  return isObject(value) ? value : {};
}

/** JSON writes one block as an object and several as a list. */
function listOf(value: unknown): unknown[] {
  return isUnset(value) ? [] : Array.isArray(value) ? value : [value];
}

function show(value: unknown): string {
  return JSON.stringify(value);
}
