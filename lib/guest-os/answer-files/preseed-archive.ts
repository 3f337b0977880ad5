import { Expression } from '../../hcl';
import { PieceKind, toPieces } from '../../hcl/marker';

const REGULAR_FILE = '000081A4';
const ZERO = '00000000';
const ONE = '00000001';

/**
 * An archive of one file, which the kernel unpacks beside its initramfs (newc). The length of a text with expressions in it is known to
 * Packer only, so the header and the zeros that fill up to four bytes have expressions as well; all else is literal text.
 *
 * @param content printable ASCII and line feeds, and expressions that come to such a text
 * @see https://www.kernel.org/doc/html/latest/driver-api/early-userspace/buffer-format.html
 */
export function archiveOf(name: string, content: string): string {
  const length = lengthOf(content);
  return [
    entry(name, ONE, REGULAR_FILE, Expression.call('format', '%08X', length)),
    content,
    Expression.raw(`substr(${zeros(3)}, 0, (4 - ${length} % 4) % 4)`),
    entry('TRAILER!!!', ZERO, ZERO, ZERO),
  ].join('');
}

/** A header and a name, which together are a multiple of four bytes. */
function entry(name: string, inode: string, mode: string, length: string | Expression): string {
  const nameLength = (name.length + 1).toString(16).toUpperCase().padStart(8, '0');
  const header = ['070701', inode, mode, ZERO, ZERO, ONE, ZERO, length, ZERO, ZERO, ZERO, ZERO, nameLength, ZERO].join('');
  return `${header}${name}${Expression.raw(zeros(1 + (4 - (110 + name.length + 1) % 4) % 4))}`;
}

/** The length of a text, in brackets. */
function lengthOf(content: string): Expression {
  const pieces = toPieces(content);
  const literal = pieces.reduce((sum, { kind, text }) => sum + (kind === PieceKind.LITERAL ? text.length : 0), 0);
  const terms = pieces.filter(({ kind }) => kind !== PieceKind.LITERAL).map(({ text }) => `length(${text})`);
  return Expression.raw(`(${[literal, ...terms].join(' + ')})`);
}

/** NUL characters as Packer's language spells them: as an expression, they keep the text around them readable. */
function zeros(count: number): string {
  return `"${'\\u0000'.repeat(count)}"`;
}
