/*
 * Red Hat's own reader judges the kickstart files of AlmaLinux and Rocky Linux, and that of an example, and shellcheck their scripts:
 * `npx tsx test/guest-os/kickstart.conformance.ts`. The last line is `N passed, N failed`.
 *
 * ksvalidator says whether a file is right for the release. What the reader, pykickstart, then has in its hands is compared with what was
 * asked for: that quotes are right is seen there only. Broken files are controls: they must be refused.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { FedoraServer } from '../../examples/custom-os/fedora-server';
import { guestos } from '../../lib';
import { run, toolPath } from '../../tools';
import { Check, Verdict, control, runChecks } from '../conformance/check';
import { clean } from '../conformance/judges/shell';
import { temporaryFolder } from '../conformance/text';
import { PLAIN } from '../support/installable';

const { AlmaLinux, Rocky } = guestos;

const SYSTEMS = [AlmaLinux.V9, AlmaLinux.V10, AlmaLinux.V10_X86_64_V2, Rocky.V9, Rocky.V10];

/** What an installer would not take for itself, and its reader must hand over unchanged all the same. */
const HOSTILE = ["it's", '"', '$(reboot)', '`x`', '{{ .HTTPIP }}', '${x}', '%end', '# x', 'Zürich', ']]>', ' a  b ', '\\n', "'\"'", 'x'.repeat(3000)];

const REQUESTS: guestos.InstallationRequest[] = [
  PLAIN,
  { ...PLAIN, locale: 'de_AT', keyboardLayout: 'de-nodeadkeys', timeZone: 'Europe/Vienna' },
  ...HOSTILE.map((text) => ({ ...PLAIN, hostName: text, keyboardLayout: text, timeZone: text })),
];

/** Prints what pykickstart has read. */
const READ = `
import json, sys
from pykickstart.parser import KickstartParser
from pykickstart.version import makeVersion
handler = makeVersion(sys.argv[2])
KickstartParser(handler).readKickstart(sys.argv[1])
user = handler.user.userList[0]
network = handler.network.network[0]
print(json.dumps({
  'hostName': network.hostname, 'locale': handler.lang.lang, 'keyboardLayout': handler.keyboard.vc_keymap, 'timeZone': handler.timezone.timezone,
  'buildUser': user.name, 'buildPasswordHash': user.password if user.isCrypted else None,
  'root': [handler.rootpw.lock, handler.rootpw.password],
  'source': [handler.url.url] + [repo.baseurl for repo in handler.repo.repoList],
  'selinux': handler.selinux.selinux,
  'partitions': [[part.mountpoint, part.fstype, part.grow] for part in handler.partition.partitions],
  'kernel': handler.bootloader.appendLine,
  'weakDependencies': not handler.packages.excludeWeakdeps,
  'packages': sorted(handler.packages.packageList), 'excluded': sorted(handler.packages.excludedList),
  'groups': [group.name for group in handler.packages.groupList],
  'scripts': [[script.errorOnFail, script.script] for script in handler.scripts],
}))
`;

function kickstartOf(os: guestos.IInstallable, request: guestos.InstallationRequest): string {
  return os.bindInstallation(request).answerFiles['ks.cfg'];
}

/** The syntax of Red Hat Enterprise Linux that a system has. */
function syntaxOf(os: guestos.IInstallable): string {
  return `RHEL${/-(\d+)/.exec(os.osName)![1]}`;
}

function fileOf(text: string): string {
  const file = path.join(temporaryFolder('kickstart'), 'ks.cfg');
  fs.writeFileSync(file, text);
  return file;
}

async function validated(text: string, syntax: string): Promise<Verdict> {
  const result = await run(toolPath('ksvalidator'), ['--version', syntax, fileOf(text)]);
  return result.status === 0 && !/deprecat|warning/i.test(result.output) ? undefined : `${result.output}\nstatus ${result.status}`;
}

