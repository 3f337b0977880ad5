/*
 * The words of Proxmox VE for virtual hardware, as far as the Packer plugin and the Terraform provider share them.
 */

/** Firmware of a virtual machine. @see https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_bios_and_uefi */
export enum Bios {
  /** The classic PC BIOS; what Proxmox VE takes where nothing is said. */
  SEABIOS = 'seabios',
  /** UEFI. It needs an EFI disk to keep its variables, such as boot entries. */
  OVMF = 'ovmf',
}

/** Size of the flash device in an EFI disk. */
export enum EfiType {
  /** 2 MB: older, only for guests that were installed with it. */
  EFI_2M = '2m',
  /** 4 MB: needed for Secure Boot; the choice for everything new. */
  EFI_4M = '4m',
}

/** Controller of the disks on the SCSI bus. @see https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_hard_disk */
export enum ScsiController {
  /** LSI 53C895A, the default of Packer's plugin: slow, and unknown to many guests of today. */
  LSI = 'lsi',
  /** LSI 53C810. */
  LSI53C810 = 'lsi53c810',
  /** VirtIO SCSI, one controller for all disks. */
  VIRTIO_SCSI_PCI = 'virtio-scsi-pci',
  /** VirtIO SCSI with a controller for each disk; the only one on which a disk can have an I/O thread. */
  VIRTIO_SCSI_SINGLE = 'virtio-scsi-single',
  /** MegaRAID SAS 8708EM2. */
  MEGASAS = 'megasas',
  /** VMware paravirtual. */
  PVSCSI = 'pvscsi',
}

/** Bus on which a disk is seen by the guest. */
export enum DiskBus {
  /** IDE: 4 slots (`ide0` to `ide3`); on machine type q35 only `ide0` and `ide2` are usable. */
  IDE = 'ide',
  /** SATA: 6 slots (`sata0` to `sata5`). Kernels for clouds often have no driver for it. */
  SATA = 'sata',
  /** SCSI: 31 slots (`scsi0` to `scsi30`) behind the machine's `ScsiController`. */
  SCSI = 'scsi',
  /** VirtIO block: 16 slots (`virtio0` to `virtio15`). */
  VIRTIO = 'virtio',
}

/** Cache mode of a disk on the host. @see https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_hard_disk_cache */
export enum DiskCache {
  /** No host cache; the default of Proxmox VE. */
  NONE = 'none',
  /** Host cache for reading; writes go through. */
  WRITETHROUGH = 'writethrough',
  /** Host cache for reading and writing; the guest's flushes are honoured. */
  WRITEBACK = 'writeback',
  /** As `WRITEBACK`, but flushes are ignored: data is lost when the host fails. */
  UNSAFE = 'unsafe',
  /** No host cache, and every write is synchronous. */
  DIRECTSYNC = 'directsync',
}

/** Format of a disk on its storage. Block storages (LVM, ZFS, Ceph RBD) take `RAW` only. */
export enum DiskFormat {
  /** Plain image; the only one on block storages. */
  RAW = 'raw',
  /** QEMU copy-on-write, with snapshots; on storages of files. */
  QCOW2 = 'qcow2',
  /** VMware; on storages of files. */
  VMDK = 'vmdk',
}

/** Way in which QEMU hands a disk's I/O to the host. */
export enum DiskAsyncIo {
  /** io_uring; the default of Proxmox VE. */
  IO_URING = 'io_uring',
  /** Linux native AIO. */
  NATIVE = 'native',
  /** A pool of threads. */
  THREADS = 'threads',
}

/** Network card that the guest sees. @see https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_network_device */
export enum NetworkModel {
  /** VirtIO: fast; Linux has the driver, Windows needs it from the VirtIO ISO. */
  VIRTIO = 'virtio',
  /** Intel 82540EM, the default of Packer's plugin. */
  E1000 = 'e1000',
  /** Intel 82574L. */
  E1000E = 'e1000e',
  /** Realtek 8139, for very old guests. */
  RTL8139 = 'rtl8139',
  /** VMware paravirtual, for guests that come from there. */
  VMXNET3 = 'vmxnet3',
}

/** Display of a virtual machine. @see https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_display */
export enum VgaType {
  /** Cirrus Logic, for very old guests. */
  CIRRUS = 'cirrus',
  /** No display at all; for a GPU that is passed through. */
  NONE = 'none',
  /** SPICE, one monitor. */
  QXL = 'qxl',
  /** SPICE, two monitors. */
  QXL2 = 'qxl2',
  /** SPICE, three monitors. */
  QXL3 = 'qxl3',
  /** SPICE, four monitors. */
  QXL4 = 'qxl4',
  /** The first serial port is the console, as cloud images expect it. */
  SERIAL0 = 'serial0',
  /** The second serial port is the console. */
  SERIAL1 = 'serial1',
  /** The third serial port is the console. */
  SERIAL2 = 'serial2',
  /** The fourth serial port is the console. */
  SERIAL3 = 'serial3',
  /** Standard VGA; the default of Proxmox VE. */
  STD = 'std',
  /** VirtIO GPU. */
  VIRTIO = 'virtio',
  /** VirtIO GPU with OpenGL of the host. */
  VIRTIO_GL = 'virtio-gl',
  /** VMware SVGA II. */
  VMWARE = 'vmware',
}

/** Version of the Trusted Platform Module that a machine has. */
export enum TpmVersion {
  /** TPM 1.2. */
  V1_2 = 'v1.2',
  /** TPM 2.0, which Windows 11 demands. */
  V2_0 = 'v2.0',
}
