import { CpuType, DiskFormat, NetworkModel, ProxmoxVe, Size, TalosCluster, TalosImport, TalosImportProps, VgaType, VirtualMachine, talos } from '../../lib';
import { contentHash } from '../../lib/assembly';
import { renderHardware } from '../../lib/proxmox';
import { expectError, mistakes } from '../support/errors';
import { REFERENCES, cluster, stackWithCluster } from '../support/fixtures';
import { providerSchemaProblems } from '../support/provider-schema';
import { newApp, newStack, synthesize } from '../support/synth';
import { NETWORK, NVIDIA, PLAN, elements, talosCluster, talosImage } from './clusters';

const AGENT_ONLY = 'ce4c980550dd2ab1b17bbf2b08801c7eb59418eafe8f279833297925d67c7515';
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
test('with what is required: a schematic that the factory is told, a download, and a template', () => {
  const stack = stackWithCluster();
  const image = new TalosImport(stack, 'Talos', { talosVersion: 'v1.13.9' });
  const { terraform, packer } = synthesize(stack);
  const strangers = `v in ${VMS} : v if v.vm_id == 9000 && !((contains(v.tags, "homelab_talos") && (v.template || v.name == "talos")))`;
  const late = strangers.replace('Pve_Vms', 'Talos_Vms');
  const url = `https://factory.talos.dev/image/${AGENT_ONLY}/v1.13.9/nocloud-amd64.qcow2`;
  expect(terraform).toEqual({
    data: {
      proxmox_virtual_environment_containers: { Pve_Containers: {} },
      proxmox_virtual_environment_vms: { Pve_Vms: {}, Talos_Vms: { depends_on: ['terraform_data.Talos', 'proxmox_download_file.pve-talos-v1-13-9-ce4c980550dd'] } },
    },
    output: { Talos: { description: 'Template talos', value: { name: 'talos', vm_id: '${proxmox_virtual_environment_vm.Talos.vm_id}' } } },
    provider: { proxmox: [{ api_token: '${var.proxmox_api_token}', endpoint: 'https://pve.lan:8006' }], talos: [{}] },
    resource: {
      proxmox_download_file: {
        'pve-talos-v1-13-9-ce4c980550dd': {
          content_type: 'import',
          datastore_id: 'local',
          depends_on: ['talos_image_factory_schematic.schematic-ce4c980550dd'],
          file_name: 'homelab-talos-v1.13.9-nocloud-ce4c980550dd.qcow2',
          node_name: 'pve',
          overwrite: false,
          upload_timeout: 3600,
          url,
        },
      },
      proxmox_virtual_environment_vm: {
        Talos: {
          agent: [{ enabled: true }],
          bios: 'ovmf',
          boot_order: ['scsi0'],
          cpu: [{ cores: 2, numa: false, sockets: 1, type: 'host' }],
          description: `Talos v1.13.9, imported from ${url}`,
          disk: [{
            backup: true,
            cache: 'none',
            datastore_id: 'tank',
            discard: 'on',
            import_from: '${proxmox_download_file.pve-talos-v1-13-9-ce4c980550dd.id}',
            interface: 'scsi0',
            iothread: false,
            replicate: true,
            size: 10,
            ssd: true,
          }],
          efi_disk: [{ datastore_id: 'tank', pre_enrolled_keys: false, type: '4m' }],
          lifecycle: {
            precondition: [
              {
                condition: `\${length([for ${strangers}]) == 0}`,
                error_message: `VM id 9000 is held by \${join(", ", [for ${strangers.replace(' v if', ' "${v.name} on ${v.node_name}" if')}])}, `
                  + 'which this program did not make. Give homelab/Talos another vmId, or move what stands there.',
              },
              {
                condition: `\${length([for c in ${CONTAINERS} : c if c.vm_id == 9000]) == 0}`,
                error_message: `VM id 9000 is held by \${join(", ", [for c in ${CONTAINERS} : "container \${c.name} on \${c.node_name}" if c.vm_id == 9000])}. `
                  + 'Give homelab/Talos another vmId, or move what stands there.',
              },
              {
                condition: `\${length([for ${late}]) == 0 || length([for ${strangers}]) > 0}`,
                error_message: `VM id 9000 is held by \${join(", ", [for ${late.replace(' v if', ' "${v.name} on ${v.node_name}" if')}])}, `
                  + 'which this program did not make. Give homelab/Talos another vmId, or move what stands there.',
              },
            ],
            replace_triggered_by: ['terraform_data.Talos'],
          },
          machine: 'q35',
          memory: [{ dedicated: 4096, floating: 0 }],
          name: 'talos',
          network_device: [DEVICE],
          node_name: 'pve',
          on_boot: false,
          operating_system: [{ type: 'l26' }],
          scsi_hardware: 'virtio-scsi-pci',
          serial_device: [{ device: 'socket' }],
          started: false,
          tags: ['homelab_talos'],
          template: true,
          vga: [{ type: 'std' }],
          vm_id: 9000,
        },
      },
      talos_image_factory_schematic: {
        'schematic-ce4c980550dd': {
          lifecycle: {
            postcondition: [{
              condition: `\${self.id == "${AGENT_ONLY}"}`,
              error_message: `https://factory.talos.dev knows this schematic as \${self.id}, and the library as ${AGENT_ONLY}: the image and its installer would differ. `
                + 'Report it; until then, leave out what is unusual in the schematic.',
            }],
          },
          schematic: 'customization:\n    systemExtensions:\n        officialExtensions:\n            - siderolabs/qemu-guest-agent\n',
        },
      },
      terraform_data: { Talos: { input: image.contentHash } },
    },
    terraform: {
      backend: { local: { path: '../../../terraform.homelab.tfstate' } },
      required_providers: {
        proxmox: { source: 'bpg/proxmox', version: '>= 0.112.0, < 1.0.0' }, talos: { source: 'siderolabs/talos', version: '>= 0.12.0, < 1.0.0' },
      },
    },
    variable: {
      proxmox_api_token: { description: 'Secret, given as TF_VAR_proxmox_api_token.', nullable: false, sensitive: true, type: 'string' },
    },
  });
  expect(providerSchemaProblems(terraform)).toEqual([]);
  expect(packer).toEqual({});
  expect(image.contentHash).toBe(contentHash(url, 'pve', JSON.stringify(renderHardware(image.hardware, 'tank'))));
  const { vmId, templateName, nodeName, talosVersion, imageFactory, schematic, installerImage, guest } = image;
  expect([vmId, templateName, nodeName, talosVersion, imageFactory, schematic.schematicId, installerImage, guest]).toEqual([
    9000, 'talos', 'pve', 'v1.13.9', 'https://factory.talos.dev', AGENT_ONLY, `factory.talos.dev/nocloud-installer/${AGENT_ONLY}:v1.13.9`,
    { osName: 'talos-1.13.9', osType: expect.objectContaining({ name: 'l26' }), hasGuestAgent: true, hasCloudInit: true },
  ]);
});

