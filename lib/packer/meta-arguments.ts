import { Duration, Problems } from '../core';
import { metaRules } from './meta-rules';

/** What may be said of every provisioner, besides what it does. */
export interface ProvisionerOptions {
  /**
   * Name of the provisioner, shown by `packer inspect`.
   * @default - no name
   */
  readonly name?: string;
  /**
   * Sources for which the provisioner runs, by their address (`source.address`, such as `proxmox-clone.ubuntu`).
   * Not together with `except`.
   * @default - all sources of the template
   */
  readonly only?: string[];
  /**
   * Sources for which the provisioner does not run, by their address. Not together with `only`.
   * @default - no exception
   */
  readonly except?: string[];
  /**
   * Attributes that differ for one source: by name of the source, then by name of the attribute as Packer spells it
   * (none of those on this page, such as `timeout`, which are refused). The values are handed over as they are: `{{` in them begins a template of the plugin.
   * @default - the same for all sources
   */
  readonly override?: { [sourceName: string]: any };
  /**
   * Time to wait before the provisioner. Not together with `timeout`, which Packer then ignores.
   * @default - no wait
   */
  readonly pauseBefore?: Duration;
  /**
   * Time after which the provisioner is cancelled and the build fails. Not together with `pauseBefore`.
   * @default - no limit
   */
  readonly timeout?: Duration;
  /**
   * How often the provisioner is repeated after it has failed.
   * @default 0
   */
  readonly maxRetries?: number;
  /**
   * Whether the build goes on after the provisioner has failed. Needs Packer 1.16.
   * @default false
   */
  readonly continueOnError?: boolean;
  /**
   * Remark for readers of the template.
   * @default - no comment
   */
  readonly comment?: string;
}

const META = ['name', 'only', 'except', 'override', 'pause_before', 'timeout', 'max_retries', 'continue_on_error'];

/**
 * The meta arguments as attributes of a provisioner's block.
 * @internal
 */
export function metaAttributes(options: ProvisionerOptions): { [name: string]: any } {
  return {
    name: options.name,
    only: options.only,
    except: options.except,
    override: options.override,
    pause_before: options.pauseBefore?.toString(),
    timeout: options.timeout?.toString(),
    max_retries: options.maxRetries,
    continue_on_error: options.continueOnError,
  };
}

/**
 * Notes what is wrong with the meta arguments of a provisioner.
 * @internal
 */
export function checkMeta(problems: Problems, options: ProvisionerOptions): void {
  for (const [source, attributes] of Object.entries(options.override ?? {})) {
    for (const name of Object.keys(attributes ?? {})) {
      problems.check(!META.includes(name), metaRules['packer-override-meta-argument'], { property: `override.${source}`, received: name });
    }
  }
  problems
    .check(options.only === undefined || options.except === undefined, metaRules['packer-only-and-except'], { property: 'except', received: options.except })
    .check(
      options.timeout === undefined || options.pauseBefore === undefined,
      metaRules['packer-timeout-with-pause'],
      { property: 'timeout', received: options.timeout },
    )
    .check(
      options.maxRetries === undefined || (Number.isInteger(options.maxRetries) && options.maxRetries >= 0),
      metaRules['packer-max-retries'],
      { property: 'maxRetries', received: options.maxRetries },
    );
}
