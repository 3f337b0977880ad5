import * as path from 'node:path';
import { catalogue, defaultTools, ToolName } from '../../tools';
import { Check, failed, found, runChecks } from './check';
import { ansibleChecks, imageChecks, scriptChecks, stackChecks } from './checks';
import { controls } from './controls';
import { discover } from './examples';

const usage = `usage: npm run conformance [-- OPTION...]

Lets the real tools judge the output of the examples. Needs \`npm run tools\` and \`npm run synth\` first.
  --tofu           also with OpenTofu (\`npm run tools -- tofu\`)
  --examples DIR   the examples of another folder
  --only TEXT      only checks whose line contains the text
  --at-once N      checks at a time (default 2)`;

interface Options {
  tofu: boolean;
  examples: string;
  only: string;
  atOnce: number;
}

const root = path.join(__dirname, '..', '..');

async function main(args: readonly string[]): Promise<number> {
  const options = parse(args);
  if (!options) {
    console.error(usage);
    return 2;
  }
  const absent = reportTools([...defaultTools, ...options.tofu ? ['tofu' as const] : []]);
  // Without its tool a check says nothing: what is absent is the whole result.
  const checks = absent.length ? absent : chooseChecks(options);
  const { passed, failures } = await runChecks(checks, options.atOnce);
  if (failures.length) {
    console.log('\nFailures:');
    for (const { check, verdict } of failures) console.log(`  ${check.judge}: ${check.subject}\n    ${verdict.trim().split('\n')[0]}`);
  }
  console.log(`\n${passed} passed, ${failures.length} failed`);
  return failures.length === 0 && passed > 0 ? 0 : 1;
}

/** Says which tools judge; those that are not there become failing checks. */
function reportTools(names: readonly ToolName[]): Check[] {
  const absent: Check[] = [];
  for (const name of names) {
    const tool = catalogue[name].locate();
    if (tool) {
      console.log(`       ${name.padEnd(24)} ${tool.version}${tool.note ? ` (${tool.note})` : ''}`);
    } else {
      const command = `npm run tools${name === 'tofu' ? ' -- tofu' : ''}`;
      absent.push(failed('tool', name, `It is not installed. Run \`${command}\`, which says what it needs.`));
    }
  }
  return absent;
}

function chooseChecks(options: Options): Check[] {
  const terraforms = ['terraform' as const, ...options.tofu ? ['tofu' as const] : []];
  const { stacks, missing } = discover(options.examples);
  const all: Check[] = [
    ...controls(terraforms),
    ...missing,
    ...stacks.flatMap((stack) => [
      ...stack.images.flatMap((image) => found('packer', image.subject, () => imageChecks(image))),
      ...found('terraform', stack.subject, () => stackChecks(stack, terraforms)),
    ]),
    ...ansibleChecks(path.join(root, 'ansible')),
    ...scriptChecks([path.join(root, 'ansible'), path.join(root, 'lib'), ...stacks.map((stack) => stack.folder)], root),
  ];
  const chosen = all.filter((check) => `${check.judge} ${check.subject}`.includes(options.only));
  return chosen.length ? chosen : [failed('conformance', 'all', `No check matches --only ${options.only}.`)];
}

function parse(args: readonly string[]): Options | undefined {
  const options: Options = { tofu: false, examples: path.join(root, 'examples'), only: '', atOnce: 2 };
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--tofu') {
      options.tofu = true;
      continue;
    }
    const value = rest.shift();
    if (value === undefined) return undefined;
    if (arg === '--examples') options.examples = path.resolve(value);
    else if (arg === '--only') options.only = value;
    else if (arg === '--at-once' && Number(value) >= 1) options.atOnce = Number(value);
    else return undefined;
  }
  return options;
}

void main(process.argv.slice(2)).then((status) => { process.exitCode = status; });
