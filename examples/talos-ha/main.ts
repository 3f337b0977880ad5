import { App, LocalBackend, TerraformStack } from 'cdktf';
import { ProxmoxVe, Size, TalosCluster, TalosImport, VmIdPlan, VmIdRange, gpu, talos } from 'proxmox-constructs';

const app = new App();
const stack = new TerraformStack(app, 'k8s');
new LocalBackend(stack, { path: '../../../terraform.k8s.tfstate' });

new ProxmoxVe(stack, 'Pve', {
  endpoint: 'https://pve.lan:8006',
  node: 'pve1',
  storage: 'local-zfs',
  // Two images on two nodes are four templates.
  vmIdPlan: new VmIdPlan({ talosTemplates: VmIdRange.of(9000, 9009), isoTemplates: VmIdRange.of(9010, 9099) }),
});

const proxmoxNodes = ['pve1', 'pve2'];
const talosVersion = 'v1.13.9';

// Each image once on each node: a machine is copied from the template beside it.
const image = new TalosImport(stack, 'Talos', { talosVersion, vmId: 9000 });
image.addCopy('pve2', { vmId: 9001 });

// With drivers, and only for machines with a card: without one, such an image never finishes to boot.
const gpuImage = new TalosImport(stack, 'TalosGpu', {
  talosVersion,
  schematic: new talos.Schematic({
    systemExtensions: [talos.SystemExtension.QEMU_GUEST_AGENT, ...talos.NvidiaDriver.OPEN_LTS.systemExtensions],
  }),
  vmId: 9002,
});
gpuImage.addCopy('pve2', { vmId: 9003 });

// One name for the cards of both nodes.
const card = { deviceId: '10de:27b0', subsystemId: '10de:16fa' };
const cards = new gpu.PciMapping(stack, 'Rtx4000', {
  devices: [
    { ...card, node: 'pve1', path: '01:00', iommuGroup: 14 },
    { ...card, node: 'pve2', path: '41:00', iommuGroup: 27 },
  ],
});

const cluster = new TalosCluster(stack, 'K8s', {
  image,
  configContract: talos.ConfigContract.V1_13,
  kubernetesVersion: '1.35.2',
  network: { subnet: '192.168.1.0/24', gateway: '192.168.1.1' },
  // An address that the control plane nodes hold in turn.
  endpoint: talos.ClusterEndpoint.virtualIp('192.168.1.10'),
  controlPlane: {
    addresses: ['192.168.1.11', '192.168.1.12', '192.168.1.13'],
    proxmoxNodes,
    cores: 4,
    memory: Size.gibibytes(8),
  },
  cni: talos.Cni.cilium({ hubble: true, l2Announcements: true }),
  configPatches: [
    talos.ConfigPatch.timeServers(['192.168.1.1']),
    talos.ConfigPatch.registryMirror('docker.io', { endpoints: ['https://mirror.lan'] }),
  ],
});

const workers = cluster.addPool('worker', {
  addresses: ['192.168.1.21', '192.168.1.22'],
  proxmoxNodes,
  cores: 4,
  memory: Size.gibibytes(16),
  additionalDisks: [{ size: Size.gibibytes(100) }],
  configPatches: [talos.ConfigPatch.userVolume('data', { disk: talos.VolumeDisk.nonSystem(), minSize: Size.gibibytes(50) })],
});

const gpuWorkers = cluster.addPool('gpu', {
  image: gpuImage,
  addresses: ['192.168.1.31', '192.168.1.32'],
  proxmoxNodes,
  cores: 8,
  memory: Size.gibibytes(32),
  diskSize: Size.gibibytes(100),
  gpus: [gpu.GpuDevice.fromPciMapping(cards)],
  labels: { 'homelab.lan/gpu': 'rtx4000' },
  // Nothing runs here that does not tolerate it.
  taints: { 'nvidia.com/gpu': 'present:NoSchedule' },
});

// Kubernetes spreads replicas over zones, so it learns which node of Proxmox VE each of its nodes is on.
for (const node of [cluster.controlPlane, workers, gpuWorkers].flatMap((pool) => pool.nodes)) {
  node.addConfigPatch(talos.ConfigPatch.nodeLabels({ 'topology.kubernetes.io/zone': node.machine.nodeName }));
}

app.synth();
