import { PinnedSchema, SchemaBlock } from './schemas';

/** Renamed by the provider in another way than by dropping `virtual_environment_`. */
const RENAMED: Record<string, string> = {
  proxmox_virtual_environment_vm2: 'proxmox_vm',
};

/** Members that the generated classes override without saying so: `override` lets them compile under `noImplicitOverride`. */
const OVERRIDES: readonly [RegExp, string][] = [
  [/^( {2}protected )(synthesize(?:Hcl)?Attributes\(\))/gm, '$1override $2'],
  [/(constructor\(protected )(terraformResource: [\w.]+, protected )(terraformAttribute: string)(, protected )(wrapsSet: boolean\))/g,
    '$1override $2override $3$4override $5'],
  [/(constructor\(protected )(terraformResource: [\w.]+, protected )(terraformAttribute: string\))/g, '$1override $2override $3'],
];

/** The same in a provider's class, where alone `alias` is a member of the base class. */
const PROVIDER_OVERRIDE: [RegExp, string] = [/^( {2}public )([gs]et alias\()/gm, '$1override $2'];

/**
 * Finishes what the generator wrote for one resource, data source or provider.
 *
 * The head says where the file comes from, names that the provider deprecates are marked so that an editor strikes them
 * through, and overriding members say so.
 */
export function polish(source: string, folder: string, pinned: PinnedSchema): string {
  const { provider, release } = pinned;
  const head = /^\/\/ (https:\S+)\n\/\/ generated from terraform resource schema\n/;
  if (!head.test(source)) {
    throw new Error(`${provider.name}/${folder}: the head of the generated file is not what it used to be.`);
  }
  const origin = `Generated from the schema of ${provider.source} ${release} (npm run bindings). Do not edit.`;
  let text = source.replace(head, `// ${origin}\n// $1\n`);
  for (const [from, to] of folder === 'provider' ? [...OVERRIDES, PROVIDER_OVERRIDE] : OVERRIDES) {
    text = text.replace(from, to);
  }
  const { block, remedy } = lookUp(text, pinned);
  text = completeObjects(text, block);
  if (remedy !== undefined) {
    text = text.replace(/^(\* Represents a \{@link .*\}\n)(\*\/\nexport class )/m, `$1*\n* @deprecated ${remedy}\n$2`);
  }
  return `${text.replace(/[ \t]+$/gm, '').trimEnd()}\n`;
}

/** The block of the file's type, and what to say when the provider deprecates it. */
function lookUp(text: string, { schema }: PinnedSchema): { block: SchemaBlock; remedy?: string } {
  const type = /static readonly tfResourceType = "(\w+)"/.exec(text)?.[1] ?? '';
  if (text.includes(' extends cdktf.TerraformProvider ')) {
    return { block: schema.provider.block };
  }
  const types = text.includes(' extends cdktf.TerraformDataSource ') ? schema.data_source_schemas : schema.resource_schemas;
  const block = types[type].block;
  if (block.deprecated !== true) {
    return { block };
  }
  const successor = RENAMED[type] ?? type.replace('_virtual_environment_', '_');
  if (successor !== type && successor in types) {
    return { block, remedy: `The provider renamed it: use \`${successor}\`.` };
  }
  const resource = types === schema.data_source_schemas ? schema.resource_schemas[type] : undefined;
  const useResource = resource !== undefined && resource.block.deprecated !== true;
  return { block, remedy: useResource ? 'Use the resource of this name.' : 'The provider will remove it.' };
}

/**
 * Writes every member of the objects in an attribute that is a list of objects, unset ones as null.
 *
 * In JSON, Terraform demands all members of such an object ("attributes … are required"), whereas the generator leaves
 * unset ones out, so that no virtual machine with a network device would be valid. Null and absent mean the same to the provider.
 */
function completeObjects(text: string, block: SchemaBlock): string {
  let completed = text;
  for (const name of configurableObjectLists(block)) {
    const pascal = name.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
    const mapper = new RegExp(`^export function \\w+${pascal}ToTerraform\\([\\s\\S]*?^}`, 'gm');
    if (completed.match(mapper)?.length !== 1) {
      throw new Error(`${name}: expected one function that maps it, found ${completed.match(mapper)?.length ?? 0}.`);
    }
    completed = completed.replace(mapper, (body) => body.replace(/^( {4}\w+: cdktf\.\w+ToTerraform\(struct!\.\w+\)),$/gm, '$1 ?? null,'));
  }
  return completed;
}

/** Attributes a user sets whose type is a list or set of objects. */
function configurableObjectLists(block: SchemaBlock): string[] {
  const own = Object.entries(block.attributes ?? {})
    .filter(([, { optional, required }]) => optional === true || required === true)
    .filter(([, { type }]) => Array.isArray(type) && Array.isArray(type[1]) && type[1][0] === 'object')
    .map(([name]) => name);
  return [...own, ...Object.values(block.block_types ?? {}).flatMap((nested) => configurableObjectLists(nested.block))];
}
