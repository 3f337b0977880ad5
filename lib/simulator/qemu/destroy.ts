import { Call } from '../api/endpoint';
import { failure } from '../api-error';
import { Cluster } from '../cluster';
import { Guest } from '../state/guest';
import { VolumeLog } from '../storage/transfer';
import { Drive, drivesOf, isCdrom, isUnusedKey, parseDrive } from './drive';
import { isRunning, refuseLocked } from './machine';
import { refuseUnlessRoot } from './root-only';
import { savedStates } from './snapshot-config';

/** Starts to destroy a machine with its disks. @internal */
export function destroy({ cluster, caller, parameters, node, task }: Call): string {
  refuseUnlessRoot(caller, parameters, 'skiplock');
  const vmid = parameters.number('vmid');
  const purge = parameters.flag('purge');
  const check = () => {
    const guest = cluster.machine(node, vmid);
    if (Number(guest.config.get('protection') ?? 0)) throw failure(`can't remove VM ${vmid} - protection mode enabled`);
    if (!purge && cluster.ha.has(`vm:${vmid}`)) throw failure(`unable to remove VM ${vmid} - used in HA resources and purge parameter not set.`);
    if (isRunning(cluster, guest)) throw failure(`VM ${vmid} is running - destroy failed`);
    return guest;
  };
  check();
  return task('qmdestroy', `${vmid}`, ({ log }) => cluster.locks.hold(vmid, async () => {
    const guest = check();
    if (!parameters.flag('skiplock') && guest.config.get('lock') !== 'suspended') refuseLocked(guest);
    await removeVolumes(cluster, guest, parameters.flag('destroy-unreferenced-disks'), log);
    guest.config = new Map([['lock', 'destroyed']]);
    forgetRights(cluster, vmid);
    if (purge) {
      log(`purging VM ${vmid} from related configurations..`);
      if (cluster.ha.delete(`vm:${vmid}`)) log(`NOTE: removed VM ${vmid} from HA resource configuration.`);
    }
    cluster.guests.delete(vmid);
  }, 10, log));
}

async function removeVolumes({ volumes }: Cluster, guest: Guest, unreferenced: boolean, log: VolumeLog): Promise<void> {
  const { config, pending, node, vmid } = guest;
  const named = [...drivesOf(config), ...unusedOf(config)];
  for (const drive of named) {
    if (!guest.isTemplate || isCdrom(drive) || drive.file.startsWith('/')) continue;
    if (volumes.isInUse(drive.file) !== undefined) throw failure(`base volume '${drive.file}' is still in use by linked cloned`);
  }
  const done = new Set<string>();
  for (const drive of [...named, ...savedStates(config, ...guest.snapshots.values()), ...drivesOf(pending)]) {
    if (isCdrom(drive, true) || drive.file.startsWith('/') || done.has(drive.file) || volumes.parse(drive.file).vmid !== vmid) continue;
    done.add(drive.file);
    await volumes.free(node, drive.file, { log }).catch((error: Error) => log(`Could not remove disk '${drive.file}', check manually: ${error.message}`));
  }
  if (!unreferenced) return;
  for (const volume of volumes.of(vmid)) {
    if (volume.content !== 'images' || volume.node !== undefined && volume.node !== node) continue;
    await volumes.free(node, volume.volid, { log }).catch((error: Error) => log(error.message));
  }
}

function unusedOf(config: ReadonlyMap<string, string>): Drive[] {
  return [...config].flatMap(([key, value]) => isUnusedKey(key) ? parseDrive(key, value) ?? [] : []);
}

/** Nobody has rights on a machine that is gone, and no pool holds it. */
function forgetRights({ access, pools }: Cluster, vmid: number): void {
  for (const { guests } of pools.values()) guests.delete(vmid);
  const kept = access.acl.filter(({ path }) => path !== `/vms/${vmid}`);
  access.acl.splice(0, access.acl.length, ...kept);
}