const ALL: Required<Omit<TalosImportProps, 'proxmoxVe' | 'minimumMemory'>> = {
  talosVersion: 'v1.14.1',
  schematic: new talos.Schematic({ extraKernelArgs: ['quiet', 'a=${b}'], secureBoot: {} }),
  vmId: 9007,
  templateName: 'base.talos-14',
  node: 'pve2',
  diskSize: Size.gibibytes(20),
  storage: 'fast',
  diskFormat: DiskFormat.QCOW2,
  cores: 4,
  sockets: 2,
  cpuType: CpuType.X86_64_V2_AES,
  memory: Size.gibibytes(8),
  networkDevices: [{ bridge: 'vmbr1', vlanTag: 7, model: NetworkModel.E1000, firewall: true }, {}],
  vga: VgaType.SERIAL0,
  imageFactory: 'https://factory.lan:8443',
  tags: ['Base', 'talos-14'],
  description: 'Costs ${5}\nünïcode',
};

test('with every property', () => {
  const stack = newStack();
  cluster(stack, {}, 'Other');
  const proxmoxVe = cluster(stack, { endpoint: 'https://two.lan:8006', pool: 'lab', imageStorage: 'images', owner: 'house', vmIdPlan: PLAN }, 'Two');
  const image = new TalosImport(stack, 'Image', { ...ALL, proxmoxVe });
  const { terraform } = synthesize(stack);
  const { schematicId } = ALL.schematic;
  const short = schematicId.slice(0, 12);
  const { lifecycle, ...template } = terraform.resource.proxmox_virtual_environment_vm.Image;
  const [[downloadName, download]] = Object.entries<any>(terraform.resource.proxmox_download_file);
  const [[schematicName, registered]] = Object.entries<any>(terraform.resource.talos_image_factory_schematic);
  const { lifecycle: { postcondition: [postcondition] }, ...schematic } = registered;
  expect(template).toEqual({
    agent: [{ enabled: false }],
    bios: 'ovmf',
    boot_order: ['scsi0'],
    cpu: [{ cores: 4, numa: false, sockets: 2, type: 'x86-64-v2-AES' }],
    description: 'Costs $${5}\nünïcode',
    disk: [{
      backup: true,
      cache: 'none',
      datastore_id: 'fast',
      discard: 'on',
      file_format: 'qcow2',
      import_from: `\${proxmox_download_file.${downloadName}.id}`,
      interface: 'scsi0',
      iothread: false,
      replicate: true,
      size: 20,
      ssd: true,
    }],
    efi_disk: [{ datastore_id: 'fast', pre_enrolled_keys: false, type: '4m' }],
    machine: 'q35',
    memory: [{ dedicated: 8192, floating: 0 }],
    name: 'base.talos-14',
    network_device: [{ ...DEVICE, bridge: 'vmbr1', firewall: true, model: 'e1000', vlan_id: 7 }, DEVICE],
    node_name: 'pve2',
    on_boot: false,
    operating_system: [{ type: 'l26' }],
    pool_id: 'lab',
    provider: 'proxmox.Two',
    scsi_hardware: 'virtio-scsi-pci',
    serial_device: [{ device: 'socket' }],
    started: false,
    tags: ['base', 'house_image', 'talos-14'],
    template: true,
    vga: [{ type: 'serial0' }],
    vm_id: 9007,
  });
  expect(download).toEqual({
    content_type: 'import',
    datastore_id: 'images',
    depends_on: [`talos_image_factory_schematic.${schematicName}`],
    file_name: expect.stringMatching(`^house-talos-v1.14.1-nocloud-.*${short}.*[.]qcow2$`),
    node_name: 'pve2',
    overwrite: false,
    provider: 'proxmox.Two',
    upload_timeout: 3600,
    url: `https://factory.lan:8443/image/${schematicId}/v1.14.1/nocloud-amd64-secureboot.qcow2`,
  });
  expect(schematic).toEqual({ provider: 'talos.factory_lan_8443', schematic: 'customization:\n    extraKernelArgs:\n        - quiet\n        - a=$${b}\n' });
  expect(postcondition.error_message).toMatch(/^https:\/\/factory\.lan:8443 knows this schematic as /);
  expect(terraform.provider.talos).toEqual([{ alias: 'factory_lan_8443', image_factory_url: 'https://factory.lan:8443' }]);
  expect(lifecycle.precondition[0].condition).toContain('Two_Vms');
  expect(image.installerImage).toBe(`factory.lan:8443/nocloud-installer-secureboot/${schematicId}:v1.14.1`);
  expect(image.guest.hasGuestAgent).toBe(false);
  expect(providerSchemaProblems(terraform)).toEqual([]);
});

