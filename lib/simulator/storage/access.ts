import { failure } from '../api-error';
import { Cluster } from '../cluster';

/**
 * Refuses who may not read a volume.
 *
 * @param vmid the machine it is wanted for; of its own volumes nothing is asked
 * @throws ApiError
 * @internal
 */
export function checkVolumeAccess(cluster: Cluster, caller: string, volid: string, vmid?: number): void {
  const { storage, content, vmid: owner } = cluster.volumes.parse(volid);
  const path = `/storage/${storage}`;
  const { access } = cluster;
  if (access.allows(caller, path, ['Datastore.Allocate'])) return;
  if (content === 'iso' || content === 'vztmpl' || content === 'import') {
    access.check(caller, path, ['Datastore.AllocateSpace', 'Datastore.Audit'], true);
  } else if (owner !== undefined && owner === vmid) {
    return;
  } else if (content === 'backup' && owner !== undefined) {
    access.check(caller, path, ['Datastore.AllocateSpace']);
    access.check(caller, `/vms/${owner}`, ['VM.Backup']);
  } else if ((content === 'images' || content === 'rootdir') && owner !== undefined) {
    access.check(caller, path, ['Datastore.Audit']);
    access.check(caller, `/vms/${owner}`, ['VM.Config.Disk']);
  } else {
    throw failure(`missing privileges to access ${volid}`);
  }
}

/** Whether a caller may read a volume. @internal */
export function mayReadVolume(cluster: Cluster, caller: string, volid: string): boolean {
  try {
    checkVolumeAccess(cluster, caller, volid);
    return true;
  } catch {
    return false;
  }
}
