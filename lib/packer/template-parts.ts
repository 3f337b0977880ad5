import { DataSource } from './data-source';
import { PostProcessorConfig } from './post-processor';
import { ProvisionerConfig } from './provisioner';
import { RequiredPlugin } from './required-plugin';
import { Source } from './source';
import { Variable } from './variable';

/** A local value of a template. */
export interface Local {
  /** Name. */
  readonly name: string;
  /** Value. */
  readonly value: any;
  /** Whether Packer hides it. */
  readonly sensitive: boolean;
  /** Remark for readers. */
  readonly comment?: string;
}

/** Everything that a template is made of, when it is rendered. */
export interface TemplateParts {
  /** Plugins demanded by hand. */
  readonly plugins: RequiredPlugin[];
  /** Variables. */
  readonly variables: Variable[];
  /** Local values. */
  readonly locals: Local[];
  /** Data sources. */
  readonly data: DataSource[];
  /** Sources. */
  readonly sources: Source[];
  /** Provisioners. */
  readonly provisioners: ProvisionerConfig[];
  /** Provisioner after an error. */
  readonly errorCleanup?: ProvisionerConfig;
  /** Post-processors that stand alone. */
  readonly postProcessors: PostProcessorConfig[];
  /** Chains of post-processors. */
  readonly sequences: PostProcessorConfig[][];
}