test('the version is what it is with or without a v', () => {
  const [stack, other] = [stackWithCluster(), stackWithCluster()];
  const [image] = [talosImage(stack), talosImage(other, { talosVersion: '1.13.9' })];
  expect(synthesize(other).terraform).toEqual(synthesize(stack).terraform);
  expect(image.talosVersion).toBe('v1.13.9');
});

test('copies on other nodes: a template of its own each, one schematic, machines from the nearest', () => {
  const stack = newStack();
  cluster(stack, { vmIdPlan: PLAN });
  const image = talosImage(stack, { diskFormat: DiskFormat.RAW, tags: ['base'] });
  const two = image.addCopy('pve2', { vmId: 9001 });
  const three = image.addCopy('pve3', { vmId: 9002, storage: 'ssd' });
  new VirtualMachine(stack, 'Web', { template: two });
  talosCluster(stack, { image, controlPlane: { addresses: ['192.168.1.12', '192.168.1.13', '192.168.1.14'], proxmoxNodes: ['pve3', 'pve', 'pve4'] }, endpoint: talos.ClusterEndpoint.host('k8s.lan') });
  const { terraform } = synthesize(stack);
  const templates = Object.values<any>(terraform.resource.proxmox_virtual_environment_vm).filter((vm) => vm.template);
  expect(templates.map((vm) => [vm.vm_id, vm.name, vm.node_name, vm.disk[0].datastore_id, vm.disk[0].file_format, vm.tags])).toEqual([
    [9000, 'talos', 'pve', 'tank', 'raw', ['base', 'homelab_talos']],
    [9001, 'talos-pve2', 'pve2', 'tank', 'raw', ['base', 'homelab_talos-on-pve2']],
    [9002, 'talos-pve3', 'pve3', 'ssd', 'raw', ['base', 'homelab_talos-on-pve3']],
  ]);
  expect(Object.keys(terraform.resource.proxmox_download_file)).toEqual(['pve', 'pve2', 'pve3'].map((node) => `${node}-talos-v1-13-9-ce4c980550dd`));
  expect(Object.keys(terraform.resource.talos_image_factory_schematic)).toEqual(['schematic-ce4c980550dd']);
  const machines = Object.values<any>(terraform.resource.proxmox_virtual_environment_vm).filter((vm) => !vm.template);
  expect(machines.map(({ name, node_name: node, clone }) => [name, node, clone[0].vm_id, clone[0].node_name])).toEqual([
    ['k8s-control-plane-12', 'pve3', 9002, 'pve3'], ['k8s-control-plane-13', 'pve', 9000, 'pve'], ['k8s-control-plane-14', 'pve4', 9000, 'pve'], ['web', 'pve2', 9001, 'pve2'],
  ]);
  expect([two.installerImage, three.schematic.schematicId]).toEqual([image.installerImage, image.schematic.schematicId]);
});

