import { Problems } from '../core';
import { IPciMapping, PciDevice } from './pci-device';
import { pciRules as rules } from './pci-rules';

/** A device of a machine, and where the machine can run. */
export interface PciUse {
  /** Path of the machine. */
  readonly holder: string;
  /** The property as the user writes it, such as `pciDevices[0]`. */
  readonly property: string;
  readonly node: string;
  readonly device: PciDevice;
}

/** Who uses which device of which node, on one cluster, in one app. Only machines that can run at the same time are in it. */
export class PciClaims {
  private readonly usesByNode = new Map<string, PciUse[]>();
  private readonly made = new Map<string, IPciMapping>();

  public constructor(private readonly mappings: Map<string, IPciMapping> = new Map()) {}

  /** The mapping of a name that this program makes, if it does. */
  public mappingMade(name: string): IPciMapping | undefined {
    return this.made.get(name);
  }

  /** Makes a mapping known; notes machines that were told of its name only and that it cannot serve. */
  public addMapping(mapping: IPciMapping, makes: boolean, problems: Problems): void {
    const { mappingName } = mapping;
    const known = this.mappings.get(mappingName);
    // One that this program makes is not there yet when it is taken as one that exists.
    if (known !== undefined && (known === this.made.get(mappingName)) !== makes) {
      const rule = rules['pci-mapping-claimed-twice'];
      problems.report(rule, {
        property: 'mappingName', received: mappingName, rule: `${rule.rule} The mapping ${mappingName} is claimed by ${known.node.path} already.`,
      });
      return;
    }
    if (known === undefined) {
      if (makes) this.made.set(mappingName, mapping);
      this.mappings.set(mappingName, mapping);
    }
    const users = [...this.usesByNode.values()].flat().filter(({ device }) => device.mappingName === mappingName);
    for (const use of users) this.checkNode(mapping, use, `mappingName (${use.property} of ${use.holder})`, problems);
    for (const node of new Set(users.map((use) => use.node))) {
      if (mapping.devicesOn(node) !== 0 && !this.fits(node)) this.reportExhausted(users.filter((use) => use.node === node), node, 'mappingName', problems);
    }
  }

  /**
   * Takes devices for a machine; notes with which other machine it could not run.
   * @param canRun whether the machine may run at all
   */
  public addUses(uses: readonly PciUse[], canRun: boolean, problems: Problems): void {
    // One that does not run stands in nobody's way; alone it has to work all the same.
    if (!canRun) {
      new PciClaims(this.mappings).addUses(uses, true, problems);
      return;
    }
    for (const use of uses) {
      const { device, property } = use;
      const mapping = this.mappingOf(device);
      if (mapping !== undefined && !this.checkNode(mapping, use, property, problems)) continue;
      if (device.mdev !== undefined) continue;
      const onNode = this.usesOn(use.node);
      onNode.push(use);
      if (!this.hasRoomFor(use, problems)) onNode.pop();
    }
  }

  private hasRoomFor(use: PciUse, problems: Problems): boolean {
    const { device, node, property } = use;
    const other = this.usesOn(node).find((one) => one !== use && one.device.address !== undefined && device.address !== undefined
      && overlap(one.device.address, device.address));
    if (other?.holder === use.holder) {
      problems.report(rules['pci-device-twice'], { property, received: device.toString() });
    } else if (other !== undefined) {
      problems.report(rules['pci-device-shared'], {
        property, received: device.toString(), rule: `${rules['pci-device-shared'].rule} ${other.device} on node ${node} is claimed by ${other.holder} already.`,
      });
    } else if (!this.fits(node)) {
      this.reportExhausted(this.competing(use), node, property, problems);
    } else {
      return true;
    }
    return false;
  }

  private usesOn(node: string): PciUse[] {
    const uses = this.usesByNode.get(node) ?? [];
    this.usesByNode.set(node, uses);
    return uses;
  }

  private mappingOf(device: PciDevice): IPciMapping | undefined {
    return this.mappings.get(device.mappingName ?? '') ?? device.pciMapping;
  }

