import { Duration } from '../../lib/core';
import { Block, Body, Expression, HclRenderer } from '../../lib/hcl';
import * as packer from '../../lib/packer';
import { MINIMAL_CLONE, PROVISIONERS, secret } from './samples';

const TEMPLATE = new packer.Template({ name: 'x' });

function toHcl(provisioners: packer.IProvisioner[], template = TEMPLATE): string {
  return new HclRenderer().render(new Body({}, provisioners.map((provisioner) => {
    const config = provisioner.bind(template);
    return new Block('provisioner', [config.type], new Body(config.attributes, config.blocks), { comment: config.comment, ordered: true });
  })));
}

test('all provisioners with all properties', () => {
  expect(toHcl(Object.values(PROVISIONERS).flat())).toBe(`# A step.
provisioner "shell" {
  continue_on_error = true
  env = {
    DEBIAN_FRONTEND = "noninteractive"
  }
  env_var_format    = "%s='%s' "
  execute_command   = "sudo sh -c '. {{.EnvVarFile}}; {{.Path}}'"
  expect_disconnect = true
  inline            = ["echo one", "echo two"]
  inline_shebang    = "/bin/bash -eu"
  max_retries       = 2
  name              = "step"
  only              = ["proxmox-clone.ubuntu"]
  override = {
    ubuntu = {
      inline = ["echo three"]
    }
  }
  pause_after         = "30s"
  pause_before        = "5s"
  remote_file         = "step.sh"
  remote_folder       = "/var/tmp"
  remote_path         = "/var/tmp/step.sh"
  skip_clean          = true
  start_retry_timeout = "10m"
  use_env_var_file    = true
  valid_exit_codes    = [0, 2]
}

provisioner "shell" {
  binary = true
  script = "\${path.root}/files/a.sh"
}

provisioner "shell" {
  scripts = ["\${path.root}/files/a.sh", "\${path.root}/files/b.sh"]
}

provisioner "shell-local" {
  env = {
    A = "b"
  }
  env_var_format     = "%s='%s' "
  execute_command    = ["/bin/sh", "-c", "{{.Vars}} {{.Script}}"]
  inline             = ["echo x"]
  inline_shebang     = "/bin/bash -e"
  only_on            = ["linux", "darwin"]
  tempfile_extension = ".sh"
  valid_exit_codes   = [0]
}

provisioner "shell-local" {
  script            = "files/a.sh"
  use_linux_pathing = true
}

provisioner "shell-local" {
  scripts = ["files/a.sh", "files/b.sh"]
}

provisioner "file" {
  destination = "/tmp/motd"
  direction   = "upload"
  generated   = true
  source      = "\${path.root}/files/motd"
}

provisioner "file" {
  destination = "out/"
  direction   = "download"
  sources     = ["/etc/os-release", "/etc/hostname"]
}

provisioner "file" {
  content     = "{{ \\"{{\\" }} x }} $\${y}\\n"
  destination = "/tmp/x"
}

provisioner "ansible" {
  ansible_env_vars        = ["ANSIBLE_FORCE_COLOR=1", "ANSIBLE_PIPELINING=True"]
  ansible_proxy_key_type  = "ECDSA"
  ansible_ssh_extra_args  = ["-o ForwardAgent=no"]
  ansible_winrm_use_http  = false
  collections_path        = "collections"
  command                 = "ansible-playbook"
  empty_groups            = ["db"]
  extra_arguments         = ["--tags=base", "-e", "greeting='hello'"]
  galaxy_command          = "ansible-galaxy"
  galaxy_file             = "\${path.root}/files/requirements.yml"
  galaxy_force_install    = true
  galaxy_force_with_deps  = true
  groups                  = ["web"]
  host_alias              = "ubuntu"
  inventory_directory     = "\${path.root}/files/inventory"
  inventory_file          = "\${path.root}/files/hosts"
  inventory_file_template = "{{ .HostAlias }} ansible_host={{ .Host }}\\n"
  keep_inventory_file     = true
  local_port              = 2200
  playbook_file           = "\${path.root}/files/site.yml"
  roles_path              = "roles"
  sftp_command            = "/usr/lib/sftp-server"
  skip_version_check      = true
  ssh_authorized_key_file = "authorized-key"
  ssh_host_key_file       = "host-key"
  use_proxy               = true
  use_sftp                = true
  user                    = "packer"
}

provisioner "ansible-local" {
  clean_staging_directory = true
  collection_paths        = ["collections"]
  command                 = "ansible-playbook"
  extra_arguments         = ["--diff"]
  galaxy_collections_path = "/tmp/collections"
  galaxy_command          = "ansible-galaxy"
  galaxy_file             = "requirements.yml"
  galaxy_force_install    = true
  galaxy_roles_path       = "/tmp/roles"
  group_vars              = "group_vars"
  host_vars               = "host_vars"
  inventory_file          = "hosts"
  inventory_groups        = ["web"]
  playbook_dir            = "files"
  playbook_file           = "\${path.root}/files/site.yml"
  playbook_paths          = ["more"]
  role_paths              = ["roles"]
  staging_directory       = "/tmp/staging"
}

provisioner "ansible-local" {
  playbook_files = ["a.yml", "b.yml"]
}

provisioner "powershell" {
  debug_mode               = 1
  elevated_env_var_format  = "$env:%s=\\"%s\\"; "
  elevated_execute_command = "powershell -file {{.Path}}"
  elevated_password        = var.build_password
  elevated_user            = "Administrator"
  env = {
    A = "b"
  }
  env_var_format      = "$env:%s=\\"%s\\"; "
  execute_command     = "powershell -file {{.Path}}"
  execution_policy    = "remotesigned"
  inline              = ["Write-Output \\"{ x }\\""]
  pause_after         = "30s"
  remote_env_var_path = "c:/b.ps1"
  remote_path         = "c:/a.ps1"
  skip_clean          = true
  start_retry_timeout = "10m"
  use_pwsh            = true
  valid_exit_codes    = [0, 3010]
}

provisioner "powershell" {
  binary = true
  script = "a.ps1"
}

provisioner "powershell" {
  scripts = ["a.ps1", "b.ps1"]
}

provisioner "windows-shell" {
  env = {
    A = "b"
  }
  env_var_format      = "set \\"%s=%s\\" && "
  execute_command     = "{{.Vars}}\\"{{.Path}}\\""
  inline              = ["ver"]
  remote_path         = "c:/a.bat"
  start_retry_timeout = "10m"
  valid_exit_codes    = [0]
}

provisioner "windows-shell" {
  binary = true
  script = "a.bat"
}

provisioner "windows-shell" {
  scripts = ["a.bat", "b.bat"]
}

provisioner "windows-restart" {
  check_registry        = true
  registry_keys         = ["HKLM:\\\\SOFTWARE\\\\X"]
  restart_check_command = "ver"
  restart_command       = "shutdown /r /t 0"
  restart_timeout       = "20m"
}

provisioner "windows-update" {
  filters            = ["exclude:$_.Title -like '*Preview*'", "include:$true"]
  password           = var.build_password
  restart_timeout    = "2h"
  search_criteria    = "IsInstalled=0"
  update_limit       = 25
  update_max_retries = 3
  username           = "Administrator"
}

provisioner "breakpoint" {
  disable = true
  note    = "look"
}

provisioner "breakpoint" {
  disable      = true
  pause_before = "1m30s"
}

provisioner "hcp-sbom" {
  auto_generate     = true
  destination       = "sbom.json"
  elevated_password = var.build_password
  elevated_user     = "Administrator"
  execute_command   = "sudo {{.Path}} sbom-generate {{.Args}} {{.ScanPath}} > {{.Output}}"
  sbom_name         = "ubuntu"
  scan_path         = "/usr"
  scanner_args      = ["-o", "spdx-json"]
}

provisioner "hcp-sbom" {
  source = "/tmp/sbom.json"
}
`);
});

