import { isIP } from 'node:net';
import { failure } from '../../api-error';
import { FormatError, isDnsName, registerFormats, splitList } from '../../schema/formats';
import { Properties, PropertyString, choice, flag, integer, optional, text } from '../../schema/property';
import { RawParameters } from '../../schema/validation';
import { Storage, StorageDefinition } from '../../state/storage';
import { createDefinition, definitionsDigest, describeDefinition, isSimulatedType, updateDefinition } from '../../storage/definition';
import { assertUnchanged, attempt } from '../attempt';
import { Call, Endpoint } from '../endpoint';

const contentTypes = /^(?:images|rootdir|vztmpl|iso|backup|snippets|import|none)$/;

registerFormats({
  'pve-storage-content': (value) => {
    if (!contentTypes.test(value)) throw new FormatError(`invalid content type '${value}'`);
  },
  'pve-storage-path': (value) => {
    if (!/^\/[^;()]+/.test(value)) throw new FormatError('value does not look like a valid absolute path');
  },
  'pve-storage-server': (value) => {
    if (isIP(value) === 0 && !isDnsName(value)) throw new FormatError('value does not look like a valid server name or IP address');
  },
});

const types = ['btrfs', 'cephfs', 'cifs', 'dir', 'esxi', 'glusterfs', 'iscsi', 'iscsidirect', 'lvm', 'lvmthin', 'nfs', 'pbs', 'rbd', 'zfs', 'zfspool'];
const storage = text('The name of the storage.', { format: 'pve-storage-id' });

const bandwidths: Properties = Object.fromEntries(['default', 'restore', 'migration', 'clone', 'move']
  .map((name) => [name, { type: 'number', minimum: 0, optional: true }]));

const pruneBackups: PropertyString = {
  properties: {
    'keep-all': optional(flag('All.')),
    ...Object.fromEntries(['last', 'hourly', 'daily', 'weekly', 'monthly', 'yearly'].map((name) => [`keep-${name}`, optional(integer('How many.', 0))])),
  },
  verify: ({ 'keep-all': all, ...others }) => {
    if (all === '1' && Object.values(others).some((count) => Number(count) > 0)) throw new FormatError('keep-all cannot be set together with other options.');
  },
};

/** What can be changed later. */
const changeable: Properties = {
  'blocksize': optional(text('Block size of ZFS volumes.')),
  'bwlimit': optional(text('Limits of bandwidth, in KiB a second.', { format: { properties: bandwidths } })),
  'content': optional(text('What it may hold.', { format: 'pve-storage-content-list' })),
  'content-dirs': optional(text('Other folders for kinds of content.')),
  'create-base-path': optional(flag('Whether the folder is made.')),
  'create-subdirs': optional(flag('Whether the folders of the kinds of content are made.')),
  'data-pool': optional(text('Pool of the data of Ceph.')),
  'disable': optional(flag('Whether it is switched off.')),
  'format': optional(choice('Format of new images.', 'raw', 'qcow2', 'subvol', 'vmdk')),
  'is_mountpoint': optional(text('Whether the folder must be mounted.')),
  'keyring': optional(text('Keys of Ceph.')),
  'krbd': optional(flag('Whether the kernel maps images of Ceph.')),
  'max-protected-backups': optional(integer('How many backups can be protected.', -1)),
  'mkdir': optional(flag('Whether folders are made.')),
  'monhost': optional(text('Monitors of Ceph.')),
  'mountpoint': optional(text('Where the ZFS pool is mounted.', { format: 'pve-storage-path' })),
  'namespace': optional(text('Namespace in the pool of Ceph.')),
  'nodes': optional(text('The nodes that have it.', { format: 'pve-node-list' })),
  'options': optional(text('Options of the mount.')),
  'pool': optional(text('Pool of ZFS or Ceph.')),
  'preallocation': optional(choice('How files of images are made.', 'off', 'metadata', 'falloc', 'full')),
  'prune-backups': optional(text('Which backups are kept.', { format: pruneBackups })),
  'server': optional(text('Address of the server.', { format: 'pve-storage-server' })),
  'shared': optional(flag('Whether all nodes see the same content.')),
  'sparse': optional(flag('Whether ZFS volumes take space as they fill.')),
  'username': optional(text('User of Ceph.')),
};

