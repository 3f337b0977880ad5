import { failure } from '../api-error';

/** What storages can hold. @internal */
export type ContentType = 'images' | 'rootdir' | 'iso' | 'vztmpl' | 'snippets' | 'import' | 'backup';

/** Content of a storage. @internal */
export interface Volume {
  /** `local:100/vm-100-disk-0.qcow2`. */
  readonly volid: string;
  readonly content: ContentType;
  /** As PVE tells it: `qcow2`, `raw`, `iso`, `vmdk`, `ova`, `subvol`, `snippet`, `tgz` … */
  readonly format: string;
  /** Bytes a guest sees, or of the file. */
  size: number;
  /** Bytes it takes on the storage. */
  used: number;
  /** Bytes a guest sees of an image that is kept for import; undefined where that is `size`. */
  readonly virtualBytes?: number;
  /** The machine it belongs to; only of images. */
  readonly vmid?: number;
  /** The base volume of a linked clone. */
  readonly parent?: string;
  /** Seconds since 1970. */
  readonly ctime: number;
  /** The node it is on; undefined on shared storages. */
  readonly node?: string;
  /** Where the engine keeps its content. */
  readonly key: string;
  /** Bytes a guest saw of it at each of its snapshots, the oldest first. */
  snapshots?: Map<string, number>;
  /** Free text of the user. */
  notes?: string;
  protected?: boolean;
}

/** How a storage is set up, as `/etc/pve/storage.cfg` says. @internal */
export interface StorageDefinition {
  readonly id: string;
  readonly type: 'dir' | 'zfspool' | 'lvmthin' | 'nfs' | 'rbd';
  readonly content: readonly ContentType[];
  readonly shared: boolean;
  /** The nodes it exists on; undefined for all. */
  readonly nodes?: readonly string[];
  /** Of `dir` and `nfs`. */
  readonly path?: string;
  /** Further lines: `pool`, `vgname`, `thinpool`, `server`, `export`. */
  readonly options?: { readonly [name: string]: string };
  /** Bytes on each node. */
  readonly capacity: number;
  readonly disabled?: boolean;
}

/**
 * A storage and what is on it.
 *
 * @internal
 */
export class Storage {
  private readonly volumes = new Map<string, Volume>();
  private readonly owned = new Map<number, Set<Volume>>();

  public constructor(public definition: StorageDefinition) {}

  public get id(): string {
    return this.definition.id;
  }

  /** Whether volumes are files in folders, `100/vm-100-disk-0.qcow2`, and not `vm-100-disk-0`. */
  public get isFileBased(): boolean {
    return this.definition.type === 'dir' || this.definition.type === 'nfs';
  }

  public isOn(node: string): boolean {
    return this.definition.nodes === undefined || this.definition.nodes.includes(node);
  }

  /** Everything a node sees, in the order it was made. */
  public on(node: string): Volume[] {
    return [...this.volumes.values()].filter((volume) => volume.node === undefined || volume.node === node);
  }

  /** Everything on all nodes. */
  public all(): Volume[] {
    return [...this.volumes.values()];
  }

  /** What a machine owns here, on one node or on all. */
  public ofOwner(node: string | undefined, vmid: number): Volume[] {
    return [...this.owned.get(vmid) ?? []].filter((volume) => node === undefined || volume.node === undefined || volume.node === node);
  }

  /** A volume by its id, `local:iso/x.iso`. */
  public find(node: string, volid: string): Volume | undefined {
    return this.volumes.get(this.index(node, volid));
  }

  public add(node: string, volume: Volume): Volume {
    const index = this.index(node, volume.volid);
    if (this.volumes.has(index)) throw failure(`volume '${volume.volid}' already exists`);
    this.volumes.set(index, volume);
    if (volume.vmid !== undefined && volume.content === 'images') {
      const owned = this.owned.get(volume.vmid) ?? new Set();
      this.owned.set(volume.vmid, owned.add(volume));
    }
    return volume;
  }

  public remove(node: string, volid: string): void {
    const volume = this.find(node, volid);
    this.volumes.delete(this.index(node, volid));
    if (volume?.vmid === undefined) return;
    const owned = this.owned.get(volume.vmid);
    owned?.delete(volume);
    if (owned?.size === 0) this.owned.delete(volume.vmid);
  }

  public used(node: string): number {
    let sum = 0;
    for (const volume of this.volumes.values()) if (volume.node === undefined || volume.node === node) sum += volume.used;
    return sum;
  }

  private index(node: string, volid: string): string {
    return this.definition.shared ? volid : `${node}/${volid}`;
  }
}
