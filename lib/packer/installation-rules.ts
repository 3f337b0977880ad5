import { ruleTable } from '../core';

/**
 * Rules of a source that installs from an ISO.
 * @internal
 */
export const installationRules = ruleTable({
  'packer-iso-without-communicator': {
    rule: 'An installation needs a communicator: without one Packer shuts the machine down in the middle of it.',
    remedy: 'Use Communicator.ssh or Communicator.winRm.',
    see: 'https://github.com/hashicorp/packer-plugin-proxmox/issues/271',
  },
  'packer-iso-ssh-timeout': {
    rule: 'The time for the first login by SSH holds the whole installation, and is 5 minutes where nothing is said.',
    remedy: 'Set timeout: Duration.minutes(30) in Communicator.ssh.',
  },
  'packer-iso-ssh-login': {
    rule: 'An installed machine is entered by a password, a key file or the agent: the ISO source makes no key.',
    remedy: 'Give the one that the answer file sets up; a secret made anew for each build is template.addLocal(…, Expression.call("uuidv4"), { sensitive: true }).',
  },
  'packer-ovmf-without-efi-disk': {
    rule: 'A new machine with UEFI needs an EFI disk, or it forgets how to boot.',
    remedy: 'Give efiConfig: { storagePool: … }.',
  },
  'packer-efi-disk-without-ovmf': {
    rule: 'An EFI disk means something only to a machine with UEFI.',
    remedy: 'Set bios: Bios.OVMF, or leave out efiConfig.',
  },
  'packer-boot-iso-not-in-order': {
    rule: 'A boot order names the drive of the boot ISO: otherwise the machine never boots from it.',
    remedy: "Put it behind the disk, which is empty at first: ['scsi0', 'ide2'].",
  },
});
