import { App, LocalBackend, TerraformStack } from 'cdktf';
import { CloudImageTemplate, GoldenImage, IsoTemplate, ProvisioningProfile, ProxmoxVe, VirtualMachine } from 'proxmox-constructs';
import { Alpine } from './alpine';
import { FedoraServer } from './fedora-server';

const app = new App();
const stack = new TerraformStack(app, 'edge');
new LocalBackend(stack, { path: '../../../terraform.edge.tfstate' });

new ProxmoxVe(stack, 'Pve', { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'local-lvm' });

const base = new CloudImageTemplate(stack, 'AlpineBase', { operatingSystem: new Alpine(), vmId: 9130 });

const alpine = new GoldenImage(stack, 'Alpine', {
  baseTemplate: base,
  vmId: 9131,
  profile: ProvisioningProfile.minimal(),
});

new VirtualMachine(stack, 'Gateway', { template: alpine, cores: 1, cloudInit: { username: 'ops' } });

const fedora = new IsoTemplate(stack, 'Fedora', { operatingSystem: new FedoraServer(), vmId: 9030 });

new VirtualMachine(stack, 'Builder', { template: fedora, cores: 2, cloudInit: { username: 'ops' } });

app.synth();
