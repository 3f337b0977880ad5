import { createHash } from 'node:crypto';

/*
 * An expression inside of a JavaScript string: characters of a private use area, which no ordinary text holds, around the
 * text of the expression in base64 and a check sum. Nothing else needs to be kept, so the string can be joined with
 * others, stored and passed on; no escape of a template language changes it, since it holds no special character.
 */
const START = '\uE000';
const END = '\uE001';
const MARKER = new RegExp(`${START}([A-Za-z0-9_-]+)\\.([0-9a-f]{8})${END}`);

/** A piece of a string: literal text, or the text of an expression. */
export interface Piece {
  /** Literal text. */
  readonly literal?: string;
  /** The text of an expression. */
  readonly expression?: string;
}

/** The expression as a piece of string. */
export function toMarker(expressionText: string): string {
  return `${START}${Buffer.from(expressionText, 'utf8').toString('base64url')}.${checkSum(expressionText)}${END}`;
}

/** The pieces of a string, in order, without empty ones. */
export function toPieces(text: string): Piece[] {
  if (!text.includes(START)) return text === '' ? [] : [{ literal: text }];
  const pieces: Piece[] = [];
  let literal = '';
  const parts = text.split(MARKER); // literal, base64, sum, literal, base64, sum, …, literal
  for (let i = 0; i < parts.length; i += 3) {
    literal += parts[i];
    if (i + 2 >= parts.length) break;
    const expression = Buffer.from(parts[i + 1], 'base64url').toString('utf8');
    if (checkSum(expression) === parts[i + 2]) {
      if (literal !== '') pieces.push({ literal });
      literal = '';
      pieces.push({ expression });
    } else {
      literal += `${START}${parts[i + 1]}.${parts[i + 2]}${END}`;
    }
  }
  if (literal !== '') pieces.push({ literal });
  return pieces;
}

/** Whether literal text holds what is left of a damaged marker. */
export function holdsMarkerRemains(literal: string): boolean {
  return literal.includes(START) || literal.includes(END);
}

function checkSum(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