  /** Whether a mapping has a device on the node of a machine, as far as that is known. */
  private checkNode(mapping: IPciMapping, { node, device, holder }: PciUse, property: string, problems: Problems): boolean {
    const ok = mapping.devicesOn(node) !== 0;
    problems.check(ok, rules['pci-mapping-without-node'], {
      property, received: device.toString(), rule: `${rules['pci-mapping-without-node'].rule} The mapping ${device} has none on ${node}, the node of ${holder}.`,
    });
    const mediated = device.mdev === undefined || mapping.mediatedDevices !== false;
    problems.check(mediated, rules['mdev-without-mediated-mapping'], { property, received: `${device} with ${device.mdev}` });
    return ok && mediated;
  }

  private reportExhausted(uses: PciUse[], node: string, property: string, problems: Problems): void {
    const machines = [...new Set(uses.map(({ holder }) => holder))];
    const slots = new Set(uses.flatMap((use) => this.candidates(use, node) ?? []));
    problems.report(rules['pci-mapping-exhausted'], {
      property,
      received: uses[uses.length - 1].device.toString(),
      rule: `${rules['pci-mapping-exhausted'].rule} On node ${node}, ${uses.length} are wanted and ${slots.size} there, by ${machines.join(', ')}.`,
    });
  }

  /** The uses that want what a use wants, what those want, and so on. */
  private competing(use: PciUse): PciUse[] {
    const wanted = new Set(this.candidates(use, use.node));
    const rivals = new Set<PciUse>();
    for (let before = -1; before !== rivals.size;) {
      before = rivals.size;
      for (const one of this.usesOn(use.node)) {
        const slots = this.candidates(one, one.node) ?? [];
        if (!slots.some((slot) => wanted.has(slot))) continue;
        rivals.add(one);
        slots.forEach((slot) => wanted.add(slot));
      }
    }
    return this.usesOn(use.node).filter((one) => rivals.has(one));
  }

  /** Whether every machine of a node can have a device of its own, whichever of a mapping it is given. */
  private fits(node: string): boolean {
    const wishes = this.usesOn(node).flatMap((use) => {
      const slots = this.candidates(use, node);
      return slots === undefined ? [] : use.device.address === undefined ? [slots] : slots.map((slot) => [slot]);
    });
    const holders = new Map<string, string[]>();
    const place = (slots: string[], seen: Set<string>): boolean => slots.some((slot) => {
      if (seen.has(slot)) return false;
      seen.add(slot);
      const holder = holders.get(slot);
      if (holder !== undefined && !place(holder, seen)) return false;
      holders.set(slot, slots);
      return true;
    });
    return wishes.every((slots) => place(slots, new Set()));
  }

  /** Devices of the node that a use can be given: all of an address, one of a mapping. Undefined where nothing is known of the mapping. */
  private candidates({ device }: PciUse, node: string): string[] | undefined {
    if (device.address !== undefined) return [...new Set(device.address.split(';').map((one) => this.slot(one, node)))];
    const mapping = this.mappingOf(device);
    const addresses = mapping?.addressesOn(node);
    if (addresses !== undefined) return [...new Set(addresses.map((one) => this.slot(one, node)))];
    const count = mapping?.devicesOn(node);
    return count === undefined ? undefined : Array.from({ length: count }, (_, i) => `${device.mappingName} ${i}`);
  }

  /** A function, or the device where somebody on the node wants all of it. */
  private slot(address: string, node: string): string {
    const device = address.replace(/\.[0-7]$/, '');
    const all = [
      ...this.usesOn(node).flatMap((use) => use.device.address ?? []),
      ...[...this.mappings.values()].flatMap((mapping) => mapping.addressesOn(node) ?? []),
    ];
    return all.includes(device) ? device : address;
  }
}

/** Whether two addresses, maybe of several functions, have a function in common. */
function overlap(a: string, b: string): boolean {
  return a.split(';').some((one) => b.split(';').some((other) => one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`)));
}
