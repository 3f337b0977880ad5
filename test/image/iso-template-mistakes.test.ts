import { TerraformStack } from 'cdktf';
import {
  CloudImageTemplate, CpuType, Duration, GoldenImage, Guest, InstallationIso, IsoTemplate, IsoTemplateProps, ProvisioningProfile, Size, VirtualMachine, guestos,
  hcl, packer,
} from '../../lib';
import { ANY_VALUES, withEvery, withValue } from '../support/any-value';
import { expectError, mistakes } from '../support/errors';
import { GUEST, REFERENCES, existing, stackWithCluster } from '../support/fixtures';
import { PASSWORD, Tiny } from '../support/installable';
import { synthesize } from '../support/synth';

const { AnswerDelivery, Checksum, GuestShell, InstallationBus, RemoteAccess } = guestos;
const MINIMAL = { vmId: 9001, profile: ProvisioningProfile.minimal() };
const HTTP = { answerDelivery: AnswerDelivery.HTTP };
const DRIVERS = { url: 'https://vendor.example/drivers-1.iso', checksumList: 'https://vendor.example/CHECKSUM' };
const drivers = (count: number) => Array.from({ length: count }, () => DRIVERS);

function make(props: Partial<IsoTemplateProps> = {}, os: guestos.IInstallable = new Tiny(), stack: TerraformStack = stackWithCluster()): IsoTemplate {
  return new IsoTemplate(stack, 'Base', { operatingSystem: os, ...MINIMAL, ...props });
}

const short = (mistake: string) => mistake.split(' ').slice(0, 2).join(' ');

