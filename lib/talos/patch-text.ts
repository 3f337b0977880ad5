import { Construct } from 'constructs';
import { terraformSecret, terraformString } from '../assembly';
import { Secret, escapeTerraformText } from '../core';
import { PatchDocument, SecretText } from './patch-document';

/** Characters that JSON takes as they are, and YAML does not. */
// eslint-disable-next-line no-irregular-whitespace, no-control-regex
const NOT_IN_YAML = /[\u007f-\u009f\u2028\u2029\ufeff]/g;

/**
 * The text of a patch as the provider takes it: JSON, which every reader of YAML reads. A secret in it is read by Terraform when it runs.
 *
 * @param scope construct whose stack gets the variables of the secrets
 * @internal
 */
export function patchText(scope: Construct, document: PatchDocument): string {
  const secrets: string[] = [];
  const json = JSON.stringify(document, function (this: any, name, value) {
    const raw = this[name];
    if (!(raw instanceof Secret) && !(raw instanceof SecretText)) return value;
    secrets.push(`\${jsonencode(${expression(scope, raw)})}`);
    return `${PLACE}${secrets.length - 1}${PLACE}`;
  });
  return json
    .split(new RegExp(`"${PLACE}(\\d+)${PLACE}"`))
    .map((piece, i) => i % 2 === 1
      ? secrets[Number(piece)]
      : escapeTerraformText(piece.replace(NOT_IN_YAML, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)))
    .join('');
}

/** Stands for a secret while JSON is written: a character that has no meaning in any text, and that JSON leaves alone. */
const PLACE = '\ue000secret\ue001';

function expression(scope: Construct, text: Secret | SecretText): string {
  if (text instanceof Secret) return terraformSecret(scope, text).slice(2, -1);
  return `format("%s%s", ${terraformString(text.prefix)}, ${expression(scope, text.secret)})`;
}
