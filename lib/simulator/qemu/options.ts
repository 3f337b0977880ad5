import { FormatError } from '../schema/formats';
import { Properties, Property, PropertyString, choice, flag, integer, numbered, optional, text } from '../schema/property';
import { PveVersion } from '../version';
import { builtInCpuModels, cpuFlags, cpuModels } from './cpu-models';
import { driveCounts, driveFormats, driveFormatsWithImport, unusedCount } from './drive-formats';
import { networkFormat } from './network';
import {
  agentFormat, audioFormat, bootFormat, customFilesFormat, hostPciFormat, ipConfigFormat, memoryFormat, numaFormat, rngFormat, sevFormat, sharedMemoryFormat,
  smbiosFormat, spiceFormat, tdxFormat, usbFormat, vgaFormat, virtioFsFormat, watchdogFormat,
} from './option-formats';

const onOff = (description: string, preset?: string): Property => optional(flag(description, preset === undefined ? {} : { default: preset }));
const string = (description: string, more: Partial<Property> = {}): Property => optional(text(description, more));
const whole = (description: string, minimum?: number, maximum?: number): Property => optional(integer(description, minimum, maximum));
const of = (description: string, ...values: string[]): Property => optional(choice(description, ...values));
const keys = (description: string, format: PropertyString): Property => string(description, { format });

const general: Properties = {
  name: string('Name of the machine.', { format: 'dns-name' }),
  description: string('Text about the machine.', { maxLength: 8192 }),
  tags: string('Tags.', { format: 'pve-tag-list' }),
  onboot: onOff('Whether it starts with the host.', '0'),
  autostart: onOff('Nothing any more.', '0'),
  reboot: onOff('Whether the guest may reboot.', '1'),
  protection: onOff('Whether it and its disks cannot be removed.', '0'),
  template: onOff('Whether it is a template.', '0'),
  startup: string('Order and delays of start and shutdown, `order=1,up=30`.', { format: 'pve-startup-order' }),
  ostype: of('What runs in it.', 'other', 'wxp', 'w2k', 'w2k3', 'w2k8', 'wvista', 'win7', 'win8', 'win10', 'win11', 'l24', 'l26', 'solaris'),
  lock: of('What holds it.', 'backup', 'clone', 'create', 'migrate', 'rollback', 'snapshot', 'snapshot-delete', 'suspending', 'suspended'),
  agent: keys('The guest agent.', agentFormat),
  hookscript: string('Script that runs with it.', { format: 'pve-volume-id' }),
  startdate: string('Date its clock starts with.', { pattern: '(now|\\d{4}-\\d{1,2}-\\d{1,2}(T\\d{1,2}:\\d{1,2}:\\d{1,2})?)' }),
  localtime: onOff('Whether its clock shows local time.'),
  tdf: onOff('Whether drift of time is fixed.', '0'),
  keyboard: of(
    'Layout of the keyboard.', 'de', 'de-ch', 'da', 'en-gb', 'en-us', 'es', 'fi', 'fr', 'fr-be', 'fr-ca', 'fr-ch', 'hu', 'is', 'it', 'ja', 'lt', 'mk', 'nl', 'no',
    'pl', 'pt', 'pt-br', 'sv', 'sl', 'tr',
  ),
  migrate_speed: whole('Megabytes a second of migrations.', 0),
  migrate_downtime: optional({ type: 'number', description: 'Seconds a migration may stop it.', minimum: 0 }),
  vmstatestorage: string('Storage of saved states.', { format: 'pve-storage-id' }),
};

const processorAndMemory: Properties = {
  'sockets': whole('Sockets.', 1),
  'cores': whole('Cores of each socket.', 1),
  'smp': whole('Processors, the old way.', 1),
  'vcpus': whole('Processors that are plugged.', 1),
  'cpulimit': optional({ type: 'number', description: 'Processors it may use of the host.', minimum: 0, maximum: 128 }),
  'cpuunits': whole('Weight among others.', 1, 262144),
  'affinity': string('Processors of the host.', { format: 'pve-cpuset' }),
  'numa': onOff('Whether it has nodes of memory.', '0'),
  ...numbered('numa', 8, keys('A node of memory.', numaFormat)),
  'memory': keys('MiB of memory.', memoryFormat),
  'balloon': whole('MiB that must remain; 0 for no balloon.', 0),
  'shares': whole('Weight of ballooning.', 0, 50000),
  'hugepages': of('Size of pages.', 'any', '2', '1024'),
  'keephugepages': onOff('Whether pages are kept.', '0'),
  'amd-sev': keys('Encryption of memory by AMD.', sevFormat),
};