const REFUSED: [string, Partial<IsoTemplateProps>, guestos.IInstallable?][] = [
  ['vm-id-outside-plan vmId 9000', { vmId: 9000 }],
  ['vm-id-outside-plan vmId 9100', { vmId: 9100 }],
  ['vm-id-out-of-bounds vmId 1.5', { vmId: 1.5 }],
  ['template-name-form templateName "a_b"', { templateName: 'a_b' }],
  ['node-name node "a b"', { node: 'a b' }],
  ['storage-name storage "a b"', { storage: 'a b' }],
  ['tag-form tags[0] "a b"', { tags: ['a b'] }],
  ['cores-out-of-range cores 129', { cores: 129 }],
  ['version-form version "{{x}}"', { version: '{{x}}' }],
  ['build-timeout taskTimeout 0s', { taskTimeout: Duration.seconds(0) }],
  ['install-timeout installTimeout 5m', { installTimeout: Duration.minutes(5) }],
  ['install-timeout operatingSystem.installTimeout 0s', {}, new Tiny({ installTimeout: Duration.seconds(0) })],
  ['build-timeout installTimeout 0s', { installTimeout: Duration.seconds(0) }, new Tiny({ remoteAccess: RemoteAccess.WINRM })],
  ['preseed-user buildUser "a_b"', { buildUser: 'a_b' }, guestos.Debian.V13],
  ...['admin', 'operator', 'nobody', 'sshd', 'tftpd', 'sgx', 'lxd', 'wheel', 'alpm', 'xfs', 'systemd-resolve', 'nixbld', 'nixbld32'].map((buildUser): [string, Partial<IsoTemplateProps>] => (
    [`build-user-reserved buildUser "${buildUser}"`, { buildUser }])),
  ...[
    guestos.AlmaLinux.V9, guestos.Arch.V20260715, guestos.Debian.V13, guestos.NixOs.V25_11, guestos.Rocky.V10, guestos.Ubuntu.V24_04,
  ].map((os): [string, Partial<IsoTemplateProps>, guestos.IInstallable] => ['build-user-reserved buildUser "bin"', { buildUser: 'bin' }, os]),
  ['windows-time-zone timeZone "America/Vancouver"', { timeZone: 'America/Vancouver' }, guestos.WindowsServer.V2025],
  ['iso-release-missing operatingSystem.release.iso', {}, guestos.Ubuntu.V22_04],
  ['boot-wait bootWait 0s', { bootWait: Duration.seconds(0) }],
  ['boot-wait operatingSystem.bootWait 0s', {}, new Tiny({ bootWait: Duration.seconds(0) })],
  ['packer-download-timeout taskTimeout 1m', { taskTimeout: Duration.minutes(1) }],
  ['build-without-network networkDevices []', { networkDevices: [] }],
  ['build-user-kept buildUser "ops"', { buildUser: 'ops', profile: ProvisioningProfile.standard({ users: [{ name: 'ops' }] }) }, new Tiny({}, { ansibleSupported: true })],
  ['standard-profile-unsupported profile "tiny-1"', { profile: ProvisioningProfile.standard() }],
  ...['', 'root', 'Packer', 'a b', 'a\nb', 'a"b', '$(x)', '{{x}}', 'ü', '-a', 'a'.repeat(32)].map((buildUser): [string, Partial<IsoTemplateProps>] => (
    [`build-user-form buildUser ${JSON.stringify(buildUser)}`, { buildUser }])),
  ...['Admin', 'administrator\n', 'a'.repeat(21)].map((buildUser): [string, Partial<IsoTemplateProps>, guestos.IInstallable] => (
    [`build-user-form buildUser ${JSON.stringify(buildUser)}`, { buildUser }, new Tiny({}, { shell: GuestShell.POWERSHELL })])),
  ['build-user-form buildUser "Administrator"', { buildUser: 'Administrator' }],
  ['disk-too-small-for-installation diskSize 7 GiB', { diskSize: Size.gibibytes(7) }],
  ['disk-too-small-for-installation diskSize 31 GiB', { diskSize: Size.gibibytes(31) }, new Tiny({ minimumDiskSize: Size.gibibytes(32) })],
  ['disk-size diskSize 8704 MiB', { diskSize: Size.mebibytes(8704) }],
  ['memory-too-small-for-installation memory 1 GiB', { memory: Size.gibibytes(1) }],
  ['build-password-untold operatingSystem.answerFiles', { bootCommand: [PASSWORD] }, new Tiny({ answerFiles: { answers: 'user packer' } })],
  ['build-password-untold operatingSystem.answerFiles', {}, new Tiny({ answerFiles: { answers: 'user packer password packer' } })],
  ['cpu-too-old-for-image cpuType x86-64-v2-AES', { cpuType: CpuType.X86_64_V2_AES }, new Tiny({ needsX86_64V3: true })],
  ['secure-boot-unsupported secureBoot true', { secureBoot: true }],
  ['answer-delivery-unsupported answerDelivery "http"', HTTP, new Tiny({ answerDelivery: AnswerDelivery.CD })],
  ['answer-delivery-unsupported answerDelivery "cd"', { answerDelivery: AnswerDelivery.CD }, new Tiny({ answerDelivery: AnswerDelivery.HTTP })],
  ['answer-server-unused answerServer {"firstPort":8000}', { answerServer: { firstPort: 8000 } }],
  ...['', '1.2.3', '1.2.3.4.5', '1.2.3.256', '01.2.3.4', '::1', 'pve.lan', '1.2.3.4\n', '${x}'].map((bindAddress): [string, Partial<IsoTemplateProps>] => (
    [`answer-server-address answerServer.bindAddress ${JSON.stringify(bindAddress)}`, { ...HTTP, answerServer: { bindAddress } }])),
  ...['', 'a b', 'a/b', 'a\nb'].map((name): [string, Partial<IsoTemplateProps>] => (
    [`answer-server-address answerServer.interface ${JSON.stringify(name)}`, { ...HTTP, answerServer: { interface: name } }])),
  ['answer-server-address answerServer.interface "eth0"', { ...HTTP, answerServer: { bindAddress: '10.0.0.1', interface: 'eth0' } }],
  ...['127.0.0.1', '127.8.0.1', '0.0.0.1', '169.254.0.1', '224.0.0.251', '239.255.255.250', '240.0.0.1', '255.255.255.255'].map((bindAddress): [string, Partial<IsoTemplateProps>] => (
    [`answer-server-unreachable answerServer.bindAddress "${bindAddress}"`, { ...HTTP, answerServer: { bindAddress } }])),
  ...['lo', 'lo0'].map((name): [string, Partial<IsoTemplateProps>] => (
    [`answer-server-unreachable answerServer.interface "${name}"`, { ...HTTP, answerServer: { interface: name } }])),
  ['answer-server-ports answerServer.firstPort [0,null]', { ...HTTP, answerServer: { firstPort: 0 } }],
  ['answer-server-ports answerServer.firstPort [65536,null]', { ...HTTP, answerServer: { firstPort: 65_536 } }],
  ['answer-server-ports answerServer.firstPort [null,65536]', { ...HTTP, answerServer: { lastPort: 65_536 } }],
  ['answer-server-ports answerServer.firstPort [8010,8009]', { ...HTTP, answerServer: { firstPort: 8010, lastPort: 8009 } }],
  ['answer-server-ports answerServer.firstPort [8000.5,null]', { ...HTTP, answerServer: { firstPort: 8000.5 } }],
  ['additional-isos additionalIsos ["a.iso"]', { additionalIsos: [InstallationIso.fromStorage('local:iso/a.iso')] }],
  ['additional-isos additionalIsos []', { additionalIsos: [] }, new Tiny({ additionalIsos: [DRIVERS] })],
  ['too-many-isos operatingSystem.additionalIsos 5', {}, new Tiny({ cdBus: InstallationBus.SATA, additionalIsos: drivers(5) })],
  ['too-many-isos operatingSystem.additionalIsos 28', {}, new Tiny({ additionalIsos: drivers(28) })],
  ['too-many-isos operatingSystem.additionalIsos 29', HTTP, new Tiny({ additionalIsos: drivers(29) })],
  ['iso-url-form operatingSystem.iso.url "x"', {}, new Tiny({ iso: { url: 'x', checksum: Checksum.sha256('1b'.repeat(32)) } })],
  ['iso-url-moving operatingSystem.additionalIsos[1].url "https://vendor.example/latest/a.iso"', {}, new Tiny({
    additionalIsos: [DRIVERS, { ...DRIVERS, url: 'https://vendor.example/latest/a.iso' }],
  })],
  ['iso-checksum-missing operatingSystem.iso.checksum nothing', {}, new Tiny({ iso: { url: 'https://vendor.example/a.iso' } })],
  ['iso-checksum-list-form operatingSystem.iso.checksumList "SUMS"', {}, new Tiny({ iso: { url: 'https://vendor.example/a.iso', checksumList: 'SUMS' } })],
  ...['', 'C', 'en', 'en-US', 'EN_us', 'en_US.UTF-8', 'en_US\n', 'en_US"', '${x}', '{{x}}'].map((locale): [string, Partial<IsoTemplateProps>] => (
    [`locale-form locale ${JSON.stringify(locale)}`, { locale }])),
  ...['', 'u', 'US', 'de nodeadkeys', 'de-', 'de_AT', 'us\n', '"', '$x', '{{x}}', '-us'].map((keyboardLayout): [string, Partial<IsoTemplateProps>] => (
    [`keyboard-layout-form keyboardLayout ${JSON.stringify(keyboardLayout)}`, { keyboardLayout }])),
  ...['', 'utc', 'Europe/', '/Vienna', 'Europe/Vienna/x/y', '../../etc/passwd', 'Europe/../x', 'UTC\n', 'Europe/Wien"', '${x}', '{{x}}', '+01:00', 'Europe/Wien', 'Mars/Olympus'].map((timeZone): [string, Partial<IsoTemplateProps>] => (
    [`time-zone-form timeZone ${JSON.stringify(timeZone)}`, { timeZone }])),
  ['answer-file-missing operatingSystem.answerFiles []', {}, new Tiny({ answerFiles: {} })],
  ...['', '.', '..', '../x', '/x', 'a/', 'a//b', 'a/../b', 'a b', 'a\\b', 'ü', 'a\n', '{{x}}', '${x}', '-x'].map((name): [string, Partial<IsoTemplateProps>, guestos.IInstallable] => (
    [`answer-file-name operatingSystem.answerFiles ${JSON.stringify(name)}`, {}, new Tiny({ answerFiles: { [name]: 'x' } })])),
  ...['', 'a b', 'ü', 'a\n', 'a'.repeat(33)].map((answerLabel): [string, Partial<IsoTemplateProps>, guestos.IInstallable] => (
    [`answer-label-form operatingSystem.answerLabel ${JSON.stringify(answerLabel)}`, {}, new Tiny({ answerLabel })])),
  ['os-name-form operatingSystem.osName "Tiny"', { templateName: 'tiny' }, Object.assign(new Tiny(), { osName: 'Tiny' })],
  ['os-name-form operatingSystem.osName "Mine 1"', {}, Object.assign(new Tiny(), { osName: 'Mine 1' })],
  ['text-control-characters operatingSystem.guestSetup.installAgent ["a\\nb"]', {}, new Tiny({}, { installAgent: ['a\nb'] })],
  ['packer-boot-key-interval bootKeyInterval 49ms', { bootKeyInterval: Duration.milliseconds(49) }],
  ['packer-boot-command-token bootCommand "<retrun>"', { bootCommand: ['c', '<retrun>'] }],
  ['packer-boot-command-token operatingSystem.bootCommand "<retrun>"', {}, new Tiny({ bootCommand: ['c<retrun>'] })],
  ['packer-boot-command-character bootCommand "ü"', { bootCommand: ['tür'] }],
  ['packer-boot-command-character bootCommand "\\n"', { bootCommand: ['a\n'] }],
  ['packer-boot-command-key bootCommand "<pageUp>"', { bootCommand: ['<pageUp>'] }],
  ['packer-boot-command-template bootCommand "{{ .Name }}"', { bootCommand: ['{{ .Name }}'] }],
  ['packer-boot-command-wait bootCommand "<wait0s>"', { bootCommand: ['<wait0s>'] }],
  ['packer-boot-command-http bootCommand', { bootCommand: ['http://{{ .HTTPIP }}/x'] }],
  ['packer-name-taken variable "commit"', { variables: [new packer.Variable('commit')] }],
];

