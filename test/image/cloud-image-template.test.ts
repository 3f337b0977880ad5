import { TerraformVariable } from 'cdktf';
import { CloudImageTemplate, CloudImageTemplateProps, CpuType, DiskFormat, NetworkModel, ProxmoxVe, Size, VgaType, guestos } from '../../lib';
import { contentHash } from '../../lib/assembly';
import { renderHardware } from '../../lib/proxmox';
import { expectError, mistakes } from '../support/errors';
import { REFERENCES, UBUNTU, cluster, stackWithCluster, ubuntuBase } from '../support/fixtures';
import { providerSchemaProblems } from '../support/provider-schema';
import { newStack, synthesize } from '../support/synth';

const VMS = 'data.proxmox_virtual_environment_vms.Pve_Vms.vms';
const CONTAINERS = 'data.proxmox_virtual_environment_containers.Pve_Containers.containers';
const DEVICE = {
  bridge: 'vmbr0',
  disconnected: null,
  enabled: null,
  firewall: false,
  mac_address: null,
  model: 'virtio',
  mtu: null,
  queues: null,
  rate_limit: null,
  trunks: null,
  vlan_id: null,
};

test('with what is required: a download, and a template that is made of it', () => {
  const stack = newStack();
  new ProxmoxVe(stack, 'Pve', { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'tank' });
  const base = new CloudImageTemplate(stack, 'UbuntuBase', { operatingSystem: UBUNTU, vmId: 9100 });
  const { terraform, packer } = synthesize(stack);
  const strangers = `v in ${VMS} : v if v.vm_id == 9100 && !((contains(v.tags, "homelab_ubuntu-base") && (v.template || v.name == "ubuntu-base")))`;
  const late = strangers.replace('Pve_Vms', 'UbuntuBase_Vms');
  expect(terraform).toEqual({
    data: {
      proxmox_virtual_environment_containers: { Pve_Containers: {} },
      proxmox_virtual_environment_vms: {
        Pve_Vms: {},
        UbuntuBase_Vms: { depends_on: ['terraform_data.UbuntuBase', 'proxmox_download_file.pve-ubuntu-24-04-0a0a0a0a0a0a'] },
      },
    },
    output: {
      UbuntuBase: { description: 'Template ubuntu-base', value: { name: 'ubuntu-base', vm_id: '${proxmox_virtual_environment_vm.UbuntuBase.vm_id}' } },
    },
    provider: { proxmox: [{ api_token: '${var.proxmox_api_token}', endpoint: 'https://pve.lan:8006' }] },
    resource: {
      proxmox_download_file: {
        'pve-ubuntu-24-04-0a0a0a0a0a0a': {
          checksum: '0a'.repeat(32),
          checksum_algorithm: 'sha256',
          content_type: 'import',
          datastore_id: 'local',
          file_name: 'homelab-ubuntu-24.04-0a0a0a0a0a0a.qcow2',
          node_name: 'pve',
          overwrite: false,
          upload_timeout: 3600,
          url: 'https://images.example/release-20260705/ubuntu-24.04.img',
        },
      },
      proxmox_virtual_environment_vm: {
        UbuntuBase: {
          agent: [{ enabled: false }],
          bios: 'ovmf',
          boot_order: ['scsi0'],
          cpu: [{ cores: 2, numa: false, sockets: 1, type: 'x86-64-v2-AES' }],
          description: 'ubuntu-24.04 cloud image, imported from https://images.example/release-20260705/ubuntu-24.04.img',
          disk: [{
            backup: true,
            cache: 'none',
            datastore_id: 'tank',
            discard: 'on',
            import_from: '${proxmox_download_file.pve-ubuntu-24-04-0a0a0a0a0a0a.id}',
            interface: 'scsi0',
            iothread: true,
            replicate: true,
            size: 8,
            ssd: true,
          }],
          efi_disk: [{ datastore_id: 'tank', pre_enrolled_keys: false, type: '4m' }],
          lifecycle: {
            precondition: [
              {
                condition: `\${length([for ${strangers}]) == 0}`,
                error_message: `VM id 9100 is held by \${join(", ", [for ${strangers.replace(' v if', ' "${v.name} on ${v.node_name}" if')}])}, `
                  + 'which this program did not make. Give homelab/UbuntuBase another vmId, or move what stands there.',
              },
              {
                condition: `\${length([for c in ${CONTAINERS} : c if c.vm_id == 9100]) == 0}`,
                error_message: `VM id 9100 is held by \${join(", ", [for c in ${CONTAINERS} : "container \${c.name} on \${c.node_name}" if c.vm_id == 9100])}. `
                  + 'Give homelab/UbuntuBase another vmId, or move what stands there.',
              },
              {
                condition: `\${length([for ${late}]) == 0 || length([for ${strangers}]) > 0}`,
                error_message: `VM id 9100 is held by \${join(", ", [for ${late.replace(' v if', ' "${v.name} on ${v.node_name}" if')}])}, `
                  + 'which this program did not make. Give homelab/UbuntuBase another vmId, or move what stands there.',
              },
            ],
            replace_triggered_by: ['terraform_data.UbuntuBase'],
          },
          machine: 'q35',
          memory: [{ dedicated: 2048, floating: 0 }],
          name: 'ubuntu-base',
          network_device: [DEVICE],
          node_name: 'pve',
          on_boot: false,
          operating_system: [{ type: 'l26' }],
          scsi_hardware: 'virtio-scsi-single',
          serial_device: [{ device: 'socket' }],
          started: false,
          tags: ['homelab_ubuntu-base'],
          template: true,
          vga: [{ type: 'std' }],
          vm_id: 9100,
        },
      },
      terraform_data: { UbuntuBase: { input: base.contentHash } },
    },
    terraform: {
      backend: { local: { path: '../../../terraform.homelab.tfstate' } },
      required_providers: { proxmox: { source: 'bpg/proxmox', version: '>= 0.112.0, < 1.0.0' } },
    },
    variable: {
      proxmox_api_token: { description: 'Secret, given as TF_VAR_proxmox_api_token.', nullable: false, sensitive: true, type: 'string' },
    },
  });
  expect(providerSchemaProblems(terraform)).toEqual([]);
  expect(packer).toEqual({});
  expect(base.contentHash).toBe(contentHash(`sha256:${'0a'.repeat(32)}`, 'pve', JSON.stringify(renderHardware(base.hardware, 'tank')), ''));
  expect([base.vmId, base.templateName, base.nodeName, base.cloudInitSlot, base.guest]).toEqual([9100, 'ubuntu-base', 'pve', undefined, {
    osName: 'ubuntu-24.04', osType: UBUNTU.osType, hasGuestAgent: false, hasCloudInit: true, hasK3s: false, setup: UBUNTU.guestSetup,
  }]);
});

