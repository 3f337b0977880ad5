import { TerraformStack } from 'cdktf';
import { IpConfig, IpConfigProps, NetworkDevice, TalosImport, VirtualMachine, VirtualMachineProps } from '../../lib';
import { expectError, mistakes } from '../support/errors';
import { REFERENCES, cluster, existing, stackWithCluster } from '../support/fixtures';
import { newApp, newStack } from '../support/synth';
import { talosCluster, talosImage } from '../talos/clusters';

const { text, number } = REFERENCES;
const MAC = 'BC:24:11:00:00:01';

/** A machine with addresses on its devices, which are those of the template unless others are given. */
function machine(stack: TerraformStack, id: string, ipConfigs: IpConfigProps[], props: Partial<VirtualMachineProps> = {}): VirtualMachine {
  const template = stack.node.tryFindChild('Existing') as any ?? existing(stack);
  return new VirtualMachine(stack, id, { template, cloudInit: { ipConfigs: ipConfigs.map((config) => IpConfig.of(config)) }, ...props });
}

function withDevices(stack: TerraformStack, id: string, networkDevices: NetworkDevice[], props: Partial<VirtualMachineProps> = {}): VirtualMachine {
  return machine(stack, id, [], { networkDevices, ...props });
}

const WEB: IpConfigProps[] = [{ ipv4Address: '192.168.1.20/24', ipv6Address: '2001:db8::20/64' }];
const IPV4_TWICE = 'ip-address-claimed-twice cloudInit.ipConfigs[0].ipv4Address "192.168.1.20/24"';
const MAC_TWICE = `mac-address-claimed-twice networkDevices[0].macAddress "${MAC}"`;

test('who has an address is said, whatever the address looks like', () => {
  const stack = stackWithCluster();
  const networkDevices = [{ vlanTag: 7, macAddress: MAC }];
  machine(stack, 'Web', WEB, { networkDevices });
  const again = [{ ipv4Address: '192.168.1.20/25', ipv6Address: '2001:DB8:0:0::0020/48' }];
  const refuse = () => machine(stack, 'Db', again, { networkDevices: [{ vlanTag: 7, bridge: 'vmbr0', macAddress: 'bc:24:11:00:00:01' }] });
  expect(expectError(refuse).message).toBe(`homelab/Db: 3 mistakes
[mac-address-claimed-twice] networkDevices[0].macAddress, got: "BC:24:11:00:00:01"
  A hardware address is that of one device in a network; two that run with it take the packets of each other. BC:24:11:00:00:01 on vmbr0 (VLAN 7) of node pve is claimed by homelab/Web already.
  Remedy: Leave macAddress out, so that Proxmox VE gives each its own; of machines that take turns, set started: false and startOnBoot: false on all but one.
[ip-address-claimed-twice] cloudInit.ipConfigs[0].ipv4Address, got: "192.168.1.20/25"
  A fixed address is that of one device in a network; two that run with it take the packets of each other. 192.168.1.20 on vmbr0 (VLAN 7) of node pve is claimed by homelab/Web already.
  Remedy: Give one of the two another address; of machines that take turns, set started: false and startOnBoot: false on all but one.
[ip-address-claimed-twice] cloudInit.ipConfigs[0].ipv6Address, got: "2001:DB8:0:0::0020/48"
  A fixed address is that of one device in a network; two that run with it take the packets of each other. 2001:db8::20 on vmbr0 (VLAN 7) of node pve is claimed by homelab/Web already.
  Remedy: Give one of the two another address; of machines that take turns, set started: false and startOnBoot: false on all but one.`);
});

test('one machine with an address on two of its devices, also where it does not run', () => {
  const devices = [{ macAddress: MAC }, { macAddress: MAC.toLowerCase() }];
  const refuse = (props: Partial<VirtualMachineProps>) => expectError(() => machine(stackWithCluster(), 'Web', [...WEB, ...WEB], { networkDevices: devices, ...props }));
  for (const error of [refuse({}), refuse({ started: false, startOnBoot: false })]) {
    expect(error.problems.map(({ code, property, rule }) => `${code} ${property}: ${rule.replace(/^.*other\. /, '')}`)).toEqual([
      `mac-address-claimed-twice networkDevices[1].macAddress: ${MAC} on vmbr0 of node pve is claimed by networkDevices[0].macAddress already.`,
      'ip-address-claimed-twice cloudInit.ipConfigs[1].ipv4Address: 192.168.1.20 on vmbr0 of node pve is claimed by cloudInit.ipConfigs[0].ipv4Address already.',
      'ip-address-claimed-twice cloudInit.ipConfigs[1].ipv6Address: 2001:db8::20 on vmbr0 of node pve is claimed by cloudInit.ipConfigs[0].ipv6Address already.',
    ]);
  }
});

