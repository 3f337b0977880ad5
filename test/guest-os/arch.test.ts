import * as fs from 'node:fs';
import * as path from 'node:path';
import { ValidationError, guestos } from '../../lib';
import { mistakes } from '../support/errors';
import { fc } from '../support/fast-check';
import { PLAIN } from '../support/installable';
import { install } from './live-system';

const { AnswerDelivery, Arch, Checksum } = guestos;

const HASH = PLAIN.buildPasswordHash;

const REQUEST: guestos.InstallationRequest = { ...PLAIN, hostName: 'build-arch', locale: 'de_AT', keyboardLayout: 'de-latin1', timeZone: 'Europe/Vienna' };

const USER_DATA = `#cloud-config
output:
  all: "| tee -a /var/log/cloud-init-output.log /dev/tty1"
bootcmd:
  - - systemctl
    - mask
    - --runtime
    - --now
    - --no-block
    - sshd.service
    - qemu-guest-agent.service
  - - systemd-run
    - --on-active=2min
    - systemctl
    - stop
    - systemd-time-wait-sync.service
runcmd:
  - - mount
    - --mkdir
    - --options
    - ro
    - --label
    - cidata
    - /run/answers
  - - bash
    - /run/answers/install.sh
`;

const IMAGE = { url: 'https://mirror.lan/arch.qcow2', checksum: Checksum.sha256('a'.repeat(64)) };
const ISO = { url: 'https://mirror.lan/archlinux.iso', checksum: Checksum.sha256('b'.repeat(64)) };

const bind = (changes: Partial<guestos.InstallationRequest> = {}, os: guestos.Arch = Arch.V20260715) => os.bindInstallation({ ...REQUEST, ...changes });
const script = (os: guestos.Arch) => bind({}, os).answerFiles['install.sh'];

test('is installed from a CD that the live system looks for, with nothing typed', () => {
  expect(bind()).toEqual({
    iso: {
      url: 'https://archive.archlinux.org/iso/2026.07.01/archlinux-2026.07.01-x86_64.iso',
      checksum: Checksum.sha256('e86295dc0bdf9b85a5a9256810c553239689d2ae8e80eeec81b4e2e910d8a6c0'),
    },
    answerDelivery: 'cd',
    answerLabel: 'cidata',
    answerFiles: {
      'user-data': USER_DATA,
      'meta-data': 'instance-id: installation\n',
      'install.sh': fs.readFileSync(path.join(__dirname, 'answers/arch/install.sh'), 'utf8'),
      'build-password': `${HASH}\n`,
    },
  });
});

test('has no other way than the CD', () => {
  expect(bind({ answerDelivery: AnswerDelivery.HTTP }).answerDelivery).toBe('cd');
});

test('the hash that Packer fills in is in one file, as it is', () => {
  const { 'build-password': password, ...others } = bind({ buildPasswordHash: '\ue000Aabc.00000000\ue001' }).answerFiles;
  expect(password).toBe('\ue000Aabc.00000000\ue001\n');
  expect(Object.values(others).join('')).not.toMatch(/[\ue000\ue001]/);
});

test('a release without an ISO', () => {
  expect(mistakes(() => Arch.of('20260801', IMAGE).bindInstallation(REQUEST))).toEqual(['iso-release-missing release.iso']);
});

test.each(['20260230', '20251301', '20260700', '20260732', '00000000', '20250229'])('%s is no date', (version) => {
  expect(mistakes(() => Arch.of(version, IMAGE))).toEqual([`arch-version-date version "${version}"`]);
});

test.each([
  ['20250101', 'archlinux.iso', '2025.01'], ['20260228', 'archlinux.iso', '2026.02'], ['20260801', 'archlinux-2026.02.01-x86_64.iso', '2026.02'],
  ['rolling', 'archlinux-2025.12.01-x86_64.iso', '2025.12'],
])('%s is not installed from %s', (version, file, month) => {
  const iso = { ...ISO, url: `https://mirror.lan/${file}` };
  expect(mistakes(() => Arch.of(version, { ...IMAGE, iso }))).toEqual([`arch-iso-too-old release.iso "${month}"`]);
  expect(Arch.of(version, IMAGE).bindCloudImage().url).toBe(IMAGE.url);
});

