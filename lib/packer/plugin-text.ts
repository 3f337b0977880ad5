import { containsTerraformToken, escapeGoTemplate, Problems } from '../core';
import { Expression } from '../hcl';
import { PieceKind, toPieces, toReadable } from '../hcl/marker';
import { packerRules } from './rules';

/*
 * Plugins render nearly every string of their configuration as a Go template, once, when the configuration is read: text
 * of the user is escaped for that. Some strings are rendered again when they are used, and then over and over until
 * nothing changes any more: in these no escape survives, and text with `{{` is refused.
 */

/**
 * User text for a field that the plugin renders once, as all fields of builders but `boot_command`.
 * @internal
 */
export function once(value: any): any {
  return mapStrings(value, escapeGoTemplate);
}

/**
 * Notes user text with `{{` in properties that are rendered until nothing changes any more, or become a part of something
 * that is. Other text needs no escape there.
 * @internal
 */
export function checkNoBracesIn(problems: Problems, props: any, properties: string[]): void {
  for (const property of properties) checkNoBraces(problems, property, props[property]);
}

function checkNoBraces(problems: Problems, property: string, value: any): void {
  if (typeof value === 'string') {
    problems.check(!literalParts(value, ' ').includes('{{'), packerRules['packer-template-braces'], { property, received: toReadable(value) });
  } else if (Array.isArray(value)) {
    value.forEach((item, i) => checkNoBraces(problems, `${property}[${i}]`, item));
  } else if (typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) {
      checkNoBraces(problems, property, key);
      checkNoBraces(problems, `${property}.${key}`, item);
    }
  }
}

/**
 * Whether a text holds no Expression, so that its content can be checked. A reference of Terraform is none of our text
 * either; it is refused where the document is made.
 * @internal
 */
export function isLiteral(text: string): boolean {
  return !containsTerraformToken(text) && toPieces(text).every((piece) => piece.kind === PieceKind.LITERAL);
}

/**
 * The literal parts of a text, with a stand-in for each Expression.
 * @internal
 */
export function literalParts(text: string, standIn: string): string {
  return toPieces(text).map((piece) => (piece.kind === PieceKind.LITERAL ? piece.text : standIn)).join('');
}

/**
 * Whether a text is left out, holds an Expression (and cannot be checked), or is of a form.
 * @internal
 */
export function fits(text: string | undefined, form: RegExp): boolean {
  return text === undefined || !isLiteral(text) || form.test(text);
}

/**
 * A path below the folder of the template, as text for any field in which a plugin opens a file: `${path.root}/files/x`.
 *
 * A relative path given to a plugin is relative to the folder in which `packer` was started, which is any; HCL functions
 * such as `file()` are relative to the template's folder already and take the plain path.
 *
 * @param relativePath with `/`, such as `files/site.yml`. Refused: absolute paths, `..`, an empty path.
 * @see https://developer.hashicorp.com/packer/docs/templates/hcl_templates/path-variables
 */
export function fromRoot(relativePath: string): string {
  new Problems('packer.fromRoot')
    .check(
      relativePath !== '' && !relativePath.startsWith('/') && !relativePath.split('/').includes('..') && !relativePath.includes('\\'),
      packerRules['packer-path-not-below-root'],
      { property: 'relativePath', received: relativePath },
    )
    .throwIfAny();
  return `${Expression.reference('path.root')}/${relativePath}`;
}

function mapStrings(value: any, escape: (text: string) => string): any {
  if (typeof value === 'string') return escape(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, escape));
  if (typeof value === 'object' && value !== null && !(value instanceof Expression)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [escape(key), mapStrings(item, escape)]));
  }
  return value;
}
