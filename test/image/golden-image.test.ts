import { GoldenImage } from '../../lib';
import { stackWithCluster, ubuntuBase } from '../support/fixtures';
import { providerSchemaProblems } from '../support/provider-schema';
import { Output, synthesize } from '../support/synth';

/*
 * A golden image with nothing but what is required: reached by a seed ISO, with the profile `standard`, built in a deploy.
 */

const HCL = `# Golden image ubuntu: ubuntu-24.04, baked from base. Written by proxmox-constructs for homelab/Ubuntu.

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
  expression = bcrypt(local.build_password)
  sensitive  = true
}

source "proxmox-clone" "ubuntu" {
  bios                                = "ovmf"
  boot                                = "order=scsi0"
  clone_vm_id                         = 9100
  cloud_init                          = true
  cloud_init_disable_upgrade_packages = true
  cloud_init_disk_type                = "scsi"
  cloud_init_storage_pool             = "tank"
  communicator                        = "ssh"
  cores                               = 2
  cpu_type                            = "x86-64-v2-AES"
  full_clone                          = true
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
  ssh_handshake_attempts              = 100
  ssh_password                        = local.build_password
  ssh_timeout                         = "20m"
  ssh_username                        = "packer"
  tags                                = "homelab_ubuntu"
  task_timeout                        = "30m"
  template_description                = "ubuntu: ubuntu-24.04, baked from base. Content \${local.content_hash}"
  template_name                       = "ubuntu"
  token                               = element(split("=", var.proxmox_api_token), 1)
  username                            = element(split("=", var.proxmox_api_token), 0)
  vm_id                               = 9102
  vm_name                             = "build-ubuntu"

  network_adapters {
    bridge   = "vmbr0"
    firewall = false
    model    = "virtio"
  }

  additional_iso_files {
    cd_content = {
      "meta-data" = <<-EOT
        instance-id: build-ubuntu
        local-hostname: build-ubuntu
      EOT
      "user-data" = <<-EOT
        #cloud-config
        users:
          - name: packer
            hashed_passwd: '\${local.build_password_hash}'
            lock_passwd: false
            sudo: 'ALL=(ALL) NOPASSWD:ALL'
        ssh_pwauth: true
        runcmd:
          - - sh
            - -euc
            - |
              export DEBIAN_FRONTEND=noninteractive
              apt-get -o DPkg::Lock::Timeout=300 update
              apt-get -o DPkg::Lock::Timeout=300 install --yes --no-install-recommends qemu-guest-agent cloud-init cloud-guest-utils
              systemctl start qemu-guest-agent.service
      EOT
    }
    cd_label         = "cidata"
    index            = "1"
    iso_storage_pool = "local"
    type             = "scsi"
    unmount          = true
  }

  vga {
    type = "std"
  }
}

build {
  name    = "ubuntu"
  sources = ["source.proxmox-clone.ubuntu"]

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
      base_content_hash = "<base>"
      base_template     = "base"
      commit            = var.commit
      content_hash      = local.content_hash
      image             = "ubuntu"
      node              = "pve"
      version           = "<version>"
    }
    output     = "\${path.root}/../manifest.json"
    strip_path = true
  }
}
`;

