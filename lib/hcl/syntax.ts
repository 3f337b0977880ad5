const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_-]*$/;
const REFERENCE = /^[A-Za-z_][A-Za-z0-9_-]*(\.[A-Za-z_][A-Za-z0-9_-]*|\.\*|\[\*\]|\[[0-9]+\]|\["[A-Za-z0-9 ._:\/-]*"\])*$/;

/** Whether a text is a name that HCL takes without quotes. */
export function isIdentifier(text: string): boolean {
  return IDENTIFIER.test(text);
}

/** Whether a text is a chain of names and indices. */
export function isReference(text: string): boolean {
  return REFERENCE.test(text);
}
