import { TerraformResource, TerraformVariable } from 'cdktf';
import {
  CpuType, DiskBus, DiskCache, DiskFormat, Duration, IpConfig, NetworkModel, ProvisioningProfile, GoldenImage, Secret, Size, VgaType, VirtualMachine,
} from '../../lib';
import { SSH_KEY, existing, stackWithCluster, ubuntuBase } from '../support/fixtures';
import { providerSchemaProblems } from '../support/provider-schema';
import { synthesize } from '../support/synth';

const VMS = 'data.proxmox_virtual_environment_vms.Pve_Vms.vms';
const NO_MORE = { disconnected: null, enabled: null, queues: null, rate_limit: null, trunks: null };
const DEVICE = { bridge: 'vmbr0', firewall: false, mac_address: null, model: 'virtio', mtu: null, vlan_id: null, ...NO_MORE };
const DISK = { backup: true, cache: 'none', datastore_id: 'tank', discard: 'on', interface: 'scsi0', iothread: true, replicate: true, size: 8, ssd: true };

test('with what is required: all hardware said again, from the template', () => {
  const stack = stackWithCluster();
  new VirtualMachine(stack, 'WebServer', { template: existing(stack) });
  const { terraform } = synthesize(stack);
  expect(terraform).toEqual({
    data: { proxmox_virtual_environment_vms: { Pve_Vms: {} } },
    output: {
      WebServer: {
        value: {
          ipv4_addresses: '${[for a in flatten(proxmox_virtual_environment_vm.WebServer.ipv4_addresses) : a if !startswith(a, "127.")]}',
          name: 'web-server',
          vm_id: '${proxmox_virtual_environment_vm.WebServer.vm_id}',
        },
      },
    },
    provider: { proxmox: [{ api_token: '${var.proxmox_api_token}', endpoint: 'https://pve.lan:8006' }] },
    resource: {
      proxmox_virtual_environment_vm: {
        WebServer: {
          agent: [{ enabled: true, timeout: '3m', trim: true }],
          bios: 'ovmf',
          boot_order: ['scsi0'],
          clone: [{ datastore_id: 'tank', full: true, node_name: 'pve', vm_id: 9150 }],
          cpu: [{ cores: 2, numa: false, sockets: 1, type: 'x86-64-v2-AES' }],
          description: '',
          disk: [DISK],
          efi_disk: [{ datastore_id: 'tank', pre_enrolled_keys: false, type: '4m' }],
          initialization: [{ datastore_id: 'tank', interface: 'scsi1', ip_config: [{ ipv4: [{ address: 'dhcp' }] }], upgrade: false }],
          lifecycle: {
            ignore_changes: ['clone'],
            precondition: [{
              condition: `\${length([for v in ${VMS} : v if v.vm_id == 9150 && v.template]) == 1}`,
              error_message: 'There is not exactly one template existing with VM id 9150 on https://pve.lan:8006 that these credentials may see. Build it, or correct the program.',
            }],
          },
          machine: 'q35',
          memory: [{ dedicated: 2048, floating: 0 }],
          name: 'web-server',
          network_device: [DEVICE],
          node_name: 'pve',
          on_boot: true,
          operating_system: [{ type: 'l26' }],
          scsi_hardware: 'virtio-scsi-single',
          serial_device: [{ device: 'socket' }],
          started: true,
          stop_on_destroy: true,
          tags: ['homelab_web-server'],
          vga: [{ type: 'std' }],
        },
      },
    },
    terraform: {
      backend: { local: { path: '../../../terraform.homelab.tfstate' } },
      required_providers: { proxmox: { source: 'bpg/proxmox', version: '>= 0.112.0, < 1.0.0' } },
    },
    variable: {
      proxmox_api_token: { description: 'Secret, given as TF_VAR_proxmox_api_token.', nullable: false, sensitive: true, type: 'string' },
    },
  });
  expect(providerSchemaProblems(terraform)).toEqual([]);
});