test('two templates of one image share its download, those of other images do not', () => {
  const stack = newStack();
  cluster(stack, { vmIdPlan: PLAN });
  const variants: Partial<TalosImportProps>[] = [
    {}, { cores: 8 }, { talosVersion: 'v1.13.8' }, { schematic: NVIDIA }, { node: 'pve2' }, { imageFactory: 'https://factory.lan' },
    { schematic: new talos.Schematic({ systemExtensions: [talos.SystemExtension.QEMU_GUEST_AGENT], secureBoot: {} }) },
  ];
  const images = variants.map((props, i) => talosImage(stack, { vmId: 9000 + i, ...props }, `Talos${i}`));
  const { terraform } = synthesize(stack);
  const downloads: any = terraform.resource.proxmox_download_file;
  const source = ({ node }: TalosImport) => {
    const [, name] = /download_file\.(.+)\.id/.exec(terraform.resource.proxmox_virtual_environment_vm[node.id].disk[0].import_from)!;
    return [downloads[name].node_name, downloads[name].url, downloads[name].depends_on[0].replace(/\.[^.]+$/, '')];
  };
  expect(images.map(source)).toEqual(images.map(({ nodeName, talosVersion, schematic, imageFactory }) => [
    nodeName, schematic.diskImageUrl(talosVersion, imageFactory), 'talos_image_factory_schematic',
  ]));
  expect(Object.keys(downloads)).toHaveLength(variants.length - 1);
  expect(new Set(Object.values<any>(downloads).map((download) => `${download.node_name} ${download.file_name}`)).size).toBe(variants.length - 1);
  expect(new Set(images.map((image) => image.contentHash)).size).toBe(variants.length);
});

