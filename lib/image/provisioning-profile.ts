import { Problems } from '../core';
import { GuestSetup, GuestShell } from '../guest-os';
import { FLAG, Kind, Kinds, TEXT, checkKinds, checkOptions, listOf, objectOf } from '../proxmox/kinds';
import { checkForm } from '../proxmox/text-forms';
import { ansibleVariables, windowsVariables } from './ansible-variables';
import { HARDENING_KINDS, ImageHardening, checkHardenedSystem, validateHardening } from './image-hardening';
import { validateRoleVariables, validateRoles } from './image-roles';
import { ImageUser, USER_KINDS, checkLinuxUsers, checkWindowsUsers, validateUsers } from './image-users';
import { IMAGE_K3S_KINDS, ImageK3s, validateK3s } from './k3s-release';
import { imageRules } from './rules';

export { ImageHardening } from './image-hardening';
export { ImageUser } from './image-users';
export { ImageK3s, K3sRelease, K3sReleaseProps } from './k3s-release';

/** NVIDIA's drivers in an image, whose machines then need a GPU. The distribution's own packages are taken; building needs no GPU. */
export interface ImageNvidiaDriver {
  /**
   * Whether the kernel modules are the open ones: GPUs up to Volta have none, those from Blackwell on no others.
   * @default - the open ones on Ubuntu, the proprietary ones on Debian
   */
  readonly openModules?: boolean;
  /** Branch of the packages of Ubuntu, such as `580-server`. Debian has one branch a release. @default - 580-server on Ubuntu */
  readonly branch?: string;
  /** Whether the parts for a display come along (OpenGL, Vulkan, Xorg), beside those for computing. @default false */
  readonly display?: boolean;
  /** Whether the NVIDIA Container Toolkit comes along, from NVIDIA's repository. @default false */
  readonly containerToolkit?: boolean;
  /** Whether upgrades leave the drivers alone. @default false */
  readonly hold?: boolean;
}

/** What the profile `standard` puts into an image. */
export interface StandardProfileProps {
  /** Packages beside those of the role `base`. Refused for Windows. @default - none */
  readonly packages?: string[];
  /** Whether all packages are upgraded. On Windows without effect: there its operating system says it. @default true */
  readonly upgradePackages?: boolean;
  /** Users that every clone has. Users of one machine are better left to its cloud-init. @default - none */
  readonly users?: ImageUser[];
  /** NVIDIA's drivers, for images of machines with a passed-through GPU: Debian 12 and 13, Ubuntu 24.04 and 26.04. @default - none */
  readonly nvidiaDriver?: ImageNvidiaDriver;
  /**
   * k3s, installed and never started: a clone becomes a server or an agent by its cloud-init, such as `K3sNode.server` writes it. For the
   * families of Red Hat, Debian and Arch.
   * @default - none
   */
  readonly k3s?: ImageK3s;
  /**
   * Hardening by OpenSCAP, after everything else. For the family of Red Hat.
   * @default - none
   */
  readonly hardening?: ImageHardening;
  /**
   * Roles of your own that run before those of the package: paths of their folders. They may use what ansible-core brings, on Windows also the
   * collections that the package pins; any other is to be installed where Packer runs. Refused are roles that Ansible cannot read or find, or that do
   * nothing.
   * @default - none
   */
  readonly rolesBefore?: string[];
  /** Roles of your own that run after those of the package: paths of their folders, as in `rolesBefore`. @default - none */
  readonly rolesAfter?: string[];
  /**
   * Variables of your roles, and those of the package's roles that have no property here; they stand in a file beside the image. Refused are names of
   * Ansible's own, what a role of the package does not know or take, and variables of one that does not run.
   * @default - none
   */
  readonly roleVariables?: { [name: string]: any };
}

const NVIDIA: Kinds<ImageNvidiaDriver> = { openModules: FLAG, branch: TEXT, display: FLAG, containerToolkit: FLAG, hold: FLAG };

const VARIABLES: Kind = (value, property, problems) => {
  if (value !== undefined) checkKinds(value, {}, problems, property);
};

const STANDARD: Kinds<StandardProfileProps> = {
  packages: listOf(TEXT),
  upgradePackages: FLAG,
  users: listOf(objectOf(USER_KINDS)),
  nvidiaDriver: objectOf(NVIDIA),
  k3s: objectOf(IMAGE_K3S_KINDS),
  hardening: objectOf(HARDENING_KINDS),
  rolesBefore: listOf(TEXT),
  rolesAfter: listOf(TEXT),
  roleVariables: VARIABLES,
};

/** Variable that names a file with profiles of its own. */
const OWN_CONTENT = 'hardening_openscap_content';

