import {
  BuildAddress, CpuType, Credentials, Duration, GoldenImage, ImageBuild, NetworkModel, ProvisioningProfile, Secret, Size, VgaType, packer,
} from '../../lib';
import { SSH_KEY, existing, stackWithCluster, ubuntuBase } from '../support/fixtures';
import { inProgramFolder } from '../support/program-folder';
import { providerSchemaProblems } from '../support/provider-schema';
import { synthesize } from '../support/synth';

/** A text with the hashes of the case in their places. */
function filled(text: string, image: GoldenImage): string {
  return text.replaceAll('<hash>', image.contentHash).replaceAll('<version>', image.contentHash.slice(0, 12)).replaceAll('<base>', image.baseTemplate.contentHash);
}

/** What a build has to say where nothing more is wanted. */
const MINIMAL = { profile: ProvisioningProfile.minimal() };

test('a base with agent and cloud-init drive: no ISO, no password, the agent tells the address', () => {
  const stack = stackWithCluster();
  const image = new GoldenImage(stack, 'Agent', { baseTemplate: existing(stack, { cloudInitSlot: 'scsi1' }), vmId: 9103, ...MINIMAL });
  const output = synthesize(stack);
  expect(output.packer['agent/hcl/agent.pkr.hcl']).toBe(filled(`# Golden image agent: debian-12, baked from existing. Written by proxmox-constructs for homelab/Agent.

packer {
  required_version = ">= 1.10.0"

  required_plugins {
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

source "proxmox-clone" "agent" {
  bios                                = "ovmf"
  boot                                = "order=scsi0"
  clone_vm_id                         = 9150
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
  ssh_timeout                         = "20m"
  ssh_username                        = "packer"
  tags                                = "homelab_agent"
  task_timeout                        = "30m"
  template_description                = "agent: debian-12, baked from existing. Content \${local.content_hash}"
  template_name                       = "agent"
  token                               = element(split("=", var.proxmox_api_token), 1)
  username                            = element(split("=", var.proxmox_api_token), 0)
  vm_id                               = 9103
  vm_name                             = "build-agent"

  network_adapters {
    bridge   = "vmbr0"
    firewall = false
    model    = "virtio"
  }

  vga {
    type = "std"
  }

  ipconfig {
    ip = "dhcp"
  }
}

build {
  name    = "agent"
  sources = ["source.proxmox-clone.agent"]

  # Profile minimal: what a template needs, and nothing more.
  provisioner "shell" {
    execute_command = "chmod +x {{ .Path }}; sudo -n env {{ .Vars }} {{ .Path }}"
    inline = [
      "cloud-init status --wait >/dev/null || [ \\"$?\\" -eq 2 ]",
      "export DEBIAN_FRONTEND=noninteractive",
      "apt-get -o DPkg::Lock::Timeout=300 update",
      "apt-get -o DPkg::Lock::Timeout=300 install --yes --no-install-recommends qemu-guest-agent cloud-init cloud-guest-utils",
      "systemctl start qemu-guest-agent.service",
    ]
    name = "guest agent and cloud-init"
  }

  # Always last: removes all that makes the machine itself, and the user packer that Packer is logged in as.
  provisioner "shell" {
    env = {
      BUILD_USER = "packer"
    }
    execute_command = "chmod +x {{ .Path }}; sudo -n env {{ .Vars }} {{ .Path }}"
    name            = "generalize"
    script          = "\${path.root}/../files/generalize.sh"
    skip_clean      = true
  }

  post-processor "manifest" {
    custom_data = {
      base_content_hash = "<base>"
      base_template     = "existing"
      commit            = var.commit
      content_hash      = local.content_hash
      image             = "agent"
      node              = "pve"
      version           = "<version>"
    }
    output     = "\${path.root}/../manifest.json"
    strip_path = true
  }
}
`, image));
  expect(output.packer['agent/README.md']).toContain('\nThe guest agent of the base tells Packer the address it has from DHCP; cloud-init lets a key in that Packer makes for this one build.\n');
  expect(Object.keys(output.packer).filter((name) => name.includes('/files/'))).toEqual(['agent/files/generalize.sh']);
  expect(JSON.parse(output.packer['agent/deploy/deploy.json'])).toMatchObject({ isoStorage: null, usesAgent: true, baseVmId: 9150 });
  expect(image.cloudInitSlot).toBe('scsi1');
  expect(output.terraform.resource.terraform_data.Agent.lifecycle.precondition[0]).toEqual({
    condition: '${length([for v in data.proxmox_virtual_environment_vms.Pve_Vms.vms : v if v.vm_id == 9150 && v.template]) == 1}',
    error_message: 'There is not exactly one template existing with VM id 9150 on https://pve.lan:8006 that these credentials may see. Build it, or correct the program.',
  });
  expect(providerSchemaProblems(output.terraform)).toEqual([]);
});

