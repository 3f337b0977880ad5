import {
  Bios, BuildAddress, CpuType, DiskBus, EfiType, GoldenImage, MachineType, OsType, ProvisioningProfile, ScsiController, Size, VgaType,
  VirtualMachine, VmTemplate, VmTemplateAttributes,
} from '../../lib';
import { expectError, mistakes } from '../support/errors';
import { GUEST, REFERENCES, cluster, existing, stackWithCluster } from '../support/fixtures';
import { providerSchemaProblems } from '../support/provider-schema';
import { newStack, synthesize } from '../support/synth';

const REQUIRED: VmTemplateAttributes = { templateName: 'debian-12', disks: [{ size: Size.gibibytes(8) }], guest: GUEST };

test('with what is required, it is taken for what this library makes', () => {
  const stack = stackWithCluster();
  const template = VmTemplate.fromVmId(stack, 'Debian', 500, REQUIRED);
  expect(template.hardware).toEqual({
    bios: 'ovmf',
    machine: MachineType.Q35,
    efiType: '4m',
    preEnrolledKeys: false,
    osType: OsType.LINUX,
    cpuType: CpuType.X86_64_V2_AES,
    cores: 2,
    sockets: 1,
    memory: Size.gibibytes(2),
    minimumMemory: undefined,
    scsiController: 'virtio-scsi-single',
    disks: [{
      slot: 'scsi0',
      bus: 'scsi',
      size: Size.gibibytes(8),
      storage: 'tank',
      discard: true,
      ssd: true,
      ioThread: true,
      cache: 'none',
      backup: true,
      replicate: true,
      format: undefined,
    }],
    networkDevices: [{ bridge: 'vmbr0', model: 'virtio', firewall: false, vlanTag: undefined, macAddress: undefined, mtu: undefined }],
    vga: 'std',
    serialConsole: true,
  });
  expect([template.vmId, template.templateName, template.nodeName, template.cloudInitSlot, template.contentHash]).toEqual([
    500, 'debian-12', 'pve', undefined, 'existing template 500',
  ]);
  expect(Object.keys(synthesize(stack).terraform)).toEqual(['provider', 'terraform', 'variable']);
});

test('with every property', () => {
  const stack = newStack();
  cluster(stack, {}, 'One');
  const proxmoxVe = cluster(stack, { endpoint: 'https://two.lan:8006' }, 'Two');
  const { hardware, nodeName, cloudInitSlot } = VmTemplate.fromVmId(stack, 'Debian', 500, {
    ...REQUIRED,
    proxmoxVe,
    node: 'pve2',
    disks: [{ size: Size.gibibytes(8), bus: DiskBus.VIRTIO }, { size: Size.gibibytes(1), bus: DiskBus.SCSI }],
    networkDevices: [{ bridge: 'vmbr1' }, { vlanTag: 7 }],
    bios: Bios.SEABIOS,
    machine: MachineType.I440FX,
    efiType: EfiType.EFI_2M,
    preEnrolledKeys: true,
    scsiController: ScsiController.VIRTIO_SCSI_PCI,
    cpuType: CpuType.HOST,
    cores: 8,
    sockets: 2,
    memory: Size.gibibytes(16),
    vga: VgaType.SERIAL0,
    serialConsole: false,
    cloudInitSlot: 'ide2',
    guest: { ...GUEST, osType: OsType.OTHER },
  });
  expect({ ...hardware, disks: hardware.disks.map((d) => `${d.slot} ${d.ioThread}`), networkDevices: hardware.networkDevices.map((d) => `${d.bridge} ${d.vlanTag}`) }).toEqual({
    bios: 'seabios',
    machine: MachineType.I440FX,
    efiType: undefined,
    preEnrolledKeys: true,
    osType: OsType.OTHER,
    cpuType: CpuType.HOST,
    cores: 8,
    sockets: 2,
    memory: Size.gibibytes(16),
    minimumMemory: undefined,
    scsiController: 'virtio-scsi-pci',
    disks: ['virtio0 true', 'scsi0 false'],
    networkDevices: ['vmbr1 undefined', 'vmbr0 7'],
    vga: 'serial0',
    serialConsole: false,
  });
  expect([nodeName, cloudInitSlot]).toEqual(['pve2', 'ide2']);
});

test('found by its name: the id is looked up, and a plan that finds none or several stops', () => {
  const stack = stackWithCluster();
  const template = VmTemplate.fromName(stack, 'Debian', { ...REQUIRED, cloudInitSlot: 'scsi1' });
  new VirtualMachine(stack, 'Web', { template });
  new GoldenImage(stack, 'Image', { baseTemplate: template, vmId: 9100, profile: ProvisioningProfile.minimal() });
  const { terraform, packer } = synthesize(stack);
  const { clone, lifecycle } = terraform.resource.proxmox_virtual_environment_vm.Web;
  const condition = '${length([for v in data.proxmox_virtual_environment_vms.Pve_Vms.vms : v if v.name == "debian-12" && v.template]) == 1}';
  const error_message = 'There is not exactly one template named debian-12 on https://pve.lan:8006 that these credentials may see. Build it, or correct the program.';
  expect(clone[0].vm_id).toBe('${try(one([for v in data.proxmox_virtual_environment_vms.Pve_Vms.vms : v.vm_id if v.name == "debian-12" && v.template]), 0)}');
  expect(lifecycle.precondition).toEqual([{ condition, error_message }]);
  expect(terraform.resource.terraform_data.Image.lifecycle.precondition[0]).toEqual({ condition, error_message });
  expect(packer['image/hcl/image.pkr.hcl']).toContain('\n  clone_vm                            = "debian-12"\n');
  expect(packer['image/hcl/image.pkr.hcl']).not.toContain('clone_vm_id');
  expect(packer['image/README.md']).toContain('\ndebian-12, baked from the template debian-12 on pve, to become template 9100 on https://pve.lan:8006.\n');
  expect(JSON.parse(packer['image/deploy/deploy.json']).baseVmId).toBeNull();
  expect(template.contentHash).toBe('existing template debian-12');
  expect(providerSchemaProblems(terraform)).toEqual([]);
});

