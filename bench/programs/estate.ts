/** One machine of the estate that both programs describe. */
export interface Machine {
  /** Construct id. */
  readonly id: string;
  /** Name on the server. */
  readonly name: string;
  /** Address with prefix length. */
  readonly address: string;
  /** Tags. */
  readonly tags: string[];
}

/** What all machines have in common. */
export const ESTATE = {
  stack: 'bench',
  endpoint: 'https://pve.lan:8006',
  node: 'pve',
  storage: 'local-zfs',
  templateId: 9100,
  cores: 4,
  memoryGib: 8,
  username: 'ops',
  sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEJlbmNobWFya0tleU9mTm9ib2R5QXRBbGwwMDAwMDAw ops@bench'],
  gateway: '10.0.0.1',
} as const;

/** The machines of an estate, the same ones in every run. */
export function machines(count: number): Machine[] {
  return Array.from({ length: count }, (_, i) => {
    const host = i + 256;
    return {
      id: `Machine${i}`,
      name: `machine${i}`,
      address: `10.${Math.floor(host / 65536)}.${Math.floor(host / 256) % 256}.${host % 256}/8`,
      tags: [i % 2 === 0 ? 'web' : 'worker', 'production'],
    };
  });
}
