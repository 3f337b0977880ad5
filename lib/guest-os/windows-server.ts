import * as fs from 'fs';
import { Duration, OsType, Problems, Size } from '../core';
import { BootKey } from '../packer';
import { SETUP_SCRIPT, renderAutounattend, renderCloneUnattend } from './answer-files/autounattend';
import { isAnswer } from './answer-files/windows-xml';
import { Checksum } from './checksum';
import { AnswerDelivery, IInstallable, InstallationBus, InstallationConfig, InstallationRequest, RemoteAccess } from './installable';
import { IsoRelease } from './iso-release';
import { GuestSetup } from './operating-system';
import { WINDOWS_ACCOUNTS } from './windows-accounts';
import { WindowsRegion, windowsRegion } from './windows-regions';
import { windowsRules as rules } from './windows-rules';
import { WindowsServerEdition, WindowsServerOptions, WindowsServerRelease, checkWindowsRelease } from './windows-server-release';
import { WINDOWS_SETUP, windowsProvisioners, windowsScript } from './windows-setup';

const DOWNLOADS = 'https://software-static.download.prss.microsoft.com';

/** Evaluation of Windows Server 2022, build 20348.587. */
const ISO_2022: IsoRelease = {
  url: `${DOWNLOADS}/sg/download/888969d5-f34g-4e03-ac9d-1f9786c66749/SERVER_EVAL_x64FRE_en-us.iso`,
  checksum: Checksum.sha256('3e4fa6d8507b554856fc9ca6079cc402df11a8b79344871669f0251535255325'),
};

/** Evaluation of Windows Server 2025, build 26100.32230. */
const ISO_2025: IsoRelease = {
  url: `${DOWNLOADS}/dbazure/998969d5-f34g-4e03-ac9d-1f9786c66749/26100.32230.260111-0550.lt_release_svc_refresh_SERVER_EVAL_x64FRE_en-us.iso`,
  checksum: Checksum.sha256('7b052573ba7894c9924e3e87ba732ccd354d18cb75a883efa9b900ea125bfd51'),
};

/** VirtIO drivers and guest agent. */
const DRIVERS: IsoRelease = {
  url: 'https://fedorapeople.org/groups/virt/virtio-win/direct-downloads/archive-virtio/virtio-win-0.1.285-1/virtio-win-0.1.285.iso',
  checksum: Checksum.sha256('e14cf2b94492c3e925f0070ba7fdfedeb2048c91eea9c5a5afb30232a3976331'),
};

/** The prompt for any key stands for 5 seconds, and begins when the firmware is done: a key each second meets it on slow nodes too. */
const KEYS_TO_BOOT = 30;

/** Accounts that Setup makes no user of. */
const OWN_ACCOUNTS = [...WINDOWS_ACCOUNTS, 'localservice', 'networkservice'];

/**
 * Windows Server 2022 and 2025, installed by `autounattend.xml`, with VirtIO drivers, guest agent, OpenSSH or WinRM, updates and Cloudbase-Init.
 *
 * The constants are Microsoft's evaluations: they take no product key, and run for 180 days, for all clones from the day of the build. Other ISOs go
 * through `of`. There is no cloud image.
 * Clones are configured as `Administrator`: by their cloud-init's SSH keys and password; without a password it has one that nobody knows.
 * A clone restarts once at its first start, to take its name. Images of images are generalized again each time.
 *
 * The CDs stand on SATA, where Windows Setup sees them without a driver; with those on SCSI, that of Server 2025 passes by the driver of the disk.
 *
 * @see https://www.microsoft.com/evalcenter/evaluate-windows-server-2025
 * @see https://learn.microsoft.com/windows-hardware/customize/desktop/unattend/
 */
export class WindowsServer implements IInstallable {
  /** Windows Server 2025 Standard Core, evaluation of January 2026. */
  public static readonly V2025 = WindowsServer.of('2025', { iso: ISO_2025, evaluation: true });

  /** Windows Server 2025 Standard with a desktop, evaluation of January 2026. */
  public static readonly V2025_DESKTOP = WindowsServer.V2025.customize({ desktop: true });

  /** Windows Server 2022 Standard Core, evaluation of March 2022. */
  public static readonly V2022 = WindowsServer.of('2022', { iso: ISO_2022, evaluation: true });

  /** Windows Server 2022 Standard with a desktop, evaluation of March 2022. */
  public static readonly V2022_DESKTOP = WindowsServer.V2022.customize({ desktop: true });

  /**
   * A release that is not shipped, such as that of a volume licence.
   * @param version 2022 or 2025
   * @param release where its ISO is, and what is chosen of it
   */
  public static of(version: string, release: WindowsServerRelease): WindowsServer {
    checkWindowsRelease('guestos.WindowsServer.of', version, release);
    return new WindowsServer(version, release);
  }

  public readonly osName: string;
  public readonly osType: OsType = OsType.WINDOWS_11;
  public readonly guestSetup: GuestSetup = WINDOWS_SETUP;

