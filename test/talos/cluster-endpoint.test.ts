import { talos } from '../../lib';
import { expectError, mistakes } from '../support/errors';

const { ClusterEndpoint } = talos;

test('a virtual address, a name, an address, a port', () => {
  const endpoints = [ClusterEndpoint.virtualIp('192.168.1.10'), ClusterEndpoint.host('k8s.home.arpa'), ClusterEndpoint.host('192.168.1.9', 8443), ClusterEndpoint.host('lb', 65535)];
  expect(endpoints.map(({ host, port, virtualAddress, url }) => [host, port, virtualAddress, url])).toEqual([
    ['192.168.1.10', 6443, '192.168.1.10', 'https://192.168.1.10:6443'],
    ['k8s.home.arpa', 6443, undefined, 'https://k8s.home.arpa:6443'],
    ['192.168.1.9', 8443, undefined, 'https://192.168.1.9:8443'],
    ['lb', 65535, undefined, 'https://lb:65535'],
  ]);
  expect(`${endpoints[0]}`).toBe('https://192.168.1.10:6443');
});

test.each(['', 'k8s.lan', '192.168.1.256', '192.168.1.10/24', 'fd00::10', '192.168.01.10', ' 192.168.1.10', undefined, 7, null, {}, Symbol('x')])('no virtual address: %p', (address: any) => {
  expect(mistakes(() => ClusterEndpoint.virtualIp(address))[0]).toMatch(/^(endpoint-virtual-ip|value-kind|value-missing) address/);
});

test.each(['', 'https://k8s.lan', 'k8s.lan:6443', 'k8s_lan', '1.2.3', '192.168.1.256', '10.0.0.1.', 'a.1', '0x7f', 'fd00::10', 'a b', '${x}', undefined, 7, null, {}, Symbol('x')])('no host: %p', (host: any) => {
  expect(mistakes(() => ClusterEndpoint.host(host))[0]).toMatch(/^(endpoint-host|value-kind|value-missing) host/);
});

test.each([0, -1, 65536, 1.5, NaN, '6443', null, {}, Symbol('x')])('no port: %p', (port: any) => {
  expect(mistakes(() => ClusterEndpoint.host('k8s.lan', port))[0]).toMatch(/^(endpoint-port|value-kind) port/);
});

test('with rule and remedy', () => {
  expect(expectError(() => ClusterEndpoint.virtualIp('k8s.lan')).message).toBe(`ClusterEndpoint.virtualIp: [endpoint-virtual-ip] address, got: "k8s.lan"
  A virtual address is an IPv4 address.
  Remedy: Write a free one of the subnet, such as 192.168.1.10.`);
  expect(expectError(() => ClusterEndpoint.host('https://k8s.lan', 0)).message).toBe(`ClusterEndpoint.host: 2 mistakes
[endpoint-host] host, got: "https://k8s.lan"
  The Kubernetes API is reached by a DNS name or an IPv4 address.
  Remedy: Write it without scheme and port, such as k8s.home.arpa.
[endpoint-port] port, got: 0
  A port is a whole number from 1 to 65535.
  Remedy: Leave it out for 6443.`);
});
