import { OsType, Size } from '../core';
import { Checksum } from './checksum';
import { CloudImageRelease } from './cloud-image-release';
import { IInstallable, InstallationConfig, InstallationRequest } from './installable';
import { CloudImageConfig, GuestSetup, ICloudImage } from './operating-system';
import { REDHAT_FAMILY, isForX86_64V3, redhatInstallation } from './redhat-family';
import { checkRelease, requireIso } from './validation';

const MIRROR = 'https://dl.rockylinux.org/pub/rocky';

/**
 * Rocky Linux, as a cloud image in the variant `GenericCloud-Base` and installed from the boot ISO: XFS without LVM, SELinux enforcing, the
 * guest agent among the packages.
 *
 * Rocky Linux 10 needs a CPU with x86-64-v3, which is then the default of its templates; there is none for older CPUs. The images and ISOs of
 * a minor release move to https://dl.rockylinux.org/vault/rocky/ some time after the next one: take newer ones with `of`, or the same from there.
 *
 * An installation is that of `AlmaLinux`: minimal, of packages from the mirror that the ISO is from, by a kickstart file on a CD.
 *
 * @see https://rockylinux.org/download
 */
export class Rocky implements ICloudImage, IInstallable {
  /** Rocky Linux 10.2, image of 2026-05-25. */
  public static readonly V10 = Rocky.of('10', {
    url: `${MIRROR}/10.2/images/x86_64/Rocky-10-GenericCloud-Base-10.2-20260525.0.x86_64.qcow2`,
    checksum: Checksum.sha256('9fc9e9ff16888bb68ac39b0392e25c9c92684d50c85f1cce6ab549363bbc4b48'),
    iso: {
      url: `${MIRROR}/10.2/isos/x86_64/Rocky-10.2-x86_64-boot.iso`,
      checksum: Checksum.sha256('bf3a75907948563d0c11f3d1b8546ee9216e18a3ea2dc0a67eb4c45452e210f9'),
    },
  });

  /** Rocky Linux 9.8, image of 2026-05-25. */
  public static readonly V9 = Rocky.of('9', {
    url: `${MIRROR}/9.8/images/x86_64/Rocky-9-GenericCloud-Base-9.8-20260525.0.x86_64.qcow2`,
    checksum: Checksum.sha256('92c206cc6f790c61583247eefe87890f8828420662c17cacf247cec78ab4eec8'),
    iso: {
      url: `${MIRROR}/9.8/isos/x86_64/Rocky-9.8-x86_64-boot.iso`,
      checksum: Checksum.sha256('d6eeefdc8437c593d41a3150fcca4a734c55642ed472eecdda99720bb1370881'),
    },
  });

  /**
   * A release that is not shipped, or a newer image of one that is.
   * @param version version of Rocky Linux, such as `10`
   * @param release where its image and its ISO are; the boot ISO is the smallest that does
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
    const { url, checksum, minimumDiskSize } = this.release;
    return {
      url, checksum, minimumDiskSize: minimumDiskSize ?? Size.gibibytes(10), hasGuestAgent: true, needsX86_64V3: isForX86_64V3(this.osName) || undefined,
    };
  }

  public bindInstallation(request: InstallationRequest): InstallationConfig {
    const path = 'guestos.Rocky';
    const config = redhatInstallation(path, requireIso(path, this.release), MIRROR, request);
    return { ...config, needsX86_64V3: isForX86_64V3(this.osName) || undefined };
  }
}
