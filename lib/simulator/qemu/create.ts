import { randomUUID } from 'node:crypto';
import { Call, TaskLog } from '../api/endpoint';
import { ApiError, failure } from '../api-error';
import { Cluster } from '../cluster';
import { parsePropertyString, printPropertyString } from '../schema/validation';
import { Guest } from '../state/guest';
import { windowsVersion } from './cloud-init-names';
import { normalize } from './config';
import { createDisks, removeVolumes } from './create-disks';
import { allDriveKeys, isCdrom, isDriveKey, parseDrive } from './drive';
import { checkDrives, checkStorageAccess } from './drive-checks';
import { parseNetwork, printNetwork } from './network';
import { vgaFormat } from './option-formats';
import { requestProperties } from './options';
import { Actor, Options, checkBridges, checkDevices, checkOptions } from './permissions';
import { clamped, resolveCdrom } from './request';
import { checkSshKeys } from './ssh-keys';
import { startMachine } from './start';

/** Parameters of the call that are no options of the machine. */
const own = ['node', 'vmid', 'archive', 'storage', 'force', 'unique', 'live-restore', 'pool', 'bwlimit', 'start', 'import-working-storage', 'ha-managed'];

/** What is asked for, beside the options. */
interface Creation {
  readonly actor: Actor;
  readonly node: string;
  readonly options: Options;
  readonly storage?: string;
  readonly start: boolean;
  readonly managed: boolean;
}

/**
 * Starts to make a machine.
 *
 * @returns the id of the task
 * @internal
 */
export async function createMachine(call: Call): Promise<string> {
  const { cluster, caller, parameters, node } = call;
  const vmid = parameters.number('vmid');
  const pool = parameters.optional('pool');
  const storage = parameters.optional('storage');
  const actor: Actor = { cluster, caller, vmid, pool };
  const sshKeys = parameters.optional('sshkeys');
  if (sshKeys !== undefined) checkSshKeys(sshKeys);
  if (pool !== undefined && !cluster.pools.has(pool)) throw ApiError.permission(`pool '${pool}' does not exist`);
  if (storage !== undefined) cluster.access.check(caller.id, `/storage/${storage}`, ['Datastore.AllocateSpace']);
  const allowed = (path: string) => cluster.access.allows(caller.id, path, ['VM.Allocate']);
  if (!allowed(`/vms/${vmid}`) && !(pool !== undefined && allowed(`/pool/${pool}`))) throw ApiError.permission();
  refuseRestore(call);
  const options = checkedOptions(call, actor, resolveCdrom(clamped(requested(call))), storage);
  const creation: Creation = { actor, node, options, storage, start: parameters.flag('start'), managed: parameters.flag('ha-managed') };
  const guest = await claim(cluster, node, vmid);
  const undo = () => {
    if (cluster.guests.get(vmid) === guest) cluster.guests.delete(vmid);
  };
  return call.task('qmcreate', `${vmid}`, async (task) => {
    try {
      await task.pass();
      await cluster.locks.hold(vmid, () => make(creation, guest, task), 1);
    } catch (error) {
      undo();
      throw error;
    }
    if (creation.managed) {
      task.log('Add as HA resource');
      cluster.ha.set(`vm:${vmid}`, { sid: `vm:${vmid}`, state: creation.start ? 'started' : 'stopped' });
    }
    if (creation.start) {
      task.log('Execute autostart');
      cluster.tasks.start(node, 'qmstart', `${vmid}`, caller.id, (log) => startMachine(cluster, node, vmid, log));
    }
  }, { cleansUp: true, undo });
}

function requested({ parameters, cluster }: Call): Options {
  const known = requestProperties(cluster.version);
  return Object.fromEntries(parameters.names(...own).filter((name) => known[name] !== undefined).map((name) => [name, parameters.text(name)]));
}

function refuseRestore({ parameters }: Call): void {
  if (parameters.optional('archive')) throw new ApiError(501, 'restoring a backup is not simulated');
  const imports = parameters.names(...own).some((name) => isDriveKey(name) && /(?:^|,)import-from=/.test(parameters.text(name)));
  if (imports && parameters.flag('live-restore')) throw new ApiError(501, 'importing while the machine runs is not simulated');
}

function checkedOptions({ parameters, node, cluster }: Call, actor: Actor, options: Options, storage: string | undefined): Options {
  if (Object.keys(options).length === 0) return options;
  checkStorageAccess(actor, options, storage, parameters.optional('import-working-storage'));
  checkOptions(actor, Object.keys(options));
  checkDevices(actor, options);
  checkBridges(actor, options);
  const checked = checkDrives(cluster, node, options);
  return Object.fromEntries(Object.entries(checked).map(([key, value]) => [key, /^net\d+$/.test(key) ? printNetwork(parseNetwork(value)) : value]));
}

