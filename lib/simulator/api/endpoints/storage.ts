import { ApiError, failure } from '../../api-error';
import { splitList } from '../../schema/formats';
import { Properties, choice, flag, optional, text } from '../../schema/property';
import { Storage } from '../../state/storage';
import { Arrival, checkExtension, download, importUpload, normalizeFilename } from '../../storage/arrival';
import { imageFormats } from '../../storage/volume-name';
import { Call, Endpoint, Permission } from '../endpoint';

const node = text('The node.', { format: 'pve-node' });
const storage = text('The storage.', { format: 'pve-storage-id' });
const seen: Permission = { path: '/storage/{storage}', privileges: ['Datastore.Audit', 'Datastore.AllocateSpace'], any: true };

/** What comes with a file, by upload or from the web. */
const file: Properties = {
  'content': text('What it is.', { format: 'pve-storage-content', enum: ['iso', 'vztmpl', 'import'] }),
  'filename': text('The name on the storage; other than letters, digits, _ . and - become _.', { maxLength: 255 }),
  'checksum': optional(text('The checksum it must have.', { requires: 'checksum-algorithm' })),
  'checksum-algorithm': { ...choice('How the checksum is made.', 'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'), optional: true, requires: 'checksum' },
};

/** A storage as its status tells; one that is switched off or elsewhere is not active. */
function status(on: Storage, nodeName: string, format: boolean): { readonly [name: string]: unknown } {
  const { type, content, shared, capacity, disabled, options } = on.definition;
  const enabled = !disabled && on.isOn(nodeName);
  const used = enabled ? on.used(nodeName) : 0;
  const total = enabled ? capacity : 0;
  const [chosen, ...others] = imageFormats(type);
  return {
    type,
    content: content.join(',') || 'none',
    enabled: enabled ? 1 : 0,
    active: enabled ? 1 : 0,
    shared: shared ? 1 : 0,
    total,
    used,
    avail: Math.max(0, total - used),
    ...format ? { format: [Object.fromEntries([chosen, ...others].map((name) => [name, 1])), options?.format ?? chosen] } : {},
  };
}

/** Where a file goes and what must be right for it. @throws ApiError */
function arrival(
  { cluster, parameters, node: nodeName }: Call, notFiles: (type: string) => string, notContent: (storage: string, content: string) => string,
): Arrival {
  const id = parameters.text('storage');
  const { definition, isFileBased } = cluster.storage(id, nodeName);
  const content = parameters.text('content') as Arrival['content'];
  if (!isFileBased) throw failure(notFiles(definition.type));
  const filename = normalizeFilename(parameters.text('filename'));
  const configured = definition.content.includes(content);
  // Uploads look at the name first, downloads at the storage.
  if (notContent(id, content).includes('configured') && !configured) throw failure(notContent(id, content));
  checkExtension(content, filename);
  if (!configured) throw failure(notContent(id, content));
  const algorithm = parameters.optional('checksum-algorithm');
  const value = parameters.optional('checksum');
  return { node: nodeName, storage: id, content, filename, ...algorithm !== undefined && value ? { checksum: { algorithm, value } } : {} };
}

