import { ruleTable } from '../core';

const PVE_DOCS = 'https://pve.proxmox.com/pve-docs';

/**
 * Rules of a cluster and of the hardware of its machines.
 * @internal
 */
export const proxmoxRules = ruleTable({
  'value-missing': {
    rule: 'The property is needed, and nothing was given.',
    remedy: 'Give it; where it comes from an environment variable or another program, look whether that is there.',
  },
  'value-kind': {
    rule: 'A property has a value of the kind that its documentation says.',
    remedy: 'Give a value of that kind.',
  },
  'property-unknown': {
    rule: 'The interface has no property of this name.',
    remedy: 'Correct the name; `tsc --noEmit` finds such mistakes before the program runs.',
  },
  'vm-id-out-of-bounds': {
    rule: 'A VM id is a whole number from 100 to 999999999.',
    remedy: 'Choose an id in that range.',
    see: `${PVE_DOCS}/chapter-qm.html`,
  },
  'vm-id-outside-plan': {
    rule: 'A VM id is in the range that the plan of the cluster keeps for its purpose.',
    remedy: 'Choose an id in the range, or give ProxmoxVe a vmIdPlan with other ranges.',
  },
  'vm-id-range': {
    rule: 'A range of VM ids runs from 100 at the least to 999999999 at the most, its first id not after its last.',
    remedy: 'Write VmIdRange.of(first, last), for example VmIdRange.of(9100, 9199).',
  },
  'vm-id-ranges-overlap': {
    rule: 'The ranges of a plan do not overlap.',
    remedy: 'Move one of the two ranges.',
  },
  'vm-id-claimed-twice': {
    rule: 'An id names one machine or template of a cluster.',
    remedy: 'Give one of the two another vmId.',
  },
  'owner-claimed-twice': {
    rule: 'Machines and templates are told apart on the server by a tag made of stack and construct path, and two constructs have the same one.',
    remedy: 'Give one of the two an id that differs in more than capitals, hyphens and slashes, or set another `owner` on the ProxmoxVe of one stack.',
  },
  'download-claimed-twice': {
    rule: 'A cloud image is downloaded to a storage of a node once, and two ProxmoxVe of one cluster download it to the same place.',
    remedy: 'Use one ProxmoxVe for both, or give one of them another `owner`, which is part of the name of the file.',
  },
  'ip-address-claimed-twice': {
    rule: 'A fixed address is that of one device in a network; two that run with it take the packets of each other.',
    remedy: 'Give one of the two another address; of machines that take turns, set started: false and startOnBoot: false on all but one.',
  },
  'mac-address-claimed-twice': {
    rule: 'A hardware address is that of one device in a network; two that run with it take the packets of each other.',
    remedy: 'Leave macAddress out, so that Proxmox VE gives each its own; of machines that take turns, set started: false and startOnBoot: false on all but one.',
  },
  'endpoint-form': {
    rule: 'The endpoint is the https address of the Proxmox VE API without a path, such as https://pve.lan:8006.',
    remedy: 'Write scheme, host and port only; `/api2/json` is added where a tool needs it.',
    see: 'https://registry.terraform.io/providers/bpg/proxmox/latest/docs#argument-reference',
  },
  'not-known-at-synth': {
    rule: 'Packer templates are written now and used before Terraform runs, so this value cannot be a reference to Terraform.',
    remedy: 'Give the value itself.',
  },
  'node-name': {
    rule: 'A node has a host name: letters, digits and hyphens, at most 63 characters.',
    remedy: 'Write the name shown in the web interface under Datacenter, such as pve.',
  },
  'storage-name': {
    rule: 'A storage has an id of letters, digits, `-`, `_` and `.`, 2 to 100 characters long, beginning with a letter.',
    remedy: 'Write the id shown in the web interface under Datacenter, Storage, such as local-zfs.',
    see: `${PVE_DOCS}/chapter-pvesm.html`,
  },
  'bridge-name': {
    rule: 'A bridge or virtual network has a name of at most 15 letters, digits, `_`, `-` and `.`, beginning with a letter.',
    remedy: 'Write the name shown under the node, Network, such as vmbr0.',
    see: `${PVE_DOCS}/chapter-sysadmin.html#sysadmin_network_configuration`,
  },
  'pool-name': {
    rule: 'Packer can put a machine only into a resource pool whose name has letters, digits, `-` and `_`; nested pools (a/b) it cannot name.',
    remedy: 'Choose a pool on the top level.',
  },
  'owner-name': {
    rule: 'The owner is part of a tag: lower-case letters, digits, `-` and `_`, at most 40 characters.',
    remedy: 'Choose a short name such as homelab.',
  },
  'user-name': {
    rule: 'A user of Proxmox VE is written with its realm, such as root@pam or packer@pve.',
    remedy: 'Add the realm that is shown when logging in.',
    see: `${PVE_DOCS}/chapter-pveum.html`,
  },
  'proxmox-ve-missing': {
    rule: 'Images and machines belong to a cluster.',
    remedy: 'Create a ProxmoxVe in the same stack first: new ProxmoxVe(stack, \'Pve\', { endpoint, node, storage }).',
  },
  'proxmox-ve-ambiguous': {
    rule: 'The stack has several clusters, and nothing says which one is meant.',
    remedy: 'Name it with the property proxmoxVe.',
  },
  'proxmox-ve-in-another-stack': {
    rule: 'A construct uses a ProxmoxVe of its own stack, since that configures the provider of the stack.',
    remedy: 'Create a ProxmoxVe with the same endpoint in this stack.',
  },
  'ssh-user': {
    rule: 'A user on the node has a name of letters, digits, `_`, `-` and `.`.',
    remedy: 'Write the name without realm, such as root.',
  },
  'ssh-missing': {
    rule: 'Proxmox VE takes snippets only over SSH, so the provider has to reach the node by it.',
    remedy: 'Give ProxmoxVe an `ssh`, or do without the snippet.',
    see: 'https://registry.terraform.io/providers/bpg/proxmox/latest/docs#ssh-connection',
  },
  'tag-form': {
    rule: 'A tag has letters, digits, `-` and `_`, not beginning with `-`, at most 124 characters: what Proxmox VE and Packer both take.',
    remedy: 'Write the tag without other characters, such as debian-12.',
    see: `${PVE_DOCS}/chapter-pvesh.html`,
  },
  'tag-of-owner': {
    rule: 'Tags that begin with the owner and `_` mark what belongs to this program and which construct it is of, so they are not given by hand.',
    remedy: 'Choose another tag.',
  },
  'description-form': {
    rule: 'The note of a machine has at most 8192 characters, no control characters but tabs and line breaks, and no half of a surrogate pair.',
    remedy: 'Shorten the note, or remove what cannot be printed.',
    see: `${PVE_DOCS}/qm.conf.5.html`,
  },
  'packer-expression-out-of-place': {
    rule: 'Only what Packer reads can hold an expression of Packer: here nothing would evaluate it.',
    remedy: 'Use a Terraform variable where Terraform reads the text, or write the value itself.',
  },
});
