import { Duration, OsType, Size } from '../core';
import { BootKey } from '../packer';
import { preseed } from './answer-files/preseed';
import { archiveOf } from './answer-files/preseed-archive';
import { Checksum } from './checksum';
import { CloudImageRelease } from './cloud-image-release';
import { DEBIAN_FAMILY } from './debian-family';
import { AnswerDelivery, IInstallable, InstallationConfig, InstallationRequest } from './installable';
import { CloudImageConfig, GuestSetup, ICloudImage } from './operating-system';
import { checkRelease, requireIso } from './validation';

const IMAGES = 'https://cloud.debian.org/images/cloud';
const ISOS = 'https://cdimage.debian.org/cdimage/archive';

/** The answers for the installer, in its initramfs and at the address that is typed. */
const ANSWERS = 'preseed.cfg';
const ANSWER_LABEL = 'preseed';

/**
 * Debian. Its cloud image is the variant `genericcloud`: small, with a kernel for virtual machines that knows no AHCI and no IDE (so every
 * drive it is to see stands on SCSI). From its ISO (`netinst`) it is installed with the kernel for all machines, the packages from Debian's
 * mirror (`security` and `updates` too), and the network as in the cloud image: netplan, systemd-networkd, systemd-resolved.
 *
 * @see https://cloud.debian.org/images/cloud/
 * @see https://www.debian.org/releases/stable/amd64/apb.en.html
 */
export class Debian implements ICloudImage, IInstallable {
  /** Debian 13 (trixie): image of 2026-07-12, ISO of 13.6. */
  public static readonly V13 = Debian.of('13', {
    url: `${IMAGES}/trixie/20260712-2537/debian-13-genericcloud-amd64-20260712-2537.qcow2`,
    checksum: Checksum.sha512('7ae53e9dbee282bfc16f289dec483dde3a8598769c38a267948310f7a2a52c662620198603bc52c142627efba379863d16079698a10b34102d55bcedd40e8d32'),
    iso: {
      url: `${ISOS}/13.6.0/amd64/iso-cd/debian-13.6.0-amd64-netinst.iso`,
      checksum: Checksum.sha256('65273beed27b2df543b68b65630ba525cfbad8df2b12035732b2dff87d6664e7'),
    },
  });

  /** Debian 12 (bookworm): image of 2026-09-23, ISO of 12.15. */
  public static readonly V12 = Debian.of('12', {
    url: `${IMAGES}/bookworm/20260923-2610/debian-12-genericcloud-amd64-20260923-2610.qcow2`,
    checksum: Checksum.sha512('3d94c9dd66d8a283fde060b8810373b7ae04038b956ee00d553d1ae564f6fbdeaa2fd6e7404e87e53348b5a9509170f3ea7c0731ba737590c5c4cb8d559a47f8'),
    iso: {
      url: `${ISOS}/12.15.0/amd64/iso-cd/debian-12.15.0-amd64-netinst.iso`,
      checksum: Checksum.sha256('cd4462c06aa8892e692c0c4b9c17802f38c8ab8690e85cbfb5ccaa5956e9af17'),
    },
  });

  /**
   * A release that is not shipped, or a newer image of one that is.
   * @param version version of Debian, such as `14`
   * @param release where its image is, and its ISO of the kind `netinst` if it is to be installed
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
    const { url, checksum, minimumDiskSize = Size.gibibytes(3) } = this.release;
    return { url, checksum, minimumDiskSize };
  }

  /**
   * Installs Debian. The answers come on a CD, as an archive that becomes a part of the installer's initramfs; by HTTP on request.
   *
   * The disk gets an EFI system partition and a root (ext4), without swap. It shows its dialogs on the screen, and its log on the serial
   * port. `buildUser` has no `_`.
   * @param request what is to be installed
   */
  public bindInstallation(request: InstallationRequest): InstallationConfig {
    const path = `guestos.Debian(${this.osName}).bindInstallation`;
    const iso = requireIso(path, this.release);
    const answers = preseed(path, request);
    return {
      iso,
      ...request.answerDelivery === AnswerDelivery.HTTP ? byHttp(answers) : byCd(answers),
      // The menu waits for ever.
      bootWait: Duration.seconds(20),
      minimumDiskSize: Size.gibibytes(4),
      supportsSecureBoot: true,
    };
  }
}

type Delivery = Pick<InstallationConfig, 'answerDelivery' | 'answerFiles' | 'answerLabel' | 'bootCommand'>;

/** What is typed is as short as can be: GRUB reads the rest from the CD. */
function byCd(answers: string): Delivery {
  return {
    answerDelivery: AnswerDelivery.CD,
    answerFiles: {
      'grub.cfg': [
        'search --no-floppy --set=root --file /install.amd/vmlinuz',
        `search --no-floppy --set=answers --label ${ANSWER_LABEL}`,
        'linux /install.amd/vmlinuz auto=true priority=critical ---',
        'initrd /install.amd/initrd.gz ($answers)/seed.cpio',
        'boot',
        '',
      ].join('\n'),
      'seed.cpio': archiveOf(ANSWERS, answers),
    },
    answerLabel: ANSWER_LABEL,
    bootCommand: ['c', BootKey.wait(Duration.seconds(2)), 'configfile (cd1)/grub.cfg', BootKey.ENTER],
  };
}

/** GRUB takes no keys while it reads a file. */
function byHttp(answers: string): Delivery {
  const url = `http://${BootKey.HTTP_IP}:${BootKey.HTTP_PORT}/${ANSWERS}`;
  return {
    answerDelivery: AnswerDelivery.HTTP,
    answerFiles: { [ANSWERS]: answers },
    bootCommand: [
      'c', BootKey.wait(Duration.seconds(2)),
      `linux /install.amd/vmlinuz auto=true priority=critical url=${url}`, BootKey.ENTER, BootKey.wait(Duration.seconds(5)),
      'initrd /install.amd/initrd.gz', BootKey.ENTER, BootKey.wait(Duration.seconds(10)),
      'boot', BootKey.ENTER,
    ],
  };
}
