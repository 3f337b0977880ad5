import { failure } from '../api-error';
import { Cluster } from '../cluster';
import { EngineError } from '../engine/engine';
import { Volume } from '../state/storage';
import { devices } from './devices';
import { VolumeLog } from './transfer';

function snapshotsOf(volume: Volume): Map<string, number> {
  return volume.snapshots ??= new Map<string, number>();
}

/** Keeps a volume as it is now. @internal */
export async function takeVolumeSnapshot(cluster: Cluster, node: string, volid: string, name: string, log?: VolumeLog): Promise<void> {
  const volume = cluster.volumes.find(node, volid);
  await told(() => cluster.engine.volumes.snapshot(cluster.volumes.file(volume), name));
  snapshotsOf(volume).set(name, volume.size);
  print(cluster, volume, name, 'taken', log);
}

/** Refuses to go back to what a storage cannot go back to. @internal */
export function checkVolumeRollback(cluster: Cluster, node: string, volid: string, name: string): void {
  const volume = cluster.volumes.find(node, volid);
  if (cluster.storages.get(cluster.volumes.parse(volume.volid).storage)!.definition.type !== 'zfspool') return;
  const names = [...snapshotsOf(volume).keys()];
  if (!names.includes(name)) throw failure(`can't rollback, snapshot '${name}' does not exist on '${volid}'`);
  if (names.at(-1) !== name) throw failure(`can't rollback, '${name}' is not most recent snapshot on '${volid}'`);
}

/** Makes a volume what it was. @internal */
export async function rollBackVolume(cluster: Cluster, node: string, volid: string, name: string, log?: VolumeLog): Promise<void> {
  const volume = cluster.volumes.find(node, volid);
  const size = snapshotsOf(volume).get(name);
  if (size === undefined) throw toolFailure(cluster, node, volume, '-a', name, `apply snapshot '${name}': -2 (No such file or directory)`, log);
  await told(() => cluster.engine.volumes.rollBack(cluster.volumes.file(volume), name));
  volume.size = size;
  print(cluster, volume, name, 'restored', log);
}

/** Forgets what a volume was. @internal */
export async function dropVolumeSnapshot(cluster: Cluster, node: string, volid: string, name: string, log?: VolumeLog): Promise<void> {
  const volume = cluster.volumes.find(node, volid);
  if (!snapshotsOf(volume).has(name)) throw toolFailure(cluster, node, volume, '-d', name, `delete snapshot '${name}': snapshot not found`, log);
  await told(() => cluster.engine.volumes.dropSnapshot(cluster.volumes.file(volume), name));
  snapshotsOf(volume).delete(name);
  print(cluster, volume, name, 'removed', log);
}

function print({ volumes, storages }: Cluster, volume: Volume, snapshot: string, what: 'taken' | 'restored' | 'removed', log?: VolumeLog): void {
  const { storage, name } = volumes.parse(volume.volid);
  const { definition } = storages.get(storage)!;
  devices(definition.type).snapshot(definition, name, snapshot, what, log);
}

/** What qemu-img says of an image, and how it ends. */
function toolFailure(cluster: Cluster, node: string, volume: Volume, option: string, name: string, problem: string, log?: VolumeLog): Error {
  log?.(`qemu-img: Could not ${problem}`);
  return failure(`command '/usr/bin/qemu-img snapshot ${option} ${name} ${cluster.volumes.path(node, volume.volid)}' failed: exit code 1`);
}

async function told(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw error instanceof EngineError ? failure(error.message) : error;
  }
}
