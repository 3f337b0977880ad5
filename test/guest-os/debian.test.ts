import { ValidationError, guestos, hcl } from '../../lib';
import { Problems } from '../../lib/core';
import { toPieces } from '../../lib/hcl/marker';
import { checkBootCommand } from '../../lib/packer/boot-command';
import { mistakes } from '../support/errors';
import { fc } from '../support/fast-check';
import { PLAIN } from '../support/installable';

const { AnswerDelivery, Checksum, Debian } = guestos;

const HASH = PLAIN.buildPasswordHash;

const REQUEST: guestos.InstallationRequest = { ...PLAIN, hostName: 'debian-12-template', locale: 'de_AT', keyboardLayout: 'de-nodeadkeys', timeZone: 'Europe/Vienna' };

const PRESEED = String.raw`#_preseed_V1
d-i preseed/early_command string tail -f /var/log/syslog </dev/null >/dev/ttyS0 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
d-i debian-installer/locale string de_AT.UTF-8
d-i keyboard-configuration/xkb-keymap select de(nodeadkeys)
d-i netcfg/choose_interface select auto
d-i netcfg/hostname string debian-12-template
d-i netcfg/get_domain string
d-i hw-detect/load_firmware boolean false
d-i mirror/country string manual
d-i mirror/protocol string http
d-i mirror/http/hostname string deb.debian.org
d-i mirror/http/directory string /debian
d-i mirror/http/proxy string
d-i clock-setup/utc boolean true
d-i clock-setup/ntp boolean true
d-i time/zone string Europe/Vienna
d-i passwd/root-login boolean false
d-i passwd/make-user boolean true
d-i passwd/user-fullname string
d-i passwd/username string packer
d-i passwd/user-password-crypted password ${HASH}
d-i partman-efi/non_efi_system boolean true
d-i partman-partitioning/choose_label string gpt
d-i partman-partitioning/default_label string gpt
d-i partman-partitioning/confirm_write_new_label boolean true
d-i partman-auto/method string regular
d-i partman-auto/expert_recipe string template :: \
  512 512 512 free $iflabel{ gpt } $reusemethod{ } method{ efi } format{ } . \
  2000 10000 -1 ext4 method{ format } format{ } use_filesystem{ } filesystem{ ext4 } mountpoint{ / } .
d-i partman-basicfilesystems/no_swap boolean false
d-i partman/mount_style select uuid
d-i partman/choose_partition select finish
d-i partman/confirm boolean true
d-i partman/confirm_nooverwrite boolean true
d-i apt-setup/cdrom/set-first boolean false
d-i apt-setup/disable-cdrom-entries boolean true
d-i apt-setup/use_mirror boolean true
d-i apt-setup/services-select multiselect security, updates
d-i pkgsel/run_tasksel boolean false
d-i pkgsel/include string openssh-server qemu-guest-agent cloud-init cloud-guest-utils python3 sudo
d-i pkgsel/upgrade select full-upgrade
d-i pkgsel/update-policy select none
popularity-contest popularity-contest/participate boolean false
d-i grub-installer/only_debian boolean true
d-i grub-installer/with_other_os boolean true
d-i grub-installer/bootdev string default
d-i grub-installer/force-efi-extra-removable boolean true
d-i debian-installer/add-kernel-opts string console=tty0 console=ttyS0,115200n8
d-i cdrom-detect/eject boolean false
d-i finish-install/reboot_in_progress note
d-i preseed/late_command string in-target sh -c 'set -eu; \
  export DEBIAN_FRONTEND=noninteractive; \
  umask 226; \
  echo "packer ALL=(ALL:ALL) NOPASSWD:ALL" >/etc/sudoers.d/90-build; \
  umask 022; \
  echo "PasswordAuthentication yes" >/etc/ssh/sshd_config.d/10-build.conf; \
  echo "PasswordAuthentication no" >/etc/ssh/sshd_config.d/60-no-passwords.conf; \
  echo "datasource_list: [NoCloud, ConfigDrive, None]" >/etc/cloud/cloud.cfg.d/90-datasources.cfg; \
  apt-get install --yes --no-install-recommends netplan.io systemd-resolved; \
  apt-get purge --yes ifupdown; \
  rm -f /etc/network/interfaces /etc/.resolv.conf.systemd-resolved.bak; \
  umask 077; \
  echo "network: {version: 2, ethernets: {installed: {match: {name: e*}, dhcp4: true}}}" >/etc/netplan/50-installer.yaml; \
  systemctl enable systemd-networkd.service; \
  sed -i "/media.cdrom/d" /etc/fstab'
`;

