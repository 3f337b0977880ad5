import { Rule } from './rule';
import { describeTerraformToken } from './terraform-token';
import { ValidationError } from './validation-error';

/** A mistake that was found: the rule it breaks, and where. */
export interface Problem extends Rule {
  /** The property as the user writes it, such as `disks[1].size`. */
  readonly property: string;
  /**
   * The value received, shortened for reading.
   * @default - the value is not shown
   */
  readonly received?: string;
}

/** Where a rule was broken. */
export interface Finding {
  /** The property as the user writes it, such as `disks[1].size`. */
  readonly property: string;
  /**
   * The value received. It is never given for a secret.
   * @default - the value is not shown
   */
  readonly received?: any;
  /**
   * The rule, said with the facts of this case.
   * @default - the text of the rule table
   */
  readonly rule?: string;
  /**
   * The remedy, said with the facts of this case.
   * @default - the text of the rule table
   */
  readonly remedy?: string;
}

/**
 * Collects all mistakes of one object, so that they are reported together and not one per run.
 *
 *     const problems = new Problems(this.node.path);
 *     problems.check(props.cores <= 128, rules['cores-out-of-range'], { property: 'cores', received: props.cores });
 *     problems.throwIfAny();
 */
export class Problems {
  private readonly found: Problem[] = [];

  /**
   * @param path path of the construct, or name of the model object
   */
  public constructor(public readonly path: string) {}

  /** The mistakes found so far. */
  public get all(): Problem[] {
    return [...this.found];
  }

  /** Notes a broken rule. */
  public report(rule: Rule, finding: Finding): this {
    this.found.push({
      code: rule.code,
      rule: finding.rule ?? rule.rule,
      remedy: finding.remedy ?? rule.remedy,
      see: rule.see,
      property: finding.property,
      received: 'received' in finding ? describe(finding.received) : undefined,
    });
    return this;
  }

  /** Notes a broken rule unless `ok`. */
  public check(ok: boolean, rule: Rule, finding: Finding): this {
    return ok ? this : this.report(rule, finding);
  }

  /**
   * Takes over the mistakes that another object found while it was made.
   *
   * @param property what the other object is to this one; stands before its properties. Empty for none.
   * @param named what its properties are called here, where they are called otherwise
   * @returns the object, or undefined where it was refused
   * @internal
   */
  public collect<T>(property: string, make: () => T, named: (own: string) => string = (own) => own): T | undefined {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      for (const problem of error.problems) {
        this.found.push({ ...problem, property: [property, named(problem.property)].filter((p) => p !== '').join('.') });
      }
      return undefined;
    }
  }

  /** Throws one `ValidationError` with all mistakes found, if there are any. */
  public throwIfAny(): void {
    if (this.found.length > 0) {
      throw new ValidationError(this.path, this.found);
    }
  }
}

function describe(value: any): string {
  const token = describeTerraformToken(value);
  if (token !== undefined) return token;
  if (value === undefined) return 'nothing';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'function') return 'a function';
  let text: string;
  try {
    text = typeof value?.toString === 'function' && value.toString !== Object.prototype.toString && typeof value === 'object' && !Array.isArray(value)
      ? value.toString()
      : JSON.stringify(value) ?? String(value);
  } catch {
    text = `[${value?.constructor?.name ?? 'a value'}]`;
  }
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
