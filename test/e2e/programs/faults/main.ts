import { App, LocalBackend, TerraformStack } from 'cdktf';
import { CloudImageTemplate, GoldenImage, OsType, ProvisioningProfile, ProxmoxVe, Size, VirtualMachine, VmIdPlan, VmIdRange, guestos, packer } from 'proxmox-constructs';

const { FAULTS_STACK = 'faults', FAULTS_CONTENT = 'first', FAULTS_IDS = '9100', FAULTS_MACHINE = '500' } = process.env;

/** A system whose image nobody can reach, and the simulated server has. */
class Unreachable implements guestos.ICloudImage {
  public readonly osName = 'debian-12-unreachable';
  public readonly osType = OsType.LINUX;
  public readonly guestSetup = guestos.Debian.V12.guestSetup;

  public bindCloudImage(): guestos.CloudImageConfig {
    return {
      url: 'https://images.example.net/20261101/debian-12.qcow2',
      checksum: guestos.Checksum.sha256('5f2d8a1c'.repeat(8)),
      minimumDiskSize: Size.gibibytes(2),
    };
  }
}

const app = new App();
const stack = new TerraformStack(app, FAULTS_STACK);
new LocalBackend(stack, { path: '../../../terraform.tfstate' });
const firstId = Number(FAULTS_IDS);
new ProxmoxVe(stack, 'Pve', {
  endpoint: 'https://pve.lan:8006',
  node: 'pve',
  storage: 'local-zfs',
  vmIdPlan: new VmIdPlan({ cloudImages: VmIdRange.of(firstId, firstId + 9) }),
});
const base = new CloudImageTemplate(stack, 'Base', { operatingSystem: new Unreachable(), vmId: firstId, diskSize: Size.gibibytes(2) });
const image = new GoldenImage(stack, 'Image', {
  baseTemplate: base,
  vmId: firstId + 1,
  profile: ProvisioningProfile.minimal(),
  provisioners: [packer.Provisioner.shell({ inline: [`echo ${FAULTS_CONTENT}`] })],
});
new VirtualMachine(stack, 'Fixed', { template: image, vmId: Number(FAULTS_MACHINE) });
new VirtualMachine(stack, 'Free', { template: image });

app.synth();
