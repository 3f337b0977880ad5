import { Problems } from '../core';
import { Block, Body, Expression, HclRenderer, JsonRenderer } from '../hcl';
import { isIdentifier } from '../hcl/syntax';
import { DataSource } from './data-source';
import { applyOverrides, Override } from './override';
import { demandedPackerVersion } from './packer-version';
import { IPostProcessor, PostProcessorConfig } from './post-processor';
import { IProvisioner, ProvisionerConfig } from './provisioner';
import { RequiredPlugin } from './required-plugin';
import { packerRules } from './rules';
import { Source } from './source';
import { checkTemplate } from './template-checks';
import { Local, TemplateParts } from './template-parts';
import { Variable } from './variable';

/** What is said of a template. */
export interface TemplateProps {
  /** Name of the template and of its build, by which it is chosen on the command line: `packer build -only='<name>.*' .` */
  readonly name: string;
  /**
   * What the build is for; `packer inspect` shows it.
   * @default - no description
   */
  readonly description?: string;
  /**
   * Remark for readers, at the head of the document.
   * @default - no comment
   */
  readonly comment?: string;
  /**
   * Versions of Packer that will do.
   * @default '>= 1.10.0'; '>= 1.12.0' with `hcpSbom`, '>= 1.15.1' where it searches; '>= 1.16.0' where a provisioner has `continueOnError`
   */
  readonly requiredVersion?: string;
}

/** What may be said of a local value. */
export interface LocalOptions {
  /**
   * Whether Packer hides the value in all its output.
   * @default false
   */
  readonly sensitive?: boolean;
  /**
   * Remark for readers of the template.
   * @default - no comment
   */
  readonly comment?: string;
}

/**
 * A Packer template: what is built from what, and how it is changed.
 *
 * A template can be written in HCL and in JSON; both mean the same.
 *
 *     const template = new Template({ name: 'ubuntu' });
 *     const token = template.addVariable(new Variable('token', { sensitive: true }));
 *     template.addSource(new ProxmoxCloneSource('ubuntu', { token: token.toString(), … }));
 *     template.addProvisioners(Provisioner.shell({ inline: ['cloud-init status --wait'] }));
 *     template.addPostProcessors(PostProcessor.manifest());
 *
 * @see https://developer.hashicorp.com/packer/docs/templates/hcl_templates
 */
export class Template {
  /** Name of the template and of its build. */
  public readonly name: string;
  private readonly props: TemplateProps;
  private readonly plugins: RequiredPlugin[] = [];
  private readonly variableList: Variable[] = [];
  private readonly locals: Local[] = [];
  private readonly data: DataSource[] = [];
  private readonly sourceList: Source[] = [];
  private readonly provisioners: IProvisioner[] = [];
  private readonly postProcessors: IPostProcessor[] = [];
  private readonly sequences: IPostProcessor[][] = [];
  private readonly overrides: Override[] = [];
  private errorCleanup?: IProvisioner;

  public constructor(props: TemplateProps) {
    const problems = new Problems(`packer.Template(${props.name})`);
    problems.check(/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(props.name), packerRules['packer-template-name'], { property: 'name', received: props.name });
    if (props.requiredVersion !== undefined) {
      const { requiredVersion: version } = props;
      problems.collect('', () => new RequiredPlugin({ name: 'packer', source: 'github.com/hashicorp/packer', version }));
    }
    problems.throwIfAny();
    this.name = props.name;
    this.props = props;
  }

  /** The sources added so far; a copy. */
  public get sources(): Source[] {
    return [...this.sourceList];
  }

  /** The variables added so far; a copy. */
  public get variables(): Variable[] {
    return [...this.variableList];
  }

  /**
   * Demands a plugin. Sources and provisioners bring theirs themselves; one that was added here is taken instead of
   * the one that they bring.
   */
  public addRequiredPlugin(plugin: RequiredPlugin): void {
    this.plugins.push(plugin);
  }

  /** Declares a variable, and hands it back. */
  public addVariable(variable: Variable): Variable {
    this.refuseTaken('variable', variable.name, this.variableList.map((v) => v.name));
    this.variableList.push(variable);
    return variable;
  }

