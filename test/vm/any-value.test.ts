import { Construct } from 'constructs';
import {
  BuildAddress, CloudImageTemplate, Credentials, GoldenImage, IpConfig, OsType, ProvisioningProfile, ProxmoxVe, Size, ValidationError,
  VirtualMachine, VmIdPlan, VmTemplate, guestos, packer,
} from '../../lib';
import { ANY_VALUES, withEvery, withValue } from '../support/any-value';
import { GUEST, REFERENCES, SSH_KEY, UBUNTU, cluster, existing, ubuntuBase } from '../support/fixtures';
import { newApp, newStack } from '../support/synth';

/*
 * Whatever stands in whatever property of whatever construct: it is taken, or refused with a ValidationError; nothing else is ever thrown.
 */

const VALUES = [...ANY_VALUES, REFERENCES.text, REFERENCES.number, REFERENCES.list, `${new packer.Variable('x')}`];

const COMPUTE = { cores: 4, sockets: 1, cpuType: 1, memory: 1, minimumMemory: 1, vga: 'std' };
const DEVICE = { bridge: 'vmbr1', model: 'virtio', vlanTag: 7, firewall: true, macAddress: 'bc:24:11:00:00:01', mtu: 1500 };
const DISK = { size: Size.gibibytes(8), storage: 'tank', bus: 'scsi', discard: 1, ssd: 1, ioThread: 1, cache: 1, backup: 1, replicate: 1, format: 1 };

/** Names of properties, of those in objects within (`a.b`) and of items in lists (`a.0`). */
type Properties = readonly string[];

function inside(prefix: string, of: object): Properties {
  return Object.keys(of).map((name) => `${prefix}.${name}`);
}

const CASES: [string, Properties, any, (props: any, scope: Construct) => unknown][] = [
  ['ProxmoxVe', [
    'endpoint', 'node', 'storage', 'imageStorage', 'isoStorage', 'snippetStorage', 'bridge', 'pool', 'credentials', 'insecure', 'ssh', 'ssh.username', 'ssh.privateKey',
    'ssh.password', 'vmIdPlan', 'owner',
  ], { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'tank' }, (props, scope) => new ProxmoxVe(scope, 'Another', props)],
  ['CloudImageTemplate', [
    ...Object.keys(COMPUTE), 'networkDevices', 'networkDevices.0', ...inside('networkDevices.0', DEVICE), 'operatingSystem', 'vmId', 'templateName', 'proxmoxVe', 'node',
    'diskSize', 'storage', 'diskFormat', 'secureBoot', 'cloudInitDrive', 'tags', 'tags.0', 'description',
  ], { operatingSystem: UBUNTU, vmId: 9100 }, (props, scope) => new CloudImageTemplate(scope, 'Base', props)],
  ['an operating system', [
    'osName', 'osType', 'guestSetup', 'guestSetup.installAgent', 'guestSetup.installAgent.0', 'guestSetup.privilegeEscalation', 'guestSetup.ansibleSupported',
    'guestSetup.generalizeScript', 'image', 'image.url', 'image.checksum', 'image.minimumDiskSize', 'image.hasGuestAgent',
  ], { osName: 'x', osType: OsType.LINUX, guestSetup: { installAgent: ['x'] }, image: UBUNTU.bindCloudImage() }, ({ image, ...os }, scope) => {
    const baseTemplate = ubuntuBase(scope, { operatingSystem: { ...os, bindCloudImage: () => image } });
    return new GoldenImage(scope, 'Image', { baseTemplate, vmId: 9101, profile: ProvisioningProfile.minimal() });
  }],
  ['GoldenImage', [
    ...Object.keys(COMPUTE), 'networkDevices', 'networkDevices.0', ...inside('networkDevices.0', DEVICE), 'baseTemplate', 'vmId', 'templateName', 'profile', 'provisioners',
    'provisioners.0', 'buildAddress', 'variables', 'variables.0', 'buildUser', 'bootTimeout', 'taskTimeout', 'build', 'version', 'tags', 'tags.0',
  ], { vmId: 9101, profile: ProvisioningProfile.minimal() }, (props, scope) => new GoldenImage(scope, 'Image', { baseTemplate: ubuntuBase(scope), ...props })],
  ['VmTemplate', [
    ...Object.keys(COMPUTE), 'networkDevices', 'networkDevices.0', ...inside('networkDevices.0', DEVICE), 'disks', 'disks.0', ...inside('disks.0', DISK), 'templateName',
    'proxmoxVe', 'node', 'bios', 'machine', 'efiType', 'preEnrolledKeys', 'scsiController', 'serialConsole', 'cloudInitSlot', 'guest', ...inside('guest', GUEST),
  ], { templateName: 'x', disks: [{ size: Size.gibibytes(8) }], guest: GUEST }, (props, scope) => VmTemplate.fromVmId(scope, 'Existing', 500, props)],
  ['VirtualMachine', [
    ...Object.keys(COMPUTE), 'networkDevices', 'networkDevices.0', ...inside('networkDevices.0', DEVICE), 'disks', 'disks.0', ...inside('disks.0', DISK), 'template', 'vmId',
    'machineName', 'node', 'fullClone', 'pciDevices', 'pciDevices.0', 'serialConsole', 'cloudInit', 'cloudInit.username', 'cloudInit.sshKeys', 'cloudInit.sshKeys.0', 'cloudInit.password', 'cloudInit.ipConfigs',
    'cloudInit.ipConfigs.0', 'cloudInit.dnsServers', 'cloudInit.dnsServers.0', 'cloudInit.dnsDomain', 'cloudInit.upgradePackages', 'cloudInit.userData', 'tags', 'tags.0',
    'description', 'started', 'startOnBoot', 'startOrder', 'startOrder.order', 'startOrder.upDelay', 'startOrder.downDelay', 'guestAgent', 'waitForAddresses', 'replaceOnImageChange', 'protection',
  ], {}, (props, scope) => new VirtualMachine(scope, 'Web', { template: existing(scope), ...props })],
  ['values', ['a', 'b', 'c'], {}, ({ a, b, c }) => [
    () => IpConfig.fixed(a, b),
    () => IpConfig.of({ ipv4Address: a, ipv4Gateway: b, ipv6Address: c }),
    () => BuildAddress.fixed({ address: a, gateway: b, dnsServers: c }),
    () => guestos.Checksum.sha256(a),
    () => guestos.Ubuntu.of(a, b),
    () => Credentials.userPassword(a, b),
    () => Credentials.apiToken(c),
    () => new VmIdPlan({ cloudImages: a }),
    () => ProvisioningProfile.standard({ packages: a, users: b }),
    () => ProvisioningProfile.standard({ users: [{ name: a, groups: b, shell: c, sshKeys: [SSH_KEY, a] }] }),
  ].forEach((make) => {
    try {
      make();
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
    }
  })],
];

test.each(CASES)('%s', (_, properties, props, make) => {
  const app = newApp();
  const { thrown, taken } = withEvery(properties, VALUES, (property, value, count) => {
    const stack = newStack(app, `s${count}`);
    cluster(stack, { endpoint: `https://pve${count}.lan:8006`, ssh: {} });
    make(withValue(props, property, value), stack);
  });
  expect(thrown).toEqual([]);
  expect(taken).toBeGreaterThan(0);
}, 60_000);
