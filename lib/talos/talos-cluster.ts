import { Fn, Lazy, Precondition, TerraformElement, TerraformOutput, TerraformStack, TerraformVariable, Token } from 'cdktf';
import { Construct } from 'constructs';
import { ElementLifecycle, PlainDataSource, PlainResource, TerraformData, addressOf } from '../assembly';
import { TALOS_DATA_SOURCES, TALOS_EPHEMERAL_RESOURCES, TALOS_RESOURCES } from '../bindings';
import { Problems, toSlug } from '../core';
import { ProxmoxVe } from '../proxmox';
import { checkKinds, memberOf } from '../proxmox/kinds';
import { defaultName } from '../proxmox/text-forms';
import { ClusterModel, elementName, endpointOf } from './cluster-model';
import { ClusterAddresses } from './cluster-network';
import { clusterRules as rules } from './cluster-rules';
import { ClusterUpgrades } from './cluster-upgrades';
import { Cni } from './cni';
import { ConfigContract } from './config-contract';
import { ConfigPatch } from './config-patch';
import { MachineType } from './machine-type';
import { NodePool } from './node-pool';
import { NodePoolProps, POOL_KINDS } from './node-pool-props';
import { PatchList } from './patch-list';
import { removalGuard } from './removal-guard';
import { TalosAccess } from './talos-access';
import { CLUSTER_KINDS, TalosClusterProps } from './talos-cluster-props';
import { checkKubernetesVersion } from './talos-version';
import { upgradeCommands } from './upgrade-commands';

/**
 * A Kubernetes cluster of Talos machines: one node with its workloads on it, or a control plane of three or five with pools of workers.
 *
 * Terraform makes the secrets, the machines and their configurations, applies these, bootstraps etcd once on the first control plane node and
 * fetches the kubeconfig. The machines keep their disks when the image changes: they are upgraded in place, by the commands that the output
 * `<id>_upgrade` lists, or by a deploy (`upgrades`).
 *
 * The secrets of the cluster, its kubeconfig and talosconfig stand in the Terraform state, which therefore has to be kept safe.
 *
 * @see https://registry.terraform.io/providers/siderolabs/talos/latest/docs
 */
export class TalosCluster extends Construct {
  /** Name of the cluster. */
  public readonly clusterName: string;
  /** The nodes on which the control plane runs. */
  public readonly controlPlane: NodePool;

  private readonly model: ClusterModel;
  private readonly kubeconfigResource: PlainResource;
  private readonly client: PlainDataSource;

  public constructor(scope: Construct, id: string, props: TalosClusterProps) {
    super(scope, id);
    const problems = new Problems(this.node.path);
    checkKinds(props, CLUSTER_KINDS, problems);
    problems.throwIfAny();
    this.clusterName = props.clusterName ?? defaultName(id);
    problems.check(/^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/.test(this.clusterName), rules['cluster-name'], { property: 'clusterName', received: this.clusterName });
    checkKubernetesVersion(problems, 'kubernetesVersion', props.kubernetesVersion, props.image.release);
    const proxmoxVe = ProxmoxVe.near(this, props.image.proxmoxVe);
    proxmoxVe.claimOwnerTag(this, problems);
    const addresses = new ClusterAddresses(props.network, problems, this);
    if (props.endpoint !== undefined) addresses.claimEndpoint(props.endpoint, problems);
    this.validateEndpoint(props, problems);

    const provider = TalosAccess.of(this, props.image.imageFactory).provider;
    const secrets = this.createSecrets(props, provider);
    const patchesOf = (machineType: MachineType) => new PatchList(this, { contract: props.configContract, machineType, path: this.node.path });
    this.model = {
      scope: this,
      proxmoxVe,
      clusterName: this.clusterName,
      image: props.image,
      contract: props.configContract,
      kubernetesVersion: props.kubernetesVersion.replace(/^v/, ''),
      network: props.network,
      addresses,
      cni: props.cni ?? Cni.flannel(),
      provider,
      endpoint: props.endpoint,
      schedulableControlPlane: props.schedulableControlPlane,
      upgrades: props.upgrades ?? ClusterUpgrades.BY_HAND,
      pools: [],
      patches: { [MachineType.CONTROL_PLANE]: patchesOf(MachineType.CONTROL_PLANE), [MachineType.WORKER]: patchesOf(MachineType.WORKER) },
      secrets: addressOf(secrets),
    };
    props.configPatches?.forEach((patch, i) => this.patch(patch, undefined, `configPatches[${i}]`, problems));
    const controlPlane = this.createPool('ControlPlane', MachineType.CONTROL_PLANE, props.controlPlane ?? {}, 'controlPlane', problems);
    const removed = props.removedControlPlaneNodes ?? [];
    if (controlPlane !== undefined) removed.forEach((node, i) => this.checkRemoved(controlPlane, node, `removedControlPlaneNodes[${i}]`, problems));
    problems.throwIfAny();
    this.controlPlane = controlPlane!;
    addresses.warnOfOverlap(this);

    const contract = this.keepContract(props.configContract);
    const guard = this.named(new TerraformData(this, 'ControlPlaneGuard', {
      attributes: () => ({ input: this.controlPlane.nodes.map(({ nodeName }) => nodeName) }),
      lifecycle: () => ({ preconditions: [removalGuard(this.model, removed), contract] }),
    }));
    const bootstrap = this.model.upgrades === ClusterUpgrades.BY_TERRAFORM ? this.createManagedCluster(guard) : this.createBootstrap(props, guard);
    this.kubeconfigResource = this.createKubeconfig(bootstrap);
    this.client = this.createClientConfiguration();
    if (props.waitUntilHealthy) this.createHealthCheck(bootstrap);
    this.createOutputs();
  }

