import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parse } from 'yaml';
import { ValidationError, guestos } from '../../lib';
import { Problems } from '../../lib/core';
import { xkbLayout } from '../../lib/guest-os/keyboard-layouts';
import { Expression } from '../../lib/hcl';
import { checkBootCommand } from '../../lib/packer/boot-command';
import { hostileText } from '../hcl/hostile';
import { mistakes } from '../support/errors';
import { fc } from '../support/fast-check';
import { PLAIN } from '../support/installable';

const { AnswerDelivery, Checksum, Ubuntu } = guestos;

const HASH = PLAIN.buildPasswordHash;

const REQUEST: guestos.InstallationRequest = { ...PLAIN, hostName: 'ubuntu-24-04-base', locale: 'de_AT', keyboardLayout: 'de', timeZone: 'Europe/Vienna' };

const USER_DATA = `#cloud-config
autoinstall:
  version: 1
  early-commands:
    - systemctl stop ssh.socket ssh.service || true
  refresh-installer:
    update: false
  locale: 'de_AT.UTF-8'
  keyboard:
    layout: 'de'
  timezone: 'Europe/Vienna'
  source:
    search_drivers: false
  network:
    version: 2
    ethernets:
      any:
        match:
          name: e*
        dhcp4: true
        dhcp-identifier: mac
  apt:
    geoip: false
    fallback: abort
  storage:
    swap:
      size: 0
    grub:
      reorder_uefi: false
      probe_additional_os: false
    config:
      - id: disk
        type: disk
        match:
          size: largest
        ptable: gpt
        wipe: superblock-recursive
        preserve: false
      - id: esp
        type: partition
        device: disk
        number: 1
        size: 512M
        flag: boot
        grub_device: true
        wipe: superblock
        preserve: false
      - id: esp-format
        type: format
        volume: esp
        fstype: fat32
        preserve: false
      - id: root
        type: partition
        device: disk
        number: 2
        size: -1
        wipe: superblock
        preserve: false
      - id: root-format
        type: format
        volume: root
        fstype: ext4
        preserve: false
      - id: root-mount
        type: mount
        device: root-format
        path: /
      - id: esp-mount
        type: mount
        device: esp-format
        path: /boot/efi
  identity:
    hostname: 'ubuntu-24-04-base'
    username: 'packer'
    password: '${HASH}'
  ssh:
    install-server: true
    allow-pw: true
  packages:
    - qemu-guest-agent
    - cloud-init
    - cloud-guest-utils
  updates: security
  kernel-crash-dumps:
    enabled: false
  late-commands:
    - |
      set -eu
      umask 0337
      echo 'packer ALL=(ALL) NOPASSWD:ALL' > /target/etc/sudoers.d/90-build-user
    - |
      set -eu
      mkdir -p /target/etc/ssh/sshd_config.d
      echo 'PasswordAuthentication yes' > /target/etc/ssh/sshd_config.d/10-build.conf
      echo 'PasswordAuthentication no' > /target/etc/ssh/sshd_config.d/60-keys-only.conf
    - |
      set -eu
      mkdir -p /target/etc/default/grub.d
      echo 'GRUB_CMDLINE_LINUX="console=tty0 console=ttyS0,115200n8"' > /target/etc/default/grub.d/90-serial-console.cfg
      curtin in-target --target=/target -- update-grub
    - |
      set -eu
      cd /target/boot/efi/EFI
      if [ ! -e BOOT/BOOTX64.EFI ]; then
        mkdir -p BOOT
        cp ubuntu/shimx64.efi BOOT/BOOTX64.EFI
        cp ubuntu/grubx64.efi BOOT/grubx64.efi
      fi
  shutdown: reboot
`;

const META_DATA = "instance-id: 'ubuntu-24-04-base'\n";

const GRUB_CFG = `search --no-floppy --set=root --file /casper/vmlinuz
set gfxpayload=keep
linux /casper/vmlinuz autoinstall ---
initrd /casper/initrd
boot
`;

function install(own: Partial<guestos.InstallationRequest> = {}): guestos.InstallationConfig {
  return Ubuntu.V24_04.bindInstallation({ ...REQUEST, ...own });
}

function userData(own: Partial<guestos.InstallationRequest> = {}): string {
  return install(own).answerFiles['user-data'];
}

/** What is typed: each key counts as one, pauses do not. */
function keys(command: readonly string[]): number {
  return command.filter((part) => !part.startsWith('<wait')).reduce((sum, part) => sum + (/^<.*>$/.test(part) ? 1 : part.length), 0);
}

