import { Problems } from './problems';
import { coreRules } from './rules';

/** A length of time. */
export class Duration {
  /** A duration in milliseconds; a whole number, 0 or more. */
  public static milliseconds(amount: number): Duration { return new Duration(amount, 1, 'milliseconds'); }
  /** A duration in seconds. */
  public static seconds(amount: number): Duration { return new Duration(amount, 1000, 'seconds'); }
  /** A duration in minutes. */
  public static minutes(amount: number): Duration { return new Duration(amount, 60_000, 'minutes'); }
  /** A duration in hours. */
  public static hours(amount: number): Duration { return new Duration(amount, 3_600_000, 'hours'); }

  private readonly ms: number;

  private constructor(amount: number, msPerUnit: number, unit: string) {
    // 1.1 hours are a whole number of milliseconds, and would not be in the arithmetic of computers.
    const ms = amount * msPerUnit;
    this.ms = Math.abs(ms - Math.round(ms)) < 1e-6 ? Math.round(ms) : ms;
    new Problems(`Duration.${unit}`)
      .check(Number.isSafeInteger(this.ms) && this.ms >= 0, coreRules['duration-not-whole'], { property: 'amount', received: amount })
      .throwIfAny();
  }

  /** The duration in milliseconds. */
  public toMilliseconds(): number { return this.ms; }
  /** The duration in seconds; a fraction where it is not whole. */
  public toSeconds(): number { return this.ms / 1000; }

  /**
   * The duration as Go programs such as Packer and Terraform providers write it: `1h30m`, `90s`, `50ms`.
   * @see https://pkg.go.dev/time#ParseDuration
   */
  public toString(): string {
    if (this.ms === 0) return '0s';
    const parts: string[] = [];
    let rest = this.ms;
    for (const [ms, unit] of [[3_600_000, 'h'], [60_000, 'm'], [1000, 's'], [1, 'ms']] as const) {
      const count = Math.floor(rest / ms);
      if (count > 0) parts.push(`${count}${unit}`);
      rest -= count * ms;
    }
    return parts.join('');
  }
}
