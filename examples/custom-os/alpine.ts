import { OsType, Size, guestos } from 'proxmox-constructs';

/** Alpine Linux: an operating system that the library does not ship, as one class. */
export class Alpine implements guestos.ICloudImage {
  public readonly osName = 'alpine-3.23';
  public readonly osType = OsType.LINUX;
  public readonly guestSetup: guestos.GuestSetup = {
    installAgent: [
      'apk add --no-cache qemu-guest-agent',
      'rc-update add qemu-guest-agent default',
      'rc-service qemu-guest-agent start',
    ],
    privilegeEscalation: guestos.PrivilegeEscalation.DOAS,
  };

  public bindCloudImage(): guestos.CloudImageConfig {
    return {
      url: 'https://dl-cdn.alpinelinux.org/alpine/v3.23/releases/cloud/nocloud_alpine-3.23.4-x86_64-uefi-cloudinit-r0.qcow2',
      checksum: guestos.Checksum.sha512(
        // From the file …-r0.qcow2.sha512 beside the image.
        '849196e26640b33fb1f106d46cebdf341c715f7f49363564eacece8097464b6af7041618e94c4eb1a006394663252a86c0fb3158fee5d0ffb094899730679a71',
      ),
      minimumDiskSize: Size.gibibytes(1),
    };
  }
}
