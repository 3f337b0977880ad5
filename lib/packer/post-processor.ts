import { Problems } from '../core';
import { Body } from '../hcl';
import { metaRules } from './meta-rules';
import { checkNoBracesIn, once } from './plugin-text';
import { postProcessorRules } from './post-processor-rules';
import { checkShellLocal, ShellLocalProps, shellLocalAttributes } from './provisioners/shell-local';
import { RequiredPlugin } from './required-plugin';
import { Template } from './template';

/** What may be said of every post-processor, besides what it does. */
export interface PostProcessorOptions {
  /**
   * Name of the post-processor; `packer build -except=<name>` leaves it out.
   * @default - no name
   */
  readonly name?: string;
  /**
   * Sources for which it runs, by their address (`source.address`). Not together with `except`.
   * @default - all sources of the template
   */
  readonly only?: string[];
  /**
   * Sources for which it does not run, by their address. Not together with `only`.
   * @default - no exception
   */
  readonly except?: string[];
  /**
   * Whether what it was given is kept. The manifest that stands first keeps the Proxmox VE template in any case.
   * @default - as the post-processor decides
   */
  readonly keepInputArtifact?: boolean;
  /**
   * Remark for readers of the template.
   * @default - no comment
   */
  readonly comment?: string;
}

/** What a post-processor tells the template it is part of. */
export interface PostProcessorConfig {
  /** Type of the post-processor, such as `manifest`. */
  readonly type: string;
  /** Attributes of its block, as Packer spells them. */
  readonly attributes: { [name: string]: any };
  /**
   * The plugin that has it.
   * @default - it is a part of Packer
   */
  readonly requiredPlugin?: RequiredPlugin;
  /**
   * Remark for readers of the template.
   * @default - no comment
   */
  readonly comment?: string;
}

/** A step that does something with the result of a build. */
export interface IPostProcessor {
  /** Answers with the configuration for one template. It is called whenever the template is rendered and must not change it. */
  bind(template: Template): PostProcessorConfig;
}

/** What is said of the manifest. */
export interface ManifestProps extends PostProcessorOptions {
  /**
   * Path of the file, to which each build adds an entry. See `packer.fromRoot`.
   * @default 'packer-manifest.json' where Packer is started
   */
  readonly output?: string;
  /**
   * Whether only the names of files are written, without folders.
   * @default false
   */
  readonly stripPath?: boolean;
  /**
   * Whether the time is left out.
   * @default false
   */
  readonly stripTime?: boolean;
  /**
   * What else is written of the build, such as the node and the version of the image; `build.ID` is the VM id. Without two
   * opening braces in a row.
   * @default - nothing
   */
  readonly customData?: { [name: string]: string };
}

/** What is said of a script on the computer that runs Packer, after a build. */
export interface ShellLocalPostProcessorProps extends ShellLocalProps, PostProcessorOptions {}

/** Kinds of checksum. */
export enum ChecksumType {
  /** MD5; the default. */
  MD5 = 'md5',
  /** SHA-1. */
  SHA1 = 'sha1',
  /** SHA-224. */
  SHA224 = 'sha224',
  /** SHA-256. */
  SHA256 = 'sha256',
  /** SHA-384. */
  SHA384 = 'sha384',
  /** SHA-512. */
  SHA512 = 'sha512',
}

/** What is said of checksums of files. */
export interface ChecksumProps extends PostProcessorOptions {
  /**
   * Kinds of checksum.
   * @default [ChecksumType.MD5]
   */
  readonly checksumTypes?: ChecksumType[];
  /**
   * Path of the file. A template of the plugin with `{{.BuildName}}`, `{{.BuilderType}}` and `{{.ChecksumType}}`, handed over as it is.
   * @default 'packer_{{.BuildName}}_{{.BuilderType}}_{{.ChecksumType}}.checksum'
   */
  readonly output?: string;
}

/** What is said of an archive of files. */
export interface CompressProps extends PostProcessorOptions {
  /**
   * Path of the archive, whose extension decides the kind. A template of the plugin with `{{.BuildName}}` and
   * `{{.BuilderType}}`, handed over as it is.
   * @default 'packer_{{.BuildName}}_{{.BuilderType}}.tar.gz'
   */
  readonly output?: string;
  /**
   * Kind of archive where the path has no extension, such as `tar.gz` or `zip`.
   * @default 'tar.gz'
   */
  readonly format?: string;
  /**
   * Kind of archive by another name.
   * @default - by the extension
   */
  readonly archive?: string;
  /**
   * Kind of compression, such as `lz4`.
   * @default - by the extension
   */
  readonly algorithm?: string;
  /**
   * Effort, 1 to 9.
   * @default 6
   */
  readonly compressionLevel?: number;
}

