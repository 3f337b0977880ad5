import { Construct, IConstruct } from 'constructs';
import { contentHash } from '../assembly';
import { CpuType, DiskFormat, OsType, Problems, ScsiController, Size } from '../core';
import { CloneSource, Guest, IVmTemplate, defaultHardware } from '../image';
import { ImportedTemplate } from '../image/imported-template';
import { imageRules } from '../image/rules';
import {
  ProxmoxVe, VmComputeProps, VmHardware, VmIdPurpose, normalizeTags, renderHardware, resolveDisks, resolveHardware, vmHardwareRules,
} from '../proxmox';
import { Kinds, NUMBER, TEXT, checkKinds, instanceOf, listOf, memberOf, required } from '../proxmox/kinds';
import { inform, warn } from '../proxmox/notices';
import { COMPUTE_KINDS, SIZE } from '../proxmox/prop-kinds';
import { checkDescription, checkName, checkNode, checkStorage, defaultName } from '../proxmox/text-forms';
import { clusterRules as rules } from './cluster-rules';
import { DEFAULT_IMAGE_FACTORY, Schematic } from './schematic';
import { SystemExtension } from './system-extension';
import { TalosAccess } from './talos-access';
import { MINIMUM_WORKER_MEMORY, checkTalosCompute } from './talos-compute';
import { TalosVersion, checkTalosVersion } from './talos-version';

/** A Talos image, imported from the image factory. */
export interface TalosImportProps extends VmComputeProps {
  /**
   * Release of Talos Linux, such as `v1.13.9`. Machines that exist stay on theirs until they are upgraded.
   * @see https://www.talos.dev/latest/introduction/support-matrix/
   */
  readonly talosVersion: string;
  /**
   * What is in the image beside Talos itself.
   * @default - the extension `qemu-guest-agent`, and nothing else
   */
  readonly schematic?: Schematic;
  /** Id of the template, in the plan's range for Talos templates (9000). @default 9000 */
  readonly vmId?: number;
  /** Name of the template, a DNS name. @default - made of the construct's id, such as `talos` */
  readonly templateName?: string;
  /** The cluster. @default - the ProxmoxVe of the stack */
  readonly proxmoxVe?: ProxmoxVe;
  /** Node that downloads and imports the image. @default - node of the ProxmoxVe */
  readonly node?: string;
  /** Size of the disk, whole GiB, at least 10. Clones can be larger, never smaller. @default 10 GiB */
  readonly diskSize?: Size;
  /** Storage of the disk. @default - storage of the ProxmoxVe */
  readonly storage?: string;
  /** Format of the disk; storages of blocks (ZFS, LVM, Ceph) take only raw. @default - what the storage prefers */
  readonly diskFormat?: DiskFormat;
  /** CPU the guest sees; Talos needs x86-64-v2. @default CpuType.HOST */
  readonly cpuType?: CpuType;
  /** Memory in whole MiB, at least 1 GiB. @default 4 GiB */
  readonly memory?: Size;
  /** Refused: Talos knows neither ballooning nor memory that comes and goes. @default - no ballooning */
  readonly minimumMemory?: Size;
  /** Address of the image factory, `https` and host. @default https://factory.talos.dev */
  readonly imageFactory?: string;
  /** Tags, beside the one that marks the template as this program's. @default - none */
  readonly tags?: string[];
  /** Note shown in the web interface. @default - says what the template is made of */
  readonly description?: string;
}

/** A copy of a Talos template on another node. */
export interface TalosCopyProps {
  /** Id of the copy, in the plan's range for Talos templates. */
  readonly vmId: number;
  /** Storage of the copy's disk. @default - of the original */
  readonly storage?: string;
}

/**
 * A VM template of Talos Linux, straight from the image factory: the node downloads the image for `nocloud`, Proxmox VE imports it. No
 * Packer and no SSH take part, for there is nothing to bake: what is in the image is said by its schematic.
 *
 * The id of the schematic is computed here, so that everything made of it is known when Terraform plans; the factory is told the
 * schematic once and must agree. Another release or schematic replaces the template and touches no machine: machines are upgraded in
 * place by `talosctl upgrade` with the installer image of the same schematic.
 *
 * @see https://docs.siderolabs.com/talos/latest/platform-specific-installations/virtualized-platforms/proxmox
 */
