import { Problems } from '../core';
import { isMapping } from '../core/mapping';
import { Block, Body } from '../hcl';
import { isIdentifier } from '../hcl/syntax';
import { packerRules } from './rules';

/** Something that replaces what the model says. */
export interface Override {
  /** Names joined by dots. */
  readonly path: string;
  /** The value; undefined removes. */
  readonly value: any;
}

/**
 * A body in which the overrides have taken place, in their order.
 *
 * @param closed whether blocks that do not exist are refused at the top of the body, as in a document, instead of made
 */
export function applyOverrides(body: Body, overrides: Override[], owner: string, closed = false): Body {
  const problems = new Problems(owner);
  let result = body;
  for (const { path, value } of overrides) {
    const names = path.replace(/\[(\d+)\]/g, '.$1').split('.');
    problems.check(names.every((name) => name !== ''), packerRules['packer-override-path'], { property: 'addOverride', received: path });
    const changed = names.includes('') ? result : put(result, names, value, closed);
    problems.check(changed !== undefined, packerRules['packer-override-nothing-there'], { property: 'addOverride', received: path });
    result = changed ?? result;
  }
  problems.throwIfAny();
  return result;
}

/** The body with the value at the path; undefined where the path leads nowhere. */
function put(body: Body, [name, ...rest]: string[], value: any, closed: boolean): Body | undefined {
  const attributes: { [name: string]: any } = body.attributes;
  const blocks = body.blocks;
  const ofType = blocks.filter((block) => block.type === name);
  const options = { comment: body.comment };

  if (rest.length === 0) {
    const others = blocks.filter((block) => block.type !== name);
    const added = asBlocks(value);
    if (added !== undefined) {
      const at = blocks.findIndex((block) => block.type === name);
      delete attributes[name];
      return new Body(attributes, at < 0 ? [...others, ...added] : [...blocks.slice(0, at), ...added, ...others.slice(at)], options);
    }
    return new Body({ ...attributes, [name]: value }, others, options);
  }

  if (ofType.length > 0) {
    const found = choose(ofType, rest);
    if (found === undefined) return undefined;
    if (found.rest.length === 0) { // the path ends at a block: only blocks can stand there
      const added = value === undefined ? [] : asBlocks(value);
      return added && new Body(attributes, blocks.flatMap((block) => (block === found.block ? added : [block])), options);
    }
    const inner = put(found.block.body, found.rest, value, false);
    return inner && new Body(attributes, blocks.map((block) => (block === found.block ? withBody(block, inner) : block)), options);
  }

  if (isMapping(attributes[name]) || Array.isArray(attributes[name])) {
    return new Body({ ...attributes, [name]: putInValue(attributes[name], rest, value) }, blocks, options);
  }
  if (closed || name in attributes || !isIdentifier(name)) return undefined;
  const made = put(new Body(), rest, value, false);
  return made && new Body(attributes, [...blocks, new Block(name, [], made)], options);
}

/** The block that the next names of a path mean, by number or by labels, and the names behind. */
function choose(blocks: Block[], path: string[]): { block: Block; rest: string[] } | undefined {
  if (/^\d+$/.test(path[0])) {
    const block = blocks[Number(path[0])];
    return block && { block, rest: path.slice(1) };
  }
  const labelled = blocks.filter((block) => block.labels.length > 0 && block.labels.every((label, i) => path[i] === label));
  if (labelled.length > 0) {
    const rest = path.slice(labelled[0].labels.length);
    const number = /^\d+$/.test(rest[0] ?? '') ? Number(rest[0]) : undefined;
    const block = labelled[number ?? 0];
    return block && (number !== undefined || labelled.length === 1) ? { block, rest: number === undefined ? rest : rest.slice(1) } : undefined;
  }
  return blocks.length === 1 && blocks[0].labels.length === 0 ? { block: blocks[0], rest: path } : undefined;
}

function putInValue(container: any, [name, ...rest]: string[], value: any): any {
  const copy = Array.isArray(container) ? [...container] : { ...container };
  copy[name] = rest.length === 0 ? value : putInValue(copy[name] ?? {}, rest, value);
  return copy;
}

function withBody(block: Block, body: Body): Block {
  return new Block(block.type, block.labels, body, { comment: block.comment, ordered: block.ordered });
}

function asBlocks(value: any): Block[] | undefined {
  if (value instanceof Block) return [value];
  return Array.isArray(value) && value.length > 0 && value.every((item) => item instanceof Block) ? value : undefined;
}
