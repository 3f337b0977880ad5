import { failure } from '../api-error';
import { Cluster } from '../cluster';
import { parsePropertyString } from '../schema/validation';
import { Guest } from '../state/guest';
import { VolumeLog } from '../storage/transfer';
import { cloudInitDrive, regenerateCloudInit } from './cloud-init';
import { recordCloudInitChange } from './cloud-init-changes';
import { windowsVersion } from './cloud-init-names';
import { normalize } from './config';
import { Drive, bootDrives, isCdrom, isCloudInit, isDriveKey, parseDrive } from './drive';
import { parseNetwork } from './network';
import { agentFormat, hotplugFeatures } from './option-formats';
import { cloudInitOptions } from './options';
import { ApplyErrors } from './pending';
import { Actor } from './permissions';
import { detach, keepAsUnused } from './unused-volumes';

/** What is changed of a machine that runs. */
interface Plugging {
  readonly cluster: Cluster;
  readonly actor: Actor;
  readonly guest: Guest;
  readonly features: ReadonlySet<string>;
  readonly usb: boolean;
  readonly log: VolumeLog;
}

const atOnce = new Set([
  'description', 'hookscript', 'lock', 'migrate_downtime', 'migrate_speed', 'name', 'onboot', 'protection', 'shares', 'startup', 'tags', 'vmstatestorage',
  ...Object.keys(cloudInitOptions),
]);
const restartOptions = ['aio', 'discard', 'iothread', 'queues', 'product', 'cache', 'ssd', 'vendor', 'ro'];

/** A change that has to wait for the next start. */
class Waits extends Error {}

const needed = (possible: boolean) => {
  if (!possible) throw new Waits();
};

/**
 * Applies what can be applied to a machine that runs; the rest stays pending.
 *
 * @param selection the options that this request changes; others are left alone
 * @internal
 */
export async function hotplugPending(cluster: Cluster, actor: Actor, guest: Guest, selection: ReadonlySet<string>, log: VolumeLog): Promise<ApplyErrors> {
  const errors: ApplyErrors = {};
  for (const [key, value] of [...guest.pending]) {
    if (atOnce.has(key)) take(guest, key, value);
  }
  const ostype = guest.config.get('ostype');
  const features = hotplugFeatures(guest.config.get('hotplug') ?? '1');
  const usb = features.has('usb') && (ostype === 'l26' || windowsVersion(ostype) > 7);
  const plugging: Plugging = { cluster, actor, guest, features, usb, log };
  const trying = async (key: string, work: () => Promise<void> | void): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof Waits)) errors[key] = `hotplug problem - ${(error as Error).message}\n`;
      return false;
    }
  };
  for (const [key, { force }] of [...guest.pendingDelete].sort(([a], [b]) => a < b ? -1 : 1)) {
    if (!selection.has(key) || !await trying(key, () => unplug(plugging, key, force))) continue;
    recordCloudInitChange(guest, key, guest.config.get(key), undefined);
    guest.config.delete(key);
    guest.pendingDelete.delete(key);
  }
  const later: Drive[] = [];
  for (const [key, value] of [...guest.pending].sort(([a], [b]) => a < b ? -1 : 1)) {
    if (!selection.has(key)) continue;
    const drive = isDriveKey(key) ? parseDrive(key, value) : undefined;
    if (drive !== undefined && isCloudInit(drive)) later.push(drive);
    else if (await trying(key, () => plug(plugging, key, value))) take(guest, key, value);
  }
  for (const drive of later.slice(-1)) {
    const value = guest.pending.get(drive.key)!;
    const made = async () => {
      await regenerateCloudInit(cluster, guest, log, new Map(guest.config).set(drive.key, value));
      await plugDrive(plugging, drive.key, value);
    };
    if (await trying(drive.key, made)) take(guest, drive.key, value);
  }
  normalize(cluster, guest);
  if (features.has('cloudinit') && guest.cloudInit.size > 0 && await cloudInitDrive(cluster, guest.node, guest)) await regenerateCloudInit(cluster, guest, log);
  return errors;
}