test('each factory is told its own schematics', () => {
  const stack = newStack();
  cluster(stack, { vmIdPlan: PLAN });
  talosImage(stack, {}, 'A');
  talosImage(stack, { vmId: 9001, imageFactory: 'https://factory.lan' }, 'B');
  talosImage(stack, { vmId: 9002, imageFactory: 'https://factory-lan' }, 'C');
  talosImage(stack, { vmId: 9003, imageFactory: 'https://192.168.1.5:8443' }, 'D');
  const { terraform } = synthesize(stack);
  const schematics = Object.entries<any>(terraform.resource.talos_image_factory_schematic);
  expect(schematics.map(([name, { provider }]) => [name, provider])).toEqual([
    ['_192_168_1_5_8443-schematic-ce4c980550dd', 'talos._192_168_1_5_8443'], ['factory-lan-schematic-ce4c980550dd', 'talos.factory-lan'],
    ['factory_lan-schematic-ce4c980550dd', 'talos.factory_lan'], ['schematic-ce4c980550dd', undefined],
  ]);
  expect(terraform.provider.talos.map((provider: any) => provider.image_factory_url)).toEqual([undefined, 'https://factory.lan', 'https://factory-lan', 'https://192.168.1.5:8443']);
  expect(new Set(terraform.provider.talos.map((provider: any) => provider.alias)).size).toBe(4);
  const downloads = Object.values<any>(terraform.resource.proxmox_download_file);
  for (const { url, depends_on: [address] } of downloads) {
    const [, body] = schematics.find(([name]) => address.endsWith(`.${name}`))!;
    expect(body.provider === undefined).toBe(url.startsWith('https://factory.talos.dev/'));
  }
});

test('the content changes with what makes another template, and with nothing else', () => {
  const hashWith = (props: Partial<TalosImportProps>, pve: object = {}) => {
    const stack = newStack();
    cluster(stack, { vmIdPlan: PLAN, ...pve });
    return talosImage(stack, props).contentHash;
  };
  const hashes = [
    {}, { talosVersion: 'v1.13.8' }, { schematic: NVIDIA }, { node: 'pve2' }, { diskSize: Size.gibibytes(11) }, { storage: 'fast' }, { cores: 3 }, { imageFactory: 'https://factory.lan' },
  ].map((props) => hashWith(props));
  expect(new Set(hashes).size).toBe(hashes.length);
  const same: Partial<TalosImportProps>[] = [{ vmId: 9001 }, { templateName: 'x' }, { tags: ['x'] }, { description: 'x' }, { talosVersion: '1.13.9' }];
  expect(same.map((props) => hashWith(props))).toEqual(same.map(() => hashes[0]));
  expect(hashWith({}, { endpoint: 'https://other.lan:8006', insecure: true, owner: 'x' })).toBe(hashes[0]);
});

