import { Block, Body, Expression } from '../../lib/hcl';
import { fc } from '../support/fast-check';
import { hostileText, identifier, mapKey, plainValue } from './hostile';

/** Expressions of every kind, spaced as formatters space them. */
export function expression(): fc.Arbitrary<Expression> {
  return fc.oneof(
    fc.constantFrom('var.x', 'local.a-b', 'var.list[0].name', 'var.map["k"]', 'var.all[*].id').map((path) => Expression.reference(path)),
    fc.constantFrom('1 + 2', '-var.x', '!var.y', 'var.a ? "${var.b}" : {}', '{ a = 1 }', '{}', '[for x in var.y : x]', '(var.x)', 'var.x == "}"', 'a && !b')
      .map((text) => Expression.raw(text)),
    plainValue().map((value) => Expression.call('jsonencode', value)),
    fc.tuple(hostileText(), hostileText()).map(([a, b]) => Expression.template(a, Expression.reference('var.x'), b)),
  );
}

/** Hostile text with expressions in it. */
export function mixedText(): fc.Arbitrary<string> {
  return joined(fc.array(fc.oneof(hostileText(), expression().map(String)), { maxLength: 5 })).map((parts) => parts.join(''));
}

/** Parts whose texts, put together, can still be carried: a letter and a combining character may meet. */
export function joined<T>(parts: fc.Arbitrary<T[]>): fc.Arbitrary<T[]> {
  return parts.filter((list) => list.join('') === list.join('').normalize('NFC') && !/\p{Mark}{31}/u.test(list.join('').normalize('NFKD')));
}

/** Any value of an attribute. */
export function anyValue(): fc.Arbitrary<any> {
  return fc.oneof(
    plainValue(), expression(), mixedText(),
    fc.array(fc.oneof(expression(), mixedText(), plainValue()), { maxLength: 4 }),
    fc.dictionary(fc.oneof(mapKey(), expression().map(String)), fc.oneof(expression(), mixedText(), plainValue()),
      { maxKeys: 5, noNullPrototype: true }),
  );
}

/** A document: attributes, and blocks whose types do not get in each other's way. */
export function randomBody(value: fc.Arbitrary<any> = anyValue(), depth = 2): fc.Arbitrary<Body> {
  const names = identifier().filter((name) => !KINDS.some(([kind]) => kind === name));
  const attributes = fc.dictionary(names, value, { maxKeys: 4, noNullPrototype: true });
  if (depth === 0) return attributes.map((given) => new Body(given));
  const body = fc.oneof({ weight: 2, arbitrary: fc.constant(new Body()) }, randomBody(value, depth - 1));
  const blocks = KINDS.map(([kind, labels]) => fc.array(
    fc.tuple(fc.array(label(), { minLength: labels, maxLength: labels }), body, comment())
      .map(([labelled, inner, text]) => new Block(kind, labelled, inner, { comment: text, ordered: kind.includes('ordered') })),
    { maxLength: 2 }));
  return fc.tuple(attributes, fc.tuple(...blocks), comment())
    .map(([given, groups, text]) => new Body(given, groups.flat(), { comment: text }));
}

const KINDS = [['one', 1], ['two-labels', 2], ['ordered', 1], ['plain', 0], ['plain_ordered', 0]] as const;

function label(): fc.Arbitrary<string> {
  return fc.stringMatching(/^[a-c1._-]{1,2}$/);
}

function comment(): fc.Arbitrary<string | undefined> {
  const text = fc.oneof(hostileText(), fc.constant('Two lines\n\nand a third'));
  return fc.option(text.filter((t) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(t)), { nil: undefined });
}
