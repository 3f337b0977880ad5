import { Call } from '../api/endpoint';
import { failure } from '../api-error';
import { parseSize } from '../schema/formats';
import { isCdrom, parseDrive, printDrive } from './drive';
import { isRunning, refuseLocked } from './machine';
import { refuseUnlessRoot } from './root-only';

/** Starts to grow a disk; everything is checked by the task. @internal */
export function resize({ cluster, caller, parameters, node, task }: Call): string {
  refuseUnlessRoot(caller, parameters, 'skiplock');
  const vmid = parameters.number('vmid');
  const key = parameters.text('disk');
  const [, plus, wanted] = /^(\+?)(.*)$/.exec(parameters.text('size'))!;
  return task('resize', `${vmid}`, ({ log }) => cluster.locks.hold(vmid, async () => {
    const guest = cluster.machine(node, vmid);
    const digest = parameters.optional('digest');
    if (digest && digest !== guest.digest) throw failure('checksum mismatch (file change by other user?)');
    if (!parameters.flag('skiplock')) refuseLocked(guest);
    const line = guest.config.get(key);
    const drive = line === undefined ? undefined : parseDrive(key, line);
    if (drive === undefined) throw failure(`disk '${key}' does not exist`);
    const { storage } = cluster.volumes.parse(drive.file);
    if (isCdrom(drive)) throw failure('you can\'t resize a cdrom');
    cluster.access.check(caller.id, `/storage/${storage}`, ['Datastore.AllocateSpace']);
    const size = cluster.volumes.size(node, drive.file);
    const bytes = parseSize(wanted)! + (plus === '' ? 0 : size);
    if (bytes < size) throw failure('shrinking disks is not supported');
    if (bytes === size) return;
    const running = isRunning(cluster, guest);
    // What grows an image that is in use is the machine's own process, which says nothing.
    await cluster.volumes.resize(node, drive.file, bytes, running ? {} : { log });
    if (running) await cluster.engine.resized(vmid, key, bytes);
    guest.config.set(key, printDrive({ ...drive, size: bytes }));
  }, 10, log));
}