const ALL: Required<Omit<CloudImageTemplateProps, 'proxmoxVe' | 'operatingSystem'>> = {
  vmId: 9199,
  templateName: 'base.ubuntu-24',
  node: 'pve2',
  diskSize: Size.gibibytes(20),
  storage: 'fast',
  diskFormat: DiskFormat.QCOW2,
  secureBoot: true,
  cloudInitDrive: true,
  tags: ['Base', 'ubuntu-24'],
  description: 'Costs ${5}\nünïcode',
  cores: 4,
  sockets: 2,
  cpuType: CpuType.HOST,
  memory: Size.gibibytes(4),
  minimumMemory: Size.gibibytes(1),
  networkDevices: [{ bridge: 'vmbr1', vlanTag: 7, model: NetworkModel.E1000, firewall: true }, {}],
  vga: VgaType.SERIAL0,
};

test('with every property', () => {
  const stack = newStack();
  cluster(stack, {}, 'Other');
  const proxmoxVe = cluster(stack, { endpoint: 'https://two.lan:8006', pool: 'lab', imageStorage: 'images', owner: 'house' }, 'Two');
  const operatingSystem = { ...UBUNTU, bindCloudImage: () => ({ ...UBUNTU.bindCloudImage(), hasGuestAgent: true, url: 'https://images.example/2026/x.vmdk' }) };
  new CloudImageTemplate(stack, 'Base', { ...ALL, operatingSystem, proxmoxVe });
  const { terraform } = synthesize(stack);
  const { lifecycle, ...template } = terraform.resource.proxmox_virtual_environment_vm.Base;
  expect(template).toEqual({
    agent: [{ enabled: true }],
    bios: 'ovmf',
    boot_order: ['scsi0'],
    cpu: [{ cores: 4, numa: false, sockets: 2, type: 'host' }],
    description: 'Costs $${5}\nünïcode',
    disk: [{
      backup: true,
      cache: 'none',
      datastore_id: 'fast',
      discard: 'on',
      file_format: 'qcow2',
      import_from: '${proxmox_download_file.two-pve2-ubuntu-24-04-0a0a0a0a0a0a.id}',
      interface: 'scsi0',
      iothread: true,
      replicate: true,
      size: 20,
      ssd: true,
    }],
    efi_disk: [{ datastore_id: 'fast', pre_enrolled_keys: true, type: '4m' }],
    initialization: [{ datastore_id: 'fast', interface: 'scsi1', upgrade: false }],
    machine: 'q35',
    memory: [{ dedicated: 4096, floating: 1024 }],
    name: 'base.ubuntu-24',
    network_device: [{ ...DEVICE, bridge: 'vmbr1', firewall: true, model: 'e1000', vlan_id: 7 }, DEVICE],
    node_name: 'pve2',
    on_boot: false,
    operating_system: [{ type: 'l26' }],
    pool_id: 'lab',
    provider: 'proxmox.Two',
    scsi_hardware: 'virtio-scsi-single',
    serial_device: [{ device: 'socket' }],
    started: false,
    tags: ['base', 'house_base', 'ubuntu-24'],
    template: true,
    vga: [{ type: 'serial0' }],
    vm_id: 9199,
  });
  expect(terraform.resource.proxmox_download_file['two-pve2-ubuntu-24-04-0a0a0a0a0a0a']).toMatchObject({
    datastore_id: 'images', file_name: 'house-ubuntu-24.04-0a0a0a0a0a0a.vmdk', node_name: 'pve2', provider: 'proxmox.Two', url: 'https://images.example/2026/x.vmdk',
  });
  expect(lifecycle.precondition[0].condition).toContain('Two_Vms');
  expect(providerSchemaProblems(terraform)).toEqual([]);
});

