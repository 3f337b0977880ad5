import { randomBytes } from 'node:crypto';
import { PropertyString, choice, flag, integer, optional, text } from '../schema/property';
import { parsePropertyString, printPropertyString } from '../schema/validation';

/** Models of network cards. @internal */
export const networkModels: readonly string[] = [
  'e1000', 'e1000-82540em', 'e1000-82544gc', 'e1000-82545em', 'e1000e', 'i82551', 'i82557b', 'i82559er', 'ne2k_isa', 'ne2k_pci', 'pcnet', 'rtl8139', 'virtio',
  'vmxnet3',
];

const vlans = '\\d+(?:-\\d+)?(?:;\\d+(?:-\\d+)?)*';

/** The keys of `net0`; `virtio=AA:BB:…` says model and address at once. @internal */
export const networkFormat: PropertyString = {
  properties: {
    macaddr: optional(text('Address; made if left out.', { format: 'mac-addr' })),
    model: { ...choice('Model of the card.', ...networkModels), defaultKey: true },
    ...Object.fromEntries(networkModels.map((model) => [model, { type: 'string', alias: 'macaddr', keyAlias: 'model' } as const])),
    bridge: optional(text('Bridge of the host; a network of its own behind NAT if left out.', { format: 'pve-bridge-id' })),
    queues: optional(integer('Queues of packets.', 0, 64)),
    rate: optional({ type: 'number', description: 'Megabytes a second at most.', minimum: 0 }),
    tag: optional(integer('VLAN.', 1, 4094)),
    trunks: optional(text('VLANs that are passed through, `10;20-30`.', { pattern: vlans })),
    firewall: optional(flag('Whether the firewall protects it.')),
    link_down: optional(flag('Whether the cable is unplugged.')),
    mtu: optional(integer('MTU; 1 for that of the bridge.', 1, 65520)),
  },
};

/** A network card as its line says. @internal */
export type NetworkCard = { [key: string]: string };

/** The line about a network card, read; an address is made if it has none. @internal */
export function parseNetwork(line: string): NetworkCard {
  const card = parsePropertyString(networkFormat, line);
  card.macaddr ??= randomMac();
  return card;
}

/** The line about a network card: `virtio=BC:24:11:…,bridge=vmbr0`. @internal */
export function printNetwork(card: NetworkCard): string {
  return printPropertyString(networkFormat, card);
}

/** An address in Proxmox's own range. @internal */
export function randomMac(): string {
  return ['BC', '24', '11', ...randomBytes(3).toString('hex').toUpperCase().match(/../g)!].join(':');
}

/** Each VLAN of `10;20-30`. @internal */
export function trunkedVlans(trunks: string): number[] {
  return trunks.split(';').flatMap((part) => {
    const [first, last = first] = part.split('-').map(Number);
    return Array.from({ length: Math.max(last - first + 1, 0) }, (_, i) => first + i);
  });
}
