import { inspect } from 'util';
import { Lazy, TerraformStack } from 'cdktf';
import { Duration, OsType, Size, ValidationError, gpu, talos } from '../../lib';
import { cluster as pve } from '../support/fixtures';
import { newApp, newStack, synthesizeAny } from '../support/synth';
import { NETWORK, PLAN, talosCluster, talosImage } from './clusters';

/*
 * Whatever stands in whatever property of images, clusters and pools: it is taken, and the stack can be written, or it is refused with a
 * ValidationError; nothing else is ever thrown.
 */

const VALUES: any[] = [
  undefined, null, '', ' ', 'a b', '${x}', 'a%{x}', 'a"b', 'a\nb', '{{x}}', 'ünï', 'a\ud800', 0, -1, NaN, Infinity, 1.5, 1e21, 7, true, [], {}, [null], [undefined], () => 1, Symbol('x'), 1n,
  new Date(0), new Map(), Size.tebibytes(5000), Duration.seconds(0), OsType.OTHER, Object.create(null), Lazy.stringValue({ produce: () => '${var.x}' }), Lazy.numberValue({ produce: () => 7 }),
  Lazy.listValue({ produce: () => ['${var.x}'] }),
  'x'.repeat(300), '__proto__', '192.168.1.77', '192.168.1.0/24', 'v1.12.8', talos.ConfigContract.V1_14, { a: 'b' }, { a: 'b:NoSchedule' }, { a: 1 },
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

function withValue(props: any, [name, ...rest]: string[], value: any): any {
  const copy = Array.isArray(props) ? [...props] : { ...props };
  copy[name] = rest.length === 0 ? value : withValue(copy[name] ?? (/^\d/.test(rest[0]) ? [] : {}), rest, value);
  return copy;
}

test.each(CASES)('%s', (_, properties, props, make) => {
  const app = newApp();
  const thrown: string[] = [];
  let count = 0;
  let taken = 0;
  for (const property of properties) {
    for (const value of VALUES) {
      const stack = newStack(app, `s${count++}`);
      try {
        pve(stack, { endpoint: `https://pve${count}.lan:8006`, vmIdPlan: PLAN });
        make(withValue(props, property.split('.'), value), stack);
        stack.toTerraform();
        taken += 1;
      } catch (error) {
        if (!(error instanceof ValidationError)) thrown.push(`${property} = ${inspect(value)}: ${error}`);
        app.node.tryRemoveChild(stack.node.id);
      }
    }
  }
  expect(thrown).toEqual([]);
  expect(taken).toBeGreaterThan(0);
}, 120_000);

test('what was taken is written', () => {
  const stack = newStack();
  pve(stack);
  talosCluster(stack, { kubernetesVersion: 'v1.34.0' });
  expect(Object.keys(synthesizeAny(stack).terraform.data.talos_machine_configuration)).toHaveLength(1);
});
