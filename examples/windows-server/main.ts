import { App, LocalBackend, TerraformStack } from 'cdktf';
import { GoldenImage, InstallationIso, IpConfig, IsoTemplate, ProvisioningProfile, ProxmoxVe, Size, VirtualMachine, guestos, packer } from 'proxmox-constructs';

const app = new App();
const stack = new TerraformStack(app, 'windows');
new LocalBackend(stack, { path: '../../../terraform.windows.tfstate' });
new ProxmoxVe(stack, 'Pve', { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'local-zfs' });

const profile = ProvisioningProfile.minimal();

// Microsoft's evaluation, downloaded by the node. Core, and reached by SSH while it is built: both are what is taken where nothing is said.
const core = new IsoTemplate(stack, 'Core', {
  operatingSystem: guestos.WindowsServer.V2025, vmId: 9020, templateName: 'windows-server-2025-core', timeZone: 'Europe/Vienna', profile,
});

// ISOs that are on the server already, a desktop, and WinRM while it is built.
const desktop = guestos.WindowsServer.V2022_DESKTOP.customize({ remoteAccess: guestos.RemoteAccess.WINRM, windowsUpdates: false });
new IsoTemplate(stack, 'Desktop', {
  operatingSystem: desktop,
  vmId: 9021,
  templateName: 'windows-server-2022-desktop',
  iso: InstallationIso.fromStorage('local:iso/SERVER_EVAL_x64FRE_en-us.iso'),
  additionalIsos: [InstallationIso.fromStorage('local:iso/virtio-win-0.1.285.iso')],
  secureBoot: true,
  profile,
});

// A web server: what one machine would be given by hand is an image of its own.
const web = new GoldenImage(stack, 'Iis', {
  baseTemplate: core,
  vmId: 9120,
  profile,
  provisioners: [packer.Provisioner.powerShell({ inline: ['Install-WindowsFeature -Name Web-Server'] })],
});
for (const [id, address] of [['Web1', '192.168.1.51'], ['Web2', '192.168.1.52']]) {
  new VirtualMachine(stack, id, {
    template: web,
    cores: 4,
    memory: Size.gibibytes(8),
    cloudInit: {
      sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEV4YW1wbGVPbmx5Tm90QVJlYWxLZXlBdEFsbDEyMzQ1 ops@desk'],
      ipConfigs: [IpConfig.fixed(`${address}/24`, '192.168.1.1')],
    },
  });
}

app.synth();
