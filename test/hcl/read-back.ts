import { parseToObject } from 'hcl2-parser';
import { Body } from '../../lib/hcl';

/** One block as a reader of HCL sees it. */
export interface ReadBlock {
  readonly type: string;
  readonly labels: string[];
  readonly body: any;
}

/** Reads native syntax with a foreign parser; expressions come out as `${…}`. Blocks are grouped by type and labels. */
export function readNative(text: string): any {
  const [result, error] = parseToObject(text) as [any, any];
  if (error) throw new Error(`${error.Error?.() ?? error}\n${text}`);
  return result;
}

/** What the templates mean, read by the foreign parser: in a heredoc nothing but the template language has a meaning. */
export function readTemplates(templates: readonly string[]): string[] {
  const end = 'END_OF_THE_TEMPLATE';
  const read = readNative(templates.map((template, i) => `t${i} = <<${end}\n${template}\n${end}\n`).join(''));
  return templates.map((_, i) => (read[`t${i}`] as string).slice(0, -1));
}

/** Every text in a JSON value, keys of maps included, replaced by what it means as a template. */
export function readJsonValue(value: any): any {
  const templates: string[] = [];
  walk(value, (text) => { templates.push(text); return text; });
  const meanings = readTemplates(templates);
  return walk(value, () => meanings.shift()!);
}

function walk(value: any, replace: (text: string) => string): any {
  if (typeof value === 'string') return replace(value);
  if (Array.isArray(value)) return value.map((item) => walk(item, replace));
  if (typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, v]) => [replace(key), walk(v, replace)]));
  return value;
}

/**
 * The attributes and blocks of a JSON body in the order a reader of HCL finds them. As for every reader, the types of
 * blocks and their numbers of labels must be known; they are taken from the model.
 * @see https://github.com/hashicorp/hcl/blob/main/json/spec.md
 */
export function readJsonBody(json: any, model: Body): { attributes: any; blocks: ReadBlock[] } {
  const depth = new Map(model.blocks.map((block) => [block.type, block.labels.length]));
  const attributes: any = {};
  const blocks: ReadBlock[] = [];
  for (const [name, value] of Object.entries<any>(json)) {
    if (name === '//') continue;
    if (depth.has(name)) blocks.push(...unpack(name, [], depth.get(name)!, value));
    else attributes[name] = value;
  }
  return { attributes, blocks };
}

function unpack(type: string, labels: string[], left: number, value: any): ReadBlock[] {
  const items: any[] = Array.isArray(value) ? value : [value];
  if (left === 0) return items.map((body) => ({ type, labels, body }));
  return items.flatMap((item) => Object.entries<any>(item).flatMap(([label, inner]) => unpack(type, [...labels, label], left - 1, inner)));
}
