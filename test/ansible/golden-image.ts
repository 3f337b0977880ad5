import * as path from 'node:path';
import { type Report } from '../support/report';
import { BUILD_USER, firstBoot } from './bake';
import { type Machine } from './machine';
import { play } from './play';

/** The form of SHA-512 crypt, which has 86 characters after the salt. */
const OPS_HASH = `$6$salt$${'PlantedHashOfOps'.repeat(6).slice(0, 86)}`;
const KEY_ONE = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE9uZU9uZU9uZU9uZU9uZU9uZU9uZU9uZU9uZU9uZU9u ops@one';
const KEY_TWO = 'from="10.0.0.0/8",command="echo a b" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFR3b1R3b1R3b1R3b1R3b1R3b1R3b1R3b1R3b1R3b1R3 ops@two';
const KEY_HAND = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEhhbmRIYW5kSGFuZEhhbmRIYW5kSGFuZEhhbmRIYW5k put there by hand';

const VARIABLES = {
  cleanup_build_user: BUILD_USER,
  cleanup_trim: false,
  cleanup_keep: ['/etc/netplan/10-*.yaml'],
  base_extra_packages: ['less'],
  image_roles_before: ['first'],
  image_roles_after: ['last'],
  users_accounts: [
    { name: 'early', groups: ['early', 'ops'] },
    { name: 'ops', comment: 'Operations', groups: ['adm', 'made-for-ops'], sudo: 'nopasswd', password_hash: OPS_HASH },
    { name: 'svc.app', shell: '/usr/sbin/nologin' },
  ],
  ssh_keys_accounts: [{ name: 'ops', keys: [KEY_ONE, KEY_TWO] }],
};

/** A golden image, then a golden image of that golden image, each baked as the build user over SSH. */
export async function goldenImage(ansiblePlaybook: string, machine: Machine, report: Report): Promise<void> {
  await firstBoot(machine);
  const first = await play(ansiblePlaybook, machine, { user: BUILD_USER, variables: VARIABLES, arguments: ['-vv'] });
  report.match('the play succeeds while it removes the account it is logged in with', first.recap, /unreachable=0 +failed=0 /);
  report.equal('its exit status is 0', first.status, 0);
  report.without('no warning, no trace of an error', first.output, /\[WARNING\]|generalize: |[Tt]raceback|fatal:/);
  report.without('no password hash is printed', first.output, /PlantedHash/);
  report.equal('own roles run before and after the packages, their handlers before the cleanup', machine.read('/var/lib/image-roles'),
    'first:no-agent-yet\nlast:/usr/sbin/qemu-ga\nhandler:packer\n');
  await packagesAndUsers(machine, report);
  await generalized(machine, report);

  report.section(`${report.title}: a golden image of the golden image`);
  await firstBoot(machine);
  const second = await play(ansiblePlaybook, machine, { user: BUILD_USER, variables: VARIABLES });
  report.equal('the second play succeeds', second.status, 0);
  report.equal('base, users and ssh_keys change nothing the second time', second.changed.filter((task) => !/^(first|last|cleanup) : /.test(task)), []);
  report.equal('cleanup has work again', second.changed.filter((task) => task.startsWith('cleanup : ')).length, 1);
  await packagesAndUsers(machine, report);
  await generalized(machine, report);

  const third = await play(ansiblePlaybook, machine, { user: 'root', variables: VARIABLES, playbook: path.join(__dirname, 'cleanup-only.yml') });
  report.match('cleanup changes nothing the second time', third.recap, /changed=0 .*failed=0 /);

  report.section(`${report.title}: changed declarations`);
  const keysOnly = { ...VARIABLES, image_roles_before: [], image_roles_after: [], cleanup_build_user: '' };
  await machine.inside(`echo '${KEY_HAND}' >>/home/ops/.ssh/authorized_keys`);
  const renamed = KEY_ONE.replace('ops@one', 'ops@renamed');
  await play(ansiblePlaybook, machine, { user: 'root', variables: { ...keysOnly, ssh_keys_accounts: [{ name: 'ops', keys: [` ${renamed} `] }] } });
  report.equal('a changed comment replaces the line, other keys stay', machine.read('/home/ops/.ssh/authorized_keys'), `${KEY_TWO}\n${KEY_HAND}\n${renamed}\n`);
  const narrowed = {
    ...keysOnly,
    users_accounts: [{ name: 'ops', sudo: 'none' }, { name: 'svc.app', state: 'absent' }, { name: 'early', state: 'absent' }],
    ssh_keys_accounts: [{ name: 'ops', keys: [KEY_TWO], exclusive: true }],
  };
  const once = await play(ansiblePlaybook, machine, { user: 'root', variables: narrowed });
  report.equal('narrowing succeeds', once.status, 0);
  report.equal('exclusive keys are the only ones', machine.read('/home/ops/.ssh/authorized_keys'), `${KEY_TWO}\n`);
  report.equal('sudo is taken away', machine.list('/etc/sudoers.d'), ['README']);
  report.equal('without a hash no password fits', (await machine.inside('getent shadow ops')).split(':')[1], '*');
  report.equal('groups that are not declared end', (await machine.inside('id -nG ops')).trim(), 'ops');
  report.match('an absent account is gone with its home', await machine.inside('getent passwd svc.app || echo gone; ls /home'), /^gone\nops\n$/);
  const twice = await play(ansiblePlaybook, machine, { user: 'root', variables: narrowed });
  report.equal('the same again changes nothing but the caches', twice.changed, ['cleanup : Generalize the machine and remove the build user']);
}

