import { TerraformResource } from 'cdktf';
import { PlainDataSource, PlainResource, TerraformData, addressOf } from '../assembly';
import { TALOS_DATA_SOURCES, TALOS_EPHEMERAL_RESOURCES, TALOS_RESOURCES } from '../bindings';
import { Problems } from '../core';
import { VirtualMachine } from '../vm';
import { elementName, endpointOf } from './cluster-model';
import { ClusterUpgrades } from './cluster-upgrades';
import { ConfigPatch } from './config-patch';
import { generatedPatches } from './generated-patches';
import type { NodePool } from './node-pool';
import { PatchList } from './patch-list';
import { patchText } from './patch-text';
import { distinctPatches } from './patches/distinct';

/** One node of a Talos cluster: its machine, and its machine configuration. */
export class TalosNode {
  /** Host name of the node, which is also the name of the Kubernetes node and of the machine. */
  public readonly nodeName: string;
  /**
   * Address of what changes when the machine is made anew.
   * @internal
   */
  public readonly made: string;
  /**
   * Address of the resource that applies the configuration.
   * @internal
   */
  public readonly applied: string;

  private readonly patches: PatchList;

  /** @internal */
  public constructor(
    private readonly pool: NodePool,
    /** The machine. */
    public readonly machine: VirtualMachine,
    /** Its address; undefined where it comes by DHCP. */
    private readonly fixedAddress: string | undefined,
  ) {
    const { cluster } = pool;
    this.nodeName = machine.machineName;
    this.patches = new PatchList(machine, pool.patchContext, true);
    const resource = machine.node.defaultChild as TerraformResource;
    // The provider would make a new machine on the other node.
    resource.lifecycle = { ignoreChanges: ['node_name'] };
    // Terraform itself takes a machine that is created, other than one that is replaced, for no change of its id.
    const made = new TerraformData(machine, 'Made', { attributes: () => ({ input: `\${${addressOf(resource)}.id}` }) });
    const configuration = new PlainDataSource(machine, 'Configuration', {
      type: TALOS_DATA_SOURCES.machineConfiguration,
      provider: cluster.provider,
      attributes: () => ({
        cluster_name: cluster.clusterName,
        cluster_endpoint: endpointOf(cluster),
        machine_type: pool.machineType,
        machine_secrets: `\${${cluster.secrets}.machine_secrets}`,
        // Both always: the provider's own defaults change with its version.
        talos_version: cluster.contract.contractName,
        kubernetes_version: cluster.kubernetesVersion,
        docs: false,
        examples: false,
        config_patches: this.configPatches(),
      }),
    });
    const managed = cluster.upgrades === ClusterUpgrades.BY_TERRAFORM;
    const apply = new PlainResource(machine, 'Apply', {
      type: managed ? TALOS_RESOURCES.machine : TALOS_RESOURCES.machineConfigurationApply,
      provider: cluster.provider,
      attributes: () => ({
        client_configuration: `\${${cluster.secrets}.client_configuration}`,
        [managed ? 'machine_configuration' : 'machine_configuration_input']: `\${${addressOf(configuration)}.machine_configuration}`,
        node: this.address,
        ...(managed ? this.upgradeArguments() : {}),
      }),
      dependsOn: () => [addressOf(resource), ...(managed ? this.before() : [])],
      // A new machine under an old address knows nothing of its configuration.
      lifecycle: () => ({ replaceTriggeredBy: [addressOf(made)] }),
    });
    for (const element of [made, configuration, apply]) element.overrideLogicalId(resource.friendlyUniqueId);
    this.made = addressOf(made);
    this.applied = addressOf(apply);
  }

  /** The IPv4 address; where it comes by DHCP, a reference to what the guest agent reports. */
  public get address(): string {
    return this.fixedAddress ?? this.pool.reportedAddress(this.machine);
  }

  /**
   * The address where it is known before Terraform runs.
   * @internal
   */
  public get knownAddress(): string | undefined {
    return this.fixedAddress;
  }

  /** Changes the machine configuration of this node only, after all that is said of its pool and cluster. */
  public addConfigPatch(patch: ConfigPatch): void {
    const problems = new Problems(this.machine.node.path);
    this.patches.add(patch, '', problems);
    problems.throwIfAny();
  }

  private upgradeArguments() {
    const { cluster, image } = this.pool;
    return {
      image: image.installerImage,
      drain_on_upgrade: true,
      // Made of the secrets, and not fetched: the cluster need not run yet.
      kubeconfig_wo: `\${ephemeral.${TALOS_EPHEMERAL_RESOURCES.clusterKubeconfig}.${elementName(cluster)}.kubeconfig_raw}`,
      // That is what upgrades Kubernetes one machine after the other.
      ignore_kubernetes_upgrade_drift: true,
    };
  }

  /** The machine that is upgraded before this one; Terraform would take all at once. */
  private before(): string[] {
    const all = this.pool.cluster.pools.flatMap(({ nodes }) => nodes);
    const index = all.indexOf(this);
    return index === 0 ? [] : [all[index - 1].applied];
  }

  private configPatches(): string[] {
    const { pool } = this;
    const generated = generatedPatches(pool, this).flatMap((patch) => patch.bind(pool.patchContext)).map((document) => patchText(this.machine, document));
    const said = [...pool.cluster.patches[pool.machineType].texts(), ...pool.patches.texts(), ...this.patches.texts()];
    return distinctPatches([...generated, ...said], this.machine.node.path);
  }
}
