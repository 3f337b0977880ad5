import { Problems } from '../core';
import { Checksum, IOperatingSystem } from '../guest-os';
import { FLAG, Kinds, TEXT, checkKinds, instanceOf, required, withMethods } from '../proxmox/kinds';
import { checkForm } from '../proxmox/text-forms';
import { k3sRules as rules } from './k3s-rules';

/** What pins a release of k3s for amd64. */
export interface K3sReleaseProps {
  /** Tag of the release, such as `v1.37.1+k3s1`. */
  readonly version: string;
  /** SHA-256 of the file `k3s`, from `sha256sum-amd64.txt` of the release. */
  readonly checksum: Checksum;
  /** SHA-256 of `k3s-airgap-images-amd64.tar.zst`, from the same list. @default - the images cannot be preloaded */
  readonly imagesChecksum?: Checksum;
  /** Package with the policy of SELinux, for systems of Red Hat's family. Its key is pinned. @default k3s-selinux-1.6-1.el9 */
  readonly selinuxPackage?: string;
  /**
   * Folder that has the files of the release, where it is a mirror: an address with `http` or `https`, without `?` and `#` and without a
   * slash at the end, since a slash and the name of a file follow. @default - the release on GitHub
   */
  readonly downloadUrl?: string;
}

const RELEASE: Kinds<K3sReleaseProps> = {
  version: required(TEXT),
  checksum: required(instanceOf(Checksum, "guestos.Checksum.sha256('…')")),
  imagesChecksum: instanceOf(Checksum, "guestos.Checksum.sha256('…')"),
  selinuxPackage: TEXT,
  downloadUrl: TEXT,
};

