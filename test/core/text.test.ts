import * as cdktf from 'cdktf';
import * as cdktn from 'cdktn';
import { escapeGoTemplate, escapeTerraformText } from '../../lib/core';
import { HOSTILE_TEXTS, hostileText } from '../hcl/hostile';
import { readTemplates } from '../hcl/read-back';
import { fc } from '../support/fast-check';

describe('text for Terraform', () => {
  const token = '${TfToken[TOKEN.7]}';

  test.each([
    ['plain text', 'plain text'],
    ['$ % $$ %% {}', '$ % $$ %% {}'],
    ['${a}', '$${a}'],
    ['%{a}', '%%{a}'],
    ['$${a} $$${b}', '$$${a} $$$${b}'],
    ['\ufeffa\ufeff', '${"\\ufeff"}a\ufeff'],
    ['a\rb\r\n$\r', 'a${"\\r"}b\r\n${"$"}${"\\r"}'],
    [token, token],
    [`a ${token}, \${b} ${token}`, `a ${token}, $\${b} ${token}`],
    [`$${token} $$${token}$`, `\${"$"}${token} \${"$$"}${token}$`],
    [`%${token}`, `%${token}`],
    [`\${${token}}`, `\${"$"}{${token}}`],
    [`$\${a ${token}`, `\${"$$"}{a ${token}`],
    [`\${a} \${b ${token}`, `$\${a} \${"$"}{b ${token}`],
    ['${TfToken[no token]} ${TfToken[', '$${TfToken[no token]} $${TfToken['],
  ])('%j', (text, escaped) => {
    expect(escapeTerraformText(text)).toBe(escaped);
  });

  test('means the text, whatever it is', () => {
    expect(readTemplates(HOSTILE_TEXTS.map(escapeTerraformText))).toEqual(HOSTILE_TEXTS);
    fc.assert(fc.property(fc.array(hostileText(), { minLength: 1, maxLength: 20 }), (texts) => {
      expect(readTemplates(texts.map(escapeTerraformText))).toEqual(texts);
    }), { numRuns: 50 });
  });

  test.each([['cdktf', cdktf], ['cdktn', cdktn as unknown as typeof cdktf]])('means the text around references made by %s', (_name, core) => {
    const stack = new core.TerraformStack(core.Testing.app(), 'stack');
    const reference = new core.TerraformLocal(stack, 'worth', 'x').asString;
    const parts = fc.sample(fc.array(fc.oneof(hostileText(), fc.constantFrom('$', '${', '}', '%'), fc.constant(null)), { minLength: 1, maxLength: 6 }), { numRuns: 300, seed: 5 })
      .map((list) => ['-', ...list, '-']);
    parts.forEach((list, i) => new core.TerraformLocal(stack, `v${i}`, escapeTerraformText(list.map((part) => part ?? reference).join(''))));
    const { locals } = JSON.parse(core.Testing.synth(stack));
    expect(readTemplates(parts.map((_, i) => locals[`v${i}`]))).toEqual(parts.map((list) => list.map((part) => part ?? '${local.worth}').join('').normalize('NFC')));
  });

  test('100 KB', () => {
    expect(escapeTerraformText('${'.repeat(50_000))).toBe('$${'.repeat(50_000));
    expect(escapeTerraformText('$'.repeat(100_000))).toBe('$'.repeat(100_000));
    expect(escapeTerraformText(`${'${ '.repeat(50_000)}${token}`)).toBe(`${'$${ '.repeat(49_999)}\${"$"}{ ${token}`);
  });
});

describe('text for Go templates', () => {
  test.each([
    ['plain } }} { text', 'plain } }} { text'],
    ['{{ .Name }}', '{{ "{{" }} .Name }}'],
    ['{{{', '{{ "{{" }}{'],
    ['{{{{', '{{ "{{" }}{{ "{{" }}'],
    ['{{- x -}}', '{{ "{{" }}- x -}}'],
  ])('%j', (text, escaped) => {
    expect(escapeGoTemplate(text)).toBe(escaped);
  });

  test('every action is the one that writes two braces', () => {
    fc.assert(fc.property(hostileText(), (text) => {
      const escaped = escapeGoTemplate(text);
      expect(escaped.split('{{ "{{" }}').join('{{')).toBe(text);
      expect(escaped.split('{{ "{{" }}').some((rest) => rest.includes('{{'))).toBe(false);
    }));
  });
});
