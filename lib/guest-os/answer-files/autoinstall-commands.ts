/*
 * What Ubuntu's installer runs. Each text is a script for `sh -c` as root, and the installation stops where one fails. Values in them are of
 * forms that mean nothing to a shell.
 */

/**
 * What is run before anything is asked or probed: SSH to the live system is closed, so that Packer waits for the installed one.
 * @internal
 */
export function earlyCommands(): string[] {
  return ['systemctl stop ssh.socket ssh.service || true'];
}

/**
 * What is done to the installed system, below /target, before the machine starts it.
 * @internal
 */
export function lateCommands(buildUser: string): string[] {
  return [withoutPassword(buildUser), LOGINS, SERIAL_CONSOLE, REMOVABLE_LOADER];
}

/** The clean-up of a build removes this again. */
function withoutPassword(buildUser: string): string {
  return lines(
    'set -eu',
    'umask 0337',
    `echo '${buildUser} ALL=(ALL) NOPASSWD:ALL' > /target/etc/sudoers.d/90-build-user`,
  );
}

/**
 * The first file that says it decides, and a clone has the last alone, unless its cloud-init asks for logins by password in a file of number 50. The
 * clean-up removes the other two.
 */
const LOGINS = lines(
  'set -eu',
  'mkdir -p /target/etc/ssh/sshd_config.d',
  'echo \'PasswordAuthentication yes\' > /target/etc/ssh/sshd_config.d/10-build.conf',
  'echo \'PasswordAuthentication no\' > /target/etc/ssh/sshd_config.d/60-keys-only.conf',
);

/** The last console is the one that messages of the start go to; both have a login. */
const SERIAL_CONSOLE = lines(
  'set -eu',
  'mkdir -p /target/etc/default/grub.d',
  'echo \'GRUB_CMDLINE_LINUX="console=tty0 console=ttyS0,115200n8"\' > /target/etc/default/grub.d/90-serial-console.cfg',
  'curtin in-target --target=/target -- update-grub',
);

/** A clone whose EFI variables are new knows no other. Ubuntu's packages write it; where they have not, their signed loaders are copied. */
const REMOVABLE_LOADER = lines(
  'set -eu',
  'cd /target/boot/efi/EFI',
  'if [ ! -e BOOT/BOOTX64.EFI ]; then',
  '  mkdir -p BOOT',
  '  cp ubuntu/shimx64.efi BOOT/BOOTX64.EFI',
  '  cp ubuntu/grubx64.efi BOOT/grubx64.efi',
  'fi',
);

function lines(...script: string[]): string {
  return `${script.join('\n')}\n`;
}
