import { escapeKey, escapeQuoted, escapeTemplate } from './escape';
import { Piece, PieceKind, singleExpression, toPieces } from './marker';

/** Names that mean something else at the head of a map. */
const RESERVED = new Set(['for', 'in', 'if', 'null', 'true', 'false']);

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
  if (typeof value !== 'string') return renderNumber(value);
  const single = singleExpression(value);
  switch (single?.kind) {
    case PieceKind.EXPRESSION:
    case PieceKind.KEYWORD: return single.text;
    case PieceKind.VERBATIM: return `"${escapeTemplate(escapeQuoted(single.text), false)}"`;
    default: return `"${toTemplate(toPieces(value), escapeQuoted)}"`;
  }
}

/** A number as both forms of HCL read it. */
export function renderNumber(value: number | boolean): string {
  return Object.is(value, -0) ? '0' : String(value);
}

/** The key of a map. */
export function renderKey(key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && !RESERVED.has(key) ? key : `"${toTemplate(toPieces(key), escapeKey)}"`;
}

/** The pieces of a text as a HCL template; `quote` is what the file format asks of literal text besides. */
export function toTemplate(pieces: Piece[], quote: (literal: string) => string = (literal) => literal): string {
  return pieces.map((piece, i) => piece.kind === PieceKind.LITERAL
    ? escapeTemplate(quote(piece.text), pieces[i + 1] !== undefined)
    : interpolate(piece.text)).join('');
}

/** An interpolation as formatters space it: braces of the expression apart from its own, a minus sign from its operand. */
function interpolate(expression: string): string {
  const spaced = expression.replace(/^-\s*/, '- ');
  return `\${${spaced.startsWith('{') ? ' ' : ''}${spaced}${spaced.endsWith('}') ? ' ' : ''}}`;
}
