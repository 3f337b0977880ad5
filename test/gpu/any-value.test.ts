import { inspect } from 'util';
import { TerraformStack } from 'cdktf';
import { CpuType, Credentials, PciDevice, Secret, Size, ValidationError } from '../../lib';
import { GpuArchitecture, GpuDevice, GpuPassthroughVm, GpuVendor, PciMapping } from '../../lib/gpu';
import { REFERENCES, cluster, existing } from '../support/fixtures';
import { newApp, newStack } from '../support/synth';

/*
 * Whatever stands in whatever property: it is taken, or refused with a ValidationError; nothing else is ever thrown.
 */

const VALUES: any[] = [
  undefined, null, '', ' ', 'a b', '${x}', 'a%{x}', 'a"b', 'a\nb', '01:00', '10de:2684', ';', 'ünï', 'a\ud800', 0, -1, NaN, 1.5, 1e21, true, [], {}, [null], [undefined], () => 1,
  Symbol('x'), 1n, new Date(0), new Map(), Size.gibibytes(1), CpuType.HOST, Object.create(null), REFERENCES.text, REFERENCES.number, REFERENCES.list, 'x'.repeat(300), '__proto__',
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
  const thrown: string[] = [];
  let taken = 0;
  for (const property of properties) {
    for (const [i, value] of VALUES.entries()) {
      try {
        const stack = newStack(app, `s${property}-${i}`);
        cluster(stack, { endpoint: `https://pve-${property}-${i}.lan:8006`, credentials: Credentials.userPassword('root@pam', Secret.fromEnvironment('root_password')) });
        make(property, value, stack);
        taken += 1;
      } catch (error) {
        if (!(error instanceof ValidationError)) thrown.push(`${property} = ${inspect(value)}: ${error}`);
      }
    }
  }
  expect(thrown).toEqual([]);
  expect(taken).toBeGreaterThan(0);
}, 60_000);
