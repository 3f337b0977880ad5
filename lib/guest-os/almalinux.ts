import { OsType, Size } from '../core';
import { Checksum } from './checksum';
import { CloudImageRelease } from './cloud-image-release';
import { CloudImageConfig, GuestSetup, ICloudImage } from './operating-system';
import { REDHAT_FAMILY, isForX86_64V3 } from './redhat-family';
import { checkRelease } from './validation';

const IMAGES = 'https://repo.almalinux.org/almalinux';

/**
 * AlmaLinux, in the variant `GenericCloud`: XFS, SELinux enforcing, the guest agent installed and enabled.
 *
 * AlmaLinux 10 needs a CPU with x86-64-v3, which is then the default of its templates. The vendor builds it for older CPUs too:
 * `AlmaLinux.V10_X86_64_V2`. The images of a minor release move to https://vault.almalinux.org/ some time after the next one: take a newer
 * image with `of`, or the same from there.
 *
 * @see https://wiki.almalinux.org/cloud/Generic-cloud.html
 */
export class AlmaLinux implements ICloudImage {
  /** AlmaLinux 10.2 for CPUs with x86-64-v3, image of 2026-05-26. */
  public static readonly V10 = AlmaLinux.of('10', {
    url: `${IMAGES}/10.2/cloud/x86_64/images/AlmaLinux-10-GenericCloud-10.2-20260526.0.x86_64.qcow2`,
    checksum: Checksum.sha256('47f2218668dd4776be140dd92fa3bea700be1766e2c7d88bdfd6a4b50f477b4d'),
  });

  /** AlmaLinux 10.2 for CPUs with x86-64-v2, such as the library's default, image of 2026-05-26. */
  public static readonly V10_X86_64_V2 = AlmaLinux.of('10-x86-64-v2', {
    url: `${IMAGES}/10.2/cloud/x86_64_v2/images/AlmaLinux-10-GenericCloud-10.2-20260526.0.x86_64_v2.qcow2`,
    checksum: Checksum.sha256('cd17bcbd7ac62a7f179c30fb24f5795c411d540650b4f060d2167859e2fd3d95'),
  });

  /** AlmaLinux 9.8, image of 2026-05-26. */
  public static readonly V9 = AlmaLinux.of('9', {
    url: `${IMAGES}/9.8/cloud/x86_64/images/AlmaLinux-9-GenericCloud-9.8-20260526.x86_64.qcow2`,
    checksum: Checksum.sha256('c397eed7023e92c841155831b1f47e26300e5bef0f0256c129322307c897a251'),
  });

  /**
   * A release that is not shipped, or a newer image of one that is.
   * @param version version of AlmaLinux, such as `10`
   * @param release where its image is
   */
  public static of(version: string, release: CloudImageRelease): AlmaLinux {
    checkRelease('guestos.AlmaLinux.of', version, release);
    return new AlmaLinux(version, release);
  }

  public readonly osName: string;
  public readonly osType: OsType = OsType.LINUX;
  public readonly guestSetup: GuestSetup = REDHAT_FAMILY;

  private constructor(version: string, private readonly release: CloudImageRelease) {
    this.osName = `almalinux-${version}`;
  }

  public bindCloudImage(): CloudImageConfig {
    return {
      ...this.release,
      minimumDiskSize: this.release.minimumDiskSize ?? Size.gibibytes(10),
      hasGuestAgent: true,
      needsX86_64V3: (isForX86_64V3(this.osName) && !/x86_64_v2/.test(this.release.url)) || undefined,
    };
  }
}
