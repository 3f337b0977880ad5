import { Problems } from '../../core';
import { Body } from '../../hcl';
import { checkMeta, metaAttributes, ProvisionerOptions } from '../meta-arguments';
import { CustomProvisionerOptions, IProvisioner, ProvisionerConfig } from '../provisioner';
import { RequiredPlugin } from '../required-plugin';
import { Template } from '../template';

/** What a provisioner has besides its attributes. */
export interface Traits {
  /** The plugin that has it. */
  readonly requiredPlugin?: RequiredPlugin;
  /** Whether it works in the machine. */
  readonly needsCommunicator?: boolean;
}

/** A provisioner whose attributes do not depend on the template. */
export class TypedProvisioner implements IProvisioner {
  private readonly config: ProvisionerConfig;

  /**
   * @param problems mistakes found so far; thrown here together with those in the meta arguments
   */
  public constructor(problems: Problems, type: string, attributes: { [name: string]: any }, options: ProvisionerOptions, traits: Traits = {}) {
    checkMeta(problems, options);
    problems.collect('', () => new Body(attributes));
    problems.throwIfAny();
    this.config = {
      type,
      attributes: { ...attributes, ...metaAttributes(options) },
      comment: options.comment,
      requiredPlugin: traits.requiredPlugin,
      needsCommunicator: traits.needsCommunicator,
    };
  }

  /** The configuration, the same for all templates. */
  public bind(_template: Template): ProvisionerConfig {
    return this.config;
  }
}

/** A provisioner of any type. */
export function custom(type: string, attributes: { [name: string]: any }, options: CustomProvisionerOptions): IProvisioner {
  const problems = new Problems('packer.Provisioner.custom');
  checkMeta(problems, options);
  problems.collect('', () => new Body(attributes, options.blocks));
  problems.throwIfAny();
  return {
    bind: () => ({
      type,
      attributes: { ...attributes, ...metaAttributes(options) },
      blocks: options.blocks,
      comment: options.comment,
      requiredPlugin: options.requiredPlugin,
      needsCommunicator: options.needsCommunicator,
    }),
  };
}
