import { ApiError, failure } from '../../api-error';
import { Cluster } from '../../cluster';
import { Properties, choice, flag, integer, optional, text } from '../../schema/property';
import { ContentType, Storage, Volume } from '../../state/storage';
import { checkVolumeAccess, mayReadVolume } from '../../storage/access';
import { Call, Endpoint } from '../endpoint';

const volumeParameters: Properties = {
  node: text('The node.', { format: 'pve-node' }),
  storage: optional(text('The storage.', { format: 'pve-storage-id' })),
  volume: text('The volume, with or without the name of its storage.'),
};

const kilobytes: { readonly [unit: string]: number } = { M: 1024, G: 1024 ** 2 };
const blocks = (bytes: number) => Math.ceil(bytes / 4096) * 4096;

/** The full id of the volume in the path. */
function volumeId({ parameters }: Call): string {
  const [storage, volume] = [parameters.text('storage'), parameters.text('volume')];
  const refuse = (problem: string) => ApiError.parameters({ volume: problem });
  if (!volume.includes(':')) return `${storage}:${volume}`;
  const id = /^([a-z][a-z0-9\-_.]*[a-z0-9]):(.+)$/is.exec(volume)?.[1];
  if (id === undefined) throw refuse(`unable to parse volume ID '${volume}'\n`);
  if (id !== storage) throw refuse(`storage ID mismatch (${id} != ${storage})\n`);
  return volume;
}

/** A volume as the list of its storage has it. */
function listed({ cluster }: Call, storage: Storage, volume: Volume): { readonly [name: string]: unknown } {
  const { volid, format, size, ctime, vmid, notes } = volume;
  const isImage = volume.content === 'images' || volume.content === 'rootdir';
  const content = isImage && vmid !== undefined && cluster.guests.get(vmid)?.type === 'lxc' ? 'rootdir' : volume.content;
  // Written out, not put together: of a thousand volumes that is what takes the time.
  const told: { [name: string]: unknown } = { volid, content, format, size, ctime };
  if (isImage) {
    const parent = parentOf(cluster, storage, volume);
    if (storage.isFileBased) told.used = blocks(volume.used);
    if (storage.isFileBased || parent !== undefined) told.parent = parent ?? null;
  }
  if (vmid !== undefined) told.vmid = vmid;
  if (notes !== undefined) told.notes = notes.split('\n')[0];
  if (volume.protected) told.protected = 1;
  return told;
}

/** What a linked clone stands on, as its storage names it. */
function parentOf({ volumes }: Cluster, storage: Storage, { parent }: Volume): string | undefined {
  if (parent === undefined) return undefined;
  const { name, vmid } = volumes.parse(parent);
  if (storage.definition.type === 'zfspool') return `${name}@__base__`;
  return storage.isFileBased ? `../${vmid}/${name}` : name;
}

/** In the order of their ids, as a list without regard to capitals has them. */
function sorted(volumes: readonly Volume[]): Volume[] {
  const keyed = volumes.map((volume) => ({ key: volume.volid.toLowerCase(), volume }));
  return keyed.sort((a, b) => a.key < b.key ? -1 : 1).map(({ volume }) => volume);
}