  /** Adds a pool of workers. @param id part of the names of its nodes, such as `gpu` */
  public addPool(id: string, props: NodePoolProps): NodePool {
    const problems = new Problems(`${this.node.path}/${id}`);
    checkKinds(props, POOL_KINDS, problems);
    problems.throwIfAny();
    const pool = this.createPool(id, MachineType.WORKER, props, '', problems);
    problems.throwIfAny();
    return pool!;
  }

  /**
   * Changes the machine configuration of all nodes, also of pools that are added later.
   * @param machineType only of such nodes; all if left out
   */
  public addConfigPatch(patch: ConfigPatch, machineType?: MachineType): void {
    const problems = new Problems(this.node.path);
    memberOf(MachineType, 'MachineType')(machineType, 'machineType', problems);
    problems.throwIfAny();
    this.patch(patch, machineType, '', problems);
    problems.throwIfAny();
  }

  /** The pools of workers. */
  public get workerPools(): NodePool[] {
    return this.model.pools.slice(1);
  }

  /** Address of the Kubernetes API, such as `https://192.168.1.10:6443`. */
  public get endpoint(): string {
    return endpointOf(this.model);
  }

  /** The kubeconfig of an administrator, a text. Secret, and valid for one year; a deploy in its last month makes a new one. */
  public get kubeconfig(): string {
    return Token.asString(this.kubeconfigResource.interpolationForAttribute('kubeconfig_raw'));
  }

  /** The configuration of `talosctl`, a text. Secret. */
  public get talosconfig(): string {
    return Token.asString(this.client.interpolationForAttribute('talos_config'));
  }

  /**
   * `host` of the providers `kubernetes` and `helm`.
   *
   * These four are references for another stack: a provider that is configured by what its own apply makes fails when that changes.
   */
  public get kubernetesProviderHost(): string {
    return Token.asString(this.kubeconfigResource.interpolationForAttribute('kubernetes_client_configuration.host'));
  }

  /** `cluster_ca_certificate` of the providers `kubernetes` and `helm`. */
  public get kubernetesProviderClusterCaCertificate(): string {
    return this.kubernetesProviderArgument('ca_certificate');
  }

  /** `client_certificate` of the providers `kubernetes` and `helm`. */
  public get kubernetesProviderClientCertificate(): string {
    return this.kubernetesProviderArgument('client_certificate');
  }

  /** `client_key` of the providers `kubernetes` and `helm`. Secret. */
  public get kubernetesProviderClientKey(): string {
    return this.kubernetesProviderArgument('client_key');
  }

  private kubernetesProviderArgument(name: string): string {
    const encoded = this.kubeconfigResource.interpolationForAttribute(`kubernetes_client_configuration.${name}`);
    return Token.asString(Fn.base64decode(Token.asString(encoded)));
  }

