import { formatSize, formats, parseSize, splitList } from '../../../lib/simulator/schema/formats';

const problem = (format: string, value: string): string | undefined => {
  try {
    formats[format](value);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

test.each([
  ['urlencoded', 'ssh-rsa%20A', 'a b', 'invalid urlencoded string: a b'],
  ['pve-configid', 'gpu_1', '1gpu', 'invalid configuration ID \'1gpu\''],
  ['pve-storage-id', 'local-lvm', 'a/b', 'storage ID \'a/b\' contains illegal characters'],
  ['pve-storage-id', 'ab', 'a', 'storage ID \'a\' contains illegal characters'],
  ['pve-bridge-id', 'vmbr0.5', 'a b', 'invalid bridge ID \'a b\''],
  ['pve-vmid', '100', '99', 'value does not look like a valid VM ID'],
  ['pve-vmid', '999999999', '0100', 'value does not look like a valid VM ID'],
  ['pve-node', 'pve-1', '-pve', 'value does not look like a valid node name'],
  ['pve-poolid', 'a/b/c', 'a b', 'pool name \'a b\' contains invalid characters'],
  ['pve-tag', 'a.b+c', '-a', 'invalid characters in tag'],
  ['pve-iface', 'eth0:1', '0eth', 'invalid network interface name \'0eth\''],
  ['mac-addr', 'BC:24:11:00:00:01', 'BD:24:11:00:00:01', 'value does not look like a valid unicast MAC address'],
  ['dns-name', 'web-1.lan', 'web_1', 'value does not look like a valid DNS name'],
  ['ipv4', '10.0.0.1', '10.0.0.256', 'value does not look like a valid IPv4 address'],
  ['ipv6', 'fd00::1', '10.0.0.1', 'value does not look like a valid IPv6 address'],
  ['ip', 'fd00::1', 'x', 'value does not look like a valid IP address'],
  ['address', 'web.lan', 'a b', 'value does not look like a valid address: a b'],
  ['CIDR', '10.0.0.0/24', '10.0.0.0/7', 'value does not look like a valid CIDR network'],
  ['CIDRv4', '10.0.0.0/8', 'fd00::/64', 'value does not look like a valid IPv4 CIDR network'],
  ['CIDRv6', 'fd00::/64', '10.0.0.0/24', 'value does not look like a valid IPv6 CIDR network'],
  ['pve-ipv4-config', 'dhcp', 'auto', 'value does not look like a valid ipv4 network configuration'],
  ['pve-ipv6-config', 'auto', '10.0.0.1/24', 'value does not look like a valid ipv6 network configuration'],
  ['email', 'a.b+c@web.lan', '@web', 'value does not look like a valid email address'],
  ['disk-size', '1.5G', '5X', 'value does not look like a valid disk size: 5X'],
])('%s: %s is right, %s is not', (format, right, wrong, text) => {
  expect([problem(format, right), problem(format, wrong)]).toEqual([undefined, text]);
});

test('sizes are read and written as PVE does', () => {
  expect(['528K', '32G', '1.5M', '7', 'x', '1P'].map(parseSize)).toEqual([540_672, 32 * 1024 ** 3, 1_572_864, 7, undefined, undefined]);
  expect([540_672, 32 * 1024 ** 3, 3 * 1024 ** 4, 1024 ** 5, 1025, 0].map(formatSize)).toEqual(['528K', '32G', '3T', '1024T', '1025', '0']);
});

test('a list is separated by commas, semicolons, zero bytes and white space', () => {
  expect(splitList(' a,b;c\0d  e,,')).toEqual(['a', 'b', 'c', 'd', 'e']);
});
