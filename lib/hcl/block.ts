import { Problems } from '../core';
import { Body } from './body';
import { hclRules } from './rules';
import { isIdentifier } from './syntax';
import { checkComment } from './value';

/** What may be said about a block besides its content. */
export interface BlockOptions {
  /**
   * A remark for readers: before the block in native syntax, as the key `//` of its body in JSON. Several lines are possible.
   * @default - no comment
   */
  readonly comment?: string;
  /**
   * Whether the order among the ordered blocks of the body matters, as it does for provisioners. In JSON such blocks are
   * written as a list of objects with one key each; other blocks of one type are merged into one object.
   * @default false
   */
  readonly ordered?: boolean;
}

/** A block: a type, labels and a body, such as `source "null" "x" { … }`. */
export class Block {
  /** A remark for readers, if there is one. */
  public readonly comment?: string;
  /** Whether the order among the ordered blocks of the body matters. */
  public readonly ordered: boolean;
  private readonly names: string[];

  /**
   * @param type type of the block, an identifier
   * @param labels labels in order; each of letters, digits, `.`, `_` and `-`
   * @param body content of the block
   */
  public constructor(
    /** Type of the block, such as `source`. */
    public readonly type: string,
    labels: string[] = [],
    /** Content of the block. */
    public readonly body: Body = new Body(),
    options: BlockOptions = {},
  ) {
    const problems = new Problems('hcl.Block');
    problems.check(isIdentifier(type), hclRules['hcl-identifier'], { property: 'type', received: type });
    labels.forEach((label, i) => problems
      .check(/^[A-Za-z0-9._-]+$/.test(label), hclRules['hcl-label'], { property: `labels[${i}]`, received: label }));
    checkComment(problems, options.comment);
    problems.throwIfAny();
    this.names = [...labels];
    this.comment = options.comment;
    this.ordered = options.ordered ?? false;
  }

  /** Labels of the block, in order. */
  public get labels(): string[] {
    return [...this.names];
  }
}