const hardware: Properties = {
  bios: of('Firmware.', 'seabios', 'ovmf'),
  acpi: onOff('Whether it has ACPI.', '1'),
  kvm: onOff('Whether KVM runs it.', '1'),
  freeze: onOff('Whether its processors wait at start.'),
  hotplug: string('What is changed while it runs.', { format: 'pve-hotplug-features' }),
  tablet: onOff('Whether it has a tablet as pointer.', '1'),
  scsihw: of('Controller of SCSI drives.', 'lsi', 'lsi53c810', 'virtio-scsi-pci', 'virtio-scsi-single', 'megasas', 'pvscsi'),
  vga: keys('Display.', vgaFormat),
  watchdog: keys('Watchdog.', watchdogFormat),
  audio0: keys('Sound.', audioFormat),
  ivshmem: keys('Memory shared with others.', sharedMemoryFormat),
  spice_enhancements: keys('More of SPICE.', spiceFormat),
  rng0: keys('Random numbers.', rngFormat),
  smbios1: keys('What the machine says it is.', smbiosFormat),
  vmgenid: string('Id of its generation; 1 makes one, 0 is none.', { pattern: '(?:[a-fA-F0-9]{8}(?:-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}|[01])' }),
  arch: of('Architecture.', 'x86_64', 'aarch64'),
  args: string('Further arguments of QEMU.'),
  boot: keys('Order of devices to boot from.', bootFormat),
  bootdisk: string('Disk to boot from, the old way.', { format: 'pve-qm-bootdisk', pattern: '(ide|sata|scsi|virtio)\\d+' }),
  ...numbered('net', 32, keys('A network card.', networkFormat)),
  ...numbered('serial', 4, string('A serial port: `socket`, or a device of the host.', { pattern: '(/dev/.+|socket)' })),
  ...numbered('parallel', 3, string('A parallel port of the host.', { pattern: '/dev/parport\\d+|/dev/usb/lp\\d+' })),
  ...numbered('usb', 14, keys('A USB device.', usbFormat)),
  ...numbered('virtiofs', 10, keys('A shared directory.', virtioFsFormat)),
};

/** What cloud-init is told. @internal */
export const cloudInitOptions: Properties = {
  citype: of('Kind of data source.', 'configdrive2', 'nocloud', 'opennebula'),
  ciuser: string('User.'),
  cipassword: string('Password, or its hash.'),
  ciupgrade: onOff('Whether packages are upgraded at first boot.', '1'),
  cicustom: keys('Snippets in place of what is made.', customFilesFormat),
  searchdomain: string('Domains to search.'),
  nameserver: string('Name servers.', { format: 'address-list' }),
  sshkeys: string('Public keys, one a line, URL-encoded.', { format: 'urlencoded' }),
  ...numbered('ipconfig', 32, keys('Addresses of a network card.', ipConfigFormat)),
};

/** What the server keeps for itself, and no request may set. @internal */
const internal: Properties = {
  parent: string('Snapshot it stands on.', { format: 'pve-snapshot-name', maxLength: 40 }),
  snaptime: whole('When a snapshot was made.', 0),
  vmstate: string('Saved state.', { format: 'pve-volume-id' }),
  runningmachine: string('Machine type of a saved state.'),
  runningcpu: string('Processor of a saved state.'),
  meta: string('What made it, and when.'),
};

