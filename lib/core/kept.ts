/**
 * What a table has for a key, made and kept there where it has nothing yet.
 * @internal
 */
export function kept<K, V>(table: { get(key: K): V | undefined; set(key: K, value: V): unknown }, key: K, make: () => V): V {
  const value = table.get(key) ?? make();
  table.set(key, value);
  return value;
}
