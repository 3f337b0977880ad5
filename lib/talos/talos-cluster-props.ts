import { FLAG, Kinds, TEXT, instanceOf, listOf, memberOf, objectOf, required } from '../proxmox/kinds';
import { ClusterEndpoint } from './cluster-endpoint';
import { ClusterNetwork, NETWORK_KINDS } from './cluster-network';
import { ClusterUpgrades } from './cluster-upgrades';
import { Cni } from './cni';
import { ConfigContract } from './config-contract';
import { ConfigPatch } from './config-patch';
import { NodePoolProps, POOL_KINDS } from './node-pool-props';
import { TalosImport } from './talos-import';

/**
 * A Kubernetes cluster of Talos machines.
 *
 * Three versions are said apart, since they move apart: that of the image (`image.talosVersion`) is what new machines start with, the contract is
 * what the configurations look like, and that of Kubernetes is what runs on top.
 */
export interface TalosClusterProps {
  /** The image of all nodes, unless a pool has another. */
  readonly image: TalosImport;
  /**
   * The shape of the machine configurations: of the release of Talos with which the cluster is made, and left alone ever after. A raised contract
   * changes what is generated, secrets included; it never follows the image by itself.
   */
  readonly configContract: ConfigContract;
  /**
   * Release of Kubernetes, such as `1.34.2`. For a cluster that exists, run `talosctl upgrade-k8s --to …` first and then say it here: a
   * configuration that is merely applied changes all nodes at once.
   * @see https://docs.siderolabs.com/kubernetes-guides/advanced-guides/upgrading-kubernetes
   */
  readonly kubernetesVersion: string;
  /** The network of the nodes. */
  readonly network: ClusterNetwork;
  /** The nodes of the control plane: 1, 3 or 5. @default - one, with an address by DHCP */
  readonly controlPlane?: NodePoolProps;
  /**
   * Address of the Kubernetes API, in every certificate and kubeconfig.
   * @default - address of the only control plane node; several need one of their own
   */
  readonly endpoint?: ClusterEndpoint;
  /** Name of the cluster, a DNS label. @default - made of the construct's id, such as `k8s` */
  readonly clusterName?: string;
  /** How pods reach each other. @default Cni.flannel(), which Talos brings along */
  readonly cni?: Cni;
  /** Whether workloads run on the control plane. @default - where there is no other pool */
  readonly schedulableControlPlane?: boolean;
  /** Changes of the machine configuration of all nodes. @default - none */
  readonly configPatches?: ConfigPatch[];
  /** Who upgrades Talos and Kubernetes on machines that run. Chosen when the cluster is made. @default ClusterUpgrades.BY_HAND */
  readonly upgrades?: ClusterUpgrades;
  /**
   * Addresses (by DHCP: names) of control plane nodes that were taken out of the cluster: `talosctl reset --graceful` made the node leave etcd, and
   * `controlPlane` names it no more. Without this, a plan that deletes the machine of a control plane node stops. Leave it out again once the
   * machine is gone.
   * @default - none
   */
  readonly removedControlPlaneNodes?: string[];
  /**
   * Whether the cluster exists already, made by other means: its secrets and its bootstrap are imported and not made. `talosctl gen secrets
   * --from-controlplane-config` writes the secrets to a file, whose path is given as `TF_VAR_<cluster>_talos_secrets`. It may be left out once
   * that deploy is done. The machines are new ones that join the cluster; those that it has are none of the program's.
   * Refused with upgrades by Terraform.
   * @default false
   */
  readonly adopt?: boolean;
  /**
   * Whether a deploy ends only when the cluster is healthy. The provider looks at every plan, too, which fails while a node is down.
   * @default false
   */
  readonly waitUntilHealthy?: boolean;
}

/**
 * Kinds of the properties of a cluster.
 * @internal
 */
export const CLUSTER_KINDS: Kinds<TalosClusterProps> = {
  image: required(instanceOf(TalosImport, 'new TalosImport(stack, \'Talos\', { … })')),
  configContract: required(instanceOf(ConfigContract, 'talos.ConfigContract.V1_13')),
  kubernetesVersion: required(TEXT),
  network: required(objectOf(NETWORK_KINDS)),
  controlPlane: objectOf(POOL_KINDS),
  endpoint: instanceOf(ClusterEndpoint, "talos.ClusterEndpoint.virtualIp('192.168.1.10')"),
  clusterName: TEXT,
  cni: instanceOf(Cni, 'talos.Cni.cilium()'),
  schedulableControlPlane: FLAG,
  upgrades: memberOf(ClusterUpgrades, 'ClusterUpgrades'),
  configPatches: listOf(instanceOf(ConfigPatch, 'talos.ConfigPatch.timeServers([…])')),
  removedControlPlaneNodes: listOf(TEXT),
  adopt: FLAG,
  waitUntilHealthy: FLAG,
};
