import { App, LocalBackend, TerraformStack } from 'cdktf';
import { Duration, InstallationIso, IsoTemplate, ProvisioningProfile, ProxmoxVe, VirtualMachine, guestos, packer } from 'proxmox-constructs';

const { ACCEPTANCE_ISO = '', ACCEPTANCE_SSH_KEY = '', ACCEPTANCE_SERVER = '' } = process.env;

const app = new App();
const stack = new TerraformStack(app, 'acceptance');
new LocalBackend(stack, { path: '../../../terraform.acceptance.tfstate' });

new ProxmoxVe(stack, 'Pve', { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'local-zfs' });

const template = new IsoTemplate(stack, 'Base', {
  operatingSystem: guestos.Debian.V12,
  vmId: 9002,
  iso: InstallationIso.fromStorage(ACCEPTANCE_ISO),
  ...ACCEPTANCE_SERVER === '' ? {} : { answerDelivery: guestos.AnswerDelivery.HTTP, answerServer: { bindAddress: ACCEPTANCE_SERVER } },
  // UEFI takes its time where the processor is emulated.
  bootWait: Duration.seconds(45),
  profile: ProvisioningProfile.minimal(),
  provisioners: [packer.Provisioner.shell({ inline: ['echo installed | sudo tee /etc/installed'] })],
});

new VirtualMachine(stack, 'Clone', { template, cloudInit: { username: 'ops', sshKeys: [ACCEPTANCE_SSH_KEY] } });

app.synth();