  /**
   * Declares a value that is calculated once in a run of Packer: all that refer to it see the same, also where it is random.
   * Its text is not protected from the plugins: `{{` in it begins a template where the value is used in one.
   *
   * @param name an identifier
   * @param value text, number, boolean, Expression, list or map
   * @param options whether it is a secret
   * @returns the reference to it
   */
  public addLocal(name: string, value: any, options: LocalOptions = {}): Expression {
    new Problems(`packer.Template(${this.name})`)
      .check(isIdentifier(name), packerRules['packer-local-name'], { property: 'name', received: name })
      .throwIfAny();
    this.refuseTaken('local', name, this.locals.map((l) => l.name));
    this.locals.push({ name, value, sensitive: options.sensitive ?? false, comment: options.comment });
    return Expression.reference(`local.${name}`);
  }

  /** Declares something that Packer looks up before it builds, and hands it back. */
  public addData(data: DataSource): DataSource {
    this.refuseTaken('data', `${data.type}.${data.name}`, this.data.map((d) => `${d.type}.${d.name}`));
    this.data.push(data);
    return data;
  }

  /** Adds something to build, and hands it back. */
  public addSource(source: Source): Source {
    this.refuseTaken('source', source.address, this.sourceList.map((s) => s.address));
    this.sourceList.push(source);
    return source;
  }

  /** Adds steps that change the machine, behind those that are there. */
  public addProvisioners(...provisioners: IProvisioner[]): void {
    this.provisioners.push(...provisioners);
  }

  /** Sets the step that runs in the machine after another step has failed and before the machine is deleted. One at most. */
  public addErrorCleanupProvisioner(provisioner: IProvisioner): void {
    new Problems(`packer.Template(${this.name})`)
      .check(this.errorCleanup === undefined, packerRules['packer-error-cleanup-twice'], { property: 'addErrorCleanupProvisioner' })
      .throwIfAny();
    this.errorCleanup = provisioner;
  }

  /** Adds steps that each do something with what was built. A manifest is put first wherever it is added; there has to be one. */
  public addPostProcessors(...postProcessors: IPostProcessor[]): void {
    this.postProcessors.push(...postProcessors);
  }

  /** Adds a chain of steps in which each does something with what the one before has made. */
  public addPostProcessorSequence(...postProcessors: IPostProcessor[]): void {
    this.sequences.push(postProcessors);
  }

  /**
   * Says something of the document that the model has no property for, or says it differently. The value is handed over
   * as it is: nothing is checked, and `{{` begins a template of the plugin.
   *
   *     // before: source "proxmox-clone" "x" { memory = 2048 … }       after: memory = 4096
   *     template.addOverride('source.proxmox-clone.x.memory', 4096);
   *     // before: the second provisioner has no max_retries             after: max_retries = 3
   *     template.addOverride('build.provisioner.1.max_retries', 3);
   *     // before: required_plugins asks for proxmox >= 1.2.4            after: ~> 1.2.4
   *     template.addOverride('packer.required_plugins.proxmox.version', '~> 1.2.4');
   *     // adds a block
   *     template.addOverride('build.hcp_packer_registry', new hcl.Block('hcp_packer_registry', [], new hcl.Body({ bucket_name: 'x' })));
   *
   * @param path type and labels of a block and names within, joined by dots; a number chooses among blocks of one type
   * @param value value of the attribute; a `hcl.Block` or a list of them replaces all blocks of that name; undefined removes
   */
  public addOverride(path: string, value: any): void {
    this.overrides.push({ path, value });
  }

  /**
   * The document, from which both forms are written. All mistakes that span its parts are refused here together.
   */
  public toBody(): Body {
    const problems = new Problems(`packer.Template(${this.name})`);
    const bindProvisioner = (property: string) => (provisioner: IProvisioner, i: number): ProvisionerConfig =>
      problems.collect(property === 'errorCleanupProvisioner' ? property : `${property}[${i}]`, () => provisioner.bind(this))
      ?? { type: 'refused', attributes: {} };
    const bindPostProcessor = (postProcessor: IPostProcessor): PostProcessorConfig => postProcessor.bind(this);
    const parts: TemplateParts = {
      plugins: this.plugins,
      variables: this.variableList,
      locals: this.locals,
      data: this.data,
      sources: this.sourceList,
      provisioners: this.provisioners.map(bindProvisioner('provisioners')),
      errorCleanup: this.errorCleanup && bindProvisioner('errorCleanupProvisioner')(this.errorCleanup, 0),
      postProcessors: manifestFirst(this.postProcessors.map(bindPostProcessor)),
      sequences: this.sequences.map((sequence) => sequence.map(bindPostProcessor)),
    };
    const body = problems.collect('', () => this.render(parts));
    checkTemplate(problems, parts, body);
    problems.throwIfAny();
    return applyOverrides(body!, this.overrides, `packer.Template(${this.name})`, true);
  }

