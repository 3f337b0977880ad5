import { Problems, Secret } from '../core';
import { proxmoxRules } from './rules';

/** Looks at one value, and notes where it is not of its kind. */
export type Kind = (value: any, property: string, problems: Problems) => void;

/** The kind of every property of an interface; the compiler sees that none is missing. */
export type Kinds<T> = { readonly [K in keyof Required<T>]: Kind };

/**
 * Notes every property that is not of the kind its interface says. TypeScript has found most of that; a program in plain
 * JavaScript, a cast, and an environment variable that is not set come through.
 *
 * @param property what stands before the names of the properties
 */
export function checkKinds<T extends object>(props: T, kinds: Kinds<T>, problems: Problems, property: string = ''): void {
  if (typeof props !== 'object' || props === null || Array.isArray(props)) {
    reportNoObject(props, property === '' ? 'props' : property, problems);
    return;
  }
  for (const name in kinds) {
    kinds[name](props[name], property === '' ? name : `${property}.${name}`, problems);
  }
}

/** As `checkKinds`, for objects that are written where they are given: what their interface does not name is misspelt, and would do nothing. */
export function checkOptions<T extends object>(options: T, kinds: Kinds<T>, problems: Problems, property: string = ''): void {
  checkKinds(options, kinds, problems, property);
  if (typeof options !== 'object' || options === null || Object.getPrototypeOf(options) !== Object.prototype) return;
  for (const name of Object.keys(options).filter((own) => !(own in kinds))) {
    problems.report(proxmoxRules['property-unknown'], {
      property: property === '' ? name : `${property}.${name}`, remedy: `Write one of: ${Object.keys(kinds).sort().join(', ')}.`,
    });
  }
}

/** A kind of which the value has to be there. */
export function required(kind: Kind): Kind {
  return (value, property, problems) => {
    if (value === undefined) problems.report(proxmoxRules['value-missing'], { property });
    else kind(value, property, problems);
  };
}

/** A list, each of whose items is there and of a kind. */
export function listOf(item: Kind): Kind {
  const list = simple('a list', '[…]', Array.isArray);
  return (value, property, problems) => {
    if (Array.isArray(value)) value.forEach((v, i) => required(item)(v, `${property}[${i}]`, problems));
    else list(value, property, problems);
  };
}

/** An object with properties of certain kinds. */
export function objectOf<T extends object>(kinds: Kinds<T>): Kind {
  const names = Object.keys(kinds);
  return (value, property, problems) => {
    if (value === undefined) return;
    // Of another kind altogether, such as a Size: it has properties, and none of these.
    const other = typeof value === 'object' && value !== null && Object.keys(value).length > 0 && !names.some((name) => name in value);
    if (other) reportNoObject(value, property, problems);
    else checkOptions(value, kinds, problems, property);
  };
}

/** An object of a class of this library. @param example how one is made */
export function instanceOf(type: Function, example: string): Kind {
  return simple(`a ${type.name}`, example, (value) => value instanceof type);
}

/** As `instanceOf`, for what may be a secret itself where it is of another kind: it is not shown. */
export function secretly(type: Function, example: string): Kind {
  return (value, property, problems) => {
    if (value === undefined || value instanceof type) return;
    problems.report(proxmoxRules['value-kind'], { property, rule: `\`${property}\` is a ${type.name}.`, remedy: `Write for example ${example}.` });
  };
}

/** A member of an enum. */
export function memberOf(members: { readonly [name: string]: string }, name: string): Kind {
  const example = Object.keys(members)[0];
  const values = Object.values(members);
  return simple(`a member of ${name}`, `${name}.${example}`, (value) => values.includes(value));
}

/** An object of any class that has certain methods. */
export function withMethods(what: string, example: string, ...methods: string[]): Kind {
  return simple(what, example, (value) => typeof value === 'object' && value !== null && methods.every((name) => typeof value[name] === 'function'));
}

/** A text; also a reference to one. */
export const TEXT = simple('a text', "'…'", (value) => typeof value === 'string');
/** A number; also a reference to one. */
export const NUMBER = simple('a number', '1', (value) => typeof value === 'number');
/** True or false. */
export const FLAG = simple('true or false', 'true', (value) => typeof value === 'boolean');
/** A reference to a secret. */
export const SECRET = secretly(Secret, "Secret.fromEnvironment('proxmox_api_token')");

function reportNoObject(value: any, property: string, problems: Problems): void {
  problems.report(proxmoxRules['value-kind'], { property, received: value, rule: `\`${property}\` is an object with the properties of its interface.` });
}

function simple(what: string, example: string, accepts: (value: any) => boolean): Kind {
  return (value, property, problems) => {
    if (value === undefined || accepts(value)) return;
    problems.report(proxmoxRules['value-kind'], {
      property, received: value, rule: `\`${property}\` is ${what}.`, remedy: `Write for example ${example}.`,
    });
  };
}
