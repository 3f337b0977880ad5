import { TerraformOutput } from 'cdktf';
import { Secret, TalosCluster, TalosClusterProps, talos } from '../../lib';
import { PlainOutput } from '../../lib/assembly';
import { cluster as pve, stackWithCluster } from '../support/fixtures';
import { providerSchemaProblems } from '../support/provider-schema';
import { newApp, newStack, synthesize } from '../support/synth';
import { HA, NETWORK, clusterAlone, configurationOf, documentsOf, elements, talosCluster, talosImage } from './clusters';

const { ClusterEndpoint, ConfigContract, ConfigPatch, MachineType } = talos;

const INSTALLER = 'factory.talos.dev/nocloud-installer/ce4c980550dd2ab1b17bbf2b08801c7eb59418eafe8f279833297925d67c7515:v1.13.9';
const NODE = 'K8s_ControlPlane_11_B47CA532';
const CLIENT = '${talos_machine_secrets.K8s.client_configuration}';
const VMS = 'data.proxmox_virtual_environment_vms.Pve_Vms.vms';

const SINGLE = 'on which etcd of k8s is, and with it all that is in the cluster. A single node cannot be exchanged for another: let the control plane grow to three nodes first, '
  + 'or make a new cluster and move what runs there. Of a control plane that shrinks to one, let the others leave first (talosctl reset --graceful), and name them in removedControlPlaneNodes.';

/** The first lines of a rule that is broken, as Terraform would show them. */
function guard(tags: string[], name: string = 'k8s') {
  const tag = 'homelab_k8s-control-plane';
  const leaving = `if !v.template && length([for t in v.tags : t if can(regex("^${tag}-[0-9]+$", t)) && !contains(${JSON.stringify(tags.map((key) => `${tag}-${key}`))}, t)]) > 0]`;
  return {
    condition: `\${length([for v in ${VMS} : v ${leaving}) == 0}`,
    error_message: `This would delete \${join(", ", [for v in ${VMS} : v.name ${leaving})}, ${tags.length === 1 ? SINGLE : `a control plane node of ${name}, and etcd would count it as failed. `
      + 'Let it leave first: talosctl reset --nodes ADDRESS --graceful --wait (for a node that is dead already: talosctl etcd remove-member), '
      + 'then kubectl delete node NAME. Then name its ADDRESS in removedControlPlaneNodes.'}`,
  };
}

const CONTRACT = {
  condition: '${terraform_data.K8s_contract.output == "v1.13"}',
  error_message: 'The cluster k8s was made with the contract ${terraform_data.K8s_contract.output}, and v1.13 changes what is generated: a raised one can make its secrets unreadable. '
    + 'Leave configContract as it was. Where Talos\'s notes on the release say that it may be raised, apply once with -replace=terraform_data.K8s_contract.',
};

/** Made once: another contract makes no new ones. */
const SECRETS = { lifecycle: { ignore_changes: ['talos_version'] }, talos_version: 'v1.13' };

