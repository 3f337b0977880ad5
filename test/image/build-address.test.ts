import {
  BuildAddress, BuildReach, FixedBuildAddressProps, GoldenImage, GoldenImageProps, ImageBuild, IpConfig, NetworkDevice, Problems, ProvisioningProfile,
  VirtualMachine,
} from '../../lib';
import { expectError, mistakes } from '../support/errors';
import { GUEST, REFERENCES, existing, stackWithCluster, ubuntuBase } from '../support/fixtures';
import { synthesize } from '../support/synth';

const FIXED = { address: '192.168.1.50/24', gateway: '192.168.1.1' };

test('DHCP and a fixed address', () => {
  expect(BuildAddress.dhcp().fixed).toBeUndefined();
  expect(BuildAddress.fixed({ ...FIXED, dnsServers: ['1.1.1.1', '2001:db8::1'] }).fixed).toEqual({ ...FIXED, dnsServers: ['1.1.1.1', '2001:db8::1'] });
  expect(BuildAddress.fixed({ address: '10.0.0.0/31', gateway: '10.0.0.1' }).fixed).toEqual({ address: '10.0.0.0/31', gateway: '10.0.0.1' });
});

test.each<[Partial<FixedBuildAddressProps>, string[]]>([
  [{ address: '' }, ['build-address-form address ""']],
  [{ address: '192.168.1.50' }, ['build-address-form address "192.168.1.50"']],
  [{ address: '192.168.1.0/24' }, ['build-address-form address "192.168.1.0/24"']],
  [{ address: '192.168.1.255/24' }, ['build-address-form address "192.168.1.255/24"']],
  [{ address: '192.168.1.50/33' }, ['build-address-form address "192.168.1.50/33"']],
  [{ address: '2001:db8::1/64' }, ['build-address-form address "2001:db8::1/64"']],
  [{ address: 'dhcp' }, ['build-address-form address "dhcp"']],
  [{ gateway: '192.168.2.1' }, ['gateway-outside-network gateway "192.168.2.1"']],
  [{ gateway: '192.168.1.50' }, ['gateway-outside-network gateway "192.168.1.50"']],
  [{ gateway: '' }, ['gateway-outside-network gateway ""']],
  [{ dnsServers: ['dns.lan', '1.1.1.1', 'fe80::1%eth0'] }, ['ip-address-form dnsServers[0] "dns.lan"', 'ip-address-form dnsServers[2] "fe80::1%eth0"']],
  [{ address: undefined, gateway: 1 as any, dnsServers: '1.1.1.1' as any }, ['value-missing address', 'value-kind gateway 1', 'value-kind dnsServers "1.1.1.1"']],
])('%j is refused', (props, expected) => {
  expect(mistakes(() => BuildAddress.fixed({ ...FIXED, ...props }))).toEqual(expected);
});

test('references are refused: Packer has to know', () => {
  expect(mistakes(() => BuildAddress.fixed({ address: REFERENCES.text, gateway: REFERENCES.text, dnsServers: [REFERENCES.text] })).map((m) => m.split(' ').slice(0, 2).join(' ')))
    .toEqual(['not-known-at-synth address', 'not-known-at-synth gateway', 'not-known-at-synth dnsServers[0]']);
});

test('rule and remedy are said', () => {
  expect(expectError(() => BuildAddress.fixed({ address: '10.0.0.9/24', gateway: '10.0.1.1', dnsServers: ['x'] })).message).toBe(`BuildAddress.fixed: 2 mistakes
[gateway-outside-network] gateway, got: "10.0.1.1"
  A gateway is an address in the network of the machine, and not the machine itself.
  Remedy: Correct the gateway or the prefix length of the address.
[ip-address-form] dnsServers[0], got: "x"
  A name server is an IPv4 or IPv6 address.
  Remedy: Write the address, such as 192.168.1.1, not a name.`);
  expect(expectError(() => BuildAddress.fixed({ ...FIXED, address: '10.0.0.9' })).message).toContain(`
  A build address is an IPv4 address with its prefix length, such as 192.168.1.50/24, and not the address of the network or its broadcast address.
  Remedy: Write address and prefix length of a free address in the network of the bridge.`);
});

