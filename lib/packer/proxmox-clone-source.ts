import { isIPv6 } from 'node:net';
import { Problems } from '../core';
import { Block, Body } from '../hcl';
import { checkClone } from './clone-checks';
import { expandedIpv6 } from './ipv6';
import { once } from './plugin-text';
import { ProxmoxSource } from './proxmox-source';
import { ProxmoxSourceProps } from './proxmox-source-props';

/** Addresses of a network card while the clone is built, handed over by cloud-init. */
export interface IpConfig {
  /**
   * IPv4 address with the length of its prefix, such as `192.168.1.50/24`, or `dhcp`.
   * @default - no IPv4 address
   */
  readonly ip?: string;
  /**
   * IPv4 gateway. Not with `dhcp`.
   * @default - none
   */
  readonly gateway?: string;
  /**
   * IPv6 address with the length of its prefix, `auto` or `dhcp`. Its shortest form has at least three colons: `fd00::5/64`
   * is refused, `fd00::1:5/64` is not. No zone.
   * @default - no IPv6 address
   */
  readonly ip6?: string;
  /**
   * IPv6 gateway, without a zone. Not with `auto` or `dhcp`. It is written with all of its eight groups.
   * @default - none
   */
  readonly gateway6?: string;
}

/**
 * What is said of a source that starts from a clone of a template.
 *
 * The plugin writes its own defaults over the hardware of the template (512 MiB, one core, kvm64, lsi, …). Therefore
 * `memory`, `cores`, `cpuType`, `os` and `scsiController` have to be said on every clone. EFI disk and disks of the template are
 * kept as they are. A clone lies on the storages of its template; there is no way to choose another.
 *
 * @see https://developer.hashicorp.com/packer/integrations/hashicorp/proxmox/latest/components/builder/clone
 */
export interface ProxmoxCloneSourceProps extends ProxmoxSourceProps {
  /**
   * Name of the template. Where several have it, the plugin takes one of them; `cloneVmId` is certain. Either of the two.
   * @default - `cloneVmId` is given
   */
  readonly cloneVm?: string;
  /**
   * Id of the template, 100 to 999999999. Either this or `cloneVm`.
   * @default - `cloneVm` is given
   */
  readonly cloneVmId?: number;
  /**
   * Whether all disks are copied; else they are linked to those of the template.
   * @default true
   */
  readonly fullClone?: boolean;
  /**
   * Addresses of DNS servers while the clone is built.
   * @default - those of the node
   */
  readonly nameservers?: string[];
  /**
   * DNS domain in which names are looked up while the clone is built.
   * @default - that of the node
   */
  readonly searchDomain?: string;
  /**
   * Addresses of the network cards while the clone is built, in the order of `networkAdapters`, of which there are at least
   * as many.
   * @default - none
   */
  readonly ipConfigs?: IpConfig[];
}

/** A machine that is cloned from a template, changed, and made a template of its own. */
export class ProxmoxCloneSource extends ProxmoxSource {
  /** Type of the builder. */
  public static readonly BUILDER_TYPE = 'proxmox-clone';

  /**
   * @param name name of the source in the template: letters, digits, `_` and `-`, not beginning with a digit
   * @param props what is said of it
   */
  public constructor(name: string, private readonly props: ProxmoxCloneSourceProps) {
    super(ProxmoxCloneSource.BUILDER_TYPE, name, props);
    this.refuseMistakes((problems: Problems) => checkClone(problems, props));
  }

  /** Whether another source of the same template builds what this one clones. */
  public isCloneOf(other: ProxmoxSource): boolean {
    const { cloneVm, cloneVmId } = this.props;
    return (cloneVmId !== undefined && cloneVmId === other.vmId) || (cloneVm !== undefined && cloneVm === other.templateName);
  }

  protected override toBody(): Body {
    const { props } = this;
    const common = super.toBody();
    return new Body(
      {
        ...common.attributes,
        ...once({
          clone_vm: props.cloneVm,
          clone_vm_id: props.cloneVmId,
          full_clone: props.fullClone,
          nameserver: props.nameservers?.join(' '),
          searchdomain: props.searchDomain,
        }),
      },
      [...common.blocks, ...(props.ipConfigs ?? []).map(renderIpConfig)],
    );
  }
}

function renderIpConfig(config: IpConfig): Block {
  return new Block('ipconfig', [], new Body(once({
    ip: config.ip,
    gateway: config.gateway,
    ip6: config.ip6,
    gateway6: renderGateway6(config.gateway6),
  })));
}

/** The plugin's client takes a short address such as fe80::1 for none. */
function renderGateway6(gateway: string | undefined): string | undefined {
  return gateway !== undefined && isIPv6(gateway) && !gateway.includes('%') ? expandedIpv6(gateway) : gateway;
}
