import { ClusterModel, controlPlaneOf } from './cluster-model';

/**
 * What brings the nodes to the release of their images, in order: one control plane node after the other, then the workers. Behind it, how
 * Kubernetes is upgraded, which comes before the program says another release of it.
 *
 * An applied configuration upgrades nothing: the installer image in it is only what the next upgrade takes.
 * @internal
 */
export function upgradeCommands(cluster: ClusterModel): string[] {
  const talos = cluster.pools.flatMap(({ image, nodes }) => nodes.map(({ address }) => `talosctl upgrade --nodes ${address} --image ${image.installerImage} --wait`));
  const [first] = controlPlaneOf(cluster).nodes;
  // What is left of the installation of Cilium cannot be changed, and Talos would try.
  const cilium = cluster.cni.cniName === 'cilium' ? ['kubectl --namespace kube-system delete job cilium-install --ignore-not-found'] : [];
  return [...talos, ...cilium, `talosctl upgrade-k8s --nodes ${first.address} --to KUBERNETES_VERSION`];
}
