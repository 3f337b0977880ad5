/*
 * Packer builds with the plugin that is installed, released or stand-in, on a server that records each request: the requests have to be
 * those that were recorded of a real one. `npx tsx test/packer/stand-in-builder.conformance.ts`
 */
import { generateKeyPairSync } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Outcome, packerBuildEnvironment, run, ToolUnavailable, toolPath } from '../../tools';
import { runChecks } from '../conformance/check';
import { difference, temporaryFolder } from '../conformance/text';
import { RecordingPve } from './recording-pve';

const PLUGINS = `packer {
  required_plugins {
    proxmox = { source = "github.com/hashicorp/proxmox", version = ">= 1.2.4" }
    ansible = { source = "github.com/hashicorp/ansible", version = ">= 1.1.6" }
  }
}
`;

const seed = (slot: string) => `
  additional_iso_files {
    type             = "scsi"
    index            = "${slot}"
    cd_label         = "cidata"
    cd_content       = { "meta-data" = "", "user-data" = "#cloud-config" }
    iso_storage_pool = "local"
    unmount          = true
  }
`;

const connection = (pve: RecordingPve, login = 'token = "uuid"') => `
  proxmox_url = "${pve.url}"
  username    = "root@pam!test"
  node        = "pve"
  ${login}
`;

const clone = (pve: RecordingPve, more: string) => `${PLUGINS}source "proxmox-clone" "a" {${connection(pve)}
  clone_vm_id             = 9100
  vm_id                   = 9200
  vm_name                 = "pkr-baked"
  template_name           = "baked"
  template_description    = "baked by packer"
  tags                    = "baked;packer"
  cores                   = 2
  cpu_type                = "x86-64-v2-AES"
  memory                  = 1024
  os                      = "l26"
  scsi_controller         = "virtio-scsi-single"
  cloud_init              = true
  cloud_init_disk_type    = "scsi"
  cloud_init_storage_pool = "local"
  network_adapters {
    bridge = "vmbr0"
    model  = "virtio"
  }
  ${more}
}
build {
  sources = ["source.proxmox-clone.a"]
}
`;

/** As `qm config` of the template that was cloned for the recording. */
const BASE = {
  name: 'base',
  agent: '1,fstrim_cloned_disks=0,type=virtio',
  boot: 'order=scsi0',
  cores: 1,
  memory: '512',
  scsihw: 'virtio-scsi-single',
  scsi0: 'local:9100/base-9100-disk-0.qcow2,size=3G',
  net0: 'virtio=BC:24:11:00:00:01,bridge=vmbr0',
  tags: 'base',
  template: 1,
};

/** A task is asked for until it has ended. */
const task = (type: string) => [`GET /nodes/pve/tasks/<${type}>/status {} => OK`];

const MAP = ['GET /cluster/resources {"type":"vm"} => OK', 'GET /nodes/pve/qemu/9100/config {} => OK'];

const UPLOAD = [
  'POST /nodes/pve/storage/local/upload {"content":"iso","filename":"packer<number>.iso"} => OK',
  ...task('imgcopy'),
];

const DELETE_ISO = [
  'DELETE /nodes/pve/storage/local/content/local:iso/packer<number>.iso {} => OK',
  ...task('imgdel'),
];

const CLONE_REQUEST = 'POST /nodes/pve/qemu/9100/clone {"full":"1","name":"pkr-baked","newid":"9200","target":"pve"} => ';

const CLONE = [
  'GET /cluster/resources {"type":"vm"} => OK',
  `${CLONE_REQUEST}OK`,
  ...task('qmclone'),
  'GET /nodes/pve/qemu/9200/config {} => OK',
  'GET /cluster/resources {"type":"vm"} => OK',
  "GET /cluster/ha/resources/9200 {} => ERR no such resource 'vm:9200'",
  'GET /version {} => OK',
  'PUT /nodes/pve/qemu/9200/config {"agent":"1,fstrim_cloned_disks=0,type=virtio","ciuser":"ubuntu","cores":"2","cpu":"x86-64-v2-AES",'
  + '"description":"Packer ephemeral build VM","kvm":"1","memory":"1024","name":"pkr-baked","net0":"virtio=<mac>,bridge=vmbr0","numa":"0","onboot":"0",'
  + '"ostype":"l26","scsi1":"local:iso/packer<number>.iso,media=cdrom","scsihw":"virtio-scsi-single","sockets":"1",'
  + '"sshkeys":"ssh-ed25519%20<key>%0A","tags":"baked;packer","vmid":"9200"} => OK',
  'GET /nodes/pve/qemu/9200/pending {} => OK',
  'POST /nodes/pve/qemu/9200/status/start {} => OK',
  ...task('qmstart'),
];

