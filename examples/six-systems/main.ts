import { App, LocalBackend, TerraformStack } from 'cdktf';
import {
  CloudImageTemplate, GoldenImage, IVmTemplate, IpConfig, IsoTemplate, ProvisioningProfile, ProxmoxVe, Size, TalosCluster, TalosImport, VirtualMachine,
  gpu, guestos, talos,
} from 'proxmox-constructs';

const app = new App();
const stack = new TerraformStack(app, 'six-systems');
new LocalBackend(stack, { path: '../../../terraform.six-systems.tfstate' });
new ProxmoxVe(stack, 'Pve', { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'local-zfs' });

const gateway = '192.168.1.1';
const house = { locale: 'en_US', keyboardLayout: 'us', timeZone: 'Europe/Vienna' };

/** A machine of a template, as cloud-init sets it up. */
function machine(name: string, template: IVmTemplate, address: string): void {
  new VirtualMachine(stack, name, {
    template,
    memory: Size.gibibytes(4),
    cloudInit: {
      username: 'ops',
      sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEV4YW1wbGVPbmx5Tm90QVJlYWxLZXlBdEFsbDEyMzQ1 ops@desk'],
      ipConfigs: [IpConfig.fixed(`${address}/24`, gateway)],
    },
  });
}

// 1. Talos: its disk image, as the image factory makes it, and Kubernetes with a graphics card on one machine of it.
const talosImage = new TalosImport(stack, 'Talos', {
  vmId: 9000,
  templateName: 'talos-1.13.9-nvidia-template',
  talosVersion: 'v1.13.9',
  schematic: new talos.Schematic({
    systemExtensions: [talos.SystemExtension.QEMU_GUEST_AGENT, ...talos.NvidiaDriver.OPEN_LTS.systemExtensions],
  }),
});
new TalosCluster(stack, 'K8s', {
  image: talosImage,
  configContract: talos.ConfigContract.V1_13,
  kubernetesVersion: '1.35.2',
  network: { subnet: '192.168.1.0/24', gateway },
  controlPlane: {
    addresses: ['192.168.1.40'],
    cores: 8,
    memory: Size.gibibytes(32),
    diskSize: Size.gibibytes(100),
    gpus: [gpu.GpuDevice.fromMapping('rtx4000', { architecture: gpu.GpuArchitecture.ADA_LOVELACE })],
  },
});

// 2. Debian: from its ISO by preseed, and from its cloud image, which is the quicker way.
machine('DebianIso', new IsoTemplate(stack, 'Debian', {
  ...house, operatingSystem: guestos.Debian.V12, vmId: 9001, templateName: 'debian-12-template',
}), '192.168.1.41');
const debianBase = new CloudImageTemplate(stack, 'DebianBase', { operatingSystem: guestos.Debian.V12, vmId: 9110, templateName: 'debian-12-cloud-base' });
machine('DebianCloud', new GoldenImage(stack, 'DebianGolden', {
  baseTemplate: debianBase, vmId: 9112, templateName: 'debian-12-cloud-template',
}), '192.168.1.42');

// 3. Ubuntu: from its ISO by autoinstall, and from its cloud image.
machine('UbuntuIso', new IsoTemplate(stack, 'Ubuntu', {
  ...house, operatingSystem: guestos.Ubuntu.V24_04, vmId: 9002, templateName: 'ubuntu-2404-template',
}), '192.168.1.43');
const ubuntuBase = new CloudImageTemplate(stack, 'UbuntuBase', { operatingSystem: guestos.Ubuntu.V24_04, vmId: 9100, templateName: 'ubuntu-2404-cloud-base' });
machine('UbuntuCloud', new GoldenImage(stack, 'UbuntuGolden', {
  baseTemplate: ubuntuBase, vmId: 9102, templateName: 'ubuntu-2404-cloud-template',
}), '192.168.1.44');

// 4. Arch: its live system installs it by a script.
machine('Arch', new IsoTemplate(stack, 'ArchTemplate', {
  ...house, operatingSystem: guestos.Arch.V20260715, vmId: 9003, templateName: 'arch-template',
}), '192.168.1.45');

// 5. NixOS: one configuration for image and machine. Ansible has no part in it.
const nixos = guestos.NixOs.V25_11.withConfiguration({
  packages: ['git', 'htop'],
  enabled: ['services.fail2ban'],
  module: guestos.NixModule.inline('{ ... }: { nix.settings.experimental-features = [ "nix-command" "flakes" ]; }'),
});
machine('NixOs', new IsoTemplate(stack, 'NixOsTemplate', {
  ...house, operatingSystem: nixos, vmId: 9004, templateName: 'nixos-2511-template', profile: ProvisioningProfile.minimal(),
}), '192.168.1.46');

// 6. Windows Server, with a desktop. Cloudbase-Init takes the part of cloud-init, and has one user: Administrator.
const windows = new IsoTemplate(stack, 'WindowsTemplate', {
  ...house, operatingSystem: guestos.WindowsServer.V2022_DESKTOP, vmId: 9005, templateName: 'windows-server-2022-template', profile: ProvisioningProfile.minimal(),
});
new VirtualMachine(stack, 'Windows', {
  template: windows,
  cores: 4,
  memory: Size.gibibytes(8),
  cloudInit: { ipConfigs: [IpConfig.fixed('192.168.1.47/24', gateway)] },
});

app.synth();
