import { Rule } from '../../lib/core';
import { rooms } from '../../projenrc/rooms';
import { ruleTables } from './rule-tables';

const introduction = `
# Errors

What would not work does not synthesize. Every mistake that can be known before a tool runs is reported as a \`ValidationError\`
with the path of the construct, the property as it is written in the program, the value received, the rule, the remedy, and a
code that stays the same from release to release. All mistakes of one construct are reported together.

    try {
      new VirtualMachine(stack, 'Web', { template, memory: Size.mebibytes(32) });
    } catch (error) {
      if (error instanceof ValidationError) console.log(error.code, error.path, error.remedy, error.problems);
    }

\`code\`, \`property\`, \`rule\` and \`remedy\` are those of the first mistake, \`problems\` has them all. Values of the wrong kind, which only plain JavaScript can
give, are reported first; then the values themselves. A few things show only when the stack is written, by \`app.synth()\`.

This page has one heading for each code. An error may say rule and remedy more exactly, with the values of the case.
`;

/** The text of docs/errors.md, made from the tables of rules. */
export function errorsPage(): string {
  const tables = ruleTables();
  const contents = rooms.flatMap((room) => {
    const codes = tables.filter((table) => table.room === room).flatMap((table) => table.rules).map(({ code }) => `[${code}](#${code})`);
    return codes.length === 0 ? [] : [`- **${room}**: ${codes.join(', ')}`];
  });
  return [introduction.trim(), contents.join('\n'), ...tables.flatMap((table) => table.rules).map(entry)].join('\n\n') + '\n';
}

function entry({ code, rule, remedy, see }: Rule): string {
  return [`## ${code}`, markdown(rule), `**Remedy:** ${markdown(remedy)}`, ...see === undefined ? [] : [`See ${link(see)}`]].join('\n\n');
}

/** Text as it is read in a terminal, so that Markdown shows the same; what stands between backticks stays as it is. */
function markdown(text: string): string {
  return text.split(/(`[^`]*`)/).map((part, i) => i % 2 === 1 ? part : part
    .replace(/[\\<*$]/g, '\\$&')
    .replace(/(?<![a-z0-9])_|_(?![a-z0-9])/gi, '\\_')).join('');
}

function link(see: string): string {
  return see.startsWith('https://') ? `<${see}>` : markdown(see);
}
