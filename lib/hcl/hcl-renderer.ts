import { Block } from './block';
import { Body } from './body';
import { needsQuotes } from './escape';
import { renderInline, renderKey, renderScalar, toTemplate } from './inline';
import { PieceKind, singleExpression, toPieces, toReadable } from './marker';

/** Up to this width a list of scalars stays on one line. */
const LIST_WIDTH = 80;

/** What stands behind an equals sign. */
interface Layout {
  /** The part on the line of the equals sign. */
  readonly head: string;
  /** Whole lines below it. */
  readonly rest: string[];
  /** Whether brackets are open at the end of the first line. */
  readonly open: boolean;
}

/**
 * Writes a body in the native syntax of HCL (`.pkr.hcl`, `.tf`), as `packer fmt` and `terraform fmt` leave it: two spaces
 * a level, equals signs aligned on neighbouring lines, text of several lines as a heredoc.
 * @see https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 */
export class HclRenderer {
  /** The document, with a line break at its end. */
  public render(body: Body): string {
    const lines = renderBody(body, '');
    return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
  }
}

function renderBody(body: Body, indent: string): string[] {
  const groups = body.blocks.map((block) => renderBlock(block, indent));
  const attributes = Object.entries(body.attributes);
  if (attributes.length > 0) groups.unshift(renderPairs(attributes, indent));
  if (body.comment !== undefined) groups.unshift(renderComment(body.comment, indent));
  return groups.flatMap((lines, i) => i === 0 ? lines : ['', ...lines]);
}

function renderBlock(block: Block, indent: string): string[] {
  const head = [block.type, ...block.labels.map((label) => `"${label}"`)].join(' ');
  const inner = renderBody(block.body, `${indent}  `);
  return [
    ...(block.comment === undefined ? [] : renderComment(block.comment, indent)),
    ...(inner.length === 0 ? [`${indent}${head} {}`] : [`${indent}${head} {`, ...inner, `${indent}}`]),
  ];
}

function renderComment(comment: string, indent: string): string[] {
  return toReadable(comment).split(/\r\n|\r|\n/).map((line) => `${indent}# ${line}`.trimEnd());
}

/**
 * Lines of `key = value`, with the equals signs of a run of lines aligned. A bracket left open ends a run, an empty line
 * ends it, too: such lines keep away keys in which formatters count otherwise.
 */
function renderPairs(pairs: [string, any][], indent: string): string[] {
  const rows = pairs.map(([key, value]) => ({ key, layout: layOut(value, indent, true), alone: isOdd(key) }));
  const runs: typeof rows[] = [];
  rows.forEach((row, i) => {
    const before = rows[i - 1];
    if (before === undefined || before.layout.open || row.layout.open || before.alone || row.alone) runs.push([row]);
    else runs[runs.length - 1].push(row);
  });
  return runs.flatMap((run, i) => {
    const width = Math.max(...run.map((row) => columns(row.key)));
    const lines = run.flatMap(({ key, layout }) => [`${indent}${key}${' '.repeat(width - columns(key))} = ${layout.head}`, ...layout.rest]);
    return i > 0 && (run[0].alone || runs[i - 1][0].alone) ? ['', ...lines] : lines;
  });
}

/** Whether a key holds an expression in which there may be an equals sign, or characters of no certain width. */
function isOdd(key: string): boolean {
  return key.includes('${') && !/^[ -<>-~]*$/.test(key);
}

/** A key holds only characters of one column, see `escapeKey`; some of them are two code units. */
function columns(key: string): number {
  return [...key].length;
}

function layOut(value: any, indent: string, heredocAllowed: boolean): Layout {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const inline = renderInline(value);
    if (value.every((item) => typeof item !== 'object') && inline.length <= LIST_WIDTH) return { head: inline, rest: [], open: false };
    const items = value.flatMap((item) => {
      const { head, rest } = layOut(item, inner, false);
      const lines = [`${inner}${head}`, ...rest];
      return [...lines.slice(0, -1), `${lines[lines.length - 1]},`];
    });
    return { head: '[', rest: [...items, `${indent}]`], open: true };
  }
  if (typeof value === 'object') {
    const entries = Object.entries<any>(value).map(([key, v]): [string, any] => [renderKey(key), v]);
    if (entries.length === 0) return { head: '{}', rest: [], open: false };
    return { head: '{', rest: [...renderPairs(entries, inner), `${indent}}`], open: true };
  }
  const heredoc = heredocAllowed && typeof value === 'string' ? renderHeredoc(value, indent) : undefined;
  return heredoc ?? { head: renderScalar(value), rest: [], open: false };
}

/**
 * Text of several lines as an indented heredoc, where that means exactly the same: the reader takes away the white space
 * that all lines (blank ones do not count) have in common, and counts it in characters as they are seen.
 */
function renderHeredoc(text: string, indent: string): Layout | undefined {
  if (!/\n[^]*\n$/.test(text) || singleExpression(text)) return undefined;
  const pieces = toPieces(text);
  if (pieces.some((piece) => piece.kind === PieceKind.LITERAL && needsQuotes(piece.text))) return undefined;
  const lines = toTemplate(pieces).slice(0, -1).split('\n');
  const starts = lines.filter((line) => line.trim() !== '').map((line) => /^\s*(.)/u.exec(line)!);
  const plain = starts.every(([, first]) => /^[!-~\p{Lu}\p{Ll}\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]$/u.test(first));
  if (!plain || !starts.some(([all, first]) => all === first)) return undefined;
  let end = 'EOT';
  for (let i = 2; lines.some((line) => line.includes(end)); i++) end = `EOT${i}`;
  return {
    head: `<<-${end}`,
    rest: [...lines.map((line) => line.trim() === '' ? line : `${indent}  ${line}`), `${indent}${end}`],
    open: false,
  };
}