const JSON_FORM = `{
  "//": "Golden image ubuntu: ubuntu-24.04, baked from base. Written by proxmox-constructs for homelab/Ubuntu.",
  "packer": {
    "required_version": ">= 1.10.0",
    "required_plugins": {
      "ansible": {
        "source": "github.com/hashicorp/ansible",
        "version": ">= 1.1.0"
      },
      "proxmox": {
        "source": "github.com/hashicorp/proxmox",
        "version": ">= 1.2.4"
      }
    }
  },
  "variable": {
    "commit": {
      "default": "",
      "description": "Commit of the program that describes the image, for the manifest.",
      "type": "string"
    },
    "proxmox_api_token": {
      "description": "API token for Proxmox VE, user@realm!name=uuid. Given as PKR_VAR_proxmox_api_token.",
      "sensitive": true,
      "type": "string",
      "validation": {
        "condition": "\${can(regex(\\"^[^\\\\\\\\s=]+@[^\\\\\\\\s=]+![^\\\\\\\\s=]+=[0-9a-fA-F-]+$\\", var.proxmox_api_token))}",
        "error_message": "The API token is written user@realm!name=uuid."
      }
    }
  },
  "locals": {
    "content_hash": "<hash>"
  },
  "local": {
    "build_password": {
      "expression": "\${uuidv4()}",
      "sensitive": true
    },
    "build_password_hash": {
      "expression": "\${bcrypt(local.build_password)}",
      "sensitive": true
    }
  },
  "source": {
    "proxmox-clone": {
      "ubuntu": {
        "bios": "ovmf",
        "boot": "order=scsi0",
        "clone_vm_id": 9100,
        "cloud_init": true,
        "cloud_init_disable_upgrade_packages": true,
        "cloud_init_disk_type": "scsi",
        "cloud_init_storage_pool": "tank",
        "communicator": "ssh",
        "cores": 2,
        "cpu_type": "x86-64-v2-AES",
        "full_clone": true,
        "machine": "q35",
        "memory": 2048,
        "node": "pve",
        "numa": false,
        "onboot": false,
        "os": "l26",
        "proxmox_url": "https://pve.lan:8006/api2/json",
        "qemu_agent": true,
        "scsi_controller": "virtio-scsi-single",
        "serials": [
          "socket"
        ],
        "sockets": 1,
        "ssh_handshake_attempts": 100,
        "ssh_password": "\${local.build_password}",
        "ssh_timeout": "20m",
        "ssh_username": "packer",
        "tags": "homelab_ubuntu",
        "task_timeout": "30m",
        "template_description": "ubuntu: ubuntu-24.04, baked from base. Content \${local.content_hash}",
        "template_name": "ubuntu",
        "token": "\${element(split(\\"=\\", var.proxmox_api_token), 1)}",
        "username": "\${element(split(\\"=\\", var.proxmox_api_token), 0)}",
        "vm_id": 9102,
        "vm_name": "build-ubuntu",
        "network_adapters": {
          "bridge": "vmbr0",
          "firewall": false,
          "model": "virtio"
        },
        "additional_iso_files": {
          "cd_content": {
            "meta-data": "instance-id: build-ubuntu\\nlocal-hostname: build-ubuntu\\n",
            "user-data": "#cloud-config\\nusers:\\n  - name: packer\\n    hashed_passwd: '\${local.build_password_hash}'\\n    lock_passwd: false\\n    sudo: 'ALL=(ALL) NOPASSWD:ALL'\\nssh_pwauth: true\\nruncmd:\\n  - - sh\\n    - -euc\\n    - |\\n      export DEBIAN_FRONTEND=noninteractive\\n      apt-get -o DPkg::Lock::Timeout=300 update\\n      apt-get -o DPkg::Lock::Timeout=300 install --yes --no-install-recommends qemu-guest-agent cloud-init cloud-guest-utils\\n      systemctl start qemu-guest-agent.service\\n"
          },
          "cd_label": "cidata",
          "index": "1",
          "iso_storage_pool": "local",
          "type": "scsi",
          "unmount": true
        },
        "vga": {
          "type": "std"
        }
      }
    }
  },
  "build": {
    "name": "ubuntu",
    "sources": [
      "source.proxmox-clone.ubuntu"
    ],
    "provisioner": [
      {
        "ansible": {
          "//": "Profile standard: the Ansible roles that ship with proxmox-constructs, in files/ansible/.",
          "extra_arguments": [
            "--extra-vars=@\${path.root}/../files/ansible-variables.json",
            "--skip-tags=cleanup"
          ],
          "name": "profile standard",
          "playbook_file": "\${path.root}/../files/ansible/playbook.yml",
          "use_proxy": true,
          "use_sftp": true,
          "user": "packer"
        }
      },
      {
        "shell": {
          "//": "Always last: removes all that makes the machine itself, and the user packer that Packer is logged in as.",
          "env": {
            "BUILD_USER": "packer"
          },
          "execute_command": "chmod +x {{ .Path }}; sudo -n env {{ .Vars }} {{ .Path }}",
          "name": "generalize",
          "script": "\${path.root}/../files/ansible/roles/cleanup/files/generalize.sh",
          "skip_clean": true
        }
      }
    ],
    "post-processor": [
      {
        "manifest": {
          "custom_data": {
            "base_content_hash": "<base>",
            "base_template": "base",
            "commit": "\${var.commit}",
            "content_hash": "\${local.content_hash}",
            "image": "ubuntu",
            "node": "pve",
            "version": "<version>"
          },
          "output": "\${path.root}/../manifest.json",
          "strip_path": true
        }
      }
    ]
  }
}
`;

