import { TerraformVariable } from 'cdktf';
import { Problems } from '../../lib/core';
import { ConfigContract } from '../../lib/talos/config-contract';
import { ConfigPatch } from '../../lib/talos/config-patch';
import { MachineType } from '../../lib/talos/machine-type';
import { PatchDocument } from '../../lib/talos/patch-document';
import { PatchList } from '../../lib/talos/patch-list';
import { expectError, mistakes } from '../support/errors';
import { newStack } from '../support/synth';
import { CONTRACTS } from './patch-cases';

const IMAGE = 'factory.talos.dev/nocloud-installer/0123:v1.13.9';

/** What becomes of patches of many machines, or of one. */
function added(patches: ConfigPatch[], isOfOneMachine?: boolean, contract = ConfigContract.V1_13): string[] {
  const stack = newStack();
  const list = new PatchList(stack, { contract, machineType: MachineType.CONTROL_PLANE, path: 'homelab/Cluster' }, isOfOneMachine);
  const problems = new Problems('homelab/Cluster');
  const fine = patches.map((patch, i) => list.add(patch, `configPatches[${i}]`, problems));
  problems.throwIfAny();
  expect(fine).toEqual(patches.map(() => true));
  return list.texts();
}

/** A patch of the user's own class. */
function own(...documents: PatchDocument[]): ConfigPatch {
  return new class extends ConfigPatch {
    public bind(): PatchDocument[] {
      return documents;
    }
  }();
}

const OF_ONE: [string, ConfigPatch, string][] = [
  ['hostname', ConfigPatch.hostname('node-1'), 'HostnameConfig with hostname'],
  ['hostname as YAML', ConfigPatch.yaml('apiVersion: v1alpha1\nkind: HostnameConfig\nauto: off\nhostname: a\n'), 'HostnameConfig with hostname'],
  ['link', ConfigPatch.link('eth1', { addresses: ['192.168.1.11/24'] }), 'LinkConfig eth1 with addresses'],
  ['bond', ConfigPatch.yaml('apiVersion: v1alpha1\nkind: BondConfig\nname: bond0\naddresses: [{address: 10.0.0.1/8}]\n'), 'BondConfig bond0 with addresses'],
  ['interfaces', ConfigPatch.yaml('machine: {network: {interfaces: [{interface: eth1, addresses: [10.0.0.1/8]}]}}'), 'machine.network.interfaces with addresses'],
  ['vlans', ConfigPatch.yaml('machine: {network: {interfaces: [{interface: eth1, vlans: [{vlanId: 5, addresses: [10.0.0.1/8]}]}]}}'), 'machine.network.interfaces with addresses'],
  ['an old host name', own({ machine: { network: { hostname: 'a' } } }), 'machine.network.hostname'],
];

test.each(OF_ONE)('%s belongs to one machine', (_, patch, received) => {
  expect(mistakes(() => added([patch]))).toEqual([`patch-of-one-machine configPatches[0] "${received}"`]);
  expect(added([patch], true)).toHaveLength(1);
});

test('what belongs to one machine is refused with where to give it', () => {
  expect(expectError(() => added([ConfigPatch.hostname('node-1')])).message).toBe([
    'homelab/Cluster: [patch-of-one-machine] configPatches[0], got: "HostnameConfig with hostname"',
    '  A host name and the addresses of an interface belong to one machine: many with the same would disturb each other.',
    '  Remedy: Give it to one node: pool.nodes[0].addConfigPatch(…).',
  ].join('\n'));
});

test('what many machines may have', () => {
  const patches = [
    ConfigPatch.layer2Vip('192.168.1.10', 'eth0'),
    ConfigPatch.yaml('apiVersion: v1alpha1\nkind: LinkConfig\nname: eth1\nmtu: 9000\n---\napiVersion: v1alpha1\nkind: LinkConfig\nname: lo\naddresses: [{address: 10.0.0.1/32}]\n'),
    ConfigPatch.yaml('apiVersion: v1alpha1\nkind: HostnameConfig\nauto: stable\n---\nmachine: {network: {interfaces: [{interface: eth1, mtu: 9000, dhcp: true}]}}'),
    ConfigPatch.yaml('apiVersion: v1alpha1\nkind: LinkConfig\nname: eth1\n$patch: delete\n'),
  ];
  expect(added(patches)).toHaveLength(6);
});

test.each(CONTRACTS)('the installer of a node is that of its image under %s', (contract) => {
  const received = contract === ConfigContract.V1_14 ? 'UnattendedInstallConfig installer.image' : 'machine.install.image';
  for (const one of [false, true]) {
    expect(mistakes(() => added([ConfigPatch.install({ image: IMAGE })], one, contract))).toEqual([`patch-installer-image configPatches[0] "${received}"`]);
  }
  expect(added([ConfigPatch.install({ disk: '/dev/vda', wipe: true })], false, contract)).toHaveLength(1);
});

test('an installer is refused with what decides', () => {
  expect(expectError(() => added([ConfigPatch.yaml(`machine: {install: {image: "${IMAGE}"}}`)], true)).message).toBe([
    'homelab/Cluster: [patch-installer-image] configPatches[0], got: "machine.install.image"',
    '  The installer of a node is that of its image: another one would make another system of it at the next upgrade, with other extensions.',
    '  Remedy: Leave the image out, and give the pool a TalosImport with the release and the schematic that are wanted.',
  ].join('\n'));
});

test('all mistakes of all patches are told', () => {
  const { stringValue } = new TerraformVariable(newStack(), 'value', { type: 'string' });
  expect(mistakes(() => added([
    own({ apiVersion: 'v1alpha1', kind: 'HostnameConfig', hostname: 'a' }, { machine: { install: { image: IMAGE } } }), own({ machine: { env: { A: stringValue } } }),
  ]))).toEqual([
    'patch-of-one-machine configPatches[0] "HostnameConfig with hostname"', 'patch-installer-image configPatches[0] "machine.install.image"',
    'patch-reference configPatches[1] a Terraform reference (known only when Terraform runs)',
  ]);
});
