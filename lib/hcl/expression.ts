import { Problems } from '../core';
import { toMarker, toPieces } from './marker';
import { hclRules } from './rules';
import { isIdentifier, isReference } from './syntax';
import { checkText, normalizeValue } from './value';
import { renderInline } from './inline';

/**
 * Something that the tool evaluates when it runs, such as `var.password` or `upper(local.name)`.
 *
 * An Expression can stand as a value of its own, and inside of text: `` `echo ${password}` ``. Everything else in a text is
 * literal.
 */
export class Expression {
  /**
   * An expression written in HCL, taken as it is.
   *
   * @param text on one line, with the spaces that `packer fmt` or `terraform fmt` would put: `a + b`, not `a+b`
   */
  public static raw(text: string): Expression {
    new Problems('hcl.Expression.raw')
      .check(text.trim() !== '' && !/[\r\n\0]/.test(text), hclRules['hcl-expression'], { property: 'text', received: text })
      .throwIfAny();
    const problems = new Problems('hcl.Expression.raw');
    checkText(problems, 'text', text);
    problems.throwIfAny();
    return new Expression(inlineMarkers(text));
  }

  /**
   * A reference to something that has a name.
   *
   * @param path names joined by dots, with indices in brackets: `var.x`, `local.disks[0].storage`, `var.tags["env"]`
   */
  public static reference(path: string): Expression {
    new Problems('hcl.Expression.reference')
      .check(isReference(path), hclRules['hcl-reference'], { property: 'path', received: path })
      .throwIfAny();
    return new Expression(path);
  }

  /**
   * A call of a function of the tool.
   *
   * @param functionName name of the function, such as `jsonencode`
   * @param args arguments: values as of an attribute
   */
  public static call(functionName: string, ...args: any[]): Expression {
    const problems = new Problems(`hcl.Expression.call(${functionName})`);
    problems.check(isIdentifier(functionName), hclRules['hcl-function'], { property: 'functionName', received: functionName });
    const values = args.map((arg, i) => normalizeValue(problems, `args[${i}]`, arg));
    problems.throwIfAny();
    return new Expression(`${functionName}(${values.map((value) => (value ?? null) === null ? 'null' : renderInline(value)).join(', ')})`);
  }

  /**
   * Text with expressions in it. The same as joining the parts in a JavaScript template literal.
   *
   * @param parts Expressions, which are evaluated, and strings, which are literal text
   */
  public static template(...parts: any[]): Expression {
    const problems = new Problems('hcl.Expression.template');
    const joined = parts.map(String).join('');
    checkText(problems, 'parts', joined);
    problems.throwIfAny();
    const pieces = toPieces(joined);
    return pieces.length === 1 && pieces[0].expression !== undefined
      ? new Expression(pieces[0].expression)
      : new Expression(renderInline(joined), joined);
  }

  private constructor(
    /** The expression as HCL spells it. */
    public readonly text: string,
    private readonly asString: string = toMarker(text),
  ) {}

  /**
   * The expression as a piece of text that can be joined with others and be passed wherever text is taken. It holds
   * characters of a private use area and is for the renderers only.
   */
  public toString(): string {
    return this.asString;
  }

  /** The same as `toString()`, so that an expression within a larger object survives `JSON.stringify`. */
  public toJSON(): string {
    return this.asString;
  }
}

/** A raw expression may be put together from others by a template literal. */
function inlineMarkers(text: string): string {
  return toPieces(text).map((piece) => piece.expression ?? piece.literal).join('');
}