/** What can be given only when it is made. */
const fixed: Properties = {
  export: optional(text('What the NFS server exports.', { format: 'pve-storage-path' })),
  path: optional(text('The folder.', { format: 'pve-storage-path' })),
  thinpool: optional(text('The thin pool.')),
  vgname: optional(text('The volume group.')),
};

const capacity = 1024 ** 4;

const definitions = ({ cluster }: Call): StorageDefinition[] => [...cluster.storages.values()].map(({ definition }) => definition);
const rest = ({ parameters }: Call, ...without: string[]): RawParameters => Object.fromEntries(parameters.names('storage', ...without).map((name) => [name, parameters.values[name]]));

/** Storages as they are set up. @internal */
export const storageConfigEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/storage',
    description: 'The storages the caller may look at or take space on.',
    parameters: { type: optional(choice('Only of a type.', ...types)) },
    permission: 'all',
    handle: (call) => {
      const digest = definitionsDigest(definitions(call));
      return definitions(call)
        .filter(({ id }) => call.cluster.access.allows(call.caller.id, `/storage/${id}`, ['Datastore.Audit', 'Datastore.AllocateSpace'], true))
        .filter(({ type }) => !call.parameters.has('type') || type === call.parameters.text('type'))
        .map((definition) => describeDefinition(definition, digest));
    },
  },
  {
    method: 'GET',
    path: '/storage/{storage}',
    description: 'How a storage is set up.',
    parameters: { storage },
    permission: { path: '/storage/{storage}', privileges: ['Datastore.Allocate'] },
    handle: (call) => {
      const known = call.cluster.storages.get(call.parameters.text('storage'));
      if (known === undefined) throw failure(`storage '${call.parameters.text('storage')}' does not exist`);
      return describeDefinition(known.definition, definitionsDigest(definitions(call)));
    },
  },
  {
    method: 'POST',
    path: '/storage',
    description: 'Sets a storage up. Folders, NFS, ZFS pools, thin pools of LVM and pools of Ceph are simulated.',
    parameters: { storage, type: choice('Its type.', ...types), ...changeable, ...fixed },
    permission: { path: '/storage', privileges: ['Datastore.Allocate'] },
    handle: (call) => {
      const { cluster, parameters } = call;
      const [id, type] = [parameters.text('storage'), parameters.text('type')];
      if (!isSimulatedType(type)) throw failure(`storages of type '${type}' are not simulated`);
      const values = Object.entries(rest(call, 'type')).filter(([name, value]) => name !== 'nodes' || value !== '');
      const definition = createDefinition(id, type, Object.fromEntries(values), capacity);
      attempt('create storage', () => {
        if (cluster.storages.has(id)) throw failure(`storage ID '${id}' already defined`);
        cluster.storages.set(id, new Storage(definition));
      });
      return { storage: id, type };
    },
  },
  {
    method: 'PUT',
    path: '/storage/{storage}',
    description: 'Changes how a storage is set up.',
    parameters: {
      storage,
      ...changeable,
      delete: optional(text('Settings to remove.', { format: 'pve-configid-list' })),
      digest: optional(text('Refuses if something has changed since.', { maxLength: 64 })),
    },
    permission: { path: '/storage', privileges: ['Datastore.Allocate'] },
    handle: (call) => attempt('update storage', () => {
      const { cluster, parameters } = call;
      const id = parameters.text('storage');
      assertUnchanged(parameters.optional('digest'), definitionsDigest(definitions(call)));
      const known = cluster.storages.get(id);
      if (known === undefined) throw failure(`storage '${id}' does not exist`);
      known.definition = updateDefinition(known.definition, rest(call, 'delete', 'digest'), splitList(parameters.optional('delete') ?? ''));
      return { storage: id, type: known.definition.type };
    }),
  },
  {
    method: 'DELETE',
    path: '/storage/{storage}',
    description: 'Forgets a storage. What is on it stays there.',
    parameters: { storage },
    permission: { path: '/storage', privileges: ['Datastore.Allocate'] },
    handle: ({ cluster, parameters }) => attempt('delete storage', () => {
      const id = parameters.text('storage');
      if (!cluster.storages.delete(id)) throw failure(`storage '${id}' does not exist`);
      const gone = cluster.access.acl.filter(({ path }) => path === `/storage/${id}`);
      gone.forEach((entry) => cluster.access.acl.splice(cluster.access.acl.indexOf(entry), 1));
      return null;
    }),
  },
];
