import { Bios, CpuType, Duration, MachineType, OsType, ScsiController, Size } from '../core';
import { Communicator } from './communicator';
import { IsoFile } from './iso-file';
import { NetworkAdapter, PciDeviceConfig, RngConfig, SourceDisk, TpmConfig, VgaConfig } from './proxmox-devices';

/** Protocols of the server from which an installer fetches its answers. */
export enum HttpNetworkProtocol {
  /** IPv4 and IPv6. */
  TCP = 'tcp',
  /** IPv4 only. */
  TCP4 = 'tcp4',
  /** IPv6 only. */
  TCP6 = 'tcp6',
  /** Unix domain socket. */
  UNIX = 'unix',
  /** Unix domain socket with packets. */
  UNIXPACKET = 'unixpacket',
}

/** Bus on which a template has its cloud-init drive. */
export enum CloudInitBus {
  /** IDE; kernels for clouds do not see it on machine type q35. */
  IDE = 'ide',
  /** SATA; kernels for clouds often have no driver for it. */
  SATA = 'sata',
  /** SCSI; the one that all kernels for clouds see. */
  SCSI = 'scsi',
}

/**
 * What the two sources of Proxmox VE have in common.
 *
 * Text in all properties is literal, besides expressions (`${variable}`), whose value is not: `{{` in it begins a template of the
 * plugin. Only `bootCommand` is a template itself.
 *
 * @see https://developer.hashicorp.com/packer/integrations/hashicorp/proxmox
 */
export interface ProxmoxSourceProps {
  /** Address of the API: `https://<host>:8006/api2/json`, all of it. */
  readonly proxmoxUrl: string;
  /** User with realm, `root@pam`; with a token its name too, `packer@pve!build`. */
  readonly username: string;
  /**
   * Password of the user: a reference to something sensitive. Literal text is refused. Either this or `token`.
   * @default - `token` is given
   */
  readonly password?: string;
  /**
   * Secret of the API token: a reference to something sensitive. Literal text is refused. Either this or `password`.
   * @default - `password` is given
   */
  readonly token?: string;
  /**
   * Whether the certificate of the server stays unchecked.
   * @default false
   */
  readonly insecureSkipTlsVerify?: boolean;
  /** Node on which the machine is built. */
  readonly node: string;
  /**
   * Resource pool of the machine. Pools within pools (`a/b`) are refused by the plugin's client.
   * @default - no pool
   */
  readonly pool?: string;
  /**
   * Time that one task of the server may take, such as a clone or an upload. A clone that takes longer goes on behind
   * Packer's back and stays.
   * @default Duration.minutes(1)
   */
  readonly taskTimeout?: Duration;

  /**
   * Name of the machine while it is built: a DNS name, without `_`.
   * @default - `packer-` and a unique id
   */
  readonly vmName?: string;
  /**
   * Id of the machine and the template, 100 to 999999999. Without it two builds at once may be given the same id.
   * @default - the next free id
   */
  readonly vmId?: number;
  /**
   * Name of the template: a DNS name, without `_`.
   * @default - the name of the machine
   */
  readonly templateName?: string;
  /**
   * Notes of the template. Not empty, as the plugin then leaves "Packer ephemeral build VM" behind.
   * @default - "Packer ephemeral build VM"
   */
  readonly templateDescription?: string;
  /**
   * Tags of the machine and the template: letters, digits, `_` and `-`, up to 124 characters. Written sorted.
   * @default - none; the tags that a clone had are removed
   */
  readonly tags?: string[];
  /**
   * Devices from which the machine boots, in order, such as `['scsi0', 'ide2', 'net0']`. UEFI sees only the devices listed.
   * @default - the order of Proxmox VE
   */
  readonly bootOrder?: string[];

