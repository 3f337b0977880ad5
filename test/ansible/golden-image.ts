import * as path from 'node:path';
import { BUILD_USER, firstBoot } from './bake';
import { generalized, KEY_ONE, KEY_TWO, OPS_HASH, provisioned } from './expectations';
import { type Machine } from './machine';
import { play } from './play';
import { type Report } from './report';

const KEY_HAND = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHandHandHandHandHandHandHandHandHandHandHan put there by hand';

const VARIABLES = {
  cleanup_build_user: BUILD_USER,
  cleanup_trim: false,
  cleanup_keep: ['/etc/netplan/10-*.yaml'],
  base_extra_packages: ['less'],
  image_roles_before: ['first'],
  image_roles_after: ['last'],
  users_accounts: [
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
  await provisioned(machine, report);
  await generalized(machine, report);

  report.section(`${report.title}: a golden image of the golden image`);
  await firstBoot(machine);
  const second = await play(ansiblePlaybook, machine, { user: BUILD_USER, variables: VARIABLES, arguments: ['-vvv'] });
  report.equal('the second play succeeds', second.status, 0);
  report.without('no password hash is printed, however verbose', second.output, /PlantedHash/);
  report.equal('base, users and ssh_keys change nothing the second time',
    second.changed.filter((task) => !/^(first|last|cleanup) : /.test(task)), []);
  report.equal('cleanup has work again', second.changed.filter((task) => task.startsWith('cleanup : ')).length, 1);
  await provisioned(machine, report);
  await generalized(machine, report);

  const playbook = path.join(__dirname, 'cleanup-only.yml');
  const third = await play(ansiblePlaybook, machine, { user: 'root', variables: VARIABLES, playbook });
  report.match('cleanup changes nothing the second time', third.recap, /changed=0 .*failed=0 /);

  report.section(`${report.title}: changed declarations`);
  const keysOnly = { ...VARIABLES, image_roles_before: [], image_roles_after: [], cleanup_build_user: '' };
  await machine.inside(`echo '${KEY_HAND}' >>/home/ops/.ssh/authorized_keys`);
  const renamed = KEY_ONE.replace('ops@one', 'ops@renamed');
  const relabelled = { ...keysOnly, ssh_keys_accounts: [{ name: 'ops', keys: [` ${renamed} `] }] };
  await play(ansiblePlaybook, machine, { user: 'root', variables: relabelled });
  report.equal('a changed comment replaces the line, other keys stay',
    machine.read('/home/ops/.ssh/authorized_keys'), `${KEY_TWO}\n${KEY_HAND}\n${renamed}\n`);
  const narrowed = {
    ...keysOnly,
    users_accounts: [{ name: 'ops', sudo: 'none' }, { name: 'svc.app', state: 'absent' }],
    ssh_keys_accounts: [{ name: 'ops', keys: [KEY_TWO], exclusive: true }],
  };
  const once = await play(ansiblePlaybook, machine, { user: 'root', variables: narrowed });
  report.equal('narrowing succeeds', once.status, 0);
  report.equal('exclusive keys are the only ones', machine.read('/home/ops/.ssh/authorized_keys'), `${KEY_TWO}\n`);
  report.equal('sudo is taken away', machine.list('/etc/sudoers.d'), ['README']);
  report.equal('without a hash no password fits', (await machine.inside('getent shadow ops')).split(':')[1], '*');
  report.equal('groups that are not declared end', (await machine.inside('id -nG ops')).trim(), 'ops');
  report.match('an absent account is gone with its home',
    await machine.inside('getent passwd svc.app || echo gone; ls /home'), /^gone\nops\n$/);
  const twice = await play(ansiblePlaybook, machine, { user: 'root', variables: narrowed });
  report.equal('the same again changes nothing but the caches',
    twice.changed, ['cleanup : Generalize the machine and remove the build user']);
}