test.each(REFUSED.map(([mistake, props, os]) => [mistake, { props, os }] as const))('%s', (mistake, { props, os }) => {
  expect(mistakes(() => make(props, os))).toEqual([mistake]);
});

test('all mistakes at once, those of the system among them', () => {
  const os = new Tiny({ bootWait: Duration.seconds(0), additionalIsos: [{ url: 'x', checksumList: 'y' }] });
  expect(mistakes(() => make({ buildUser: 'root', version: '', secureBoot: true, diskSize: Size.gibibytes(1) }, os)).map(short)).toEqual([
    'disk-too-small-for-installation diskSize', 'secure-boot-unsupported secureBoot', 'build-user-form buildUser', 'version-form version', 'boot-wait operatingSystem.bootWait',
    'iso-url-form operatingSystem.additionalIsos[0].url', 'iso-checksum-list-form operatingSystem.additionalIsos[0].checksumList',
  ]);
  expect(mistakes(() => make({ vmId: 1, locale: '', keyboardLayout: '', timeZone: '', answerServer: { bindAddress: 'x', lastPort: 0 } })).map(short)).toEqual([
    'vm-id-out-of-bounds vmId', 'locale-form locale', 'keyboard-layout-form keyboardLayout', 'time-zone-form timeZone',
    'answer-server-address answerServer.bindAddress', 'answer-server-ports answerServer.firstPort',
  ]);
});

