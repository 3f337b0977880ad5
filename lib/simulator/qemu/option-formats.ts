import { FormatError, formats, registerFormats, splitList } from '../schema/formats';
import { PropertyString, choice, flag, integer, optional, text } from '../schema/property';
import { isDriveKey } from './drive';

const base64 = '[A-Za-z0-9+\\/]+={0,2}';
const numberSets = '\\d+(?:-\\d+)?(?:;\\d+(?:-\\d+)?)*';
const refuse = (message: string): never => {
  throw new FormatError(message);
};

registerFormats({
  'pve-hotplug-features': (value) => void hotplugFeatures(value),
  'pve-qm-bootdisk': (value) => isDriveKey(value) || refuse(`invalid boot disk '${value}'`),
  'pve-qm-bootdev': (value) => isBootDevice(value) || refuse(`invalid boot device '${value}'`),
  'pve-startup-order': (value) => value.split(',').every((part) => /^(?:\s*|(?:order=)?\d+|up=\d+|down=\d+)$/.test(part)) && value !== '' && value !== '0'
    || refuse('unable to parse startup options'),
  'pve-cpuset': (value) => value.split(',').every(isRange) || refuse('unable to parse cpuset option'),
  'pve-phys-bits': (value) => value === 'host' || /^\d{1,2}$/.test(value) && Number(value) >= 8 && Number(value) <= 64
    || refuse('value must be an integer between 8 and 64 or \'host\''),
});
formats['pve-snapshot-name'] = (value) => formats['pve-configid'](value);

/** What can be changed while a machine runs: the words of `hotplug`. @internal */
export function hotplugFeatures(value: string): ReadonlySet<string> {
  if (value === '0') return new Set();
  const features = splitList(value === '1' ? 'network,disk,usb' : value);
  for (const feature of features) {
    if (!/^(network|disk|cpu|memory|usb|cloudinit)$/.test(feature)) refuse(`invalid hotplug feature '${feature}'`);
  }
  return new Set(features);
}

function isBootDevice(device: string): boolean {
  if (isDriveKey(device)) return !/^(?:efidisk|tpmstate)/.test(device);
  const [, kind, index] = /^(net|usb|hostpci)(\d+)$/.exec(device) ?? [];
  const counts: { [kind: string]: number } = { net: 32, usb: 14, hostpci: 16 };
  return kind !== undefined && `${Number(index)}` === index && Number(index) < counts[kind];
}

function isRange(part: string): boolean {
  const [, from, to] = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(part) ?? [];
  return from !== undefined && Number(to ?? from) >= Number(from);
}

/** Keys of `agent`. @internal */
export const agentFormat: PropertyString = {
  properties: {
    'enabled': flag('Whether the guest has an agent.', { default: '0', defaultKey: true }),
    'fstrim_cloned_disks': optional(flag('Whether the guest trims after a move or migration.', { default: '0' })),
    'freeze-fs-on-backup': optional(flag('Whether file systems are frozen for backups.', { default: '1' })),
    'type': optional(choice('How the agent is connected.', 'virtio', 'isa')),
  },
};

/** Keys of `vga`. @internal */
export const vgaFormat: PropertyString = {
  properties: {
    type: {
      ...optional(choice('Kind of display.', 'cirrus', 'qxl', 'qxl2', 'qxl3', 'qxl4', 'none', 'serial0', 'serial1', 'serial2', 'serial3', 'std', 'virtio', 'virtio-gl', 'vmware')),
      defaultKey: true,
    },
    memory: optional(integer('MiB of the display.', 4, 512)),
    clipboard: optional(choice('Clipboard of the console.', 'vnc')),
  },
};

/** Keys of `watchdog`. @internal */
export const watchdogFormat: PropertyString = {
  properties: {
    model: { ...optional(choice('Kind of watchdog.', 'i6300esb', 'ib700')), defaultKey: true },
    action: optional(choice('What it does.', 'reset', 'shutdown', 'poweroff', 'pause', 'debug', 'none')),
  },
};

/** Keys of `ivshmem`. @internal */
export const sharedMemoryFormat: PropertyString = {
  properties: { size: integer('MB.', 1), name: optional(text('Name after `pve-shm-`.', { pattern: '[a-zA-Z0-9\\-]+' })) },
};

/** Keys of `audio0`. @internal */
export const audioFormat: PropertyString = {
  properties: { device: choice('Device.', 'ich9-intel-hda', 'intel-hda', 'AC97'), driver: optional(choice('Where its sound goes.', 'spice', 'none')) },
};

/** Keys of `spice_enhancements`. @internal */
export const spiceFormat: PropertyString = {
  properties: {
    foldersharing: optional(flag('Whether folders are shared.', { default: '0' })),
    videostreaming: optional(choice('Which video is streamed.', 'off', 'all', 'filter')),
  },
};

/** Keys of `memory`. @internal */
export const memoryFormat: PropertyString = {
  properties: { current: { ...integer('MiB of memory.', 16), defaultKey: true } },
};

/** Keys of `numa0`. @internal */
export const numaFormat: PropertyString = {
  properties: {
    cpus: text('Processors of the node, `0-1;4`.', { pattern: numberSets }),
    memory: optional({ type: 'number', description: 'MiB of the node.' }),
    hostnodes: optional(text('Nodes of the host.', { pattern: numberSets })),
    policy: optional(choice('Where memory is taken from.', 'preferred', 'bind', 'interleave')),
  },
};

