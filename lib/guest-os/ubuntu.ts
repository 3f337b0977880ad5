import { OsType, Size } from '../core';
import { Checksum } from './checksum';
import { CloudImageRelease } from './cloud-image-release';
import { DEBIAN_FAMILY } from './debian-family';
import { CloudImageConfig, GuestSetup, ICloudImage } from './operating-system';
import { checkRelease } from './validation';

const RELEASES = 'https://cloud-images.ubuntu.com/releases';

/**
 * Ubuntu Server.
 *
 * @see https://cloud-images.ubuntu.com/releases/
 */
export class Ubuntu implements ICloudImage {
  /** Ubuntu 24.04 LTS (Noble Numbat), image of 2026-07-05. */
  public static readonly V24_04 = Ubuntu.of('24.04', {
    url: `${RELEASES}/noble/release-20260705/ubuntu-24.04-server-cloudimg-amd64.img`,
    checksum: Checksum.sha256('ffe6203da54deeb6db5d2a98a83f9ec8e55f149d3f7ba622e1abe5fa966ee3d6'),
  });

  /** Ubuntu 22.04 LTS (Jammy Jellyfish), image of 2025-05-16. */
  public static readonly V22_04 = Ubuntu.of('22.04', {
    url: `${RELEASES}/jammy/release-20250516/ubuntu-22.04-server-cloudimg-amd64.img`,
    checksum: Checksum.sha256('a037d6d0299171ba62019f3c3f895eb902c271f8e9676cfe0f22e38070344579'),
  });

  /**
   * A release that is not shipped, or a newer image of one that is.
   * @param version version of Ubuntu, such as `26.04`
   * @param release where its image is
   */
  public static of(version: string, release: CloudImageRelease): Ubuntu {
    checkRelease('guestos.Ubuntu.of', version, release);
    return new Ubuntu(version, release);
  }

  public readonly osName: string;
  public readonly osType: OsType = OsType.LINUX;
  public readonly guestSetup: GuestSetup = DEBIAN_FAMILY;

  private constructor(version: string, private readonly release: CloudImageRelease) {
    this.osName = `ubuntu-${version}`;
  }

  public bindCloudImage(): CloudImageConfig {
    return { ...this.release, minimumDiskSize: this.release.minimumDiskSize ?? Size.gibibytes(4) };
  }
}
