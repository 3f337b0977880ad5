import { TerraformOutput, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { PlainDataSource, PlainResource, TerraformData, addressOf, inSameStack } from '../assembly';
import { PROXMOX_DATA_SOURCES, PROXMOX_RESOURCES } from '../bindings';
import { escapeTerraformText, toSlug } from '../core';
import { Checksum } from '../guest-os';
import { ProxmoxVe, renderHardware, vmIdGuard } from '../proxmox';
import { CloneSource, IVmTemplate, existsPrecondition } from './vm-template';

/**
 * A disk image that a node downloads.
 * @internal
 */
export interface ImageDownload {
  /** Where from. */
  readonly url: string;
  /** Name of the file on the storage; says what is in it, and ends as Proxmox VE demands of its format. */
  readonly fileName: string;
  /** Name of the resource within its cluster, shared by all templates made of the file. */
  readonly logicalId: string;
  /** What the file must hash to. @default - its place vouches for it */
  readonly checksum?: Checksum;
  /** Called when the stack renders. @default - nothing has to be there before */
  readonly dependsOn?: () => string[];
}

/**
 * A template made of a disk image.
 * @internal
 */
export interface ImportedTemplateProps {
  readonly download: ImageDownload;
  readonly ownerTag: string;
  readonly tags: string[];
  readonly description: string;
}

/**
 * Terraform's part of a template that a node imports from a disk image: the download, the template, and what guards and replaces it.
 * @internal
 */
export class ImportedTemplate {
  private readonly download: PlainResource;
  private readonly content: TerraformData;
  private readonly template: PlainResource;

  /**
   * @param scope the construct whose template it is; the elements become its children
   */
  public constructor(private readonly scope: Construct & IVmTemplate, private readonly props: ImportedTemplateProps) {
    this.download = this.shareDownload();
    this.content = new TerraformData(scope, 'Content', { attributes: () => ({ input: scope.contentHash }) });
    this.content.overrideLogicalId(TerraformStack.of(scope).getLogicalId(scope.node));
    this.template = this.createTemplate();
    const output = new TerraformOutput(scope, 'Output', {
      value: { vm_id: `\${${addressOf(this.template)}.vm_id}`, name: scope.templateName },
      description: `Template ${scope.templateName}`,
    });
    output.overrideLogicalId(this.template.friendlyUniqueId);
  }

  /** What a clone has to wait for. */
  public bindClone(clone: IConstruct): CloneSource {
    const { scope } = this;
    if (!inSameStack(scope, clone)) {
      return { dependsOn: [], preconditions: [existsPrecondition(scope, ProxmoxVe.near(clone, scope.proxmoxVe), scope.vmId)], replaceTriggers: [] };
    }
    return { dependsOn: [addressOf(this.template)], preconditions: [], replaceTriggers: [addressOf(this.content)] };
  }

  /** Templates made of one image on one node share its download. */
  private shareDownload(): PlainResource {
    const { proxmoxVe: pve, nodeName } = this.scope;
    const { url, fileName, logicalId, checksum, dependsOn } = this.props.download;
    const id = `Download-${nodeName}-${fileName}`;
    const shared = pve.node.tryFindChild(id) as PlainResource | undefined;
    if (shared !== undefined) return shared;
    const download = new PlainResource(pve, id, {
      type: PROXMOX_RESOURCES.downloadFile,
      provider: pve.provider,
      attributes: () => ({
        node_name: nodeName,
        datastore_id: pve.imageStorage,
        content_type: 'import',
        file_name: fileName,
        url,
        checksum: checksum?.value,
        checksum_algorithm: checksum?.algorithm,
        overwrite: false,
        upload_timeout: 3600,
      }),
      dependsOn,
    });
    // Another cluster of the stack can have a node of the same name.
    const cluster = pve.provider.alias === undefined ? '' : `${pve.provider.alias}-`;
    download.overrideLogicalId(toSlug(`${cluster}${nodeName}-${logicalId}`).replace(/^(\d)/, '_$1'));
    return download;
  }

  private createTemplate(): PlainResource {
    const { scope, props } = this;
    const pve = scope.proxmoxVe;
    // The download takes minutes, and the provider adopts whoever has taken the id meanwhile.
    const late = new PlainDataSource(scope, 'Vms', {
      type: PROXMOX_DATA_SOURCES.vms,
      provider: pve.provider,
      attributes: () => ({}),
      dependsOn: () => [addressOf(this.content), addressOf(this.download)],
    });
    late.overrideLogicalId(`${TerraformStack.of(scope).getLogicalId(scope.node)}_Vms`);
    const preconditions = vmIdGuard({
      proxmoxVe: pve,
      vmId: scope.vmId,
      ownerTag: props.ownerTag,
      path: scope.node.path,
      template: true,
      name: scope.templateName,
      lateVms: `${addressOf(late)}.vms`,
    });
    return new PlainResource(scope, 'Default', {
      type: PROXMOX_RESOURCES.vm,
      provider: pve.provider,
      attributes: () => this.renderTemplate(),
      lifecycle: () => ({ replaceTriggeredBy: [addressOf(this.content)], preconditions }),
    });
  }

  private renderTemplate() {
    const { scope, props } = this;
    const hardware = renderHardware(scope.hardware, scope.proxmoxVe.storage);
    const [disk] = hardware.disk;
    return {
      node_name: scope.nodeName,
      vm_id: scope.vmId,
      name: scope.templateName,
      description: escapeTerraformText(props.description),
      tags: props.tags,
      pool_id: scope.proxmoxVe.pool,
      template: true,
      started: false,
      on_boot: false,
      ...hardware,
      agent: [{ enabled: scope.guest.hasGuestAgent }],
      disk: [{ ...disk, import_from: `\${${addressOf(this.download)}.id}` }],
      initialization: scope.cloudInitSlot === undefined ? undefined : [{
        datastore_id: disk.datastore_id, interface: scope.cloudInitSlot, upgrade: false,
      }],
    };
  }
}
