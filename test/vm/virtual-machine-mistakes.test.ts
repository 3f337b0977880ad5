import { DiskBus, Duration, GoldenImage, IpConfig, OsType, ProvisioningProfile, Size, VirtualMachine, VirtualMachineProps, VmTemplate, VmTemplateAttributes, packer } from '../../lib';
import { expectError, mistakes } from '../support/errors';
import { GUEST, REFERENCES, existing, stackWithCluster, ubuntuBase } from '../support/fixtures';

const size = Size.gibibytes(8);
const BARE = { guest: { osName: 'appliance-1', osType: OsType.OTHER, hasGuestAgent: false, hasCloudInit: false } };

/** What is wrong with a machine made of a template that exists. */
function refused(props: Partial<VirtualMachineProps>, template: Partial<VmTemplateAttributes> = {}): string[] {
  const stack = stackWithCluster();
  return mistakes(() => new VirtualMachine(stack, 'Web', { template: existing(stack, template), ...props }));
}

const REFUSED: [string, Partial<VirtualMachineProps>, Partial<VmTemplateAttributes>?][] = [
  ['machine-name-form machineName ""', { machineName: '' }],
  ['machine-name-form machineName "web_1"', { machineName: 'web_1' }],
  ['machine-name-form machineName "wéb"', { machineName: 'wéb' }],
  ['machine-name-form machineName "web.${x}"', { machineName: 'web.${x}' }],
  ['node-name node ""', { node: '' }],
  ['node-name node "pve_2"', { node: 'pve_2' }],
  [`node-name node "${'n'.repeat(64)}"`, { node: 'n'.repeat(64) }],
  ['vm-id-outside-plan vmId 9100', { vmId: 9100 }],
  ['vm-id-out-of-bounds vmId 99', { vmId: 99 }],
  ['vm-id-out-of-bounds vmId NaN', { vmId: NaN }],
  ['not-known-at-synth vmId a Terraform reference (known only when Terraform runs)', { vmId: REFERENCES.number }],
  ['tag-form tags[0] ""', { tags: [''] }],
  ['tag-of-owner tags[0] "homelab_db"', { tags: ['homelab_db'] }],
  ['description-form description "a\\u0000b"', { description: 'a\u0000b' }],
  ['description-form description "a\\ud800"', { description: 'a\ud800' }],
  [`storage-name disks[0].storage "${'s'.repeat(101)}"`, { disks: [{ size, storage: 's'.repeat(101) }] }],
  ['packer-expression-out-of-place description', { description: `a ${new packer.Variable('x')}` }],
  ['packer-expression-out-of-place cloudInit.userData', { cloudInit: { userData: `#cloud-config\n# ${new packer.Variable('x')}` } }],
  ['cores-out-of-range cores 0', { cores: 0 }],
  ['memory-out-of-range memory 32 MiB', { memory: Size.mebibytes(32) }],
  ['storage-name disks[0].storage "${x}"', { disks: [{ size, storage: '${x}' }] }],
  ['disk-smaller-than-template disks[0].size 7 GiB', { disks: [{ size: Size.gibibytes(7) }] }],
  ['disk-missing disks "1 of 2"', { disks: [{ size }] }, { disks: [{ size }, { size }] }],
  ['no-disk disks []', { disks: [] }],
  ['disk-bus-differs disks[0].bus "sata0"', { disks: [{ size, bus: DiskBus.SATA }] }],
  ['linked-clone-storage disks[0].storage "fast"', { fullClone: false, disks: [{ size, storage: 'fast' }] }],
  ['linked-clone-node node "pve2"', { fullClone: false, node: 'pve2' }],
  ['start-order startOrder "order -1"', { startOrder: { order: -1 } }],
  ['start-order startOrder "order 1.5"', { startOrder: { order: 1.5 } }],
  ['start-order startOrder "order 1e+21"', { startOrder: { order: 1e21 } }],
  ['start-order startOrder "order NaN"', { startOrder: { order: NaN } }],
  ['start-order startOrder "order 1, 1s500ms"', { startOrder: { order: 1, upDelay: Duration.milliseconds(1500) } }],
  ['start-order startOrder "order 1, 500ms"', { startOrder: { order: 1, downDelay: Duration.milliseconds(500) } }],
  ['agent-missing guestAgent true', { guestAgent: true }, { guest: { ...GUEST, hasGuestAgent: false } }],
  ['cloud-init-unsupported cloudInit', { cloudInit: {} }, BARE],
  ['cloud-init-user-of-system cloudInit.username "ops"', { cloudInit: { username: 'ops' } }, { guest: { ...GUEST, setup: { installAgent: [], cloudInitUser: 'Administrator' } } }],
  ['cloud-init-username cloudInit.username "Root"', { cloudInit: { username: 'Root' } }],
  ['ip-config-without-device cloudInit.ipConfigs 1', { cloudInit: { ipConfigs: [IpConfig.dhcp()] }, networkDevices: [] }],
  ['cloud-init-slot disks "31 disks"', { disks: Array.from({ length: 31 }, () => ({ size })) }],
  ['replace-of-foreign-template replaceOnImageChange true', { replaceOnImageChange: true }],
];

