import { controlPlaneOf } from './cluster-model';
import { ConfigContract } from './config-contract';
import { ConfigPatch } from './config-patch';
import { MachineType } from './machine-type';
import type { NodePool } from './node-pool';
import type { NodePoolProps } from './node-pool-props';
import type { TalosNode } from './talos-node';

/** With the kernel arguments of the platform `nocloud`, the first network device has this name. */
const FIRST_LINK = 'eth0';

/**
 * What the library says in the configuration of a node, before anything the user says.
 * @internal
 */
export function generatedPatches(pool: NodePool, node: TalosNode): ConfigPatch[] {
  return [
    // Without it, an upgrade would take the provider's own image: another platform, without extensions.
    ConfigPatch.install({ disk: '/dev/sda', image: pool.image.installerImage }),
    ConfigPatch.hostname(node.nodeName),
    ...networkPatches(pool, node),
    ...(pool.machineType === MachineType.CONTROL_PLANE ? controlPlanePatches(pool) : []),
    ...pool.cluster.cni.bind({ machines: controlPlaneOf(pool.cluster).nodes.length }),
    ...poolPatches(pool),
  ];
}

/** Said again here, since what cloud-init says holds only until Talos is told otherwise. */
function networkPatches(pool: NodePool, node: TalosNode): ConfigPatch[] {
  const { addresses, network } = pool.cluster;
  const subnets = [ConfigPatch.kubeletNodeIpSubnets([network.subnet])];
  if (node.knownAddress === undefined) return subnets;
  const link = ConfigPatch.link(FIRST_LINK, {
    addresses: [`${node.knownAddress}/${addresses.prefixLength}`],
    routes: network.gateway === undefined ? undefined : [{ gateway: network.gateway }],
  });
  return [link, ...(addresses.nameServers.length > 0 ? [ConfigPatch.nameServers(addresses.nameServers)] : []), ...subnets];
}

function controlPlanePatches(pool: NodePool): ConfigPatch[] {
  const { cluster } = pool;
  const { endpoint } = cluster;
  const known = controlPlaneOf(cluster).nodes.map(({ knownAddress }) => knownAddress).filter((address) => address !== undefined);
  const names = [...(endpoint === undefined ? [] : [endpoint.host]), ...known];
  const workloads = cluster.schedulableControlPlane ?? cluster.pools.length === 1;
  return [
    ConfigPatch.etcdAdvertisedSubnets([cluster.network.subnet]),
    ...(names.length > 0 ? [ConfigPatch.apiServerCertSans([...new Set(names)])] : []),
    ...(endpoint?.virtualAddress === undefined ? [] : [ConfigPatch.layer2Vip(endpoint.virtualAddress, FIRST_LINK)]),
    ...(cluster.pools.some(needsRuntimeClass) ? [ConfigPatch.nvidiaRuntimeClass()] : []),
    ...(workloads ? [ConfigPatch.allowSchedulingOnControlPlanes(), ConfigPatch.allowLoadBalancersOnControlPlanes()] : []),
  ];
}

/** Since Talos 1.13, containers get cards of NVIDIA by CDI. */
function needsRuntimeClass({ image }: NodePool): boolean {
  return image.schematic.nvidiaDriver !== undefined && !ConfigContract.ofRelease(image.release).isAtLeast(ConfigContract.V1_13);
}

/**
 * Labels and taints of a pool.
 * @internal
 */
export function labelPatches({ labels, taints }: NodePoolProps): ConfigPatch[] {
  return [
    ...(isGiven(labels) ? [ConfigPatch.nodeLabels(labels!)] : []),
    ...(isGiven(taints) ? [ConfigPatch.nodeTaints(taints!)] : []),
  ];
}

/** Whether there is something in it, or it is of a kind that is refused. */
function isGiven(map: { readonly [name: string]: string } | undefined): boolean {
  return map !== undefined && (typeof map !== 'object' || map === null || Array.isArray(map) || Object.keys(map).length > 0);
}

function poolPatches({ image, props }: NodePool): ConfigPatch[] {
  return [
    ...labelPatches(props),
    ...(image.schematic.nvidiaDriver === undefined ? [] : [ConfigPatch.nvidiaDriver()]),
  ];
}