  /**
   * Memory, 16 MiB to 4178944 MiB, in whole MiB.
   * @default Size.mebibytes(512)
   */
  readonly memory?: Size;
  /**
   * Memory that the balloon leaves to the guest at least; not above `memory`.
   * @default - no ballooning
   */
  readonly ballooningMinimum?: Size;
  /**
   * Cores of each socket, 1 to 128.
   * @default 1
   */
  readonly cores?: number;
  /**
   * Sockets, 1 to 4.
   * @default 1
   */
  readonly sockets?: number;
  /**
   * CPU that the guest sees.
   * @default CpuType.KVM64
   */
  readonly cpuType?: CpuType;
  /**
   * Whether the guest sees the sockets as NUMA nodes.
   * @default false
   */
  readonly numa?: boolean;
  /**
   * Whether the machine is started with the node. Inherited by clones.
   * @default false
   */
  readonly onBoot?: boolean;
  /**
   * Whether hardware virtualization is left unused.
   * @default false
   */
  readonly disableKvm?: boolean;
  /**
   * Operating system for which Proxmox VE tunes the machine.
   * @default OsType.OTHER
   */
  readonly os?: OsType;
  /**
   * Firmware.
   * @default - SeaBIOS, or as the template has it
   */
  readonly bios?: Bios;
  /**
   * Chipset.
   * @default - i440fx, or as the template has it
   */
  readonly machine?: MachineType;
  /**
   * Controller of the SCSI disks.
   * @default ScsiController.LSI
   */
  readonly scsiController?: ScsiController;
  /**
   * Whether the guest agent is expected in the machine; without it the address of the machine must be given.
   * @default true
   */
  readonly qemuAgent?: boolean;
  /**
   * Serial ports, up to 4: `socket`, or a device of the node such as `/dev/ttyS0`.
   * @default - none, or as the template has them
   */
  readonly serials?: string[];
  /**
   * Name of the guest's network interface on which Packer reaches it, such as `ens18`.
   * @default - the first one that has an IPv4 address, in the order of the agent
   */
  readonly vmInterface?: string;
  /**
   * Arguments for QEMU. Proxmox VE allows them to root@pam with a password only.
   * @default - none
   */
  readonly qemuAdditionalArgs?: string;
  /**
   * Whether the machine is not converted to a template. It is then left running.
   * @default false
   */
  readonly skipConvertToTemplate?: boolean;
  /**
   * Trusted Platform Module.
   * @default - none, or as the template has it
   */
  readonly tpmConfig?: TpmConfig;
  /**
   * Display.
   * @default - standard VGA, or as the template has it
   */
  readonly vga?: VgaConfig;
  /**
   * Random number generator.
   * @default - none, or as the template has it
   */
  readonly rng?: RngConfig;
  /**
   * Network cards.
   * @default - none, or as the template has them
   */
  readonly networkAdapters?: NetworkAdapter[];
  /**
   * Disks that are made.
   * @default - none
   */
  readonly disks?: SourceDisk[];
  /**
   * PCI devices of the node.
   * @default - none
   */
  readonly pciDevices?: PciDeviceConfig[];
  /**
   * ISO images besides the one that the machine boots from.
   * @default - none
   */
  readonly additionalIsoFiles?: IsoFile[];

  /**
   * Whether the finished template is given an empty cloud-init drive. Needs `cloudInitStoragePool`.
   * @default false
   */
  readonly cloudInit?: boolean;
  /**
   * Storage of the cloud-init drive.
   * @default - no cloud-init drive
   */
  readonly cloudInitStoragePool?: string;
  /**
   * Bus of the cloud-init drive, in the first free slot. Kernels for clouds have no driver for SATA, nor see IDE on q35.
   * @default CloudInitBus.IDE
   */
  readonly cloudInitDiskType?: CloudInitBus;
  /**
   * Whether cloud-init leaves the packages of clones as they are at the first boot. Proxmox VE 8 and newer.
   * @default - Proxmox VE's own default: it upgrades
   */
  readonly cloudInitDisableUpgradePackages?: boolean;

  /** How Packer reaches the machine. */
  readonly communicator: Communicator;
  /**
   * Time to wait between the first answer of the machine and the connection.
   * @default - no wait
   */
  readonly pauseBeforeConnecting?: Duration;

  /**
   * Keys that are typed into the machine, in pieces that are joined: see `packer.BootKey`. `{{ .HTTPIP }}` and
   * `{{ .HTTPPort }}` are the address of Packer's HTTP server.
   * @default - nothing is typed
   */
  readonly bootCommand?: string[];
  /**
   * Time between the start of the machine and the first key.
   * @default Duration.seconds(10)
   */
  readonly bootWait?: Duration;
  /**
   * Time between two keys. Short times lose keys without a word: use 50 ms or more.
   * @default - the environment variable PACKER_KEY_INTERVAL, else Duration.milliseconds(5)
   */
  readonly bootKeyInterval?: Duration;
  /**
   * Time between groups of keys.
   * @default - no wait; the plugin does not use it
   */
  readonly bootKeygroupInterval?: Duration;

  /**
   * Folder that Packer's HTTP server offers; relative to where Packer is started, see `packer.fromRoot`. The server opens
   * after the machine has started. Not together with `httpContent`.
   * @default - no folder
   */
  readonly httpDirectory?: string;
  /**
   * Files that Packer's HTTP server offers: texts by path, which begins with `/`. Not together with `httpDirectory`.
   * @default - no files
   */
  readonly httpContent?: { [path: string]: string };
  /**
   * Lowest port of the HTTP server.
   * @default 8000
   */
  readonly httpPortMin?: number;
  /**
   * Highest port of the HTTP server.
   * @default 9000
   */
  readonly httpPortMax?: number;
  /**
   * Address on which the HTTP server listens, and which the machine is told. Not together with `httpInterface`.
   * @default - all addresses; the machine is told the first IPv4 address
   */
  readonly httpBindAddress?: string;
  /**
   * Network interface beside Packer whose IPv4 address the machine is told. Not together with `httpBindAddress`.
   * @default - the first one
   */
  readonly httpInterface?: string;
  /**
   * Protocol of the HTTP server.
   * @default HttpNetworkProtocol.TCP
   */
  readonly httpNetworkProtocol?: HttpNetworkProtocol;

  /**
   * Remark for readers of the template.
   * @default - no comment
   */
  readonly comment?: string;
}
