import { isIPv4 } from 'net';
import { Problems, isIpAddress } from '../../core';
import { Kinds, NUMBER, TEXT, checkKinds, listOf, objectOf, required } from '../../proxmox/kinds';
import { PatchRenderer } from '../patch-document';
import { patchRules as rules } from '../patch-rules';
import { checkKnown, checkText, checkTexts, document, isControlPlane, isHost, isHostName } from './form';
import { Subnet } from './subnet';

/** A route of a network interface. */
export interface LinkRoute {
  /** The network it leads to, such as `10.0.0.0/8`. @default - everything that no other route leads to */
  readonly destination?: string;
  /** Address of the router. */
  readonly gateway: string;
}

/** What is fixed of a network interface. */
export interface LinkOptions {
  /** Addresses with the lengths of their prefixes, such as `192.168.1.11/24`. */
  readonly addresses: string[];
  /** Routes by the interface. @default - none: only its own network is reached by it */
  readonly routes?: LinkRoute[];
  /** Largest packet in bytes, 576 to 65535. @default - that of the interface */
  readonly mtu?: number;
}

const ROUTE: Kinds<LinkRoute> = { destination: TEXT, gateway: required(TEXT) };
const OPTIONS: Kinds<LinkOptions> = { addresses: required(listOf(TEXT)), routes: listOf(objectOf(ROUTE)), mtu: NUMBER };
const LINK_NAME = /^(?!\.{1,2}$)[^\s/:]{1,15}$/;

/** @internal */
export function timeServers(servers: string[]): PatchRenderer {
  const problems = new Problems('ConfigPatch.timeServers');
  checkTexts(problems, 'servers', servers, rules['time-server-form'], isHost);
  problems.throwIfAny();
  return () => [document('TimeSyncConfig', { ntp: { servers } })];
}

/** @internal */
export function nameServers(addresses: string[]): PatchRenderer {
  const problems = new Problems('ConfigPatch.nameServers');
  checkTexts(problems, 'addresses', addresses, rules['name-server-form'], isIpAddress);
  problems.throwIfAny();
  return () => [document('ResolverConfig', { nameservers: addresses.map((address) => ({ address })) })];
}

/** @internal */
export function hostname(name: string): PatchRenderer {
  const problems = new Problems('ConfigPatch.hostname');
  checkText(problems, 'name', name, rules['host-name-form'], isHostName);
  problems.throwIfAny();
  // The generated configuration has a document that makes a name up; without `auto: off` the two contradict each other.
  return () => [document('HostnameConfig', { auto: 'off', hostname: name })];
}

/** @internal */
export function link(name: string, options: LinkOptions): PatchRenderer {
  const problems = new Problems('ConfigPatch.link');
  checkText(problems, 'name', name, rules['link-name-form'], (text) => LINK_NAME.test(text));
  checkKinds(options, OPTIONS, problems, 'options');
  problems.throwIfAny();
  const { addresses, routes, mtu } = options;
  checkTexts(problems, 'addresses', addresses, rules['link-address-form'], (text) => Subnet.parse(text)?.isHost ?? false);
  routes?.forEach((route, i) => {
    if (!checkKnown(problems, `routes[${i}]`, Object.values(route))) return;
    problems.check(isRoute(route), rules['link-route-form'], { property: `routes[${i}]`, received: `${route.destination ?? 'default'} by ${route.gateway}` });
  });
  if (mtu !== undefined && checkKnown(problems, 'mtu', mtu)) {
    problems.check(Number.isInteger(mtu) && mtu >= 576 && mtu <= 65535, rules['link-mtu-range'], { property: 'mtu', received: mtu });
  }
  problems.throwIfAny();
  return () => [document('LinkConfig', {
    name,
    ...mtu === undefined ? {} : { mtu },
    addresses: addresses.map((address) => ({ address })),
    ...routes === undefined ? {} : { routes: routes.map(({ destination, gateway }) => destination === undefined ? { gateway } : { destination, gateway }) },
  })];
}

/** @internal */
export function layer2Vip(address: string, linkName: string): PatchRenderer {
  const problems = new Problems('ConfigPatch.layer2Vip');
  checkText(problems, 'address', address, rules['vip-form'], (text) => isIpAddress(text) && !text.includes('%'));
  checkText(problems, 'linkName', linkName, rules['link-name-form'], (text) => LINK_NAME.test(text));
  problems.throwIfAny();
  return (context) => {
    new Problems(context.path)
      .check(isControlPlane(context), rules['vip-on-worker'], { property: 'configPatches', received: `layer2Vip ${address}` })
      .throwIfAny();
    return [document('Layer2VIPConfig', { name: address, link: linkName })];
  };
}

/** @internal */
export function certSans(names: string[]): PatchRenderer {
  const problems = new Problems('ConfigPatch.certSans');
  checkTexts(problems, 'names', names, rules['certificate-name-form'], isHost);
  problems.throwIfAny();
  return () => [{ machine: { certSANs: names } }];
}

function isRoute({ destination, gateway }: LinkRoute): boolean {
  if (!isIpAddress(gateway) || gateway.includes('%')) return false;
  if (destination === undefined) return true;
  const network = Subnet.parse(destination);
  // Talos takes the default route only as one without destination.
  return network !== undefined && network.isNetwork && network.address !== 0n && (network.bits === 32) === isIPv4(gateway);
}
