import { TerraformProvider, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { PlainDataSource, PlainProvider, addressOf, contentHash, inSameStack, removeFormerPackerFolders, terraformSecret } from '../assembly';
import { PROVIDERS, PROXMOX_DATA_SOURCES } from '../bindings';
import { Problems, Secret, coreRules, toSlug } from '../core';
import { AddressUse } from './address-claims';
import { ClusterClaims } from './cluster-claims';
import { Credentials, SshAccess } from './credentials';
import { FLAG, Kinds, SECRET, TEXT, checkKinds, instanceOf, objectOf, required, secretly } from './kinds';
import { PciUse } from './pci-claims';
import { IPciMapping } from './pci-device';
import { proxmoxRules } from './rules';
import { checkBridge, checkForm, checkNode, checkStorage, defaultName, hasName } from './text-forms';
import { VmIdPlan, VmIdPurpose } from './vm-id-plan';

/** Connection to one Proxmox VE, and what its images and machines have in common. */
export interface ProxmoxVeProps {
  /**
   * Address of the API: `https`, host and port, such as `https://pve.lan:8006`. Any node of a cluster will do.
   * A path, another scheme or a reference to Terraform is refused.
   */
  readonly endpoint: string;
  /** Name of the node on which images are built and machines run, unless they name another. */
  readonly node: string;
  /** Storage for the disks of templates and machines (content `Disk image`), such as `local-zfs`. */
  readonly storage: string;
  /**
   * Storage to which the node downloads cloud images (content `Import`, which is not switched on by itself; a storage of files).
   * @default local
   * @see https://pve.proxmox.com/pve-docs/chapter-pvesm.html
   */
  readonly imageStorage?: string;
  /** Storage for ISO images, also those Packer makes for the time of a build (content `ISO image`). @default local */
  readonly isoStorage?: string;
  /** Storage for snippets (content `Snippets`). Used only by machines with their own user data. @default local */
  readonly snippetStorage?: string;
  /** Bridge or virtual network to which machines are connected. @default vmbr0 */
  readonly bridge?: string;
  /** Resource pool for builds, templates and machines. @default - none */
  readonly pool?: string;
  /**
   * How Packer and Terraform log in.
   * @default - an API token read from `TF_VAR_proxmox_api_token` and `PKR_VAR_proxmox_api_token`
   */
  readonly credentials?: Credentials;
  /**
   * Whether any certificate is accepted. A certificate of a private authority is better made known to the machine that deploys.
   * @default false
   */
  readonly insecure?: boolean;
  /** SSH to the node. It is configured only when something needs it: snippets of machines with their own user data. @default - none */
  readonly ssh?: SshAccess;
  /** Which VM ids are for what. @default - 8990-9000 Talos, 9001-9099 ISO, 9100-9199 cloud images */
  readonly vmIdPlan?: VmIdPlan;
  /**
   * First part of the tag by which machines and templates on the server are known to be this program's. Nothing without the tag is
   * ever replaced or deleted; a changed owner makes everything that stands a stranger's.
   * @default - id of the stack
   */
  readonly owner?: string;
}

/**
 * One Proxmox VE (a node or a cluster): the one place for connection and defaults, for Packer and Terraform alike.
 *
 * It configures the provider bpg/proxmox in its stack. Images and machines of the stack find it by themselves; where a stack has
 * several, they name theirs with `proxmoxVe`.
 */
export class ProxmoxVe extends Construct {
  /**
   * The cluster that a construct belongs to: the only one in its stack.
   * @param scope the construct
   * @param named the one its user named
   */
  public static of(scope: IConstruct, named?: ProxmoxVe): ProxmoxVe {
    const all = byStack.get(TerraformStack.of(scope)) ?? [];
    const problems = new Problems(scope.node.path);
    instanceOf(ProxmoxVe, 'new ProxmoxVe(…)')(named, 'proxmoxVe', problems);
    problems.throwIfAny();
    if (named !== undefined) {
      problems
        .check(inSameStack(named, scope), proxmoxRules['proxmox-ve-in-another-stack'], { property: 'proxmoxVe', received: named.node.path })
        .throwIfAny();
      return named;
    }
    problems.check(all.length > 0, proxmoxRules['proxmox-ve-missing'], { property: 'proxmoxVe', received: undefined });
    problems.check(all.length < 2, proxmoxRules['proxmox-ve-ambiguous'], { property: 'proxmoxVe', received: all.map((p) => p.node.path).join(', ') });
    problems.throwIfAny();
    return all[0];
  }

  /**
   * A cluster as a construct of any stack has it: itself in its own stack, elsewhere the ProxmoxVe with the same endpoint or the only one.
   * @internal
   */
  public static near(scope: IConstruct, cluster: ProxmoxVe): ProxmoxVe {
    if (inSameStack(scope, cluster)) return cluster;
    const all = byStack.get(TerraformStack.of(scope)) ?? [];
    const same = all.filter((proxmoxVe) => proxmoxVe.endpoint === cluster.endpoint);
    new Problems(scope.node.path)
      .check(same.length === 1 || all.length < 2, proxmoxRules['proxmox-ve-ambiguous'], {
        property: 'proxmoxVe',
        received: all.map((proxmoxVe) => proxmoxVe.node.path).join(', '),
        remedy: `Let exactly one ProxmoxVe of the stack have the endpoint of ${cluster.node.path}, ${cluster.endpoint}.`,
      })
      .throwIfAny();
    return same.length === 1 ? same[0] : ProxmoxVe.of(scope);
  }

  /** Address of the API without a path. */
  public readonly endpoint: string;
  /** Name of the node that is used unless another is named. */
  public readonly nodeName: string;
  /** Storage for disks. */
  public readonly storage: string;
  /** Storage for cloud images. */
  public readonly imageStorage: string;
  /** Storage for ISO images. */
  public readonly isoStorage: string;
  /** Storage for snippets. */
  public readonly snippetStorage: string;
  /** Bridge of machines. */
  public readonly bridge: string;
  /** Resource pool, if any. */
  public readonly pool?: string;
  /** How the tools log in. */
  public readonly credentials: Credentials;
  /** Whether any certificate is accepted. */
  public readonly insecure: boolean;
  /** Which VM ids are for what. */
  public readonly vmIdPlan: VmIdPlan;
  /** First part of owner tags. */
  public readonly owner: string;
  /** The provider's configuration, for resources of the generated bindings. */
  public readonly provider: TerraformProvider;

  private readonly ssh?: SshAccess;
  private readonly claims: ClusterClaims;
  private sshNeeded = false;
  private vms?: PlainDataSource;
  private containers?: PlainDataSource;
  private readonly listings = new Map<string, PlainDataSource>();

  public constructor(scope: Construct, id: string, props: ProxmoxVeProps) {
    super(scope, id);
    const stack = TerraformStack.of(this);
    validate(this.node.path, props);
    this.endpoint = new URL(props.endpoint).origin;
    this.nodeName = props.node;
    this.storage = props.storage;
    this.imageStorage = props.imageStorage ?? 'local';
    this.isoStorage = props.isoStorage ?? 'local';
    this.snippetStorage = props.snippetStorage ?? 'local';
    this.bridge = props.bridge ?? 'vmbr0';
    this.pool = props.pool;
    this.credentials = props.credentials ?? Credentials.apiToken(Secret.fromEnvironment('proxmox_api_token'));
    this.insecure = props.insecure ?? false;
    this.vmIdPlan = props.vmIdPlan ?? new VmIdPlan();
    this.owner = props.owner ?? defaultName(stack.node.id).slice(0, 40);
    this.ssh = props.ssh;
    this.claims = ClusterClaims.of(this, this.endpoint);
    removeFormerPackerFolders(this);

    const others = byStack.get(stack) ?? [];
    byStack.set(stack, [...others, this]);
    // Made here and not when the provider renders: what renders adds nothing to the tree.
    const secrets = [this.credentials.secret, props.ssh?.privateKey, props.ssh?.password];
    secrets.forEach((secret) => secret && terraformSecret(this, secret));
    this.provider = new PlainProvider(this, 'Provider', {
      requirement: PROVIDERS.proxmox,
      alias: others.length === 0 ? undefined : stack.getLogicalId(this.node),
      attributes: () => this.renderProvider(),
    });
  }

  /**
   * Claims a VM id on this cluster for a construct; notes what is wrong with it.
   * @internal
   */
  public claimVmId(vmId: number, holder: IConstruct, purpose: VmIdPurpose, problems: Problems): void {
    const before = problems.all.length;
    this.vmIdPlan.validate(vmId, purpose, problems);
    if (problems.all.length === before) {
      this.claims.claimVmId(vmId, holder, problems);
    }
  }

  /**
   * The tag by which a machine or template on the server is known to be the one of this construct.
   * @internal
   */
  public ownerTag(holder: IConstruct): string {
    const path = holder.node.scopes.slice(TerraformStack.of(holder).node.scopes.length).map((c) => c.node.id).join('/');
    const name = `${this.owner}_${toSlug(path)}`;
    return name.length > 124 ? `${name.slice(0, 111)}-${contentHash(name).slice(0, 12)}` : name;
  }

  /**
   * Claims the tag for its construct; notes who has the same one.
   * @internal
   */
  public claimOwnerTag(holder: IConstruct, problems: Problems): string {
    if (!hasName(holder.node.id)) {
      problems.report(coreRules['not-a-name'], { property: 'id', received: holder.node.id });
      return `${this.owner}_unnamed`;
    }
    const tag = this.ownerTag(holder);
    this.claims.claimOwner(tag, holder, problems);
    return tag;
  }

  /**
   * Claims a file on a storage of a node for this ProxmoxVe; notes which other one of the cluster downloads it.
   * @internal
   */
  public claimDownload(place: string, problems: Problems): void {
    this.claims.claimDownload(place, this, problems);
  }

  /**
   * Takes devices for a machine; notes with which other machine of the cluster it could not run.
   * @param canRun whether the machine may run at all
   * @internal
   */
  public claimPciDevices(uses: readonly PciUse[], canRun: boolean, problems: Problems): void {
    this.claims.pci.addUses(uses, canRun, problems);
  }

  /**
   * Takes addresses for a machine; notes who else has them in the same network.
   * @param canRun whether the machine may run at all
   * @internal
   */
  public claimAddresses(uses: readonly AddressUse[], canRun: boolean, problems: Problems): void {
    this.claims.addresses.addUses(uses, canRun, problems);
  }

  /**
   * The PCI mapping of a name that the app makes on this cluster, if it does.
   * @internal
   */
  public pciMappingMade(name: string): IPciMapping | undefined {
    return this.claims.pci.mappingMade(name);
  }

  /**
   * Makes a PCI mapping known to the machines of the cluster.
   * @param makes whether this program makes it, so that nobody else may
   * @internal
   */
  public claimPciMapping(mapping: IPciMapping, makes: boolean, problems: Problems): void {
    if (makes) this.claims.claimPciMapping(mapping.mappingName, mapping, problems);
    this.claims.pci.addMapping(mapping, makes, problems);
  }

  /**
   * Says that something needs SSH to the node.
   * @internal
   */
  public requireSsh(problems: Problems, property: string): void {
    problems.check(this.ssh !== undefined, proxmoxRules['ssh-missing'], { property, rule: `${proxmoxRules['ssh-missing'].rule} (${this.node.path})` });
    this.sshNeeded = true;
  }

  /**
   * Address of the list of all virtual machines that the credentials may see.
   * @internal
   */
  public get vmsAddress(): string {
    this.vms ??= this.listing('Vms', PROXMOX_DATA_SOURCES.vms);
    return `${addressOf(this.vms)}.vms`;
  }

  /**
   * Address of the list of all containers that the credentials may see.
   * @internal
   */
  public get containersAddress(): string {
    this.containers ??= this.listing('Containers', PROXMOX_DATA_SOURCES.containers);
    return `${addressOf(this.containers)}.containers`;
  }

  /**
   * Address of the list of all PCI mappings that the credentials may see, with what is wrong with them on a node.
   * @param node the node that looks; none where only the names matter
   * @internal
   */
  public pciMappingsAddress(node?: string): string {
    const id = node === undefined ? 'PciMappings' : `PciMappings_${node}`;
    return addressOf(this.sharedListing(id, PROXMOX_DATA_SOURCES.hardwareMappings, { type: 'pci', check_node: node }));
  }

  /**
   * Address of the list of all PCI devices of a node. Reading it needs Sys.Audit on `/`.
   * @internal
   */
  public pciDevicesAddress(node: string): string {
    return `${addressOf(this.sharedListing(`PciDevices_${node}`, PROXMOX_DATA_SOURCES.hardwarePci, { node_name: node, pci_class_blacklist: [] }))}.devices`;
  }

  private sharedListing(id: string, type: string, attributes: { [name: string]: any }): PlainDataSource {
    const source = this.listings.get(id) ?? this.listing(id, type, attributes);
    this.listings.set(id, source);
    return source;
  }

  private listing(id: string, type: string, attributes: { [name: string]: any } = {}): PlainDataSource {
    const source = new PlainDataSource(this, id, { type, provider: this.provider, attributes: () => attributes });
    source.overrideLogicalId(`${TerraformStack.of(this).getLogicalId(this.node)}_${id}`);
    return source;
  }

  private renderProvider() {
    const { user, secret } = this.credentials;
    return {
      endpoint: this.endpoint,
      insecure: this.insecure ? true : undefined,
      api_token: user === undefined ? terraformSecret(this, secret) : undefined,
      username: user,
      password: user === undefined ? undefined : terraformSecret(this, secret),
      ssh: this.ssh !== undefined && this.sshNeeded ? [this.renderSsh(this.ssh)] : undefined,
    };
  }

  private renderSsh(ssh: SshAccess) {
    return {
      username: ssh.username ?? 'root',
      agent: ssh.privateKey === undefined && ssh.password === undefined ? true : undefined,
      private_key: ssh.privateKey === undefined ? undefined : terraformSecret(this, ssh.privateKey),
      password: ssh.password === undefined ? undefined : terraformSecret(this, ssh.password),
    };
  }
}

const byStack = new WeakMap<TerraformStack, ProxmoxVe[]>();

const SSH: Kinds<SshAccess> = { username: TEXT, privateKey: SECRET, password: SECRET };

const PROPS: Kinds<ProxmoxVeProps> = {
  endpoint: required(TEXT),
  node: required(TEXT),
  storage: required(TEXT),
  imageStorage: TEXT,
  isoStorage: TEXT,
  snippetStorage: TEXT,
  bridge: TEXT,
  pool: TEXT,
  credentials: secretly(Credentials, "Credentials.apiToken(Secret.fromEnvironment('proxmox_api_token'))"),
  insecure: FLAG,
  ssh: objectOf(SSH),
  vmIdPlan: instanceOf(VmIdPlan, 'new VmIdPlan()'),
  owner: TEXT,
};

const HOST = /^https:\/\/([a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])(:\d{1,5})?\/?$/;

function validate(path: string, props: ProxmoxVeProps): void {
  const problems = new Problems(path);
  checkKinds(props, PROPS, problems);
  problems.throwIfAny();
  const forms = problems.all.length;
  checkForm(problems, 'endpoint', props.endpoint, HOST, proxmoxRules['endpoint-form']);
  if (problems.all.length === forms) {
    problems.check(URL.canParse(props.endpoint), proxmoxRules['endpoint-form'], { property: 'endpoint', received: props.endpoint });
  }
  checkNode(problems, 'node', props.node);
  checkStorage(problems, 'storage', props.storage);
  checkStorage(problems, 'imageStorage', props.imageStorage);
  checkStorage(problems, 'isoStorage', props.isoStorage);
  checkStorage(problems, 'snippetStorage', props.snippetStorage, true);
  checkBridge(problems, 'bridge', props.bridge);
  checkForm(problems, 'pool', props.pool, /^[a-zA-Z0-9_-]+$/, proxmoxRules['pool-name']);
  checkForm(problems, 'owner', props.owner, /^[a-z0-9_][a-z0-9_-]{0,39}$/, proxmoxRules['owner-name']);
  checkForm(problems, 'ssh.username', props.ssh?.username, /^[a-zA-Z0-9_][a-zA-Z0-9_.-]*$/, proxmoxRules['ssh-user'], true);
  problems.throwIfAny();
}
