import { TalosClusterProps } from '../../lib';
import { mistakes } from '../support/errors';
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

test('with addresses by DHCP the numbers of the nodes are expected, and the removed ones have names', () => {
  const { expected, message } = guardOf({ ...HA, controlPlane: { count: 3 }, removedControlPlaneNodes: ['k8s-control-plane-4', 'k8s-control-plane-5'] });
  expect(expected).toEqual(['1', '2', '3', '4', '5'].map((key) => `homelab_k8s-control-plane-${key}`));
  expect(message).toMatch(/ Then name it in removedControlPlaneNodes\.$/);
  const refused = (...removedControlPlaneNodes: string[]) => mistakes(() => clusterAlone({ ...HA, controlPlane: { count: 3 }, removedControlPlaneNodes }));
  expect(refused('192.168.1.14', 'k8s-control-plane-0', 'k8s-workers-4', 'k8s-control-plane-4x', '')).toEqual([
    'removed-node-name removedControlPlaneNodes[0] "192.168.1.14"', 'removed-node-name removedControlPlaneNodes[1] "k8s-control-plane-0"',
    'removed-node-name removedControlPlaneNodes[2] "k8s-workers-4"', 'removed-node-name removedControlPlaneNodes[3] "k8s-control-plane-4x"',
    'removed-node-name removedControlPlaneNodes[4] ""',
  ]);
  expect(refused('k8s-control-plane-3')).toEqual(['removed-node-still-there removedControlPlaneNodes[0] "k8s-control-plane-3"']);
});

test('the name of the cluster stands in the message, and the place in the program in the tags', () => {
  const { expected, message } = guardOf({ clusterName: 'prod' });
  expect(expected).toEqual(['homelab_k8s-control-plane-11']);
  expect(message).toMatch(/^This would delete .*, on which etcd of prod is, and with it all that is in the cluster\. A single node cannot be exchanged for another: /);
});

test('the cluster comes up only after the guard has looked', () => {
  const { terraform } = clusterAlone(HA);
  expect(terraform.resource.talos_machine_bootstrap.K8s.depends_on[0]).toBe('terraform_data.K8s');
});