async function readBack(os: guestos.IInstallable, request: guestos.InstallationRequest): Promise<Verdict> {
  const python = path.join(path.dirname(toolPath('ksvalidator')), 'python');
  const result = await run(python, ['-c', READ, fileOf(kickstartOf(os, request)), syntaxOf(os)]);
  if (result.status !== 0) return result.output;
  const { source, scripts, packages, ...read } = JSON.parse(result.stdout);
  const { hostName, keyboardLayout, timeZone, buildUser, buildPasswordHash, locale } = request;
  const expected = {
    hostName,
    keyboardLayout,
    timeZone,
    buildUser,
    buildPasswordHash,
    locale: `${locale}.UTF-8`,
    root: [true, ''],
    selinux: 1,
    partitions: [['/boot/efi', 'efi', false], ['/boot', 'xfs', false], ['/', 'xfs', true]],
    kernel: 'console=tty0 console=ttyS0,115200n8',
    weakDependencies: false,
    excluded: ['*firmware', 'dracut-config-rescue', 'firewalld'],
    groups: ['core'],
  };
  if (!isDeepStrictEqual(read, expected)) return `expected ${JSON.stringify(expected, undefined, 1)}\nread     ${JSON.stringify(read, undefined, 1)}`;
  if (!source.every((url: string) => /^https:\/\/[^/]+\/.+\/(BaseOS|AppStream)\/x86_64(_v2)?\/os\/$/.test(url)) || source.length !== 2) return `sources: ${source}`;
  const missing = ['qemu-guest-agent', 'cloud-init', 'cloud-utils-growpart', 'dracut-config-generic', `glibc-langpack-${locale.slice(0, 2)}`].filter((name) => !packages.includes(name));
  if (missing.length > 0) return `not among the packages: ${missing}`;
  return scripts.length === 1 && scripts[0][0] === true && scripts[0][1].includes(`${buildUser} ALL=`) ? undefined : `scripts: ${JSON.stringify(scripts)}`;
}

/** The script of a file, as the installer runs it. */
function scriptOf(text: string): string {
  return `#!/bin/sh\n${/^%post .*\n([^]*?)^%end$/m.exec(text)![1]}`;
}

const good = kickstartOf(AlmaLinux.V9, PLAIN);
const script = scriptOf(good);
const example = kickstartOf(new FedoraServer(), PLAIN);

const checks: Check[] = [
  ...SYSTEMS.flatMap((os) => REQUESTS.flatMap((request, i): Check[] => {
    const subject = `${os.osName} ${i < 2 ? request.locale : JSON.stringify(request.hostName).slice(0, 20)}`;
    return [
      { judge: `ksvalidator ${syntaxOf(os)}`, subject, run: () => validated(kickstartOf(os, request), syntaxOf(os)) },
      { judge: `pykickstart ${syntaxOf(os)}`, subject, run: () => readBack(os, request) },
    ];
  })),
  ...SYSTEMS.map((os): Check => ({ judge: 'shellcheck', subject: os.osName, run: () => clean(scriptOf(kickstartOf(os, PLAIN))) })),
  { judge: 'ksvalidator F44', subject: 'examples/custom-os', run: () => validated(example, 'F44') },
  { judge: 'shellcheck', subject: 'examples/custom-os', run: () => clean(scriptOf(example)) },
  control('ksvalidator F44', 'examples/custom-os with a command that is gone', () => validated(`auth --useshadow\n${example}`, 'F44')),
  control('ksvalidator RHEL9', 'an option that there is not', () => validated(good.replace('--vckeymap', '--keymaps'), 'RHEL9')),
  control('ksvalidator RHEL10', 'a section without an end', () => validated(good.replace(/%end\n$/, ''), 'RHEL10')),
  control('ksvalidator RHEL10', 'a command that is gone', () => validated(`auth --useshadow\n${good}`, 'RHEL10')),
  control('ksvalidator RHEL9', 'an open quote', () => validated(good.replace('--hostname=template', "--hostname='template"), 'RHEL9')),
  control('pykickstart', 'another name than the one asked for', () => readBack({
    ...AlmaLinux.V9, osName: 'almalinux-9', bindInstallation: () => AlmaLinux.V9.bindInstallation({ ...PLAIN, hostName: 'other' }),
  } as guestos.IInstallable, PLAIN)),
  control('shellcheck', 'a variable without quotes', () => clean(`${script}rm $1\n`)),
];

void runChecks(checks, 2).then(({ passed, failures }) => {
  console.log(`\n${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length === 0 && passed === checks.length && passed > 0 ? 0 : 1;
});
