import { failure } from '../api-error';
import { Cluster } from '../cluster';
import { Guest } from '../state/guest';
import { VolumeLog } from '../storage/transfer';
import { isRunning, markStopped, properties, refuseLocked } from './machine';
import { disksOf } from './snapshot-config';

type Config = Map<string, string>;

const mebibyte = 1024 ** 2;

/** What a configuration says of memory that was saved. @internal */
export const savedOptions: readonly string[] = ['vmstate', 'runningmachine', 'runningcpu'];

/** Refuses to save the memory of a machine that cannot go on from it. @internal */
export function refuseBlockers({ config }: Guest): void {
  const blockers = [...config.has('amd-sev') ? ['amd-sev'] : [], ...[...config.keys()].some((key) => /^virtiofs\d+$/.test(key)) ? ['virtiofs'] : []];
  if (blockers.length > 0) throw failure(`Cannot live-migrate, snapshot (with RAM), or hibernate a VM with: ${blockers.join(', ')}`);
}

/**
 * Makes the volume for the memory of a machine, with room for twice of it, and says so in a configuration.
 *
 * @param into the configuration of the machine, or of a snapshot
 * @internal
 */
export async function allocateState(
  cluster: Cluster, guest: Guest, name: string, into: Config, log: VolumeLog, storage = stateStorage(cluster, guest.config),
): Promise<void> {
  const { vmid, node, config } = guest;
  const memory = Number(properties(config.get('memory') ?? '512', 'current').current);
  const file = `vm-${vmid}-state-${name}${cluster.storage(storage, node).isFileBased ? '.raw' : ''}`;
  const { volid } = await cluster.volumes.allocate(node, storage, vmid, { bytes: (memory * 2 + 500) * mebibyte, format: 'raw', name: file, log });
  into.set('vmstate', volid);
  into.set('runningmachine', properties(config.get('machine') ?? '', 'type').type ?? 'pc');
  into.set('runningcpu', properties(config.get('cpu') ?? '', 'cputype').cputype ?? 'kvm64');
}

/** Where memory goes: what the machine says, else a storage that has a disk of it, shared ones and such of files first. @internal */
export function stateStorage({ storages }: Cluster, config: ReadonlyMap<string, string>): string {
  const own = config.get('vmstatestorage');
  if (own) return own;
  const ids = [...new Set(disksOf(config).flatMap(({ file }) => file.startsWith('/') ? [] : [file.split(':')[0]]))].sort();
  const best = (shared: boolean) => {
    const known = ids.filter((id) => storages.get(id)?.definition.shared === shared);
    return known.filter((id) => storages.get(id)!.isFileBased).at(-1) ?? known[0];
  };
  return best(true) ?? best(false) ?? 'local';
}

/** Saves a machine's memory and stops it; its next start goes on from there. @internal */
export async function suspendToDisk(cluster: Cluster, node: string, vmid: number, storage: string, skiplock: boolean, log: VolumeLog): Promise<void> {
  await cluster.locks.hold(vmid, async () => {
    const guest = cluster.machine(node, vmid);
    const isBackedUp = guest.config.get('lock') === 'backup';
    if (!skiplock && !isBackedUp) refuseLocked(guest);
    if (isBackedUp) throw failure('cannot suspend to disk during backup');
    refuseBlockers(guest);
    if (!isRunning(cluster, guest)) throw failure(`VM ${vmid} not running`);
    const date = new Date(cluster.now()).toISOString().slice(0, 10);
    await allocateState(cluster, guest, `suspend-${date}`, guest.config, log, storage);
    log('State saved, quitting');
    await cluster.engine.stop(vmid);
    markStopped(guest);
    guest.config.set('lock', 'suspended');
  }, 10, log);
}

/** Forgets what was saved, once the machine goes on. @internal */
export async function forgetSavedState(cluster: Cluster, { config, node }: Guest, log: VolumeLog): Promise<void> {
  const state = config.get('vmstate');
  if (state !== undefined) await cluster.volumes.free(node, state, { log });
  for (const key of ['lock', ...savedOptions]) config.delete(key);
}