test('with what is required: one node, with its workloads on it', () => {
  const stack = stackWithCluster();
  const image = talosImage(stack);
  const cluster = new TalosCluster(stack, 'K8s', {
    image, configContract: ConfigContract.V1_13, kubernetesVersion: '1.35.2', network: NETWORK, controlPlane: { addresses: ['192.168.1.11'] },
  });
  const { terraform } = synthesize(stack);
  // Without the template, which has a test of its own.
  const { proxmox_virtual_environment_vm: { Talos, ...machines }, proxmox_download_file: _, talos_image_factory_schematic: __, ...rest } = terraform.resource;
  const resources = { ...rest, terraform_data: { ...rest.terraform_data, Talos: undefined } };
  const output = { ...terraform.output, Talos: undefined };
  const { talos_machine_configuration: configurations, talos_client_configuration: clients, ...proxmox } = terraform.data;
  expect(configurations).toEqual({
    [NODE]: {
      cluster_endpoint: 'https://192.168.1.11:6443',
      cluster_name: 'k8s',
      config_patches: [
        `{"machine":{"install":{"disk":"/dev/sda","image":"${INSTALLER}"}}}`,
        '{"apiVersion":"v1alpha1","kind":"HostnameConfig","auto":"off","hostname":"k8s-control-plane-11"}',
        '{"apiVersion":"v1alpha1","kind":"LinkConfig","name":"eth0","addresses":[{"address":"192.168.1.11/24"}],"routes":[{"gateway":"192.168.1.1"}]}',
        '{"apiVersion":"v1alpha1","kind":"ResolverConfig","nameservers":[{"address":"192.168.1.1"}]}',
        '{"machine":{"kubelet":{"nodeIP":{"validSubnets":["192.168.1.0/24"]}}}}',
        '{"cluster":{"etcd":{"advertisedSubnets":["192.168.1.0/24"]}}}',
        '{"cluster":{"apiServer":{"certSANs":["192.168.1.11"]}}}',
        '{"cluster":{"allowSchedulingOnControlPlanes":true}}',
        '{"machine":{"nodeLabels":{"node.kubernetes.io/exclude-from-external-load-balancers":{"$patch":"delete"}}}}',
      ],
      docs: false,
      examples: false,
      kubernetes_version: '1.35.2',
      machine_secrets: '${talos_machine_secrets.K8s.machine_secrets}',
      machine_type: 'controlplane',
      talos_version: 'v1.13',
    },
  });
  expect(clients).toEqual({ K8s: { client_configuration: CLIENT, cluster_name: 'k8s', endpoints: ['192.168.1.11'], nodes: ['192.168.1.11'] } });
  expect(Object.keys(proxmox)).toEqual(['proxmox_virtual_environment_containers', 'proxmox_virtual_environment_vms']);
  expect(output).toEqual({
    [NODE]: { value: { name: 'k8s-control-plane-11', vm_id: `\${proxmox_virtual_environment_vm.${NODE}.vm_id}` } },
    K8s_kubeconfig: { description: 'kubeconfig of k8s: terraform output -raw K8s_kubeconfig', sensitive: true, value: '${talos_cluster_kubeconfig.K8s.kubeconfig_raw}' },
    K8s_talosconfig: {
      description: 'Configuration of talosctl for k8s: terraform output -raw K8s_talosconfig', sensitive: true, value: '${data.talos_client_configuration.K8s.talos_config}',
    },
    K8s_upgrade: {
      description: 'What brings the nodes of k8s to the releases of the program, one after the other',
      sensitive: false,
      value: [`talosctl upgrade --nodes 192.168.1.11 --image ${INSTALLER} --wait`, 'talosctl upgrade-k8s --nodes 192.168.1.11 --to KUBERNETES_VERSION'],
    },
  });
  expect(machines).toEqual({
    [NODE]: {
      agent: [{ enabled: true, timeout: '3m', trim: true, wait_for_ip: [{ disabled: true }] }],
      bios: 'ovmf',
      boot_order: ['scsi0'],
      clone: [{ datastore_id: 'tank', full: true, node_name: 'pve', vm_id: 9000 }],
      cpu: [{ cores: 2, numa: false, sockets: 1, type: 'host' }],
      depends_on: ['proxmox_virtual_environment_vm.Talos'],
      description: 'Node of the Talos cluster k8s',
      disk: [{ backup: true, cache: 'none', datastore_id: 'tank', discard: 'on', interface: 'scsi0', iothread: false, replicate: true, size: 32, ssd: true }],
      efi_disk: [{ datastore_id: 'tank', pre_enrolled_keys: false, type: '4m' }],
      initialization: [{
        datastore_id: 'tank',
        dns: [{ servers: ['192.168.1.1'] }],
        interface: 'scsi1',
        ip_config: [{ ipv4: [{ address: '192.168.1.11/24', gateway: '192.168.1.1' }] }],
        upgrade: false,
      }],
      lifecycle: { ignore_changes: ['clone', 'node_name'] },
      machine: 'q35',
      memory: [{ dedicated: 4096, floating: 0 }],
      name: 'k8s-control-plane-11',
      network_device: Talos.network_device,
      node_name: 'pve',
      on_boot: true,
      operating_system: [{ type: 'l26' }],
      scsi_hardware: 'virtio-scsi-pci',
      serial_device: [{ device: 'socket' }],
      started: true,
      stop_on_destroy: true,
      tags: ['homelab_k8s-control-plane-11', 'talos', 'talos-controlplane'],
      vga: [{ type: 'std' }],
    },
  });
  expect(resources).toEqual({
    talos_cluster_kubeconfig: { K8s: { client_configuration: CLIENT, depends_on: ['talos_machine_bootstrap.K8s'], node: '192.168.1.11' } },
    talos_machine_bootstrap: {
      K8s: {
        client_configuration: CLIENT,
        depends_on: ['terraform_data.K8s', `talos_machine_configuration_apply.${NODE}`],
        lifecycle: { replace_triggered_by: [`terraform_data.${NODE}`] },
        node: '192.168.1.11',
      },
    },
    talos_machine_configuration_apply: {
      [NODE]: {
        client_configuration: CLIENT,
        depends_on: [`proxmox_virtual_environment_vm.${NODE}`],
        lifecycle: { replace_triggered_by: [`terraform_data.${NODE}`] },
        machine_configuration_input: `\${data.talos_machine_configuration.${NODE}.machine_configuration}`,
        node: '192.168.1.11',
      },
    },
    talos_machine_secrets: { K8s: SECRETS },
    terraform_data: {
      K8s: { input: ['k8s-control-plane-11'], lifecycle: { precondition: [guard(['11']), CONTRACT] } },
      K8s_contract: { input: 'v1.13', lifecycle: { ignore_changes: ['input'] } },
      [NODE]: { input: `\${proxmox_virtual_environment_vm.${NODE}.id}` },
    },
  });
  expect(terraform.provider.talos).toEqual([{}]);
  expect(Object.keys(terraform.variable)).toEqual(['proxmox_api_token']);
  expect([cluster.clusterName, cluster.endpoint, cluster.workerPools, cluster.controlPlane.nodes.map(({ nodeName, address }) => [nodeName, address])]).toEqual([
    'k8s', 'https://192.168.1.11:6443', [], [['k8s-control-plane-11', '192.168.1.11']],
  ]);
});

