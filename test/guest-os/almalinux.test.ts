import { ValidationError, guestos } from '../../lib';
import { Problems } from '../../lib/core';
import { checkBootCommand } from '../../lib/packer/boot-command';
import { mistakes } from '../support/errors';
import { fc } from '../support/fast-check';
import { PLAIN } from '../support/installable';

const { AlmaLinux, AnswerDelivery, Checksum, Rocky } = guestos;

const HASH = PLAIN.buildPasswordHash;

const REQUEST: guestos.InstallationRequest = { ...PLAIN, hostName: 'almalinux-9-template', locale: 'de_AT', keyboardLayout: 'de-nodeadkeys', timeZone: 'Europe/Vienna' };

const KICKSTART = `text
url --url=https://repo.almalinux.org/almalinux/9.8/BaseOS/x86_64/os/
repo --name=AppStream --baseurl=https://repo.almalinux.org/almalinux/9.8/AppStream/x86_64/os/
lang de_AT.UTF-8
keyboard --vckeymap=de-nodeadkeys
timezone --utc Europe/Vienna
network --bootproto=dhcp --device=link --activate --onboot=yes --hostname=almalinux-9-template
selinux --enforcing
firewall --disabled
firstboot --disable
eula --agreed
rootpw --lock
user --name=packer --groups=wheel --iscrypted --password='${HASH}'
zerombr
clearpart --all --initlabel --disklabel=gpt
part /boot/efi --fstype=efi --size=512
part /boot --fstype=xfs --size=1024
part / --fstype=xfs --size=4096 --grow
bootloader --timeout=1 --append="console=tty0 console=ttyS0,115200n8"
reboot

%packages --exclude-weakdeps
@core
chrony
cloud-init
cloud-utils-growpart
dracut-config-generic
glibc-langpack-de
openssh-server
python3
qemu-guest-agent
sudo
tar
-*firmware
-dracut-config-rescue
-firewalld
%end

%addon com_redhat_kdump --disable
%end

%post --erroronfail
set -eu
umask 077
echo 'packer ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/90-build
chmod 0440 /etc/sudoers.d/90-build
visudo --check --quiet
echo 'PasswordAuthentication yes' >/etc/ssh/sshd_config.d/10-build.conf
# cloud-init asks for logins by password in a file of number 50, which comes before this.
echo 'PasswordAuthentication no' >/etc/ssh/sshd_config.d/60-keys-only.conf
restorecon -R /etc/sudoers.d /etc/ssh/sshd_config.d
systemctl enable sshd.service qemu-guest-agent.service
# Which of them there are depends on the release of cloud-init.
for unit in cloud-init-main cloud-init-local cloud-init-network cloud-init cloud-config cloud-final; do
  if [ -e "/usr/lib/systemd/system/$unit.service" ]; then systemctl enable "$unit.service"; fi
done
# A clone has EFI variables of its own, and boots by this path.
test -s /boot/efi/EFI/BOOT/BOOTX64.EFI
%end
`;

const bind = (os: guestos.IInstallable, changes: Partial<guestos.InstallationRequest> = {}) => os.bindInstallation({ ...REQUEST, ...changes });

/** The words of a line, as Python's shlex has them. */
function words(line: string): string[] {
  return [...line.matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g)].map(([word]) => word.replace(/'([^']*)'|"([^"]*)"/g, (_, single, double) => single ?? double));
}

/** The line of a command, split. */
function command(file: string, name: string): string[] {
  return words(file.split('\n').find((line) => line.startsWith(`${name} `))!);
}

test('AlmaLinux 9 is installed by a kickstart file on a CD', () => {
  const { answerFiles, bootWait, minimumDiskSize, minimumMemory, ...rest } = bind(AlmaLinux.V9);
  expect(answerFiles).toEqual({ 'ks.cfg': KICKSTART });
  expect([bootWait, minimumDiskSize, minimumMemory].map(String)).toEqual(['20s', '10 GiB', '3 GiB']);
  expect(rest).toEqual({
    iso: {
      url: 'https://repo.almalinux.org/almalinux/9.8/isos/x86_64/AlmaLinux-9.8-x86_64-boot.iso',
      checksum: Checksum.sha256('445f99e24399bbe98aab86111d60751c142eda049d2444fd76da5eb03472e4ab'),
    },
    answerDelivery: 'cd',
    answerLabel: 'OEMDRV',
    bootCommand: ['<up>', '<wait1s>', '<enter>'],
    supportsSecureBoot: true,
    needsX86_64V3: undefined,
  });
});

