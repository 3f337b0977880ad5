import { IsoTemplate, OsType } from '../../lib';
import { stackWithCluster } from '../support/fixtures';
import { Tiny } from '../support/installable';
import { providerSchemaProblems } from '../support/provider-schema';
import { Output, synthesize } from '../support/synth';

/*
 * A template that is installed from an ISO, with nothing but what is required: the answer file on a CD, the profile `standard`, built in a deploy.
 */

const HCL = `# Template tiny-1-base: tiny-1, installed from tiny-1.0.iso. Written by proxmox-constructs for homelab/Base.

packer {
  required_version = ">= 1.10.0"

  required_plugins {
    ansible = {
      source  = "github.com/hashicorp/ansible"
      version = ">= 1.1.0"
    }
    proxmox = {
      source  = "github.com/hashicorp/proxmox"
      version = ">= 1.2.4"
    }
  }
}

variable "commit" {
  default     = ""
  description = "Commit of the program that describes the image, for the manifest."
  type        = string
}

variable "proxmox_api_token" {
  description = "API token for Proxmox VE, user@realm!name=uuid. Given as PKR_VAR_proxmox_api_token."
  sensitive   = true
  type        = string

  validation {
    condition     = can(regex("^[^\\\\s=]+@[^\\\\s=]+![^\\\\s=]+=[0-9a-fA-F-]+$", var.proxmox_api_token))
    error_message = "The API token is written user@realm!name=uuid."
  }
}

locals {
  content_hash = "<hash>"
}

local "build_password" {
  expression = uuidv4()
  sensitive  = true
}

local "build_password_hash" {
  expression = replace(bcrypt(local.build_password), "$2a$", "$2b$")
  sensitive  = true
}

source "proxmox-iso" "tiny-1-base" {
  bios                                = "ovmf"
  boot                                = "order=scsi0;scsi1;scsi2"
  boot_command                        = ["u"]
  boot_key_interval                   = "100ms"
  boot_wait                           = "10s"
  cloud_init                          = true
  cloud_init_disable_upgrade_packages = true
  cloud_init_disk_type                = "scsi"
  cloud_init_storage_pool             = "tank"
  communicator                        = "ssh"
  cores                               = 2
  cpu_type                            = "x86-64-v2-AES"
  machine                             = "q35"
  memory                              = 2048
  node                                = "pve"
  numa                                = false
  onboot                              = false
  os                                  = "l26"
  proxmox_url                         = "https://pve.lan:8006/api2/json"
  qemu_agent                          = true
  scsi_controller                     = "virtio-scsi-single"
  serials                             = ["socket"]
  sockets                             = 1
  ssh_handshake_attempts              = 10000
  ssh_password                        = local.build_password
  ssh_timeout                         = "1h"
  ssh_username                        = "packer"
  tags                                = "homelab_base"
  task_timeout                        = "30m"
  template_description                = "tiny-1-base: tiny-1, installed from tiny-1.0.iso. Content \${local.content_hash}"
  template_name                       = "tiny-1-base"
  token                               = element(split("=", var.proxmox_api_token), 1)
  username                            = element(split("=", var.proxmox_api_token), 0)
  vm_id                               = 9001
  vm_name                             = "build-tiny-1-base"

  boot_iso {
    index            = "1"
    iso_checksum     = "sha256:1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b"
    iso_download_pve = true
    iso_storage_pool = "local"
    iso_url          = "https://vendor.example/tiny-1.0.iso"
    type             = "scsi"
    unmount          = true
  }

  network_adapters {
    bridge   = "vmbr0"
    firewall = false
    model    = "virtio"
  }

  disks {
    cache_mode          = "none"
    discard             = true
    disk_size           = "8G"
    exclude_from_backup = false
    io_thread           = true
    ssd                 = true
    storage_pool        = "tank"
    type                = "scsi"
  }

  additional_iso_files {
    cd_content = {
      answers = <<-EOT
        host build-tiny-1-base
        user packer
        hash \${local.build_password_hash}
        locale en_US
        keyboard us
        zone UTC
        disk scsi0
      EOT
    }
    cd_label         = "cidata"
    index            = "2"
    iso_storage_pool = "local"
    type             = "scsi"
    unmount          = true
  }

  vga {
    type = "std"
  }

  efi_config {
    efi_storage_pool  = "tank"
    efi_type          = "4m"
    pre_enrolled_keys = false
  }
}

build {
  name    = "tiny-1-base"
  sources = ["source.proxmox-iso.tiny-1-base"]

  # Profile standard: the Ansible roles that ship with proxmox-constructs, in files/ansible/.
  provisioner "ansible" {
    extra_arguments = [
      "--extra-vars=@\${path.root}/../files/ansible-variables.json",
      "--skip-tags=cleanup",
    ]
    name          = "profile standard"
    playbook_file = "\${path.root}/../files/ansible/playbook.yml"
    use_proxy     = true
    use_sftp      = true
    user          = "packer"
  }

  # Always last: removes all that makes the machine itself, and the user packer that Packer is logged in as.
  provisioner "shell" {
    env = {
      BUILD_USER = "packer"
    }
    execute_command = "chmod +x {{ .Path }}; sudo -n env {{ .Vars }} {{ .Path }}"
    name            = "generalize"
    script          = "\${path.root}/../files/ansible/roles/cleanup/files/generalize.sh"
    skip_clean      = true
  }

  post-processor "manifest" {
    custom_data = {
      commit       = var.commit
      content_hash = local.content_hash
      image        = "tiny-1-base"
      iso          = "tiny-1.0.iso"
      node         = "pve"
      version      = "<version>"
    }
    output     = "\${path.root}/../manifest.json"
    strip_path = true
  }
}
`;

