import { OsType, Size, guestos } from 'proxmox-constructs';

/** An operating system outside of lib/, as a user would write it: neither apt nor sudo nor Ansible, and an agent that is not there yet. */
export class Alpine implements guestos.ICloudImage {
  public readonly osName = 'alpine-3.23';
  public readonly osType = OsType.LINUX;
  public readonly guestSetup: guestos.GuestSetup;

  /** @param generalizeScript path of a script that takes the place of the package's own, which is for systemd */
  public constructor(generalizeScript?: string) {
    this.guestSetup = {
      installAgent: ['apk add --no-cache qemu-guest-agent', 'rc-service qemu-guest-agent start'],
      privilegeEscalation: guestos.PrivilegeEscalation.DOAS,
      generalizeScript,
    };
  }

  public bindCloudImage(): guestos.CloudImageConfig {
    return {
      url: 'https://mirror.example/alpine/v3.23/nocloud_alpine-3.23.4-x86_64-uefi-cloudinit-r0.qcow2',
      checksum: guestos.Checksum.sha512('a5'.repeat(64)),
      minimumDiskSize: Size.mebibytes(200),
    };
  }
}
