/**
 * One thing that can be known at the desk to be wrong, with its stable code.
 *
 * Every rule of the library stands in the `rules.ts` of its room and in `docs/errors.md`.
 */
export interface Rule {
  /** Stable code: kebab-case, never reused, documented under this heading in `docs/errors.md`. */
  readonly code: string;
  /** What must hold, as a sentence. */
  readonly rule: string;
  /** What the user does about it, as a sentence. */
  readonly remedy: string;
  /**
   * The vendor's page or the tool's behaviour behind the rule.
   * @default - the rule is the library's own
   */
  readonly see?: string;
}

/**
 * The text of a rule, where its code is the key of the table.
 * @internal
 */
export interface RuleText {
  /** What must hold, as a sentence. */
  readonly rule: string;
  /** What the user does about it, as a sentence. */
  readonly remedy: string;
  /**
   * The vendor's page or the tool's behaviour behind the rule.
   * @default - the rule is the library's own
   */
  readonly see?: string;
}

/**
 * Makes a room's rules from a plain table, so that a code is written once.
 * @internal
 */
export function ruleTable<K extends string>(texts: Record<K, RuleText>): Record<K, Rule> {
  return Object.fromEntries(Object.entries<RuleText>(texts).map(([code, text]) => [code, { code, ...text }])) as Record<K, Rule>;
}
