import { Duration, OsType, Problems, Size } from '../core';
import { autoinstallMetaData, autoinstallUserData } from './answer-files/autoinstall';
import { AUTOINSTALL_GRUB_CFG, AUTOINSTALL_LABEL, autoinstallBootCommand } from './answer-files/autoinstall-boot';
import { autoinstallRules as rules } from './autoinstall-rules';
import { Checksum } from './checksum';
import { CloudImageRelease } from './cloud-image-release';
import { DEBIAN_FAMILY } from './debian-family';
import { AnswerDelivery, IInstallable, InstallationConfig, InstallationRequest } from './installable';
import { CloudImageConfig, GuestSetup, ICloudImage } from './operating-system';
import { checkRelease, requireIso } from './validation';

const IMAGES = 'https://cloud-images.ubuntu.com/releases';
const ISOS = 'https://releases.ubuntu.com';

/**
 * Ubuntu Server, from its cloud image or installed from its ISO by autoinstall: an ESP and one ext4 root behind it without LVM or swap, the updates
 * of security, a login on the display and on the first serial port. The installer needs the archive of Ubuntu at archive.ubuntu.com.
 *
 * @see https://cloud-images.ubuntu.com/releases/
 * @see https://canonical-subiquity.readthedocs-hosted.com/en/latest/reference/autoinstall-reference.html
 */
export class Ubuntu implements ICloudImage, IInstallable {
  /** Ubuntu 26.04 LTS (Resolute Raccoon), image of 2026-07-20, ISO of 26.04.1. */
  public static readonly V26_04 = Ubuntu.of('26.04', {
    url: `${IMAGES}/resolute/release-20260720/ubuntu-26.04-server-cloudimg-amd64.img`,
    checksum: Checksum.sha256('117816726abbdefc5ef3e38902e81a76f1c76c3610e709999d0885f9d5d9b477'),
    iso: {
      url: `${ISOS}/26.04.1/ubuntu-26.04.1-live-server-amd64.iso`,
      checksum: Checksum.sha256('cc8a95cde20f6ced61a322420de00f10cc3c90ced545daa46cb9c1a117f1d927'),
    },
  });

  /** Ubuntu 24.04 LTS (Noble Numbat), image of 2026-07-05, ISO of 24.04.5. */
  public static readonly V24_04 = Ubuntu.of('24.04', {
    url: `${IMAGES}/noble/release-20260705/ubuntu-24.04-server-cloudimg-amd64.img`,
    checksum: Checksum.sha256('ffe6203da54deeb6db5d2a98a83f9ec8e55f149d3f7ba622e1abe5fa966ee3d6'),
    iso: {
      url: `${ISOS}/24.04.5/ubuntu-24.04.5-live-server-amd64.iso`,
      checksum: Checksum.sha256('97f3d7ffb032c3eb3b23d2c8be9cc76e60c2c1f2c0146ba5ba9fe01cafae0fd8'),
    },
  });

  /** Ubuntu 22.04 LTS (Jammy Jellyfish), image of 2025-05-16. Without an ISO. */
  public static readonly V22_04 = Ubuntu.of('22.04', {
    url: `${IMAGES}/jammy/release-20250516/ubuntu-22.04-server-cloudimg-amd64.img`,
    checksum: Checksum.sha256('a037d6d0299171ba62019f3c3f895eb902c271f8e9676cfe0f22e38070344579'),
  });

  /**
   * A release that is not shipped, or a newer image of one that is.
   * @param version version of Ubuntu, such as `28.04`
   * @param release where its image is, and its ISO for an IsoTemplate; an ISO is refused for a version before 24.04
   */
  public static of(version: string, release: CloudImageRelease): Ubuntu {
    const path = 'guestos.Ubuntu.of';
    checkRelease(path, version, release);
    new Problems(path)
      .check(release.iso === undefined || !(parseFloat(version) < 24.04), rules['autoinstall-release'], { property: 'version', received: version })
      .throwIfAny();
    return new Ubuntu(version, release);
  }

  public readonly osName: string;
  public readonly osType: OsType = OsType.LINUX;
  public readonly guestSetup: GuestSetup = DEBIAN_FAMILY;

  private constructor(version: string, private readonly release: CloudImageRelease) {
    this.osName = `ubuntu-${version}`;
  }

  public bindCloudImage(): CloudImageConfig {
    const { url, checksum, minimumDiskSize = Size.gibibytes(4) } = this.release;
    return { url, checksum, minimumDiskSize };
  }

  public bindInstallation(request: InstallationRequest): InstallationConfig {
    const iso = requireIso('guestos.Ubuntu', this.release);
    const { answerDelivery = AnswerDelivery.CD } = request;
    const seed = { 'user-data': autoinstallUserData(request), 'meta-data': autoinstallMetaData(request) };
    const cd = { answerFiles: { ...seed, 'grub.cfg': AUTOINSTALL_GRUB_CFG }, answerLabel: AUTOINSTALL_LABEL };
    return {
      iso,
      answerDelivery,
      ...(answerDelivery === AnswerDelivery.CD ? cd : { answerFiles: seed }),
      bootCommand: autoinstallBootCommand(answerDelivery),
      // The menu waits for 30 seconds, and a slow node shows it after 15.
      bootWait: Duration.seconds(20),
      minimumDiskSize: Size.gibibytes(10),
      minimumMemory: Size.gibibytes(4),
      installTimeout: Duration.minutes(60),
      supportsSecureBoot: true,
    };
  }
}
