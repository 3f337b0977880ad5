/*
 * The script that generalizes a NixOS, run as root in a folder that looks like one: `npx tsx test/guest-os/generalize-nixos.conformance.ts`. The last
 * line is `N passed, N failed`.
 *
 * Its programs are those of this machine, with accounts of its own; only what is Nix's are stand-ins, which say what they found. It needs root,
 * util-linux, procps and the programs that every Debian has.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { guestos } from '../../lib';
import { Outcome, run } from '../../tools';
import { Check, Verdict, runChecks } from '../conformance/check';
import { temporaryFolder } from '../conformance/text';

const SCRIPT = guestos.NixOs.V25_11.guestSetup.generalizeScript!;
const PROFILE = 'nix/var/nix/profiles/system';
const USERS = 'nix/store/0-users-groups.json';
const SAYS = 'echo "${0##*/} $* with $(ls /etc/nixos | tr "\\n" " ")and id $(cat /etc/machine-id)"';

/** What the build left, and what stays. */
const FILES: { readonly [file: string]: string } = {
  'etc/NIXOS': '',
  'etc/nixos/build.nix': '{ }',
  'etc/nixos/build-password': 'hash',
  'etc/nixos/configuration.nix': '{ }',
  'etc/passwd': 'root:x:0:0::/root:/bin/sh\npacker:x:1900:100::/home/packer:/bin/sh\noperator:x:1000:100::/home/operator:/bin/sh\n',
  'etc/shadow': 'root:!:1::::::\npacker:hash:1::::::\noperator:!:1::::::\n',
  'etc/group': 'root:x:0:\nusers:x:100:\nwheel:x:1:packer,operator\n',
  'etc/gshadow': '',
  'etc/passwd-': 'packer',
  'etc/login.defs': '',
  'etc/hostname': 'build-nixos\n',
  'etc/machine-id': '0123\n',
  'etc/ssh/ssh_host_ed25519_key': 'key',
  'etc/ssh/ssh_host_ed25519_key.pub': 'key',
  'etc/ssh/sshd_config': 'x',
  'etc/systemd/network/10-cloud-init-eth0.network': 'x',
  'etc/systemd/network/50-kept.network': 'x',
  'boot/loader/random-seed': 'seed',
  'boot/loader/entries/nixos-generation-2.conf': 'title NixOS\nmachine-id 0123\nlinux /kernel\n',
  'home/packer/.ssh/authorized_keys': 'key',
  'home/operator/.bash_history': 'ls',
  'home/operator/notes': 'x',
  'root/.cache/nix/x': 'x',
  'tmp/x': 'x',
  'var/lib/cloud/instance/x': 'x',
  'var/lib/systemd/random-seed': 'seed',
  'var/log/cloud-init.log': 'x',
  'var/log/journal/0123/system.journal': 'x',
  'var/log/lastlog': 'x',
  [USERS]: '{"users":[{"name":"root"},{"name":"operator"}]}',
  [`${PROFILE}/activate`]: `#!/bin/sh\nx /${USERS} y\n`,
};

const PROGRAMS: { readonly [file: string]: string } = {
  'run/current-system/sw/bin/nixos-rebuild': SAYS,
  'run/current-system/sw/bin/nix-collect-garbage': SAYS,
  'run/current-system/sw/bin/systemd-machine-id-setup': 'echo 4567 >/etc/machine-id',
  [`${PROFILE}/bin/switch-to-configuration`]: SAYS,
};

const REBUILT = (id: string) => [
  `nixos-rebuild boot with configuration.nix and id ${id}`, `nix-collect-garbage --delete-old with configuration.nix and id ${id}`,
  `switch-to-configuration boot with configuration.nix and id ${id}`,
];

function machine(changes: { readonly [file: string]: string | undefined } = {}): string {
  const files = Object.entries({ ...FILES, ...changes }).filter((file): file is [string, string] => file[1] !== undefined);
  const programs = Object.entries(PROGRAMS).map(([file, does]): [string, string] => [file, changes[file] ?? `#!/bin/sh\n${does}\n`]);
  const root = temporaryFolder('nixos', { ...Object.fromEntries([...files, ...programs]), 'generalize.sh': fs.readFileSync(SCRIPT, 'utf8') });
  programs.forEach(([file]) => fs.chmodSync(path.join(root, file), 0o755));
  // Debian's goes through a folder that is not there.
  if (!('awk' in changes)) fs.symlinkSync(fs.realpathSync('/usr/bin/awk'), path.join(root, 'run/current-system/sw/bin/awk'));
  ['usr', 'dev', 'proc'].forEach((folder) => fs.mkdirSync(path.join(root, folder)));
  ['bin', 'sbin', 'lib', 'lib64'].forEach((folder) => fs.symlinkSync(`usr/${folder}`, path.join(root, folder)));
  return root;
}

