import { Problems } from '../core';
import { Checksum, IsoRelease } from '../guest-os';
import * as packer from '../packer';
import { Kinds, TEXT, checkKinds, instanceOf, memberOf, required } from '../proxmox/kinds';
import { checkForm } from '../proxmox/text-forms';
import { imageRules as rules } from './rules';

/** Who downloads an ISO. */
export enum IsoDownloader {
  /**
   * The node, once: what it has already stays. It needs the whole checksum, and the privileges Sys.Audit and Sys.Modify, or
   * Sys.AccessNetwork on the node.
   */
  NODE = 'node',
  /** Packer, which uploads it to the node at every build. */
  PACKER = 'packer',
}

/** An ISO at an address. */
export interface InstallationIsoDownload extends IsoRelease {
  /** Who downloads it. @default - the node, where `checksum` is given; else Packer */
  readonly downloader?: IsoDownloader;
}

const KINDS: Kinds<InstallationIsoDownload> = {
  url: required(TEXT), checksum: instanceOf(Checksum, "guestos.Checksum.sha256('…')"), checksumList: TEXT, downloader: memberOf(IsoDownloader, 'IsoDownloader'),
};

/** The ISO of an installer, and where a build has it from. */
export class InstallationIso {
  /**
   * An ISO that a storage of the node has already. It is not verified: who put it there has seen to that.
   * @param volume as Proxmox VE names it, `<storage>:iso/<file>`
   */
  public static fromStorage(volume: string): InstallationIso {
    const problems = new Problems('InstallationIso.fromStorage');
    required(TEXT)(volume, 'volume', problems);
    problems.throwIfAny();
    checkForm(problems, 'volume', volume, /^[A-Za-z][A-Za-z0-9\-_.]*:iso\/[^/\s]+\.(iso|img)$/i, rules['iso-volume-form']);
    problems.throwIfAny();
    problems.check(!/[{$]\{/.test(volume), rules['iso-volume-form'], {
      property: 'volume', received: volume, rule: 'The name of an ISO has no `{{` and no `${`, which Packer takes for an expression.', remedy: 'Rename the file on the storage.',
    });
    problems.throwIfAny();
    return new InstallationIso(volume);
  }

  /** An ISO that is downloaded, always with a checksum. */
  public static fromUrl(download: InstallationIsoDownload): InstallationIso {
    const problems = new Problems('InstallationIso.fromUrl');
    checkKinds(download, KINDS, problems);
    problems.throwIfAny();
    const { url, checksum, checksumList, downloader } = download;
    checkForm(problems, 'url', url, /^https?:\/\/[^\s/"<>\\^`{|}?#]+\/[^\s"<>\\^`{|}?#]*\.iso$/i, rules['iso-url-form']);
    problems.check(!/[/._-](latest|current)([/._-]|$)/i.test(url), rules['iso-url-moving'], { property: 'url', received: url });
    checkForm(problems, 'checksumList', checksumList, /^https?:\/\/[^\s"<>\\^`{|}]+$/, rules['iso-checksum-list-form']);
    problems
      .check((checksum === undefined) !== (checksumList === undefined), rules['iso-checksum-missing'], { property: 'checksum', received: checksum?.toString() })
      .check(checksum !== undefined || downloader !== IsoDownloader.NODE, rules['iso-checksum-on-node'], { property: 'downloader', received: downloader })
      .throwIfAny();
    return new InstallationIso(undefined, download);
  }

  private constructor(private readonly volume?: string, private readonly download?: InstallationIsoDownload) {}

  /** Who downloads it; undefined where it is on the storage already. */
  public get downloader(): IsoDownloader | undefined {
    if (this.download === undefined) return undefined;
    return this.download.downloader ?? (this.download.checksum === undefined ? IsoDownloader.PACKER : IsoDownloader.NODE);
  }

  /** Storage that has it already; undefined where it is downloaded. */
  public get storage(): string | undefined {
    return this.volume?.split(':')[0];
  }

  /** Name of the file. */
  public get fileName(): string {
    return (this.volume ?? this.download!.url).split('/').pop()!;
  }

  /**
   * The ISO in a drive.
   * @internal
   */
  public toIsoFile(drive: packer.IsoFileOptions, storagePool: string): packer.IsoFile {
    if (this.volume !== undefined) return packer.IsoFile.fromStorage(this.volume, drive);
    const { url, checksum, checksumList } = this.download!;
    return packer.IsoFile.fromUrl({
      ...drive,
      urls: [url],
      checksum: checksum?.toString() ?? `file:${checksumList}`,
      storagePool,
      downloadOnNode: this.downloader === IsoDownloader.NODE ? true : undefined,
    });
  }
}