test('by a CD, unless HTTP is asked for', () => {
  const { iso, bootWait, minimumDiskSize, minimumMemory, installTimeout, ...rest } = install();
  expect(rest).toEqual({
    answerDelivery: AnswerDelivery.CD,
    answerFiles: { 'user-data': USER_DATA, 'meta-data': META_DATA, 'grub.cfg': GRUB_CFG },
    answerLabel: 'cidata',
    bootCommand: ['c', '<wait2s>', 'search -sl cidata', '<enter>', '<wait3s>', 'configfile /grub.cfg', '<enter>'],
    supportsSecureBoot: true,
  });
  expect([bootWait, minimumDiskSize, minimumMemory, installTimeout].map(String)).toEqual(['20s', '10 GiB', '4 GiB', '1h']);
  expect([iso.url, `${iso.checksum}`, iso.checksumList]).toEqual([
    'https://releases.ubuntu.com/24.04.5/ubuntu-24.04.5-live-server-amd64.iso',
    'sha256:97f3d7ffb032c3eb3b23d2c8be9cc76e60c2c1f2c0146ba5ba9fe01cafae0fd8', undefined,
  ]);
});

test('by HTTP, where the kernel has to be told of it', () => {
  const { answerDelivery, answerFiles, answerLabel, bootCommand } = install({ answerDelivery: AnswerDelivery.HTTP });
  expect([answerDelivery, answerFiles, answerLabel]).toEqual([AnswerDelivery.HTTP, { 'user-data': USER_DATA, 'meta-data': META_DATA }, undefined]);
  expect(bootCommand).toEqual([
    'c', '<wait2s>',
    'linux /casper/vmlinuz autoinstall "ds=nocloud;s=http://{{ .HTTPIP }}:{{ .HTTPPort }}/" ---', '<enter>', '<wait10s>',
    'initrd /casper/initrd', '<enter>', '<wait15s>',
    'boot', '<enter>',
  ]);
});

test('the keys can be typed, and by CD there are few', () => {
  for (const delivery of [AnswerDelivery.CD, AnswerDelivery.HTTP]) {
    const problems = new Problems('test');
    checkBootCommand(problems, install({ answerDelivery: delivery }).bootCommand!, delivery === AnswerDelivery.HTTP);
    expect(problems.all).toEqual([]);
  }
  expect(keys(install().bootCommand!)).toBe(40);
});

test('26.04 differs by its ISO alone', () => {
  const { iso, ...rest } = Ubuntu.V26_04.bindInstallation(REQUEST);
  const { iso: _, ...older } = install();
  expect(rest).toEqual(older);
  expect([iso.url, `${iso.checksum}`]).toEqual([
    'https://releases.ubuntu.com/26.04.1/ubuntu-26.04.1-live-server-amd64.iso', 'sha256:cc8a95cde20f6ced61a322420de00f10cc3c90ced545daa46cb9c1a117f1d927',
  ]);
});

test('a cloud image beside it', () => {
  const { url, checksum, minimumDiskSize, ...more } = Ubuntu.V26_04.bindCloudImage();
  expect([Ubuntu.V26_04.osName, url, `${checksum}`, `${minimumDiskSize}`, more]).toEqual([
    'ubuntu-26.04', 'https://cloud-images.ubuntu.com/releases/resolute/release-20260720/ubuntu-26.04-server-cloudimg-amd64.img',
    'sha256:117816726abbdefc5ef3e38902e81a76f1c76c3610e709999d0885f9d5d9b477', '4 GiB', {},
  ]);
});

test('a release that names its ISO, with a list of checksums', () => {
  const iso = { url: 'https://mirror.lan/ubuntu-28.04-live-server-amd64.iso', checksumList: 'https://mirror.lan/SHA256SUMS' };
  const release = { url: 'https://mirror.lan/2028/x.img', checksum: Checksum.sha256('a'.repeat(64)), iso };
  expect(Ubuntu.of('28.04', release).bindInstallation(REQUEST).iso).toEqual(iso);
  expect(mistakes(() => Ubuntu.of('28.04', { ...release, iso: { url: 1, checksum: 'sha256:aa', checksumList: 2 } as any }))).toEqual([
    'value-kind release.iso.url 1', 'value-kind release.iso.checksum "sha256:aa"', 'value-kind release.iso.checksumList 2',
  ]);
  expect(mistakes(() => Ubuntu.of('28.04', { ...release, iso: {} as any }))).toEqual(['value-missing release.iso.url']);
});

test('a release without an ISO is a cloud image only', () => {
  expect(mistakes(() => Ubuntu.V22_04.bindInstallation(REQUEST))).toEqual(['iso-release-missing release.iso']);
});

