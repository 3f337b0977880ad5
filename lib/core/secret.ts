import { Problems } from './problems';
import { coreRules } from './rules';
import { ValidationError } from './validation-error';

/** Where the value of a secret is read when a tool runs. */
export enum SecretSource {
  /** The tool's own variable: `TF_VAR_<name>` for Terraform, `PKR_VAR_<name>` for Packer. */
  ENVIRONMENT = 'environment',
  /** A file on the machine that runs the tool. */
  FILE = 'file',
}

/**
 * A value that must not be written down: a password, an API token.
 *
 * A secret is only ever a reference. Its value is read when Packer or Terraform runs, never when the program
 * synthesizes, and stands in no file of the output.
 */
export class Secret {
  /**
   * A secret handed over in the environment of the tools.
   *
   * @param name name of the variable in both tools, such as `proxmox_api_token`: a letter, then letters, digits and `_`.
   *   `TF_VAR_<name>` feeds Terraform (and, in a deploy, the Packer builds that Terraform starts); `PKR_VAR_<name>` feeds
   *   Packer where it is run by hand. A value under 8 characters is a bad secret, and Packer masks it everywhere in its log.
   * @see https://developer.hashicorp.com/terraform/language/values/variables#environment-variables
   * @see https://developer.hashicorp.com/packer/docs/templates/hcl_templates/variables#environment-variables
   */
  public static fromEnvironment(name: string): Secret {
    new Problems('Secret.fromEnvironment')
      .check(/^[a-zA-Z][a-zA-Z0-9_]*$/.test(name), coreRules['secret-name'], { property: 'name', received: name })
      .throwIfAny();
    return new Secret(SecretSource.ENVIRONMENT, name);
  }

  /**
   * A secret in a file that is read when a tool runs; white space around the value is dropped.
   *
   * @param path absolute, or below the home folder of the user who runs the tool (`~/…`): the output may be moved, and
   *   a relative path would then lead elsewhere
   */
  public static fromFile(path: string): Secret {
    new Problems('Secret.fromFile')
      .check(/^(\/|~\/).*[^/]$/.test(path) && !/[\0\n\r]/.test(path), coreRules['secret-path'], { property: 'path', received: path })
      .throwIfAny();
    return new Secret(SecretSource.FILE, path);
  }

  private constructor(
    /** Where the value is read. */
    public readonly source: SecretSource,
    /** Name of the variable, or path of the file. */
    public readonly reference: string,
  ) {}

  /** A secret is no text, and is refused within one: only a property that is a `Secret` knows how to read it. */
  public toString(): string {
    const { all } = new Problems('Secret').report(coreRules['secret-in-text'], { property: this.reference });
    throw new ValidationError('Secret', all);
  }
}
