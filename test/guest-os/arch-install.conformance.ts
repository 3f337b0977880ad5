/*
 * cloud-init judges the user-data with which Arch Linux installs itself, shellcheck the script, and sfdisk does with a file what the script does
 * with a disk: `npx tsx test/guest-os/arch-install.conformance.ts`. The last line is `N passed, N failed`.
 *
 * Broken files are controls: they must be refused. It needs cloud-init with python3-jsonschema, fdisk and shellcheck.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { guestos } from '../../lib';
import { run } from '../../tools';
import { Check, Verdict, control, runChecks } from '../conformance/check';
import { clean } from '../conformance/judges/shell';
import { temporaryFolder } from '../conformance/text';
import { PLAIN } from '../support/installable';

const { Arch, NixOs } = guestos;

const REQUESTS: guestos.InstallationRequest[] = [
  PLAIN,
  { ...PLAIN, hostName: '0x1f', buildUser: 'no', locale: 'no_NO', keyboardLayout: 'no-latin1', timeZone: 'America/Argentina/Buenos_Aires' },
  { ...PLAIN, hostName: 'end', buildUser: 'end', timeZone: 'Etc/GMT+1', buildPasswordHash: '\' " $(reboot) {{ x }} ${y} \\ Zürich \ue002' },
];

const SYSTEMS: { readonly [name: string]: guestos.Arch } = {
  'the day of the version': Arch.V20260715,
  'a mirror of one\'s own': Arch.V20260715.withMirror('http://[fd00::1]:8080/~arch/$repo/os/$arch'),
};

const GUID = { esp: 'C12A7328-F81F-11D2-BA4B-00A0C93EC93B', root: '4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709' };

async function cloudInit(text: string): Promise<Verdict> {
  const { status, output } = await run('cloud-init', ['schema', '--config-file', path.join(temporaryFolder('arch', { 'user-data': text }), 'user-data')]);
  return status === 0 && /^Valid/m.test(output) ? undefined : `${output}\nstatus ${status}`;
}

/** The sizes are those of a small disk; what is left goes to the last partition, which can grow. */
async function partitioned(script: string, espSectors: number): Promise<Verdict> {
  const layout = /sfdisk [^\n]*<<'END'\n([^]*?\n)END\n/.exec(script);
  if (layout === null) return 'the script makes no partitions';
  const disk = path.join(temporaryFolder('arch'), 'disk');
  fs.writeFileSync(disk, '');
  fs.truncateSync(disk, 8 * 1024 ** 3);
  const made = await run('sfdisk', ['--quiet', '--wipe', 'always', '--wipe-partitions', 'always', disk], { input: layout[1] });
  if (made.status !== 0) return made.output;
  const { partitiontable } = JSON.parse((await run('sfdisk', ['--json', disk])).stdout);
  const read = [partitiontable.label, ...partitiontable.partitions.map(({ name, type, size }: any) => [name, type, name === 'ESP' ? size : size + espSectors > 16_770_000])];
  const expected = ['gpt', ['ESP', GUID.esp, espSectors], ['root', GUID.root, true]];
  return isDeepStrictEqual(read, expected) ? undefined : JSON.stringify(partitiontable, undefined, 1);
}

const good = Arch.V20260715.bindInstallation(PLAIN).answerFiles;
const nixos = NixOs.V25_11.bindInstallation(PLAIN).answerFiles;

const checks: Check[] = [
  ...Object.entries(SYSTEMS).flatMap(([name, os]) => REQUESTS.flatMap((request, i): Check[] => {
    const { answerFiles } = os.bindInstallation(request);
    return [
      { judge: 'shellcheck', subject: `${name}, ${i}`, run: () => clean(answerFiles['install.sh']) },
      { judge: 'cloud-init schema', subject: `${name}, ${i}`, run: () => cloudInit(answerFiles['user-data']) },
    ];
  })),
  { judge: 'sfdisk', subject: 'Arch Linux', run: () => partitioned(good['install.sh'], 1024 * 1024) },
  { judge: 'sfdisk', subject: 'NixOS', run: () => partitioned(nixos['install.sh'], 2 * 1024 * 1024) },
  control('cloud-init schema', 'a command that is none', () => cloudInit(good['user-data'].replace('runcmd:', 'runcmd: 7\nother:'))),
  control('cloud-init schema', 'a file that is no YAML', () => cloudInit(`${good['user-data']}\t- x: [\n`)),
  control('shellcheck', 'a variable without quotes', () => clean(good['install.sh'].replace('mount "$root"', 'mount $root'))),
  control('shellcheck', 'a value that ends its quotes', () => clean(good['install.sh'].replace("'template'", "'it's'"))),
  control('sfdisk', 'a type that there is not', () => partitioned(good['install.sh'].replace(GUID.root, 'nothing'), 1024 * 1024)),
  control('sfdisk', 'a root that is not the last', () => partitioned(good['install.sh'].replace(/(name=ESP.*\n)(name=root.*\n)/, '$2$1'), 1024 * 1024)),
];

void runChecks(checks, 2).then(({ passed, failures }) => {
  console.log(`\n${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length === 0 && passed === checks.length && passed > 0 ? 0 : 1;
});
