import { Duration, Size } from '../core';
import { IProvisioner } from '../packer';
import { IsoRelease } from './iso-release';
import { IOperatingSystem } from './operating-system';

/** How an installer is given its answer file. */
export enum AnswerDelivery {
  /** On a CD that Packer makes, which needs one of xorriso, mkisofs, hdiutil or oscdimg beside it. No network is needed for it. */
  CD = 'cd',
  /** By Packer's HTTP server, while the installer runs: the machine has an address from DHCP and reaches the one that runs Packer. */
  HTTP = 'http',
}

/** Bus on which an installer sees its CDs. */
export enum InstallationBus {
  /** SCSI, for kernels that know VirtIO. */
  SCSI = 'scsi',
  /** SATA, for installers without a driver for VirtIO, such as that of Windows. */
  SATA = 'sata',
}

/** How Packer logs in to a system that has just been installed. */
export enum RemoteAccess {
  /** SSH, with the build user and its password. */
  SSH = 'ssh',
  /** Windows Remote Management by TLS with a certificate of the machine's own, with the build user and its password. */
  WINRM = 'winrm',
}

/**
 * What is to be installed, for the text of an answer file. The two secrets are expressions that Packer fills in: they are put into a text
 * as they are, and are known to nobody before.
 */
export interface InstallationRequest {
  /** Name of the machine while it is built: lower-case letters, digits and `-`, at most 63. */
  readonly hostName: string;
  /** User that Packer logs in as. The clean-up at the end removes it. */
  readonly buildUser: string;
  /** Hash of the password that Packer makes for this one build, by bcrypt (`$2b$…`). Not in double quotes of a shell. */
  readonly buildPasswordHash: string;
  /**
   * The password itself, for installers that take no hash: 36 of the characters 0-9, a-f and `-`. It stands in the answer file, so what the
   * installer leaves of that is removed.
   */
  readonly buildPassword: string;
  /** Language and territory, such as `en_US`; the encoding is always UTF-8. */
  readonly locale: string;
  /** Layout of the keyboard, such as `us` or `de`, as the console of Linux names it. */
  readonly keyboardLayout: string;
  /** Time zone, such as `UTC` or `Europe/Vienna`. */
  readonly timeZone: string;
  /** Slot of the disk that is installed to, such as `scsi0`. It is the only one. */
  readonly diskSlot: string;
  /** How the answer file is asked to be delivered. @default - what the system does best */
  readonly answerDelivery?: AnswerDelivery;
}

/** How an operating system is installed with nobody watching. */
export interface InstallationConfig {
  /** The vendor's ISO. */
  readonly iso: IsoRelease;
  /** Further ISOs that the installer needs, such as one with drivers. @default - none */
  readonly additionalIsos?: IsoRelease[];
  /** How the answer file is delivered: as asked for where the installer can do that. Otherwise the template is refused. */
  readonly answerDelivery: AnswerDelivery;
  /** Texts by name of file: the answer file, and what belongs to it. */
  readonly answerFiles: { [name: string]: string };
  /**
   * Label by which the installer knows the CD of the answer file, such as `cidata` or `OEMDRV`: 1 to 32 letters, digits, `_` and `-`. Only for
   * AnswerDelivery.CD.
   * @default - packer
   */
  readonly answerLabel?: string;
  /**
   * Keys that are typed at the boot loader of the ISO; see `packer.BootKey`. As few as possible.
   * @default - none
   */
  readonly bootCommand?: string[];
  /** Time between the start of the machine and the first key. @default - 10 seconds */
  readonly bootWait?: Duration;
  /** Bus of the CDs. @default InstallationBus.SCSI */
  readonly cdBus?: InstallationBus;
  /** Smallest disk that takes the system; the template's has whole GiB. @default - 8 GiB */
  readonly minimumDiskSize?: Size;
  /** Memory that the installer needs. @default - 2 GiB */
  readonly minimumMemory?: Size;
  /** How long the installation takes at most, from the start to the login; by SSH more than 5 minutes. @default - 60 minutes */
  readonly installTimeout?: Duration;
  /** How Packer logs in afterwards. @default RemoteAccess.SSH */
  readonly remoteAccess?: RemoteAccess;
  /** What is done with the installed system before all else. @default - nothing */
  readonly provisioners?: IProvisioner[];
  /** Whether loader and kernel are signed, so that Secure Boot may be on. @default false */
  readonly supportsSecureBoot?: boolean;
  /** Whether it is built for CPUs with x86-64-v3 (AVX2). @default false */
  readonly needsX86_64V3?: boolean;
}

/**
 * An operating system that installs itself from an ISO, by an answer file.
 *
 * The installed system has the QEMU guest agent started, lets `buildUser` in by its password, and lets it become root (a Linux) without
 * one; it boots by the removable path `EFI/BOOT/BOOTX64.EFI`, since a clone has EFI variables of its own; its root is the last partition, so
 * that it grows; cloud-init configures its clones. What the installer leaves behind is removed by `guestSetup.generalizeScript`.
 */
export interface IInstallable extends IOperatingSystem {
  /**
   * Says how it is installed.
   * @param request what is to be installed
   */
  bindInstallation(request: InstallationRequest): InstallationConfig;
}
