import { failure } from '../api-error';
import { Cluster } from '../cluster';
import { Guest } from '../state/guest';
import { PveVersion } from '../version';
import { driveKeys, drivesOf, isCloudInit, parseDrive } from './drive';
import { configProperties } from './options';

/** A value as answers have it: numbers where the schema says integer or boolean, text everywhere else. */
type Value = string | number;

/** What stands for a password. @internal */
export const hidden = '**********';

/** What is kept of a value; integers and booleans in their plain form. @throws ApiError in PVE's words */
function stored(version: PveVersion, key: string, value: string): string {
  const refuse = (text: string) => failure(`unable to parse value of '${key}' - ${text}`);
  const type = configProperties(version)[key]?.type;
  if (type === undefined) throw refuse(`unknown setting '${key}'`);
  if (/[\n\r]/.test(value)) throw refuse('property contains a line feed');
  if (type === 'integer' && !/^\d+$/.test(value) || type === 'number' && !/^\d+(?:\.\d+)?$/.test(value)) throw refuse(`type check ('${type}') failed - got '${value}'`);
  return type === 'integer' ? `${Number(value)}` : value;
}

/** Text of a description as the file's comment keeps it; none if there is nothing in it. @internal */
export function storedDescription(text: string): string | undefined {
  const trimmed = text.trimEnd();
  return trimmed === '' || trimmed === '0' ? undefined : trimmed;
}

/**
 * Puts a machine's configuration in the form in which PVE's file would give it back. To be called after every change.
 *
 * @throws ApiError when a value cannot be kept
 * @internal
 */
export function normalize({ version }: Pick<Cluster, 'version'>, guest: Guest): void {
  renameOldOptions(guest.config);
  for (const values of [guest.config, guest.pending]) {
    for (const [key, value] of values) {
      const kept = key === 'description' ? storedDescription(value) : stored(version, key, value);
      if (kept === undefined && values === guest.config) values.delete(key);
      else values.set(key, kept ?? '');
    }
  }
  const used = new Set([...filesOf(guest.config), ...filesOf(guest.pending)]);
  for (const [key, value] of guest.config) {
    if (key.startsWith('unused') && used.has(value)) guest.config.delete(key);
  }
  if (guest.cloudInit.size > 0 && !drivesOf(guest.config).some(isCloudInit)) guest.cloudInit.clear();
}

/** The volumes of drives. */
function filesOf(config: ReadonlyMap<string, string>): string[] {
  return driveKeys(config).map((key) => {
    const drive = parseDrive(key, config.get(key)!);
    if (drive === undefined) throw failure(`unable to parse value of '${key}' - format error`);
    return drive.file;
  });
}

function renameOldOptions(config: Map<string, string>): void {
  const cdrom = config.get('cdrom');
  if (cdrom !== undefined) {
    if (config.has('ide2')) throw failure('option ide2 conflicts with cdrom');
    config.delete('cdrom');
    config.set('ide2', cdrom);
  }
  const processors = config.get('smp');
  if (processors === undefined) return;
  config.delete('smp');
  if (!config.has('sockets')) {
    config.set('sockets', processors);
    config.delete('cores');
  }
}

function shown(version: PveVersion, key: string, value: string): Value {
  const type = configProperties(version)[key]?.type;
  if (type === 'integer' || type === 'boolean') return Number(value);
  // An empty value comes back from the file as the blank after its colon.
  return key === 'boot' && value === '' ? ' ' : value;
}

/** Options as answers have them. @internal */
export function shownValues(version: PveVersion, values: ReadonlyMap<string, string>): { [key: string]: Value } {
  return Object.fromEntries([...values].map(([key, value]) => [key, shown(version, key, value)]));
}

/** A machine's configuration as answers have it: with what is pending, or as it is now. @internal */
export function shownConfig({ version }: Cluster, guest: Guest, current: boolean): { [key: string]: Value } {
  const values = new Map(guest.config);
  if (!current) {
    guest.pending.forEach((value, key) => values.set(key, value));
    guest.pendingDelete.forEach((_, key) => values.delete(key));
  }
  const config = shownValues(version, values);
  if (config.cipassword) config.cipassword = hidden;
  return { ...config, digest: guest.digest };
}

/** A machine's options, each with its value, what is pending for it, and whether it is to be deleted. @internal */
export function shownPending({ version }: Cluster, guest: Guest): object[] {
  const masked = (key: string, value: string, mask: string) => key === 'cipassword' ? mask : shown(version, key, value);
  const pending = (key: string) => guest.pending.has(key) ? { pending: masked(key, guest.pending.get(key)!, `${hidden} `) } : {};
  const deletion = (key: string) => guest.pendingDelete.has(key) ? { delete: guest.pendingDelete.get(key)!.force ? 2 : 1 } : {};
  return [
    ...[...guest.config].map(([key, value]) => ({ key, value: masked(key, value, hidden), ...pending(key), ...deletion(key) })),
    { key: 'digest', value: guest.digest },
    ...[...guest.pending.keys()].filter((key) => !guest.config.has(key)).map((key) => ({ key, ...pending(key) })),
    // PVE looks at the entry, not at what it says: such a deletion always shows as forced.
    ...[...guest.pendingDelete.keys()].filter((key) => !guest.config.has(key)).map((key) => ({ key, delete: 2 })),
  ];
}
