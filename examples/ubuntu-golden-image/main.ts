import { App, LocalBackend, TerraformStack } from 'cdktf';
import { CloudImageTemplate, GoldenImage, IpConfig, ProvisioningProfile, ProxmoxVe, Size, VirtualMachine, guestos } from 'proxmox-constructs';

const app = new App();
const stack = new TerraformStack(app, 'homelab');
// The state lies beside cdktf.json, and not in the output.
new LocalBackend(stack, { path: '../../../terraform.homelab.tfstate' });

new ProxmoxVe(stack, 'Pve', { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'local-zfs' });

const base = new CloudImageTemplate(stack, 'UbuntuBase', {
  operatingSystem: guestos.Ubuntu.V24_04,
  vmId: 9100,
  diskSize: Size.gibibytes(16),
});

const ubuntu = new GoldenImage(stack, 'Ubuntu', {
  baseTemplate: base,
  vmId: 9102,
  profile: ProvisioningProfile.standard({ packages: ['htop', 'tmux'] }),
});

new VirtualMachine(stack, 'Web', {
  template: ubuntu,
  cores: 4,
  memory: Size.gibibytes(8),
  cloudInit: {
    username: 'ops',
    sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEV4YW1wbGVPbmx5Tm90QVJlYWxLZXlBdEFsbDEyMzQ1 ops@desk'],
    ipConfigs: [IpConfig.fixed('192.168.1.20/24', '192.168.1.1')],
  },
});

app.synth();
