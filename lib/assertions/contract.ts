import * as fs from 'fs';
import { GuestSetup, GuestShell } from '../guest-os';

/** One thing that every operating system has to keep. */
export interface IContractCheck {
  /** What is checked, as the name of a test. */
  readonly name: string;
  /** Throws where it does not hold. */
  run(): void;
}

/**
 * Throws where two texts are not the same.
 * @internal
 */
export function expectEqual(actual: string, expected: string, what: string): void {
  if (actual !== expected) {
    throw new Error(`Not the same: ${what}.\n  expected: ${expected.slice(0, 500)}\n  received: ${actual.slice(0, 500)}`);
  }
}

/**
 * Throws where a POSIX system has a script that removes identity and does not say what runs it.
 * @internal
 */
export function checkGeneralizeScript({ generalizeScript, shell }: GuestSetup): void {
  if (generalizeScript === undefined) return;
  const [firstLine] = fs.readFileSync(generalizeScript, 'utf8').split('\n');
  if (shell !== GuestShell.POWERSHELL && !firstLine.startsWith('#!')) {
    throw new Error(`The first line of ${generalizeScript} names no interpreter, got: ${firstLine}`);
  }
}