test('a network is a bridge of a node of a cluster, with its VLAN', () => {
  const app = newApp();
  const [one, same, other] = ['one', 'same', 'other'].map((id) => newStack(app, id));
  cluster(one);
  cluster(same);
  cluster(other, { endpoint: 'https://other.lan:8006' });
  const device = { macAddress: MAC };
  const networks: [TerraformStack, NetworkDevice, string?][] = [
    [one, device], [one, { ...device, bridge: 'vmbr1' }], [one, { ...device, vlanTag: 7 }], [one, { ...device, vlanTag: 8 }], [one, device, 'pve2'], [other, device],
  ];
  networks.forEach(([stack, network, node], i) => machine(stack, `Web${i}`, WEB, { networkDevices: [network], node }));
  const [{ ipv6Address }] = WEB;
  const twice = [MAC_TWICE, IPV4_TWICE, `ip-address-claimed-twice cloudInit.ipConfigs[0].ipv6Address "${ipv6Address}"`];
  expect(networks.map(([stack, network, node], i) => mistakes(() => machine(stack, `Db${i}`, WEB, { networkDevices: [network], node })))).toEqual(networks.map(() => twice));
  expect(mistakes(() => machine(same, 'Web', WEB))).toEqual(twice.slice(1));
});

test('machines that cannot run at once', () => {
  const stack = stackWithCluster();
  const off = { started: false, startOnBoot: false };
  machine(stack, 'Standby', WEB, off);
  machine(stack, 'Web', WEB, { started: false });
  machine(stack, 'Old', WEB, off);
  expect(mistakes(() => machine(stack, 'Db', WEB.map(({ ipv4Address }) => ({ ipv4Address })), { startOnBoot: false }))).toEqual([IPV4_TWICE]);
  withDevices(stack, 'StandbyMac', [{ macAddress: MAC }], off);
  withDevices(stack, 'WebMac', [{ macAddress: MAC }]);
  expect(mistakes(() => withDevices(stack, 'DbMac', [{ macAddress: MAC }], { started: false }))).toEqual([MAC_TWICE]);
});

test('not compared: addresses that come from elsewhere, what only Terraform knows, and gateways', () => {
  const stack = stackWithCluster();
  for (const id of ['A', 'B']) {
    machine(stack, `Dhcp${id}`, [{ ipv4Address: 'dhcp', ipv6Address: 'auto' }]);
    machine(stack, `Dhcp6${id}`, [{ ipv6Address: 'dhcp' }]);
    machine(stack, `Reference${id}`, [{ ipv4Address: text, ipv6Address: text }], { networkDevices: [{ macAddress: text }] });
    machine(stack, `Node${id}`, WEB, { node: text });
    machine(stack, `Bridge${id}`, WEB, { networkDevices: [{ bridge: text, macAddress: MAC }] });
    machine(stack, `Vlan${id}`, WEB, { networkDevices: [{ vlanTag: number, macAddress: MAC }] });
  }
  machine(stack, 'Web', WEB);
  // A router of the program may be the gateway of its machines.
  machine(stack, 'Client', [{ ipv4Address: '192.168.1.21/24', ipv4Gateway: '192.168.1.20', ipv6Address: '2001:db8::21/64', ipv6Gateway: '2001:db8::20' }]);
  expect(mistakes(() => machine(stack, 'Db', [{ ipv4Address: '192.168.1.20/24' }]))).toEqual([IPV4_TWICE]);
});

test('nodes of a Talos cluster and machines beside them', () => {
  const stack = stackWithCluster();
  talosCluster(stack);
  expect(mistakes(() => machine(stack, 'Web', [{ ipv4Address: '192.168.1.11/24' }]))).toEqual([
    'ip-address-claimed-twice cloudInit.ipConfigs[0].ipv4Address "192.168.1.11/24"',
  ]);
  const other = stackWithCluster();
  machine(other, 'Web', [{ ipv4Address: '192.168.1.11/24' }]);
  expect(mistakes(() => talosCluster(other))).toEqual([expect.stringMatching(/^ip-address-claimed-twice controlPlane\.\S+ "192\.168\.1\.11\/24"$/)]);
});

test('nodes of a Talos pool with one hardware address', () => {
  const stack = stackWithCluster();
  const image: TalosImport = talosImage(stack);
  const networkDevices = [{ macAddress: MAC }];
  const k8s = talosCluster(stack, { image });
  expect(mistakes(() => k8s.addPool('workers', { addresses: ['192.168.1.21', '192.168.1.22'], networkDevices }))).toEqual([MAC_TWICE]);
});
