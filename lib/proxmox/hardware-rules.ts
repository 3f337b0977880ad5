import { ruleTable } from '../core';

const QM = 'https://pve.proxmox.com/pve-docs/chapter-qm.html';

/**
 * Rules of virtual hardware: what Proxmox VE, Packer's plugin and Terraform's provider all take.
 * @internal
 */
export const vmHardwareRules = ruleTable({
  'cores-out-of-range': {
    rule: 'A socket has 1 to 128 cores.',
    remedy: 'Choose a whole number of cores from 1 to 128; more CPUs come from more sockets.',
    see: `${QM}#qm_cpu`,
  },
  'sockets-out-of-range': {
    rule: 'A machine has 1 to 4 sockets.',
    remedy: 'Choose 1 to 4 sockets.',
    see: `${QM}#qm_cpu`,
  },
  'memory-out-of-range': {
    rule: 'Memory is a whole number of MiB, from 64 MiB to 4178944 MiB.',
    remedy: 'Choose the memory in MiB or GiB, for example Size.gibibytes(4).',
    see: `${QM}#qm_memory`,
  },
  'minimum-memory-too-large': {
    rule: 'The memory that ballooning leaves is a whole number of MiB and not more than the memory.',
    remedy: 'Choose a smaller minimumMemory, or leave it out: then there is no ballooning.',
    see: `${QM}#qm_memory`,
  },
  'no-disk': {
    rule: 'A machine has a disk to boot from.',
    remedy: 'Give at least one disk, or leave `disks` out to take those of the template.',
  },
  'disk-size': {
    rule: 'The size of a disk is a whole number of GiB.',
    remedy: 'Round it up, for example Size.gibibytes(20).',
  },
  'bus-full': {
    rule: 'A bus takes a limited number of devices: ide 2 under q35, sata 6, scsi 31, virtio 16.',
    remedy: 'Attach the disk to another bus, such as DiskBus.SCSI.',
    see: `${QM}#qm_hard_disk`,
  },
  'io-thread': {
    rule: 'An I/O thread needs the SCSI bus with the controller virtio-scsi-single, or the VirtIO bus.',
    remedy: 'Leave ioThread out, or attach the disk to DiskBus.SCSI.',
    see: `${QM}#qm_hard_disk`,
  },
  'ssd-on-virtio': {
    rule: 'A disk on the VirtIO bus cannot show itself as a solid state disk.',
    remedy: 'Leave ssd out, or attach the disk to DiskBus.SCSI.',
    see: `${QM}#qm_hard_disk`,
  },
  'vlan-tag': {
    rule: 'A VLAN tag is a whole number from 1 to 4094.',
    remedy: 'Choose a tag in that range, or leave it out for an untagged device.',
  },
  'mac-address': {
    rule: 'A hardware address has six pairs of hexadecimal digits, and is not a multicast address (its second digit is even).',
    remedy: 'Write it as BC:24:11:00:00:01, or leave it out to have one made.',
  },
  'mtu': {
    rule: 'The MTU is 576 to 65520 bytes, or 1 to take that of the bridge, and needs the model virtio.',
    remedy: 'Choose such an MTU with NetworkModel.VIRTIO, or leave it out for 1500.',
    see: `${QM}#qm_network_device`,
  },
});
