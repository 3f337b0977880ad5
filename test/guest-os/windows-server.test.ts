import * as fs from 'fs';
import * as path from 'path';
import { CloudImageTemplate, Duration, OsType, ProxmoxVe, Size, ValidationError, guestos, packer } from '../../lib';
import { Problems } from '../../lib/core';
import { element, isXmlText, renderXml } from '../../lib/guest-os/answer-files/windows-xml';
import { windowsRegion } from '../../lib/guest-os/windows-regions';
import { checkBootCommand } from '../../lib/packer/boot-command';
import { mistakes } from '../support/errors';
import { fc } from '../support/fast-check';
import { PLAIN } from '../support/installable';
import { newApp, newStack } from '../support/synth';

const { AnswerDelivery, Checksum, GuestShell, InstallationBus, RemoteAccess, WindowsServer, WindowsServerEdition } = guestos;

const REQUEST: guestos.InstallationRequest = { ...PLAIN, hostName: 'build-windows-server-2025' };

const ISO: guestos.IsoRelease = { url: 'https://mirror.lan/server-2022.iso', checksum: Checksum.sha256('a'.repeat(64)) };
const KEY = 'WX4NM-KYWYW-QJJR4-XV3QB-6VM33';
const SCRIPTS = path.join(__dirname, '../../ansible/windows');
const CONSTANTS = [WindowsServer.V2025, WindowsServer.V2025_DESKTOP, WindowsServer.V2022, WindowsServer.V2022_DESKTOP];

const expected = (name: string) => fs.readFileSync(path.join(__dirname, 'windows-server', name), 'utf8');
const script = (name: string) => fs.readFileSync(path.join(SCRIPTS, name), 'utf8');

/** What the provisioners of an installation say to Packer. */
function bound({ provisioners = [] }: guestos.InstallationConfig) {
  return provisioners.map((provisioner) => provisioner.bind(new packer.Template({ name: 'windows' }))).map(({ type, attributes }) => [type, attributes]);
}

test('the shipped releases', () => {
  const describe = (os: guestos.WindowsServer) => {
    const { iso, additionalIsos = [] } = os.bindInstallation(REQUEST);
    return [os.osName, `${os.osType}`, ...[iso, ...additionalIsos].flatMap(({ url, checksum }) => [url, `${checksum}`])];
  };
  const drivers = [
    'https://fedorapeople.org/groups/virt/virtio-win/direct-downloads/archive-virtio/virtio-win-0.1.285-1/virtio-win-0.1.285.iso',
    'sha256:e14cf2b94492c3e925f0070ba7fdfedeb2048c91eea9c5a5afb30232a3976331',
  ];
  const v2025 = [
    'https://software-static.download.prss.microsoft.com/dbazure/998969d5-f34g-4e03-ac9d-1f9786c66749/26100.32230.260111-0550.lt_release_svc_refresh_SERVER_EVAL_x64FRE_en-us.iso',
    'sha256:7b052573ba7894c9924e3e87ba732ccd354d18cb75a883efa9b900ea125bfd51', ...drivers,
  ];
  const v2022 = [
    'https://software-static.download.prss.microsoft.com/sg/download/888969d5-f34g-4e03-ac9d-1f9786c66749/SERVER_EVAL_x64FRE_en-us.iso',
    'sha256:3e4fa6d8507b554856fc9ca6079cc402df11a8b79344871669f0251535255325', ...drivers,
  ];
  expect(CONSTANTS.map(describe)).toEqual([
    ['windows-server-2025', 'win11', ...v2025],
    ['windows-server-2025-desktop', 'win11', ...v2025],
    ['windows-server-2022', 'win11', ...v2022],
    ['windows-server-2022-desktop', 'win11', ...v2022],
  ]);
});

