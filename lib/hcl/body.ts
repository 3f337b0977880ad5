import { Problems } from '../core';
import { Block } from './block';
import { hclRules } from './rules';
import { isIdentifier } from './syntax';
import { checkComment, normalizeValue } from './value';

/** What may be said about a body besides its content. */
export interface BodyOptions {
  /**
   * A remark for readers at the head of the document: above everything in native syntax, as the key `//` in JSON.
   * @default - no comment
   */
  readonly comment?: string;
}

/**
 * The content of a document or of a block: attributes and blocks.
 *
 * Values of attributes are text, numbers, booleans, Expressions, lists, and maps (plain objects) of such values. Text is
 * literal, whatever it holds; only an Expression in it (`` `${expression}` ``) is evaluated. `undefined` and `null` are left
 * out. Attributes are written sorted by name, blocks in the order they were added.
 */
export class Body {
  /** A remark for readers at the head of the document, if there is one. */
  public readonly comment?: string;
  private readonly values = new Map<string, any>();
  private readonly children: Block[] = [];

  /**
   * @param attributes attributes by name
   * @param blocks blocks in order
   */
  public constructor(attributes: { [name: string]: any } = {}, blocks: Block[] = [], options: BodyOptions = {}) {
    const problems = new Problems('hcl.Body');
    checkComment(problems, options.comment);
    for (const [name, value] of Object.entries(attributes)) this.put(problems, name, value);
    for (const block of blocks) this.append(problems, block);
    problems.throwIfAny();
    this.comment = options.comment;
  }

  /** The attributes by name, sorted; a copy. */
  public get attributes(): { [name: string]: any } {
    return Object.fromEntries([...this.values].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** The blocks in order; a copy of the list. */
  public get blocks(): Block[] {
    return [...this.children];
  }

  /**
   * Sets an attribute; one of the same name is replaced.
   *
   * @param name an identifier
   * @param value text, number, boolean, Expression, list or map; `undefined` and `null` remove the attribute
   */
  public setAttribute(name: string, value: any): void {
    const problems = new Problems('hcl.Body');
    this.put(problems, name, value);
    problems.throwIfAny();
  }

  /** Adds a block after those that are there. */
  public addBlock(block: Block): void {
    const problems = new Problems('hcl.Body');
    this.append(problems, block);
    problems.throwIfAny();
  }

  private put(problems: Problems, name: string, value: any): void {
    if (value === undefined || value === null) {
      this.values.delete(name);
      return;
    }
    problems
      .check(isIdentifier(name), hclRules['hcl-identifier'], { property: name, received: name })
      .check(!this.children.some((b) => b.type === name), hclRules['hcl-name-twice'], { property: name });
    this.values.set(name, normalizeValue(problems, name, value));
  }

  private append(problems: Problems, block: Block): void {
    const position = this.children.map((other) => other.type).lastIndexOf(block.type);
    const last: Block | undefined = this.children[position];
    const between = this.children.slice(position + 1);
    problems
      .check(!this.values.has(block.type), hclRules['hcl-name-twice'], { property: block.type })
      .check(last === undefined || last.labels.length === block.labels.length, hclRules['hcl-label-count'],
        { property: block.type, received: block.labels })
      .check(!(last !== undefined && block.ordered && between.some((other) => other.ordered)), hclRules['hcl-interleaved'],
        { property: [block.type, ...block.labels].join(' ') });
    this.children.push(block);
  }
}
