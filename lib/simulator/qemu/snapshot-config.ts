import { failure } from '../api-error';
import { Cluster } from '../cluster';
import { Guest, Snapshot } from '../state/guest';
import { shownValues } from './config';
import { Drive, drivesOf, isCdrom, parseDrive } from './drive';
import { isRunning } from './machine';

/** A snapshot of a machine. @throws ApiError in PVE's words when there is none of that name @internal */
export function snapshotOf(guest: Guest, name: string): Snapshot {
  const snapshot = guest.snapshots.get(name);
  if (snapshot === undefined) throw failure(`snapshot '${name}' does not exist`);
  return snapshot;
}

/** The disks of a configuration, without CD drives. @internal */
export function disksOf(config: ReadonlyMap<string, string>): Drive[] {
  return drivesOf(config).filter((drive) => !isCdrom(drive));
}

/** Whether a snapshot of a machine has a volume in one of its drives. @internal */
export function isInSnapshot(guest: Guest, volid: string): boolean {
  return [...guest.snapshots.values()].some((config) => disksOf(config).some(({ file }) => file === volid));
}

/** The volumes with the memory that configurations saved. @internal */
export function savedStates(...configs: ReadonlyMap<string, string>[]): Drive[] {
  return configs.flatMap((config) => {
    const volid = config.get('vmstate');
    return volid === undefined ? [] : parseDrive('unused0', volid) ?? [];
  });
}

/** The snapshots of a machine as lists tell them, and at the end what it is now. @internal */
export function shownSnapshots(cluster: Cluster, guest: Guest): object[] {
  const parent = (config: ReadonlyMap<string, string>) => config.has('parent') ? { parent: config.get('parent') } : {};
  return [
    ...[...guest.snapshots].map(([name, config]) => ({
      name,
      snaptime: Number(config.get('snaptime') ?? 0),
      vmstate: config.has('vmstate') ? 1 : 0,
      description: config.get('description') ?? '',
      ...parent(config),
      ...config.has('snapstate') ? { snapstate: config.get('snapstate') } : {},
    })),
    { name: 'current', digest: guest.digest, running: isRunning(cluster, guest) ? 1 : 0, description: 'You are here!', ...parent(guest.config) },
  ];
}

/** The configuration of a snapshot as answers have it; a password is not hidden where PVE does not hide it. @internal */
export function shownSnapshot({ version }: Cluster, guest: Guest, name: string): { [key: string]: string | number } {
  return shownValues(version, snapshotOf(guest, name));
}
