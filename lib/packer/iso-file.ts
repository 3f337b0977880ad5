import { DiskBus, Problems } from '../core';
import { Block, Body } from '../hcl';
import { isoRules } from './iso-rules';
import { fits, isLiteral, once } from './plugin-text';
import { SLOTS } from './slots';
import { checkStorage } from './storage-check';

/** Bus on which a machine sees an ISO. VirtIO has no CD drives. */
export enum IsoBus {
  /** IDE, slots 0 to 3; on machine type q35 only 0 and 2 are usable. */
  IDE = 'ide',
  /** SATA, slots 0 to 5. */
  SATA = 'sata',
  /** SCSI, slots 0 to 30. */
  SCSI = 'scsi',
}

/** Where an ISO is seen by the machine, and what becomes of it. */
export interface IsoFileOptions {
  /**
   * Bus of the drive.
   * @default - IDE; the boot ISO then is in slot 2
   */
  readonly bus?: IsoBus;
  /**
   * Slot on the bus. Needed on a clone.
   * @default - the first free slot after the disks
   */
  readonly index?: number;
  /**
   * Whether the ISO is taken out of the finished template. An ISO that Packer made is then deleted from the storage.
   * @default false
   */
  readonly unmount?: boolean;
  /**
   * Whether an empty drive stays in the template. Only with `unmount`.
   * @default false
   */
  readonly keepCdromDevice?: boolean;
}

/** An ISO that is downloaded. */
export interface IsoDownload extends IsoFileOptions {
  /** Addresses of the ISO, tried in order. A path of a file works too; see `packer.fromRoot`. */
  readonly urls: string[];
  /**
   * Checksum: `sha256:<hex digits>` (or md5, sha1, sha512), or `file:<URL>` of the vendor's list, which Packer fetches
   * whenever it validates. `none` is refused.
   */
  readonly checksum: string;
  /** Storage on which the ISO is put. */
  readonly storagePool: string;
  /**
   * Whether the node downloads the ISO itself, which needs more privileges and a `taskTimeout` long enough. Otherwise
   * Packer downloads it and uploads it at every build; it is never deleted. The URLs then begin with http:// or https://, end with
   * .iso or .img, and have neither ? nor #.
   * @default false
   */
  readonly downloadOnNode?: boolean;
  /**
   * Extension of the downloaded file.
   * @default 'iso'
   */
  readonly targetExtension?: string;
}

/** An ISO that Packer makes, for which xorriso, mkisofs, hdiutil or oscdimg has to be installed beside Packer. */
export interface IsoContent extends IsoFileOptions {
  /**
   * Texts by name of the file, such as `user-data`. `${expression}` is evaluated, all else is literal.
   * @default - none
   */
  readonly content?: { [name: string]: string };
  /**
   * Paths of files and folders, with the wildcards `*`, `?` and `[…]`; see `packer.fromRoot`. They must exist at
   * `packer validate`, and are copied as they are.
   * @default - none
   */
  readonly files?: string[];
  /**
   * Label of the ISO, such as `cidata`.
   * @default 'packer'
   */
  readonly label?: string;
  /** Storage on which the ISO is put. */
  readonly storagePool: string;
}

/** An ISO image that a machine has in a drive while it is built. */
export class IsoFile {
  /**
   * An ISO that a storage already has. It is not verified.
   *
   * @param volume as Proxmox VE names it, `<storage>:iso/<file>`
   * @param options drive
   */
  public static fromStorage(volume: string, options: IsoFileOptions = {}): IsoFile {
    const problems = new Problems('packer.IsoFile.fromStorage');
    problems.check(fits(volume, /^[^:\s]+:iso\/[^/\s]+$/), isoRules['packer-iso-volume'], { property: 'volume', received: volume });
    return new IsoFile(problems, options, { iso_file: volume });
  }

