import { OsType, Size } from '../core';
import { Checksum } from './checksum';
import { CloudImageRelease } from './cloud-image-release';
import { IInstallable, InstallationConfig, InstallationRequest } from './installable';
import { CloudImageConfig, GuestSetup, ICloudImage } from './operating-system';
import { REDHAT_FAMILY, isForX86_64V3, redhatInstallation } from './redhat-family';
import { checkRelease, requireIso } from './validation';

const MIRROR = 'https://repo.almalinux.org/almalinux';

/**
 * AlmaLinux, as a cloud image in the variant `GenericCloud` and installed from the boot ISO: XFS, SELinux enforcing, the guest agent installed
 * and enabled, no firewall.
 *
 * AlmaLinux 10 needs a CPU with x86-64-v3, which is then the default of its templates. The vendor builds it for older CPUs too:
 * `AlmaLinux.V10_X86_64_V2`. The images and ISOs of a minor release move to https://vault.almalinux.org/ some time after the next one: take
 * newer ones with `of`, or the same from there.
 *
 * An installation is minimal, without weak dependencies and firmware, of packages that are downloaded from the mirror that the ISO is from
 * (`…/BaseOS/…` and `…/AppStream/…` beside its `…/isos/…`), so the machine needs a way there; other ISOs of the vendor do as well. It has
 * an EFI partition, `/boot` and a root of XFS that grows, and no swap; root has no password. The kickstart file is on a CD labelled `OEMDRV`,
 * which the installer finds by itself; with AnswerDelivery.HTTP it is asked for.
 *
 * @see https://wiki.almalinux.org/cloud/Generic-cloud.html
 * @see https://docs.redhat.com/en/documentation/red_hat_enterprise_linux/10/html/automatically_installing_rhel/index
 */
export class AlmaLinux implements ICloudImage, IInstallable {
  /** AlmaLinux 10.2 for CPUs with x86-64-v3, image of 2026-05-26. */
  public static readonly V10 = AlmaLinux.of('10', {
    url: `${MIRROR}/10.2/cloud/x86_64/images/AlmaLinux-10-GenericCloud-10.2-20260526.0.x86_64.qcow2`,
    checksum: Checksum.sha256('47f2218668dd4776be140dd92fa3bea700be1766e2c7d88bdfd6a4b50f477b4d'),
    iso: {
      url: `${MIRROR}/10.2/isos/x86_64/AlmaLinux-10.2-x86_64-boot.iso`,
      checksum: Checksum.sha256('b3f865468075bcada8f208d830289302c67529789d668041d24e8d6fc697ba6a'),
    },
  });

  /** AlmaLinux 10.2 for CPUs with x86-64-v2, such as the library's default, image of 2026-05-26. */
  public static readonly V10_X86_64_V2 = AlmaLinux.of('10-x86-64-v2', {
    url: `${MIRROR}/10.2/cloud/x86_64_v2/images/AlmaLinux-10-GenericCloud-10.2-20260526.0.x86_64_v2.qcow2`,
    checksum: Checksum.sha256('cd17bcbd7ac62a7f179c30fb24f5795c411d540650b4f060d2167859e2fd3d95'),
    iso: {
      url: `${MIRROR}/10.2/isos/x86_64_v2/AlmaLinux-10.2-x86_64_v2-boot.iso`,
      checksumList: `${MIRROR}/10.2/isos/x86_64_v2/CHECKSUM`,
    },
  });

  /** AlmaLinux 9.8, image of 2026-05-26. */
  public static readonly V9 = AlmaLinux.of('9', {
    url: `${MIRROR}/9.8/cloud/x86_64/images/AlmaLinux-9-GenericCloud-9.8-20260526.x86_64.qcow2`,
    checksum: Checksum.sha256('c397eed7023e92c841155831b1f47e26300e5bef0f0256c129322307c897a251'),
    iso: {
      url: `${MIRROR}/9.8/isos/x86_64/AlmaLinux-9.8-x86_64-boot.iso`,
      checksum: Checksum.sha256('445f99e24399bbe98aab86111d60751c142eda049d2444fd76da5eb03472e4ab'),
    },
  });

  /**
   * A release that is not shipped, or a newer image of one that is.
   * @param version version of AlmaLinux, such as `10`
   * @param release where its image and its ISO are; the boot ISO is the smallest that does
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
    const { url, checksum, minimumDiskSize } = this.release;
    return { url, checksum, minimumDiskSize: minimumDiskSize ?? Size.gibibytes(10), hasGuestAgent: true, needsX86_64V3: this.needsX86_64V3(url) };
  }

  public bindInstallation(request: InstallationRequest): InstallationConfig {
    const path = 'guestos.AlmaLinux';
    const iso = requireIso(path, this.release);
    return { ...redhatInstallation(path, iso, MIRROR, request), needsX86_64V3: this.needsX86_64V3(iso.url) };
  }

  private needsX86_64V3(url: string): boolean | undefined {
    return (isForX86_64V3(this.osName) && !/x86_64_v2/.test(url)) || undefined;
  }
}