test('an evaluation of a Server Core, with nothing chosen', () => {
  const { answerFiles, bootCommand, provisioners, ...config } = WindowsServer.V2025.bindInstallation(REQUEST);
  expect(answerFiles).toEqual({
    'Autounattend.xml': expected('evaluation.xml'),
    'clone-unattend.xml': expected('evaluation-clone.xml'),
    'proxmox-setup.ps1': script('setup.ps1'),
    'first-boot.ps1': script('first-boot.ps1'),
    'after-setup.ps1': script('after-setup.ps1'),
    'cloudbase-init.ps1': script('cloudbase-init.ps1'),
  });
  expect(config).toEqual({
    iso: expect.anything(),
    additionalIsos: [expect.anything()],
    answerDelivery: AnswerDelivery.CD,
    bootWait: Duration.seconds(1),
    cdBus: InstallationBus.SATA,
    minimumDiskSize: Size.gibibytes(32),
    minimumMemory: Size.gibibytes(4),
    installTimeout: Duration.hours(2),
    remoteAccess: RemoteAccess.SSH,
    supportsSecureBoot: true,
  });
  expect(bootCommand!.join('')).toBe('<up><wait1s>'.repeat(30));
});

test('a Datacenter with a desktop and a key, in Austria, by WinRM', () => {
  const os = WindowsServer.of('2022', {
    iso: ISO, edition: WindowsServerEdition.DATACENTER, desktop: true, productKey: KEY, remoteAccess: RemoteAccess.WINRM, mediaLanguage: 'de-DE',
  });
  const { iso, answerFiles, minimumDiskSize, remoteAccess } = os.bindInstallation({
    ...REQUEST, locale: 'de_AT', keyboardLayout: 'de-nodeadkeys', timeZone: 'Europe/Vienna', answerDelivery: AnswerDelivery.HTTP,
  });
  expect([os.osName, iso, minimumDiskSize, remoteAccess]).toEqual(['windows-server-2022-datacenter-desktop', ISO, Size.gibibytes(40), RemoteAccess.WINRM]);
  expect(answerFiles['Autounattend.xml']).toBe(expected('licensed.xml'));
  expect(answerFiles['clone-unattend.xml']).toBe(expected('licensed-clone.xml'));
});

test('what Windows calls the place can be given', () => {
  const os = WindowsServer.V2025.customize({ windowsLocale: 'en-DE', windowsInputLocale: '0411:00000411', windowsTimeZone: 'Tokyo Standard Time', imageName: 'Mine' });
  const answer = os.bindInstallation({ ...REQUEST, locale: 'xx_XX', keyboardLayout: 'jp106', timeZone: 'Mars/Base' }).answerFiles['Autounattend.xml'];
  expect(answer.match(/<(InputLocale|UserLocale|UILanguage|TimeZone|Key|Value)>[^<]*/g)).toEqual([
    '<UILanguage>en-US', '<InputLocale>0411:00000411', '<UILanguage>en-US', '<UserLocale>en-DE',
    '<Key>/IMAGE/NAME', '<Value>Mine', '<TimeZone>Tokyo Standard Time',
    '<InputLocale>0411:00000411', '<UILanguage>en-US', '<UserLocale>en-DE',
    '<Value>00000000-0000-0000-0000-000000000000', '<Value>00000000-0000-0000-0000-000000000000', '<Value>00000000-0000-0000-0000-000000000000',
    '<TimeZone>Tokyo Standard Time',
  ]);
});

test.each([
  [{}, '1'],
  [{ desktop: true }, '2'],
  [{ edition: WindowsServerEdition.DATACENTER }, '3'],
  [{ edition: WindowsServerEdition.DATACENTER, desktop: true }, '4'],
  [{ imageIndex: 7 }, '7'],
])('the image of %p is number %s', (options, index) => {
  const answer = WindowsServer.V2022.customize(options).bindInstallation(REQUEST).answerFiles['Autounattend.xml'];
  expect(answer).toContain(`<Key>/IMAGE/INDEX</Key>\n              <Value>${index}</Value>`);
});

test.each([
  ['build-windows-server-2025', 'build-windows-s'],
  ['windows-server-', 'windows-server'],
  ['123456789012345-a', 'build'],
  ['a', 'a'],
])('a machine called %s is called %s by Windows', (hostName, name) => {
  expect(WindowsServer.V2025.bindInstallation({ ...REQUEST, hostName }).answerFiles['Autounattend.xml']).toContain(`<ComputerName>${name}</ComputerName>`);
});

