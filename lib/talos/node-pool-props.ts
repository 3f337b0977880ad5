import { CpuType, Size } from '../core';
import { GpuDevice } from '../gpu';
import { Disk, VmComputeProps } from '../proxmox';
import { FLAG, Kinds, NUMBER, TEXT, instanceOf, listOf } from '../proxmox/kinds';
import { COMPUTE_KINDS, DISKS, SIZE } from '../proxmox/prop-kinds';
import { START_ORDER_KIND, StartOrder } from '../vm';
import { ConfigPatch } from './config-patch';
import { TalosImport } from './talos-import';

/** Nodes of a cluster that are alike. */
export interface NodePoolProps extends VmComputeProps {
  /**
   * IPv4 addresses, one for each node; there are as many nodes as addresses. A node is known by its address for life: its name ends
   * with its place in the subnet, which is the last part of an address in a /24, and taking an address out of the list removes this node
   * and no other.
   * @default - the nodes get their addresses by DHCP
   */
  readonly addresses?: string[];
  /**
   * Number of nodes that get their addresses by DHCP, found by the guest agent. Fewer removes those with the highest numbers.
   * Refused beside `addresses`.
   * @default 1
   */
  readonly count?: number;
  /** The image, with a schematic of its own where the pool needs one. @default - image of the cluster */
  readonly image?: TalosImport;
  /**
   * Names of the Proxmox VE nodes over which the nodes are spread in turn, in the order of their addresses or numbers; with as many names as nodes,
   * each has its own. A node that runs stays where it is when the list changes.
   * @default - node of the image
   */
  readonly proxmoxNodes?: string[];
  /**
   * Size of the system disk, whole GiB, at least that of the image. Talos takes all of it at the first start.
   * @default - 32 GiB, or that of the image if it is larger
   */
  readonly diskSize?: Size;
  /** Storage of the system disk. @default - storage of the ProxmoxVe */
  readonly storage?: string;
  /** Further disks, for user volumes or a storage of the cluster's own (see `ConfigPatch.userVolume`). @default - none */
  readonly additionalDisks?: Disk[];
  /** CPU the guest sees; Talos needs x86-64-v2. @default - of the image, CpuType.HOST */
  readonly cpuType?: CpuType;
  /** Memory in whole MiB: at least 2 GiB for a control plane, 1 GiB for a worker. @default - of the image, 4 GiB */
  readonly memory?: Size;
  /** Refused: Talos knows neither ballooning nor memory that comes and goes. @default - no ballooning */
  readonly minimumMemory?: Size;
  /** Graphics devices of each node. The schematic of the image must have their drivers. @default - none */
  readonly gpus?: GpuDevice[];
  /** Labels of the Kubernetes nodes. @default - none */
  readonly labels?: { readonly [name: string]: string };
  /**
   * Taints of the Kubernetes nodes, as `effect` by key: `{ 'nvidia.com/gpu': 'present:NoSchedule' }`.
   * @default - none
   */
  readonly taints?: { readonly [name: string]: string };
  /** Changes of the machine configuration of these nodes. @default - none */
  readonly configPatches?: ConfigPatch[];
  /** Order in which Proxmox VE starts the machines with their nodes. Setting it needs Sys.Modify on `/`. @default - none */
  readonly startOrder?: StartOrder;
  /** Whether Proxmox VE refuses to delete the machines, which also stops `destroy`. @default false */
  readonly protection?: boolean;
  /** Tags of the machines. @default - none beside those that mark a machine as this cluster's */
  readonly tags?: string[];
}

/**
 * Kinds of the properties of a pool.
 * @internal
 */
export const POOL_KINDS: Kinds<NodePoolProps> = {
  ...COMPUTE_KINDS,
  addresses: listOf(TEXT),
  count: NUMBER,
  image: instanceOf(TalosImport, 'new TalosImport(stack, \'Talos\', { … })'),
  proxmoxNodes: listOf(TEXT),
  diskSize: SIZE,
  storage: TEXT,
  additionalDisks: DISKS,
  gpus: listOf(instanceOf(GpuDevice, "gpu.GpuDevice.fromMapping('rtx4000')")),
  labels: () => {},
  taints: () => {},
  configPatches: listOf(instanceOf(ConfigPatch, 'talos.ConfigPatch.timeServers([…])')),
  startOrder: START_ORDER_KIND,
  protection: FLAG,
  tags: listOf(TEXT),
};
