import { ruleTable } from '../core';

/**
 * Rules of operating systems and their images.
 * @internal
 */
export const guestOsRules = ruleTable({
  'checksum-form': {
    rule: 'A checksum has the number of hexadecimal digits of its algorithm: 64 for SHA-256, 128 for SHA-512.',
    remedy: 'Copy the whole line for the file from the checksum list of the vendor.',
  },
  'os-name-form': {
    rule: 'The name of an operating system has 1 to 64 lower-case letters, digits, `.` and `-`.',
    remedy: 'Choose a name such as debian-13.',
  },
  'image-url-form': {
    rule: 'A cloud image has an http or https address that ends in .qcow2, .img, .raw or .vmdk: Proxmox VE imports nothing that is compressed.',
    remedy: 'Choose the file that is not compressed, or unpack it and serve it yourself.',
    see: 'https://registry.terraform.io/providers/bpg/proxmox/latest/docs/resources/download_file',
  },
  'image-url-moving': {
    rule: 'The address of a cloud image names a dated release: one with `latest` or `current` in it leads to another file next month, which the checksum refuses.',
    remedy: 'Use the address of a dated release, such as …/release-20260705/….',
  },
  'install-agent-missing': {
    rule: 'An operating system whose image has no guest agent says how it is installed: nothing else tells Packer the address of a build.',
    remedy: 'Give guestSetup.installAgent the lines of a shell script, such as apk add qemu-guest-agent.',
  },
  'iso-release-missing': {
    rule: 'A release that was made of a cloud image alone says nowhere which ISO it is installed from.',
    remedy: 'Give the release an iso: { url, checksum } as well, or take a CloudImageTemplate.',
  },
  'answer-file-missing': {
    rule: 'An installation with nobody watching has an answer file at least.',
    remedy: 'Return answerFiles: { name: text } from bindInstallation.',
  },
  'answer-file-name': {
    rule: 'An answer file is named by letters, digits, `.`, `_` and `-`, in folders joined by `/`.',
    remedy: 'Choose a name such as user-data or ks.cfg.',
  },
  'answer-label-form': {
    rule: 'The label of the CD with the answer file has 1 to 32 letters, digits, `_` and `-`.',
    remedy: 'Choose the one that the installer looks for, such as cidata or OEMDRV.',
  },
  'text-control-characters': {
    rule: 'The lines of a script have no line breaks and no NUL characters.',
    remedy: 'Give one line per element.',
  },
});
