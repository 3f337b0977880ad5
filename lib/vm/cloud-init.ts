import { Ipv4Interface, Problems, Secret, containsTerraformToken, isDnsName, isIpAddress, isIpv6Interface } from '../core';
import { checkSshKey } from '../image/ssh-key';
import { proxmoxRules } from '../proxmox';
import { AddressUse } from '../proxmox/address-claims';
import { FLAG, Kinds, SECRET, TEXT, checkKinds, instanceOf, listOf } from '../proxmox/kinds';
import { checkForm, checkNoExpression } from '../proxmox/text-forms';
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
    checkKinds(props, IP_CONFIG, problems);
    problems.throwIfAny();
    this.validate(problems);
    problems.throwIfAny();
  }

  /** References to Terraform are taken as they are. */
  private validate(problems: Problems): void {
    const { ipv4Address, ipv4Gateway, ipv6Address, ipv6Gateway } = this.props;
    problems.check(ipv4Address !== undefined || ipv6Address !== undefined, rules['ip-config-empty'], { property: 'ipv4Address' });
    if (containsTerraformToken(ipv4Address)) {
      // nothing is known of it
    } else if (ipv4Address !== undefined && ipv4Address !== 'dhcp') {
      const own = Ipv4Interface.parse(ipv4Address);
      problems.check(own?.isHost === true, rules['ipv4-address-form'], { property: 'ipv4Address', received: ipv4Address });
      if (own !== undefined && ipv4Gateway !== undefined && !containsTerraformToken(ipv4Gateway)) {
        problems.check(own.reaches(ipv4Gateway), rules['gateway-unreachable'], { property: 'ipv4Gateway', received: ipv4Gateway });
      }
    } else if (ipv4Gateway !== undefined) {
      problems.report(rules['gateway-with-dhcp'], { property: 'ipv4Gateway', received: ipv4Gateway });
    }
    if (containsTerraformToken(ipv6Address)) {
      // nothing is known of it
    } else if (ipv6Address !== undefined && ipv6Address !== 'dhcp' && ipv6Address !== 'auto') {
      problems.check(isIpv6Interface(ipv6Address) && !ipv6Address.includes('%'), rules['ipv6-address-form'], { property: 'ipv6Address', received: ipv6Address });
      if (ipv6Gateway !== undefined && !containsTerraformToken(ipv6Gateway)) {
        problems.check(isIpv6Interface(`${ipv6Gateway}/64`) && ipv6Gateway !== ipv6Address.split('/')[0], rules['ipv6-address-form'], {
          property: 'ipv6Gateway', received: ipv6Gateway,
        });
      }
    } else if (ipv6Gateway !== undefined) {
      problems.report(rules['gateway-with-dhcp'], { property: 'ipv6Gateway', received: ipv6Gateway });
    }
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
  /**
   * Public SSH keys of the user, one line each as in `authorized_keys`, with options that sshd knows. Refused is what Proxmox VE would hand on as
   * something else: `: ` in a line, and ` #` in its options.
   * @default - none
   */
  readonly sshKeys?: string[];
  /** Password of the user. It stands in Terraform's state; keys are better. @default - none: no login with a password */
  readonly password?: Secret;
  /**
   * Addresses, one for each network device in their order. Refused is a fixed one that another device has on the same bridge and VLAN of the
   * node, where both machines can run.
   * @default - DHCP on the first device
   */
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

/**
 * The fixed addresses of a device that are known now, in the one form in which they are compared.
 * @internal
 */
export function fixedAddresses(config: IpConfig | undefined, property: string): Pick<AddressUse, 'property' | 'received' | 'address' | 'rule'>[] {
  return (['ipv4Address', 'ipv6Address'] as const).flatMap((name) => {
    const received = config?.props[name];
    if (received === undefined || !received.includes('/') || containsTerraformToken(received)) return [];
    const [text] = received.split('/');
    const address = name === 'ipv4Address' ? text : new URL(`http://[${text}]`).hostname.slice(1, -1);
    return [{ property: `${property}.${name}`, received, address, rule: proxmoxRules['ip-address-claimed-twice'] }];
  });
}

const IP_CONFIG: Kinds<IpConfigProps> = { ipv4Address: TEXT, ipv4Gateway: TEXT, ipv6Address: TEXT, ipv6Gateway: TEXT };

/** Whether a line is more than a text where YAML has it without quotes: a name and its value, or a key behind a remark. */
function isOtherInYaml(key: string): boolean {
  return /:(\s|$)/.test(key) || /\s#.*\s(ssh|ecdsa|sk)-\S+\s+AAAA/.test(key);
}

/**
 * What the properties of `CloudInit` are.
 * @internal
 */
export const CLOUD_INIT_KINDS: Kinds<CloudInit> = {
  username: TEXT,
  sshKeys: listOf(TEXT),
  password: SECRET,
  ipConfigs: listOf(instanceOf(IpConfig, 'IpConfig.dhcp()')),
  dnsServers: listOf(TEXT),
  dnsDomain: TEXT,
  upgradePackages: FLAG,
  userData: TEXT,
};

const USERNAME = /^[a-z_][a-z0-9_-]{0,31}$/;

/**
 * Notes what cloud-init or Proxmox VE would not take.
 * @internal
 */
export function validateCloudInit(cloudInit: CloudInit, devices: number, problems: Problems): void {
  const { username, sshKeys = [], ipConfigs = [], dnsServers = [], dnsDomain, userData } = cloudInit;
  checkForm(problems, 'cloudInit.username', username, USERNAME, rules['cloud-init-username'], true);
  sshKeys.forEach((key, i) => {
    const property = `cloudInit.sshKeys[${i}]`;
    checkSshKey(problems, property, key, true);
    problems.check(!isOtherInYaml(key.trim()), rules['ssh-key-in-user-data'], { property });
  });
  problems.check(ipConfigs.length <= devices, rules['ip-config-without-device'], {
    property: 'cloudInit.ipConfigs', received: ipConfigs.length, rule: `${rules['ip-config-without-device'].rule} This machine has ${devices}.`,
  });
  dnsServers.forEach((server, i) => {
    const isAddress = containsTerraformToken(server) || (isIpAddress(server) && !server.includes('%'));
    problems.check(isAddress, rules['dns-server-form'], { property: `cloudInit.dnsServers[${i}]`, received: server });
  });
  if (dnsDomain !== undefined && !containsTerraformToken(dnsDomain)) {
    problems.check(isDnsName(dnsDomain), rules['dns-domain-form'], { property: 'cloudInit.dnsDomain', received: dnsDomain });
  }
  if (userData !== undefined) {
    checkNoExpression(problems, 'cloudInit.userData', userData);
    const header = /^(#cloud-config|#!|#include|#cloud-boothook|#part-handler|Content-Type: multipart|## template: jinja)/;
    // It may hold a secret by mistake, so only its first line is shown.
    problems.check(containsTerraformToken(userData) || header.test(userData), rules['user-data-header'], {
      property: 'cloudInit.userData', received: userData.split('\n')[0].slice(0, 40),
    });
    const shadowed = (['username', 'sshKeys', 'password'] as const).filter((property) => cloudInit[property] !== undefined);
    problems.check(shadowed.length === 0, rules['user-data-shadows'], { property: shadowed.map((p) => `cloudInit.${p}`).join(', ') });
  }
}
