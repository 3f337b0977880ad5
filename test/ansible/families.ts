import * as path from 'node:path';
import { type Report } from '../support/report';
import { write } from './bake';
import { archRepository, redHatRepository } from './families-packages';
import { type Machine } from './machine';
import { play, type PlayResult } from './play';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE9uZU9uZU9uZU9uZU9uZU9uZU9uZU9uZU9uZU9uZU9u ops@one';
const OPS = { name: 'ops', groups: ['adm'], sudo: 'nopasswd' };
const VARIABLES = { cleanup_build_user: '', users_accounts: [OPS], ssh_keys_accounts: [{ name: 'ops', keys: [KEY] }] };

/** What makes Ansible take a machine for one of another distribution: the files that it reads for that. */
const CLAIMS = {
  alma: { 'etc/redhat-release': 'AlmaLinux release 9.6 (Sage Margay)\n', 'etc/os-release': 'NAME="AlmaLinux"\nID="almalinux"\nVERSION_ID="9.6"\n' },
  arch: { 'etc/arch-release': '', 'etc/os-release': 'NAME="Arch Linux"\nID=arch\n' },
  nixos: { 'etc/os-release': 'NAME=NixOS\nID=nixos\nVERSION_ID="25.11"\n' },
};

/**
 * The other families, as far as that can be seen here: a Debian that claims to be another system, with that system's real package
 * manager from Debian's archive, and a repository of packages that have the names and the services of the real ones, and nothing in them.
 */
export async function families(ansiblePlaybook: string, machine: Machine, report: Report): Promise<void> {
  const run = (variables: object): Promise<PlayResult> => play(ansiblePlaybook, machine, {
    user: 'root', variables: { ...VARIABLES, ...variables }, arguments: ['--skip-tags=cleanup'],
  });
  const refuse = async (what: string, variables: object, message: RegExp) => {
    const refused = await run(variables);
    report.match(what, refused.status === 0 ? 'it was accepted' : refused.output.replace(/\s+/g, ' '), message);
    report.equal(`${what}: nothing is changed`, refused.changed, []);
  };
  const twice = async (family: string, variables: object, expected: string[]) => {
    const first = await run(variables);
    report.match(`${family}: the play succeeds`, first.status === 0 ? first.recap : first.output, /unreachable=0 +failed=0 /);
    report.equal(`${family}: what it changes`, first.changed, expected);
    report.equal(`${family}: nothing the second time`, (await run(variables)).changed, []);
  };
  const accounts = ['users : Set up the account', 'users : Let the account use sudo', 'users : Put the account into its groups', 'ssh_keys : Make the directory of the keys', 'ssh_keys : Write the keys'];
  const claim = async (files: { [name: string]: string }) => {
    await machine.inside('rm -f /etc/os-release /etc/redhat-release /etc/arch-release /etc/sudoers.d/60-users-ops; userdel -f -r ops >/dev/null 2>&1 || true');
    for (const [name, content] of Object.entries(files)) write(machine, name, content);
  };

  await withoutPython(ansiblePlaybook, machine, report);
  await machine.inside('DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
    createrepo-c dnf pacman-package-manager rpm >/dev/null');

  report.section(`${report.title}: RedHat, with the real dnf`);
  await redHatRepository(machine);
  await claim(CLAIMS.alma);
  await refuse('a time service that is not in the repositories', { base_time_service: 'systemd-timesyncd' }, /the repositories of AlmaLinux do not have: set it to chrony/);
  await twice('RedHat', { base_extra_packages: ['less'], base_upgrade: true },
    ['base : Upgrade all packages', 'base : Install packages', 'base : Enable the time service', 'base : Enable the guest agent', ...accounts]);
  report.equal('RedHat: packages, upgraded, and none that is only recommended', await machine.inside("rpm --query --all --queryformat '%{NAME}-%{VERSION}\\n' | sort"),
    'ca-certificates-1\nchrony-1\ncloud-init-1\ncloud-utils-growpart-1\ncurl-minimal-1\nless-1\nold-2\npython3-1\nqemu-guest-agent-1\nsudo-1\n');
  report.equal('RedHat: services', await machine.inside('systemctl is-enabled chronyd qemu-guest-agent'), 'enabled\nenabled\n');

  report.section(`${report.title}: Arch, with the real pacman`);
  await archRepository(machine);
  await claim(CLAIMS.arch);
  await twice('Arch', { base_time_service: 'chrony' }, [
    'base : Refresh the package lists, and the keyring first', 'base : Upgrade all packages and install the missing ones',
    'base : Let one service keep the clock', 'base : Enable the time service', 'base : Enable the guest agent', ...accounts,
  ]);
  report.equal('Arch: packages, everything upgraded', await machine.inside('pacman --query'),
    'archlinux-keyring 1-1\nca-certificates 1-1\nchrony 1-1\ncloud-guest-utils 1-1\ncloud-init 1-1\ncurl 1-1\nold 2-1\npython 1-1\nqemu-guest-agent 1-1\nsudo 1-1\n');
  write(machine, 'var/lib/pacman/db.lck', '');
  await refuse('a pacman that does not end', { base_lock_timeout: 1 }, /db\.lck is still there after 1 seconds \(base_lock_timeout\)/);
  await machine.inside('rm /var/lib/pacman/db.lck');

  report.section(`${report.title}: NixOS`);
  await claim(CLAIMS.nixos);
  await refuse('accounts', {}, /write in configuration\.nix: .*users\.users\."ops" = \{ isNormalUser = true; extraGroups = \[ "adm" \]; \};.*security\.sudo\.extraRules/);
  const nothing = { users_accounts: [], ssh_keys_accounts: [] };
  await refuse('packages', { ...nothing, base_extra_packages: ['htop'], base_time_service: 'chrony' },
    /Instead of base_extra_packages, base_time_service, write in configuration\.nix: environment\.systemPackages = with pkgs; \[ htop \]; services\.chrony\.enable = true;/);
  await machine.inside('rm -f /etc/systemd/system/qemu-guest-agent.service');
  await refuse('a configuration without the guest agent', nothing, /services\.qemuGuest\.enable = true; services\.cloud-init\.enable = true;/);
  for (const unit of ['qemu-guest-agent', 'cloud-final']) write(machine, `etc/systemd/system/${unit}.service`, '[Service]\nExecStart=/bin/true\n');
  await machine.inside('useradd --create-home ops');
  await twice('NixOS', { ...VARIABLES, users_accounts: [] }, ['ssh_keys : Make the directory of the keys', 'ssh_keys : Write the keys']);
  const { output } = await play(ansiblePlaybook, machine, { user: 'root', variables: { ...VARIABLES, users_accounts: [] } });
  report.match('the cleanup is that for NixOS, which this is not', output, /generalize: this is not NixOS/);
}

/** Python comes before everything else, from the real archive. */
async function withoutPython(ansiblePlaybook: string, machine: Machine, report: Report): Promise<void> {
  await machine.inside("apt-get update -qq; DEBIAN_FRONTEND=noninteractive apt-get purge -qq -y --auto-remove python3 python3-minimal 'libpython3*' >/dev/null");
  report.equal('there is no Python', (await machine.inside('command -v python3 || echo none')).trim(), 'none');
  const first = await play(ansiblePlaybook, machine, { user: 'root', variables: {}, playbook: path.join(__dirname, 'python.yml') });
  report.match('it is installed', first.status === 0 ? first.recap : first.output, /changed=1 +unreachable=0 +failed=0 /);
  report.equal('by one task', first.changed, ['python : Install Python where it is missing']);
}
