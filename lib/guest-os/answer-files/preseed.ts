import { Problems } from '../../core';
import { toPieces, PieceKind, toReadable } from '../../hcl/marker';
import { InstallationRequest } from '../installable';
import { xkbName } from '../keyboard-layouts';
import { preseedRules as rules } from '../preseed-rules';

/** Packages beyond those of a minimal system. */
const PACKAGES = ['openssh-server', 'qemu-guest-agent', 'cloud-init', 'cloud-guest-utils', 'python3', 'sudo'];

/** Where the installer and the installed system have their packages from; its name is the same all over the world. */
const MIRROR = 'deb.debian.org';

/** The EFI system partition, and all else as the root, last, so that it grows: minimum, priority and maximum in MB. */
const PARTITIONS = [
  'template :: \\',
  '  512 512 512 free $iflabel{ gpt } $reusemethod{ } method{ efi } format{ } . \\',
  '  2000 10000 -1 ext4 method{ format } format{ } use_filesystem{ } filesystem{ ext4 } mountpoint{ / } .',
];

/**
 * The installer shows dialogs on the screen; what it does is told on the serial line, where there is one. Whoever keeps a pipe to debconf
 * open (3 and some after it) would stop the installer.
 */
const EARLY_COMMAND = `tail -f /var/log/syslog </dev/null >/dev/ttyS0 2>&1 ${[3, 4, 5, 6, 7, 8, 9].map((pipe) => `${pipe}>&-`).join(' ')} &`;

/**
 * Answers for the installer of Debian.
 * @see https://www.debian.org/releases/stable/amd64/apbs04.en.html
 */
export function preseed(path: string, request: InstallationRequest): string {
  checkAnswers(path, request);
  return [
    '#_preseed_V1',
    `d-i preseed/early_command string ${EARLY_COMMAND}`,
    `d-i debian-installer/locale string ${request.locale}.UTF-8`,
    `d-i keyboard-configuration/xkb-keymap select ${xkbName(request.keyboardLayout)}`,
    'd-i netcfg/choose_interface select auto',
    `d-i netcfg/hostname string ${request.hostName}`,
    'd-i netcfg/get_domain string',
    'd-i hw-detect/load_firmware boolean false',
    'd-i mirror/country string manual',
    'd-i mirror/protocol string http',
    `d-i mirror/http/hostname string ${MIRROR}`,
    'd-i mirror/http/directory string /debian',
    'd-i mirror/http/proxy string',
    'd-i clock-setup/utc boolean true',
    'd-i clock-setup/ntp boolean true',
    `d-i time/zone string ${request.timeZone}`,
    'd-i passwd/root-login boolean false',
    'd-i passwd/make-user boolean true',
    'd-i passwd/user-fullname string',
    `d-i passwd/username string ${request.buildUser}`,
    `d-i passwd/user-password-crypted password ${request.buildPasswordHash}`,
    'd-i partman-efi/non_efi_system boolean true',
    'd-i partman-partitioning/choose_label string gpt',
    'd-i partman-partitioning/default_label string gpt',
    'd-i partman-partitioning/confirm_write_new_label boolean true',
    'd-i partman-auto/method string regular',
    `d-i partman-auto/expert_recipe string ${PARTITIONS.join('\n')}`,
    'd-i partman-basicfilesystems/no_swap boolean false',
    'd-i partman/mount_style select uuid',
    'd-i partman/choose_partition select finish',
    'd-i partman/confirm boolean true',
    'd-i partman/confirm_nooverwrite boolean true',
    'd-i apt-setup/cdrom/set-first boolean false',
    'd-i apt-setup/disable-cdrom-entries boolean true',
    'd-i apt-setup/use_mirror boolean true',
    'd-i apt-setup/services-select multiselect security, updates',
    'd-i pkgsel/run_tasksel boolean false',
    `d-i pkgsel/include string ${PACKAGES.join(' ')}`,
    'd-i pkgsel/upgrade select full-upgrade',
    'd-i pkgsel/update-policy select none',
    'popularity-contest popularity-contest/participate boolean false',
    'd-i grub-installer/only_debian boolean true',
    'd-i grub-installer/with_other_os boolean true',
    'd-i grub-installer/bootdev string default',
    // A clone has EFI variables of its own, so it boots by the removable path.
    'd-i grub-installer/force-efi-extra-removable boolean true',
    'd-i debian-installer/add-kernel-opts string console=tty0 console=ttyS0,115200n8',
    'd-i cdrom-detect/eject boolean false',
    'd-i finish-install/reboot_in_progress note',
    `d-i preseed/late_command string in-target sh -c '${lateCommand(request.buildUser).join('; \\\n  ')}'`,
    '',
  ].join('\n');
}

/**
 * What is done in the installed system before its first start, without single quotes and backslashes. The network is that of Debian's own cloud images:
 * with ifupdown, name servers that cloud-init is told never arrive.
 */
function lateCommand(buildUser: string): string[] {
  return [
    'set -eu',
    'export DEBIAN_FRONTEND=noninteractive',
    'umask 226',
    `echo "${buildUser} ALL=(ALL:ALL) NOPASSWD:ALL" >/etc/sudoers.d/90-build`,
    // The first file decides, and is removed with the build user.
    'umask 022',
    'echo "PasswordAuthentication yes" >/etc/ssh/sshd_config.d/10-build.conf',
    'echo "PasswordAuthentication no" >/etc/ssh/sshd_config.d/60-no-passwords.conf',
    'echo "datasource_list: [NoCloud, ConfigDrive, None]" >/etc/cloud/cloud.cfg.d/90-datasources.cfg',
    // Once systemd-resolved is there, no name is resolved before the next start, so it comes last.
    'apt-get install --yes --no-install-recommends netplan.io systemd-resolved',
    'apt-get purge --yes ifupdown',
    'rm -f /etc/network/interfaces /etc/.resolv.conf.systemd-resolved.bak',
    'umask 077',
    'echo "network: {version: 2, ethernets: {installed: {match: {name: e*}, dhcp4: true}}}" >/etc/netplan/50-installer.yaml',
    'systemctl enable systemd-networkd.service',
    'sed -i "/media.cdrom/d" /etc/fstab',
  ];
}

function checkAnswers(path: string, request: InstallationRequest): void {
  const problems = new Problems(path);
  const words: (keyof InstallationRequest)[] = ['hostName', 'buildPasswordHash', 'locale', 'keyboardLayout', 'timeZone'];
  for (const property of words) {
    const text = `${request[property]}`;
    const literal = toPieces(text).map((piece) => piece.kind === PieceKind.LITERAL ? piece.text : '').join('');
    problems.check(text !== '' && /^[!-[\]-~]*$/.test(literal), rules['preseed-word'], {
      property: `request.${property}`, ...property === 'buildPasswordHash' ? {} : { received: toReadable(text) },
    });
  }
  problems.check(/^[a-z][a-z0-9-]{0,30}$/.test(request.buildUser), rules['preseed-user'], {
    property: 'request.buildUser', received: toReadable(`${request.buildUser}`),
  });
  problems.throwIfAny();
}
