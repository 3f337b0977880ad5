import { App, LocalBackend, TerraformStack } from 'cdktf';
import { ProxmoxVe, Size, TalosCluster, TalosImport, VmIdPlan, VmIdRange, talos } from 'proxmox-constructs';

const {
  TALOS_VERSION = 'v1.13.9', TALOS_CONTROL_PLANE = '192.168.1.11,192.168.1.12,192.168.1.13', TALOS_WORKERS = '192.168.1.21', TALOS_REMOVED = '',
  TALOS_KUBERNETES = '1.35.2', TALOS_UPGRADES = 'by hand',
} = process.env;
const list = (text: string) => text.split(',').filter((item) => item !== '');

const app = new App();
const stack = new TerraformStack(app, 'talos');
new LocalBackend(stack, { path: '../../../terraform.tfstate' });
new ProxmoxVe(stack, 'Pve', {
  endpoint: 'https://pve.lan:8006',
  node: 'pve1',
  storage: 'local-zfs',
  vmIdPlan: new VmIdPlan({ talosTemplates: VmIdRange.of(9000, 9009), isoTemplates: VmIdRange.of(9010, 9099) }),
});

const proxmoxNodes = ['pve1', 'pve2'];
const image = new TalosImport(stack, 'Talos', { talosVersion: TALOS_VERSION });
image.addCopy('pve2', { vmId: 9001 });

const cluster = new TalosCluster(stack, 'K8s', {
  image,
  configContract: talos.ConfigContract.V1_13,
  kubernetesVersion: TALOS_KUBERNETES,
  upgrades: TALOS_UPGRADES as talos.ClusterUpgrades,
  network: { subnet: '192.168.1.0/24', gateway: '192.168.1.1' },
  endpoint: talos.ClusterEndpoint.virtualIp('192.168.1.10'),
  controlPlane: { addresses: list(TALOS_CONTROL_PLANE), proxmoxNodes },
  removedControlPlaneNodes: list(TALOS_REMOVED),
  cni: talos.Cni.cilium(),
});
const workers = list(TALOS_WORKERS);
if (workers.length > 0) cluster.addPool('worker', { addresses: workers, proxmoxNodes, memory: Size.gibibytes(8) });

app.synth();
