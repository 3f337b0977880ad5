import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Outcome, run } from '../../tools';
import { StrangersApp } from './app';
import { difference, Texts, textsBelow, withoutCore } from './compare';
import { importTime } from './import-time';
import { checkTarball } from './tarball';
import { UsersTest } from './users-test';
import { cores, Variant, variants } from './variants';

/** Packs the package, installs it as a stranger does, and uses it from all kinds of programs on both cores. */
async function main(): Promise<number> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'proxmox-constructs-package-'));
  let passed = 0;
  const failures: string[] = [];
  const check = (what: string, verdict: string | undefined) => {
    console.log(`${verdict === undefined ? 'ok    ' : 'FAILED'} ${what}`);
    if (verdict === undefined) {
      passed += 1;
    } else {
      failures.push(what);
      console.log(verdict.trim().replace(/^/gm, '         '));
    }
    return verdict === undefined;
  };

  try {
    const { tarball, verdict, facts } = await checkTarball(folder);
    check(`npm pack: ${facts}`, verdict);
    const written: { readonly [core: string]: { stdout: string; files: Texts }[] } = { cdktf: [], cdktn: [] };
    for (const core of cores) {
      const on = `${core.name} ${core.version}, constructs ${core.constructs}`;
      const app = new StrangersApp(path.join(folder, core.name), core);
      if (!check(`npm install: ${on}`, succeeded(await app.install(tarball, typescriptVersion())))) continue;

      const use = async (name: string, variant: Variant, program: string): Promise<Outcome | undefined> => {
        app.write(name, variant, program);
        const label = `${core.name}, ${name}`;
        if (!check(`type check and compile: ${label}`, succeeded(await app.compile(name)))) return undefined;
        const outcome = await app.run(name);
        return check(`run: ${label}`, succeeded(outcome)) ? outcome : undefined;
      };
      for (const variant of variants) {
        const outcome = await use(variant.name, variant, fs.readFileSync(path.join(__dirname, 'program/main.ts'), 'utf8'));
        if (outcome) written[core.name].push({ stdout: outcome.stdout, files: textsBelow(app.output(variant.name)) });
      }
      for (const [i, program] of readmePrograms().entries()) await use(`readme-${i + 1}`, variants[i % variants.length], program);
      check(`an internal file cannot be imported: ${core.name}`, await refusesInternals(app));
      await useSimulator(app, check);
      const time = await importTime(app.folder, core, 15);
      console.log(`       importing costs ${time.core.toFixed(1)} ms for ${core.name}, and for the library ${time.library.toFixed(1)} ms more, `
        + `${time.libraryCpu.toFixed(1)} ms of them of the processor (medians of 15)`);
    }

    const all = [...written.cdktf, ...written.cdktn];
    check(`all ${2 * variants.length} programs have written something`, all.length === 2 * variants.length ? undefined : `only ${all.length} have`);
    for (const core of cores) {
      const [first, ...others] = written[core.name];
      check(`all kinds of programs write the same bytes: ${core.name}`, others.map((other) => difference(first.files, other.files)).find(Boolean));
    }
    check('all programs print the same', all.every(({ stdout }) => stdout === all[0].stdout) ? undefined : all.map(({ stdout }) => stdout).join('\n'));
    if (all.length > 0) console.log(all[0].stdout.trim().split('\n').slice(0, 4).join('\n').replace(/^/gm, '       '));
    check('both cores write the same bytes, but for the version stamps of the cores themselves, and their white space in what is empty',
      written.cdktf.length * written.cdktn.length === 0 ? 'one has written nothing'
        : difference(withoutCore(written.cdktf[0].files), withoutCore(written.cdktn[0].files)));
  } finally {
    if (process.argv.includes('--keep')) console.log(`       everything is in ${folder}`);
    else fs.rmSync(folder, { recursive: true, force: true });
  }
  console.log(`\n${passed} passed, ${failures.length} failed`);
  return failures.length === 0 ? 0 : 1;
}

function succeeded(outcome: Outcome): string | undefined {
  return outcome.status === 0 ? undefined : `exit ${outcome.status}\n${outcome.output}`;
}

/** The simulated server, as users' tests and shells have it. */
async function useSimulator(app: StrangersApp, check: (what: string, verdict: string | undefined) => boolean): Promise<void> {
  const users = new UsersTest(app);
  const installed = ['jest', 'ts-jest', '@types/jest'].map((name) => JSON.parse(fs.readFileSync(require.resolve(`${name}/package.json`), 'utf8')).version);
  if (check(`npm install: jest ${installed[0]}, beside ${app.core.name}`, succeeded(await users.install({ jest: installed[0], tsJest: installed[1], types: installed[2] })))) {
    check(`jest: deploys to the simulated server by Terraform, and runs the test of its README: ${app.core.name}`, succeeded(await users.run()));
  }
  check('proxmox-constructs-simulator --help', await users.shell(['--help'], 0, /^proxmox-constructs-simulator: .*--port PORT/s));
  for (const [args, text] of wrongOptions) check(`proxmox-constructs-simulator ${args.join(' ')}: refused`, await users.shell(args, 2, text));
  check('proxmox-constructs-simulator --port: answers, and ends with Ctrl-C', await users.session());
}

const wrongOptions: readonly (readonly [readonly string[], RegExp])[] = [
  [['--port', 'x'], /^--port x is not a port$/m],
  [['--release', '7'], /^--release 7 is not simulated; 8\.4 and 9\.1 are$/m],
  [['--engine', 'kvm'], /^--engine kvm is neither none nor qemu$/m],
  [['--file', 'x'], /^--file x is not VOLUME=PATH/m],
  [['--file', 'local:iso/x.iso=/nowhere/x.iso'], /^\/nowhere\/x\.iso does not exist$/m],
  [['--nonsense'], /^Unknown option '--nonsense'/m],
];

/** What is not listed in `exports` is nobody's business. */
async function refusesInternals(app: StrangersApp): Promise<string | undefined> {
  const outcome = await run(process.execPath, ['-e', "require('proxmox-constructs/dist/cdktf/core/size')"], { cwd: app.folder });
  return outcome.output.includes('ERR_PACKAGE_PATH_NOT_EXPORTED') ? undefined : `It was imported:\n${outcome.output}`;
}

/** The TypeScript of the README, each block as a program. */
function readmePrograms(): string[] {
  const text = fs.readFileSync(path.join(__dirname, '../../README.md'), 'utf8');
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, program]) => (
    // The compiler is strict about names that nothing uses; a reader is not.
    `${program}\nexport const used: unknown[] = [${[...program.matchAll(/^const (\w+) =/gm)].map(([, name]) => name).join(', ')}];\n`));
}

function typescriptVersion(): string {
  return JSON.parse(fs.readFileSync(require.resolve('typescript/package.json'), 'utf8')).version;
}

void main().then((status) => { process.exitCode = status; });
