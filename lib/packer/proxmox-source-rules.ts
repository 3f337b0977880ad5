import { ruleTable } from '../core';

/**
 * Rules of what both sources of Proxmox VE have.
 * @internal
 */
export const proxmoxSourceRules = ruleTable({
  'packer-proxmox-url': {
    rule: 'The address of the API is all of https://<host>:8006/api2/json.',
    remedy: 'Add /api2/json: the plugin takes the address as it is.',
  },
  'packer-proxmox-user': {
    rule: 'The user is <name>@<realm>, and with a token <name>@<realm>!<token>.',
    remedy: 'Write it as root@pam, or packer@pve!build where `token` is given.',
    see: 'https://pve.proxmox.com/pve-docs/chapter-pveum.html#pveum_tokens',
  },
  'packer-proxmox-login': {
    rule: 'Packer logs in to Proxmox VE by password or by token, and by one of them.',
    remedy: 'Prefer `token`: it can be given few privileges. Pass a sensitive packer.Variable.',
  },
  'packer-node-name': {
    rule: 'The name of a node is a DNS label: letters, digits and hyphens.',
    remedy: 'Give the name as the web interface shows it, such as pve, without a domain.',
  },
  'packer-pool-name': {
    rule: 'The plugin takes names of pools with letters, digits, - and _ only; pools within pools (a/b) are refused.',
    remedy: 'Use a pool of the first level, or leave it out.',
  },
  'packer-vm-id': {
    rule: 'A VM id is a whole number from 100 to 999999999.',
    remedy: 'Choose an id such as 9100.',
  },
  'packer-vm-name': {
    rule: 'The name of a machine or template is a DNS name: letters, digits and hyphens between dots, without _ and without spaces.',
    remedy: 'Replace other characters by hyphens, such as ubuntu-24-04.',
  },
  'packer-description-empty': {
    rule: 'The notes of a template are not empty: the plugin then leaves "Packer ephemeral build VM" behind.',
    remedy: 'Say what the template is, or leave the property out.',
  },
  'packer-tag': {
    rule: 'The plugin takes tags of letters, digits, _ and -, not beginning with -, up to 124 characters; . and + are refused, though Proxmox VE allows them.',
    remedy: 'Replace other characters by -.',
  },
  'packer-tag-twice': {
    rule: 'A tag is given once; Proxmox VE does not tell large and small letters apart.',
    remedy: 'Remove one of them.',
  },
  'packer-boot-device': {
    rule: 'The boot order names devices: ide0 to ide3, sata0 to sata5, scsi0 to scsi30, virtio0 to virtio15, net0 to net31, usb0…, hostpci0…, each once.',
    remedy: "Write it as ['scsi0', 'net0'].",
  },
  'packer-boot-device-missing': {
    rule: 'The boot order names devices that the machine has.',
    remedy: 'Compare it with the slots of disks, ISO images and network cards.',
  },
  'packer-memory': {
    rule: 'Memory is 16 to 4178944 MiB, in whole MiB: the plugin silently makes 512 MiB of less.',
    remedy: 'Give a size such as Size.gibibytes(2).',
  },
  'packer-ballooning': {
    rule: 'The memory that the balloon leaves is not above the memory of the machine (512 MiB where none is given), in whole MiB.',
    remedy: 'Give more memory, or a smaller minimum.',
  },
  'packer-cores': {
    rule: 'A socket has 1 to 128 cores.',
    remedy: 'Give a whole number within these bounds.',
  },
  'packer-sockets': {
    rule: 'A machine has 1 to 4 sockets.',
    remedy: 'Use one socket with more cores.',
  },
  'packer-serial': {
    rule: 'A machine has 4 serial ports at most, each `socket` or a device of the node.',
    remedy: "Write it as ['socket'].",
  },
  'packer-agent-without-address': {
    rule: 'Without the guest agent the plugin cannot learn the address of the machine, and waits until the time is up.',
    remedy: 'Give `host` in the communicator, or leave qemuAgent on.',
  },
  'packer-cloud-init-storage': {
    rule: 'A cloud-init drive needs a storage: otherwise the build fails at its very end and the template is deleted.',
    remedy: 'Give cloudInitStoragePool.',
  },
  'packer-cloud-init-off': {
    rule: 'Storage and bus of a cloud-init drive say nothing where the template gets none.',
    remedy: 'Set cloudInit to true, or leave them out.',
  },
  'packer-download-timeout': {
    rule: 'A node that downloads an ISO itself has the time of one task for it, 1 minute where nothing is said.',
    remedy: 'Set taskTimeout: Duration.minutes(30).',
  },
  'packer-http-directory-and-content': {
    rule: 'The HTTP server offers a folder or texts, not both.',
    remedy: 'Keep httpContent.',
  },
  'packer-http-path': {
    rule: 'The path of a text that the HTTP server offers begins with /; another is never found.',
    remedy: 'Write it as /user-data.',
  },
  'packer-http-port': {
    rule: 'The ports of the HTTP server are 1 to 65535, the lowest not above the highest (8000 and 9000 where nothing is said).',
    remedy: 'Give both, such as 8000 and 8010.',
  },
  'packer-http-address': {
    rule: 'The HTTP server is bound to an address or an interface, not to both.',
    remedy: 'Keep httpInterface where the address changes.',
  },
});
