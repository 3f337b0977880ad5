import { type Report } from '../support/report';
import { cloudInitStatus, firstBoot, write, BUILD_USER } from './bake';
import { type Machine } from './machine';
import { play } from './play';

const USER = { name: 'ops' };
const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE9uZU9uZU9uZU9uZU9uZU9uZU9uZU9uZU9uZU9uZU9u ops@one';

/** What must be refused, with which words. The machine is the same for all: a refusal leaves it as it was. */
export async function refusals(ansiblePlaybook: string, machine: Machine, report: Report): Promise<void> {
  await firstBoot(machine);
  const before = await state(machine);
  const refuse = async (what: string, variables: object, message: RegExp) => {
    const refused = await play(ansiblePlaybook, machine, { user: 'root', variables: { cleanup_build_user: BUILD_USER, ...variables } });
    report.match(what, refused.status === 0 ? 'it was accepted' : refused.output.replace(/\s+/g, ' '), message);
    report.without(`${what}: nothing secret is printed`, refused.output, /PlantedPassword|PlantedKey/);
  };

  await refuse('the build user as a user of the image', { users_accounts: [{ name: BUILD_USER }] }, /packer logs in for the build and is removed at the end/);
  await refuse('keys of the build user', { ssh_keys_accounts: [{ name: BUILD_USER, keys: [KEY] }] }, /packer logs in for the build and is removed at the end/);
  await refuse('no word about the build user', { cleanup_build_user: undefined }, /missing required arguments: cleanup_build_user/);
  await refuse('root as the build user', { cleanup_build_user: 'root' }, /root cannot be removed/);
  await refuse('a build user that is no name', { cleanup_build_user: 'a b' }, /cleanup_build_user must be the name of the account.*It is: a b/);
  await refuse('an unknown time service', { base_time_service: 'ntpd' }, /base_time_service must be one of: auto, systemd-timesyncd, chrony, none, got: ntpd/);
  await refuse('a list that is none', { users_accounts: 'ops' }, /users_accounts/);
  await refuse('an unknown property of an account', { users_accounts: [{ ...USER, password: 'PlantedPassword' }] }, /users_accounts\.password\. Supported parameters include/);
  await refuse('two accounts of one name', { users_accounts: [USER, USER] }, /users_accounts: each name once/);
  await refuse('a name that is none', { users_accounts: [{ name: 'Op s' }] }, /users_accounts: each name once, of at most 32/);
  await refuse('a password instead of its hash', { users_accounts: [{ ...USER, password_hash: 'PlantedPassword' }] }, /password_hash is a hash as in \/etc\/shadow/);
  await refuse('sudo by a password that is not there', { users_accounts: [{ ...USER, sudo: 'password' }] }, /sudo: password needs a password_hash/);
  await refuse('removing root', { users_accounts: [{ name: 'root', state: 'absent' }] }, /root cannot be absent/);
  await refuse('a key that is none', { ssh_keys_accounts: [{ name: 'root', keys: [KEY, 'ssh-ed25519 not-base64'] }] }, /Not so: ssh-ed25519 not-base64/);
  await refuse('two keys in one', { ssh_keys_accounts: [{ name: 'root', keys: [`${KEY}\n${KEY}`] }] }, /each key one line/);
  await refuse('a private key', { ssh_keys_accounts: [{ name: 'root', keys: ['-----BEGIN OPENSSH PRIVATE KEY-----\nPlantedKey'] }] }, /Not so: -----BEGIN OPENSSH PRIVATE\.\.\./);

  cloudInitStatus(machine, 'error');
  await refuse('a first boot with errors', {}, /cloud-init finished with errors.*the planted failure/);
  cloudInitStatus(machine, 'running');
  await refuse('a first boot without end', { base_cloud_init_timeout: 1 }, /cloud-init is still running after 1 seconds \(base_cloud_init_timeout\)/);
  cloudInitStatus(machine, 'done');

  write(machine, 'etc/alpine-release', '3.23.4\n');
  await refuse('a family that is not supported', {}, /is of the family Alpine, which the role base does not support\. Supported: archlinux, debian, nixos, redhat\./);
  await machine.inside('rm /etc/alpine-release');

  report.equal('nothing was changed by what was refused', await state(machine), before);
  await refuse('a shell that is not there', { users_accounts: [{ ...USER, shell: '/bin/zsh' }] }, /the shell of ops is not in the image, and sshd lets nobody in without it/);
  await refuse('keys of nobody', { ssh_keys_accounts: [{ name: 'nobody-here', keys: [KEY] }] }, /there is no such account on this machine/);
  report.match('the machine keeps its identity all the while', (await machine.inside('cat /etc/machine-id; ls /etc/ssh')), /^[0-9a-f]{32}\n[^]*ssh_host_/);
}

/** What the first refusals must leave as it is. */
function state(machine: Machine): Promise<string> {
  return machine.inside('cat /etc/passwd /etc/shadow /etc/machine-id; ls /etc/ssh /etc/sudoers.d /var/lib/apt/lists /home; dpkg-query -W | md5sum');
}
