import { GuestSetup } from './operating-system';

/**
 * What Debian's and Ubuntu's cloud images have in common: no guest agent, cloud-init, systemd, apt.
 *
 * The image's own unattended upgrade may hold apt's lock in the first minutes; apt waits for it.
 */
export const DEBIAN_FAMILY: GuestSetup = {
  installAgent: [
    'export DEBIAN_FRONTEND=noninteractive',
    'apt-get -o DPkg::Lock::Timeout=300 update',
    'apt-get -o DPkg::Lock::Timeout=300 install --yes --no-install-recommends qemu-guest-agent cloud-init cloud-guest-utils',
    'systemctl start qemu-guest-agent.service',
  ],
  ansibleSupported: true,
};
