import { parsePropertyString } from '../schema/validation';
import { parseNetwork } from './network';
import { ipConfigFormat } from './option-formats';

/** A configuration. */
type Config = ReadonlyMap<string, string>;

/** A network card that cloud-init is told of. @internal */
export interface ConfiguredCard {
  /** `eth0`. */
  readonly name: string;
  readonly index: string;
  /** As in the configuration. */
  readonly macaddr: string;
  readonly mtu?: string;
  readonly ip?: string;
  readonly gw?: string;
  readonly ip6?: string;
  readonly gw6?: string;
}

/** The cards with addresses; sorted as text, so that net10 comes before net2. @internal */
export function configuredCards(config: Config): ConfiguredCard[] {
  return [...config.keys()].filter((key) => /^net\d+$/.test(key)).sort().flatMap((key) => {
    const index = key.slice('net'.length);
    const addresses = config.get(`ipconfig${index}`);
    if (!addresses) return [];
    const { macaddr, mtu } = parseNetwork(config.get(key)!);
    return [{ name: `eth${index}`, index, macaddr, mtu, ...parsePropertyString(ipConfigFormat, addresses) }];
  });
}

const words = (text: string | undefined) => (text ?? '').split(/\s+/).filter((word) => word !== '');

/** Domains to search; those of the host if none are given, and it has none. @internal */
export function searchDomains(config: Config): string[] {
  return words(config.get('searchdomain'));
}

/** Name servers; those of the host if none are given. @internal */
export function nameServers(config: Config): string[] {
  return config.has('nameserver') ? words(config.get('nameserver')) : ['127.0.0.1'];
}

/** An address and its mask, `255.255.255.0`. @internal */
export function splitAddress(cidr: string): { readonly address: string; readonly mask: string } {
  const [address, bits] = cidr.split('/');
  const octets = [0, 8, 16, 24].map((at) => 256 - 2 ** (8 - Math.min(Math.max(Number(bits) - at, 0), 8)));
  return { address, mask: octets.join('.') };
}

/** `network-config` of NoCloud, version 1. @internal */
export function noCloudNetwork(config: Config): string {
  const cards = configuredCards(config).flatMap((card) => [
    '- type: physical',
    `  name: ${card.name}`,
    `  mac_address: '${card.macaddr.toLowerCase()}'`,
    '  subnets:',
    ...subnet4(card).map((line) => `  ${line}`),
    ...subnet6(card).map((line) => `  ${line}`),
  ]);
  const list = (name: string, items: readonly string[]) => items.length > 0 ? [`  ${name}:`, ...items.map((item) => `  - '${item}'`)] : [];
  const dns = ['- type: nameserver', ...list('address', nameServers(config)), ...list('search', searchDomains(config))];
  return ['version: 1', 'config:', ...[...cards, ...dns].map((line) => `    ${line}`)].map((line) => `${line}\n`).join('');
}

function subnet4({ ip, gw }: ConfiguredCard): string[] {
  if (ip === undefined) return [];
  if (ip === 'dhcp') return ['- type: dhcp4'];
  const { address, mask } = splitAddress(ip);
  return ['- type: static', `  address: '${address}'`, `  netmask: '${mask}'`, ...gw === undefined ? [] : [`  gateway: '${gw}'`]];
}

function subnet6({ ip6, gw6 }: ConfiguredCard): string[] {
  if (ip6 === undefined) return [];
  if (ip6 === 'dhcp') return ['- type: dhcp6'];
  if (ip6 === 'auto') return ['- type: ipv6_slaac'];
  return ['- type: static6', `  address: '${ip6}'`, ...gw6 === undefined ? [] : [`  gateway: '${gw6}'`]];
}

/** Interfaces as ConfigDrive has them, in Debian's form. @internal */
export function configDriveNetwork(config: Config): string {
  const servers = nameServers(config).join(' ');
  const domains = searchDomains(config).join(' ');
  const head = [
    'auto lo', 'iface lo inet loopback', '',
    ...servers === '' ? [] : [`        dns_nameservers ${servers}`],
    ...domains === '' ? [] : [`        dns_search ${domains}`],
  ];
  return [...head, ...interfaces(config)].map((line) => `${line}\n`).join('');
}

/** Interfaces as Cloudbase-Init wants them, name servers with each. @internal */
export function windowsNetwork(config: Config): string {
  const servers = nameServers(config).join(' ');
  return interfaces(config, servers === '' ? undefined : `        dns-nameservers ${servers}`).map((line) => `${line}\n`).join('');
}

function interfaces(config: Config, last?: string): string[] {
  const fixed = (address: string, mask: string, gateway: string | undefined) => [
    `        address ${address}`, `        netmask ${mask}`, ...gateway === undefined ? [] : [`        gateway ${gateway}`], ...last === undefined ? [] : [last],
  ];
  return configuredCards(config).flatMap(({ name, ip, gw, ip6, gw6 }) => {
    const lines = [`auto ${name}`];
    if (ip === 'dhcp') lines.push(`iface ${name} inet dhcp`);
    else if (ip !== undefined) lines.push(`iface ${name} inet static`, ...fixed(splitAddress(ip).address, splitAddress(ip).mask, gw));
    if (ip6 === 'dhcp' || ip6 === 'auto') lines.push(`iface ${name} inet6 ${ip6}`);
    else if (ip6 !== undefined) lines.push(`iface ${name} inet6 static`, ...fixed(ip6.split('/')[0], ip6.split('/')[1], gw6));
    return lines;
  });
}