async function generalize(root: string, user: string = 'packer'): Promise<Outcome> {
  const mounts = ['usr', 'dev', 'proc'].map((folder) => `mount --bind /${folder} ${root}/${folder}`).join(' && ');
  const command = `${mounts} && exec chroot ${root} env -i PATH=/usr/sbin:/usr/bin BUILD_USER=${user} TRIM=no sh /generalize.sh`;
  return run('unshare', ['--mount', 'sh', '-c', command], { timeoutSeconds: 60 });
}

/** The files that are left, with their content. */
function left(root: string): { [file: string]: string } {
  const files = ['etc', 'boot', 'home', 'root', 'tmp', 'var'].flatMap((folder) => fs.readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true }));
  return Object.fromEntries(files.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath ?? entry.path, entry.name)).sort()
    .map((file) => [path.relative(root, file), fs.readFileSync(file, 'utf8')]));
}

function equal(read: unknown, expected: unknown): Verdict {
  return isDeepStrictEqual(read, expected) ? undefined : `expected ${JSON.stringify(expected, undefined, 1)}\nread     ${JSON.stringify(read, undefined, 1)}`;
}

const AFTERWARDS = {
  'boot/loader/entries/nixos-generation-2.conf': 'title NixOS\nlinux /kernel\n',
  'etc/.pwd.lock': '',
  'etc/NIXOS': '',
  'etc/group': 'root:x:0:\nusers:x:100:\nwheel:x:1:operator\n',
  'etc/gshadow': '',
  'etc/login.defs': '',
  'etc/machine-id': '',
  'etc/nixos/configuration.nix': '{ }',
  'etc/passwd': 'root:x:0:0::/root:/bin/sh\noperator:x:1000:100::/home/operator:/bin/sh\n',
  'etc/shadow': 'root:!:1::::::\noperator:!:1::::::\n',
  'etc/ssh/sshd_config': 'x',
  'etc/systemd/network/50-kept.network': 'x',
  'home/operator/notes': 'x',
  'var/log/lastlog': '',
};

async function all(): Promise<Verdict> {
  const root = machine();
  const { status, stdout, stderr } = await generalize(root);
  const rebuilt = stdout.split('\n').filter((line) => line.includes(' with '));
  return equal([status, stderr, rebuilt, left(root)], [0, '', REBUILT('0123'), AFTERWARDS]);
}

async function again(): Promise<Verdict> {
  const root = machine();
  await generalize(root);
  const { status, output } = await generalize(root);
  return equal([status, output.trimEnd().split('\n'), left(root)], [0, [...REBUILT('4567'), 'emptied /etc/machine-id'], AFTERWARDS]);
}

/** It stops, says why, and the identity of the machine is as it was. */
async function stops(changes: { readonly [file: string]: string | undefined }, user: string, why: RegExp): Promise<Verdict> {
  const root = machine(changes);
  const { status, stderr } = await generalize(root, user);
  const { 'etc/machine-id': id, 'etc/passwd': accounts } = left(root);
  return why.test(stderr) ? equal([status, id, accounts], [1, FILES['etc/machine-id'], FILES['etc/passwd']]) : `status ${status}\n${stderr}`;
}

const judge = 'generalize-nixos.sh';
const checks: Check[] = [
  { judge, subject: 'leaves the system and no identity', run: all },
  { judge, subject: 'has nothing to do a second time', run: again },
  { judge, subject: 'stops where the configuration keeps the build user', run: () => stops({ [USERS]: '{"users":[{"name":"packer"}]}' }, 'packer', /declares the build user packer/) },
  {
    judge,
    subject: 'stops where the system cannot be made',
    run: () => stops({ 'run/current-system/sw/bin/nixos-rebuild': '#!/bin/sh\necho no cache >&2\nexit 1\n' }, 'packer', /^no cache\n$/),
  },
  { judge, subject: 'stops elsewhere', run: () => stops({ 'etc/NIXOS': undefined }, 'packer', /this is not NixOS/) },
  { judge, subject: 'stops where it could not see accounts', run: () => stops({ awk: undefined }, 'packer', /there is no program awk/) },
  { judge, subject: 'keeps root', run: () => stops({}, 'root', /the superuser cannot be removed/) },
  { judge, subject: 'refuses what is no account', run: () => stops({}, '../x', /is no account name/) },
];

void runChecks(checks, 1).then(({ passed, failures }) => {
  console.log(`\n${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length === 0 && passed === checks.length && passed > 0 ? 0 : 1;
});