describe('refused', () => {
  test.each<[string, Partial<TalosImportProps>]>([
    ['talos-version-form talosVersion "1.13"', { talosVersion: '1.13' }],
    ['talos-version-unsupported talosVersion "v1.11.5"', { talosVersion: 'v1.11.5' }],
    ['vm-id-outside-plan vmId 9100', { vmId: 9100 }],
    ['vm-id-out-of-bounds vmId NaN', { vmId: NaN }],
    ['template-name-form templateName "a_b"', { templateName: 'a_b' }],
    ['node-name node "pve.lan"', { node: 'pve.lan' }],
    ['storage-name storage ""', { storage: '' }],
    ['talos-disk-too-small diskSize 9 GiB', { diskSize: Size.gibibytes(9) }],
    ['disk-size diskSize 10752 MiB', { diskSize: Size.mebibytes(10_752) }],
    ['talos-cpu-too-old cpuType kvm64', { cpuType: CpuType.of('kvm64') }],
    ['talos-memory-too-small memory 1023 MiB', { memory: Size.mebibytes(1023) }],
    ['talos-ballooning minimumMemory 2 GiB', { minimumMemory: Size.gibibytes(2) }],
    ...['http://factory.lan', 'factory.lan', 'https://factory.lan/', 'https://factory.lan/x', 'https://u@factory.lan', 'https://Factory.lan', 'https://factory.lan:99999', 'https://', 'https://a b']
      .map((imageFactory): [string, Partial<TalosImportProps>] => [`image-factory-form imageFactory ${JSON.stringify(imageFactory)}`, { imageFactory }]),
    ['tag-form tags[0] "debian-12.1"', { tags: ['debian-12.1'] }],
    ['description-form description "\\r"', { description: '\r' }],
    ['cores-out-of-range cores 0', { cores: 0 }],
    ['bridge-name networkDevices[0].bridge "a b"', { networkDevices: [{ bridge: 'a b' }] }],
  ])('%s', (mistake, props) => {
    expect(mistakes(() => talosImage(stackWithCluster(), props))).toEqual([mistake]);
  });

  test('all mistakes together, with rule and remedy', () => {
    const refuse = () => talosImage(stackWithCluster(), {
      talosVersion: 'v1.15.0', imageFactory: 'http://factory.lan', diskSize: Size.gibibytes(4), cpuType: CpuType.of('qemu64'), memory: Size.mebibytes(512), minimumMemory: Size.mebibytes(256),
    });
    expect(expectError(refuse).message).toBe(`homelab/Talos: 6 mistakes
[talos-version-unsupported] talosVersion, got: "v1.15.0"
  The library knows the machine configuration and drivers of Talos 1.12, 1.13 and 1.14.
  Remedy: Choose a release of one of them.
[image-factory-form] imageFactory, got: "http://factory.lan"
  An image factory is reached by https, at a host without a path.
  Remedy: Write it as https://factory.talos.dev.
[talos-disk-too-small] diskSize, got: 4 GiB
  Talos needs a system disk of 10 GiB at the least.
  Remedy: Choose Size.gibibytes(10) or more; 100 GiB is what its makers recommend for production.
[talos-cpu-too-old] cpuType, got: qemu64
  Talos is built for x86-64-v2, and such a CPU lacks instructions of it: the kernel stops at the first of them.
  Remedy: Leave cpuType out (CpuType.HOST), or choose CpuType.X86_64_V2_AES where machines move between different hosts.
[talos-ballooning] minimumMemory, got: 256 MiB
  Talos knows neither ballooning nor memory that comes and goes.
  Remedy: Leave minimumMemory out.
[talos-memory-too-small] memory, got: 512 MiB
  Talos calls such a node unhealthy below 1 GiB of memory.
  Remedy: Choose a memory of 4 GiB, as its makers recommend, or more.`);
  });

  test('a copy on a node that has one, and a copy that cannot be', () => {
    const stack = newStack();
    cluster(stack, { vmIdPlan: PLAN });
    const image = talosImage(stack);
    image.addCopy('pve2', { vmId: 9001 });
    expect(mistakes(() => image.addCopy('pve2', { vmId: 9002 }))).toEqual(['talos-copy-twice node "pve2"']);
    expect(expectError(() => image.addCopy('pve', { vmId: 9002 })).message).toBe(`homelab/Talos: [talos-copy-twice] node, got: "pve"
  A template stands on a node once.
  Remedy: Name another node, or leave the copy out.`);
    expect(mistakes(() => image.addCopy('pve.3', { vmId: 9001 }))).toEqual(['node-name node "pve.3"', 'vm-id-claimed-twice vmId 9001']);
    expect(mistakes(() => image.addCopy('pve4', { vmId: 9004, storage: 'x y' }))).toEqual(['storage-name storage "x y"']);
    expect(mistakes(() => image.addCopy('pve5', {} as any))).toEqual(['value-missing vmId']);
    expect(mistakes(() => image.addCopy('pve5', undefined as any))).toEqual(['value-kind props nothing']);
    expect(mistakes(() => image.addCopy(undefined as any, { vmId: 9005 }))).toEqual(['value-missing node']);
    expect(mistakes(() => image.addCopy(7 as any, { vmId: 9005, storage: 8 } as any))).toEqual(['value-kind node 7', 'value-kind storage 8']);
  });

  test('what is known only when Terraform runs; the note can be', () => {
    const { text, number } = REFERENCES;
    expect(mistakes(() => talosImage(stackWithCluster(), {
      talosVersion: text, vmId: number, templateName: text, node: text, storage: text, tags: [text], imageFactory: text,
    })).map((mistake) => mistake.replace(/ a Terraform.*/, '')).sort()).toEqual([
      'image-factory-form imageFactory', 'not-known-at-synth node', 'not-known-at-synth storage', 'not-known-at-synth templateName', 'not-known-at-synth vmId',
      'tag-form tags[0]', 'talos-version-form talosVersion',
    ]);
  });

  test('values of another kind, in plain JavaScript: every property', () => {
    const names = [...Object.keys(ALL), 'minimumMemory', 'proxmoxVe'];
    const wrong: any = Object.fromEntries(names.map((name) => [name, { of: name }]));
    const found = mistakes(() => talosImage(stackWithCluster(), wrong));
    expect(found.map((mistake) => mistake.split(' ').slice(0, 2).join(' ')).sort()).toEqual([...names].sort().map((name) => `value-kind ${name}`));
    expect(mistakes(() => new TalosImport(stackWithCluster(), 'Talos', {} as any))).toEqual(['value-missing talosVersion']);
  });

  test('an id that another template has', () => {
    const stack = stackWithCluster();
    talosImage(stack);
    expect(mistakes(() => talosImage(stack, {}, 'Again'))).toEqual(['vm-id-claimed-twice vmId 9000']);
  });
});