test('with the answer by HTTP the first entry of the menu is edited', () => {
  const config = bind(AlmaLinux.V9, { answerDelivery: AnswerDelivery.HTTP });
  expect([config.answerDelivery, config.answerLabel, config.answerFiles]).toEqual(['http', undefined, { 'ks.cfg': KICKSTART }]);
  expect(config.bootCommand!.join('')).toBe('<up><wait1s>e<wait1s><down><down><end> inst.ks=http://{{ .HTTPIP }}:{{ .HTTPPort }}/ks.cfg<f10>');
  const problems = new Problems('boot');
  checkBootCommand(problems, config.bootCommand!, true);
  expect(problems.all).toEqual([]);
});

test('the ISOs of the shipped releases, and where their packages are', () => {
  const pinned = [AlmaLinux.V10, AlmaLinux.V10_X86_64_V2, AlmaLinux.V9, Rocky.V10, Rocky.V9].map((os) => {
    const { iso, needsX86_64V3, answerFiles } = bind(os);
    return [iso.url, iso.checksumList ?? `${iso.checksum}`, needsX86_64V3, command(answerFiles['ks.cfg'], 'url')[1], command(answerFiles['ks.cfg'], 'repo')[2]];
  });
  const alma = 'https://repo.almalinux.org/almalinux';
  const rocky = 'https://dl.rockylinux.org/pub/rocky';
  expect(pinned).toEqual([
    [`${alma}/10.2/isos/x86_64/AlmaLinux-10.2-x86_64-boot.iso`, 'sha256:b3f865468075bcada8f208d830289302c67529789d668041d24e8d6fc697ba6a', true,
      `--url=${alma}/10.2/BaseOS/x86_64/os/`, `--baseurl=${alma}/10.2/AppStream/x86_64/os/`],
    [`${alma}/10.2/isos/x86_64_v2/AlmaLinux-10.2-x86_64_v2-boot.iso`, `${alma}/10.2/isos/x86_64_v2/CHECKSUM`, undefined,
      `--url=${alma}/10.2/BaseOS/x86_64_v2/os/`, `--baseurl=${alma}/10.2/AppStream/x86_64_v2/os/`],
    [`${alma}/9.8/isos/x86_64/AlmaLinux-9.8-x86_64-boot.iso`, 'sha256:445f99e24399bbe98aab86111d60751c142eda049d2444fd76da5eb03472e4ab', undefined,
      `--url=${alma}/9.8/BaseOS/x86_64/os/`, `--baseurl=${alma}/9.8/AppStream/x86_64/os/`],
    [`${rocky}/10.2/isos/x86_64/Rocky-10.2-x86_64-boot.iso`, 'sha256:bf3a75907948563d0c11f3d1b8546ee9216e18a3ea2dc0a67eb4c45452e210f9', true,
      `--url=${rocky}/10.2/BaseOS/x86_64/os/`, `--baseurl=${rocky}/10.2/AppStream/x86_64/os/`],
    [`${rocky}/9.8/isos/x86_64/Rocky-9.8-x86_64-boot.iso`, 'sha256:d6eeefdc8437c593d41a3150fcca4a734c55642ed472eecdda99720bb1370881', undefined,
      `--url=${rocky}/9.8/BaseOS/x86_64/os/`, `--baseurl=${rocky}/9.8/AppStream/x86_64/os/`],
  ]);
});

const IMAGE = { url: 'https://mirror.lan/9.qcow2', checksum: Checksum.sha256('a'.repeat(64)) };
const checksum = Checksum.sha256('b'.repeat(64));

