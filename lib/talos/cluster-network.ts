import { isIPv4 } from 'net';
import { IConstruct } from 'constructs';
import { Ipv4Interface, Problems, isIpAddress } from '../core';
import { kept } from '../core/kept';
import { Kinds, TEXT, listOf, required } from '../proxmox/kinds';
import { warn } from '../proxmox/notices';
import { ClusterEndpoint } from './cluster-endpoint';
import { clusterRules as rules } from './cluster-rules';
import { Subnet } from './patches/subnet';

/** The network in which the nodes of a cluster are. */
export interface ClusterNetwork {
  /** Its IPv4 addresses, such as `192.168.1.0/24`. */
  readonly subnet: string;
  /** Its router, for nodes with fixed addresses. @default - none: they reach their own network only */
  readonly gateway?: string;
  /** Name servers of nodes with fixed addresses. @default - the gateway, if there is one */
  readonly nameServers?: string[];
}

/**
 * Kinds of the properties of a network.
 * @internal
 */
export const NETWORK_KINDS: Kinds<ClusterNetwork> = { subnet: required(TEXT), gateway: TEXT, nameServers: listOf(TEXT) };

const GATEWAY = 'the gateway';

/** Which cluster has which address, in one app. */
const clustersOf = new WeakMap<IConstruct, Map<string, string>>();

/**
 * The addresses of a cluster: who has which, and that nobody has another's.
 * @internal
 */
export class ClusterAddresses {
  private readonly holders = new Map<string, string>();
  private readonly subnet?: Ipv4Interface;

  /** @param construct the cluster, which is compared with others of its app */
  public constructor(private readonly network: ClusterNetwork, problems: Problems, private readonly construct?: IConstruct) {
    const subnet = Ipv4Interface.parse(network.subnet);
    const whole = subnet !== undefined && subnet.hostNumber === 0 && subnet.prefixLength >= 8 && subnet.prefixLength <= 30;
    problems.check(whole, rules['subnet-form'], { property: 'network.subnet', received: network.subnet });
    if (whole) this.subnet = subnet;
    if (network.gateway !== undefined) this.claim(network.gateway, GATEWAY, 'network.gateway', problems);
    network.nameServers?.forEach((server, i) => problems.check(isIpAddress(server), rules['talos-name-server'], {
      property: `network.nameServers[${i}]`, received: server,
    }));
  }

  /** Length of the network's prefix. */
  public get prefixLength(): number {
    return this.subnet?.prefixLength ?? 24;
  }

  /** First address of the network, which is that of the network itself. */
  public get networkAddress(): string {
    return this.subnet?.address ?? '';
  }

  /** Name servers of nodes with fixed addresses. */
  public get nameServers(): string[] {
    const { nameServers, gateway } = this.network;
    return [...new Set(nameServers ?? (gateway === undefined ? [] : [gateway]))];
  }

  /** Warns where pods or services have addresses of the nodes. */
  public warnOfOverlap(construct: IConstruct): void {
    const subnet = Subnet.parse(this.network.subnet);
    const overlaps = subnet !== undefined && ['10.244.0.0/16', '10.96.0.0/12'].some((text) => subnet.overlaps(Subnet.parse(text)!));
    if (overlaps) warn(construct, rules['subnet-overlap'], { property: 'network.subnet', received: this.network.subnet });
  }

  /** Notes what is wrong with the address that control plane nodes hold in turn. */
  public claimEndpoint(endpoint: ClusterEndpoint, problems: Problems): void {
    if (endpoint.virtualAddress !== undefined) this.claim(endpoint.virtualAddress, 'the virtual address', 'endpoint', problems);
  }

  /** Notes what is no address of a host in the network. @returns whether it is an address at all */
  public check(address: string, property: string, problems: Problems): boolean {
    const own = isIPv4(address) ? Ipv4Interface.parse(`${address}/${this.prefixLength}`) : undefined;
    const finding = { property, received: address };
    problems.check(own !== undefined, rules['node-address-form'], finding);
    if (own !== undefined && this.subnet !== undefined) {
      problems.check(own.isHost && this.subnet.reaches(address), rules['node-address-outside-subnet'], {
        ...finding, rule: `An address is one that a host in ${this.network.subnet} can have.`,
      });
    }
    return own !== undefined;
  }

  /** Gives an address to a holder, or notes why it cannot have it. */
  public claim(address: string, holder: string, property: string, problems: Problems): void {
    if (!this.check(address, property, problems)) return;
    const other = this.holders.get(address);
    if (other !== undefined) {
      problems.report(rules['node-address-twice'], { property, received: address, rule: `An address has one holder, and ${address} is that of ${other}.` });
      return;
    }
    this.holders.set(address, holder);
    if (holder !== GATEWAY) this.compare(address, property);
  }

  /** Warns where another cluster of the app has the address; their networks can be apart for all that. */
  private compare(address: string, property: string): void {
    const { construct } = this;
    if (construct === undefined) return;
    const key = `${address} in ${this.network.subnet}`;
    const taken = kept(clustersOf, construct.node.root, () => new Map<string, string>());
    const other = taken.get(key);
    if (other !== undefined && other !== construct.node.path) warn(construct, rules['node-address-of-another-cluster'], { property, received: `${address}, also in ${other}` });
    else taken.set(key, construct.node.path);
  }

  /** The place of an address in the network, by which its node is known for life. */
  public hostNumber(address: string): number {
    return Ipv4Interface.parse(`${address}/${this.prefixLength}`)?.hostNumber ?? 0;
  }
}
