import { failure } from '../api-error';
import { ContentType, StorageDefinition } from '../state/storage';

/** What the id of a volume says. @internal */
export interface VolumeName {
  readonly storage: string;
  /** Without the storage: `100/vm-100-disk-0.qcow2`. */
  readonly volname: string;
  /** `vm-100-disk-0.qcow2`, `debian.iso`. */
  readonly name: string;
  readonly content: ContentType;
  /** `qcow2`, `raw`, `vmdk`, `subvol`, `ova` …; of ISO files and the like `raw`. Undefined where the name does not say. */
  readonly format?: string;
  readonly vmid?: number;
  /** Whether it is a base that linked clones stand on. */
  readonly isBase: boolean;
  /** The name of the base of a linked clone, and whose it is. */
  readonly parentName?: string;
  readonly parentVmid?: number;
}

type Parts = Omit<VolumeName, 'storage' | 'volname'>;

const iso = /\.(?:iso|img)$/i;
const template = /\.tar\.(gz|xz|zst|bz2)$/;
const backup = /\.(tgz|(?:tar|vma)(?:\.(gz|lzo|zst|bz2))?)$/;
const importable = /^[ a-zA-Z0-9\-.+=_]+\.(ova|ovf|qcow2|raw|vmdk)$/;
const packed = /^[ a-zA-Z0-9\-.+=_]+\.ova\/[^/]+\.(qcow2|raw|vmdk)$/;

/** The storage and the rest of a volume's id. @throws ApiError @internal */
export function splitVolumeId(volid: string): [string, string] {
  const match = /^([a-z][a-z0-9\-_.]*[a-z0-9]):(.+)$/is.exec(volid);
  if (!match) throw failure(`unable to parse volume ID '${volid}'`);
  return [match[1], match[2]];
}

/** Takes a volume's name apart, by the type of its storage. @throws ApiError in PVE's words @internal */
export function parseVolumeName(storage: string, type: StorageDefinition['type'], volname: string): VolumeName {
  const parts = type === 'dir' || type === 'nfs' ? parseFile(volname) : parseDevice(type, volname);
  return { storage, volname, ...parts };
}

function parseFile(volname: string): Parts {
  const linked = /^(\d+)\/(\S+)\/(\d+)\/(\S+)$/.exec(volname);
  if (linked) {
    imageFile(linked[2]);
    return { ...imageFile(linked[4]), content: 'images', name: linked[4], vmid: Number(linked[3]), parentName: linked[2], parentVmid: Number(linked[1]) };
  }
  const image = /^(\d+)\/(\S+)$/.exec(volname);
  if (image) return { ...imageFile(image[2]), content: 'images', name: image[2], vmid: Number(image[1]) };
  const [, folder, name] = /^([a-z]+)\/(.+)$/s.exec(volname) ?? [];
  const plain = (content: ContentType, more: Partial<Parts> = {}): Parts => ({ content, name, format: 'raw', isBase: false, ...more });
  const flat = name !== undefined && !name.includes('/');
  if (folder === 'iso' && flat && iso.test(name)) return plain('iso');
  if (folder === 'vztmpl' && flat && template.test(name)) return plain('vztmpl');
  if (folder === 'rootdir' && /^\d+$/.test(name)) return plain('rootdir', { vmid: Number(name), format: undefined });
  if (folder === 'backup' && flat && backup.test(name)) {
    const vmid = /^vzdump-(?:openvz|lxc|qemu)-(\d+)-.+/.exec(name)?.[1];
    return plain('backup', vmid === undefined ? {} : { vmid: Number(vmid) });
  }
  if (folder === 'snippets' && flat) return plain('snippets');
  if (folder === 'import' && packed.test(name)) return plain('import', { format: `ova+${packed.exec(name)![1]}` });
  if (folder === 'import' && importable.test(name)) return plain('import', { format: importable.exec(name)![1] });
  throw failure(`unable to parse directory volume name '${volname}'`);
}

