/*
 * The real Terraform reads what `escapeTerraformText` makes of hostile texts, alone and between references made by the
 * real cores: `npx tsx test/core/terraform-text.conformance.ts [SEED]`. The last line is `N passed, N failed`.
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as cdktf from 'cdktf';
import * as cdktn from 'cdktn';
import { escapeTerraformText } from '../../lib/core';
import { run, toolPath } from '../../tools';
import { carriable, HOSTILE_TEXTS, hostileText } from '../hcl/hostile';
import { fc } from '../support/fast-check';

const seed = Number(process.argv[2] ?? 20);
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'proxmox-constructs-text-'));
/** What a reference is worth must not matter, so it is hostile, too. */
const WORTH = '${y} %{z} "\\$\n';
let passed = 0;
let failed = 0;

/** Texts with references between them, joined; a reference is `null`. */
type Parts = readonly (string | null)[];

async function main(): Promise<void> {
  try {
    const alone = [...HOSTILE_TEXTS, carriable(HOSTILE_TEXTS.join('').repeat(200)).slice(0, 100_000), ...fc.sample(hostileText(), { numRuns: 400, seed })];
    const neighbours = ['', '$', '$$', '%', '%%', '${', '$${', '%{', '}', '{', '${}', '${a', '$}', '"', '\\', '\n', '\ufeff', '\r', '$\r', '\r\n', '#', '${TfToken[', '-1.5e+3'];
    const mixed = fc.array(fc.oneof(hostileText(), fc.constant(null)), { minLength: 2, maxLength: 7 })
      .filter((parts) => isCarriable(joined(parts, '')) && isCarriable(joined(parts, WORTH)));
    for (const core of [cdktf, cdktn] as unknown as (typeof cdktf)[]) {
      const name = core === cdktf ? 'cdktf' : 'cdktn';
      await readBack(`${name}: text`, core, alone.map((text) => [text]));
      await readBack(`${name}: text around a reference`, core, neighbours.flatMap((a) => neighbours.map((b) => [a, null, b])));
      await readBack(`${name}: text between references`, core, neighbours.flatMap((a) => neighbours.map((b) => [null, a, null, b, null])));
      await readBack(`${name}: random text with references`, core, fc.sample(mixed, { numRuns: 600, seed }));
    }
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

function isCarriable(text: string): boolean {
  return text === carriable(text);
}

function joined(parts: Parts, reference: string): string {
  return parts.map((part) => part ?? reference).join('');
}

/** Every text as a local value of one stack, read by the console. */
async function readBack(title: string, core: typeof cdktf, texts: readonly Parts[]): Promise<void> {
  const stack = new core.TerraformStack(core.Testing.app(), 'stack');
  const worth = new core.TerraformLocal(stack, 'worth', escapeTerraformText(WORTH));
  texts.forEach((parts, i) => new core.TerraformLocal(stack, `v${i}`, escapeTerraformText(joined(parts, worth.asString))));
  const folder = fs.mkdtempSync(path.join(work, 'stack-'));
  fs.writeFileSync(path.join(folder, 'cdk.tf.json'), core.Testing.synth(stack));
  const expression = `jsonencode({ ${['worth', ...texts.keys()].map((k) => `${k} = base64encode(local.${k === 'worth' ? k : `v${k}`})`).join(', ')} })`;
  const outcome = await run(toolPath('terraform'), ['console'], { cwd: folder, input: `${expression}\n`, env: { CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: '/dev/null' } });
  const values = outcome.status === 0 ? JSON.parse(JSON.parse(outcome.stdout)) : {};
  const before = failed;
  texts.forEach((parts, i) => {
    const received = Buffer.from(values[i] ?? '', 'base64').toString('utf8');
    const expected = joined(parts, WORTH);
    if (received === expected) {
      passed += 1;
    } else {
      failed += 1;
      console.log(`FAILED ${title}\n         expected ${JSON.stringify(expected).slice(0, 500)}\n         received ${JSON.stringify(received).slice(0, 500)}`);
    }
  });
  if (outcome.status !== 0) console.log(outcome.output.slice(0, 4000));
  console.log(`${failed === before ? 'ok    ' : 'FAILED'} ${title}: ${texts.length} texts`);
}

void main();
