import { escapeTemplate } from './escape';
import { Piece, toPieces } from './marker';
import { isIdentifier } from './syntax';

/** A normalised value as a HCL expression on one line. */
export function renderInline(value: any): string {
  if (Array.isArray(value)) return `[${value.map(renderInline).join(', ')}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(value).map(([key, v]) => `${renderKey(key)} = ${renderInline(v)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  return renderScalar(value);
}

/** Text, a number, a boolean or an expression. */
export function renderScalar(value: any): string {
  if (typeof value !== 'string') return String(value === 0 ? 0 : value);
  const pieces = toPieces(value);
  return pieces.length === 1 && pieces[0].expression !== undefined ? pieces[0].expression : quote(pieces);
}

/** The key of a map. */
export function renderKey(key: string): string {
  return isIdentifier(key) ? key : quote(toPieces(key));
}

/** The pieces of a text as a HCL template, before the quoting of the file format. */
export function toTemplate(pieces: Piece[], quoteLiteral: (literal: string) => string = (literal) => literal): string {
  return pieces.map((piece, i) => piece.expression !== undefined
    ? `\${${piece.expression}}`
    : escapeTemplate(quoteLiteral(piece.literal!), pieces[i + 1]?.expression !== undefined)).join('');
}

function quote(pieces: Piece[]): string {
  return `"${toTemplate(pieces, escapeQuoted)}"`;
}

const SHORT: { [character: string]: string } = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '"': '\\"', '\\': '\\\\' };

function escapeQuoted(literal: string): string {
  // eslint-disable-next-line no-control-regex
  return literal.replace(/["\\\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g, (character) =>
    SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