  private validateEndpoint({ endpoint, controlPlane, adopt, upgrades }: TalosClusterProps, problems: Problems): void {
    const single = controlPlane?.addresses?.length === 1;
    problems
      .check(endpoint !== undefined || single || adopt === true, rules['endpoint-missing'], { property: 'endpoint', received: endpoint })
      .check(endpoint !== undefined || adopt !== true, rules['adopt-without-endpoint'], { property: 'endpoint', received: endpoint })
      .check(adopt !== true || upgrades !== ClusterUpgrades.BY_TERRAFORM, rules['adopt-by-terraform'], { property: 'upgrades', received: upgrades });
  }

  /** The contract with which a cluster was made is written down, and another one stops the plan. */
  private keepContract({ contractName }: ConfigContract): Precondition {
    const made = new TerraformData(this, 'Contract', {
      attributes: () => ({ input: contractName }),
      lifecycle: () => ({ ignoreChanges: ['input'] }),
    });
    made.overrideLogicalId(`${elementName(this.model)}_contract`);
    return {
      condition: `\${${addressOf(made)}.output == "${contractName}"}`,
      errorMessage: `The cluster ${this.clusterName} was made with the contract \${${addressOf(made)}.output}, and ${contractName} changes what is generated: a raised one can make its secrets unreadable. `
        + `Leave configContract as it was. Where Talos's notes on the release say that it may be raised, apply once with -replace=${addressOf(made)}.`,
    };
  }

  private checkRemoved(controlPlane: NodePool, removed: string, property: string, problems: Problems): void {
    const { addresses } = this.model;
    const byName = controlPlane.props.addresses === undefined;
    if (byName) problems.check(controlPlane.keyOf(removed) !== undefined, rules['removed-node-name'], { property, received: removed });
    else addresses.check(removed, property, problems);
    const there = controlPlane.nodes.some((node) => removed === (byName ? node.nodeName : node.knownAddress));
    problems.check(!there, rules['removed-node-still-there'], { property, received: removed });
  }

  private createPool(id: string, machineType: MachineType, props: NodePoolProps, property: string, problems: Problems): NodePool | undefined {
    const taken = id === '' || this.node.tryFindChild(id) !== undefined;
    problems.check(!taken, rules['pool-twice'], { property: 'id', received: id });
    if (taken) return undefined;
    const pool = problems.collect(property, () => new NodePool(this.model, id, machineType, props, problems.all.length === 0));
    if (pool !== undefined) this.model.pools.push(pool);
    return pool;
  }

  private patch(patch: ConfigPatch, machineType: MachineType | undefined, property: string, problems: Problems): void {
    const types = machineType === undefined ? Object.values(MachineType) : [machineType];
    // What is wrong for all kinds of machines is said once.
    types.every((type) => this.model.patches[type].add(patch, property, problems));
  }

  private createSecrets(props: TalosClusterProps, provider: ClusterModel['provider']): PlainResource {
    return new PlainResource(this, 'Default', {
      type: TALOS_RESOURCES.machineSecrets,
      provider,
      attributes: () => ({ talos_version: props.configContract.contractName }),
      // It matters when the secrets are made: an older contract would make new ones, and nothing of the cluster would know another again.
      lifecycle: () => ({ ignoreChanges: ['talos_version'] }),
      importId: props.adopt ? `\${var.${this.createSecretsVariable()}}` : undefined,
    });
  }

  private createSecretsVariable(): string {
    const name = `${toSlug(this.clusterName).replace(/-/g, '_')}_talos_secrets`;
    new TerraformVariable(TerraformStack.of(this), name, {
      type: 'string',
      nullable: false,
      description: `Path of the file with the secrets of the Talos cluster ${this.clusterName}, as \`talosctl gen secrets\` writes it.`,
    });
    return name;
  }

  private createBootstrap(props: TalosClusterProps, guard: TerraformData): PlainResource {
    const { controlPlane } = this;
    return this.named(new PlainResource(this, 'Bootstrap', {
      type: TALOS_RESOURCES.machineBootstrap,
      provider: this.model.provider,
      attributes: () => ({ client_configuration: this.clientConfiguration, node: controlPlane.nodes[0].address }),
      dependsOn: () => [addressOf(guard), ...controlPlane.nodes.map(({ applied }) => applied)],
      // The first machine of a cluster that is taken over joins it, and would else begin another one.
      lifecycle: () => props.adopt ? {} : this.bootstrapLifecycle(),
      importId: props.adopt ? this.clusterName : undefined,
    }));
  }

