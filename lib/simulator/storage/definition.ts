import { createHash } from 'node:crypto';
import { failure } from '../api-error';
import { splitList } from '../schema/formats';
import { RawParameters } from '../schema/validation';
import { ContentType, StorageDefinition } from '../state/storage';

type Kind = StorageDefinition['type'];

const common = ['nodes', 'disable', 'content', 'bwlimit'];
const files = [...common, 'content-dirs', 'maxfiles', 'prune-backups', 'max-protected-backups', 'format', 'mkdir', 'create-base-path', 'create-subdirs', 'preallocation'];

/** The options of a kind of storage: those that must be given and cannot change, and the others. */
const options: { readonly [kind in Kind]: { readonly fixed: readonly string[]; readonly optional: readonly string[] } } = {
  dir: { fixed: ['path'], optional: [...files, 'shared', 'is_mountpoint'] },
  nfs: { fixed: ['server', 'export'], optional: [...files, 'options', 'path'] },
  zfspool: { fixed: ['pool'], optional: [...common, 'blocksize', 'sparse', 'mountpoint'] },
  lvmthin: { fixed: ['thinpool', 'vgname'], optional: common },
  rbd: { fixed: [], optional: [...common, 'monhost', 'pool', 'data-pool', 'namespace', 'username', 'krbd', 'keyring'] },
};

const possible: { readonly [kind in Kind]: readonly string[] } = {
  dir: ['images', 'rootdir', 'vztmpl', 'iso', 'backup', 'snippets', 'import'],
  nfs: ['images', 'rootdir', 'vztmpl', 'iso', 'backup', 'snippets', 'import'],
  zfspool: ['images', 'rootdir'],
  lvmthin: ['images', 'rootdir'],
  rbd: ['images', 'rootdir'],
};

const usual: { readonly [kind in Kind]: readonly ContentType[] } = {
  dir: ['images', 'rootdir'], nfs: ['images'], zfspool: ['images', 'rootdir'], lvmthin: ['images', 'rootdir'], rbd: ['images'],
};

/** Those that can be told to hold nothing. */
const emptiable: readonly Kind[] = ['dir'];

/** Whether storages of a type are simulated. @internal */
export function isSimulatedType(type: string): type is Kind {
  return type in options;
}

/** A storage as the API tells of it. @internal */
export function describeDefinition(definition: StorageDefinition, digest: string): { readonly [name: string]: unknown } {
  const { id, type, content, nodes, path, shared, disabled, options: more } = definition;
  return {
    storage: id,
    type,
    digest,
    content: content.join(',') || 'none',
    ...path === undefined ? {} : { path },
    ...nodes === undefined ? {} : { nodes: nodes.join(',') },
    ...shared ? { shared: 1 } : {},
    ...disabled ? { disable: 1 } : {},
    ...Object.fromEntries(Object.entries(more ?? {}).map(([name, value]) => [name, /^(sparse|krbd|is_mountpoint|mkdir)$/.test(name) ? Number(value) : value])),
  };
}

/** The digest of all definitions. @internal */
export function definitionsDigest(definitions: Iterable<StorageDefinition>): string {
  return createHash('sha1').update(JSON.stringify([...definitions])).digest('hex');
}

/** A storage from the parameters that make it. @throws ApiError in PVE's words @internal */
export function createDefinition(id: string, type: Kind, values: RawParameters, capacity: number): StorageDefinition {
  const { fixed, optional } = options[type];
  for (const name of Object.keys(values)) {
    if (!fixed.includes(name) && !optional.includes(name)) throw failure(`unexpected property '${name}'`);
  }
  const missing = fixed.find((name) => values[name] === undefined);
  if (missing !== undefined) throw failure(`missing value for required option '${missing}'`);
  if (type === 'dir' && !/^\/[-/a-zA-Z0-9_.@]+$/.test(`${values.path}`)) throw failure(`illegal path for directory storage: ${values.path}`);
  const isFolder = type === 'dir' || type === 'nfs';
  return change({
    id, type, content: usual[type], shared: type === 'nfs' || type === 'rbd', capacity, ...isFolder && type === 'nfs' ? { path: `/mnt/pve/${id}` } : {},
  }, values, []);
}

/** A storage after a change of some parameters. @throws ApiError in PVE's words @internal */
export function updateDefinition(definition: StorageDefinition, values: RawParameters, remove: readonly string[]): StorageDefinition {
  const { fixed, optional } = options[definition.type];
  for (const name of Object.keys(values)) {
    if (fixed.includes(name)) throw failure(`can't change value of fixed parameter '${name}'`);
    if (!optional.includes(name)) throw failure(`unexpected property '${name}'`);
  }
  for (const name of remove) {
    if (fixed.includes(name)) throw failure(`unable to delete required option '${name}'`);
    if (!optional.includes(name)) throw failure(`no such option '${name}'`);
    if (values[name] !== undefined) throw failure(`cannot set and delete property '${name}' at the same time!`);
  }
  return change(definition, values, remove);
}

function change(old: StorageDefinition, values: RawParameters, remove: readonly string[]): StorageDefinition {
  const { content, nodes, disable, shared, path, ...more } = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value].flat().join(',')]));
  const kept = Object.fromEntries(Object.entries({ ...old.options, ...more }).filter(([name]) => !remove.includes(name)));
  const usualContent = remove.includes('content') ? usual[old.type] : old.content;
  return {
    ...old,
    content: content === undefined ? usualContent : contentTypes(old.type, content),
    nodes: nodes ? splitList(nodes) : remove.includes('nodes') ? undefined : old.nodes,
    disabled: disable === undefined ? old.disabled && !remove.includes('disable') : disable === '1',
    shared: shared === undefined ? old.shared && !(remove.includes('shared') && old.type === 'dir') : shared === '1',
    path: path === undefined ? old.path : canonical(path),
    options: kept,
  };
}

/** A path without what does not matter in it. */
function canonical(path: string): string {
  return path.replace(/\/+/g, '/').replace(/(\/\.)+(?=\/|$)/g, '').replace(/(.)\/$/, '$1');
}

/** What a kind of storage cannot hold is passed over; nothing at all is only for those that can be empty. */
function contentTypes(type: Kind, text: string): ContentType[] {
  const known = [...new Set(splitList(text))].filter((one) => possible[type].includes(one) || one === 'none' && emptiable.includes(type));
  if (known.includes('none') && known.length > 1) throw failure('unable to combine \'none\' with other content types');
  if (known.length === 0 && !emptiable.includes(type)) throw failure('storage does not support content type \'none\'');
  return known.filter((one) => one !== 'none') as ContentType[];
}
