import { Problems, containsTerraformToken } from '../core';
import { checkKinds, instanceOf } from './kinds';
import { proxmoxRules } from './rules';

/**
 * The smallest and the greatest id Proxmox VE gives to a virtual machine.
 * @internal
 */
export const VM_ID_LIMITS = { first: 100, last: 999_999_999 };

/** What a VM id is for. */
export enum VmIdPurpose {
  /** Template imported from the Talos image factory. */
  TALOS_TEMPLATE = 'Talos templates',
  /** Template installed from an ISO. */
  ISO_TEMPLATE = 'ISO templates',
  /** Template imported from a cloud image, or baked from one. */
  CLOUD_IMAGE = 'cloud images',
  /** Virtual machine; any id that no range of templates holds. */
  MACHINE = 'machines',
}

/** A range of VM ids, both ends included. */
export class VmIdRange {
  /**
   * A range of VM ids from `first` to `last`.
   * @param first 100 or more
   * @param last at least `first`, at most 999999999
   */
  public static of(first: number, last: number): VmIdRange {
    return new VmIdRange(first, last);
  }

  private constructor(
    /** The first id of the range. */
    public readonly first: number,
    /** The last id of the range. */
    public readonly last: number,
  ) {
    new Problems('VmIdRange')
      .check(isVmId(first) && isVmId(last) && first <= last, proxmoxRules['vm-id-range'], { property: 'first, last', received: `${first}-${last}` })
      .throwIfAny();
  }

  /** Whether an id is in the range. */
  public contains(vmId: number): boolean {
    return vmId >= this.first && vmId <= this.last;
  }

  /** The range as `9100-9199`. */
  public toString(): string {
    return this.first === this.last ? `${this.first}` : `${this.first}-${this.last}`;
  }
}

/** Ranges of a plan. */
export interface VmIdPlanProps {
  /** Ids of templates imported from the Talos image factory. @default 8990-9000 */
  readonly talosTemplates?: VmIdRange;
  /** Ids of templates installed from an ISO. @default 9001-9099 */
  readonly isoTemplates?: VmIdRange;
  /** Ids of templates imported from a cloud image or baked from one. @default 9100-9199 */
  readonly cloudImages?: VmIdRange;
}

/**
 * Which VM ids are for what, on one cluster.
 *
 * Templates have fixed ids: a machine and a Packer build then name the same template without asking the server. An id outside its
 * range, or claimed twice on one cluster, does not synthesize.
 */
export class VmIdPlan {
  private readonly ranges: ReadonlyMap<VmIdPurpose, VmIdRange>;

  public constructor(props: VmIdPlanProps = {}) {
    const problems = new Problems('VmIdPlan');
    const range = instanceOf(VmIdRange, 'VmIdRange.of(9100, 9199)');
    checkKinds(props, { talosTemplates: range, isoTemplates: range, cloudImages: range }, problems);
    problems.throwIfAny();
    this.ranges = new Map([
      [VmIdPurpose.TALOS_TEMPLATE, props.talosTemplates ?? VmIdRange.of(8990, 9000)],
      [VmIdPurpose.ISO_TEMPLATE, props.isoTemplates ?? VmIdRange.of(9001, 9099)],
      [VmIdPurpose.CLOUD_IMAGE, props.cloudImages ?? VmIdRange.of(9100, 9199)],
    ]);
    const sorted = [...this.ranges].sort(([, a], [, b]) => a.first - b.first);
    sorted.slice(1).forEach(([purpose, own], i) => {
      const [otherPurpose, other] = sorted[i];
      problems.check(other.last < own.first, proxmoxRules['vm-id-ranges-overlap'], {
        property: purpose, received: own, rule: `The ranges of a plan do not overlap, and ${other} is for ${otherPurpose}.`,
      });
    });
    problems.throwIfAny();
  }

  /** The range for a purpose; none for machines, which take any id that no range of templates holds. */
  public rangeFor(purpose: VmIdPurpose): VmIdRange | undefined {
    return this.ranges.get(purpose);
  }

  /** Notes what is wrong with an id for a purpose. */
  public validate(vmId: number, purpose: VmIdPurpose, problems: Problems): void {
    const finding = { property: 'vmId', received: vmId };
    if (containsTerraformToken(vmId)) {
      problems.report(proxmoxRules['not-known-at-synth'], { ...finding, rule: 'Who has which id is settled when the program synthesizes, so an id cannot be a reference to Terraform.' });
      return;
    }
    if (!isVmId(vmId)) {
      problems.report(proxmoxRules['vm-id-out-of-bounds'], finding);
      return;
    }
    const range = this.ranges.get(purpose);
    if (range !== undefined) {
      problems.check(range.contains(vmId), proxmoxRules['vm-id-outside-plan'], {
        ...finding,
        rule: `The plan of this cluster keeps ${range} for ${purpose}.`,
        remedy: `Choose an id in ${range}, or give ProxmoxVe a vmIdPlan with other ranges.`,
      });
      return;
    }
    for (const [taken, templates] of this.ranges) {
      problems.check(!templates.contains(vmId), proxmoxRules['vm-id-outside-plan'], {
        ...finding,
        rule: `The plan of this cluster keeps ${templates} for ${taken}.`,
        remedy: 'Choose an id that no range of templates holds, or leave vmId out.',
      });
    }
  }
}

/**
 * Whether a value is an id that Proxmox VE gives to virtual machines.
 * @internal
 */
export function isVmId(value: number): boolean {
  return Number.isInteger(value) && value >= VM_ID_LIMITS.first && value <= VM_ID_LIMITS.last;
}