/** Takes the id, so that nobody else can while the machine is made. */
async function claim(cluster: Cluster, node: string, vmid: number): Promise<Guest> {
  try {
    return await cluster.locks.hold(vmid, () => {
      const other = cluster.guests.get(vmid);
      if (other !== undefined) throw failure(`${other.type === 'qemu' ? 'VM' : 'CT'} ${vmid} already exists on node '${other.node}'`);
      const guest = new Guest(vmid, 'qemu', node, [['lock', 'create']], cluster.now());
      cluster.guests.set(vmid, guest);
      return guest;
    }, 5);
  } catch (error) {
    throw failure(`unable to create VM ${vmid} - ${(error as Error).message}`);
  }
}

async function make({ actor, node, options, storage }: Creation, guest: Guest, task: TaskLog): Promise<void> {
  const { cluster, vmid, pool } = actor;
  const config = new Map(Object.entries(options));
  config.set('meta', `creation-qemu=${cluster.version.qemu},ctime=${Math.floor(cluster.now() / 1000)}`);
  let volumes: readonly string[] = [];
  try {
    const made = await createDisks({ actor, node, configs: [config], isTemplate: options.template === '1', options, storage, task });
    ({ volumes } = made);
    Object.entries(made.lines).forEach(([key, line]) => config.set(key, line));
    addDefaults(cluster, config, task);
    // A scratch machine shows whether everything can be kept before the real one has it.
    const complete = new Guest(vmid, 'qemu', node, config, guest.createdAt);
    normalize(cluster, complete);
    guest.config = complete.config;
  } catch (error) {
    await removeVolumes(cluster, node, volumes, task);
    throw failure(`unable to create VM ${vmid} - ${(error as Error).message}`);
  }
  if (pool !== undefined) cluster.pools.get(pool)?.guests.add(vmid);
}

/** What PVE adds by itself. */
function addDefaults({ version }: Cluster, config: Map<string, string>, task: TaskLog): void {
  if (!config.get('boot')) config.set('boot', defaultBootOrder(config));
  refuseClipboard(config.get('vga'));
  if (!config.get('smbios1')) config.set('smbios1', `uuid=${randomUUID()}`);
  if ((config.get('vmgenid') ?? '1') === '1' && config.get('arch') !== 'aarch64') config.set('vmgenid', randomUUID());
  const machine = pinnedMachine(config.get('machine'), config.get('ostype'), version.qemu, (line) => task.log(line));
  if (machine !== '') config.set('machine', machine);
}

/** The first disk, the first CD drive, the first network card. */
function defaultBootOrder(config: ReadonlyMap<string, string>): string {
  const first = (cdrom: boolean) => allDriveKeys.filter((key) => !/^(?:efidisk|tpmstate)/.test(key) && config.has(key)).find((key) => {
    const drive = parseDrive(key, config.get(key)!);
    return drive !== undefined && isCdrom(drive) === cdrom;
  });
  const net = Array.from({ length: 32 }, (_, i) => `net${i}`).find((key) => config.has(key));
  const order = [first(false), first(true), net].filter((key) => key !== undefined).join(';');
  return order === '' ? ' ' : `order=${order}`;
}

/** Refuses a clipboard that a display cannot have. @internal */
export function refuseClipboard(vga: string | undefined): void {
  const { type, clipboard } = vga === undefined ? {} as { [key: string]: string } : parsePropertyString(vgaFormat, vga);
  if (clipboard === 'vnc' && type !== undefined && !/^(?:std|cirrus|vmware|virtio|qxl)/.test(type)) {
    throw failure(`vga type ${type} is not compatible with VNC clipboard`);
  }
}

/** The line about the type of machine; Windows gets a fixed version of it. @internal */
export function pinnedMachine(machine: string | undefined, ostype: string | undefined, qemu: string, log: (line: string) => void): string {
  const format = { properties: { type: { type: 'string', defaultKey: true, optional: true } as const } };
  const { type, ...options } = readMachine(machine);
  const version = qemu.split('.').slice(0, 2).join('.');
  const pinned = (type === undefined || /^(?:pc|q35|virt)$/.test(type)) && windowsVersion(ostype) > 0
    ? { pc: `pc-i440fx-${version}`, q35: `pc-q35-${version}`, virt: `virt-${version}` }[type ?? 'pc']
    : undefined;
  if (pinned !== undefined) log(`pinning machine type to '${pinned}' for Windows guest OS`);
  refuseIommu({ type, ...options });
  return printPropertyString(format, { type: pinned ?? type, ...options });
}

/** Refuses an IOMMU that a type of machine cannot have. @internal */
export function refuseIommu({ type, viommu }: { readonly [key: string]: string }): void {
  if (viommu === 'intel' && !/q35/.test(type ?? '')) throw failure('to use Intel vIOMMU please set the machine type to q35');
}

/** The parts of a line about the type of machine that has been checked. @internal */
export function readMachine(line: string | undefined): { readonly [key: string]: string } {
  return Object.fromEntries((line ?? '').split(',').filter((part) => part !== '').map((part) => {
    const at = part.indexOf('=');
    return at < 0 ? ['type', part] : [part.slice(0, at), part.slice(at + 1)];
  }));
}
