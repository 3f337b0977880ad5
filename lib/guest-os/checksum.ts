import { Problems } from '../core';
import { guestOsRules } from './rules';

const HEX_DIGITS = { sha256: 64, sha512: 128 };

/** Checksum of a file that is downloaded. */
export class Checksum {
  /** SHA-256, 64 hexadecimal digits. */
  public static sha256(value: string): Checksum { return new Checksum('sha256', value); }
  /** SHA-512, 128 hexadecimal digits. */
  public static sha512(value: string): Checksum { return new Checksum('sha512', value); }

  /** The digits, in lower case. */
  public readonly value: string;

  private constructor(
    /** `sha256` or `sha512`. */
    public readonly algorithm: string,
    value: string,
  ) {
    const digits = HEX_DIGITS[algorithm as keyof typeof HEX_DIGITS];
    const length = typeof value === 'string' ? value.length : 0;
    new Problems(`Checksum.${algorithm}`)
      .check(length === digits && /^[0-9a-fA-F]+$/.test(value), guestOsRules['checksum-form'], {
        property: 'value', received: value, rule: `A ${algorithm} checksum has ${digits} hexadecimal digits; this has ${length} characters.`,
      })
      .throwIfAny();
    this.value = value.toLowerCase();
  }

  /** The checksum as `sha256:…`. */
  public toString(): string {
    return `${this.algorithm}:${this.value}`;
  }
}
