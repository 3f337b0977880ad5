import { Construct } from 'constructs';
import { addressOf } from '../assembly';
import { Problems, Size, toSlug } from '../core';
import { GpuPassthroughVm } from '../gpu';
import { ProxmoxVe } from '../proxmox';
import { warn } from '../proxmox/notices';
import { checkNode, checkStorage, hasName } from '../proxmox/text-forms';
import { CloudInit, IpConfig, VirtualMachine, VirtualMachineProps } from '../vm';
import { ClusterModel } from './cluster-model';
import { clusterRules as rules } from './cluster-rules';
import { ConfigContract } from './config-contract';
import { ConfigPatch } from './config-patch';
import { labelPatches } from './generated-patches';
import { MachineType } from './machine-type';
import { NodePoolProps } from './node-pool-props';
import { PatchContext } from './patch-document';
import { PatchList } from './patch-list';
import { checkPoolGpus } from './pool-gpus';
import { MINIMUM_CONTROL_PLANE_MEMORY, MINIMUM_WORKER_MEMORY, checkTalosCompute } from './talos-compute';
import { TalosImport } from './talos-import';
import { TalosNode } from './talos-node';
import { checkKubernetesVersion } from './talos-version';

const DISK_SIZE = Size.gibibytes(32);

/** Nodes of a Talos cluster that are alike: the control plane, or workers. Made by `TalosCluster` and its `addPool`. */
export class NodePool extends Construct {
  /** The image of the nodes. */
  public readonly image: TalosImport;
  /** What the nodes are to the cluster. */
  public readonly machineType: MachineType;
  /** The nodes. */
  public readonly nodes: TalosNode[];
  /** @internal */
  public readonly cluster: ClusterModel;
  /** @internal */
  public readonly patchContext: PatchContext;
  /** @internal */
  public readonly patches: PatchList;
  /** @internal */
  public readonly props: NodePoolProps;

  /**
   * @param sound whether nothing is wrong with the cluster; else its nodes would only repeat that
   * @internal
   */
  public constructor(cluster: ClusterModel, id: string, machineType: MachineType, props: NodePoolProps, sound: boolean) {
    super(cluster.scope, id);
    const problems = new Problems(this.node.path);
    this.cluster = cluster;
    this.machineType = machineType;
    this.props = props;
    this.image = props.image ?? cluster.image;
    this.patchContext = { contract: cluster.contract, machineType, path: this.node.path };
    this.patches = new PatchList(this, this.patchContext);
    if (hasName(id)) cluster.proxmoxVe.claimOwnerTag(this, problems);
    this.validate(problems);
    props.configPatches?.forEach((patch, i) => this.patches.add(patch, `configPatches[${i}]`, problems));
    const names = this.names(problems);
    problems.throwIfAny();
    this.nodes = (sound ? names : []).flatMap(({ key, address }, i) => {
      const machine = problems.collect('', () => this.createMachine(key, i, address), poolProperty);
      return machine === undefined ? [] : [new TalosNode(this, machine, address)];
    });
    problems.throwIfAny();
  }

  /** Changes the machine configuration of the nodes of this pool, after all that is said of the cluster. */
  public addConfigPatch(patch: ConfigPatch): void {
    const problems = new Problems(this.node.path);
    this.patches.add(patch, '', problems);
    problems.throwIfAny();
  }

  /**
   * The address in the cluster's network that the agent of a machine reports: not the one that control planes hold in turn, nor those
   * of containers.
   * @internal
   */
  public reportedAddress(machine: VirtualMachine): string {
    const { addresses, endpoint } = this.cluster;
    const own = `cidrhost("\${a}/${addresses.prefixLength}", 0) == "${addresses.networkAddress}"`;
    const virtual = endpoint?.virtualAddress === undefined ? '' : ` && a != "${endpoint.virtualAddress}"`;
    const reported = `${addressOf(machine.node.defaultChild as any)}.ipv4_addresses`;
    // The name, where the agent has not reported one: what is to be done with the node fails then, and not every plan.
    return `\${try([for a in flatten(${reported}) : a if ${own}${virtual}][0], "${machine.machineName}")}`;
  }

  /**
   * What a node of the pool is known by, found by its address, or by its name where addresses come by DHCP; undefined where it is none.
   * @internal
   */
  public keyOf(node: string): string | undefined {
    if (this.props.addresses !== undefined) return String(this.cluster.addresses.hostNumber(node));
    const begin = this.nodeName('');
    return node.startsWith(begin) && /^[1-9]\d{0,2}$/.test(node.slice(begin.length)) ? node.slice(begin.length) : undefined;
  }

