import { TerraformStack } from 'cdktf';
import { Ipv4Interface, Problems, containsTerraformToken, isIpAddress } from '../core';
import { kept } from '../core/kept';
import { proxmoxRules } from '../proxmox';
import { Kinds, TEXT, checkKinds, listOf, required } from '../proxmox/kinds';
import { checkForm } from '../proxmox/text-forms';
import { imageRules } from './rules';
import { IVmTemplate } from './vm-template';

/** A fixed address for the time of a build. */
export interface FixedBuildAddressProps {
  /** A free IPv4 address in the network of the bridge, with prefix length, such as `192.168.1.50/24`. */
  readonly address: string;
  /** Router in that network. */
  readonly gateway: string;
  /** Addresses of name servers. @default - those of the node */
  readonly dnsServers?: string[];
}

const FIXED_KINDS: Kinds<FixedBuildAddressProps> = { address: required(TEXT), gateway: required(TEXT), dnsServers: listOf(TEXT) };

/** How Packer reaches the machine it bakes. */
export enum BuildReach {
  /**
   * DHCP, and a base without guest agent: a seed ISO made by Packer installs the agent, which tells the address, and lets Packer in with
   * a password that Packer makes for this one build.
   */
  SEED = 'seed',
  /** DHCP, and a base with guest agent and cloud-init drive: the agent tells the address, cloud-init lets Packer's own key in. */
  AGENT = 'agent',
  /** A fixed address given by cloud-init, and Packer's own key. */
  FIXED = 'fixed',
}

/**
 * Where Packer finds the machine it bakes. Neither way asks for a key file or a password.
 */
export class BuildAddress {
  /**
   * The machine has its address from DHCP, and the guest agent tells it. Where the base has no agent, Packer makes a seed ISO that
   * installs it, which needs one of xorriso, mkisofs, hdiutil or oscdimg where Packer runs.
   */
  public static dhcp(): BuildAddress { return new BuildAddress(); }

  /**
   * The machine has a fixed address for the time of the build. The base needs a cloud-init drive; no ISO is made. Images of one stack that have
   * the same address are built one after the other; refused is that of a machine in the same network.
   */
  public static fixed(props: FixedBuildAddressProps): BuildAddress { return new BuildAddress(props); }

  private constructor(
    /** The fixed address; undefined for DHCP. */
    public readonly fixed?: FixedBuildAddressProps,
  ) {
    if (fixed === undefined) return;
    const problems = new Problems('BuildAddress.fixed');
    checkKinds(fixed, FIXED_KINDS, problems);
    problems.throwIfAny();
    const { address, gateway, dnsServers = [] } = fixed;
    const known = Object.entries({ address, gateway, ...Object.fromEntries(dnsServers.map((server, i) => [`dnsServers[${i}]`, server])) });
    known.forEach(([property, value]) => checkForm(problems, property, value, /^/, proxmoxRules['not-known-at-synth']));
    problems.throwIfAny();
    const own = Ipv4Interface.parse(address);
    problems.check(own?.isHost === true, imageRules['build-address-form'], { property: 'address', received: address });
    if (own !== undefined) {
      problems.check(own.reaches(gateway), imageRules['gateway-outside-network'], { property: 'gateway', received: gateway });
    }
    dnsServers.forEach((server, i) => problems.check(isIpAddress(server) && !server.includes('%'), imageRules['ip-address-form'], {
      property: `dnsServers[${i}]`, received: server,
    }));
    problems.throwIfAny();
  }

  /**
   * How a base is reached this way; notes what does not fit.
   * @internal
   */
  public reach(base: IVmTemplate, problems: Problems): BuildReach {
    const hasDrive = base.cloudInitSlot !== undefined;
    if (this.fixed !== undefined) {
      problems.check(hasDrive, imageRules['fixed-address-without-cloud-init-drive'], {
        property: 'buildAddress', received: this.fixed.address, remedy: `Set cloudInitDrive: true on ${base.node.path}, or leave buildAddress out for DHCP.`,
      });
      return BuildReach.FIXED;
    }
    if (base.guest.hasGuestAgent && hasDrive) return BuildReach.AGENT;
    problems.check(!hasDrive, imageRules['seed-beside-cloud-init-drive'], {
      property: 'buildAddress', received: 'dhcp', remedy: `Set cloudInitDrive: false on ${base.node.path}, or give a fixed buildAddress.`,
    });
    return BuildReach.SEED;
  }

  /**
   * Takes the fixed address for the build of an image; notes a machine that has it.
   * @param isDeployed whether a deploy builds the image
   * @returns the image of its stack that is to be built before it, at the same address
   * @internal
   */
  public claim(image: IVmTemplate, isDeployed: boolean, problems: Problems): IVmTemplate | undefined {
    const [device] = image.hardware.networkDevices;
    if (this.fixed === undefined || device === undefined) return undefined;
    const { address: received } = this.fixed;
    const [address] = received.split('/');
    const { bridge, vlanTag } = device;
    if (!containsTerraformToken([image.nodeName, bridge, vlanTag])) {
      const place = { address, node: image.nodeName, bridge, vlanTag, whileBuilt: true };
      const use = { ...place, holder: image.node.path, property: 'buildAddress', received, rule: proxmoxRules['ip-address-claimed-twice'] };
      image.proxmoxVe.claimAddresses([use], true, problems);
    }
    if (!isDeployed) return undefined;
    const built = kept(builtAt, TerraformStack.of(image), () => new Map<string, IVmTemplate>());
    const former = built.get(address);
    built.set(address, image);
    return former;
  }
}

/** Images that a deploy builds at fixed addresses, the last of each. */
const builtAt = new WeakMap<TerraformStack, Map<string, IVmTemplate>>();