test('highly available: an address of its own, and workers', () => {
  const { terraform, cluster } = clusterAlone({ ...HA, cni: talos.Cni.cilium() }, (k8s) => {
    k8s.addPool('Workers', { addresses: ['192.168.1.21', '192.168.1.22'], proxmoxNodes: ['pve', 'pve2'] });
  });
  const configurations = elements(terraform, 'data', 'talos_machine_configuration');
  expect(Object.entries(configurations).map(([name, one]) => [name, one.machine_type, one.cluster_endpoint])).toEqual([
    ...['11', '12', '13'].map((key) => [`K8s_ControlPlane_${key}`, 'controlplane', 'https://192.168.1.10:6443']),
    ...['21', '22'].map((key) => [`K8s_Workers_${key}`, 'worker', 'https://192.168.1.10:6443']),
  ]);
  const cilium = talos.Cni.cilium().bind({ machines: 5 });
  const bound = (machineType: talos.MachineType) => cilium.flatMap((patch) => patch.bind({ contract: ConfigContract.V1_13, machineType, path: '' }));
  expect(documentsOf(terraform, 'k8s-control-plane-12')).toEqual([
    { machine: { install: { disk: '/dev/sda', image: INSTALLER } } },
    { apiVersion: 'v1alpha1', kind: 'HostnameConfig', auto: 'off', hostname: 'k8s-control-plane-12' },
    { apiVersion: 'v1alpha1', kind: 'LinkConfig', name: 'eth0', addresses: [{ address: '192.168.1.12/24' }], routes: [{ gateway: '192.168.1.1' }] },
    { apiVersion: 'v1alpha1', kind: 'ResolverConfig', nameservers: [{ address: '192.168.1.1' }] },
    { machine: { kubelet: { nodeIP: { validSubnets: ['192.168.1.0/24'] } } } },
    { cluster: { etcd: { advertisedSubnets: ['192.168.1.0/24'] } } },
    { cluster: { apiServer: { certSANs: ['192.168.1.10', '192.168.1.11', '192.168.1.12', '192.168.1.13'] } } },
    { apiVersion: 'v1alpha1', kind: 'Layer2VIPConfig', name: '192.168.1.10', link: 'eth0' },
    ...bound(MachineType.CONTROL_PLANE),
  ]);
  expect(documentsOf(terraform, 'k8s-workers-21')).toEqual([
    { machine: { install: { disk: '/dev/sda', image: INSTALLER } } },
    { apiVersion: 'v1alpha1', kind: 'HostnameConfig', auto: 'off', hostname: 'k8s-workers-21' },
    { apiVersion: 'v1alpha1', kind: 'LinkConfig', name: 'eth0', addresses: [{ address: '192.168.1.21/24' }], routes: [{ gateway: '192.168.1.1' }] },
    { apiVersion: 'v1alpha1', kind: 'ResolverConfig', nameservers: [{ address: '192.168.1.1' }] },
    { machine: { kubelet: { nodeIP: { validSubnets: ['192.168.1.0/24'] } } } },
    ...bound(MachineType.WORKER),
  ]);
  const applied = elements(terraform, 'resource', 'talos_machine_configuration_apply');
  expect(Object.values(applied).map(({ node }) => node)).toEqual(['192.168.1.11', '192.168.1.12', '192.168.1.13', '192.168.1.21', '192.168.1.22']);
  const { talos_machine_bootstrap: { K8s: bootstrap }, talos_cluster_kubeconfig: { K8s: kubeconfig }, terraform_data: { K8s: guarded } } = terraform.resource;
  // The workers are not waited for, and a control plane that has lost its first node is not made anew.
  expect([bootstrap.node, bootstrap.lifecycle, bootstrap.depends_on.map((address: string) => address.replace(/_[0-9A-F]{8}$/, ''))]).toEqual([
    '192.168.1.11', undefined, ['terraform_data.K8s', ...['11', '12', '13'].map((key) => `talos_machine_configuration_apply.K8s_ControlPlane_${key}`)],
  ]);
  expect(kubeconfig.node).toBe('192.168.1.11');
  expect(guarded).toEqual({ input: ['11', '12', '13'].map((key) => `k8s-control-plane-${key}`), lifecycle: { precondition: [guard(['11', '12', '13']), CONTRACT] } });
  expect(terraform.data.talos_client_configuration.K8s).toMatchObject({
    endpoints: ['192.168.1.11', '192.168.1.12', '192.168.1.13'], nodes: ['192.168.1.11'],
  });
  expect(terraform.output.K8s_upgrade.value).toEqual([
    ...['11', '12', '13', '21', '22'].map((key) => `talosctl upgrade --nodes 192.168.1.${key} --image ${INSTALLER} --wait`), 'kubectl --namespace kube-system delete job cilium-install --ignore-not-found',
    'talosctl upgrade-k8s --nodes 192.168.1.11 --to KUBERNETES_VERSION',
  ]);
  const machines = Object.entries(elements(terraform, 'resource', 'proxmox_virtual_environment_vm', 'K8s'));
  expect(machines.map(([, vm]) => [vm.name, vm.node_name, vm.tags.join()])).toEqual([
    ...['11', '12', '13'].map((key) => [`k8s-control-plane-${key}`, 'pve', `homelab_k8s-control-plane-${key},talos,talos-controlplane`]),
    ['k8s-workers-21', 'pve', 'homelab_k8s-workers-21,talos,talos-worker'], ['k8s-workers-22', 'pve2', 'homelab_k8s-workers-22,talos,talos-worker'],
  ]);
  expect([cluster.endpoint, cluster.workerPools.map((pool) => [pool.node.id, pool.machineType, pool.nodes.length])]).toEqual(['https://192.168.1.10:6443', [['Workers', 'worker', 2]]]);
});

