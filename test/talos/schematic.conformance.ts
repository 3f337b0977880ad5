/*
 * The library of the image factory says what the id of a schematic is, and which schematics it refuses:
 * `npx tsx test/talos/schematic.conformance.ts [SEED] [SCHEMATICS OF EACH KIND]`. The last line is `N passed, N failed`.
 *
 * It is asked in two builds, with the YAML libraries that factories use now; each says as well what the library of older factories
 * writes. An id counts as right only where all three agree; what they do not agree about has to be refused.
 */
import { ValidationError } from '../../lib/core';
import { Schematic } from '../../lib/talos/schematic';
import { SystemExtension } from '../../lib/talos/system-extension';
import { ToolName, run, toolPath } from '../../tools';
import { fc } from '../support/fast-check';
import { Report } from '../support/report';
import { PUBLISHED } from './published-schematics';
import { hostileSchematic, likelySchematic, mistakenSchematic } from './random-schematic';

const seed = Number(process.argv[2] ?? 20);
const count = Number(process.argv[3] ?? 4000);
const report = new Report();

/** How the factory's library begins when it cannot read a text, whatever it says. */
const SYNTAX = /^yaml: (while (scanning|parsing)|line \d+|offset \d+)/;

/** What the factory's library says of a text. */
interface Answer {
  readonly id?: string;
  readonly canonical?: string;
  readonly version3?: string;
  readonly error?: string;
}

/** What we say of it. */
interface Ours {
  readonly schematic?: Schematic;
  readonly codes: readonly string[];
}

async function ask(tool: ToolName, texts: readonly string[]): Promise<Answer[]> {
  const input = texts.map((schematic) => `${JSON.stringify({ schematic })}\n`).join('');
  const { status, stdout, stderr } = await run(toolPath(tool), [], { input });
  const answers = stdout.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
  if (status !== 0 || answers.length !== texts.length) throw new Error(`${tool} answered ${answers.length} of ${texts.length}: ${stderr}`);
  return answers;
}

function read(text: string, schematicId?: string): Ours {
  try {
    return { schematic: Schematic.fromYaml(text, { schematicId }), codes: [] };
  } catch (error) {
    if (!(error instanceof ValidationError)) throw new Error(`${JSON.stringify(text)}: ${error instanceof Error ? error.stack : error}`);
    return { codes: [...new Set(error.problems.map(({ code }) => code))].sort() };
  }
}

/** Says that something never happens; where it does, shows the first few. */
function never(what: string, found: readonly unknown[]): void {
  report.equal(what, found.slice(0, 3), []);
}

async function published(): Promise<void> {
  report.section('published ids');
  const answers = await ask('talos-schematic', PUBLISHED.map(({ text }) => text));
  PUBLISHED.forEach(({ what, text, id }, i) => report.equal(`${what}: ours and the library's`, [read(text).schematic?.schematicId, answers[i].id], [id, id]));
}

