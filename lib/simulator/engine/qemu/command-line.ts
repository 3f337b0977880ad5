import { EFI_VARIABLES_BYTES, GuestHardware } from '../engine';
import { isOn, propertiesOf } from '../property-string';
import { bootIndexes, commas, driveArguments } from './drives';
import { Firmware } from './firmware';

/** What of this machine, beside the guest's configuration, makes its command line. @internal */
export interface MachineSurroundings {
  /** Whether KVM can be used. */
  readonly kvm: boolean;
  /** Folder for sockets; its path must be short. */
  readonly sockets: string;
  /** Where serial0 is written to. */
  readonly consoleLog: string;
  /** Files of the slots; an empty CD drive has none. */
  readonly files: { readonly [slot: string]: string | undefined };
  /** The variables of OVMF, if the guest boots by it, and its files. */
  readonly firmware?: { readonly ovmf: Firmware; readonly variables: string; readonly secure: boolean };
  /** The options of the user network of each NIC, `net0` → `net=10.0.2.0/24,hostfwd=…`. */
  readonly networks: { readonly [nic: string]: string };
  /** The socket of swtpm, if the guest has a TPM. */
  readonly tpm?: string;
}

/**
 * The arguments of `qemu-system-x86_64` for a guest. Devices stand at the addresses where PVE has them as far as names within the guest
 * depend on it: the first NIC is `ens18`, on q35 `enp6s18`.
 *
 * Passed-through devices are left out: there are none.
 * @internal
 */
export function commandLine(guest: GuestHardware, around: MachineSurroundings): string[] {
  const { config } = guest;
  const q35 = isQ35(config);
  return [
    '-name', `${commas(config.name ?? `vm${guest.vmid}`)},debug-threads=on`,
    '-nodefaults', '-no-user-config', '-display', 'none',
    '-machine', machine(q35, around), ...accelerator(config, around),
    '-smp', processors(config), '-m', memory(config),
    '-qmp', `unix:${commas(around.sockets)}/qmp,server=on,wait=off`,
    ...identity(config), ...firmware(around), ...(q35 ? Q35_BRIDGES : []),
    ...graphics(config), ...serial(config, around), ...agent(config, around), ...random(config), ...tpm(around),
    ...['-device', 'virtio-balloon-pci,id=balloon0,bus=pci.0,addr=0x3', '-device', 'qemu-xhci,id=xhci', '-device', 'usb-tablet,id=tablet'],
    ...driveArguments(guest, (slot) => around.files[slot]),
    ...networks(guest, around),
  ];
}

/** Where the devices of a q35 machine are that stand on `pci.0` otherwise. */
const Q35_BRIDGES = [
  ...[1, 2, 3, 4].flatMap((port) =>
    ['-device', `pcie-root-port,id=ich9-pcie-port-${port},multifunction=on,bus=pcie.0,addr=1c.${port - 1},port=${port},chassis=${port}`]),
  '-device', 'i82801b11-bridge,id=pcidmi,bus=pcie.0,addr=1e.0',
  '-device', 'pci-bridge,id=pci.0,bus=pcidmi,addr=1.0,chassis_nr=1',
];

/** Whether a guest has the chipset q35. @internal */
export function isQ35(config: GuestHardware['config']): boolean {
  return (propertiesOf(config.machine, 'type').type ?? '').includes('q35');
}

/** Whether Secure Boot is on: its variables have the keys and the chipset has what it needs. @internal */
export function isSecure(config: GuestHardware['config']): boolean {
  return isQ35(config) && isOn(propertiesOf(config.efidisk0, 'file')['pre-enrolled-keys']);
}

function machine(q35: boolean, around: MachineSurroundings): string {
  return (q35 ? 'q35' : 'pc') + (around.firmware?.secure ? ',smm=on' : '');
}

function accelerator(config: GuestHardware['config'], around: MachineSurroundings): string[] {
  const type = propertiesOf(config.cpu, 'cputype').cputype ?? 'kvm64';
  if (around.kvm && (config.kvm === undefined || isOn(config.kvm))) return ['-accel', 'kvm', '-cpu', /^(host|max|qemu64|kvm64)$/.test(type) ? type : 'max'];
  // Page tables of five levels cost time at every access and no guest needs them.
  return ['-accel', 'tcg,thread=multi,tb-size=256', '-cpu', /^(qemu64|kvm64|qemu32|kvm32)$/.test(type) ? type : 'max,la57=off'];
}

function processors({ sockets = '1', cores = '1', vcpus }: GuestHardware['config']): string {
  const all = Number(sockets) * Number(cores);
  return `${vcpus ?? all},sockets=${sockets},cores=${cores},maxcpus=${all}`;
}

function memory(config: GuestHardware['config']): string {
  return propertiesOf(config.memory ?? '512', 'current').current;
}