test('addresses by DHCP: what the agent reports, in the network of the cluster', () => {
  const { terraform } = clusterAlone({ controlPlane: { count: 3 }, endpoint: ClusterEndpoint.virtualIp('192.168.1.10') }, (k8s) => k8s.addPool('Workers', { count: 2 }));
  const names = Object.keys(terraform.data.talos_machine_configuration);
  expect(names.map((name) => name.replace(/_[0-9A-F]{8}$/, ''))).toEqual(['K8s_ControlPlane_1', 'K8s_ControlPlane_2', 'K8s_ControlPlane_3', 'K8s_Workers_1', 'K8s_Workers_2']);
  const reported = (name: string) => {
    const machine = terraform.resource.proxmox_virtual_environment_vm[name].name;
    return `\${try([for a in flatten(proxmox_virtual_environment_vm.${name}.ipv4_addresses) : a if cidrhost("\${a}/24", 0) == "192.168.1.0" && a != "192.168.1.10"][0], "${machine}")}`;
  };
  for (const name of names) {
    expect(terraform.resource.talos_machine_configuration_apply[name].node).toBe(reported(name));
    expect(terraform.resource.proxmox_virtual_environment_vm[name]).toMatchObject({
      agent: [{ enabled: true, timeout: '3m', trim: true, wait_for_ip: [{ ipv4: true }] }], initialization: [{ ip_config: [{ ipv4: [{ address: 'dhcp' }] }] }],
    });
  }
  expect(terraform.data.talos_client_configuration.K8s.nodes).toEqual([reported(names[0])]);
  expect(terraform.resource.talos_machine_bootstrap.K8s.node).toBe(reported(names[0]));
  // What is written into configurations is known when Terraform plans.
  expect(documentsOf(terraform, 'k8s-control-plane-2').filter((document) => !('machine' in document))).toEqual([
    { apiVersion: 'v1alpha1', kind: 'HostnameConfig', auto: 'off', hostname: 'k8s-control-plane-2' },
    { cluster: { etcd: { advertisedSubnets: ['192.168.1.0/24'] } } },
    { cluster: { apiServer: { certSANs: ['192.168.1.10'] } } },
    { apiVersion: 'v1alpha1', kind: 'Layer2VIPConfig', name: '192.168.1.10', link: 'eth0' },
  ]);
  expect(terraform.output.K8s_upgrade.value[0]).toBe(`talosctl upgrade --nodes ${reported(names[0])} --image ${INSTALLER} --wait`);
});

