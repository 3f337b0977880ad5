import { providerSchemaProblems } from '../support/provider-schema';

type Json = Record<string, unknown>;

const VM = 'proxmox_virtual_environment_vm';
const DEVICE = {
  bridge: 'vmbr0',
  disconnected: null,
  enabled: null,
  firewall: null,
  mac_address: null,
  model: null,
  mtu: null,
  queues: null,
  rate_limit: null,
  trunks: null,
  vlan_id: 7,
};

function vm(body: Json): string[] {
  return providerSchemaProblems({ resource: { [VM]: { web: { node_name: 'pve', ...body } } } });
}

test('a whole configuration without mistakes has no problems', () => {
  expect(providerSchemaProblems({
    '//': { metadata: {} },
    'terraform': {
      required_providers: {
        proxmox: { source: 'bpg/proxmox', version: '>= 0.112.0, < 1.0.0' },
        talos: { source: 'siderolabs/talos', version: '>= 0.12.0, < 1.0.0' },
      },
    },
    'provider': {
      proxmox: [
        { endpoint: '${var.endpoint}', ssh: { username: 'root', node: [{ name: 'pve', address: '10.0.0.1' }] } },
        { endpoint: 'https://b', alias: 'b' },
      ],
      talos: [{}],
    },
    'resource': {
      [VM]: {
        web: {
          '//': { metadata: {} },
          'node_name': 'pve',
          'name': 'web-${var.suffix}',
          'vm_id': '${local.ids["web"]}',
          'started': true,
          'tags': ['a', '${var.tag}'],
          'cpu': { cores: 2, limit: 0.5, type: 'host' },
          'memory': [{ dedicated: 2048 }],
          'disk': [{ 'interface': 'scsi0', 'size': '${var.size}', '//': 'root' }, { interface: 'scsi1', size: 8, file_id: null }],
          'network_device': [DEVICE],
          'dynamic': { hostpci: { for_each: '${var.gpus}', content: { device: '${hostpci.key}', pcie: true } } },
          'clone': null,
          'count': 2,
          'depends_on': ['terraform_data.build'],
          'provider': 'proxmox.b',
          'lifecycle': { ignore_changes: ['clone', 'disk[0].size'], create_before_destroy: false },
          'provisioner': [{ 'local-exec': { command: 'true' } }],
        },
      },
      proxmox_hardware_mapping_pci: { gpu: { name: 'gpu', map: [{ id: '10de:2204', node: 'pve', path: '0000:01:00' }] } },
      terraform_data: { build: { input: { anything: 1 } } },
    },
    'data': {
      proxmox_virtual_environment_vms: { all: { tags: ['x'], filter: [{ name: 'name', values: ['^a'], regex: true }] } },
      talos_machine_configuration: {
        cp: {
          cluster_name: 'c',
          cluster_endpoint: 'https://c:6443',
          machine_type: 'controlplane',
          machine_secrets: '${talos_machine_secrets.c.machine_secrets}',
          config_patches: ['${jsonencode({a = "}"})}'],
        },
      },
    },
  })).toEqual([]);
});

