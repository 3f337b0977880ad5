import { Lazy, TerraformStack } from 'cdktf';
import { gpu, talos } from '../../lib';
import { ANY_VALUES, withEvery, withValue } from '../support/any-value';
import { cluster as pve } from '../support/fixtures';
import { newApp, newStack, synthesizeAny } from '../support/synth';
import { NETWORK, PLAN, talosCluster, talosImage } from './clusters';

/*
 * Whatever stands in whatever property of images, clusters and pools: it is taken, and the stack can be written, or it is refused with a
 * ValidationError; nothing else is ever thrown.
 */

const VALUES = [
  ...ANY_VALUES, 7, Lazy.stringValue({ produce: () => '${var.x}' }), Lazy.numberValue({ produce: () => 7 }), Lazy.listValue({ produce: () => ['${var.x}'] }),
  '192.168.1.77', '192.168.1.0/24', 'v1.12.8', talos.ConfigContract.V1_14, { a: 'b' }, { a: 'b:NoSchedule' }, { a: 1 },
];

const IMAGE = [
  'talosVersion', 'schematic', 'vmId', 'templateName', 'proxmoxVe', 'node', 'diskSize', 'storage', 'diskFormat', 'cores', 'sockets', 'cpuType', 'memory', 'minimumMemory',
  'networkDevices', 'networkDevices.0', 'networkDevices.0.bridge', 'vga', 'imageFactory', 'tags', 'tags.0', 'description',
];
const POOL = [
  'addresses', 'addresses.0', 'count', 'image', 'proxmoxNodes', 'proxmoxNodes.0', 'diskSize', 'storage', 'additionalDisks', 'additionalDisks.0', 'additionalDisks.0.size', 'cores',
  'sockets', 'cpuType', 'memory', 'minimumMemory', 'networkDevices', 'networkDevices.0', 'vga', 'gpus', 'gpus.0', 'labels', 'labels.a', 'taints', 'taints.a', 'configPatches',
  'configPatches.0', 'startOrder', 'startOrder.order', 'protection', 'tags', 'tags.0',
];
const CLUSTER = [
  'image', 'configContract', 'kubernetesVersion', 'network', 'network.subnet', 'network.gateway', 'network.nameServers', 'network.nameServers.0', 'controlPlane',
  ...POOL.map((name) => `controlPlane.${name}`), 'endpoint', 'clusterName', 'cni', 'schedulableControlPlane', 'upgrades', 'configPatches', 'configPatches.0', 'removedControlPlaneNodes',
  'removedControlPlaneNodes.0', 'adopt', 'waitUntilHealthy',
];

type Make = (props: any, stack: TerraformStack) => unknown;

const CASES: [string, readonly string[], any, Make][] = [
  ['TalosImport', IMAGE, { talosVersion: 'v1.13.9' }, (props, stack) => talosImage(stack, props)],
  ['a copy', ['node', 'copy', 'copy.vmId', 'copy.storage'], { node: 'pve2', copy: { vmId: 9001 } }, ({ node, copy }, stack) => talosImage(stack).addCopy(node, copy)],
  ['TalosCluster', CLUSTER, { network: NETWORK, controlPlane: { addresses: ['192.168.1.11'] } }, (props, stack) => talosCluster(stack, { image: talosImage(stack), ...props })],
  ['a pool', POOL, { count: 1 }, (props, stack) => talosCluster(stack).addPool('Workers', props)],
  ['an endpoint', ['host', 'port', 'address'], { host: 'k8s.lan', address: '192.168.1.10' }, ({ host, port, address }, stack) => talosCluster(stack, {
    endpoint: port === undefined ? talos.ClusterEndpoint.virtualIp(address) : talos.ClusterEndpoint.host(host, port),
  })],
  ['a patch', ['patch', 'type'], { patch: talos.ConfigPatch.kubePrism(7446) }, ({ patch, type }, stack) => {
    const cluster = talosCluster(stack);
    cluster.addConfigPatch(patch, type);
    cluster.controlPlane.addConfigPatch(patch);
    cluster.controlPlane.nodes[0].addConfigPatch(patch);
  }],
  ['labels with a card', ['labels', 'taints'], {}, (props, stack) => talosCluster(stack).addPool('Gpu', { count: 1, gpus: [gpu.GpuDevice.fromMapping('rtx4000')], ...props })],
];

test.each(CASES)('%s', (_, properties, props, make) => {
  const app = newApp();
  const { thrown, taken } = withEvery(properties, VALUES, (property, value, count) => {
    const stack = newStack(app, `s${count}`);
    try {
      pve(stack, { endpoint: `https://pve${count}.lan:8006`, vmIdPlan: PLAN });
      make(withValue(props, property, value), stack);
      stack.toTerraform();
    } catch (error) {
      app.node.tryRemoveChild(stack.node.id);
      throw error;
    }
  });
  expect(thrown).toEqual([]);
  expect(taken).toBeGreaterThan(0);
}, 120_000);

test('what was taken is written', () => {
  const stack = newStack();
  pve(stack);
  talosCluster(stack, { kubernetesVersion: 'v1.34.0' });
  expect(Object.keys(synthesizeAny(stack).terraform.data.talos_machine_configuration)).toHaveLength(1);
});