test('no machine configuration holds what is not known when Terraform plans', () => {
  const variants: Partial<TalosClusterProps>[] = [{}, HA, { controlPlane: { count: 1 }, endpoint: ClusterEndpoint.host('k8s.lan', 8443) }];
  for (const props of variants) {
    const { terraform } = clusterAlone(props, (k8s) => k8s.addPool('W', { count: 2 }));
    for (const configuration of Object.values<any>(terraform.data.talos_machine_configuration)) {
      const { machine_secrets: secrets, ...known } = configuration;
      expect(secrets).toBe('${talos_machine_secrets.K8s.machine_secrets}');
      expect(JSON.stringify(known)).not.toContain('${');
      expect(configuration.cluster_endpoint).toMatch(/^https:\/\/(192\.168\.1\.1[01]:6443|k8s\.lan:8443)$/);
    }
  }
});

test('a cluster that exists is taken over: its secrets and its bootstrap are imported', () => {
  const { terraform } = clusterAlone({ adopt: true, clusterName: 'old-one', endpoint: ClusterEndpoint.host('old.lan') });
  expect(terraform.import).toEqual([
    { id: '${var.old_one_talos_secrets}', to: 'talos_machine_secrets.K8s' }, { id: 'old-one', to: 'talos_machine_bootstrap.K8s' },
  ]);
  expect(terraform.variable.old_one_talos_secrets).toEqual({
    description: 'Path of the file with the secrets of the Talos cluster old-one, as `talosctl gen secrets` writes it.', nullable: false, type: 'string',
  });
  expect(terraform.resource.talos_machine_secrets.K8s).toEqual(SECRETS);
  expect(clusterAlone().terraform.import).toBeUndefined();
});

test('a deploy can wait until the cluster is healthy', () => {
  const { terraform } = clusterAlone({ ...HA, waitUntilHealthy: true }, (k8s) => k8s.addPool('W', { addresses: ['192.168.1.21'] }));
  const { depends_on: dependsOn, ...health } = terraform.data.talos_cluster_health.K8s;
  const nodes = ['192.168.1.11', '192.168.1.12', '192.168.1.13'];
  expect(health).toEqual({ client_configuration: CLIENT, control_plane_nodes: nodes, endpoints: nodes, worker_nodes: ['192.168.1.21'] });
  expect(dependsOn.map((address: string) => address.replace(/_[0-9A-F]{8}$/, ''))).toEqual([
    'talos_machine_bootstrap.K8s', ...['ControlPlane_11', 'ControlPlane_12', 'ControlPlane_13', 'W_21'].map((key) => `talos_machine_configuration_apply.K8s_${key}`),
  ]);
  expect(clusterAlone({ waitUntilHealthy: true }).terraform.data.talos_cluster_health.K8s.worker_nodes).toBeUndefined();
  expect(clusterAlone().terraform.data.talos_cluster_health).toBeUndefined();
});