/** Of a URL, what Ansible's templates and a name of a file behind it leave as it is. */
const DOWNLOAD_URL = /^https?:\/\/(?!\/)[^\s"'\\{}?#\p{C}]*[^/\s"'\\{}?#\p{C}]$/u;

const SYSTEM: Kinds<IOperatingSystem> = { osName: required(TEXT), osType: () => undefined, guestSetup: () => undefined };

/**
 * A release of k3s, pinned by the checksums of its files.
 *
 * @see https://docs.k3s.io/release-notes/v1.37.X
 */
export class K3sRelease {
  /** v1.28.5+k3s1, of January 2024. No longer maintained: for clusters that are still on it. */
  public static readonly V1_28_5 = K3sRelease.of({
    version: 'v1.28.5+k3s1',
    checksum: Checksum.sha256('38fadb2baf75cb516d59f7f4a40c1950fdc0dce5ebe7251aae235527b7de4083'),
    imagesChecksum: Checksum.sha256('e259a812e77219f8436938d7ee871945549956defe12bd210ca206597198cd67'),
  });

  /** v1.37.1+k3s1. */
  public static readonly V1_37_1 = K3sRelease.of({
    version: 'v1.37.1+k3s1',
    checksum: Checksum.sha256('92b94582eb7b34a8cf532e6006842b9ed215a6783cf56a3dd6271fd35243b2c0'),
    imagesChecksum: Checksum.sha256('865b2a63ad7a63fc0db17b7fc2985bf4ae11d5ae93ca1472be6218d20aeb6b23'),
  });

  /**
   * A release that is not shipped, or one from a mirror. Refused are another form of the version, checksums that are no SHA-256, and addresses
   * that are not those of a folder.
   */
  public static of(props: K3sReleaseProps): K3sRelease {
    const problems = new Problems('K3sRelease.of');
    checkKinds(props, RELEASE, problems);
    problems.throwIfAny();
    const { version, checksum, imagesChecksum, selinuxPackage, downloadUrl } = props;
    checkForm(problems, 'version', version, /^v(0|[1-9]\d{0,3})(\.(0|[1-9]\d{0,3})){2}\+k3s[1-9]\d{0,3}$/, rules['k3s-version-form']);
    for (const [property, sum] of [['checksum', checksum], ['imagesChecksum', imagesChecksum]] as const) {
      problems.check(sum === undefined || sum.algorithm === 'sha256', rules['k3s-checksum-kind'], { property, received: sum?.algorithm });
    }
    checkForm(problems, 'selinuxPackage', selinuxPackage, /^k3s-selinux-\d[A-Za-z0-9._~-]*$/, rules['k3s-selinux-package-form']);
    checkForm(problems, 'downloadUrl', downloadUrl, DOWNLOAD_URL, rules['k3s-download-url-form']);
    const isUrl = downloadUrl === undefined || !DOWNLOAD_URL.test(downloadUrl) || URL.canParse(downloadUrl);
    problems.check(isUrl, rules['k3s-download-url-form'], { property: 'downloadUrl', received: downloadUrl });
    problems.throwIfAny();
    return new K3sRelease(props);
  }

  private constructor(
    /** What pins the release. */
    public readonly props: K3sReleaseProps,
  ) {}

  /**
   * The name of a template with this release: `alma9-k3-node-amd64-v1.28.5-v1`. It says the major version of the system, the architecture, the
   * version of Kubernetes (without `+k3s1`, for which a DNS name has no place), and which image of it this is.
   *
   * @param operatingSystem AlmaLinux; others are refused
   * @param iteration 1 for the first image of the release, 2 for the next
   */
  public templateName(operatingSystem: IOperatingSystem, iteration: number): string {
    const problems = new Problems('K3sRelease.templateName');
    required(withMethods('an operating system', 'guestos.AlmaLinux.V9'))(operatingSystem, 'operatingSystem', problems);
    problems.throwIfAny();
    checkKinds(operatingSystem, SYSTEM, problems, 'operatingSystem');
    problems.throwIfAny();
    const [, major] = /^almalinux-([1-9]\d?)(?:\.\d{1,2})?$/.exec(operatingSystem.osName) ?? [];
    problems
      .check(major !== undefined, rules['k3s-template-system'], { property: 'operatingSystem', received: operatingSystem.osName })
      .check(Number.isSafeInteger(iteration) && iteration >= 1, rules['k3s-template-iteration'], { property: 'iteration', received: iteration });
    problems.throwIfAny();
    return `alma${major}-k3-node-amd64-${this.props.version.replace(/\+.*$/, '')}-v${iteration}`;
  }
}

/** k3s in an image, for machines that become nodes of a cluster. */
export interface ImageK3s {
  /** The release, such as `K3sRelease.V1_37_1`. */
  readonly release: K3sRelease;
  /** Whether the images of k3s's own pods are in the image (some 250 MB), so that nodes pull none of them when they start first. @default false */
  readonly preloadImages?: boolean;
}

/**
 * What the properties of `ImageK3s` are.
 * @internal
 */
export const IMAGE_K3S_KINDS: Kinds<ImageK3s> = { release: required(instanceOf(K3sRelease, 'K3sRelease.V1_37_1')), preloadImages: FLAG };

/**
 * Notes what the role k3s would refuse when it runs.
 * @internal
 */
export function validateK3s({ release, preloadImages }: ImageK3s, problems: Problems): void {
  problems.check(!preloadImages || release.props.imagesChecksum !== undefined, rules['k3s-images-checksum-missing'], {
    property: 'k3s.preloadImages', received: release.props.version,
  });
}

/**
 * The variables of the role k3s.
 * @internal
 */
export function k3sVariables({ release, preloadImages = false }: ImageK3s): { [name: string]: any } {
  const { version, checksum, imagesChecksum, selinuxPackage, downloadUrl } = release.props;
  return {
    k3s_version: version,
    k3s_checksum: checksum.value,
    k3s_preload_images: preloadImages,
    ...(preloadImages ? { k3s_images_checksum: imagesChecksum?.value } : {}),
    ...(selinuxPackage === undefined ? {} : { k3s_selinux_package: selinuxPackage }),
    ...(downloadUrl === undefined ? {} : { k3s_download_url: downloadUrl }),
  };
}
