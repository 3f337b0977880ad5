import { CpuType, DiskFormat, Size, VgaType, gpu, talos } from '../../lib';
import { mistakes } from '../support/errors';
import { cluster as pve, stackWithCluster } from '../support/fixtures';
import { newStack, synthesize } from '../support/synth';
import { HA, NVIDIA, PLAN, clusterAlone, configurationOf, documentsOf, talosCluster, talosImage } from './clusters';

const { ConfigPatch } = talos;

/** The machines of a stack by their names, without templates. */
function machines(terraform: any): { [name: string]: any } {
  const all = Object.values<any>(terraform.resource.proxmox_virtual_environment_vm).filter((vm) => vm.template !== true);
  return Object.fromEntries(all.map((vm) => [vm.name, vm]));
}

test('with every property', () => {
  const stack = newStack();
  pve(stack, { vmIdPlan: PLAN });
  const image = talosImage(stack);
  const cluster = talosCluster(stack, { ...HA, image });
  const gpus = talosImage(stack, { schematic: NVIDIA, vmId: 9001 }, 'GpuTalos');
  const pool = cluster.addPool('Gpu', {
    addresses: ['192.168.1.31', '192.168.1.32'],
    image: gpus,
    proxmoxNodes: ['pve1', 'pve2'],
    diskSize: Size.gibibytes(100),
    storage: 'fast',
    additionalDisks: [{ size: Size.gibibytes(500), storage: 'slow', format: DiskFormat.RAW, backup: false }],
    cores: 8,
    sockets: 2,
    cpuType: CpuType.HOST,
    memory: Size.gibibytes(32),
    networkDevices: [{ bridge: 'vmbr1', vlanTag: 7 }, {}],
    vga: VgaType.SERIAL0,
    gpus: [gpu.GpuDevice.fromMapping('rtx4000')],
    labels: { 'example.com/gpu': 'rtx4000', 'a': '' },
    taints: { 'nvidia.com/gpu': 'present:NoSchedule' },
    configPatches: [ConfigPatch.sysctls({ 'vm.max_map_count': '262144' })],
    startOrder: { order: 3 },
    protection: true,
    tags: ['Gpu'],
  });
  const { terraform } = synthesize(stack);
  const { 'k8s-gpu-31': first, 'k8s-gpu-32': second } = machines(terraform);
  expect([first.node_name, second.node_name]).toEqual(['pve1', 'pve2']);
  expect(first).toMatchObject({
    clone: [{ datastore_id: 'fast', full: true, node_name: 'pve', vm_id: 9001 }],
    cpu: [{ cores: 8, numa: false, sockets: 2, type: 'host' }],
    disk: [
      { datastore_id: 'fast', interface: 'scsi0', size: 100 }, { backup: false, datastore_id: 'slow', file_format: 'raw', interface: 'scsi1', size: 500 },
    ],
    hostpci: [{ device: 'hostpci0', mapping: 'rtx4000' }],
    initialization: [{ interface: 'scsi2', ip_config: [{ ipv4: [{ address: '192.168.1.31/24', gateway: '192.168.1.1' }] }] }],
    memory: [{ dedicated: 32_768, floating: 0 }],
    network_device: [{ bridge: 'vmbr1', vlan_id: 7 }, { bridge: 'vmbr0' }],
    protection: true,
    startup: [{ order: 3 }],
    tags: ['gpu', 'homelab_k8s-gpu-31', 'talos', 'talos-worker'],
    vga: [{ type: 'serial0' }],
  });
  expect(documentsOf(terraform, 'k8s-gpu-31').slice(5)).toEqual([
    { machine: { nodeLabels: { 'a': '', 'example.com/gpu': 'rtx4000' } } },
    { machine: { kubelet: { extraConfig: { registerWithTaints: [{ effect: 'NoSchedule', key: 'nvidia.com/gpu', value: 'present' }] } } } },
    { machine: { kernel: { modules: ['nvidia', 'nvidia_uvm', 'nvidia_drm', 'nvidia_modeset'].map((name) => ({ name })) } } },
    { machine: { sysctls: { 'vm.max_map_count': '262144' } } },
  ]);
  expect(configurationOf(terraform, 'k8s-gpu-31').config_patches[0]).toContain(`/nocloud-installer/${NVIDIA.schematicId}:v1.13.9`);
  expect(configurationOf(terraform, 'k8s-control-plane-11').config_patches[0]).toContain(`/nocloud-installer/${image.schematic.schematicId}:v1.13.9`);
  expect([pool.image, pool.machineType, pool.nodes.map(({ nodeName }) => nodeName)]).toEqual([gpus, 'worker', ['k8s-gpu-31', 'k8s-gpu-32']]);
  expect(terraform.output.K8s_upgrade.value.slice(-3, -2)).toEqual([`talosctl upgrade --nodes 192.168.1.31 --image ${gpus.installerImage} --wait`]);
});

