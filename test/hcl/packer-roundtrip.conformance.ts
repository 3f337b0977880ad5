/*
 * The real Packer reads what the renderers write: `npx tsx test/hcl/packer-roundtrip.conformance.ts [SEED]`.
 * The last line is `N passed, N failed`.
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Block, Body, Expression, HclRenderer, JsonRenderer } from '../../lib/hcl';
import { run, toolPath } from '../../tools';
import { fc } from '../support/fast-check';
import { carriable, HOSTILE_TEXTS, hostileText, plainValue } from './hostile';
import { joined, randomBody } from './random-body';

const seed = Number(process.argv[2] ?? 20);
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'proxmox-constructs-hcl-'));
const forms = {
  'template.pkr.hcl': (body: Body) => new HclRenderer().render(body),
  'template.pkr.json': (body: Body) => new JsonRenderer().render(body),
};
let passed = 0;
let failed = 0;

function check(what: string, ok: boolean, details: () => string): void {
  if (ok) {
    passed += 1;
    return;
  }
  failed += 1;
  console.log(`FAILED ${what}\n${details().slice(0, 2000).replace(/^/gm, '         ')}`);
}

function folder(files: { readonly [name: string]: string }): string {
  const made = fs.mkdtempSync(path.join(work, 'case-'));
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(made, name), text);
  return made;
}

async function packer(args: string[], input = '') {
  return run(toolPath('packer'), args, { input, env: { CHECKPOINT_DISABLE: '1', PACKER_CONFIG_DIR: work, PACKER_LOG: undefined } });
}

/** The value of an expression in a template; base64, since a terminal is no place for such texts. */
async function evaluate(template: string, expression: string): Promise<any> {
  const outcome = await packer(['console', template], `base64encode(jsonencode(${expression}))\n`);
  try {
    return JSON.parse(decode(outcome.stdout.trim()));
  } catch {
    return { error: outcome.output };
  }
}

function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}

/**
 * Whether `jsonencode` leaves a value alone: its result is text that is brought to the normal form C, in which the n of an
 * escape `\\n` and a combining character after it become one.
 */
function encodable(value: any): boolean {
  const text = JSON.stringify(value).replace(/\\[bf]/g, '\\u000c').replace(/[<>&\u2028\u2029]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);
  return text === text.normalize('NFC');
}

function sample<T>(arbitrary: fc.Arbitrary<T>, count: number): T[] {
  return fc.sample(arbitrary, { numRuns: count, seed });
}

/** All values as locals of one template per form, read back by the console. */
async function locals(title: string, given: readonly any[], expected: readonly any[], others: { [name: string]: any } = {}): Promise<void> {
  const before = failed;
  const attributes = Object.fromEntries(given.map((value, i) => [`v${i}`, value]));
  for (const [file, render] of Object.entries(forms)) {
    const text = render(new Body({}, [new Block('locals', [], new Body({ ...attributes, ...others }))]));
    const onlyTexts = given.every((value) => typeof value === 'string');
    const read = await evaluate(folder({ [file]: text }), onlyTexts ? '{ for k, v in local : k => base64encode(v) }' : 'local');
    if (onlyTexts) for (const key of Object.keys(read)) read[key] = decode(read[key]);
    given.forEach((value, i) => check(`${title}, ${file}: ${JSON.stringify(value)?.slice(0, 200)}`, isDeepStrictEqual(read[`v${i}`], expected[i]),
      () => `expected ${JSON.stringify(expected[i])}\nreceived ${JSON.stringify(read[`v${i}`] ?? read)}`));
  }
  console.log(`${failed === before ? 'ok    ' : 'FAILED'} ${title}: ${given.length} values in both forms`);
}

async function texts(): Promise<void> {
  const all = [...HOSTILE_TEXTS, ...sample(hostileText(), 500)];
  await locals('text', all, all);
  const maps = all.map((text) => ({ [`${text}.`]: [text] })).filter(encodable);
  await locals('keys of maps', maps, maps);
  const big = carriable(HOSTILE_TEXTS.join('').repeat(200)).slice(0, 100_000);
  // Packer takes a time quadratic in the number of lines and of dollar signs, so not all of them are as long.
  const long = [big, `${big}\n`, 'x'.repeat(100_000), 'a line of twenty...\n'.repeat(5000), '$'.repeat(10_000), '${'.repeat(10_000), '%{'.repeat(10_000), '\n'.repeat(10_000)];
  await locals('100 KB', long.map(carriable), long.map(carriable));
}

async function values(): Promise<void> {
  const all = sample(plainValue().filter(encodable), 300);
  await locals('lists and maps', all, all.map((value) => JSON.parse(JSON.stringify(value))));
}

/** What an expression is worth must not matter, so its value is hostile, too. */
async function mixedTexts(): Promise<void> {
  const worth = '${y} %{z} "\\$\n';
  const x = Expression.reference('local.x');
  const quoted = Expression.call('format', '%s${"', 'a"}');
  const parts = sample(joined(fc.array(fc.oneof(hostileText(), fc.constantFrom(x, x, quoted)), { minLength: 2, maxLength: 6 })), 500);
  const meaning = (part: string | Expression) => part === x ? worth : part === quoted ? 'a"}${"' : part;
  await locals('text with expressions', parts.map((list) => `-${list.join('')}`), parts.map((list) => `-${list.map(meaning).join('')}`), { x: worth });
  const before = ['', '$', '$$', '$$$', '%', '%%', '$%', '%$', '${', '$${', '%{', '\\', '"', '\n', '\n$', 'a\n  $', '\ufeff', '{', '}', '\\$', '"$', '\r', '\r$', '$\r', '\r\n', '$\r\n', '\r\r\n', '%\r\n'];
  const pairs = before.flatMap((one) => before.map((other) => [one, other]));
  await locals('text around an expression', pairs.map(([a, b]) => `${a}${x}${b}\n`), pairs.map(([a, b]) => `${a}${worth}${b}\n`), { x: worth });
  await locals('an expression alone keeps its type', [Expression.reference('local.list'), `${Expression.reference('local.list')}`, { k: Expression.raw('local.list[1]') }],
    [['a', 1, true], ['a', 1, true], { k: 1 }], { list: ['a', 1, true] });
}

