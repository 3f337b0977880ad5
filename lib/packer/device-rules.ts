import { ruleTable } from '../core';

/**
 * Rules of the hardware of a machine while it is built.
 * @internal
 */
export const deviceRules = ruleTable({
  'packer-storage-name': {
    rule: 'The name of a storage is a letter, then letters, digits, . _ and -, with a letter or digit at its end.',
    remedy: 'Give the name as `pvesm status` shows it, such as local-lvm.',
  },
  'packer-bridge-missing': {
    rule: 'A network card is connected to a bridge.',
    remedy: 'Give the name of the bridge, such as vmbr0.',
  },
  'packer-packet-queues': {
    rule: 'Packet queues are 1 to 64, and only a VirtIO card has them.',
    remedy: 'Set model: NetworkModel.VIRTIO, or leave out packetQueues.',
  },
  'packer-mac-address': {
    rule: 'A MAC address is six pairs of hex digits, joined by colons, of one card (the second digit is even); or `repeatable`.',
    remedy: 'Write it as BC:24:11:00:00:01, or leave it out.',
  },
  'packer-mtu': {
    rule: 'The largest packet is 1 to 65520 bytes, 1 meaning that of the bridge.',
    remedy: 'Leave it out, or give a number such as 9000.',
  },
  'packer-vlan-tag': {
    rule: 'A VLAN is a whole number from 1 to 4094.',
    remedy: 'Leave it out for an untagged card.',
  },
  'packer-too-many-adapters': {
    rule: 'A machine has 32 network cards at most.',
    remedy: 'Leave some out.',
  },
  'packer-disk-size': {
    rule: 'A disk is larger than 4 MiB.',
    remedy: 'Give a size such as Size.gibibytes(20).',
  },
  'packer-io-thread': {
    rule: 'Only SCSI and VirtIO disks of a machine with scsiController: ScsiController.VIRTIO_SCSI_SINGLE have an I/O thread; the plugin demands that controller for VirtIO disks too.',
    remedy: 'Set the controller, or leave out ioThread.',
  },
  'packer-ssd-on-virtio': {
    rule: 'A VirtIO disk cannot look like an SSD.',
    remedy: 'Use DiskBus.SCSI, or leave out ssd.',
  },
  'packer-slot-taken': {
    rule: 'A slot holds one drive.',
    remedy: 'Give one of them another index, or none.',
  },
  'packer-bus-full': {
    rule: 'A bus has a fixed number of slots for disks and ISO images together: ide 4, sata 6, scsi 31, virtio 16.',
    remedy: 'Put some of them on another bus.',
  },
  'packer-ide-on-q35': {
    rule: 'Machine type q35 has the IDE slots 0 and 2 only.',
    remedy: 'Use slot 0 or 2, or another bus: SCSI is seen by all kernels for clouds, SATA by installers.',
    see: 'https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_machine_type',
  },
  'packer-rng-limit': {
    rule: 'The bytes and the length of a period of the random number generator are whole numbers from 1.',
    remedy: 'Use 1024 bytes in 1000 milliseconds, the default.',
  },
  'packer-vga-memory': {
    rule: 'Video memory is 4 to 512 MiB, in whole MiB.',
    remedy: 'Leave it out, or give a size such as Size.mebibytes(32).',
  },
  'packer-pci-host-or-mapping': {
    rule: 'A PCI device is given by its address or by a mapping, and by one of them.',
    remedy: 'Prefer `mapping`, which a token may use too.',
  },
  'packer-pci-host': {
    rule: 'The address of a PCI device is bus, device and function, in hex digits.',
    remedy: 'Write it as 0000:01:00.0, as `lspci -D` on the node shows it.',
  },
  'packer-pci-id': {
    rule: 'A vendor or device id is 0x and four hex digits.',
    remedy: 'Write it as 0x10de.',
  },
  'packer-pcie-without-q35': {
    rule: 'A PCI Express device needs machine type q35.',
    remedy: 'Set machine: MachineType.Q35, or leave out pcie.',
  },
  'packer-legacy-igd': {
    rule: 'An Intel GPU in legacy mode needs machine type i440fx and a machine without display.',
    remedy: 'Set machine: MachineType.I440FX and vga: { type: VgaType.NONE }, or leave out legacyIgd.',
  },
  'packer-too-many-pci-devices': {
    rule: 'A machine has 16 PCI devices of the node at most.',
    remedy: 'Leave some out.',
  },
});
