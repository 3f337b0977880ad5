import { App, LocalBackend, TerraformStack } from 'cdktf';
import { BuildAddress, CloudImageTemplate, GoldenImage, ProvisioningProfile, ProxmoxVe, VirtualMachine, guestos } from 'proxmox-constructs';

const app = new App();
const stack = new TerraformStack(app, 'minimal');
new LocalBackend(stack, { path: '../../../terraform.minimal.tfstate' });

new ProxmoxVe(stack, 'Pve', { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'local-lvm' });

// Built at a fixed address: cloud-init gives it, so the base needs a cloud-init drive, and Packer makes no ISO.
const base = new CloudImageTemplate(stack, 'DebianBase', {
  operatingSystem: guestos.Debian.V13,
  vmId: 9110,
  cloudInitDrive: true,
});

const debian = new GoldenImage(stack, 'Debian', {
  baseTemplate: base,
  vmId: 9112,
  profile: ProvisioningProfile.minimal(),
  buildAddress: BuildAddress.fixed({ address: '192.168.1.250/24', gateway: '192.168.1.1', dnsServers: ['192.168.1.1'] }),
});

new VirtualMachine(stack, 'Dns', { template: debian, cloudInit: { username: 'ops' } });

app.synth();