const FILES = { 'playbooks/web.yml': '- hosts: all\n', 'playbooks/roles/web/tasks/main.yml': '---\n', 'scripts/harden.sh': '#!/bin/sh\n', 'files/motd': 'hi\n' };

/** An image with every property, at a fixed address. */
function everything(): { readonly image: GoldenImage; readonly output: ReturnType<typeof synthesize> } {
  return inProgramFolder(FILES, () => {
    const stack = stackWithCluster({
      pool: 'lab', insecure: true, isoStorage: 'isos', credentials: Credentials.userPassword('root@pam', Secret.fromEnvironment('pve_password')),
    });
    const license = new packer.Variable('license', { sensitive: true, description: 'License of the\nagent.' });
    const mirror = new packer.Variable('mirror', { default: 'https://mirror.lan' });
    const image = new GoldenImage(stack, 'Everything', {
      baseTemplate: ubuntuBase(stack, { cloudInitDrive: true }),
      vmId: 9104,
      templateName: 'every.thing',
      profile: ProvisioningProfile.standard({
        packages: ['htop', 'nginx=1.22.*'],
        upgradePackages: false,
        nvidiaDriver: { openModules: true, branch: '580-server', display: true, containerToolkit: true, hold: true },
        users: [{ name: 'ops', groups: ['adm'], shell: '/bin/zsh', sudo: true, sshKeys: [SSH_KEY], exclusiveSshKeys: true }, { name: 'app' }],
      }),
      provisioners: [
        packer.Provisioner.ansible({ playbookFile: 'playbooks/web.yml' }),
        packer.Provisioner.shellScript({ scripts: ['scripts/harden.sh'] }),
        packer.Provisioner.file({ sources: ['files/motd'], destination: '/tmp/motd' }),
        packer.Provisioner.shell({ inline: [`activate ${license} --from ${mirror} \${HOME}`] }),
      ],
      buildAddress: BuildAddress.fixed({ address: '192.168.1.50/24', gateway: '192.168.1.1', dnsServers: ['192.168.1.1', '::1'] }),
      variables: [license, mirror],
      buildUser: 'builder',
      bootTimeout: Duration.minutes(5),
      taskTimeout: Duration.hours(1),
      build: ImageBuild.EXTERNAL,
      version: '2026.11+1',
      tags: ['Web', 'prod'],
      cores: 4,
      sockets: 2,
      cpuType: CpuType.HOST,
      memory: Size.gibibytes(8),
      minimumMemory: Size.gibibytes(2),
      vga: VgaType.SERIAL0,
      networkDevices: [{ bridge: 'vmbr1', vlanTag: 7, firewall: true, macAddress: 'bc:24:11:00:00:01', mtu: 9000 }, { model: NetworkModel.E1000 }],
    });
    return { image, output: synthesize(stack) };
  });
}

