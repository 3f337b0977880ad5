import {
  CpuType, Credentials, EfiType, OsType, PciDevice, Secret, Size, VgaType, VirtualMachine, GpuPassthroughVm as TopLevel, gpu as room,
} from '../../lib';
import { GpuDevice, GpuPassthroughVm, GpuPassthroughVmProps, GpuVendor, PciMapping } from '../../lib/gpu';
import { expectError, mistakes } from '../support/errors';
import { GUEST, existing, stackWithCluster } from '../support/fixtures';
import { synthesize } from '../support/synth';

const rtx = GpuDevice.fromMapping('rtx4000');
const WINDOWS = { ...GUEST, osName: 'windows-11', osType: OsType.WINDOWS_11, hasCloudInit: false, hasGuestAgent: false };

function machine(props: Partial<GpuPassthroughVmProps>, template = {}, credentials?: Credentials) {
  const stack = stackWithCluster({ credentials });
  const vm = new GpuPassthroughVm(stack, 'Ml', { template: existing(stack, template), gpus: [rtx], ...props });
  return { vm, rendered: synthesize(stack).terraform.resource.proxmox_virtual_environment_vm.Ml };
}

test('with what is required: a VirtualMachine, and what differs from one', () => {
  const stack = stackWithCluster();
  const template = existing(stack);
  const vm = new GpuPassthroughVm(stack, 'Ml', { template, gpus: [rtx] });
  new VirtualMachine(stack, 'Plain', { template, machineName: 'ml' });
  const { Ml, Plain } = synthesize(stack).terraform.resource.proxmox_virtual_environment_vm;
  expect(vm).toBeInstanceOf(VirtualMachine);
  expect(vm.gpus).toEqual([rtx]);
  expect(Ml).toEqual({
    ...Plain,
    cpu: [{ ...Plain.cpu[0], type: 'host' }],
    hostpci: [{ device: 'hostpci0', mapping: 'rtx4000', pcie: true, rombar: true, xvga: false }],
    tags: ['homelab_ml'],
    timeout_start_vm: 1800,
  });
});

test('with every property of its own, and other devices beside', () => {
  const root = Credentials.userPassword('root@pam', Secret.fromEnvironment('root_password'));
  const { vm, rendered } = machine({
    gpus: [
      GpuDevice.fromAddress('01:00', { vendor: GpuVendor.AMD, primaryGpu: true, romFile: 'navi.bin', romBar: false }),
      GpuDevice.fromMapping('vgpu', { mdev: 'nvidia-63', pcie: false }),
    ],
    pciDevices: [PciDevice.fromMapping('nic')],
    cpuType: CpuType.EPYC_MILAN,
    memory: Size.gibibytes(512),
    vga: VgaType.VIRTIO,
    serialConsole: false,
  }, {}, root);
  expect(vm.gpus.map((gpu) => gpu.vendor)).toEqual(['amd', undefined]);
  const { cpu, hostpci, memory, vga, serial_device: serial, timeout_start_vm: timeout } = rendered;
  expect({ cpu, hostpci, memory, vga, serial, timeout }).toEqual({
    cpu: [{ cores: 2, numa: false, sockets: 1, type: 'EPYC-Milan' }],
    hostpci: [
      { device: 'hostpci0', id: '0000:01:00', pcie: true, rombar: false, rom_file: 'navi.bin', xvga: true },
      { device: 'hostpci1', mapping: 'vgpu', mdev: 'nvidia-63', pcie: false, rombar: true, xvga: false },
      { device: 'hostpci2', mapping: 'nic', pcie: true, rombar: true, xvga: false },
    ],
    memory: [{ dedicated: 524288, floating: 0 }],
    vga: [{ type: 'virtio' }],
    serial: undefined,
    timeout: 2048,
  });
});

test.each<[string, Partial<GpuPassthroughVmProps>, object, string, boolean]>([
  ['for computing: the display of the template and a serial console', {}, {}, 'std', true],
  ['for computing, of a template that shows its serial console', {}, { vga: VgaType.SERIAL0 }, 'serial0', true],
  ['of a template without a serial console', {}, { serialConsole: false }, 'std', true],
  ['as the display', { gpus: [GpuDevice.fromMapping('rtx4000', { primaryGpu: true })] }, {}, 'none', true],
  ['as the display of Windows', { gpus: [GpuDevice.fromMapping('rtx4000', { primaryGpu: true })] }, { guest: WINDOWS, serialConsole: false }, 'none', false],
  ['in Windows', {}, { guest: WINDOWS, serialConsole: false }, 'std', false],
  ['in Windows, of a template with a serial console', {}, { guest: WINDOWS, vga: VgaType.QXL }, 'qxl', true],
])('display and serial console %s', (_, props, template, vga, serial) => {
  const { rendered } = machine(props, template);
  expect([rendered.vga, rendered.serial_device]).toEqual([[{ type: vga }], serial ? [{ device: 'socket' }] : undefined]);
});