describe('refused', () => {
  test.each<[string, Partial<VmTemplateAttributes>]>([
    ['template-name-form templateName ""', { templateName: '' }],
    ['template-name-form templateName "a\\"b"', { templateName: 'a"b' }],
    ['not-known-at-synth templateName a Terraform reference (known only when Terraform runs)', { templateName: REFERENCES.text }],
    ['not-known-at-synth node a Terraform reference (known only when Terraform runs)', { node: REFERENCES.text }],
    ['node-name node "a b"', { node: 'a b' }],
    ['no-disk disks []', { disks: [] }],
    ['disk-size disks[0].size 512 MiB', { disks: [{ size: Size.mebibytes(512) }] }],
    ['storage-name disks[0].storage "x"', { disks: [{ size: Size.gibibytes(1), storage: 'x' }] }],
    ['cores-out-of-range cores 0', { cores: 0 }],
    ['sockets-out-of-range sockets 9', { sockets: 9 }],
    ['memory-out-of-range memory 1 MiB', { memory: Size.mebibytes(1) }],
    ['vlan-tag networkDevices[0].vlanTag -1', { networkDevices: [{ vlanTag: -1 }] }],
    ['cloud-init-slot-form cloudInitSlot ""', { cloudInitSlot: '' }],
    ['cloud-init-slot-form cloudInitSlot "scsi31"', { cloudInitSlot: 'scsi31' }],
    ['cloud-init-slot-form cloudInitSlot "virtio0"', { cloudInitSlot: 'virtio0' }],
    ['cloud-init-slot-form cloudInitSlot "scsi0"', { cloudInitSlot: 'scsi0' }],
    ['text-control-characters guest.setup.installAgent ["a\\nb"]', { guest: { ...GUEST, setup: { installAgent: ['a\nb'] } } }],
  ])('%s', (mistake, attributes) => {
    expect(mistakes(() => existing(stackWithCluster(), attributes))).toEqual([mistake]);
  });

  test.each([99, 1e9, 1.5, NaN, -1])('the id %p', (vmId) => {
    expect(mistakes(() => VmTemplate.fromVmId(stackWithCluster(), 'X', vmId, REQUIRED))).toEqual([`vm-id-out-of-bounds vmId ${vmId}`]);
  });

  test('an id that is a reference, a text, or nothing', () => {
    const refuse = (vmId: unknown) => mistakes(() => VmTemplate.fromVmId(stackWithCluster(), 'X', vmId as number, REQUIRED))[0];
    expect([REFERENCES.number, '500', undefined].map(refuse)).toEqual([
      'not-known-at-synth vmId a Terraform reference (known only when Terraform runs)', 'value-kind vmId "500"', 'value-missing vmId',
    ]);
  });

  test('values of another kind, in plain JavaScript: every property', () => {
    const names = ['cores', 'sockets', 'cpuType', 'memory', 'networkDevices', 'vga', 'disks', 'templateName', 'proxmoxVe', 'node', 'bios', 'machine', 'efiType',
      'preEnrolledKeys', 'scsiController', 'serialConsole', 'cloudInitSlot'];
    const wrong = Object.fromEntries(names.map((name) => [name, { of: name }]));
    const found = mistakes(() => VmTemplate.fromName(stackWithCluster(), 'X', { ...wrong, guest: 'debian' } as any)).map((m) => m.split(' ').slice(0, 2).join(' '));
    expect(found).toEqual([...names.map((name) => `value-kind ${name}`), 'value-kind guest']);
    expect(mistakes(() => VmTemplate.fromName(stackWithCluster(), 'X', { guest: { setup: {} } } as any))).toEqual([
      'value-missing disks', 'value-missing templateName', 'value-missing guest.osName', 'value-missing guest.osType', 'value-missing guest.hasGuestAgent',
      'value-missing guest.hasCloudInit', 'value-missing guest.setup.installAgent',
    ]);
    expect(mistakes(() => VmTemplate.fromName(stackWithCluster(), 'X', undefined as any))).toEqual(['value-kind props nothing']);
  });

  test('baking what does not say how its guest is set up, or has no cloud-init', () => {
    const stack = stackWithCluster();
    const bake = (id: string, guest: typeof GUEST) => () => new GoldenImage(stack, id, {
      baseTemplate: existing(stack, { guest, cloudInitSlot: 'scsi1' }, `${id}Base`),
      vmId: 9100,
      profile: ProvisioningProfile.minimal(),
      buildAddress: BuildAddress.fixed({ address: '10.0.0.9/24', gateway: '10.0.0.1' }),
    });
    expect(expectError(bake('A', { ...GUEST, setup: undefined })).message).toBe(`homelab/A: [base-not-bakeable] baseTemplate, got: "homelab/ABase"
  A template can be baked further when it says how its guest is set up (guest.setup), has cloud-init, and lets Packer in by SSH.
  Remedy: Give the guest of the existing template a setup, for example guestos.Ubuntu.V24_04.guestSetup; install a Windows with RemoteAccess.SSH.`);
    expect(mistakes(bake('B', { ...GUEST, hasCloudInit: false }))).toContain('base-not-bakeable baseTemplate "homelab/BBase"');
  });
});
