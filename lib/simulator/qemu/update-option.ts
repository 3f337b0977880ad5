import { failure } from '../api-error';
import { splitList } from '../schema/formats';
import { Guest } from '../state/guest';
import { VolumeLog } from '../storage/transfer';
import { windowsVersion } from './cloud-init-names';
import { pinnedMachine, readMachine, refuseClipboard, refuseIommu } from './create';
import { createDisks } from './create-disks';
import { hashPassword } from './crypt';
import { isCdrom, isDriveKey, parseDrive } from './drive';
import { properties } from './machine';
import { Actor, Options, checkBridges, checkDevice, checkDriveChange, checkSerial, checkTags } from './permissions';
import { uniqueTags } from './tags';
import { keepAsUnused, removeVolume } from './unused-volumes';

/** A change of a machine's configuration on its way into what is pending. @internal */
export interface Change {
  readonly actor: Actor;
  readonly node: string;
  readonly guest: Guest;
  readonly options: Options;
  readonly deletions: readonly string[];
  readonly force: boolean;
  /** Options that this change is about. */
  readonly modified: Set<string>;
  /** The devices that are booted from, as they change with it. */
  bootOrder: string[];
  readonly log: VolumeLog;
}

const order = (devices: readonly string[]) => devices.length === 0 ? '' : `order=${devices.join(';')}`;

function refuseProtected({ config }: Guest, text: string): void {
  if (config.get('protection') === '1') throw failure(`${text} - protection mode enabled`);
}

/** Deletes an option: at once where nothing is to be applied, else it waits with the rest. @internal */
export async function deleteOption(change: Change, option: string): Promise<void> {
  const { actor, guest, modified, log } = change;
  const value = guest.config.get(option) ?? guest.pending.get(option);
  if (value === undefined) {
    log(`cannot delete '${option}' - not set in current configuration!`);
    return;
  }
  modified.add(option);
  const wasPending = guest.pending.delete(option);
  if (change.bootOrder.includes(option)) {
    change.bootOrder = change.bootOrder.filter((device) => device !== option);
    guest.pending.set('boot', order(change.bootOrder));
    modified.add('boot');
  }
  if (option.startsWith('unused')) return deleteUnused(change, option, value);
  if (option === 'tags') {
    checkTags(actor);
    guest.config.delete(option);
    return;
  }
  if (option === 'vmstate') {
    refuseProtected(guest, `can't remove vmstate '${value}'`);
    await removeVolume(actor, guest, option, value, log);
    guest.config.delete(option);
    return;
  }
  if (isDriveKey(option)) {
    refuseProtected(guest, `can't remove drive '${option}'`);
    checkDriveChange(actor, option, value);
    if (wasPending) await keepAsUnused(actor.cluster, guest, parseDrive(option, value), log);
  } else if (/^serial\d+$/.test(option)) {
    checkSerial(actor, option, value, 'delete');
  } else if (/^net\d+$/.test(option)) {
    if (guest.config.has(option)) checkBridges(actor, { [option]: value });
  } else {
    checkDevice(actor, option, value);
  }
  guest.pendingDelete.set(option, { force: change.force });
}

async function deleteUnused({ actor, guest, log }: Change, option: string, volid: string): Promise<void> {
  refuseProtected(guest, `can't remove unused disk '${volid}'`);
  checkDriveChange(actor, 'scsi0', volid);
  await removeVolume(actor, guest, option, volid, log);
  guest.config.delete(option);
}

/** Sets an option, as pending. @internal */
export async function setOption(change: Change, option: string, value: string): Promise<void> {
  const { actor, guest, modified } = change;
  modified.add(option);
  if (guest.pending.get(option) === value) return;
  const old = guest.config.get(option);
  if (isDriveKey(option)) {
    await setDrive(change, option, value, old);
  } else if (option === 'tags') {
    checkTags(actor);
    guest.pending.set(option, uniqueTags(value));
  } else if (option === 'cipassword') {
    guest.config.set(option, windowsVersion(guest.config.get('ostype')) > 0 || /^\$(?:[156]|2[ay])(?:\$.+){2}/.test(value) ? value : hashPassword(value));
  } else {
    checkValue(change, option, value, old);
    guest.pending.set(option, option === 'boot' ? bootValue(change, value) : value);
  }
  guest.pendingDelete.delete(option);
}

async function setDrive(change: Change, key: string, value: string, old: string | undefined): Promise<void> {
  const { actor, node, guest, modified, log } = change;
  if (old !== undefined) {
    checkDriveChange(actor, key, old);
    if (key === 'tpmstate0') refuseTpmChange(old, value);
  }
  checkDriveChange(actor, key, value);
  const waiting = guest.pending.get(key);
  if (waiting !== undefined) await keepAsUnused(actor.cluster, guest, parseDrive(key, waiting), log);
  const { lines } = await createDisks({
    actor, node, configs: [guest.config, guest.pending], isTemplate: guest.isTemplate, options: { [key]: value }, task: { log },
  });
  guest.pending.set(key, lines[key]);
  const drive = parseDrive(key, value)!;
  if (change.bootOrder.length === 0 || !isCdrom(drive, true) || change.bootOrder.includes(key)) return;
  change.bootOrder.push(key);
  guest.pending.set('boot', order(change.bootOrder));
  modified.add('boot');
}

function refuseTpmChange(old: string, value: string): void {
  const [before, after] = [old, value].map((line) => parseDrive('tpmstate0', line));
  if (!before || !after || before.file !== after.file) return;
  if ((before.options.version ?? 'v1.2') !== (after.options.version ?? 'v1.2')) throw failure('cannot change TPM state version after creation');
}

function checkValue({ actor, guest, options, modified, log }: Change, option: string, value: string, old: string | undefined): void {
  if (/^serial\d+$/.test(option)) {
    checkSerial(actor, option, old === undefined || old === 'socket' ? value : old, 'modify');
  } else if (/^(?:usb|hostpci|rng|virtiofs)\d+$/.test(option)) {
    if (old !== undefined) checkDevice(actor, option, old);
    checkDevice(actor, option, value);
  } else if (/^net\d+$/.test(option)) {
    if (old !== undefined) checkBridges(actor, { [option]: old });
  } else if (option === 'vga') {
    refuseClipboard(value);
  } else if (option === 'machine') {
    refuseIommu(readMachine(value));
  } else if (option === 'ostype' && options.machine === undefined && !guest.pending.has('machine') && !modified.has('machine')) {
    const machine = pinnedMachine(guest.config.get('machine'), value, actor.cluster.version.qemu, log);
    if (machine !== '') guest.pending.set('machine', machine);
  }
}

/** The order of boot; every device must be there, and remain. */
function bootValue({ guest, options, deletions }: Change, value: string): string {
  const list = properties(value, 'legacy').order;
  if (list === undefined) return value;
  const devices = splitList(list);
  for (const device of devices) {
    const exists = guest.config.has(device) || guest.pending.has(device) || options[device] !== undefined;
    if (!exists || deletions.includes(device)) throw failure(`invalid bootorder: device '${device}' does not exist'`);
  }
  if (guest.config.has('bootdisk')) guest.pendingDelete.set('bootdisk', { force: false });
  return order(devices);
}