/** What is said of files that take the place of what a build gave. */
export interface ArtificeProps extends PostProcessorOptions {
  /** Paths of the files. */
  readonly files: string[];
}

/** What is said of a post-processor that has no function here. */
export interface CustomPostProcessorOptions extends PostProcessorOptions {
  /**
   * The plugin that has it.
   * @default - it is a part of Packer
   */
  readonly requiredPlugin?: RequiredPlugin;
}

/**
 * The post-processors of Packer.
 *
 * A post-processor that fails makes Packer delete the finished template, unless a manifest has come first; a template
 * here puts its manifest first, and demands one.
 *
 * @see https://developer.hashicorp.com/packer/docs/post-processors
 */
export class PostProcessor {
  /** Writes down what was built. */
  public static manifest(props: ManifestProps = {}): IPostProcessor {
    const problems = new Problems('packer.PostProcessor.manifest');
    checkNoBracesIn(problems, props, ['output', 'customData']);
    return create('manifest', problems, {
      output: props.output,
      strip_path: props.stripPath,
      strip_time: props.stripTime,
      custom_data: props.customData,
    }, props);
  }

  /** Runs a script on the computer that runs Packer. */
  public static shellLocal(props: ShellLocalPostProcessorProps): IPostProcessor {
    const problems = new Problems('packer.PostProcessor.shellLocal');
    checkShellLocal(problems, props);
    return create('shell-local', problems, shellLocalAttributes(props), props);
  }

  /** Writes checksums of the files of a build. A Proxmox VE template has none. */
  public static checksum(props: ChecksumProps = {}): IPostProcessor {
    return create('checksum', new Problems('packer.PostProcessor.checksum'), { checksum_types: props.checksumTypes, output: props.output }, props);
  }

  /** Packs the files of a build. A Proxmox VE template has none. */
  public static compress(props: CompressProps = {}): IPostProcessor {
    const problems = new Problems('packer.PostProcessor.compress');
    const level = props.compressionLevel;
    problems.check(
      level === undefined || (Number.isInteger(level) && level >= 1 && level <= 9),
      postProcessorRules['packer-compression-level'],
      { property: 'compressionLevel', received: level },
    );
    return create('compress', problems, {
      ...once({ format: props.format, archive: props.archive, algorithm: props.algorithm, compression_level: level }),
      output: props.output,
    }, props);
  }

  /** Lets files take the place of what the build gave, for the post-processors behind it in a sequence. */
  public static artifice(props: ArtificeProps): IPostProcessor {
    const problems = new Problems('packer.PostProcessor.artifice');
    problems.check(props.files.length > 0, postProcessorRules['packer-artifice-files'], { property: 'files', received: props.files });
    return create('artifice', problems, once({ files: props.files }), props);
  }

  /**
   * A post-processor that has no function here. Its attributes are handed over as they are: nothing is checked, and `{{`
   * begins a template of the plugin.
   *
   * @param type type of the post-processor
   * @param attributes attributes as the plugin spells them
   * @param options what may be said of every post-processor
   */
  public static custom(type: string, attributes: { [name: string]: any } = {}, options: CustomPostProcessorOptions = {}): IPostProcessor {
    return create(type, new Problems('packer.PostProcessor.custom'), attributes, options, options.requiredPlugin);
  }

  private constructor() {}
}

function create(
  type: string, problems: Problems, attributes: { [name: string]: any }, options: PostProcessorOptions, requiredPlugin?: RequiredPlugin,
): IPostProcessor {
  problems.check(options.only === undefined || options.except === undefined, metaRules['packer-only-and-except'], {
    property: 'except', received: options.except,
  });
  problems.collect('', () => new Body(attributes));
  problems.throwIfAny();
  const config: PostProcessorConfig = {
    type,
    attributes: {
      ...attributes,
      name: options.name,
      only: options.only,
      except: options.except,
      keep_input_artifact: options.keepInputArtifact,
    },
    requiredPlugin,
    comment: options.comment,
  };
  return { bind: () => config };
}
