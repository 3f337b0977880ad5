import * as cdktf from 'cdktf';
import { ValidationError } from '../../lib/core';
import { Block, Body, Expression } from '../../lib/hcl';
import { messageOf } from './message-of';

describe('attributes', () => {
  test('are kept as given and handed out sorted, as a copy', () => {
    const list = ['x'];
    const body = new Body({ b: list, a: 1 });
    body.setAttribute('C', { k: true });
    list.push('later');
    body.attributes.a = 2;
    expect(Object.entries(body.attributes)).toEqual([['C', { k: true }], ['a', 1], ['b', ['x']]]);
  });

  test('undefined and null are left out, also inside of lists and maps', () => {
    const body = new Body({ a: undefined, b: null, c: [1, undefined, null, 2], d: { x: undefined, y: [null], z: null } });
    expect(body.attributes).toEqual({ c: [1, 2], d: { y: [] } });
    expect(Object.keys(body.attributes)).toEqual(['c', 'd']);
    body.setAttribute('c', undefined);
    expect(Object.keys(body.attributes)).toEqual(['d']);
  });

  test('a map without a prototype, and one from another realm, are maps', () => {
    const bare = Object.assign(Object.create(null), { k: 1 });
    const foreign = Object.create(Object.create(null), { k: { value: 1, enumerable: true } });
    expect(new Body({ bare, foreign }).attributes).toEqual({ bare: { k: 1 }, foreign: { k: 1 } });
  });

  test('the same value may stand in several places', () => {
    const shared = { k: 1 };
    expect(new Body({ a: [shared, shared], b: shared }).attributes).toEqual({ a: [{ k: 1 }, { k: 1 }], b: { k: 1 } });
  });
});

