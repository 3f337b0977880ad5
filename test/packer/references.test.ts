import { Expression } from '../../lib/hcl';
import { callsFunction, referencesIn } from '../../lib/packer/references';

const found = (expression: string) => referencesIn(Expression.raw(expression).toString()).map(({ root, names }) => [root, ...names].join('.'));

test.each<[string, string[]]>([
  ['var.x', ['var.x']],
  ['upper(local.a) == data.http.b.body ? build.ID : path.root', ['local.a', 'data.http.b.body', 'build.ID', 'path.root']],
  ['var.list[0].name', ['var.list']],
  ['"var.a ${var.b} var.c"', ['var.b']],
  ['"a \\" var.a ${"x ${var.b}"} $${var.c} %%{ var.d"', ['var.b']],
  ['"%{ if var.a }x%{ endif }"', ['var.a']],
  ['{ a = var.b, "var.c" = "}" }', ['var.b']],
  ['[for v in var.x : v.var.y]', ['var.x']],
  ['other.x', []],
  ['myvar.x + x.var.y', []],
])('%s', (expression, references) => {
  expect(found(expression)).toEqual(references);
});

test('literal text refers to nothing', () => {
  expect(referencesIn('var.x ${var.y}')).toEqual([]);
  expect(referencesIn(`var.x ${Expression.reference('var.y')}`)).toEqual([{ root: 'var', names: ['y'] }]);
});

test('calls of a function', () => {
  expect(callsFunction(Expression.raw('upper(env("X"))').toString(), 'env')).toBe(true);
  expect(callsFunction(Expression.raw('myenv("X")').toString(), 'env')).toBe(false);
  expect(callsFunction(Expression.raw('"env(X)"').toString(), 'env')).toBe(false);
  expect(callsFunction('env("X")', 'env')).toBe(false);
});
