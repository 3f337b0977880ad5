import { Block } from './block';
import { Body } from './body';
import { renderNumber, toTemplate } from './inline';
import { Piece, PieceKind, singleExpression, toPieces, toReadable } from './marker';

/** JSON in the making; a Map keeps the order of its keys, whatever they look like. */
type Node = Map<string, Node> | Node[] | string | number | boolean;

/**
 * Writes a body as JSON, in the form that Packer and Terraform read as HCL (`.pkr.json`, `.tf.json`).
 *
 * Labels are nested keys. Ordered blocks with labels are a list of objects with one key each; other blocks of one type
 * are merged into one object, and a list stands where the same labels come again. Comments are keys `//`.
 * @see https://github.com/hashicorp/hcl/blob/main/json/spec.md
 */
export class JsonRenderer {
  /** The document: one property a line, with a line break at its end. */
  public render(body: Body): string {
    return `${write(toObject(body), '')}\n`;
  }
}

function toObject(body: Body, blockComment?: string): Map<string, Node> {
  const object = new Map<string, Node>();
  const comments = [blockComment, body.comment].filter((c) => c !== undefined).flatMap((c) => toReadable(c).split(/\r\n|\r|\n/));
  if (comments.length > 0) object.set('//', comments.length === 1 ? comments[0] : comments);
  for (const [name, value] of Object.entries(body.attributes)) object.set(name, toValue(value));
  for (const type of new Set(body.blocks.map((block) => block.type))) {
    object.set(type, toBlocks(body.blocks.filter((block) => block.type === type)));
  }
  return object;
}

/** All blocks of one type. */
function toBlocks(blocks: Block[]): Node {
  if (blocks.some((block) => block.ordered)) return blocks.map((block) => nest(block.labels, toObject(block.body, block.comment)));
  return toLabelled(blocks, 0);
}

/** All blocks of one type whose first `depth` labels are the same. */
function toLabelled(blocks: Block[], depth: number): Node {
  if (blocks[0].labels.length === depth) return oneOrList(blocks.map((block) => toObject(block.body, block.comment)));
  const merged = new Map<string, Node>();
  for (const label of new Set(blocks.map((block) => block.labels[depth]))) {
    merged.set(label, toLabelled(blocks.filter((block) => block.labels[depth] === label), depth + 1));
  }
  return merged;
}

function oneOrList(nodes: Node[]): Node {
  return nodes.length === 1 ? nodes[0] : nodes;
}

function nest(labels: string[], body: Node): Node {
  return labels.reduceRight<Node>((inner, label) => new Map([[label, inner]]), body);
}

function toValue(value: any): Node {
  if (typeof value === 'string') return toText(value);
  if (Array.isArray(value)) return value.map(toValue);
  if (typeof value === 'object') return new Map(Object.entries(value).map(([key, v]) => [toText(key), toValue(v)]));
  return value;
}

function toText(text: string): string {
  const single = singleExpression(text);
  if (single?.kind === PieceKind.KEYWORD || single?.kind === PieceKind.VERBATIM) return single.text;
  return toTemplate(toPieces(text).flatMap(splitOdd));
}

/**
 * Two characters have to be written as expressions where the text of a JSON file is a template: a byte order mark at its
 * head, which is dropped, and a carriage return that ends no line, after which nothing is evaluated or unescaped.
 */
function splitOdd(piece: Piece, i: number): Piece[] {
  if (piece.kind !== PieceKind.LITERAL) return [piece];
  const parts = piece.text.split(i === 0 ? /(^\ufeff|\r(?!\n))/ : /(\r(?!\n))/);
  return parts
    .map((text, k) => k % 2 === 0 ? { kind: PieceKind.LITERAL, text } : { kind: PieceKind.EXPRESSION, text: text === '\r' ? '"\\r"' : '"\\ufeff"' })
    .filter((part) => part.text !== '');
}

function write(node: Node, indent: string): string {
  if (typeof node === 'string') return JSON.stringify(node);
  if (typeof node === 'number' || typeof node === 'boolean') return renderNumber(node);
  const inner = `${indent}  `;
  if (Array.isArray(node)) return list('[', node.map((item) => `${inner}${write(item, inner)}`), `${indent}]`);
  return list('{', [...node].map(([key, v]) => `${inner}${JSON.stringify(key)}: ${write(v, inner)}`), `${indent}}`);
}

function list(open: string, lines: string[], close: string): string {
  return lines.length === 0 ? `${open}${close.trim()}` : `${open}\n${lines.join(',\n')}\n${close}`;
}
