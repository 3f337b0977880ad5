import { IResolveContext } from 'cdktf';

/** Traces of the core's references: in text, in a key, and of a number that became part of a text. */
const REFERENCE = /TfToken\[|\de\+\d/;
/** Numbers that stand for a reference are far below any that a configuration has. */
const NUMBERS_OF_REFERENCES = -1e200;
/** Stands for a value that holds a reference, or may hold one. */
const UNSETTLED = Symbol('unsettled');

/**
 * What an element renders, told to the core as final where it holds no reference.
 *
 * The core looks through every key and text of every element three times for references that it might have to resolve, which is most
 * of the time that a synthesis takes. The machines of this library refer to each other by text, so mostly there is nothing to find: one
 * look here is enough, and the core takes the object as it is.
 */
export function settled<T extends object>(rendered: T): T {
  const content = copy(rendered);
  if (content === UNSETTLED) return rendered;
  const resolve = (context: IResolveContext) => context.registerPostProcessor({ postProcess: () => ({ ...content as T }) });
  // Not enumerable: to whoever reads it, the object is what was rendered.
  return Object.defineProperty(content as T, 'resolve', { value: resolve });
}

/** A copy without what is undefined, as the core makes one, so that an override of the stack changes nothing that is shared. */
function copy(value: unknown): unknown {
  switch (typeof value) {
    case 'string': return REFERENCE.test(value) ? UNSETTLED : value;
    case 'number': return value < NUMBERS_OF_REFERENCES ? UNSETTLED : value;
    case 'boolean': case 'undefined': return value;
    case 'object':
      if (value === null) return value;
      if (Array.isArray(value)) return copyList(value);
      return Object.getPrototypeOf(value) === Object.prototype ? copyObject(value as { [key: string]: unknown }) : UNSETTLED;
    default: return UNSETTLED;
  }
}

function copyList(list: unknown[]): unknown {
  const items = [];
  for (const item of list) {
    const copied = copy(item);
    if (copied === UNSETTLED) return UNSETTLED;
    if (copied !== undefined) items.push(copied);
  }
  return items;
}

function copyObject(object: { [key: string]: unknown }): unknown {
  const members: { [key: string]: unknown } = {};
  for (const key of Object.keys(object)) {
    const copied = copy(object[key]);
    if (copied === UNSETTLED || REFERENCE.test(key)) return UNSETTLED;
    if (copied !== undefined) members[key] = copied;
  }
  return members;
}
