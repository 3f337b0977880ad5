import { Ipv4Interface, Problems, Secret, isIpAddress, isIpv6Interface } from '../core';
import { vmRules as rules } from './rules';

/** Addresses of one network device, as cloud-init sets them. */
export class IpConfig {
  /** An IPv4 address from DHCP. */
  public static dhcp(): IpConfig { return new IpConfig({ ipv4Address: 'dhcp' }); }

  /**
   * A fixed IPv4 address.
   * @param address with its prefix length, such as `192.168.1.20/24`
   * @param gateway router in the same network; none for a network without one
   */
  public static fixed(address: string, gateway?: string): IpConfig {
    return IpConfig.of({ ipv4Address: address, ipv4Gateway: gateway });
  }

  /** IPv4 and IPv6 addresses in any mix. */
  public static of(props: IpConfigProps): IpConfig { return new IpConfig(props); }

  private constructor(
    /** The addresses. */
    public readonly props: IpConfigProps,
  ) {
    const problems = new Problems('IpConfig');
    const { ipv4Address, ipv4Gateway, ipv6Address, ipv6Gateway } = props;
    problems.check(ipv4Address !== undefined || ipv6Address !== undefined, rules['ip-config-empty'], { property: 'ipv4Address' });
    if (ipv4Address !== undefined && ipv4Address !== 'dhcp') {
      const own = Ipv4Interface.parse(ipv4Address);
      problems.check(own?.isHost === true, rules['ipv4-address-form'], { property: 'ipv4Address', received: ipv4Address });
      if (own !== undefined && ipv4Gateway !== undefined) {
        problems.check(own.reaches(ipv4Gateway), rules['gateway-unreachable'], { property: 'ipv4Gateway', received: ipv4Gateway });
      }
    } else if (ipv4Gateway !== undefined) {
      problems.report(rules['gateway-with-dhcp'], { property: 'ipv4Gateway', received: ipv4Gateway });
    }
    if (ipv6Address !== undefined && ipv6Address !== 'dhcp' && ipv6Address !== 'auto') {
      problems.check(isIpv6Interface(ipv6Address), rules['ipv6-address-form'], { property: 'ipv6Address', received: ipv6Address });
      if (ipv6Gateway !== undefined) {
        problems.check(isIpAddress(ipv6Gateway) && ipv6Gateway.includes(':'), rules['ipv6-address-form'], { property: 'ipv6Gateway', received: ipv6Gateway });
      }
    } else if (ipv6Gateway !== undefined) {
      problems.report(rules['gateway-with-dhcp'], { property: 'ipv6Gateway', received: ipv6Gateway });
    }
    problems.throwIfAny();
  }
}

/** IPv4 and IPv6 addresses of one network device. */
export interface IpConfigProps {
  /** IPv4 address with prefix length, such as `192.168.1.20/24`, or `dhcp`. @default - no IPv4 */
  readonly ipv4Address?: string;
  /** IPv4 router, in the network of the address. Not with `dhcp`. @default - none */
  readonly ipv4Gateway?: string;
  /** IPv6 address with prefix length, or `auto` (SLAAC), or `dhcp`. @default - no IPv6 */
  readonly ipv6Address?: string;
  /** IPv6 router. Only with a fixed address. @default - none */
  readonly ipv6Gateway?: string;
}

/**
 * What cloud-init sets at the first boot of a machine.
 *
 * @see https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_cloud_init
 */
export interface CloudInit {
  /** User that is created, with the right to become root. @default - the user of the operating system, such as `ubuntu` */
  readonly username?: string;
  /** Public SSH keys of the user, one line each as in `authorized_keys`. @default - none */
  readonly sshKeys?: string[];
  /** Password of the user. It stands in Terraform's state; keys are better. @default - none: no login with a password */
  readonly password?: Secret;
  /** Addresses, one for each network device in their order. @default - DHCP on the first device */
  readonly ipConfigs?: IpConfig[];
  /** Addresses of name servers. @default - those of the node */
  readonly dnsServers?: string[];
  /** Search domain. @default - that of the node */
  readonly dnsDomain?: string;
  /** Whether the first boot upgrades all packages: minutes instead of seconds, and no longer what the image was. @default false */
  readonly upgradePackages?: boolean;
  /**
   * Own user data (`#cloud-config …`), which takes the place of `username`, `sshKeys` and `password`. It is uploaded as a snippet, and
   * that needs SSH to the node (`ssh` of the ProxmoxVe). A change replaces the machine.
   * @default - none
   * @see https://cloudinit.readthedocs.io/en/latest/explanation/format.html
   */
  readonly userData?: string;
}

/** A line of `authorized_keys`: options, type, key, comment. */
const SSH_KEY = /^(\S.*\s)?(ssh-(ed25519|rsa|dss)|ecdsa-sha2-nistp(256|384|521)|sk-(ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com) [A-Za-z0-9+/]{40,}={0,3}(\s.*)?$/;
const USERNAME = /^[a-z_][a-z0-9_-]{0,31}$/;

/**
 * Notes what cloud-init or Proxmox VE would not take.
 * @internal
 */
export function validateCloudInit(cloudInit: CloudInit, devices: number, problems: Problems): void {
  const { username, sshKeys = [], ipConfigs = [], dnsServers = [], dnsDomain, userData } = cloudInit;
  if (username !== undefined) {
    problems.check(USERNAME.test(username), rules['cloud-init-username'], { property: 'cloudInit.username', received: username });
  }
  sshKeys.forEach((key, i) => problems.check(!/[\n\r\0]/.test(key) && SSH_KEY.test(key), rules['ssh-key-form'], { property: `cloudInit.sshKeys[${i}]`, received: key }));
  problems.check(ipConfigs.length <= devices, rules['ip-config-without-device'], {
    property: 'cloudInit.ipConfigs', received: ipConfigs.length, rule: `${rules['ip-config-without-device'].rule} This machine has ${devices}.`,
  });
  dnsServers.forEach((server, i) => problems.check(isIpAddress(server), rules['dns-server-form'], { property: `cloudInit.dnsServers[${i}]`, received: server }));
  if (dnsDomain !== undefined) {
    problems.check(/^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?$/.test(dnsDomain), rules['dns-domain-form'], { property: 'cloudInit.dnsDomain', received: dnsDomain });
  }
  if (userData !== undefined) {
    problems.check(/^(#cloud-config|#!|#include|#cloud-boothook|#part-handler|Content-Type: multipart|## template: jinja)/.test(userData),
      rules['user-data-header'], { property: 'cloudInit.userData', received: userData.slice(0, 40) });
    const shadowed = (['username', 'sshKeys', 'password'] as const).filter((property) => cloudInit[property] !== undefined);
    problems.check(shadowed.length === 0, rules['user-data-shadows'], { property: shadowed.map((p) => `cloudInit.${p}`).join(', ') });
  }
}
