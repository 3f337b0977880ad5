import { Problems } from '../core';
import { isMapping } from '../core/mapping';
import { Expression } from '../hcl';
import { isIdentifier } from '../hcl/syntax';
import { packerRules } from './rules';

/**
 * Type of a variable's value.
 * @see https://developer.hashicorp.com/packer/docs/templates/hcl_templates/variables#type-constraints
 */
export class VariableType {
  /** Text. */
  public static readonly STRING = new VariableType('string', (value) => typeof value === 'string');
  /** A number. */
  public static readonly NUMBER = new VariableType('number', (value) => typeof value === 'number');
  /** True or false. */
  public static readonly BOOL = new VariableType('bool', (value) => typeof value === 'boolean');
  /** Any value. */
  public static readonly ANY = new VariableType('any', () => true);

  /** A list of values of one type. A value given by `-var` or `PKR_VAR_…` is written in HCL: `["a", "b"]`. */
  public static list(element: VariableType): VariableType {
    return new VariableType(`list(${element.text})`, (value) => Array.isArray(value) && value.every((v) => element.accepts(v)));
  }

  /** A list without order in which each value stands once. */
  public static set(element: VariableType): VariableType {
    return new VariableType(`set(${element.text})`, (value) => Array.isArray(value) && value.every((v) => element.accepts(v)));
  }

  /** A map of values of one type. A value given by `-var` or `PKR_VAR_…` is written in HCL: `{ a = "b" }`. */
  public static map(element: VariableType): VariableType {
    return new VariableType(`map(${element.text})`, (value) => isMapping(value) && Object.values(value).every((v) => element.accepts(v)));
  }

  /** A map with fixed keys, each with a type of its own. */
  public static object(attributes: { [name: string]: VariableType }): VariableType {
    const problems = new Problems('packer.VariableType.object');
    for (const name of Object.keys(attributes)) {
      problems.check(isIdentifier(name), packerRules['packer-variable-type-attribute'], { property: 'attributes', received: name });
    }
    problems.throwIfAny();
    const fields = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
    return new VariableType(
      `object({ ${fields.map(([name, type]) => `${name} = ${type.text}`).join(', ')} })`,
      (value) => isMapping(value)
        && fields.every(([name, type]) => name in value && type.accepts(value[name]))
        && Object.keys(value).every((name) => name in attributes),
    );
  }

  private constructor(
    private readonly text: string,
    private readonly accepted: (value: any) => boolean,
  ) {}

  /** Whether a value is of this type. */
  public accepts(value: any): boolean {
    return this.accepted(value);
  }

  /** The type as Packer spells it, such as `list(string)`. */
  public toString(): string {
    return this.text;
  }

  /**
   * The type as the value of the attribute `type`.
   * @internal
   */
  public toExpression(): Expression {
    return Expression.keyword(this.text);
  }
}
