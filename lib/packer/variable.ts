import { containsTerraformToken, Problems } from '../core';
import { Block, Body, Expression } from '../hcl';
import { isIdentifier } from '../hcl/syntax';
import { isLiteral } from './plugin-text';
import { referencesIn } from './references';
import { packerRules } from './rules';
import { VariableType } from './variable-type';

/** A condition that the value of a variable has to meet. */
export interface VariableValidation {
  /** True where the value is good; speaks of the variable itself, such as `Expression.raw('length(var.token) > 0')`. */
  readonly condition: Expression;
  /** What Packer says otherwise: a sentence that begins with a capital letter and ends with `.`, `?` or `!`. */
  readonly errorMessage: string;
}

/** What is said of an input variable. */
export interface VariableProps {
  /**
   * Type of the value.
   * @default VariableType.STRING
   */
  readonly type?: VariableType;
  /**
   * What the variable is for; `packer inspect` shows it.
   * @default - no description
   */
  readonly description?: string;
  /**
   * Value where none is given: text, number, boolean, list or map, after the type. It is written into the template, so a
   * sensitive variable has none.
   * @default - the variable has to be given (`PKR_VAR_<name>`, `-var`, `-var-file`), else Packer stops
   */
  readonly default?: any;
  /**
   * Environment variable that is read where no value is given; an empty text where it is not set.
   * @default - no environment variable besides `PKR_VAR_<name>`
   */
  readonly defaultFromEnvironment?: string;
  /**
   * Whether the variable may be left out and is then null.
   * @default false
   */
  readonly optional?: boolean;
  /**
   * Whether Packer hides the value in all its output. It hides the text wherever it occurs, so do not use it for short values.
   * @default false
   */
  readonly sensitive?: boolean;
  /**
   * Conditions that the value has to meet.
   * @default - none besides the type
   */
  readonly validations?: VariableValidation[];
  /**
   * Remark for readers of the template.
   * @default - no comment
   */
  readonly comment?: string;
}

/**
 * An input variable of a template: what is given when `packer` runs.
 *
 * The variable itself can be used as text: `` `https://${endpoint}/api2/json` ``.
 *
 * @see https://developer.hashicorp.com/packer/docs/templates/hcl_templates/variables
 */
export class Variable {
  /** Name of the variable. */
  public readonly name: string;
  /** Whether Packer hides the value in its output. */
  public readonly sensitive: boolean;
  /** The reference to the variable, `var.<name>`. */
  public readonly expression: Expression;
  private readonly props: VariableProps;

  /**
   * @param name letters, digits and `_`, beginning with a letter: the name of an environment variable is made of it
   * @param props what is said of it
   */
  public constructor(name: string, props: VariableProps = {}) {
    this.name = name;
    this.props = props;
    this.sensitive = props.sensitive ?? false;
    this.validate();
    this.expression = Expression.reference(`var.${name}`);
  }

  /** What the variable is for, if it was said. */
  public get description(): string | undefined {
    return this.props.description;
  }

  /** Whether Packer stops where no value is given. */
  public get mustBeGiven(): boolean {
    return this.renderDefault() === undefined;
  }

  /** The reference to the variable, to be used within text. */
  public toString(): string {
    return this.expression.toString();
  }

  /** The block that declares the variable. */
  public toBlock(): Block {
    const { props } = this;
    return new Block('variable', [this.name], new Body(
      {
        type: (props.type ?? VariableType.STRING).toExpression(),
        description: props.description === undefined ? undefined : Expression.verbatim(props.description),
        default: this.renderDefault(),
        sensitive: props.sensitive === true ? true : undefined,
      },
      (props.validations ?? []).map((validation) => new Block('validation', [], new Body({
        condition: validation.condition,
        error_message: Expression.verbatim(validation.errorMessage),
      }))),
    ), { comment: props.comment });
  }

  private renderDefault(): any {
    if (this.props.defaultFromEnvironment !== undefined) return Expression.call('env', this.props.defaultFromEnvironment);
    return this.props.optional === true ? Expression.raw('null') : this.props.default;
  }

  private validate(): void {
    const { name, props } = this;
    const type = props.type ?? VariableType.STRING;
    const problems = new Problems(`packer.Variable(${name})`);
    problems.check(isIdentifier(name) && /^[a-zA-Z][a-zA-Z0-9_]*$/.test(name), packerRules['packer-variable-name'], { property: 'name', received: name });
    const defaults = [props.default !== undefined, props.defaultFromEnvironment !== undefined, props.optional === true].filter(Boolean);
    problems.check(defaults.length <= 1, packerRules['packer-variable-two-defaults'], { property: 'default' });
    if (props.default !== undefined) {
      problems
        .check(!holdsExpression(props.default), packerRules['packer-variable-default-expression'], { property: 'default' })
        .check(
          holdsExpression(props.default) || containsTerraformToken(props.default) || type.accepts(props.default),
          packerRules['packer-variable-default-type'],
          { property: 'default', received: this.sensitive ? 'a value of another type' : props.default, rule: `The default of a variable of type ${type} is a value of that type.` },
        )
        .check(!this.sensitive || props.default === '', packerRules['packer-variable-sensitive-default'], { property: 'default' });
    }
    (props.validations ?? []).forEach((validation, i) => {
      problems
        .check(
          refersOnlyTo(name, validation.condition),
          packerRules['packer-variable-validation-condition'],
          { property: `validations[${i}].condition`, received: validation.condition.text },
        )
        .check(
          /^\p{Lu}[^]*[.?!]$/u.test(validation.errorMessage),
          packerRules['packer-variable-validation-message'],
          { property: `validations[${i}].errorMessage`, received: validation.errorMessage },
        );
    });
    problems.throwIfAny();
  }
}

function holdsExpression(value: any): boolean {
  if (value instanceof Expression) return true;
  if (typeof value === 'string') return !isLiteral(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsExpression);
}

/** Packer allows a condition to speak of its own variable only. */
function refersOnlyTo(name: string, condition: Expression): boolean {
  const references = referencesIn(condition.toString());
  return references.length > 0 && references.every(({ root, names }) => root === 'var' && names[0] === name);
}
