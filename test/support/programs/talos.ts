import { App, LocalBackend, TerraformOutput, TerraformStack } from 'cdktf';
import { ProxmoxVe, Secret, TalosCluster, TalosImport, VmIdPlan, VmIdRange, gpu, talos } from 'proxmox-constructs';

/*
 * A program with clusters of every kind: two stacks, images of two factories, cards, secrets, references from one stack to the other.
 * Run as `tsx talos.ts <folder of the output>`.
 */

function stackOf(app: App, id: string): TerraformStack {
  const stack = new TerraformStack(app, id);
  new LocalBackend(stack, { path: `../../../terraform.${id}.tfstate` });
  return stack;
}

function defineClusters(stack: TerraformStack): TalosCluster {
  const vmIdPlan = new VmIdPlan({ talosTemplates: VmIdRange.of(9000, 9009), isoTemplates: VmIdRange.of(9010, 9099) });
  new ProxmoxVe(stack, 'Pve', { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'tank', vmIdPlan });
  const image = new TalosImport(stack, 'Talos', { talosVersion: 'v1.13.9' });
  image.addCopy('pve2', { vmId: 9001 });
  const schematic = new talos.Schematic({ systemExtensions: [talos.SystemExtension.QEMU_GUEST_AGENT, ...talos.NvidiaDriver.OPEN_LTS.systemExtensions] });
  const nvidia = new TalosImport(stack, 'Nvidia', { talosVersion: 'v1.13.9', vmId: 9002, schematic, imageFactory: 'https://factory.lan' });
  const cluster = new TalosCluster(stack, 'K8s', {
    image,
    configContract: talos.ConfigContract.V1_13,
    kubernetesVersion: '1.35.2',
    network: { subnet: '192.168.1.0/24', gateway: '192.168.1.1' },
    endpoint: talos.ClusterEndpoint.virtualIp('192.168.1.10'),
    controlPlane: { addresses: ['192.168.1.11', '192.168.1.12', '192.168.1.13'], proxmoxNodes: ['pve', 'pve2'] },
    cni: talos.Cni.cilium({ hubble: true }),
    configPatches: [
      talos.ConfigPatch.registryAuth('ghcr.io', { username: 'puller', password: Secret.fromEnvironment('registry_password') }),
      talos.ConfigPatch.inlineManifest('hostile', 'a: "${b} %{c} \u2028 \u0301 😀"\nkind: X\n'),
    ],
    removedControlPlaneNodes: ['192.168.1.14'],
    waitUntilHealthy: true,
  });
  cluster.addPool('Gpu', { image: nvidia, addresses: ['192.168.1.31'], gpus: [gpu.GpuDevice.fromMapping('rtx4000')], taints: { 'nvidia.com/gpu': 'present:NoSchedule' } });
  new TalosCluster(stack, 'Lab', {
    image: nvidia,
    configContract: talos.ConfigContract.V1_12,
    kubernetesVersion: '1.34.2',
    network: { subnet: '192.168.2.0/24' },
    endpoint: talos.ClusterEndpoint.host('lab.lan'),
    controlPlane: { count: 1, gpus: [gpu.GpuDevice.fromMapping('a2000')] },
    upgrades: talos.ClusterUpgrades.BY_TERRAFORM,
  });
  return cluster;
}

function main(outdir: string): void {
  const app = new App({ outdir, skipBackendValidation: true } as any);
  const cluster = defineClusters(stackOf(app, 'machines'));
  const workloads = stackOf(app, 'workloads');
  new TerraformOutput(workloads, 'access', { value: [cluster.kubernetesProviderHost, cluster.kubernetesProviderClientKey], sensitive: true });
  app.synth();
}

main(process.argv[2]);
