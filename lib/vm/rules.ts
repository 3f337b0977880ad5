import { ruleTable } from '../core';

const CLOUD_INIT = 'https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_cloud_init';

/**
 * Rules of virtual machines.
 * @internal
 */
export const vmRules = ruleTable({
  'machine-name-form': {
    rule: 'A machine has a DNS name: letters, digits and hyphens, in parts of at most 63 characters joined by dots; no underscore.',
    remedy: 'Choose a name such as web-1.',
    see: 'https://registry.terraform.io/providers/bpg/proxmox/latest/docs/resources/virtual_environment_vm',
  },
  'disk-smaller-than-template': {
    rule: 'A disk of a clone is not smaller than that of its template: Proxmox VE grows disks and never shrinks them.',
    remedy: 'Choose at least the size of the disk of the template.',
  },
  'disk-missing': {
    rule: 'A clone names every disk of its template: the provider detaches one that is not named at the next change.',
    remedy: 'List at least as many disks as the template has, or leave `disks` out.',
  },
  'disk-bus-differs': {
    rule: 'A disk of a clone stands on the bus on which the template has it.',
    remedy: 'Choose the bus of the template for the disks that come from it.',
  },
  'linked-clone-storage': {
    rule: 'A linked clone lies on the storage of its template, since it holds only the difference.',
    remedy: 'Leave the storage of the disk out, or make a full clone.',
  },
  'linked-clone-node': {
    rule: 'A linked clone runs on the node of its template, unless the storage is shared.',
    remedy: 'Leave node out, or make a full clone.',
  },
  'start-order': {
    rule: 'A start order is a whole number, 0 or more; delays are whole seconds.',
    remedy: 'Choose 1 for what starts first.',
  },
  'ip-config-empty': {
    rule: 'An IpConfig says an IPv4 or an IPv6 address.',
    remedy: 'Use IpConfig.dhcp() or IpConfig.fixed(address, gateway).',
    see: CLOUD_INIT,
  },
  'ipv4-address-form': {
    rule: 'A fixed IPv4 address has its prefix length, and is neither the address of the network nor its broadcast address.',
    remedy: 'Write it as 192.168.1.20/24.',
    see: CLOUD_INIT,
  },
  'ipv6-address-form': {
    rule: 'A fixed IPv6 address has its prefix length; a router has none.',
    remedy: 'Write the address as 2001:db8::20/64 and the router as 2001:db8::1, or use auto or dhcp.',
    see: CLOUD_INIT,
  },
  'gateway-unreachable': {
    rule: 'A gateway is another address in the network of the machine.',
    remedy: 'Correct the gateway, or the prefix length of the address.',
  },
  'gateway-with-dhcp': {
    rule: 'Where an address comes from DHCP or SLAAC, so does the gateway: Proxmox VE refuses one beside it.',
    remedy: 'Leave the gateway out, or give a fixed address.',
    see: CLOUD_INIT,
  },
  'ip-config-without-device': {
    rule: 'Addresses belong to network devices, one each.',
    remedy: 'Add a network device, or leave an address out.',
  },
  'ssh-key-in-user-data': {
    rule: 'Proxmox VE writes a key into the user data as it is, where `: ` divides a name from its value and ` #` begins a remark: cloud-init would not find the key.',
    remedy: 'Leave them out of comment and options of the key, or give userData of your own with the line in quotes.',
    see: CLOUD_INIT,
  },
  'cloud-init-username': {
    rule: 'A user has a name of 1 to 32 lower-case letters, digits, `-` and `_`, not beginning with a digit.',
    remedy: 'Choose a name such as ops.',
  },
  'dns-server-form': {
    rule: 'A name server is an IPv4 or IPv6 address.',
    remedy: 'Write the address, such as 192.168.1.1, not a name.',
  },
  'dns-domain-form': {
    rule: 'A search domain is a DNS name.',
    remedy: 'Write it as home.arpa.',
  },
  'user-data-header': {
    rule: 'User data begins with the line that says what it is, such as #cloud-config; cloud-init ignores what does not.',
    remedy: 'Begin it with #cloud-config.',
    see: 'https://cloudinit.readthedocs.io/en/latest/explanation/format.html',
  },
  'user-data-shadows': {
    rule: 'Own user data takes the place of user, keys and password.',
    remedy: 'Write them into the user data, or leave the user data out.',
    see: CLOUD_INIT,
  },
  'cloud-init-user-of-system': {
    rule: 'The cloud-init of this operating system sets up one user of its own, and no other.',
    remedy: 'Leave cloudInit.username out; sshKeys and password are those of that user.',
  },
  'cloud-init-unsupported': {
    rule: 'Cloud-init settings reach a machine only when its template has cloud-init.',
    remedy: 'Leave cloudInit out, or choose another template.',
  },
  'cloud-init-slot': {
    rule: 'The cloud-init drive has a SCSI slot of its own.',
    remedy: 'Use fewer SCSI disks.',
  },
  'replace-across-stacks': {
    rule: 'A machine can follow the image only in the stack of the image: Terraform cannot watch what another configuration holds.',
    remedy: 'Create both in one stack, or leave replaceOnImageChange out.',
  },
  'agent-missing': {
    rule: 'The guest agent answers only where it is installed, and the provider waits for it for minutes at every plan.',
    remedy: 'Leave guestAgent out, or bake it into the image.',
  },
  'protection-stops-destroy': {
    rule: 'Proxmox VE refuses to delete a protected machine, so `destroy` and a change that replaces the machine end with an error.',
    remedy: 'Nothing needs to be done; set protection: false and apply before you destroy the machine.',
    see: 'https://pve.proxmox.com/pve-docs/qm.conf.5.html',
  },
  'replace-of-foreign-template': {
    rule: 'A machine can follow an image that this program makes; nothing tells when a template that exists already has another content.',
    remedy: 'Leave replaceOnImageChange out.',
  },
});
