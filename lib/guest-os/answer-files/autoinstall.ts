import { Problems } from '../../core';
import { checkForm } from '../../proxmox/text-forms';
import { autoinstallRules as rules } from '../autoinstall-rules';
import { InstallationRequest } from '../installable';
import { xkbLayout } from '../keyboard-layouts';
import { earlyCommands, lateCommands } from './autoinstall-commands';

/**
 * The `user-data` of an installation by Ubuntu's installer: one disk with GPT, an ESP and one ext4 root behind it, which a clone can grow.
 * Values that the installer would stop at are refused.
 *
 * @see https://canonical-subiquity.readthedocs-hosted.com/en/latest/reference/autoinstall-reference.html
 * @internal
 */
export function autoinstallUserData(request: InstallationRequest): string {
  checkRequest(request);
  // Read where it is needed: most programs install nothing.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { Document, Scalar } = require('yaml') as typeof import('yaml');
  // Hashes and names that YAML would take for something else, such as the keyboard `no`.
  const quoted = (text: string) => Object.assign(new Scalar(text), { type: Scalar.QUOTE_SINGLE });
  const { layout, variant } = xkbLayout(request.keyboardLayout);
  const document = new Document({
    autoinstall: {
      'version': 1,
      'early-commands': earlyCommands(),
      'refresh-installer': { update: false },
      'locale': quoted(`${request.locale}.UTF-8`),
      'keyboard': { layout: quoted(layout), ...(variant === undefined ? {} : { variant: quoted(variant) }) },
      'timezone': quoted(request.timeZone),
      'source': { search_drivers: false },
      'network': { version: 2, ethernets: { any: { 'match': { name: 'e*' }, 'dhcp4': true, 'dhcp-identifier': 'mac' } } },
      'apt': { geoip: false, fallback: 'abort' },
      'storage': STORAGE,
      'identity': { hostname: quoted(request.hostName), username: quoted(request.buildUser), password: quoted(request.buildPasswordHash) },
      'ssh': { 'install-server': true, 'allow-pw': true },
      'packages': ['qemu-guest-agent', 'cloud-init', 'cloud-guest-utils'],
      'updates': 'security',
      'kernel-crash-dumps': { enabled: false },
      'late-commands': lateCommands(request.buildUser),
      'shutdown': 'reboot',
    },
  }, { version: '1.1', aliasDuplicateObjects: false });
  return `#cloud-config\n${document.toString({ lineWidth: 0, doubleQuotedAsJSON: true })}`;
}

/**
 * The `meta-data` that belongs to it.
 * @internal
 */
export function autoinstallMetaData(request: InstallationRequest): string {
  return `instance-id: '${request.hostName}'\n`;
}

/** The installer appends nothing behind the root, so growing the disk is all that it takes to grow it. */
const STORAGE = {
  swap: { size: 0 },
  // The disk stays before the CD in the firmware's order, and other disks of a clone are not searched for systems.
  grub: { reorder_uefi: false, probe_additional_os: false },
  config: [
    { id: 'disk', type: 'disk', match: { size: 'largest' }, ptable: 'gpt', wipe: 'superblock-recursive', preserve: false },
    { id: 'esp', type: 'partition', device: 'disk', number: 1, size: '512M', flag: 'boot', grub_device: true, wipe: 'superblock', preserve: false },
    { id: 'esp-format', type: 'format', volume: 'esp', fstype: 'fat32', preserve: false },
    { id: 'root', type: 'partition', device: 'disk', number: 2, size: -1, wipe: 'superblock', preserve: false },
    { id: 'root-format', type: 'format', volume: 'root', fstype: 'ext4', preserve: false },
    { id: 'root-mount', type: 'mount', device: 'root-format', path: '/' },
    { id: 'esp-mount', type: 'mount', device: 'esp-format', path: '/boot/efi' },
  ],
};

function checkRequest(request: InstallationRequest): void {
  const problems = new Problems('autoinstall');
  const rule = rules['autoinstall-value-form'];
  checkForm(problems, 'hostName', request.hostName, /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, rule);
  checkForm(problems, 'buildUser', request.buildUser, /^[a-z_][a-z0-9_-]{0,31}$/, rule);
  checkForm(problems, 'locale', request.locale, /^[a-z]{2,3}_[A-Z]{2}$/, rule);
  checkForm(problems, 'keyboardLayout', request.keyboardLayout, /^[a-z]{2}[A-Za-z0-9._-]{0,40}$/, rule);
  checkForm(problems, 'timeZone', request.timeZone, /^[A-Za-z0-9_+-]{1,30}(\/[A-Za-z0-9_+-]{1,30}){0,2}$/, rule);
  problems.throwIfAny();
}
