import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Report } from '../support/report';
import { write } from './bake';
import { type Machine } from './machine';
import { play, type PlayResult } from './play';

const RELEASES = { 9: 'AlmaLinux release 9.8 (Olive Jaguar)\n', 10: 'AlmaLinux release 10.2 (Lavender Lion)\n' };
const PACKAGES = ['container-selinux', 'k3s-selinux', 'kernel-modules-extra'];
const UNIT = '[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n';

/**
 * What the role k3s does on RedHat's family only, as far as that can be seen here: a Debian that claims to be AlmaLinux, with the real dnf and rpm, and
 * repositories of empty packages, those of the policy signed by a key of their own. SELinux itself is not here.
 */
export async function k3sOnRedHat(ansiblePlaybook: string, machine: Machine, report: Report): Promise<void> {
  const sleep = sha256(fs.readFileSync(path.join(machine.root, 'usr/bin/sleep')));
  await repositories(machine);
  const key = Buffer.from(machine.read('/srv/k3s/public.key')!);
  const run = (variables: object): Promise<PlayResult> => play(ansiblePlaybook, machine, {
    user: 'root',
    playbook: path.join(__dirname, 'k3s.yml'),
    variables: {
      k3s_version: 'v1.30.0+k3s1',
      k3s_checksum: sleep,
      k3s_download_url: 'file:///srv/k3s',
      k3s_selinux_package: 'k3s-selinux-1.6-1',
      k3s_selinux_repository_url: 'file:///srv/k3s/signed',
      k3s_selinux_key_url: 'file:///srv/k3s/public.key',
      k3s_selinux_key_checksum: sha256(key),
      ...variables,
    },
  });
  const refuse = async (what: string, variables: object, message: RegExp) => {
    const refused = await run(variables);
    report.match(what, refused.status === 0 ? 'it was accepted' : refused.output.replace(/\s+/g, ' '), message);
    report.equal(`${what}: no policy`, await installed(machine), []);
  };

  claim(machine, 9);
  await refuse('another key than the one that is pinned', { k3s_selinux_key_checksum: '0'.repeat(64) }, /checksum for .*RPM-GPG-KEY-rancher.* did not match/);
  await refuse('a package that the key has not signed', { k3s_selinux_repository_url: 'file:///srv/k3s/unsigned' }, /Failed to validate GPG signature for k3s-selinux-1\.6-1\.noarch/);

  const first = await run({});
  report.match('EL 9: the role succeeds', first.status === 0 ? first.recap : first.output, /unreachable=0 +failed=0 /);
  report.equal('EL 9: nothing the second time', (await run({})).changed, []);
  report.equal('EL 9: the policies', await installed(machine), ['container-selinux-2.0', 'k3s-selinux-1.6']);
  report.equal('containers are confined', machine.read('/etc/rancher/k3s/config.yaml.d/10-selinux.yaml'), '# Written by the role k3s.\nselinux: true\n');
  report.equal('what disturbs is not started in clones', await machine.inside('systemctl is-enabled firewalld.service nm-cloud-setup.timer || true'), 'disabled\ndisabled\n');

  claim(machine, 10);
  await machine.inside('systemctl enable firewalld.service 2>/dev/null');
  const ten = await run({ k3s_firewall: 'keep' });
  report.equal('EL 10: modules of the kernel, and nothing else', [ten.status, ten.changed], [0, ['k3s : Install the modules of the kernel that are not in its package']]);
  report.equal('EL 10: they are there', await installed(machine), ['container-selinux-2.0', 'k3s-selinux-1.6', 'kernel-modules-extra-1']);
  report.equal('a firewall that is kept', await machine.inside('systemctl is-enabled firewalld.service || true'), 'enabled\n');
}

/** Makes Ansible take the machine for an AlmaLinux. */
function claim(machine: Machine, major: keyof typeof RELEASES): void {
  write(machine, 'etc/redhat-release', RELEASES[major]);
  write(machine, 'etc/os-release', `NAME="AlmaLinux"\nID="almalinux"\nVERSION_ID="${/\d+\.\d+/.exec(RELEASES[major])![0]}"\n`);
}

async function installed(machine: Machine): Promise<string[]> {
  return (await machine.inside(`rpm --query --queryformat '%{NAME}-%{VERSION}\\n' ${PACKAGES.join(' ')} | grep -v 'not installed' || true`)).split('\n').filter(Boolean).sort();
}

/** What the distribution has; what Rancher has, by its key; and the same without a signature. */
async function repositories(machine: Machine): Promise<void> {
  for (const [name, version] of [['container-selinux', '2.0'], ['k3s-selinux', '1.6'], ['kernel-modules-extra', '1']]) {
    write(machine, `/srv/k3s/${name}.spec`, [
      `Name: ${name}`, `Version: ${version}`, 'Release: 1', 'Summary: A stand-in', 'License: none', 'BuildArch: noarch', '%description', 'A stand-in.', '%files', '',
    ].join('\n'));
  }
  for (const unit of ['firewalld.service', 'nm-cloud-setup.service', 'nm-cloud-setup.timer']) {
    write(machine, `/usr/lib/systemd/system/${unit}`, unit.endsWith('.timer') ? '[Timer]\nOnBootSec=1\n[Install]\nWantedBy=timers.target\n' : UNIT);
  }
  write(machine, '/etc/yum.repos.d/distribution.repo', '[distribution]\nname=Distribution\nbaseurl=file:///srv/k3s/distribution\ngpgcheck=0\n');
  const made = await machine.ssh('root', `set -e
    export DEBIAN_FRONTEND=noninteractive GNUPGHOME=/srv/gnupg
    apt-get update -qq && apt-get install -qq -y --no-install-recommends createrepo-c dnf rpm gpg gpg-agent >/dev/null
    mkdir -p /etc/pki/rpm-gpg && mkdir -m 700 $GNUPGHOME
    gpg --batch --quiet --passphrase '' --quick-generate-key 'Planted key' rsa2048 sign never
    gpg --armor --export >/srv/k3s/public.key
    cd /srv/k3s && cp /usr/bin/sleep k3s
    for name in ${PACKAGES.join(' ')}; do
      folder=distribution; [ $name != k3s-selinux ] || folder=unsigned
      rpmbuild --quiet -bb --define "_rpmdir /srv/k3s/$folder" $name.spec
    done
    cp -r unsigned signed
    rpmsign --define '__gpg /usr/bin/gpg' --define '_gpg_name Planted key' --addsign signed/noarch/*.rpm >/dev/null
    for folder in distribution unsigned signed; do createrepo_c --quiet $folder; done
    gpgconf --kill all || true
    systemctl enable firewalld.service nm-cloud-setup.timer 2>/dev/null`);
  if (made.status !== 0) throw new Error(`the planted repositories: ${made.output}`);
}

function sha256(content: Buffer): string {
  return crypto.createHash('sha256').update(content).digest('hex');
}
