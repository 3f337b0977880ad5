import { Problems } from '../../lib/core';
import { GpuExtensions } from '../../lib/talos/gpu-extensions';
import { SystemExtension } from '../../lib/talos/system-extension';
import { parseTalosVersion } from '../../lib/talos/talos-version';
import { expectError, mistakes } from '../support/errors';
import { REFERENCES } from '../support/fixtures';

const CONSTANTS = Object.entries(SystemExtension).filter(([, value]) => value instanceof SystemExtension) as [string, SystemExtension][];

test('every official extension has a constant of its name', () => {
  expect(CONSTANTS).toHaveLength(87);
  for (const [constant, extension] of CONSTANTS) {
    expect([extension.extensionName, `${extension}`]).toEqual(Array(2).fill(`siderolabs/${constant.toLowerCase().replace(/_/g, '-')}`));
    expect(SystemExtension.of(extension.extensionName)).toBe(extension);
  }
});

test('another one', () => {
  const extension = SystemExtension.of('author/name');
  expect([extension.extensionName, SystemExtension.of('some-author/group.x/a_name-2').extensionName]).toEqual(['author/name', 'some-author/group.x/a_name-2']);
});

test.each<[string, string | undefined]>([
  ['siderolabs/qemu-guest-agnet', 'siderolabs/qemu-guest-agent'],
  ['siderolabs/zsf', undefined],
  ['siderolabs/iscsi-tool', 'siderolabs/iscsi-tools'],
  ['author/btrfs', 'siderolabs/btrfs'],
  ['siderolabs/nvidia-open-gpu-kernel-modules', 'siderolabs/nvidia-open-gpu-kernel-modules-lts'],
  ['author/something/else', undefined],
])('%s is not known, and perhaps meant is %s', (name, meant) => {
  const extension = Object.create(SystemExtension.of('author/name'), { extensionName: { value: name } });
  expect([extension.isKnown, extension.closestName]).toEqual([false, meant]);
});

test('the constants are known, and each is what is meant by it', () => {
  expect(CONSTANTS.filter(([, extension]) => !extension.isKnown || extension.closestName !== extension.extensionName)).toEqual([]);
});

test.each([
  ['ghcr.io/siderolabs/zfs', 'siderolabs/zfs'], ['ghcr.io/siderolabs/zfs:2.4.1-v1.13.9', 'siderolabs/zfs'], ['localhost:5000/author/name', 'author/name'],
  ['localhost/author/name', 'author/name'], ['siderolabs/zfs@sha256:00', 'siderolabs/zfs'], ['ghcr.io/siderolabs/gasket:v1', 'siderolabs/gasket-driver'],
])('%s has a registry or a version', (name, short) => {
  expect(expectError(() => SystemExtension.of(name)).message).toBe(`talos.SystemExtension.of: [system-extension-form] name, got: "${name}"
  A system extension has the name of its image, without registry and version.
  Remedy: Write ${short}.`);
});

test('a registry without a name behind it', () => {
  expect(expectError(() => SystemExtension.of('ghcr.io/zfs')).message).toMatch(/^ {2}Remedy: Write it as siderolabs\/qemu-guest-agent\.$/m);
});

test.each(['zfs', 'siderolabs/', '/zfs', 'siderolabs/ZFS', 'siderolabs/zfs:v2', 'siderolabs/zfs@sha256', ' siderolabs/zfs', 'siderolabs/zfs\n', '', undefined, 1, REFERENCES.text])(
  'no name of an extension: %j', (name) => {
    expect(mistakes(() => SystemExtension.of(name as any))).toEqual([expect.stringMatching(/^system-extension-form name /)]);
  });

test.each([
  ['amdgpu-firmware', 'amdgpu'], ['gasket', 'gasket-driver'], ['i915-ucode', 'i915'], ['nonfree-kmod-nvidia', 'nonfree-kmod-nvidia-lts'],
  ['nvidia-container-toolkit', 'nvidia-container-toolkit-lts'], ['nvidia-fabricmanager', 'nvidia-fabricmanager-lts'],
  ['nvidia-open-gpu-kernel-modules', 'nvidia-open-gpu-kernel-modules-lts'], ['talos-vmtoolsd', 'vmtoolsd-guest-agent'], ['usb-modem', 'usb-modem-drivers'],
  ['v4l-uvc', 'v4l-uvc-drivers'], ['xe-guest-utilities', 'xen-guest-agent'],
])('%s is %s now', (old, name) => {
  expect(mistakes(() => SystemExtension.of(`siderolabs/${old}`))).toEqual([`system-extension-renamed name "siderolabs/${old}"`]);
  expect(() => SystemExtension.of(`siderolabs/${old}`)).toThrow(`Remedy: Write siderolabs/${name}.`);
  expect(SystemExtension.of(`siderolabs/${name}`)).toBeInstanceOf(SystemExtension);
});

test('an extension exists since a release of Talos', () => {
  const missing = (release: string) => CONSTANTS.map(([, extension]) => extension).filter((extension) => {
    const problems = new Problems('test');
    extension.checkRelease(problems, 'systemExtensions', parseTalosVersion(release)!);
    return problems.all.length > 0;
  }).map(String);
  const [of14, of13] = [
    ['siderolabs/harbor-credential-provider', 'siderolabs/hyperv-guest-agent', 'siderolabs/kata-containers-snp', 'siderolabs/qemu'],
    ['siderolabs/intel-npu', 'siderolabs/joydev', 'siderolabs/px-fuse', 'siderolabs/rockchip-rknn', 'siderolabs/uhid'],
  ];
  expect([missing('v1.12.11'), missing('v1.13.0'), missing('v1.14.1')]).toEqual([[...of13, ...of14].sort(), of14, []]);
  expect(mistakes(() => {
    const problems = new Problems('test');
    SystemExtension.QEMU.checkRelease(problems, 'systemExtensions', parseTalosVersion('v1.13.9')!);
    problems.throwIfAny();
  })).toEqual(['system-extension-release systemExtensions "siderolabs/qemu"']);
});

test('graphics of AMD and Intel', () => {
  expect([GpuExtensions.amd(), GpuExtensions.intel(), GpuExtensions.intelXe()].map((list) => list.map(String))).toEqual([
    ['siderolabs/amd-ucode', 'siderolabs/amdgpu'], ['siderolabs/i915', 'siderolabs/intel-ucode'], ['siderolabs/intel-ucode', 'siderolabs/xe'],
  ]);
});