test.each<[string, Json, string[]]>([
  ['unknown attribute', { nmae: 'web' }, ['nmae: no such attribute or block']],
  ['unknown attribute in a block', { disk: [{ interface: 'scsi0' }, { interfac: 'scsi1' }] },
    ['disk[1].interfac: no such attribute or block', 'disk[1].interface: required, but missing']],
  ['number in quotes', { vm_id: '100' }, ['vm_id: expected a number, got "100"']],
  ['text around an expression for a number', { vm_id: '1${var.id}' }, ['vm_id: expected a number, got "1${var.id}"']],
  ['two expressions for a number', { vm_id: '${var.a}${var.b}' }, ['vm_id: expected a number, got "${var.a}${var.b}"']],
  ['escaped expression for a boolean', { started: '$${var.a}' }, ['started: expected true or false, got "$${var.a}"']],
  ['boolean in quotes', { started: 'true' }, ['started: expected true or false, got "true"']],
  ['number for a text', { name: 5 }, ['name: expected a string, got 5']],
  ['text for a list', { tags: 'a' }, ['tags: expected a list, got "a"']],
  ['wrong element of a list', { tags: ['a', 1, null] }, ['tags[1]: expected a string, got 1', 'tags[2]: an element cannot be null']],
  ['missing attribute', { node_name: null }, ['node_name: required, but missing']],
  ['missing attribute in a block', { clone: { full: true } }, ['clone.vm_id: required, but missing']],
  ['computed attribute', { ipv4_addresses: [] }, ['ipv4_addresses: is computed by the provider and cannot be set']],
  ['id of the older half of the provider', { id: '100' }, ['id: is given by the provider and cannot be set']],
  ['too many blocks', { cpu: [{ cores: 1 }, { cores: 2 }] }, ['cpu: at most 1 block, got 2']],
  ['too many blocks of many', { serial_device: [{}, {}, {}, {}, { device: 'socket' }] }, ['serial_device: at most 4 blocks, got 5']],
  ['expression for a block', { cpu: '${var.cpu}' }, ['cpu: expected a block, got "${var.cpu}"']],
  ['null among blocks', { disk: [null] }, ['disk[0]: expected a block, got null']],
  ['deprecated attribute', { timeout_move_disk: 60 }, ['timeout_move_disk: deprecated by the provider']],
  ['deprecated attribute in a block', { cdrom: { enabled: true, file_id: 'none' } }, ['cdrom.enabled: deprecated by the provider']],
  ['member left out of an object', { network_device: [{ ...DEVICE, mtu: undefined, model: 'virtio' }, { bridge: 'vmbr1' }] }, [
    'network_device[1]: in JSON every member of this object has to be there, null when unset; missing: '
    + 'disconnected, enabled, firewall, mac_address, model, mtu, queues, rate_limit, trunks, vlan_id',
  ]],
  ['member an object does not have', { network_device: [{ ...DEVICE, vlan: 7 }] }, ['network_device[0].vlan: no such member']],
  ['wrong member of an object', { network_device: [{ ...DEVICE, vlan_id: '7' }] }, ['network_device[0].vlan_id: expected a number, got "7"']],
  ['text for an object', { network_device: ['vmbr0'] }, ['network_device[0]: expected an object, got "vmbr0"']],
  ['one object instead of a list', { network_device: DEVICE }, [`network_device: expected a list, got ${JSON.stringify(DEVICE)}`]],
  ['unknown dynamic block', { dynamic: { nic: { for_each: [1], content: {} } } }, ['dynamic.nic: no such block']],
  ['mistakes in a dynamic block', { dynamic: { disk: { content: { size: '8' } } } }, [
    'dynamic.disk.content.interface: required, but missing',
    'dynamic.disk.content.size: expected a number, got "8"',
    'dynamic.disk.for_each: required, but missing',
  ]],
  ['a list of objects twice', { network_device: [], dynamic: { network_device: { for_each: [1], content: { bridge: 'vmbr0', vlan: 1 } } } },
    ['dynamic.network_device.content.vlan: no such attribute or block', 'network_device: stands beside a dynamic block of the same name']],
  ['ignored change of nothing', { lifecycle: { ignore_changes: ['clone', 'disks[0].size'] } },
    ['lifecycle.ignore_changes: no such attribute or block: disks[0].size']],
  ['argument of Terraform in a nested block', { cpu: { count: 2 } }, ['cpu.count: no such attribute or block']],
])('%s', (_, body, problems) => {
  expect(vm(body).sort()).toEqual(problems.map((problem) => `${VM}.web.${problem}`));
});

test('attributes with nested attributes, maps and sets of objects are looked into', () => {
  const mapping = { name: 'gpu', map: [{ id: '10de:2204', nodes: 'pve', path: 1 }] };
  const patch = { disks: { scsi0: { size_gb: '8' }, scsi1: null }, timeouts: 5, clone: {} };
  expect(providerSchemaProblems({
    resource: { proxmox_hardware_mapping_pci: { gpu: mapping }, proxmox_cloned_vm: { a: { ...patch, node_name: 'pve', disk: patch.disks, disks: undefined } } },
  }).sort()).toEqual([
    'proxmox_cloned_vm.a.clone.source_vm_id: required, but missing',
    'proxmox_cloned_vm.a.disk.scsi0.size_gb: expected a number, got "8"',
    'proxmox_cloned_vm.a.disk.scsi1: an element cannot be null',
    'proxmox_cloned_vm.a.disks: no such attribute or block',
    'proxmox_cloned_vm.a.timeouts: expected a block, got 5',
    'proxmox_hardware_mapping_pci.gpu.map[0].node: required, but missing',
    'proxmox_hardware_mapping_pci.gpu.map[0].nodes: no such attribute or block',
    'proxmox_hardware_mapping_pci.gpu.map[0].path: expected a string, got 1',
  ]);
});