test('the content changes with what makes another template, and with nothing else', () => {
  const hashWith = (props: Partial<CloudImageTemplateProps>, pve: object = {}) => ubuntuBase(stackWithCluster(pve), props).contentHash;
  const release = { url: 'https://images.example/20260101/x.img', checksum: guestos.Checksum.sha256('0b'.repeat(32)) };
  const hashes = [
    {}, { operatingSystem: guestos.Ubuntu.of('24.04', release) }, { node: 'pve2' }, { diskSize: Size.gibibytes(9) }, { storage: 'fast' }, { cores: 3 },
    { cloudInitDrive: true }, { secureBoot: true },
  ].map((props) => hashWith(props));
  expect(new Set(hashes).size).toBe(hashes.length);
  const same: Partial<CloudImageTemplateProps>[] = [{ vmId: 9111 }, { templateName: 'x' }, { tags: ['x'] }, { description: 'x' }];
  expect(same.map((props) => hashWith(props))).toEqual(same.map(() => hashes[0]));
  expect(hashWith({}, { endpoint: 'https://other.lan:8006', insecure: true, owner: 'x' })).toBe(hashes[0]);
});

test('the disk is as large as the image needs, and not below 8 GiB', () => {
  const size = (minimumDiskSize: Size, diskSize?: Size) => {
    const operatingSystem = guestos.Ubuntu.of('24.04', { ...UBUNTU.bindCloudImage(), minimumDiskSize });
    return `${ubuntuBase(stackWithCluster(), { operatingSystem, diskSize }).hardware.disks[0].size}`;
  };
  expect([size(Size.mebibytes(200)), size(Size.gibibytes(12)), size(Size.mebibytes(10_241)), size(Size.gibibytes(3), Size.gibibytes(3))]).toEqual([
    '8 GiB', '12 GiB', '11 GiB', '3 GiB',
  ]);
});

