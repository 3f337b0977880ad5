import { Construct } from 'constructs';
import { inSameStack } from '../assembly';
import { Duration, Problems } from '../core';
import { ProxmoxVe, VmHardware, VmIdPurpose, freeScsiSlot, normalizeTags, resolveHardware, vmHardwareRules } from '../proxmox';
import { Kinds, NUMBER, TEXT, checkKinds, instanceOf, required, withMethods } from '../proxmox/kinds';
import { checkName, defaultName } from '../proxmox/text-forms';
import { BuildAddress, BuildReach } from './build-address';
import { BUILT_KINDS, BuiltTemplate, BuiltTemplateProps } from './built-template';
import { GoldenImageTemplate } from './golden-image-template';
import { ImageBuild, contextBuild } from './image-deployment';
import { ProvisioningProfile } from './provisioning-profile';
import { imageRules } from './rules';
import { Guest, IVmTemplate, checkGuestCpu } from './vm-template';

/** An image baked from another template. */
export interface GoldenImageProps extends BuiltTemplateProps {
  /** What the image is baked from: a cloud image, another golden image, or a template that exists. */
  readonly baseTemplate: IVmTemplate;
  /** Id of the template, in the plan's range for cloud images (9100-9199). */
  readonly vmId: number;
  /** Name of the template, a DNS name. @default - made of the construct's id, such as `ubuntu` */
  readonly templateName?: string;
  /** Where Packer finds the machine while it bakes. @default BuildAddress.dhcp() */
  readonly buildAddress?: BuildAddress;
  /** How long Packer waits for the machine to boot and let it in. @default - 20 minutes */
  readonly bootTimeout?: Duration;
}

/**
 * A golden image: a template baked by Packer from another one.
 *
 * `packer/<image>/` beside the stack holds the template in HCL and JSON, with everything it needs. A deploy builds it whenever its content
 * has changed (template, files, roles, content of the base); by hand `packer init . && packer build .` does the same.
 *
 * @see https://developer.hashicorp.com/packer/integrations/hashicorp/proxmox/latest/components/builder/clone
 */
export class GoldenImage extends BuiltTemplate {
  public readonly vmId: number;
  public readonly templateName: string;
  public readonly proxmoxVe: ProxmoxVe;
  public readonly nodeName: string;
  public readonly hardware: VmHardware;
  public readonly guest: Guest;
  public readonly cloudInitSlot?: string;
  /** What the image is baked from. */
  public readonly baseTemplate: IVmTemplate;

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
    checkGuestCpu(base.guest, props.cpuType, problems);
    this.hardware = resolveHardware(this.proxmoxVe, props, base.hardware, problems);
    const build = props.build ?? contextBuild(this, problems);
    const profile = props.profile ?? ProvisioningProfile.standard();
    const { setup } = base.guest;
    this.guest = { ...base.guest, hasGuestAgent: true, hasK3s: base.guest.hasK3s || profile.installsK3s(setup), users: profile.usersOf(base.guest.users) };
    const buildUser = props.buildUser ?? setup?.cloudInitUser ?? 'packer';
    this.checkBuild(props, buildUser, profile, setup, 'baseTemplate.guest.setup', problems);
    problems
      .check(setup !== undefined && base.guest.hasCloudInit, imageRules['base-not-bakeable'], { property: 'baseTemplate', received: base.node.path })
      .check([undefined, buildUser].includes(setup?.cloudInitUser), imageRules['build-user-of-system'], {
        property: 'buildUser', received: buildUser, remedy: `Leave buildUser out: it is ${setup?.cloudInitUser}.`,
      })
      .check(build === ImageBuild.EXTERNAL || inSameStack(base, this), imageRules['linked-chain-across-stacks'], { property: 'baseTemplate', received: base.node.path });
    this.checkTimeout('bootTimeout', props.bootTimeout, problems);
    const buildAddress = props.buildAddress ?? BuildAddress.dhcp();
    const reach = buildAddress.reach(base, problems);
    const after = buildAddress.claim(this, build === ImageBuild.DEPLOY, problems);
    // At the end of a build the seed ISO still holds its slot, so the cloud-init drive of the template comes after it.
    const disks = this.hardware.disks.map((d) => d.slot);
    const seedSlot = reach === BuildReach.SEED ? freeScsiSlot(disks) : undefined;
    this.cloudInitSlot = freeScsiSlot([...disks, ...(seedSlot === undefined ? [] : [seedSlot])]);
    problems.check(isScsiSlot(this.cloudInitSlot), vmHardwareRules['bus-full'], {
      property: 'baseTemplate', received: base.node.path, rule: 'The SCSI bus takes 31 devices, and an image needs a free slot for its cloud-init drive and one for the seed ISO of the build.',
    });
    if (problems.all.length > 0) this.checkProvisioners(props.provisioners ?? [], setup, problems);
    problems.throwIfAny();

    const bake = new GoldenImageTemplate({
      path: this.node.path,
      base,
      proxmoxVe: this.proxmoxVe,
      nodeName: this.nodeName,
      hardware: this.hardware,
      osName: base.guest.osName,
      guestSetup: setup!,
      vmId: this.vmId,
      templateName: this.templateName,
      buildName: this.buildNameOf(this.templateName),
      tags,
      reach,
      seedSlot,
      fixedAddress: buildAddress.fixed,
      buildUser,
      hasK3s: this.guest.hasK3s === true,
      profile,
      bootTimeout: props.bootTimeout ?? Duration.minutes(20),
      taskTimeout: props.taskTimeout ?? Duration.minutes(30),
      version: props.version,
      variables: props.variables ?? [],
    });
    this.complete({ bake, base, after, provisioners: props.provisioners, build, ownerTag, description: `Golden image ${this.templateName}` });
  }
}

function isScsiSlot(slot: string): boolean {
  return Number(slot.slice('scsi'.length)) <= 30;
}

const PROPS: Kinds<GoldenImageProps> = {
  ...BUILT_KINDS,
  baseTemplate: required(withMethods('a template', 'VmTemplate.fromVmId(…)', 'bindClone')),
  vmId: required(NUMBER),
  templateName: TEXT,
  buildAddress: instanceOf(BuildAddress, 'BuildAddress.dhcp()'),
  bootTimeout: instanceOf(Duration, 'Duration.minutes(20)'),
};
