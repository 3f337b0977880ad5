/** A provider as `required_providers` names it. */
export interface ProviderRequirement {
  /** Local name, which is also the prefix of the provider's types. */
  readonly name: string;
  /** Address on the registry, without the registry's host. */
  readonly source: string;
  /** Versions the library was made for: always a range, so that a user chooses the release and the lock file holds it. */
  readonly version: string;
}

/**
 * The two providers, each with the versions the library was made for.
 *
 * The generator of the bindings reads this, so the range stands here and nowhere else.
 */
export const PROVIDERS = {
  /** 0.112 is the first whose schema takes 32 `ip_config` blocks; 1.0 is announced to remove every `proxmox_virtual_environment_*` name.
   *
   * @see https://registry.terraform.io/providers/bpg/proxmox/latest/docs */
  proxmox: { name: 'proxmox', source: 'bpg/proxmox', version: '>= 0.112.0, < 1.0.0' },
  /** 0.12 is the first that knows contract 1.14, and that plans configurations which change without contradicting itself.
   *
   * @see https://registry.terraform.io/providers/siderolabs/talos/latest/docs */
  talos: { name: 'talos', source: 'siderolabs/talos', version: '>= 0.12.0, < 1.0.0' },
} as const satisfies Readonly<Record<string, ProviderRequirement>>;

/**
 * Resources of bpg/proxmox that the library emits.
 *
 * The provider is renaming its resources until 1.0: those moved to the new framework have a short name and their long one is
 * deprecated, the others have only the long name. What stands here is never the deprecated one.
 */
export const PROXMOX_RESOURCES = {
  /** Virtual machine or template. `proxmox_vm` is a different, unfinished resource without disks and networks. */
  vm: 'proxmox_virtual_environment_vm',
  /** File that the node itself downloads to a storage. */
  downloadFile: 'proxmox_download_file',
  /** File uploaded to a storage; snippets need SSH to the node. */
  file: 'proxmox_virtual_environment_file',
  /** Resource pool. */
  pool: 'proxmox_virtual_environment_pool',
  /** Membership of one machine or storage in a resource pool. */
  poolMembership: 'proxmox_pool_membership',
  /** PCI devices of several nodes under one name. */
  hardwareMappingPci: 'proxmox_hardware_mapping_pci',
  /** Machine under the care of the HA manager. */
  haResource: 'proxmox_haresource',
  /** HA rule (Proxmox VE 9). */
  haRule: 'proxmox_harule',
  /** HA group (Proxmox VE 8; 9 has rules instead). */
  haGroup: 'proxmox_hagroup',
  /** User. */
  user: 'proxmox_virtual_environment_user',
  /** API token of a user. */
  userToken: 'proxmox_user_token',
  /** Role: a named set of privileges. */
  role: 'proxmox_virtual_environment_role',
  /** Permission of a user, group or token on a path. */
  acl: 'proxmox_acl',
} as const;

/** Data sources of bpg/proxmox that the library emits. The rule for names is that of {@link PROXMOX_RESOURCES}. */
export const PROXMOX_DATA_SOURCES = {
  /** One virtual machine by its id. */
  vm: 'proxmox_vm',
  /** Virtual machines by tags, name, node, status. */
  vms: 'proxmox_virtual_environment_vms',
  /** Containers by tags, name, node, status; they share the ids of virtual machines. */
  containers: 'proxmox_virtual_environment_containers',
  /** One file on a storage. */
  file: 'proxmox_file',
  /** Files on a storage. */
  files: 'proxmox_files',
  /** Storages of a node. */
  datastores: 'proxmox_datastores',
  /** One node. */
  node: 'proxmox_virtual_environment_node',
  /** Nodes of the cluster. */
  nodes: 'proxmox_virtual_environment_nodes',
  /** One PCI mapping. */
  hardwareMappingPci: 'proxmox_hardware_mapping_pci',
  /** Mappings of one kind, with what a node finds wrong with them. */
  hardwareMappings: 'proxmox_hardware_mappings',
  /** PCI devices a node has. */
  hardwarePci: 'proxmox_hardware_pci',
  /** One resource pool. */
  pool: 'proxmox_virtual_environment_pool',
  /** Version of Proxmox VE. */
  version: 'proxmox_version',
} as const;

/** Resources of siderolabs/talos that the library emits. */
export const TALOS_RESOURCES = {
  /** Secrets of a cluster. */
  machineSecrets: 'talos_machine_secrets',
  /** Applies a machine configuration to a node. */
  machineConfigurationApply: 'talos_machine_configuration_apply',
  /** Bootstraps etcd on one control plane node. */
  machineBootstrap: 'talos_machine_bootstrap',
  /** Fetches the kubeconfig of a bootstrapped cluster. The data source of this name is deprecated. */
  clusterKubeconfig: 'talos_cluster_kubeconfig',
  /** Schematic at the Image Factory. */
  imageFactorySchematic: 'talos_image_factory_schematic',
  /** One node, upgraded in place (since 0.12). */
  machine: 'talos_machine',
  /** Kubernetes of one cluster, upgraded in place (since 0.12). */
  cluster: 'talos_cluster',
} as const;

/** Ephemeral resources of siderolabs/talos that the library emits. */
export const TALOS_EPHEMERAL_RESOURCES = {
  /** kubeconfig made of the secrets of a cluster, kept nowhere. */
  clusterKubeconfig: 'talos_cluster_kubeconfig',
} as const;

/** Data sources of siderolabs/talos that the library emits. */
export const TALOS_DATA_SOURCES = {
  /** Machine configuration of one role, with patches. */
  machineConfiguration: 'talos_machine_configuration',
  /** Configuration of `talosctl`. */
  clientConfiguration: 'talos_client_configuration',
  /** Waits until a cluster is healthy. */
  clusterHealth: 'talos_cluster_health',
  /** System extensions of a Talos version. */
  imageFactoryExtensionsVersions: 'talos_image_factory_extensions_versions',
  /** Overlays of a Talos version. */
  imageFactoryOverlaysVersions: 'talos_image_factory_overlays_versions',
  /** Addresses of the images of a schematic. */
  imageFactoryUrls: 'talos_image_factory_urls',
  /** Talos versions the Image Factory builds. */
  imageFactoryVersions: 'talos_image_factory_versions',
  /** Disks of a node. */
  machineDisks: 'talos_machine_disks',
} as const;
