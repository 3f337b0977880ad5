import { randomUUID } from 'node:crypto';
import { Caller } from '../access/access-control';
import { Call, TaskLog } from '../api/endpoint';
import { ApiError, failure } from '../api-error';
import { Cluster } from '../cluster';
import { Guest } from '../state/guest';
import { Volume } from '../state/storage';
import { checkMappings, checkStorages } from './clone-access';
import { normalize } from './config';
import { copyDrive, unlessStopped } from './disk-copy';
import { Drive, isCdrom, isCloudInit, isDriveKey, isUnusedKey, parseDrive, printDrive } from './drive';
import { hasFeature } from './feature';
import { withNewMac, withNewUuid } from './identity';
import { existingMachine, isRunning, refuseLocked } from './machine';
import { endCloneMirrors } from './mirror';
import { checkBridges } from './permissions';
import { snapshotOf } from './snapshot-config';

/** What is asked for. */
interface CloneRequest {
  readonly caller: Caller;
  readonly node: string;
  readonly vmid: number;
  readonly newid: number;
  readonly snapshot?: string;
  readonly name?: string;
  readonly description?: string;
  readonly pool?: string;
  readonly storage?: string;
  readonly format?: string;
  readonly full?: boolean;
  readonly target?: string;
}

/** What is to be done: the configuration without its drives, and the drives with whether each is copied whole. */
interface Plan {
  readonly config: Map<string, string>;
  readonly drives: readonly { readonly drive: Drive; readonly full: boolean }[];
  readonly source: Guest;
  /** Its configuration, or that of the snapshot. */
  readonly cloned: ReadonlyMap<string, string>;
}

/** Starts to clone a machine; what can be refused at once is. @internal */
export function clone({ cluster, caller, parameters, node, task }: Call): string {
  const target = parameters.optional('target');
  const request: CloneRequest = {
    caller,
    node,
    vmid: parameters.number('vmid'),
    newid: parameters.number('newid'),
    snapshot: parameters.optional('snapname'),
    name: parameters.optional('name'),
    description: parameters.optional('description'),
    pool: parameters.optional('pool'),
    storage: parameters.optional('storage'),
    format: parameters.optional('format'),
    full: parameters.has('full') ? parameters.flag('full') : undefined,
    target: target === node || target === 'localhost' ? undefined : target,
  };
  const wasRunning = isRunning(cluster, existingMachine(cluster, node, request.vmid));
  plan(cluster, request, wasRunning);
  return task('qmclone', `${request.vmid}`, (log) => {
    // Several clones of one machine may be made at once, unless it runs.
    const locked = () => cluster.locks.hold(request.newid, () => make(cluster, request, wasRunning, log), 1, log.log);
    return wasRunning ? cluster.locks.hold(request.vmid, locked, 1, log.log) : cluster.locks.share(request.vmid, locked, 1, log.log);
  }, { cleansUp: true });
}

function plan(cluster: Cluster, request: CloneRequest, wasRunning: boolean): Plan {
  const { caller, node, vmid, newid, pool, storage, format, target } = request;
  if (pool !== undefined && !cluster.pools.has(pool)) throw ApiError.permission(`pool '${pool}' does not exist`);
  if (target !== undefined && !cluster.nodes.has(target)) throw failure(`no such cluster node '${target}'`);
  if (storage !== undefined) {
    const { definition } = cluster.storage(storage, node);
    if (!definition.content.includes('images')) throw ApiError.parameters({ storage: `storage '${storage}' does not support vm images` });
    if (target !== undefined && !cluster.storage(storage, target).definition.shared) throw failure(`can't clone to non-shared storage '${storage}'`);
  }
  const source = cluster.machine(node, vmid);
  refuseLocked(source);
  if (isRunning(cluster, source) !== wasRunning) throw failure('unexpected state change');
  const cloned = request.snapshot ? snapshotOf(source, request.snapshot) : source.config;
  const full = request.full ?? !source.isTemplate;
  if (storage !== undefined && !full) throw failure('parameter \'storage\' not allowed for linked clones');
  if (format !== undefined && !full) throw failure('parameter \'format\' not allowed for linked clones');
  const onSharedStorage = checkStorages(cluster, caller.id, cloned, storage);
  checkMappings(cluster, caller.id, cloned);
  checkBridges({ cluster, caller, vmid }, Object.fromEntries(cloned));
  if (target !== undefined && !onSharedStorage) throw failure(`can't clone VM to node '${target}' (VM uses local storage)`);
  const there = cluster.guests.get(newid);
  if (there?.node === node && there.type === 'qemu') throw failure(`unable to create VM ${newid}: config file already exists`);
  return { source, cloned, ...inherit(cluster, cloned, full, wasRunning, request.snapshot) };
}

