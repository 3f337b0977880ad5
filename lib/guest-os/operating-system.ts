import { OsType, Size } from '../core';
import { Checksum } from './checksum';

/** How a user other than root becomes root in a guest. */
export enum PrivilegeEscalation {
  /** `sudo`, as in most distributions. */
  SUDO = 'sudo',
  /** `doas`, as in Alpine. */
  DOAS = 'doas',
}

/** What runs the scripts of a guest. */
export enum GuestShell {
  /** A POSIX shell. */
  POSIX = 'posix',
  /** PowerShell, as in Windows. */
  POWERSHELL = 'powershell',
}

/** How a guest is made ready to be a template. */
export interface GuestSetup {
  /**
   * Lines of a script for `shell`, run as root, that install the QEMU guest agent and cloud-init and start the agent. They run
   * twice without harm: at the first boot of a build, where nothing else could tell Packer the address, and as a provisioner.
   */
  readonly installAgent: string[];
  /** What runs the scripts. @default GuestShell.POSIX */
  readonly shell?: GuestShell;
  /** How the build user becomes root. With GuestShell.POWERSHELL it is an administrator. @default PrivilegeEscalation.SUDO */
  readonly privilegeEscalation?: PrivilegeEscalation;
  /** The user that cloud-init lets Packer in as, where it cannot be any. @default - any */
  readonly cloudInitUser?: string;
  /** Whether the roles in `ansible/` know this family of systems. @default false */
  readonly ansibleSupported?: boolean;
  /**
   * Path of a script for `shell`, run as root as the very last provisioner, that removes identity and the user named by `BUILD_USER`.
   * @default - the script of the role `cleanup`, for systems with systemd
   */
  readonly generalizeScript?: string;
}

/** An operating system that can be in a template. A new one is a class that implements this and what it can do. */
export interface IOperatingSystem {
  /** Name and version, such as `ubuntu-24.04`: lower-case letters, digits, `.` and `-`. Part of names and tags, so it stays as it is. */
  readonly osName: string;
  /** What Proxmox VE optimises for. */
  readonly osType: OsType;
  /** How a guest is made ready to be a template. */
  readonly guestSetup: GuestSetup;
}

/** Where a cloud image is, and what it brings. */
export interface CloudImageConfig {
  /**
   * Address of the image: a dated release that never changes, not compressed (`.qcow2`, `.img` that is a qcow2, `.raw`, `.vmdk`).
   * An address with `latest` or `current` in it is refused: it would change below the templates made of it.
   */
  readonly url: string;
  /** Checksum the vendor publishes for it. */
  readonly checksum: Checksum;
  /** Size of the disk inside the image, rounded up; templates are never smaller. */
  readonly minimumDiskSize: Size;
  /** Whether the QEMU guest agent is installed and started in the image. @default false */
  readonly hasGuestAgent?: boolean;
  /** Whether it is built for CPUs with x86-64-v3 (AVX2), as those of Red Hat's family are since 10: it does not start on others. @default false */
  readonly needsX86_64V3?: boolean;
}

/** An operating system whose vendor publishes a disk image with cloud-init in it. */
export interface ICloudImage extends IOperatingSystem {
  /** Says where the image is, and what it brings. */
  bindCloudImage(): CloudImageConfig;
}