describe('what HCL cannot hold is refused', () => {
  class Thing { public toString() { return 'Thing(1)'; } }
  const loop: any = { inner: [] };
  loop.inner.push(loop);
  const value = `  A value is text, a number, true or false, an Expression, a list, or a map (a plain object) of such values.
  Remedy: Convert the value: a size or a duration to a number or to the text the tool reads, a Map to a plain object.`;
  const form = `  Text is in the Unicode normal form C: every program that reads HCL rewrites other text to it without a word.
  Remedy: Pass text.normalize("NFC"), if that is the same for its reader; else carry it base64-encoded and decode it in the guest.`;
  const finite = `  A number is finite.
  Remedy: Check the calculation behind it; a division by zero or an undefined operand gives such a value.`;
  const terraform = `  A HCL body is complete when it is written: a value that is known only when Terraform runs cannot stand in it.
  Remedy: Use a value known in the program, or declare a variable in the document and pass the value when its tool is run.`;
  test.each<[string, any, string]>([
    ['an object of a class', new Thing(), `[hcl-value] a, got: Thing(1)\n${value}`],
    ['a Map', new Map([['k', 1]]), `[hcl-value] a, got: an object of the class Map\n${value}`],
    ['a function', () => 1, `[hcl-value] a, got: a function\n${value}`],
    ['a big integer', 10n, `[hcl-value] a, got: 10\n${value}`],
    ['a symbol', Symbol('s'), `[hcl-value] a, got: Symbol(s)\n${value}`],
    ['an object of a class inside', { x: [0, null, { 'user-data': { 'k 1': new Thing() } }] }, `[hcl-value] a.x[2].user-data["k 1"], got: Thing(1)\n${value}`],
    ['NaN', NaN, `[hcl-number] a, got: NaN\n${finite}`],
    ['an infinite number', [1, -Infinity], `[hcl-number] a[1], got: -Infinity\n${finite}`],
    ['a loop', loop, '[hcl-cycle] a.inner[0]\n  A list or a map does not contain itself.\n  Remedy: Pass a copy without the loop.'],
    ['half of a surrogate pair', '\ud83d', `[hcl-surrogate] a, got: "\\ud83d"
  Text is valid Unicode: half of a surrogate pair stands for no character and cannot be written to a file.
  Remedy: Cut text between characters ([...text].slice(0, 10).join("")), not inside of them; text.toWellFormed() replaces such halves.`],
    ['decomposed text', 'e\u0301', `[hcl-normalization] a, got: "e\u0301"\n${form}`],
    ['a decomposed key', { é: 1 }, `[hcl-normalization] a["e\u0301"], got: "e\u0301"\n${form}`],
    ['too many combining characters', `x${'\u0316'.repeat(31)}`, `[hcl-combining-characters] a, got: "x${'\u0316'.repeat(31)}"
  No more than 30 combining characters follow each other: programs that read HCL put a character of their own between them.
  Remedy: Shorten the text there, or carry it base64-encoded and decode it in the guest.`],
    ['a Terraform reference', 'a ${TfToken[TOKEN.1]}', `[hcl-terraform-reference] a, got: a Terraform reference (known only when Terraform runs)\n${terraform}`],
    ['a list that is a Terraform reference', ['#{TfToken[TOKEN.1]}'], `[hcl-terraform-reference] a[0], got: a Terraform reference (known only when Terraform runs)\n${terraform}`],
  ])('%s', (_name, given, message) => {
    expect(messageOf(() => new Body({ a: given }))).toBe(`hcl.Body: ${message}`);
    expect(messageOf(() => new Body().setAttribute('a', given))).toBe(`hcl.Body: ${message}`);
  });

  test.each<[string, any, string]>([
    ['text', `x${cdktf.Lazy.stringValue({ produce: () => 'y' })}`, 'a'],
    ['a number', cdktf.Token.asNumber('${x}'), 'a'],
    ['a number in text', `x${cdktf.Token.asNumber('${x}')}`, 'a'],
    ['a list', cdktf.Token.asList('${x}'), 'a[0]'],
    ['a list of numbers', cdktf.Token.asNumberList('${x}'), 'a[0]'],
    ['anything', { k: cdktf.Lazy.anyValue({ produce: () => 1 }) }, 'a.k'],
    ['a function of Terraform', cdktf.Fn.lookup({ k: 1 }, 'k', 2), 'a'],
  ])('a reference made by the core as %s', (_name, given, property) => {
    expect(problemsOf(() => new Body({ a: given }))).toEqual([['hcl-terraform-reference', property]]);
  });

  test('a map that is a reference made by the core', () => {
    expect(problemsOf(() => new Body({ a: cdktf.Token.asStringMap('${x}') }))).toEqual([['hcl-terraform-reference', expect.stringMatching(/^a\["&\{TfToken/)]]);
  });

  test('thirty combining characters are not too many', () => {
    const text = `x${'\u0316'.repeat(30)}`;
    expect(new Body({ a: text }).attributes).toEqual({ a: text });
  });

  test('all mistakes of a body are reported together', () => {
    const make = () => new Body({ 'no name': 1, 'ok': [NaN, new Thing()], '1st': 2, 'block': 3 }, [new Block('block'), new Block('other', ['a']), new Block('other')]);
    expect(problemsOf(make)).toEqual([
      ['hcl-identifier', 'no name'], ['hcl-number', 'ok[0]'], ['hcl-value', 'ok[1]'], ['hcl-identifier', '1st'],
      ['hcl-name-twice', 'block'], ['hcl-label-count', 'other'],
    ]);
  });
});

/** Codes and properties of all mistakes. */
function problemsOf(make: () => unknown): string[][] {
  try {
    make();
  } catch (error) {
    return (error as ValidationError).problems.map((problem) => [problem.code, problem.property]);
  }
  return [];
}

describe('blocks', () => {
  const ordered = (type: string, ...labels: string[]) => new Block(type, labels, new Body(), { ordered: true });

  test('stay in the order they were added', () => {
    const body = new Body({}, [new Block('b'), new Block('a')]);
    body.addBlock(new Block('b'));
    expect(body.blocks.map((block) => block.type)).toEqual(['b', 'a', 'b']);
  });

  test('an attribute and a block of one name', () => {
    const message = `hcl.Body: [hcl-name-twice] x
  One name in a body is either an attribute or a type of block, never both.
  Remedy: Remove the attribute, or the blocks, of this name.`;
    expect(messageOf(() => new Body({ x: 1 }).addBlock(new Block('x')))).toBe(message);
    expect(messageOf(() => new Body({}, [new Block('x')]).setAttribute('x', 1))).toBe(message);
  });

  test('blocks of one type with different numbers of labels', () => {
    expect(messageOf(() => new Body({}, [new Block('source', ['a', 'b'])]).addBlock(new Block('source', ['c'])))).toBe(`hcl.Body: [hcl-label-count] source, got: ["c"]
  All blocks of one type in a body have the same number of labels.
  Remedy: Correct the labels of the block.`);
  });

  test('ordered blocks of one type with others in between', () => {
    expect(messageOf(() => new Body({}, [ordered('pp', 'a'), ordered('pps'), ordered('pp', 'b')]))).toBe(`hcl.Body: [hcl-interleaved] pp b
  Ordered blocks of one type stand together: JSON groups blocks by type and could not keep the order across types.
  Remedy: Add all blocks of one type one after the other, or nest them in blocks of one type.`);
    expect(new Body({}, [ordered('pp', 'a'), new Block('x'), ordered('pp', 'b'), ordered('pps'), ordered('pps'), new Block('x')]).blocks).toHaveLength(6);
  });
});

test('an expression as a value is kept as text', () => {
  const x = Expression.reference('var.x');
  expect(new Body({ a: x, b: [x], c: { k: x } }).attributes).toEqual({ a: `${x}`, b: [`${x}`], c: { k: `${x}` } });
});

describe('a comment', () => {
  test('holds no control characters', () => {
    expect(messageOf(() => new Body({}, [], { comment: 'a\u001b[0m' }))).toBe(`hcl.Body: [hcl-comment] comment, got: "a\\u001b[0m"
  A comment holds no control characters other than line breaks and tabs.
  Remedy: Leave these characters out of the comment.`);
  });
});
