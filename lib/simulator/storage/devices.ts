import { StorageDefinition } from '../state/storage';
import { PveVersion } from '../version';
import { VolumeLog } from './transfer';

/** What the tools of a kind of storage do to sizes, print and complain about. @internal */
interface StorageTools {
  /** The size a disk really gets. */
  align(bytes: number): number;
  created(definition: StorageDefinition, name: string, line: PveVersion['line'], log?: VolumeLog): void;
  removed(name: string, log?: VolumeLog): void;
  becameBase(definition: StorageDefinition, name: string, newName: string, log?: VolumeLog): void;
  renamed(definition: StorageDefinition, name: string, newName: string, log?: VolumeLog): void;
  resized(definition: StorageDefinition, name: string, from: number, to: number, log?: VolumeLog): void;
  /** The error when there is no room. */
  full(definition: StorageDefinition, name: string, path: string): string;
  /** What is printed when a snapshot is taken, gone back to, removed. */
  snapshot(definition: StorageDefinition, name: string, snapshot: string, what: 'taken' | 'restored' | 'removed', log?: VolumeLog): void;
  /** The error when the name is taken. */
  exists(definition: StorageDefinition, name: string, path: string): string;
}

const mebibyte = 1024 ** 2;
const to = (unit: number) => (bytes: number) => Math.ceil(bytes / unit) * unit;
const silent = () => undefined;
const poolOf = ({ id, options }: StorageDefinition) => options?.pool ?? id;
const groupOf = ({ options }: StorageDefinition) => options?.vgname ?? 'pve';

const files: StorageTools = {
  align: (bytes) => bytes,
  created: silent,
  removed: silent,
  becameBase: silent,
  renamed: silent,
  resized: (_definition, _name, _from, _to, log) => log?.('Image resized.'),
  snapshot: silent,
  full: (_definition, _name, path) => `unable to create image: qemu-img: ${path}: No space left on device`,
  exists: (_definition, _name, path) => `disk image '${path}' already exists`,
};

const zfs: StorageTools = {
  align: to(mebibyte),
  created: silent,
  removed: silent,
  becameBase: silent,
  renamed: silent,
  resized: silent,
  snapshot: silent,
  full: (definition, name) => `zfs error: cannot create '${poolOf(definition)}/${name}': out of space`,
  exists: (definition, name) => `zfs error: cannot create '${poolOf(definition)}/${name}': dataset already exists`,
};

const lvm: StorageTools = {
  align: to(4 * mebibyte),
  created: (definition, name, line, log) => {
    log?.(`  Logical volume "${name}" created.`);
    // Since PVE 9 it is told not to become active by itself.
    if (line === '9.1') log?.(`  Logical volume ${groupOf(definition)}/${name} changed.`);
  },
  removed: (name, log) => log?.(`  Logical volume "${name}" successfully removed.`),
  becameBase: (definition, name, newName, log) => {
    log?.(`  Renamed "${name}" to "${newName}" in volume group "${groupOf(definition)}"`);
    log?.(`  Logical volume ${groupOf(definition)}/${newName} changed.`);
  },
  renamed: (definition, name, newName, log) => log?.(`  Renamed "${name}" to "${newName}" in volume group "${groupOf(definition)}"`),
  resized: (definition, name, from, size, log) => {
    const extents = (bytes: number) => `${gibibytes(bytes)} (${bytes / (4 * mebibyte)} extents)`;
    log?.(`  Size of logical volume ${groupOf(definition)}/${name} changed from ${extents(from)} to ${extents(size)}.`);
    log?.(`  Logical volume ${groupOf(definition)}/${name} successfully resized.`);
  },
  snapshot: (_definition, name, snapshot, what, log) => {
    const own = `snap_${name}_${snapshot}`;
    if (what === 'removed') return log?.(`  Logical volume "${own}" successfully removed.`);
    if (what === 'restored') log?.(`  Logical volume "${name}" successfully removed.`);
    log?.(`  Logical volume "${what === 'taken' ? own : name}" created.`);
  },
  full: (definition, name) => `lvcreate '${groupOf(definition)}/${name}' error:   `
    + `Free space in pool ${groupOf(definition)}/${definition.options?.thinpool ?? 'data'} is above threshold, new volumes are not allowed.`,
  exists: (definition, name) => `lvcreate '${groupOf(definition)}/${name}' error:   Logical Volume "${name}" already exists in volume group "${groupOf(definition)}"`,
};

const rbd: StorageTools = {
  align: to(mebibyte),
  created: silent,
  removed: (_name, log) => log?.('Removing image: 100% complete...done.'),
  becameBase: silent,
  renamed: silent,
  resized: (_definition, _name, _from, _to, log) => log?.('Resizing image: 100% complete...done.'),
  snapshot: (_definition, _name, _snapshot, what, log) => {
    log?.(`${{ taken: 'Creating snap', restored: 'Rolling back to snapshot', removed: 'Removing snap' }[what]}: 100% complete...done.`);
  },
  full: (_definition, name) => `rbd create '${name}' error: rbd: create error: (28) No space left on device`,
  exists: (_definition, name) => `rbd create '${name}' error: rbd: create error: (17) File exists`,
};

function gibibytes(bytes: number): string {
  return bytes >= 1024 * mebibyte ? `${(bytes / 1024 ** 3).toFixed(2)} GiB` : `${(bytes / mebibyte).toFixed(2)} MiB`;
}

/** The tools of a kind of storage. @internal */
export function devices(type: StorageDefinition['type']): StorageTools {
  return { dir: files, nfs: files, zfspool: zfs, lvmthin: lvm, rbd }[type];
}