const README = `# ubuntu

ubuntu-24.04, baked from the template base (9100) on pve, to become template 9102 on https://pve.lan:8006.

    cd hcl      # or: cd json
    export PKR_VAR_proxmox_api_token=…    # API token for Proxmox VE, user@realm!name=uuid. Given as PKR_VAR_proxmox_api_token.
    packer init . && packer build .

Where the template is there already, \`packer build -force .\` deletes it first. Nothing else is asked for. Ansible is needed here: \`ansible-core\` 2.15 or newer.

Packer writes a small ISO (label \`cidata\`) that installs the guest agent and lets Packer in with a password made for this one build; the guest agent tells Packer the address it has from DHCP. This needs one of xorriso, mkisofs, hdiutil or oscdimg here, and \`local\` takes ISO images. Packer says "an existing hard disk was found … overwriting with ISO" for that slot: there is none, and nothing is overwritten.

| file | what it is |
|---|---|
| \`hcl/\`, \`json/\` | the same Packer template in both forms |
| \`files/\` | what goes into the image, or runs in it |
| \`deploy/\` | the program that builds it in a deploy; not there when it is built outside |
| \`manifest.json\` | written by a build: name, version, content hash, that of the base, commit |

The folder is written anew at each synth. It holds no secret and no absolute path, and can be moved.
`;

let output: Output;
let image: GoldenImage;

beforeAll(() => {
  const stack = stackWithCluster();
  image = new GoldenImage(stack, 'Ubuntu', { baseTemplate: ubuntuBase(stack), vmId: 9102 });
  output = synthesize(stack);
});

/** A text with the hashes of the case in their places. */
function filled(text: string): string {
  return text.replaceAll('<hash>', image.contentHash).replaceAll('<version>', image.contentHash.slice(0, 12)).replaceAll('<base>', image.baseTemplate.contentHash);
}

test('the template in HCL', () => {
  expect(output.packer['ubuntu/hcl/ubuntu.pkr.hcl']).toBe(filled(HCL));
});

test('the template in JSON', () => {
  expect(output.packer['ubuntu/json/ubuntu.pkr.json']).toBe(filled(JSON_FORM));
});

test('how it is built by hand', () => {
  expect(output.packer['ubuntu/README.md']).toBe(README);
});

test('the roles and their variables', () => {
  expect(JSON.parse(output.packer['ubuntu/files/ansible-variables.json'])).toEqual({
    base_extra_packages: [], base_upgrade: true, users_accounts: [], ssh_keys_accounts: [], cleanup_build_user: 'packer',
  });
  const roles = Object.keys(output.packer).filter((name) => name.startsWith('ubuntu/files/ansible/')).map((name) => name.split('/').slice(3, 5).join('/'));
  expect([...new Set(roles)]).toEqual(['playbook.yml', 'roles/base', 'roles/cleanup', 'roles/python', 'roles/ssh_keys', 'roles/users']);
});

