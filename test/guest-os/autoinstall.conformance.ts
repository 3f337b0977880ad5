/*
 * cloud-init judges the answer files of Ubuntu's installer, a schema of the installer's documentation what is in them, GRUB and shellcheck their
 * scripts: `npx tsx test/guest-os/autoinstall.conformance.ts`. The last line is `N passed, N failed`.
 *
 * The installer reads its file with PyYAML, so that is what reads it here: what it has in its hands then is compared with what was asked for.
 * Broken files are controls: they must be refused. It needs cloud-init with python3-jsonschema and python3-yaml, grub-common and shellcheck.
 */
import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { guestos } from '../../lib';
import { run } from '../../tools';
import { Check, Verdict, control, runChecks } from '../conformance/check';
import { clean } from '../conformance/judges/shell';
import { temporaryFolder } from '../conformance/text';
import { PLAIN } from '../support/installable';
import { SCHEMA } from './autoinstall-schema';

const { AnswerDelivery, Ubuntu } = guestos;

/** What YAML would take for something else, were it not in quotes. */
const REQUESTS: guestos.InstallationRequest[] = [
  PLAIN,
  { ...PLAIN, locale: 'de_AT', keyboardLayout: 'de-latin1-nodeadkeys', timeZone: 'Europe/Vienna' },
  { ...PLAIN, hostName: '0x1f', buildUser: 'no', locale: 'no_NO', keyboardLayout: 'no', timeZone: 'Etc/GMT+1' },
  { ...PLAIN, hostName: '1e5', buildUser: 'null', keyboardLayout: 'uk', buildPasswordHash: "it's # \": {{ x }} ${y} \\n Zürich \ue002" },
  { ...PLAIN, hostName: '12', buildUser: 'true' },
];

const KEYBOARDS: { readonly [name: string]: object } = {
  'us': { layout: 'us' }, 'de-latin1-nodeadkeys': { layout: 'de', variant: 'nodeadkeys' }, 'no': { layout: 'no' }, 'uk': { layout: 'gb' },
};

/** Prints what PyYAML reads, after the schema was kept. */
const READ = `
import json, sys, jsonschema, yaml
data = yaml.safe_load(open(sys.argv[1]))
errors = sorted(jsonschema.Draft7Validator(json.loads(sys.argv[2])).iter_errors(data), key=str)
for error in errors:
  print('/'.join(map(str, error.absolute_path)) + ': ' + error.message, file=sys.stderr)
print(json.dumps(data))
sys.exit(1 if errors else 0)
`;

/** What Debian's package installs its modules for. */
const PYTHON = '/usr/bin/python3';

function userDataOf(request: guestos.InstallationRequest): string {
  return Ubuntu.V24_04.bindInstallation(request).answerFiles['user-data'];
}

function fileOf(text: string, name: string): string {
  return path.join(temporaryFolder('autoinstall', { [name]: text }), name);
}

async function judged(program: string, ...args: string[]): Promise<Verdict> {
  const { status, output } = await run(program, args);
  return status === 0 ? undefined : `${output}\nstatus ${status}`;
}

function cloudInit(text: string): Promise<Verdict> {
  return judged('cloud-init', 'schema', '--config-file', fileOf(text, 'user-data'));
}

async function readBack(text: string, request: guestos.InstallationRequest): Promise<Verdict> {
  const result = await run(PYTHON, ['-c', READ, fileOf(text, 'user-data'), JSON.stringify(SCHEMA)]);
  if (result.status !== 0) return result.output;
  const { identity, locale, keyboard, timezone, storage } = JSON.parse(result.stdout).autoinstall;
  const expected = {
    identity: { hostname: request.hostName, username: request.buildUser, password: request.buildPasswordHash },
    locale: `${request.locale}.UTF-8`,
    keyboard: KEYBOARDS[request.keyboardLayout],
    timezone: request.timeZone,
  };
  const read = { identity, locale, keyboard, timezone };
  if (!isDeepStrictEqual(read, expected)) return `expected ${JSON.stringify(expected, undefined, 1)}\nread     ${JSON.stringify(read, undefined, 1)}`;
  return partitions(storage.config);
}

async function metaData(request: guestos.InstallationRequest): Promise<Verdict> {
  const file = fileOf(Ubuntu.V24_04.bindInstallation(request).answerFiles['meta-data'], 'meta-data');
  const { output } = await run(PYTHON, ['-c', 'import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))', file]);
  return output === `{"instance-id": "${request.hostName}"}\n` ? undefined : output;
}

