import { Problems } from '../../core';
import { nixOsRules as rules } from '../nixos-rules';

const ESCAPES: { readonly [text: string]: string } = { '"': '\\"', '\\': '\\\\', '${': '\\${', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const KEYWORDS = new Set(['assert', 'else', 'if', 'in', 'inherit', 'let', 'or', 'rec', 'then', 'with']);

/**
 * A string of Nix. Line breaks are escaped as well, since Nix reads every kind of them as a line feed.
 * @internal
 */
export function nixString(text: string): string {
  new Problems('guestos.NixOs').check(!text.includes('\0'), rules['nixos-text-nul'], { property: 'text', received: text }).throwIfAny();
  return `"${text.replace(/"|\\|\$\{|\n|\r|\t/g, (special) => ESCAPES[special])}"`;
}

/**
 * The name of an attribute, in quotes where it would be something else without.
 * @internal
 */
export function nixName(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(name) && !KEYWORDS.has(name) ? name : nixString(name);
}

/**
 * The path of an attribute, words with dots between them.
 * @internal
 */
export function nixPath(path: string): string {
  return path.split('.').map(nixName).join('.');
}

/**
 * A list of expressions that need no brackets of their own.
 * @internal
 */
export function nixList(items: readonly string[]): string {
  return items.length === 0 ? '[ ]' : `[ ${items.join(' ')} ]`;
}