test('a block that has to be there is missed', () => {
  const hosts = (body: Json) => providerSchemaProblems({ resource: { proxmox_virtual_environment_hosts: { a: { node_name: 'pve', ...body } } } });
  expect(hosts({})).toEqual(['proxmox_virtual_environment_hosts.a.entry: at least 1 block, got 0']);
  expect(hosts({ entry: { address: '10.0.0.1', hostnames: ['a'] } })).toEqual([]);
  expect(hosts({ dynamic: { entry: { for_each: '${var.hosts}', content: { address: '${entry.key}', hostnames: '${entry.value}' } } } })).toEqual([]);
});

test('types the provider does not have, and those it deprecates, are named', () => {
  expect(providerSchemaProblems({
    resource: { proxmox_virtual_environment_machine: { a: {} }, talos_machines: { a: {} }, proxmox_virtual_environment_pool_membership: { a: { pool_id: 'p' } } },
    data: { proxmox_virtual_environment_vms2: { a: {} }, talos_cluster_kubeconfig: {} },
    ephemeral: { talos_machine: { a: {} }, talos_cluster_kubeconfig: { a: { cluster_name: 'k8s', endpoints: [], machine_secrets: '${x}' } } },
  })).toEqual([
    'proxmox_virtual_environment_machine: the provider has no such resource',
    'proxmox_virtual_environment_pool_membership: deprecated by the provider',
    'data.proxmox_virtual_environment_vms2: the provider has no such data source',
    'talos_machines: the provider has no such resource',
    'data.talos_cluster_kubeconfig: deprecated by the provider',
    'ephemeral.talos_machine: the provider has no such ephemeral resource',
    'ephemeral.talos_cluster_kubeconfig.a.endpoints: no such attribute or block',
    'ephemeral.talos_cluster_kubeconfig.a.endpoint: required, but missing',
  ]);
});

test('data sources and providers are checked like resources', () => {
  expect(providerSchemaProblems({
    provider: { proxmox: [{ endpoint: 1, ssh: { node: [{ name: 'pve' }], user: 'root' }, count: 2 }] },
    data: { proxmox_virtual_environment_vm: undefined, proxmox_vm: { a: { node_name: 'pve', id: '1', connection: {} } } },
  })).toEqual([
    'provider.proxmox[0].endpoint: expected a string, got 1',
    'provider.proxmox[0].count: no such attribute or block',
    'provider.proxmox[0].ssh.user: no such attribute or block',
    'provider.proxmox[0].ssh.node[0].address: required, but missing',
    'terraform.required_providers.proxmox: missing',
    'data.proxmox_virtual_environment_vm: deprecated by the provider',
    'data.proxmox_vm.a.id: expected a number, got "1"',
    'data.proxmox_vm.a.connection: no such attribute or block',
  ]);
});

test('a provider is required from its source, in the range of the table', () => {
  const config = (proxmox: Json) => ({ provider: { proxmox: {} }, terraform: { required_providers: [{ proxmox }] } });
  const expected = 'terraform.required_providers.proxmox: expected {"source":"bpg/proxmox","version":">= 0.112.0, < 1.0.0"}, got ';
  for (const wrong of [{ source: 'proxmox' }, { source: 'bpg/proxmox', version: '0.112.0' }]) {
    expect(providerSchemaProblems(config(wrong))).toEqual([expected + JSON.stringify(wrong)]);
  }
  expect(providerSchemaProblems(config({ source: 'bpg/proxmox', version: '>= 0.112.0, < 1.0.0' }))).toEqual([]);
});