describe('the packages of another ISO', () => {
  const packages = (url: string) => command(bind(AlmaLinux.of('9', { ...IMAGE, iso: { url, checksum } })).answerFiles['ks.cfg'], 'url')[1];

  test.each([
    ['https://mirror.lan/alma/9.7/isos/x86_64/AlmaLinux-9.7-x86_64-minimal.iso', 'https://mirror.lan/alma/9.7/BaseOS/x86_64/os/'],
    ['https://vault.almalinux.org/9.6/isos/x86_64/AlmaLinux-9.6-x86_64-dvd.iso', 'https://vault.almalinux.org/9.6/BaseOS/x86_64/os/'],
    ['https://files.lan/AlmaLinux-9.7-x86_64-boot.iso', 'https://repo.almalinux.org/almalinux/9.7/BaseOS/x86_64/os/'],
    ['https://files.lan/AlmaLinux-10-x86_64_v2-boot.iso', 'https://repo.almalinux.org/almalinux/10/BaseOS/x86_64_v2/os/'],
    ["https://o'mirror.lan/#1/isos/x86_64/x.iso", "https://o'mirror.lan/#1/BaseOS/x86_64/os/"],
  ])('%s', (url, expected) => {
    expect(packages(url)).toBe(`--url=${expected}`);
  });

  test('are nowhere', () => {
    expect(() => packages('https://files.lan/alma.iso')).toThrow(ValidationError);
    expect(mistakes(() => packages('https://files.lan/alma.iso'))).toEqual(['kickstart-packages-unknown release.iso.url "https://files.lan/alma.iso"']);
  });
});

test.each([['AlmaLinux', AlmaLinux.of], ['Rocky', Rocky.of]])('%s without an ISO', (_, of) => {
  const os = of('9', IMAGE);
  expect(mistakes(() => os.bindInstallation(REQUEST))).toEqual(['iso-release-missing release.iso']);
});

test('the ISO is no part of the cloud image', () => {
  expect([AlmaLinux.V9, Rocky.V9].map((os) => Object.keys(os.bindCloudImage()))).toEqual(Array(2).fill(['url', 'checksum', 'minimumDiskSize', 'hasGuestAgent', 'needsX86_64V3']));
});

describe('texts of any kind', () => {
  /** Each property, and where it stands in the file. */
  const PLACES: { [property: string]: (file: string) => string } = {
    hostName: (file) => command(file, 'network')[5].replace('--hostname=', ''),
    keyboardLayout: (file) => command(file, 'keyboard')[1].replace('--vckeymap=', ''),
    timeZone: (file) => command(file, 'timezone')[2],
    buildPasswordHash: (file) => command(file, 'user')[4].replace('--password=', ''),
    buildUser: (file) => command(file, 'user')[1].replace('--name=', ''),
    locale: (file) => command(file, 'lang')[1].replace('.UTF-8', ''),
  };
  const HOSTILE = ["it's", '"', '$(reboot)', '`x`', '{{ .HTTPIP }}', '${x}', '%end', '%post\nreboot', '--x', '# x', 'ü', ']]>', ' a ', '', '\\', 'x\r', 'x\0', 'x\u2028y', 'x\u0085y', '\ud800', 'x'.repeat(5000)];

  test('are refused, or come out as they went in, without another line', () => {
    const lines = KICKSTART.split('\n').length;
    fc.assert(fc.property(fc.constantFrom(...Object.keys(PLACES)), fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' }), fc.string()), (property, value) => {
      // The hash is the only text that nobody looks at: Packer makes it.
      const text = property === 'buildPasswordHash' ? value.replace(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, '') : value;
      try {
        const file = bind(AlmaLinux.V9, { [property]: text }).answerFiles['ks.cfg'];
        expect(file.split('\n')).toHaveLength(lines);
        expect(file.split(/[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/)).toHaveLength(lines);
        expect(PLACES[property](file)).toBe(text);
      } catch (error) {
        if (!(error instanceof ValidationError)) throw error;
        expect(error.problems.map(({ code, property: of }) => `${of} ${code}`).join()).toMatch(new RegExp(`^(${property} kickstart-(text|user|locale),?)+$`));
      }
    }), { numRuns: 500 });
  });

  test('all that is wrong is said at once', () => {
    expect(mistakes(() => bind(AlmaLinux.V10, { hostName: 'a\nb', buildUser: 'root', locale: 'x y', keyboardLayout: '\0', timeZone: '\u2028' }))).toEqual([
      'kickstart-text hostName "a\\nb"', 'kickstart-text keyboardLayout "\\u0000"', 'kickstart-text timeZone "\u2028"', 'kickstart-locale locale "x y"',
      'kickstart-user buildUser "root"',
    ]);
  });

  test('a hash that Packer fills in stands in quotes, as it is', () => {
    expect(bind(AlmaLinux.V9, { buildPasswordHash: '\ue000Aabc.00000000\ue001' }).answerFiles['ks.cfg']).toContain(" --password='\ue000Aabc.00000000\ue001'\n");
  });
});
