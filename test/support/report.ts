import { isDeepStrictEqual } from 'node:util';

/** Counts what held and what did not, and says so line by line. */
export class Report {
  private passed = 0;
  private failed = 0;
  private place = '';

  /** What is being checked now, without its last part. */
  public get title(): string {
    return this.place.split(':')[0];
  }

  /** Heading of the checks that follow. */
  public section(title: string): void {
    this.place = title;
    console.log(`\n# ${title}`);
  }

  public equal(what: string, actual: unknown, expected: unknown): void {
    this.say(what, isDeepStrictEqual(actual, expected), () => `expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
  }

  public match(what: string, actual: string, expected: RegExp): void {
    this.say(what, expected.test(actual), () => `expected ${expected}, got:\n${actual}`);
  }

  /** A text that must not occur. */
  public without(what: string, actual: string, unwanted: RegExp): void {
    const found = unwanted.exec(actual);
    this.say(what, !found, () => `found ${JSON.stringify(found?.[0])} in:\n…${actual.slice(Math.max(0, found!.index - 500), found!.index + 500)}…`);
  }

  /** Something broke before its checks could run. */
  public broken(error: unknown): void {
    this.say(`${this.place} runs to its end`, false, () => (error instanceof Error ? error.message : String(error)));
  }

  /** Prints the last line; true if nothing failed. */
  public finish(): boolean {
    console.log(`\n${this.passed} passed, ${this.failed} failed`);
    return this.failed === 0 && this.passed > 0;
  }

  private say(what: string, holds: boolean, explain: () => string): void {
    if (holds) this.passed++;
    else this.failed++;
    console.log(holds ? `ok   ${what}` : `FAIL ${what}\n${explain().replace(/^/gm, '       ')}`);
  }
}
