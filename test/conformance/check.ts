import { ToolUnavailable } from '../../tools';

/** What is wrong, in words for the person who has to mend it; `undefined` when nothing is. */
export type Verdict = string | undefined;

/** One question to one real tool. */
export interface Check {
  /** Who judges, for instance `packer validate`. */
  readonly judge: string;
  /** What is judged, for instance `ubuntu-golden-image/homelab/ubuntu (json)`. */
  readonly subject: string;
  run(): Promise<Verdict>;
}

/** A check whose answer is known before anything is run, such as output that is not there. */
export function failed(judge: string, subject: string, verdict: string): Check {
  return { judge, subject, run: async () => verdict };
}

/** A check that a judge passes by refusing what it is asked. */
export function control(judge: string, subject: string, question: () => Promise<Verdict>): Check {
  return { judge, subject: `refuses ${subject}`, run: async () => (await question() === undefined ? 'it was taken' : undefined) };
}

/** The checks that `find` finds; when it cannot even read what it is to find them in, that is a failing check. */
export function found(judge: string, subject: string, find: () => Check[]): Check[] {
  try {
    return find();
  } catch (error) {
    return [failed(judge, subject, error instanceof Error ? error.message : String(error))];
  }
}

export interface Score {
  readonly passed: number;
  readonly failures: readonly { readonly check: Check; readonly verdict: string }[];
}

/** Runs checks, a few at a time, and prints a line for each as soon as it is done. */
export async function runChecks(checks: readonly Check[], atOnce: number): Promise<Score> {
  const failures: { check: Check; verdict: string }[] = [];
  let passed = 0;
  const queue = [...checks];
  const worker = async () => {
    for (let check = queue.shift(); check; check = queue.shift()) {
      const start = Date.now();
      const verdict = await judged(check);
      const seconds = `${((Date.now() - start) / 1000).toFixed(1)} s`;
      console.log(`${verdict === undefined ? 'ok    ' : 'FAILED'} ${check.judge.padEnd(24)} ${check.subject}  ${seconds}`);
      if (verdict === undefined) {
        passed += 1;
      } else {
        failures.push({ check, verdict });
        console.log(verdict.trim().replace(/^/gm, '         '));
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { passed, failures };
}

/** Whatever a check throws is a failure of that check, not the end of the run. */
async function judged(check: Check): Promise<Verdict> {
  try {
    return await check.run();
  } catch (error) {
    if (error instanceof ToolUnavailable) return error.message;
    return error instanceof Error ? error.stack ?? error.message : String(error);
  }
}
