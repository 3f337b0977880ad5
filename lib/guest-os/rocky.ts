import { OsType, Size } from '../core';
import { Checksum } from './checksum';
import { CloudImageRelease } from './cloud-image-release';
import { CloudImageConfig, GuestSetup, ICloudImage } from './operating-system';
import { REDHAT_FAMILY, isForX86_64V3 } from './redhat-family';
import { checkRelease } from './validation';

const RELEASES = 'https://dl.rockylinux.org/pub/rocky';

/**
 * Rocky Linux, in the variant `GenericCloud-Base`: XFS without LVM, SELinux enforcing, the guest agent among the packages.
 *
 * Rocky Linux 10 needs a CPU with x86-64-v3, which is then the default of its templates; there is no image for older CPUs. The images of a
 * minor release move to https://dl.rockylinux.org/vault/rocky/ some time after the next one: take a newer image with `of`, or the same from there.
 *
 * @see https://rockylinux.org/download
 */
export class Rocky implements ICloudImage {
  /** Rocky Linux 10.2, image of 2026-05-25. */
  public static readonly V10 = Rocky.of('10', {
    url: `${RELEASES}/10.2/images/x86_64/Rocky-10-GenericCloud-Base-10.2-20260525.0.x86_64.qcow2`,
    checksum: Checksum.sha256('9fc9e9ff16888bb68ac39b0392e25c9c92684d50c85f1cce6ab549363bbc4b48'),
  });

  /** Rocky Linux 9.8, image of 2026-05-25. */
  public static readonly V9 = Rocky.of('9', {
    url: `${RELEASES}/9.8/images/x86_64/Rocky-9-GenericCloud-Base-9.8-20260525.0.x86_64.qcow2`,
    checksum: Checksum.sha256('92c206cc6f790c61583247eefe87890f8828420662c17cacf247cec78ab4eec8'),
  });

  /**
   * A release that is not shipped, or a newer image of one that is.
   * @param version version of Rocky Linux, such as `10`
   * @param release where its image is
   */
  public static of(version: string, release: CloudImageRelease): Rocky {
    checkRelease('guestos.Rocky.of', version, release);
    return new Rocky(version, release);
  }

  public readonly osName: string;
  public readonly osType: OsType = OsType.LINUX;
  public readonly guestSetup: GuestSetup = REDHAT_FAMILY;

  private constructor(version: string, private readonly release: CloudImageRelease) {
    this.osName = `rocky-${version}`;
  }

  public bindCloudImage(): CloudImageConfig {
    return {
      ...this.release,
      minimumDiskSize: this.release.minimumDiskSize ?? Size.gibibytes(10),
      hasGuestAgent: true,
      needsX86_64V3: isForX86_64V3(this.osName) || undefined,
    };
  }
}