/** `packer fmt -check` has nothing to do. */
async function formatting(): Promise<void> {
  const bodies = [...sample(randomBody(), 200), ...sample(randomBody(plainValue(), 1), 200)];
  const files = folder(Object.fromEntries(bodies.map((body, i) => [`${i}.pkr.hcl`, new HclRenderer().render(body)])));
  const outcome = await packer(['fmt', '-check', '-diff', '-recursive', files]);
  const touched = new Set(outcome.output.match(/case-[^/\s]*\/\d+\.pkr\.hcl/g));
  passed += bodies.length - touched.size;
  failed += touched.size;
  if (outcome.status !== 0 && touched.size === 0) failed += 1;
  console.log(`${outcome.status === 0 ? 'ok    ' : 'FAILED'} packer fmt -check: ${bodies.length} documents`);
  if (outcome.status !== 0) console.log(outcome.output.slice(0, 4000));
}

/** Both forms are the same build to Packer: sources, provisioners and post-processors in their order. */
async function inspections(): Promise<void> {
  const provisioner = fc.constantFrom('shell-local', 'breakpoint', 'sleep', 'file', 'shell', 'powershell');
  const chain = fc.array(fc.constantFrom('manifest', 'shell-local', 'checksum', 'artifice', 'compress'), { minLength: 1, maxLength: 3 });
  const builds = fc.tuple(fc.array(provisioner, { minLength: 2, maxLength: 8 }), fc.array(chain, { minLength: 1, maxLength: 3 }));
  for (const [order, chains] of sample(builds, 20)) {
    const body = new Body({}, [
      new Block('variable', ['secret'], new Body({ type: Expression.keyword('string'), sensitive: true, default: 'hush-hush' })),
      new Block('source', ['null', 'one'], new Body({ communicator: 'none' })),
      new Block('source', ['file', 'two'], new Body({ target: 'x', content: '${x}' })),
      new Block('source', ['null', 'three'], new Body({ communicator: 'none' }), { comment: 'the third' }),
      new Block('build', [], new Body({ name: 'image', sources: ['source.null.one', 'source.file.two', 'source.null.three'] }, [
        ...order.map((type) => new Block('provisioner', [type], new Body(), { ordered: true })),
        ...chains.map((types) => new Block('post-processors', [], postProcessors(types), { ordered: true })),
      ])),
    ], { comment: 'A document' });
    const [hcl, json] = await Promise.all(Object.entries(forms).map(([file, render]) => packer(['inspect', folder({ [file]: render(body) })])));
    const found = [...hcl.stdout.matchAll(/^ {6}([a-z-]+)$/gm)].map(([, type]) => type);
    check(`inspect ${order.join(' ')}`, hcl.status === 0 && hcl.stdout === json.stdout, () => `${hcl.output}\n${json.output}`);
    check(`inspect finds ${order.join(' ')}`, isDeepStrictEqual(found.slice(0, order.length), order), () => hcl.output);
  }
  console.log('ok     packer inspect: 20 builds');
}

function postProcessors(types: readonly string[]): Body {
  return new Body({}, types.map((type) => new Block('post-processor', [type], new Body(), { ordered: true })));
}

/** Text that Packer takes as it is reads the same in both forms. */
async function verbatimTexts(): Promise<void> {
  const message = 'Not ${this} %{nor that} $${x} "q" \\.';
  const body = new Body({}, [new Block('variable', ['v'], new Body({
    type: Expression.keyword('list(string)'),
    default: ['a'],
    description: Expression.verbatim('${description} %{of} it'),
  }, [new Block('validation', [], new Body({ condition: Expression.raw('length(var.v) > 1'), error_message: Expression.verbatim(message) }))]))]);
  for (const [file, render] of Object.entries(forms)) {
    const template = folder({ [file]: render(body) });
    const outcome = await packer(['validate', template]);
    check(`verbatim text, ${file}`, outcome.output.replace(/\s+/g, ' ').includes(message), () => outcome.output);
    check(`type of a variable, ${file}`, isDeepStrictEqual(await evaluate(template, 'var.v'), ['a']), () => render(body));
  }
  console.log('ok     verbatim text and keywords');
}

/** What is refused could indeed not be carried. */
async function refusals(): Promise<void> {
  for (const text of ['e\u0301', '\u212b', '\u1100\u1161', `a${'\u0316'.repeat(31)}`, '\ud800', 'a\udc00b']) {
    check(`refused: ${JSON.stringify(text)}`, refuses(text), () => 'accepted');
    const read = await evaluate(folder({ 'template.pkr.json': JSON.stringify({ locals: { x: text } }) }), 'local.x');
    check(`changed by Packer: ${JSON.stringify(text)}`, typeof read === 'string' && read !== text, () => JSON.stringify(read));
  }
  console.log('ok     what is refused');
}

function refuses(text: string): boolean {
  try {
    new Body({ text });
    return false;
  } catch {
    return true;
  }
}

async function main(): Promise<void> {
  try {
    for (const part of [texts, values, mixedTexts, formatting, inspections, verbatimTexts, refusals]) await part();
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

void main();