test('an ISO is of 24.04 or newer', () => {
  const iso = { url: 'https://mirror.lan/ubuntu.iso', checksum: Checksum.sha256('b'.repeat(64)) };
  const release = { url: 'https://mirror.lan/ubuntu.img', checksum: Checksum.sha256('a'.repeat(64)) };
  for (const version of ['9.10', '22.04', '22.04.5', '23.10']) {
    expect(mistakes(() => Ubuntu.of(version, { ...release, iso }))).toEqual([`autoinstall-release version "${version}"`]);
    expect(Ubuntu.of(version, release).osName).toBe(`ubuntu-${version}`);
  }
  for (const version of ['24.04', '24.04.1', '24.10', '28.04', 'noble']) expect(Ubuntu.of(version, { ...release, iso }).bindInstallation(REQUEST).iso).toEqual(iso);
});

test('the secret of the build stands there as it is', () => {
  const secret = `${Expression.reference('local.build_password_hash')}`;
  expect(userData({ buildPasswordHash: secret })).toBe(USER_DATA.replace(HASH, secret));
  expect(userData()).not.toContain(REQUEST.buildPassword);
});

describe('the commands at the end, in a folder that stands for /target', () => {
  let root: string;
  beforeEach(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), 'autoinstall-'));
    write('etc/sudoers.d/README');
    write('boot/efi/EFI/ubuntu/shimx64.efi');
    write('boot/efi/EFI/ubuntu/grubx64.efi');
  });
  afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

  function write(file: string): void {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), file);
  }

  function read(file: string): string {
    return fs.readFileSync(path.join(root, file), 'utf8');
  }

  /** The statuses of all commands. @param curtin what stands for the installer's own program */
  function runAll(curtin: string): (number | null)[] {
    fs.mkdirSync(path.join(root, 'bin'));
    fs.writeFileSync(path.join(root, 'bin/curtin'), `#!/bin/sh\n${curtin}\n`, { mode: 0o755 });
    const commands: string[] = parse(userData()).autoinstall['late-commands'];
    return commands.map((command) => spawnSync('sh', ['-c', command.replaceAll('/target/', `${root}/`)], {
      env: { ...process.env, PATH: `${path.join(root, 'bin')}:${process.env.PATH}` },
    }).status);
  }

  test('make the user root without a password, logins by key only after the clean-up, both consoles, and the loader of removable disks', () => {
    expect(runAll(`printf '%s ' "$@" > '${root}/curtin'`)).toEqual([0, 0, 0, 0]);
    expect(read('etc/sudoers.d/90-build-user')).toBe('packer ALL=(ALL) NOPASSWD:ALL\n');
    expect(fs.statSync(path.join(root, 'etc/sudoers.d/90-build-user')).mode & 0o7777).toBe(0o440);
    expect(read('etc/ssh/sshd_config.d/10-build.conf')).toBe('PasswordAuthentication yes\n');
    expect(read('etc/ssh/sshd_config.d/60-keys-only.conf')).toBe('PasswordAuthentication no\n');
    expect(read('etc/default/grub.d/90-serial-console.cfg')).toBe('GRUB_CMDLINE_LINUX="console=tty0 console=ttyS0,115200n8"\n');
    expect(read('curtin')).toBe('in-target --target=/target -- update-grub ');
    expect(fs.readdirSync(path.join(root, 'boot/efi/EFI/BOOT')).sort()).toEqual(['BOOTX64.EFI', 'grubx64.efi']);
    expect([read('boot/efi/EFI/BOOT/BOOTX64.EFI'), read('boot/efi/EFI/BOOT/grubx64.efi')]).toEqual([
      'boot/efi/EFI/ubuntu/shimx64.efi', 'boot/efi/EFI/ubuntu/grubx64.efi',
    ]);
  });

  test('leave the loader that is there', () => {
    write('boot/efi/EFI/BOOT/BOOTX64.EFI');
    expect(runAll('true')).toEqual([0, 0, 0, 0]);
    expect(fs.readdirSync(path.join(root, 'boot/efi/EFI/BOOT'))).toEqual(['BOOTX64.EFI']);
    expect(read('boot/efi/EFI/BOOT/BOOTX64.EFI')).toBe('boot/efi/EFI/BOOT/BOOTX64.EFI');
  });

  test('stop the installation where GRUB or its loader fails', () => {
    fs.rmSync(path.join(root, 'boot/efi/EFI/ubuntu'), { recursive: true });
    expect(runAll('exit 3')).toEqual([0, 0, 3, 1]);
  });
});

test('any hash arrives', () => {
  fc.assert(fc.property(hostileText(), (buildPasswordHash) => {
    expect(parse(userData({ buildPasswordHash })).autoinstall.identity.password).toBe(buildPasswordHash);
  }), { numRuns: 50 });
}, 60_000);