export class TalosImport extends Construct implements IVmTemplate {
  public readonly vmId: number;
  public readonly templateName: string;
  public readonly proxmoxVe: ProxmoxVe;
  public readonly nodeName: string;
  public readonly hardware: VmHardware;
  public readonly guest: Guest;
  public readonly contentHash: string;
  /** Release of Talos Linux, such as `v1.13.9`. */
  public readonly talosVersion: string;
  /** What is in the image. */
  public readonly schematic: Schematic;
  /** Address of the image factory. */
  public readonly imageFactory: string;
  /**
   * The release in its parts.
   * @internal
   */
  public readonly release: TalosVersion;

  private readonly props: TalosImportProps;
  private readonly imported: ImportedTemplate;
  private readonly copies = new Map<string, TalosImport>();
  private asked = false;

  public constructor(scope: Construct, id: string, props: TalosImportProps) {
    super(scope, id);
    const problems = new Problems(this.node.path);
    checkKinds(props, PROPS, problems);
    problems.throwIfAny();
    this.props = props;
    this.proxmoxVe = ProxmoxVe.of(this, props.proxmoxVe);
    this.nodeName = props.node ?? this.proxmoxVe.nodeName;
    this.vmId = props.vmId ?? 9000;
    this.templateName = props.templateName ?? defaultName(id);
    this.schematic = props.schematic ?? new Schematic({ systemExtensions: [SystemExtension.QEMU_GUEST_AGENT] });
    this.imageFactory = props.imageFactory ?? DEFAULT_IMAGE_FACTORY;
    const release = checkTalosVersion(problems, 'talosVersion', props.talosVersion);
    this.talosVersion = release?.text ?? props.talosVersion;
    checkName(problems, 'templateName', this.templateName, imageRules['template-name-form']);
    checkNode(problems, 'node', props.node);
    checkStorage(problems, 'storage', props.storage);
    checkDescription(problems, props.description);
    problems.check(isFactory(this.imageFactory), rules['image-factory-form'], { property: 'imageFactory', received: props.imageFactory });
    this.proxmoxVe.claimVmId(this.vmId, this, VmIdPurpose.TALOS_TEMPLATE, problems);
    const ownerTag = this.proxmoxVe.claimOwnerTag(this, problems);
    const tags = normalizeTags(props.tags ?? [], this.proxmoxVe.owner, ownerTag, problems);
    this.guest = {
      osName: `talos-${this.talosVersion.replace(/^v/, '')}`,
      osType: OsType.LINUX,
      hasGuestAgent: this.schematic.hasExtension(SystemExtension.QEMU_GUEST_AGENT),
      hasCloudInit: true,
    };
    this.hardware = this.resolve(problems);
    if (release !== undefined) problems.collect('schematic', () => this.schematic.validateFor(release));
    const source = this.sourceName();
    // Two nodes can have one storage, and each downloads for itself.
    const place = this.nodeName === this.proxmoxVe.nodeName ? '' : `-${this.nodeName}`;
    const fileName = `${this.proxmoxVe.owner}-talos-${this.talosVersion}-nocloud-${source}${place}.qcow2`;
    this.proxmoxVe.claimDownload(`${this.nodeName}/${this.proxmoxVe.imageStorage}/${fileName}`, problems);
    problems.throwIfAny();

    this.release = release!;
    const url = this.schematic.diskImageUrl(this.talosVersion, this.imageFactory);
    const registered = TalosAccess.of(this, this.imageFactory).register(this.schematic);
    this.contentHash = contentHash(url, this.nodeName, JSON.stringify(renderHardware(this.hardware, this.proxmoxVe.storage)));
    this.imported = new ImportedTemplate(this, {
      download: {
        url, fileName, logicalId: `talos-${this.talosVersion}-${source}`, dependsOn: () => [registered],
      },
      ownerTag,
      tags,
      description: props.description ?? `Talos ${this.talosVersion}, imported from ${url}`,
    });
    this.note();
  }

  /** The image by which machines made of this template are upgraded: same schematic, same platform. */
  public get installerImage(): string {
    return this.schematic.installerImage(this.talosVersion, this.imageFactory);
  }

