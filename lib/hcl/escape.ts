/**
 * Literal text as a part of a HCL template, in which `${` and `%{` begin something else. The same in HCL and in JSON.
 *
 * @param beforeExpression whether an interpolation follows the text
 */
export function escapeTemplate(literal: string, beforeExpression: boolean): string {
  void beforeExpression;
  return literal.replace(/([$%])\{/g, '$1$1{');
}