test('in another stack: the template is looked for, and the cluster has a provider there', () => {
  const app = newApp();
  const [images, machines] = [newStack(app, 'images'), newStack(app, 'machines')];
  cluster(images);
  const proxmoxVe: ProxmoxVe = cluster(machines, {}, 'Here');
  const image = talosImage(images);
  const made = new TalosCluster(machines, 'K8s', {
    image, configContract: talos.ConfigContract.V1_13, kubernetesVersion: '1.35.2', network: NETWORK, controlPlane: { addresses: ['192.168.1.11'] },
  });
  const { terraform } = synthesize(machines);
  expect(machines.dependencies).toEqual([images]);
  expect(terraform.provider.talos).toEqual([{}]);
  const [machine] = Object.values<any>(elements(terraform, 'resource', 'proxmox_virtual_environment_vm'));
  expect(machine.lifecycle.precondition.map((one: any) => one.error_message)).toEqual([
    'There is not exactly one template talos with VM id 9000 on https://pve.lan:8006 that these credentials may see. Build it, or correct the program.',
  ]);
  expect(made.controlPlane.nodes[0].machine.proxmoxVe).toBe(proxmoxVe);
  // Whatever is looked at stands in this stack.
  const text = JSON.stringify(terraform);
  for (const [, type, name] of text.matchAll(/data\.([a-z_]+)\.(\w+)/g)) expect([type, name, terraform.data[type]?.[name] !== undefined]).toEqual([type, name, true]);
});
