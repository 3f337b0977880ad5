import { App, LocalBackend, TerraformStack } from 'cdktf';
import { IsoTemplate, K3sNode, K3sRelease, ProvisioningProfile, ProxmoxVe, Secret, Size, VirtualMachine, guestos } from 'proxmox-constructs';

const app = new App();
const stack = new TerraformStack(app, 'k3s');
new LocalBackend(stack, { path: '../../../terraform.k3s.tfstate' });
// What a node is told at its first start is a snippet, which only SSH brings to the server.
new ProxmoxVe(stack, 'Pve', { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'local-zfs', ssh: { username: 'root' } });

const operatingSystem = guestos.AlmaLinux.V9;

/** AlmaLinux with k3s in it, which has never run: which node it is, a clone is told. */
function image(id: string, vmId: number, release: K3sRelease): IsoTemplate {
  return new IsoTemplate(stack, id, {
    operatingSystem,
    vmId,
    templateName: release.templateName(operatingSystem, 1),
    diskSize: Size.gibibytes(32),
    memory: Size.gibibytes(4),
    profile: ProvisioningProfile.standard({ k3s: { release, preloadImages: true } }),
  });
}

// For a cluster that is still on it; and what one begins with today.
image('Old', 9010, K3sRelease.V1_28_5);
const template = image('Node', 9011, K3sRelease.V1_37_1);

const token = Secret.fromEnvironment('k3s_token');
const serverUrl = 'https://k3s-server.lan:6443';
new VirtualMachine(stack, 'Server', {
  template,
  machineName: 'k3s-server',
  cores: 4,
  memory: Size.gibibytes(8),
  cloudInit: { userData: K3sNode.server({ hostname: 'k3s-server', token, tlsSans: ['k3s-server.lan'] }) },
});
for (const hostname of ['k3s-agent-1', 'k3s-agent-2']) {
  new VirtualMachine(stack, hostname, {
    template,
    cores: 4,
    memory: Size.gibibytes(8),
    cloudInit: { userData: K3sNode.agent({ hostname, token, serverUrl }) },
  });
}

app.synth();
