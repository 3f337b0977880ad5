/**
 * What one parameter may be, as PVE's own schemas say it. Parameters arrive as text; the type says what the text must look like.
 *
 * @internal
 */
export interface Property {
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'array';
  /** What it is for, in one line: the tables of endpoints are read as documentation. */
  readonly description?: string;
  readonly optional?: boolean;
  /** A named check, a check of a list of such (`pve-tag-list`), or the keys of a property string (`virtio,bridge=vmbr0`). */
  readonly format?: string | PropertyString;
  /** A regular expression the whole text matches. */
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Another parameter without which this one is refused. */
  readonly requires?: string;
  /** What PVE takes when it is absent; told, never filled in. */
  readonly default?: string;
  /** Of an array. */
  readonly items?: Property;
  /** In a property string: the key whose name may be left out. */
  readonly defaultKey?: boolean;
  /** In a property string: another name of this key. */
  readonly alias?: string;
  /** In a property string, with `alias`: the key that takes the alias's own name (`virtio=AA:BB…` sets model and MAC). */
  readonly keyAlias?: string;
  /** In a property string: set by an alias only. */
  readonly group?: string;
}

/**
 * The parameters of an endpoint, or the keys of a property string.
 *
 * @internal
 */
export interface Properties {
  readonly [name: string]: Property;
}

/**
 * A property string: `key=value` pairs with commas between, with an optional check of the whole.
 *
 * @internal
 */
export interface PropertyString {
  readonly properties: Properties;
  /** Refuses combinations. @throws FormatError */
  readonly verify?: (values: { readonly [key: string]: string }) => void;
}

/** Short forms for tables. @internal */
export const text = (description: string, more: Partial<Property> = {}): Property => ({ type: 'string', description, ...more });
/** @internal */
export const integer = (description: string, minimum?: number, maximum?: number, more: Partial<Property> = {}): Property =>
  ({ type: 'integer', description, ...minimum === undefined ? {} : { minimum }, ...maximum === undefined ? {} : { maximum }, ...more });
/** @internal */
export const flag = (description: string, more: Partial<Property> = {}): Property => ({ type: 'boolean', description, ...more });
/** @internal */
export const choice = (description: string, ...values: string[]): Property => ({ type: 'string', description, enum: values });
/** @internal */
export const optional = (property: Property): Property => ({ ...property, optional: true });

/** The same properties under numbered names: `numbered('net', 32, property)` is net0 … net31. @internal */
export function numbered(name: string, count: number, property: Property): Properties {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`${name}${i}`, property]));
}
