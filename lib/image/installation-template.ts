import { Duration, VgaType } from '../core';
import { AnswerDelivery, InstallationConfig, RemoteAccess } from '../guest-os';
import { Expression } from '../hcl';
import * as packer from '../packer';
import { referencesIn } from '../packer/references';
import { ImageAccess } from './ansible-provisioner';
import { BuildGuidance, BuildNeeds, ImageOrigin, ImageTemplate, ImageTemplateProps } from './image-template';
import { InstallationIso, IsoDownloader } from './installation-iso';

/** An ISO in its drive. */
export interface InstallationDrive {
  readonly slot: string;
  readonly iso: InstallationIso;
}

/** How the answer file goes over the network. */
export interface AnswerServerProps {
  readonly bindAddress?: string;
  readonly interface?: string;
  readonly ports: { readonly first: number; readonly last: number };
}

/** What the Packer template of an installation is made of; all of it is checked. */
export interface InstallationTemplateProps extends ImageTemplateProps {
  readonly installation: InstallationConfig;
  /** The boot ISO first. */
  readonly drives: InstallationDrive[];
  /** Slot of the CD with the answer file. */
  readonly answerSlot?: string;
  readonly answerServer: AnswerServerProps;
  readonly bootCommand: string[];
  readonly bootWait: Duration;
  readonly bootKeyInterval: Duration;
  readonly installTimeout: Duration;
}

/** The secrets that an answer file holds, before there is a template: references to what `addSecrets` adds. */
export const BUILD_PASSWORD = Expression.reference('local.build_password');
/** Its hash, which only some answer files hold. */
export const BUILD_PASSWORD_HASH = Expression.reference('local.build_password_hash');

/** The Packer template of an image that is installed from an ISO. */
export class InstallationTemplate extends ImageTemplate {
  protected readonly builderType = packer.ProxmoxIsoSource.BUILDER_TYPE;

  public constructor(private readonly own: InstallationTemplateProps) {
    super(own);
  }

  public get access(): ImageAccess {
    return { winRm: this.own.installation.remoteAccess === RemoteAccess.WINRM, byPassword: true };
  }

  public get origin(): ImageOrigin {
    const iso = this.own.drives[0].iso.fileName;
    return { kind: 'Template', made: `installed from ${iso}`, contentHash: 'installed from an ISO', manifest: { iso } };
  }

  public get needs(): BuildNeeds {
    const { drives, answerSlot, bootCommand, proxmoxVe } = this.own;
    const downloaders = drives.map(({ iso }) => iso.downloader);
    return {
      baseVmId: null,
      isoStorage: answerSlot !== undefined || downloaders.includes(IsoDownloader.PACKER) ? proxmoxVe.isoStorage : null,
      downloadStorage: downloaders.includes(IsoDownloader.NODE) ? proxmoxVe.isoStorage : null,
      readStorages: [...new Set(drives.flatMap(({ iso }) => iso.storage ?? []))].sort(),
      // A disk is made, and keys are typed.
      privileges: ['VM.Config.Disk', ...(bootCommand.length === 0 ? [] : ['VM.Console'])],
      usesAgent: true,
    };
  }

  public get guidance(): BuildGuidance {
    const { drives, answerSlot, proxmoxVe, answerServer, installTimeout } = this.own;
    const delivery = answerSlot !== undefined
      ? 'Packer writes the answer file to a small ISO, which needs one of xorriso, mkisofs, hdiutil or oscdimg here, and deletes it from `' + proxmoxVe.isoStorage + '` at the end.'
      : `The installer fetches the answer file from Packer: the machine has an address from DHCP, and reaches this one on a TCP port from ${answerServer.ports.first} to ${answerServer.ports.last}.`;
    const where: { [downloader: string]: string } = {
      [IsoDownloader.NODE]: 'is downloaded by the node, once',
      [IsoDownloader.PACKER]: 'is downloaded here, and uploaded to the node at every build',
    };
    const isos = drives.map(({ iso }) => `\`${iso.fileName}\` ${where[iso.downloader ?? ''] ?? 'is on the node already'}.`);
    return {
      summary: `installed from ${drives[0].iso.fileName}`,
      reach: `${delivery} It lets Packer in with a password made for this one build; the guest agent tells the address that the machine has from DHCP. `
        + `The installation may take ${installTimeout}, and shows itself on the console of the machine.\n\n${isos.join(' ')}`,
    };
  }

  protected override firstProvisioners(): packer.IProvisioner[] {
    return this.own.installation.provisioners ?? [];
  }

