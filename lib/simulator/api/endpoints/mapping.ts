import { ApiError, failure } from '../../api-error';
import { Cluster } from '../../cluster';
import { splitList } from '../../schema/formats';
import { Properties, flag, optional, text } from '../../schema/property';
import { parsePropertyString } from '../../schema/validation';
import { Mapping } from '../../state/mapping';
import { MappingKind, describeMapping, entriesOn, mapFormats, mappingsDigest, pciProblem } from '../../state/mapping-checks';
import { assertUnchanged, attempt } from '../attempt';
import { Endpoint } from '../endpoint';
import { Parameters } from '../parameters';

const any = ['Mapping.Modify', 'Mapping.Use', 'Mapping.Audit'];
const id = text('Its name.', { format: 'pve-configid' });

interface Kind {
  readonly kind: MappingKind;
  readonly what: string;
  /** How PVE names what it fails to remove. */
  readonly removed: string;
  readonly created: string;
  readonly more: Properties;
}

const kinds: readonly Kind[] = [
  {
    kind: 'pci',
    what: 'PCI devices',
    removed: 'pci mapping',
    created: 'hardware mapping',
    more: {
      'mdev': optional(flag('Whether its devices offer mediated ones.')),
      'live-migration-capable': optional(flag('Whether its devices can move with a running machine.')),
    },
  },
  { kind: 'usb', what: 'USB devices', removed: 'usb mapping', created: 'hardware mapping', more: {} },
  { kind: 'dir', what: 'folders', removed: 'dir mapping', created: 'dir mapping', more: {} },
];

function checksOf(cluster: Cluster, kind: MappingKind, mapping: Mapping, node: string): { readonly [key: string]: unknown }[] {
  const entries = entriesOn(kind, mapping, node);
  if (entries.length === 0) return [{ severity: 'warning', message: `No mapping for node ${node}.` }];
  return entries.flatMap((entry) => {
    // Nodes have no USB devices and no folders here.
    const problem = kind === 'pci' ? pciProblem(cluster, mapping, entry)
      : kind === 'usb' ? `usb device '${entry.path ?? entry.id}' not found` : `Path ${entry.path} does not exist`;
    return problem === undefined ? [] : [{ severity: 'error', message: `Invalid configuration: ${problem}\n` }];
  });
}

function from(name: string, parameters: Parameters, old?: Mapping): Mapping {
  const flagOr = (key: string, before: boolean | undefined) => parameters.has(key) ? parameters.flag(key) : before;
  return {
    id: name,
    map: [...parameters.list('map')],
    description: parameters.optional('description') ?? old?.description,
    mdev: flagOr('mdev', old?.mdev),
    liveMigrationCapable: flagOr('live-migration-capable', old?.liveMigrationCapable),
  };
}

/** Folders are looked at when they are mapped: each node once. */
function checkFolders(kind: MappingKind, { map }: Mapping): void {
  if (kind !== 'dir') return;
  const nodes = map.map((entry) => parsePropertyString(mapFormats.dir, entry).node);
  for (const node of nodes) {
    const times = nodes.filter((other) => other === node).length;
    if (times > 1) throw failure(`Node '${node}' is specified ${times} times.`);
  }
}