  private validate(problems: Problems): void {
    const { props, image, cluster, machineType } = this;
    const { addresses, count } = props;
    const proxmoxVe = problems.collect('image', () => ProxmoxVe.near(this, image.proxmoxVe));
    const distant = [cluster.image, ...cluster.pools.map((pool) => pool.image)].find(({ release }) => Math.abs(release.minor - image.release.minor) > 1);
    problems
      .check(count === undefined || addresses === undefined, rules['pool-addresses-and-count'], { property: 'count', received: count })
      .check(addresses?.length !== 0 && isCount(count), rules['pool-empty'], {
        property: addresses === undefined ? 'count' : 'addresses', received: addresses ?? count,
      })
      .check(addresses !== undefined || image.guest.hasGuestAgent, rules['dhcp-needs-agent'], { property: 'addresses', received: addresses })
      .check(props.networkDevices?.length !== 0, rules['pool-without-network'], { property: 'networkDevices', received: props.networkDevices })
      .check(proxmoxVe === undefined || proxmoxVe === cluster.proxmoxVe, rules['image-of-another-cluster'], { property: 'image', received: image.node.path })
      .check(distant === undefined, rules['talos-images-too-far-apart'], { property: 'image', received: `${image.talosVersion} beside ${distant?.talosVersion}` })
      .check(ConfigContract.ofRelease(image.release).isAtLeast(cluster.contract), rules['contract-newer-than-image'], {
        property: 'configContract', received: `${cluster.contract} for ${image.talosVersion}`,
      });
    if (machineType === MachineType.CONTROL_PLANE) {
      const size = addresses?.length ?? count ?? 1;
      problems.check([1, 3, 5].includes(size), rules['control-plane-count'], { property: addresses === undefined ? 'count' : 'addresses', received: `${size} nodes` });
    }
    if (image !== cluster.image) checkKubernetesVersion(problems, 'kubernetesVersion', cluster.kubernetesVersion, image.release);
    const minimum = machineType === MachineType.WORKER ? MINIMUM_WORKER_MEMORY : MINIMUM_CONTROL_PLANE_MEMORY;
    checkTalosCompute({ ...props, memory: props.memory ?? image.hardware.memory }, problems, minimum);
    checkStorage(problems, 'storage', props.storage);
    props.proxmoxNodes?.forEach((node, i) => checkNode(problems, `proxmoxNodes[${i}]`, node));
    checkPoolGpus(this, problems);
    // Looked at now: the configurations are written when the stack renders.
    problems.collect('', () => labelPatches(props).forEach((patch) => patch.bind(this.patchContext)));
  }

  /** What the nodes are called: by the last part of their addresses, or by number. */
  private names(problems: Problems): { key: string; address?: string }[] {
    const { props, cluster } = this;
    const id = this.node.id;
    const fits = hasName(id) && `${this.nodeName('65535')}`.length <= 63;
    problems.check(fits, rules['node-pool-name'], { property: 'id', received: id });
    if (props.addresses === undefined) return Array.from({ length: isCount(props.count) ? props.count ?? 1 : 0 }, (_, i) => ({ key: String(i + 1) }));
    return props.addresses.map((address, i) => {
      const key = String(cluster.addresses.hostNumber(address));
      if (fits) cluster.addresses.claim(address, this.nodeName(key), `addresses[${i}]`, problems);
      const isEndpoint = this.machineType === MachineType.WORKER && address === cluster.endpoint?.host;
      problems.check(!isEndpoint, rules['endpoint-is-worker'], { property: `addresses[${i}]`, received: address });
      return { key, address };
    });
  }

  private get diskSize(): Size {
    const [{ size }] = this.image.hardware.disks;
    return this.props.diskSize ?? (size.isSmallerThan(DISK_SIZE) ? DISK_SIZE : size);
  }

  private nodeName(key: string): string {
    return `${this.cluster.clusterName}-${toSlug(this.node.id)}-${key}`;
  }

  private createMachine(key: string, index: number, address: string | undefined): VirtualMachine {
    const { props, cluster } = this;
    const { proxmoxNodes = [this.image.nodeName], gpus } = props;
    const node = proxmoxNodes[index % proxmoxNodes.length];
    const template = this.image.nearest(node);
    if (template.nodeName !== node && index < proxmoxNodes.length) {
      warn(this, rules['talos-copy-missing'], { property: 'proxmoxNodes', received: `${node}, with ${this.image.node.path} on ${template.nodeName}` });
    }
    const machineProps: VirtualMachineProps = {
      template,
      machineName: this.nodeName(key),
      node,
      cores: props.cores,
      sockets: props.sockets,
      cpuType: props.cpuType,
      memory: props.memory,
      networkDevices: props.networkDevices,
      vga: props.vga,
      disks: [{ size: this.diskSize, storage: props.storage }, ...props.additionalDisks ?? []],
      cloudInit: address === undefined ? undefined : this.cloudInit(address),
      tags: [...props.tags ?? [], 'talos', `talos-${this.machineType}`],
      description: `Node of the Talos cluster ${cluster.clusterName}`,
      // A node that waits for its configuration has no address to report but the one it was given.
      waitForAddresses: address === undefined,
      startOrder: props.startOrder,
      protection: props.protection,
    };
    return gpus === undefined || gpus.length === 0 ? new VirtualMachine(this, key, machineProps) : new GpuPassthroughVm(this, key, { ...machineProps, gpus });
  }

  /** Where the node is reached before it has its configuration. */
  private cloudInit(address: string): CloudInit {
    const { network, addresses } = this.cluster;
    return {
      ipConfigs: [IpConfig.fixed(`${address}/${addresses.prefixLength}`, network.gateway)],
      dnsServers: addresses.nameServers.length > 0 ? addresses.nameServers : undefined,
    };
  }
}

function isCount(count: number | undefined): boolean {
  return count === undefined || (Number.isInteger(count) && count >= 1 && count <= 250);
}

/** What a property of a machine is called in its pool. */
function poolProperty(property: string): string {
  return property
    .replace(/^disks\[0\]\.(size|storage)$/, (_, name: string) => name === 'size' ? 'diskSize' : name)
    .replace(/^disks\[(\d+)\]/, (_, i: string) => `additionalDisks[${Number(i) - 1}]`);
}
