import { App, LocalBackend, TerraformStack } from 'cdktf';
import {
  CloudImageTemplate, GoldenImage, IpConfig, OsType, ProvisioningProfile, ProxmoxVe, Size, TalosCluster, TalosImport, VirtualMachine, VmTemplate,
  gpu, guestos, talos,
} from 'proxmox-constructs';

const app = new App();
const stack = new TerraformStack(app, 'homelab');
new LocalBackend(stack, { path: '../../../terraform.homelab.tfstate' });

new ProxmoxVe(stack, 'Pve', { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'local-zfs' });

const network = { subnet: '192.168.1.0/24', gateway: '192.168.1.1' };
/** What cloud-init sets on a machine of the house. */
const at = (address: string) => ({
  username: 'ops',
  sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEV4YW1wbGVPbmx5Tm90QVJlYWxLZXlBdEFsbDEyMzQ1 ops@desk'],
  ipConfigs: [IpConfig.fixed(`${address}/24`, network.gateway)],
});

// 1. Talos: Kubernetes on one machine with the card. The image comes from the image factory as it is.
const talosImage = new TalosImport(stack, 'Talos', {
  talosVersion: 'v1.13.9',
  schematic: new talos.Schematic({
    systemExtensions: [talos.SystemExtension.QEMU_GUEST_AGENT, ...talos.NvidiaDriver.OPEN_LTS.systemExtensions],
  }),
  vmId: 9000,
});
new TalosCluster(stack, 'K8s', {
  image: talosImage,
  configContract: talos.ConfigContract.V1_13,
  kubernetesVersion: '1.35.2',
  network,
  controlPlane: {
    addresses: ['192.168.1.40'],
    cores: 8,
    memory: Size.gibibytes(32),
    diskSize: Size.gibibytes(100),
    gpus: [gpu.GpuDevice.fromMapping('rtx4000', { architecture: gpu.GpuArchitecture.ADA_LOVELACE })],
  },
  cni: talos.Cni.cilium(),
});

// 2. Ubuntu, for anything: cloud image, then golden image.
const ubuntu = new GoldenImage(stack, 'Ubuntu', {
  baseTemplate: new CloudImageTemplate(stack, 'UbuntuBase', { operatingSystem: guestos.Ubuntu.V24_04, vmId: 9100, diskSize: Size.gibibytes(16) }),
  vmId: 9102,
  profile: ProvisioningProfile.standard({ packages: ['htop', 'tmux'] }),
});
new VirtualMachine(stack, 'Dev', { template: ubuntu, cores: 4, memory: Size.gibibytes(8), cloudInit: at('192.168.1.20') });

// 3. Debian, for what shall run and be left alone.
const debian = new GoldenImage(stack, 'Debian', {
  baseTemplate: new CloudImageTemplate(stack, 'DebianBase', { operatingSystem: guestos.Debian.V12, vmId: 9110 }),
  vmId: 9112,
});
new VirtualMachine(stack, 'Services', { template: debian, memory: Size.gibibytes(4), cloudInit: at('192.168.1.21') });

// 4 to 6. Systems without a cloud image, from templates that exist: installed from an ISO by whatever means.
const arch = VmTemplate.fromVmId(stack, 'Arch', 9003, {
  templateName: 'arch-template',
  disks: [{ size: Size.gibibytes(20) }],
  guest: { osName: 'arch-linux', osType: OsType.LINUX, hasGuestAgent: true, hasCloudInit: true },
});
new VirtualMachine(stack, 'Lab', { template: arch, memory: Size.gibibytes(4), cloudInit: at('192.168.1.22') });

const nixos = VmTemplate.fromVmId(stack, 'NixOs', 9004, {
  templateName: 'nixos-template',
  disks: [{ size: Size.gibibytes(20) }],
  guest: { osName: 'nixos-24.05', osType: OsType.LINUX, hasGuestAgent: true, hasCloudInit: true },
});
new VirtualMachine(stack, 'Builds', { template: nixos, cores: 4, memory: Size.gibibytes(8), cloudInit: at('192.168.1.23') });

const windows = VmTemplate.fromVmId(stack, 'Windows', 9005, {
  templateName: 'windows-2022-template',
  disks: [{ size: Size.gibibytes(60) }],
  preEnrolledKeys: true,
  serialConsole: false,
  // Cloudbase-Init takes the part of cloud-init.
  guest: { osName: 'windows-server-2022', osType: OsType.WINDOWS_11, hasGuestAgent: true, hasCloudInit: true },
});
new VirtualMachine(stack, 'Office', {
  template: windows,
  cores: 4,
  memory: Size.gibibytes(8),
  cloudInit: { ipConfigs: [IpConfig.fixed('192.168.1.24/24', network.gateway)] },
});

app.synth();
