import { fc } from '../support/fast-check';

/** Pieces that mean something to one of the languages a text passes through, or that are often mishandled. */
const FRAGMENTS = [
  '$', '$$', '%', '%%', '{', '}', '{{', '}}', '${', '%{', '$${', '%%{', '$$${', '%%%{', '${~', '~}', '${"', '%{ if true }', '%{ endif }',
  '"', "'", '`', '\\', '\\n', '\\u0041', '\\"', '/', '//', '#', '/*', '*/', '<<EOT', '<<-EOT', 'EOT', 'EOT2', '\nEOT\n', '\n  EOT\n',
  '\n', '\n\n', '\r\n', '\r', '\t', ' ', '  ', '    ', '\n  ', '\n\t', ' \n', '\n   \n', '\u00a0', '\u2003', '\u2028', '\u2029', '\u0085',
  '\u0000', '\u0001', '\u0007', '\u001b[31m', '\u007f', '\u200b', '\u200d', '\u202e', '\u2066', '\ufeff', '\ufffd', '\uffff', '\ue002',
  'é', 'ß', 'İ', '\u0301', '\u0316', 'ǰ', '\u0e33', '\u1160', '가', '文字', 'ア', '\ufe0f', '😀', '👨‍👩‍👧', '🇩🇪', '🏽', '\u{10ffff}', '𐐀', '𝐀',
  'a', 'Z', '0', 'x = 1', 'null', 'true', 'for', 'in', 'key', 'var.x', '${var.x}', '{{ .Name }}', '=', '=>', ',', ':', ';', '[', ']', '(', ')', '<', '>', '&',
];

/** Texts that were wrong somewhere once, or that one would try first. */
export const HOSTILE_TEXTS: readonly string[] = [
  '', ' ', '\n', '\n\n', 'a', 'a\n', 'a\nb', 'a\nb\n', '\na\n', ' a\nb\n', ' a\n b\n', '\ta\nb\n', 'a\n\n\nb\n', 'a\n \nb\n', 'a\n\t\nb\n', 'a \nb\t\n',
  'a\r\nb\r\n', 'a\rb\r', 'EOT\n', 'a\nEOT\n', 'a\n  EOT\nb\n', 'a\nEOT2\nEOT\n', '<<EOT\na\nEOT\n', 'a\nb\nEOT', '$EOT\na\n', 'a\n$\n', 'a\n%\nb\n',
  '$', '$$', '$$$', '%', '%%', '${', '$${', '$$${', '$$$${', '%{', '%%{', '%%%{', '$%{', '%${', '$%%{', '%$${', '${}', '${x}', '$${x}', '$$${x}', '%%{x}',
  '%{ if true }a%{ endif }', '${~ x ~}', '%{~ if true ~}', '${"a"}', '${\n}', 'a\n${\n}\n', '$\\{', '$"{', '\\${x}', '\\$${x}', '"', '""', '\\', '\\\\', '\\"', '"\\',
  '{{', '}}', '{{ .Name }}', '{{{', '${{{', '{{ "{{" }}', '#!/bin/sh\necho "${HOME}" $? $$ "$@" %s\n', 'a # b', 'a // b', '/* a */',
  '\u0000', 'a\u0000b', '\u0000\n\u0000\n', '\u001b[0m', '\ufeff', '\ufeffa', 'a\ufeff', '\ufeff${x}', 'x\n\ufeffy\n', '\u2028', '\u2029', '\u0085',
  'a\n\u00a0\nb\n', '\u00a0a\nb\n', '\u2003a\nb\n', '\u0301', 'x\n\u0301y\n', '  \u0301a\nb\n', '\u200d\na\n', 'a\n🏽b\n', 'a\n\ufe0fb\n', 'é', 'ガ', '😀', '\u{10ffff}', '\uffff',
  '\u202egnp', 'null', 'true', 'false', '0', '-1', '1e5', '0x1f', 'for', 'var.x', 'local.x', '[1]', '{}', 'x = 1', '\ue002', `${'a'.repeat(30)}${'\u0316'.repeat(30)}`,
];

/** Text that HCL can carry: in the normal form C, without halves of surrogate pairs, markers and overlong combinations. */
export function carriable(text: string): string {
  const composed = [...text].filter((c) => !/[\ue000\ue001]|\p{Surrogate}/u.test(c)).join('').normalize('NFC');
  return /\p{Mark}{31}/u.test(composed.normalize('NFKD')) ? composed.replace(/\p{Mark}/gu, '') : composed;
}

/** Hostile text that HCL can carry. */
export function hostileText(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom(...HOSTILE_TEXTS),
    fc.array(fc.constantFrom(...FRAGMENTS), { minLength: 1, maxLength: 12 }).map((parts) => parts.join('')),
    fc.array(fc.constantFrom(...'$%{}~ \n"\\a'), { minLength: 1, maxLength: 10 }).map((parts) => parts.join('')),
    fc.array(fc.array(fc.constantFrom('  ', '\t', 'a', '$', '${', '%', 'EOT', '"', 'é', '\\', ' '), { maxLength: 5 }), { maxLength: 6 })
      .map((lines) => lines.map((line) => `${line.join('')}\n`).join('')),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
  ).map(carriable);
}

/** A name that HCL takes without quotes. */
export function identifier(): fc.Arbitrary<string> {
  return fc.oneof(fc.constantFrom('a', 'bb', 'long_name', 'with-hyphen', '_', 'for', 'in', 'if', 'null', 'true', 'x1', 'A', 'dynamic'),
    fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_-]{0,12}$/));
}

/** A number as programs meet them, the extremes included; those in which the cores hide references are left out. */
export function number(): fc.Arbitrary<number> {
  return fc.oneof(fc.integer(), fc.constantFrom(0, -0, 1, -1, 0.1, -0.5, 1e21, 1e-7, 1.5e300, 5e-324, 9007199254740993, Number.MAX_VALUE),
    fc.double({ noNaN: true, min: -1e280, max: 1e300 }));
}

/** A value without expressions: text, numbers, booleans, lists and maps of them. */
export function plainValue(): fc.Arbitrary<any> {
  return fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 3, withCrossShrink: true }, hostileText(), number(), fc.boolean(),
      fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(mapKey(), tie('value'), { maxKeys: 4, noNullPrototype: true })),
  })).value;
}

/** The key of a map. */
export function mapKey(): fc.Arbitrary<string> {
  return fc.oneof(identifier(), hostileText()).filter((key) => key !== '__proto__');
}