/** What Ansible would refuse after minutes, or not at all. */
function validateStandard(props: StandardProfileProps, problems: Problems): void {
  const { packages = [], users = [], nvidiaDriver, k3s, hardening, rolesBefore = [], rolesAfter = [], roleVariables = {} } = props;
  if (k3s !== undefined) validateK3s(k3s, problems);
  if (hardening !== undefined) validateHardening(hardening, OWN_CONTENT in roleVariables, problems);
  const roles = [...rolesBefore, ...rolesAfter];
  validateRoles('rolesBefore', rolesBefore, roles, problems);
  validateRoles('rolesAfter', rolesAfter, roles, problems);
  validateRoleVariables(roleVariables, Object.keys({ ...ansibleVariables({ ...props, roleVariables: {} }, ''), ...windowsVariables({}) }), roles, problems);
  checkForm(problems, 'nvidiaDriver.branch', nvidiaDriver?.branch, /^[1-9]\d{2}(-server)?$/, imageRules['nvidia-branch']);
  packages.forEach((name, i) => checkForm(problems, `packages[${i}]`, name, /^[A-Za-z0-9][A-Za-z0-9.+:~=/_*-]*$/, imageRules['package-name-form']));
  validateUsers(users, problems);
}

/** Which of the package's own provisioning an image gets, beside the user's provisioners. */
export class ProvisioningProfile {
  /**
   * The Ansible roles of this package: base packages, users, SSH keys; NVIDIA's drivers, k3s and hardening where they are asked for; roles of
   * your own; clean-up. Needs Ansible where Packer runs, and a system that the roles know. What a system cannot have is refused where both meet.
   */
  public static standard(props: StandardProfileProps = {}): ProvisioningProfile {
    const problems = new Problems('ProvisioningProfile.standard');
    checkOptions(props, STANDARD, problems);
    problems.throwIfAny();
    validateStandard(props, problems);
    problems.throwIfAny();
    return new ProvisioningProfile(props);
  }

  /** Guest agent, cloud-init and clean-up by shell scripts; nothing else, and no Ansible. */
  public static minimal(): ProvisioningProfile { return new ProvisioningProfile(); }

  private constructor(
    /** What `standard` was given; undefined for `minimal`. */
    public readonly standard?: StandardProfileProps,
  ) {}

  /**
   * Notes what the profile would find only when it runs in the image.
   * @internal
   */
  public validateFor(osName: string, setup: GuestSetup | undefined, secureBoot: boolean, problems: Problems): void {
    const { packages = [], users = [], nvidiaDriver: driver, k3s, hardening, roleVariables = {} } = this.standard ?? {};
    if (setup?.shell === GuestShell.POWERSHELL) {
      const forLinux = { packages: packages.length > 0, nvidiaDriver: driver, k3s, hardening };
      Object.entries(forLinux).forEach(([part, asked]) => problems.check(!asked, imageRules['profile-on-windows'], {
        property: `profile.${part}`, received: osName,
      }));
      checkWindowsUsers(users, problems);
      return;
    }
    checkLinuxUsers(users, osName, problems);
    if (hardening !== undefined) checkHardenedSystem(hardening, OWN_CONTENT in roleVariables, osName, problems);
    if (driver === undefined) return;
    const isDebian = osName.startsWith('debian-');
    problems
      .check(['debian-12', 'debian-13', 'ubuntu-24.04', 'ubuntu-26.04'].includes(osName), imageRules['nvidia-system'], { property: 'profile', received: osName })
      .check(!isDebian || driver.branch === undefined, imageRules['nvidia-branch'], { property: 'profile', received: `${driver.branch} on ${osName}` })
      .check(osName !== 'debian-12' || driver.openModules !== true, imageRules['nvidia-open-modules'], { property: 'profile', received: osName })
      .check(!isDebian || !secureBoot, imageRules['nvidia-secure-boot'], { property: 'profile', received: osName });
  }

  /**
   * Users of an image, beside those of its base.
   * @internal
   */
  public usersOf(base: string[] = []): string[] {
    return [...new Set([...base, ...(this.standard?.users ?? []).map(({ name }) => name)])];
  }

  /**
   * Whether k3s is in the image; undefined where steps of the user's may put it there.
   * @internal
   */
  public installsK3s(setup: GuestSetup | undefined): boolean | undefined {
    if (setup?.shell === GuestShell.POWERSHELL) return false;
    return this.standard?.k3s === undefined ? undefined : true;
  }

  /** Whether the profile can provision a guest. */
  public supports(setup: GuestSetup): boolean {
    return this.standard === undefined || setup.ansibleSupported === true;
  }
}