test.each([
  ['us', { layout: 'us' }], ['no', { layout: 'no' }], ['uk', { layout: 'gb' }], ['de-latin1', { layout: 'de' }], ['sg', { layout: 'ch', variant: 'de_nodeadkeys' }],
  ['de-latin1-nodeadkeys', { layout: 'de', variant: 'nodeadkeys' }], ['la-latin1', { layout: 'latam' }], ['valueof', { layout: 'valueof' }],
  ['hu101', { layout: 'hu', variant: 'qwerty' }], ['jp106', { layout: 'jp' }], ['nl2', { layout: 'nl' }], ['lt.l4', { layout: 'lt' }], ['ro_std', { layout: 'ro', variant: 'std' }],
  ['de_CH-latin1', { layout: 'ch' }], ['fr_CH', { layout: 'ch', variant: 'fr' }], ['azerty', { layout: 'fr' }], ['sv-latin1', { layout: 'se' }],
  ['de-nodeadkeys', { layout: 'de', variant: 'nodeadkeys' }], ['de-', { layout: 'de-' }],
])('the keyboard %s by the name that X has for it', (name, expected) => {
  expect(xkbLayout(name)).toEqual(expected);
  expect(parse(userData({ keyboardLayout: name }), { version: '1.1' }).autoinstall.keyboard).toEqual(expected);
});

// What YAML would take for a number or for false, were it not in quotes.
test.each(['0x1f', '1e5', '0b1', '123', 'no', 'null', 'true', 'y'])('the name %s stays a text', (name) => {
  const buildUser = /^[a-z]/.test(name) ? name : `_${name}`;
  const { identity } = parse(userData({ hostName: name, buildUser }), { version: '1.1' }).autoinstall;
  expect([identity.hostname, identity.username]).toEqual([name, buildUser]);
  expect(parse(install({ hostName: name }).answerFiles['meta-data'], { version: '1.1' })).toEqual({ 'instance-id': name });
});

test.each([
  ['hostName', ['', 'a b', 'Ubuntu', 'a.b', '-a', 'a-', 'a'.repeat(64), 'a\n', "a'", 'ü']],
  ['buildUser', ['', 'Packer', '1a', 'a b', "a'b", 'a$(reboot)', 'a'.repeat(33), 'a\nroot ALL=(ALL) NOPASSWD:ALL']],
  ['locale', ['', 'de', 'de_AT.UTF-8', 'de_at', "de_AT'", 'de_AT\n']],
  ['keyboardLayout', ['', 'DE', 'de ', 'de,us', "de'", 'de\n', '{{']],
  ['timeZone', ['', 'Europe/Vienna\n', 'a b', '/UTC', '../x', "UTC'"]],
])('%s of another form is refused', (property, values) => {
  for (const value of values) {
    expect(mistakes(() => install({ [property]: value }))).toEqual([`autoinstall-value-form ${property} ${JSON.stringify(value)}`]);
  }
});

test('all mistakes together', () => {
  expect(mistakes(() => install({ hostName: 'A', buildUser: 'B', locale: 'c', keyboardLayout: 'D', timeZone: '' })).map((line) => line.split(' ')[1])).toEqual([
    'hostName', 'buildUser', 'locale', 'keyboardLayout', 'timeZone',
  ]);
});

test('any text is refused or stands where it belongs, and nowhere else', () => {
  const or = (form: RegExp) => fc.oneof({ weight: 1, arbitrary: hostileText() }, { weight: 4, arbitrary: fc.stringMatching(form) });
  const request = fc.record({
    hostName: or(/^[a-z0-9-]{1,9}$/),
    buildUser: or(/^[a-z][a-z0-9_-]{0,9}$/),
    locale: or(/^[a-z]{2}_[A-Z]{2}$/),
    keyboardLayout: or(/^[a-z]{2,4}$/),
    timeZone: or(/^[A-Z][a-z]{1,5}\/[A-Z][a-z_]{1,5}$/),
  }, { requiredKeys: [] });
  let taken = 0;
  fc.assert(fc.property(request, (own) => {
    let written: string;
    try {
      written = userData(own);
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      return;
    }
    taken += 1;
    const { hostName, buildUser, locale, timeZone } = { ...REQUEST, ...own };
    const expected = parse(USER_DATA).autoinstall;
    const { keyboard, ...actual } = parse(written, { version: '1.1' }).autoinstall;
    delete expected.keyboard;
    Object.assign(expected, { locale: `${locale}.UTF-8`, timezone: timeZone });
    Object.assign(expected.identity, { hostname: hostName, username: buildUser });
    expected['late-commands'][0] = expected['late-commands'][0].replace('packer', buildUser);
    expect(actual).toEqual(expected);
  }), { numRuns: 150 });
  expect(taken).toBeGreaterThan(20);
}, 60_000);
