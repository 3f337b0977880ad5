import { ruleTable } from '../core';

/**
 * Rules of a source that starts from a clone.
 * @internal
 */
export const cloneRules = ruleTable({
  'packer-clone-template': {
    rule: 'A clone has one template, given by id or by name.',
    remedy: 'Prefer cloneVmId: several templates may have one name.',
  },
  'packer-clone-itself': {
    rule: 'A clone takes neither the id nor the name of its own template: with -force Packer deletes what has them before it begins.',
    remedy: 'Give the result an id and a name of its own.',
  },
  'packer-clone-hardware': {
    rule: "A clone says its hardware: the plugin writes its own defaults (512 MiB, 1 core, kvm64, other, lsi) over the template's.",
    remedy: 'Give memory, cores, cpuType, os and scsiController, as the template has them.',
    see: 'https://github.com/hashicorp/packer-plugin-proxmox/issues/66',
  },
  'packer-clone-efi-disk': {
    rule: 'A clone keeps the EFI disk of its template: with efiConfig the plugin puts an empty one in its place, and boot entries and keys are lost.',
    remedy: 'Leave out efiConfig. For a template that has none, and needs one, use source.addOverride.',
    see: 'https://github.com/hashicorp/packer-plugin-proxmox/issues/145',
  },
  'packer-nameserver': {
    rule: 'A DNS server is given by an IP address.',
    remedy: 'Write one address in each item, such as 192.168.1.1.',
  },
  'packer-ip-config-count': {
    rule: 'There are no more addresses than network cards.',
    remedy: 'List the cards of the clone in networkAdapters.',
  },
  'packer-ip-address': {
    rule: 'An IPv4 address is written with the length of its prefix, or dhcp; an IPv6 address likewise, or auto or dhcp.',
    remedy: 'Write it as 192.168.1.50/24 or 2001:db8::50/64.',
  },
  'packer-ip6-short': {
    rule: 'The shortest form of the IPv6 address of a clone has at least three colons and no zone: the client of the plugin refuses any other once the clone is there.',
    remedy: 'Choose a longer address, such as fd00::1:5/64 or 2001:db8::50/64.',
  },
  'packer-ip6-zone': {
    rule: 'An IPv6 gateway is written without a zone, such as %eth0: which card it is for is known.',
    remedy: 'Leave out % and what follows it.',
  },
  'packer-ip-gateway': {
    rule: 'A gateway is an IP address of its family and goes with a fixed address, not with dhcp or auto.',
    remedy: 'Leave out the gateway, or give a fixed address with it.',
  },
});
