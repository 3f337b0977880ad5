import { TerraformStack } from 'cdktf';
import { CpuType, Credentials, PciDevice, Secret, Size, ValidationError } from '../../lib';
import { GpuArchitecture, GpuDevice, GpuPassthroughVm, GpuVendor, PciMapping } from '../../lib/gpu';
import { ANY_VALUES, withEvery } from '../support/any-value';
import { REFERENCES, cluster, existing } from '../support/fixtures';
import { newApp, newStack } from '../support/synth';

/*
 * Whatever stands in whatever property: it is taken, or refused with a ValidationError; nothing else is ever thrown.
 */

const VALUES = [
  ...ANY_VALUES, '01:00', '10de:2684', ';', Size.gibibytes(1), CpuType.HOST, REFERENCES.text, REFERENCES.number, REFERENCES.list,
  PciDevice.fromMapping('nic'), GpuDevice.fromMapping('rtx'), [PciDevice.fromMapping('nic')], [GpuDevice.fromMapping('rtx')],
];

const DEVICE_OPTIONS = ['pcie', 'romBar', 'romFile', 'primaryGpu', 'mdev', 'singleFunction'];
const GPU_OPTIONS = ['vendor', 'architecture', 'primaryGpu', 'romBar', 'romFile', 'pcie', 'mdev', 'functions'];
const CARD = { path: '01:00', deviceId: '10de:2684' };

/** What is made, its properties, and how it is made with one of them. */
const CASES: [string, string[], (name: string, value: any, stack: TerraformStack) => unknown][] = [
  ['PciDevice', ['', 'options', ...DEVICE_OPTIONS], (name, value) => {
    const options = name === 'options' ? value : { [name]: value };
    return name === '' ? [PciDevice.fromAddress, PciDevice.fromMapping, PciDevice.fromPciMapping].forEach((make) => attempt(() => make(value)))
      : [PciDevice.fromAddress('01:00.0', options), PciDevice.fromMapping('nic', options)];
  }],
  ['GpuDevice', ['', 'options', ...GPU_OPTIONS], (name, value) => {
    const options = name === 'options' ? value : { [name]: value };
    return name === '' ? [GpuDevice.fromAddress, GpuDevice.fromMapping, GpuDevice.fromPciMapping].forEach((make) => attempt(() => make(value)))
      : [GpuDevice.fromAddress('01:00', options), GpuDevice.fromMapping('rtx', options)].map((gpu) => [`${gpu}`, gpu.devicesOn('pve')]);
  }],
  ['GpuArchitecture', ['vendor', 'name'], (name, value) => GpuArchitecture.of(name === 'vendor' ? value : GpuVendor.AMD, name === 'name' ? value : 'RDNA')],
  ['PciMapping', ['mappingName', 'proxmoxVe', 'devices', 'mediatedDevices', 'comment'], (name, value, stack) => new PciMapping(stack, 'Cards', { devices: [CARD], [name]: value })],
  ['a device of a PciMapping', ['', 'node', 'path', 'deviceId', 'subsystemId', 'iommuGroup', 'singleFunction'], (name, value, stack) =>
    new PciMapping(stack, 'Cards', { devices: [name === '' ? value : { ...CARD, [name]: value }] })],
  ['a mapping that exists', ['', 'attributes', 'proxmoxVe', 'nodes', 'devicesPerNode', 'mediatedDevices', 'deviceId'], (name, value, stack) =>
    PciMapping.fromName(stack, 'Arc', name === '' ? value : 'arc', name === 'attributes' ? value : { [name]: value })],
  ['GpuPassthroughVm', ['', 'gpus', 'pciDevices', 'cpuType', 'vga', 'serialConsole', 'template', 'node', 'started', 'minimumMemory', 'disks'], (name, value, stack) =>
    new GpuPassthroughVm(stack, 'Ml', name === '' ? value : { template: existing(stack), gpus: [GpuDevice.fromMapping('rtx')], [name]: value })],
];

function attempt(make: () => unknown): void {
  try {
    make();
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
  }
}

test.each(CASES)('%s', (_, properties, make) => {
  const app = newApp();
  const { thrown, taken } = withEvery(properties, VALUES, (property, value, count) => {
    const stack = newStack(app, `s${count}`);
    cluster(stack, { endpoint: `https://pve-${count}.lan:8006`, credentials: Credentials.userPassword('root@pam', Secret.fromEnvironment('root_password')) });
    make(property, value, stack);
  });
  expect(thrown).toEqual([]);
  expect(taken).toBeGreaterThan(0);
}, 60_000);
