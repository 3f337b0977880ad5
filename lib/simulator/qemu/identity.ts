import { randomUUID } from 'node:crypto';
import { parsePropertyString, printPropertyString } from '../schema/validation';
import { parseNetwork, printNetwork, randomMac } from './network';
import { smbiosFormat } from './option-formats';

/** A network line with another MAC address. @internal */
export function withNewMac(net: string): string {
  return printNetwork({ ...parseNetwork(net), macaddr: randomMac() });
}

/** A line about the SMBIOS with another id of the machine. @internal */
export function withNewUuid(smbios: string): string {
  return printPropertyString(smbiosFormat, { ...parsePropertyString(smbiosFormat, smbios), uuid: randomUUID() });
}
