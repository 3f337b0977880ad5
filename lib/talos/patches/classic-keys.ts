import { Problems } from '../../core';
import { isMapping } from '../../core/mapping';
import { PatchDocument } from '../patch-document';
import { patchRules as rules } from '../patch-rules';

/** What stands at a key: its name for people, and whether a value is of it. Talos reads numbers and truth values as texts, too. */
interface ValueKind {
  readonly what: string;
  readonly accepts: (value: any) => boolean;
}

const TEXT: ValueKind = { what: 'one value', accepts: (value) => value === null || typeof value !== 'object' };
const FLAG: ValueKind = {
  what: 'true or false',
  accepts: (value) => value === null || typeof value === 'boolean' || (typeof value === 'string' && /^(y|yes|on|n|no|off)$/i.test(value)),
};
const MAPPING: ValueKind = { what: 'a mapping', accepts: (value) => value === null || isMapping(value) };
const MAPPING_OF_TEXTS: ValueKind = {
  what: 'a mapping of texts', accepts: (value) => MAPPING.accepts(value) && Object.values(value ?? {}).every((item) => TEXT.accepts(item) || isDeletion(item)),
};
const LIST_OF_TEXTS: ValueKind = { what: 'a list of texts', accepts: (value) => isListOf(TEXT, value) };
const LIST_OF_MAPPINGS: ValueKind = { what: 'a list of mappings', accepts: (value) => isListOf(MAPPING, value) };

/** What stands below `machine`, under all contracts. */
const MACHINE = table([
  [TEXT, ['type', 'token']],
  [MAPPING, [
    'baseRuntimeSpecOverrides', 'ca', 'controlPlane', 'features', 'install', 'kernel', 'kubelet', 'logging', 'network', 'registries',
    'systemDiskEncryption', 'time', 'udev',
  ]],
  [MAPPING_OF_TEXTS, ['env', 'nodeAnnotations', 'nodeLabels', 'nodeTaints', 'sysctls', 'sysfs']],
  [LIST_OF_TEXTS, ['certSANs']],
  [LIST_OF_MAPPINGS, ['acceptedCAs', 'disks', 'files', 'pods', 'seccompProfiles']],
]);

/** What stands below `cluster`, under all contracts. */
const CLUSTER = table([
  [TEXT, ['aescbcEncryptionSecret', 'clusterName', 'id', 'secret', 'secretboxEncryptionSecret', 'token']],
  [FLAG, ['allowSchedulingOnControlPlanes', 'allowSchedulingOnMasters']],
  [MAPPING, [
    'adminKubeconfig', 'aggregatorCA', 'apiServer', 'ca', 'controlPlane', 'controllerManager', 'coreDNS', 'discovery', 'etcd',
    'externalCloudProvider', 'network', 'proxy', 'scheduler', 'serviceAccount',
  ]],
  [MAPPING_OF_TEXTS, ['extraManifestHeaders']],
  [LIST_OF_TEXTS, ['extraManifests']],
  [LIST_OF_MAPPINGS, ['acceptedCAs', 'inlineManifests']],
]);

const TOP = table([[TEXT, ['version']], [FLAG, ['debug', 'persist']], [MAPPING, ['cluster', 'machine']]]);

/** The keys of a configuration by their paths, with what stands there. @internal */
export const CLASSIC_KEYS: ReadonlyMap<string, string> = new Map([
  ...[...TOP].map(([name, { what }]) => [name, what] as const),
  ...[...MACHINE].map(([name, { what }]) => [`machine.${name}`, what] as const),
  ...[...CLUSTER].map(([name, { what }]) => [`cluster.${name}`, what] as const),
]);

/** Notes what Talos would not read in a patch of the configuration itself, down to the keys of `machine` and `cluster`. @internal */
export function checkClassic(document: PatchDocument, property: string, problems: Problems): void {
  checkKeys(document, TOP, '', property, problems);
  for (const [name, keys] of [['machine', MACHINE], ['cluster', CLUSTER]] as const) {
    if (isMapping(document[name]) && !isDeletion(document[name])) checkKeys(document[name], keys, `${name}.`, property, problems);
  }
}

function checkKeys(values: { readonly [name: string]: any }, keys: ReadonlyMap<string, ValueKind>, prefix: string, property: string, problems: Problems): void {
  for (const [name, value] of Object.entries(values)) {
    const kind = keys.get(name);
    const received = `${prefix}${name}`;
    if (kind === undefined) {
      problems.report(rules['patch-unknown-key'], { property, received, remedy: prefix === '' ? placeOf(name) : undefined });
    } else if (!kind.accepts(value) && !isDeletion(value)) {
      problems.report(rules['patch-value-kind'], { property, received, rule: `Talos reads ${kind.what} at ${received}, and refuses a configuration with anything else there.` });
    }
  }
}

function placeOf(name: string): string {
  const places = [...MACHINE.has(name) ? ['machine'] : [], ...CLUSTER.has(name) ? ['cluster'] : []];
  if (places.length > 0) return `Write it below ${places.join(' or ')}.`;
  return `At the top are ${[...TOP.keys()].sort().join(', ')}; what is a document of its own has apiVersion and kind.`;
}

function table(rows: readonly (readonly [ValueKind, readonly string[]])[]): ReadonlyMap<string, ValueKind> {
  return new Map(rows.flatMap(([kind, names]) => names.map((name) => [name, kind] as const)));
}

function isListOf(kind: ValueKind, value: any): boolean {
  return value === null || (Array.isArray(value) && value.every((item) => kind.accepts(item) || isDeletion(item)));
}

/** What takes a part of the configuration away. */
function isDeletion(value: any): boolean {
  return isMapping(value) && value.$patch === 'delete';
}