/** Every name stands for something that came before it, and the root takes the rest of the disk. */
function partitions(config: { readonly [property: string]: string | number }[]): Verdict {
  const unknown = config.filter((action, i) => {
    const target = action.device ?? action.volume;
    return target !== undefined && !config.slice(0, i).some(({ id }) => id === target);
  });
  if (unknown.length > 0) return `of nothing: ${unknown.map(({ id }) => id)}`;
  const last = config.filter(({ type }) => type === 'partition').pop();
  const format = config.find(({ volume }) => volume === last?.id);
  const mount = config.find(({ device }) => device === format?.id);
  return last?.size === -1 && mount?.path === '/' ? undefined : `the last partition: ${JSON.stringify([last, format, mount])}`;
}

/** The scripts of a file, as the installer runs them. */
function scriptsOf(request: guestos.InstallationRequest): [string, string][] {
  const { 'early-commands': early, 'late-commands': late } = parsed(userDataOf(request));
  return [...early.map((text: string, i: number) => [`early-commands ${i + 1}`, text]), ...late.map((text: string, i: number) => [`late-commands ${i + 1}`, text])];
}

function parsed(text: string): any {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (require('yaml') as typeof import('yaml')).parse(text).autoinstall;
}

const good = userDataOf(PLAIN);
const grubCfg = Ubuntu.V24_04.bindInstallation(PLAIN).answerFiles['grub.cfg'];
const overHttp = Ubuntu.V24_04.bindInstallation({ ...PLAIN, answerDelivery: AnswerDelivery.HTTP }).bootCommand!.filter((part) => !part.startsWith('<')).slice(1);
const scripts = scriptsOf(PLAIN);

/** A file in which something else stands: what is replaced has to be there. */
function changed(from: string, to: string): string {
  if (!good.includes(from)) throw new Error(`There is no ${JSON.stringify(from)}.`);
  return good.replace(from, to);
}

const checks: Check[] = [
  ...REQUESTS.flatMap((request): Check[] => [
    { judge: 'cloud-init schema', subject: request.hostName, run: () => cloudInit(userDataOf(request)) },
    { judge: 'PyYAML and schema', subject: request.hostName, run: () => readBack(userDataOf(request), request) },
  ]),
  ...REQUESTS.map((request): Check => ({ judge: 'PyYAML', subject: `meta-data of ${request.hostName}`, run: () => metaData(request) })),
  { judge: 'grub-script-check', subject: 'grub.cfg', run: () => judged('grub-script-check', fileOf(grubCfg, 'grub.cfg')) },
  { judge: 'grub-script-check', subject: 'what is typed', run: () => judged('grub-script-check', fileOf(`${overHttp.join('\n')}\n`, 'grub.cfg')) },
  ...scripts.map(([subject, script]): Check => ({ judge: 'shellcheck', subject, run: () => clean(`#!/bin/sh\n${script}\n`) })),
  control('cloud-init schema', 'a list of answers', async () => cloudInit('#cloud-config\nautoinstall: [1]\n')),
  control('cloud-init schema', 'a file without its first line', async () => cloudInit(changed('#cloud-config\n', ''))),
  control('cloud-init schema', 'what is no YAML', async () => cloudInit(changed("locale: '", "locale: ''"))),
  control('PyYAML and schema', 'a key that there is not', async () => readBack(changed('shutdown:', 'shut-down:'), PLAIN)),
  control('PyYAML and schema', 'updates of another kind', async () => readBack(changed('updates: security', 'updates: none'), PLAIN)),
  control('PyYAML and schema', 'a partition with a size in words', async () => readBack(changed('size: 512M', 'size: half'), PLAIN)),
  control('PyYAML and schema', 'a root that does not grow', async () => readBack(changed('size: -1', 'size: 4G'), PLAIN)),
  control('PyYAML and schema', 'a format of no partition', async () => readBack(changed('volume: root', 'volume: rot'), PLAIN)),
  control('PyYAML and schema', 'a keyboard that YAML takes for false', async () => readBack(changed("layout: 'us'", 'layout: no'), PLAIN)),
  control('PyYAML and schema', 'another name than the one asked for', async () => readBack(good, { ...PLAIN, hostName: 'other' })),
  control('grub-script-check', 'an open quote', () => judged('grub-script-check', fileOf(`${grubCfg}echo "\n`, 'grub.cfg'))),
  control('shellcheck', 'a variable without quotes', () => clean(`#!/bin/sh\n${scripts[0][1]}\nrm $1\n`)),
];

void runChecks(checks, 2).then(({ passed, failures }) => {
  console.log(`\n${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length === 0 && passed === checks.length && scripts.length === 5 ? 0 : 1;
});