test('with every property', () => {
  const stack = stackWithCluster({ pool: 'lab' });
  const base = ubuntuBase(stack);
  const image = new GoldenImage(stack, 'Image', { baseTemplate: base, vmId: 9101, profile: ProvisioningProfile.minimal() });
  const vm = new VirtualMachine(stack, 'Web', {
    template: image,
    vmId: 200,
    machineName: 'web.home.arpa',
    node: 'pve2',
    fullClone: true,
    cores: 4,
    sockets: 2,
    cpuType: CpuType.HOST,
    memory: Size.gibibytes(8),
    minimumMemory: Size.gibibytes(4),
    vga: VgaType.SERIAL0,
    disks: [
      { size: Size.gibibytes(20), storage: 'fast' },
      { size: Size.gibibytes(100), bus: DiskBus.VIRTIO, cache: DiskCache.WRITEBACK, backup: false, replicate: false, discard: false, format: DiskFormat.RAW },
    ],
    networkDevices: [{ vlanTag: 7, firewall: true, macAddress: 'bc:24:11:00:00:01' }, { bridge: 'vmbr1', model: NetworkModel.E1000 }],
    cloudInit: {
      username: 'ops',
      sshKeys: [SSH_KEY, `  ${SSH_KEY.replace('ops@desk', () => '${HOME}')}\n`],
      password: Secret.fromEnvironment('ops_password'),
      ipConfigs: [
        IpConfig.of({ ipv4Address: '192.168.1.20/24', ipv4Gateway: '192.168.1.1', ipv6Address: '2001:db8::20/64', ipv6Gateway: 'fe80::1' }),
        IpConfig.of({ ipv6Address: 'auto' }),
      ],
      dnsServers: ['192.168.1.1', '2001:db8::1'],
      dnsDomain: 'home.arpa',
      upgradePackages: true,
    },
    tags: ['Web', 'prod'],
    description: 'Costs ${5} and 50 %{off}\n"quoted" ünïcode',
    started: false,
    startOnBoot: false,
    startOrder: { order: 2, upDelay: Duration.seconds(30), downDelay: Duration.minutes(2) },
    guestAgent: false,
    replaceOnImageChange: true,
    protection: true,
  });
  const { terraform } = synthesize(stack);
  const { lifecycle, ...machine } = terraform.resource.proxmox_virtual_environment_vm.Web;
  expect(machine).toEqual({
    agent: [{ enabled: false }],
    bios: 'ovmf',
    boot_order: ['scsi0'],
    clone: [{ datastore_id: 'fast', full: true, node_name: 'pve', vm_id: 9101 }],
    cpu: [{ cores: 4, numa: false, sockets: 2, type: 'host' }],
    depends_on: ['terraform_data.Image'],
    description: 'Costs $${5} and 50 %%{off}\n"quoted" ünïcode',
    disk: [
      { ...DISK, datastore_id: 'fast', size: 20 },
      {
        backup: false,
        cache: 'writeback',
        datastore_id: 'tank',
        discard: 'ignore',
        file_format: 'raw',
        interface: 'virtio0',
        iothread: true,
        replicate: false,
        size: 100,
      },
    ],
    efi_disk: [{ datastore_id: 'fast', pre_enrolled_keys: false, type: '4m' }],
    initialization: [{
      datastore_id: 'fast',
      dns: [{ domain: 'home.arpa', servers: ['192.168.1.1', '2001:db8::1'] }],
      interface: 'scsi2',
      ip_config: [
        { ipv4: [{ address: '192.168.1.20/24', gateway: '192.168.1.1' }], ipv6: [{ address: '2001:db8::20/64', gateway: 'fe80::1' }] },
        { ipv6: [{ address: 'auto' }] },
      ],
      upgrade: true,
      user_account: [{ keys: [SSH_KEY, SSH_KEY.replace('ops@desk', () => '$${HOME}')], password: '${var.ops_password}', username: 'ops' }],
    }],
    machine: 'q35',
    memory: [{ dedicated: 8192, floating: 4096 }],
    name: 'web.home.arpa',
    network_device: [
      { ...DEVICE, vlan_id: 7, firewall: true, mac_address: 'BC:24:11:00:00:01' },
      { ...DEVICE, bridge: 'vmbr1', model: 'e1000' },
    ],
    node_name: 'pve2',
    on_boot: false,
    operating_system: [{ type: 'l26' }],
    pool_id: 'lab',
    protection: true,
    scsi_hardware: 'virtio-scsi-single',
    serial_device: [{ device: 'socket' }],
    started: false,
    startup: [{ down_delay: 120, order: 2, up_delay: 30 }],
    stop_on_destroy: true,
    tags: ['homelab_web', 'prod', 'web'],
    vga: [{ type: 'serial0' }],
    vm_id: 200,
  });
  expect(Object.keys(lifecycle)).toEqual(['precondition', 'replace_triggered_by']);
  expect(lifecycle.replace_triggered_by).toEqual(['terraform_data.Image']);
  expect(lifecycle.precondition.map((p: any) => p.error_message.split(' ').slice(0, 6).join(' '))).toEqual(['VM id 200 is held by', 'VM id 200 is held by']);
  expect(lifecycle.precondition[0].condition).toContain('!((contains(v.tags, "homelab_web") && !v.template))');
  expect(terraform.output.Web).toEqual({ value: { name: 'web.home.arpa', vm_id: '${proxmox_virtual_environment_vm.Web.vm_id}' } });
  expect(providerSchemaProblems(terraform)).toEqual([]);
  expect([vm.machineName, vm.nodeName, vm.hardware.cores]).toEqual(['web.home.arpa', 'pve2', 4]);
});

