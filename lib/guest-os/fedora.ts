import { OsType, Size } from '../core';
import { Checksum } from './checksum';
import { CloudImageRelease } from './cloud-image-release';
import { CloudImageConfig, GuestSetup, ICloudImage } from './operating-system';
import { REDHAT_FAMILY } from './redhat-family';
import { checkRelease } from './validation';

const RELEASES = 'https://download.fedoraproject.org/pub/fedora/linux/releases';

/**
 * Fedora Cloud, in the variant `Base-Generic`: Btrfs, SELinux enforcing, the guest agent among the packages.
 *
 * A release has one image and never another; the first download leads to a mirror. Some time after its end of life, about 13 months, it is
 * only at https://archives.fedoraproject.org/pub/archive/fedora/linux/releases/ (take it from there with `of`).
 *
 * @see https://fedoraproject.org/cloud/download
 */
export class Fedora implements ICloudImage {
  /** Fedora 44. */
  public static readonly V44 = Fedora.of('44', {
    url: `${RELEASES}/44/Cloud/x86_64/images/Fedora-Cloud-Base-Generic-44-1.7.x86_64.qcow2`,
    checksum: Checksum.sha256('28680fe5b371a5a82ebf43a31926e086a168e59949d03969c5093e7071f90b7f'),
  });

  /** Fedora 43. */
  public static readonly V43 = Fedora.of('43', {
    url: `${RELEASES}/43/Cloud/x86_64/images/Fedora-Cloud-Base-Generic-43-1.6.x86_64.qcow2`,
    checksum: Checksum.sha256('846574c8a97cd2d8dc1f231062d73107cc85cbbbda56335e264a46e3a6c8ab2f'),
  });

  /**
   * A release that is not shipped.
   * @param version version of Fedora, such as `45`
   * @param release where its image is
   */
  public static of(version: string, release: CloudImageRelease): Fedora {
    checkRelease('guestos.Fedora.of', version, release);
    return new Fedora(version, release);
  }

  public readonly osName: string;
  public readonly osType: OsType = OsType.LINUX;
  public readonly guestSetup: GuestSetup = REDHAT_FAMILY;

  private constructor(version: string, private readonly release: CloudImageRelease) {
    this.osName = `fedora-${version}`;
  }

  public bindCloudImage(): CloudImageConfig {
    return { ...this.release, minimumDiskSize: this.release.minimumDiskSize ?? Size.gibibytes(5), hasGuestAgent: true };
  }
}
