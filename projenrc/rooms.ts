/**
 * The rooms of lib/, from the one that changes least to the one that changes most. A room imports only
 * rooms that stand before it; so each can be read, tested and changed without those behind it.
 */
export const rooms = ['core', 'hcl', 'packer', 'bindings', 'assembly', 'proxmox', 'guest-os', 'image', 'vm', 'gpu', 'talos', 'assertions', 'simulator'];

/** Why a room may not import another one; undefined where it may. */
export function whyNot(room: string, other: string): string | undefined {
  if (room === 'simulator' && other !== 'core') return 'simulator/ may import core/ only: it knows nothing of the constructs, so that what works on it is right by itself.';
  if (rooms.indexOf(other) <= rooms.indexOf(room)) return undefined;
  return `${room}/ may not import ${other}/: a room imports only rooms before it (${rooms.join(', ')}), so that it can be read, tested and changed without those behind it.`;
}