/** Keys of `smbios1`. @internal */
export const smbiosFormat: PropertyString = {
  properties: {
    uuid: optional(text('UUID of the machine.', { pattern: '[a-fA-F0-9]{8}(?:-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}' })),
    ...Object.fromEntries(['version', 'serial', 'manufacturer', 'product', 'sku', 'family'].map((name) => [name, optional(text(`The machine's ${name}.`, { pattern: base64 }))])),
    base64: optional(flag('Whether the values are in base64.')),
  },
};

/** Keys of `boot`. @internal */
export const bootFormat: PropertyString = {
  properties: {
    legacy: { ...optional(text('Kinds of devices, the old way.', { pattern: '[acdn]{1,4}' })), defaultKey: true },
    order: optional(text('Devices in their order, `scsi0;net0`.', { format: 'pve-qm-bootdev-list' })),
  },
};

/** Keys of `rng0`. @internal */
export const rngFormat: PropertyString = {
  properties: {
    source: { ...choice('File of the host that numbers come from.', '/dev/urandom', '/dev/random', '/dev/hwrng'), defaultKey: true },
    max_bytes: optional(integer('Bytes a period.')),
    period: optional(integer('Milliseconds of a period.')),
  },
};

/** Keys of `ipconfig0`. @internal */
export const ipConfigFormat: PropertyString = {
  properties: {
    ip: optional(text('Address with prefix length, or `dhcp`.', { format: 'pve-ipv4-config' })),
    gw: optional(text('Gateway.', { format: 'ipv4', requires: 'ip' })),
    ip6: optional(text('Address with prefix length, `dhcp` or `auto`.', { format: 'pve-ipv6-config' })),
    gw6: optional(text('Gateway.', { format: 'ipv6', requires: 'ip6' })),
  },
};

/** Keys of `cicustom`. @internal */
export const customFilesFormat: PropertyString = {
  properties: Object.fromEntries(['meta', 'network', 'user', 'vendor'].map((name) =>
    [name, optional(text(`Snippet with the ${name} data.`, { format: 'pve-volume-id' }))])),
};

const pciAddress = '(?:[a-f0-9]{4,}:)?[a-f0-9]{2}:[a-f0-9]{2}(?:\\.[a-f0-9])?';
const overriddenId = (what: string) => optional(text(`Overridden ${what}.`, { pattern: '0x[0-9a-fA-F]{4}' }));

/** Keys of `hostpci0`, without what only one release knows. @internal */
export const hostPciFormat: PropertyString = {
  properties: {
    'host': { ...optional(text('Address of the device on the host; several with semicolons.', { pattern: `${pciAddress}(?:;${pciAddress})*` })), defaultKey: true },
    'mapping': optional(text('Mapping of the cluster.', { format: 'pve-configid' })),
    'rombar': optional(flag('Whether the guest sees its ROM.', { default: '1' })),
    'romfile': optional(text('File of another ROM.', { pattern: '[^,;]+' })),
    'pcie': optional(flag('Whether it is on the PCI express bus; only of q35.', { default: '0' })),
    'x-vga': optional(flag('Whether it is the display.', { default: '0' })),
    'legacy-igd': optional(flag('Whether it is an Intel display the old way.', { default: '0' })),
    'mdev': optional(text('Type of mediated device.', { pattern: '[^/\\.:]+' })),
    'vendor-id': overriddenId('vendor'),
    'device-id': overriddenId('device'),
    'sub-vendor-id': overriddenId('vendor of the subsystem'),
    'sub-device-id': overriddenId('device of the subsystem'),
  },
};

/** Keys of `usb0`. @internal */
export const usbFormat: PropertyString = {
  properties: {
    host: {
      ...optional(text('Device or port of the host, or `spice`.', {
        pattern: '(?:(?:(?:0x)?[0-9A-Fa-f]{4}:(?:0x)?[0-9A-Fa-f]{4})|(?:\\d+\\-\\d+(?:\\.\\d+)*)|[Ss][Pp][Ii][Cc][Ee])',
      })),
      defaultKey: true,
    },
    mapping: optional(text('Mapping of the cluster.', { format: 'pve-configid' })),
    usb3: optional(flag('Whether it is one of USB 3.', { default: '0' })),
  },
};

/** Keys of `virtiofs0`. @internal */
export const virtioFsFormat: PropertyString = {
  properties: {
    'dirid': { ...text('Mapping of a directory.', { format: 'pve-configid' }), defaultKey: true },
    'cache': optional(choice('What is cached.', 'auto', 'always', 'metadata', 'never')),
    'direct-io': optional(flag('Whether O_DIRECT is honoured.', { default: '0' })),
    'expose-xattr': optional(flag('Whether extended attributes are seen.', { default: '0' })),
    'expose-acl': optional(flag('Whether access lists are seen.', { default: '0' })),
  },
};

/** Keys of `amd-sev`. @internal */
export const sevFormat: PropertyString = {
  properties: {
    'type': { ...choice('Kind of encryption.', 'std', 'es', 'snp'), defaultKey: true, maxLength: 3 },
    'no-debug': optional(flag('Whether debugging is refused.', { default: '0' })),
    'no-key-sharing': optional(flag('Whether keys are not shared.', { default: '0' })),
    'allow-smt': optional(flag('Whether hyper-threads may be used.', { default: '1' })),
    'kernel-hashes': optional(flag('Whether hashes of the kernel are measured.', { default: '0' })),
  },
};

/** Keys of `intel-tdx`. @internal */
export const tdxFormat: PropertyString = {
  properties: {
    'type': { ...choice('Kind of encryption.', 'tdx'), defaultKey: true },
    'attestation': flag('Whether quotes are generated.', { default: '1' }),
    'vsock-cid': optional(integer('CID of the service of quotes.', 2)),
    'vsock-port': optional(integer('Port of the service of quotes.', 0)),
  },
};