async function compare(kind: string, texts: readonly string[], leastAccepted: number): Promise<void> {
  report.section(`${kind}: ${texts.length} schematics`);
  const [now, newer] = [await ask('talos-schematic', texts), await ask('talos-schematic-yaml-rc6', texts)];
  const cases = texts.map((text, i) => ({ text, ours: read(text), now: now[i], newer: newer[i] }));
  const wrong = (say: (one: typeof cases[number]) => unknown, holds: (one: typeof cases[number]) => boolean) => cases.filter((one) => !holds(one)).map(say);

  // Its reader knows YAML 1.1, in which a few texts are not YAML. It is never sent the user's text, but ours.
  const unread = cases.filter((one) => SYNTAX.test(one.now.error ?? '') && one.ours.schematic !== undefined);
  never('what the factory refuses is refused', wrong(({ text, now: { error } }) => ({ text, error }),
    (one) => one.now.id !== undefined || one.ours.schematic === undefined || unread.includes(one)));
  const both = cases.filter(({ now: { id }, ours }) => id !== undefined && ours.schematic !== undefined);
  const text = ({ ours }: typeof cases[number]) => ours.schematic!.toYaml();
  never('ids are equal', both.filter((one) => one.ours.schematic!.schematicId !== one.now.id).map((one) => ({ text: one.text, ours: text(one), factory: one.now.canonical })));
  never('texts are equal to the byte', both.filter((one) => text(one) !== one.now.canonical).map((one) => ({ ours: text(one), factory: one.now.canonical })));
  never('newer factories write the same', both.filter((one) => text(one) !== one.newer.canonical).map((one) => ({ ours: text(one), newer: one.newer.canonical })));
  never('older factories wrote the same', both.filter((one) => text(one) !== one.now.version3).map((one) => ({ ours: text(one), older: one.now.version3 })));

  const accepted = cases.filter((one) => one.now.id !== undefined).length;
  const refused = cases.filter((one) => one.now.id !== undefined && one.ours.schematic === undefined);
  console.log(`     ${accepted} accepted by the factory, ${both.length} of them by us, all ids compared; ${cases.length - accepted - unread.length} refused by both`);
  console.log(`     ${unread.length} that are YAML 1.2 and not YAML 1.1, and are accepted by us only`);
  for (const [codes, ones] of grouped(refused)) console.log(`     ${ones.length} refused by us only, ${codes}; such as ${JSON.stringify(ones[0].text).slice(0, 150)}`);
  report.equal(`at least ${leastAccepted} % of what the factory accepts is accepted`, both.length * 100 >= accepted * leastAccepted, true);

  await uncertain(refused.filter(({ ours }) => ours.codes.join() === 'schematic-value-uncertain').map((one) => ({ text: one.text, id: one.now.id! })));
  const again = await ask('talos-schematic', both.map(text));
  never('the factory makes the same id of our text', both.filter((one, i) => again[i].id !== one.now.id).map(text));
}

/** With the id that the factory answered, a schematic is accepted that has no certain text; the factory knows it by that id then. */
async function uncertain(cases: readonly { text: string; id: string }[]): Promise<void> {
  const given = cases.map(({ text, id }) => read(text, id));
  never(`${cases.length} without a certain text are accepted with their id`, given.filter(({ schematic }, i) => schematic?.schematicId !== cases[i].id).map(({ codes }) => codes));
  const answers = await ask('talos-schematic', given.map(({ schematic }) => schematic?.toYaml() ?? ''));
  never('and the factory makes that id of our text', answers.filter(({ id }, i) => id !== cases[i].id));
}

function grouped<T extends { ours: Ours }>(cases: readonly T[]): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const one of cases) {
    const codes = one.ours.codes.join(' and ');
    groups.set(codes, [...groups.get(codes) ?? [], one]);
  }
  return [...groups].sort(([, a], [, b]) => b.length - a.length);
}

/** The page of the factory sorts extensions and has each once. */
async function constructed(): Promise<void> {
  report.section('made by new Schematic');
  const names = SystemExtension.official().filter(({ extensionName }) => !extensionName.includes('nvidia'));
  const chosen = fc.sample(fc.array(fc.constantFrom(...names), { maxLength: 12 }), { numRuns: 1000, seed });
  const answers = await ask('talos-schematic', chosen.map((list) => JSON.stringify({
    customization: { systemExtensions: { officialExtensions: [...new Set(list.map(({ extensionName }) => extensionName))].sort() } },
  })));
  never(`${chosen.length} lists of extensions, sorted and each once`, chosen.filter((systemExtensions, i) => new Schematic({ systemExtensions }).schematicId !== answers[i].id).map(String));
}

async function main(): Promise<void> {
  console.log(`seed ${seed}`);
  const random = (texts: fc.Arbitrary<string>) => fc.sample(texts, { numRuns: count, seed });
  await published();
  await constructed();
  await compare('as people write them', random(likelySchematic), 80);
  await compare('with hostile texts', random(hostileSchematic), 20);
  await compare('with mistakes', random(mistakenSchematic), 30);
}

main()
  .catch((error) => report.broken(error))
  .finally(() => { process.exitCode = report.finish() ? 0 : 1; });
