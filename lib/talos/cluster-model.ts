import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { PlainProvider } from '../assembly';
import { ProxmoxVe } from '../proxmox';
import { ClusterEndpoint } from './cluster-endpoint';
import { ClusterAddresses, ClusterNetwork } from './cluster-network';
import { ClusterUpgrades } from './cluster-upgrades';
import { Cni } from './cni';
import { ConfigContract } from './config-contract';
import { MachineType } from './machine-type';
import type { NodePool } from './node-pool';
import { PatchList } from './patch-list';
import { TalosImport } from './talos-import';

/**
 * What the parts of a cluster know of it.
 * @internal
 */
export interface ClusterModel {
  /** The construct of the cluster. */
  readonly scope: Construct;
  readonly proxmoxVe: ProxmoxVe;
  readonly clusterName: string;
  readonly image: TalosImport;
  readonly contract: ConfigContract;
  readonly kubernetesVersion: string;
  readonly network: ClusterNetwork;
  readonly addresses: ClusterAddresses;
  readonly cni: Cni;
  readonly provider: PlainProvider;
  /** Said by the user; undefined where the only control plane node is the endpoint. */
  readonly endpoint?: ClusterEndpoint;
  /** Whether workloads run on control plane nodes; undefined where it depends on whether there are others. */
  readonly schedulableControlPlane?: boolean;
  readonly upgrades: ClusterUpgrades;
  /** All pools, that of the control plane first. */
  readonly pools: NodePool[];
  /** What the user changes on all nodes of a kind. */
  readonly patches: { readonly [type in MachineType]: PatchList };
  /** Address of the resource that holds the secrets. */
  readonly secrets: string;
}

/**
 * The nodes on which the control plane runs.
 * @internal
 */
export function controlPlaneOf(cluster: ClusterModel): NodePool {
  return cluster.pools[0];
}

/**
 * Name of the cluster's elements of Terraform: of each kind there is one.
 * @internal
 */
export function elementName({ scope }: ClusterModel): string {
  return TerraformStack.of(scope).getLogicalId(scope.node);
}

/**
 * Address of the Kubernetes API, such as `https://192.168.1.10:6443`.
 * @internal
 */
export function endpointOf(cluster: ClusterModel): string {
  return cluster.endpoint?.url ?? `https://${controlPlaneOf(cluster).nodes[0].address}:6443`;
}