test('patches come after those of the library: of all nodes, of a kind, of a pool, of a node', () => {
  const said = (name: string) => ConfigPatch.sysctls({ [`x.${name}`]: '1' });
  const { terraform } = clusterAlone({ ...HA, controlPlane: { ...HA.controlPlane, configPatches: [said('control-pool')] }, configPatches: [said('first'), said('second')] }, (k8s) => {
    const workers = k8s.addPool('W', { addresses: ['192.168.1.21', '192.168.1.22'], configPatches: [said('pool')] });
    workers.nodes[0].addConfigPatch(said('node'));
    workers.addConfigPatch(said('pool-later'));
    k8s.addConfigPatch(said('later'));
    k8s.addConfigPatch(said('control'), MachineType.CONTROL_PLANE);
    k8s.addConfigPatch(said('worker'), MachineType.WORKER);
    k8s.controlPlane.nodes[2].addConfigPatch(said('control-node'));
    k8s.addPool('Late', { addresses: ['192.168.1.31'] });
  });
  const order = (node: string) => configurationOf(terraform, node).config_patches.flatMap((patch: string) => /"x\.([a-z-]+)"/.exec(patch)?.[1] ?? []);
  expect(['control-plane-11', 'control-plane-13', 'w-21', 'w-22', 'late-31'].map((name) => order(`k8s-${name}`).join())).toEqual([
    'first,second,later,control,control-pool', 'first,second,later,control,control-pool,control-node', 'first,second,later,worker,pool,pool-later,node',
    'first,second,later,worker,pool,pool-later', 'first,second,later,worker',
  ]);
  const last = configurationOf(terraform, 'k8s-w-21').config_patches;
  expect(last.findIndex((patch: string) => patch.includes('"x.'))).toBe(last.length - 7);
});

test('a patch says what the contract demands, on machines of its kind', () => {
  const patches = [ConfigPatch.apiServerCertSans(['k8s.lan']), ConfigPatch.kubePrism(7446), ConfigPatch.etcdAdvertisedSubnets(['10.0.0.0/8'])];
  const ours = (contract: talos.ConfigContract, node: string) => {
    const { terraform } = clusterAlone({ configContract: contract, configPatches: patches, kubernetesVersion: '1.34.2' }, (k8s) => k8s.addPool('W', { addresses: ['192.168.1.21'] }));
    return documentsOf(terraform, node).slice(-3);
  };
  expect(ours(ConfigContract.V1_12, 'k8s-control-plane-11')).toEqual([
    { cluster: { apiServer: { certSANs: ['k8s.lan'] } } }, { machine: { features: { kubePrism: { enabled: true, port: 7446 } } } }, { cluster: { etcd: { advertisedSubnets: ['10.0.0.0/8'] } } },
  ]);
  expect(ours(ConfigContract.V1_12, 'k8s-w-21').slice(-1)).toEqual([{ machine: { features: { kubePrism: { enabled: true, port: 7446 } } } }]);
});

test('secrets in patches stand nowhere in the output', () => {
  const password = Secret.fromEnvironment('registry_password');
  const custom = new class extends talos.Cni {
    public readonly cniName = 'custom';
    public bind() {
      return [ConfigPatch.extensionService('router', { secretEnvironment: { KEY: Secret.fromEnvironment('router_key') } })];
    }
  }();
  const stack = stackWithCluster();
  talosCluster(stack, {
    cni: custom,
    configPatches: [
      ConfigPatch.registryAuth('ghcr.io', { username: 'puller', password }),
      ConfigPatch.extensionService('tailscale', { secretEnvironment: { TS_AUTHKEY: Secret.fromFile('~/.ts-key') } }),
    ],
  });
  const { terraform } = synthesize(stack);
  const patches = configurationOf(terraform, 'k8s-control-plane-11').config_patches;
  expect(patches.slice(-2)).toEqual([
    '{"apiVersion":"v1alpha1","kind":"RegistryAuthConfig","name":"ghcr.io","username":"puller","password":${jsonencode(var.registry_password)}}',
    expect.stringContaining('"environment":[${jsonencode(format("%s%s", "TS_AUTHKEY=", sensitive(trimspace(file(pathexpand("~/.ts-key"))))))}]'),
  ]);
  expect(patches.filter((patch: string) => patch.includes('router_key'))).toHaveLength(1);
  expect(Object.keys(terraform.variable)).toEqual(['proxmox_api_token', 'registry_password', 'router_key']);
  expect(Object.values<any>(terraform.variable).map(({ sensitive }) => sensitive)).toEqual([true, true, true]);
  expect(documentsOf(terraform, 'k8s-control-plane-11').at(-2)).toMatchObject({ password: 'secret of var.registry_password' });
});

