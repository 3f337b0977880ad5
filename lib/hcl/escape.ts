/*
 * The template language of HCL. `${` and `%{` begin something; `$${` and `%%{` are the two characters themselves. More
 * dollar signs before them stand for themselves: `$$${` is `$${`. Just before an interpolation that is different, since the
 * last dollar sign would begin the escape: there the signs are written as the value of an expression, `${"$"}${var.x}`.
 */

/**
 * Literal text as a part of a HCL template, in which `${` and `%{` begin something else. The same in HCL and in JSON.
 *
 * @param beforeExpression whether an interpolation follows the text
 */
export function escapeTemplate(literal: string, beforeExpression: boolean): string {
  const escaped = literal.replace(/([$%])\{/g, '$1$1{');
  return beforeExpression ? escaped.replace(/\$+$/, (signs) => `\${"${signs}"}`) : escaped;
}

/** Characters that cannot stand, or could not be seen, between quotes. */
// eslint-disable-next-line no-control-regex
const UNPRINTABLE = /["\\\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const SHORT: { [character: string]: string } = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '"': '\\"', '\\': '\\\\' };

/** Literal text between the quotes of native syntax. */
export function escapeQuoted(literal: string): string {
  return literal.replace(UNPRINTABLE, (character) => SHORT[character] ?? toCodePoint(character));
}

/**
 * Literal text between the quotes of a key. Formatters align what follows a key by counting characters as they are seen,
 * which differs between releases of Unicode; so only characters that are one column by themselves everywhere are left.
 */
export function escapeKey(literal: string): string {
  return escapeQuoted(literal).replace(/[^ -~\p{Lu}\p{Ll}\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]/gu, toCodePoint);
}

/** Whether text cannot be shown as it is on lines of its own. */
export function needsQuotes(literal: string): boolean {
  return literal.replace(/[\n\t"\\]/g, '').search(UNPRINTABLE) >= 0;
}

function toCodePoint(character: string): string {
  const code = character.codePointAt(0)!.toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
}