const GRUB = `search --no-floppy --set=root --file /install.amd/vmlinuz
search --no-floppy --set=answers --label preseed
linux /install.amd/vmlinuz auto=true priority=critical ---
initrd /install.amd/initrd.gz ($answers)/seed.cpio
boot
`;

const bind = (changes: Partial<guestos.InstallationRequest> = {}, os: guestos.IInstallable = Debian.V12) => os.bindInstallation({ ...REQUEST, ...changes });

/** The answers as they go over the network, where they are nothing but text. */
const preseedOf = (changes: Partial<guestos.InstallationRequest> = {}) => bind({ ...changes, answerDelivery: AnswerDelivery.HTTP }).answerFiles['preseed.cfg'];

test('Debian is installed by answers in an archive on a CD', () => {
  const { answerFiles, bootWait, minimumDiskSize, ...rest } = bind();
  expect([bootWait, minimumDiskSize].map(String)).toEqual(['20s', '4 GiB']);
  expect(rest).toEqual({
    iso: {
      url: 'https://cdimage.debian.org/cdimage/archive/12.15.0/amd64/iso-cd/debian-12.15.0-amd64-netinst.iso',
      checksum: Checksum.sha256('cd4462c06aa8892e692c0c4b9c17802f38c8ab8690e85cbfb5ccaa5956e9af17'),
    },
    answerDelivery: 'cd',
    answerLabel: 'preseed',
    bootCommand: ['c', '<wait2s>', 'configfile (cd1)/grub.cfg', '<enter>'],
    supportsSecureBoot: true,
  });
  expect(Object.keys(answerFiles)).toEqual(['grub.cfg', 'seed.cpio']);
  expect(answerFiles['grub.cfg']).toBe(GRUB);
  // `test/guest-os/preseed.conformance.ts` unpacks what Packer makes of it.
  const z = '00000000';
  const head = `07070100000001000081A4${z}${z}00000001${z}`;
  const length = PRESEED.length;
  expect(toPieces(answerFiles['seed.cpio']).map(({ text }) => text)).toEqual([
    head, `format("%08X", (${length}))`, `${z}${z}${z}${z}0000000C${z}preseed.cfg`, '"\\u0000\\u0000\\u0000"',
    PRESEED, `substr("\\u0000\\u0000\\u0000", 0, (4 - (${length}) % 4) % 4)`,
    `070701${z}${z}${z}${z}00000001${z}${z}${z}${z}${z}${z}0000000B${z}TRAILER!!!`, '"\\u0000\\u0000\\u0000\\u0000"',
  ]);
});

test('what Packer fills in is counted by Packer', () => {
  const hash = hcl.Expression.reference('local.hash');
  const { answerFiles } = bind({ buildPasswordHash: `${hash}` });
  const literal = PRESEED.length - HASH.length;
  expect(answerFiles['seed.cpio']).toContain(`${hash}`);
  expect(toPieces(answerFiles['seed.cpio']).map(({ text }) => text).filter((text) => text.includes('length('))).toEqual([
    `format("%08X", (${literal} + length(local.hash)))`, `substr("\\u0000\\u0000\\u0000", 0, (4 - (${literal} + length(local.hash)) % 4) % 4)`,
  ]);
});

test('with the answers by HTTP the whole line is typed', () => {
  const { answerDelivery, answerFiles, answerLabel, bootCommand } = bind({ answerDelivery: AnswerDelivery.HTTP });
  expect([answerDelivery, answerLabel, answerFiles]).toEqual(['http', undefined, { 'preseed.cfg': PRESEED }]);
  expect(bootCommand!.join('')).toBe(
    'c<wait2s>linux /install.amd/vmlinuz auto=true priority=critical url=http://{{ .HTTPIP }}:{{ .HTTPPort }}/preseed.cfg<enter><wait5s>'
    + 'initrd /install.amd/initrd.gz<enter><wait10s>boot<enter>',
  );
});

test.each([[AnswerDelivery.CD, false], [AnswerDelivery.HTTP, true]])('what is typed with the answers by %s can be typed', (answerDelivery, served) => {
  const problems = new Problems('boot');
  checkBootCommand(problems, bind({ answerDelivery }).bootCommand!, served);
  expect(problems.all).toEqual([]);
});

test('the ISO of Debian 13', () => {
  expect(bind({}, Debian.V13).iso).toEqual({
    url: 'https://cdimage.debian.org/cdimage/archive/13.6.0/amd64/iso-cd/debian-13.6.0-amd64-netinst.iso',
    checksum: Checksum.sha256('65273beed27b2df543b68b65630ba525cfbad8df2b12035732b2dff87d6664e7'),
  });
  expect(bind({}, Debian.V13).answerFiles).toEqual(bind().answerFiles);
});

