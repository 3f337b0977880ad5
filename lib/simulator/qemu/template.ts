import { Call } from '../api/endpoint';
import { failure } from '../api-error';
import { Cluster } from '../cluster';
import { Guest } from '../state/guest';
import { VolumeLog } from '../storage/transfer';
import { drivesOf, isCdrom, printDrive } from './drive';
import { isRunning, refuseLocked } from './machine';

/** Starts to turn a machine into a template, or with `disk` one disk of a template into a base. @internal */
export function convertToTemplate({ cluster, parameters, node, task }: Call): string {
  const vmid = parameters.number('vmid');
  const disk = parameters.optional('disk');
  const check = () => {
    const guest = cluster.machine(node, vmid);
    refuseLocked(guest);
    if (guest.snapshots.size > 0) throw failure('unable to create template, because VM contains snapshots');
    if (guest.isTemplate && disk === undefined) throw failure('you can\'t convert a template to a template');
    if (isRunning(cluster, guest)) throw failure('you can\'t convert a VM to template if VM is running');
    return guest;
  };
  check();
  return task('qmtemplate', `${vmid}`, ({ log }) => cluster.locks.hold(vmid, async () => {
    const guest = check();
    guest.config.set('template', '1');
    await makeBases(cluster, guest, log, disk);
  }, 10, log));
}

/** Turns the disks of a machine, or one of them, into bases that linked clones can stand on. @internal */
export async function makeBases({ volumes }: Cluster, guest: Guest, log: VolumeLog, only?: string): Promise<void> {
  for (const drive of drivesOf(guest.config)) {
    if (isCdrom(drive) || drive.file.startsWith('/') || only !== undefined && drive.key !== only) continue;
    if (volumes.parse(drive.file).isBase) continue;
    const { volid } = await volumes.makeBase(guest.node, drive.file, { log });
    guest.config.set(drive.key, printDrive({ ...drive, file: volid }));
  }
}
