import { TerraformOutput, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { PackerFolder, PackerFolderContent, addressOf, checkAsset, inSameStack } from '../assembly';
import { Duration, Problems } from '../core';
import * as packer from '../packer';
import { ProxmoxVe, VmComputeProps, VmHardware, VmIdPurpose, freeScsiSlot, normalizeTags, resolveHardware, vmHardwareRules } from '../proxmox';
import { Kinds, NUMBER, TEXT, checkKinds, instanceOf, listOf, memberOf, required, withMethods } from '../proxmox/kinds';
import { COMPUTE_KINDS } from '../proxmox/prop-kinds';
import { checkForm, checkName, defaultName } from '../proxmox/text-forms';
import { BuildAddress, BuildReach } from './build-address';
import { GoldenImageTemplate } from './golden-image-template';
import { ImageBuild, ImageDeployment, contextBuild } from './image-deployment';
import { LocalFiles } from './local-files';
import { ProvisioningProfile } from './provisioning-profile';
import { imageRules } from './rules';
import { CloneSource, Guest, IVmTemplate, existsPrecondition } from './vm-template';

/** An image baked from another template. */
export interface GoldenImageProps extends VmComputeProps {
  /** What the image is baked from: a cloud image, another golden image, or a template that exists. */
  readonly baseTemplate: IVmTemplate;
  /** Id of the template, in the plan's range for cloud images (9100-9199). */
  readonly vmId: number;
  /** Name of the template, a DNS name. @default - made of the construct's id, such as `ubuntu` */
  readonly templateName?: string;
  /** Which of the package's own provisioning the image gets. @default ProvisioningProfile.standard() */
  readonly profile?: ProvisioningProfile;
  /** What is done to the image, in this order, after the profile and before the clean-up. @default - nothing more */
  readonly provisioners?: packer.IProvisioner[];
  /** Where Packer finds the machine while it bakes. @default BuildAddress.dhcp() */
  readonly buildAddress?: BuildAddress;
  /**
   * Variables that the provisioners use (`` `${variable}` `` in their text). A deploy hands `TF_VAR_<name>` on as `PKR_VAR_<name>`; a
   * sensitive one is masked in the log.
   * @default - none
   */
  readonly variables?: packer.Variable[];
  /** User that Packer logs in as; it exists only while the image is baked. @default packer */
  readonly buildUser?: string;
  /** How long Packer waits for the machine to boot and let it in. @default - 20 minutes */
  readonly bootTimeout?: Duration;
  /** How long one task of Proxmox VE may take, such as the copy of the disks. @default - 30 minutes */
  readonly taskTimeout?: Duration;
  /**
   * Who runs Packer.
   * @default - what the context `proxmox-constructs:imageBuild` of the app says, `deploy` or `external`; else ImageBuild.DEPLOY
   */
  readonly build?: ImageBuild;
  /** Version for the manifest and the note of the template. @default - the first 12 digits of the content hash */
  readonly version?: string;
  /** Tags, beside the one that marks the template as this program's. @default - none */
  readonly tags?: string[];
}

/**
 * A golden image: a template baked by Packer from another one.
 *
 * `packer/<image>/` beside the stack holds the template in HCL and JSON, with everything it needs. A deploy builds it whenever its content
 * has changed (template, files, roles, content of the base); by hand `packer init . && packer build .` does the same.
 *
 * @see https://developer.hashicorp.com/packer/integrations/hashicorp/proxmox/latest/components/builder/clone
 */
export class GoldenImage extends Construct implements IVmTemplate {
  public readonly vmId: number;
  public readonly templateName: string;
  public readonly proxmoxVe: ProxmoxVe;
  public readonly nodeName: string;
  public readonly hardware: VmHardware;
  public readonly guest: Guest;
  public readonly cloudInitSlot?: string;
  /** What the image is baked from. */
  public readonly baseTemplate: IVmTemplate;

  private readonly bake: GoldenImageTemplate;
  private readonly folder: PackerFolder;
  private readonly deployment: ImageDeployment;

  public constructor(scope: Construct, id: string, props: GoldenImageProps) {
    super(scope, id);
    const problems = new Problems(this.node.path);
    checkKinds(props, PROPS, problems);
    problems.throwIfAny();
    const base = props.baseTemplate;
    this.baseTemplate = base;
    this.proxmoxVe = ProxmoxVe.near(this, base.proxmoxVe);
    this.nodeName = base.nodeName;
    this.vmId = props.vmId;
    this.templateName = props.templateName ?? defaultName(id);
    checkName(problems, 'templateName', this.templateName, imageRules['template-name-form']);
    this.proxmoxVe.claimVmId(props.vmId, this, VmIdPurpose.CLOUD_IMAGE, problems);
    const ownerTag = this.proxmoxVe.claimOwnerTag(this, problems);
    const tags = normalizeTags(props.tags ?? [], this.proxmoxVe.owner, ownerTag, problems);
    this.hardware = resolveHardware(this.proxmoxVe, props, base.hardware, problems);
    this.guest = { ...base.guest, hasGuestAgent: true };
    const build = props.build ?? contextBuild(this, problems);
    const profile = props.profile ?? ProvisioningProfile.standard();
    const buildUser = props.buildUser ?? 'packer';
    const { setup } = base.guest;
    checkForm(problems, 'buildUser', buildUser, /^(?!root$)[a-z][a-z0-9_-]{0,30}$/, imageRules['build-user-form']);
    checkForm(problems, 'version', props.version, /^[A-Za-z0-9.+_-]{1,64}$/, imageRules['version-form']);
    problems
      .check(setup !== undefined && base.guest.hasCloudInit, imageRules['base-not-bakeable'], { property: 'baseTemplate', received: base.node.path })
      .check(setup === undefined || profile.supports(setup), imageRules['standard-profile-unsupported'], { property: 'profile', received: base.guest.osName })
      .check(profile.standard?.users?.some((user) => user.name === buildUser) !== true, imageRules['build-user-kept'], { property: 'buildUser', received: buildUser })
      .check(this.hardware.networkDevices.length > 0, imageRules['build-without-network'], { property: 'networkDevices', received: [] })
      .check(build === ImageBuild.EXTERNAL || inSameStack(base, this), imageRules['linked-chain-across-stacks'], { property: 'baseTemplate', received: base.node.path });
    profile.validateFor(base.guest.osName, this.hardware.preEnrolledKeys, problems);
    for (const property of ['bootTimeout', 'taskTimeout'] as const) {
      const timeout = props[property];
      problems.check(timeout === undefined || timeout.toSeconds() >= 1, imageRules['build-timeout'], { property, received: timeout });
    }
    if (setup?.generalizeScript !== undefined) checkAsset(setup.generalizeScript, 'baseTemplate.guest.setup.generalizeScript', problems);
    const reach = (props.buildAddress ?? BuildAddress.dhcp()).reach(base, problems);
    // At the end of a build the seed ISO still holds its slot, so the cloud-init drive of the template comes after it.
    const disks = this.hardware.disks.map((d) => d.slot);
    const seedSlot = reach === BuildReach.SEED ? freeScsiSlot(disks) : undefined;
    this.cloudInitSlot = freeScsiSlot([...disks, ...(seedSlot === undefined ? [] : [seedSlot])]);
    problems.check(isScsiSlot(this.cloudInitSlot), vmHardwareRules['bus-full'], {
      property: 'baseTemplate', received: base.node.path, rule: 'The SCSI bus takes 31 devices, and an image needs a free slot for its cloud-init drive and one for the seed ISO of the build.',
    });
    if (problems.all.length > 0) this.validateLocalFiles(props, problems);
    problems.throwIfAny();

    this.bake = new GoldenImageTemplate({
      path: this.node.path,
      base,
      proxmoxVe: this.proxmoxVe,
      hardware: this.hardware,
      guestSetup: setup!,
      vmId: this.vmId,
      templateName: this.templateName,
      buildName: `build-${this.templateName}`.slice(0, 63).replace(/[-.]+$/, ''),
      tags,
      reach,
      seedSlot,
      fixedAddress: props.buildAddress?.fixed,
      buildUser,
      profile,
      bootTimeout: props.bootTimeout ?? Duration.minutes(20),
      taskTimeout: props.taskTimeout ?? Duration.minutes(30),
      version: props.version,
      variables: props.variables ?? [],
    });
    this.addProvisioners(...(props.provisioners ?? []));
    this.bake.validate();
    this.folder = new PackerFolder(this);
    this.deployment = new ImageDeployment(this, 'Deployment', {
      image: this, bake: this.bake, folder: this.folder, ownerTag, build, logicalId: TerraformStack.of(this).getLogicalId(this.node),
    });
    const output = new TerraformOutput(this, 'Output', {
      value: { vm_id: this.vmId, name: this.templateName, content: `\${${addressOf(this.deployment.content)}.triggers_replace.content}` },
      description: `Golden image ${this.templateName}`,
    });
    output.overrideLogicalId(this.deployment.content.friendlyUniqueId);
  }

  /** Hash over the Packer template, its files and roles, and the content of the base template. */
  public get contentHash(): string {
    return this.bake.contentHash;
  }

  /** Adds what is done to the image, after the provisioners there are. */
  public addProvisioners(...provisioners: packer.IProvisioner[]): void {
    this.bake.addProvisioners(provisioners);
  }

  /**
   * The last door: sets anything in the Packer template, whatever the library thinks of it.
   * @param path such as `source.proxmox-clone.ubuntu.task_timeout`
   * @param value what stands there instead
   */
  public addOverride(path: string, value: any): void {
    this.bake.addOverride(path, value);
  }

  public bindClone(scope: IConstruct): CloneSource {
    if (!inSameStack(this, scope)) {
      return { dependsOn: [], preconditions: [existsPrecondition(this, ProxmoxVe.near(scope, this.proxmoxVe), this.vmId)], replaceTriggers: [] };
    }
    return this.deployment.bindClone();
  }

  /**
   * Files of the image's folder. Called when the stack is written.
   * @internal
   */
  public renderPackerFolder(): PackerFolderContent {
    const content = this.bake.render();
    return { assets: content.assets, files: { ...content.files, ...this.deployment.renderFiles() } };
  }

  /** Where the image is refused before it has a template, files that are missing are among the mistakes that are reported together. */
  private validateLocalFiles(props: GoldenImageProps, problems: Problems): void {
    const files = new LocalFiles();
    const template = new packer.Template({ name: 'image' });
    (props.provisioners ?? []).forEach((provisioner, i) => {
      const own = new Problems(this.node.path);
      const config = new Problems(this.node.path).collect('', () => provisioner.bind(template));
      if (config !== undefined) files.localize(config, own);
      problems.collect(`provisioners[${i}]`, () => own.throwIfAny());
    });
  }
}

function isScsiSlot(slot: string): boolean {
  return Number(slot.slice('scsi'.length)) <= 30;
}

const DURATION = instanceOf(Duration, 'Duration.minutes(20)');

const PROPS: Kinds<GoldenImageProps> = {
  ...COMPUTE_KINDS,
  baseTemplate: required(withMethods('a template', 'VmTemplate.fromVmId(…)', 'bindClone')),
  vmId: required(NUMBER),
  templateName: TEXT,
  profile: instanceOf(ProvisioningProfile, 'ProvisioningProfile.minimal()'),
  provisioners: listOf(withMethods('a provisioner', 'packer.Provisioner.shell({ … })', 'bind')),
  buildAddress: instanceOf(BuildAddress, 'BuildAddress.dhcp()'),
  variables: listOf(instanceOf(packer.Variable, 'new packer.Variable(…)')),
  buildUser: TEXT,
  bootTimeout: DURATION,
  taskTimeout: DURATION,
  build: memberOf(ImageBuild, 'ImageBuild'),
  version: TEXT,
  tags: listOf(TEXT),
};
