import { ClusterModel, controlPlaneOf } from './cluster-model';

/**
 * What brings the nodes to the releases of the program, in order: one control plane node after the other, then the workers, then Kubernetes.
 *
 * An applied configuration upgrades nothing: the installer image in it is only what the next upgrade takes.
 * @internal
 */
export function upgradeCommands(cluster: ClusterModel): string[] {
  const talos = cluster.pools.flatMap(({ image, nodes }) => nodes.map(({ address }) => `talosctl upgrade --nodes ${address} --image ${image.installerImage} --wait`));
  const [first] = controlPlaneOf(cluster).nodes;
  return [...talos, `talosctl upgrade-k8s --nodes ${first.address} --to ${cluster.kubernetesVersion}`];
}