  private constructor(private readonly version: string, private readonly release: WindowsServerRelease) {
    this.osName = [
      'windows-server', version, ...this.isDatacenter ? ['datacenter'] : [], ...this.hasDesktop ? ['desktop'] : [],
    ].join('-');
  }

  /**
   * The same Windows with other choices.
   * @param options what is chosen anew; what is left out stays as it is
   */
  public customize(options: WindowsServerOptions): WindowsServer {
    const release = { ...this.release, ...options };
    checkWindowsRelease('guestos.WindowsServer.customize', this.version, release);
    return new WindowsServer(this.version, release);
  }

  public bindInstallation(request: InstallationRequest): InstallationConfig {
    const { release } = this;
    const problems = new Problems('guestos.WindowsServer');
    const region = this.regionOf(request, problems);
    const computerName = toComputerName(request.hostName, problems);
    checkBuildUser(request.buildUser, problems);
    problems.check(isAnswer(request.buildPassword), rules['windows-answer-file-text'], { property: 'buildPassword' });
    problems.throwIfAny();
    const remoteAccess = release.remoteAccess ?? RemoteAccess.SSH;
    const spoken = { region, uiLanguage: release.mediaLanguage ?? 'en-US', desktop: this.hasDesktop };
    return {
      iso: release.iso,
      additionalIsos: [release.driversIso ?? DRIVERS],
      answerDelivery: AnswerDelivery.CD,
      answerFiles: {
        'Autounattend.xml': renderAutounattend({
          ...spoken,
          computerName,
          buildUser: request.buildUser,
          buildPassword: request.buildPassword,
          image: this.image,
          productKey: release.productKey,
          driverFolder: `2k${this.version.slice(2)}`,
          remoteAccess,
        }),
        'clone-unattend.xml': renderCloneUnattend({ ...spoken, skipRearm: release.evaluation === true }),
        'cloudbase-init.ps1': readScript('cloudbase-init.ps1'),
        'first-boot.ps1': readScript('first-boot.ps1'),
        'after-setup.ps1': readScript('after-setup.ps1'),
        [SETUP_SCRIPT]: readScript('setup.ps1'),
      },
      // Up does nothing in whatever comes after the prompt.
      bootCommand: Array.from({ length: KEYS_TO_BOOT }, () => [BootKey.UP, BootKey.wait(Duration.seconds(1))]).flat(),
      bootWait: Duration.seconds(1),
      cdBus: InstallationBus.SATA,
      minimumDiskSize: Size.gibibytes(this.hasDesktop ? 40 : 32),
      minimumMemory: Size.gibibytes(4),
      installTimeout: Duration.hours(2),
      remoteAccess,
      provisioners: windowsProvisioners(release, remoteAccess),
      supportsSecureBoot: true,
    };
  }

  private get hasDesktop(): boolean {
    return this.release.desktop === true;
  }

  private get isDatacenter(): boolean {
    return this.release.edition === WindowsServerEdition.DATACENTER;
  }

  private get image(): { readonly key: string; readonly value: string } {
    const { imageName, imageIndex } = this.release;
    if (imageName !== undefined) return { key: '/IMAGE/NAME', value: imageName };
    return { key: '/IMAGE/INDEX', value: `${imageIndex ?? 1 + (this.hasDesktop ? 1 : 0) + (this.isDatacenter ? 2 : 0)}` };
  }

  private regionOf({ locale, keyboardLayout, timeZone }: InstallationRequest, problems: Problems): WindowsRegion {
    const { windowsLocale, windowsInputLocale, windowsTimeZone } = this.release;
    const known = windowsRegion(locale, keyboardLayout, timeZone);
    const region = {
      locale: windowsLocale ?? known.locale ?? '',
      inputLocale: windowsInputLocale ?? known.inputLocale ?? '',
      timeZone: windowsTimeZone ?? known.timeZone ?? '',
    };
    problems
      .check(region.locale !== '', rules['windows-locale'], { property: 'locale', received: locale })
      .check(region.inputLocale !== '', rules['windows-keyboard-layout'], { property: 'keyboardLayout', received: keyboardLayout })
      .check(region.timeZone !== '', rules['windows-time-zone'], { property: 'timeZone', received: timeZone });
    return region;
  }
}

function readScript(name: string): string {
  return fs.readFileSync(windowsScript(name), 'utf8');
}

/** Windows takes 15 characters, and not digits alone. */
function toComputerName(hostName: string, problems: Problems): string {
  problems.check(/^[A-Za-z0-9-]*[A-Za-z][A-Za-z0-9-]*$/.test(hostName), rules['windows-computer-name'], { property: 'hostName', received: hostName });
  const name = hostName.slice(0, 15).replace(/^-+|-+$/g, '');
  return /[A-Za-z]/.test(name) ? name : 'build';
}

function checkBuildUser(name: string, problems: Problems): void {
  const isName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,19}$/.test(name) && !OWN_ACCOUNTS.includes(name.toLowerCase());
  problems.check(isName, rules['windows-build-user'], { property: 'buildUser', received: name });
}
