import { ValidationError } from '../../lib/core';

/** The error with which a function refuses; fails where it does not, or with another kind of error. */
export function expectError(fn: () => unknown): ValidationError {
  let thrown: unknown;
  try {
    fn();
  } catch (error) {
    thrown = error;
  }
  if (thrown instanceof ValidationError) return thrown;
  throw thrown ?? new Error('Nothing was refused.');
}

/** What an error says of each mistake, in one line each: code, property and what was received. Rule and remedy are sentences. */
export function mistakes(fn: () => unknown): string[] {
  const { path, message, problems } = expectError(fn);
  expect(message.startsWith(`${path}: `)).toBe(true);
  return problems.map(({ code, property, received, rule, remedy }) => {
    expect([code, rule, remedy]).toEqual([code, expect.stringMatching(/^[A-Z`][^]*[.…)]$|Look at: /), expect.stringMatching(/^[A-Z][^]*[.…)]$/)]);
    expect(message).toContain(`[${code}] ${property}${received === undefined ? '' : `, got: ${received}`}\n  ${rule}\n  Remedy: ${remedy}`);
    return `${code} ${property}${received === undefined ? '' : ` ${received}`}`;
  });
}
