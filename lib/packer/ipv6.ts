/**
 * An IPv6 address in its shortest form, as the plugin's client writes it before it counts the colons.
 * @internal
 */
export function shortestIpv6(address: string): string {
  return new URL(`http://[${address}]/`).hostname.slice(1, -1);
}

/**
 * An IPv6 address with all of its eight groups.
 * @internal
 */
export function expandedIpv6(address: string): string {
  const [head, tail] = shortestIpv6(address).split('::').map((half) => half.split(':').filter((group) => group !== ''));
  if (tail === undefined) return head.join(':');
  return [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail].join(':');
}