const TEMPLATE = [
  'POST /nodes/pve/qemu/9200/status/shutdown {} => OK',
  ...task('qmshutdown'),
  'POST /nodes/pve/qemu/9200/template {} => OK',
  ...task('qmtemplate'),
  'GET /nodes/pve/qemu/9200/config {} => OK',
];

const CLEAN_UP = [
  'POST /nodes/pve/qemu/9200/status/stop {} => OK',
  ...task('qmstop'),
  'DELETE /nodes/pve/qemu/9200 {} => OK',
  ...task('qmdestroy'),
];

/** The recorded build logged in by a key of its own. */
const KEY = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const byKey = 'ssh_username = "ubuntu"\n  ssh_private_key_file = "key"';

async function build(template: string, ...flags: string[]): Promise<Outcome> {
  const folder = temporaryFolder('build', { 'a.pkr.hcl': template, 'key': KEY });
  return run(toolPath('packer'), ['build', ...flags, '.'], { cwd: folder, env: packerBuildEnvironment(), timeoutSeconds: 120 });
}

/** What differs, and what Packer said. */
function compared(expected: readonly string[], pve: RecordingPve, outcome: Outcome, status: number, ...says: string[]): string | undefined {
  const verdicts = [
    difference(expected.join('\n'), pve.requests.join('\n')),
    outcome.status === status ? undefined : `exit ${outcome.status}`,
    ...says.map((text) => (outcome.output.includes(text) ? undefined : `Packer does not say: ${text}`)),
  ].filter((verdict) => verdict !== undefined);
  return verdicts.length === 0 ? undefined : `${verdicts.join('\n')}\n${outcome.output}`;
}

async function withBase(check: (pve: RecordingPve) => Promise<string | undefined>): Promise<string | undefined> {
  const pve = await RecordingPve.start();
  pve.guests.set(9100, { ...BASE });
  try {
    return await check(pve);
  } finally {
    await pve.stop();
  }
}

const unconnected = `communicator = "none"\n  ${byKey}`;

