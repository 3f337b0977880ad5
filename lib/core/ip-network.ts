import { isIPv4, isIPv6 } from 'net';

/** An IPv4 address with the network it is in, as `192.168.1.50/24`. */
export class Ipv4Interface {
  /** Reads `address/prefix`; undefined where it is not one. */
  public static parse(text: string): Ipv4Interface | undefined {
    const [address, prefix, ...rest] = text.split('/');
    if (rest.length > 0 || !isIPv4(address) || !/^(\d|[12]\d|3[0-2])$/.test(prefix ?? '')) return undefined;
    return new Ipv4Interface(address, Number(prefix));
  }

  private constructor(
    /** The address without prefix length. */
    public readonly address: string,
    /** Length of the network's prefix. */
    public readonly prefixLength: number,
  ) {}

  /** Whether a host can have the address: neither that of the network nor its broadcast address. */
  public get isHost(): boolean {
    if (this.prefixLength >= 31) return true;
    return this.hostNumber !== 0 && this.hostNumber !== this.size - 1;
  }

  /** The place of the address in its network: 20 for `192.168.1.20/24`. */
  public get hostNumber(): number {
    return toNumber(this.address) % this.size;
  }

  /** Whether another host of the network can have an address. */
  public reaches(address: string): boolean {
    return isIPv4(address) && address !== this.address
      && Math.floor(toNumber(address) / this.size) === Math.floor(toNumber(this.address) / this.size);
  }

  private get size(): number {
    return 2 ** (32 - this.prefixLength);
  }
}

/** Whether a text is an IPv4 or IPv6 address. */
export function isIpAddress(text: string): boolean {
  return isIPv4(text) || isIPv6(text);
}

/** Whether a text is an IPv6 address with a prefix length, as `2001:db8::5/64`. */
export function isIpv6Interface(text: string): boolean {
  const [address, prefix, ...rest] = text.split('/');
  return rest.length === 0 && isIPv6(address) && /^\d{1,3}$/.test(prefix ?? '') && Number(prefix) <= 128;
}

function toNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}
