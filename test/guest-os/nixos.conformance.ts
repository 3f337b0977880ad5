/*
 * Nix itself reads what is written for NixOS, and shellcheck the scripts: `npx tsx test/guest-os/nixos.conformance.ts`. The last line is
 * `N passed, N failed`.
 *
 * Every file is parsed. Then it is evaluated, with stand-ins for what Nixpkgs hands to a module, and what Nix has in its hands is compared with what
 * was asked for: that escapes are right is seen there only. Broken files are controls: they must be refused. It needs nix-bin and shellcheck; no
 * store is used, and no Nixpkgs.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { guestos } from '../../lib';
import { nixString } from '../../lib/guest-os/answer-files/nixos-expression';
import { run } from '../../tools';
import { Check, Verdict, control, runChecks } from '../conformance/check';
import { clean } from '../conformance/judges/shell';
import { temporaryFolder } from '../conformance/text';
import { fc } from '../support/fast-check';
import { PLAIN } from '../support/installable';

const { AnswerDelivery, NixModule, NixOs } = guestos;

const HOSTILE = [
  "it's", '"', '\\', '$', '$$', '${x}', '$${x}', '$$${x}', '\\${x}', '"; reboot = "', "''", "''${x}", '{{ .HTTPIP }}', '\n', 'a\r\nb', '\t', '#', '/*', 'Zürich', ']]>', ' a ', '',
  '\u2028', '\u0001', '\ue002', 'x'.repeat(5000),
];

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBtQhm2q0hLq';

const FULL: guestos.NixOsConfiguration = {
  packages: ['git', 'python3Packages.requests', 'or', 'a.0ad'],
  enabled: ['services.openssh', 'services.cloud-init', 'virtualisation.docker', 'with.let'],
  users: [{ name: 'operator', sshKeys: [`${KEY} "me" $\{HOME}\\`], administrator: true }, { name: 'with', sshKeys: [KEY, `${KEY} ä`] }],
  tcpPorts: [80, 443],
  udpPorts: [51820],
  module: NixModule.inline('{ lib, ... }: { time.timeZone = lib.mkForce "UTC"; }'),
};

/** What a module is handed: a value is what it is, whatever its priority; packages are their names. */
const MODULE_ARGUMENTS = `
  { lib = { mkDefault = x: x; mkForce = x: x; mkOverride = _: x: x; optional = c: x: if c then [ x ] else [ ]; };
    modulesPath = "/modules";
    pkgs = { cloud-init = "cloud-init"; git = "git"; python3Packages.requests = "requests"; "or" = "or"; a."0ad" = "0ad"; }; }`;

async function nix(...args: string[]): Promise<{ readonly status: number; readonly stdout: string; readonly output: string }> {
  return run('nix-instantiate', args, { env: { NIX_REMOTE: 'dummy://' } });
}

async function parsed(text: string): Promise<Verdict> {
  const { status, output } = await nix('--parse', path.join(temporaryFolder('nixos', { 'module.nix': text }), 'module.nix'));
  return status === 0 ? undefined : `${output}\n${text}`;
}

/** The value of an expression, or why it has none. */
async function evaluated(expression: string): Promise<{ readonly value?: any; readonly verdict?: string }> {
  const file = path.join(temporaryFolder('nixos', { 'expression.nix': expression }), 'expression.nix');
  const { status, stdout, output } = await nix('--eval', '--strict', '--json', file);
  return status === 0 ? { value: JSON.parse(stdout) } : { verdict: output };
}

async function equal(expression: string, expected: unknown): Promise<Verdict> {
  const { value, verdict } = await evaluated(expression);
  if (verdict !== undefined) return verdict;
  return isDeepStrictEqual(value, expected) ? undefined : `expected ${JSON.stringify(expected, undefined, 1)}\nread     ${JSON.stringify(value, undefined, 1)}`;
}

function filesOf(request: guestos.InstallationRequest, configuration: guestos.NixOsConfiguration = {}): { [name: string]: string } {
  return NixOs.V25_11.withConfiguration(configuration).bindInstallation(request).answerFiles;
}

/** What a module sets, as Nix reads it; of what it imports, how many. */
function setBy(files: { readonly [name: string]: string }, module: string, select: string): string {
  const folder = temporaryFolder('nixos', files);
  return `let m = import ${path.join(folder, module)} ${MODULE_ARGUMENTS}; in ${select}`;
}

