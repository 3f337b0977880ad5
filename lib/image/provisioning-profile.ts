import { GuestSetup } from '../guest-os';

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

/** Which of the package's own provisioning an image gets, beside the user's provisioners. */
export class ProvisioningProfile {
  /**
   * The Ansible roles of this package: base packages, users, SSH keys, clean-up. Needs Ansible where Packer runs, and a system of
   * Debian's family.
   */
  public static standard(props: StandardProfileProps = {}): ProvisioningProfile { return new ProvisioningProfile(props); }

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
