import { Construct } from 'constructs';
import { terraformSecret, terraformString } from '../assembly';
import { Problems, Secret, containsTerraformToken, escapeTerraformText } from '../core';
import { clusterRules as rules } from './cluster-rules';
import { PatchDocument, SecretText } from './patch-document';

/** A reference to a text, made by the core. */
const REFERENCE = /(\$\{TfToken\[[a-zA-Z0-9:._-]+\]\})/;

/**
 * Characters that YAML does not take as they are, and those that Terraform, which writes all text in the normal form C, may join with the one
 * before: in `"\n"` and an accent, the accent would come upon the n.
 */
// eslint-disable-next-line no-control-regex
const NOT_AS_IT_IS = /[\u007f-\u009f\u1100-\u11ff\u2028\u2029\ua960-\ua97f\ud7b0-\ud7ff\ufeff\ufffe\uffff]|\p{Mark}/u;

/**
 * The text of a patch as the provider takes it: JSON, which every reader of YAML reads. Secrets in it and references are read by Terraform
 * when it runs.
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
  return typeof document === 'string' && REFERENCE.test(document) ? withReferences(document) : scalar(scope, document);
}

function scalar(scope: Construct, value: any): string {
  new Problems(scope.node.path)
    .check(!containsTerraformToken(value), rules['patch-reference-kind'], { property: 'configPatches', received: value })
    .throwIfAny();
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

/** Whatever the value is that a reference stands for, it is quoted when it is known. */
function withReferences(text: string): string {
  const parts = text.split(REFERENCE).filter((part) => part !== '');
  // Without braces in the literal parts: the core looks at them to see whether a reference stands in an expression.
  const written = parts.map((part) => REFERENCE.test(part) ? part : JSON.stringify(part).replace(/[\b\f{}]|\\[bf]/g, hclEscape));
  return `\${jsonencode(join("", [${written.join(', ')}]))}`;
}

function hclEscape(text: string): string {
  const code = text === '\\b' ? 8 : text === '\\f' ? 12 : text.charCodeAt(0);
  return `\\u${code.toString(16).padStart(4, '0')}`;
}

function expression(scope: Construct, text: Secret | SecretText): string {
  if (text instanceof Secret) return terraformSecret(scope, text).slice(2, -1);
  return `format("%s%s", ${terraformString(text.prefix)}, ${expression(scope, text.secret)})`;
}
