import { Problem } from './problems';

/**
 * Something that would not work does not synthesize: this error says what, where, and what to do.
 *
 * It carries all mistakes of one object; `code`, `property`, `rule` and `remedy` are those of the first.
 */
export class ValidationError extends Error {
  /** Stable code of the first mistake, a heading of `docs/errors.md`. */
  public readonly code: string;
  /** Path of the construct (or name of the model object) that was refused. */
  public readonly path: string;
  /** Property of the first mistake. */
  public readonly property: string;
  /** What must hold, for the first mistake. */
  public readonly rule: string;
  /** What to do about the first mistake. */
  public readonly remedy: string;
  /** All mistakes found in the object, in the order of its properties. */
  public readonly problems: Problem[];

  public constructor(path: string, problems: Problem[]) {
    super(render(path, problems));
    this.name = 'ValidationError';
    const [first] = problems;
    this.code = first.code;
    this.path = path;
    this.property = first.property;
    this.rule = first.rule;
    this.remedy = first.remedy;
    this.problems = [...problems];
  }
}

function render(path: string, problems: Problem[]): string {
  const entries = problems.map((p) => [
    `[${p.code}] ${p.property}${p.received === undefined ? '' : `, got: ${p.received}`}`,
    `  ${p.rule}`,
    `  Remedy: ${p.remedy}`,
  ].join('\n'));
  if (entries.length === 1) {
    return `${path}: ${entries[0]}`;
  }
  const count = `${entries.length} mistakes`;
  return `${path}: ${count}\n${entries.join('\n')}`;
}