  /** An ISO that is downloaded by Packer or by the node. */
  public static fromUrl(props: IsoDownload): IsoFile {
    const problems = new Problems('packer.IsoFile.fromUrl');
    problems.check(props.urls.length > 0, isoRules['packer-iso-url'], { property: 'urls', received: props.urls });
    props.urls.forEach((url, i) => problems.check(url.trim() !== '', isoRules['packer-iso-url'], { property: `urls[${i}]`, received: url }));
    const onNode = props.downloadOnNode === true;
    props.urls.forEach((url, i) => problems.check(
      !onNode || url.trim() === '' || fits(url, /^https?:\/\/[^?#\s]+\.(iso|img)$/),
      isoRules['packer-iso-url-on-node'],
      { property: `urls[${i}]`, received: url },
    ));
    if (isLiteral(props.checksum)) {
      const digits = /^(md5:[0-9a-f]{32}|sha1:[0-9a-f]{40}|sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/i.test(props.checksum);
      problems.check(
        digits || /^file:\S+$/.test(props.checksum),
        isoRules['packer-iso-checksum'],
        { property: 'checksum', received: props.checksum },
      );
      problems.check(!onNode || !props.checksum.startsWith('file:'), isoRules['packer-iso-checksum-on-node'], { property: 'checksum', received: props.checksum });
    }
    checkStorage(problems, 'storagePool', props.storagePool);
    return new IsoFile(problems, props, {
      iso_url: props.urls.length === 1 ? props.urls[0] : undefined,
      iso_urls: props.urls.length === 1 ? undefined : props.urls,
      iso_checksum: props.checksum,
      iso_storage_pool: props.storagePool,
      iso_download_pve: props.downloadOnNode,
      iso_target_extension: props.targetExtension,
    });
  }

  /** An ISO that Packer makes of texts and files, and uploads. */
  public static fromContent(props: IsoContent): IsoFile {
    const problems = new Problems('packer.IsoFile.fromContent');
    const names = Object.keys(props.content ?? {});
    problems.check(names.length + (props.files ?? []).length > 0, isoRules['packer-iso-content-empty'], { property: 'content' });
    for (const name of names) {
      problems.check(
        name !== '' && !name.startsWith('/') && !name.split('/').includes('..'),
        isoRules['packer-iso-content-name'],
        { property: 'content', received: name },
      );
    }
    problems.check(
      fits(props.label, /^[A-Za-z0-9_-]{1,32}$/),
      isoRules['packer-iso-label'],
      { property: 'label', received: props.label },
    );
    checkStorage(problems, 'storagePool', props.storagePool);
    return new IsoFile(problems, props, {
      cd_content: props.content,
      cd_files: props.files,
      cd_label: props.label,
      iso_storage_pool: props.storagePool,
    });
  }

  /** Bus of the drive; undefined where the plugin chooses. */
  public readonly bus?: IsoBus;
  /** Slot on the bus; undefined where the plugin chooses. */
  public readonly index?: number;
  /** Whether the node downloads the ISO itself. */
  public readonly downloadOnNode: boolean;

  private constructor(problems: Problems, private readonly options: IsoFileOptions, private readonly attributes: { [name: string]: any }) {
    this.bus = options.bus;
    this.index = options.index;
    this.downloadOnNode = attributes.iso_download_pve === true;
    problems
      .check(
        this.index === undefined || (Number.isInteger(this.index) && this.index >= 0 && this.index < SLOTS[this.bus ?? DiskBus.IDE]),
        isoRules['packer-iso-index-range'],
        { property: 'index', received: this.index },
      )
      .check(
        options.keepCdromDevice !== true || options.unmount === true,
        isoRules['packer-iso-keep-drive-without-unmount'],
        { property: 'keepCdromDevice', received: true },
      )
      .throwIfAny();
  }

  /**
   * The block of a source.
   * @internal
   */
  public toBlock(type: string): Block {
    return new Block(type, [], new Body(once({
      ...this.attributes,
      type: this.bus,
      index: this.index?.toString(),
      unmount: this.options.unmount,
      keep_cdrom_device: this.options.keepCdromDevice,
    })));
  }
}
