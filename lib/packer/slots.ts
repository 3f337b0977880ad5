import { DiskBus, Problems } from '../core';
import { deviceRules } from './device-rules';

/** How many slots a bus has. */
export const SLOTS: { readonly [bus: string]: number } = { ide: 4, sata: 6, scsi: 31, virtio: 16 };

/** A disk or an ISO that takes a slot. */
export interface SlotClaim {
  /** The property, as the user writes it. */
  readonly property: string;
  /** Bus. */
  readonly bus: string;
  /** Slot on the bus; undefined where the plugin chooses. */
  readonly index?: number;
}

/**
 * The slots that the plugin gives, in its order: ISO images with an index, then disks, then ISO images without one, each
 * of the latter two into the first slot that is free. Clashes and buses that are full are noted.
 *
 * @param sourceDisksUnknown whether the machine has disks already, as a clone has; then only what is certain is noted
 * @returns names of the slots, such as `scsi0`, in the order of the claims; undefined where there is none
 */
export function assignSlots(problems: Problems, claims: SlotClaim[], sourceDisksUnknown: boolean): (string | undefined)[] {
  const holders = new Map<string, string>();
  const slots: (string | undefined)[] = claims.map(() => undefined);
  claims.forEach((claim, i) => {
    if (claim.index === undefined || !(claim.index < SLOTS[claim.bus])) return;
    const slot = `${claim.bus}${claim.index}`;
    problems.check(!holders.has(slot), deviceRules['packer-slot-taken'], {
      property: `${claim.property}.index`, received: slot, rule: `Slot ${slot} is taken by ${holders.get(slot)}: two drives in one slot overwrite each other.`,
    });
    holders.set(slot, holders.get(slot) ?? claim.property);
    slots[i] = slot;
  });
  claims.forEach((claim, i) => {
    if (claim.index !== undefined) return;
    const free = [...Array(SLOTS[claim.bus]).keys()].map((index) => `${claim.bus}${index}`).find((slot) => !holders.has(slot));
    problems.check(free !== undefined, deviceRules['packer-bus-full'], {
      property: claim.property, received: claim.bus, rule: `The bus ${claim.bus} has ${SLOTS[claim.bus]} slots for disks and ISO images together.`,
    });
    if (free === undefined) return;
    holders.set(free, claim.property);
    slots[i] = sourceDisksUnknown ? undefined : free;
  });
  return slots;
}

/** Notes drives in the two slots that Proxmox VE does not offer on q35. */
export function checkIdeOnQ35(problems: Problems, claims: SlotClaim[], slots: (string | undefined)[], isQ35: boolean): void {
  if (!isQ35) return;
  claims.forEach((claim, i) => problems.check(
    claim.bus !== DiskBus.IDE.valueOf() || !['ide1', 'ide3'].includes(slots[i] ?? ''),
    deviceRules['packer-ide-on-q35'],
    { property: claim.property, received: slots[i] },
  ));
}