  /** Bootstraps a new cluster, leaves one that runs alone, and upgrades its Kubernetes. */
  private createManagedCluster(guard: TerraformData): PlainResource {
    const { controlPlane, model } = this;
    const stack = TerraformStack.of(this);
    stack.addOverride(`ephemeral.${TALOS_EPHEMERAL_RESOURCES.clusterKubeconfig}.${elementName(model)}`, {
      provider: model.provider.alias === undefined ? undefined : model.provider.fqn,
      cluster_name: this.clusterName,
      endpoint: Lazy.stringValue({ produce: () => this.endpoint }),
      machine_secrets: `\${${model.secrets}.machine_secrets}`,
    });
    return this.named(new PlainResource(this, 'Bootstrap', {
      type: TALOS_RESOURCES.cluster,
      provider: model.provider,
      attributes: () => ({
        client_configuration: this.clientConfiguration,
        node: controlPlane.nodes[0].address,
        control_plane_nodes: controlPlane.nodes.map(({ address }) => address),
        kubernetes_version: model.kubernetesVersion,
      }),
      // Of all nodes: Kubernetes is upgraded when no machine is.
      dependsOn: () => [addressOf(guard), ...model.pools.flatMap(({ nodes }) => nodes.map(({ applied }) => applied))],
      lifecycle: () => this.bootstrapLifecycle(),
    }));
  }

  /** The only node has lost etcd with its machine; of several, the others still have it. */
  private bootstrapLifecycle(): ElementLifecycle {
    const { nodes } = this.controlPlane;
    return nodes.length > 1 ? {} : { replaceTriggeredBy: [nodes[0].made] };
  }

  private createKubeconfig(bootstrap: PlainResource): PlainResource {
    return this.named(new PlainResource(this, 'Kubeconfig', {
      type: TALOS_RESOURCES.clusterKubeconfig,
      provider: this.model.provider,
      attributes: () => ({ client_configuration: this.clientConfiguration, node: this.controlPlane.nodes[0].address }),
      dependsOn: () => [addressOf(bootstrap)],
    }));
  }

  private createClientConfiguration(): PlainDataSource {
    return this.named(new PlainDataSource(this, 'Client', {
      type: TALOS_DATA_SOURCES.clientConfiguration,
      provider: this.model.provider,
      attributes: () => ({
        cluster_name: this.clusterName,
        client_configuration: this.clientConfiguration,
        endpoints: this.controlPlane.nodes.map(({ address }) => address),
        // One: a command without --nodes would go to all of them, `reset` too.
        nodes: [this.controlPlane.nodes[0].address],
      }),
    }));
  }

  private createHealthCheck(bootstrap: PlainResource): void {
    this.named(new PlainDataSource(this, 'Health', {
      type: TALOS_DATA_SOURCES.clusterHealth,
      provider: this.model.provider,
      attributes: () => {
        const controlPlane = this.controlPlane.nodes.map(({ address }) => address);
        const workers = this.workerPools.flatMap(({ nodes }) => nodes.map(({ address }) => address));
        return {
          client_configuration: this.clientConfiguration,
          endpoints: controlPlane,
          control_plane_nodes: controlPlane,
          worker_nodes: workers.length > 0 ? workers : undefined,
        };
      },
      dependsOn: () => [addressOf(bootstrap), ...this.model.pools.flatMap(({ nodes }) => nodes.map(({ applied }) => applied))],
    }));
  }

  private createOutputs(): void {
    const name = elementName(this.model);
    const output = (suffix: string, value: any, description: string, sensitive: boolean) => {
      new TerraformOutput(this, suffix, { value, description, sensitive }).overrideLogicalId(`${name}_${suffix}`);
    };
    output('kubeconfig', this.kubeconfig, `kubeconfig of ${this.clusterName}: terraform output -raw ${name}_kubeconfig`, true);
    output('talosconfig', this.talosconfig, `Configuration of talosctl for ${this.clusterName}: terraform output -raw ${name}_talosconfig`, true);
    if (this.model.upgrades === ClusterUpgrades.BY_TERRAFORM) return;
    output('upgrade', Lazy.anyValue({ produce: () => upgradeCommands(this.model) }), `What brings the nodes of ${this.clusterName} to the releases of the program, one after the other`, false);
  }

  /** Each kind of element exists once in a cluster, and is called as the cluster. */
  private named<T extends TerraformElement>(element: T): T {
    element.overrideLogicalId(elementName(this.model));
    return element;
  }

  private get clientConfiguration(): string {
    return `\${${this.model.secrets}.client_configuration}`;
  }
}
