import { createHash } from 'node:crypto';

/*
 * An expression inside of a JavaScript string: characters of a private use area, which no ordinary text holds, around the
 * text of the expression in base64 and a check sum. Nothing else needs to be kept, so the string can be joined with
 * others, stored and passed on; no escape of a template language changes it, since it holds no special character. The
 * check sum finds a marker that was cut or changed by a string function.
 */
const START = '\uE000';
const END = '\uE001';
const MARKER = new RegExp(`${START}([A-Za-z])([A-Za-z0-9_-]*)\\.([0-9a-f]{8})${END}`);

/** What a piece of a string is. */
export enum PieceKind {
  /** Text that is to arrive as it is. */
  LITERAL = 'l',
  /** An expression that the tool evaluates. */
  EXPRESSION = 'e',
  /** A name or a type that the tool reads without evaluating it: bare in native syntax, a plain string in JSON. */
  KEYWORD = 'k',
  /** Text in a place where the tool evaluates nothing: a plain string in JSON, without any escape. */
  VERBATIM = 'v',
}

/** A piece of a string. */
export interface Piece {
  /** What it is. */
  readonly kind: PieceKind;
  /** The literal text, or the text of the expression. */
  readonly text: string;
}

/** An expression as a piece of string. */
export function toMarker(kind: PieceKind, text: string): string {
  return `${START}${kind}${Buffer.from(text, 'utf8').toString('base64url')}.${checkSum(kind, text)}${END}`;
}

/** The pieces of a string, in order, without empty literals. */
export function toPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let literal = '';
  const flush = () => {
    if (literal !== '') pieces.push({ kind: PieceKind.LITERAL, text: literal });
    literal = '';
  };
  const parts = text.includes(START) ? text.split(MARKER) : [text]; // literal, then kind, base64, sum, literal, and so on
  for (let i = 0; i < parts.length; i += 4) {
    literal += parts[i];
    if (i + 1 === parts.length) break;
    const [kind, base64, sum] = parts.slice(i + 1, i + 4);
    const inner = Buffer.from(base64, 'base64url').toString('utf8');
    if (checkSum(kind, inner) === sum) {
      flush();
      pieces.push({ kind: kind as PieceKind, text: inner });
    } else {
      literal += `${START}${kind}${base64}.${sum}${END}`;
    }
  }
  flush();
  return pieces;
}

/** The one piece that a string consists of, unless that is literal text. */
export function singleExpression(text: string): Piece | undefined {
  if (!text.startsWith(START)) return undefined;
  const pieces = toPieces(text);
  return pieces.length === 1 && pieces[0].kind !== PieceKind.LITERAL ? pieces[0] : undefined;
}

/** Whether literal text holds what is left of a damaged marker. */
export function holdsMarkerRemains(literal: string): boolean {
  return literal.includes(START) || literal.includes(END);
}

/** A string for people: expressions as they are spelled. */
export function toReadable(text: string): string {
  return toPieces(text).map((piece) => piece.kind === PieceKind.EXPRESSION ? `\${${piece.text}}` : piece.text).join('');
}

function checkSum(kind: string, text: string): string {
  return createHash('sha256').update(kind).update(text).digest('hex').slice(0, 8);
}
