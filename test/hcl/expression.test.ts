import { Body, Expression, HclRenderer, JsonRenderer } from '../../lib/hcl';
import { messageOf } from './message-of';

const password = Expression.reference('var.password');

function native(value: any): string {
  return new HclRenderer().render(new Body({ a: value }));
}

function json(value: any): any {
  return JSON.parse(new JsonRenderer().render(new Body({ a: value }))).a;
}

describe('an expression is spelled as HCL spells it', () => {
  test.each([
    ['reference', Expression.reference('local.disks[0].storage'), 'local.disks[0].storage'],
    ['reference with a key', Expression.reference('var.tags["env"]'), 'var.tags["env"]'],
    ['reference with a splat', Expression.reference('var.all[*].id'), 'var.all[*].id'],
    ['raw', Expression.raw('var.a ? 1 : 2'), 'var.a ? 1 : 2'],
    ['raw of others', Expression.raw(`${password} == ${Expression.reference('var.other')}`), 'var.password == var.other'],
    ['call', Expression.call('upper', password), 'upper(var.password)'],
    ['call without arguments', Expression.call('timestamp'), 'timestamp()'],
    ['call with every kind of value', Expression.call('f', 'a"${b}', 1.5, true, null, ['x', password], { 'b': 1, 'a-b': `<${password}>`, 'for': {} }),
      'f("a\\"$${b}", 1.5, true, null, ["x", var.password], { "a-b" = "<${var.password}>", b = 1, "for" = {} })'],
    ['template', Expression.template('echo "', password, '"'), '"echo \\"${var.password}\\""'],
    ['template of one expression', Expression.template(password), 'var.password'],
    ['template of text only', Expression.template('a', 'b${c}'), '"ab$${c}"'],
    ['template of templates', Expression.template('a', Expression.template('b', password)), '"ab${var.password}"'],
    ['keyword', Expression.keyword('list(object({ name = string }))'), 'list(object({ name = string }))'],
    ['verbatim', Expression.verbatim('costs ${price}'), 'costs ${price}'],
  ])('%s', (_name, expression, text) => {
    expect(expression.text).toBe(text);
  });
});

describe('an expression is a value', () => {
  test.each<[string, any, string, any]>([
    ['alone', password, 'var.password', '${var.password}'],
    ['alone in a string', `${password}`, 'var.password', '${var.password}'],
    ['in text', `echo ${password}`, '"echo ${var.password}"', 'echo ${var.password}'],
    ['twice in text', `${password}${password}`, '"${var.password}${var.password}"', '${var.password}${var.password}'],
    ['through JSON.stringify', JSON.stringify({ p: password }), '"{\\"p\\":\\"${var.password}\\"}"', '{"p":"${var.password}"}'],
    ['after a dollar sign', `costs $${password}`, '"costs ${"$"}${var.password}"', 'costs ${"$"}${var.password}'],
    ['after dollar signs', `$$${password}$`, '"${"$$"}${var.password}$"', '${"$$"}${var.password}$'],
    ['after a percent sign', `100%${password}`, '"100%${var.password}"', '100%${var.password}'],
    ['that begins with a minus sign, in text', `x${Expression.raw('-var.n')}`, '"x${- var.n}"', 'x${- var.n}'],
    ['that is a map, in text', `x${Expression.raw('{ a = 1 }')}`, '"x${ { a = 1 } }"', 'x${ { a = 1 } }'],
    ['keyword', Expression.keyword('string'), 'string', 'string'],
    ['verbatim', Expression.verbatim('${a} "b" %{c}'), '"$${a} \\"b\\" %%{c}"', '${a} "b" %{c}'],
    ['verbatim empty', Expression.verbatim(''), '""', ''],
    ['template', Expression.template('a ', password), '"a ${var.password}"', 'a ${var.password}'],
  ])('%s', (_name, value, inNative, inJson) => {
    expect(native(value)).toBe(`a = ${inNative}\n`);
    expect(json(value)).toBe(inJson);
  });

  test('as the key of a map', () => {
    expect(native({ [`${password}`]: 1, [`x-${password}`]: 2 })).toBe('a = {\n  "x-${var.password}" = 2\n  "${var.password}"   = 1\n}\n');
    expect(json({ [`${password}`]: 1, [`x-${password}`]: 2 })).toEqual({ '${var.password}': 1, 'x-${var.password}': 2 });
  });

  test('the same expression is the same string', () => {
    expect(`${Expression.reference('var.x')}`).toBe(`${Expression.reference('var.x')}`);
    expect(`${Expression.reference('var.x')}`).not.toBe(`${Expression.keyword('var.x')}`);
  });
});