test.each<[string, Partial<GpuPassthroughVmProps>, object, string[]]>([
  ['a display without a serial console', { gpus: [GpuDevice.fromMapping('rtx4000', { primaryGpu: true })], serialConsole: false }, {}, ['primary-gpu-without-serial']],
  ['the same of Windows, which uses none', { gpus: [GpuDevice.fromMapping('rtx4000', { primaryGpu: true })] }, { guest: WINDOWS, serialConsole: false }, []],
  ['no console', { vga: VgaType.NONE, serialConsole: false }, {}, ['gpu-without-console']],
  ['a serial console alone', { vga: VgaType.NONE }, {}, []],
  ['disks of which is said whether they are saved', { disks: [{ size: Size.gibibytes(8) }, { size: Size.gibibytes(8), backup: true }] }, {}, []],
  ['keys of Secure Boot with a card of whoever', {}, { preEnrolledKeys: true }, ['gpu-secure-boot']],
  ['the same with one of NVIDIA', { gpus: [GpuDevice.fromMapping('rtx4000', { vendor: GpuVendor.NVIDIA })] }, { preEnrolledKeys: true }, ['gpu-secure-boot']],
  ['the same with one of AMD', { gpus: [GpuDevice.fromMapping('navi', { vendor: GpuVendor.AMD })] }, { preEnrolledKeys: true }, []],
  ['the same in Windows', {}, { preEnrolledKeys: true, guest: WINDOWS }, []],
  ['a CPU with large pages', { cpuType: CpuType.SKYLAKE_SERVER }, {}, []],
])('what is shown of %s', (_, props, template, codes) => {
  const { vm } = machine(props, template);
  expect(vm.node.metadata.map(({ data }) => /\[(.*?)\]/.exec(data)![1])).toEqual(['pci-host-checklist', ...codes]);
});

test('Windows as its template has it', () => {
  const { rendered } = machine({ memory: Size.gibibytes(16) }, { guest: WINDOWS, preEnrolledKeys: true, efiType: EfiType.EFI_4M, serialConsole: false });
  const { agent, operating_system: os, efi_disk: efi, initialization } = rendered;
  expect({ agent, os, efi, initialization }).toEqual({
    agent: [{ enabled: false }], os: [{ type: 'win11' }], efi: [{ datastore_id: 'tank', pre_enrolled_keys: true, type: '4m' }], initialization: undefined,
  });
});

test('its own mistakes come with those of the machine, and devices are named as the user wrote them', () => {
  const stack = stackWithCluster();
  const gpus = [rtx, GpuDevice.fromAddress('01:00')];
  const pciDevices = [PciDevice.fromMapping('nic'), PciDevice.fromAddress('02:00')];
  expect(mistakes(() => new GpuPassthroughVm(stack, 'Ml', { template: existing(stack), gpus, pciDevices, cpuType: CpuType.QEMU64, cores: 0 }))).toEqual([
    'cores-out-of-range cores 0', 'pci-address-needs-root gpus[1] "0000:01:00"', 'pci-address-needs-root pciDevices[1] "0000:02:00"', 'gpu-cpu-type cpuType qemu64',
  ]);
});

test('a machine without a GPU', () => {
  expect(expectError(() => machine({ gpus: [] })).message).toBe(`homelab/Ml: [gpu-missing] gpus, got: []
  A GpuPassthroughVm has a GPU.
  Remedy: Give gpus at least one device, or create a VirtualMachine.`);
});

test.each<[string[], any]>([
  [['value-missing gpus'], { gpus: undefined }],
  [['value-kind gpus "rtx4000"'], { gpus: 'rtx4000' }],
  [['value-missing gpus[0]', 'value-kind gpus[1] "rtx4000"'], { gpus: [undefined, 'rtx4000'] }],
  [['value-kind gpus[0] nic', 'value-kind pciDevices[0] rtx4000'], { gpus: [PciDevice.fromMapping('nic')], pciDevices: [rtx] }],
  [['value-kind pciDevices "nic"'], { pciDevices: 'nic' }],
  [['value-missing template'], { template: undefined }],
  [['value-kind serialConsole 1'], { serialConsole: 1 }],
])('%j, in plain JavaScript', (expected, props) => {
  expect(mistakes(() => machine(props))).toEqual(expected);
});

test('what the provider takes for any machine is known at synth: a mapping with its machines on two nodes', () => {
  const stack = stackWithCluster();
  const devices = ['pve', 'pve2'].map((node) => ({ node, path: '01:00', deviceId: '10de:2684', subsystemId: '1043:88e2', iommuGroup: 14 }));
  const mapping = new PciMapping(stack, 'Rtx', { devices });
  const template = existing(stack);
  for (const [id, node] of [['A', 'pve'], ['B', 'pve2']]) new GpuPassthroughVm(stack, id, { template, node, gpus: [GpuDevice.fromPciMapping(mapping)] });
  // `synthesize` refuses what the schema of the provider does not take.
  const { A, B } = synthesize(stack).terraform.resource.proxmox_virtual_environment_vm;
  expect([A, B].map((vm) => [vm.node_name, vm.hostpci[0].mapping])).toEqual([['pve', 'rtx'], ['pve2', 'rtx']]);
});

test('the library has it at the top, and the rest in its room', () => {
  expect([TopLevel, room.GpuPassthroughVm, room.GpuDevice]).toEqual([GpuPassthroughVm, GpuPassthroughVm, GpuDevice]);
});
