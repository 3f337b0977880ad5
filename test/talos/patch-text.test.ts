import { TerraformStack, TerraformVariable } from 'cdktf';
import { parse, parseAllDocuments } from 'yaml';
import { Secret } from '../../lib/core';
import { SecretText } from '../../lib/talos';
import { patchText, readPatchText } from '../../lib/talos/patch-text';
import { HOSTILE_TEXTS, mapKey, plainValue } from '../hcl/hostile';
import { readTemplates } from '../hcl/read-back';
import { expectError, mistakes } from '../support/errors';
import { fc } from '../support/fast-check';
import { newStack, synthesize } from '../support/synth';
import { patchesMeant } from './clusters';

const stack = newStack();

/** What the machine reads of documents. */
function meant(documents: readonly object[]): any[] {
  return readTemplates(documents.map((document) => patchText(stack, document))).map((text) => {
    const [document, ...more] = parseAllDocuments(text);
    expect([text, document.errors, document.warnings, more]).toEqual([text, [], [], []]);
    return document.toJS();
  });
}

test.each<[string, object, string]>([
  ['what JSON has', { a: [1, 'b', true, null, { c: {} }], d: undefined }, '{"a":[1,"b",true,null,{"c":{}}]}'],
  ['templates of Terraform', { 'a': '${b}', '%{c}': '$${d} %%{e}' }, '{"a":"$${b}","%%{c}":"$$${d} %%%{e}"}'],
  ['what YAML takes for a line break or refuses', { a: '\u0085\u2028\u2029\u007f\u009f\ufeff\ufffe\uffff' }, '{"a":"\\u0085\\u2028\\u2029\\u007f\\u009f\\ufeff\\ufffe\\uffff"}'],
  ['control characters', { a: '\u0000\b\t\n\f\r\u001b' }, '{"a":"\\u0000\\b\\t\\n\\f\\r\\u001b"}'],
  ['letters of all alphabets', { ä: '文字 😀 ü' }, '{"ä":"文字 😀 ü"}'],
  ['accents that would join an escape', { a: '\n\u0301 e\u0301 \u1112\u1161 \u212b \ufe0f' }, '{"a":"\\n\\u0301 e\\u0301 \\u1112\\u1161 \\u212b \\ufe0f"}'],
  ['nothing', {}, '{}'],
])('%s', (_, document, text) => {
  expect(patchText(stack, document)).toBe(text);
});

test('any document arrives as it is', () => {
  const hostile = HOSTILE_TEXTS.map((text) => ({ [text]: [text, { a: text }] }));
  expect(meant(hostile)).toEqual(hostile.map((document) => document));
  fc.assert(fc.property(fc.array(fc.dictionary(mapKey(), plainValue(), { maxKeys: 5, noNullPrototype: true }), { minLength: 1, maxLength: 5 }), (documents) => {
    // Without what JSON does not tell apart, such as -0.
    expect(meant(documents)).toEqual(JSON.parse(JSON.stringify(documents)));
  }), { numRuns: 40 });
});

test('a secret is read by Terraform when it runs', () => {
  const own = newStack();
  const document = {
    auth: { username: 'a${b}', password: Secret.fromEnvironment('registry_password') },
    list: [Secret.fromFile('~/to ken'), new SecretText('KEY="${x}" %{y}\n\\', Secret.fromEnvironment('auth_key')), new SecretText('', Secret.fromEnvironment('auth_key'))],
  };
  const text = patchText(own, document);
  expect(text).toBe('{"auth":{"username":"a$${b}","password":${jsonencode(var.registry_password)}},'
    + '"list":[${jsonencode(sensitive(trimspace(file(pathexpand("~/to ken")))))},'
    + '${jsonencode(format("%s%s", "KEY=\\"$${x}\\" %%{y}\\n\\\\", var.auth_key))},${jsonencode(format("%s%s", "", var.auth_key))}]}');
  const { variable } = synthesize(own).terraform;
  expect(variable).toEqual(Object.fromEntries(['auth_key', 'registry_password'].map((name) => [name, {
    description: `Secret, given as TF_VAR_${name}.`, nullable: false, sensitive: true, type: 'string',
  }])));
  expect(parse(patchesMeant([text], (expression) => `<${expression}>`)[0]).list[0]).toBe('<sensitive(trimspace(file(pathexpand("~/to ken"))))>');
});

test('no text is taken for a secret', () => {
  const texts = ['\ue000secret\ue0010\ue000secret\ue001', '\ue000secret\ue001', '0'];
  const document = { a: texts, b: Secret.fromEnvironment('b'), [texts[0]]: texts[0] };
  expect(patchText(stack, document)).toBe(`{"a":["${texts[0]}","${texts[1]}","0"],"b":\${jsonencode(var.b)},"${texts[0]}":"${texts[0]}"}`);
});

test('a reference to Terraform is refused wherever it stands', () => {
  const own = newStack();
  const { stringValue, numberValue, listValue } = new TerraformVariable(own, 'banner', { type: 'any' });
  const documents = [
    { a: stringValue }, { a: `x ${stringValue}` }, { a: numberValue }, { a: listValue }, { [stringValue]: 'a' }, { a: new SecretText(stringValue, Secret.fromEnvironment('b')) },
  ];
  for (const document of documents) expect(mistakes(() => patchText(own, document))).toEqual([expect.stringMatching(/^patch-reference configPatches /)]);
  expect(expectError(() => patchText(own, { a: stringValue })).message).toBe([
    'homelab: [patch-reference] configPatches, got: a Terraform reference (known only when Terraform runs)',
    '  Every value that goes into a machine configuration is known when the program runs: a reference is known after the configuration was planned, '
    + 'and one to the cluster itself makes a cycle.',
    '  Remedy: Give the value itself, or a Secret for what is secret.',
  ].join('\n'));
});

test('what was written is read again, without its secrets', () => {
  const own = newStack();
  const secrets = [Secret.fromFile('~/to "ken}'), new SecretText('KEY="${x}" %{y}}\n\\', Secret.fromEnvironment('auth_key'))];
  expect(readPatchText(patchText(own, { a: secrets, b: secrets[0] }))).toEqual({ a: [null, null], b: null });
  fc.assert(fc.property(fc.dictionary(mapKey(), plainValue(), { maxKeys: 5, noNullPrototype: true }), (document) => {
    expect(readPatchText(patchText(own, document))).toEqual(JSON.parse(JSON.stringify(document)));
  }), { numRuns: 40 });
  for (const text of HOSTILE_TEXTS) expect(readPatchText(patchText(own, { [text]: text }))).toEqual({ [text]: text });
});

test('a secret whose name is that of something else in the stack is refused', () => {
  const own: TerraformStack = newStack();
  new TerraformVariable(own, 'token', { type: 'string' });
  expect(mistakes(() => patchText(own, { a: Secret.fromEnvironment('token') }))).toEqual(['secret-variable-shown secret "token"']);
});