function imageFile(name: string): { readonly format: string; readonly isBase: boolean } {
  const match = /^(?:(base-)?[^/\s]+\.(raw|qcow2|vmdk|subvol))$/.exec(name);
  if (!match) throw failure(`unable to parse volume filename '${name}'`);
  return { format: match[2], isBase: match[1] !== undefined };
}

function parseDevice(type: StorageDefinition['type'], volname: string): Parts {
  if (type === 'zfspool') {
    const match = /^(?:((?:base|basevol)-(\d+)-\S+)\/)?((base|basevol|vm|subvol)-(\d+)-\S+)$/.exec(volname);
    if (!match) throw failure(`unable to parse zfs volume name '${volname}'`);
    const [, parentName, parentVmid, name, kind, vmid] = match;
    const format = kind === 'subvol' || kind === 'basevol' ? 'subvol' : 'raw';
    return { content: 'images', name, vmid: Number(vmid), format, isBase: kind.startsWith('base'), ...parent(parentName, parentVmid) };
  }
  if (type === 'rbd') {
    const match = /^(?:(base-(\d+)-\S+)\/)?((base)?(?:vm)?-(\d+)-\S+)$/.exec(volname);
    if (!match) throw failure(`unable to parse rbd volume name '${volname}'`);
    return { content: 'images', name: match[3], vmid: Number(match[5]), format: 'raw', isBase: match[4] !== undefined, ...parent(match[1], match[2]) };
  }
  if (!/^[a-z0-9][a-z0-9\-_.]*[a-z0-9]$/i.test(volname)) throw failure(`lvm name '${volname}' contains illegal characters`);
  const match = /^((vm|base)-(\d+)-\S+)$/.exec(volname);
  if (!match) throw failure(`unable to parse lvm volume name '${volname}'`);
  return { content: 'images', name: match[1], vmid: Number(match[3]), format: 'raw', isBase: match[2] === 'base' };
}

function parent(parentName: string | undefined, parentVmid: string | undefined): Partial<Parts> {
  return parentName === undefined ? {} : { parentName, parentVmid: Number(parentVmid) };
}

const folders: { readonly [content in ContentType]: string } = {
  images: 'images', rootdir: 'private', iso: 'template/iso', vztmpl: 'template/cache', backup: 'dump', snippets: 'snippets', import: 'import',
};

/** The folder of a kind of content, as logs show it. @internal */
export function contentFolder(definition: StorageDefinition, content: ContentType): string {
  return `${definition.path ?? `/mnt/pve/${definition.id}`}/${folders[content]}`;
}

/** Where a volume is on its node, as logs show it. @internal */
export function volumePath(definition: StorageDefinition, { content, name, vmid }: VolumeName): string {
  const { pool = definition.id, vgname = 'pve', mountpoint = `/${pool}` } = definition.options ?? {};
  switch (definition.type) {
    case 'zfspool': return /^(subvol|basevol)-/.test(name) ? `${mountpoint}/${name}` : `/dev/zvol/${pool}/${name}`;
    case 'lvmthin': return `/dev/${vgname}/${name}`;
    case 'rbd': return `rbd:${pool}/${name}:conf=/etc/pve/ceph.conf:id=admin:keyring=/etc/pve/priv/ceph/${definition.id}.keyring`;
    default: return `${contentFolder(definition, content)}/${content === 'images' ? `${vmid}/` : ''}${name}`;
  }
}

/** The formats a storage can keep images in, the first being its own choice. @internal */
export function imageFormats(type: StorageDefinition['type']): readonly string[] {
  switch (type) {
    case 'dir': return ['raw', 'qcow2', 'subvol', 'vmdk'];
    case 'nfs': return ['raw', 'qcow2', 'vmdk'];
    case 'zfspool': return ['raw', 'subvol'];
    default: return ['raw'];
  }
}

/** What the list of a storage's content calls the format of a file. @internal */
export function listedFormat({ content, name, format }: VolumeName): string {
  switch (content) {
    case 'iso': return 'iso';
    case 'vztmpl': return `t${template.exec(name)![1]}`;
    case 'backup': return backup.exec(name)![1];
    case 'snippets': return 'snippet';
    default: return format ?? 'raw';
  }
}
