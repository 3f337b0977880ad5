import { TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { Problems, Secret, SecretSource } from '../core';
import { assemblyRules } from './rules';

/**
 * The expression by which Terraform reads a secret when it runs: a sensitive variable fed by `TF_VAR_<name>`, or a file.
 *
 * @returns text for an attribute of an element in the same stack
 */
export function terraformSecret(scope: Construct, secret: Secret): string {
  if (secret.source === SecretSource.FILE) {
    return `\${sensitive(trimspace(file(pathexpand(${terraformString(secret.reference)}))))}`;
  }
  const stack = TerraformStack.of(scope);
  const existing = stack.node.tryFindChild(secret.reference);
  if (existing === undefined) {
    new TerraformVariable(stack, secret.reference, {
      type: 'string',
      sensitive: true,
      nullable: false,
      description: `Secret, given as TF_VAR_${secret.reference}.`,
    });
  } else {
    new Problems(scope.node.path)
      .check(existing instanceof TerraformVariable, assemblyRules['secret-name-taken'], { property: 'secret', received: secret.reference })
      .check(!(existing instanceof TerraformVariable) || existing.sensitive === true, assemblyRules['secret-variable-shown'], {
        property: 'secret', received: secret.reference,
      })
      .throwIfAny();
  }
  return `\${var.${secret.reference}}`;
}

/** A quoted string of a Terraform expression that means exactly the text. */
export function terraformString(text: string): string {
  return JSON.stringify(text).replace(/\$\{/g, '$$$${').replace(/%\{/g, '%%{');
}