const IMAGE = { url: 'https://mirror.lan/14.qcow2', checksum: Checksum.sha256('a'.repeat(64)) };

test('a release of one\'s own', () => {
  const iso = { url: 'https://mirror.lan/debian-14.0.0-amd64-netinst.iso', checksumList: 'https://mirror.lan/SHA512SUMS' };
  expect(bind({}, Debian.of('14', { ...IMAGE, iso })).iso).toBe(iso);
  expect(mistakes(() => bind({}, Debian.of('14', IMAGE)))).toEqual(['iso-release-missing release.iso']);
});

test('the ISO is no part of the cloud image', () => {
  expect(Object.keys(Debian.V12.bindCloudImage())).toEqual(['url', 'checksum', 'minimumDiskSize']);
});

test.each([
  ['us', 'us'], ['uk', 'gb'], ['dvorak', 'us(dvorak)'], ['de-latin1', 'de'], ['sg', 'ch(de_nodeadkeys)'], ['de_CH-latin1', 'ch'], ['fr_CH-latin1', 'ch(fr)'],
  ['sv-latin1', 'se'], ['azerty', 'fr'], ['jp106', 'jp'], ['hu101', 'hu(qwerty)'], ['cz-us-qwertz', 'cz'], ['cz-lat2', 'cz(qwerty)'], ['dvorak-fr', 'fr(dvorak)'],
  ['lt.baltic', 'lt'], ['ch-fr', 'ch(fr)'], ['sk-qwerty', 'sk(qwerty)'],
])('the keyboard %s', (keyboardLayout, keymap) => {
  expect(preseedOf({ keyboardLayout }).split('\n')[3]).toBe(`d-i keyboard-configuration/xkb-keymap select ${keymap}`);
});

describe('texts of any kind', () => {
  const PLACES: { readonly [property: string]: string } = {
    hostName: 'd-i netcfg/hostname string ',
    timeZone: 'd-i time/zone string ',
    buildUser: 'd-i passwd/username string ',
    locale: 'd-i debian-installer/locale string ',
    buildPasswordHash: 'd-i passwd/user-password-crypted password ',
  };
  const HOSTILE = [
    "it's", '"', '$(reboot)', '`x`', '{{ .HTTPIP }}', '${x}', 'x\nd-i x string y', '# x', 'ü', ']]>', ' a ', '', '\\', 'x\\', 'x\r', 'x\0', 'x\u2028y', '\ud800', 'x'.repeat(5000),
  ];

  test('are refused, or come out as they went in, without another line', () => {
    fc.assert(fc.property(fc.constantFrom(...Object.keys(PLACES)), fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' }), fc.string()), (property, text) => {
      try {
        const file = preseedOf({ [property]: text });
        // eslint-disable-next-line no-control-regex
        expect(file).toMatch(/^[\x20-\x7e\n]*$/);
        const lines = file.split('\n');
        expect(lines).toHaveLength(PRESEED.split('\n').length);
        expect(lines.find((line) => line.startsWith(PLACES[property]))).toBe(`${PLACES[property]}${text}${property === 'locale' ? '.UTF-8' : ''}`);
      } catch (error) {
        if (!(error instanceof ValidationError)) throw error;
        expect(error.problems.map(({ code, property: of }) => `${of} ${code}`)).toEqual([
          `request.${property} ${property === 'buildUser' ? 'preseed-user' : 'preseed-word'}`,
        ]);
      }
    }), { numRuns: 500 });
  });

  test('reach a shell only as the name of a user', () => {
    expect(mistakes(() => preseedOf({ buildUser: 'x"; reboot; "' }))).toEqual(['preseed-user request.buildUser "x\\"; reboot; \\""']);
    expect(mistakes(() => preseedOf({ buildUser: 'build_user' }))).toEqual(['preseed-user request.buildUser "build_user"']);
  });

  test('all that is wrong is said at once, and a hash is not shown', () => {
    expect(mistakes(() => preseedOf({ hostName: 'a b', buildPasswordHash: 'x y', locale: '', keyboardLayout: 'ü', timeZone: 'x\\', buildUser: 'Root' }))).toEqual([
      'preseed-word request.hostName "a b"', 'preseed-word request.buildPasswordHash', 'preseed-word request.locale ""',
      'preseed-word request.keyboardLayout "ü"', 'preseed-word request.timeZone "x\\\\"', 'preseed-user request.buildUser "Root"',
    ]);
  });
});
