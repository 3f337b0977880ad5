import { TerraformStack } from 'cdktf';
import { VirtualMachine } from '../../lib';
import { GpuDevice, GpuPassthroughVm, MappedPciDevice, PciMapping, PciMappingAttributes, PciMappingProps } from '../../lib/gpu';
import { expectError, mistakes } from '../support/errors';
import { REFERENCES, cluster, existing, stackWithCluster } from '../support/fixtures';
import { newApp, newStack, synthesize } from '../support/synth';

const CARD: MappedPciDevice = { path: '01:00', deviceId: '10de:2684', subsystemId: '1043:88e2', iommuGroup: 14 };
const LIST = 'data.proxmox_hardware_mappings';

function guardOf(name: string, mark: string, path: string) {
  return {
    condition: `\${length([for m in data.proxmox_hardware_mapping_pci.Cards : m if !try(endswith(m.comment, "(${mark})"), false)]) == 0}`,
    error_message: `The PCI mapping ${name} exists on https://pve.lan:8006 already, and this program did not make it. Give ${path} another mappingName, take the mapping with PciMapping.fromName, or remove it.`,
  };
}

describe('a mapping of the program', () => {
  test('with what is required: a name of its own, and nobody else has it', () => {
    const stack = stackWithCluster();
    new PciMapping(stack, 'Cards', { devices: [{ path: '01:00', deviceId: '10DE:2684' }] });
    const { data, resource, output } = synthesize(stack).terraform;
    expect({ data, resource, output }).toEqual({
      output: undefined,
      data: {
        proxmox_hardware_mapping_pci: { Cards: { count: `\${contains(${LIST}.Pve_PciMappings.ids, "cards") ? 1 : 0}`, name: 'cards' } },
        proxmox_hardware_mappings: { Pve_PciMappings: { type: 'pci' } },
      },
      resource: {
        proxmox_hardware_mapping_pci: {
          Cards: {
            comment: '(homelab_cards)',
            lifecycle: { precondition: [guardOf('cards', 'homelab_cards', 'homelab/Cards')], replace_triggered_by: ['terraform_data.Cards'] },
            map: [{ id: '10de:2684', node: 'pve', path: '0000:01:00' }],
            mediated_devices: false,
            name: 'cards',
          },
        },
        terraform_data: { Cards: { input: 'cards' } },
      },
    });
  });

  test('with every property', () => {
    const stack = newStack();
    cluster(stack, {}, 'Other');
    const two = cluster(stack, { endpoint: 'https://two.lan:8006', owner: 'me' }, 'Two');
    const mapping = new PciMapping(stack, 'Cards', {
      mappingName: 'vGPU-a40',
      proxmoxVe: two,
      devices: [
        { node: 'pve2', path: '0000:41:00.4', deviceId: '10de:2235', subsystemId: '10DE:145a', iommuGroup: 0 },
        { node: 'pve1', path: '41:00.5', deviceId: '10de:2235', subsystemId: '10de:145a', iommuGroup: 7, singleFunction: true },
      ],
      mediatedDevices: true,
      comment: ' for ${all} ',
    });
    const { mappingName, mediatedDevices, deviceIds } = mapping;
    expect({ mappingName, mediatedDevices, deviceIds, on: mapping.devicesOn('pve1'), none: mapping.devicesOn('pve'), at: mapping.addressesOn('pve2') }).toEqual({
      mappingName: 'vGPU-a40', mediatedDevices: true, deviceIds: ['10de:2235'], on: 1, none: 0, at: ['0000:41:00.4'],
    });
    const { lifecycle, ...rest } = synthesize(stack).terraform.resource.proxmox_hardware_mapping_pci.Cards;
    expect(rest).toEqual({
      provider: 'proxmox.Two',
      name: 'vGPU-a40',
      comment: 'for $${all} (me_cards)',
      mediated_devices: true,
      map: [
        { id: '10de:2235', iommu_group: 7, node: 'pve1', path: '0000:41:00.5', subsystem_id: '10de:145a' },
        { id: '10de:2235', iommu_group: 0, node: 'pve2', path: '0000:41:00.4', subsystem_id: '10de:145a' },
      ],
    });
  });

  test('what is not said can be read from the nodes', () => {
    const stack = stackWithCluster();
    new PciMapping(stack, 'Cards', { readFromNodes: true, devices: [{ path: '01:00', deviceId: '10de:2684' }, { ...CARD, node: 'pve2', path: '41:00.4' }] });
    const { data, resource } = synthesize(stack).terraform;
    expect(data.proxmox_hardware_pci).toEqual({
      Pve_PciDevices_pve: { node_name: 'pve', pci_class_blacklist: [] }, Pve_PciDevices_pve2: { node_name: 'pve2', pci_class_blacklist: [] },
    });
    const list = (node: string) => `data.proxmox_hardware_pci.Pve_PciDevices_${node}.devices`;
    const { map, lifecycle } = resource.proxmox_hardware_mapping_pci.Cards;
    const subsystem = '"${trimprefix(d.subsystem_vendor, "0x")}:${trimprefix(d.subsystem_device, "0x")}"';
    expect(map).toEqual([
      {
        id: '10de:2684',
        iommu_group: `\${one([for d in ${list('pve')} : d.iommu_group if d.id == "0000:01:00.0" && d.iommu_group >= 0])}`,
        node: 'pve',
        path: '0000:01:00',
        subsystem_id: `\${one([for d in ${list('pve')} : ${subsystem} if d.id == "0000:01:00.0" && try(d.subsystem_device != "", false)])}`,
      },
      { id: '10de:2684', iommu_group: 14, node: 'pve2', path: '0000:41:00.4', subsystem_id: '1043:88e2' },
    ]);
    const found = (node: string, address: string) => `[for d in ${list(node)} : "\${trimprefix(d.vendor, "0x")}:\${trimprefix(d.device, "0x")}" if d.id == "${address}"]`;
    expect(lifecycle.precondition.slice(1)).toEqual([['pve', '0000:01:00', '0000:01:00.0'], ['pve2', '0000:41:00.4', '0000:41:00.4']].map(([node, path, address]) => ({
      condition: `\${contains(${found(node, address)}, "10de:2684")}`,
      error_message: `Node ${node} has no device 10de:2684 at ${path}, but \${try(${found(node, address)}[0], "none")}. Correct the devices of homelab/Cards.`,
    })));
    expect(stack.node.findChild('Cards').node.metadata).toEqual([]);
  });

  test('which functions of a card are mapped', () => {
    const paths = (props: Partial<PciMappingProps>, ...devices: Partial<MappedPciDevice>[]) =>
      new PciMapping(stackWithCluster(), 'Cards', { ...props, devices: devices.map((device) => ({ ...CARD, ...device })) }).addressesOn('pve');
    expect(paths({}, { path: '01:00.0' }, { path: '02:00' }, { path: '03:00', singleFunction: true }, { path: '04:00.3' }, { path: '00:02.0' })).toEqual([
      '0000:00:02.0', '0000:01:00', '0000:02:00', '0000:03:00.0', '0000:04:00.3',
    ]);
    expect(paths({ mediatedDevices: true }, { path: '01:00.0' })).toEqual(['0000:01:00.0']);
  });

  test.each<[string[], Partial<PciMappingProps>]>([
    [['pci-mapping-name mappingName "a b"'], { mappingName: 'a b' }],
    [['pci-mapping-name mappingName "x"'], { mappingName: 'x' }],
    [['not-known-at-synth mappingName a Terraform reference (known only when Terraform runs)'], { mappingName: REFERENCES.text }],
    [['pci-mapping-empty devices []'], { devices: [] }],
    [['pci-mapping-comment comment "a\\nb"'], { comment: 'a\nb' }],
    [['pci-mapping-comment comment a Terraform reference (known only when Terraform runs)'], { comment: REFERENCES.text }],
    [['pci-address-form devices[0].path "1:00"'], { devices: [{ ...CARD, path: '1:00' }] }],
    [['pci-mapping-several-functions devices[0].path "01:00.0;01:00.1"'], { devices: [{ ...CARD, path: '01:00.0;01:00.1' }] }],
    [['pci-mapping-device-twice devices[1].path "0000:01:00 on pve"'], { devices: [CARD, { ...CARD, path: '0000:01:00.0' }] }],
    [['pci-mapping-device-twice devices[1].path "0000:01:00.1 on pve"'], { devices: [CARD, { ...CARD, node: 'pve', path: '01:00.1' }] }],
    [['pci-id-form devices[0].deviceId "0x10de:0x2684"'], { devices: [{ ...CARD, deviceId: '0x10de:0x2684' }] }],
    [['pci-id-form devices[0].subsystemId "1043"'], { devices: [{ ...CARD, subsystemId: '1043' }] }],
    [['pci-iommu-group devices[0].iommuGroup -1'], { devices: [{ ...CARD, iommuGroup: -1 }] }],
    [['pci-iommu-group devices[0].iommuGroup 1.5'], { devices: [{ ...CARD, iommuGroup: 1.5 }] }],
    [['node-name devices[0].node "pve_1"'], { devices: [{ ...CARD, node: 'pve_1' }] }],
    [['mdev-without-function devices[0].path "01:00"'], { mediatedDevices: true, devices: [CARD] }],
    [['gpu-functions-of-function functions "graphics"'], { devices: [{ ...CARD, path: '01:00.4', singleFunction: true }] }],
    [['value-kind mappingName 1', 'value-kind proxmoxVe "pve"', 'value-missing devices', 'value-kind readFromNodes 1', 'value-kind mediatedDevices 1', 'value-kind comment 1'],
      { mappingName: 1, proxmoxVe: 'pve', devices: undefined, readFromNodes: 1, mediatedDevices: 1, comment: 1 } as any],
    [['value-kind devices[0].node 1', 'value-missing devices[0].path', 'value-kind devices[0].deviceId 1', 'value-kind devices[0].subsystemId 1',
      'value-kind devices[0].iommuGroup "1"', 'value-kind devices[0].singleFunction 1'],
    { devices: [{ node: 1, deviceId: 1, subsystemId: 1, iommuGroup: '1', singleFunction: 1 }] } as any],
  ])('%j', (expected, props) => {
    expect(mistakes(() => new PciMapping(stackWithCluster(), 'Cards', { devices: [CARD], ...props }))).toEqual(expected);
  });

  test('a name is taken once on a cluster, by whichever stack', () => {
    const app = newApp();
    const [one, two] = ['one', 'two'].map((id) => newStack(app, id));
    [one, two].forEach((stack) => cluster(stack));
    new PciMapping(one, 'Cards', { devices: [CARD] });
    expect(expectError(() => new PciMapping(two, 'Cards', { devices: [CARD] })).message).toBe(`two/Cards: [pci-mapping-claimed-twice] mappingName, got: "cards"
  A name is given to one PCI mapping of a cluster. The mapping cards is claimed by one/Cards already.
  Remedy: Give one of the two another mappingName, or use one mapping for both.`);
  });

  test.each([[true], [false]])('a name is not that of one that exists as well; the one that is made comes first: %j', (madeFirst) => {
    const app = newApp();
    const [one, two] = ['one', 'two'].map((id) => newStack(app, id));
    [one, two].forEach((stack) => cluster(stack));
    const makers = [() => new PciMapping(one, 'Cards', { devices: [CARD] }), () => PciMapping.fromName(two, 'Same', 'cards')];
    const [first, second] = madeFirst ? makers : [...makers].reverse();
    const [holder, other] = madeFirst ? ['one/Cards', 'two/Same'] : ['two/Same', 'one/Cards'];
    first();
    expect(expectError(second).message).toBe(`${other}: [pci-mapping-claimed-twice] mappingName, got: "cards"
  A name is given to one PCI mapping of a cluster. The mapping cards is claimed by ${holder} already.
  Remedy: Give one of the two another mappingName, or use one mapping for both.`);
  });

  test('one that exists can be taken by several stacks', () => {
    const app = newApp();
    const stacks = ['one', 'two'].map((id) => newStack(app, id));
    stacks.forEach((stack) => cluster(stack));
    expect(() => stacks.forEach((stack) => PciMapping.fromName(stack, 'Arc', 'arc'))).not.toThrow();
  });

  const warnings = (props: Partial<PciMappingProps>, ...devices: Partial<MappedPciDevice>[]) =>
    new PciMapping(stackWithCluster(), 'Cards', { ...props, devices: devices.map((device) => ({ ...CARD, ...device })) })
      .node.metadata.map(({ data }) => data.split('\n')[0]);

  test.each<[string, Partial<PciMappingProps>, Partial<MappedPciDevice>[], string[]]>([
    ['one model on several nodes', {}, [{}, { path: '02:00' }, { node: 'pve2' }], []],
    ['models of one vendor on several nodes', {}, [{}, { node: 'pve2', deviceId: '10de:2204' }], []],
    ['two models on a node', {}, [{}, { path: '02:00', deviceId: '10DE:2204' }], ['[pci-mapping-devices-differ] devices[1], got: "10de:2204, beside 10de:2684"']],
    ['two vendors on two nodes', {}, [{ node: 'pve2' }, { deviceId: '8086:56a5' }], ['[pci-mapping-devices-differ] devices[1], got: "8086:56a5, beside 10de:2684"']],
    ['the graphics of the board', {}, [{}, { path: '00:02', node: 'pve2' }], ['[gpu-of-node-display] devices[1].path, got: "0000:00:02"']],
    ['virtual GPUs of the graphics of the board', { mediatedDevices: true }, [{ path: '00:02.0' }], []],
    ['its virtual functions', {}, [{ path: '00:02.1' }], []],
    ['what is missing, of devices as the user has them in order', {}, [{ node: 'pve2' }, { iommuGroup: undefined }],
      ['[pci-mapping-incomplete] devices[1], got: "0000:01:00 of pve without iommuGroup"']],
  ])('what is shown of %s', (_, props, devices, expected) => {
    expect(warnings(props, ...devices)).toEqual(expected);
  });
});

