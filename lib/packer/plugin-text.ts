import { escapeGoTemplate, Problems } from '../core';
import { Expression } from '../hcl';
import { packerRules } from './rules';
import { PieceKind, toPieces } from '../hcl/marker';

/*
 * Plugins render nearly every string of their configuration as a Go template, some strings twice: when the configuration
 * is read, and again when it is used. Text of the user is therefore escaped as often as it will be rendered.
 */

/**
 * User text for a field that the plugin renders once, as all fields of builders but `boot_command`.
 * @internal
 */
export function once(value: any): any {
  return mapStrings(value, escapeGoTemplate);
}

/**
 * User text for a field that the plugin renders when it reads the configuration and again when it uses it.
 * @internal
 */
export function twice(value: any): any {
  return mapStrings(value, (text) => escapeGoTemplate(escapeGoTemplate(text)));
}

/**
 * Whether a text holds no Expression, so that its content can be checked.
 * @internal
 */
export function isLiteral(text: string): boolean {
  return toPieces(text).every((piece) => piece.kind === PieceKind.LITERAL);
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
