import {
  LocalExecProvisioner, Postcondition, Precondition, TerraformDataSource, TerraformOutput, TerraformProvider, TerraformResource, TerraformStack,
} from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { ProviderRequirement } from '../bindings';
import { Problems, ValidationError } from '../core';
import { assemblyRules } from './rules';
import { settled } from './settled';

/** What an element of ours hands to Terraform: attributes and blocks by the provider's own names. */
export interface ElementAttributes {
  /** Attribute or block by its name; undefined is left out. */
  readonly [name: string]: any;
}

/** When Terraform replaces, ignores or refuses. Addresses are written as text, such as `terraform_data.Ubuntu`. */
export interface ElementLifecycle {
  /** Addresses whose change replaces this resource. @default - none */
  readonly replaceTriggeredBy?: string[];
  /** Attributes whose change is ignored. @default - none */
  readonly ignoreChanges?: string[];
  /** What must hold before this is planned. @default - nothing */
  readonly preconditions?: Precondition[];
  /** What must hold when this is done. @default - nothing */
  readonly postconditions?: Postcondition[];
}

/** What describes a resource or data source of ours. */
export interface ElementProps {
  /** The provider's name of the type. */
  readonly type: string;
  /** The configured provider; undefined for what Terraform has built in. */
  readonly provider?: TerraformProvider;
  /** Called whenever the stack renders: references are written as text then. */
  readonly attributes: () => ElementAttributes;
  /** Addresses that must be done first. Called when the stack renders. @default - none */
  readonly dependsOn?: () => string[];
  /** Called when the stack renders. @default - none */
  readonly lifecycle?: () => ElementLifecycle;
  /** Commands run at creation. @default - none */
  readonly provisioners?: LocalExecProvisioner[];
  /** What exists already under this id is taken into the state, and nothing is created. @default - it is created */
  readonly importId?: string;
}

/** Address of an element within its stack, for expressions: `proxmox_virtual_environment_vm.Web`. */
export function addressOf(element: TerraformResource | TerraformDataSource): string {
  const address = `${element.terraformResourceType}.${element.friendlyUniqueId}`;
  return TerraformDataSource.isTerraformDataSource(element) ? `data.${address}` : address;
}

/** Whether two constructs are rendered into the same Terraform configuration, so that one can refer to the other. */
export function inSameStack(a: Construct, b: Construct): boolean {
  return TerraformStack.of(a) === TerraformStack.of(b);
}

function configOf(props: ElementProps) {
  return {
    terraformResourceType: props.type,
    terraformGeneratorMetadata: { providerName: props.provider?.terraformResourceType ?? 'terraform' },
    // An unaliased provider is every resource's default: naming it would only be noise.
    provider: props.provider?.alias === undefined ? undefined : props.provider,
    provisioners: props.provisioners,
  };
}

function metaArgumentsOf(props: ElementProps, inherited: { [name: string]: any }): { [name: string]: any } {
  const lifecycle = props.lifecycle?.() ?? {};
  // What the user says beside ours is kept. The core spells the names as Terraform does.
  const users = inherited.lifecycle ?? {};
  const lifecycleArguments = {
    ...users,
    ...listArgument('replaceTriggeredBy', lifecycle.replaceTriggeredBy, users.replaceTriggeredBy),
    ...(users.ignoreChanges === 'all' ? {} : listArgument('ignoreChanges', lifecycle.ignoreChanges, users.ignoreChanges)),
    ...listArgument('precondition', lifecycle.preconditions, users.precondition),
    ...listArgument('postcondition', lifecycle.postconditions, users.postcondition),
  };
  const dependsOn = [...new Set([...(props.dependsOn?.() ?? []), ...(inherited.dependsOn ?? [])])];
  return {
    ...inherited,
    dependsOn: dependsOn.length ? dependsOn : undefined,
    lifecycle: Object.keys(lifecycleArguments).length ? lifecycleArguments : undefined,
  };
}

