import { OsType, Size } from '../core';
import { Checksum } from './checksum';
import { CloudImageRelease } from './cloud-image-release';
import { CloudImageConfig, GuestSetup, ICloudImage, PrivilegeEscalation } from './operating-system';
import { checkRelease } from './validation';

const IMAGES = 'https://dl-cdn.alpinelinux.org/alpine';

/** All of it may be repeated: OpenRC only says that a service is there already. */
const SETUP: GuestSetup = {
  installAgent: [
    'apk add --no-cache qemu-guest-agent cloud-init doas',
    'rc-update add qemu-guest-agent default',
    'rc-service qemu-guest-agent start',
  ],
  privilegeEscalation: PrivilegeEscalation.DOAS,
};

/**
 * Alpine Linux, in the variant for NoCloud with UEFI and cloud-init: OpenRC, busybox, doas. No loader or kernel is signed, so leave
 * `secureBoot` off.
 *
 * Its cloud-init lets the user that a cloud-init drive describes become root only where that user is `alpine`. So at a fixed address say
 * `buildUser: 'alpine'`; with DHCP, the default, the library's own seed allows any build user.
 *
 * @see https://alpinelinux.org/cloud/
 */
export class Alpine implements ICloudImage {
  /** Alpine Linux 3.23.4. */
  public static readonly V3_23 = Alpine.of('3.23', {
    url: `${IMAGES}/v3.23/releases/cloud/nocloud_alpine-3.23.4-x86_64-uefi-cloudinit-r0.qcow2`,
    checksum: Checksum.sha512('849196e26640b33fb1f106d46cebdf341c715f7f49363564eacece8097464b6af7041618e94c4eb1a006394663252a86c0fb3158fee5d0ffb094899730679a71'),
  });

  /** Alpine Linux 3.22.4. */
  public static readonly V3_22 = Alpine.of('3.22', {
    url: `${IMAGES}/v3.22/releases/cloud/nocloud_alpine-3.22.4-x86_64-uefi-cloudinit-r0.qcow2`,
    checksum: Checksum.sha512('1b8743fccfd92d8b690e5a75972bebe5d6826b2ea94bc7c71ede3a2a39a5535cbb4e49a6a3f42852d1e05d63076c6f1fbc29ddbb63d766101eaa9dadcaebbb1f'),
  });

  /**
   * A release that is not shipped, or a newer image of one that is.
   * @param version version of Alpine Linux, such as `3.24`
   * @param release where its image is
   */
  public static of(version: string, release: CloudImageRelease): Alpine {
    checkRelease('guestos.Alpine.of', version, release);
    return new Alpine(version, release);
  }

  public readonly osName: string;
  public readonly osType: OsType = OsType.LINUX;
  public readonly guestSetup: GuestSetup = SETUP;

  private constructor(version: string, private readonly release: CloudImageRelease) {
    this.osName = `alpine-${version}`;
  }

  public bindCloudImage(): CloudImageConfig {
    return { ...this.release, minimumDiskSize: this.release.minimumDiskSize ?? Size.gibibytes(1) };
  }
}