describe('machines with a mapping', () => {
  const gpus = (mapping: PciMapping) => [GpuDevice.fromPciMapping(mapping)];

  function machines(stack: TerraformStack, mapping: PciMapping, ...nodes: (string | undefined)[]): string[] {
    const template = stack.node.tryFindChild('Existing') as any ?? existing(stack);
    return mistakes(() => nodes.forEach((node, i) => new GpuPassthroughVm(stack, `Vm${i}`, { template, node, gpus: gpus(mapping) })));
  }

  test('wait for it, also when they know only its name and come first', () => {
    const stack = stackWithCluster();
    const template = existing(stack);
    new GpuPassthroughVm(stack, 'Early', { template, gpus: [GpuDevice.fromMapping('cards')] });
    const mapping = new PciMapping(stack, 'Cards', { devices: [CARD, { ...CARD, path: '02:00' }] });
    new GpuPassthroughVm(stack, 'Late', { template, gpus: gpus(mapping) });
    new GpuPassthroughVm(stack, 'Other', { template, gpus: [GpuDevice.fromMapping('others')] });
    const { Early, Late, Other } = synthesize(stack).terraform.resource.proxmox_virtual_environment_vm;
    expect([Early.depends_on, Late.depends_on, Other.depends_on]).toEqual([['proxmox_hardware_mapping_pci.Cards'], ['proxmox_hardware_mapping_pci.Cards'], undefined]);
  });

  test('as many on a node as it has devices there', () => {
    const cards = (stack: TerraformStack) => new PciMapping(stack, 'Cards', { devices: [CARD, { ...CARD, path: '02:00' }, { ...CARD, node: 'pve2' }] });
    let stack = stackWithCluster();
    expect(machines(stack, cards(stack), undefined, 'pve2', 'pve', 'pve2')).toEqual(['pci-mapping-exhausted gpus[0] "cards"']);
    stack = stackWithCluster();
    expect(machines(stack, cards(stack), 'pve', 'pve', 'pve')).toEqual(['pci-mapping-exhausted gpus[0] "cards"']);
    stack = stackWithCluster();
    expect(machines(stack, cards(stack), 'pve3')).toEqual(['pci-mapping-without-node gpus[0] "cards"']);
  });

  test('two in one machine are two of the mapping', () => {
    const stack = stackWithCluster();
    const mapping = new PciMapping(stack, 'Cards', { devices: [CARD, { ...CARD, path: '02:00' }] });
    const template = existing(stack);
    const vm = (id: string, count: number, running = true) =>
      () => new GpuPassthroughVm(stack, id, { template, started: running, startOnBoot: running, gpus: Array.from({ length: count }, () => gpus(mapping)[0]) });
    vm('Both', 2)();
    expect(mistakes(vm('Third', 1))).toEqual(['pci-mapping-exhausted gpus[0] "cards"']);
    expect(vm('Off', 2, false)).not.toThrow();
    expect(mistakes(vm('Three', 3, false))).toEqual(['pci-mapping-exhausted gpus[2] "cards"']);
  });

  test('mappings and addresses that mean the same device', () => {
    const stack = stackWithCluster();
    const one = new PciMapping(stack, 'One', { devices: [CARD] });
    const both = new PciMapping(stack, 'Both', { devices: [CARD, { ...CARD, path: '02:00' }] });
    const sound = new PciMapping(stack, 'Sound', { devices: [{ ...CARD, path: '02:00.1' }] });
    const template = existing(stack);
    const vm = (id: string, mapping: PciMapping) => () => new GpuPassthroughVm(stack, id, { template, gpus: gpus(mapping) });
    vm('A', both)();
    // The first one is given the other card then.
    vm('B', one)();
    expect(expectError(vm('C', sound)).message).toBe(`homelab/C: [pci-mapping-exhausted] gpus[0], got: "sound"
  A machine needs a device of its own, and there are not as many of them on the node as machines that can run at once. On node pve, 3 are wanted and 2 there, by homelab/A, homelab/B, homelab/C.
  Remedy: Map more devices, put machines on other nodes, or set started: false and startOnBoot: false on those that take turns.`);
  });

  test('machines that know only the name are counted when the mapping comes', () => {
    const stack = stackWithCluster();
    const template = existing(stack);
    for (const [id, node] of [['A', 'pve'], ['B', 'pve'], ['C', 'pve2'], ['D', 'pve3']]) {
      new GpuPassthroughVm(stack, id, { template, node, gpus: [GpuDevice.fromMapping('cards')] });
    }
    expect(mistakes(() => new PciMapping(stack, 'Cards', { devices: [CARD, { ...CARD, node: 'pve2' }] }))).toEqual([
      'pci-mapping-without-node mappingName (gpus[0] of homelab/D) "cards"', 'pci-mapping-exhausted mappingName "cards"',
    ]);
  });

  test('of another stack: its stack comes first, and the plan looks whether the mapping is there', () => {
    const app = newApp();
    const [one, two] = ['one', 'two'].map((id) => newStack(app, id));
    [one, two].forEach((stack) => cluster(stack));
    const mapping = new PciMapping(one, 'Cards', { devices: [CARD] });
    new GpuPassthroughVm(two, 'Ml', { template: existing(two), gpus: gpus(mapping) });
    const { terraform } = synthesize(two);
    const { depends_on: dependsOn, lifecycle } = terraform.resource.proxmox_virtual_environment_vm.Ml;
    expect([dependsOn, two.dependencies.map((stack) => stack.node.id), Object.keys(terraform.resource)]).toEqual([undefined, ['one'], ['proxmox_virtual_environment_vm']]);
    expect(lifecycle.precondition.map(({ condition }: any) => condition).filter((text: string) => text.includes('PciMappings'))).toEqual([
      `\${contains(${LIST}.Pve_PciMappings_pve.ids, "cards")}`,
      expect.stringContaining('c.mapping_id == "cards"'),
    ]);
  });
});