  protected override propertyOf(own: string): string {
    const { bootCommand, installation } = this.own;
    return own
      .replace(/^(cd|http)_content/, 'operatingSystem.answerFiles')
      .replace('["/', '["')
      .replace(/^boot_?command/i, bootCommand === installation.bootCommand ? 'operatingSystem.bootCommand' : 'bootCommand');
  }

  protected createSource(template: packer.Template, attributes: Omit<packer.ProxmoxSourceProps, 'communicator'>): packer.Source {
    const { hardware, drives, answerSlot, installation, proxmoxVe } = this.own;
    this.addSecrets(template);
    const answers = answerSlot === undefined ? [] : [packer.IsoFile.fromContent({
      ...driveOf(answerSlot),
      storagePool: proxmoxVe.isoStorage,
      label: installation.answerLabel,
      content: installation.answerFiles,
    })];
    const [boot, ...additional] = drives.map(({ slot, iso }) => iso.toIsoFile(driveOf(slot), proxmoxVe.isoStorage));
    const [disk] = hardware.disks;
    return new packer.ProxmoxIsoSource(this.sourceName, {
      ...attributes,
      // Keys are typed at the display: where it is a serial console, they reach nobody.
      vga: { type: hardware.vga === VgaType.NONE || hardware.vga.startsWith('serial') ? VgaType.STD : hardware.vga },
      bootIso: boot,
      additionalIsoFiles: [...additional, ...answers],
      // The disk is empty at first. UEFI shows a boot loader only the drives that stand here.
      bootOrder: [disk.slot, ...drives.map(({ slot }) => slot), ...(answerSlot === undefined ? [] : [answerSlot])],
      efiConfig: { storagePool: disk.storage, type: hardware.efiType, preEnrolledKeys: hardware.preEnrolledKeys },
      disks: [{
        storagePool: disk.storage,
        type: disk.bus,
        size: disk.size,
        format: disk.format,
        cacheMode: disk.cache,
        ioThread: disk.ioThread,
        discard: disk.discard,
        ssd: disk.ssd,
        excludeFromBackup: !disk.backup,
      }],
      ...this.renderKeys(),
      ...this.renderAnswerServer(),
      communicator: this.createCommunicator(),
    });
  }

  private addSecrets(template: packer.Template): void {
    const password = this.addBuildPassword(template);
    if (!isTold(BUILD_PASSWORD_HASH, this.own.installation)) return;
    // What is made here and what `$2b$` stands for are the same; some systems know only the newer name.
    template.addLocal('build_password_hash', Expression.call('replace', Expression.call('bcrypt', password), '$2a$', '$2b$'), { sensitive: true });
  }

  private renderKeys() {
    const { bootCommand, bootWait, bootKeyInterval } = this.own;
    return bootCommand.length === 0 ? { bootWait } : { bootCommand, bootWait, bootKeyInterval };
  }

  private renderAnswerServer() {
    const { installation, answerServer } = this.own;
    if (installation.answerDelivery === AnswerDelivery.CD) return {};
    return {
      httpContent: Object.fromEntries(Object.entries(installation.answerFiles).map(([name, text]) => [`/${name}`, text])),
      httpBindAddress: answerServer.bindAddress,
      httpInterface: answerServer.interface,
      httpPortMin: answerServer.ports.first,
      httpPortMax: answerServer.ports.last,
    };
  }

  private createCommunicator(): packer.Communicator {
    const { buildUser: username, installTimeout: timeout, installation } = this.own;
    const password = `${BUILD_PASSWORD}`;
    if (installation.remoteAccess === RemoteAccess.WINRM) {
      return packer.Communicator.winRm({ username, password, timeout, useSsl: true, insecure: true });
    }
    // The system on the ISO may answer as well, and lets nobody in: Packer goes on until the installed one does.
    return packer.Communicator.ssh({ username, password, timeout, handshakeAttempts: 10_000 });
  }
}

/** Whether the installer is told a secret, as it is or within an expression of Packer. */
export function isTold(secret: Expression, { answerFiles }: InstallationConfig): boolean {
  const references = Object.values(answerFiles).flatMap(referencesIn);
  return references.some(({ root, names: [name] }) => `${root}.${name}` === secret.text);
}

function driveOf(slot: string): packer.IsoFileOptions & { bus: packer.IsoBus; index: number } {
  const [, bus, index] = /^([a-z]+)(\d+)$/.exec(slot)!;
  return { bus: bus as packer.IsoBus, index: Number(index), unmount: true };
}