test.each(REFUSED.map(([mistake, props, template]) => [mistake, { props, template }] as const))('%s', (mistake, { props, template }) => {
  const stack = stackWithCluster({ ssh: {} });
  expect(mistakes(() => new VirtualMachine(stack, 'Web', { template: existing(stack, template), ...props }))).toContain(mistake);
});

test('a mistake is one mistake', () => {
  const more = REFUSED.map(([mistake, props, template]) => {
    const stack = stackWithCluster({ ssh: {} });
    return [mistake, ...mistakes(() => new VirtualMachine(stack, 'Web', { template: existing(stack, template), ...props })).filter((other) => other !== mistake)];
  }).filter((list) => list.length > 1);
  // Without a disk there is also none of those that the template has.
  expect(more).toEqual([['no-disk disks []', 'disk-missing disks "0 of 1"']]);
});

test('rule and remedy are those of the case', () => {
  const stack = stackWithCluster();
  const template = existing(stack, { templateName: 'debian-12', disks: [{ size: Size.gibibytes(16) }, { size: Size.gibibytes(32) }] });
  const error = expectError(() => new VirtualMachine(stack, 'Web', {
    template, machineName: 'web_1', vmId: 9105, disks: [{ size: Size.gibibytes(10) }], startOrder: { order: -1 }, cloudInit: { dnsDomain: '-' }, fullClone: false, node: 'two',
  }));
  expect(error.message).toBe(`homelab/Web: 7 mistakes
[machine-name-form] machineName, got: "web_1"
  A machine has a DNS name: letters, digits and hyphens, in parts of at most 63 characters joined by dots; no underscore.
  Remedy: Choose a name such as web-1.
[vm-id-outside-plan] vmId, got: 9105
  The plan of this cluster keeps 9100-9199 for cloud images.
  Remedy: Choose an id that no range of templates holds, or leave vmId out.
[disk-missing] disks, got: "1 of 2"
  A clone names every disk of its template: the provider detaches one that is not named at the next change.
  Remedy: List at least as many disks as the template has, or leave \`disks\` out.
[disk-smaller-than-template] disks[0].size, got: 10 GiB
  The disk of debian-12 has 16 GiB, and Proxmox VE shrinks no disk.
  Remedy: Choose at least the size of the disk of the template.
[linked-clone-node] node, got: "two"
  A linked clone runs on the node of its template, unless the storage is shared.
  Remedy: Leave node out, or make a full clone.
[dns-domain-form] cloudInit.dnsDomain, got: "-"
  A search domain is a DNS name.
  Remedy: Write it as home.arpa.
[start-order] startOrder, got: "order -1"
  A start order is a whole number, 0 or more; delays are whole seconds.
  Remedy: Choose 1 for what starts first.`);
  expect([error.code, error.path, error.property, error.problems.length]).toEqual(['machine-name-form', 'homelab/Web', 'machineName', 7]);
});

