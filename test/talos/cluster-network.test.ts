import { Problems } from '../../lib/core';
import { ClusterEndpoint } from '../../lib/talos';
import { ClusterAddresses, ClusterNetwork } from '../../lib/talos/cluster-network';
import { fc } from '../support/fast-check';

/** What is wrong with addresses that are claimed one after the other, in a network. */
function claimed(network: ClusterNetwork, addresses: readonly string[], virtual?: string): string[] {
  const problems = new Problems('homelab/K8s');
  const all = new ClusterAddresses(network, problems);
  if (virtual !== undefined) all.claimEndpoint(ClusterEndpoint.virtualIp(virtual), problems);
  addresses.forEach((address, i) => all.claim(address, `node ${i}`, `addresses[${i}]`, problems));
  return problems.all.map(({ code, property, rule }) => `${code} ${property}: ${rule}`);
}

const number = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
const text = (value: number) => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');

test('who has an address is said', () => {
  expect(claimed({ subnet: '192.168.1.0/24', gateway: '192.168.1.1' }, ['192.168.1.1', '192.168.1.10', '192.168.1.11', '192.168.1.11', '192.168.2.1', 'x'], '192.168.1.10')).toEqual([
    'node-address-twice addresses[0]: An address has one holder, and 192.168.1.1 is that of the gateway.',
    'node-address-twice addresses[1]: An address has one holder, and 192.168.1.10 is that of the virtual address.',
    'node-address-twice addresses[3]: An address has one holder, and 192.168.1.11 is that of node 2.',
    'node-address-outside-subnet addresses[4]: An address is one that a host in 192.168.1.0/24 can have.',
    'node-address-form addresses[5]: Nodes, gateway and virtual address have IPv4 addresses without a prefix length; that of the subnet holds for all.',
  ]);
  // An endpoint that is no virtual address takes none.
  const problems = new Problems('');
  new ClusterAddresses({ subnet: '192.168.1.0/24' }, problems).claimEndpoint(ClusterEndpoint.host('10.0.0.1'), problems);
  expect(problems.all).toEqual([]);
});

test('what a network is to its nodes', () => {
  const facts = (network: ClusterNetwork) => {
    const { prefixLength, networkAddress, nameServers } = new ClusterAddresses(network, new Problems(''));
    return [prefixLength, networkAddress, nameServers];
  };
  expect([
    { subnet: '10.0.0.0/8' }, { subnet: '192.168.1.0/24', gateway: '192.168.1.1' }, { subnet: '192.168.1.128/30', gateway: '192.168.1.129', nameServers: ['9.9.9.9', 'fd00::1'] },
    { subnet: '192.168.1.0/24', gateway: '192.168.1.1', nameServers: [] },
  ].map(facts)).toEqual([
    [8, '10.0.0.0', []], [24, '192.168.1.0', ['192.168.1.1']], [30, '192.168.1.128', ['9.9.9.9', 'fd00::1']], [24, '192.168.1.0', []],
  ]);
});

test.each([8, 9, 15, 16, 23, 24, 25, 29, 30])('in any network with a prefix of %i', (prefix) => {
  const size = 2 ** (32 - prefix);
  const networks = fc.integer({ min: 0, max: 2 ** prefix - 1 }).map((i) => i * size);
  fc.assert(fc.property(networks, fc.array(fc.integer({ min: 1, max: size - 2 }), { maxLength: 20 }), (base, hosts) => {
    const addresses = hosts.map((host) => text(base + host));
    const all = new ClusterAddresses({ subnet: `${text(base)}/${prefix}` }, new Problems(''));
    // Hosts of the network are taken, each once; its place in the network is what tells it from others.
    expect(claimed({ subnet: `${text(base)}/${prefix}` }, addresses)).toHaveLength(hosts.length - new Set(hosts).size);
    expect(addresses.map((address) => all.hostNumber(address))).toEqual(hosts);
    // The first and the last address are nobody's.
    expect(claimed({ subnet: `${text(base)}/${prefix}` }, [text(base), text(base + size - 1)]).map((mistake) => mistake.split(' ')[0])).toEqual(Array(2).fill('node-address-outside-subnet'));
  }));
  fc.assert(fc.property(networks, fc.integer({ min: 0, max: 2 ** 32 - 1 }), (base, other) => {
    const inside = other > base && other < base + size - 1;
    expect(claimed({ subnet: `${text(base)}/${prefix}` }, [text(other)])).toHaveLength(inside ? 0 : 1);
    expect(number(text(other))).toBe(other);
  }));
});

test('a subnet begins with its first address, and has room', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 40 }), (address, prefix) => {
    const whole = prefix >= 8 && prefix <= 30 && address % 2 ** (32 - prefix) === 0;
    expect(claimed({ subnet: `${text(address)}/${prefix}` }, []).map((mistake) => mistake.split(':')[0])).toEqual(whole ? [] : ['subnet-form network.subnet']);
  }), { numRuns: 1000 });
  for (const subnet of ['', '192.168.1.0', '192.168.1.0/', '192.168.1.0/024', '192.168.1.0/24/24', ' 192.168.1.0/24', '192.168.1/24', 'fd00::/64', '${x}/24']) {
    expect(claimed({ subnet }, [])).toHaveLength(1);
  }
});