test('required properties only', () => {
  expect(toHcl([
    packer.Provisioner.shell({ inline: ['true'] }),
    packer.Provisioner.shellScript({ scripts: ['a.sh'] }),
    packer.Provisioner.shellLocal({ inline: ['true'] }),
    packer.Provisioner.file({ sources: ['a'], destination: '/tmp/a' }),
    packer.Provisioner.fileContent({ content: 'a', destination: '/tmp/a' }),
    packer.Provisioner.ansible({ playbookFile: 'site.yml', user: 'packer' }),
    packer.Provisioner.ansibleLocal({ playbookFiles: ['site.yml'] }),
    packer.Provisioner.powerShell({ inline: ['Get-Date'] }),
    packer.Provisioner.windowsShell({ inline: ['ver'] }),
    packer.Provisioner.windowsRestart(),
    packer.Provisioner.windowsUpdate(),
    packer.Provisioner.breakpoint(),
    packer.Provisioner.sleep({ duration: Duration.seconds(5) }),
    packer.Provisioner.hcpSbom({ autoGenerate: true }),
    packer.Provisioner.custom('shell'),
  ])).toBe(`provisioner "shell" {
  inline = ["true"]
}

provisioner "shell" {
  script = "a.sh"
}

provisioner "shell-local" {
  inline = ["true"]
}

provisioner "file" {
  destination = "/tmp/a"
  source      = "a"
}

provisioner "file" {
  content     = "a"
  destination = "/tmp/a"
}

provisioner "ansible" {
  playbook_file = "site.yml"
  use_proxy     = true
  user          = "packer"
}

provisioner "ansible-local" {
  playbook_file = "site.yml"
}

provisioner "powershell" {
  inline = ["Get-Date"]
}

provisioner "windows-shell" {
  inline = ["ver"]
}

provisioner "windows-restart" {}

provisioner "windows-update" {}

provisioner "breakpoint" {}

provisioner "breakpoint" {
  disable      = true
  pause_before = "5s"
}

provisioner "hcp-sbom" {
  auto_generate = true
}

provisioner "shell" {}
`);
});