  /** The document as JSON (`.pkr.json`). */
  public toJson(): string {
    return new JsonRenderer().render(this.toBody());
  }

  /** The document in HCL's own syntax (`.pkr.hcl`), as `packer fmt` would format it. */
  public toHcl(): string {
    return new HclRenderer().render(this.toBody());
  }

  private render(parts: TemplateParts): Body {
    const plain = parts.locals.filter((local) => !local.sensitive && local.comment === undefined);
    return new Body({}, [
      this.renderPacker(parts),
      ...parts.variables.map((variable) => variable.toBlock()),
      ...(plain.length === 0 ? [] : [new Block('locals', [], new Body(Object.fromEntries(plain.map((local) => [local.name, local.value]))))]),
      ...parts.locals.filter((local) => !plain.includes(local)).map(renderLocal),
      ...parts.data.map((data) => data.toBlock()),
      ...parts.sources.map((source) => source.toBlock()),
      this.renderBuild(parts),
    ], { comment: this.props.comment });
  }

  private renderPacker(parts: TemplateParts): Block {
    const { provisioners, errorCleanup } = parts;
    const steps = [...provisioners, ...(errorCleanup === undefined ? [] : [errorCleanup])];
    const plugins = requiredPlugins(parts);
    return new Block('packer', [], new Body(
      { required_version: this.props.requiredVersion ?? demandedPackerVersion(steps) },
      plugins.length === 0 ? [] : [new Block('required_plugins', [], new Body(
        Object.fromEntries(plugins.map((plugin) => [plugin.name, { source: plugin.source, version: plugin.version }])),
      ))],
    ));
  }

  private renderBuild(parts: TemplateParts): Block {
    return new Block('build', [], new Body(
      { name: this.name, description: this.props.description, sources: parts.sources.map((source) => `source.${source.address}`) },
      [
        ...parts.provisioners.map((config) => renderStep('provisioner', config)),
        ...(parts.errorCleanup === undefined ? [] : [renderStep('error-cleanup-provisioner', parts.errorCleanup)]),
        ...parts.postProcessors.map((config) => renderStep('post-processor', config)),
        ...parts.sequences.map((sequence) => new Block('post-processors', [], new Body({}, sequence.map((config) => renderStep('post-processor', config))))),
      ],
    ));
  }

  private refuseTaken(kind: string, name: string, taken: string[]): void {
    new Problems(`packer.Template(${this.name})`)
      .check(!taken.includes(name), packerRules['packer-name-taken'], { property: kind, received: name })
      .throwIfAny();
  }
}

/** The plugins of all parts, sorted by name. Those added by hand win. */
export function requiredPlugins(parts: TemplateParts): RequiredPlugin[] {
  const brought = [...parts.data, ...parts.sources, ...parts.provisioners, parts.errorCleanup, ...parts.postProcessors, ...parts.sequences.flat()]
    .map((part) => part?.requiredPlugin).filter((plugin) => plugin !== undefined);
  const byName = new Map<string, RequiredPlugin>();
  for (const plugin of [...parts.plugins, ...brought]) {
    if (!byName.has(plugin.name)) byName.set(plugin.name, plugin);
  }
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function manifestFirst(configs: PostProcessorConfig[]): PostProcessorConfig[] {
  return [...configs.filter((config) => config.type === 'manifest'), ...configs.filter((config) => config.type !== 'manifest')];
}

function renderLocal(local: Local): Block {
  return new Block('local', [local.name], new Body({ expression: local.value, sensitive: local.sensitive ? true : undefined }), {
    comment: local.comment,
  });
}

function renderStep(type: string, config: ProvisionerConfig & PostProcessorConfig): Block {
  const ordered = type !== 'error-cleanup-provisioner';
  return new Block(type, [config.type], new Body(config.attributes, config.blocks), { comment: config.comment, ordered });
}
