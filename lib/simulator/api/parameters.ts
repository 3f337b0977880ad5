import { RawParameters } from '../schema/validation';

/**
 * Parameters that were found right, read by what they are.
 *
 * @internal
 */
export class Parameters {
  public constructor(public readonly values: RawParameters) {}

  /** Text, if given. */
  public optional(name: string): string | undefined {
    const value = this.values[name];
    return value === undefined || typeof value === 'string' ? value : value.join(',');
  }

  /** Text of a parameter that cannot be absent. */
  public text(name: string): string {
    const value = this.optional(name);
    if (value === undefined) throw new Error(`no parameter ${name}`);
    return value;
  }

  /** A number, if given. */
  public optionalNumber(name: string): number | undefined {
    const value = this.optional(name);
    return value === undefined ? undefined : Number(value);
  }

  /** A number that cannot be absent. */
  public number(name: string): number {
    return Number(this.text(name));
  }

  /** Whether a boolean is given and set. */
  public flag(name: string): boolean {
    return this.optional(name) === '1';
  }

  /** Whether it is given at all. */
  public has(name: string): boolean {
    return this.values[name] !== undefined;
  }

  /** Each of a parameter that may come several times. */
  public list(name: string): readonly string[] {
    const value = this.values[name];
    return value === undefined ? [] : typeof value === 'string' ? [value] : value;
  }

  /** The names given, without those named. */
  public names(...without: string[]): string[] {
    return Object.keys(this.values).filter((name) => !without.includes(name));
  }
}