const README = `# tiny-1-base

tiny-1, installed from tiny-1.0.iso on pve, to become template 9001 on https://pve.lan:8006.

    cd hcl      # or: cd json
    export PKR_VAR_proxmox_api_token=…    # API token for Proxmox VE, user@realm!name=uuid. Given as PKR_VAR_proxmox_api_token.
    packer init . && packer build .

Where the template is there already, \`packer build -force .\` deletes it first. Nothing else is asked for. Ansible is needed here: \`ansible-core\` 2.15 or newer.

Packer writes the answer file to a small ISO, which needs one of xorriso, mkisofs, hdiutil or oscdimg here, and deletes it from \`local\` at the end. It lets Packer in with a password made for this one build; the guest agent tells the address that the machine has from DHCP. The installation may take 1h, and shows itself on the console of the machine.

\`tiny-1.0.iso\` is downloaded by the node, once.

| file | what it is |
|---|---|
| \`hcl/\`, \`json/\` | the same Packer template in both forms |
| \`files/\` | what goes into the image, or runs in it |
| \`deploy/\` | the program that builds it in a deploy; not there when it is built outside |
| \`manifest.json\` | written by a build: name, version, content hash, that of the base, commit |

The folder is written anew at each synth. It holds no secret and no absolute path, and can be moved.
`;

const SOURCE = {
  bios: 'ovmf',
  boot: 'order=scsi0;scsi1;scsi2',
  boot_command: ['u'],
  boot_key_interval: '100ms',
  boot_wait: '10s',
  cloud_init: true,
  cloud_init_disable_upgrade_packages: true,
  cloud_init_disk_type: 'scsi',
  cloud_init_storage_pool: 'tank',
  communicator: 'ssh',
  cores: 2,
  cpu_type: 'x86-64-v2-AES',
  machine: 'q35',
  memory: 2048,
  node: 'pve',
  numa: false,
  onboot: false,
  os: 'l26',
  proxmox_url: 'https://pve.lan:8006/api2/json',
  qemu_agent: true,
  scsi_controller: 'virtio-scsi-single',
  serials: ['socket'],
  sockets: 1,
  ssh_handshake_attempts: 10000,
  ssh_password: '${local.build_password}',
  ssh_timeout: '1h',
  ssh_username: 'packer',
  tags: 'homelab_base',
  task_timeout: '30m',
  template_description: 'tiny-1-base: tiny-1, installed from tiny-1.0.iso. Content ${local.content_hash}',
  template_name: 'tiny-1-base',
  token: '${element(split("=", var.proxmox_api_token), 1)}',
  username: '${element(split("=", var.proxmox_api_token), 0)}',
  vm_id: 9001,
  vm_name: 'build-tiny-1-base',
  boot_iso: {
    index: '1',
    iso_checksum: 'sha256:1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b',
    iso_download_pve: true,
    iso_storage_pool: 'local',
    iso_url: 'https://vendor.example/tiny-1.0.iso',
    type: 'scsi',
    unmount: true,
  },
  network_adapters: {
    bridge: 'vmbr0',
    firewall: false,
    model: 'virtio',
  },
  disks: {
    cache_mode: 'none',
    discard: true,
    disk_size: '8G',
    exclude_from_backup: false,
    io_thread: true,
    ssd: true,
    storage_pool: 'tank',
    type: 'scsi',
  },
  additional_iso_files: {
    cd_content: {
      answers: 'host build-tiny-1-base\nuser packer\nhash ${local.build_password_hash}\nlocale en_US\nkeyboard us\nzone UTC\ndisk scsi0\n',
    },
    cd_label: 'cidata',
    index: '2',
    iso_storage_pool: 'local',
    type: 'scsi',
    unmount: true,
  },
  vga: {
    type: 'std',
  },
  efi_config: {
    efi_storage_pool: 'tank',
    efi_type: '4m',
    pre_enrolled_keys: false,
  },
};