  /**
   * The same image on another node, so that machines there are copied from a template beside them. Without a copy of its own, a node
   * takes its machines from the original over the network.
   *
   * @param node name of the other node
   */
  public addCopy(node: string, props: TalosCopyProps): TalosImport {
    const problems = new Problems(this.node.path);
    required(TEXT)(node, 'node', problems);
    checkKinds(props, COPY, problems);
    problems.throwIfAny();
    problems
      .check(node !== this.nodeName && !this.copies.has(node), rules['talos-copy-twice'], { property: 'node', received: node })
      .check(!this.asked, rules['talos-copy-late'], { property: 'node', received: node })
      .throwIfAny();
    const copy = new TalosImport(this, `On-${node}`, {
      ...this.props,
      templateName: `${this.templateName}-${defaultName(node)}`,
      node,
      vmId: props.vmId,
      storage: props.storage ?? this.props.storage,
    });
    this.copies.set(node, copy);
    return copy;
  }

  /**
   * The template from which a machine on a node is made.
   * @internal
   */
  public nearest(node: string): TalosImport {
    this.asked = true;
    return this.copies.get(node) ?? this;
  }

  public bindClone(scope: IConstruct): CloneSource {
    return this.imported.bindClone(scope);
  }

  private note(): void {
    const { schematic } = this;
    if (!this.guest.hasGuestAgent) inform(this, rules['talos-without-agent'], { property: 'schematic', received: schematic.systemExtensions.join(', ') || 'no extensions' });
    if (this.imageFactory !== DEFAULT_IMAGE_FACTORY) return;
    for (const extension of schematic.systemExtensions.filter(({ isKnown }) => !isKnown)) {
      const { closestName } = extension;
      warn(this, rules['system-extension-unknown'], {
        property: 'schematic', received: extension, remedy: closestName === undefined ? undefined : `Did you mean ${closestName}? Of a newer extension, acknowledge this code.`,
      });
    }
  }

  /** What tells images of one release apart, as part of names: schematic, secure boot and factory. */
  private sourceName(): string {
    const { imageFactory, schematic } = this;
    const parts = [schematic.secureBoot ? 'secureboot' : undefined, schematic.schematicId.slice(0, 12), imageFactory === DEFAULT_IMAGE_FACTORY ? undefined : contentHash(imageFactory).slice(0, 8)];
    return parts.filter((part) => part !== undefined).join('-');
  }

  private resolve(problems: Problems): VmHardware {
    const { props } = this;
    const size = props.diskSize ?? MINIMUM_DISK;
    problems
      .check(!size.isSmallerThan(MINIMUM_DISK), rules['talos-disk-too-small'], { property: 'diskSize', received: size })
      .check(Number.isInteger(size.toGibibytes()), vmHardwareRules['disk-size'], { property: 'diskSize', received: size });
    const base: VmHardware = {
      ...defaultHardware(this.proxmoxVe, this.guest),
      cpuType: CpuType.HOST,
      memory: Size.gibibytes(4),
      // Reports of disks that an installation does not find come with "single" only.
      scsiController: ScsiController.VIRTIO_SCSI_PCI,
    };
    checkTalosCompute(props, problems, MINIMUM_WORKER_MEMORY);
    const disks = resolveDisks(this.proxmoxVe, [{ size, storage: props.storage, format: props.diskFormat }], base, new Problems(''));
    return resolveHardware(this.proxmoxVe, props, { ...base, disks }, problems);
  }
}

const MINIMUM_DISK = Size.gibibytes(10);

function isFactory(text: string): boolean {
  return /^https:\/\/[a-z0-9.-]+(:\d+)?$/.test(text) && URL.canParse(text);
}

const COPY: Kinds<TalosCopyProps> = { vmId: required(NUMBER), storage: TEXT };

const PROPS: Kinds<TalosImportProps> = {
  ...COMPUTE_KINDS,
  talosVersion: required(TEXT),
  schematic: instanceOf(Schematic, 'new talos.Schematic({ … })'),
  vmId: NUMBER,
  templateName: TEXT,
  proxmoxVe: instanceOf(ProxmoxVe, 'new ProxmoxVe(…)'),
  node: TEXT,
  diskSize: SIZE,
  storage: TEXT,
  diskFormat: memberOf(DiskFormat, 'DiskFormat'),
  imageFactory: TEXT,
  tags: listOf(TEXT),
  description: TEXT,
};
