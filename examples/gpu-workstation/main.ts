import { App, LocalBackend, TerraformStack } from 'cdktf';
import { CloudImageTemplate, GoldenImage, GpuPassthroughVm, IpConfig, ProvisioningProfile, ProxmoxVe, Size, gpu, guestos } from 'proxmox-constructs';

const app = new App();
const stack = new TerraformStack(app, 'workstation');
new LocalBackend(stack, { path: '../../../terraform.workstation.tfstate' });

new ProxmoxVe(stack, 'Pve', { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'local-zfs' });

const base = new CloudImageTemplate(stack, 'UbuntuBase', { operatingSystem: guestos.Ubuntu.V24_04, vmId: 9100, diskSize: Size.gibibytes(32) });
const sshKeys = ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEV4YW1wbGVPbmx5Tm90QVJlYWxLZXlBdEFsbDEyMzQ1 ops@desk'];

// The drivers are in the image; the machine brings the card.
const nvidia = new GoldenImage(stack, 'UbuntuNvidia', {
  baseTemplate: base,
  vmId: 9102,
  profile: ProvisioningProfile.standard({ packages: ['nvtop'], nvidiaDriver: { openModules: true, containerToolkit: true } }),
});

// The mapping exists: made by hand under Datacenter, Resource Mappings.
new GpuPassthroughVm(stack, 'Workstation', {
  template: nvidia,
  cores: 8,
  memory: Size.gibibytes(32),
  gpus: [gpu.GpuDevice.fromMapping('rtx4000', { architecture: gpu.GpuArchitecture.ADA_LOVELACE })],
  cloudInit: { username: 'ops', sshKeys, ipConfigs: [IpConfig.fixed('192.168.1.50/24', '192.168.1.1')] },
});

// Graphics of Intel need no driver of their own, but a kernel that has theirs, which that of a cloud image has not.
const media = new GoldenImage(stack, 'UbuntuMedia', {
  baseTemplate: base,
  vmId: 9103,
  profile: ProvisioningProfile.standard({ packages: ['linux-generic', 'intel-media-va-driver', 'vainfo'] }),
});

// The graphics of the processor, by a mapping that this program makes.
const igpu = new gpu.PciMapping(stack, 'Igpu', {
  devices: [{ path: '00:02.0', deviceId: '8086:a780', subsystemId: '1043:8882', iommuGroup: 0 }],
});

new GpuPassthroughVm(stack, 'Media', {
  template: media,
  cores: 4,
  memory: Size.gibibytes(8),
  gpus: [gpu.GpuDevice.fromPciMapping(igpu)],
  cloudInit: { username: 'ops', sshKeys, ipConfigs: [IpConfig.fixed('192.168.1.51/24', '192.168.1.1')] },
});

app.synth();