describe('how a base is reached', () => {
  const reach = (address: BuildAddress, hasGuestAgent: boolean, cloudInitSlot?: string) => {
    const problems = new Problems('image');
    const base = existing(stackWithCluster(), { guest: { ...GUEST, hasGuestAgent }, cloudInitSlot });
    return [address.reach(base, problems), ...problems.all.map((p) => p.code)];
  };

  test('every combination', () => {
    const fixed = BuildAddress.fixed(FIXED);
    const dhcp = BuildAddress.dhcp();
    expect([
      reach(dhcp, false), reach(dhcp, true), reach(dhcp, true, 'scsi1'), reach(fixed, false, 'scsi1'), reach(fixed, true, 'ide2'),
    ]).toEqual([[BuildReach.SEED], [BuildReach.SEED], [BuildReach.AGENT], [BuildReach.FIXED], [BuildReach.FIXED]]);
    expect(reach(dhcp, false, 'scsi1')).toEqual([BuildReach.SEED, 'seed-beside-cloud-init-drive']);
    expect(reach(fixed, true)).toEqual([BuildReach.FIXED, 'fixed-address-without-cloud-init-drive']);
  });

  test('what does not fit is said with the base that it is about', () => {
    const stack = stackWithCluster();
    const profile = ProvisioningProfile.minimal();
    const drive = ubuntuBase(stack, { cloudInitDrive: true }, 'Drive');
    expect(expectError(() => new GoldenImage(stack, 'A', { baseTemplate: drive, vmId: 9101, profile })).message).toBe(`homelab/A: [seed-beside-cloud-init-drive] buildAddress, got: "dhcp"
  A base without the guest agent is reached over DHCP by a seed ISO, and cloud-init would find two drives of the label cidata: the seed and the cloud-init drive of the base.
  Remedy: Set cloudInitDrive: false on homelab/Drive, or give a fixed buildAddress.`);
    const bare = ubuntuBase(stack, { vmId: 9105 }, 'Bare');
    expect(expectError(() => new GoldenImage(stack, 'B', { baseTemplate: bare, vmId: 9102, profile, buildAddress: BuildAddress.fixed(FIXED) })).message).toBe(`homelab/B: [fixed-address-without-cloud-init-drive] buildAddress, got: "192.168.1.50/24"
  A fixed build address reaches the guest by the cloud-init drive of the base, and the base has none.
  Remedy: Set cloudInitDrive: true on homelab/Bare, or leave buildAddress out for DHCP.`);
  });
});

describe('one address', () => {
  const stackWithBase = () => {
    const stack = stackWithCluster();
    const base = existing(stack, { cloudInitSlot: 'ide2', guest: { ...GUEST, hasGuestAgent: true } });
    let vmId = 9110;
    const bake = (id: string, props: Partial<GoldenImageProps> = {}) => new GoldenImage(stack, id, {
      baseTemplate: base, vmId: vmId++, profile: ProvisioningProfile.minimal(), buildAddress: BuildAddress.fixed(FIXED), ...props,
    });
    return { stack, base, bake };
  };

  test('of several images: they are built one after the other', () => {
    const { stack, bake } = stackWithBase();
    const first = bake('First');
    bake('Elsewhere', { build: ImageBuild.EXTERNAL });
    bake('ByDhcp', { buildAddress: undefined });
    bake('Beside', { buildAddress: BuildAddress.fixed({ ...FIXED, address: '192.168.1.51/24' }) });
    bake('Second', { baseTemplate: first });
    bake('Third');
    const { terraform_data: data } = synthesize(stack).terraform.resource;
    const waits = (id: string) => data[id].depends_on.filter((address: string) => !address.endsWith('_Template') && address.startsWith('terraform_data.'));
    expect(['First', 'Beside', 'Second', 'Third'].map((id) => [id, waits(id)])).toEqual([
      ['First', []], ['Beside', []], ['Second', ['terraform_data.First']], ['Third', ['terraform_data.Second']],
    ]);
  });

  test('of an image and of a machine', () => {
    const { stack, base, bake } = stackWithBase();
    const add = (id: string, networkDevices?: NetworkDevice[]) => new VirtualMachine(stack, id, {
      template: base, networkDevices, cloudInit: { ipConfigs: [IpConfig.of({ ipv4Address: FIXED.address })] },
    });
    add('Apart', [{ bridge: 'vmbr1' }]);
    bake('Image');
    expect(mistakes(() => add('Web'))).toEqual(['ip-address-claimed-twice cloudInit.ipConfigs[0].ipv4Address "192.168.1.50/24"']);
    expect(mistakes(() => bake('Other', { networkDevices: [{ bridge: 'vmbr1' }] }))).toEqual(['ip-address-claimed-twice buildAddress "192.168.1.50/24"']);
  });
});
