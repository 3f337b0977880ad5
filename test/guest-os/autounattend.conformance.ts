/*
 * Real readers judge what a Windows is installed by: `npx tsx test/guest-os/autounattend.conformance.ts`. xmllint holds the answer files against
 * `unattend.rng`, in which the components, passes and settings stand as Microsoft documents them (its own schema comes with Windows only), and hands
 * back hostile text. A grammar of PowerShell reads the scripts; their commands and parameters stand in a table. Packer validates the templates, with
 * stand-ins for its plugins. Broken files are controls: they must be refused. The last line is `N passed, N failed`.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { IsoTemplate, ProvisioningProfile, ProxmoxVe, guestos, packer } from '../../lib';
import { element, isXmlText, renderXml } from '../../lib/guest-os/answer-files/windows-xml';
import { onPath, run } from '../../tools';
import { Check, Verdict, runChecks } from '../conformance/check';
import { imageChecks } from '../conformance/checks';
import { temporaryFolder } from '../conformance/text';
import { fc } from '../support/fast-check';
import { PLAIN } from '../support/installable';
import { newApp, newStack } from '../support/synth';
import { COMMANDS } from './powershell-commands';
import { parsesAsPowerShell, unknownCommands } from './powershell-syntax';

const { RemoteAccess, WindowsServer, WindowsServerEdition } = guestos;

const SCHEMA = path.join(__dirname, 'unattend.rng');
const SCRIPTS = path.join(__dirname, '../../ansible/windows');

const REQUEST: guestos.InstallationRequest = { ...PLAIN, hostName: 'build-windows-server-2025' };

const LICENSED = WindowsServer.of('2022', {
  iso: { url: 'https://mirror.lan/windows/server-2022.iso', checksum: guestos.Checksum.sha256('a'.repeat(64)) },
  edition: WindowsServerEdition.DATACENTER,
  productKey: 'WX4NM-KYWYW-QJJR4-XV3QB-6VM33',
});

const SYSTEMS = [
  WindowsServer.V2025, WindowsServer.V2025_DESKTOP, WindowsServer.V2022, WindowsServer.V2022_DESKTOP, LICENSED,
  WindowsServer.V2025.customize({ remoteAccess: RemoteAccess.WINRM, windowsUpdates: false, imageName: 'Windows Server 2025 SERVERSTANDARDCORE' }),
];

const REQUESTS = [REQUEST, { ...REQUEST, hostName: 'x'.repeat(63), locale: 'sr_RS', keyboardLayout: 'sg', timeZone: 'America/Mexico_City' }];

/** What has a meaning in XML, in PowerShell, in HCL or in templates of Packer, and what is not ASCII. */
const HOSTILE = ['"', "'", '&amp;', '</Value>', ']]>', '<!--', '${x}', '%{x}', '{{ .HTTPIP }}', '$(Restart-Computer)', '`', 'Zürich', ' a  b ', 'a\r\nb\tc', '\ue000', '😀', 'x'.repeat(3000)];

/** xmllint: what it prints, or what it says. */
async function xmllint(args: readonly string[], file: string): Promise<{ readonly status: number | null; readonly output: string }> {
  const program = onPath('xmllint');
  if (program === undefined) throw new Error('xmllint is not there: install the package libxml2-utils.');
  return run(program, ['--nonet', ...args, file]);
}

function fileOf(text: string): string {
  return path.join(temporaryFolder('unattend', { 'unattend.xml': text }), 'unattend.xml');
}

/** The schema takes a file, in which no pass and no component stands twice. */
async function validated(text: string): Promise<Verdict> {
  const { status, output } = await xmllint(['--noout', '--relaxng', SCHEMA], fileOf(text));
  if (status !== 0) return `exit ${status}\n${output}`;
  const passes = [...text.matchAll(/<settings pass="([^"]*)"|<component name="([^"]*)"/g)];
  let pass = '';
  const names = passes.map(([, settings, component]) => {
    pass = settings ?? pass;
    return `${pass} ${component ?? ''}`;
  });
  const twice = names.filter((name, i) => names.indexOf(name) !== i);
  return twice.length === 0 ? undefined : `twice: ${twice.join(', ')}`;
}

/** The schema refuses a file that was broken. */
function refused(text: string, from: string | RegExp, to: string): Check {
  const broken = text.replace(from, to);
  return {
    judge: 'xmllint, control',
    subject: `${from} -> ${to.slice(0, 60)}`,
    run: async () => broken === text || await validated(broken) === undefined ? 'nothing was broken, or it was taken' : undefined,
  };
}

