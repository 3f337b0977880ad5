import { Caller } from '../access/access-control';
import { ApiError, failure } from '../api-error';
import { Cluster } from '../cluster';
import { parsePropertyString } from '../schema/validation';
import { isCdrom, isCloudInit, isDriveKey, parseDrive } from './drive';
import { parseNetwork, trunkedVlans } from './network';
import { hostPciFormat, rngFormat, usbFormat, virtioFsFormat } from './option-formats';

/** Whose machine is changed by whom. @internal */
export interface Actor {
  readonly cluster: Cluster;
  readonly caller: Caller;
  readonly vmid: number;
  /** The pool a new machine goes into: rights on it are enough. */
  readonly pool?: string;
}

/** Values by option. @internal */
export interface Options {
  readonly [option: string]: string;
}

const set = (...names: string[]) => new Set(names);
const cpu = set('cores', 'cpu', 'runningcpu', 'cpulimit', 'cpuunits', 'numa', 'smp', 'sockets', 'vcpus');
const memory = set('memory', 'balloon', 'shares');
const hardware = set('acpi', 'hotplug', 'kvm', 'machine', 'runningmachine', 'scsihw', 'smbios1', 'tablet', 'vga', 'watchdog', 'audio0', 'rng0');
const general = set(
  'agent', 'autostart', 'bios', 'description', 'keyboard', 'localtime', 'migrate_downtime', 'migrate_speed', 'name', 'onboot', 'ostype', 'protection', 'reboot',
  'startdate', 'startup', 'tdf', 'template',
);
const disk = set('boot', 'bootdisk', 'vmstatestorage');

/** The options that cloud-init's tab shows, addresses not among them. @internal */
export const cloudInitTab: readonly string[] = ['cicustom', 'cipassword', 'citype', 'ciuser', 'ciupgrade', 'nameserver', 'searchdomain', 'sshkeys'];

const isRoot = ({ caller }: Actor) => caller.id === 'root@pam';

/** Refuses with 403 who lacks privileges on a machine, or on the pool it is created in. @internal */
export function checkMachine({ cluster, caller, vmid, pool }: Actor, privileges: readonly string[], any = false): void {
  if (pool !== undefined && cluster.access.allows(caller.id, `/pool/${pool}`, privileges, any)) return;
  cluster.access.check(caller.id, `/vms/${vmid}`, privileges, any);
}

function checkPath({ cluster, caller }: Actor, path: string, ...privileges: string[]): void {
  cluster.access.check(caller.id, path, privileges);
}

/** Refuses options that the caller may not set or delete, as far as their names tell. @internal */
export function checkOptions(actor: Actor, options: readonly string[]): void {
  if (isRoot(actor)) return;
  for (const option of options) {
    if (isDriveKey(option) || option === 'cdrom' || option === 'tags' || /^(?:unused|serial|usb|hostpci|virtiofs)\d+$/.test(option)) continue;
    if (cpu.has(option) || /^numa\d+$/.test(option)) {
      checkMachine(actor, ['VM.Config.CPU']);
    } else if (memory.has(option) || option === 'allow-ksm' && actor.cluster.version.line === '9.1') {
      checkMachine(actor, ['VM.Config.Memory']);
    } else if (hardware.has(option)) {
      checkMachine(actor, ['VM.Config.HWType']);
    } else if (general.has(option)) {
      checkMachine(actor, ['VM.Config.Options']);
      if (option === 'startup') checkPath(actor, '/', 'Sys.Modify');
    } else if (option === 'freeze') {
      checkMachine(actor, ['VM.PowerMgmt']);
    } else if (disk.has(option)) {
      checkMachine(actor, ['VM.Config.Disk']);
    } else if (/^net\d+$/.test(option)) {
      checkMachine(actor, ['VM.Config.Network']);
    } else if (cloudInitTab.includes(option) || /^ipconfig\d+$/.test(option)) {
      checkMachine(actor, ['VM.Config.Cloudinit', 'VM.Config.Network'], true);
    } else if (option === 'vmstate') {
      checkMachine(actor, ['VM.Config.Disk', 'VM.PowerMgmt']);
    } else {
      throw failure(`only root can set '${option}' config`);
    }
  }
}

