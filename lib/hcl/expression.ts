import { Problems } from '../core';
import { renderInline } from './inline';
import { PieceKind, singleExpression, toMarker, toPieces, toReadable } from './marker';
import { hclRules } from './rules';
import { isIdentifier, isReference } from './syntax';
import { checkText, normalizeValue } from './value';

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
   * @param text on one line, with the spaces that `packer fmt` or `terraform fmt` would put: `a + b`, not `a+b`. Other
   *   Expressions can be part of it (`` `${a} + ${b}` ``). Nothing is escaped: literal text in it is the caller's concern.
   */
  public static raw(text: string): Expression {
    return new Expression(PieceKind.EXPRESSION, checked('hcl.Expression.raw', text));
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
    return new Expression(PieceKind.EXPRESSION, path);
  }

  /**
   * A call of a function of the tool.
   *
   * @param functionName name of the function, such as `jsonencode`
   * @param args arguments: values as of an attribute; `null` and `undefined` stand for `null` here
   */
  public static call(functionName: string, ...args: any[]): Expression {
    const problems = new Problems('hcl.Expression.call');
    problems.check(isIdentifier(functionName), hclRules['hcl-function'], { property: 'functionName', received: functionName });
    const values = args.map((arg, i) => normalizeValue(problems, `args[${i}]`, arg ?? Expression.raw('null')));
    problems.throwIfAny();
    return new Expression(PieceKind.EXPRESSION, `${functionName}(${values.map(renderInline).join(', ')})`);
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
    const single = singleExpression(joined);
    return single ? new Expression(single.kind, single.text) : new Expression(PieceKind.EXPRESSION, renderInline(joined), joined);
  }

  /**
   * A name or a type which the tool reads without evaluating it, such as `string` or `list(object({ name = string }))` as
   * the type of a variable: bare in native syntax, a plain string in JSON. It stands alone, never inside of text.
   */
  public static keyword(text: string): Expression {
    return new Expression(PieceKind.KEYWORD, checked('hcl.Expression.keyword', text));
  }

  /**
   * Literal text in a place where the tool evaluates nothing, such as the description of a variable. In JSON such text is
   * taken as it is there, so the escapes that it needs elsewhere would be seen. It stands alone, never inside of text.
   */
  public static verbatim(text: string): Expression {
    const problems = new Problems('hcl.Expression.verbatim');
    checkText(problems, 'text', text);
    problems.check(toPieces(text).every((p) => p.kind === PieceKind.LITERAL), hclRules['hcl-no-expression'],
      { property: 'text', received: toReadable(text) });
    problems.throwIfAny();
    return new Expression(PieceKind.VERBATIM, text);
  }

  /** The expression as HCL spells it; of `verbatim`, the text. */
  public readonly text: string;
  private readonly asString: string;

  private constructor(kind: PieceKind, text: string, asString: string = toMarker(kind, text)) {
    this.text = text;
    this.asString = asString;
  }

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

/** The text of a raw expression, which may be put together from others by a template literal. */
function checked(path: string, text: string): string {
  const problems = new Problems(path);
  checkText(problems, 'text', text);
  const plain = toPieces(text).map((piece) => piece.text).join('');
  // eslint-disable-next-line no-control-regex
  problems.check(plain.trim() !== '' && !/[\u0000-\u001f\u007f]/.test(plain), hclRules['hcl-expression'], { property: 'text', received: plain });
  problems.throwIfAny();
  return plain;
}
