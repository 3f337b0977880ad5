import { splitList } from '../schema/formats';

/** Tags in small letters, each once, in the order of the alphabet, as a change of a machine leaves them. @internal */
export function uniqueTags(tags: string): string {
  return [...new Set(splitList(tags).map((tag) => tag.toLowerCase()).sort())].join(';');
}
