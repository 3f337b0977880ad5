import { isIPv4, isIPv6 } from 'node:net';

/**
 * What a value's format forbids, in PVE's words.
 *
 * @internal
 */
export class FormatError extends Error {
  /**
   * @param text the text, without the newline at its end
   * @param details what is wrong with single keys of a property string
   */
  public constructor(text: string, private readonly details: { readonly [key: string]: string } = {}) {
    super(text);
  }

  /** The text as PVE writes it into the answer. */
  public get report(): string {
    return `${this.message}\n${Object.entries(this.details).map(([key, text]) => `${key}: ${text}\n`).join('')}`;
  }
}

type Check = (value: string) => void;

const refuse = (text: string): never => {
  throw new FormatError(text);
};
const matching = (pattern: RegExp, text: string | ((value: string) => string)): Check => (value) => {
  if (!pattern.test(value)) refuse(typeof text === 'string' ? text : text(value));
};
const label = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const dnsName = new RegExp(`^(?:${label}\\.)*${label}$`);

/** Whether a text can be a name in DNS, as PVE sees it: unlike the core's `isDnsName` it bounds neither a name nor its labels in length. @internal */
export const isDnsName = (value: string): boolean => dnsName.test(value);

function cidr(value: string): 4 | 6 | undefined {
  const match = /^(.+)\/(\d+)$/.exec(value);
  if (!match) return undefined;
  const bits = Number(match[2]);
  if (isIPv4(match[1]) && bits > 7 && bits <= 32) return 4;
  return isIPv6(match[1]) && bits > 7 && bits <= 128 ? 6 : undefined;
}

/** The named formats; `NAME-list` checks each of a list, `NAME-opt` lets an empty value pass. @internal */
export const formats: { [name: string]: Check } = {
  'string': () => undefined,
  'urlencoded': matching(/^[-%a-zA-Z0-9_.!~*'()]*$/, (value) => `invalid urlencoded string: ${value}`),
  'pve-configid': matching(/^[a-z][a-z0-9_-]+$/i, (value) => `invalid configuration ID '${value}'`),
  'pve-storage-id': matching(/^[a-z][a-z0-9\-_.]*[a-z0-9]$/i, (value) => `storage ID '${value}' contains illegal characters`),
  'pve-bridge-id': matching(/^[-_.\w\d]+$/i, (value) => `invalid bridge ID '${value}'`),
  'pve-vmid': matching(/^[1-9][0-9]{2,8}$/, 'value does not look like a valid VM ID'),
  'pve-node': matching(new RegExp(`^${label}$`), 'value does not look like a valid node name'),
  'pve-poolid': matching(/^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+){0,2}$/, (value) => `pool name '${value}' contains invalid characters`),
  'pve-tag': matching(/^[a-z0-9_][a-z0-9_\-+.]*$/i, 'invalid characters in tag'),
  'pve-iface': matching(/^[a-z][a-z0-9_]{1,20}([:.]\d+)?$/i, (value) => `invalid network interface name '${value}'`),
  'mac-addr': matching(/^[a-f0-9][02468ace](?::[a-f0-9]{2}){5}$/i, 'value does not look like a valid unicast MAC address'),
  'dns-name': matching(dnsName, 'value does not look like a valid DNS name'),
  'ipv4': (value) => isIPv4(value) || refuse('value does not look like a valid IPv4 address'),
  'ipv6': (value) => isIPv6(value) || refuse('value does not look like a valid IPv6 address'),
  'ip': (value) => isIPv4(value) || isIPv6(value) || refuse('value does not look like a valid IP address'),
  'address': (value) => isIPv4(value) || isIPv6(value) || dnsName.test(value) || refuse(`value does not look like a valid address: ${value}`),
  'CIDR': (value) => cidr(value) ?? refuse('value does not look like a valid CIDR network'),
  'CIDRv4': (value) => cidr(value) === 4 || refuse('value does not look like a valid IPv4 CIDR network'),
  'CIDRv6': (value) => cidr(value) === 6 || refuse('value does not look like a valid IPv6 CIDR network'),
  'pve-ipv4-config': (value) => /^(dhcp|manual)$/.test(value) || cidr(value) === 4 || refuse('value does not look like a valid ipv4 network configuration'),
  'pve-ipv6-config': (value) => /^(auto|dhcp|manual)$/.test(value) || cidr(value) === 6 || refuse('value does not look like a valid ipv6 network configuration'),
  'email': matching(/^[\w+\-~]+(?:\.[\w+\-~]+)*@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*$/, 'value does not look like a valid email address'),
  'disk-size': (value) => parseSize(value) ?? refuse(`value does not look like a valid disk size: ${value}`),
};

/** Adds formats of an area to the named ones. @internal */
export function registerFormats(more: { readonly [name: string]: Check }): void {
  Object.assign(formats, more);
}

/** Bytes of a size as PVE writes it: `528K`, `32G`, a bare number of bytes. @internal */
export function parseSize(value: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([KMGT])?$/.exec(value);
  return match ? Math.trunc(Number(match[1]) * 1024 ** ' KMGT'.indexOf(match[2] ?? ' ')) : undefined;
}

/** A size as PVE writes it: the largest unit in which it is whole. @internal */
export function formatSize(bytes: number): string {
  let value = bytes;
  for (const unit of ['', 'K', 'M', 'G', 'T']) {
    if (unit === 'T' || value % 1024 !== 0 || value === 0) return `${value}${unit}`;
    value /= 1024;
  }
  return `${bytes}`;
}

/** The items of a list: commas, semicolons, zero bytes and white space separate. @internal */
export function splitList(value: string): string[] {
  return value.trim().split(/[\s,;\0]+/).filter((item) => item !== '');
}