const BUILD = {
  'name': 'tiny-1-base',
  'sources': ['source.proxmox-iso.tiny-1-base'],
  'provisioner': [{
    ansible: {
      '//': 'Profile standard: the Ansible roles that ship with proxmox-constructs, in files/ansible/.',
      'extra_arguments': ['--extra-vars=@${path.root}/../files/ansible-variables.json', '--skip-tags=cleanup'],
      'name': 'profile standard',
      'playbook_file': '${path.root}/../files/ansible/playbook.yml',
      'use_proxy': true,
      'use_sftp': true,
      'user': 'packer',
    },
  }, {
    shell: {
      '//': 'Always last: removes all that makes the machine itself, and the user packer that Packer is logged in as.',
      'env': {
        BUILD_USER: 'packer',
      },
      'execute_command': 'chmod +x {{ .Path }}; sudo -n env {{ .Vars }} {{ .Path }}',
      'name': 'generalize',
      'script': '${path.root}/../files/ansible/roles/cleanup/files/generalize.sh',
      'skip_clean': true,
    },
  }],
  'post-processor': [{
    manifest: {
      custom_data: {
        commit: '${var.commit}',
        content_hash: '${local.content_hash}',
        image: 'tiny-1-base',
        iso: 'tiny-1.0.iso',
        node: 'pve',
        version: '<version>',
      },
      output: '${path.root}/../manifest.json',
      strip_path: true,
    },
  }],
};

const DEPLOY = {
  path: 'homelab/Base',
  endpoint: 'https://pve.lan:8006',
  insecure: false,
  credentials: {
    user: null,
    secret: {
      source: 'environment',
      reference: 'proxmox_api_token',
    },
  },
  node: 'pve',
  vmId: 9001,
  templateName: 'tiny-1-base',
  buildName: 'build-tiny-1-base',
  ownerTag: 'homelab_base',
  baseVmId: null,
  pool: null,
  diskStorages: ['tank'],
  isoStorage: 'local',
  downloadStorage: 'local',
  readStorages: [],
  privileges: ['VM.Config.Disk', 'VM.Console'],
  bridges: ['vmbr0'],
  usesAgent: true,
  variables: [],
};

let output: Output;
let template: IsoTemplate;

beforeAll(() => {
  const stack = stackWithCluster();
  template = new IsoTemplate(stack, 'Base', { operatingSystem: new Tiny({}, { ansibleSupported: true }), vmId: 9001 });
  output = synthesize(stack);
});

test('the template in HCL', () => {
  const { contentHash } = template;
  expect(output.packer['base/hcl/tiny-1-base.pkr.hcl']).toBe(HCL.replaceAll('<hash>', contentHash).replaceAll('<version>', contentHash.slice(0, 12)));
});

test('the template in JSON', () => {
  const { '//': comment, source, ...rest } = JSON.parse(output.packer['base/json/tiny-1-base.pkr.json']);
  expect(comment).toBe('Template tiny-1-base: tiny-1, installed from tiny-1.0.iso. Written by proxmox-constructs for homelab/Base.');
  expect(source).toEqual({ 'proxmox-iso': { 'tiny-1-base': SOURCE } });
  expect(Object.keys(rest)).toEqual(['packer', 'variable', 'locals', 'local', 'build']);
  expect(JSON.parse(JSON.stringify(rest.build).replace(template.contentHash.slice(0, 12), '<version>'))).toEqual(BUILD);
  expect(rest.local).toEqual({
    build_password: { expression: '${uuidv4()}', sensitive: true },
    build_password_hash: { expression: '${replace(bcrypt(local.build_password), "$2a$", "$2b$")}', sensitive: true },
  });
});

