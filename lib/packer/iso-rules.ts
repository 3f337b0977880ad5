import { ruleTable } from '../core';

/**
 * Rules of the ISO images that a machine has while it is built.
 * @internal
 */
export const isoRules = ruleTable({
  'packer-iso-volume': {
    rule: 'An ISO on a storage is named <storage>:iso/<file>; with anything else the plugin crashes when the machine is made.',
    remedy: 'Write it as `pvesm list <storage> --content iso` shows it, such as local:iso/debian-12.7.0-amd64-netinst.iso.',
    see: 'https://github.com/hashicorp/packer-plugin-proxmox/issues/336',
  },
  'packer-iso-url': {
    rule: 'The address of an ISO is a URL.',
    remedy: 'Give a URL such as https://example.com/debian.iso, or use IsoFile.fromStorage for a file that a storage already has.',
  },
  'packer-iso-checksum': {
    rule: 'A downloaded ISO has a checksum, <algorithm>:<hex digits> with md5, sha1, sha256 or sha512, or file:<URL> of a list of checksums.',
    remedy: 'Copy the checksum from the vendor, such as sha256:0123….',
  },
  'packer-iso-checksum-on-node': {
    rule: 'A node that downloads an ISO itself needs the checksum as digits: without one a second build stops with "refusing to override existing file", and `file:` means nothing to it.',
    remedy: 'Write the checksum as sha256:<hex digits>.',
    see: 'https://github.com/hashicorp/packer-plugin-proxmox/issues/179',
  },
  'packer-iso-url-on-node': {
    rule: 'A node downloads an ISO from an http or https URL that ends with .iso or .img, without ? and #: the plugin crashes otherwise.',
    remedy: 'Give such a URL, or leave out downloadOnNode.',
  },
  'packer-iso-content-empty': {
    rule: 'An ISO made by Packer has files or content.',
    remedy: 'Give `content` (file names and texts) or `files` (paths).',
  },
  'packer-iso-content-name': {
    rule: 'A file on an ISO made by Packer has a relative name without `..`.',
    remedy: 'Write user-data or folder/file, not /user-data.',
  },
  'packer-iso-label': {
    rule: 'The label of an ISO has 1 to 32 characters, letters, digits, _ and -.',
    remedy: 'Choose a label such as cidata (which cloud-init looks for) or OEMDRV (Anaconda).',
  },
  'packer-iso-index-range': {
    rule: 'The slot of an ISO exists on its bus: ide 0 to 3, sata 0 to 5, scsi 0 to 30. The plugin crashes otherwise.',
    remedy: 'Choose another index, or another bus.',
  },
  'packer-iso-index-without-bus': {
    rule: 'The plugin puts the boot ISO on ide2 where no bus is given, whatever index is written.',
    remedy: 'Give the bus as well, or neither.',
  },
  'packer-iso-keep-drive-without-unmount': {
    rule: 'An empty drive can only stay behind where the ISO is taken out.',
    remedy: 'Set unmount to true, or leave out keepCdromDevice.',
  },
  'packer-iso-slot-on-clone': {
    rule: 'An ISO on a clone has bus and index: without them the plugin takes the first slot without a disk, and overwrites the cloud-init drive that the template has there.',
    remedy: 'Give a slot that the template does not use, such as bus: IsoBus.SCSI and index: 30. Kernels for clouds often have no driver for SATA and IDE.',
  },
});