/** Refuses devices of the host that the caller may not give to a machine; `verb` as in `only root can set …`. @internal */
export function checkDevices(actor: Actor, options: Options): void {
  if (isRoot(actor)) return;
  const some = (pattern: RegExp) => Object.keys(options).filter((option) => pattern.test(option));
  for (const option of some(/^serial\d+$/)) checkSerial(actor, option, options[option], 'set');
  for (const option of some(/^(?:usb|hostpci)\d+$/).sort((a, b) => Number(a.startsWith('h')) - Number(b.startsWith('h')))) checkDevice(actor, option, options[option]);
  for (const option of some(/^rng0$/)) checkDevice(actor, option, options[option]);
  for (const option of some(/^virtiofs\d+$/)) checkDevice(actor, option, options[option]);
}

/** Refuses a serial port of the host to all but root. @internal */
export function checkSerial(actor: Actor, option: string, value: string, verb: 'set' | 'modify' | 'delete'): void {
  if (value === 'socket') {
    checkMachine(actor, ['VM.Config.HWType']);
  } else if (!isRoot(actor)) {
    throw failure(`only root can ${verb} '${option}' config for real devices`);
  }
}

/** Refuses a USB or PCI device, a source of random numbers or a directory that the caller may not use. @internal */
export function checkDevice(actor: Actor, option: string, value: string): void {
  if (isRoot(actor)) return;
  switch (option.replace(/\d+$/, '')) {
    case 'usb': return checkUsb(actor, option, value);
    case 'hostpci': return checkHostPci(actor, option, value);
    case 'rng':
      checkMachine(actor, ['VM.Config.HWType']);
      if (parsePropertyString(rngFormat, value).source === '/dev/hwrng') checkPath(actor, '/mapping/hwrng', 'Mapping.Use');
      return;
    case 'virtiofs':
      checkMachine(actor, ['VM.Config.Disk']);
      return checkPath(actor, `/mapping/dir/${parsePropertyString(virtioFsFormat, value).dirid}`, 'Mapping.Use');
  }
}

function checkUsb(actor: Actor, option: string, value: string): void {
  checkMachine(actor, ['VM.Config.HWType']);
  const { host, mapping } = parsePropertyString(usbFormat, value);
  if (host) {
    if (!/^spice$/i.test(host)) throw failure(`only root can set '${option}' config for real devices`);
  } else if (mapping) {
    checkPath(actor, `/mapping/usb/${mapping}`, 'Mapping.Use');
  } else {
    throw failure('either \'host\' or \'mapping\' must be set.');
  }
}

function checkHostPci(actor: Actor, option: string, value: string): void {
  // What only one release knows has been checked before, and does not matter here.
  const { host, mapping, romfile } = parsePropertyString(hostPciFormat, value.split(',').filter((part) => !part.startsWith('driver=')).join(','));
  if (host) throw failure(`only root can set '${option}' config for non-mapped devices`);
  if (!mapping) throw failure('either \'host\' or \'mapping\' must be set.');
  checkPath(actor, `/mapping/pci/${mapping}`, 'Mapping.Use');
  checkMachine(actor, ['VM.Config.HWType']);
  if (romfile !== undefined && actor.cluster.version.line === '8.4') throw ApiError.parameters({ [option]: 'only root@pam can set \'romfile\' option' });
}

/** Refuses bridges and VLANs that the caller may not use. @internal */
export function checkBridges(actor: Actor, options: Options): void {
  if (isRoot(actor)) return;
  for (const option of Object.keys(options).filter((name) => /^net\d+$/.test(name)).sort()) {
    const { bridge = '', tag, trunks } = parseNetwork(options[option]);
    const zone = `/sdn/zones/localnetwork/${bridge}`.replace(/\/$/, '');
    if (tag) checkPath(actor, `${zone}/${tag}`, 'SDN.Use');
    for (const vlan of trunks ? trunkedVlans(trunks).map(String).sort() : []) checkPath(actor, `${zone}/${vlan}`, 'SDN.Use');
    if (!tag && !trunks) checkPath(actor, zone, 'SDN.Use');
  }
}

/** Refuses a change of a drive, by what is in it. @internal */
export function checkDriveChange(actor: Actor, key: string, value: string): void {
  const drive = parseDrive(key, value);
  if (drive === undefined) return;
  if (isCloudInit(drive)) {
    checkMachine(actor, ['VM.Config.Cloudinit', 'VM.Config.CDROM']);
  } else {
    checkMachine(actor, [isCdrom(drive) ? 'VM.Config.CDROM' : 'VM.Config.Disk']);
  }
}

/** Refuses tags to who may not change options. @internal */
export function checkTags(actor: Actor): void {
  checkMachine(actor, ['VM.Config.Options']);
}