const ssh = (props: { [name: string]: any }) => packer.Communicator.ssh({ username: 'packer', ...props });

/** A template of clones with these communicators, and what Ansible writes in it. */
function ansible(props: { [name: string]: any }, ...communicators: packer.Communicator[]): { [name: string]: any } {
  const template = new packer.Template({ name: 'x' });
  communicators.forEach((communicator, i) => template.addSource(new packer.ProxmoxCloneSource(`s${i}`, { ...MINIMAL_CLONE, communicator })));
  return packer.Provisioner.ansible({ playbookFile: 'site.yml', ...props }).bind(template).attributes;
}

test('Ansible takes over the user of the communicator', () => {
  expect(ansible({}, ssh({}))).toMatchObject({ user: 'packer', use_proxy: true });
  expect(ansible({ user: 'root' }, ssh({}))).toMatchObject({ user: 'root' });
});

test('Ansible goes through the proxy, unless the machine speaks WinRM', () => {
  expect(ansible({}, ssh({ password: secret('p') }))).toMatchObject({ use_proxy: true });
  expect(ansible({ winRmUseHttp: true }, packer.Communicator.winRm({ username: 'Administrator' }))).toMatchObject({
    use_proxy: false, user: 'Administrator', ansible_winrm_use_http: true,
  });
});

test('Ansible does without the proxy where it can log in by itself', () => {
  const password = `ansible_password=${Expression.reference('build.Password')}`;
  expect(ansible({ useProxy: false }, ssh({}))).toMatchObject({ use_proxy: false }); // by the key that the plugin makes
  expect(ansible({ useProxy: false }, ssh({ privateKeyFile: 'key' }))).toMatchObject({ use_proxy: false });
  expect(ansible({ useProxy: false }, ssh({ password: secret('p'), privateKeyFile: 'key' }))).toMatchObject({ use_proxy: false });
  expect(ansible({ useProxy: false, extraArguments: ['-e', password] }, ssh({ password: secret('p') }))).toMatchObject({ use_proxy: false });
  expect(() => ansible({ useProxy: false, extraArguments: [password] }, ssh({ password: secret('p') }))).toThrow('[packer-ansible-password] useProxy');
});

test('Ansible looks at the sources it runs for', () => {
  const winRm = packer.Communicator.winRm({ username: 'Administrator' });
  expect(ansible({ only: ['proxmox-clone.s1'] }, ssh({}), winRm)).toMatchObject({ use_proxy: false, user: 'Administrator' });
  expect(ansible({ except: ['proxmox-clone.s1'] }, ssh({}), winRm)).toMatchObject({ use_proxy: true, user: 'packer' });
});

test('provisioners bring their plugins', () => {
  const plugins = Object.entries(PROVISIONERS)
    .map(([type, list]) => [type, list[0].bind(TEMPLATE).requiredPlugin])
    .filter(([, plugin]) => plugin !== undefined);
  expect(Object.fromEntries(plugins)).toEqual({
    'ansible': packer.RequiredPlugin.ANSIBLE, 'ansible-local': packer.RequiredPlugin.ANSIBLE, 'windows-update': packer.RequiredPlugin.WINDOWS_UPDATE,
  });
});

test('a provisioner of a plugin is handed over as it is', () => {
  const requiredPlugin = new packer.RequiredPlugin({ name: 'puppet', source: 'github.com/hashicorp/puppet', version: '>= 1.0' });
  const blocks = [new Block('fact', [], new Body({ name: 'a' }))];
  const provisioner = packer.Provisioner.custom('puppet-server', { puppet_server: '{{ x }}' }, { requiredPlugin, blocks, maxRetries: 1, comment: 'Puppet.' });
  expect(provisioner.bind(TEMPLATE).requiredPlugin).toBe(requiredPlugin);
  expect(toHcl([provisioner])).toBe(`# Puppet.
provisioner "puppet-server" {
  max_retries   = 1
  puppet_server = "{{ x }}"

  fact {
    name = "a"
  }
}
`);
});
