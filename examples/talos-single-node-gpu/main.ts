import { App, LocalBackend, TerraformStack } from 'cdktf';
import { ProxmoxVe, Size, TalosCluster, TalosImport, gpu, talos } from 'proxmox-constructs';

const app = new App();
const stack = new TerraformStack(app, 'homelab');
new LocalBackend(stack, { path: '../../../terraform.homelab.tfstate' });

new ProxmoxVe(stack, 'Pve', { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'local-zfs' });

// The image: Talos, the guest agent, and NVIDIA's open kernel modules with the container toolkit that belongs to them.
const image = new TalosImport(stack, 'Talos', {
  talosVersion: 'v1.14.1',
  schematic: new talos.Schematic({
    systemExtensions: [talos.SystemExtension.QEMU_GUEST_AGENT, ...talos.NvidiaDriver.OPEN_LTS.systemExtensions],
  }),
  vmId: 9000,
  templateName: 'talos-nvidia-template',
});

// One machine, which is control plane and worker.
new TalosCluster(stack, 'K8s', {
  image,
  configContract: talos.ConfigContract.V1_14,
  kubernetesVersion: '1.35.2',
  network: { subnet: '192.168.1.0/24', gateway: '192.168.1.1' },
  controlPlane: {
    addresses: ['192.168.1.40'],
    cores: 8,
    memory: Size.gibibytes(32),
    diskSize: Size.gibibytes(100),
    // For volumes of pods: local-path-provisioner is told the path /var/mnt/local-path.
    additionalDisks: [{ size: Size.gibibytes(200) }],
    configPatches: [talos.ConfigPatch.userVolume('local-path', { disk: talos.VolumeDisk.nonSystem() })],
    // By the name of its mapping: an API token may not pass a card by its address.
    gpus: [gpu.GpuDevice.fromMapping('rtx4000', { architecture: gpu.GpuArchitecture.ADA_LOVELACE })],
  },
  // In place of Flannel and kube-proxy; it reaches the Kubernetes API through KubePrism, on port 7445 of every node.
  cni: talos.Cni.cilium(),
});

app.synth();