test('what the program that builds it in a deploy has to know', () => {
  expect(JSON.parse(output.packer['ubuntu/deploy/deploy.json'])).toEqual({
    path: 'homelab/Ubuntu',
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
    vmId: 9102,
    templateName: 'ubuntu',
    buildName: 'build-ubuntu',
    ownerTag: 'homelab_ubuntu',
    baseVmId: 9100,
    pool: null,
    diskStorages: [
      'tank',
    ],
    isoStorage: 'local',
    downloadStorage: null,
    readStorages: [],
    privileges: [],
    bridges: [
      'vmbr0',
    ],
    usesAgent: true,
    variables: [],
  });
  const programs = Object.keys(output.packer).filter((name) => /\.mjs$/.test(name));
  const imported = programs.flatMap((name) => [...output.packer[name].matchAll(/from '\.\/(.*)'/g)].map(([, file]) => `ubuntu/deploy/${file}`));
  expect(programs).toContain('ubuntu/deploy/deploy.mjs');
  expect(imported.filter((name) => !programs.includes(name))).toEqual([]);
});

test('the configuration for Terraform, beside that of the base', () => {
  const { terraform } = output;
  const vms = 'data.proxmox_virtual_environment_vms.Pve_Vms.vms';
  const containers = 'data.proxmox_virtual_environment_containers.Pve_Containers.containers';
  const strangers = `v in ${vms} : v if v.vm_id == 9102 && !((contains(v.tags, "homelab_ubuntu") && (v.template)) || (v.name == "build-ubuntu" && !v.template))`;
  const remedy = 'Give homelab/Ubuntu another vmId, or move what stands there.';
  expect(terraform.resource.terraform_data).toEqual({
    Base: { input: image.baseTemplate.contentHash },
    Ubuntu: {
      depends_on: ['proxmox_virtual_environment_vm.Base', 'terraform_data.Ubuntu_Template'],
      lifecycle: {
        precondition: [
          {
            condition: `\${length([for ${strangers}]) == 0}`,
            error_message: `VM id 9102 is held by \${join(", ", [for ${strangers.replace(' v if', ' "${v.name} on ${v.node_name}" if')}])}, which this program did not make. ${remedy}`,
          },
          {
            condition: `\${length([for c in ${containers} : c if c.vm_id == 9102]) == 0}`,
            error_message: `VM id 9102 is held by \${join(", ", [for c in ${containers} : "container \${c.name} on \${c.node_name}" if c.vm_id == 9102])}. ${remedy}`,
          },
        ],
        replace_triggered_by: ['terraform_data.Ubuntu_Template'],
      },
      provisioner: [{
        'local-exec': { command: 'PROXMOX_CONSTRUCTS_DEPLOY_PID=$PPID node deploy/deploy.mjs build; exit $?', working_dir: '${path.module}/packer/ubuntu' },
      }],
      triggers_replace: { content: image.contentHash },
    },
    Ubuntu_Template: {
      provisioner: [{
        'local-exec': {
          command: 'PROXMOX_CONSTRUCTS_DEPLOY_PID=$PPID node deploy/deploy.mjs destroy; exit $?',
          environment: {
            PROXMOX_CONSTRUCTS_OWNER_TAG: '${self.triggers_replace.owner_tag}', PROXMOX_CONSTRUCTS_VM_ID: '${self.triggers_replace.vm_id}',
          },
          when: 'destroy',
          working_dir: '${path.module}/packer/ubuntu',
        },
      }],
      triggers_replace: { owner_tag: 'homelab_ubuntu', vm_id: 9102 },
    },
  });
  expect(terraform.output.Ubuntu).toEqual({
    description: 'Golden image ubuntu', value: { content: '${terraform_data.Ubuntu.triggers_replace.content}', name: 'ubuntu', vm_id: 9102 },
  });
  expect(Object.keys(terraform.resource)).toEqual(['proxmox_download_file', 'proxmox_virtual_environment_vm', 'terraform_data']);
  expect(providerSchemaProblems(terraform)).toEqual([]);
});

test('what a machine takes over', () => {
  expect(image.contentHash).toMatch(/^[0-9a-f]{64}$/);
  expect([image.vmId, image.templateName, image.nodeName, image.cloudInitSlot, image.hardware]).toEqual([9102, 'ubuntu', 'pve', 'scsi2', image.baseTemplate.hardware]);
  expect(image.guest).toEqual({ ...image.baseTemplate.guest, hasGuestAgent: true, hasK3s: undefined, users: [] });
});
