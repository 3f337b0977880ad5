import { PinnedSchema } from './schemas';

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
  let text = source.replace(head, `// Generated from the schema of ${provider.source} ${release} (npm run bindings). Do not edit.\n// $1\n`);
  for (const [from, to] of folder === 'provider' ? [...OVERRIDES, PROVIDER_OVERRIDE] : OVERRIDES) {
    text = text.replace(from, to);
  }
  const remedy = deprecation(text, pinned);
  if (remedy !== undefined) {
    text = text.replace(/^(\* Represents a \{@link .*\}\n)(\*\/\nexport class )/m, `$1*\n* @deprecated ${remedy}\n$2`);
  }
  return `${text.replace(/[ \t]+$/gm, '').trimEnd()}\n`;
}

/** What to say about a type the provider deprecates; undefined for one it does not. */
function deprecation(text: string, { schema }: PinnedSchema): string | undefined {
  const type = /static readonly tfResourceType = "(\w+)"/.exec(text)?.[1] ?? '';
  const types = text.includes(' extends cdktf.TerraformDataSource ') ? schema.data_source_schemas : schema.resource_schemas;
  if (types[type]?.block.deprecated !== true) {
    return undefined;
  }
  const successor = RENAMED[type] ?? type.replace('_virtual_environment_', '_');
  if (successor !== type && successor in types) {
    return `The provider renamed it: use \`${successor}\`.`;
  }
  return types === schema.data_source_schemas && schema.resource_schemas[type]?.block.deprecated === undefined && type in schema.resource_schemas
    ? 'Use the resource of this name.'
    : 'The provider will remove it.';
}
