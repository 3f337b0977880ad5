import { FormatError, formats, splitList } from './formats';
import { Properties, Property, PropertyString } from './property';

/** Parameters as they came: text, or several of one name. @internal */
export interface RawParameters {
  readonly [name: string]: string | readonly string[];
}

/** What is wrong, by parameter. @internal */
export interface ParameterErrors {
  [name: string]: string;
}

/**
 * Checks parameters against a table, with PVE's words for what is wrong.
 *
 * @internal
 */
export function checkParameters(properties: Properties, values: RawParameters): ParameterErrors {
  const errors: ParameterErrors = {};
  checkObject('', properties, values, errors);
  return errors;
}

/** What has other words since Proxmox VE 9, in the words of a release. @internal */
export function inWordsOf(line: string, errors: ParameterErrors): ParameterErrors {
  if (line < '9') return errors;
  const newer = (text: string) => text.replace(/missing property - ('[^']+') requires this property/g, 'missing property required by $1')
    .replace(/(ID '.?') contains illegal characters/gsu, '$1 cannot be shorter than 2 characters')
    .replace('a valid ha group node', 'a valid ha node');
  return Object.fromEntries(Object.entries(errors).map(([name, text]) => [name, newer(text)]));
}

/**
 * The keys and values of a property string.
 *
 * @throws FormatError
 * @internal
 */
export function parsePropertyString(format: PropertyString, value: string, path = ''): { [key: string]: string } {
  const { properties, verify } = format;
  const values: { [key: string]: string } = {};
  let usedDefault: string | undefined;
  for (const part of value.split(',')) {
    if (/^\s*$/.test(part)) continue;
    const pair = /^([^=]+)=(.+)$/s.exec(part);
    if (pair) {
      let key = pair[1];
      if (key in values) throw new FormatError(`duplicate key in comma-separated list property: ${key}`);
      const { alias, keyAlias } = properties[key] ?? {};
      if (alias !== undefined) {
        if (keyAlias !== undefined) {
          if (keyAlias in values) throw new FormatError(`key alias '${keyAlias}' is already defined`);
          values[keyAlias] = key;
        }
        key = alias;
      }
      // A key that is not in the table is found with all else that is wrong: PVE means to refuse it here, but never gets to (measured).
      values[key] = properties[key]?.type === 'boolean' ? parseBoolean(pair[2]) ?? pair[2] : pair[2];
    } else if (!part.includes('=')) {
      const key = Object.keys(properties).find((name) => properties[name].defaultKey);
      if (key === undefined) throw new FormatError('value without key, but schema does not define a default key');
      if (usedDefault !== undefined || key in values) throw new FormatError(`duplicate key in comma-separated list property: ${key}`);
      usedDefault = key;
      values[key] = part;
    } else {
      throw new FormatError('missing key in comma-separated list property');
    }
  }
  const errors: ParameterErrors = {};
  checkObject(path, properties, values, errors);
  if (Object.keys(errors).length > 0) throw new FormatError('format error', errors);
  verify?.(values);
  return values;
}

/** `yes`, `on`, `true` and their opposites as 1 and 0. @internal */
export function parseBoolean(value: string): string | undefined {
  if (/^(1|on|yes|true)$/i.test(value)) return '1';
  return /^(0|off|no|false)$/i.test(value) ? '0' : undefined;
}

/** A property string of values: the default key first, then what must be there, then the rest, each by name. @internal */
export function printPropertyString(format: PropertyString, values: { readonly [key: string]: string | number | undefined }): string {
  const { properties } = format;
  const keys = Object.keys(values).filter((key) => values[key] !== undefined).sort();
  const first = Object.keys(properties).find((key) => properties[key].defaultKey);
  const combined = new Map(Object.values(properties).filter(({ keyAlias }) => keyAlias !== undefined).map(({ keyAlias, alias }) => [keyAlias!, alias!]));
  const done = new Set<string>();
  const parts: string[] = [];
  const add = (key: string) => {
    if (done.has(key) || values[key] === undefined) return;
    done.add(key);
    const other = combined.get(key);
    if (other !== undefined && values[other] !== undefined) {
      done.add(other);
      parts.push(`${values[key]}=${values[other]}`);
      return;
    }
    parts.push(key === first ? `${values[key]}` : `${key}=${values[key]}`);
  };
  if (first !== undefined) add(first);
  keys.filter((key) => properties[key] && !properties[key].optional).forEach(add);
  keys.forEach(add);
  return parts.join(',');
}

function checkObject(path: string, properties: Properties, values: RawParameters, errors: ParameterErrors): void {
  const at = (name: string) => path === '' ? name : `${path}.${name}`;
  for (const name of requiredOf(properties)) {
    if (values[name] === undefined) checkProperty(at(name), properties[name], undefined, errors);
  }
  for (const name of Object.keys(values)) {
    const property = properties[name];
    if (property !== undefined) checkProperty(at(name), property, values[name], errors);
    if (property === undefined) {
      addError(errors, at(name), 'property is not defined in schema and the schema does not allow additional properties');
    } else if (property.requires !== undefined && values[property.requires] === undefined) {
      addError(errors, at(property.requires), `missing property - '${at(name)}' requires this property`);
    }
  }
}

/** What cannot be absent, found once for each table: a machine has hundreds of options, and a request few. */
const required = new WeakMap<Properties, readonly string[]>();

function requiredOf(properties: Properties): readonly string[] {
  const known = required.get(properties);
  if (known !== undefined) return known;
  const found = Object.keys(properties).filter((name) => !properties[name].optional);
  required.set(properties, found);
  return found;
}

function checkProperty(path: string, property: Property, value: string | readonly string[] | undefined, errors: ParameterErrors): void {
  const wrong = (problem: string) => addError(errors, path, problem);
  if (value === undefined) {
    if (!property.optional && property.alias === undefined && property.group === undefined) wrong('property is missing and it is not optional');
    return;
  }
  if (property.type === 'array') {
    // PVE makes a list of one value, but not of one that is false in Perl.
    if (value === '' || value === '0') return wrong('type check (\'array\') failed');
    (typeof value === 'string' ? [value] : value).forEach((item, i) => property.items && checkProperty(`${path}[${i}]`, property.items, item, errors));
    return;
  }
  if (typeof value !== 'string') {
    if (property.type !== 'string' || typeof property.format !== 'string' || !property.format.endsWith('-list')) return wrong(`type check ('${property.type}') failed - got ARRAY`);
    return checkProperty(path, property, value.join(','), errors);
  }
  if (!hasType(property.type, value)) return wrong(`type check ('${property.type}') failed - got '${value}'`);
  try {
    if (property.format !== undefined) checkFormat(property.format, value, path);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return wrong(`invalid format - ${error.report}`);
  }
  if (property.pattern !== undefined && !new RegExp(`^(?:${property.pattern})$`).test(value)) return wrong('value does not match the regex pattern');
  if (property.maxLength !== undefined && value.length > property.maxLength) return wrong(`value may only be ${property.maxLength} characters long`);
  if (property.minLength !== undefined && value.length < property.minLength) return wrong(`value must be at least ${property.minLength} characters long`);
  if (hasType('number', value)) {
    if (property.maximum !== undefined && Number(value) > property.maximum) return wrong(`value must have a maximum value of ${property.maximum}`);
    if (property.minimum !== undefined && Number(value) < property.minimum) return wrong(`value must have a minimum value of ${property.minimum}`);
  }
  if (property.enum && !property.enum.includes(value)) wrong(`value '${value}' does not have a value in the enumeration '${property.enum.join(', ')}'`);
}

function hasType(type: Property['type'], value: string): boolean {
  switch (type) {
    case 'boolean': return value === '0' || value === '1';
    case 'integer': return /^[+-]?\d+$/.test(value);
    case 'number': return /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/.test(value);
    default: return true;
  }
}

function checkFormat(format: string | PropertyString, value: string, path: string): void {
  if (typeof format !== 'string') {
    parsePropertyString(format, value, path);
    return;
  }
  const [, name, kind] = /^(.*?)(?:-(list|opt))?$/.exec(format)!;
  const check = formats[name];
  if (check === undefined) throw new Error(`undefined format '${format}'`);
  if (kind === 'list') splitList(value).forEach(check);
  else if (kind === undefined || value !== '') check(value);
}

function addError(errors: ParameterErrors, path: string, problem: string): void {
  // PVE joins with these two characters, not with a line break.
  errors[path] = errors[path] === undefined ? problem : `${errors[path]}\\n${problem}`;
}
