import { ruleTable } from '../core';

/**
 * Rules of how a simulated server is set up.
 * @internal
 */
export const simulatorRules = ruleTable({
  'simulator-address': {
    rule: 'A simulated server listens on the loopback interface only: anybody who reaches it can run what it is told to.',
    remedy: 'Leave the address out, or give one of 127.0.0.0/8.',
  },
  'simulator-storage': {
    rule: 'A storage holds only what its kind can hold; thin pools, ZFS and Ceph hold disks (images) and containers (rootdir).',
    remedy: 'Use StorageKind.DIRECTORY or StorageKind.NFS for ISO files, imports, snippets and backups.',
    see: 'https://pve.proxmox.com/pve-docs/chapter-pvesm.html',
  },
  'simulator-node': {
    rule: 'What is said of a node names one that the simulated cluster has, and each node has a name of its own.',
    remedy: 'Add the node to nodes, or correct its name.',
  },
  'simulator-token': {
    rule: 'The id of an API token is user@realm!name, such as packer@pve!ci.',
    remedy: 'Write user, realm and name of the token.',
    see: 'https://pve.proxmox.com/pve-docs/chapter-pveum.html#pveum_tokens',
  },
  'simulator-privilege': {
    rule: 'A privilege exists in the simulated release; VM.Monitor is gone since Proxmox VE 9, VM.GuestAgent.* came with it.',
    remedy: 'Correct the privilege, or choose the release that has it.',
    see: 'https://pve.proxmox.com/pve-docs/chapter-pveum.html#pveum_permission_management',
  },
  'simulator-call': {
    rule: 'A call of the simulated server succeeds, and so does the task it starts.',
    remedy: 'Correct what the message of the server names.',
    see: 'https://pve.proxmox.com/pve-docs/api-viewer/',
  },
});