test('with an image factory of one\'s own, everything of the cluster goes by its provider', () => {
  const stack = stackWithCluster();
  const image = talosImage(stack, { imageFactory: 'https://factory.lan:8443' });
  talosCluster(stack, { image, waitUntilHealthy: true });
  const { terraform } = synthesize(stack);
  expect(terraform.provider.talos).toEqual([{ alias: 'factory_lan_8443', image_factory_url: 'https://factory.lan:8443' }]);
  for (const kind of ['data', 'resource'] as const) {
    for (const [type, instances] of Object.entries<any>(terraform[kind]).filter(([name]) => name.startsWith('talos_'))) {
      for (const { provider } of Object.values<any>(instances)) expect([type, provider]).toEqual([type, 'talos.factory_lan_8443']);
    }
  }
  expect(configurationOf(terraform, 'k8s-control-plane-11').config_patches[0]).toContain('"image":"factory.lan:8443/nocloud-installer/');
});

test('two clusters in one stack', () => {
  const stack = stackWithCluster();
  const image = talosImage(stack);
  talosCluster(stack, { image, adopt: true, endpoint: ClusterEndpoint.host('k8s.lan') });
  talosCluster(stack, { image, adopt: true, endpoint: ClusterEndpoint.host('lab.lan'), controlPlane: { addresses: ['192.168.1.41'] }, configContract: ConfigContract.V1_12 }, 'Lab');
  const { terraform } = synthesize(stack);
  expect(Object.keys(elements(terraform, 'data', 'talos_machine_configuration'))).toEqual(['K8s_ControlPlane_11', 'Lab_ControlPlane_41']);
  expect(terraform.resource.talos_machine_secrets).toEqual({ K8s: SECRETS, Lab: { ...SECRETS, talos_version: 'v1.12' } });
  expect(Object.keys(terraform.resource.talos_image_factory_schematic)).toHaveLength(1);
  expect(Object.keys(terraform.output).filter((name) => /_(kubeconfig|talosconfig|upgrade)$/.test(name)).sort()).toEqual([
    'K8s_kubeconfig', 'K8s_talosconfig', 'K8s_upgrade', 'Lab_kubeconfig', 'Lab_talosconfig', 'Lab_upgrade',
  ]);
  expect(terraform.resource.talos_cluster_kubeconfig.Lab).toMatchObject({ client_configuration: '${talos_machine_secrets.Lab.client_configuration}', node: '192.168.1.41' });
  expect(terraform.provider.talos).toEqual([{}]);
});

test('another stack configures its providers by references', () => {
  const app = newApp();
  const stack = newStack(app, 'machines');
  pve(stack);
  const cluster = talosCluster(stack);
  const workloads = newStack(app, 'workloads');
  new TerraformOutput(workloads, 'all', {
    value: [
      cluster.kubernetesProviderHost, cluster.kubernetesProviderClusterCaCertificate, cluster.kubernetesProviderClientCertificate,
      cluster.kubernetesProviderClientKey, cluster.kubeconfig, cluster.talosconfig,
    ],
    sensitive: true,
  });
  const { output: { all }, data } = synthesize(workloads).terraform;
  const { terraform } = synthesize(stack);
  const state = 'data.terraform_remote_state.cross-stack-reference-input-machines.outputs.cross-stack-output-';
  const configuration = 'talos_cluster_kubeconfigK8skubernetes_client_configuration';
  expect(all.value).toEqual([
    `\${${state}${configuration}host}`, `\${base64decode(${state}${configuration}ca_certificate)}`, `\${base64decode(${state}${configuration}client_certificate)}`,
    `\${base64decode(${state}${configuration}client_key)}`, `\${${state}talos_cluster_kubeconfigK8skubeconfig_raw}`,
    `\${${state}datatalos_client_configurationK8stalos_config}`,
  ]);
  expect(data.terraform_remote_state).toEqual({ 'cross-stack-reference-input-machines': { backend: 'local', config: { path: '../../../terraform.machines.tfstate' }, workspace: '${terraform.workspace}' } });
  const shared = Object.entries<any>(terraform.output).filter(([name]) => name.startsWith('cross-stack-output-'));
  expect(shared).toHaveLength(6);
  expect(shared.filter(([, { sensitive }]) => sensitive !== true)).toEqual([]);
  expect(workloads.dependencies).toEqual([stack]);
});

test('in the stack of the cluster the references are plain ones', () => {
  const stack = stackWithCluster();
  const cluster = talosCluster(stack);
  new PlainOutput(stack, 'all', {
    value: [cluster.kubernetesProviderHost, cluster.kubernetesProviderClientKey], sensitive: true,
  });
  expect(synthesize(stack).terraform.output.all.value).toEqual([
    '${talos_cluster_kubeconfig.K8s.kubernetes_client_configuration.host}', '${base64decode(talos_cluster_kubeconfig.K8s.kubernetes_client_configuration.client_key)}',
  ]);
});

