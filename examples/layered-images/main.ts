import { App, LocalBackend, TerraformStack } from 'cdktf';
import { CloudImageTemplate, GoldenImage, IpConfig, ProxmoxVe, Size, VirtualMachine, guestos, packer } from 'proxmox-constructs';

const app = new App();
const stack = new TerraformStack(app, 'layers');
new LocalBackend(stack, { path: '../../../terraform.layers.tfstate' });

new ProxmoxVe(stack, 'Pve', { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'local-zfs' });

const base = new CloudImageTemplate(stack, 'DebianBase', { operatingSystem: guestos.Debian.V12, vmId: 9120 });

// What every machine of the house has.
const standard = new GoldenImage(stack, 'Standard', { baseTemplate: base, vmId: 9121, version: '2026.11' });

// What the web servers have beside it. It is built after the standard image, and again whenever that changes.
const web = new GoldenImage(stack, 'WebServer', {
  baseTemplate: standard,
  vmId: 9122,
  provisioners: [
    packer.Provisioner.ansible({ playbookFile: 'playbooks/web.yml', user: 'packer' }),
    packer.Provisioner.shell({ inline: ['nginx -v'] }),
  ],
});

for (const [index, id] of ['Web1', 'Web2', 'Web3'].entries()) {
  new VirtualMachine(stack, id, {
    template: web,
    memory: Size.gibibytes(4),
    tags: ['web'],
    cloudInit: { username: 'ops', ipConfigs: [IpConfig.fixed(`192.168.1.${31 + index}/24`, '192.168.1.1')] },
  });
}

app.synth();