test('a linked clone lies where its template lies, and the provider is told no storage', () => {
  const stack = stackWithCluster();
  new VirtualMachine(stack, 'Web', { template: existing(stack), fullClone: false, disks: [{ size: Size.gibibytes(10) }] });
  const { terraform } = synthesize(stack);
  expect(terraform.resource.proxmox_virtual_environment_vm.Web.clone).toEqual([{ full: false, node_name: 'pve', vm_id: 9150 }]);
  expect(providerSchemaProblems(terraform)).toEqual([]);
});

test('disks are added to those of the template, and the cloud-init drive stands behind them', () => {
  const stack = stackWithCluster();
  const template = existing(stack, { cloudInitSlot: 'scsi1' });
  new VirtualMachine(stack, 'One', { template });
  new VirtualMachine(stack, 'Three', { template, disks: [8, 16, 32].map((size) => ({ size: Size.gibibytes(size) })) });
  const { One, Three } = synthesize(stack).terraform.resource.proxmox_virtual_environment_vm;
  expect([One, Three].map((vm) => [vm.disk.map((disk: any) => `${disk.interface} ${disk.size}`).join(), vm.initialization[0].interface])).toEqual([
    ['scsi0 8', 'scsi1'], ['scsi0 8,scsi1 16,scsi2 32', 'scsi3'],
  ]);
});

test('a template without cloud-init or agent gives machines without', () => {
  const stack = stackWithCluster();
  const template = existing(stack, { guest: { osName: 'appliance-1', osType: existing(stack, {}, 'Any').guest.osType, hasCloudInit: false, hasGuestAgent: false } });
  new VirtualMachine(stack, 'Box', { template, networkDevices: [] });
  const { terraform } = synthesize(stack);
  const { initialization, agent, network_device } = terraform.resource.proxmox_virtual_environment_vm.Box;
  expect([initialization, agent, network_device]).toEqual([undefined, [{ enabled: false }], []]);
  expect(terraform.output.Box.value.ipv4_addresses).toBeUndefined();
  expect(providerSchemaProblems(terraform)).toEqual([]);
});

test('a machine whose agent may be late is done without its addresses', () => {
  const stack = stackWithCluster();
  new VirtualMachine(stack, 'Web', { template: existing(stack), waitForAddresses: false });
  const { terraform } = synthesize(stack);
  expect(terraform.resource.proxmox_virtual_environment_vm.Web.agent).toEqual([{ enabled: true, timeout: '3m', trim: true, wait_for_ip: [{ disabled: true }] }]);
  expect(terraform.output.Web.value).toEqual({ name: 'web', vm_id: '${proxmox_virtual_environment_vm.Web.vm_id}' });
  expect(providerSchemaProblems(terraform)).toEqual([]);
});

test('a machine without a network device asks no DHCP', () => {
  const stack = stackWithCluster();
  new VirtualMachine(stack, 'Box', { template: existing(stack), networkDevices: [] });
  expect(synthesize(stack).terraform.resource.proxmox_virtual_environment_vm.Box.initialization[0].ip_config).toEqual([]);
});

test('own user data is a snippet of the machine', () => {
  const stack = stackWithCluster({ ssh: {} });
  new VirtualMachine(stack, 'Web', { template: existing(stack), node: 'pve2', cloudInit: { userData: '#cloud-config\nruncmd: ["echo ${HOME} 100%{x}"]\n' } });
  const { terraform } = synthesize(stack);
  expect(terraform.resource.proxmox_virtual_environment_file).toEqual({
    Web_UserData_EFDA391A: {
      content_type: 'snippets',
      datastore_id: 'local',
      node_name: 'pve2',
      source_raw: [{ data: '#cloud-config\nruncmd: ["echo $${HOME} 100%%{x}"]\n', file_name: 'homelab_web.user-data.yaml' }],
    },
  });
  expect(terraform.resource.proxmox_virtual_environment_vm.Web.initialization[0].user_data_file_id)
    .toBe('${proxmox_virtual_environment_file.Web_UserData_EFDA391A.id}');
  expect(providerSchemaProblems(terraform)).toEqual([]);
});

