import { FormatError, formatSize, parseSize } from '../schema/formats';
import { PropertyString } from '../schema/property';
import { parsePropertyString } from '../schema/validation';
import { versions } from '../version';
import { driveCounts, driveFormatsWithImport, unusedCount } from './drive-formats';

/** A drive of a machine: what its configuration line says. @internal */
export interface Drive {
  /** `scsi0`. */
  readonly key: string;
  /** `scsi`. */
  readonly kind: string;
  readonly index: number;
  /** The volume, `none`, `cdrom`, a path, or what a request puts there to have one made: `local:32`, `local:cloudinit`. */
  file: string;
  /** Bytes, if the line tells. */
  size?: number;
  /** Everything else: `discard` → `on`. */
  readonly options: { [name: string]: string };
}

// 8.4 knows all that 9.1 knows; what 9.1 does not take any more is refused or skipped before this is asked.
const formats: { readonly [kind: string]: PropertyString } = {
  ...driveFormatsWithImport(versions['8.4']), tpmstate: driveFormatsWithImport(versions['9.1']).tpmstate,
};
const image = 'raw|qcow|qcow2|qed|vmdk|cloop';
const cloudInitVolume = new RegExp(`[:/](?:vm-\\d+-)?cloudinit(?:\\.(?:${image}))?$`);
const newDisk = /^(?:([^/:\s]+):)?(\d+(?:\.\d+)?)$/;

/** All keys drives can have, in the order in which PVE goes through them. @internal */
export const allDriveKeys: readonly string[] = Object.entries(driveCounts).flatMap(([kind, count]) => Array.from({ length: count }, (_, i) => `${kind}${i}`));

const known = new Set(allDriveKeys);

/** Whether a key is that of a drive; `unused0` is none. @internal */
export function isDriveKey(key: string): boolean {
  return known.has(key);
}

/** Whether a key is that of an unused volume. @internal */
export function isUnusedKey(key: string): boolean {
  const index = /^unused(\d+)$/.exec(key)?.[1];
  return index !== undefined && Number(index) < unusedCount;
}

/** The drives a configuration has, in PVE's order. @internal */
export function driveKeys(config: ReadonlyMap<string, string>): string[] {
  return allDriveKeys.filter((key) => config.has(key));
}

/** The drives a configuration has, read. @internal */
export function drivesOf(config: ReadonlyMap<string, string>): Drive[] {
  return driveKeys(config).flatMap((key) => parseDrive(key, config.get(key)!) ?? []);
}

/**
 * A line about a drive; undefined if it is none that PVE could read.
 *
 * @internal
 */
export function parseDrive(key: string, line: string): Drive | undefined {
  const [, kind, index] = /^(\D+)(\d+)$/.exec(key) ?? [];
  if (kind === undefined || !(isDriveKey(key) || isUnusedKey(key))) return undefined;
  let values: { [name: string]: string };
  try {
    values = parsePropertyString(formats[kind], line);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
  const { file, size, ...options } = values;
  if (!scaleThrottles(options) || !isConsistent(kind, options)) return undefined;
  const drive: Drive = { key, kind, index: Number(index), file, options };
  const bytes = size === undefined ? undefined : parseSize(size);
  if (bytes !== undefined) drive.size = bytes;
  return drive;
}

/** The line about a drive: its volume, then the rest by name. @internal */
export function printDrive(drive: Drive): string {
  const values: { [name: string]: string } = { ...drive.options, ...drive.size === undefined ? {} : { size: formatSize(drive.size) } };
  return [drive.file, ...Object.keys(values).sort().map((name) => `${name}=${values[name]}`)].join(',');
}

/** Whether it is a CD drive, one with a cloud-init volume in it included. @internal */
export function isCdrom(drive: Drive, withoutCloudInit = false): boolean {
  return !(withoutCloudInit && isCloudInit(drive)) && drive.options.media === 'cdrom';
}

/** Whether its volume is, or is to become, one with cloud-init's files. @internal */
export function isCloudInit(drive: Drive): boolean {
  return cloudInitVolume.test(drive.file);
}

/** What `local:32` asks for: a new volume on a storage. @internal */
export function newDiskOf(drive: Drive): { readonly storage?: string; readonly gibibytes: number } | undefined {
  const match = newDisk.exec(drive.file);
  return match ? { ...match[1] === undefined ? {} : { storage: match[1] }, gibibytes: Number(match[2]) } : undefined;
}

/** The first free `unusedN`. @throws Error in PVE's words */
export function freeUnusedKey(config: ReadonlyMap<string, string>): string {
  for (let i = 0; i < unusedCount; i++) {
    if (!config.has(`unused${i}`)) return `unused${i}`;
  }
  throw new Error('Too many unused volumes - please delete them first.');
}

/** The devices that the boot order names and that are drives. @internal */
export function bootDrives(config: ReadonlyMap<string, string>): string[] {
  const order = /(?:^|,)order=([^,]*)/.exec(config.get('boot') ?? '')?.[1];
  if (order !== undefined) return order.split(';').filter(isDriveKey);
  const boot = config.get('boot');
  const isList = boot !== undefined && boot.trim() === '' && !config.has('bootdisk');
  const disk = config.get('bootdisk');
  return isList || disk === undefined ? [] : [disk];
}

/** PVE turns bytes into MiB of one byte, whatever the number. */
function scaleThrottles(options: { [name: string]: string }): boolean {
  for (const name of ['bps', 'bps_rd', 'bps_wr']) {
    if (options[name] === undefined) continue;
    delete options[name];
    if (options[`m${name}`] !== undefined) return false;
    options[`m${name}`] = '0.000';
  }
  return true;
}

const requirements: readonly (readonly [string, string])[] = ['', '_rd', '_wr'].flatMap((direction) => [
  [`mbps${direction}_max`, `mbps${direction}`],
  [`bps${direction}_max_length`, `mbps${direction}_max`],
  [`iops${direction}_max_length`, `iops${direction}_max`],
] as const);
const notOfCds = ['snapshot', 'trans', 'format', 'heads', 'secs', 'cyls'];

function isConsistent(kind: string, options: { readonly [name: string]: string }): boolean {
  const set = (name: string) => options[name] !== undefined && options[name] !== '0' && options[name] !== '';
  if (requirements.some(([option, needed]) => set(option) && !set(needed))) return false;
  if (['mbps', 'iops'].some((unit) => set(unit) && (set(`${unit}_rd`) || set(`${unit}_wr`)))) return false;
  return options.media !== 'cdrom' || !(kind === 'virtio' || notOfCds.some(set));
}