test.each([
  ['20260301', 'archlinux.iso'], ['20240229', 'archlinux-2026.03.01-x86_64.iso'], ['rolling', 'archlinux.iso'], ['2025', 'archlinux.iso'], ['20270101', 'archlinux-x86_64.iso'],
])('%s is installed from %s', (version, file) => {
  const iso = { ...ISO, url: `https://mirror.lan/${file}` };
  expect(bind({}, Arch.of(version, { ...IMAGE, iso })).iso).toEqual(iso);
});

test('the ISO is no part of the cloud image', () => {
  expect(Object.keys(Arch.V20260715.bindCloudImage())).toEqual(['url', 'checksum', 'minimumDiskSize', 'hasGuestAgent']);
});

describe('mirrors', () => {
  const of = (version: string) => Arch.of(version, { ...IMAGE, iso: ISO });
  const servers = (os: guestos.Arch) => [...script(os).matchAll(/^(?:Server = (?!\$MIRROR)|readonly MIRROR=')([^'\n]*)/gm)].map(([, server]) => server);
  const NEWEST = 'https://geo.mirror.pkgbuild.com/$repo/os/$arch';

  test('a date has the packages of its day', () => {
    const archive = 'https://archive.archlinux.org/repos/2026/08/01/$repo/os/$arch';
    expect(servers(of('20260801'))).toEqual([archive, NEWEST, archive]);
  });

  test('anything else has the newest', () => {
    expect(servers(of('rolling'))).toEqual([NEWEST, NEWEST]);
  });

  test('one of your own', () => {
    const own = 'http://[fd00::1]:8080/arch/$repo/os/$arch';
    const os = of('20260801').withMirror(own);
    expect(servers(os)).toEqual([own, NEWEST, own]);
    expect([os.osName, os.bindCloudImage().url, bind({}, os).iso]).toEqual(['arch-20260801', IMAGE.url, ISO]);
  });

  test.each([
    'ftp://mirror.lan/$repo/os/$arch', 'https://mirror.lan/core/os/x86_64', 'https://mirror.lan/$repo/os', 'https://mirror.lan/$repository/$arch', 'https://mirror.lan/$repo/$arch\n',
    "https://mirror.lan/'/$repo/os/$arch", 'https://mirror.lan/$repo/os/$arch #', 'https://mirror.lan/$(reboot)/$repo/os/$arch', '',
  ])('%j is none', (mirror) => {
    expect(mistakes(() => of('20260801').withMirror(mirror))).toEqual([`arch-mirror-form mirror ${JSON.stringify(mirror)}`]);
  });
});

describe('texts of any kind', () => {
  const PROPERTIES = ['hostName', 'buildUser', 'locale', 'keyboardLayout', 'timeZone'] as const;
  const HOSTILE = ["it's", '"', '$(reboot)', '`x`', '{{ .HTTPIP }}', '${x}', 'END', 'END\nreboot', '# x', 'Zürich', ']]>', ' a ', '', '..', '../etc', '/etc', 'a//b', '-x', 'x\0', 'x\r', '\ud800', 'x'.repeat(5000)];

  test('are refused, or need no escape', () => {
    fc.assert(fc.property(fc.constantFrom(...PROPERTIES), fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' }), fc.string(), fc.stringMatching(/^[a-zA-Z0-9_/+-]+$/)), (property, value) => {
      try {
        const { answerFiles } = bind({ [property]: value });
        expect(value).toMatch(/^[A-Za-z0-9][A-Za-z0-9_/+-]*$/);
        expect(answerFiles['install.sh'].replace(`='${value}'`, `='${REQUEST[property]}'`)).toBe(bind().answerFiles['install.sh']);
      } catch (error) {
        if (!(error instanceof ValidationError)) throw error;
        expect(error.problems.map(({ code, property: of }) => `${code} ${of}`)).toEqual([`arch-answer-form ${property}`]);
      }
    }), { numRuns: 500 });
  });

  test('all that is wrong is said at once', () => {
    expect(mistakes(() => bind({ hostName: 'a\nb', buildUser: 'Root', locale: 'de', keyboardLayout: 'u s', timeZone: '../x' }))).toEqual([
      'arch-answer-form hostName "a\\nb"', 'arch-answer-form buildUser "Root"', 'arch-answer-form locale "de"', 'arch-answer-form keyboardLayout "u s"', 'arch-answer-form timeZone "../x"',
    ]);
  });
});