test('with every property, at a fixed address: cloud-init gives it, and Packer has a key of its own', () => {
  const { image, output } = everything();
  expect(output.packer['everything/hcl/every.thing.pkr.hcl']).toBe(filled(`# Golden image every.thing: ubuntu-24.04, baked from base. Written by proxmox-constructs for homelab/Everything.

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

variable "license" {
  description = "License of the\\nagent."
  sensitive   = true
  type        = string
}

variable "mirror" {
  default = "https://mirror.lan"
  type    = string
}

variable "commit" {
  default     = ""
  description = "Commit of the program that describes the image, for the manifest."
  type        = string
}

variable "pve_password" {
  description = "Password for Proxmox VE. Given as PKR_VAR_pve_password."
  sensitive   = true
  type        = string
}

locals {
  content_hash = "<hash>"
}

source "proxmox-clone" "every-thing" {
  ballooning_minimum                  = 2048
  bios                                = "ovmf"
  boot                                = "order=scsi0"
  clone_vm_id                         = 9100
  cloud_init                          = true
  cloud_init_disable_upgrade_packages = true
  cloud_init_disk_type                = "scsi"
  cloud_init_storage_pool             = "tank"
  communicator                        = "ssh"
  cores                               = 4
  cpu_type                            = "host"
  full_clone                          = true
  insecure_skip_tls_verify            = true
  machine                             = "q35"
  memory                              = 8192
  nameserver                          = "192.168.1.1 ::1"
  node                                = "pve"
  numa                                = false
  onboot                              = false
  os                                  = "l26"
  password                            = var.pve_password
  pool                                = "lab"
  proxmox_url                         = "https://pve.lan:8006/api2/json"
  qemu_agent                          = true
  scsi_controller                     = "virtio-scsi-single"
  serials                             = ["socket"]
  sockets                             = 2
  ssh_handshake_attempts              = 100
  ssh_host                            = "192.168.1.50"
  ssh_timeout                         = "5m"
  ssh_username                        = "builder"
  tags                                = "homelab_everything;prod;web"
  task_timeout                        = "1h"
  template_description                = "every.thing 2026.11+1: ubuntu-24.04, baked from base. Content \${local.content_hash}"
  template_name                       = "every.thing"
  username                            = "root@pam"
  vm_id                               = 9104
  vm_name                             = "build-every.thing"

  network_adapters {
    bridge      = "vmbr1"
    firewall    = true
    mac_address = "BC:24:11:00:00:01"
    model       = "virtio"
    mtu         = 9000
    vlan_tag    = "7"
  }

  network_adapters {
    bridge   = "vmbr0"
    firewall = false
    model    = "e1000"
  }

  vga {
    type = "serial0"
  }

  ipconfig {
    gateway = "192.168.1.1"
    ip      = "192.168.1.50/24"
  }
}

build {
  name    = "every.thing"
  sources = ["source.proxmox-clone.every-thing"]

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
    user          = "builder"
  }

  provisioner "ansible" {
    playbook_file = "\${path.root}/../files/playbooks/web.yml"
    use_proxy     = true
    user          = "builder"
  }

  provisioner "shell" {
    script = "\${path.root}/../files/scripts/harden.sh"
  }

  provisioner "file" {
    destination = "/tmp/motd"
    source      = "\${path.root}/../files/files/motd"
  }

  provisioner "shell" {
    inline = ["activate \${var.license} --from \${var.mirror} $\${HOME}"]
  }

  # Always last: removes all that makes the machine itself, and the user builder that Packer is logged in as.
  provisioner "shell" {
    env = {
      BUILD_USER = "builder"
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
      image             = "every.thing"
      node              = "pve"
      version           = "2026.11+1"
    }
    output     = "\${path.root}/../manifest.json"
    strip_path = true
  }
}
`, image));
  expect(image.cloudInitSlot).toBe('scsi1');
});

test('with every property: files, variables and how it is built by hand', () => {
  const { output } = everything();
  expect(Object.fromEntries(Object.entries(FILES).map(([name]) => [name, output.packer[`everything/files/${name}`]]))).toEqual(FILES);
  expect(JSON.parse(output.packer['everything/files/ansible-variables.json'])).toEqual({
    base_extra_packages: ['htop', 'nginx=1.22.*'],
    base_upgrade: false,
    users_accounts: [
      { name: 'ops', groups: ['adm'], shell: '/bin/zsh', sudo: 'nopasswd' },
      { name: 'app', groups: [], shell: '/bin/bash', sudo: 'none' },
    ],
    ssh_keys_accounts: [{ name: 'ops', keys: [SSH_KEY], exclusive: true }],
    cleanup_build_user: 'builder',
    image_roles_after: ['gpu_nvidia'],
    gpu_nvidia_flavour: 'open',
    gpu_nvidia_branch: '580-server',
    gpu_nvidia_display: true,
    gpu_nvidia_container_toolkit: true,
    gpu_nvidia_hold: true,
  });
  expect(output.packer['everything/README.md'].split('\n').slice(2, 14)).toEqual([
    'ubuntu-24.04, baked from the template base (9100) on pve, to become template 9104 on https://pve.lan:8006.',
    '',
    '    cd hcl      # or: cd json',
    '    export PKR_VAR_license=…    # License of the agent.',
    '    export PKR_VAR_pve_password=…    # Password for Proxmox VE. Given as PKR_VAR_pve_password.',
    '    packer init . && packer build .',
    '',
    'Where the template is there already, `packer build -force .` deletes it first. Nothing else is asked for. Ansible is needed here: `ansible-core` 2.15 or newer.',
    '',
    'The machine has the address 192.168.1.50/24 while it is built; cloud-init lets a key in that Packer makes for this one build.',
    '',
    '| file | what it is |',
  ]);
});

test('built outside: Terraform knows the content, and runs nothing', () => {
  const { image, output } = everything();
  expect(output.terraform.resource.terraform_data).toEqual({
    Base: { input: image.baseTemplate.contentHash },
    Everything: { depends_on: ['proxmox_virtual_environment_vm.Base'], triggers_replace: { content: image.contentHash } },
  });
  expect(Object.keys(output.packer).filter((name) => name.includes('/deploy/'))).toEqual([]);
  expect(providerSchemaProblems(output.terraform)).toEqual([]);
});
