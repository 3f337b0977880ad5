import { OsType, Size } from '../core';
import { Checksum } from './checksum';
import { CloudImageRelease } from './cloud-image-release';
import { DEBIAN_FAMILY } from './debian-family';
import { CloudImageConfig, GuestSetup, ICloudImage } from './operating-system';
import { checkRelease } from './validation';

const IMAGES = 'https://cloud.debian.org/images/cloud';

/**
 * Debian, in the variant `genericcloud`: small, with a kernel for virtual machines that knows no AHCI and no IDE (so every drive it is
 * to see stands on SCSI).
 *
 * @see https://cloud.debian.org/images/cloud/
 */
export class Debian implements ICloudImage {
  /** Debian 13 (trixie), image of 2026-07-12. */
  public static readonly V13 = Debian.of('13', {
    url: `${IMAGES}/trixie/20260712-2537/debian-13-genericcloud-amd64-20260712-2537.qcow2`,
    checksum: Checksum.sha512('7ae53e9dbee282bfc16f289dec483dde3a8598769c38a267948310f7a2a52c662620198603bc52c142627efba379863d16079698a10b34102d55bcedd40e8d32'),
  });

  /** Debian 12 (bookworm), image of 2026-09-23. */
  public static readonly V12 = Debian.of('12', {
    url: `${IMAGES}/bookworm/20260923-2610/debian-12-genericcloud-amd64-20260923-2610.qcow2`,
    checksum: Checksum.sha512('3d94c9dd66d8a283fde060b8810373b7ae04038b956ee00d553d1ae564f6fbdeaa2fd6e7404e87e53348b5a9509170f3ea7c0731ba737590c5c4cb8d559a47f8'),
  });

  /**
   * A release that is not shipped, or a newer image of one that is.
   * @param version version of Debian, such as `14`
   * @param release where its image is
   */
  public static of(version: string, release: CloudImageRelease): Debian {
    checkRelease('guestos.Debian.of', version, release);
    return new Debian(version, release);
  }

  public readonly osName: string;
  public readonly osType: OsType = OsType.LINUX;
  public readonly guestSetup: GuestSetup = DEBIAN_FAMILY;

  private constructor(version: string, private readonly release: CloudImageRelease) {
    this.osName = `debian-${version}`;
  }

  public bindCloudImage(): CloudImageConfig {
    return { ...this.release, minimumDiskSize: this.release.minimumDiskSize ?? Size.gibibytes(3) };
  }
}