describe('what is no expression is refused', () => {
  test.each([
    ['', 'hcl.Expression.raw: [hcl-expression] text, got: ""'],
    ['a\nb', 'hcl.Expression.raw: [hcl-expression] text, got: "a\\nb"'],
  ])('raw %j', (text, message) => {
    expect(messageOf(() => Expression.raw(text))).toBe(`${message}
  The text of an expression is not empty and stands on one line.
  Remedy: Write the expression on one line; put text of several lines into a string and add the expression to it.`);
  });

  test.each(['', 'var', 'var.', '.x', 'var.x y', 'var.1', 'var.x[', 'var.x["a]', '${var.x}', 'f(x)'].filter((path) => path !== 'var'))('reference %j', (path) => {
    expect(messageOf(() => Expression.reference(path))).toBe(`hcl.Expression.reference: [hcl-reference] path, got: ${JSON.stringify(path)}
  A reference is a chain of names, joined by dots, with indices in brackets, such as var.disks[0].storage or var.tags["env"].
  Remedy: Correct the path, or use Expression.raw for another kind of expression.`);
  });

  test('a call: all mistakes together', () => {
    expect(messageOf(() => Expression.call('no name', 'a\ud800', [NaN]))).toBe(`hcl.Expression.call: 3 mistakes
[hcl-function] functionName, got: "no name"
  The name of a function is an identifier, such as jsonencode.
  Remedy: Pass the name without brackets and arguments; the arguments follow as values.
[hcl-surrogate] args[0], got: "a\\ud800"
  Text is valid Unicode: half of a surrogate pair stands for no character and cannot be written to a file.
  Remedy: Cut text between characters ([...text].slice(0, 10).join("")), not inside of them; text.toWellFormed() replaces such halves.
[hcl-number] args[1][0], got: NaN
  A number is finite.
  Remedy: Check the calculation behind it; a division by zero or an undefined operand gives such a value.`);
  });

  test('an expression in verbatim text', () => {
    expect(messageOf(() => Expression.verbatim(`a ${password}`))).toBe(`hcl.Expression.verbatim: [hcl-no-expression] text, got: "a \${var.password}"
  Where the tool evaluates nothing, and inside of text, only literal text and expressions that it evaluates there can stand.
  Remedy: Leave the Expression out of a text that is taken verbatim; pass a keyword or a verbatim text as a value of its own.`);
  });

  test.each([Expression.keyword('string'), Expression.verbatim('v')])('a keyword or verbatim text inside of text', (inner) => {
    expect(messageOf(() => new Body({ a: `a ${inner}` }))).toBe(`hcl.Body: [hcl-no-expression] a, got: "a ${inner.text}"
  Where the tool evaluates nothing, and inside of text, only literal text and expressions that it evaluates there can stand.
  Remedy: Leave the Expression out of a text that is taken verbatim; pass a keyword or a verbatim text as a value of its own.`);
  });

  test.each([
    ['cut', `${password}`.slice(0, -1)],
    ['changed', `${password}`.toLowerCase()],
    ['forged', '\ue000ebG9jYWwueA.00000000\ue001'],
    ['in the middle of text, cut', `a ${`${password}`.slice(3)} b`],
  ])('an expression that was %s', (_how, text) => {
    expect(messageOf(() => new Body({ a: text }))).toBe(`hcl.Body: [hcl-damaged-expression] a
  The text of an Expression (its toString()) stays whole; the characters U+E000 and U+E001, which hold it together, stand nowhere else.
  Remedy: Change the text around the Expression only; to change the value itself use a function, such as Expression.call("upper", expression).`);
  });
});
