import { TerraformOutput, TerraformResource, TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { DataProxmoxVirtualEnvironmentContainers } from '../../lib/bindings/proxmox/data-proxmox-virtual-environment-containers';
import { DataProxmoxVirtualEnvironmentVms } from '../../lib/bindings/proxmox/data-proxmox-virtual-environment-vms';
import { DownloadFile } from '../../lib/bindings/proxmox/download-file';
import { ProxmoxProvider } from '../../lib/bindings/proxmox/provider';
import { VirtualEnvironmentVm } from '../../lib/bindings/proxmox/virtual-environment-vm';
import { ESTATE, machines } from './estate';

const IMAGE = {
  url: 'https://cloud-images.ubuntu.com/releases/noble/release-20260705/ubuntu-24.04-server-cloudimg-amd64.img',
  checksum: 'ffe6203da54deeb6db5d2a98a83f9ec8e55f149d3f7ba622e1abe5fa966ee3d6',
};

/** `terraform_data`, since the core's own class starts a Terraform process for each instance. */
class Content extends TerraformResource {
  public constructor(scope: Construct, id: string, private readonly input: string) {
    super(scope, id, { terraformResourceType: 'terraform_data', terraformGeneratorMetadata: { providerName: 'terraform' } });
  }

  protected override synthesizeAttributes() {
    return { input: this.input };
  }
}

/** What the provider's defaults would otherwise take away from the template, at the template and at each machine. */
const HARDWARE = {
  bios: 'ovmf',
  machine: 'q35',
  scsiHardware: 'virtio-scsi-single',
  bootOrder: ['scsi0'],
  operatingSystem: { type: 'l26' },
  efiDisk: { datastoreId: ESTATE.storage, type: '4m', preEnrolledKeys: false },
  networkDevice: [{ bridge: 'vmbr0', model: 'virtio', firewall: false }],
  serialDevice: [{ device: 'socket' }],
  vga: { type: 'std' },
  agent: { enabled: false },
};
const DISK = {
  interface: 'scsi0',
  datastoreId: ESTATE.storage,
  size: 8,
  discard: 'on',
  ssd: true,
  iothread: true,
  cache: 'none',
  backup: true,
  replicate: true,
};
const CPU = { type: 'x86-64-v2-AES', sockets: 1, numa: false };

/** The estate, written by hand over the generated bindings: the same resources, outputs, conditions and data sources. */
export function build(stack: TerraformStack, count: number): void {
  const token = new TerraformVariable(stack, 'proxmox_api_token', {
    type: 'string',
    sensitive: true,
    nullable: false,
    description: 'Secret, given as TF_VAR_proxmox_api_token.',
  });
  new ProxmoxProvider(stack, 'Provider', { endpoint: ESTATE.endpoint, apiToken: token.stringValue });
  const template = buildTemplate(stack);

  for (const machine of machines(count)) {
    const vm = new VirtualEnvironmentVm(stack, machine.id, {
      ...HARDWARE,
      nodeName: ESTATE.node,
      name: machine.name,
      description: '',
      tags: [...machine.tags, `bench_${machine.name}`].sort(),
      started: true,
      onBoot: true,
      stopOnDestroy: true,
      clone: { vmId: ESTATE.templateId, nodeName: ESTATE.node, full: true, datastoreId: ESTATE.storage },
      cpu: { ...CPU, cores: ESTATE.cores },
      memory: { dedicated: ESTATE.memoryGib * 1024, floating: 0 },
      disk: [DISK],
      initialization: {
        datastoreId: ESTATE.storage,
        interface: 'scsi1',
        upgrade: false,
        ipConfig: [{ ipv4: { address: machine.address, gateway: ESTATE.gateway } }],
        userAccount: { username: ESTATE.username, keys: [...ESTATE.sshKeys] },
      },
      dependsOn: [template],
      lifecycle: { ignoreChanges: ['clone'] },
    });
    const output = new TerraformOutput(stack, `${machine.id}Output`, { value: { vm_id: vm.vmId, name: machine.name } });
    output.overrideLogicalId(machine.id);
  }
}

function buildTemplate(stack: TerraformStack): VirtualEnvironmentVm {
  const vms = new DataProxmoxVirtualEnvironmentVms(stack, 'Pve_Vms');
  const containers = new DataProxmoxVirtualEnvironmentContainers(stack, 'Pve_Containers');
  const download = new DownloadFile(stack, 'Download', {
    nodeName: ESTATE.node,
    datastoreId: 'local',
    contentType: 'import',
    fileName: `bench-ubuntu-24.04-${IMAGE.checksum.slice(0, 12)}.qcow2`,
    url: IMAGE.url,
    checksum: IMAGE.checksum,
    checksumAlgorithm: 'sha256',
    overwrite: false,
    uploadTimeout: 3600,
  });
  download.overrideLogicalId(`pve-ubuntu-24-04-${IMAGE.checksum.slice(0, 12)}`);
  const content = new Content(stack, 'Content', '75a0be0d74b87529a43dc3b95f8249edac38dd9d12a69aac96e746bd22e59cf8');
  content.overrideLogicalId('UbuntuBase');

  const late = new DataProxmoxVirtualEnvironmentVms(stack, 'UbuntuBase_Vms', { dependsOn: [content, download] });

  const id = ESTATE.templateId;
  const own = '(contains(v.tags, "bench_ubuntu-base") && (v.template || v.name == "ubuntu-base"))';
  const remedy = 'Give bench/UbuntuBase another vmId, or move what stands there.';
  const allVms = `data.${vms.terraformResourceType}.Pve_Vms.vms`;
  const lateVms = `data.${late.terraformResourceType}.UbuntuBase_Vms.vms`;
  const strangers = (list: string) => `[for v in ${list} : v if v.vm_id == ${id} && !(${own})]`;
  const held = (list: string) => `VM id ${id} is held by \${join(", ", [for v in ${list} : "\${v.name} on \${v.node_name}" if v.vm_id == ${id} && !(${own})])}, `
    + `which this program did not make. ${remedy}`;
  const allContainers = `data.${containers.terraformResourceType}.Pve_Containers.containers`;
  const template = new VirtualEnvironmentVm(stack, 'UbuntuBase', {
    ...HARDWARE,
    nodeName: ESTATE.node,
    vmId: id,
    name: 'ubuntu-base',
    description: `ubuntu-24.04 cloud image, imported from ${IMAGE.url}`,
    tags: ['bench_ubuntu-base'],
    template: true,
    started: false,
    onBoot: false,
    cpu: { ...CPU, cores: 2 },
    memory: { dedicated: 2048, floating: 0 },
    disk: [{ ...DISK, importFromAttribute: download.id }],
    lifecycle: {
      replaceTriggeredBy: ['terraform_data.UbuntuBase'],
      precondition: [
        {
          condition: `\${length(${strangers(allVms)}) == 0}`,
          errorMessage: held(allVms),
        },
        {
          condition: `\${length([for c in ${allContainers} : c if c.vm_id == ${id}]) == 0}`,
          errorMessage: `VM id ${id} is held by \${join(", ", [for c in ${allContainers} : "container \${c.name} on \${c.node_name}" if c.vm_id == ${id}])}. ${remedy}`,
        },
        {
          condition: `\${length(${strangers(lateVms)}) == 0 || length(${strangers(allVms)}) > 0}`,
          errorMessage: held(lateVms),
        },
      ],
    },
  });
  const output = new TerraformOutput(stack, 'UbuntuBaseOutput', {
    value: { vm_id: template.vmId, name: 'ubuntu-base' },
    description: 'Template ubuntu-base',
  });
  output.overrideLogicalId('UbuntuBase');
  return template;
}