/** What is on storages. @internal */
export const storageContentEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/nodes/{node}/storage/{storage}/content',
    description: 'What is on a storage, as far as the caller may read it.',
    parameters: {
      node: volumeParameters.node,
      storage: text('The storage.', { format: 'pve-storage-id' }),
      content: optional(text('Only this kind.', { format: 'pve-storage-content' })),
      vmid: optional(integer('Only the images of this machine.', 100, 999999999, { format: 'pve-vmid' })),
    },
    permission: { path: '/storage/{storage}', privileges: ['Datastore.Audit', 'Datastore.AllocateSpace'], any: true },
    handle: (call) => {
      const { cluster, caller, parameters, node } = call;
      const storage = cluster.storage(parameters.text('storage'), node);
      const content = parameters.optional('content') as ContentType | undefined;
      const vmid = parameters.optionalNumber('vmid');
      const reads = cluster.access.allows(caller.id, `/storage/${storage.id}`, ['Datastore.Allocate'])
        ? () => true : ({ volid }: Volume) => mayReadVolume(cluster, caller.id, volid);
      const isWanted = (volume: Volume) => vmid === undefined || volume.vmid === vmid || volume.content === 'snippets' || volume.content === 'import';
      const volumes = storage.on(node).filter((volume) => storage.definition.content.includes(volume.content) && isWanted(volume) && reads(volume));
      return sorted(volumes).map((volume) => listed(call, storage, volume)).filter((volume) => content === undefined || volume.content === content);
    },
  },
  {
    method: 'POST',
    path: '/nodes/{node}/storage/{storage}/content',
    description: 'Makes an empty disk.',
    parameters: {
      node: volumeParameters.node,
      storage: text('The storage.', { format: 'pve-storage-id' }),
      filename: text('Its name, vm-100-disk-0.qcow2.'),
      vmid: integer('The machine it belongs to.', 100, 999999999, { format: 'pve-vmid' }),
      size: text('Kibibytes, or with M or G more.', { pattern: '\\d+[MG]?' }),
      format: { ...choice('Its format.', 'raw', 'qcow2', 'subvol', 'vmdk'), optional: true, requires: 'size' },
    },
    permission: { path: '/storage/{storage}', privileges: ['Datastore.AllocateSpace'] },
    handle: async ({ cluster, parameters, node }) => {
      const name = parameters.text('filename');
      const inName = /\.(raw|qcow2|vmdk)$/.exec(name)?.[1];
      const wanted = parameters.optional('format');
      if (inName !== undefined && wanted !== undefined && inName !== wanted) throw ApiError.parameters({ format: `different storage formats (${wanted} != ${inName})` });
      const [, amount, unit] = /^(\d+)([MG]?)$/.exec(parameters.text('size'))!;
      const bytes = Number(amount) * (kilobytes[unit] ?? 1) * 1024;
      const volume = await cluster.volumes.allocate(node, parameters.text('storage'), parameters.number('vmid'), { name, format: inName ?? wanted, bytes });
      return volume.volid;
    },
  },
  {
    method: 'GET',
    path: '/nodes/{node}/storage/{storage}/content/{volume+}',
    description: 'A volume: where it is and how large.',
    parameters: volumeParameters,
    permission: 'all',
    handle: (call) => {
      const { cluster, caller, node } = call;
      const volid = volumeId(call);
      checkVolumeAccess(cluster, caller.id, volid);
      const { isFileBased } = cluster.storage(cluster.volumes.parse(volid).storage, node);
      const volume = cluster.volumes.look(node, volid);
      if (volume === undefined) throw failure(`volume_size_info on '${volid}' failed - no ${isFileBased ? 'format' : 'size'}`);
      const size = volume.virtualBytes ?? volume.size;
      if (size === 0) throw failure(`volume '${volid}' has size zero`);
      const isImage = volume.content === 'images' || volume.content === 'import';
      return {
        path: cluster.volumes.path(node, volid),
        size,
        used: blocks(volume.used),
        format: isImage ? volume.format : 'raw',
        ...volume.notes === undefined ? {} : { notes: volume.notes },
        ...volume.content === 'backup' ? { protected: volume.protected ? 1 : 0 } : {},
      };
    },
  },
  {
    method: 'PUT',
    path: '/nodes/{node}/storage/{storage}/content/{volume+}',
    description: 'Changes the notes of a backup, or protects it.',
    parameters: { ...volumeParameters, notes: optional(text('The notes.')), protected: optional(flag('Whether it cannot be removed.')) },
    permission: 'all',
    handle: (call) => {
      const { cluster, caller, parameters, node } = call;
      const volid = volumeId(call);
      checkVolumeAccess(cluster, caller.id, volid);
      const volume = cluster.volumes.look(node, volid);
      for (const attribute of ['notes', 'protected'].filter((name) => parameters.has(name))) {
        if (cluster.volumes.parse(volid).content !== 'backup') throw failure(attribute === 'notes' ? 'only backups can have notes' : `only backups support attribute '${attribute}'`);
        if (volume === undefined) throw failure(`volume '${volid}' does not exist`);
        if (attribute === 'notes') volume.notes = parameters.text('notes') || undefined;
        else volume.protected = parameters.flag('protected');
      }
      return null;
    },
  },
  {
    method: 'DELETE',
    path: '/nodes/{node}/storage/{storage}/content/{volume+}',
    description: 'Removes a volume. That it is not there is no error.',
    parameters: { ...volumeParameters, delay: optional(integer('Seconds in which the answer waits for the end.', 1, 30)) },
    permission: 'all',
    handle: async (call) => {
      const { cluster, caller, parameters, node } = call;
      const volid = volumeId(call);
      const { storage, vmid, content } = cluster.volumes.parse(volid);
      if (content === 'backup' && vmid !== undefined) {
        cluster.access.check(caller.id, `/storage/${storage}`, ['Datastore.AllocateSpace']);
        cluster.access.check(caller.id, `/vms/${vmid}`, ['VM.Backup']);
      } else {
        cluster.access.check(caller.id, `/storage/${storage}`, ['Datastore.Allocate']);
      }
      const upid = call.task('imgdel', `${vmid === undefined ? '' : `${vmid}@`}${storage}`, async ({ log }) => {
        await cluster.volumes.free(node, volid, { log });
        log(`Removed volume '${volid}'`);
      });
      const delay = parameters.optionalNumber('delay');
      if (delay === undefined) return upid;
      const task = cluster.tasks.find(upid);
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([task.done, new Promise((resolve) => timer = setTimeout(resolve, delay * 1000))]);
      clearTimeout(timer);
      if (task.exitStatus === undefined) return upid;
      if (task.exitStatus !== 'OK') throw failure(task.exitStatus);
      return null;
    },
  },
];
