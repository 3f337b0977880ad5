import { Problems } from '../../core';
import { nixOsRules as rules } from '../nixos-rules';

const ESCAPES: { readonly [text: string]: string } = { '"': '\\"', '\\': '\\\\', '${': '\\${', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * A string of Nix. Line breaks are escaped as well, since Nix reads every kind of them as a line feed.
 * @internal
 */
export function nixString(text: string): string {
  new Problems('guestos.NixOs').check(!text.includes('\0'), rules['nixos-text-nul'], { property: 'text', received: text }).throwIfAny();
  return `"${text.replace(/"|\\|\$\{|\n|\r|\t/g, (special) => ESCAPES[special])}"`;
}

/**
 * The path of an attribute, each word of it in quotes, so that no word is one of the language.
 * @internal
 */
export function nixPath(path: string): string {
  return path.split('.').map(nixString).join('.');
}

/**
 * A list of expressions that need no brackets of their own.
 * @internal
 */
export function nixList(items: readonly string[]): string {
  return items.length === 0 ? '[ ]' : `[ ${items.join(' ')} ]`;
}