test('a message says what is needed', () => {
  expect(expectError(() => make({ memory: Size.gibibytes(1) })).message).toBe(`homelab/Base: [memory-too-small-for-installation] memory, got: 1 GiB
  The installer of tiny-1 needs 2 GiB of memory.
  Remedy: Leave memory out, and give the machines that are cloned less.`);
  expect(expectError(() => make(HTTP, new Tiny({ answerDelivery: AnswerDelivery.CD }))).message).toBe(`homelab/Base: [answer-delivery-unsupported] answerDelivery, got: "http"
  The installer of this operating system cannot have its answer file in this way.
  Remedy: Leave answerDelivery out: tiny-1 takes its answer file by cd.`);
});

test.each(['almalinux', 'alpine', 'arch', 'debian', 'fedora', 'nixbuild', 'opensuse', 'ops', 'packer', 'rocky', 'systemd', 'ubuntu'])('the build user %s', (buildUser) => {
  expect(() => make({ buildUser })).not.toThrow();
});

test('an account of Linux is none of Windows', () => {
  expect(() => make({ buildUser: 'operator' }, new Tiny({}, { shell: GuestShell.POWERSHELL }))).not.toThrow();
});

test('a golden image has no account of the system for its build either, unless it is that of its cloud-init', () => {
  const bake = (buildUser: string, cloudInitUser?: string) => {
    const stack = stackWithCluster();
    const baseTemplate = existing(stack, { cloudInitSlot: 'scsi1', guest: { ...GUEST, setup: { installAgent: ['x'], cloudInitUser } } });
    return new GoldenImage(stack, 'Image', { baseTemplate, vmId: 9101, profile: ProvisioningProfile.minimal(), buildUser });
  };
  expect(mistakes(() => bake('admin'))).toEqual(['build-user-reserved buildUser "admin"']);
  expect(() => bake('admin', 'admin')).not.toThrow();
});

