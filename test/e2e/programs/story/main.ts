import { App, LocalBackend, TerraformStack } from 'cdktf';
import { SmallDebian } from '../../../../tools/demo/program/small-debian';
import { BuildAddress, CloudImageTemplate, GoldenImage, ProvisioningProfile, ProxmoxVe, Size, VirtualMachine, packer } from 'proxmox-constructs';

const { DEMO_IMAGE_URL = '', DEMO_IMAGE_SHA256 = '', DEMO_SSH_KEY = '', STORY_GREETING = 'first' } = process.env;

const app = new App();
const stack = new TerraformStack(app, 'story');
new LocalBackend(stack, { path: '../../../terraform.story.tfstate' });

new ProxmoxVe(stack, 'Pve', { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'local-zfs' });

const operatingSystem = new SmallDebian(DEMO_IMAGE_URL, DEMO_IMAGE_SHA256);
const hardware = { diskSize: Size.gibibytes(3), memory: Size.gibibytes(1) };

// Reached by a seed ISO, which installs the agent that tells the address.
const seeded = new GoldenImage(stack, 'Seeded', {
  baseTemplate: new CloudImageTemplate(stack, 'SeededBase', { operatingSystem, vmId: 9100, ...hardware }),
  vmId: 9101,
  profile: ProvisioningProfile.standard({ upgradePackages: false }),
  provisioners: [packer.Provisioner.shell({ inline: [`echo ${STORY_GREETING} | sudo tee /etc/greeting`] })],
});

// Reached at an address that cloud-init gives.
const fixed = new GoldenImage(stack, 'Fixed', {
  baseTemplate: new CloudImageTemplate(stack, 'FixedBase', { operatingSystem, vmId: 9110, cloudInitDrive: true, ...hardware }),
  vmId: 9111,
  profile: ProvisioningProfile.minimal(),
  buildAddress: BuildAddress.fixed({ address: '192.168.77.50/24', gateway: '192.168.77.1', dnsServers: ['192.168.77.1'] }),
});

const memory = Size.gibibytes(1);
const cloudInit = { username: 'ops', sshKeys: [DEMO_SSH_KEY] };
new VirtualMachine(stack, 'One', { template: seeded, memory, cloudInit });
new VirtualMachine(stack, 'Two', { template: seeded, memory, cloudInit });
new VirtualMachine(stack, 'Three', { template: fixed, memory, cloudInit });

app.synth();
