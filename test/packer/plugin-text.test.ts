import { Expression } from '../../lib/hcl';
import * as packer from '../../lib/packer';
import { once } from '../../lib/packer/plugin-text';
import { fc } from '../support/fast-check';

/** What a Go template makes of a text in which every action is one that writes two braces. */
function render(text: string): string {
  const parts = text.split('{{ "{{" }}');
  expect(parts.filter((part) => part.includes('{{'))).toEqual([]);
  return parts.join('{{');
}

test('text of any kind arrives as it was written', () => {
  const braces = fc.array(fc.constantFrom('{', '}', '"', ' ', '-', '.x', '`', '${', 'é'), { maxLength: 40 }).map((parts) => parts.join(''));
  fc.assert(fc.property(fc.oneof(braces, fc.string({ unit: 'grapheme' })), (text) => render(once(text)) === text));
});

test('keys and values of maps and lists are escaped, expressions and numbers are not', () => {
  const expression = Expression.reference('var.x');
  expect(once({ 'a {{': ['{{ b }}', 1, true, undefined, expression], 'c': `${expression} {{` })).toEqual({
    'a {{ "{{" }}': ['{{ "{{" }} b }}', 1, true, undefined, expression], 'c': `${expression} {{ "{{" }}`,
  });
});

test('a path below the template', () => {
  expect(packer.fromRoot('files/a b/site.yml')).toBe(`${Expression.reference('path.root')}/files/a b/site.yml`);
});
