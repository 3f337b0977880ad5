import { Problems } from '../../core';
import { InstallationRequest } from '../installable';
import { kickstartRules as rules } from '../kickstart-rules';

/** Repositories of a release, as Red Hat's family lays them out below a mirror. */
export interface PackageTree {
  /** Address of the release, such as `https://repo.almalinux.org/almalinux/9.8`. */
  readonly release: string;
  /** Name of the folder of the architecture, such as `x86_64`. */
  readonly architecture: string;
}

/** The parts of a request that become text of a kickstart file. The hash is none: it is known only while the build runs. */
const TEXTS = ['hostName', 'buildUser', 'locale', 'keyboardLayout', 'timeZone'] as const;

/**
 * What ends a line for Python, whose `str.splitlines` reads the file, and what is no text: the other control characters, and surrogates
 * that stand alone. What starts with `-` is an option, in quotes too.
 */
const NO_TEXT = /[\p{Cc}\p{Cs}\u2028\u2029]|^-/u;

const LOCALE = /^([a-z]{2,3})(_[A-Z]{2})?$/;
const USER = /^(?!root$)[a-z_][a-z0-9_-]{0,31}$/;

/**
 * A word of a kickstart command. The file is split as a shell does it (Python's `shlex`): in single quotes everything is itself.
 */
function kickstartWord(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replace(/'/g, '\'"\'"\'')}'`;
}

/**
 * A kickstart file that installs a minimal system on the only disk, with all that a template needs, from the vendor's repositories: a boot ISO
 * has no packages, and a minimal one has neither cloud-init nor the guest agent.
 *
 * @param path what a mistake is said of
 * @param request what is installed
 * @param tree where the packages are
 * @returns the text of `ks.cfg`
 * @internal
 */
export function kickstart(path: string, request: InstallationRequest, tree: PackageTree): string {
  check(path, request);
  const { hostName, buildUser, buildPasswordHash, locale, keyboardLayout, timeZone } = request;
  const repository = (name: string) => kickstartWord(`${tree.release}/${name}/${tree.architecture}/os/`);
  return [
    'text',
    `url --url=${repository('BaseOS')}`,
    `repo --name=AppStream --baseurl=${repository('AppStream')}`,
    `lang ${kickstartWord(`${locale}.UTF-8`)}`,
    `keyboard --vckeymap=${kickstartWord(keyboardLayout)}`,
    `timezone --utc ${kickstartWord(timeZone)}`,
    `network --bootproto=dhcp --device=link --activate --onboot=yes --hostname=${kickstartWord(hostName)}`,
    'selinux --enforcing',
    'firewall --disabled',
    'firstboot --disable',
    'eula --agreed',
    'rootpw --lock',
    `user --name=${kickstartWord(buildUser)} --groups=wheel --iscrypted --password=${kickstartWord(buildPasswordHash)}`,
    'zerombr',
    'clearpart --all --initlabel --disklabel=gpt',
    'part /boot/efi --fstype=efi --size=512',
    'part /boot --fstype=xfs --size=1024',
    'part / --fstype=xfs --size=4096 --grow',
    'bootloader --timeout=1 --append="console=tty0 console=ttyS0,115200n8"',
    'reboot',
    '',
    '%packages --exclude-weakdeps',
    '@core',
    'chrony',
    'cloud-init',
    'cloud-utils-growpart',
    'dracut-config-generic',
    `glibc-langpack-${locale.replace(LOCALE, '$1')}`,
    'openssh-server',
    'python3',
    'qemu-guest-agent',
    'sudo',
    'tar',
    '-*firmware',
    '-dracut-config-rescue',
    '-firewalld',
    '%end',
    '',
    '%addon com_redhat_kdump --disable',
    '%end',
    '',
    '%post --erroronfail',
    ...postScript(buildUser),
    '%end',
    '',
  ].join('\n');
}

/** What is done in the new system before it starts: how the build logs in and becomes root, which the clean-up removes, and what runs. */
function postScript(buildUser: string): string[] {
  return [
    'set -eu',
    'umask 077',
    `echo '${buildUser} ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/90-build`,
    'chmod 0440 /etc/sudoers.d/90-build',
    'visudo --check --quiet',
    "echo 'PasswordAuthentication yes' >/etc/ssh/sshd_config.d/10-build.conf",
    '# cloud-init asks for logins by password in a file of number 50, which comes before this.',
    "echo 'PasswordAuthentication no' >/etc/ssh/sshd_config.d/60-keys-only.conf",
    'restorecon -R /etc/sudoers.d /etc/ssh/sshd_config.d',
    'systemctl enable sshd.service qemu-guest-agent.service',
    '# Which of them there are depends on the release of cloud-init.',
    'for unit in cloud-init-main cloud-init-local cloud-init-network cloud-init cloud-config cloud-final; do',
    '  if [ -e "/usr/lib/systemd/system/$unit.service" ]; then systemctl enable "$unit.service"; fi',
    'done',
    '# A clone has EFI variables of its own, and boots by this path.',
    'test -s /boot/efi/EFI/BOOT/BOOTX64.EFI',
  ];
}

function check(path: string, request: InstallationRequest): void {
  const problems = new Problems(path);
  for (const property of TEXTS) {
    problems.check(!NO_TEXT.test(request[property]), rules['kickstart-text'], { property, received: request[property] });
  }
  // It names a package too, in a section without quotes.
  problems.check(LOCALE.test(request.locale), rules['kickstart-locale'], { property: 'locale', received: request.locale });
  problems.check(USER.test(request.buildUser), rules['kickstart-user'], { property: 'buildUser', received: request.buildUser });
  problems.throwIfAny();
}
