import * as fs from 'fs';
import * as path from 'path';
import { Precondition } from 'cdktf';
import { Construct } from 'constructs';
import { PackerFolder, TerraformData, addressOf } from '../assembly';
import { Problems } from '../core';
import { vmIdGuard } from '../proxmox';
import { ImageTemplate } from './image-template';
import { imageRules } from './rules';
import { CloneSource, IVmTemplate, existsPrecondition } from './vm-template';

/** Who runs Packer. */
export enum ImageBuild {
  /** A deploy builds the image when its content has changed, before what is cloned from it. */
  DEPLOY = 'deploy',
  /** Somebody else: a pipeline, or a person in the folder of the image. A plan stops where the template is missing. */
  EXTERNAL = 'external',
}

/**
 * Who runs Packer where a program leaves it open: a pipeline that builds images by itself says so once, in the context of the app.
 *
 * @internal
 */
export function contextBuild(scope: Construct, problems: Problems): ImageBuild {
  const value: unknown = scope.node.tryGetContext('proxmox-constructs:imageBuild') ?? ImageBuild.DEPLOY;
  const build = Object.values(ImageBuild).find((one) => one === value);
  problems.check(build !== undefined, imageRules['image-build-context'], { property: 'context proxmox-constructs:imageBuild', received: value });
  return build ?? ImageBuild.DEPLOY;
}

/** What an image's part of the Terraform configuration is made of. */
export interface ImageDeploymentProps {
  /** The image. */
  readonly image: IVmTemplate;
  /** Its Packer template. */
  readonly bake: ImageTemplate;
  /** The template that it clones. @default - none */
  readonly base?: IVmTemplate;
  /** An image that is built before this one, since both are built at one address. @default - none */
  readonly after?: IVmTemplate;
  /** Its folder. */
  readonly folder: PackerFolder;
  /** Tag of its template. */
  readonly ownerTag: string;
  /** Who runs Packer. */
  readonly build: ImageBuild;
  /** Name of the resources in Terraform. */
  readonly logicalId: string;
}

/** Files of the program that builds an image during a deploy, as they stand beside this one. */
const RUNNER = [
  'aside.mjs', 'deploy.mjs', 'guests.mjs', 'interruption.mjs', 'lock.mjs', 'log.mjs', 'packer.mjs', 'privileges.mjs', 'processes.mjs', 'pve.mjs', 'trust.mjs',
  'variables.mjs',
];

/**
 * An image's part of the Terraform configuration.
 *
 * `terraform_data.<Image>` is replaced when the content changes, and its creation runs Packer. `terraform_data.<Image>_Template` stands for
 * the template on the server: only when it goes, the template is deleted, and not before a rebuild that may fail.
 */
export class ImageDeployment extends Construct {
  /** Replaced when the content of the image changes. */
  public readonly content: TerraformData;

  private readonly props: ImageDeploymentProps;
  private readonly preconditions: Precondition[];

  public constructor(scope: Construct, id: string, props: ImageDeploymentProps) {
    super(scope, id);
    this.props = props;
    const { image, bake } = props;
    const base = props.base?.bindClone(this) ?? { dependsOn: [], preconditions: [], replaceTriggers: [] };
    const before = new Set([...base.dependsOn, ...props.after?.bindClone(this).dependsOn ?? []]);
    const guard = vmIdGuard({
      proxmoxVe: image.proxmoxVe, vmId: image.vmId, ownerTag: props.ownerTag, path: image.node.path, template: true, buildName: bake.props.buildName,
    });
    this.preconditions = props.build === ImageBuild.DEPLOY
      ? [...base.preconditions, ...guard]
      : [];
    const template = props.build === ImageBuild.DEPLOY ? this.createTemplate() : undefined;
    this.content = new TerraformData(this, 'Content', {
      attributes: () => ({ triggers_replace: { content: bake.contentHash } }),
      dependsOn: () => [...before, ...(template === undefined ? [] : [addressOf(template)])],
      // A template that was deleted because its id changed is built again.
      lifecycle: () => ({ preconditions: this.preconditions, replaceTriggeredBy: template === undefined ? [] : [addressOf(template)] }),
      provisioners: props.build === ImageBuild.DEPLOY ? [this.run('build')] : undefined,
    });
    this.content.overrideLogicalId(props.logicalId);
  }

  /** What a clone in the same stack waits for. */
  public bindClone(): CloneSource {
    const { image, build, folder } = this.props;
    const missing = build === ImageBuild.DEPLOY ? [] : [existsPrecondition(image, image.proxmoxVe, image.vmId,
      `Build it: cd ${folder.pathFromStack}/hcl && packer init . && packer build .`)];
    return { dependsOn: [addressOf(this.content)], preconditions: missing, replaceTriggers: [addressOf(this.content)] };
  }

  /** The program that builds the image during a deploy, and what it has to know. */
  public renderFiles(): { [path: string]: string } {
    if (this.props.build === ImageBuild.EXTERNAL) return {};
    const files = Object.fromEntries(RUNNER.map((name) => [`deploy/${name}`, fs.readFileSync(path.join(__dirname, '../assembly/runner', name), 'utf8')]));
    return { ...files, 'deploy/deploy.json': `${JSON.stringify(this.renderConfig(), null, 2)}\n` };
  }

  private renderConfig() {
    const { image, bake, ownerTag } = this.props;
    const { variables } = bake.props;
    const { baseVmId, isoStorage, downloadStorage, readStorages, privileges, usesAgent } = bake.needs;
    const { proxmoxVe, hardware } = image;
    const { user, secret } = proxmoxVe.credentials;
    return {
      path: image.node.path,
      endpoint: proxmoxVe.endpoint,
      insecure: proxmoxVe.insecure,
      credentials: { user: user ?? null, secret: { source: secret.source, reference: secret.reference } },
      node: image.nodeName,
      vmId: image.vmId,
      templateName: image.templateName,
      buildName: bake.props.buildName,
      ownerTag,
      baseVmId,
      pool: proxmoxVe.pool ?? null,
      diskStorages: unique(hardware.disks.map((disk) => disk.storage)),
      isoStorage,
      downloadStorage,
      readStorages,
      privileges,
      bridges: unique(hardware.networkDevices.map((device) => device.bridge)),
      usesAgent,
      variables: variables.map((variable) => ({ name: variable.name, sensitive: variable.sensitive, required: variable.mustBeGiven })),
    };
  }

  private createTemplate(): TerraformData {
    const { image, ownerTag, logicalId } = this.props;
    const template = new TerraformData(this, 'Template', {
      attributes: () => ({ triggers_replace: { vm_id: image.vmId, owner_tag: ownerTag } }),
      provisioners: [{
        ...this.run('destroy'),
        when: 'destroy',
        environment: {
          PROXMOX_CONSTRUCTS_VM_ID: '${self.triggers_replace.vm_id}',
          PROXMOX_CONSTRUCTS_OWNER_TAG: '${self.triggers_replace.owner_tag}',
        },
      }],
    });
    template.overrideLogicalId(`${logicalId}_Template`);
    return template;
  }

  /** The shell stays the parent, so that the program sees it end when Terraform is interrupted. */
  private run(step: string) {
    return {
      type: 'local-exec' as const,
      command: `PROXMOX_CONSTRUCTS_DEPLOY_PID=$PPID node deploy/deploy.mjs ${step}; exit $?`,
      workingDir: `\${path.module}/${this.props.folder.pathFromStack}`,
    };
  }
}

function unique(names: string[]): string[] {
  return [...new Set(names)].sort();
}