test('how it is built by hand', () => {
  expect(output.packer['base/README.md']).toBe(README);
});

test('what the program that builds it in a deploy has to know', () => {
  expect(JSON.parse(output.packer['base/deploy/deploy.json'])).toEqual(DEPLOY);
});

test('the configuration for Terraform', () => {
  const { terraform } = output;
  const vms = 'data.proxmox_virtual_environment_vms.Pve_Vms.vms';
  const containers = 'data.proxmox_virtual_environment_containers.Pve_Containers.containers';
  const strangers = `v in ${vms} : v if v.vm_id == 9001 && !((contains(v.tags, "homelab_base") && (v.template)) || (v.name == "build-tiny-1-base" && !v.template))`;
  const remedy = 'Give homelab/Base another vmId, or move what stands there.';
  expect(terraform.resource).toEqual({
    terraform_data: {
      Base: {
        depends_on: ['terraform_data.Base_Template'],
        lifecycle: {
          precondition: [
            {
              condition: `\${length([for ${strangers}]) == 0}`,
              error_message: `VM id 9001 is held by \${join(", ", [for ${strangers.replace(' v if', ' "${v.name} on ${v.node_name}" if')}])}, which this program did not make. ${remedy}`,
            },
            {
              condition: `\${length([for c in ${containers} : c if c.vm_id == 9001]) == 0}`,
              error_message: `VM id 9001 is held by \${join(", ", [for c in ${containers} : "container \${c.name} on \${c.node_name}" if c.vm_id == 9001])}. ${remedy}`,
            },
          ],
          replace_triggered_by: ['terraform_data.Base_Template'],
        },
        provisioner: [{
          'local-exec': { command: 'PROXMOX_CONSTRUCTS_DEPLOY_PID=$PPID node deploy/deploy.mjs build; exit $?', working_dir: '${path.module}/packer/base' },
        }],
        triggers_replace: { content: template.contentHash },
      },
      Base_Template: {
        provisioner: [{
          'local-exec': {
            command: 'PROXMOX_CONSTRUCTS_DEPLOY_PID=$PPID node deploy/deploy.mjs destroy; exit $?',
            environment: {
              PROXMOX_CONSTRUCTS_OWNER_TAG: '${self.triggers_replace.owner_tag}', PROXMOX_CONSTRUCTS_VM_ID: '${self.triggers_replace.vm_id}',
            },
            when: 'destroy',
            working_dir: '${path.module}/packer/base',
          },
        }],
        triggers_replace: { owner_tag: 'homelab_base', vm_id: 9001 },
      },
    },
  });
  expect(terraform.output.Base).toEqual({
    description: 'Template tiny-1-base', value: { content: '${terraform_data.Base.triggers_replace.content}', name: 'tiny-1-base', vm_id: 9001 },
  });
  expect(providerSchemaProblems(terraform)).toEqual([]);
});

test('what a clone takes over', () => {
  const { hardware } = template;
  expect(template.contentHash).toMatch(/^[0-9a-f]{64}$/);
  expect([template.vmId, template.templateName, template.nodeName, template.cloudInitSlot]).toEqual([9001, 'tiny-1-base', 'pve', 'scsi3']);
  expect([`${hardware.bios}`, `${hardware.machine}`, `${hardware.cpuType}`, hardware.cores, `${hardware.memory}`, hardware.serialConsole]).toEqual([
    'ovmf', 'q35', 'x86-64-v2-AES', 2, '2 GiB', true,
  ]);
  expect(hardware.disks.map(({ slot, storage, size }) => [slot, storage, `${size}`])).toEqual([['scsi0', 'tank', '8 GiB']]);
  expect(template.guest).toEqual({
    osName: 'tiny-1', osType: OsType.LINUX, hasGuestAgent: true, hasCloudInit: true, users: [], setup: { installAgent: ['pkg install agent'], ansibleSupported: true },
  });
});
