import { CpuType, PciDevice } from '../../lib';
import { GpuArchitecture, GpuDevice, GpuDeviceOptions, GpuFunctions, GpuVendor, PciMapping } from '../../lib/gpu';
import { expectError, mistakes } from '../support/errors';
import { REFERENCES, stackWithCluster } from '../support/fixtures';

const known = (deviceId: string, options: GpuDeviceOptions = {}) =>
  GpuDevice.fromPciMapping(PciMapping.fromName(stackWithCluster(), 'Known', 'known', { deviceId, nodes: ['pve'], devicesPerNode: 2 }), options);

test('by the name of a mapping: nothing is known of it', () => {
  const device = GpuDevice.fromMapping('rtx4000');
  const { vendor, architecture, primaryGpu, isShareable, pciDevice } = device;
  expect({ vendor, architecture, primaryGpu, isShareable, text: `${device}`, on: device.devicesOn('pve'), isDevice: pciDevice instanceof PciDevice }).toEqual({
    vendor: undefined, architecture: undefined, primaryGpu: false, isShareable: false, text: 'rtx4000', on: undefined, isDevice: true,
  });
});

test('with every option', () => {
  const options: GpuDeviceOptions = {
    vendor: GpuVendor.NVIDIA, architecture: GpuArchitecture.BLACKWELL, primaryGpu: true, romBar: false, romFile: 'rtx.bin', pcie: false, mdev: 'nvidia-63', functions: GpuFunctions.ALL,
  };
  const { vendor, architecture, primaryGpu, isShareable, pciDevice } = GpuDevice.fromMapping('rtx4000', options);
  expect({ vendor, architecture, primaryGpu, isShareable }).toEqual({ vendor: 'nvidia', architecture: GpuArchitecture.BLACKWELL, primaryGpu: true, isShareable: true });
  expect({ ...pciDevice }).toEqual({
    mappingName: 'rtx4000', pciMapping: undefined, address: undefined, pcie: false, romBar: false, romFile: 'rtx.bin', primaryGpu: true, mdev: 'nvidia-63', singleFunction: false,
  });
  expect(GpuDevice.fromMapping('rtx4000', options).devicesOn('pve')).toBeUndefined();
});

test.each<[string, GpuDeviceOptions, string]>([
  ['01:00', {}, '0000:01:00'],
  ['0A:00.0', {}, '0000:0a:00'],
  ['01:00.0', { functions: GpuFunctions.ALL }, '0000:01:00'],
  ['01:00', { functions: GpuFunctions.GRAPHICS }, '0000:01:00.0'],
  ['01:00.0', { functions: GpuFunctions.GRAPHICS_AND_AUDIO }, '0000:01:00.0;0000:01:00.1'],
  ['01:00.0', { mdev: 'nvidia-63' }, '0000:01:00.0'],
  ['01:00.4', {}, '0000:01:00.4'],
  ['01:00.0;01:00.1', {}, '0000:01:00.0;0000:01:00.1'],
  ['00:02.0', {}, '0000:00:02.0'],
  ['00:02', { functions: GpuFunctions.GRAPHICS }, '0000:00:02'],
  ['00:02.0', { mdev: 'i915-GVTg_V5_4' }, '0000:00:02.0'],
])('address %s with %j is %s, and never warned of', (given, options, address) => {
  const device = GpuDevice.fromAddress(given, options);
  expect([device.pciDevice.address, device.pciDevice.singleFunction, device.devicesOn('pve')]).toEqual([address, true, options.mdev === undefined ? 1 : undefined]);
});

// First, last and well-known ids of the generations, from the PCI ID database.
test.each<[string, GpuVendor | undefined, GpuArchitecture | undefined]>([
  ['10de:1180', GpuVendor.NVIDIA, undefined], // GTX 680, Kepler
  ['10de:1380', GpuVendor.NVIDIA, GpuArchitecture.MAXWELL], // GTX 750 Ti
  ['10de:13c2', GpuVendor.NVIDIA, GpuArchitecture.MAXWELL], // GTX 970
  ['10de:17fd', GpuVendor.NVIDIA, GpuArchitecture.MAXWELL], // Tesla M40
  ['10de:15f8', GpuVendor.NVIDIA, GpuArchitecture.PASCAL], // P100
  ['10de:1b06', GpuVendor.NVIDIA, GpuArchitecture.PASCAL], // GTX 1080 Ti
  ['10de:1b38', GpuVendor.NVIDIA, GpuArchitecture.PASCAL], // Tesla P40
  ['10de:1db6', GpuVendor.NVIDIA, GpuArchitecture.VOLTA], // V100
  ['10de:1eb8', GpuVendor.NVIDIA, GpuArchitecture.TURING], // T4
  ['10de:2184', GpuVendor.NVIDIA, GpuArchitecture.TURING], // GTX 1660
  ['10de:20b0', GpuVendor.NVIDIA, GpuArchitecture.AMPERE], // A100
  ['10de:2204', GpuVendor.NVIDIA, GpuArchitecture.AMPERE], // RTX 3090
  ['10de:2531', GpuVendor.NVIDIA, GpuArchitecture.AMPERE], // RTX A2000
  ['10de:2330', GpuVendor.NVIDIA, GpuArchitecture.HOPPER], // H100
  ['10de:2684', GpuVendor.NVIDIA, GpuArchitecture.ADA_LOVELACE], // RTX 4090
  ['10de:27b8', GpuVendor.NVIDIA, GpuArchitecture.ADA_LOVELACE], // L4
  ['10DE:2B85', GpuVendor.NVIDIA, GpuArchitecture.BLACKWELL], // RTX 5090
  ['10de:2901', GpuVendor.NVIDIA, GpuArchitecture.BLACKWELL], // B200
  ['10de:ffff', GpuVendor.NVIDIA, undefined],
  ['1002:744c', GpuVendor.AMD, undefined],
  ['8086:56a5', GpuVendor.INTEL, undefined],
  ['1234:5678', undefined, undefined],
])('%s is of %s', (deviceId, vendor, architecture) => {
  const device = known(deviceId);
  expect([device.vendor, device.architecture, device.devicesOn('pve'), device.devicesOn('pve2')]).toEqual([vendor, architecture, 2, 0]);
});

