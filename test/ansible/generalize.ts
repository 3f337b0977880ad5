import * as fs from 'node:fs';
import * as path from 'node:path';
import { run, type Outcome } from '../../tools';
import { type Report } from '../support/report';
import { BUILD_USER, firstBoot, write } from './bake';
import { generalized } from './golden-image';
import { LEFTOVERS, type Leftovers } from './installer-leftovers';
import { type Machine } from './machine';
import { ANSIBLE } from './play';

const SCRIPT = path.join(ANSIBLE, 'roles/cleanup/files/generalize.sh');

/** The script without Ansible, in the steps of Packer's shell provisioner: upload, chmod, run, remove, all on one connection. */
export async function generalizeByScript(machine: Machine, report: Report): Promise<void> {
  await firstBoot(machine);
  const command = `sudo -n env BUILD_USER=${BUILD_USER} KEEP='/etc/netplan/10-*' TRIM=no sh /tmp/script_1234.sh`;
  await machine.upload(BUILD_USER, SCRIPT, '/tmp/script_1234.sh');
  await machine.ssh(BUILD_USER, 'chmod 0755 /tmp/script_1234.sh');

  const terminal = await run('ssh', ['-tt', ...machine.sshOptions, '-p', String(machine.port), `${BUILD_USER}@127.0.0.1`, command], { timeoutSeconds: 120 });
  report.match('on a terminal it refuses to remove its own account', terminal.output, /started on a terminal of packer, whose connection would break/);
  report.match('and leaves everything as it was', await machine.inside('cat /etc/machine-id; id -un packer; ls /etc/ssh'), /^[0-9a-f]{32}\npacker\n[^]*ssh_host_/);

  const done = await machine.ssh(BUILD_USER, command);
  report.equal('it succeeds without a terminal', [done.status, done.stderr], [0, '']);
  report.match('and says what it removed', done.stdout, /^removed the account packer$/m);
  const afterwards = await machine.ssh(BUILD_USER, 'rm -f /tmp/script_1234.sh');
  report.equal('the connection still takes the next command, as Packer gives one', afterwards.status, 0);
  const keys = await machine.ssh(BUILD_USER, "sed -i.bak '/ packer_ephemeral$/d' ~/.ssh/authorized_keys; rm ~/.ssh/authorized_keys.bak; sudo -n true");
  report.without("and Packer's removal of its ephemeral key fails without ending the connection", String(keys.status), /^255$/);
  await machine.disconnect(BUILD_USER);
  report.equal('nobody logs in as the build user any more', (await machine.ssh(BUILD_USER, 'true')).status, 255);
  await machine.inside(': >/var/log/btmp'); // the login that was just refused
  await generalized(machine, report);

  fs.copyFileSync(SCRIPT, path.join(machine.root, 'run/rig/generalize.sh'));
  const again = await machine.ssh('root', `BUILD_USER=${BUILD_USER} KEEP='/etc/netplan/10-*' TRIM=no sh /run/rig/generalize.sh`);
  report.equal('a second run finds nothing to do', [again.status, again.output], [0, '']);
}

/**
 * A root filesystem with busybox alone, and the script in it: runs the script there.
 *
 * Debian's busybox has no deluser, so a stand-in of two lines takes its place.
 */
async function busyboxRoot(machine: Machine, root: string): Promise<() => Promise<Outcome>> {
  await machine.inside(`
    mkdir -p ${root}/bin ${root}/etc ${root}/home/${BUILD_USER}/.ssh ${root}/root ${root}/tmp ${root}/dev
    cd ${root}
    cp -a /dev/null dev/null
    cp /bin/busybox bin/busybox
    chroot . /bin/busybox --install -s /bin
    printf 'root:x:0:0:root:/root:/bin/sh\\n${BUILD_USER}:x:1000:1000::/home/${BUILD_USER}:/bin/sh\\n' >etc/passwd
    printf 'root:x:0:\\n${BUILD_USER}:x:1000:\\n' >etc/group
    printf '#!/bin/sh\\nsed -i "/^$1:/d" /etc/passwd; sed -i "/^$1:/d" /etc/group\\n' >bin/deluser
    chmod 755 bin/deluser
    printf 'build-host\\n' >etc/hostname
    chown -R 1000:1000 home/${BUILD_USER}`);
  fs.copyFileSync(SCRIPT, path.join(machine.root, root, 'generalize.sh'));
  return () => run('chroot', [path.join(machine.root, root), '/bin/sh', '/generalize.sh'], {
    env: { BUILD_USER, TRIM: 'no', KEEP: undefined, SUDO_USER: undefined },
  });
}

