import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Machine } from './machine';

/** The account that a bake logs in with. */
export const BUILD_USER = 'packer';

/** Hash of its one-time password; must be nowhere afterwards. */
export const BUILD_HASH = '$2b$10$PlantedHashOfTheBuildUserPlantedHashOfTheBuildUserPla';

/**
 * Brings a machine to where a bake finds it: cloud-init has made the build user from a seed, and the first boot,
 * the network and the work of the build have left their traces.
 */
export async function firstBoot(machine: Machine): Promise<void> {
  write(machine, 'etc/sudoers.d/90-cloud-init-users',
    `# Created by cloud-init v. 22.4.2 on Fri, 21 Nov 2026 10:00:00 +0000\n\n# User rules for ${BUILD_USER}\n${BUILD_USER} ALL=(ALL) NOPASSWD:ALL\n`, 0o440);
  write(machine, 'etc/ssh/sshd_config.d/50-cloud-init.conf', 'PasswordAuthentication yes\n');
  write(machine, 'etc/netplan/50-cloud-init.yaml', 'network:\n  version: 2\n  ethernets:\n    eth0:\n      dhcp4: true\n');
  write(machine, 'etc/netplan/90-default.yaml', 'network:\n  version: 2\n  ethernets:\n    all-en:\n      match: {name: "en*"}\n      dhcp4: true\n');
  write(machine, 'etc/netplan/10-bridge.yaml', 'network:\n  version: 2\n');
  write(machine, 'etc/network/interfaces', 'source /etc/network/interfaces.d/*\nauto lo ens18\niface lo inet loopback\niface ens18 inet dhcp\n');
  write(machine, 'etc/cloud/cloud.cfg.d/99-installer.cfg', 'datasource_list: [None]\n');
  write(machine, 'etc/hosts', '127.0.0.1 localhost\n127.0.1.1 build-host\n');
  write(machine, 'etc/hostname', 'build-host\n');
  write(machine, 'var/lib/dhcp/dhclient.eth0.leases', 'lease { fixed-address 10.0.0.7; }\n');
  write(machine, 'var/lib/systemd/random-seed', 'seed');
  write(machine, 'var/lib/cloud/instances/iid-1/user-data.txt', `#cloud-config\nusers: [{name: ${BUILD_USER}, hashed_passwd: "${BUILD_HASH}"}]\n`, 0o600);
  write(machine, 'var/lib/cloud/data/instance-id', 'iid-1\n');
  write(machine, 'var/lib/cloud/seed/nocloud/meta-data', 'instance-id: iid-1\n');
  write(machine, 'var/log/cloud-init.log', 'a log\n');
  write(machine, 'var/log/cloud-init-output.log', 'a log\n');
  write(machine, 'var/log/syslog', 'a log\n', 0o640);
  write(machine, 'var/log/syslog.1', 'an old log\n');
  write(machine, 'var/log/apt/history.log.1.gz', 'an old log');
  write(machine, 'var/log/journal/0123456789abcdef0123456789abcdef/system.journal', 'a journal');
  write(machine, 'var/log/installer/autoinstall-user-data', BUILD_HASH);
  write(machine, 'root/.bash_history', 'a secret command\n');
  write(machine, 'root/.ssh/authorized_keys', `command="echo 'Please login as the user \\"${BUILD_USER}\\" rather than the user \\"root\\".'" ${machine.publicKey}\n`, 0o600);
  write(machine, 'tmp/left-by-a-role', 'x');
  write(machine, 'var/tmp/.hidden-left-by-a-role', 'x');
  await machine.inside(`
    useradd --create-home --shell /bin/bash --groups adm --password '${BUILD_HASH}' ${BUILD_USER}
    mkdir -p /home/${BUILD_USER}/.ssh /var/spool/cron/crontabs
    echo '${machine.publicKey}' >/home/${BUILD_USER}/.ssh/authorized_keys
    echo 'a secret command' >/home/${BUILD_USER}/.bash_history
    chown -R ${BUILD_USER}:${BUILD_USER} /home/${BUILD_USER}
    echo '@daily true' >/var/spool/cron/crontabs/${BUILD_USER}
    cp -p /etc/shadow /etc/shadow-
    mkdir -p /var/backups && cp -p /etc/shadow /var/backups/shadow.bak
    echo 0123456789abcdef0123456789abcdef >/etc/machine-id
    rm -f /var/lib/dbus/machine-id && cp /etc/machine-id /var/lib/dbus/machine-id
    [ -e /etc/ssh/ssh_host_ed25519_key ] || ssh-keygen -q -A`);
  cloudInitStatus(machine, 'done');
}

/** Files by which `cloud-init status` judges: finished well, finished with errors, or still running. */
export function cloudInitStatus(machine: Machine, state: 'done' | 'error' | 'running'): void {
  const errors = state === 'error' ? ['package_update_upgrade_install: the planted failure'] : [];
  const stage = { errors, recoverable_errors: {}, start: 1, finished: state === 'running' ? null : 2 };
  const stages = { 'init-local': { ...stage, errors: [] }, 'init': { ...stage, errors: [] }, 'modules-config': { ...stage, errors: [] }, 'modules-final': stage };
  write(machine, 'run/cloud-init/status.json', JSON.stringify({
    v1: { ...stages, datasource: 'DataSourceNoCloud [seed=/dev/sr0]', stage: state === 'running' ? 'modules-final' : null },
  }));
  write(machine, 'run/cloud-init/result.json', JSON.stringify({ v1: { datasource: 'DataSourceNoCloud', errors } }));
  if (state === 'running') fs.rmSync(path.join(machine.root, 'run/cloud-init/result.json'));
}

/** Writes a file of root's inside, with the folders above it. */
export function write(machine: Machine, file: string, content: string, mode = 0o644): void {
  const full = path.join(machine.root, file);
  fs.mkdirSync(path.dirname(full), { recursive: true });
  fs.rmSync(full, { force: true });
  fs.writeFileSync(full, content, { mode });
  fs.chmodSync(full, mode);
}
