import { Construct } from 'constructs';
import { terraformSecret, terraformString } from '../assembly';
import { Problems, Secret, containsTerraformToken, escapeTerraformText } from '../core';
import { PatchDocument, SecretText } from './patch-document';
import { patchRules as rules } from './patch-rules';

/**
 * Characters that YAML does not take as they are, and those that Terraform, which writes all text in the normal form C, may join with the one
 * before: in `"\n"` and an accent, the accent would come upon the n.
 */
// eslint-disable-next-line no-control-regex
const NOT_AS_IT_IS = /[\u007f-\u009f\u1100-\u11ff\u2028\u2029\ua960-\ua97f\ud7b0-\ud7ff\ufeff\ufffe\uffff]|\p{Mark}/u;

/**
 * The text of a patch as the provider takes it: JSON, which every reader of YAML reads. Secrets in it are read by Terraform when it runs;
 * references to anything else are refused.
 *
 * @param scope construct whose stack gets the variables of the secrets
 * @internal
 */
export function patchText(scope: Construct, document: PatchDocument): string {
  if (document instanceof Secret || document instanceof SecretText) return `\${jsonencode(${expression(scope, document)})}`;
  if (Array.isArray(document)) return `[${document.map((item) => patchText(scope, item ?? null)).join(',')}]`;
  if (typeof document === 'object' && document !== null) {
    const members = Object.entries(document).filter(([, value]) => value !== undefined);
    return `{${members.map(([name, value]) => `${scalar(scope, name)}:${patchText(scope, value)}`).join(',')}}`;
  }
  return scalar(scope, document);
}

function scalar(scope: Construct, value: any): string {
  refuseReference(scope, value);
  return typeof value === 'string' ? literal(value) : JSON.stringify(value);
}

/** A text in quotes. */
function literal(text: string): string {
  const json = JSON.stringify(text).replace(/[^\u0000-\u007e]/gu, (c) => {
    if (c.length > 1 || (!NOT_AS_IT_IS.test(c) && c.normalize('NFC') === c)) return c;
    return `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return escapeTerraformText(json);
}

function refuseReference(scope: Construct, value: any): void {
  new Problems(scope.node.path)
    .check(!containsTerraformToken(value), rules['patch-reference'], { property: 'configPatches', received: value })
    .throwIfAny();
}

function expression(scope: Construct, text: Secret | SecretText): string {
  if (text instanceof Secret) return terraformSecret(scope, text).slice(2, -1);
  refuseReference(scope, text.prefix);
  return `format("%s%s", ${terraformString(text.prefix)}, ${expression(scope, text.secret)})`;
}

/** A text in quotes, or an expression that stands for a value. */
const PART = /"(?:[^"\\]|\\.)*"|\$\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\}/g;

/**
 * What a text says that `patchText` wrote; null where a secret stands.
 * @internal
 */
export function readPatchText(text: string): any {
  return JSON.parse(text.replace(PART, (part) => part.startsWith('"') ? part.replace(/([$%])\1\{/g, '$1{') : 'null'));
}
