import { MachineType, OsType } from '../../lib/core';

test.each<[string, boolean]>([
  ['q35', true], ['pc-q35-9.0', true], ['pc-q35-8.1+pve0', true], ['pc', false], ['pc-i440fx-9.2', false], ['pc-i440fx-7.2.pxe', false],
])('machine type %s', (name, isQ35) => {
  expect([MachineType.of(name).name, `${MachineType.of(name)}`, MachineType.of(name).isQ35]).toEqual([name, name, isQ35]);
});

test.each(['Q35', 'q35-9.0', 'pc-q35', 'i440fx', 'virt', 'q35,viommu=intel', ''])('machine type %s is refused', (name) => {
  expect(() => MachineType.of(name)).toThrow(`MachineType.of: [machine-type-unknown] name, got: "${name}"`);
});

test('the members of MachineType', () => {
  expect([MachineType.Q35.name, MachineType.I440FX.name]).toEqual(['q35', 'pc']);
});

test.each<[string, boolean]>([
  ['l24', false], ['l26', false], ['other', false], ['solaris', false], ['w2k', true], ['w2k3', true], ['w2k8', true], ['win7', true], ['win8', true], ['win10', true],
  ['win11', true], ['wvista', true], ['wxp', true],
])('operating system type %s', (name, isWindows) => {
  expect([OsType.of(name).name, `${OsType.of(name)}`, OsType.of(name).isWindows]).toEqual([name, name, isWindows]);
});

test.each(['linux', 'L26', 'windows', ''])('operating system type %s is refused', (name) => {
  expect(() => OsType.of(name)).toThrow(`OsType.of: [os-type-unknown] name, got: "${name}"`);
});

test('the members of OsType are words that can be had by name', () => {
  const members = Object.values(OsType).filter((member): member is OsType => member instanceof OsType);
  expect(members.map((member) => OsType.of(member.name).name)).toEqual(['l26', 'l24', 'win11', 'win10', 'win8', 'win7', 'solaris', 'other']);
});