test.each(['0.0.0.0', '10.0.0.1', '169.253.255.1', '192.168.1.255', '223.255.255.1'])('the server listens at %s', (bindAddress) => {
  expect(() => make({ ...HTTP, answerServer: { bindAddress } })).not.toThrow();
});

test.each(['eth0', 'local', 'wlo1'])('the server listens on %s', (name) => {
  expect(() => make({ ...HTTP, answerServer: { interface: name } })).not.toThrow();
});

test.each<[string, guestos.IInstallable]>([
  ['AlmaLinux', guestos.AlmaLinux.V10], ['Arch', guestos.Arch.V20260715], ['Debian', guestos.Debian.V13], ['NixOs', guestos.NixOs.V25_11], ['Rocky', guestos.Rocky.V10],
  ['Ubuntu', guestos.Ubuntu.V24_04], ['WindowsServer', guestos.WindowsServer.V2025], ['a system of a user', new Tiny()],
])('%s: a machine is called in lower case while it is installed', (_, os) => {
  const asked = jest.spyOn(os, 'bindInstallation');
  expect(make({ templateName: 'Base-2404.LAN' }, os).templateName).toBe('Base-2404.LAN');
  expect(asked.mock.calls.map(([{ hostName }]) => hostName)).toEqual(['build-base-2404-lan']);
  asked.mockRestore();
});

test('what an installer needs goes before what a machine has by default', () => {
  const template = make({}, new Tiny({ minimumMemory: Size.gibibytes(4), minimumDiskSize: Size.gibibytes(32), needsX86_64V3: true }));
  expect([`${template.hardware.memory}`, `${template.hardware.disks[0].size}`, `${template.hardware.cpuType}`]).toEqual(['4 GiB', '32 GiB', 'x86-64-v3']);
});

test('what an installer needs is rounded up to what a machine can have', () => {
  const { hardware } = make({}, new Tiny({ minimumMemory: Size.kibibytes(4 * 1024 * 1024 + 1), minimumDiskSize: Size.mebibytes(8193) }));
  expect([`${hardware.memory}`, `${hardware.disks[0].size}`]).toEqual(['4097 MiB', '9 GiB']);
});

test('the hash may stand in an expression', () => {
  const hash = hcl.Expression.reference('local.build_password_hash');
  const os = new Tiny({ answerFiles: { answers: `hash ${hcl.Expression.call('base64encode', hash)}` } });
  const stack = stackWithCluster();
  make({}, os, stack);
  expect(`${hash}`).toBe(os.request!.buildPasswordHash);
  const { packer: files } = synthesize(stack);
  const template = JSON.parse(files[Object.keys(files).find((name) => name.endsWith('.pkr.json'))!]);
  expect(Object.keys(template.local).filter((name) => name.startsWith('build_password'))).toEqual(['build_password', 'build_password_hash']);
});

test('clones and images of a system that needs a newer CPU', () => {
  const stack = stackWithCluster();
  const template = make({}, guestos.Rocky.V10, stack);
  const published = new CloudImageTemplate(stack, 'Published', { operatingSystem: guestos.Rocky.V10, vmId: 9120 });
  const cpuType = CpuType.X86_64_V2_AES;
  [template, published].forEach((baseTemplate, i) => {
    const baked = new GoldenImage(stack, `Image${i}`, { baseTemplate, vmId: 9130 + i, profile: ProvisioningProfile.minimal() });
    expect(mistakes(() => new GoldenImage(stack, `Old${i}`, { baseTemplate, vmId: 9140 + i, cpuType, profile: ProvisioningProfile.minimal() }))).toEqual([
      'cpu-too-old-for-image cpuType x86-64-v2-AES',
    ]);
    [baseTemplate, baked].forEach((one, j) => {
      expect(mistakes(() => new VirtualMachine(stack, `Clone${i}${j}`, { template: one, cpuType }))).toEqual(['cpu-too-old-for-image cpuType x86-64-v2-AES']);
      new VirtualMachine(stack, `New${i}${j}`, { template: one });
    });
  });
});

