import { EngineError, GuestHardware } from '../engine';
import { propertiesOf } from '../property-string';
import { AddressBlock, LoopbackAddresses } from './addresses';
import { nics } from './command-line';

/** Where the addresses of guests begin in a block of ordinary addresses; those before are the gateway's and the name server's. */
const FIRST_GUEST = 10;

/** The networks of one guest. @internal */
export interface GuestNetworks {
  /** The options of the user network of each NIC. */
  readonly options: { readonly [nic: string]: string };
  /** Where the guest is reached, if anywhere. */
  readonly address?: string;
  /** Addresses that the guest has and that mean others outside: to be replaced in what its agent says. */
  readonly translated: { readonly [inside: string]: string };
}

/**
 * Gives guests their networks: QEMU's user networks, one for each NIC, and for the first NIC, and those with a static address, an address
 * on the loopback interface from which ports are forwarded.
 *
 * In a block of the loopback network a guest has another address than the one it is reached at; in a block of ordinary addresses both are
 * the same. The gateway of a guest's network means the loopback interface of this machine.
 * @internal
 */
export class GuestNetworking {
  private readonly block: AddressBlock;
  private readonly indexes = new Map<number, number>();

  public constructor(addresses: string, private readonly ports: readonly number[], private readonly loopback = new LoopbackAddresses()) {
    this.block = AddressBlock.parse(addresses);
  }

  /** The address at which guests find the services of this machine. */
  public get gateway(): string {
    return this.block.isLoopback ? '10.0.2.2' : this.block.at(1);
  }

  /** Checks that guests can be reached. @throws EngineError with what is in the way */
  public async open(): Promise<void> {
    if (!this.block.isLoopback) await this.need(this.gateway);
    const probe = this.block.at(this.block.size - 2); // one that hardly any guest has, another engine's neither
    await this.need(probe);
    for (const port of this.ports) {
      const reason = await this.loopback.refusal(probe, port);
      if (reason === 'EACCES') {
        throw new EngineError(`port ${port} of ${probe} cannot be listened at: ports below 1024 need the right to; `
          + 'run within `unshare --user --map-root-user --net`, or as root');
      }
      if (reason !== undefined) throw new EngineError(`port ${port} of ${probe} cannot be listened at (${reason}): a server of this machine has it on all addresses`);
    }
  }

  /** The networks of a guest that is to be started; a guest has the same address each time. */
  public async networksOf(guest: GuestHardware, inUse: (vmid: number) => boolean): Promise<GuestNetworks> {
    const options: { [nic: string]: string } = {};
    const translated: { [inside: string]: string } = {};
    let reached: string | undefined;
    for (const [position, { name }] of nics(guest.config).entries()) {
      const fixed = staticAddress(guest.config[`ipconfig${name.slice(3)}`]);
      const outside = fixed && await this.loopback.stand(fixed.address) ? fixed.address : position === 0 ? await this.addressOf(guest.vmid, inUse) : undefined;
      const inside = fixed ? fixed.address : this.block.isLoopback || !outside ? undefined : outside;
      options[name] = [
        ...this.net(position, fixed, inside),
        ...(outside ? this.ports.map((port) => `hostfwd=tcp:${outside}:${port}-${inside ?? `10.0.${2 + position}.15`}:${port}`) : []),
      ].join(',');
      if (outside && inside !== outside) translated[inside ?? `10.0.${2 + position}.15`] = outside;
      reached = reached ?? outside;
    }
    return { options, address: reached, translated };
  }

  /** Takes away the addresses that were put onto the loopback interface. */
  public close(): void {
    this.loopback.removeAll();
  }

  private net(position: number, fixed: StaticAddress | undefined, inside: string | undefined): string[] {
    if (fixed) {
      const net = AddressBlock.around(fixed.address, fixed.length);
      const free = [1, 2, 3, 4].map((index) => net.at(index)).filter((address) => address !== fixed.address && address !== fixed.gateway);
      const host = fixed.gateway ?? free[2];
      return [`net=${net.toString()}`, `host=${host}`, `dns=${free[0]}`, `dhcpstart=${fixed.address}`];
    }
    if (inside !== undefined) return [`net=${this.block.toString()}`, `host=${this.block.at(1)}`, `dns=${this.block.at(2)}`, `dhcpstart=${inside}`];
    return [`net=10.0.${2 + position}.0/24`];
  }

  private async addressOf(vmid: number, inUse: (vmid: number) => boolean): Promise<string> {
    const first = this.block.isLoopback ? 1 : FIRST_GUEST;
    let index = this.indexes.get(vmid);
    if (index === undefined) {
      const taken = new Set(this.indexes.values());
      index = first;
      while (index < this.block.size - 1 && (taken.has(index) || await this.isTakenByOthers(index))) index += 1;
      if (index >= this.block.size - 1) {
        const idle = [...this.indexes].find(([other]) => !inUse(other));
        if (!idle) throw new EngineError(`no address is free in ${this.block.toString()}: guestAddresses must be a larger block`);
        this.indexes.delete(idle[0]);
        index = idle[1];
      }
      this.indexes.set(vmid, index);
    }
    return this.need(this.block.at(index));
  }

  /** Other engines may run on this machine. */
  private async isTakenByOthers(index: number): Promise<boolean> {
    for (const port of this.ports) if (await this.loopback.refusal(this.block.at(index), port) === 'EADDRINUSE') return true;
    return false;
  }

  private async need(address: string): Promise<string> {
    if (await this.loopback.stand(address)) return address;
    throw new EngineError(`the address ${address} cannot be put onto the interface lo: `
      + 'run within `unshare --user --map-root-user --net` (with `ip link set lo up`), or take guestAddresses from 127.0.0.0/8');
  }
}

interface StaticAddress {
  readonly address: string;
  readonly length: number;
  readonly gateway?: string;
}

function staticAddress(ipconfig: string | undefined): StaticAddress | undefined {
  const { ip, gw } = propertiesOf(ipconfig, 'ip');
  const [, address, length] = /^([\d.]+)\/(\d+)$/.exec(ip ?? '') ?? [];
  return address === undefined ? undefined : { address, length: Number(length), gateway: gw };
}
