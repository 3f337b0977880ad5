import { TerraformOutput, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { PlainDataSource, PlainResource, TerraformData, addressOf, contentHash, inSameStack } from '../assembly';
import { PROXMOX_DATA_SOURCES, PROXMOX_RESOURCES } from '../bindings';
import { DiskFormat, Problems, Size, escapeTerraformText, toSlug } from '../core';
import { CloudImageConfig, ICloudImage, bindCloudImage, validateCloudImage } from '../guest-os';
import {
  ProxmoxVe, VmComputeProps, VmHardware, VmIdPurpose, freeScsiSlot, normalizeTags, renderHardware, resolveDisks, resolveHardware, vmHardwareRules, vmIdGuard,
} from '../proxmox';
import { FLAG, Kinds, NUMBER, TEXT, checkKinds, instanceOf, listOf, memberOf, required, withMethods } from '../proxmox/kinds';
import { COMPUTE_KINDS, SIZE } from '../proxmox/prop-kinds';
import { checkDescription, checkName, checkNode, checkStorage, defaultName } from '../proxmox/text-forms';
import { imageRules } from './rules';
import { CloneSource, Guest, IVmTemplate, defaultHardware, existsPrecondition } from './vm-template';

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
  private readonly ownerTag: string;
  private readonly tags: string[];
  private readonly description: string;
  private readonly download: PlainResource;
  private readonly content: TerraformData;
  private readonly template: PlainResource;

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
    this.ownerTag = this.proxmoxVe.claimOwnerTag(this, problems);
    validateCloudImage(os, this.image, problems);
    this.guest = { osName: os.osName, osType: os.osType, hasGuestAgent: this.image.hasGuestAgent ?? false, hasCloudInit: true, setup: os.guestSetup };
    this.tags = normalizeTags(props.tags ?? [], this.proxmoxVe.owner, this.ownerTag, problems);
    this.description = props.description ?? `${os.osName} cloud image, imported from ${this.image.url}`;
    this.hardware = this.resolve(props, problems);
    this.cloudInitSlot = props.cloudInitDrive ? freeScsiSlot(this.hardware.disks.map((d) => d.slot)) : undefined;
    const fileName = this.fileName;
    this.proxmoxVe.claimDownload(`${this.nodeName}/${this.proxmoxVe.imageStorage}/${fileName}`, problems);
    problems.throwIfAny();

    this.contentHash = contentHash(this.image.checksum.toString(), this.nodeName, JSON.stringify(renderHardware(this.hardware, this.proxmoxVe.storage)), this.cloudInitSlot ?? '');
    this.download = this.shareDownload(fileName);
    this.content = new TerraformData(this, 'Content', { attributes: () => ({ input: this.contentHash }) });
    this.content.overrideLogicalId(TerraformStack.of(this).getLogicalId(this.node));
    this.template = this.createTemplate();
    const output = new TerraformOutput(this, 'Output', {
      value: { vm_id: `\${${addressOf(this.template)}.vm_id}`, name: this.templateName },
      description: `Template ${this.templateName}`,
    });
    output.overrideLogicalId(this.template.friendlyUniqueId);
  }

  public bindClone(scope: IConstruct): CloneSource {
    if (!inSameStack(this, scope)) {
      return { dependsOn: [], preconditions: [existsPrecondition(this, ProxmoxVe.near(scope, this.proxmoxVe), this.vmId)], replaceTriggers: [] };
    }
    return { dependsOn: [addressOf(this.template)], preconditions: [], replaceTriggers: [addressOf(this.content)] };
  }

  private resolve(props: CloudImageTemplateProps, problems: Problems): VmHardware {
    const minimum = Size.gibibytes(Math.ceil(this.image.minimumDiskSize.toGibibytes()));
    const size = props.diskSize ?? (minimum.isSmallerThan(Size.gibibytes(8)) ? Size.gibibytes(8) : minimum);
    problems.check(!size.isSmallerThan(minimum), imageRules['disk-smaller-than-image'], {
      property: 'diskSize', received: size, rule: `The disk in the image of ${this.guest.osName} has ${minimum}, and Proxmox VE shrinks no disk.`,
    });
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

  /** Templates made of one image on one node share its download. */
  private shareDownload(fileName: string): PlainResource {
    const pve = this.proxmoxVe;
    const { checksum, url } = this.image;
    const id = `Download-${this.nodeName}-${fileName}`;
    const shared = pve.node.tryFindChild(id) as PlainResource | undefined;
    if (shared !== undefined) return shared;
    const download = new PlainResource(pve, id, {
      type: PROXMOX_RESOURCES.downloadFile,
      provider: pve.provider,
      attributes: () => ({
        node_name: this.nodeName,
        datastore_id: pve.imageStorage,
        content_type: 'import',
        file_name: fileName,
        url,
        checksum: checksum.value,
        checksum_algorithm: checksum.algorithm,
        overwrite: false,
        upload_timeout: 3600,
      }),
    });
    // Another cluster of the stack can have a node of the same name.
    const cluster = pve.provider.alias === undefined ? '' : `${pve.provider.alias}-`;
    download.overrideLogicalId(toSlug(`${cluster}${this.nodeName}-${this.guest.osName}-${checksum.value.slice(0, 12)}`).replace(/^(\d)/, '_$1'));
    return download;
  }

  private createTemplate(): PlainResource {
    const pve = this.proxmoxVe;
    // The download takes minutes, and the provider adopts whoever has taken the id meanwhile.
    const late = new PlainDataSource(this, 'Vms', {
      type: PROXMOX_DATA_SOURCES.vms,
      provider: pve.provider,
      attributes: () => ({}),
      dependsOn: () => [addressOf(this.content), addressOf(this.download)],
    });
    late.overrideLogicalId(`${TerraformStack.of(this).getLogicalId(this.node)}_Vms`);
    const preconditions = vmIdGuard({
      proxmoxVe: pve,
      vmId: this.vmId,
      ownerTag: this.ownerTag,
      path: this.node.path,
      template: true,
      name: this.templateName,
      lateVms: `${addressOf(late)}.vms`,
    });
    return new PlainResource(this, 'Default', {
      type: PROXMOX_RESOURCES.vm,
      provider: pve.provider,
      attributes: () => {
        const hardware = renderHardware(this.hardware, pve.storage);
        const [disk] = hardware.disk;
        return {
          node_name: this.nodeName,
          vm_id: this.vmId,
          name: this.templateName,
          description: escapeTerraformText(this.description),
          tags: this.tags,
          pool_id: pve.pool,
          template: true,
          started: false,
          on_boot: false,
          ...hardware,
          agent: [{ enabled: this.guest.hasGuestAgent }],
          disk: [{ ...disk, import_from: `\${${addressOf(this.download)}.id}` }],
          initialization: this.cloudInitSlot === undefined ? undefined : [{
            datastore_id: disk.datastore_id, interface: this.cloudInitSlot, upgrade: false,
          }],
        };
      },
      lifecycle: () => ({ replaceTriggeredBy: [addressOf(this.content)], preconditions }),
    });
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