test('templates that exist already have the CPU that their system needs, where none is named', () => {
  const cpuOf = (guest: Guest) => existing(stackWithCluster(), { guest }).hardware.cpuType;
  expect([GUEST, { ...GUEST, needsX86_64V3: true }].map(cpuOf)).toEqual([CpuType.X86_64_V2_AES, CpuType.X86_64_V3]);
});

test('provisioners of the other family of systems', () => {
  const { Provisioner } = packer;
  const onLinux = [
    Provisioner.powerShell({ inline: ['a'] }), Provisioner.windowsShell({ inline: ['a'] }), Provisioner.windowsRestart(), Provisioner.windowsUpdate(),
    Provisioner.powerShell({ inline: ['a'], executeCommand: 'pwsh {{.Path}}' }), Provisioner.shell({ inline: ['a'] }), Provisioner.sleep({ duration: Duration.seconds(1) }),
  ];
  expect(mistakes(() => make({ provisioners: onLinux }))).toEqual([
    'provisioner-of-other-system provisioners[0].type "powershell"',
    'provisioner-of-other-system provisioners[1].type "windows-shell"',
    'provisioner-of-other-system provisioners[2].type "windows-restart"',
    'provisioner-of-other-system provisioners[3].type "windows-update"',
  ]);
  const onWindows = [
    Provisioner.shell({ inline: ['a'] }), Provisioner.shell({ inline: ['a'], executeCommand: 'bash {{.Path}}' }), Provisioner.powerShell({ inline: ['a'] }),
  ];
  expect(mistakes(() => make({ provisioners: onWindows }, guestos.WindowsServer.V2025))).toEqual(['provisioner-of-other-system provisioners[0].type "shell"']);
  expect(mistakes(() => make({ provisioners: onWindows, version: '' }, guestos.WindowsServer.V2025)).map(short)).toEqual([
    'version-form version', 'provisioner-of-other-system provisioners[0].type',
  ]);
});

test('missing files of provisioners are among the mistakes', () => {
  const own = packer.Provisioner.shellScript({ scripts: ['nowhere.sh'] });
  expect(mistakes(() => make({ provisioners: [own], version: '' })).map(short)).toEqual(['version-form version', 'asset-missing provisioners[0].scripts[0]']);
  expect(mistakes(() => make({}, new Tiny({ provisioners: [own] }))).map(short)).toEqual(['asset-missing operatingSystem.provisioners[0].scripts[0]']);
  expect(mistakes(() => make({}, new Tiny({}, { generalizeScript: 'nowhere.sh' }))).map(short)).toEqual(['asset-missing operatingSystem.guestSetup.generalizeScript']);
});

test('an id that another element has', () => {
  const stack = stackWithCluster();
  make({}, new Tiny(), stack);
  expect(mistakes(() => new IsoTemplate(stack, 'Other', { operatingSystem: new Tiny(), ...MINIMAL })).map(short)).toEqual(['vm-id-claimed-twice vmId']);
});

test('a release that was made of a cloud image alone', () => {
  const release = guestos.Debian.of('13', { url: 'https://vendor.example/debian-13-20260101.qcow2', checksum: Checksum.sha256('0a'.repeat(32)) });
  expect(expectError(() => make({}, release)).problems.map(({ code }) => code)).toEqual(['iso-release-missing']);
});

