import {
  Bios, CpuType, DiskBus, DiskCache, DiskFormat, EfiType, MachineType, NetworkModel, OsType, ScsiController, Size, VgaType,
} from '../core';

/** A disk of a machine or template. */
export interface Disk {
  /** Size in whole GiB. The first disk of a machine cannot be smaller than that of its template. */
  readonly size: Size;
  /** Storage that holds the disk. @default - storage of the ProxmoxVe */
  readonly storage?: string;
  /** Bus to which the disk is attached. @default DiskBus.SCSI */
  readonly bus?: DiskBus;
  /** Whether blocks that the guest gives up are freed on the storage. @default true */
  readonly discard?: boolean;
  /** Whether the guest sees a solid state disk. Not with DiskBus.VIRTIO. @default true, except with DiskBus.VIRTIO */
  readonly ssd?: boolean;
  /**
   * Whether the disk has an I/O thread of its own. Needs the SCSI bus with ScsiController.VIRTIO_SCSI_SINGLE, or DiskBus.VIRTIO.
   * @default - true where it is possible
   */
  readonly ioThread?: boolean;
  /** Cache mode. @default DiskCache.NONE */
  readonly cache?: DiskCache;
  /** Whether backups contain the disk. @default true */
  readonly backup?: boolean;
  /** Whether the disk takes part in storage replication. @default true */
  readonly replicate?: boolean;
  /** Format of the disk. Storages of blocks (ZFS, LVM, Ceph) take only raw. @default - what the storage prefers */
  readonly format?: DiskFormat;
}

/** A network device of a machine or template. */
export interface NetworkDevice {
  /** Bridge or virtual network. @default - bridge of the ProxmoxVe */
  readonly bridge?: string;
  /** What the guest sees. @default NetworkModel.VIRTIO */
  readonly model?: NetworkModel;
  /** VLAN tag, 1 to 4094. @default - none */
  readonly vlanTag?: number;
  /** Whether the firewall of Proxmox VE filters the device. @default false */
  readonly firewall?: boolean;
  /** Hardware address, such as `BC:24:11:00:00:01`. @default - given by Proxmox VE */
  readonly macAddress?: string;
  /** Largest packet in bytes, 576 to 65520; 1 takes that of the bridge. Only with NetworkModel.VIRTIO. @default - 1500 */
  readonly mtu?: number;
}

/** What a machine or template is made of, apart from its disks; everything has a default. */
export interface VmComputeProps {
  /** CPU cores per socket, 1 to 128. @default - of the template; 2 for a new template */
  readonly cores?: number;
  /** CPU sockets, 1 to 4. @default - of the template; 1 for a new template */
  readonly sockets?: number;
  /** CPU the guest sees. @default - of the template; CpuType.X86_64_V2_AES for a new template */
  readonly cpuType?: CpuType;
  /** Memory in whole MiB. @default - of the template; 2 GiB for a new template */
  readonly memory?: Size;
  /** Memory that the machine keeps when the node runs short of it (ballooning). @default - all of it: no ballooning */
  readonly minimumMemory?: Size;
  /** Network devices. @default - of the template; one on the bridge of the ProxmoxVe for a new template */
  readonly networkDevices?: NetworkDevice[];
  /** What the web console shows. @default - of the template; VgaType.STD for a new template */
  readonly vga?: VgaType;
}

/** What a machine is made of; everything has a default. */
export interface VmHardwareProps extends VmComputeProps {
  /** Disks; the first holds the operating system. @default - of the template */
  readonly disks?: Disk[];
}

/** A disk with nothing left open. */
export interface VmDisk {
  /** Bus and number, such as `scsi0`. */
  readonly slot: string;
  /** Bus. */
  readonly bus: DiskBus;
  /** Size in whole GiB. */
  readonly size: Size;
  /** Storage that holds the disk. */
  readonly storage: string;
  /** Whether freed blocks are freed on the storage. */
  readonly discard: boolean;
  /** Whether the guest sees a solid state disk. */
  readonly ssd: boolean;
  /** Whether the disk has an I/O thread. */
  readonly ioThread: boolean;
  /** Cache mode. */
  readonly cache: DiskCache;
  /** Whether backups contain the disk. */
  readonly backup: boolean;
  /** Whether the disk is replicated. */
  readonly replicate: boolean;
  /** Format. @default - what the storage prefers */
  readonly format?: DiskFormat;
}

/** A network device with nothing left open, except what Proxmox VE itself gives. */
export interface VmNetworkDevice {
  /** Bridge or virtual network. */
  readonly bridge: string;
  /** What the guest sees. */
  readonly model: NetworkModel;
  /** Whether the firewall filters the device. */
  readonly firewall: boolean;
  /** VLAN tag. @default - none */
  readonly vlanTag?: number;
  /** Hardware address. @default - given by Proxmox VE */
  readonly macAddress?: string;
  /** Largest packet in bytes. @default - 1500 */
  readonly mtu?: number;
}

/**
 * Virtual hardware with nothing left open.
 *
 * Packer's plugin and Terraform's provider overwrite what a template had with defaults of their own wherever they are told nothing.
 * So every source and every machine says all of this, taken over from its template.
 */
export interface VmHardware {
  /** Firmware. */
  readonly bios: Bios;
  /** Chipset. */
  readonly machine: MachineType;
  /** Size of the EFI variable store. @default - there is none, without OVMF */
  readonly efiType?: EfiType;
  /** Whether the variable store starts with the Secure Boot keys of Microsoft and distributions. */
  readonly preEnrolledKeys: boolean;
  /** What Proxmox VE optimises for. */
  readonly osType: OsType;
  /** CPU the guest sees. */
  readonly cpuType: CpuType;
  /** CPU cores per socket. */
  readonly cores: number;
  /** CPU sockets. */
  readonly sockets: number;
  /** Memory. */
  readonly memory: Size;
  /** Memory below which ballooning does not go. @default - no ballooning */
  readonly minimumMemory?: Size;
  /** SCSI controller. */
  readonly scsiController: ScsiController;
  /** Disks; the first holds the operating system. */
  readonly disks: VmDisk[];
  /** Network devices. */
  readonly networkDevices: VmNetworkDevice[];
  /** What the web console shows. */
  readonly vga: VgaType;
  /** Whether there is a serial console. Debian's and Ubuntu's cloud images stop at boot after a resize without one. */
  readonly serialConsole: boolean;
}
