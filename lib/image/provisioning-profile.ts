import { Problems } from '../core';
import { GuestSetup } from '../guest-os';
import { FLAG, Kinds, TEXT, checkKinds, listOf, objectOf, required } from '../proxmox/kinds';
import { checkForm } from '../proxmox/text-forms';
import { imageRules } from './rules';
import { checkSshKey } from './ssh-key';

/** A user that the profile `standard` creates in an image. */
export interface ImageUser {
  /** Name of the user. */
  readonly name: string;
  /** Further groups. @default - none */
  readonly groups?: string[];
  /** Login shell. @default /bin/bash */
  readonly shell?: string;
  /** Whether the user becomes root without a password. @default false */
  readonly sudo?: boolean;
  /** Public SSH keys, one line each as in `authorized_keys`. @default - none */
  readonly sshKeys?: string[];
  /** Whether all other keys of the user are removed. @default false */
  readonly exclusiveSshKeys?: boolean;
}

/** What the profile `standard` puts into an image. */
export interface StandardProfileProps {
  /** Packages beside those of the role `base`. @default - none */
  readonly packages?: string[];
  /** Whether all packages are upgraded. @default true */
  readonly upgradePackages?: boolean;
  /** Users that every clone has. Users of one machine are better left to its cloud-init. @default - none */
  readonly users?: ImageUser[];
}

const USER: Kinds<ImageUser> = {
  name: required(TEXT), groups: listOf(TEXT), shell: TEXT, sudo: FLAG, sshKeys: listOf(TEXT), exclusiveSshKeys: FLAG,
};

const STANDARD: Kinds<StandardProfileProps> = { packages: listOf(TEXT), upgradePackages: FLAG, users: listOf(objectOf(USER)) };

const NAME = /^[a-z_][a-z0-9_-]{0,31}$/;

/** What Ansible would refuse after minutes, or not at all. */
function validateStandard({ packages = [], users = [] }: StandardProfileProps, problems: Problems): void {
  packages.forEach((name, i) => checkForm(problems, `packages[${i}]`, name, /^[A-Za-z0-9][A-Za-z0-9.+:~=/_*-]*$/, imageRules['package-name-form']));
  users.forEach(({ name, groups = [], shell, sshKeys = [] }, i) => {
    const user = `users[${i}]`;
    checkForm(problems, `${user}.name`, name, NAME, imageRules['image-user-name']);
    problems.check(users.findIndex((other) => other.name === name) === i, imageRules['image-user-twice'], { property: `${user}.name`, received: name });
    groups.forEach((group, j) => checkForm(problems, `${user}.groups[${j}]`, group, NAME, imageRules['image-user-name']));
    checkForm(problems, `${user}.shell`, shell, /^\/[A-Za-z0-9._/-]*[A-Za-z0-9._-]$/, imageRules['image-user-shell']);
    sshKeys.forEach((key, j) => checkSshKey(problems, `${user}.sshKeys[${j}]`, key));
  });
}

/** Which of the package's own provisioning an image gets, beside the user's provisioners. */
export class ProvisioningProfile {
  /**
   * The Ansible roles of this package: base packages, users, SSH keys, clean-up. Needs Ansible where Packer runs, and a system of
   * Debian's family.
   */
  public static standard(props: StandardProfileProps = {}): ProvisioningProfile {
    const problems = new Problems('ProvisioningProfile.standard');
    checkKinds(props, STANDARD, problems);
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

  /** Whether the profile can provision a guest. */
  public supports(setup: GuestSetup): boolean {
    return this.standard === undefined || setup.ansibleSupported === true;
  }
}
