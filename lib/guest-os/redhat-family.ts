import { GuestSetup } from './operating-system';

const PACKAGES = 'qemu-guest-agent cloud-init cloud-utils-growpart';

/**
 * What the cloud images of AlmaLinux, Rocky Linux and Fedora have in common: cloud-init, systemd, dnf, sudo, SELinux enforcing.
 *
 * Nothing is downloaded where an image has all of it. dnf waits by itself for another dnf. The rules of the agent's package start the
 * agent at every boot; what is started here is the first time. Their kernels see no CD on IDE or SATA, so every drive stands on SCSI.
 */
export const REDHAT_FAMILY: GuestSetup = {
  installAgent: [
    `rpm --query --quiet ${PACKAGES} || dnf --assumeyes --setopt=install_weak_deps=False install ${PACKAGES}`,
    'systemctl enable qemu-guest-agent.service',
    'systemctl start qemu-guest-agent.service',
  ],
};

/** Whether a release of AlmaLinux or Rocky Linux is built for x86-64-v3, as Red Hat Enterprise Linux is since 10. */
export function isForX86_64V3(osName: string): boolean {
  return Number(/-(\d+)/.exec(osName)?.[1] ?? 0) >= 10;
}