test('upgraded by a deploy: one machine after the other, then Kubernetes', () => {
  const { terraform } = clusterAlone({ ...HA, upgrades: talos.ClusterUpgrades.BY_TERRAFORM }, (k8s) => {
    k8s.addPool('W', { addresses: ['192.168.1.21', '192.168.1.22'] });
  });
  const machines = Object.entries(elements(terraform, 'resource', 'talos_machine'));
  const keys = ['K8s_ControlPlane_11', 'K8s_ControlPlane_12', 'K8s_ControlPlane_13', 'K8s_W_21', 'K8s_W_22'];
  const named = (address: string) => address.replace(/_[0-9A-F]{8}$/, '').replace(/^\w+?\./, '');
  expect(machines.map(([name, { depends_on: dependsOn }]) => [name, dependsOn.map(named)])).toEqual(
    keys.map((key, i) => [key, i === 0 ? [key] : [key, keys[i - 1]]]),
  );
  const [name, { depends_on: _, ...first }] = Object.entries<any>(terraform.resource.talos_machine)[0];
  expect(first).toEqual({
    client_configuration: CLIENT,
    drain_on_upgrade: true,
    ignore_kubernetes_upgrade_drift: true,
    image: INSTALLER,
    kubeconfig_wo: '${ephemeral.talos_cluster_kubeconfig.K8s.kubeconfig_raw}',
    lifecycle: { replace_triggered_by: [`terraform_data.${name}`] },
    machine_configuration: `\${data.talos_machine_configuration.${name}.machine_configuration}`,
    node: '192.168.1.11',
  });
  expect(terraform.ephemeral).toEqual({
    talos_cluster_kubeconfig: { K8s: { cluster_name: 'k8s', endpoint: 'https://192.168.1.10:6443', machine_secrets: '${talos_machine_secrets.K8s.machine_secrets}' } },
  });
  const { depends_on: waits, ...made } = terraform.resource.talos_cluster.K8s;
  expect(made).toEqual({ client_configuration: CLIENT, control_plane_nodes: ['192.168.1.11', '192.168.1.12', '192.168.1.13'], kubernetes_version: '1.35.2', node: '192.168.1.11' });
  expect(waits.map(named)).toEqual(['K8s', ...keys]);
  const { talos_machine_bootstrap: bootstrap, talos_machine_configuration_apply: apply } = terraform.resource;
  expect([bootstrap, apply, terraform.output.K8s_upgrade]).toEqual([undefined, undefined, undefined]);
  expect(providerSchemaProblems(terraform)).toEqual([]);
});

test('names: of the construct, or one\'s own; a v before the release of Kubernetes', () => {
  const { terraform, cluster } = clusterAlone({ clusterName: 'prod', kubernetesVersion: 'v1.34.0', schedulableControlPlane: false });
  expect([cluster.clusterName, cluster.controlPlane.nodes[0].nodeName]).toEqual(['prod', 'prod-control-plane-11']);
  expect(configurationOf(terraform, 'prod-control-plane-11')).toMatchObject({ cluster_name: 'prod', kubernetes_version: '1.34.0' });
  expect(terraform.output.K8s_upgrade.value[1]).toBe('talosctl upgrade-k8s --nodes 192.168.1.11 --to KUBERNETES_VERSION');
  expect(JSON.stringify(documentsOf(terraform, 'prod-control-plane-11'))).not.toMatch(/allowScheduling|exclude-from/);
  const { terraform: both } = clusterAlone({ schedulableControlPlane: true }, (k8s) => k8s.addPool('W', { count: 1 }));
  expect(documentsOf(both, 'k8s-control-plane-11')).toContainEqual({ cluster: { allowSchedulingOnControlPlanes: true } });
  expect(JSON.stringify(documentsOf(both, 'k8s-w-1'))).not.toContain('allowScheduling');
});

test('the same program writes the same bytes', () => {
  const text = () => {
    const stack = stackWithCluster();
    talosCluster(stack, { ...HA, cni: talos.Cni.cilium() }).addPool('W', { count: 2 });
    return synthesize(stack).text;
  };
  expect(text()).toBe(text());
});