describe('refused', () => {
  test.each<[string, Partial<CloudImageTemplateProps>]>([
    ['vm-id-outside-plan vmId 200', { vmId: 200 }],
    ['vm-id-out-of-bounds vmId NaN', { vmId: NaN }],
    ['vm-id-out-of-bounds vmId -1', { vmId: -1 }],
    ['template-name-form templateName ""', { templateName: '' }],
    ['template-name-form templateName "a_b"', { templateName: 'a_b' }],
    ['template-name-form templateName "a\\"b"', { templateName: 'a"b' }],
    [`template-name-form templateName "${'a'.repeat(64)}"`, { templateName: 'a'.repeat(64) }],
    ['node-name node "pve.lan"', { node: 'pve.lan' }],
    ['disk-smaller-than-image diskSize 3 GiB', { diskSize: Size.gibibytes(3) }],
    ['disk-size diskSize 8704 MiB', { diskSize: Size.mebibytes(8704) }],
    ['storage-name storage ""', { storage: '' }],
    ['tag-form tags[0] "debian-12.1"', { tags: ['debian-12.1'] }],
    ['description-form description "\\r"', { description: '\r' }],
    [`description-form description "${'x'.repeat(116)}...`, { description: 'x'.repeat(8193) }],
    ['memory-too-small-for-import memory 511 MiB', { memory: Size.mebibytes(511) }],
    ['cores-out-of-range cores 0', { cores: 0 }],
    ['bridge-name networkDevices[0].bridge "a b"', { networkDevices: [{ bridge: 'a b' }] }],
  ])('%s', (mistake, props) => {
    expect(mistakes(() => ubuntuBase(stackWithCluster(), props))).toEqual([mistake]);
  });

  test('what Packer has to know later cannot be a reference; the note can', () => {
    const { text, number } = REFERENCES;
    expect(mistakes(() => ubuntuBase(stackWithCluster(), {
      vmId: number, templateName: text, node: text, storage: text, tags: [text], cores: number, networkDevices: [{ bridge: text }],
    })).map((mistake) => mistake.replace(/ a Terraform.*/, '')).sort()).toEqual([
      'not-known-at-synth cores', 'not-known-at-synth networkDevices[0].bridge', 'not-known-at-synth node', 'not-known-at-synth storage',
      'not-known-at-synth templateName', 'not-known-at-synth vmId', 'tag-form tags[0]',
    ]);
    const stack = stackWithCluster();
    ubuntuBase(stack, { description: `of ${new TerraformVariable(stack, 'whom', { type: 'string' }).stringValue}` });
    expect(synthesize(stack).terraform.resource.proxmox_virtual_environment_vm.Base.description).toBe('of ${var.whom}');
  });

  test('values of another kind, in plain JavaScript: every property', () => {
    const names = Object.keys(ALL) as (keyof typeof ALL)[];
    const wrong: any = { operatingSystem: 'ubuntu', proxmoxVe: 'pve', ...Object.fromEntries(names.map((name) => [name, { of: name }])) };
    const found = mistakes(() => ubuntuBase(stackWithCluster(), wrong));
    expect(found.map((mistake) => mistake.split(' ').slice(0, 2).join(' ')).sort()).toEqual([...names, 'operatingSystem', 'proxmoxVe'].sort().map((name) => `value-kind ${name}`));
    expect(mistakes(() => new CloudImageTemplate(stackWithCluster(), 'Base', {} as any))).toEqual(['value-missing operatingSystem', 'value-missing vmId']);
  });

  test('all mistakes together, with rule and remedy', () => {
    const refuse = () => ubuntuBase(stackWithCluster(), { vmId: 9000, templateName: 'a b', diskSize: Size.gibibytes(1), memory: Size.mebibytes(128) });
    expect(expectError(refuse).message).toBe(`homelab/Base: 4 mistakes
[template-name-form] templateName, got: "a b"
  A template has a DNS name: letters, digits and hyphens, in parts of at most 63 characters joined by dots.
  Remedy: Choose a name such as ubuntu-2404.
[vm-id-outside-plan] vmId, got: 9000
  The plan of this cluster keeps 9100-9199 for cloud images.
  Remedy: Choose an id in 9100-9199, or give ProxmoxVe a vmIdPlan with other ranges.
[disk-smaller-than-image] diskSize, got: 1 GiB
  The disk in the image of ubuntu-24.04 has 4 GiB, and Proxmox VE shrinks no disk.
  Remedy: Choose a size of at least that of the image.
[memory-too-small-for-import] memory, got: 128 MiB
  A template for a general purpose Linux has at least 512 MiB of memory: its cloud-init and package manager do not run in less.
  Remedy: Choose Size.gibibytes(1) or more.`);
  });
});

test('an image for newer CPUs has one by itself, and no older one', () => {
  const cpu = (operatingSystem: guestos.ICloudImage, cpuType?: CpuType) => {
    const stack = stackWithCluster();
    return new CloudImageTemplate(stack, 'Base', { operatingSystem, vmId: 9100, cpuType }).hardware.cpuType.name;
  };
  expect([guestos.AlmaLinux.V10, guestos.Rocky.V10, guestos.AlmaLinux.V10_X86_64_V2, guestos.AlmaLinux.V9].map((os) => cpu(os))).toEqual([
    'x86-64-v3', 'x86-64-v3', 'x86-64-v2-AES', 'x86-64-v2-AES',
  ]);
  expect(cpu(guestos.Rocky.V10, CpuType.HOST)).toBe('host');
  expect(mistakes(() => cpu(guestos.Rocky.V10, CpuType.of('IvyBridge')))).toEqual(['cpu-too-old-for-image cpuType IvyBridge']);
});
