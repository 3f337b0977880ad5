import { CpuType, Size, TalosClusterProps, talos } from '../../lib';
import { expectError, mistakes } from '../support/errors';
import { REFERENCES, cluster as pve, stackWithCluster } from '../support/fixtures';
import { newApp, newStack } from '../support/synth';
import { HA, NVIDIA, PLAN, talosCluster, talosImage } from './clusters';

const { ClusterEndpoint, ConfigContract, ConfigPatch, MachineType } = talos;

function refused(props: Partial<TalosClusterProps>): string[] {
  return mistakes(() => talosCluster(stackWithCluster(), props));
}

function poolRefused(props: talos.NodePoolProps, id: string = 'Workers', of: Partial<TalosClusterProps> = {}): string[] {
  const cluster = talosCluster(stackWithCluster(), of);
  return mistakes(() => cluster.addPool(id, props));
}

describe('of a cluster', () => {
  test.each<[string, Partial<TalosClusterProps>]>([
    ['cluster-name clusterName ""', { clusterName: '' }],
    ['cluster-name clusterName "K8s"', { clusterName: 'K8s' }],
    ['cluster-name clusterName "a.b"', { clusterName: 'a.b' }],
    ['cluster-name clusterName "a-"', { clusterName: 'a-' }],
    [`cluster-name clusterName "${'a'.repeat(33)}"`, { clusterName: 'a'.repeat(33) }],
    ['cluster-name clusterName "a\\n"', { clusterName: 'a\n' }],
    ['kubernetes-version-form kubernetesVersion "1.35"', { kubernetesVersion: '1.35' }],
    ['kubernetes-version-unsupported kubernetesVersion "1.30.9"', { kubernetesVersion: '1.30.9' }],
    ['kubernetes-version-unsupported kubernetesVersion "1.37.0"', { kubernetesVersion: '1.37.0' }],
    ['subnet-form network.subnet "192.168.1.0"', { network: { subnet: '192.168.1.0' } }],
    ['subnet-form network.subnet "192.168.1.1/24"', { network: { subnet: '192.168.1.1/24' } }],
    ['subnet-form network.subnet "10.0.0.0/7"', { network: { subnet: '10.0.0.0/7' } }],
    ['subnet-form network.subnet "192.168.1.0/31"', { network: { subnet: '192.168.1.0/31' } }],
    ['subnet-form network.subnet "fd00::/64"', { network: { subnet: 'fd00::/64' } }],
    ['node-address-form network.gateway "192.168.1.1/24"', { network: { subnet: '192.168.1.0/24', gateway: '192.168.1.1/24' } }],
    ['node-address-outside-subnet network.gateway "192.168.2.1"', { network: { subnet: '192.168.1.0/24', gateway: '192.168.2.1' } }],
    ['node-address-outside-subnet network.gateway "192.168.1.255"', { network: { subnet: '192.168.1.0/24', gateway: '192.168.1.255' } }],
    ['talos-name-server network.nameServers[1] "dns.lan"', { network: { subnet: '192.168.1.0/24', nameServers: ['fd00::1', 'dns.lan'] } }],
    ['node-address-outside-subnet endpoint "192.168.2.10"', { ...HA, endpoint: ClusterEndpoint.virtualIp('192.168.2.10') }],
    ['node-address-twice endpoint "192.168.1.1"', { ...HA, endpoint: ClusterEndpoint.virtualIp('192.168.1.1') }],
    ['endpoint-missing endpoint nothing', { ...HA, endpoint: undefined }],
    ['endpoint-missing endpoint nothing', { controlPlane: undefined }],
    ['endpoint-missing endpoint nothing', { controlPlane: { count: 1 } }],
    ['control-plane-count controlPlane.addresses "2 nodes"', { ...HA, controlPlane: { addresses: ['192.168.1.11', '192.168.1.12'] } }],
    ['control-plane-count controlPlane.count "4 nodes"', { ...HA, controlPlane: { count: 4 } }],
    ['control-plane-count controlPlane.count "7 nodes"', { ...HA, controlPlane: { count: 7 } }],
    ['node-address-twice controlPlane.addresses[0] "192.168.1.10"', { ...HA, controlPlane: { addresses: ['192.168.1.10'] } }],
    ['talos-memory-too-small controlPlane.memory 2047 MiB', { controlPlane: { addresses: ['192.168.1.11'], memory: Size.mebibytes(2047) } }],
    ['removed-node-still-there removedControlPlaneNodes[0] "192.168.1.11"', { removedControlPlaneNodes: ['192.168.1.11'] }],
    ['node-address-form removedControlPlaneNodes[1] "k8s-control-plane-12"', { removedControlPlaneNodes: ['192.168.1.12', 'k8s-control-plane-12'] }],
    ['node-address-outside-subnet removedControlPlaneNodes[0] "192.168.2.12"', { removedControlPlaneNodes: ['192.168.2.12'] }],
    ['contract-newer-than-image controlPlane.configContract "v1.14 for v1.13.9"', { configContract: ConfigContract.V1_14 }],
    ['vip-on-worker configPatches[0] "layer2Vip 192.168.1.20"', { configPatches: [ConfigPatch.layer2Vip('192.168.1.20', 'eth0')] }],
  ])('%s', (mistake, props) => {
    expect(refused(props)).toEqual([mistake]);
  });

  test('all mistakes together, with rule and remedy', () => {
    const refuse = () => talosCluster(stackWithCluster(), {
      clusterName: 'k8s.lan', kubernetesVersion: '1.29.0', network: { subnet: '192.168.1.0/33', gateway: 'router', nameServers: ['router'] }, controlPlane: { count: 3 },
    });
    expect(expectError(refuse).message).toBe(`homelab/K8s: 6 mistakes
[cluster-name] clusterName, got: "k8s.lan"
  The name of a cluster is a DNS label of at most 32 lower-case letters, digits and hyphens: the names of its nodes begin with it.
  Remedy: Choose a name such as k8s.
[kubernetes-version-unsupported] kubernetesVersion, got: "1.29.0"
  Talos v1.13 runs Kubernetes 1.31 to 1.36.
  Remedy: Choose a Kubernetes release of 1.31 to 1.36, or another release of Talos.
[subnet-form] network.subnet, got: "192.168.1.0/33"
  A subnet is the address of an IPv4 network with a prefix length from 8 to 30.
  Remedy: Write it as 192.168.1.0/24.
[node-address-form] network.gateway, got: "router"
  Nodes, gateway and virtual address have IPv4 addresses without a prefix length; that of the subnet holds for all.
  Remedy: Write it as 192.168.1.11.
[talos-name-server] network.nameServers[0], got: "router"
  A name server is an IPv4 or IPv6 address.
  Remedy: Write the address, such as 192.168.1.1, not a name.
[endpoint-missing] endpoint, got: nothing
  Several control plane nodes, or one whose address comes by DHCP, need an endpoint that does not depend on one of them.
  Remedy: Give an endpoint: talos.ClusterEndpoint.virtualIp(address), or talos.ClusterEndpoint.host(name).`);
  });

  test('what is known only when Terraform runs', () => {
    const { text, number } = REFERENCES;
    expect(refused({ clusterName: text, kubernetesVersion: text, network: { subnet: text, gateway: text, nameServers: [text] } }).map((mistake) => mistake.split(' ')[0])).toEqual([
      'cluster-name', 'kubernetes-version-form', 'subnet-form', 'node-address-form', 'talos-name-server',
    ]);
    expect(refused({ ...HA, controlPlane: { count: number } }).map((mistake) => mistake.replace(/ a Terraform.*/, ''))).toEqual([
      'pool-empty controlPlane.count', expect.stringMatching(/^control-plane-count controlPlane\.count/),
    ]);
    expect(refused({ controlPlane: { addresses: [text], proxmoxNodes: ['pve'], storage: text } }).map((mistake) => mistake.replace(/ a Terraform.*/, ''))).toEqual([
      expect.stringMatching(/storage/), 'node-address-form controlPlane.addresses[0]',
    ]);
  });

  test('values of another kind, in plain JavaScript: every property', () => {
    const names: (keyof TalosClusterProps)[] = [
      'image', 'configContract', 'kubernetesVersion', 'network', 'controlPlane', 'endpoint', 'clusterName', 'cni', 'schedulableControlPlane', 'upgrades', 'configPatches',
      'removedControlPlaneNodes', 'adopt', 'waitUntilHealthy',
    ];
    const stack = stackWithCluster();
    talosImage(stack);
    const wrong: any = Object.fromEntries(names.map((name) => [name, { of: name }]));
    expect(mistakes(() => talosCluster(stack, wrong)).map((mistake) => mistake.split(' ').slice(0, 2).join(' ')).sort()).toEqual([...names].sort().map((name) => `value-kind ${name}`));
    expect(mistakes(() => talosCluster(stackWithCluster(), { image: 'x', configContract: undefined, kubernetesVersion: undefined, network: undefined } as any)).sort()).toEqual([
      'value-kind image "x"', 'value-missing configContract', 'value-missing kubernetesVersion', 'value-missing network',
    ]);
  });

  test('what is wrong for all machines is said once', () => {
    const patch = ConfigPatch.yaml('cluster:\n  network:\n    dnsDomain: k8s.lan\n');
    const stack = stackWithCluster();
    const image = talosImage(stack, { talosVersion: 'v1.14.1' });
    expect(mistakes(() => talosCluster(stack, { image, configContract: ConfigContract.V1_14, configPatches: [patch] }))).toEqual([
      'patch-classic-key configPatches[0] "cluster.network"',
    ]);
  });

  test('a patch that is none, and one that does not fit, added later', () => {
    const cluster = talosCluster(stackWithCluster());
    const pool = cluster.addPool('W', { count: 1 });
    for (const target of [cluster, pool, pool.nodes[0]]) {
      expect(mistakes(() => target.addConfigPatch(undefined as any))).toEqual(['value-missing patch']);
      expect(mistakes(() => target.addConfigPatch({} as any))).toEqual(['value-kind patch {}']);
    }
    expect(mistakes(() => cluster.addConfigPatch(ConfigPatch.kubePrism(), 'etcd' as any))).toEqual(['value-kind machineType "etcd"']);
    const vip = ConfigPatch.layer2Vip('192.168.1.20', 'eth0');
    expect(mistakes(() => pool.nodes[0].addConfigPatch(vip))).toEqual(['vip-on-worker configPatches "layer2Vip 192.168.1.20"']);
    cluster.addConfigPatch(vip, MachineType.CONTROL_PLANE);
    expect(mistakes(() => cluster.addPool('x y', undefined as any))).toEqual(['value-kind props nothing']);
  });
});