test('what is done with the installed Windows', () => {
  const restart = ['windows-restart', { restart_timeout: '30m' }];
  const cloudbaseInit = (environment: object) => ['powershell', {
    inline: ["$ErrorActionPreference = 'Stop'", "$script = Join-Path $env:SystemRoot 'Setup\\Scripts\\cloudbase-init.ps1'", '& $script', 'Remove-Item -LiteralPath $script -Force'],
    env: environment,
  }];
  const shipped = {
    CLOUDBASE_INIT_URL: 'https://github.com/cloudbase/cloudbase-init/releases/download/1.1.8/CloudbaseInitSetup_1_1_8_x64.msi',
    CLOUDBASE_INIT_SHA256: '0e7fa42e0cbc0ce7657f85730b0c6cc7afc4087a3639df0ff51a721a0be19bd5',
  };
  expect(bound(WindowsServer.V2025.bindInstallation(REQUEST))).toEqual([
    restart,
    ['windows-update', { filters: ["exclude:$_.Title -like '*Preview*'", "exclude:$_.Title -like '*KB5007651*'", 'include:$true'] }],
    restart,
    cloudbaseInit({ ...shipped, REMOTE_ACCESS: 'ssh' }),
  ]);
  expect(bound(WindowsServer.V2025.customize({ windowsUpdates: false, remoteAccess: RemoteAccess.WINRM }).bindInstallation(REQUEST))).toEqual([
    restart, cloudbaseInit({ ...shipped, REMOTE_ACCESS: 'winrm' }),
  ]);
  const own = { url: 'https://mirror.lan/cloudbase.msi', checksum: Checksum.sha256('B'.repeat(64)) };
  expect(bound(WindowsServer.V2025.customize({ windowsUpdateFilters: ['include:$true'], cloudbaseInit: own }).bindInstallation(REQUEST))).toEqual([
    restart,
    ['windows-update', { filters: ['include:$true'] }],
    restart,
    cloudbaseInit({ CLOUDBASE_INIT_URL: own.url, CLOUDBASE_INIT_SHA256: 'b'.repeat(64), REMOTE_ACCESS: 'ssh' }),
  ]);
});

test('how a Windows is made ready to be a template', () => {
  const { installAgent, ...setup } = WindowsServer.V2025.guestSetup;
  expect(setup).toEqual({
    shell: GuestShell.POWERSHELL, cloudInitUser: 'Administrator', ansibleSupported: true, generalizeScript: path.resolve(SCRIPTS, 'generalize.ps1'),
  });
  expect(installAgent.slice(-2)).toEqual(["Set-Service -Name 'QEMU-GA' -StartupType Automatic", "Start-Service -Name 'QEMU-GA'"]);
  expect([WindowsServer.V2022.osType, WindowsServer.V2022.guestSetup]).toEqual([OsType.WINDOWS_11, WindowsServer.V2025.guestSetup]);
});

test('the keys can be typed', () => {
  const problems = new Problems('test');
  checkBootCommand(problems, WindowsServer.V2025.bindInstallation(REQUEST).bootCommand!, false);
  expect(problems.all).toEqual([]);
});