const CHECKS: { readonly [subject: string]: (pve: RecordingPve) => Promise<string | undefined> } = {
  'a clone with a seed ISO, as recorded': async (pve) => {
    const outcome = await build(clone(pve, `${unconnected}${seed('1')}`));
    const verdict = compared([
      ...MAP, ...UPLOAD, ...CLONE,
      'GET /nodes/pve/qemu/9200/config {} => OK',
      'POST /nodes/pve/qemu/9200/config {"delete":"ciuser,sshkeys"} => OK',
      ...task('qmconfig'),
      ...TEMPLATE,
      'POST /nodes/pve/qemu/9200/config {"delete":"scsi1","description":"baked by packer","name":"baked","scsi2":"local:cloudinit"} => OK',
      ...task('qmconfig'),
      ...DELETE_ISO,
    ], pve, outcome, 0, 'A template was created: 9200');
    const { scsi0, scsi1, scsi2, name, template } = pve.guests.get(9200) ?? {};
    const left = difference(JSON.stringify([BASE.scsi0, undefined, 'local:cloudinit', 'baked', 1]), JSON.stringify([scsi0, scsi1, scsi2, name, template]));
    return verdict ?? left;
  },

  'a guest whose agent says nothing of use': async (pve) => {
    pve.agent = ['QEMU guest agent is not running', ['127.0.0.1', 'fe80::1']];
    const outcome = await build(clone(pve, `${byKey}\n  ssh_timeout = "8s"${seed('1')}`));
    const poll = 'GET /nodes/pve/qemu/9200/agent/network-get-interfaces {} => ';
    return compared([
      ...MAP, ...UPLOAD, ...CLONE,
      `${poll}ERR QEMU guest agent is not running`, `${poll}OK`,
      ...CLEAN_UP, ...DELETE_ISO,
    ], pve, outcome, 1, 'Timeout waiting for SSH.');
  },

  'an installation, typed': async (pve) => {
    const template = `${PLUGINS}source "proxmox-iso" "a" {${connection(pve, 'password = "secret"')}
      boot_iso {
        type     = "scsi"
        index    = "1"
        iso_file = "local:iso/debian.iso"
        unmount  = true
      }
      ${seed('2')}
      bios    = "ovmf"
      machine = "q35"
      boot    = "order=scsi0;scsi1"
      efi_config {
        efi_storage_pool  = "tank"
        pre_enrolled_keys = true
      }
      vga { type = "serial0" }
      rng0 {
        source    = "/dev/urandom"
        max_bytes = 1024
      }
      serials              = ["socket"]
      scsi_controller      = "virtio-scsi-single"
      qemu_agent           = false
      template_description = "installed"
      vm_name              = "pkr-debian"
      template_name        = "debian"
      disks {
        type         = "scsi"
        storage_pool = "tank"
        disk_size    = "20G"
        io_thread    = true
        discard      = true
        ssd          = true
      }
      disks {
        type         = "virtio"
        storage_pool = "tank"
        disk_size    = "1500M"
        format       = "qcow2"
      }
      network_adapters {
        bridge      = "vmbr0"
        mac_address = "repeatable"
        vlan_tag    = "5"
        firewall    = true
      }
      cloud_init              = true
      cloud_init_storage_pool = "tank"
      cloud_init_disk_type    = "scsi"
      boot_wait               = "1s"
      boot_command            = ["c<wait1s>A :", "<leftCtrlOn>x<leftCtrlOff><enter>{{ .HTTPIP }}"]
      http_content            = { "/preseed" = "x" }
      http_bind_address       = "127.0.0.1"
      communicator            = "none"
    }
    build { sources = ["source.proxmox-iso.a"] }`;
    const keys = ['c', 'shift-a', 'spc', 'shift-semicolon', 'ctrl-x', 'ret', '1', '2', '7', 'dot', '0', 'dot', '0', 'dot', '1'];
    const outcome = await build(template);
    return compared([
      'POST /access/ticket {"password":"secret","username":"root@pam!test"} => OK',
      ...UPLOAD,
      'GET /cluster/nextid {} => OK',
      'GET /version {} => OK',
      'POST /nodes/pve/qemu {"agent":"0","bios":"ovmf","boot":"order=scsi0;scsi1","cores":"1","cpu":"kvm64","description":"Packer ephemeral build VM",'
      + '"efidisk0":"tank:1,efitype=4m,pre-enrolled-keys=1","kvm":"1","machine":"q35","memory":"512","name":"pkr-debian",'
      + '"net0":"e1000=<mac>,bridge=vmbr0,firewall=1,tag=5","numa":"0","onboot":"0","ostype":"other","rng0":"max_bytes=1024,source=/dev/urandom",'
      + '"scsi0":"tank:20,cache=none,discard=on,format=raw,iothread=1,replicate=0,ssd=1","scsi1":"local:iso/debian.iso,media=cdrom",'
      + '"scsi2":"local:iso/packer<number>.iso,media=cdrom","scsihw":"virtio-scsi-single","serial0":"socket","sockets":"1","vga":"type=serial0",'
      + '"virtio0":"tank:0.001,cache=none,format=qcow2,replicate=0","vmid":"100"} => OK',
      ...task('qmcreate'),
      'PUT /nodes/pve/qemu/100/resize {"disk":"virtio0","size":"1536000K"} => OK',
      ...task('resize'),
      'GET /access/permissions {} => OK',
      'POST /nodes/pve/qemu/100/status/start {} => OK',
      ...task('qmstart'),
      ...keys.map((key) => `PUT /nodes/pve/qemu/100/sendkey {"key":"${key}"} => OK`),
      'GET /nodes/pve/qemu/100/config {} => OK',
      ...TEMPLATE.map((line) => line.replace('9200', '100')),
      'POST /nodes/pve/qemu/100/config {"delete":"scsi1,scsi2","description":"installed","name":"debian","scsi3":"tank:cloudinit"} => OK',
      ...task('qmconfig'),
      ...DELETE_ISO,
    ], pve, outcome, 0, 'A template was created: 100');
  },

  'a template in the way, replaced by force': async (pve) => {
    pve.guests.set(9200, { name: 'baked', template: 1 });
    const outcome = await build(clone(pve, unconnected), '-force');
    const start = pve.requests.slice(0, 7);
    pve.requests.splice(0, pve.requests.length, ...start);
    return compared([
      ...MAP,
      'GET /cluster/resources {"type":"vm"} => OK',
      'GET /nodes/pve/qemu/9200/config {} => OK',
      'GET /nodes/pve/qemu/9200/status/current {} => OK',
      'DELETE /nodes/pve/qemu/9200 {} => OK',
      ...task('qmdestroy'),
    ], pve, outcome, 0, 'Successfully deleted 9200', 'A template was created: 9200');
  },

  'a machine in the way, not replaced by force': async (pve) => {
    pve.guests.set(9200, { name: 'stranger' });
    const outcome = await build(clone(pve, unconnected), '-force');
    return compared(
      [...MAP, 'GET /cluster/resources {"type":"vm"} => OK', 'GET /nodes/pve/qemu/9200/config {} => OK'],
      pve, outcome, 1, 'found matching VM (ID: 9200, name: stranger), but it is not a template',
    );
  },

  'an id that is taken': async (pve) => {
    pve.guests.set(9200, { name: 'stranger', template: 1 });
    const outcome = await build(clone(pve, `${unconnected}${seed('1')}`));
    const refused = 'unable to create VM 9200: config file already exists';
    return compared(
      [...MAP, ...UPLOAD, 'GET /cluster/resources {"type":"vm"} => OK', `${CLONE_REQUEST}ERR ${refused}`, ...DELETE_ISO],
      pve, outcome, 1, `Error creating VM: 500 ${refused}`,
    );
  },

  'Ansible, with what the plugin hands over': async (pve) => {
    const told = path.join(temporaryFolder('ansible'), 'told.json');
    const playbook = path.join(temporaryFolder('playbook', {
      'site.yml': `- hosts: web
  connection: local
  gather_facts: false
  vars:
    ansible_python_interpreter: "{{ ansible_playbook_python }}"
  tasks:
    - ansible.builtin.command: >-
        ssh -p {{ ansible_port }} -i {{ ansible_ssh_private_key_file }} -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null
        -o IdentitiesOnly=yes -o BatchMode=yes {{ ansible_user }}@{{ ansible_host }} true
      changed_when: false
    - ansible.builtin.copy:
        dest: ${told}
        mode: "0600"
        content: "{{ [inventory_hostname, ansible_host, ansible_user, ansible_port | int > 1023, packer_builder_type, more, lookup('env', 'SEEN'),
          lookup('file', ansible_ssh_private_key_file) is search('PRIVATE KEY')] | to_json }}"
`,
    }), 'site.yml');
    const template = clone(pve, unconnected).replace('sources = ["source.proxmox-clone.a"]', `$&
      provisioner "ansible" {
        playbook_file    = "${playbook}"
        user             = "ubuntu"
        host_alias       = "machine"
        groups           = ["web"]
        extra_arguments  = ["-e", "more=word"]
        ansible_env_vars = ["SEEN=yes"]
      }`);
    const outcome = await build(template);
    if (outcome.status !== 0) return outcome.output;
    return difference('["machine", "127.0.0.1", "ubuntu", true, "proxmox-clone", "word", "yes", true]', fs.readFileSync(told, 'utf8'));
  },
};

async function main(): Promise<number> {
  toolPath('packer-plugins');
  const checks = Object.entries(CHECKS).map(([subject, check]) => ({ judge: 'packer build', subject, run: () => withBase(check) }));
  const { passed, failures } = await runChecks(checks, 4);
  console.log(`${passed} passed, ${failures.length} failed`);
  return failures.length === 0 ? 0 : 1;
}

main().then((status) => { process.exitCode = status; }, (error) => {
  if (!(error instanceof ToolUnavailable)) throw error;
  console.error(error.message);
  process.exitCode = 1;
});