async function packagesAndUsers(machine: Machine, report: Report): Promise<void> {
  const packages = await machine.inside("dpkg-query -W -f '${Package} ${db:Status-Status}\\n' qemu-guest-agent cloud-init cloud-guest-utils curl systemd-timesyncd less");
  report.equal('the packages are installed', packages.split('\n').filter((line) => !line.endsWith(' installed')), ['']);
  report.match('the time service is enabled', await machine.inside('systemctl is-enabled systemd-timesyncd'), /^enabled$/m);
  report.equal('the user has its groups, shell and comment', (await machine.inside('getent passwd ops; id -nG ops')).replace(/:\d+:\d+:/, ':N:N:'),
    'ops:x:N:N:Operations:/home/ops:/bin/bash\nops adm made-for-ops\n');
  report.equal('another has its own group, and that of an account that follows', await machine.inside('id -gn early; id -nG early'), 'early\nearly ops\n');
  report.equal('its password hash is set', (await machine.inside('getent shadow ops')).split(':')[1], OPS_HASH);
  report.equal('an account without a password is locked for passwords', (await machine.inside('getent shadow svc.app')).split(':')[1], '*');
  report.equal('its sudo rule works', (await machine.inside('runuser -u ops -- sudo -n id -un')).trim(), 'root');
  report.equal('sudo rules are the declared ones', machine.list('/etc/sudoers.d'), ['60-users-ops', 'README']);
  report.equal('its keys are in place', machine.read('/home/ops/.ssh/authorized_keys'), `${KEY_ONE}\n${KEY_TWO}\n`);
  report.equal('with owners and modes that sshd accepts', await machine.inside("stat -c '%U:%G %a' /home/ops/.ssh /home/ops/.ssh/authorized_keys"), 'ops:ops 700\nops:ops 600\n');
}

/** What must be true of every template. */
export async function generalized(machine: Machine, report: Report): Promise<void> {
  report.equal('/etc/machine-id is there and empty', machine.read('/etc/machine-id'), '');
  report.equal("dbus takes the machine's id", (await machine.inside('readlink /var/lib/dbus/machine-id')).trim(), '/etc/machine-id');
  report.equal('no SSH host key', machine.list('/etc/ssh').filter((name) => name.startsWith('ssh_host_')), []);
  report.equal('no random seed', machine.read('/var/lib/systemd/random-seed'), undefined);
  report.equal('no account, group, subordinate ids, home, mail or jobs of the build user',
    await machine.inside(`grep -Hs '${BUILD_USER}' /etc/passwd /etc/group /etc/shadow /etc/gshadow /etc/subuid /etc/subgid || true; ls -d /home/${BUILD_USER} /var/mail/${BUILD_USER} /var/spool/cron/crontabs/${BUILD_USER} 2>/dev/null || true`), '');
  report.equal('nothing in /etc names the build user or knows its password', await machine.inside(`grep -rlE '\\b${BUILD_USER}\\b|PlantedHashOfTheBuild' /etc || true`), '');
  report.equal('nothing below /var, /root or /tmp knows its password', await machine.inside('grep -rl PlantedHashOfTheBuild /var /root /tmp || true'), '');
  report.equal('no file belongs to nobody', await machine.inside('find / -xdev -nouser -not -path "/proc/*" -not -path "/run/*" -not -path "/dev/*" 2>/dev/null || true'), '');
  report.equal('no password login left by the seed', machine.list('/etc/ssh/sshd_config.d'), []);
  report.equal('no network of the build, but what is to be kept', machine.list('/etc/netplan'), ['10-bridge.yaml']);
  report.equal('only loopback in interfaces', machine.read('/etc/network/interfaces')?.match(/^iface .*$/mg), ['iface lo inet loopback']);
  report.equal('no lease', machine.list('/var/lib/dhcp'), []);
  report.equal('no state of cloud-init', machine.list('/var/lib/cloud').flatMap((name) => machine.list(`/var/lib/cloud/${name}`)), []);
  report.equal('cloud-init is not switched off', machine.list('/etc/cloud/cloud.cfg.d').includes('99-installer.cfg'), false);
  report.equal('no log with anything in it', await machine.inside('find /var/log -type f -size +0'), '');
  report.equal('no old log, no journal', await machine.inside("find /var/log -name '*.1' -o -name '*.gz' -o -name '*.journal' -o -name installer"), '');
  report.match('a log keeps its mode', await machine.inside('stat -c %a /var/log/syslog'), /^640$/m);
  report.equal('no history of commands', await machine.inside("find /root /home -name '.*_history'"), '');
  report.equal('nothing temporary', [...machine.list('/tmp'), ...machine.list('/var/tmp')].filter((name) => !name.startsWith('ansible_')), []);
  report.equal('no package lists, no packages', await machine.inside('find /var/lib/apt/lists /var/cache/apt -type f -not -name lock'), '');
  report.equal('no key for root', (machine.read('/root/.ssh/authorized_keys') ?? '').trim(), '');
  report.equal('the name of the build is forgotten', [machine.read('/etc/hostname'), machine.read('/etc/hosts')], ['localhost\n', '127.0.0.1 localhost\n']);
  report.equal('sudo accepts its rules', (await machine.inside('visudo -c >/dev/null && echo yes')).trim(), 'yes');
}