describe('the script', () => {
  test('installs', () => {
    const { status, stderr, calls, files, modes } = install(bind().answerFiles);
    expect([status, stderr]).toEqual([0, '']);
    expect(calls).toEqual([
      'systemctl show --property=ActiveState --value pacman-init.service',
      'curl --fail --silent --location --output /dev/null https://archive.archlinux.org/repos/2026/07/15/core/os/x86_64/core.db',
      'lsblk --nodeps --noheadings --paths --output NAME,TYPE',
      'sfdisk --quiet --wipe always --wipe-partitions always /dev/sda',
      'udevadm settle',
      'lsblk --noheadings --raw --paths --output NAME,PARTLABEL /dev/sda',
      'lsblk --noheadings --raw --paths --output NAME,PARTLABEL /dev/sda',
      'mkfs.fat -F 32 -n ESP /dev/sda1',
      'mkfs.ext4 -q -F -L root /dev/sda2',
      'udevadm settle',
      'mount /dev/sda2 TARGET',
      'mount --mkdir --options umask=0077 /dev/sda1 TARGET/boot',
      'pacstrap -K -M -C FILE TARGET base linux mkinitcpio e2fsprogs dosfstools cloud-init cloud-guest-utils gptfdisk openssh qemu-guest-agent sudo',
      'gpgconf --homedir TARGET/etc/pacman.d/gnupg --kill all',
      'blkid --match-tag PARTUUID --output value /dev/sda2',
      'blkid --match-tag PARTUUID --output value /dev/sda1',
      'arch-chroot TARGET locale-gen',
      'arch-chroot TARGET bootctl --no-variables install',
      'systemctl --root=TARGET enable systemd-networkd.service systemd-resolved.service systemd-timesyncd.service systemd-boot-update.service fstrim.timer '
        + 'sshd.service pacman-keyring.service cloud-init-main.service cloud-init-local.service cloud-init-network.service cloud-config.service cloud-final.service',
      'arch-chroot TARGET passwd --lock root',
      'arch-chroot TARGET useradd --create-home --shell /bin/bash packer',
      'arch-chroot TARGET chpasswd --encrypted',
      'umount --recursive TARGET',
      'systemctl --no-block reboot',
    ]);
    expect(files).toEqual({
      'boot/EFI/BOOT/BOOTX64.EFI': 'x\n',
      'boot/initramfs-linux.img': 'x\n',
      'boot/loader/entries/arch.conf': [
        'title Arch Linux', 'linux /vmlinuz-linux', 'initrd /initramfs-linux.img',
        'options root=PARTUUID=id-of-sda2 rw net.ifnames=0 console=tty0 console=ttyS0,115200n8', '',
      ].join('\n'),
      'boot/loader/loader.conf': 'default arch.conf\ntimeout 1\neditor no\n',
      'etc/cloud/cloud-init.disabled': '',
      'etc/cloud/cloud.cfg.d/90-datasources.cfg': 'datasource_list: [NoCloud, ConfigDrive, None]\n',
      'etc/fstab': 'PARTUUID=id-of-sda2 / ext4 rw,relatime 0 1\nPARTUUID=id-of-sda1 /boot vfat rw,relatime,umask=0077 0 2\n',
      'etc/hostname': 'build-arch\n',
      'etc/locale.conf': 'LANG=de_AT.UTF-8\n',
      'etc/locale.gen': 'de_AT.UTF-8 UTF-8\n',
      'etc/localtime': '-> /usr/share/zoneinfo/Europe/Vienna',
      'etc/machine-id': '',
      'etc/mkinitcpio.conf.d/10-any-hardware.conf': 'HOOKS=(base systemd modconf keyboard sd-vconsole block filesystems fsck)\n',
      'etc/pacman.d/mirrorlist': 'Server = https://geo.mirror.pkgbuild.com/$repo/os/$arch\nServer = https://archive.archlinux.org/repos/2026/07/15/$repo/os/$arch\n',
      'etc/resolv.conf': '-> ../run/systemd/resolve/stub-resolv.conf',
      'etc/ssh/sshd_config.d/10-build.conf': 'PasswordAuthentication yes\n',
      'etc/ssh/sshd_config.d/60-keys-only.conf': 'PasswordAuthentication no\n',
      'etc/sudoers.d/90-build': 'packer ALL=(ALL) NOPASSWD: ALL\n',
      'etc/systemd/network/10-cloud-init-build.network': '[Match]\nType=ether\nKind=!*\n\n[Network]\nDHCP=yes\n',
      'etc/systemd/system/pacman-keyring.service': [
        '[Unit]', 'Description=Keyring of pacman', 'ConditionPathExists=!/etc/pacman.d/gnupg/.populated',
        'Before=sshd.service cloud-final.service archlinux-keyring-wkd-sync.service', '',
        '[Service]', 'Type=oneshot', 'RemainAfterExit=yes', 'ExecStart=/usr/bin/pacman-key --init', 'ExecStart=/usr/bin/pacman-key --populate',
        'ExecStart=/usr/bin/touch /etc/pacman.d/gnupg/.populated', 'TimeoutStartSec=10min', '',
        '[Install]', 'WantedBy=multi-user.target', '',
      ].join('\n'),
      'etc/vconsole.conf': 'KEYMAP=de-latin1\n',
      'usr/share/zoneinfo/Europe/Vienna': 'x\n',
    });
    expect(modes['etc/sudoers.d/90-build']).toBe('440');
  });

  test('hands programs what they read', () => {
    const mirror = 'Server = https://archive.archlinux.org/repos/2026/07/15/$repo/os/$arch';
    expect(install(bind().answerFiles).inputs).toEqual({
      sfdisk: [
        'label: gpt', 'name=ESP, size=512MiB, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B', 'name=root, type=4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709', '',
      ].join('\n'),
      pacstrap: ['[options]', 'Architecture = x86_64', 'SigLevel = Required DatabaseOptional', 'ParallelDownloads = 5', '', '[core]', mirror, '', '[extra]', mirror, ''].join('\n'),
      chpasswd: `packer:${HASH}\n`,
    });
  });

  test.each([
    ['a second disk', { DISKS: '/dev/sda disk\n/dev/vdb disk' }, 'install: the machine has to have one disk, and has: /dev/sda /dev/vdb\n'],
    ['no disk', { DISKS: '/dev/fd0 disk' }, 'install: the machine has to have one disk, and has: none\n'],
    ['no keyring', { KEYRING: 'failed' }, 'install: the live system has no keyring: pacman-init.service failed\n'],
    ['a system that was installed', { LIVE: '/nowhere' }, 'install: this is not the live system\n'],
  ])('touches nothing with %s', (_, env, message) => {
    const { status, stderr, calls } = install(bind().answerFiles, env);
    expect([status, stderr]).toEqual([1, message]);
    expect(calls.filter((call) => /^(sfdisk|mkfs|mount|systemctl --no-block)/.test(call))).toEqual([]);
  });

  test('does not start a system that has no such time zone', () => {
    const { status, stderr, calls } = install(bind({ timeZone: 'Europe/Atlantis' }).answerFiles);
    expect([status, stderr]).toEqual([1, 'install: there is no time zone Europe/Atlantis\n']);
    expect(calls).not.toContain('systemctl --no-block reboot');
  });
});
