import { isIPv4, isIPv6 } from 'net';

/**
 * A network, by its first address and the length of its prefix.
 * @internal
 */
export class Subnet {
  /** Reads `address/prefix`; undefined where it is not one. */
  public static parse(text: string): Subnet | undefined {
    const [address, prefix, ...rest] = text.split('/');
    const bits = isIPv4(address) ? 32 : isIPv6(address) && !address.includes('%') ? 128 : 0;
    if (bits === 0 || rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(prefix ?? '') || Number(prefix) > bits) return undefined;
    return new Subnet(toNumber(address), Number(prefix), bits);
  }

  private constructor(
    /** The address that was written. */
    public readonly address: bigint,
    /** Length of the prefix. */
    public readonly prefixLength: number,
    /** 32 or 128. */
    public readonly bits: number,
  ) {}

  /** Number of bits that the hosts have. */
  public get hostBits(): number {
    return this.bits - this.prefixLength;
  }

  /** Whether the address that was written is the first of the network. */
  public get isNetwork(): boolean {
    return this.address === this.first;
  }

  /** Whether a host can have the address that was written. */
  public get isHost(): boolean {
    if (this.address === 0n) return false;
    if (this.hostBits <= 1) return true;
    return !this.isNetwork && !(this.bits === 32 && this.address === this.first + this.size - 1n);
  }

  /** Whether two networks have an address in common. */
  public overlaps(other: Subnet): boolean {
    return this.bits === other.bits && this.first < other.first + other.size && other.first < this.first + this.size;
  }

  private get size(): bigint {
    return 2n ** BigInt(this.hostBits);
  }

  private get first(): bigint {
    return this.address / this.size * this.size;
  }
}

function toNumber(address: string): bigint {
  if (isIPv4(address)) return address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  const [head, tail] = withoutIpv4(address).split('::').map((half) => half === '' ? [] : half.split(':'));
  const groups = tail === undefined ? head : [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail];
  return groups.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}

/** An IPv6 address may end as an IPv4 address. */
function withoutIpv4(address: string): string {
  return address.replace(/\d+\.\d+\.\d+\.\d+$/, (v4) => {
    const [a, b, c, d] = v4.split('.').map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
}
