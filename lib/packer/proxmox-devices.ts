import {
  DiskAsyncIo, DiskBus, DiskCache, DiskFormat, EfiType, NetworkModel, Size, TpmVersion, VgaType,
} from '../core';
import { Block, Body } from '../hcl';
import { once } from './plugin-text';

/** A network card of a machine while it is built, and of the template. */
export interface NetworkAdapter {
  /** Bridge of the node, such as `vmbr0`. */
  readonly bridge: string;
  /**
   * Card that the guest sees. Always say it: the plugin's default is an Intel card of 2002.
   * @default NetworkModel.E1000
   */
  readonly model?: NetworkModel;
  /**
   * Number of queues, 1 to 64; only for `NetworkModel.VIRTIO`.
   * @default - one queue
   */
  readonly packetQueues?: number;
  /**
   * MAC address, such as `BC:24:11:00:00:01`; or `repeatable`, which makes one from the VM id.
   * @default - a random one
   */
  readonly macAddress?: string;
  /**
   * Largest packet in bytes, 1 to 65520; 1 takes over the bridge's.
   * @default - the guest's default, 1500
   */
  readonly mtu?: number;
  /**
   * VLAN, 1 to 4094.
   * @default - untagged
   */
  readonly vlanTag?: number;
  /**
   * Whether the firewall of Proxmox VE guards the card.
   * @default false
   */
  readonly firewall?: boolean;
}

/** A disk that is made for a build. On a clone it comes besides the disks of the template. */
export interface SourceDisk {
  /** Storage of the disk. */
  readonly storagePool: string;
  /**
   * Bus of the disk. Always written, since the plugin refuses an I/O thread where it stands nowhere.
   * @default DiskBus.SCSI
   */
  readonly type?: DiskBus;
  /**
   * Size of the disk; above 4 MiB.
   * @default Size.gibibytes(20)
   */
  readonly size?: Size;
  /**
   * Format on the storage.
   * @default DiskFormat.RAW
   */
  readonly format?: DiskFormat;
  /**
   * Cache mode.
   * @default DiskCache.NONE
   */
  readonly cacheMode?: DiskCache;
  /**
   * Whether the disk has an I/O thread of its own. Only on SCSI and VirtIO, with `ScsiController.VIRTIO_SCSI_SINGLE`.
   * @default false
   */
  readonly ioThread?: boolean;
  /**
   * Way of asynchronous I/O.
   * @default - that of Proxmox VE, io_uring
   */
  readonly asyncIo?: DiskAsyncIo;
  /**
   * Whether backups leave the disk out.
   * @default false
   */
  readonly excludeFromBackup?: boolean;
  /**
   * Whether space that the guest frees is given back to the storage.
   * @default false
   */
  readonly discard?: boolean;
  /**
   * Whether the guest sees an SSD. Not on VirtIO.
   * @default false
   */
  readonly ssd?: boolean;
}

/** The disk in which UEFI keeps its variables. */
export interface EfiConfig {
  /** Storage of the disk. */
  readonly storagePool: string;
  /**
   * Size of the flash device.
   * @default EfiType.EFI_4M
   */
  readonly type?: EfiType;
  /**
   * Whether the keys of Microsoft and the distributions are enrolled and Secure Boot is on.
   * @default false
   */
  readonly preEnrolledKeys?: boolean;
  /**
   * Format on the storage.
   * @default - that of the storage
   */
  readonly format?: DiskFormat;
}

/** The Trusted Platform Module of a machine. */
export interface TpmConfig {
  /** Storage of its state. */
  readonly storagePool: string;
  /**
   * Version of the module.
   * @default TpmVersion.V2_0
   */
  readonly version?: TpmVersion;
}

/** The display of a machine. */
export interface VgaConfig {
  /** Kind of display. */
  readonly type: VgaType;
  /**
   * Video memory, 4 to 512 MiB in whole MiB.
   * @default - that of Proxmox VE for the kind
   */
  readonly memory?: Size;
}

/** Where the random numbers of a `RngConfig` come from. */
export enum RngSource {
  /** The kernel's generator; never blocks. */
  URANDOM = '/dev/urandom',
  /** The kernel's generator; may block on old kernels. */
  RANDOM = '/dev/random',
  /** A hardware generator of the node. */
  HWRNG = '/dev/hwrng',
}

/** A VirtIO random number generator. */
export interface RngConfig {
  /** Where the numbers come from. */
  readonly source: RngSource;
  /**
   * Bytes that the guest may take in a period, 1 or more. Always written: the plugin warns where it stands nowhere.
   * @default 1024
   */
  readonly maxBytes?: number;
  /**
   * Length of a period in milliseconds, 1 or more.
   * @default 1000
   */
  readonly period?: number;
}

