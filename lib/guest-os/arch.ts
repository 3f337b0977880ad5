import { OsType, Problems, Size } from '../core';
import { checkForm } from '../proxmox/text-forms';
import { archAnswerFiles } from './answer-files/arch';
import { WORLDWIDE_MIRROR } from './answer-files/arch-install';
import { archRules as rules } from './arch-rules';
import { Checksum } from './checksum';
import { CloudImageRelease } from './cloud-image-release';
import { AnswerDelivery, IInstallable, InstallationConfig, InstallationRequest } from './installable';
import { CloudImageConfig, GuestSetup, ICloudImage } from './operating-system';
import { checkRelease, requireIso } from './validation';

const PACKAGES = 'qemu-guest-agent cloud-init cloud-guest-utils';

/** Everything is in the official image; only another one is completed, and then upgraded as a whole, as Arch wants it. */
const SETUP: GuestSetup = {
  ansibleSupported: true,
  installAgent: [
    `pacman --query --quiet ${PACKAGES} >/dev/null 2>&1 || pacman --sync --refresh --sysupgrade --needed --noconfirm ${PACKAGES}`,
    'systemctl start qemu-guest-agent.service',
  ],
};

/** Month of the first ISO with cloud-init and the guest agent. */
const FIRST_ISO = '2026.03';

/** Answers that need no escape in any of the files that they go into. */
const ANSWER_FORMS = {
  hostName: /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
  buildUser: /^[a-z][a-z0-9_-]{0,30}$/,
  locale: /^[a-z]{2,3}_[A-Z]{2}$/,
  keyboardLayout: /^[a-z]{2,}[a-z0-9]*([-_.][A-Za-z0-9]+)*$/,
  timeZone: /^[A-Za-z][A-Za-z0-9+_-]*(\/[A-Za-z0-9+_-]+)*$/,
};

/**
 * Arch Linux. No loader or kernel is signed, so leave `secureBoot` off.
 *
 * Arch has no releases; the version is a date. Two ways lead to a template:
 *
 * - The cloud image of that date (variant `cloudimg`): Btrfs, a swap file of 512 MiB, the guest agent and cloud-init in it. The mirrors drop
 *   an image after some months: take a newer one with `of`, or keep a copy of your own. Its first boot makes the keyring of pacman, and a golden
 *   image hands the keyring of its build to its clones (where that matters: `rm -r /etc/pacman.d/gnupg; pacman-key --init; pacman-key --populate`
 *   on the clone).
 * - An installation from the ISO, with nothing typed: the live system finds a CD named `cidata` and runs the script on it. An ext4 root after the
 *   EFI system partition, systemd-boot, an initramfs for any hardware, cloud-init, the guest agent, a serial console. The packages are those that
 *   the Arch Linux Archive has for the date of the version, so every build installs the same ones. The clones' mirror list has the worldwide mirror
 *   first and the archive after it: `pacman -Syu` brings what is new, and `pacman -S` finds what fits. Each clone makes a keyring of its own.
 *
 * An ISO does not keep for ever: the keys of the packagers that it knows expire, and an installation then refuses their packages. Take one of the last
 * months with `of`.
 *
 * @see https://gitlab.archlinux.org/archlinux/arch-boxes
 * @see https://wiki.archlinux.org/title/Arch_Linux_Archive
 */
export class Arch implements ICloudImage, IInstallable {
  /** Image and packages of 2026-07-15, ISO of 2026-07-01. */
  public static readonly V20260715 = Arch.of('20260715', {
    url: 'https://geo.mirror.pkgbuild.com/images/v20260715.556894/Arch-Linux-x86_64-cloudimg-20260715.556894.qcow2',
    checksum: Checksum.sha256('f419d4e29aebfc017ad4c9de330a3be0d7eefba710b269108b116aaca1122926'),
    iso: {
      url: 'https://archive.archlinux.org/iso/2026.07.01/archlinux-2026.07.01-x86_64.iso',
      checksum: Checksum.sha256('e86295dc0bdf9b85a5a9256810c553239689d2ae8e80eeec81b4e2e910d8a6c0'),
    },
  });

  /**
   * Another image.
   * @param version date of the image, such as `20260715`: an installation takes the packages of that day. Any text but eight digits takes the newest.
   * @param release where it is; an ISO of 2026-03 or newer, since only those have cloud-init and the guest agent. Its month is that of its file
   * name (`archlinux-2026.07.01-x86_64.iso`), or else that of the version; an older one is refused.
   */
  public static of(version: string, release: CloudImageRelease): Arch {
    const path = 'guestos.Arch.of';
    checkRelease(path, version, release);
    const [date, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(version) ?? [];
    const problems = new Problems(path);
    problems.check(date === undefined || isDate(`${year}-${month}-${day}`), rules['arch-version-date'], { property: 'version', received: version });
    if (release.iso !== undefined) {
      const built = /\/archlinux-(\d{4}\.\d{2})[^/]*$/.exec(release.iso.url)?.[1] ?? (date && `${year}.${month}`);
      problems.check(built === undefined || built >= FIRST_ISO, rules['arch-iso-too-old'], { property: 'release.iso', received: built });
    }
    problems.throwIfAny();
    return new Arch(version, release, date === undefined ? WORLDWIDE_MIRROR : `https://archive.archlinux.org/repos/${year}/${month}/${day}/$repo/os/$arch`);
  }

  public readonly osName: string;
  public readonly osType: OsType = OsType.LINUX;
  public readonly guestSetup: GuestSetup = SETUP;

  private constructor(private readonly version: string, private readonly release: CloudImageRelease, private readonly mirror: string) {
    this.osName = `arch-${version}`;
  }

  /**
   * The same, installed from another mirror: one of your own, or the archive of another day. It is the second of the mirrors in the clones.
   * @param mirror address as in a `Server` line of a mirror list, such as `https://mirror.lan/archlinux/$repo/os/$arch`
   */
  public withMirror(mirror: string): Arch {
    const problems = new Problems('guestos.Arch.withMirror');
    checkForm(problems, 'mirror', mirror, /^(?=.*\$repo(\/|$))(?=.*\$arch(\/|$))https?:\/\/([A-Za-z0-9.:[\]@%+~_/-]|\$repo|\$arch)+$/, rules['arch-mirror-form']);
    problems.throwIfAny();
    return new Arch(this.version, this.release, mirror);
  }

  public bindCloudImage(): CloudImageConfig {
    const { url, checksum, minimumDiskSize = Size.gibibytes(2) } = this.release;
    return { url, checksum, minimumDiskSize, hasGuestAgent: true };
  }

  public bindInstallation(request: InstallationRequest): InstallationConfig {
    const iso = requireIso('guestos.Arch', this.release);
    const problems = new Problems('guestos.Arch');
    for (const [property, form] of Object.entries(ANSWER_FORMS)) {
      checkForm(problems, property, request[property as keyof typeof ANSWER_FORMS], form, rules['arch-answer-form']);
    }
    problems.throwIfAny();
    return { iso, answerDelivery: AnswerDelivery.CD, answerLabel: 'cidata', answerFiles: archAnswerFiles(request, this.mirror) };
  }
}

/** Whether the calendar has a date: a day that its month does not have becomes one of the next, or none at all. */
function isDate(date: string): boolean {
  const time = Date.parse(date);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}
