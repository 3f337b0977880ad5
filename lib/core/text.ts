/**
 * What stands as an expression in the text: a reference made by the core, as it looks before synthesis; a byte order mark at
 * the head of a template, which would be dropped; a carriage return that ends no line, after which nothing is evaluated.
 */
const EXPRESSION = /(\$\{TfToken\[[a-zA-Z0-9:._-]+\]\}|^\ufeff|\r(?!\n))/;
const AS_EXPRESSION: { [character: string]: string } = { '\ufeff': '${"\\ufeff"}', '\r': '${"\\r"}' };

/**
 * Text that is to appear verbatim in Terraform, which reads every string of its configuration as a template: `${` and `%{`
 * lose their meaning. References to Terraform made by the core stay as they are.
 *
 * Terraform reads all text in the Unicode normal form C and cannot hold half of a surrogate pair. Text for an argument of
 * the core's `Fn` is to be wrapped in `Fn.rawString` instead.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
 */
export function escapeTerraformText(text: string): string {
  return text
    .split(EXPRESSION) // literal text in turn with references and the two characters
    .map((piece, i, pieces) => i % 2 === 1 ? AS_EXPRESSION[piece] ?? piece : escapeLiteral(piece, i < pieces.length - 1))
    .join('');
}

function escapeLiteral(literal: string, beforeExpression: boolean): string {
  if (!beforeExpression) return literal.replace(/([$%])\{/g, '$1$1{');
  // The core takes `${` for the begin of an expression, in which it writes a reference without braces, unless it sees a `}`.
  const open = literal.lastIndexOf('${');
  if (open > literal.lastIndexOf('}')) {
    return `${signsAtEnd(escapeLiteral(literal.slice(0, open + 1), false))}{${escapeLiteral(literal.slice(open + 2), true)}`;
  }
  // Dollar signs stand for themselves, but the last one before an expression would take away its meaning.
  return signsAtEnd(escapeLiteral(literal, false));
}

/** Turns dollar signs at the end into the value of an expression, which means nothing to what follows. */
function signsAtEnd(template: string): string {
  return template.replace(/\$+$/, (signs) => `\${"${signs}"}`);
}

/**
 * Text that is to appear verbatim where a Packer plugin renders the string as a Go template: `{{` loses its meaning.
 *
 * @see https://developer.hashicorp.com/packer/docs/templates/hcl_templates/contextual-variables
 */
export function escapeGoTemplate(text: string): string {
  return text.replace(/\{\{/g, '{{ "{{" }}');
}