test('values of another kind, in plain JavaScript: every property', () => {
  expect(refused({
    cores: '4',
    sockets: '1',
    cpuType: 'host',
    memory: 2048,
    minimumMemory: '1G',
    vga: 'vga',
    networkDevices: {},
    disks: 'scsi0',
    template: undefined,
    vmId: '100',
    machineName: 1,
    node: 1,
    fullClone: 'yes',
    pciDevices: ['nic', undefined],
    serialConsole: 1,
    cloudInit: 'ops',
    tags: 'web',
    description: 1,
    started: 1,
    startOnBoot: 1,
    startOrder: 1,
    guestAgent: 1,
    waitForAddresses: 1,
    replaceOnImageChange: 1,
    protection: 1,
  } as any)).toEqual([
    'value-kind cores "4"', 'value-kind sockets "1"', 'value-kind cpuType "host"', 'value-kind memory 2048', 'value-kind minimumMemory "1G"',
    'value-kind networkDevices {}', 'value-kind vga "vga"', 'value-kind disks "scsi0"', 'value-missing template', 'value-kind vmId "100"',
    'value-kind machineName 1', 'value-kind node 1', 'value-kind fullClone "yes"', 'value-kind pciDevices[0] "nic"', 'value-missing pciDevices[1]', 'value-kind serialConsole 1', 'value-kind cloudInit "ops"', 'value-kind tags "web"',
    'value-kind description 1', 'value-kind started 1', 'value-kind startOnBoot 1', 'value-kind startOrder 1', 'value-kind guestAgent 1', 'value-kind waitForAddresses 1',
    'value-kind replaceOnImageChange 1', 'value-kind protection 1',
  ]);
  expect(refused({
    disks: [{ size: '20G', storage: 1, bus: 'nvme', discard: 'on', ssd: 1, ioThread: 1, cache: 'all', backup: 1, replicate: 1, format: 'iso' }, {}, null],
    networkDevices: [{ bridge: 1, model: 'intel', vlanTag: '7', firewall: 1, macAddress: 1, mtu: '9000' }],
    cloudInit: { username: 1, sshKeys: 'ssh-rsa', password: 'hunter22', ipConfigs: ['dhcp'], dnsServers: '1.1.1.1', dnsDomain: 1, upgradePackages: 1, userData: {} },
    startOrder: { upDelay: 30, downDelay: '30s' },
    template: {},
    tags: [1, undefined],
  } as any)).toEqual([
    'value-kind networkDevices[0].bridge 1', 'value-kind networkDevices[0].model "intel"', 'value-kind networkDevices[0].vlanTag "7"',
    'value-kind networkDevices[0].firewall 1', 'value-kind networkDevices[0].macAddress 1', 'value-kind networkDevices[0].mtu "9000"',
    'value-kind disks[0].size "20G"', 'value-kind disks[0].storage 1', 'value-kind disks[0].bus "nvme"', 'value-kind disks[0].discard "on"',
    'value-kind disks[0].ssd 1', 'value-kind disks[0].ioThread 1', 'value-kind disks[0].cache "all"', 'value-kind disks[0].backup 1',
    'value-kind disks[0].replicate 1', 'value-kind disks[0].format "iso"', 'value-missing disks[1].size', 'value-kind disks[2] null',
    'value-kind template {}',
    'value-kind cloudInit.username 1', 'value-kind cloudInit.sshKeys "ssh-rsa"', 'value-kind cloudInit.password', 'value-kind cloudInit.ipConfigs[0] "dhcp"',
    'value-kind cloudInit.dnsServers "1.1.1.1"', 'value-kind cloudInit.dnsDomain 1', 'value-kind cloudInit.upgradePackages 1', 'value-kind cloudInit.userData {}',
    'value-kind tags[0] 1', 'value-missing tags[1]',
    'value-missing startOrder.order', 'value-kind startOrder.upDelay 30', 'value-kind startOrder.downDelay "30s"',
  ]);
});

test('a node that is known only later may be another: then no linked clone', () => {
  expect(refused({ fullClone: false, node: REFERENCES.text })).toEqual(['linked-clone-node node a Terraform reference (known only when Terraform runs)']);
});

test('names and ids that Terraform or Packer could take for something else', () => {
  for (const id of ['We${b}', 'a%{b', 'quo"te', 'new\nline', 'back\\slash', 'ünï']) {
    const stack = stackWithCluster();
    const web = new VirtualMachine(stack, id, { template: existing(stack), vmId: 200 });
    expect(web.machineName).toMatch(/^[a-z0-9-]+$/);
  }
});

test('following the image: in its stack, whichever kind of image of this program it is', () => {
  const stack = stackWithCluster();
  const base = ubuntuBase(stack);
  const image = new GoldenImage(stack, 'Image', { baseTemplate: base, vmId: 9101, profile: ProvisioningProfile.minimal() });
  for (const [id, template] of Object.entries({ Base: base, Image: image })) {
    expect(() => new VirtualMachine(stack, `Web${id}`, { template, replaceOnImageChange: true })).not.toThrow();
  }
  const byName = VmTemplate.fromName(stack, 'Named', { templateName: 'x', disks: [{ size }], guest: GUEST });
  expect(mistakes(() => new VirtualMachine(stack, 'WebNamed', { template: byName, replaceOnImageChange: true }))).toEqual([
    'replace-of-foreign-template replaceOnImageChange true',
  ]);
});
