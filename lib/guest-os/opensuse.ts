import { OsType, Size } from '../core';
import { Checksum } from './checksum';
import { CloudImageRelease } from './cloud-image-release';
import { CloudImageConfig, GuestSetup, ICloudImage } from './operating-system';
import { checkRelease } from './validation';

const PACKAGES = 'qemu-guest-agent cloud-init';

/**
 * zypper waits for another one for as long as the variable says. It ends with 102 or 103 where all went well and a restart, of the machine or
 * of itself, is advised.
 */
const SETUP: GuestSetup = {
  installAgent: [
    'export ZYPP_LOCK_TIMEOUT=300',
    `rpm --query --quiet ${PACKAGES} || zypper --non-interactive install --no-recommends ${PACKAGES} || case "$?" in 102 | 103) ;; *) exit 1 ;; esac`,
    'systemctl enable qemu-guest-agent.service',
    'systemctl start qemu-guest-agent.service',
  ],
};

/**
 * openSUSE Leap, in the variant `Minimal-VM` `Cloud`: SELinux enforcing from Leap 16 on. Its kernel, `kernel-default-base`, is one for
 * virtual machines; `kernel-default` takes its place where drivers are missing.
 *
 * The vendor replaces a build by the next one every few weeks and keeps no old ones: take the newest with `of` (its address has a
 * `Build` in it, and its checksum stands in the file `….qcow2.sha256` beside it), or keep a copy of your own.
 *
 * @see https://get.opensuse.org/leap/
 */
export class OpenSuse implements ICloudImage {
  /** openSUSE Leap 16.0, build 18.71. */
  public static readonly LEAP_16_0 = OpenSuse.of('leap-16.0', {
    url: 'https://download.opensuse.org/distribution/leap/16.0/appliances/Leap-16.0-Minimal-VM.x86_64-Cloud-Build18.71.qcow2',
    checksum: Checksum.sha256('c1a6c50c51a44719946626c5d3ea22b844f1e831e6abf5f31f463c65a26a6fdc'),
  });

  /**
   * A release that is not shipped, or a newer image of one that is.
   * @param version kind and version of openSUSE, such as `leap-16.0`
   * @param release where its image is
   */
  public static of(version: string, release: CloudImageRelease): OpenSuse {
    checkRelease('guestos.OpenSuse.of', version, release);
    return new OpenSuse(version, release);
  }

  public readonly osName: string;
  public readonly osType: OsType = OsType.LINUX;
  public readonly guestSetup: GuestSetup = SETUP;

  private constructor(version: string, private readonly release: CloudImageRelease) {
    this.osName = `opensuse-${version}`;
  }

  public bindCloudImage(): CloudImageConfig {
    return { ...this.release, minimumDiskSize: this.release.minimumDiskSize ?? Size.gibibytes(10) };
  }
}
