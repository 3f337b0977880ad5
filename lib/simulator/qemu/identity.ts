import { randomBytes, randomUUID } from 'node:crypto';
import { properties } from './machine';

/** A MAC address as a server without a prefix of its own makes them. @internal */
export function randomMac(): string {
  return ['BC', '24', '11', ...[...randomBytes(3)].map((byte) => byte.toString(16).toUpperCase().padStart(2, '0'))].join(':');
}

/** A network line with another MAC address. @internal */
export function withNewMac(net: string): string {
  const [model, ...rest] = net.split(',');
  const mac = randomMac();
  return rest.some((part) => part.startsWith('macaddr='))
    ? [model, ...rest.map((part) => part.startsWith('macaddr=') ? `macaddr=${mac}` : part)].join(',')
    : [`${model.replace(/^model=/, '').split('=')[0]}=${mac}`, ...rest].join(',');
}

/** A line about the SMBIOS with another id of the machine. @internal */
export function withNewUuid(smbios: string): string {
  const values: { readonly [key: string]: string } = { ...properties(smbios), uuid: randomUUID() };
  return Object.keys(values).sort().map((key) => `${key}=${values[key]}`).join(',');
}