/** Storages as a node sees them, and files that come to them. @internal */
export const storageEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/nodes/{node}/storage',
    description: 'The storages of a node that the caller may look at or take space on.',
    parameters: {
      node,
      storage: optional(text('Only this one.', { format: 'pve-storage-id' })),
      content: optional(text('Only those that may hold one of these.', { format: 'pve-storage-content-list' })),
      enabled: optional(flag('Only those that are not switched off.')),
      target: optional(text('Only shared ones that this node has, too.', { format: 'pve-node' })),
      format: optional(flag('Tell of formats.')),
    },
    permission: 'all',
    handle: ({ cluster, caller, parameters, node: nodeName }) => {
      const wanted = splitList(parameters.optional('content') ?? '');
      const offers = (one: Storage) => !parameters.has('content')
        || one.definition.content.some((type) => wanted.includes(type)) && !one.definition.disabled && one.isOn(nodeName);
      const only = parameters.optional('storage');
      const found = [...cluster.storages.values()].filter(offers);
      if (only !== undefined && !found.some(({ id }) => id === only)) throw ApiError.parameters({ storage: 'No such storage.' });
      const target = parameters.optional('target');
      const isElsewhere = target !== undefined && target !== nodeName && target !== 'localhost';
      return found
        .filter((one) => cluster.access.allows(caller.id, `/storage/${one.id}`, ['Datastore.Audit', 'Datastore.AllocateSpace'], true))
        .filter((one) => only === undefined || one.id === only)
        .filter((one) => !parameters.flag('enabled') || !one.definition.disabled)
        .filter((one) => !isElsewhere || one.definition.shared && one.isOn(nodeName) && one.isOn(target))
        .sort((a, b) => a.id < b.id ? -1 : 1)
        .map((one) => {
          const told = status(one, nodeName, parameters.flag('format'));
          return { storage: one.id, ...told, ...told.total === 0 ? {} : { used_fraction: Number(told.used) / Number(told.total) } };
        });
    },
  },
  {
    method: 'GET',
    path: '/nodes/{node}/storage/{storage}',
    description: 'What can be asked about a storage.',
    parameters: { node, storage },
    permission: seen,
    local: true,
    handle: ({ cluster }) => [
      'content', 'download-url', 'file-restore', 'import-metadata', 'prunebackups', 'rrd', 'rrddata', 'status', 'upload',
      ...cluster.version.line === '9.1' ? ['identity', 'oci-registry-pull'] : [],
    ].map((subdir) => ({ subdir })),
  },
  {
    method: 'GET',
    path: '/nodes/{node}/storage/{storage}/status',
    description: 'How full a storage is.',
    parameters: { node, storage },
    permission: seen,
    handle: ({ cluster, parameters, node: nodeName }) => {
      const known = cluster.storages.get(parameters.text('storage'));
      if (known === undefined) throw ApiError.parameters({ storage: 'No such storage.' });
      return status(known, nodeName, false);
    },
  },
  {
    method: 'POST',
    path: '/nodes/{node}/storage/{storage}/upload',
    description: 'Takes a file in that comes with the request; one of the same name is replaced.',
    parameters: { node, storage, ...file, tmpfilename: optional(text('Set by the server.', { pattern: '/var/tmp/pveupload-[0-9a-f]+' })) },
    permission: { path: '/storage/{storage}', privileges: ['Datastore.AllocateTemplate'] },
    handle: (call) => {
      const { cluster, upload } = call;
      const where = arrival(
        call,
        (type) => `can't upload to storage type '${type}'`,
        (id, content) => `storage '${id}' does not support '${content}' content`,
      );
      if (upload === undefined) throw failure('missing temporary file name');
      return call.task('imgcopy', '', (task) => importUpload(cluster, where, upload, task));
    },
  },
  {
    method: 'POST',
    path: '/nodes/{node}/storage/{storage}/download-url',
    description: 'Fetches a file from the web. An existing file of that name stays as it is.',
    parameters: {
      node,
      storage,
      'url': text('Where it is.', { pattern: 'https?://.*' }),
      ...file,
      'compression': optional(choice('How it is packed; only gz can be unpacked here.', 'gz', 'lzo', 'zst', 'bz2')),
      'verify-certificates': optional(flag('Whether the server must show a certificate that is trusted.')),
    },
    permission: {
      and: [
        { path: '/storage/{storage}', privileges: ['Datastore.AllocateTemplate'] },
        { or: [{ path: '/', privileges: ['Sys.Audit', 'Sys.Modify'] }, { path: '/nodes/{node}', privileges: ['Sys.AccessNetwork'] }] },
      ],
    },
    handle: (call) => {
      const { cluster, parameters } = call;
      const where = arrival(
        call,
        (type) => `can't upload to storage type '${type}', not a file based storage!`,
        (id, content) => `storage '${id}' is not configured for content-type '${content}'`,
      );
      const compression = parameters.optional('compression');
      return call.task('download', where.filename, (task) => download(cluster, where, {
        url: parameters.text('url'),
        compression,
        verifyCertificates: parameters.optional('verify-certificates') !== '0',
      }, task));
    },
  },
];
