import { OsType, Size } from '../core';
import { Checksum } from './checksum';
import { CloudImageRelease } from './cloud-image-release';
import { CloudImageConfig, GuestSetup, ICloudImage } from './operating-system';
import { checkRelease } from './validation';

const PACKAGES = 'qemu-guest-agent cloud-init cloud-guest-utils';

/** Everything is in the official image; only another one is completed, and then upgraded as a whole, as Arch wants it. */
const SETUP: GuestSetup = {
  installAgent: [
    `pacman --query --quiet ${PACKAGES} >/dev/null 2>&1 || pacman --sync --refresh --sysupgrade --needed --noconfirm ${PACKAGES}`,
    'systemctl start qemu-guest-agent.service',
  ],
};

/**
 * Arch Linux, in the variant `cloudimg`: Btrfs, a swap file of 512 MiB, the guest agent and cloud-init in it. No loader or kernel is signed,
 * so leave `secureBoot` off.
 *
 * Arch has no releases; the version is the date of the image. The mirrors drop an image after some months: take a newer one with `of`, or
 * keep a copy of your own. The first boot makes the keyring of pacman, and a golden image hands the keyring of its build to its clones (where
 * that matters: `rm -r /etc/pacman.d/gnupg; pacman-key --init; pacman-key --populate` on the clone).
 *
 * @see https://gitlab.archlinux.org/archlinux/arch-boxes
 */
export class Arch implements ICloudImage {
  /** The image of 2026-07-15. */
  public static readonly V20260715 = Arch.of('20260715', {
    url: 'https://geo.mirror.pkgbuild.com/images/v20260715.556894/Arch-Linux-x86_64-cloudimg-20260715.556894.qcow2',
    checksum: Checksum.sha256('f419d4e29aebfc017ad4c9de330a3be0d7eefba710b269108b116aaca1122926'),
  });

  /**
   * Another image.
   * @param version date of the image, such as `20260715`
   * @param release where it is
   */
  public static of(version: string, release: CloudImageRelease): Arch {
    checkRelease('guestos.Arch.of', version, release);
    return new Arch(version, release);
  }

  public readonly osName: string;
  public readonly osType: OsType = OsType.LINUX;
  public readonly guestSetup: GuestSetup = SETUP;

  private constructor(version: string, private readonly release: CloudImageRelease) {
    this.osName = `arch-${version}`;
  }

  public bindCloudImage(): CloudImageConfig {
    return { ...this.release, minimumDiskSize: this.release.minimumDiskSize ?? Size.gibibytes(2), hasGuestAgent: true };
  }
}
