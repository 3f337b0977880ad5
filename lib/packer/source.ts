import { Problems } from '../core';
import { Block, Body } from '../hcl';
import { Communicator } from './communicator';
import { applyOverrides, Override } from './override';
import { RequiredPlugin } from './required-plugin';
import { packerRules } from './rules';

/** What is said of a source of any builder. */
export interface CustomSourceProps {
  /**
   * Attributes as Packer spells them. Text in them is handed over as it is: `{{` begins a template of the plugin.
   * @default - none
   */
  readonly attributes?: { [name: string]: any };
  /**
   * Nested blocks in order.
   * @default - none
   */
  readonly blocks?: Block[];
  /**
   * How Packer reaches the machine.
   * @default - as the attributes say
   */
  readonly communicator?: Communicator;
  /**
   * The plugin that has the builder.
   * @default - the builder is a part of Packer
   */
  readonly requiredPlugin?: RequiredPlugin;
  /**
   * Remark for readers of the template.
   * @default - no comment
   */
  readonly comment?: string;
}

/**
 * What a template builds, by which builder.
 * @see https://developer.hashicorp.com/packer/docs/templates/hcl_templates/blocks/source
 */
export abstract class Source {
  /**
   * A source of a builder that has no class here, such as `null` or one of another plugin.
   *
   * @param builderType type of the builder, such as `null`
   * @param name name of the source in the template
   * @param props its content
   */
  public static custom(builderType: string, name: string, props: CustomSourceProps = {}): Source {
    return new CustomSource(builderType, name, props);
  }

  /** Remark for readers of the template, before the block. */
  protected abstract readonly comment?: string;
  private readonly overrides: Override[] = [];

  protected constructor(
    /** Type of the builder, such as `proxmox-clone`. */
    public readonly builderType: string,
    /** Name of the source in its template. */
    public readonly name: string,
    /** How Packer reaches the machine; undefined where it is not known. */
    public readonly communicator?: Communicator,
    /** The plugin that has the builder; undefined where the builder is a part of Packer. */
    public readonly requiredPlugin?: RequiredPlugin,
  ) {
    new Problems(`packer.Source(${name})`)
      .check(/^[a-zA-Z_][a-zA-Z0-9_-]*$/.test(name), packerRules['packer-source-name'], { property: 'name', received: name })
      .throwIfAny();
  }

  /** The source as a template names it in `only`, `except` and on the command line: `proxmox-clone.ubuntu`. */
  public get address(): string {
    return `${this.builderType}.${this.name}`;
  }

  /**
   * Says something of the block that this class has no property for, or says it differently. The value is handed over as
   * it is: nothing is checked, and `{{` begins a template of the plugin.
   *
   *     source.addOverride('memory', 4096);              // memory = 2048  becomes  memory = 4096
   *     source.addOverride('disks.0.disk_size', '40G');  // in the first block `disks`
   *     source.addOverride('rng0.source', '/dev/random'); // in the block `rng0`, which is made where there is none
   *     source.addOverride('vga', undefined);            // removes the block, or an attribute
   *
   * @param path names as Packer spells them, joined by dots; a number chooses among repeated blocks
   * @param value value of the attribute; a `hcl.Block` or a list of them replaces all blocks of that name; undefined removes
   */
  public addOverride(path: string, value: any): void {
    this.overrides.push({ path, value });
  }

  /** The block `source` of the template. */
  public toBlock(): Block {
    return new Block('source', [this.builderType, this.name], applyOverrides(this.toBody(), this.overrides, `packer.Source(${this.name})`), {
      comment: this.comment,
    });
  }

  /** Content of the block, before overrides. */
  protected abstract toBody(): Body;
}

class CustomSource extends Source {
  protected readonly comment?: string;

  public constructor(builderType: string, name: string, private readonly props: CustomSourceProps) {
    super(builderType, name, props.communicator, props.requiredPlugin);
    this.comment = props.comment;
  }

  protected toBody(): Body {
    return new Body({ ...this.props.communicator?.attributes, ...this.props.attributes }, this.props.blocks);
  }
}
