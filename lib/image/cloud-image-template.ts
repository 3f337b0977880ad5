import { Construct, IConstruct } from 'constructs';
import { contentHash } from '../assembly';
import { DiskFormat, Problems, Size } from '../core';
import { CloudImageConfig, ICloudImage, bindCloudImage, validateCloudImage } from '../guest-os';
import {
  ProxmoxVe, VmComputeProps, VmHardware, VmIdPurpose, freeScsiSlot, normalizeTags, renderHardware, resolveDisks, resolveHardware, vmHardwareRules,
} from '../proxmox';
import { FLAG, Kinds, NUMBER, TEXT, checkKinds, instanceOf, listOf, memberOf, required, withMethods } from '../proxmox/kinds';
import { COMPUTE_KINDS, SIZE } from '../proxmox/prop-kinds';
import { checkDescription, checkName, checkNode, checkStorage, defaultName } from '../proxmox/text-forms';
import { ImportedTemplate } from './imported-template';
import { imageRules } from './rules';
import { CloneSource, Guest, IVmTemplate, checkGuestCpu, defaultHardware } from './vm-template';

/** A template imported from a vendor's cloud image. */
export interface CloudImageTemplateProps extends VmComputeProps {
  /** The operating system; one without a cloud image does not compile. */
  readonly operatingSystem: ICloudImage;
  /** Id of the template, in the plan's range for cloud images (9100-9199). */
  readonly vmId: number;
  /** Name of the template, a DNS name. @default - made of the construct's path, such as `ubuntu-base` */
  readonly templateName?: string;
  /** The cluster. @default - the ProxmoxVe of the stack */
  readonly proxmoxVe?: ProxmoxVe;
  /** Node that downloads and imports the image. @default - node of the ProxmoxVe */
  readonly node?: string;
  /** Size of the disk, whole GiB, at least that of the image. Clones can be larger, never smaller. @default - that of the image, at least 8 GiB */
  readonly diskSize?: Size;
  /** Storage of the disk. @default - storage of the ProxmoxVe */
  readonly storage?: string;
  /** Format of the disk; storages of blocks (ZFS, LVM, Ceph) take only raw. @default - what the storage prefers */
  readonly diskFormat?: DiskFormat;
  /** Whether the EFI variable store has the keys of Secure Boot enrolled. @default false */
  readonly secureBoot?: boolean;
  /**
   * Whether the template has a cloud-init drive. A golden image that is built at a fixed address needs one; one that is built over
   * DHCP needs a base without.
   * @default false
   */
  readonly cloudInitDrive?: boolean;
  /** Tags, beside the one that marks the template as this program's. @default - none */
  readonly tags?: string[];
  /** Note shown in the web interface. @default - says what the template is made of */
  readonly description?: string;
}

/**
 * A VM template made of a vendor's cloud image: the node downloads it, Proxmox VE imports it. Only the API is used, no SSH.
 *
 * It is never started, so nothing of an identity is in it. Another image replaces the template: the provider itself would report an
 * update and keep the old disk. While it is replaced (a download long) there is no template; full clones are not touched, and linked
 * clones make Proxmox VE refuse.
 *
 * @see https://registry.terraform.io/providers/bpg/proxmox/latest/docs/guides/cloud-image
 */
export class CloudImageTemplate extends Construct implements IVmTemplate {
  public readonly vmId: number;
  public readonly templateName: string;
  public readonly proxmoxVe: ProxmoxVe;
  public readonly nodeName: string;
  public readonly hardware: VmHardware;
  public readonly guest: Guest;
  public readonly cloudInitSlot?: string;
  public readonly contentHash: string;

  private readonly image: CloudImageConfig;
  private readonly imported: ImportedTemplate;