test.each(fs.readdirSync(SCRIPTS).filter((name) => name.endsWith('.ps1')))('%s is read alike by every PowerShell, and by Packer', (name) => {
  // Windows PowerShell takes a file without a byte order mark for one in the code page of the machine.
  expect(script(name)).toMatch(/^[\n\x20-\x7e]+\n$/);
  expect(script(name)).not.toMatch(/\{\{/);
  // The grammar that judges these scripts takes a try without either.
  expect(script(name).match(/\btry \{/g)?.length ?? 0).toBe(script(name).match(/\} catch \{/g)?.length ?? 0);
  expect(script(name)).toContain("$ErrorActionPreference = 'Stop'\n");
});

test('what the scripts say to each other', () => {
  const all = ['setup.ps1', 'first-boot.ps1', 'cloudbase-init.ps1', 'generalize.ps1', 'after-setup.ps1'].map(script);
  const [setup, firstBoot, , generalize] = all;
  for (const text of [setup, firstBoot, generalize]) expect(text).toContain("$state = 'HKLM:\\SOFTWARE\\proxmox-constructs'");
  expect(generalize).toContain("$text.Replace('@ADMINISTRATOR_PASSWORD@', (New-Password))");
  expect(WindowsServer.V2025.bindInstallation(REQUEST).answerFiles['clone-unattend.xml'].split('@ADMINISTRATOR_PASSWORD@')).toHaveLength(2);
  const copied = /foreach \(\$name in @\(([^)]*)\)\) \{\n {8}Copy-Item/.exec(setup)![1].match(/[\w.-]+/g);
  expect(copied).toEqual(['cloudbase-init.ps1', 'first-boot.ps1', 'after-setup.ps1', 'clone-unattend.xml']);
  expect(Object.keys(WindowsServer.V2025.bindInstallation(REQUEST).answerFiles)).toEqual(expect.arrayContaining(copied!));
});

test('nothing restarts a clone before Windows has set itself up', () => {
  const [firstBoot, afterSetup] = ['first-boot.ps1', 'after-setup.ps1'].map(script);
  expect(firstBoot).not.toContain("'cloudbase-init' -StartupType");
  const task = /-TaskName '([^']*)'/.exec(firstBoot)![1];
  expect(firstBoot).toContain(`Start-ScheduledTask -TaskName '${task}'`);
  expect(firstBoot).toContain("'Setup\\Scripts\\after-setup.ps1'");
  expect(afterSetup.slice(afterSetup.indexOf('while ('))).toBe(`while ((Test-SetupInProgress) -and (Get-Date) -lt $end) {
    Start-Sleep -Seconds 2
}
Add-Content -LiteralPath $log -Value "setup is over: $(-not (Test-SetupInProgress))"
Set-Service -Name 'cloudbase-init' -StartupType Automatic
Start-Service -Name 'cloudbase-init'
Unregister-ScheduledTask -TaskName '${task}' -Confirm:$false
`);
});

test('sysprep is waited for by the state of the image, and shows why it fails', () => {
  const generalize = script('generalize.ps1');
  const steps = ["'/generalize', '/oobe', '/mode:vm', '/quiet', '/quit', \"/unattend:$answerFile\"", 'AddMinutes(30)', '(Get-ImageState) -ne $finalState', "'setuperr.log'"];
  for (const step of steps) expect(generalize).toContain(step);
  // Sysprep takes no path with a space in it.
  expect(generalize).toContain("$answerFile = Join-Path $sysprep 'clone-unattend.xml'");
  const order = /\nAssert-Ready\n[^]*$/.exec(generalize)![0].match(/^[A-Z][A-Za-z]+-[A-Za-z]+/gm);
  expect(order).toEqual([
    'Assert-Ready', 'Disable-Service', 'Restore-Policy', 'Remove-UserPackage', 'Remove-Trace', 'Clear-Log', 'Write-AnswerFile', 'Invoke-Sysprep',
    'Remove-Everything', 'Clear-Log', 'Remove-BuildUser', 'Optimize-Volume', 'Write-Output',
  ]);
});

test('there is no cloud image', () => {
  const stack = newStack(newApp());
  new ProxmoxVe(stack, 'Pve', { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'tank' });
  // @ts-expect-error a Windows Server is no ICloudImage
  expect(mistakes(() => new CloudImageTemplate(stack, 'base', { operatingSystem: WindowsServer.V2025, vmId: 9100 }))).toEqual([
    expect.stringMatching(/^value-kind operatingSystem /),
  ]);
});

describe('a release that would not install', () => {
  test.each<[string, Partial<guestos.WindowsServerRelease>, string[]]>([
    ['2019', {}, ['windows-version version 2019']],
    ['2025', { iso: { url: 'https://mirror.lan/x.iso' } }, ['windows-iso-checksum release.iso.checksum nothing']],
    ['2025', { driversIso: { ...ISO, checksumList: 'https://mirror.lan/SHA256SUMS' } }, [`windows-iso-checksum release.driversIso.checksum ${ISO.checksum}`]],
    ['2025', { evaluation: true, productKey: KEY }, ['windows-key-on-evaluation release.productKey']],
    ['2025', { productKey: KEY }, ['windows-product-key release.productKey']],
    ['2022', { productKey: KEY }, ['windows-product-key release.productKey']],
    ['2022', { productKey: KEY.toLowerCase(), edition: WindowsServerEdition.DATACENTER }, ['windows-product-key release.productKey']],
    ['2022', { productKey: 'VDYBN-27WPP', imageIndex: 1 }, ['windows-product-key release.productKey']],
    ['2025', { imageIndex: 0 }, ['windows-image-index release.imageIndex 0']],
    ['2025', { imageIndex: 1, imageName: 'a' }, ['windows-image-twice release.imageName "a"']],
    ['2025', { imageName: 'a\0' }, ['windows-answer-file-text release.imageName "a\\u0000"']],
    ['2025', { imageName: ' ' }, ['windows-answer-file-text release.imageName " "']],
    ['2025', { windowsUpdates: false, windowsUpdateFilters: ['include:$true'] }, ['windows-filters-without-updates release.windowsUpdateFilters ["include:$true"]']],
    ['2025', { windowsUpdateFilters: ['$true'] }, ['packer-windows-update-filter release.windowsUpdateFilters[0] "$true"']],
    ['2025', { cloudbaseInit: { url: 'http://mirror.lan/x.msi', checksum: Checksum.sha512('a'.repeat(128)) } }, [
      expect.stringMatching(/^windows-installer-checksum release\.cloudbaseInit\.checksum sha512:a/), 'windows-installer-url release.cloudbaseInit.url "http://mirror.lan/x.msi"',
    ]],
    ['2025', { cloudbaseInit: { url: 'https://mirror.lan/$(x).msi', checksum: Checksum.sha256('a'.repeat(64)) } }, ['windows-installer-url release.cloudbaseInit.url "https://mirror.lan/$(x).msi"']],
    ['2025', { mediaLanguage: 'de_DE', windowsLocale: 'german' }, ['windows-locale-form release.mediaLanguage "de_DE"', 'windows-locale-form release.windowsLocale "german"']],
    ['2025', { windowsInputLocale: 'de' }, ['windows-input-locale-form release.windowsInputLocale "de"']],
    ['2025', { windowsTimeZone: 'Europe/Vienna' }, ['windows-time-zone release.windowsTimeZone "Europe/Vienna"']],
  ])('%s %p', (version, release, expectedMistakes) => {
    expect(mistakes(() => WindowsServer.of(version, { iso: ISO, ...release }))).toEqual(expectedMistakes.map((text) => typeof text === 'string' ? text.replace(' 2019', ' "2019"') : text));
  });

  test('of the wrong kind', () => {
    expect(mistakes(() => WindowsServer.of(undefined as any, undefined as any))).toEqual(['value-missing version', 'value-kind release nothing']);
    expect(mistakes(() => WindowsServer.of('2025', { iso: {}, desktop: 1, edition: 'home', cloudbaseInit: {} } as any))).toEqual([
      'value-missing release.iso.url', 'value-kind release.edition "home"', 'value-kind release.desktop 1',
      'value-missing release.cloudbaseInit.url', 'value-missing release.cloudbaseInit.checksum',
    ]);
  });

  test('by other choices', () => {
    expect(mistakes(() => WindowsServer.V2025.customize({ productKey: KEY }))).toEqual(['windows-key-on-evaluation release.productKey']);
  });

  test('a key of the image that is chosen, whatever its edition', () => {
    const { answerFiles } = WindowsServer.of('2022', { iso: ISO, productKey: KEY, imageIndex: 7 }).bindInstallation(REQUEST);
    expect(answerFiles['Autounattend.xml']).toContain(`<Key>${KEY}</Key>`);
  });

  test('a key that Packer is given is taken', () => {
    const key = `${new packer.Variable('windows_key', { sensitive: true })}`;
    const { answerFiles } = WindowsServer.of('2025', { iso: ISO, productKey: key }).bindInstallation(REQUEST);
    expect(answerFiles['Autounattend.xml']).toContain(`<Key>${key}</Key>`);
  });
});

test.each([
  ['en_US', 'us', 'UTC', ['en-US', '0409:00000409', 'UTC']],
  ['de_CH', 'sg', 'Europe/Zurich', ['de-CH', '0807:00000807', 'W. Europe Standard Time']],
  ['no_NO', 'no-latin1', 'Europe/Oslo', ['nb-NO', '0414:00000414', 'W. Europe Standard Time']],
  ['sr_RS', 'sk-qwerty', 'Asia/Kolkata', ['sr-Cyrl-RS', '041b:0001041b', 'India Standard Time']],
  ['pt_BR', 'br-abnt2', 'America/Sao_Paulo', ['pt-BR', '0416:00010416', 'E. South America Standard Time']],
  ['hu_HU', 'hu101', 'Europe/Budapest', ['hu-HU', '040e:0001040e', 'Central Europe Standard Time']],
  ['cs_CZ', 'cz-lat2', 'Europe/Prague', ['cs-CZ', '0405:00010405', 'Central Europe Standard Time']],
  ['fr_CH', 'fr_CH-latin1', 'Etc/GMT-5', ['fr-CH', '100c:0000100c', 'West Asia Standard Time']],
  ['de_CH', 'de-ch', 'US/Eastern', ['de-CH', undefined, undefined]],
  ['constructor', '__proto__', 'toString', [undefined, undefined, undefined]],
])('%s, %s and %s in the words of Windows', (locale, keyboardLayout, timeZone, words) => {
  expect(Object.values(windowsRegion(locale, keyboardLayout, timeZone))).toEqual(words);
});

test('what is asked for and Windows does not know, all of it', () => {
  expect(mistakes(() => WindowsServer.V2025.bindInstallation({
    ...REQUEST, locale: 'en_DE', keyboardLayout: 'jp106', timeZone: 'America/Vancouver', hostName: 'a"b', buildUser: 'Administrator', buildPassword: '\0',
  }))).toEqual([
    'windows-locale locale "en_DE"', 'windows-keyboard-layout keyboardLayout "jp106"', 'windows-time-zone timeZone "America/Vancouver"',
    'windows-computer-name hostName "a\\"b"', 'windows-build-user buildUser "Administrator"', 'windows-answer-file-text buildPassword',
  ]);
});

test.each(['a'.repeat(21), '', 'a b', 'a"b', '-a', 'guest', 'SYSTEM', 'ü', 'a$', '%a%'])('no account %p', (buildUser) => {
  expect(() => WindowsServer.V2025.bindInstallation({ ...REQUEST, buildUser })).toThrow('[windows-build-user] buildUser');
});

/** Undoes what XML escapes, without what is tested. */
function afterXml(text: string): string {
  return text.replace(/&(?:#(\d+)|(\w+));/g, (_, code?: string, name?: string) => code !== undefined
    ? String.fromCharCode(Number(code)) : { lt: '<', gt: '>', quot: '"', amp: '&' }[name!]!);
}

test('any text stands in an XML file as it is, or cannot stand there', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
    if (!isXmlText(text)) return;
    const [, attribute, content] = /<a b="([^"<>]*)">([^<>]*)<\/a>\n$/s.exec(renderXml(element('a', `x${text}`, { b: text })))!;
    expect(afterXml(attribute) === text && afterXml(content) === `x${text}`).toBe(true);
  }), { numRuns: 100 });
  expect(['\0', '\u001f', '\ud800', '\udc00a', '\ufffe', 'a\u0008'].map(isXmlText)).toEqual(Array(6).fill(false));
  expect(['\t\r\n', '\ue000', '😀', ''].map(isXmlText)).toEqual(Array(4).fill(true));
});