function identity(config: GuestHardware['config']): string[] {
  const { base64, ...fields } = propertiesOf(config.smbios1, 'uuid');
  const text = (value: string, name: string) => commas(isOn(base64) && name !== 'uuid' ? Buffer.from(value, 'base64').toString('utf8') : value);
  const smbios = Object.entries(fields).map(([name, value]) => `,${name}=${text(value, name)}`).join('');
  return [
    ...(smbios === '' ? [] : ['-smbios', `type=1${smbios}`]),
    ...(/^[0-9a-f-]{36}$/i.test(config.vmgenid ?? '') ? ['-device', `vmgenid,guid=${config.vmgenid}`] : []),
  ];
}

function firmware({ firmware: efi }: MachineSurroundings): string[] {
  if (!efi) return [];
  return [
    ...(efi.secure ? ['-global', 'driver=cfi.pflash01,property=secure,value=on'] : []),
    '-drive', `if=pflash,unit=0,format=raw,readonly=on,file=${commas(efi.secure ? efi.ovmf.secureCode! : efi.ovmf.code)}`,
    // A storage rounds its volumes up, but the firmware finds its variables only behind exactly their own size.
    '-drive', `if=pflash,unit=1,id=drive-efidisk0,driver=raw,size=${EFI_VARIABLES_BYTES},cache=unsafe,file.driver=qcow2,file.file.filename=${commas(efi.variables)}`,
  ];
}

/** A screen that nobody sees: what a guest draws takes time, but some want one. */
function graphics(config: GuestHardware['config']): string[] {
  const { type = 'std' } = propertiesOf(config.vga, 'type');
  if (/^(none|serial\d)$/.test(type)) return ['-vga', 'none'];
  return ['-vga', type.startsWith('virtio') ? 'virtio' : ['cirrus', 'vmware'].includes(type) ? type : 'std'];
}

function serial(config: GuestHardware['config'], { sockets, consoleLog }: MachineSurroundings): string[] {
  return ['serial0', 'serial1', 'serial2', 'serial3'].filter((port) => config[port] !== undefined).flatMap((port) => [
    '-chardev', `socket,id=${port},path=${commas(sockets)}/${port},server=on,wait=off${port === 'serial0' ? `,logfile=${commas(consoleLog)}` : ''}`,
    '-device', `isa-serial,chardev=${port}`,
  ]);
}

function agent(config: GuestHardware['config'], { sockets }: MachineSurroundings): string[] {
  const { enabled, type } = propertiesOf(config.agent, 'enabled');
  if (!isOn(enabled)) return [];
  const channel = ['-chardev', `socket,id=qga0,path=${commas(sockets)}/qga,server=on,wait=off`];
  if (type === 'isa') return [...channel, '-device', 'isa-serial,chardev=qga0'];
  return [...channel, '-device', 'virtio-serial,id=qga0,bus=pci.0,addr=0x8', '-device', 'virtserialport,chardev=qga0,name=org.qemu.guest_agent.0'];
}

function random(config: GuestHardware['config']): string[] {
  if (config.rng0 === undefined) return [];
  const { max_bytes: bytes = '1024', period = '1000' } = propertiesOf(config.rng0, 'source');
  const limit = bytes === '0' ? '' : `,max-bytes=${bytes},period=${period}`;
  return ['-object', 'rng-random,filename=/dev/urandom,id=rng0', '-device', `virtio-rng-pci,rng=rng0${limit},bus=pci.0,addr=0x1d`];
}

function tpm({ tpm: socket }: MachineSurroundings): string[] {
  if (socket === undefined) return [];
  return ['-chardev', `socket,id=tpmchar,path=${commas(socket)}`, '-tpmdev', 'emulator,id=tpmdev,chardev=tpmchar', '-device', 'tpm-tis,tpmdev=tpmdev'];
}

/** QEMU's devices for PVE's models. */
const NIC_MODELS: { readonly [model: string]: string } = { virtio: 'virtio-net-pci' };
/** PCI slot of the first NIC. */
const FIRST_NIC_ADDRESS = 0x12;

/** The NICs of a configuration: `net0` → its model and MAC. @internal */
export function nics(config: GuestHardware['config']): { readonly name: string; readonly model: string; readonly mac: string }[] {
  return Object.keys(config).filter((key) => /^net\d+$/.test(key)).sort((a, b) => Number(a.slice(3)) - Number(b.slice(3))).map((name) => {
    const { model: named, macaddr, ...rest } = propertiesOf(config[name], 'model');
    const [model, mac] = named === undefined ? Object.entries(rest).find(([, value]) => /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(value))! : [named, macaddr];
    return { name, model, mac };
  });
}

function networks(guest: GuestHardware, around: MachineSurroundings): string[] {
  const indexes = bootIndexes(guest);
  return nics(guest.config).flatMap(({ name, model, mac }) => {
    const index = Number(name.slice(3));
    const address = index < 6 ? `,bus=pci.0,addr=0x${(FIRST_NIC_ADDRESS + index).toString(16)}` : '';
    const boot = name in indexes ? `,bootindex=${indexes[name]}` : ',romfile=';
    return [
      '-netdev', `user,id=${name},ipv6=off,${around.networks[name]}`,
      '-device', `${NIC_MODELS[model] ?? model},mac=${mac},netdev=${name},id=${name}${address}${boot}`,
    ];
  });
}