  public constructor(scope: Construct, id: string, props: CloudImageTemplateProps) {
    super(scope, id);
    const problems = new Problems(this.node.path);
    checkKinds(props, PROPS, problems);
    problems.throwIfAny();
    const os = props.operatingSystem;
    this.image = bindCloudImage(os, problems);
    this.proxmoxVe = ProxmoxVe.of(this, props.proxmoxVe);
    this.nodeName = props.node ?? this.proxmoxVe.nodeName;
    this.vmId = props.vmId;
    this.templateName = props.templateName ?? defaultName(id);
    checkName(problems, 'templateName', this.templateName, imageRules['template-name-form']);
    checkNode(problems, 'node', props.node);
    checkStorage(problems, 'storage', props.storage);
    checkDescription(problems, props.description);
    this.proxmoxVe.claimVmId(props.vmId, this, VmIdPurpose.CLOUD_IMAGE, problems);
    const ownerTag = this.proxmoxVe.claimOwnerTag(this, problems);
    validateCloudImage(os, this.image, problems);
    this.guest = {
      osName: os.osName,
      osType: os.osType,
      hasGuestAgent: this.image.hasGuestAgent ?? false,
      hasCloudInit: true,
      hasK3s: false,
      needsX86_64V3: this.image.needsX86_64V3,
      setup: os.guestSetup,
    };
    const tags = normalizeTags(props.tags ?? [], this.proxmoxVe.owner, ownerTag, problems);
    this.hardware = this.resolve(props, problems);
    this.cloudInitSlot = props.cloudInitDrive ? freeScsiSlot(this.hardware.disks.map((d) => d.slot)) : undefined;
    const fileName = this.fileName;
    this.proxmoxVe.claimDownload(`${this.nodeName}/${this.proxmoxVe.imageStorage}/${fileName}`, problems);
    problems.throwIfAny();

    this.contentHash = contentHash(this.image.checksum.toString(), this.nodeName, JSON.stringify(renderHardware(this.hardware, this.proxmoxVe.storage)), this.cloudInitSlot ?? '');
    const { checksum, url } = this.image;
    this.imported = new ImportedTemplate(this, {
      download: { url, fileName, checksum, logicalId: `${os.osName}-${checksum.value.slice(0, 12)}` },
      ownerTag,
      tags,
      description: props.description ?? `${os.osName} cloud image, imported from ${url}`,
    });
  }

  public bindClone(scope: IConstruct): CloneSource {
    return this.imported.bindClone(scope);
  }

  private resolve(props: CloudImageTemplateProps, problems: Problems): VmHardware {
    const minimum = Size.gibibytes(Math.ceil(this.image.minimumDiskSize.toGibibytes()));
    const size = props.diskSize ?? (minimum.isSmallerThan(Size.gibibytes(8)) ? Size.gibibytes(8) : minimum);
    problems.check(!size.isSmallerThan(minimum), imageRules['disk-smaller-than-image'], {
      property: 'diskSize', received: size, rule: `The disk in the image of ${this.guest.osName} has ${minimum}, and Proxmox VE shrinks no disk.`,
    });
    checkGuestCpu(this.guest, props.cpuType, problems);
    const base = { ...defaultHardware(this.proxmoxVe, this.guest), preEnrolledKeys: props.secureBoot ?? false };
    problems.check(Number.isInteger(size.toGibibytes()), vmHardwareRules['disk-size'], { property: 'diskSize', received: size });
    const disks = resolveDisks(this.proxmoxVe, [{ size, storage: props.storage, format: props.diskFormat }], base, new Problems(''));
    const hardware = resolveHardware(this.proxmoxVe, props, { ...base, disks }, problems);
    problems.check(!hardware.memory.isSmallerThan(Size.mebibytes(512)), imageRules['memory-too-small-for-import'], {
      property: 'memory', received: hardware.memory,
    });
    return hardware;
  }

  /** Proxmox VE imports by the ending, and the `.img` of Ubuntu is a qcow2. */
  private get fileName(): string {
    const ending = /\.(raw|vmdk)$/.exec(this.image.url)?.[1] ?? 'qcow2';
    return `${this.proxmoxVe.owner}-${this.guest.osName}-${this.image.checksum.value.slice(0, 12)}.${ending}`;
  }
}

const PROPS: Kinds<CloudImageTemplateProps> = {
  ...COMPUTE_KINDS,
  operatingSystem: required(withMethods('an operating system with a cloud image', 'guestos.Ubuntu.V24_04', 'bindCloudImage')),
  vmId: required(NUMBER),
  templateName: TEXT,
  proxmoxVe: instanceOf(ProxmoxVe, 'new ProxmoxVe(…)'),
  node: TEXT,
  diskSize: SIZE,
  storage: TEXT,
  diskFormat: memberOf(DiskFormat, 'DiskFormat'),
  secureBoot: FLAG,
  cloudInitDrive: FLAG,
  tags: listOf(TEXT),
  description: TEXT,
};
