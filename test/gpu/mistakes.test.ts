import * as fs from 'fs';
import { expectError } from '../support/errors';
import { cluster as pve, stackWithCluster } from '../support/fixtures';
import { newApp, newStack, synthesize } from '../support/synth';
import { Mistake, Severity } from './mistake';
import { REFUSED } from './mistakes-refused';
import { SHOWN_OR_SOLVED } from './mistakes-shown';
import { OF_TALOS } from './mistakes-talos';

/*
 * The mistakes that people make with passed-through graphics cards, forty of them, and what becomes of each here.
 */

const MISTAKES = [...REFUSED, ...SHOWN_OR_SOLVED, ...OF_TALOS];

test.each(of(Severity.ERROR))('%i: %s does not synthesize', (_, code, mistake) => {
  const stack = stackWithCluster(mistake.cluster);
  const error = expectError(() => mistake.program(stack));
  expect({ code: error.code, message: error.message, others: error.problems.length - 1 }).toEqual({ code, message: mistake.expected, others: 0 });
});

test.each(of(Severity.WARNING, Severity.NOTE))(
  '%i: %s is shown, and not any more when it is acknowledged', (_, code, { cluster, expected, program, severity }) => {
    const level = severity === Severity.WARNING ? '@cdktf/warn' : '@cdktf/info';
    const annotations = (acknowledged: string[]) => {
      const app = newApp();
      app.node.setContext('proxmox-constructs:acknowledged', acknowledged);
      const stack = newStack(app);
      pve(stack, cluster);
      program(stack);
      return JSON.parse(fs.readFileSync(`${synthesize(stack).outdir}/manifest.json`, 'utf8')).stacks.homelab.annotations;
    };
    const checklist = code === 'pci-host-checklist' ? [] : ['pci-host-checklist'];
    expect(annotations(checklist)).toEqual([{ constructPath: expect.stringMatching(/^homelab\//), level, message: expected }]);
    expect(expected).toEqual(expect.stringMatching(RegExp(`^\\[${code}\\] [^]+\n  Remedy: \\S`)));
    expect(annotations([...checklist, code])).toEqual([]);
  },
);

test.each(of(Severity.SOLVED))('%i: %s', (_, __, { cluster, expected, program }) => {
  expect(program(stackWithCluster(cluster))).toEqual(expected);
});

test('every row has its entry', () => {
  const rows = [...new Set(MISTAKES.map(({ row }) => row))].sort((a, b) => a - b);
  expect(rows).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
});

function of(...severities: Severity[]): (readonly [number, string, Mistake])[] {
  return MISTAKES.filter(({ severity }) => severities.includes(severity)).map((mistake) => [mistake.row, mistake.code, mistake]);
}