function listArgument(name: string, ours: any[] = [], users: any[] = []): { [name: string]: any[] } {
  return ours.length + users.length === 0 ? {} : { [name]: [...ours, ...users] };
}

/**
 * A resource whose attributes are written by the provider's own names.
 *
 * The generated bindings make an object for every nested block; an estate of thousands of machines needs none of them.
 */
export class PlainResource extends TerraformResource {
  public constructor(scope: Construct, id: string, private readonly props: ElementProps) {
    super(scope, id, configOf(props));
  }

  public override toTerraform(): any {
    const rendered = settled(super.toTerraform());
    const { importId, provider } = this.props;
    if (importId === undefined) return rendered;
    // The core's own `importFrom` runs Terraform at synth, to see its version.
    return { ...rendered, import: [{ to: addressOf(this), id: importId, provider: provider?.alias === undefined ? undefined : provider.fqn }] };
  }

  public override get terraformMetaArguments(): { [name: string]: any } {
    return metaArgumentsOf(this.props, super.terraformMetaArguments);
  }

  protected override synthesizeAttributes(): { [name: string]: any } {
    return this.props.attributes();
  }

  protected override synthesizeHclAttributes(): { [name: string]: any } {
    return refuseHcl(this);
  }
}

/** A data source whose attributes are written by the provider's own names. */
export class PlainDataSource extends TerraformDataSource {
  public constructor(scope: Construct, id: string, private readonly props: ElementProps) {
    super(scope, id, configOf(props));
  }

  public override toTerraform(): any {
    return settled(super.toTerraform());
  }

  public override get terraformMetaArguments(): { [name: string]: any } {
    return metaArgumentsOf(this.props, super.terraformMetaArguments);
  }

  protected override synthesizeAttributes(): { [name: string]: any } {
    return this.props.attributes();
  }

  protected override synthesizeHclAttributes(): { [name: string]: any } {
    return refuseHcl(this);
  }
}

/** An output of what is known by the addresses of elements. */
export class PlainOutput extends TerraformOutput {
  public override toTerraform(): any {
    return settled(super.toTerraform());
  }
}

/** What describes a provider of ours. */
export interface PlainProviderProps {
  /** Name, source and version range. */
  readonly requirement: ProviderRequirement;
  /** Second name, where a stack configures the provider more than once. @default - the provider is the default one */
  readonly alias?: string;
  /** Called whenever the stack renders. */
  readonly attributes: () => ElementAttributes;
}

/** A provider configuration whose attributes are written by the provider's own names. */
export class PlainProvider extends TerraformProvider {
  public constructor(scope: Construct, id: string, private readonly props: PlainProviderProps) {
    super(scope, id, {
      terraformResourceType: props.requirement.name,
      terraformGeneratorMetadata: { providerName: props.requirement.name, providerVersionConstraint: props.requirement.version },
      terraformProviderSource: props.requirement.source,
    });
  }

  public override get alias(): string | undefined {
    return this.props?.alias;
  }

  protected override synthesizeAttributes(): { [name: string]: any } {
    return this.props.attributes();
  }

  protected override synthesizeHclAttributes(): { [name: string]: any } {
    return refuseHcl(this);
  }
}

/**
 * Terraform's own `terraform_data`: a value whose change replaces what refers to it, or a place for a command.
 *
 * The core has a class for it that starts a Terraform process per instance at synth; this one does not.
 * @see https://developer.hashicorp.com/terraform/language/resources/terraform-data
 */
export class TerraformData extends PlainResource {
  public constructor(scope: Construct, id: string, props: Omit<ElementProps, 'type' | 'provider'>) {
    super(scope, id, { ...props, type: 'terraform_data' });
  }
}

/** The core writes conditions and replacement triggers of a lifecycle as attributes there, which Terraform refuses. */
function refuseHcl(element: IConstruct): never {
  const problems = new Problems(element.node.path).report(assemblyRules['hcl-output-unsupported'], { property: 'synth --hcl' });
  throw new ValidationError(problems.path, problems.all);
}
