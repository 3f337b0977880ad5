import { Cluster } from '../cluster';
import { Guest } from '../state/guest';
import { VolumeLog } from '../storage/transfer';

/** What the process of a machine that runs says when its copies of disks are to become another machine's. @internal */
export async function endCloneMirrors({ engine }: Cluster, { vmid, config }: Guest, keys: readonly string[], log: VolumeLog): Promise<void> {
  let frozen = config.has('agent');
  if (frozen) {
    await engine.agent(vmid, 'guest-ping').catch(() => {
      frozen = false;
      log(`QEMU Guest Agent is not running - VM ${vmid} qmp command 'guest-ping' failed - got timeout`);
    });
  }
  log(frozen ? 'freeze filesystem' : 'suspend vm');
  keys.forEach((key) => log(`drive-${key}: Cancelling block job`));
  keys.forEach((key) => log(`drive-${key}: Done.`));
  log(frozen ? 'unfreeze filesystem' : 'resume vm');
}

/** What it says when it goes over to the copy of a disk. @internal */
export function endMoveMirror(key: string, log: VolumeLog): void {
  log(`drive-${key}: Completing block job...`);
  log(`drive-${key}: Completed successfully.`);
  log(`drive-${key}: mirror-job finished`);
}