function cpuFormat(version: PveVersion): PropertyString {
  const models = cpuModels(version);
  const flags = cpuFlags(version);
  const flagList = new RegExp(`^[+-](?:${flags.join('|')})(?:;[+-](?:${flags.join('|')}))*$`);
  return {
    properties: {
      'cputype': { ...string('Model.'), defaultKey: true },
      'reported-model': of('Model the guest sees; only of custom models.', ...models),
      'hidden': onOff('Whether the guest cannot tell KVM.', '0'),
      'hv-vendor-id': string('Vendor for Windows.', { pattern: '[a-zA-Z0-9]{1,12}' }),
      'flags': string('Flags, `+aes;-pcid`.', { pattern: '[+-][a-zA-Z0-9\\-_.]+(?:;[+-][a-zA-Z0-9\\-_.]+)*' }),
      'phys-bits': string('Bits of addresses.', { format: 'pve-phys-bits' }),
      ...version.line === '9.1' ? { 'guest-phys-bits': whole('Bits of addresses the guest sees.', 32, 64) } : {},
    },
    verify: ({ cputype, flags: wanted, 'reported-model': reported }) => {
      const refuse = (message: string): never => {
        throw new FormatError(message);
      };
      if (!cputype || cputype === '0') refuse('CPU is missing cputype');
      if (cputype.startsWith('custom-')) refuse(`Custom cputype '${cputype.slice('custom-'.length)}' not found`);
      if (!models.includes(cputype) && !builtInCpuModels.includes(cputype)) refuse(`Built-in cputype '${cputype}' is not defined (missing 'custom-' prefix?)`);
      if (wanted && !flagList.test(wanted)) refuse(`VM-specific CPU flags must be a subset of: ${flags.join(', ')}`);
      if (reported !== undefined) refuse('Property \'reported-model\' not allowed in VM-specific CPU config.');
    },
  };
}

function machineFormat({ line }: PveVersion): PropertyString {
  const number = '\\d+(\\.\\d+)+(\\+pve\\d+)?';
  return {
    properties: {
      'type': {
        ...string('Type of machine.', { pattern: `(pc|pc(-i440fx)?-${number}(\\.pxe)?|q35|pc-q35-${number}(\\.pxe)?|virt(?:-\\d+(\\.\\d+)+)?(\\+pve\\d+)?)`, maxLength: 40 }),
        defaultKey: true,
      },
      'viommu': of('IOMMU the guest sees.', 'intel', 'virtio'),
      ...line === '9.1' ? { 'aw-bits': optional({ type: 'number', description: 'Bits of addresses of the IOMMU.', minimum: 32, maximum: 64 }) } : {},
      'enable-s3': onOff('Whether it can suspend to memory.'),
      'enable-s4': onOff('Whether it can suspend to disk.'),
    },
  };
}

function drives(formats: { readonly [kind: string]: PropertyString }): Properties {
  return Object.assign({}, ...Object.entries(driveCounts).map(([kind, count]) => numbered(kind, count, keys(`A ${kind} drive.`, formats[kind])))) as Properties;
}

interface Tables {
  readonly config: Properties;
  readonly request: Properties;
}

function tables(version: PveVersion): Tables {
  const since9 = version.line === '9.1';
  const options: Properties = {
    ...general,
    ...processorAndMemory,
    ...hardware,
    ...cloudInitOptions,
    cpu: keys('Processor.', cpuFormat(version)),
    machine: keys('Machine.', machineFormat(version)),
    cdrom: keys('Another name of ide2.', driveFormats(version).ide),
    ...numbered('hostpci', 16, keys('A PCI device of the host.', !since9 ? hostPciFormat : {
      properties: { ...hostPciFormat.properties, driver: of('Which driver of the host has it.', 'vfio', 'keep') },
    })),
    ...numbered('unused', unusedCount, keys('A volume that is not used.', driveFormats(version).unused)),
    ...since9 ? { 'intel-tdx': keys('Encryption by Intel.', tdxFormat), 'allow-ksm': onOff('Whether its memory is merged with others\'.', '1') } : {},
  };
  return {
    config: { ...options, ...drives(driveFormats(version)), ...internal },
    request: { ...options, ...drives(driveFormatsWithImport(version)) },
  };
}

const known = new Map<string, Tables>();

function tablesOf(version: PveVersion): Tables {
  const found = known.get(version.line) ?? tables(version);
  known.set(version.line, found);
  return found;
}

/** Every key that the configuration of a machine can have. @internal */
export function configProperties(version: PveVersion): Properties {
  return tablesOf(version).config;
}

/** Every key that a request may set: drives with `import-from`, nothing of what the server keeps for itself. @internal */
export function requestProperties(version: PveVersion): Properties {
  return tablesOf(version).request;
}
