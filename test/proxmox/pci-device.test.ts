import * as fs from 'fs';
import { App, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { Credentials, IPciMapping, MachineType, PciDevice, PciDeviceOptions, Secret, Size, VirtualMachine, VirtualMachineProps } from '../../lib';
import { mistakes } from '../support/errors';
import { REFERENCES, cluster, existing, stackWithCluster } from '../support/fixtures';
import { newApp, newStack, synthesize } from '../support/synth';

const ROOT = { credentials: Credentials.userPassword('root@pam', Secret.fromEnvironment('root_password')) };

describe('a device by itself', () => {
  test('by the name of its mapping, with what is required', () => {
    const { mappingName, address, pcie, romBar, romFile, primaryGpu, mdev, singleFunction } = PciDevice.fromMapping('nic');
    expect({ mappingName, address, pcie, romBar, romFile, primaryGpu, mdev, singleFunction }).toEqual({
      mappingName: 'nic', address: undefined, pcie: undefined, romBar: true, romFile: undefined, primaryGpu: false, mdev: undefined, singleFunction: false,
    });
  });

  test.each([
    ['01:00', '0000:01:00'],
    ['01:00.1', '0000:01:00.1'],
    ['0000:0A:1F.7', '0000:0a:1f.7'],
    ['10000:e1:00.0', '10000:e1:00.0'],
    ['01:00.0;01:00.1', '0000:01:00.0;0000:01:00.1'],
    [' 01:00.0 ; 0000:01:00.2', '0000:01:00.0;0000:01:00.2'],
  ])('%s becomes %s', (given, address) => {
    expect([PciDevice.fromAddress(given).address, `${PciDevice.fromAddress(given)}`]).toEqual([address, address]);
  });

  test.each([
    '', '1:00', '01:0', '0:01:00', '01:20', '01:00.8', '01:00.', '01.00', '0000:01', 'g1:00', '01:00;02:00', '01:00;01:00.1', '01:00.0;02:00.0', '01:00.0;', '${x}', '../01:00',
  ])('an address is not %p', (address) => {
    expect(mistakes(() => PciDevice.fromAddress(address))).toEqual([`pci-address-form address ${JSON.stringify(address)}`]);
  });

  test.each<[string, () => unknown]>([
    ['not-known-at-synth address a Terraform reference (known only when Terraform runs)', () => PciDevice.fromAddress(REFERENCES.text)],
    ['pci-mapping-name mappingName "n"', () => PciDevice.fromMapping('n')],
    ['pci-mapping-name mappingName "2nic"', () => PciDevice.fromMapping('2nic')],
    ['pci-mapping-name mappingName "nic.1"', () => PciDevice.fromMapping('nic.1')],
    ['mdev-type-form mdev "nvidia/63"', () => PciDevice.fromMapping('nic', { mdev: 'nvidia/63' })],
    ['mdev-type-form mdev ""', () => PciDevice.fromMapping('nic', { mdev: '' })],
    ['rom-file-form romFile "/root.bin"', () => PciDevice.fromMapping('nic', { romFile: '/root.bin' })],
    ['rom-file-form romFile "a,b"', () => PciDevice.fromMapping('nic', { romFile: 'a,b' })],
    ['rom-file-form romFile ".."', () => PciDevice.fromMapping('nic', { romFile: '..' })],
    ['mdev-without-function address "0000:01:00"', () => PciDevice.fromAddress('01:00', { mdev: 'nvidia-63' })],
    ['value-missing mappingName', () => PciDevice.fromMapping(undefined as any)],
    ['value-missing address', () => PciDevice.fromAddress(undefined as any)],
    ['value-missing mapping', () => PciDevice.fromPciMapping(undefined as any)],
    ['value-kind mapping {}', () => PciDevice.fromPciMapping({} as any)],
    ['value-kind address 1', () => PciDevice.fromAddress(1 as any)],
    ['value-kind props null', () => PciDevice.fromAddress('01:00', null as any)],
  ])('%s', (mistake, make) => {
    expect(mistakes(make)).toEqual([mistake]);
  });

  test('options of another kind, in plain JavaScript', () => {
    const options: any = { pcie: 1, romBar: 'on', romFile: 1, primaryGpu: 'yes', mdev: 63, singleFunction: 0 };
    expect(mistakes(() => PciDevice.fromMapping('nic', options))).toEqual([
      'value-kind pcie 1', 'value-kind romBar "on"', 'value-kind romFile 1', 'value-kind primaryGpu "yes"', 'value-kind mdev 63', 'value-kind singleFunction 0',
    ]);
  });
});

describe('devices of a machine', () => {
  function machine(stack: TerraformStack, pciDevices: PciDevice[], props: Partial<VirtualMachineProps> = {}, id: string = 'Web'): VirtualMachine {
    const template = stack.node.tryFindChild('Existing') as any ?? existing(stack);
    return new VirtualMachine(stack, id, { template, pciDevices, ...props });
  }

  test('what is rendered: all that the provider would else send as switched off', () => {
    const stack = stackWithCluster(ROOT);
    const options: PciDeviceOptions = { pcie: false, romBar: false, romFile: 'nic.bin', primaryGpu: true, mdev: 'nvidia-63', singleFunction: true };
    machine(stack, [PciDevice.fromMapping('nic'), PciDevice.fromAddress('01:00.0', options)]);
    const { hostpci, timeout_start_vm: timeout } = synthesize(stack).terraform.resource.proxmox_virtual_environment_vm.Web;
    expect({ hostpci, timeout }).toEqual({
      hostpci: [
        { device: 'hostpci0', mapping: 'nic', pcie: true, rombar: true, xvga: false },
        { device: 'hostpci1', id: '0000:01:00.0', mdev: 'nvidia-63', pcie: false, rombar: false, rom_file: 'nic.bin', xvga: true },
      ],
      timeout: 1800,
    });
  });

  test('no PCI Express without q35, a longer time to start with more memory, none of the memory of the template given back', () => {
    const stack = stackWithCluster();
    const template = existing(stack, { machine: MachineType.I440FX });
    const balloons = Object.create(template, { hardware: { value: { ...template.hardware, minimumMemory: Size.gibibytes(1) } } });
    machine(stack, [PciDevice.fromMapping('nic')], { template: balloons, memory: Size.gibibytes(768) });
    machine(stack, [], { template: balloons }, 'Plain');
    const { Web, Plain } = synthesize(stack).terraform.resource.proxmox_virtual_environment_vm;
    expect([Web.hostpci[0].pcie, Web.timeout_start_vm, Web.memory]).toEqual([false, 3072, [{ dedicated: 786432, floating: 0 }]]);
    expect(['hostpci' in Plain, 'timeout_start_vm' in Plain, Plain.memory]).toEqual([false, false, [{ dedicated: 2048, floating: 1024 }]]);
  });

  test('a serial console that the template has not, and one that is not wanted', () => {
    const stack = stackWithCluster();
    machine(stack, [], { template: existing(stack, { serialConsole: false }), serialConsole: true });
    machine(stack, [], { template: existing(stack, {}, 'Other', 9151), serialConsole: false }, 'Db');
    const { Web, Db } = synthesize(stack).terraform.resource.proxmox_virtual_environment_vm;
    expect([Web.serial_device, Db.serial_device]).toEqual([[{ device: 'socket' }], undefined]);
  });

  test('the same device twice, also in parts', () => {
    const twice = (a: string, b: string) => () => machine(stackWithCluster(ROOT), [PciDevice.fromAddress(a), PciDevice.fromAddress(b)]);
    expect(mistakes(twice('01:00', '01:00'))).toEqual(['pci-device-twice pciDevices[1] "0000:01:00"']);
    expect(mistakes(twice('01:00.1', '01:00'))).toEqual(['pci-device-twice pciDevices[1] "0000:01:00"']);
    expect(mistakes(twice('01:00.0;01:00.1', '01:00.1'))).toEqual(['pci-device-twice pciDevices[1] "0000:01:00.1"']);
    expect(twice('01:00.0', '01:00.1')).not.toThrow();
    const stopped = () => machine(stackWithCluster(ROOT), [PciDevice.fromAddress('01:00'), PciDevice.fromAddress('01:00')], { started: false, startOnBoot: false });
    expect(mistakes(stopped)).toEqual(['pci-device-twice pciDevices[1] "0000:01:00"']);
  });

  test('all mistakes with the devices of a machine come together', () => {
    const stack = stackWithCluster();
    const devices = [PciDevice.fromAddress('01:00', { romFile: 'a.bin' }), PciDevice.fromMapping('nic', { romFile: 'b.bin' })];
    expect(mistakes(() => machine(stack, devices, { minimumMemory: Size.gibibytes(1), machineName: '-' }))).toEqual([
      'machine-name-form machineName "-"', 'ballooning-with-pci-device minimumMemory 1 GiB', 'pci-address-needs-root pciDevices[0] "0000:01:00"',
      'rom-file-needs-root pciDevices[0].romFile "a.bin"', 'rom-file-needs-root pciDevices[1].romFile "b.bin"',
    ]);
    const other = stackWithCluster({ credentials: Credentials.userPassword('ops@pve', Secret.fromEnvironment('password')) });
    expect(mistakes(() => machine(other, [PciDevice.fromAddress('01:00')]))).toEqual(['pci-address-needs-root pciDevices[0] "0000:01:00"']);
  });

  test('two machines with one device, if both can run', () => {
    const pair = (one: Partial<VirtualMachineProps>, two: Partial<VirtualMachineProps>, addresses: [string, string] = ['01:00', '01:00']) => () => {
      const stack = stackWithCluster(ROOT);
      machine(stack, [PciDevice.fromAddress(addresses[0])], one, 'One');
      machine(stack, [PciDevice.fromAddress(addresses[1])], two, 'Two');
    };
    const shared = ['pci-device-shared pciDevices[0] "0000:01:00"'];
    expect(mistakes(pair({}, {}))).toEqual(shared);
    expect(mistakes(pair({ started: false }, { startOnBoot: false }))).toEqual(shared);
    expect(pair({ started: false, startOnBoot: false }, {})).not.toThrow();
    expect(pair({}, { started: false, startOnBoot: false })).not.toThrow();
    expect(pair({ node: 'pve2' }, {})).not.toThrow();
    expect(pair({ node: REFERENCES.text }, { node: REFERENCES.text })).not.toThrow();
    expect(pair({}, {}, ['01:00', '02:00'])).not.toThrow();
    expect(pair({}, {}, ['01:00.2', '01:00.3'])).not.toThrow();
    const both = () => {
      const stack = stackWithCluster(ROOT);
      for (const id of ['One', 'Two']) machine(stack, [PciDevice.fromAddress('01:00.0', { mdev: 'nvidia-63' })], {}, id);
    };
    expect(both).not.toThrow();
  });

  test('two stacks of one cluster, and two clusters', () => {
    const app = newApp();
    const stacks = ['one', 'two', 'three'].map((id) => newStack(app, id));
    ['https://pve.lan:8006', 'https://PVE.lan:8006/', 'https://other.lan:8006'].forEach((endpoint, i) => cluster(stacks[i], { endpoint, ...ROOT }));
    const device = PciDevice.fromAddress('01:00');
    machine(stacks[0], [device]);
    expect(mistakes(() => machine(stacks[1], [device]))).toEqual(['pci-device-shared pciDevices[0] "0000:01:00"']);
    expect(() => machine(stacks[2], [device])).not.toThrow();
  });

  test('a mapping of a class outside of the library', () => {
    class Lab extends Construct implements IPciMapping {
      public readonly mappingName = 'lab';
      public readonly deviceIds = [];
      public readonly users: string[] = [];
      public constructor(stack: TerraformStack, public readonly proxmoxVe = cluster(stack, {}, 'Lab')) { super(stack, 'Mapping'); }
      public devicesOn(node: string) { return node === 'pve' ? 1 : 0; }
      public addressesOn(): undefined { return undefined; }
      public bindPciDevice({ machine: { node }, node: at, ownerTag, starts }: any) {
        this.users.push(`${node.path} on ${at} as ${ownerTag}${starts ? ', started' : ''}`);
        return { dependsOn: ['terraform_data.lab'], preconditions: [{ condition: '${true}', errorMessage: 'Never.' }] };
      }
    }
    const stack = newStack();
    const mapping = new Lab(stack);
    const device = PciDevice.fromPciMapping(mapping);
    machine(stack, [device], { started: false });
    expect(mistakes(() => machine(stack, [device], {}, 'Two'))).toEqual(['pci-mapping-exhausted pciDevices[0] "lab"']);
    expect(mistakes(() => machine(stack, [device], { node: 'pve2' }, 'Three'))).toEqual(['pci-mapping-without-node pciDevices[0] "lab"']);
    expect(mapping.users[0]).toBe('homelab/Web on pve as homelab_web');
    ['Two', 'Three'].forEach((id) => stack.node.tryRemoveChild(id));
    const { depends_on: dependsOn, lifecycle } = synthesize(stack).terraform.resource.proxmox_virtual_environment_vm.Web;
    expect([dependsOn, lifecycle.precondition.slice(1)]).toEqual([['terraform_data.lab'], [{ condition: '${true}', error_message: 'Never.' }]]);

    const elsewhere = newStack(App.of(stack) as App, 'elsewhere');
    cluster(elsewhere, { endpoint: 'https://other.lan:8006' });
    expect(mistakes(() => machine(elsewhere, [device]))).toEqual(['pci-mapping-of-another-cluster pciDevices[0] "homelab/Mapping"']);
  });
});

describe('what is shown', () => {
  function annotations(context: unknown): string[] {
    const app = newApp();
    if (context !== undefined) app.node.setContext('proxmox-constructs:acknowledged', context);
    const stacks = ['one', 'two'].map((id) => newStack(app, id));
    for (const stack of stacks) {
      cluster(stack, ROOT);
      const template = existing(stack);
      for (const id of ['A', 'B']) {
        const address = `0${stacks.indexOf(stack) + 1}:0${id === 'A' ? 0 : 1}.0`;
        new VirtualMachine(stack, id, { template, pciDevices: [PciDevice.fromAddress(address)] });
      }
    }
    const { outdir } = synthesize(stacks[0]);
    const manifest = fs.readFileSync(`${outdir}/manifest.json`, 'utf8');
    expect(manifest).not.toContain(__dirname);
    return Object.values<any>(JSON.parse(manifest).stacks)
      .flatMap((stack) => stack.annotations.map(({ constructPath, message }: any) => `${constructPath} ${/\[(.*?)\]/.exec(message)![1]}`));
  }

  const alone = ['one/A', 'one/B', 'two/A', 'two/B'].map((path) => `${path} pci-function-alone`);

  test('the checklist once in an app, warnings with every machine', () => {
    expect(annotations(undefined)).toEqual([alone[0], 'one/A pci-host-checklist', ...alone.slice(1)]);
  });

  test.each([[['pci-host-checklist']], ['other, pci-host-checklist']])('what is acknowledged is not: %j', (context) => {
    expect(annotations(context)).toEqual(alone);
  });

  test('in a part of the tree', () => {
    const stack = stackWithCluster(ROOT);
    const template = existing(stack);
    const quiet = new Construct(stack, 'Quiet');
    quiet.node.setContext('proxmox-constructs:acknowledged', ['pci-function-alone', 'pci-host-checklist']);
    new VirtualMachine(quiet, 'A', { template, pciDevices: [PciDevice.fromAddress('01:00.0')] });
    new VirtualMachine(stack, 'B', { template, pciDevices: [PciDevice.fromAddress('02:00.0')] });
    const shown = (id: Construct) => id.node.metadata.map(({ type, trace }) => [type, trace]).filter(([type]) => type === '@cdktf/warn');
    expect([shown(quiet.node.findChild('A') as Construct), shown(stack.node.findChild('B') as Construct)]).toEqual([[], [['@cdktf/warn', undefined]]]);
  });

  test.each<[string, PciDeviceOptions, boolean]>([
    ['01:00.0', {}, true], ['01:00', {}, false], ['01:00.1', {}, false], ['01:00.0;01:00.1', {}, false], ['00:1f.0', {}, false],
    ['01:00.0', { singleFunction: true }, false], ['01:00.0', { mdev: 'nvidia-63' }, false],
  ])('a function alone: %s with %j is warned of: %s', (address, options, warned) => {
    const stack = stackWithCluster(ROOT);
    const vm = new VirtualMachine(stack, 'A', { template: existing(stack), pciDevices: [PciDevice.fromAddress(address, options)] });
    expect(vm.node.metadata.map(({ type }) => type)).toEqual([...warned ? ['@cdktf/warn'] : [], '@cdktf/info']);
  });

  test.each([[1], [{}], [[1]]])('the context is a list of codes: %j', (context) => {
    expect(mistakes(() => annotations(context))).toEqual([`acknowledged-context proxmox-constructs:acknowledged ${JSON.stringify(context)}`]);
  });
});