/** What a clone takes over, and which drives have to be copied for it. */
function inherit(cluster: Cluster, config: ReadonlyMap<string, string>, full: boolean, running: boolean, snapshot?: string): Pick<Plan, 'config' | 'drives'> {
  const inherited = new Map<string, string>();
  const drives: { drive: Drive; full: boolean }[] = [];
  for (const [key, value] of [...config].sort(([a], [b]) => a < b ? -1 : 1)) {
    if (isUnusedKey(key) || ['template', 'parent', 'snaptime', 'snapstate', 'vmstate', 'runningcpu', 'runningmachine'].includes(key)) continue;
    if (full && running && !snapshot && key === 'tpmstate0') throw failure('cannot clone TPM state while VM is running');
    const drive = isDriveKey(key) ? parseDrive(key, value) : undefined;
    if (isDriveKey(key) && drive === undefined) throw failure(`unable to parse drive options for '${key}'`);
    if (drive === undefined || isCdrom(drive, true)) {
      inherited.set(key, /^net\d+$/.test(key) ? withNewMac(value) : value);
      continue;
    }
    const whole = full || isCloudInit(drive) || key === 'tpmstate0';
    if (!hasFeature(cluster, drive.file, whole ? 'copy' : 'clone', snapshot)) {
      throw failure(`${whole ? 'Full' : 'Linked'} clone feature is not supported for${snapshot ? ' a snapshot of' : ''} '${drive.file}' (${key})`);
    }
    if (snapshot && !whole) throw new ApiError(501, 'linked clones of snapshots are not simulated');
    drives.push({ drive, full: whole });
  }
  return { config: inherited, drives };
}

async function make(cluster: Cluster, request: CloneRequest, wasRunning: boolean, task: TaskLog): Promise<void> {
  const { node, vmid, newid, name, description, storage, format, target, pool } = request;
  const { source, cloned, config, drives } = plan(cluster, request, wasRunning);
  if (cluster.version.line === '9.1') task.log(`creating a clone of VM ${vmid} with ID ${newid}`);
  config.set('smbios1', withNewUuid(config.get('smbios1') ?? ''));
  if (config.get('vmgenid')) config.set('vmgenid', randomUUID());
  config.set('name', name || `Copy-of-VM-${cloned.get('name') ?? vmid}`);
  if (description) config.set('description', description);
  if (cluster.guests.has(newid)) throw failure(`close (rename) atomic file '/etc/pve/nodes/${node}/qemu-server/${newid}.conf' failed: File exists`);
  const guest = new Guest(newid, 'qemu', node, [['lock', 'clone']], cluster.now());
  cluster.guests.set(newid, guest);
  source.firewall.forEach((value, option) => guest.firewall.set(option, value));
  const made: Volume[] = [];
  try {
    for (const { drive } of drives) if (!isCloudInit(drive)) cluster.volumes.find(node, drive.file);
    await task.pass().catch((error: Error) => {
      throw failure(drives.length > 0 ? `unable to create image: ${error.message}` : error.message);
    });
    for (const { drive, full } of drives) {
      const copied = { vmid: newid, storage, format, full, running: wasRunning, snapshot: request.snapshot || undefined };
      const copying = copyDrive(cluster, node, drive, copied, task.log);
      const copy = await unlessStopped(task, copying, ({ volume }) => made.push(volume));
      made.push(copy.volume);
      config.set(drive.key, printDrive(copy.drive));
      guest.config = new Map([...config, ['lock', 'clone']]);
    }
    const mirrored = drives.filter(({ drive, full }) => full && !isCloudInit(drive)).map(({ drive }) => drive.key);
    if (wasRunning && !request.snapshot && mirrored.length > 0) await endCloneMirrors(cluster, source, mirrored, task.log);
    if (!request.snapshot && (source.pending.size > 0 || source.pendingDelete.size > 0)) {
      task.log(`found pending changes for '${[...source.pending.keys(), ...source.pendingDelete.size > 0 ? ['delete'] : []].join(',')}', discarding for clone`);
    }
    guest.config = config;
    normalize(cluster, guest);
    if (target !== undefined) guest.node = target;
    if (pool !== undefined) cluster.pools.get(pool)?.guests.add(newid);
  } catch (error) {
    await rollBack(cluster, guest, made, task);
    throw failure(`clone failed: ${(error as Error).message}`);
  }
}

/** Leaves nothing of a clone that failed. */
async function rollBack(cluster: Cluster, guest: Guest, made: readonly Volume[], task: TaskLog): Promise<void> {
  for (const { volid } of made) await cluster.volumes.free(guest.node, volid).catch((error: Error) => task.log(error.message));
  if (cluster.guests.get(guest.vmid) === guest) cluster.guests.delete(guest.vmid);
}