test('what the user says of it', () => {
  expect(known('10de:ffff', { architecture: GpuArchitecture.BLACKWELL }).architecture).toBe(GpuArchitecture.BLACKWELL);
  expect(known('1002:744c', { architecture: GpuArchitecture.of(GpuVendor.AMD, 'RDNA 3') }).architecture?.name).toBe('RDNA 3');
  expect(GpuDevice.fromMapping('rtx', { architecture: GpuArchitecture.TURING }).vendor).toBe(GpuVendor.NVIDIA);
  expect(mistakes(() => known('10de:2684', { vendor: GpuVendor.AMD }))).toEqual(['gpu-vendor-differs vendor "amd"']);
  const both = new PciMapping(stackWithCluster(), 'Both', { devices: ['10de:2684', '8086:56a5'].map((deviceId, i) => ({ path: `0${i}:00`, deviceId })) });
  expect(expectError(() => GpuDevice.fromPciMapping(both)).message).toBe(`GpuDevice.fromPciMapping: [gpu-vendor-differs] vendor, got: "nvidia"
  A card has one vendor. Ids and architecture say nvidia, intel.
  Remedy: Make a mapping for each vendor: a machine may be given any card of a mapping.`);
  expect(mistakes(() => known('1002:744c', { architecture: GpuArchitecture.TURING }))).toEqual(['gpu-vendor-differs vendor "nvidia"']);
  expect(mistakes(() => GpuDevice.fromMapping('rtx', { vendor: GpuVendor.INTEL, architecture: GpuArchitecture.TURING }))).toEqual(['gpu-vendor-differs vendor "intel"']);
});

test('which modules of NVIDIA drive an architecture', () => {
  const modules = ({ hasOpenModules, hasProprietaryModules }: GpuArchitecture) => [hasOpenModules, hasProprietaryModules];
  expect([GpuArchitecture.VOLTA, GpuArchitecture.TURING, GpuArchitecture.BLACKWELL].map(modules)).toEqual([[false, true], [true, true], [true, false]]);
  expect([GpuArchitecture.of(GpuVendor.NVIDIA, 'Rubin'), GpuArchitecture.of(GpuVendor.INTEL, 'Xe2')].map(modules)).toEqual([[true, false], [false, false]]);
  expect(`${GpuArchitecture.ADA_LOVELACE}`).toBe('Ada Lovelace');
});

test.each<[string[], () => unknown]>([
  [['gpu-architecture-form vendor "matrox"', 'gpu-architecture-form name ""'], () => GpuArchitecture.of('matrox' as any, '')],
  [['gpu-functions-of-mapping functions "graphics"'], () => GpuDevice.fromMapping('rtx', { functions: GpuFunctions.GRAPHICS })],
  [['gpu-functions-of-function functions "graphics"'], () => GpuDevice.fromAddress('01:00.4', { functions: GpuFunctions.GRAPHICS })],
  [['gpu-functions-of-function functions "graphics and audio"'], () => GpuDevice.fromAddress('01:00.0', { functions: GpuFunctions.GRAPHICS_AND_AUDIO, mdev: 'nvidia-63' })],
  [['gpu-functions-of-mapping functions "graphics"', 'pci-mapping-name mappingName "?"'], () => GpuDevice.fromMapping('?', { functions: GpuFunctions.GRAPHICS })],
  [['not-known-at-synth address a Terraform reference (known only when Terraform runs)'], () => GpuDevice.fromAddress(REFERENCES.text)],
  [['value-missing address'], () => GpuDevice.fromAddress(undefined as any)],
  [['value-missing mappingName'], () => GpuDevice.fromMapping(undefined as any)],
  [['value-missing mapping'], () => GpuDevice.fromPciMapping(undefined as any)],
  [['value-kind props null'], () => GpuDevice.fromAddress('01:00', null as any)],
  [['value-kind vendor "NVIDIA"', 'value-kind architecture "Ada"', 'value-kind primaryGpu 1', 'value-kind romBar "on"', 'value-kind romFile 1', 'value-kind pcie 1', 'value-kind mdev 63',
    'value-kind functions "0"'],
  () => GpuDevice.fromMapping('rtx', { vendor: 'NVIDIA', architecture: 'Ada', primaryGpu: 1, romBar: 'on', romFile: 1, pcie: 1, mdev: 63, functions: '0' } as any)],
  [['value-kind architecture host'], () => GpuDevice.fromMapping('rtx', { architecture: CpuType.HOST as any })],
])('%j', (expected, make) => {
  expect(mistakes(make)).toEqual(expected);
});