/** A PCI device of the node that the machine uses. Either `host` or `mapping` is given. */
export interface PciDeviceConfig {
  /**
   * Address on the node, such as `0000:01:00.0`. Proxmox VE allows it to root@pam with a password only.
   * @default - `mapping` is given
   */
  readonly host?: string;
  /**
   * Name of a resource mapping of the cluster.
   * @default - `host` is given
   */
  readonly mapping?: string;
  /**
   * Device id that the guest sees.
   * @default - the real one
   */
  readonly deviceId?: string;
  /**
   * Vendor id that the guest sees.
   * @default - the real one
   */
  readonly vendorId?: string;
  /**
   * Subsystem device id that the guest sees.
   * @default - the real one
   */
  readonly subDeviceId?: string;
  /**
   * Subsystem vendor id that the guest sees.
   * @default - the real one
   */
  readonly subVendorId?: string;
  /**
   * Kind of mediated device, such as `nvidia-259`.
   * @default - the whole device
   */
  readonly mdev?: string;
  /**
   * Whether the guest sees a PCI Express device. Needs machine type q35.
   * @default false
   */
  readonly pcie?: boolean;
  /**
   * Whether the device's ROM is hidden from the guest.
   * @default false
   */
  readonly hideRomBar?: boolean;
  /**
   * ROM file, in `/usr/share/kvm/` of the node.
   * @default - the device's own
   */
  readonly romFile?: string;
  /**
   * Whether an integrated Intel GPU is passed in legacy mode. Needs machine type i440fx and `VgaType.NONE`.
   * @default false
   */
  readonly legacyIgd?: boolean;
  /**
   * Whether the device is the machine's primary GPU.
   * @default false
   */
  readonly primaryGpu?: boolean;
}

/** What Proxmox VE takes where nothing is said. */
const DEFAULT_RNG_BYTES = 1024;

/** The block of a network card. */
export function renderNetworkAdapter(adapter: NetworkAdapter): Block {
  return block('network_adapters', {
    bridge: adapter.bridge,
    model: adapter.model,
    packet_queues: adapter.packetQueues,
    mac_address: adapter.macAddress,
    mtu: adapter.mtu,
    vlan_tag: adapter.vlanTag?.toString(),
    firewall: adapter.firewall,
  });
}

/** The block of a disk. */
export function renderDisk(disk: SourceDisk): Block {
  return block('disks', {
    storage_pool: disk.storagePool,
    type: disk.type ?? DiskBus.SCSI,
    disk_size: disk.size === undefined ? undefined : diskSize(disk.size),
    format: disk.format,
    cache_mode: disk.cacheMode,
    io_thread: disk.ioThread,
    asyncio: disk.asyncIo,
    exclude_from_backup: disk.excludeFromBackup,
    discard: disk.discard,
    ssd: disk.ssd,
  });
}

/** The block of the EFI disk. */
export function renderEfi(efi: EfiConfig): Block {
  return block('efi_config', {
    efi_storage_pool: efi.storagePool,
    efi_type: efi.type ?? EfiType.EFI_4M,
    pre_enrolled_keys: efi.preEnrolledKeys,
    efi_format: efi.format,
  });
}

/** The block of the TPM. */
export function renderTpm(tpm: TpmConfig): Block {
  return block('tpm_config', { tpm_storage_pool: tpm.storagePool, tpm_version: tpm.version ?? TpmVersion.V2_0 });
}

/** The block of the display. */
export function renderVga(vga: VgaConfig): Block {
  return block('vga', { type: vga.type, memory: vga.memory?.toMebibytes() });
}

/** The block of the random number generator. */
export function renderRng(rng: RngConfig): Block {
  return block('rng0', { source: rng.source, max_bytes: rng.maxBytes ?? DEFAULT_RNG_BYTES, period: rng.period });
}

/** The block of a PCI device. */
export function renderPciDevice(device: PciDeviceConfig): Block {
  return block('pci_devices', {
    host: device.host,
    mapping: device.mapping,
    device_id: device.deviceId,
    vendor_id: device.vendorId,
    sub_device_id: device.subDeviceId,
    sub_vendor_id: device.subVendorId,
    mdev: device.mdev,
    pcie: device.pcie,
    hide_rombar: device.hideRomBar,
    romfile: device.romFile,
    legacy_igd: device.legacyIgd,
    x_vga: device.primaryGpu,
  });
}

/** A size as the plugin reads it: a whole number of K, M, G or T. Anything else it takes for 0. */
function diskSize(size: Size): string {
  const kib = size.toKibibytes();
  for (const [unit, power] of [['T', 3], ['G', 2], ['M', 1]] as const) {
    if (kib % 1024 ** power === 0) return `${kib / 1024 ** power}${unit}`;
  }
  return `${kib}K`;
}

function block(type: string, attributes: { [name: string]: any }): Block {
  return new Block(type, [], new Body(once(attributes)));
}