/** What a request comes to in the two files. */
async function readBack(request: guestos.InstallationRequest): Promise<Verdict> {
  const files = filesOf(request);
  const { buildUser, hostName, keyboardLayout, locale, timeZone } = request;
  return await equal(setBy(files, 'configuration.nix', '[ m.i18n.defaultLocale m.console.keyMap m.time.timeZone ]'), [`${locale}.UTF-8`, keyboardLayout, timeZone])
    ?? equal(setBy(files, 'build.nix', '[ m.networking.hostName m.users m.security.sudo.extraRules m.services.openssh.settings m.services.cloud-init ]'), [
      hostName,
      { users: { [buildUser]: { isNormalUser: true, uid: 1900, extraGroups: ['wheel'], hashedPasswordFile: '/etc/nixos/build-password' } } },
      [{ users: [buildUser], commands: [{ command: 'ALL', options: ['NOPASSWD'] }] }],
      { PasswordAuthentication: true },
      { settings: { users: [] } },
    ]);
}

/** What is added by a configuration, and what is imported with and without the file of the build. */
async function full(): Promise<Verdict> {
  const files = filesOf(PLAIN, FULL);
  const { 'build.nix': _, ...kept } = files;
  const count = '[ (builtins.length m.imports) (builtins.elemAt m.imports 1) ]';
  const enabled = { services: { 'openssh': { enable: true }, 'cloud-init': { enable: true } }, virtualisation: { docker: { enable: true } }, with: { let: { enable: true } } };
  return await equal(setBy(files, 'configuration.nix', count), [4, enabled])
    ?? await equal(setBy(kept, 'configuration.nix', count), [3, enabled])
    ?? equal(setBy(files, 'configuration.nix', '[ m.environment.systemPackages m.networking.firewall m.users.users m.system.stateVersion ]'), [
      ['cloud-init', 'git', 'requests', 'or', '0ad'],
      { allowedTCPPorts: [80, 443], allowedUDPPorts: [51820] },
      {
        operator: { isNormalUser: true, extraGroups: ['wheel'], openssh: { authorizedKeys: { keys: FULL.users![0].sshKeys } } },
        with: { isNormalUser: true, openssh: { authorizedKeys: { keys: FULL.users![1].sshKeys } } },
      },
      '25.11',
    ]);
}

const good = filesOf(PLAIN, FULL);
const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('$', '{', '}', '\\', '"', "'", '\n', '\r', 'n') }));
const texts = [...HOSTILE, ...fc.sample(anyText, { numRuns: 2000, seed: 1 })].map((text) => text.replaceAll('\0', ''));
const requests = [PLAIN, ...HOSTILE.map((text) => ({
  ...PLAIN, hostName: text, locale: text, keyboardLayout: text, timeZone: text, buildUser: text, buildPasswordHash: text,
}))];
const generalize = fs.readFileSync(NixOs.V25_11.guestSetup.generalizeScript!, 'utf8');

const checks: Check[] = [
  ...requests.flatMap((request): Check[] => {
    const subject = JSON.stringify(request.hostName).slice(0, 20);
    const files = Object.entries(filesOf(request, FULL)).filter(([name]) => name.endsWith('.nix'));
    return [
      ...files.map(([name, text]): Check => ({ judge: 'nix-instantiate --parse', subject: `${name} ${subject}`, run: () => parsed(text) })),
      { judge: 'nix-instantiate --eval', subject, run: () => readBack(request) },
    ];
  }),
  { judge: 'nix-instantiate --eval', subject: `${texts.length} strings`, run: () => equal(`[\n${texts.map(nixString).join('\n')}\n]`, texts.map((text) => Buffer.from(text).toString())) },
  { judge: 'nix-instantiate --eval', subject: 'a configuration', run: full },
  ...[AnswerDelivery.CD, AnswerDelivery.HTTP].map((answerDelivery): Check => ({
    judge: 'shellcheck', subject: `install.sh by ${answerDelivery}`, run: () => clean(filesOf({ ...PLAIN, answerDelivery }, FULL)['install.sh']),
  })),
  { judge: 'shellcheck', subject: 'generalize-nixos.sh', run: () => clean(generalize) },
  control('nix-instantiate --parse', 'a set without an end', () => parsed(good['configuration.nix'].replace(/\}\n$/, ''))),
  control('nix-instantiate --parse', 'an option that is set twice', () => parsed(good['build.nix'].replace(/\}\n$/, '  services.openssh.settings.PasswordAuthentication = false;\n}\n'))),
  control('nix-instantiate --eval', 'a string that was not escaped', () => equal('"${x}"', '${x}')),
  control('nix-instantiate --eval', 'another name than the one asked for', () => equal(setBy(good, 'build.nix', 'm.networking.hostName'), 'other')),
  control('shellcheck', 'a variable without quotes', () => clean(`${generalize}rm $1\n`)),
];

void runChecks(checks, 2).then(({ passed, failures }) => {
  console.log(`\n${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length === 0 && passed === checks.length && passed > 0 ? 0 : 1;
});