/** The same script where there is neither systemd nor sudo nor bash, nor any other tool than busybox's; and what installers leave. */
export async function generalizeOnBusybox(machine: Machine, report: Report): Promise<void> {
  const root = '/srv/busybox';
  const generalize = await busyboxRoot(machine, root);
  await machine.inside(`
    cd ${root}
    mkdir -p etc/ssh etc/doas.d etc/apk etc/network var/log var/cache/apk var/lib/dbus var/lib/seedrng var/lib/dhcpcd
    printf 'permit persist :wheel\\npermit nopass ${BUILD_USER}\\n' >etc/doas.d/doas.conf
    printf 'permit nopass keepenv ${BUILD_USER} as root\\n' >etc/doas.d/build.conf
    printf 'auto eth0\\niface eth0 inet dhcp\\n' >etc/network/interfaces
    printf '0123456789abcdef0123456789abcdef\\n' | tee etc/machine-id >var/lib/dbus/machine-id
    touch etc/ssh/ssh_host_ed25519_key etc/ssh/ssh_host_ed25519_key.pub var/cache/apk/APKINDEX.1.tar.gz home/${BUILD_USER}/.ash_history
    echo seed >var/lib/seedrng/seed.credit
    echo duid >var/lib/dhcpcd/duid
    echo log >var/log/messages
    touch 'tmp/with a blank'`);
  const once = await generalize();
  report.equal('it succeeds with busybox alone', [once.status, once.stderr], [0, '']);
  report.equal('accounts', machine.read(`${root}/etc/passwd`), 'root:x:0:0:root:/root:/bin/sh\n');
  report.equal('groups', machine.read(`${root}/etc/group`), 'root:x:0:\n');
  report.equal('homes', machine.list(`${root}/home`), []);
  report.equal('rules of doas', machine.list(`${root}/etc/doas.d`).map((name) => machine.read(`${root}/etc/doas.d/${name}`)), ['permit persist :wheel\n']);
  report.equal('without systemd no machine id: whoever needs one makes it', [machine.list(`${root}/var/lib/dbus`), machine.read(`${root}/etc/machine-id`)], [[], undefined]);
  report.equal('what else was there', ['etc/ssh', 'var/cache/apk', 'var/lib/seedrng', 'var/lib/dhcpcd', 'tmp'].flatMap((folder) => machine.list(`${root}/${folder}`)), []);
  report.equal('logs', machine.read(`${root}/var/log/messages`), '');
  report.equal('name and network', [machine.read(`${root}/etc/hostname`), machine.read(`${root}/etc/network/interfaces`)], ['localhost\n', 'auto lo\niface lo inet loopback\n']);
  const twice = await generalize();
  report.equal('a second run finds nothing to do', [twice.status, twice.output], [0, '']);
  for (const [i, leftovers] of LEFTOVERS.entries()) await cleanLeftovers(machine, `/srv/leftovers-${i}`, leftovers, report);
}

/** What the script says on every machine, at the end of which only the name of the host and the build user are to go. */
const ALWAYS = ['wrote /etc/hostname', `removed the account ${BUILD_USER}`, `removed /home/${BUILD_USER}`];

/** A system with systemd and SELinux, of which only the files are there that an installer, the build and the distribution have put. */
async function cleanLeftovers(machine: Machine, root: string, { family, files, said }: Leftovers, report: Report): Promise<void> {
  const generalize = await busyboxRoot(machine, root);
  write(machine, `${root}/usr/lib/systemd/systemd`, '', 0o755);
  write(machine, `${root}/etc/machine-id`, '');
  write(machine, `${root}/sys/fs/selinux/enforce`, '1');
  write(machine, `${root}/bin/restorecon`, '#!/bin/sh\necho "$*" >>/relabelled\n', 0o755);
  for (const [file, text] of Object.entries(files)) write(machine, `${root}/${file}`, text);

  const once = await generalize();
  report.equal(`${family}: it succeeds`, [once.status, once.stderr], [0, '']);
  report.equal(`${family}: it says what it changed, and nothing else`, once.stdout.trimEnd().split('\n').sort(), [...said, ...ALWAYS].sort());
  const own = Object.keys(files).filter((file) => !files[file].includes('rubbish') && !files[file].startsWith(BUILD_USER));
  report.equal(`${family}: what is the system's own is there`, own.filter((file) => machine.read(`${root}/${file}`) === undefined), []);
  report.equal(`${family}: what was left is not`, await machine.inside(`cd ${root}; grep -rlE 'rubbish|^${BUILD_USER} ' . --exclude=busybox --exclude=generalize.sh || true`), '');
  report.equal(`${family}: no file is without its context of SELinux`, machine.read(`${root}/relabelled`), '-R /etc\n-R /root\n');
  report.equal(`${family}: /etc/machine-id is there and empty`, machine.read(`${root}/etc/machine-id`), '');
  const twice = await generalize();
  report.equal(`${family}: a second run finds nothing to do`, [twice.status, twice.output], [0, '']);
}
