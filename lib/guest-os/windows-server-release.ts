import { Problems } from '../core';
import { Provisioner } from '../packer';
import { isLiteral } from '../packer/plugin-text';
import { FLAG, Kinds, NUMBER, TEXT, checkKinds, instanceOf, listOf, memberOf, objectOf, required } from '../proxmox/kinds';
import { checkForm } from '../proxmox/text-forms';
import { isAnswer } from './answer-files/windows-xml';
import { Checksum } from './checksum';
import { RemoteAccess } from './installable';
import { IsoRelease } from './iso-release';
import { windowsRules as rules } from './windows-rules';
import { isWindowsTimeZone } from './windows-time-zones';

/** Edition of Windows Server. */
export enum WindowsServerEdition {
  /** Standard. */
  STANDARD = 'standard',
  /** Datacenter. */
  DATACENTER = 'datacenter',
}

/** An installer that Windows downloads while it is built. */
export interface WindowsInstaller {
  /** Address of the `.msi` of one release. */
  readonly url: string;
  /** Its SHA-256. */
  readonly checksum: Checksum;
}

/** What may be chosen of a Windows Server. */
export interface WindowsServerOptions {
  /** Edition. @default WindowsServerEdition.STANDARD */
  readonly edition?: WindowsServerEdition;
  /** Whether it has a desktop (Desktop Experience), or is a Server Core. @default false */
  readonly desktop?: boolean;
  /**
   * Product key: one of Microsoft's public client keys for KMS, for the same version and edition; or a sensitive variable of Packer
   * (`` `${variable}` ``) with a key of your own, which is a secret. Refused for evaluations, of which Windows Setup then finds no image.
   * @default - none: an evaluation, or an ISO that needs none
   * @see https://learn.microsoft.com/windows-server/get-started/kms-client-activation-keys
   */
  readonly productKey?: string;
  /** Number of the image in the ISO, from 1. @default - by edition and desktop: 1 Standard Core, 2 Standard, 3 Datacenter Core, 4 Datacenter */
  readonly imageIndex?: number;
  /** Name of the image in the ISO, instead of its number. @default - chosen by number */
  readonly imageName?: string;
  /**
   * How Packer logs in, and clones are reached: by OpenSSH (which Server 2022 downloads from Windows Update), or by WinRM with TLS on port 5986.
   * @default RemoteAccess.SSH
   */
  readonly remoteAccess?: RemoteAccess;
  /** Whether all updates are installed, with as many restarts as they take. That can last hours. @default true */
  readonly windowsUpdates?: boolean;
  /**
   * Which updates: `include:` or `exclude:` and an expression of PowerShell about `$_`; the first that is true decides.
   * @default - all but previews, and KB5007651, which needs a user at the console
   * @see https://github.com/rgl/packer-plugin-windows-update
   */
  readonly windowsUpdateFilters?: string[];
  /** ISO with the VirtIO drivers for Windows. @default - virtio-win 0.1.285 */
  readonly driversIso?: IsoRelease;
  /** Cloudbase-Init, which configures clones as cloud-init does. @default - 1.1.8 */
  readonly cloudbaseInit?: WindowsInstaller;
  /** Language of the ISO, which is that of Windows. @default en-US */
  readonly mediaLanguage?: string;
  /** Language and region of the formats, as Windows names them, such as `de-AT`. @default - by the locale of the template */
  readonly windowsLocale?: string;
  /** Keyboard as Windows names it, by language and layout, such as `0407:00000407`. @default - by the keyboardLayout of the template */
  readonly windowsInputLocale?: string;
  /** Time zone as Windows names it, such as `W. Europe Standard Time`. @default - by the timeZone of the template */
  readonly windowsTimeZone?: string;
}

/** A Windows Server that the library does not ship. */
export interface WindowsServerRelease extends WindowsServerOptions {
  /** The ISO. */
  readonly iso: IsoRelease;
  /** Whether it is an evaluation, which runs for 180 days and takes no product key. @default false */
  readonly evaluation?: boolean;
}

const CHECKSUM = instanceOf(Checksum, 'Checksum.sha256(\'…\')');
const ISO: Kinds<IsoRelease> = { url: required(TEXT), checksum: CHECKSUM, checksumList: TEXT };
const INSTALLER: Kinds<WindowsInstaller> = { url: required(TEXT), checksum: required(CHECKSUM) };

const RELEASE: Kinds<WindowsServerRelease> = {
  iso: required(objectOf<IsoRelease>(ISO)),
  evaluation: FLAG,
  edition: memberOf(WindowsServerEdition, 'WindowsServerEdition'),
  desktop: FLAG,
  productKey: TEXT,
  imageIndex: NUMBER,
  imageName: TEXT,
  remoteAccess: memberOf(RemoteAccess, 'RemoteAccess'),
  windowsUpdates: FLAG,
  windowsUpdateFilters: listOf(TEXT),
  driversIso: objectOf<IsoRelease>(ISO),
  cloudbaseInit: objectOf<WindowsInstaller>(INSTALLER),
  mediaLanguage: TEXT,
  windowsLocale: TEXT,
  windowsInputLocale: TEXT,
  windowsTimeZone: TEXT,
};

