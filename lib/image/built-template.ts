import { TerraformOutput, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { PackerFolder, PackerFolderContent, addressOf, checkAsset, inSameStack } from '../assembly';
import { Duration, Problems } from '../core';
import { GuestSetup, GuestShell } from '../guest-os';
import * as packer from '../packer';
import { ProxmoxVe, VmComputeProps, VmHardware } from '../proxmox';
import { Kinds, TEXT, instanceOf, listOf, memberOf, withMethods } from '../proxmox/kinds';
import { COMPUTE_KINDS } from '../proxmox/prop-kinds';
import { checkForm } from '../proxmox/text-forms';
import { checkGuestProvisioner } from './guest-provisioners';
import { ImageBuild, ImageDeployment } from './image-deployment';
import { ImageTemplate } from './image-template';
import { LocalFiles } from './local-files';
import { ProvisioningProfile } from './provisioning-profile';
import { imageRules } from './rules';
import { isReservedAccount } from './system-accounts';
import { CloneSource, Guest, IVmTemplate, existsPrecondition } from './vm-template';

/** What is said of every template that Packer builds. */
export interface BuiltTemplateProps extends VmComputeProps {
  /** Which of the package's own provisioning the image gets. @default ProvisioningProfile.standard() */
  readonly profile?: ProvisioningProfile;
  /** What is done to the image, in this order, after the profile and before the clean-up. @default - nothing more */
  readonly provisioners?: packer.IProvisioner[];
  /**
   * Variables that the provisioners use (`` `${variable}` `` in their text). A deploy hands `TF_VAR_<name>` on as `PKR_VAR_<name>`; a
   * sensitive one is masked in the log.
   * @default - none
   */
  readonly variables?: packer.Variable[];
  /**
   * User that Packer logs in as; it exists only while the image is built. Refused where its name is that of an account or a group of a Linux, such
   * as `admin`, `operator` or `wheel`.
   * @default packer, unless the operating system has one of its own
   */
  readonly buildUser?: string;
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

const DURATION = instanceOf(Duration, 'Duration.minutes(20)');

/**
 * Kinds of the properties of `BuiltTemplateProps`.
 * @internal
 */
export const BUILT_KINDS: Kinds<BuiltTemplateProps> = {
  ...COMPUTE_KINDS,
  profile: instanceOf(ProvisioningProfile, 'ProvisioningProfile.minimal()'),
  provisioners: listOf(withMethods('a provisioner', 'packer.Provisioner.shell({ … })', 'bind')),
  variables: listOf(instanceOf(packer.Variable, 'new packer.Variable(…)')),
  buildUser: TEXT,
  taskTimeout: DURATION,
  build: memberOf(ImageBuild, 'ImageBuild'),
  version: TEXT,
  tags: listOf(TEXT),
};

/** What a template needs to be built. */
interface BuildParts {
  readonly bake: ImageTemplate;
  readonly base?: IVmTemplate;
  /** An image that is built before it. */
  readonly after?: IVmTemplate;
  readonly provisioners?: packer.IProvisioner[];
  readonly build: ImageBuild;
  readonly ownerTag: string;
  /** What the output says of it. */
  readonly description: string;
}

/** A template that Packer builds: baked from another one, or installed from an ISO. */
export abstract class BuiltTemplate extends Construct implements IVmTemplate {
  public abstract readonly vmId: number;
  public abstract readonly templateName: string;
  public abstract readonly proxmoxVe: ProxmoxVe;
  public abstract readonly nodeName: string;
  public abstract readonly hardware: VmHardware;
  public abstract readonly guest: Guest;
  public abstract readonly cloudInitSlot?: string;

  private bake!: ImageTemplate;
  private folder!: PackerFolder;
  private deployment!: ImageDeployment;

  /** Hash over the Packer template, its files and roles, and the content of what it is made of. */
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

  /**
   * Name of the machine while it is built.
   * @internal
   */
  protected buildNameOf(templateName: string): string {
    return `build-${templateName}`.slice(0, 63).replace(/[-.]+$/, '');
  }

  /**
   * Notes what is wrong with what every built template says of its build.
   * @internal
   */
  protected checkBuild(
    props: BuiltTemplateProps, buildUser: string, profile: ProvisioningProfile, setup: GuestSetup | undefined, setupProperty: string, problems: Problems,
  ): void {
    const { osName } = this.guest;
    const isWindows = setup?.shell === GuestShell.POWERSHELL;
    checkForm(problems, 'buildUser', buildUser, isWindows ? WINDOWS_USER : USER, imageRules['build-user-form']);
    checkForm(problems, 'version', props.version, /^[A-Za-z0-9.+_-]{1,64}$/, imageRules['version-form']);
    problems
      .check(isWindows || buildUser === setup?.cloudInitUser || !isReservedAccount(buildUser), imageRules['build-user-reserved'], {
        property: 'buildUser', received: buildUser,
      })
      .check(setup === undefined || profile.supports(setup), imageRules['standard-profile-unsupported'], { property: 'profile', received: osName })
      .check(!this.guest.users?.includes(buildUser), imageRules['build-user-kept'], { property: 'buildUser', received: buildUser })
      .check(this.hardware.networkDevices.length > 0, imageRules['build-without-network'], { property: 'networkDevices', received: [] });
    profile.validateFor(osName, setup, this.hardware.preEnrolledKeys, problems);
    this.checkTimeout('taskTimeout', props.taskTimeout, problems);
    if (setup?.generalizeScript !== undefined) checkAsset(setup.generalizeScript, `${setupProperty}.generalizeScript`, problems);
  }

  /**
   * Notes a time that Packer takes for its default.
   * @internal
   */
  protected checkTimeout(property: string, timeout: Duration | undefined, problems: Problems): void {
    problems.check(timeout === undefined || timeout.toSeconds() >= 1, imageRules['build-timeout'], { property, received: timeout });
  }

  /**
   * Where the image is refused before it has a template, what is wrong with its provisioners is among the mistakes that are reported together.
   * @internal
   */
  protected checkProvisioners(provisioners: packer.IProvisioner[], setup: GuestSetup | undefined, problems: Problems): void {
    const files = new LocalFiles();
    const template = new packer.Template({ name: 'image' });
    provisioners.forEach((provisioner, i) => {
      const own = new Problems(this.node.path);
      const config = new Problems(this.node.path).collect('', () => provisioner.bind(template));
      if (config === undefined) return;
      if (setup !== undefined) checkGuestProvisioner(config, setup.shell, own);
      files.localize(config, own);
      problems.collect(`provisioners[${i}]`, () => own.throwIfAny());
    });
  }

  /**
   * Makes the folder, and the part of the Terraform configuration.
   * @internal
   */
  protected complete({ bake, base, after, provisioners = [], build, ownerTag, description }: BuildParts): void {
    this.bake = bake;
    this.addProvisioners(...provisioners);
    bake.validate();
    this.folder = new PackerFolder(this);
    this.deployment = new ImageDeployment(this, 'Deployment', {
      image: this, bake, base, after, folder: this.folder, ownerTag, build, logicalId: TerraformStack.of(this).getLogicalId(this.node),
    });
    const output = new TerraformOutput(this, 'Output', {
      value: { vm_id: this.vmId, name: this.templateName, content: `\${${addressOf(this.deployment.content)}.triggers_replace.content}` },
      description,
    });
    output.overrideLogicalId(this.deployment.content.friendlyUniqueId);
  }
}

const USER = /^(?!root$)[a-z][a-z0-9_-]{0,30}$/;
/** Windows has names of at most 20 characters, and knows Administrator. */
const WINDOWS_USER = /^(Administrator|[a-z][a-z0-9_-]{0,19})$/;
