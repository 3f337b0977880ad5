import * as path from 'path';
import { App, LocalBackend, TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { Alpine } from '../alpine';
import {
  BuildAddress, CloudImageTemplate, Credentials, Duration, GoldenImage, ImageBuild, IpConfig, ProvisioningProfile, ProxmoxVe, Secret, Size,
  VirtualMachine, VmTemplate, guestos, packer,
} from 'proxmox-constructs';

/*
 * A program that uses all of the library: two clusters, two stacks, every way to bake and every kind of template.
 * Run as `tsx everything.ts <folder of the output>`, or defined in an app by a test.
 */

const SIZE = Size.gibibytes(8);
const FILES = path.join(__dirname, 'files');

function stackOf(app: App, id: string): TerraformStack {
  const stack = new TerraformStack(app, id);
  new LocalBackend(stack, { path: `../../../terraform.${id}.tfstate` });
  return stack;
}

function defineImages(stack: TerraformStack): GoldenImage {
  const pve = new ProxmoxVe(stack, 'Pve', {
    endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'tank', pool: 'lab', credentials: Credentials.apiToken(Secret.fromFile('~/.config/planted-token')),
  });
  const base = new CloudImageTemplate(stack, 'UbuntuBase', { operatingSystem: guestos.Ubuntu.V24_04, vmId: 9100, proxmoxVe: pve });
  const license = new packer.Variable('planted_license', { sensitive: true });
  const standard = new GoldenImage(stack, 'Standard', {
    baseTemplate: base,
    vmId: 9101,
    profile: ProvisioningProfile.standard({ packages: ['htop'], users: [{ name: 'ops', sudo: true }] }),
    variables: [license],
    provisioners: [packer.Provisioner.shell({ inline: [`activate ${license}`] })],
  });
  const web = new GoldenImage(new Construct(stack, 'House'), 'Web', {
    baseTemplate: standard,
    vmId: 9102,
    version: '1.0',
    profile: ProvisioningProfile.minimal(),
    provisioners: [packer.Provisioner.ansible({ playbookFile: path.join(FILES, 'playbooks/web.yml') })],
  });
  const alpine = new CloudImageTemplate(stack, 'AlpineBase', { operatingSystem: new Alpine(), vmId: 9110, cloudInitDrive: true, secureBoot: true });
  new GoldenImage(stack, 'Alpine', {
    baseTemplate: alpine,
    vmId: 9111,
    profile: ProvisioningProfile.minimal(),
    buildAddress: BuildAddress.fixed({ address: '192.168.1.50/24', gateway: '192.168.1.1' }),
    build: ImageBuild.EXTERNAL,
  });
  new VirtualMachine(stack, 'Follower', { template: web, replaceOnImageChange: true, vmId: 300 });
  return web;
}

function defineMachines(stack: TerraformStack, image: GoldenImage): void {
  new ProxmoxVe(stack, 'Pve', {
    endpoint: 'https://pve.lan:8006',
    node: 'pve',
    storage: 'tank',
    ssh: { privateKey: Secret.fromEnvironment('planted_key') },
    credentials: Credentials.userPassword('root@pam', Secret.fromEnvironment('planted_password')),
  });
  const other = new ProxmoxVe(stack, 'Other', { endpoint: 'https://other.lan:8006', node: 'pve', storage: 'local-lvm', insecure: true });
  const count = new TerraformVariable(stack, 'cores', { type: 'number', default: 2 });
  new VirtualMachine(stack, 'Web', {
    template: image,
    cores: count.numberValue,
    description: 'costs ${5}, "quoted" ünïcode',
    startOrder: { order: 1, upDelay: Duration.seconds(10) },
    disks: [{ size: SIZE }, { size: Size.tebibytes(1), storage: 'fast' }],
    cloudInit: { username: 'ops', password: Secret.fromEnvironment('planted_password'), ipConfigs: [IpConfig.fixed('192.168.1.20/24', '192.168.1.1')] },
  });
  new VirtualMachine(stack, 'UserData', { template: image, cloudInit: { userData: '#cloud-config\nruncmd: ["echo ${HOME}"]\n' } });
  const guest = { osName: 'debian-12', osType: guestos.Debian.V12.osType, hasGuestAgent: true, hasCloudInit: true, setup: guestos.Debian.V12.guestSetup };
  const named = VmTemplate.fromName(stack, 'Named', { templateName: 'debian', disks: [{ size: SIZE }], guest, proxmoxVe: other, cloudInitSlot: 'scsi1' });
  new VirtualMachine(stack, 'Linked', { template: named, fullClone: false });
  new GoldenImage(stack, 'FromNamed', { baseTemplate: named, vmId: 9100, profile: ProvisioningProfile.minimal() });
  new VirtualMachine(stack, 'ById', { template: VmTemplate.fromVmId(stack, 'Known', 500, { templateName: 'known', disks: [{ size: SIZE }], guest, proxmoxVe: other }) });
}

/** Defines both stacks in an app. */
export function defineEverything(app: App): { readonly images: TerraformStack; readonly machines: TerraformStack } {
  const [images, machines] = [stackOf(app, 'images'), stackOf(app, 'machines')];
  defineMachines(machines, defineImages(images));
  return { images, machines };
}

if (require.main === module) {
  const app = new App({ outdir: process.argv[2] });
  defineEverything(app);
  app.synth();
}
