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

/** What an error says of each mistake, in one line each: code, property and what was received. */
export function mistakes(fn: () => unknown): string[] {
  return expectError(fn).problems.map((p) => `${p.code} ${p.property}${p.received === undefined ? '' : ` ${p.received}`}`);
}