function endpointsOf({ kind, what, removed, created, more }: Kind): Endpoint[] {
  const path = `/cluster/mapping/${kind}`;
  const described: Properties = {
    description: optional(text('What it is.', { maxLength: 4096 })),
    map: { type: 'array', description: 'Its devices, one entry for each.', items: { type: 'string', format: mapFormats[kind] } },
    ...more,
  };
  return [
    {
      method: 'GET',
      path,
      description: `The mappings of ${what} the caller may see or use.`,
      parameters: { 'check-node': optional(text('Tells what is wrong on this node.', { format: 'pve-node' })) },
      permission: 'all',
      handle: ({ cluster, caller, parameters }) => {
        const given = parameters.optional('check-node');
        const node = given === 'localhost' ? cluster.nodes.keys().next().value as string : given;
        if (node !== undefined) cluster.node(node);
        const digest = mappingsDigest(cluster, kind);
        return [...cluster.mappings[kind].values()]
          .filter((mapping) => cluster.access.allows(caller.id, `/mapping/${kind}/${mapping.id}`, any, true))
          .map((mapping) => ({
            ...describeMapping(kind, mapping),
            id: mapping.id,
            digest,
            ...node === undefined ? {} : { [kind === 'usb' ? 'errors' : 'checks']: checksOf(cluster, kind, mapping, node) },
          }));
      },
    },
    {
      method: 'POST',
      path,
      description: `Makes a mapping of ${what}. Whether they are there is checked when a machine starts.`,
      parameters: { id, ...described },
      permission: { path: `/mapping/${kind}`, privileges: ['Mapping.Modify'] },
      handle: ({ cluster, parameters }) => {
        const mapping = from(parameters.text('id'), parameters);
        checkFolders(kind, mapping);
        return attempt(`create ${created}`, () => {
          if (cluster.mappings[kind].has(mapping.id)) throw failure(`${kind} ID '${mapping.id}' already defined`);
          cluster.mappings[kind].set(mapping.id, mapping);
          return null;
        });
      },
    },
    {
      method: 'GET',
      path: `${path}/{id}`,
      description: `A mapping of ${what}.`,
      parameters: { id },
      permission: { or: any.map((privilege) => ({ path: `/mapping/${kind}/{id}`, privileges: [privilege] })) },
      handle: ({ cluster, parameters }) => {
        const mapping = cluster.mappings[kind].get(parameters.text('id'));
        if (mapping === undefined) throw failure(`mapping '${parameters.text('id')}' not found`);
        return { ...describeMapping(kind, mapping), digest: mappingsDigest(cluster, kind) };
      },
    },
    {
      method: 'PUT',
      path: `${path}/{id}`,
      description: `Changes a mapping of ${what}.`,
      parameters: {
        id,
        ...described,
        map: kind === 'usb' ? described.map : optional(described.map),
        delete: optional(text('Settings to remove.', { format: 'pve-configid-list', maxLength: 4096 })),
        digest: optional(text('Refuses if something has changed since.', { maxLength: 64 })),
      },
      permission: { path: `/mapping/${kind}/{id}`, privileges: ['Mapping.Modify'] },
      handle: ({ cluster, parameters }) => attempt(`update ${created}`, () => {
        const name = parameters.text('id');
        assertUnchanged(parameters.optional('digest'), mappingsDigest(cluster, kind));
        const old = cluster.mappings[kind].get(name);
        if (old === undefined) throw failure(`${kind} ID '${name}' does not exist`);
        if (!parameters.has('map')) throw failure('missing value for required option \'map\'');
        const changed = from(name, parameters, old);
        checkFolders(kind, changed);
        for (const key of splitList(parameters.optional('delete') ?? '')) {
          if (key === 'map') throw ApiError.parameters({ delete: `unable to delete required option '${key}'` });
          if (!['description', ...Object.keys(more)].includes(key)) throw failure(`no such option '${key}'`);
          if (parameters.has(key)) throw failure(`cannot set and delete property '${key}' at the same time!`);
          changed[key === 'live-migration-capable' ? 'liveMigrationCapable' : key as 'description' | 'mdev'] = undefined;
        }
        cluster.mappings[kind].set(name, changed);
        return null;
      }),
    },
    {
      method: 'DELETE',
      path: `${path}/{id}`,
      description: `Removes a mapping of ${what}. That there is none is no error.`,
      parameters: { id },
      permission: { path: `/mapping/${kind}`, privileges: ['Mapping.Modify'] },
      handle: ({ cluster, parameters }) => attempt(`delete ${removed}`, () => {
        cluster.mappings[kind].delete(parameters.text('id'));
        return null;
      }),
    },
  ];
}

/** Mappings: names for devices and folders of nodes. @internal */
export const mappingEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/cluster/mapping',
    description: 'Kinds of mappings.',
    parameters: {},
    permission: 'all',
    handle: () => kinds.map(({ kind }) => ({ name: kind })),
  },
  ...kinds.flatMap(endpointsOf),
];
