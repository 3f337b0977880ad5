import { Precondition } from 'cdktf';
import { ClusterModel, controlPlaneOf } from './cluster-model';

/**
 * Stops a plan that would delete the machine of a control plane node that is still a member of etcd, as far as anybody has said.
 *
 * The program alone does not know what it described before. The server does: a machine with the tag of a control plane node of this cluster
 * that the program no longer has is one that the plan deletes.
 *
 * @param removed addresses of nodes that have left etcd, or their names where addresses come by DHCP
 * @internal
 */
export function removalGuard(cluster: ClusterModel, removed: string[]): Precondition {
  const { proxmoxVe, clusterName } = cluster;
  const pool = controlPlaneOf(cluster);
  const tag = proxmoxVe.ownerTag(pool);
  const keys = [...pool.nodes.map(({ machine }) => machine.node.id), ...removed.map((node) => pool.keyOf(node))];
  const expected = JSON.stringify(keys.map((key) => `${tag}-${key}`));
  const leaving = `[for v in ${proxmoxVe.vmsAddress} : v if !v.template && length([for t in v.tags : t if can(regex("^${tag}-[0-9]+$", t)) && !contains(${expected}, t)]) > 0]`;
  const deleted = `This would delete \${join(", ", ${leaving.replace(': v if', ': v.name if')})}, `;
  return {
    condition: `\${length(${leaving}) == 0}`,
    errorMessage: pool.nodes.length === 1 && removed.length === 0
      ? `${deleted}on which etcd of ${clusterName} is, and with it all that is in the cluster. A single node cannot be exchanged for another: let the control plane grow to three `
        + 'nodes first, or make a new cluster and move what runs there. Of a control plane that shrinks to one, let the others leave first (talosctl reset --graceful), and name them in removedControlPlaneNodes.'
      : `${deleted}a control plane node of ${clusterName}, and etcd would count it as failed. `
        + 'Let it leave first: talosctl reset --nodes ADDRESS --graceful --wait (for a node that is dead already: talosctl etcd remove-member), then kubectl delete node NAME. '
        + `Then name ${pool.props.addresses === undefined ? 'it' : 'its ADDRESS'} in removedControlPlaneNodes.`,
  };
}
