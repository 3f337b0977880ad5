/**
 * The rooms of lib/, from the one that changes least to the one that changes most. A room imports only
 * rooms that stand before it; so each can be read, tested and changed without those behind it.
 */
export const rooms = ['core', 'simulator', 'hcl', 'packer', 'bindings', 'assembly', 'proxmox', 'guest-os', 'image', 'vm', 'gpu', 'talos', 'assertions'];