function take(guest: Guest, key: string, value: string): void {
  recordCloudInitChange(guest, key, guest.config.get(key), value);
  guest.config.set(key, value);
  guest.pending.delete(key);
}

async function unplug({ cluster, actor, guest, features, usb, log }: Plugging, key: string, force: boolean): Promise<void> {
  const { config } = guest;
  if (key === 'hotplug') {needed(!/cpu|memory/.test(config.get('hotplug') ?? ''));} else if (key === 'tablet') {needed(features.has('usb'));} else if (/^usb\d+$/.test(key)) {needed(usb);} else if (key === 'vcpus') {needed(features.has('cpu'));} else if (key === 'balloon') {needed(config.get('balloon') !== '0');} else if (/^net\d+$/.test(key)) {needed(features.has('network'));} else if (key === 'memory') {needed(features.has('memory'));} else if (isDriveKey(key)) {
    needed(features.has('disk') && !/^(?:efidisk|ide|sata|tpmstate)/.test(key));
    refuseBootDisk(guest, key);
    await detach(cluster, actor, guest, key, force, log);
  } else {
    needed(atOnce.has(key) || key === 'cpuunits' || key === 'cpulimit');
  }
}

function refuseBootDisk({ config }: Guest, key: string): void {
  if (bootDrives(config).includes(key)) throw failure(`can't unplug bootdisk '${key}'`);
}

async function plug(plugging: Plugging, key: string, value: string): Promise<void> {
  const { guest: { config }, features, usb } = plugging;
  const old = config.get(key);
  if (key === 'hotplug') needed(![value, old ?? ''].some((words) => /memory|cpu/.test(words)));
  else if (key === 'tablet') needed(features.has('usb'));
  else if (/^usb\d+$/.test(key)) needed(usb);
  else if (key === 'vcpus') needed(features.has('cpu'));
  else if (key === 'balloon') needed((old === '0') === (value === '0'));
  else if (/^net\d+$/.test(key)) plugNetwork(old, value, features.has('network'));
  else if (key === 'memory') needed(features.has('memory'));
  else if (key === 'agent') needed(old !== undefined && sameAgent(old, value));
  else if (isDriveKey(key)) await plugDrive(plugging, key, value);
  else needed(key === 'cpuunits' || key === 'cpulimit');
}

/** Bridges, VLANs, rates and the like change in place; a card of another kind is plugged anew. */
function plugNetwork(old: string | undefined, value: string, hotplug: boolean): void {
  if (old !== undefined) {
    const [before, after] = [parseNetwork(old), parseNetwork(value)];
    const inPlace = ['model', 'macaddr', 'queues', 'mtu'].every((key) => before[key] === after[key]) && before.bridge && after.bridge;
    if (inPlace) return;
  }
  needed(hotplug);
}

function sameAgent(old: string, value: string): boolean {
  const [before, after] = [old, value].map((line) => {
    const { fstrim_cloned_disks: _trim, ...options } = parsePropertyString(agentFormat, line);
    return options;
  });
  return [...Object.keys(before), ...Object.keys(after)].every((key) => before[key] === after[key]);
}

async function plugDrive({ cluster, guest, features, log }: Plugging, key: string, value: string): Promise<void> {
  needed(key !== 'efidisk0' && key !== 'tpmstate0');
  const drive = parseDrive(key, value)!;
  const line = guest.config.get(key);
  const old = line === undefined ? undefined : parseDrive(key, line);
  if (old !== undefined) {
    if ((drive.options.media ?? 'disk') !== (old.options.media ?? 'disk')) throw failure('unable to change media type');
    if (isCdrom(old)) {
      if (drive.file === 'none' && isCloudInit(old)) await keepAsUnused(cluster, guest, old, log);
      return;
    }
    if (drive.file === old.file) return needed(restartOptions.every((name) => drive.options[name] === old.options[name]));
    needed(features.has('disk'));
    refuseBootDisk(guest, key);
    await keepAsUnused(cluster, guest, old, log);
  }
  needed(features.has('disk') && !/^(?:ide|sata)/.test(key));
}
