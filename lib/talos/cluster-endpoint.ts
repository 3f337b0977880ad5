import { isIPv4 } from 'net';
import { Problems, isHostName } from '../core';
import { NUMBER, TEXT, required } from '../proxmox/kinds';
import { clusterRules as rules } from './cluster-rules';

/**
 * The address under which the Kubernetes API of a cluster is reached. It is written into every certificate and every kubeconfig, so it is
 * chosen once; a DNS name leaves most doors open.
 *
 * @see https://docs.siderolabs.com/talos/latest/networking/vip
 */
export class ClusterEndpoint {
  /**
   * An address that one control plane node after the other holds. All of them must be in one layer 2 network; it answers only once etcd
   * runs, so Talos itself is never reached by it.
   * @param address a free IPv4 address in the subnet of the cluster
   */
  public static virtualIp(address: string): ClusterEndpoint {
    const problems = new Problems('ClusterEndpoint.virtualIp');
    required(TEXT)(address, 'address', problems);
    problems.throwIfAny();
    problems
      .check(isIPv4(address), rules['endpoint-virtual-ip'], { property: 'address', received: address })
      .throwIfAny();
    return new ClusterEndpoint(address, 6443, address);
  }

  /**
   * A DNS name, or a load balancer of your own.
   * @param host DNS name or IPv4 address
   * @param port 1 to 65535; 6443 if left out
   */
  public static host(host: string, port: number = 6443): ClusterEndpoint {
    const problems = new Problems('ClusterEndpoint.host');
    required(TEXT)(host, 'host', problems);
    NUMBER(port, 'port', problems);
    problems.throwIfAny();
    problems
      .check(isIPv4(host) || isHostName(host), rules['endpoint-host'], { property: 'host', received: host })
      .check(Number.isInteger(port) && port > 0 && port < 65536, rules['endpoint-port'], { property: 'port', received: port })
      .throwIfAny();
    return new ClusterEndpoint(host, port);
  }

  private constructor(
    /** DNS name or address. */
    public readonly host: string,
    /** Port of the Kubernetes API. */
    public readonly port: number,
    /** The address that control plane nodes hold in turn. @default - they hold none */
    public readonly virtualAddress?: string,
  ) {}

  /** The address as Talos takes it, such as `https://192.168.1.10:6443`. */
  public get url(): string {
    return `https://${this.host}:${this.port}`;
  }

  /** The address as Talos takes it. */
  public toString(): string {
    return this.url;
  }
}
