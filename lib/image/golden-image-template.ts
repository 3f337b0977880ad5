import { Token } from 'cdktf';
import { Duration } from '../core';
import { Expression } from '../hcl';
import * as packer from '../packer';
import { ImageAccess } from './ansible-provisioner';
import { BuildReach, FixedBuildAddressProps } from './build-address';
import { BuildGuidance, BuildNeeds, ImageOrigin, ImageTemplate, ImageTemplateProps } from './image-template';
import { renderSeed } from './seed';
import { IVmTemplate } from './vm-template';

/** What a golden image's Packer template is made of; all of it is checked. */
export interface GoldenImageTemplateProps extends ImageTemplateProps {
  readonly base: IVmTemplate;
  readonly reach: BuildReach;
  readonly seedSlot?: string;
  readonly fixedAddress?: FixedBuildAddressProps;
  readonly bootTimeout: Duration;
}

/** The Packer template of an image that is baked from another template. */
export class GoldenImageTemplate extends ImageTemplate {
  protected readonly builderType = packer.ProxmoxCloneSource.BUILDER_TYPE;

  public constructor(private readonly own: GoldenImageTemplateProps) {
    super(own);
  }

  public get access(): ImageAccess {
    return { winRm: false, byPassword: this.own.reach === BuildReach.SEED };
  }

  public get origin(): ImageOrigin {
    const { base } = this.own;
    return {
      kind: 'Golden image',
      made: `baked from ${base.templateName}`,
      contentHash: base.contentHash,
      manifest: { base_template: base.templateName, base_content_hash: base.contentHash },
    };
  }

  public get needs(): BuildNeeds {
    const { base, reach, proxmoxVe } = this.own;
    return {
      // Known only to Terraform where the base is looked up by its name.
      baseVmId: Token.isUnresolved(base.vmId) ? null : base.vmId,
      isoStorage: reach === BuildReach.SEED ? proxmoxVe.isoStorage : null,
      downloadStorage: null,
      readStorages: [],
      privileges: [],
      usesAgent: reach !== BuildReach.FIXED,
    };
  }

  public get guidance(): BuildGuidance {
    const { base, proxmoxVe, reach, fixedAddress } = this.own;
    return {
      summary: `baked from the template ${base.templateName}${typeof base.vmId === 'number' && base.vmId > 0 ? ` (${base.vmId})` : ''}`,
      reach: {
        [BuildReach.SEED]: 'Packer writes a small ISO (label `cidata`) that installs the guest agent and lets Packer in with a password made for this one build; '
          + 'the guest agent tells Packer the address it has from DHCP. This needs one of xorriso, mkisofs, hdiutil or oscdimg here, and `' + proxmoxVe.isoStorage + '` takes ISO images. '
          + 'Packer says "an existing hard disk was found … overwriting with ISO" for that slot: there is none, and nothing is overwritten.',
        [BuildReach.AGENT]: 'The guest agent of the base tells Packer the address it has from DHCP; cloud-init lets a key in that Packer makes for this one build.',
        [BuildReach.FIXED]: `The machine has the address ${fixedAddress?.address} while it is built; cloud-init lets a key in that Packer makes for this one build.`,
      }[reach],
    };
  }

  protected createSource(template: packer.Template, attributes: Omit<packer.ProxmoxSourceProps, 'communicator'>): packer.Source {
    const { base, reach, fixedAddress, buildUser, bootTimeout } = this.own;
    const foundByName = (base as { readonly foundByName?: boolean }).foundByName;
    return new packer.ProxmoxCloneSource(this.sourceName, {
      ...attributes,
      cloneVm: foundByName ? base.templateName : undefined,
      cloneVmId: foundByName ? undefined : base.vmId,
      fullClone: true,
      ipConfigs: this.renderIpConfigs(reach),
      nameservers: fixedAddress?.dnsServers,
      additionalIsoFiles: reach === BuildReach.SEED ? [this.createSeed(template)] : undefined,
      communicator: packer.Communicator.ssh({
        username: buildUser,
        password: reach === BuildReach.SEED ? `${Expression.reference('local.build_password')}` : undefined,
        host: fixedAddress?.address.split('/')[0],
        timeout: bootTimeout,
        handshakeAttempts: 100,
      }),
    });
  }

  private renderIpConfigs(reach: BuildReach) {
    const { fixedAddress } = this.own;
    if (reach === BuildReach.SEED) return undefined;
    return [fixedAddress === undefined ? { ip: 'dhcp' } : { ip: fixedAddress.address, gateway: fixedAddress.gateway }];
  }

  /** The machine is told only the hash of the password. */
  private createSeed(template: packer.Template): packer.IsoFile {
    const { buildUser, buildName, guestSetup, proxmoxVe, seedSlot } = this.own;
    const passwordHash = template.addLocal('build_password_hash', Expression.call('bcrypt', this.addBuildPassword(template)), { sensitive: true });
    return packer.IsoFile.fromContent({
      bus: packer.IsoBus.SCSI,
      index: Number(seedSlot!.slice('scsi'.length)),
      storagePool: proxmoxVe.isoStorage,
      label: 'cidata',
      unmount: true,
      content: renderSeed({ buildUser, passwordHash: `${passwordHash}`, guestSetup, buildName }),
    });
  }
}
