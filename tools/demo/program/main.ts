import { App, LocalBackend, TerraformStack } from 'cdktf';
import { CloudImageTemplate, GoldenImage, ProvisioningProfile, ProxmoxVe, Size, VirtualMachine, packer } from 'proxmox-constructs';
import { SmallDebian } from './small-debian';

const { DEMO_IMAGE_URL = '', DEMO_IMAGE_SHA256 = '', DEMO_SSH_KEY = '' } = process.env;

const app = new App();
const stack = new TerraformStack(app, 'homelab');
new LocalBackend(stack, { path: '../../../terraform.homelab.tfstate' });

new ProxmoxVe(stack, 'Pve', { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'local-zfs' });

const base = new CloudImageTemplate(stack, 'DebianBase', {
  operatingSystem: new SmallDebian(DEMO_IMAGE_URL, DEMO_IMAGE_SHA256),
  vmId: 9100,
  diskSize: Size.gibibytes(3),
  memory: Size.gibibytes(1),
});

const debian = new GoldenImage(stack, 'Debian', {
  baseTemplate: base,
  vmId: 9102,
  profile: ProvisioningProfile.minimal(),
  provisioners: [packer.Provisioner.ansible({ playbookFile: 'playbooks/greeting.yml', user: 'packer' })],
});

for (const id of ['Web1', 'Web2']) {
  new VirtualMachine(stack, id, {
    template: debian,
    memory: Size.gibibytes(1),
    cloudInit: { username: 'ops', sshKeys: [DEMO_SSH_KEY] },
  });
}

app.synth();
