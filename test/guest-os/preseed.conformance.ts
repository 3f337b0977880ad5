/*
 * Debian's own reader judges the answers for its installer, shellcheck their script, and Packer and cpio the archive that they are in:
 * `npx tsx test/guest-os/preseed.conformance.ts`. The last line is `N passed, N failed`. Broken files are controls: they must be refused.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { guestos } from '../../lib';
import { Block, Body, Expression, HclRenderer, JsonRenderer } from '../../lib/hcl';
import { ToolUnavailable, onPath, run, toolPath } from '../../tools';
import { Check, Verdict, runChecks } from '../conformance/check';
import { clean } from '../conformance/judges/shell';
import { temporaryFolder } from '../conformance/text';
import { PLAIN } from '../support/installable';

const { AnswerDelivery, Debian } = guestos;
const SYSTEMS = [Debian.V12, Debian.V13];

const HASH = PLAIN.buildPasswordHash;

/** What the format has no escape for is refused; the rest is taken, whatever a shell or a template would make of it. */
const TAKEN = ["it's", '"', '$(reboot)', '`x`', '{{.HTTPIP}}', '${x}', '#x', ']]>', '$iflabel{', 'x'.repeat(3000)];

const REQUESTS: guestos.InstallationRequest[] = [
  PLAIN,
  { ...PLAIN, locale: 'de_AT', keyboardLayout: 'de-nodeadkeys', timeZone: 'Europe/Vienna' },
  ...TAKEN.map((text) => ({ ...PLAIN, hostName: text, locale: text, keyboardLayout: text.replaceAll('-', ''), timeZone: text })),
];

function preseedOf(os: guestos.IInstallable, request: guestos.InstallationRequest): string {
  return os.bindInstallation({ ...request, answerDelivery: AnswerDelivery.HTTP }).answerFiles['preseed.cfg'];
}

function fileOf(name: string, text: string): string {
  const file = path.join(temporaryFolder('preseed'), name);
  fs.writeFileSync(file, text);
  return file;
}

async function ask(program: string, debianPackage: string, args: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}) {
  if (onPath(program) === undefined) throw new ToolUnavailable(program, 'not on PATH', `Install with your package manager (Debian: apt-get install ${debianPackage}).`);
  return run(program, args, options);
}

/** debconf-set-selections with databases of its own: those of this machine are locked while somebody installs something. */
async function readByDebconf(text: string, ...options: string[]) {
  const file = fileOf('preseed.cfg', text);
  const folder = path.dirname(file);
  const database = (name: string) => `Name: ${name}db\nDriver: File\nFilename: ${folder}/${name}.dat\n`;
  const configuration = path.join(folder, 'debconf.conf');
  fs.writeFileSync(configuration, `Config: configdb\nTemplates: templatesdb\n\n${database('config')}\n${database('templates')}`);
  return ask('debconf-set-selections', 'debconf', ['--checkonly', ...options, file], { env: { DEBCONF_SYSTEMRC: configuration } });
}

async function validated(text: string): Promise<Verdict> {
  const { status, output } = await readByDebconf(text);
  return status === 0 && output === '' ? undefined : `${output}\n${text}`;
}

/** What Debian's reader has in its hands: owner, question, type and value of each line, with what was continued. */
async function read(text: string): Promise<{ [question: string]: string }> {
  const { output } = await readByDebconf(text, '--verbose');
  const values = text.replace(/\\\n/g, '').split('\n').filter((line) => /^(d-i|popularity-contest) /.test(line)).map((line) => line.split(' '));
  const questions = values.map(([, question, type]) => `info: Trying to set '${question}' [${type}] to`);
  const missing = questions.filter((begin) => !output.includes(begin));
  if (missing.length > 0) throw new Error(`debconf did not read:\n${missing.join('\n')}\n${output}`);
  return Object.fromEntries([...output.matchAll(/^info: Trying to set '(\S+)' \[\S+\] to '(.*)'$/gm)].map(([, question, value]) => [question, value]));
}

