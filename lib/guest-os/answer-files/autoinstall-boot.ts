import { Duration } from '../../core';
import { BootKey } from '../../packer';
import { AnswerDelivery } from '../installable';

/** Label by which cloud-init knows the CD, and GRUB finds it here. */
export const AUTOINSTALL_LABEL = 'cidata';

/**
 * What GRUB does with the CD of the answer file: the kernel's line is never typed, so no key of it can be lost. What stands before `---` is
 * for the installer alone.
 * @internal
 */
export const AUTOINSTALL_GRUB_CFG = [
  'search --no-floppy --set=root --file /casper/vmlinuz',
  'set gfxpayload=keep',
  'linux /casper/vmlinuz autoinstall ---',
  'initrd /casper/initrd',
  'boot',
  '',
].join('\n');

/**
 * The keys that start the installer from the menu of GRUB.
 * @internal
 */
export function autoinstallBootCommand(delivery: AnswerDelivery): string[] {
  return ['c', BootKey.wait(Duration.seconds(2)), ...(delivery === AnswerDelivery.CD ? fromCd() : overHttp())];
}

/** By the label, since GRUB counts CDs in an order of its own. */
function fromCd(): string[] {
  return [
    `search -sl ${AUTOINSTALL_LABEL}`, BootKey.ENTER, BootKey.wait(Duration.seconds(3)),
    'configfile /grub.cfg', BootKey.ENTER,
  ];
}

/** In quotes, since a semicolon ends a command of GRUB. Keys are lost while it reads the CD. */
function overHttp(): string[] {
  return [
    `linux /casper/vmlinuz autoinstall "ds=nocloud;s=http://${BootKey.HTTP_IP}:${BootKey.HTTP_PORT}/" ---`, BootKey.ENTER, BootKey.wait(Duration.seconds(10)),
    'initrd /casper/initrd', BootKey.ENTER, BootKey.wait(Duration.seconds(15)),
    'boot', BootKey.ENTER,
  ];
}
