import { TalosClusterProps } from '../../lib';
import { HA, clusterAlone } from './clusters';

/** The tags that the guard expects, and those of which it looks for more. */
function guardOf(props: Partial<TalosClusterProps>): { readonly expected: string[]; readonly pattern: string; readonly message: string } {
  const { terraform } = clusterAlone(props);
  const [{ condition, error_message: message }] = terraform.resource.terraform_data.K8s.lifecycle.precondition;
  const [, pattern, expected] = /regex\("([^"]+)", t\)\) && !contains\((\[.*?\]), t\)/.exec(condition)!;
  return { expected: JSON.parse(expected), pattern, message };
}

test('the machines of the program are expected, and those whose nodes have left etcd', () => {
  const { expected, pattern } = guardOf({ ...HA, removedControlPlaneNodes: ['192.168.1.14', '192.168.1.15'] });
  expect(expected).toEqual(['11', '12', '13', '14', '15'].map((key) => `homelab_k8s-control-plane-${key}`));
  expect(expected.filter((tag) => !new RegExp(pattern).test(tag))).toEqual([]);
  expect(['homelab_k8s-control-plane-x-11', 'homelab_k8s-control-plane', 'homelab_k8s-control-plane-11-a', 'other_k8s-control-plane-11', 'homelab_k8s-workers-11'].filter((tag) => new RegExp(pattern).test(tag))).toEqual([]);
});

test('with addresses by DHCP the numbers of the nodes are expected', () => {
  expect(guardOf({ ...HA, controlPlane: { count: 3 } }).expected).toEqual(['1', '2', '3'].map((key) => `homelab_k8s-control-plane-${key}`));
});

test('the name of the cluster stands in the message, and the place in the program in the tags', () => {
  const { expected, message } = guardOf({ clusterName: 'prod' });
  expect(expected).toEqual(['homelab_k8s-control-plane-11']);
  expect(message).toMatch(/^This would delete .*, a control plane node of prod, and etcd would count it as failed\. Let it leave first: talosctl reset --nodes ADDRESS --graceful --wait /);
});

test('the cluster comes up only after the guard has looked', () => {
  const { terraform } = clusterAlone(HA);
  expect(terraform.resource.talos_machine_bootstrap.K8s.depends_on[0]).toBe('terraform_data.K8s');
});
