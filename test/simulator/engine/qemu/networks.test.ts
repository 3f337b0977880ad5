import { GuestHardware } from '../../../../lib/simulator/engine/engine';
import { LoopbackAddresses } from '../../../../lib/simulator/engine/qemu/addresses';
import { GuestNetworking } from '../../../../lib/simulator/engine/qemu/networks';

/** A loopback interface that is only told of. */
class ToldLoopback extends LoopbackAddresses {
  public readonly asked: string[] = [];

  public constructor(private readonly standing: (address: string) => boolean, private readonly refusals: { readonly [place: string]: string } = {}) {
    super();
  }

  public override async stand(address: string): Promise<boolean> {
    this.asked.push(address);
    return this.standing(address);
  }

  public override async refusal(address: string, port: number): Promise<string | undefined> {
    return this.refusals[`${address}:${port}`];
  }
}

const guest = (vmid: number, config: GuestHardware['config']): GuestHardware => ({ vmid, node: 'pve', config, drives: {} });
const NET = 'virtio=BC:24:11:00:00:01,bridge=vmbr0';
const idle = () => false;

test('in a loopback block, the first NIC of each guest is reached at an address of its own', async () => {
  const networking = new GuestNetworking('127.84.0.0/16', [22, 80], new ToldLoopback(() => true));
  expect(networking.gateway).toBe('10.0.2.2');
  expect(await networking.networksOf(guest(100, { net0: NET, net1: NET }), idle)).toEqual({
    options: { net0: 'net=10.0.2.0/24,hostfwd=tcp:127.84.0.1:22-10.0.2.15:22,hostfwd=tcp:127.84.0.1:80-10.0.2.15:80', net1: 'net=10.0.3.0/24' },
    address: '127.84.0.1',
    translated: { '10.0.2.15': '127.84.0.1' },
  });
  expect((await networking.networksOf(guest(101, { net0: NET }), idle)).address).toBe('127.84.0.2');
  expect((await networking.networksOf(guest(100, { net0: NET }), idle)).address).toBe('127.84.0.1');
});

test('in a block of ordinary addresses, a guest has the address at which it is reached', async () => {
  const networking = new GuestNetworking('10.84.0.0/24', [22], new ToldLoopback(() => true));
  expect(networking.gateway).toBe('10.84.0.1');
  expect(await networking.networksOf(guest(100, { net0: NET }), idle)).toEqual({
    options: { net0: 'net=10.84.0.0/24,host=10.84.0.1,dns=10.84.0.2,dhcpstart=10.84.0.10,hostfwd=tcp:10.84.0.10:22-10.84.0.10:22' },
    address: '10.84.0.10',
    translated: {},
  });
});

test('a static address is reached as it is where it can stand on this machine', async () => {
  const networking = new GuestNetworking('127.84.0.0/16', [22], new ToldLoopback(() => true));
  expect(await networking.networksOf(guest(100, { net0: NET, ipconfig0: 'ip=192.0.2.10/24,gw=192.0.2.1' }), idle)).toEqual({
    options: { net0: 'net=192.0.2.0/24,host=192.0.2.1,dns=192.0.2.2,dhcpstart=192.0.2.10,hostfwd=tcp:192.0.2.10:22-192.0.2.10:22' },
    address: '192.0.2.10',
    translated: {},
  });
});

test('a static address that cannot stand here is reached at another', async () => {
  const networking = new GuestNetworking('127.84.0.0/16', [22], new ToldLoopback((address) => address.startsWith('127.')));
  expect(await networking.networksOf(guest(100, { net0: NET, ipconfig0: 'ip=192.0.2.1/24,gw=192.0.2.254' }), idle)).toEqual({
    options: { net0: 'net=192.0.2.0/24,host=192.0.2.254,dns=192.0.2.2,dhcpstart=192.0.2.1,hostfwd=tcp:127.84.0.1:22-192.0.2.1:22' },
    address: '127.84.0.1',
    translated: { '192.0.2.1': '127.84.0.1' },
  });
});

test('a guest without a NIC is not reached', async () => {
  const networking = new GuestNetworking('127.84.0.0/16', [22], new ToldLoopback(() => true));
  expect(await networking.networksOf(guest(100, {}), idle)).toEqual({ options: {}, address: undefined, translated: {} });
});

test('an address that somebody else listens at is left out', async () => {
  const networking = new GuestNetworking('127.84.0.0/16', [22], new ToldLoopback(() => true, { '127.84.0.1:22': 'EADDRINUSE' }));
  expect((await networking.networksOf(guest(100, { net0: NET }), idle)).address).toBe('127.84.0.2');
});

test('a block that is used up gives the address of a guest that does not run', async () => {
  const networking = new GuestNetworking('10.84.0.0/28', [22], new ToldLoopback(() => true));
  for (const vmid of [100, 101, 102, 103, 104]) await networking.networksOf(guest(vmid, { net0: NET }), idle);
  expect((await networking.networksOf(guest(105, { net0: NET }), (vmid) => vmid !== 103)).address).toBe('10.84.0.13');
  await expect(networking.networksOf(guest(106, { net0: NET }), () => true)).rejects.toThrow(
    'no address is free in 10.84.0.0/28: guestAddresses must be a larger block',
  );
});

test.each(['10.84.0.0', '10.84.0.0/30', '300.1.1.0/24', '::1/64', ''])('%j is no block', (text) => {
  expect(() => new GuestNetworking(text, [])).toThrow(`guestAddresses must be a block of IPv4 addresses between /8 and /28, such as 10.84.0.0/24; received: ${text}`);
});

test.each([
  ['EACCES', 'port 22 of 127.84.255.254 cannot be listened at: ports below 1024 need the right to'],
  ['EADDRINUSE', 'port 22 of 127.84.255.254 cannot be listened at (EADDRINUSE): a server of this machine has it on all addresses'],
])('what is in the way is told: %s', async (code, message) => {
  const networking = new GuestNetworking('127.84.0.0/16', [22], new ToldLoopback(() => true, { '127.84.255.254:22': code }));
  await expect(networking.open()).rejects.toThrow(message);
});

test('addresses that cannot be put onto the interface are told', async () => {
  const networking = new GuestNetworking('10.84.0.0/24', [22], new ToldLoopback(() => false));
  await expect(networking.open()).rejects.toThrow('the address 10.84.0.1 cannot be put onto the interface lo');
});
