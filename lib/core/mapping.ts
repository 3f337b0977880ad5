/**
 * Whether a value has properties by their names: an object that is no list.
 * @internal
 */
export function isMapping(value: any): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