test('a user that only the cloud-init of a system lets in is no choice of a golden image', () => {
  const stack = stackWithCluster();
  const baseTemplate = existing(stack, { cloudInitSlot: 'scsi1', guest: { ...GUEST, setup: { installAgent: ['x'], cloudInitUser: 'arch' } } });
  const bake = (id: string, vmId: number, buildUser?: string) => (
    new GoldenImage(stack, id, { baseTemplate, vmId, profile: ProvisioningProfile.minimal(), buildUser }));
  expect(expectError(() => bake('Wrong', 9101, 'packer')).message).toBe(`homelab/Wrong: [build-user-of-system] buildUser, got: "packer"
  The cloud-init of this operating system lets in one user of its own choice, and no other can be the build user.
  Remedy: Leave buildUser out: it is arch.`);
  expect(() => bake('Right', 9102)).not.toThrow();
});

test('references to Terraform, which Packer cannot follow', () => {
  const { text, number } = REFERENCES;
  const props: any = {
    vmId: number,
    templateName: text,
    node: text,
    storage: text,
    version: text,
    tags: [text],
    locale: text,
    keyboardLayout: text,
    timeZone: text,
    answerServer: { bindAddress: text, firstPort: number, lastPort: number },
    ...HTTP,
  };
  expect(mistakes(() => make(props)).map(short)).toEqual([
    'not-known-at-synth templateName', 'not-known-at-synth node', 'not-known-at-synth storage', 'not-known-at-synth vmId', 'tag-form tags[0]', 'not-known-at-synth locale',
    'not-known-at-synth keyboardLayout', 'not-known-at-synth timeZone', 'not-known-at-synth answerServer.bindAddress', 'answer-server-ports answerServer.firstPort',
  ]);
  expect(mistakes(() => make({ buildUser: text, cores: number })).map(short)).toEqual(['not-known-at-synth cores', 'not-known-at-synth buildUser']);
  expect(mistakes(() => make({ bootCommand: [text] })).map(short)).toEqual(['hcl-terraform-reference bootCommand[0]']);
  expect(mistakes(() => make({}, new Tiny({ bootCommand: [text] }))).map(short)).toEqual(['hcl-terraform-reference operatingSystem.bootCommand[0]']);
  const answers = new Tiny({ answerFiles: { 'a': text, 'a/b.cfg': text, 'c': PASSWORD } });
  expect([{}, HTTP].map((delivery) => mistakes(() => make(delivery, answers)).map(short))).toEqual([
    ['hcl-terraform-reference operatingSystem.answerFiles.a', 'hcl-terraform-reference operatingSystem.answerFiles["a/b.cfg"]'],
    ['hcl-terraform-reference operatingSystem.answerFiles["a"]', 'hcl-terraform-reference operatingSystem.answerFiles["a/b.cfg"]'],
  ]);
});

const PROPERTIES = [
  'cores', 'sockets', 'cpuType', 'memory', 'minimumMemory', 'networkDevices', 'vga', 'profile', 'provisioners', 'variables', 'buildUser', 'taskTimeout', 'build', 'version', 'tags',
  'operatingSystem', 'vmId', 'templateName', 'proxmoxVe', 'node', 'iso', 'additionalIsos', 'diskSize', 'storage', 'diskFormat', 'secureBoot', 'locale', 'keyboardLayout', 'timeZone',
  'answerDelivery', 'answerServer', 'bootCommand', 'bootWait', 'bootKeyInterval', 'installTimeout',
];

test('values of another kind, in plain JavaScript: every property', () => {
  const wrong: any = Object.fromEntries(PROPERTIES.map((name) => [name, name === 'answerServer' ? 7 : { of: name }]));
  expect(mistakes(() => make(wrong)).map(short).sort()).toEqual(PROPERTIES.map((name) => `value-kind ${name}`).sort());
  expect(mistakes(() => new IsoTemplate(stackWithCluster(), 'Base', {} as any)).map(short)).toEqual(['value-missing operatingSystem', 'value-missing vmId']);
  expect(mistakes(() => make({ answerServer: { bindAddress: 1, interface: 2, firstPort: '3', lastPort: '4' }, bootCommand: [1], additionalIsos: ['x'], answerDelivery: 'fax' } as any)).map(short)).toEqual([
    'value-kind additionalIsos[0]', 'value-kind answerDelivery', 'value-kind answerServer.bindAddress', 'value-kind answerServer.interface', 'value-kind answerServer.firstPort',
    'value-kind answerServer.lastPort', 'value-kind bootCommand[0]',
  ]);
});