test('what Terraform alone reads may be known only when it runs', () => {
  const stack = stackWithCluster({ ssh: {} });
  const text = (id: string) => new TerraformVariable(stack, id, { type: 'string' }).stringValue;
  const servers = new TerraformVariable(stack, 'servers', { type: 'list(string)' });
  const count = new TerraformVariable(stack, 'count_of_cores', { type: 'number' });
  new VirtualMachine(stack, 'Web', {
    template: existing(stack),
    machineName: text('name'),
    node: text('node'),
    cores: count.numberValue,
    description: `Belongs to ${text('whose')}, costs \${5}`,
    disks: [{ size: Size.gibibytes(8), storage: text('storage') }],
    networkDevices: [{ bridge: text('bridge') }],
    startOrder: { order: count.numberValue },
    cloudInit: {
      username: text('username'),
      sshKeys: [text('key')],
      ipConfigs: [IpConfig.fixed(text('address'), text('gateway'))],
      dnsServers: servers.listValue,
      dnsDomain: text('domain'),
    },
  });
  new VirtualMachine(stack, 'Second', { template: existing(stack, {}, 'Other'), cloudInit: { userData: text('user_data') } });
  const { terraform } = synthesize(stack);
  const { Web, Second } = terraform.resource.proxmox_virtual_environment_vm;
  expect([Web.name, Web.node_name, Web.cpu[0].cores, Web.description, Web.disk[0].datastore_id, Web.network_device[0].bridge, Web.startup]).toEqual([
    '${var.name}', '${var.node}', '${var.count_of_cores}', 'Belongs to ${var.whose}, costs $${5}', '${var.storage}', '${var.bridge}',
    [{ order: '${var.count_of_cores}' }],
  ]);
  expect(Web.initialization).toEqual([{
    datastore_id: '${var.storage}',
    dns: [{ domain: '${var.domain}', servers: '${var.servers}' }],
    interface: 'scsi1',
    ip_config: [{ ipv4: [{ address: '${var.address}', gateway: '${var.gateway}' }] }],
    upgrade: false,
    user_account: [{ keys: ['${var.key}'], username: '${var.username}' }],
  }]);
  expect(Second.initialization[0].user_data_file_id).toMatch(/^\$\{proxmox_virtual_environment_file\./);
  expect(Object.values<any>(terraform.resource.proxmox_virtual_environment_file)[0].source_raw[0].data).toBe('${var.user_data}');
  expect(providerSchemaProblems(terraform)).toEqual([]);
});

test('id and addresses can be used by others', () => {
  const stack = stackWithCluster();
  const web = new VirtualMachine(stack, 'Web', { template: existing(stack) });
  new VirtualMachine(stack, 'Client', { template: existing(stack, {}, 'Other'), description: `beside ${web.vmId}`, cloudInit: { dnsServers: web.ipv4Addresses } });
  const { Client } = synthesize(stack).terraform.resource.proxmox_virtual_environment_vm;
  expect(Client.description).toBe('beside ${proxmox_virtual_environment_vm.Web.vm_id}');
  expect(Client.initialization[0].dns[0].servers).toBe('${[for a in flatten(proxmox_virtual_environment_vm.Web.ipv4_addresses) : a if !startswith(a, "127.")]}');
});

test('the last door of the core is open: its overrides reach the machine', () => {
  const stack = stackWithCluster();
  const web = new VirtualMachine(stack, 'Web', { template: existing(stack) });
  const resource = web.node.defaultChild as TerraformResource;
  resource.addOverride('numa', [{ device: 'numa0', cpus: '0-1', memory: 2048 }]);
  resource.addOverride('timeout_clone', 600);
  const { Web } = synthesize(stack).terraform.resource.proxmox_virtual_environment_vm;
  expect([Web.numa, Web.timeout_clone]).toEqual([[{ device: 'numa0', cpus: '0-1', memory: 2048 }], 600]);
});
