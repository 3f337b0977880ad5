import { App, LocalBackend, TerraformStack } from 'cdktf';
import { Credentials, OsType, ProxmoxVe, Secret, Size, VmTemplate, gpu } from 'proxmox-constructs';

const { GPU_MAPPING = 'cards', GPU_STARTED = 'true', GPU_LOGIN = 'token' } = process.env;

const app = new App();
const stack = new TerraformStack(app, 'gpu');
new LocalBackend(stack, { path: '../../../terraform.tfstate' });
const byPassword = GPU_LOGIN === 'password';
new ProxmoxVe(stack, 'Pve', {
  endpoint: 'https://pve.lan:8006',
  node: 'pve1',
  storage: 'ceph',
  credentials: byPassword ? Credentials.userPassword('root@pam', Secret.fromEnvironment('root_password')) : undefined,
});

const template = VmTemplate.fromVmId(stack, 'Template', 9150, {
  templateName: 'workstation',
  disks: [{ size: Size.gibibytes(2) }],
  guest: { osName: 'debian-12', osType: OsType.LINUX, hasGuestAgent: false, hasCloudInit: true },
});

const card = { deviceId: '10de:2684', subsystemId: '1043:88e2' };
const cards = new gpu.PciMapping(stack, 'Cards', {
  mappingName: GPU_MAPPING,
  comment: 'cards of the shelf',
  readFromNodes: true,
  devices: [
    { deviceId: card.deviceId, node: 'pve2', path: '41:00' },
    { ...card, path: '01:00.0', iommuGroup: 14 },
    { ...card, path: '02:00', iommuGroup: 15 },
  ],
});
const started = GPU_STARTED === 'true';
const display = byPassword
  ? gpu.GpuDevice.fromAddress('03:00.0', { vendor: gpu.GpuVendor.INTEL, primaryGpu: true })
  : gpu.GpuDevice.fromPciMapping(gpu.PciMapping.fromName(stack, 'Arc', 'arc', { nodes: ['pve1'], devicesPerNode: 1, deviceId: '8086:56a5' }), { primaryGpu: true });

for (const id of ['One', 'Two']) new gpu.GpuPassthroughVm(stack, id, { template, gpus: [gpu.GpuDevice.fromPciMapping(cards)] });
new gpu.GpuPassthroughVm(stack, 'Elsewhere', { template, node: 'pve2', gpus: [gpu.GpuDevice.fromMapping(GPU_MAPPING)] });
new gpu.GpuPassthroughVm(stack, 'Display', { template, started, gpus: [display] });

app.synth();