describe('of a pool', () => {
  test.each<[string, talos.NodePoolProps]>([
    ['pool-empty addresses []', { addresses: [] }],
    ['pool-empty count 0', { count: 0 }],
    ['pool-empty count 1.5', { count: 1.5 }],
    ['pool-empty count 251', { count: 251 }],
    ['pool-empty count Infinity', { count: Infinity }],
    ['pool-empty count NaN', { count: NaN }],
    ['pool-addresses-and-count count 2', { addresses: ['192.168.1.21'], count: 2 }],
    ['node-address-form addresses[0] "192.168.1.21/24"', { addresses: ['192.168.1.21/24'] }],
    ['node-address-form addresses[0] "192.168.1.021"', { addresses: ['192.168.1.021'] }],
    ['node-address-form addresses[0] "fd00::21"', { addresses: ['fd00::21'] }],
    ['node-address-outside-subnet addresses[1] "192.168.2.22"', { addresses: ['192.168.1.21', '192.168.2.22'] }],
    ['node-address-outside-subnet addresses[0] "192.168.1.0"', { addresses: ['192.168.1.0'] }],
    ['node-address-outside-subnet addresses[0] "192.168.1.255"', { addresses: ['192.168.1.255'] }],
    ['node-address-twice addresses[1] "192.168.1.21"', { addresses: ['192.168.1.21', '192.168.1.21'] }],
    ['node-address-twice addresses[0] "192.168.1.11"', { addresses: ['192.168.1.11'] }],
    ['node-address-twice addresses[0] "192.168.1.1"', { addresses: ['192.168.1.1'] }],
    ['talos-memory-too-small memory 1023 MiB', { count: 1, memory: Size.mebibytes(1023) }],
    ['talos-ballooning minimumMemory 1 GiB', { count: 1, minimumMemory: Size.gibibytes(1) }],
    ['talos-cpu-too-old cpuType qemu64', { count: 1, cpuType: CpuType.QEMU64 }],
    ['pool-without-network networkDevices []', { count: 1, networkDevices: [] }],
    ['storage-name storage "x y"', { count: 1, storage: 'x y' }],
    ['node-name proxmoxNodes[1] "pve.lan"', { count: 1, proxmoxNodes: ['pve', 'pve.lan'] }],
    ['label-name-form labels "a b"', { count: 1, labels: { 'a b': 'c' } }],
    ['label-value-form labels.a "b c"', { count: 1, labels: { a: 'b c' } }],
    ['label-restricted labels.node-role.kubernetes.io/worker ""', { count: 1, labels: { 'node-role.kubernetes.io/worker': '' } }],
    ['value-kind labels []', { count: 1, labels: [] as any }],
    ['value-kind labels.a 1', { count: 1, labels: { a: 1 } as any }],
    ['taint-form taints.a "b:Never"', { count: 1, taints: { a: 'b:Never' } }],
    ['value-kind taints null', { count: 1, taints: null as any }],
    ['vip-on-worker configPatches[0] "layer2Vip 192.168.1.20"', { count: 1, configPatches: [ConfigPatch.layer2Vip('192.168.1.20', 'eth0')] }],
    ['disk-smaller-than-template diskSize 9 GiB', { count: 1, diskSize: Size.gibibytes(9) }],
  ])('%s', (mistake, props) => {
    expect(poolRefused(props)).toEqual([mistake]);
  });

  test('ids that are part of the names of nodes', () => {
    expect(poolRefused({ count: 1 }, 'gpu'.repeat(20))).toEqual([`node-pool-name id "${'gpu'.repeat(20)}"`]);
    expect(poolRefused({ addresses: ['192.168.1.21'] }, '文字')).toEqual(['node-pool-name id "文字"']);
  });

  test('images', () => {
    const app = newApp();
    const stack = newStack(app);
    const [here, there] = [pve(stack), pve(stack, { endpoint: 'https://other.lan:8006' }, 'Other')];
    const cluster = talosCluster(stack, { image: talosImage(stack, { proxmoxVe: here }), kubernetesVersion: '1.35.2' });
    const image = (props: object, id: string) => talosImage(stack, { proxmoxVe: there, ...props }, id);
    expect(mistakes(() => cluster.addPool('A', { image: image({}, 'TalosA'), count: 1 }))).toEqual(['image-of-another-cluster image "homelab/TalosA"']);
    const noAgent = talosImage(stackWithCluster(), { schematic: new talos.Schematic() });
    const alone = (props: talos.NodePoolProps) => mistakes(() => talosCluster(noAgent.node.root.node.findChild('homelab') as any, { image: noAgent }).addPool('W', props));
    expect(alone({ count: 1 })).toEqual(['dhcp-needs-agent addresses nothing']);
  });

  test.each<[string, string, string, string, talos.ConfigContract]>([
    ['talos-images-too-far-apart image "v1.14.1 beside v1.12.8"', 'v1.12.8', 'v1.14.1', '1.34.2', ConfigContract.V1_12],
    ['kubernetes-version-unsupported kubernetesVersion "1.37.0"', 'v1.14.1', 'v1.13.9', '1.37.0', ConfigContract.V1_13],
    ['contract-newer-than-image configContract "v1.14 for v1.13.9"', 'v1.14.1', 'v1.13.9', '1.34.2', ConfigContract.V1_14],
  ])('%s', (mistake, release, other, kubernetesVersion, configContract) => {
    const stack = newStack();
    pve(stack, { vmIdPlan: PLAN });
    const image = talosImage(stack, { talosVersion: release });
    const cluster = talosCluster(stack, { image, kubernetesVersion, configContract });
    const second = talosImage(stack, { talosVersion: other, vmId: 9001 }, 'Other');
    expect(mistakes(() => cluster.addPool('W', { image: second, count: 1 }))).toEqual([mistake]);
  });

  test('drivers and cards', () => {
    expect(refused({ image: undefined, controlPlane: { addresses: ['192.168.1.11'] } })).toEqual(['value-missing image']);
    const stack = stackWithCluster();
    const image = talosImage(stack, { schematic: NVIDIA });
    expect(mistakes(() => talosCluster(stack, { image }))).toEqual(['nvidia-without-gpu controlPlane.gpus "none"']);
  });
});
