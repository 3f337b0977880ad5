import { Lazy, TerraformVariable, Token } from 'cdktf';
import { PlainResource } from '../../lib/assembly';
import { settled } from '../../lib/assembly/settled';
import { newStack, synthesizeAny as synthesize } from '../support/synth';

/** What the core writes for attributes, as they come out of an element of ours. */
function written(attributes: (stack: ReturnType<typeof newStack>) => object): any {
  const stack = newStack();
  const given = attributes(stack);
  new PlainResource(stack, 'X', { type: 'x_y', attributes: () => ({ ...given }) });
  return synthesize(stack).terraform.resource.x_y.X;
}

test('references are found wherever they are', () => {
  expect(written((stack) => {
    const text = new TerraformVariable(stack, 'text', { type: 'string' });
    const number = new TerraformVariable(stack, 'number', { type: 'number' });
    const list = new TerraformVariable(stack, 'list', { type: 'list(string)' });
    return {
      alone: text.stringValue,
      within: `a ${text.stringValue} b`,
      number: number.numberValue,
      number_in_text: `vm ${number.numberValue}`,
      list: list.listValue,
      deep: [{ deeper: { deepest: [text.stringValue] } }],
      keys: { [text.stringValue]: 1 },
      lazy: Lazy.stringValue({ produce: () => 'produced' }),
      lazy_object: Lazy.anyValue({ produce: () => ({ a: 1 }) }),
      numbers: Token.asNumberList('${var.list}'),
      map: Token.asStringMap('${var.text}'),
    };
  })).toEqual({
    alone: '${var.text}',
    within: 'a ${var.text} b',
    number: '${var.number}',
    number_in_text: 'vm ${var.number}',
    list: '${var.list}',
    deep: [{ deeper: { deepest: ['${var.text}'] } }],
    keys: { '${var.text}': 1 },
    lazy: 'produced',
    lazy_object: { a: 1 },
    numbers: '${var.list}',
    map: '${var.text}',
  });
});

test('what holds none is written as the core would write it', () => {
  expect(written(() => ({ a: undefined, b: null, c: [], d: {}, e: [undefined, 1], f: { g: undefined }, h: '', i: false, j: 0, k: -1.5e10, l: '1e+5', m: [[null]] }))).toEqual({
    b: null, c: [], d: {}, e: [1], f: {}, h: '', i: false, j: 0, k: -1.5e10, l: '1e+5', m: [[null]],
  });
});

test('an object is handed over as it is where a part is neither plain nor final', () => {
  for (const part of [new Map(), () => 1, 'x${TfToken[TOKEN.1]}', { 'a${TfToken[TOKEN.1]}': 1 }, [[-8e298]]]) {
    const rendered = { part };
    expect(settled(rendered)).toBe(rendered);
  }
  expect(Object.keys(settled({ a: 1, b: [{ c: 'x' }] }))).toEqual(['a', 'b']);
});
