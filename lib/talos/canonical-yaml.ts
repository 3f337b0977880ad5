/*
 * Writes plain values as the YAML library of the image factory writes them, go-yaml, whose text is hashed to the id of a schematic:
 * four spaces a level, lines of any length, and each text in the style which that library chooses for it.
 */

/**
 * A value of a canonical text. Properties are written in their order, those that are undefined not at all. A map has names that may
 * look like numbers, whose order an object would not keep.
 */
export type CanonicalValue = string | number | boolean | readonly CanonicalValue[] | CanonicalObject | ReadonlyMap<string, CanonicalValue>;

/** Values by name. */
export interface CanonicalObject {
  readonly [key: string]: CanonicalValue | undefined;
}

/** Characters for which there is an escape of one letter. */
const SHORT_ESCAPES = new Map([
  ['\0', '0'], ['\x07', 'a'], ['\b', 'b'], ['\t', 't'], ['\n', 'n'], ['\v', 'v'], ['\f', 'f'], ['\r', 'r'], ['\x1b', 'e'],
  ['"', '"'], ['\\', '\\'], ['\x85', 'N'], ['\xa0', '_'], ['\u2028', 'L'], ['\u2029', 'P'],
]);

const WORDS = /^(true|True|TRUE|false|False|FALSE|~|null|Null|NULL|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)|)$/;
/** What was a truth value in YAML 1.1. */
const OLD_BOOLEAN = /^([yYnN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/;
const BASE_60 = /^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?$/;
const DATE = /^\d{4}-\d{1,2}-\d{1,2}([Tt ]|$)/;
const INTEGER = /^[-+]?(0[bB][01]+|0[oO]?[0-7]+|0[xX][0-9a-fA-F]+|0|[1-9][0-9]*)$/;
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
/** A number with a sign behind its prefix, which only some versions read as one. */
const ODD_NUMBER = /^[-+]?0[bo][-+]/;
/** Characters that are printed as they are; none beyond the first 65536. */
const PRINTABLE = /^[\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]$/;

/** Whether a text without quotes would be read as something else than a text: a number, a truth value, a date, nothing. */
export function readsAsOther(text: string): boolean {
  if (WORDS.test(text) || DATE.test(text)) return true;
  if (!/^[-+.0-9]/.test(text)) return false;
  const digits = text.replace(/_/g, '');
  if (INTEGER.test(digits)) return fits(digits) || isFloat(digits);
  return isFloat(digits);
}

/**
 * Why the versions of the YAML library do not agree about a text, or undefined where they do. The factory is updated at any time,
 * so that the id of a schematic with such a text is that of today.
 */
export function doubtAbout(text: string): string | undefined {
  if (OLD_BOOLEAN.test(text)) return 'it was a truth value in YAML 1.1';
  if (text === '<<') return 'it merges mappings in YAML 1.1';
  if (BASE_60.test(text)) return 'it was a number to the base 60 in YAML 1.1';
  if (DATE.test(text)) return 'it looks like a date';
  const digits = text.replace(/_/g, '');
  if (ODD_NUMBER.test(digits) || (/^\..*_/.test(text) && isFloat(digits))) return 'it is almost a number';
  return undefined;
}

/** Why the YAML library does not read again what it writes for a text, or undefined where it does. */
export function damageTo(text: string): string | undefined {
  if (text.includes('\n') && /^[ \t\n]/.test(text)) return 'it has several lines and begins with white space or a line break';
  if (/[\u2028\u2029]/.test(text)) return 'it has line breaks of a kind that is not in use';
  if (/\p{Surrogate}/u.test(text)) return 'it is not valid Unicode';
  return undefined;
}

/** The canonical text of a document that is a mapping. */
export function canonicalYaml(document: CanonicalObject): string {
  return block(document, 0);
}

/** The lines of a collection that has members. */
function block(value: object, indent: number): string {
  const margin = ' '.repeat(indent);
  if (Array.isArray(value)) return value.map((item) => `${margin}- ${line(item, indent + 2, indent + 2, true)}`).join('');
  const deeper = 4 * Math.floor((indent + 4) / 4);
  return properties(value).map(([key, item]) => `${margin}${keyText(key)}:${line(item, deeper, deeper, false)}`).join('');
}

/** What follows a dash or a colon, to the end of the last line. */
function line(value: CanonicalValue, indent: number, textIndent: number, afterDash: boolean): string {
  const space = afterDash ? '' : ' ';
  if (typeof value === 'string') {
    const text = scalar(value, textIndent);
    return `${space}${text}${text.endsWith('\n') ? '' : '\n'}`;
  }
  if (typeof value !== 'object') return `${space}${value}\n`;
  const empty = Array.isArray(value) ? value.length === 0 : properties(value).length === 0;
  if (empty) return `${space}${Array.isArray(value) ? '[]' : '{}'}\n`;
  return afterDash ? block(value, indent).slice(indent) : `\n${block(value, indent)}`;
}

function properties(value: object): [string, CanonicalValue][] {
  return (value instanceof Map ? [...value] : Object.entries(value)).filter(([, item]) => item !== undefined);
}

/** A key: as a text on one line. */
function keyText(key: string): string {
  return scalar(key, 0);
}

/** A text in the style that go-yaml chooses for it. */
function scalar(text: string, indent: number): string {
  const { plain, single, literal } = possibleStyles(text);
  if (text.includes('\n')) return literal ? literalText(text, indent) : doubleQuoted(text);
  if (readsAsOther(text) || OLD_BOOLEAN.test(text) || BASE_60.test(text) || text === '<<') return doubleQuoted(text);
  if (plain) return text;
  return single ? `'${text.replace(/'/g, "''")}'` : doubleQuoted(text);
}

/** The styles in which a text can be written. */
function possibleStyles(text: string): { plain: boolean; single: boolean; literal: boolean } {
  const special = [...text].some((character) => character !== '\t' && !PRINTABLE.test(character));
  const spaceBeforeBreak = / [\n\r]/.test(text);
  const single = !special && !spaceBeforeBreak && !/[\n\r] |\t/.test(text);
  const indicators = /^(---|\.\.\.)|^[#,[\]{}&*!|>'"%@`]|^[-?:]([ \t]|$)|:([ \t]|$)|[ \t\n\r\0]#/.test(text);
  return {
    plain: single && !indicators && !/^[ \n\r]|[ \n\r]$|[\n\r]/.test(text),
    single,
    literal: !special && !spaceBeforeBreak && !text.endsWith(' '),
  };
}

/** A text as a block of lines, the first of which is not indented. Ends with a line break where the text does. */
function literalText(text: string, indent: number): string {
  let chomping = '';
  if (!text.endsWith('\n')) chomping = '-';
  else if (text.endsWith('\n\n')) chomping = '+';
  const margin = ' '.repeat(indent);
  return `|${chomping}\n${text.replace(/^(?=[^\n])/gm, margin)}`;
}

function doubleQuoted(text: string): string {
  // A byte order mark at the beginning has all that follows escaped.
  const all = text.startsWith('\ufeff');
  return `"${[...text].map((character) => (all || character === '\n' || character === '"' || character === '\\' || !PRINTABLE.test(character)
    ? escaped(character) : character)).join('')}"`;
}

function escaped(character: string): string {
  const short = SHORT_ESCAPES.get(character);
  if (short !== undefined) return `\\${short}`;
  const code = character.codePointAt(0)!;
  const hexadecimal = (digits: number) => code.toString(16).toUpperCase().padStart(digits, '0');
  if (code <= 0xff) return `\\x${hexadecimal(2)}`;
  return code <= 0xffff ? `\\u${hexadecimal(4)}` : `\\U${hexadecimal(8)}`;
}

/** Whether an integer has room in 64 bits. */
function fits(digits: string): boolean {
  const [, sign, number] = /^([-+]?)(.*)$/.exec(digits)!;
  const value = BigInt(/^0[0-7]/.test(number) ? `0o${number.slice(1)}` : number.replace(/^0[BOX]/, (prefix) => prefix.toLowerCase()));
  if (sign === '') return value < 2n ** 64n;
  return sign === '-' ? value <= 2n ** 63n : value < 2n ** 63n;
}

function isFloat(digits: string): boolean {
  return FLOAT.test(digits) && Number.isFinite(Number(digits));
}
