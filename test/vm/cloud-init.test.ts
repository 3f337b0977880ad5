import { parse } from 'yaml';
import { IpConfig, IpConfigProps, Problems, Secret } from '../../lib';
import { CloudInit, validateCloudInit } from '../../lib/vm';
import { expectError, mistakes } from '../support/errors';
import { REFERENCES, SSH_KEY } from '../support/fixtures';

describe('IpConfig', () => {
  test('addresses of one device', () => {
    expect(IpConfig.dhcp().props).toEqual({ ipv4Address: 'dhcp' });
    expect(IpConfig.fixed('192.168.1.20/24', '192.168.1.1').props).toEqual({ ipv4Address: '192.168.1.20/24', ipv4Gateway: '192.168.1.1' });
    expect(IpConfig.fixed('192.168.1.20/24').props).toEqual({ ipv4Address: '192.168.1.20/24', ipv4Gateway: undefined });
    expect(IpConfig.of({ ipv6Address: 'auto' }).props).toEqual({ ipv6Address: 'auto' });
  });

  test.each<[IpConfigProps]>([
    [{ ipv4Address: '10.0.0.0/31', ipv4Gateway: '10.0.0.1' }],
    [{ ipv4Address: 'dhcp', ipv6Address: 'dhcp' }],
    [{ ipv6Address: '2001:db8::20/64', ipv6Gateway: '2001:db8::1' }],
    [{ ipv6Address: '::1/128' }],
    [{ ipv4Address: REFERENCES.text, ipv4Gateway: REFERENCES.text, ipv6Address: REFERENCES.text, ipv6Gateway: REFERENCES.text }],
    [{ ipv4Address: '192.168.1.20/24', ipv4Gateway: REFERENCES.text, ipv6Address: '2001:db8::20/64', ipv6Gateway: REFERENCES.text }],
  ])('%j is taken', (props) => {
    expect(IpConfig.of(props).props).toEqual(props);
  });

  test.each<[IpConfigProps, string[]]>([
    [{}, ['ip-config-empty ipv4Address']],
    [{ ipv4Address: '' }, ['ipv4-address-form ipv4Address ""']],
    [{ ipv4Address: '192.168.1.20' }, ['ipv4-address-form ipv4Address "192.168.1.20"']],
    [{ ipv4Address: '192.168.1.0/24' }, ['ipv4-address-form ipv4Address "192.168.1.0/24"']],
    [{ ipv4Address: '192.168.1.255/24' }, ['ipv4-address-form ipv4Address "192.168.1.255/24"']],
    [{ ipv4Address: '192.168.1.20/33' }, ['ipv4-address-form ipv4Address "192.168.1.20/33"']],
    [{ ipv4Address: '192.168.1.20/24/24' }, ['ipv4-address-form ipv4Address "192.168.1.20/24/24"']],
    [{ ipv4Address: 'DHCP' }, ['ipv4-address-form ipv4Address "DHCP"']],
    [{ ipv4Address: '192.168.1.20/24', ipv4Gateway: '192.168.2.1' }, ['gateway-unreachable ipv4Gateway "192.168.2.1"']],
    [{ ipv4Address: '192.168.1.20/24', ipv4Gateway: '192.168.1.20' }, ['gateway-unreachable ipv4Gateway "192.168.1.20"']],
    [{ ipv4Address: '192.168.1.20/24', ipv4Gateway: '' }, ['gateway-unreachable ipv4Gateway ""']],
    [{ ipv4Address: 'dhcp', ipv4Gateway: '192.168.1.1' }, ['gateway-with-dhcp ipv4Gateway "192.168.1.1"']],
    [{ ipv6Address: '2001:db8::20' }, ['ipv6-address-form ipv6Address "2001:db8::20"']],
    [{ ipv6Address: '2001:db8::20/129' }, ['ipv6-address-form ipv6Address "2001:db8::20/129"']],
    [{ ipv6Address: 'fe80::1%eth0/64' }, ['ipv6-address-form ipv6Address "fe80::1%eth0/64"']],
    [{ ipv6Address: '2001:db8::20/64', ipv6Gateway: '2001:db8::1/64' }, ['ipv6-address-form ipv6Gateway "2001:db8::1/64"']],
    [{ ipv6Address: '2001:db8::20/64', ipv6Gateway: '192.168.1.1' }, ['ipv6-address-form ipv6Gateway "192.168.1.1"']],
    [{ ipv6Address: '2001:db8::20/64', ipv6Gateway: '2001:db8::20' }, ['ipv6-address-form ipv6Gateway "2001:db8::20"']],
    [{ ipv6Address: 'auto', ipv6Gateway: 'fe80::1' }, ['gateway-with-dhcp ipv6Gateway "fe80::1"']],
    [{ ipv4Gateway: '192.168.1.1' }, ['ip-config-empty ipv4Address', 'gateway-with-dhcp ipv4Gateway "192.168.1.1"']],
    [{ ipv4Address: 1, ipv6Gateway: null } as any, ['value-kind ipv4Address 1', 'value-kind ipv6Gateway null']],
    [undefined as any, ['value-kind props nothing']],
  ])('%j is refused', (props, expected) => {
    expect(mistakes(() => IpConfig.of(props))).toEqual(expected);
  });

  test('rule and remedy are said', () => {
    expect(expectError(() => IpConfig.of({ ipv4Address: '10.0.0.9/24', ipv4Gateway: '10.0.1.1', ipv6Address: 'x', ipv6Gateway: 'y' })).message).toBe(`IpConfig: 3 mistakes
[gateway-unreachable] ipv4Gateway, got: "10.0.1.1"
  A gateway is another address in the network of the machine.
  Remedy: Correct the gateway, or the prefix length of the address.
[ipv6-address-form] ipv6Address, got: "x"
  A fixed IPv6 address has its prefix length; a router has none.
  Remedy: Write the address as 2001:db8::20/64 and the router as 2001:db8::1, or use auto or dhcp.
[ipv6-address-form] ipv6Gateway, got: "y"
  A fixed IPv6 address has its prefix length; a router has none.
  Remedy: Write the address as 2001:db8::20/64 and the router as 2001:db8::1, or use auto or dhcp.`);
  });
});

