import { Duration } from '../core';
import { GuestEngine } from './guest-engine';

/** A release line of Proxmox VE that can be simulated. */
export enum PveRelease {
  /** Proxmox VE 8.4. */
  V8_4 = '8.4',
  /** Proxmox VE 9.1: no `VM.Monitor`, privileges for the guest agent, rules instead of groups for high availability. */
  V9_1 = '9.1',
}

/** A kind of storage. */
export enum StorageKind {
  /** A folder on the node: holds files of every content type. */
  DIRECTORY = 'dir',
  /** A folder on an NFS server. */
  NFS = 'nfs',
  /** A ZFS pool: disks and containers. */
  ZFS = 'zfspool',
  /** A thin pool of LVM: disks and containers. */
  LVM_THIN = 'lvmthin',
  /** A pool of Ceph: disks and containers, on all nodes. */
  RBD = 'rbd',
}

/** How a simulated Proxmox VE is set up. */
export interface PveSimulatorProps {
  /**
   * The release.
   * @default PveRelease.V9_1
   */
  readonly release?: PveRelease;
  /**
   * The address to listen on, one of the loopback interface; anything else is refused.
   * @default '127.0.0.1'
   */
  readonly address?: string;
  /**
   * The port to listen on.
   * @default - any that is free
   */
  readonly port?: number;
  /**
   * Further host names its certificate is good for, beside `localhost`, its address and the names of its nodes.
   * @default - none
   */
  readonly hostNames?: string[];
  /**
   * The nodes of the cluster.
   * @default - one, named `pve`, with the bridge `vmbr0`
   */
  readonly nodes?: SimulatedNode[];
  /**
   * The storages of the cluster.
   * @default - `local`, a folder for all but disks, and `local-lvm`, a thin pool for disks; as a new server has them
   */
  readonly storages?: SimulatedStorage[];
  /**
   * API tokens beside the one of root@pam that every simulator has.
   * @default - none
   */
  readonly tokens?: SimulatedToken[];
  /**
   * The secret of root's token `root@pam!simulator`, a UUID.
   * @default - a random one
   */
  readonly apiTokenSecret?: string;
  /**
   * The password of root@pam.
   * @default - a random one
   */
  readonly rootPassword?: string;
  /**
   * What runs the guests.
   * @default GuestEngine.none()
   */
  readonly engine?: GuestEngine;
  /**
   * How long every task takes at least. While a machine is cloned it is locked.
   * @default - tasks end as soon as their work is done
   */
  readonly taskDuration?: Duration;
  /**
   * How long `/cluster/resources` does not know the name of a new machine. On a real server that is up to ten seconds.
   * @default - it knows at once
   */
  readonly statusLag?: Duration;
}

/** What an address on the internet gives, without that anything is asked for there. */
export interface SimulatedDownload {
  /** The address. */
  readonly url: string;
  /** Bytes that arrive. */
  readonly bytes: number;
  /**
   * Bytes of the disk inside, if it is the image of a disk.
   * @default - as many as arrive
   */
  readonly diskBytes?: number;
  /**
   * The digest of what arrives, by whichever algorithm is asked for.
   * @default - it is not the one asked for
   */
  readonly digest?: string;
}

/** A node of a simulated cluster. */
export interface SimulatedNode {
  /** Its name, such as `pve`. */
  readonly name: string;
  /**
   * Its bridges. A machine on another bridge does not start.
   * @default - `vmbr0`
   */
  readonly bridges?: string[];
  /**
   * Its PCI devices that can be passed through.
   * @default - none
   */
  readonly pciDevices?: SimulatedPciDevice[];
}

/** A PCI device of a simulated node. */
export interface SimulatedPciDevice {
  /** Its address with domain and function, such as `0000:01:00.0`. */
  readonly address: string;
  /** The vendor's id, four hexadecimal digits: `10de`. */
  readonly vendorId: string;
  /** The device's id, four hexadecimal digits: `2484`. */
  readonly deviceId: string;
  /**
   * The ids of the board, `1462:3897`. A mapping must name them if the device has them.
   * @default - none
   */
  readonly subsystemId?: string;
  /**
   * Its IOMMU group. A mapping must name it if the device has one.
   * @default - none, as on a host with the IOMMU switched off
   */
  readonly iommuGroup?: number;
  /**
   * The types of mediated devices it offers, such as `nvidia-63`.
   * @default - none
   */
  readonly mediatedDeviceTypes?: string[];
}

/** A storage of a simulated cluster. */
export interface SimulatedStorage {
  /** Its name, such as `local-zfs`. */
  readonly name: string;
  /** What it is. */
  readonly kind: StorageKind;
  /**
   * What it may hold: `images`, `rootdir`, `iso`, `import`, `snippets`, `vztmpl`, `backup`.
   * @default - all that its kind can hold
   */
  readonly content?: string[];
  /**
   * Whether all nodes see the same content.
   * @default - of NFS and Ceph yes, else no
   */
  readonly shared?: boolean;
  /**
   * The nodes that have it.
   * @default - all
   */
  readonly nodes?: string[];
  /**
   * The folder of a directory.
   * @default - `/var/lib/vz` for `local`, else `/mnt/<name>`
   */
  readonly path?: string;
}

/** An API token of a simulated cluster, with a user of the same rights. */
export interface SimulatedToken {
  /** User and name of the token, such as `packer@pve!ci`. */
  readonly id: string;
  /** Its secret, a UUID. */
  readonly secret: string;
  /** What user and token may do. */
  readonly permissions: SimulatedPermission[];
}

/** What is allowed on a path. */
export interface SimulatedPermission {
  /** The path, such as `/vms` or `/storage/local`. */
  readonly path: string;
  /** The privileges, such as `VM.Audit`. */
  readonly privileges: string[];
  /**
   * Whether it holds for what is below the path.
   * @default true
   */
  readonly propagate?: boolean;
}