describe('a mapping that exists', () => {
  const take = (attributes?: PciMappingAttributes, stack = stackWithCluster()) => PciMapping.fromName(stack, 'Arc', 'arc', attributes);

  test('what is known of it', () => {
    const nothing = take();
    expect([nothing.mappingName, nothing.mediatedDevices, nothing.deviceIds, nothing.devicesOn('pve'), nothing.addressesOn('pve')]).toEqual(['arc', undefined, [], undefined, undefined]);
    const all = take({ nodes: ['pve'], devicesPerNode: 2, mediatedDevices: true, deviceId: '8086:56A5' });
    expect([all.mediatedDevices, all.deviceIds, all.devicesOn('pve'), all.devicesOn('pve2'), all.addressesOn('pve'), all.addressesOn('pve2')]).toEqual([true, ['8086:56a5'], 2, 0, undefined, []]);
    expect([take({ nodes: ['pve'] }).devicesOn('pve'), take({ devicesPerNode: 1 }).devicesOn('anywhere')]).toEqual([undefined, 1]);
  });

  test('what a plan demands of it: to be there, and to be right where a machine is to be started that does not run', () => {
    const stack = stackWithCluster();
    const arc = take({}, stack);
    const template = existing(stack);
    const gpus = [GpuDevice.fromPciMapping(arc), GpuDevice.fromPciMapping(arc)];
    new GpuPassthroughVm(stack, 'Started', { template, gpus });
    new GpuPassthroughVm(stack, 'Off', { template, gpus, started: false });
    const { data, resource } = synthesize(stack).terraform;
    expect(data.proxmox_hardware_mappings).toEqual({ Pve_PciMappings_pve: { check_node: 'pve', type: 'pci' } });
    const wrong = `try([for c in ${LIST}.Pve_PciMappings_pve.checks : c.message if c.mapping_id == "arc" && (c.severity == "error" || startswith(c.message, "No mapping for node"))], [])`;
    const exists = {
      condition: `\${contains(${LIST}.Pve_PciMappings_pve.ids, "arc")}`,
      error_message: 'There is no PCI mapping arc on https://pve.lan:8006 that these credentials may see. Make it under Datacenter, Resource Mappings, or correct the program.',
    };
    const { Started, Off } = resource.proxmox_virtual_environment_vm;
    expect(Started.lifecycle.precondition.slice(1)).toEqual([exists, {
      condition: `\${length(${wrong}) == 0 || length([for v in data.proxmox_virtual_environment_vms.Pve_Vms.vms : v if contains(v.tags, "homelab_started") && v.status == "running"]) > 0}`,
      error_message: `A machine with the PCI mapping arc would not start on node pve: \${join(", ", ${wrong})}. Correct the mapping, or set started: false.`,
    }]);
    expect(Off.lifecycle.precondition.slice(1)).toEqual([exists]);
  });

  test('machines are counted, on the nodes that are known', () => {
    const stack = stackWithCluster();
    const arc = take({ nodes: ['pve'], devicesPerNode: 1, mediatedDevices: false }, stack);
    const template = existing(stack);
    const vm = (id: string, node: string, mdev?: string) => () =>
      new GpuPassthroughVm(stack, id, { template, node, gpus: [GpuDevice.fromPciMapping(arc, { mdev })] });
    vm('A', 'pve')();
    expect(mistakes(vm('B', 'pve'))).toEqual(['pci-mapping-exhausted gpus[0] "arc"']);
    expect(mistakes(vm('C', 'pve2'))).toEqual(['pci-mapping-without-node gpus[0] "arc"']);
    expect(mistakes(vm('D', 'pve', 'i915-GVTg_V5_4'))).toEqual(['mdev-without-mediated-mapping gpus[0] "arc with i915-GVTg_V5_4"']);
    const unknown = take(undefined);
    expect(unknown.devicesOn('pve')).toBeUndefined();
  });

  test('virtual GPUs are not counted', () => {
    const stack = stackWithCluster();
    const a40 = PciMapping.fromName(stack, 'A40', 'a40', { devicesPerNode: 1, mediatedDevices: true });
    const template = existing(stack);
    expect(() => ['A', 'B', 'C'].forEach((id) => new GpuPassthroughVm(stack, id, { template, gpus: [GpuDevice.fromPciMapping(a40, { mdev: 'nvidia-63' })] }))).not.toThrow();
  });

  test('any machine can have a device of it', () => {
    const stack = stackWithCluster();
    const device = GpuDevice.fromPciMapping(take({}, stack)).pciDevice;
    new VirtualMachine(stack, 'Web', { template: existing(stack), pciDevices: [device] });
    const { hostpci } = synthesize(stack).terraform.resource.proxmox_virtual_environment_vm.Web;
    expect(hostpci).toEqual([{ device: 'hostpci0', mapping: 'arc', pcie: true, rombar: true, xvga: false }]);
  });

  test.each<[string[], PciMappingAttributes, unknown?]>([
    [['pci-mapping-name mappingName "?"'], {}, '?'],
    [['value-missing mappingName'], {}, undefined],
    [['pci-mapping-devices-per-node devicesPerNode 0'], { devicesPerNode: 0 }, 'arc'],
    [['pci-mapping-devices-per-node devicesPerNode 1.5'], { devicesPerNode: 1.5 }, 'arc'],
    [['pci-id-form deviceId "56a5"'], { deviceId: '56a5' }, 'arc'],
    [['node-name nodes[1] ""'], { nodes: ['pve', ''] }, 'arc'],
    [['value-kind proxmoxVe 1', 'value-kind nodes "pve"', 'value-kind devicesPerNode "1"', 'value-kind mediatedDevices 1', 'value-kind deviceId 1'],
      { proxmoxVe: 1, nodes: 'pve', devicesPerNode: '1', mediatedDevices: 1, deviceId: 1 } as any, 'arc'],
  ])('%j', (expected, attributes, name) => {
    expect(mistakes(() => PciMapping.fromName(stackWithCluster(), 'Arc', name as string, attributes))).toEqual(expected);
  });
});