test('the control plane is a pool, too: cards, disks, labels', () => {
  const stack = stackWithCluster();
  const image = talosImage(stack, { schematic: NVIDIA });
  talosCluster(stack, {
    image, controlPlane: { addresses: ['192.168.1.11'], gpus: [gpu.GpuDevice.fromMapping('rtx4000')], labels: { 'node-role.kubernetes.io/gpu': '' }, memory: Size.gibibytes(2) },
  });
  const { terraform } = synthesize(stack);
  expect(machines(terraform)['k8s-control-plane-11']).toMatchObject({ hostpci: [{ mapping: 'rtx4000' }], memory: [{ dedicated: 2048 }] });
  expect(documentsOf(terraform, 'k8s-control-plane-11')).toContainEqual({ machine: { nodeLabels: { 'node-role.kubernetes.io/gpu': '' } } });
});

test('a node keeps its name, its machine and its configuration, whatever happens to the others', () => {
  const written = (addresses: string[]) => {
    const { terraform } = clusterAlone({}, (k8s) => k8s.addPool('W', { addresses, proxmoxNodes: ['pve', 'pve2', 'pve3'] }));
    const named = (kind: 'data' | 'resource', type: string) => Object.fromEntries(Object.entries(terraform[kind][type]).filter(([name]) => name.startsWith('K8s_W_')));
    return { ...named('resource', 'proxmox_virtual_environment_vm'), ...named('data', 'talos_machine_configuration') };
  };
  const all = written(['192.168.1.21', '192.168.1.22', '192.168.1.23']);
  for (const addresses of [['192.168.1.23', '192.168.1.21'], ['192.168.1.22'], ['192.168.1.30', '192.168.1.22']]) {
    const some = written(addresses);
    for (const [name, element] of Object.entries(some)) if (name in all) expect([name, element]).toEqual([name, all[name as keyof typeof all]]);
    expect(Object.keys(some).filter((name) => name in all)).toHaveLength(addresses.filter((address) => /2[123]$/.test(address)).length);
  }
});

test('names go by the place in the subnet', () => {
  const names = (subnet: string, addresses: string[], prefix: string = '10.1') => {
    const { cluster } = clusterAlone({ network: { subnet }, controlPlane: { addresses: [`${prefix}.255.254`] } }, (k8s) => k8s.addPool('W', { addresses }));
    return cluster.workerPools[0].nodes.map(({ nodeName }) => nodeName);
  };
  expect(names('10.1.0.0/16', ['10.1.0.21', '10.1.1.21'])).toEqual(['k8s-w-21', 'k8s-w-277']);
  expect(names('10.1.255.128/25', ['10.1.255.129', '10.1.255.200'])).toEqual(['k8s-w-1', 'k8s-w-72']);
  expect(names('10.0.0.0/8', ['10.255.255.253'])).toEqual(['k8s-w-16777213']);
});

test('the disk is as large as that of the image at least', () => {
  const sizes = (image?: Size, disk?: Size) => {
    const stack = stackWithCluster();
    talosCluster(stack, { image: talosImage(stack, { diskSize: image }), controlPlane: { addresses: ['192.168.1.11'], diskSize: disk } });
    return machines(synthesize(stack).terraform)['k8s-control-plane-11'].disk[0].size;
  };
  expect([sizes(), sizes(Size.gibibytes(40)), sizes(Size.gibibytes(12), Size.gibibytes(16))]).toEqual([32, 40, 16]);
});

test('what the image has counts where nothing is said', () => {
  const stack = stackWithCluster();
  const image = talosImage(stack, { memory: Size.gibibytes(1), cores: 6 });
  expect(() => talosCluster(stack, { image })).toThrow('[talos-memory-too-small] controlPlane.memory, got: 1 GiB');
  const cluster = talosCluster(stack, { image, controlPlane: { addresses: ['192.168.1.11'], memory: Size.gibibytes(4) } }, 'Other');
  cluster.addPool('W', { addresses: ['192.168.1.21'] });
  expect(machines(synthesize(stack).terraform)['other-w-21']).toMatchObject({ cpu: [{ cores: 6 }], memory: [{ dedicated: 1024 }] });
});

test('without a router or name servers', () => {
  const { terraform } = clusterAlone({ network: { subnet: '192.168.1.0/24' } });
  expect(machines(terraform)['k8s-control-plane-11'].initialization).toEqual([
    { datastore_id: 'tank', interface: 'scsi1', ip_config: [{ ipv4: [{ address: '192.168.1.11/24' }] }], upgrade: false },
  ]);
  expect(documentsOf(terraform, 'k8s-control-plane-11').filter(({ kind }) => ['LinkConfig', 'ResolverConfig'].includes(kind))).toEqual([
    { apiVersion: 'v1alpha1', kind: 'LinkConfig', name: 'eth0', addresses: [{ address: '192.168.1.11/24' }] },
  ]);
});

test('pools whose ids give the same names, that of the control plane among them, and ids that are taken', () => {
  const added = (...ids: string[]) => mistakes(() => clusterAlone({}, (k8s) => ids.forEach((id, i) => k8s.addPool(id, { addresses: [`192.168.1.2${i}`] }))));
  expect(added('w', 'W')).toEqual(['owner-claimed-twice id "homelab_k8s-w"']);
  expect(added('control-plane')).toEqual(['owner-claimed-twice id "homelab_k8s-control-plane"']);
  expect(added('w', 'w')).toEqual(['pool-twice id "w"']);
  expect([added('Bootstrap'), added('')]).toEqual([['pool-twice id "Bootstrap"'], ['pool-twice id ""']]);
});