/** By version and edition; no secret. https://learn.microsoft.com/windows-server/get-started/kms-client-activation-keys */
const KMS_CLIENT_KEYS: { readonly [version: string]: Readonly<Record<WindowsServerEdition, string>> } = {
  2022: { standard: 'VDYBN-27WPP-V4HQT-9VMD4-VMK7H', datacenter: 'WX4NM-KYWYW-QJJR4-XV3QB-6VM33' },
  2025: { standard: 'TVRH6-WHNXV-R9WG3-9XRFY-MY832', datacenter: 'D764K-2NDRG-47T6Q-P8T8W-YP6DF' },
};

const LOCALE = /^[a-z]{2,3}(-[A-Z][a-z]{3})?-([A-Z]{2}|\d{3})$/;

/**
 * Refuses a release that would not install.
 * @internal
 */
export function checkWindowsRelease(path: string, version: string, release: WindowsServerRelease): void {
  const problems = new Problems(path);
  required(TEXT)(version, 'version', problems);
  checkKinds<WindowsServerRelease>(release, RELEASE, problems, 'release');
  problems.throwIfAny();
  const { iso, driversIso, cloudbaseInit, productKey, imageIndex, imageName } = release;
  problems.check(version === '2022' || version === '2025', rules['windows-version'], { property: 'version', received: version });
  checkIso(problems, 'release.iso', iso);
  checkIso(problems, 'release.driversIso', driversIso);
  problems
    .check(productKey === undefined || release.evaluation !== true, rules['windows-key-on-evaluation'], { property: 'release.productKey' })
    .check(release.evaluation === true || isPublicKey(productKey, version, release), rules['windows-product-key'], { property: 'release.productKey' }) // which is never shown
    .check(imageIndex === undefined || (Number.isInteger(imageIndex) && imageIndex >= 1), rules['windows-image-index'], {
      property: 'release.imageIndex', received: imageIndex,
    })
    .check(imageIndex === undefined || imageName === undefined, rules['windows-image-twice'], { property: 'release.imageName', received: imageName })
    .check(imageName === undefined || isAnswer(imageName), rules['windows-answer-file-text'], { property: 'release.imageName', received: imageName })
    .check(release.windowsUpdates !== false || release.windowsUpdateFilters === undefined, rules['windows-filters-without-updates'], {
      property: 'release.windowsUpdateFilters', received: release.windowsUpdateFilters,
    })
    .check(cloudbaseInit === undefined || cloudbaseInit.checksum.algorithm === 'sha256', rules['windows-installer-checksum'], {
      property: 'release.cloudbaseInit.checksum', received: cloudbaseInit?.checksum,
    });
  const { windowsUpdateFilters: filters } = release;
  problems.collect('release', () => Provisioner.windowsUpdate({ filters }), (own) => own.replace('filters', 'windowsUpdateFilters'));
  checkForm(problems, 'release.cloudbaseInit.url', cloudbaseInit?.url, /^https:\/\/[^\s"'$`{}<>\\]+\.msi$/, rules['windows-installer-url']);
  checkForm(problems, 'release.mediaLanguage', release.mediaLanguage, LOCALE, rules['windows-locale-form']);
  checkForm(problems, 'release.windowsLocale', release.windowsLocale, LOCALE, rules['windows-locale-form']);
  checkForm(problems, 'release.windowsInputLocale', release.windowsInputLocale, /^[0-9a-f]{4}:[0-9a-f]{8}$/i, rules['windows-input-locale-form']);
  problems.check(release.windowsTimeZone === undefined || isWindowsTimeZone(release.windowsTimeZone), rules['windows-time-zone'], {
    property: 'release.windowsTimeZone', received: release.windowsTimeZone,
  });
  problems.throwIfAny();
}

/** Whether a key may stand in the output, and is one that Setup takes. */
function isPublicKey(key: string | undefined, version: string, release: WindowsServerRelease): boolean {
  const { edition = WindowsServerEdition.STANDARD, imageIndex, imageName } = release;
  if (key === undefined || !isLiteral(key)) return true;
  const keys = KMS_CLIENT_KEYS[version] ?? {};
  return imageIndex === undefined && imageName === undefined ? key === keys[edition] : Object.values(keys).includes(key);
}

function checkIso(problems: Problems, property: string, iso: IsoRelease | undefined): void {
  const one = iso === undefined || (iso.checksum === undefined) !== (iso.checksumList === undefined);
  problems.check(one, rules['windows-iso-checksum'], { property: `${property}.checksum`, received: iso?.checksum });
}