describe('CloudInit', () => {
  function found(cloudInit: CloudInit, devices = 1): string[] {
    const problems = new Problems('homelab/Web');
    validateCloudInit(cloudInit, devices, problems);
    return problems.all.map(({ code, property, received, remedy }) => `${code} ${property} ${received}: ${remedy}`);
  }

  /** A key with parts of these sizes, of nobody. */
  function sshKey(type: string, ...parts: number[]): string {
    const lengthOf = (part: Uint8Array) => Buffer.from(Uint32Array.of(part.length).buffer).swap32();
    const key = Buffer.concat([Buffer.from(type), ...parts.map((bytes) => Buffer.alloc(bytes, 1))].flatMap((part) => [lengthOf(part), part]));
    return `${type} ${key.toString('base64')}`;
  }

  const KEYS = [
    SSH_KEY,
    `${SSH_KEY}\n`,
    `from="10.0.0.0/8",no-pty ${SSH_KEY}`,
    `command="echo \\"a b\\" \\\\ {{ x }}",environment="A=b",tunnel="0" ${SSH_KEY}`,
    `cert-authority,principals="a,b",no-touch-required,verify-required\t${SSH_KEY}`,
    `RESTRICT,pty,no-x11-forwarding,permitopen="db:5432",permitopen="[::1]:80",permitlisten="8080",expiry-time="20300101" ${SSH_KEY}`,
    `${SSH_KEY} ${SSH_KEY}`,
    `${SSH_KEY} {{ x }}`,
    sshKey('ssh-rsa', 3, 257),
    sshKey('ssh-dss', 129, 21, 129, 128),
    `${sshKey('ecdsa-sha2-nistp256', 8, 65)} a comment with ünïcode`,
    sshKey('ecdsa-sha2-nistp384', 8, 97),
    sshKey('ecdsa-sha2-nistp521', 8, 133),
    sshKey('sk-ssh-ed25519@openssh.com', 32, 4),
    sshKey('sk-ecdsa-sha2-nistp256@openssh.com', 8, 65, 4),
    REFERENCES.text,
  ];

  test.each(KEYS)('the key %j is taken', (key) => {
    expect(found({ sshKeys: [key] })).toEqual([]);
  });

  const NO_KEYS = [
    '', 'ssh-ed25519', 'ssh-ed25519 AAAA', SSH_KEY.replace(' AAAA', '  AAAA'), `${SSH_KEY}\n${SSH_KEY}`, '-----BEGIN OPENSSH PRIVATE KEY-----\nhunter22',
    sshKey('ssh-ed448', 57), `${SSH_KEY}\u0000`,
    // Cut short, too long, of another type than it says, without a number.
    sshKey('ssh-ed25519', 31), sshKey('ssh-ed25519', 32, 1), sshKey('ssh-rsa', 3), sshKey('ssh-rsa', 3, 0), sshKey('ssh-ed25519', 32).replace('ed25519', 'rsa'),
    SSH_KEY.replace(/.{3} ops/, ' ops'), `ssh-rsa ${'A'.repeat(372)}`, sshKey('ssh-toString', 32),
  ];

  test.each(NO_KEYS)('the key %j is refused, and not shown: it may be a private one', (key) => {
    expect(found({ sshKeys: [SSH_KEY, key] })).toEqual(['ssh-key-form cloudInit.sshKeys[1] undefined: Copy the line from the .pub file; never give a private key.']);
  });

  const NO_OPTIONS = [
    '#', '# ops', 'foo bar', '"', 'nonsense', 'restrict, pty', 'restrict ', 'command=echo', 'command="echo', 'command="a\\"', 'command', 'no-command="a"', 'from="a"b',
    'restrict,hunter22', 'restrict pty',
  ];

  test.each(NO_OPTIONS)('no options of a key: %s', (options) => {
    expect(found({ sshKeys: [`${options} ${SSH_KEY}`] })).toEqual([
      'ssh-key-options cloudInit.sshKeys[0] undefined: '
      + 'Leave out what stands before the type of the key, or write it as restrict,from="10.0.0.0/8",command="/usr/bin/uptime".',
    ]);
  });

  test.each([`${SSH_KEY} of: ops`, `${SSH_KEY}:`, `command="echo #1" ${SSH_KEY}`, `command="a: b" ${SSH_KEY}`])('that Proxmox VE would hand on as something else: %s', (key) => {
    expect(parse(`- ${key}\n`)[0]).not.toBe(key);
    expect(found({ sshKeys: [SSH_KEY, key] })[0]).toMatch(/^ssh-key-in-user-data cloudInit\.sshKeys\[1\] undefined: /);
  });

  test.each([`${SSH_KEY}:of-ops`, `${SSH_KEY} #2`, `command="echo#1:2" ${SSH_KEY}`])('that keeps its meaning: %s', (key) => {
    expect(parse(`- ${key}\n`)[0]).toBe(key.replace(/ #2$/, ''));
    expect(found({ sshKeys: [key] })).toEqual([]);
  });

  test.each(['', 'Ops', '1ops', '-ops', 'o ps', 'ops$', 'a'.repeat(33), 'öps', 'ops\n', 'root:x'])('the user %j is refused', (username) => {
    expect(found({ username })).toEqual([`cloud-init-username cloudInit.username ${JSON.stringify(username)}: Choose a name such as ops.`]);
  });

  test.each<[CloudInit, string]>([
    [{ ipConfigs: [IpConfig.dhcp(), IpConfig.dhcp()] }, 'ip-config-without-device cloudInit.ipConfigs 2: Add a network device, or leave an address out.'],
    [{ dnsServers: ['192.168.1.1', 'dns.lan'] }, 'dns-server-form cloudInit.dnsServers[1] "dns.lan": Write the address, such as 192.168.1.1, not a name.'],
    [{ dnsServers: ['192.168.1.1/24'] }, 'dns-server-form cloudInit.dnsServers[0] "192.168.1.1/24": Write the address, such as 192.168.1.1, not a name.'],
    [{ dnsServers: ['fe80::1%eth0'] }, 'dns-server-form cloudInit.dnsServers[0] "fe80::1%eth0": Write the address, such as 192.168.1.1, not a name.'],
    [{ dnsDomain: '' }, 'dns-domain-form cloudInit.dnsDomain "": Write it as home.arpa.'],
    [{ dnsDomain: 'home..arpa' }, 'dns-domain-form cloudInit.dnsDomain "home..arpa": Write it as home.arpa.'],
    [{ dnsDomain: 'home_arpa' }, 'dns-domain-form cloudInit.dnsDomain "home_arpa": Write it as home.arpa.'],
    [{ dnsDomain: '${x}' }, 'dns-domain-form cloudInit.dnsDomain "${x}": Write it as home.arpa.'],
    [{ userData: '' }, 'user-data-header cloudInit.userData "": Begin it with #cloud-config.'],
    [{ userData: 'users: []\npassword: hunter22' }, 'user-data-header cloudInit.userData "users: []": Begin it with #cloud-config.'],
    [{ userData: ' #cloud-config\n' }, 'user-data-header cloudInit.userData " #cloud-config": Begin it with #cloud-config.'],
    [{ userData: '#cloud-config\n', username: 'ops', password: Secret.fromEnvironment('x') },
      'user-data-shadows cloudInit.username, cloudInit.password undefined: Write them into the user data, or leave the user data out.'],
  ])('%j is refused', (cloudInit, mistake) => {
    expect(found(cloudInit)).toEqual([mistake]);
  });

  test.each(['#cloud-config\n', '#!/bin/sh\n', '#include\n', '#cloud-boothook\n', '#part-handler\n', 'Content-Type: multipart/mixed\n', '## template: jinja\n', REFERENCES.text])(
    'user data that begins with %j is taken', (userData) => {
      expect(found({ userData })).toEqual([]);
    },
  );

  test('all of it, and references for all of it', () => {
    const { text } = REFERENCES;
    expect(found({
      username: '_ops-1', sshKeys: [], password: Secret.fromFile('/x'), ipConfigs: [], dnsServers: ['::1', '1.1.1.1'], dnsDomain: 'home.arpa', upgradePackages: true,
    })).toEqual([]);
    expect(found({ username: text, sshKeys: REFERENCES.list, dnsServers: REFERENCES.list, dnsDomain: text })).toEqual([]);
  });
});
