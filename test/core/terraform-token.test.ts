import * as cdktf from 'cdktf';
import * as cdktn from 'cdktn';
import { containsTerraformToken, describeTerraformToken } from '../../lib/core';

const WORD = 'a Terraform reference (known only when Terraform runs)';

describe.each([['cdktf', cdktf], ['cdktn', cdktn as unknown as typeof cdktf]])('made by %s', (_core, { Lazy, Token }) => {
  const text = Lazy.stringValue({ produce: () => 'x' });
  const number = Token.asNumber('${x}');
  const list = Token.asList('${x}');
  const numbers = Token.asNumberList('${x}');
  const map = Token.asStringMap('${x}');

  test.each<[string, any]>([
    ['text', text],
    ['text of a token', Token.asString({ resolve: () => 'x', creationStack: [], toString: () => '' })],
    ['a text around it', `a ${text} b`],
    ['a number', number],
    ['a number in a text', `vm-${number}.lan`],
    ['a list', list],
    ['a list of numbers', numbers],
    ['the number of a list in a text', `${numbers}`],
    ['a map', map],
    ['a map of numbers', Token.asNumberMap('${x}')],
    ['deep within', { a: [{ b: [1, text] }] }],
    ['a key', { [text]: 1, [Object.keys(map)[0]]: 2 }],
  ])('a reference as %s', (_, value) => {
    expect(containsTerraformToken(value)).toBe(true);
  });

  test('a word for it', () => {
    expect([text, number, list, numbers].map(describeTerraformToken)).toEqual([WORD, WORD, WORD, WORD]);
    expect(describeTerraformToken({ a: text })).toBeUndefined();
  });

  test('every number that the core hands out', () => {
    for (let i = 0; i < 2000; i++) {
      const one = Token.asNumber({ resolve: () => i, creationStack: [], toString: () => '' });
      expect([one, `${one}`, `${one}${one}`].map(containsTerraformToken)).toEqual([true, true, true]);
    }
  });
});

test.each([undefined, null, '', '${x}', '${TfToken}', '-1.5e+10', '-8.1e+298', 0, -1, 1e300, -1e300, -Infinity, NaN, [], {}, [[]], { a: { b: null } }, true, () => 1])('no reference: %p', (value) => {
  expect(containsTerraformToken(value)).toBe(false);
  expect(describeTerraformToken(value)).toBeUndefined();
});
