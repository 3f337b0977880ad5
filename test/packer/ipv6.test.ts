import { expandedIpv6, shortestIpv6 } from '../../lib/packer/ipv6';

test.each([
  ['fe80:0:0:0:0:0:0:1', 'fe80::1', 'fe80:0:0:0:0:0:0:1'],
  ['FD00::0005', 'fd00::5', 'fd00:0:0:0:0:0:0:5'],
  ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1', '2001:db8:0:0:1:0:0:1'],
  ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
  ['::', '::', '0:0:0:0:0:0:0:0'],
])('forms of %s', (address, shortest, expanded) => {
  expect([shortestIpv6(address), expandedIpv6(address)]).toEqual([shortest, expanded]);
});
