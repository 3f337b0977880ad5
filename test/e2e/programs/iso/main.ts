import { App, LocalBackend, TerraformStack } from 'cdktf';
import { Duration, IsoTemplate, OsType, ProvisioningProfile, ProxmoxVe, Size, VirtualMachine, guestos, packer } from 'proxmox-constructs';

const { ISO_URL = '', ISO_SHA256 = '', ISO_SSH_KEY = '' } = process.env;

/** The installer of `tools/guests`, which is served on this machine. */
class TinyInstaller implements guestos.IInstallable {
  public readonly osName = 'tiny-12';
  public readonly osType = OsType.LINUX;
  /** The installer has installed all of it. */
  public readonly guestSetup = { installAgent: ['systemctl start qemu-guest-agent.service'] };

  public bindInstallation({ buildUser, buildPasswordHash, hostName }: guestos.InstallationRequest): guestos.InstallationConfig {
    return {
      iso: { url: ISO_URL, checksum: guestos.Checksum.sha256(ISO_SHA256) },
      answerDelivery: guestos.AnswerDelivery.CD,
      answerFiles: { answers: `user ${buildUser}\npassword-hash ${buildPasswordHash}\nhostname ${hostName}\n` },
      answerLabel: 'cidata',
      bootCommand: ['u'],
      bootWait: Duration.seconds(40),
      minimumDiskSize: Size.gibibytes(3),
      minimumMemory: Size.gibibytes(1),
      installTimeout: Duration.minutes(12),
    };
  }
}

const app = new App();
const stack = new TerraformStack(app, 'installed');
new LocalBackend(stack, { path: '../../../terraform.installed.tfstate' });

new ProxmoxVe(stack, 'Pve', { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'local-zfs' });

const template = new IsoTemplate(stack, 'Base', {
  operatingSystem: new TinyInstaller(),
  vmId: 9001,
  diskSize: Size.gibibytes(3),
  memory: Size.gibibytes(1),
  profile: ProvisioningProfile.minimal(),
  provisioners: [packer.Provisioner.shell({ inline: ['echo installed | sudo tee /etc/installed'] })],
});

new VirtualMachine(stack, 'Clone', { template, memory: Size.gibibytes(1), cloudInit: { username: 'ops', sshKeys: [ISO_SSH_KEY] } });

app.synth();
