import { TerraformResource } from 'cdktf';
import { Secret, talos } from '../../lib';
import { mistakes } from '../support/errors';
import { stackWithCluster } from '../support/fixtures';
import { synthesize } from '../support/synth';
import { HA, clusterAlone, configurationOf, documentsOf, elements, talosCluster } from './clusters';

const { ConfigPatch } = talos;

test('what a node is called, where it is, and what is under it', () => {
  const { cluster } = clusterAlone(HA);
  const [first, second] = cluster.controlPlane.nodes;
  expect([first.nodeName, first.address, first.machine.machineName, second.nodeName, second.address]).toEqual([
    'k8s-control-plane-11', '192.168.1.11', 'k8s-control-plane-11', 'k8s-control-plane-12', '192.168.1.12',
  ]);
  expect(first.machine.node.children.map(({ node }) => node.id).sort()).toEqual(['Apply', 'Configuration', 'Default', 'Made', 'Output']);
});

test('machine, configuration and application bear one name; the configuration follows the machine', () => {
  const { terraform } = clusterAlone(HA);
  const names = (kind: 'data' | 'resource', type: string) => Object.keys(terraform[kind][type]).filter((name) => name.startsWith('K8s_'));
  const machines = names('resource', 'proxmox_virtual_environment_vm');
  expect(machines).toHaveLength(3);
  expect([names('data', 'talos_machine_configuration'), names('resource', 'talos_machine_configuration_apply')]).toEqual([machines, machines]);
  for (const [name, apply] of Object.entries<any>(terraform.resource.talos_machine_configuration_apply)) {
    expect([apply.depends_on, apply.lifecycle, apply.machine_configuration_input]).toEqual([
      [`proxmox_virtual_environment_vm.${name}`], { replace_triggered_by: [`terraform_data.${name}`] },
      `\${data.talos_machine_configuration.${name}.machine_configuration}`,
    ]);
  }
});

test('a machine stays on its node of Proxmox VE, and keeps its disk when the image is another one', () => {
  const { terraform } = clusterAlone(HA);
  const machines = Object.values<any>(elements(terraform, 'resource', 'proxmox_virtual_environment_vm', 'K8s'));
  expect(machines.map(({ lifecycle }) => lifecycle)).toEqual(Array(3).fill({ ignore_changes: ['clone', 'node_name'] }));
});

test('what the user says of the lifecycle of a machine is not lost', () => {
  const stack = stackWithCluster();
  const cluster = talosCluster(stack);
  (cluster.controlPlane.nodes[0].machine.node.defaultChild as TerraformResource).addOverride('lifecycle.prevent_destroy', true);
  const [machine] = Object.values(elements(synthesize(stack).terraform, 'resource', 'proxmox_virtual_environment_vm', 'K8s'));
  expect(machine.lifecycle).toEqual({ ignore_changes: ['clone', 'node_name'], prevent_destroy: true });
});

test('a patch of one node is not one of another', () => {
  const { terraform } = clusterAlone(HA, (k8s) => {
    k8s.controlPlane.nodes[1].addConfigPatch(ConfigPatch.extensionService('tailscale', { secretEnvironment: { TS_AUTHKEY: Secret.fromEnvironment('ts_key') } }));
    k8s.controlPlane.nodes[1].addConfigPatch(ConfigPatch.hostname('other'));
  });
  const lengths = ['11', '13'].map((key) => documentsOf(terraform, `k8s-control-plane-${key}`).length);
  expect([...new Set(lengths), configurationOf(terraform, 'k8s-control-plane-12').config_patches.length]).toEqual([lengths[0], lengths[0] + 2]);
  expect(documentsOf(terraform, 'k8s-control-plane-12').slice(-2)).toEqual([
    { apiVersion: 'v1alpha1', environment: ['secret of format("%s%s", "TS_AUTHKEY=", var.ts_key)'], kind: 'ExtensionServiceConfig', name: 'tailscale' },
    { apiVersion: 'v1alpha1', auto: 'off', hostname: 'other', kind: 'HostnameConfig' },
  ]);
});

test('a patch that is wrong for the node is refused where it is added', () => {
  const { cluster } = clusterAlone(HA, (k8s) => k8s.addPool('W', { addresses: ['192.168.1.21'] }));
  const [worker] = cluster.workerPools[0].nodes;
  expect(mistakes(() => worker.addConfigPatch(ConfigPatch.nodeLabels({ 'node-role.kubernetes.io/worker': '' })))).toEqual(['label-restricted labels.node-role.kubernetes.io/worker ""']);
  expect(mistakes(() => worker.addConfigPatch(ConfigPatch.yaml('apiVersion: v1alpha1\nkind: KubeNodeConfig\n')))).toEqual(['patch-document-kind configPatches "KubeNodeConfig"']);
});
