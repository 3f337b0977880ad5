import { spawnSync } from 'node:child_process';
import * as net from 'node:net';
import { EngineError } from '../engine';

/** A block of IPv4 addresses, `10.84.0.0/24`. @internal */
export class AddressBlock {
  /** @throws EngineError if it is none, or too small for guests */
  public static parse(text: string): AddressBlock {
    const [, address, length] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(text) ?? [];
    if (!address || net.isIPv4(address) === false || Number(length) > 28 || Number(length) < 8) {
      throw new EngineError(`guestAddresses must be a block of IPv4 addresses between /8 and /28, such as 10.84.0.0/24; received: ${text}`);
    }
    return AddressBlock.around(address, Number(length));
  }

  /** The block that an address stands in. */
  public static around(address: string, length: number): AddressBlock {
    const size = 2 ** (32 - length);
    return new AddressBlock(Math.floor(toNumber(address) / size) * size, length);
  }

  private constructor(private readonly first: number, private readonly length: number) {}

  /** Whether the addresses are those of the loopback network, which guests cannot have themselves. */
  public get isLoopback(): boolean {
    return Math.floor(this.first / 2 ** 24) === 127;
  }

  /** The n-th address. */
  public at(index: number): string {
    return toText(this.first + index);
  }

  /** How many addresses it has. */
  public get size(): number {
    return 2 ** (32 - this.length);
  }

  /** The block as QEMU wants it. */
  public toString(): string {
    return `${toText(this.first)}/${this.length}`;
  }
}

function toNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function toText(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

/**
 * Addresses on the loopback interface. What cannot be bound is put there, if that is allowed, and taken away again.
 *
 * @internal
 */
export class LoopbackAddresses {
  private readonly added = new Set<string>();

  /** Whether guests can be reached at an address; it is put onto `lo` if need be. */
  public async stand(address: string): Promise<boolean> {
    if (await this.refusal(address, 0) === undefined) return true;
    const outcome = spawnSync('ip', ['address', 'add', `${address}/32`, 'dev', 'lo'], { stdio: 'ignore' });
    if (outcome.status !== 0) return false;
    this.added.add(address);
    // Who connects to an address of this machine comes from that very address, which the guest takes for its own: from 127.0.0.1 instead.
    const route = ['local', `${address}/32`, 'dev', 'lo', 'table', 'local', 'proto', 'kernel', 'scope', 'host', 'src'];
    spawnSync('ip', ['route', 'replace', ...route, '127.0.0.1'], { stdio: 'ignore' });
    return true;
  }

  /** Why nobody can listen at an address: the code of the error, undefined if one can. */
  public refusal(address: string, port: number): Promise<string | undefined> {
    return new Promise((resolve) => {
      const server = net.createServer();
      server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      server.listen({ host: address, port, exclusive: true }, () => server.close(() => resolve(undefined)));
    });
  }

  /** Takes away what was put onto `lo`. */
  public removeAll(): void {
    for (const address of this.added) {
      spawnSync('ip', ['address', 'del', `${address}/32`, 'dev', 'lo'], { stdio: 'ignore' });
      spawnSync('ip', ['route', 'del', 'local', `${address}/32`, 'dev', 'lo', 'table', 'local'], { stdio: 'ignore' });
    }
    this.added.clear();
  }
}