async function readsAs(request: guestos.InstallationRequest, text: string): Promise<Verdict> {
  const answers = await read(text);
  const expected: { [question: string]: string } = {
    'netcfg/hostname': request.hostName,
    'debian-installer/locale': `${request.locale}.UTF-8`,
    'time/zone': request.timeZone,
    'passwd/username': request.buildUser,
    'passwd/user-password-crypted': request.buildPasswordHash,
  };
  const wrong = Object.keys(expected).filter((question) => answers[question] !== expected[question]);
  return wrong.length === 0 ? undefined : wrong.map((question) => `${question}: ${JSON.stringify(answers[question])}, not ${JSON.stringify(expected[question])}`).join('\n');
}

/** The script that the installer hands to a shell, and the one that this hands to the shell in the installed system. */
async function scripts(text: string): Promise<string[]> {
  const { 'preseed/late_command': late, 'preseed/early_command': early } = await read(text);
  const [, inner] = /^in-target sh -c '([^']*)'$/.exec(late)!;
  return [early, late, inner];
}

/** What Packer makes of the archive where the hash is an expression, unpacked. */
async function unpacked(file: string, render: (body: Body) => string): Promise<Verdict> {
  for (const extra of ['', 'x', 'xx', 'xxx']) { // all lengths that there are to fill up
    const hash = HASH + extra;
    const archive = Debian.V12.bindInstallation({ ...PLAIN, buildPasswordHash: `${Expression.reference('local.hash')}` }).answerFiles['seed.cpio'];
    const template = fileOf(file, render(new Body({}, [new Block('locals', [], new Body({ hash, archive }))])));
    const { stdout, output } = await run(toolPath('packer'), ['console', template], {
      input: 'base64encode(local.archive)\n', env: { CHECKPOINT_DISABLE: '1', PACKER_CONFIG_DIR: path.dirname(template), PACKER_LOG: undefined },
    });
    const bytes = Buffer.from(stdout.trim(), 'base64');
    if (bytes.length === 0 || bytes.length % 4 !== 0) return `${bytes.length} bytes\n${output}`;
    const folder = temporaryFolder('cpio');
    fs.writeFileSync(path.join(folder, 'seed.cpio'), bytes);
    const { status, output: said } = await ask('cpio', 'cpio', ['--extract', '--quiet', '--format=newc', '--file=seed.cpio'], { cwd: folder });
    if (status !== 0 || said !== '') return `cpio: ${said}`;
    const text = fs.readFileSync(path.join(folder, 'preseed.cfg'), 'utf8');
    if (text !== preseedOf(Debian.V12, { ...PLAIN, buildPasswordHash: hash })) return `unpacked, it is\n${text}`;
  }
  return undefined;
}

function refused(what: string, text: string): Check {
  return { judge: 'control', subject: what, run: async () => await validated(text) === undefined ? 'debconf-set-selections takes it.' : undefined };
}

const good = preseedOf(Debian.V12, PLAIN);

const checks: Check[] = [
  ...SYSTEMS.flatMap((os) => REQUESTS.flatMap((request) => {
    const subject = `${os.osName} ${request.hostName.slice(0, 20)} ${request.keyboardLayout.slice(0, 20)}`;
    const text = preseedOf(os, request);
    return [
      { judge: 'debconf-set-selections', subject, run: () => validated(text) },
      { judge: 'what debconf has read', subject, run: () => readsAs(request, text) },
    ];
  })),
  ...SYSTEMS.map((os) => ({
    judge: 'shellcheck',
    subject: os.osName,
    run: async () => {
      const verdicts = await Promise.all((await scripts(preseedOf(os, PLAIN))).map((script) => clean(`#!/bin/sh\n${script}\n`)));
      return verdicts.find((verdict) => verdict !== undefined);
    },
  })),
  { judge: 'packer and cpio', subject: 'HCL', run: () => unpacked('archive.pkr.hcl', (body) => new HclRenderer().render(body)) },
  { judge: 'packer and cpio', subject: 'JSON', run: () => unpacked('archive.pkr.json', (body) => new JsonRenderer().render(body)) },
  refused('a line without a type', good.replace('d-i clock-setup/utc boolean true', 'd-i clock-setup/utc')),
  refused('an unknown type', good.replace('d-i clock-setup/utc boolean true', 'd-i clock-setup/utc flag true')),
  refused('a recipe that is not continued', good.replace(':: \\\n', '::\n')),
];

void runChecks(checks, 2).then(({ passed, failures }) => {
  console.log(`\n${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length === 0 && passed === 4 * REQUESTS.length + 7 ? 0 : 1;
});