/** Undoes what canonical XML escapes. */
function afterCanonical(text: string): string {
  const characters: { readonly [escape: string]: string } = {
    '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#xD;': '\r', '&#x9;': '\t', '&#xA;': '\n', '&amp;': '&',
  };
  return text.replace(/&(?:lt|gt|quot|amp|#xD|#x9|#xA);/g, (escape) => characters[escape]);
}

/** Any text comes back from a reader as it was, as content and as an attribute. */
async function roundTrip(texts: readonly string[]): Promise<Verdict> {
  const file = renderXml(element('texts', texts.map((text) => element('t', text, { a: text }))));
  const { status, output } = await xmllint(['--c14n'], fileOf(file));
  if (status !== 0) return output;
  const read = [...output.matchAll(/<t a="([^"]*)">([^<]*)<\/t>/g)].map(([, attribute, content]) => [afterCanonical(attribute), afterCanonical(content)]);
  if (read.length !== texts.length) return `${texts.length} texts were written, and ${read.length} read`;
  const wrong = texts.filter((text, i) => read[i][0] !== text || read[i][1] !== text);
  return wrong.length === 0 ? undefined : wrong.map((text) => JSON.stringify(text)).join('\n');
}

/** The text of the one element of a name comes back as it was. */
async function comesBack(file: string, parent: string, name: string, text: string): Promise<Verdict> {
  // xmllint ends what it prints with a line break of its own.
  const expression = `string(//*[local-name()='${parent}']/*[local-name()='${name}'])`;
  const { status, output } = await xmllint(['--xpath', expression], fileOf(file));
  return status === 0 && output.replace(/\n$/, '') === text ? undefined : `exit ${status}: ${JSON.stringify(output)}`;
}

function answerFileChecks(): Check[] {
  return SYSTEMS.flatMap((os) => REQUESTS.flatMap((request) => {
    const { answerFiles } = os.bindInstallation(request);
    return Object.entries(answerFiles).filter(([name]) => name.endsWith('.xml'))
      .map(([name, text]) => ({ judge: 'xmllint', subject: `${os.osName} ${request.locale} ${name}`, run: () => validated(text) }));
  }));
}

function controls(): Check[] {
  const { answerFiles } = WindowsServer.V2025_DESKTOP.bindInstallation(REQUEST);
  const answer = answerFiles['Autounattend.xml'];
  return [
    refused(answer, '</unattend>', ''),
    refused(answer, 'urn:schemas-microsoft-com:unattend', 'urn:other'),
    refused(answer, /EnableLUA/g, 'EnableUAC'),
    refused(answer, 'Microsoft-Windows-PnpCustomizationsWinPE', 'Microsoft-Windows-PnpCustomisationsWinPE'),
    refused(answer, 'pass="offlineServicing"', 'pass="specialize"'),
    refused(answer, 'pass="oobeSystem"', 'pass="oobe"'),
    refused(answer, '<LogonCount>1', '<LogonCount>once'),
    refused(answer, '<HideEULAPage>true', '<HideEULAPage>yes'),
    refused(answer, ' wcm:keyValue="3"', ''),
    refused(answer, ' wcm:action="add"', ''),
    refused(answer, /<ComputerName>[^<]*/, '<ComputerName>sixteen-letters-'),
    refused(answer, '<AcceptEula>true</AcceptEula>', '<AcceptEula>true</AcceptEula><AcceptEula>true</AcceptEula>'),
    refused(answer, '<Type>MSR', '<Type>Recovery'),
    refused(answer, /<CommandLine>/, `<CommandLine>${'x'.repeat(1024)}`),
    refused(answer, /<settings pass="offlineServicing">[^]*?<\/settings>/, '$&$&'),
    refused(answerFiles['clone-unattend.xml'], 'PersistAllDeviceInstalls', 'PersistDrivers'),
    refused(answerFiles['clone-unattend.xml'], '<SkipRearm>1', '<SkipRearm>true'),
  ];
}

function hostileChecks(): Check[] {
  const any = fc.sample(fc.string({ unit: 'binary', maxLength: 200 }).filter(isXmlText), { numRuns: 2000, seed: 1 });
  return [
    { judge: 'xmllint', subject: 'any text comes back', run: () => roundTrip([...any, ...HOSTILE]) },
    {
      judge: 'xmllint, control',
      subject: 'what is refused here is refused there',
      run: async () => {
        const taken: string[] = [];
        for (const text of ['\u0000', '\u0001', '\u000b', '\u001f', '\ufffe', '\uffff']) {
          const { status } = await xmllint(['--noout'], fileOf(`<t>&#${text.charCodeAt(0)};</t>`));
          if (isXmlText(text) || status === 0) taken.push(JSON.stringify(text));
        }
        return taken.length === 0 ? undefined : `taken: ${taken}`;
      },
    },
    ...HOSTILE.flatMap((text): Check[] => {
      const named = WindowsServer.V2025.customize({ imageName: text });
      const image = named.bindInstallation(REQUEST).answerFiles['Autounattend.xml'];
      const password = WindowsServer.V2025.bindInstallation({ ...REQUEST, buildPassword: text }).answerFiles['Autounattend.xml'];
      return [
        { judge: 'xmllint', subject: `image name ${JSON.stringify(text).slice(0, 30)}`, run: async () => await validated(image) ?? comesBack(image, 'MetaData', 'Value', text) },
        { judge: 'xmllint', subject: `password ${JSON.stringify(text).slice(0, 30)}`, run: async () => await validated(password) ?? comesBack(password, 'AdministratorPassword', 'Value', text) },
      ];
    }),
  ];
}

const BROKEN = ["if ($a { 'b' }", "'a", '"$(b"', 'function A {', 'foreach ($a in) { }', '@(1, 2', '} else {'];

function scriptChecks(): Check[] {
  const scripts: [string, string][] = fs.readdirSync(SCRIPTS).filter((name) => name.endsWith('.ps1'))
    .map((name) => [name, fs.readFileSync(path.join(SCRIPTS, name), 'utf8')]);
  const answer = WindowsServer.V2025.bindInstallation(REQUEST).answerFiles['Autounattend.xml'];
  const [, first] = /-Command &quot;([^<]*)&quot;<\/CommandLine>/.exec(answer)!;
  const texts: [string, string][] = [
    ...scripts,
    ['installAgent', `${WindowsServer.V2025.guestSetup.installAgent.join('\n')}\n`],
    ['first logon', afterCanonical(first)],
  ];
  return [
    ...texts.map(([subject, text]) => ({ judge: 'PowerShell', subject, run: () => parsesAsPowerShell(text) })),
    ...BROKEN.map((text) => ({
      judge: 'PowerShell, control', subject: text, run: async () => await parsesAsPowerShell(text) === undefined ? 'taken' : undefined,
    })),
    ...texts.map(([subject, text]) => ({ judge: 'commands', subject, run: () => unknownCommands(text, COMMANDS) })),
    ...['Get-Servise -Name a', 'Get-Service -Nam a', 'function A {\nparam(\n[string] $B\n)\nGet-Date\n}\nA -C 1', 'a | Where-Objekt { $true }'].map((text) => ({
      judge: 'commands, control', subject: text, run: async () => await unknownCommands(`${text}\n`, COMMANDS) === undefined ? 'taken' : undefined,
    })),
    // Each script without one of its braces.
    ...scripts.map(([name, text]) => ({
      judge: 'PowerShell, control',
      subject: `${name} without its last brace`,
      run: async () => await parsesAsPowerShell(text.slice(0, text.lastIndexOf('}'))) === undefined ? 'taken' : undefined,
    })),
  ];
}

/** A stack with a template of each. */
function packerChecks(): Check[] {
  const app = newApp(path.join(temporaryFolder('windows'), 'cdktf.out'));
  const stack = newStack(app);
  new ProxmoxVe(stack, 'Pve', { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'tank' });
  SYSTEMS.forEach((operatingSystem, i) => new IsoTemplate(stack, `windows-${i}`, {
    operatingSystem,
    vmId: 9010 + i,
    profile: ProvisioningProfile.minimal(),
    secureBoot: true,
    locale: 'de_AT',
    keyboardLayout: 'de',
    timeZone: 'Europe/Vienna',
    provisioners: [packer.Provisioner.powerShell({ inline: ['Get-ComputerInfo'] })],
  }));
  app.synth();
  const folder = path.join(app.outdir, 'stacks', stack.node.id, 'packer');
  return SYSTEMS.flatMap(({ osName }, i) => imageChecks({ subject: `${osName} ${i}`, folder: path.join(folder, `windows-${i}`) }));
}

const checks = [...answerFileChecks(), ...controls(), ...hostileChecks(), ...scriptChecks(), ...packerChecks()];

// Fewer are there where something was not written.
void runChecks(checks, 2).then(({ passed, failures }) => {
  console.log(`\n${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length === 0 && passed >= 134 ? 0 : 1;
});
