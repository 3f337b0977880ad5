import { OsType, Problems, Size } from '../core';
import { FLAG, Kinds, TEXT, checkKinds, instanceOf, listOf, memberOf, objectOf, required } from '../proxmox/kinds';
import { checkForm } from '../proxmox/text-forms';
import { Checksum } from './checksum';
import { CloudImageRelease } from './cloud-image-release';
import { IsoRelease } from './iso-release';
import { CloudImageConfig, GuestSetup, GuestShell, ICloudImage, IOperatingSystem, PrivilegeEscalation } from './operating-system';
import { guestOsRules as rules } from './rules';

const SETUP: Kinds<GuestSetup> = {
  installAgent: required(listOf(TEXT)),
  shell: memberOf(GuestShell, 'GuestShell'),
  privilegeEscalation: memberOf(PrivilegeEscalation, 'PrivilegeEscalation'),
  cloudInitUser: TEXT,
  ansibleSupported: FLAG,
  generalizeScript: TEXT,
};

const SIZE = instanceOf(Size, 'Size.gibibytes(4)');
const CHECKSUM = instanceOf(Checksum, 'Checksum.sha256(\'…\')');
const RELEASE = { url: required(TEXT), checksum: required(CHECKSUM) };
const ISO: Kinds<IsoRelease> = { url: required(TEXT), checksum: CHECKSUM, checksumList: TEXT };
const IMAGE: Kinds<CloudImageConfig> = { ...RELEASE, minimumDiskSize: required(SIZE), hasGuestAgent: FLAG, needsX86_64V3: FLAG };

/**
 * Notes what is not as an interface says, in a class or an object that a user wrote.
 * @internal
 */
export function checkGuestKinds(guest: Pick<IOperatingSystem, 'osName' | 'osType'>, property: string, problems: Problems): void {
  checkKinds(guest, { osName: required(TEXT), osType: required(instanceOf(OsType, 'OsType.LINUX')) }, problems, property);
}

/**
 * Notes what is not as the interface says in what a user wrote about the setup of a guest.
 * @internal
 */
export function checkGuestSetupKinds(setup: GuestSetup, property: string, problems: Problems): void {
  checkKinds(setup, SETUP, problems, property);
}

/**
 * Notes what is no name of an operating system.
 * @internal
 */
export function validateOsName(osName: string, property: string, problems: Problems): void {
  checkForm(problems, property, osName, /^[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?$/, rules['os-name-form']);
}

/**
 * Notes what would not work with the setup of a guest.
 * @internal
 */
export function validateGuestSetup(setup: GuestSetup, property: string, problems: Problems): void {
  problems.check(setup.installAgent.every((line) => !/[\n\r\0]/.test(line)), rules['text-control-characters'], {
    property: `${property}.installAgent`, received: setup.installAgent,
  });
}

/**
 * Refuses a release that is not as the interface says.
 * @internal
 */
export function checkRelease(path: string, version: string, release: CloudImageRelease): void {
  const problems = new Problems(path);
  required(TEXT)(version, 'version', problems);
  checkKinds<CloudImageRelease>(release, { ...RELEASE, minimumDiskSize: SIZE, iso: objectOf<IsoRelease>(ISO) }, problems, 'release');
  problems.throwIfAny();
}

/**
 * The ISO of a release; refuses a release that has none.
 * @internal
 */
export function requireIso(path: string, release: CloudImageRelease): IsoRelease {
  const problems = new Problems(path);
  if (release.iso === undefined) problems.report(rules['iso-release-missing'], { property: 'release.iso' });
  problems.throwIfAny();
  return release.iso!;
}

/**
 * The cloud image of an operating system, whoever wrote the class; throws where it is not as the interface says.
 * @internal
 */
export function bindCloudImage(os: ICloudImage, problems: Problems): CloudImageConfig {
  checkGuestKinds(os, 'operatingSystem', problems);
  checkGuestSetupKinds(os.guestSetup, 'operatingSystem.guestSetup', problems);
  const image = os.bindCloudImage();
  checkKinds(image, IMAGE, problems, 'operatingSystem');
  problems.throwIfAny();
  return image;
}

/**
 * Notes what would not work with an operating system and its cloud image, whoever wrote the class.
 * @internal
 */
export function validateCloudImage(os: IOperatingSystem, image: CloudImageConfig, problems: Problems): void {
  const property = 'operatingSystem';
  validateOsName(os.osName, `${property}.osName`, problems);
  const url = { property: `${property}.url`, received: image.url };
  problems.check(/^https?:\/\/[^\s/"<>\\^`{|}]+\/[^\s"<>\\^`{|}]*\.(qcow2|img|raw|vmdk)$/.test(image.url), rules['image-url-form'], url);
  problems.check(!/[/._-](latest|current)([/._-]|$)/i.test(image.url), rules['image-url-moving'], url);
  const { installAgent } = os.guestSetup;
  problems.check(installAgent.length > 0 || image.hasGuestAgent === true, rules['install-agent-missing'], {
    property: `${property}.guestSetup.installAgent`, received: installAgent,
  });
  validateGuestSetup(os.guestSetup, `${property}.guestSetup`, problems);
}