test('whatever is asked for, the answer file has the same elements, or it is refused', () => {
  const elements = (file: string) => file.replace(/>[^<>]*</g, '><');
  const plain = elements(WindowsServer.V2025.bindInstallation(REQUEST).answerFiles['Autounattend.xml']);
  const named = elements(WindowsServer.V2025.customize({ imageName: 'a' }).bindInstallation(REQUEST).answerFiles['Autounattend.xml']);
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('"', '</Value>', ']]>', '${x}', '{{', '$(x)', '`', "'", 'ü', ' a ', '\n', '\0', 'x'.repeat(5000), '__proto__', 'constructor'));
  let refused = 0;
  fc.assert(fc.property(fc.constantFrom('hostName', 'buildUser', 'buildPassword', 'locale', 'keyboardLayout', 'timeZone', 'imageName'), text, (property, value) => {
    try {
      const os = property === 'imageName' ? WindowsServer.V2025.customize({ imageName: value }) : WindowsServer.V2025;
      const { answerFiles } = os.bindInstallation({ ...REQUEST, ...property === 'imageName' ? {} : { [property]: value } });
      expect(elements(answerFiles['Autounattend.xml'])).toBe(property === 'imageName' ? named : plain);
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      refused += 1;
    }
  }), { numRuns: 1000 });
  expect(refused).toBeGreaterThan(100);
});
