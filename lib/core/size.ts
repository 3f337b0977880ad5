import { Problems } from './problems';
import { coreRules } from './rules';

const KIB_PER_MIB = 1024;
const KIB_PER_GIB = 1024 * 1024;
const KIB_PER_TIB = 1024 * 1024 * 1024;

/**
 * An amount of memory or disk, in binary units (1 GiB = 1024 MiB), as Proxmox VE counts.
 */
export class Size {
  /** A size in KiB; a whole number greater than 0. */
  public static kibibytes(amount: number): Size { return new Size(amount, 1, 'kibibytes'); }
  /** A size in MiB. */
  public static mebibytes(amount: number): Size { return new Size(amount, KIB_PER_MIB, 'mebibytes'); }
  /** A size in GiB. */
  public static gibibytes(amount: number): Size { return new Size(amount, KIB_PER_GIB, 'gibibytes'); }
  /** A size in TiB. */
  public static tebibytes(amount: number): Size { return new Size(amount, KIB_PER_TIB, 'tebibytes'); }

  private readonly kib: number;

  private constructor(amount: number, kibPerUnit: number, unit: string) {
    this.kib = amount * kibPerUnit;
    new Problems(`Size.${unit}`)
      .check(Number.isSafeInteger(this.kib) && this.kib > 0, coreRules['size-not-whole'], { property: 'amount', received: amount })
      .throwIfAny();
  }

  /** The size in KiB. */
  public toKibibytes(): number { return this.kib; }
  /** The size in MiB; a fraction where it is not whole. */
  public toMebibytes(): number { return this.kib / KIB_PER_MIB; }
  /** The size in GiB; a fraction where it is not whole. */
  public toGibibytes(): number { return this.kib / KIB_PER_GIB; }
  /** Whether this size is smaller than another. */
  public isSmallerThan(other: Size): boolean { return this.kib < other.kib; }

  /** The size in the largest unit in which it is whole, such as `20 GiB`. */
  public toString(): string {
    for (const [kib, unit] of [[KIB_PER_TIB, 'TiB'], [KIB_PER_GIB, 'GiB'], [KIB_PER_MIB, 'MiB']] as const) {
      if (this.kib % kib === 0) return `${this.kib / kib} ${unit}`;
    }
    return `${this.kib} KiB`;
  }
}