const INSTALLATION = [
  'iso', 'additionalIsos', 'answerDelivery', 'answerFiles', 'answerLabel', 'bootCommand', 'bootWait', 'cdBus', 'minimumDiskSize', 'minimumMemory', 'installTimeout', 'remoteAccess',
  'provisioners', 'supportsSecureBoot', 'needsX86_64V3',
];

test('values of another kind in what a system says of its installation', () => {
  const wrong: any = Object.fromEntries(INSTALLATION.map((name) => [name, 7]));
  expect(mistakes(() => make({}, new Tiny(wrong))).map(short)).toEqual(INSTALLATION.map((name) => `value-kind operatingSystem.${name}`));
  expect(mistakes(() => make({}, { ...new Tiny(), bindInstallation: () => undefined } as any)).map(short)).toEqual(['value-kind operatingSystem']);
  expect(mistakes(() => make({}, { bindInstallation: () => ({}) } as any)).map(short)).toContain('value-missing operatingSystem.osName');
  expect(mistakes(() => make({}, { ...new Tiny(), bindInstallation: () => ({}) } as any)).map(short)).toEqual([
    'value-missing operatingSystem.iso', 'value-missing operatingSystem.answerDelivery', 'value-missing operatingSystem.answerFiles',
  ]);
});

/** Written to its end: what is taken must come through the renderers too. */
function write(props: any, os?: guestos.IInstallable): void {
  const { files } = make(props, os).renderPackerFolder();
  const [json] = Object.keys(files).filter((name) => name.endsWith('.pkr.json'));
  JSON.parse(files[json]);
}

test('any value in any property is taken or refused', () => {
  const nested = [
    ...PROPERTIES, 'answerServer.bindAddress', 'answerServer.interface', 'answerServer.firstPort', 'answerServer.lastPort', 'bootCommand.0', 'tags.0', 'additionalIsos.0', 'provisioners.0',
    'variables.0', 'networkDevices.0', 'networkDevices.0.bridge',
  ];
  const { thrown, taken } = withEvery(nested, ANY_VALUES, (property, value) => write(withValue(property.startsWith('answerServer') ? HTTP : {}, property, value)));
  expect(thrown).toEqual([]);
  expect(taken).toBeGreaterThan(nested.length);
});

test('any value in what a system says is taken or refused', () => {
  const nested = [
    ...INSTALLATION, 'iso.url', 'iso.checksum', 'iso.checksumList', 'additionalIsos.0', 'answerFiles.answers', 'bootCommand.0', 'provisioners.0',
  ];
  const installed = withEvery(nested, ANY_VALUES, (property, value) => write({}, new Tiny(withValue(
    property.startsWith('iso.') ? { iso: DRIVERS } : property.startsWith('answerFiles.') ? { answerFiles: {} } : {}, property, value))));
  const setup = withEvery(['installAgent', 'installAgent.0', 'shell', 'privilegeEscalation', 'cloudInitUser', 'ansibleSupported', 'generalizeScript'], ANY_VALUES, (property, value) => write(
    {}, new Tiny({}, withValue({}, property, value))));
  const system = withEvery(['osName', 'osType', 'guestSetup', 'bindInstallation'], ANY_VALUES, (property, value) => write(
    {}, Object.assign(new Tiny(), { [property]: property === 'bindInstallation' ? () => value : value })));
  expect([installed.thrown, setup.thrown, system.thrown]).toEqual([[], [], []]);
  expect(installed.taken).toBeGreaterThan(INSTALLATION.length);
});

test('what WinRM and PowerShell have is checked as all else', () => {
  const installation = { remoteAccess: RemoteAccess.WINRM, cdBus: InstallationBus.SATA, installTimeout: Duration.minutes(2) };
  const windows = new Tiny(installation, { shell: GuestShell.POWERSHELL });
  expect(mistakes(() => make({ buildUser: 'a b', bootCommand: ['<x>'] }, windows)).map(short)).toEqual(['build-user-form buildUser']);
  expect(mistakes(() => make({ bootCommand: ['<x>'] }, windows)).map(short)).toEqual(['packer-boot-command-token bootCommand']);
  expect(() => make({ buildUser: 'Administrator' }, windows)).not.toThrow();
});
