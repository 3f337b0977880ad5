import { Problems, Rule } from '../core';

/** An address of a network device of a machine, and the network in which it is one. */
export interface AddressUse {
  /** Path of the machine. */
  readonly holder: string;
  /** The property as the user writes it, such as `cloudInit.ipConfigs[0].ipv4Address`. */
  readonly property: string;
  /** The address as the user writes it. */
  readonly received: string;
  /** The address in the one form in which it is compared. */
  readonly address: string;
  readonly node: string;
  readonly bridge: string;
  readonly vlanTag?: number;
  /** What is broken by a second one. */
  readonly rule: Rule;
  /** Whether the machine is there only while an image is built; such machines wait for each other. */
  readonly whileBuilt?: boolean;
}

/** Who has which address in which network, on one cluster, in one app. Bridges of one name on two nodes may be two networks. */
export class AddressClaims {
  private readonly held = new Map<string, AddressUse>();

  /**
   * Takes addresses for a machine; notes who has them.
   * @param canRun whether the machine may run at all
   */
  public addUses(uses: readonly AddressUse[], canRun: boolean, problems: Problems): void {
    // One that does not run stands in nobody's way; alone it has to work all the same.
    const held = canRun ? this.held : new Map<string, AddressUse>();
    for (const use of uses) {
      const { holder, property, received, address, node, bridge, vlanTag, rule } = use;
      const network = vlanTag === undefined ? bridge : `${bridge} (VLAN ${vlanTag})`;
      const place = `${address} on ${network} of node ${node}`;
      const other = held.get(place);
      if (other === undefined) {
        held.set(place, use);
      } else if (!other.whileBuilt || !use.whileBuilt) {
        const claimant = other.holder === holder ? other.property : other.holder;
        problems.report(rule, { property, received, rule: `${rule.rule} ${place} is claimed by ${claimant} already.` });
      }
    }
  }
}
