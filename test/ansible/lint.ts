import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ansibleEnvironment, run, toolPath } from '../../tools';
import { parsesAsPowerShell } from '../guest-os/powershell-syntax';
import { type Report } from '../support/report';
import { collections, collectionVersion, requiredCollections } from './collections';
import { ANSIBLE } from './play';

/** What can be judged without a machine. */
export async function lint(report: Report): Promise<void> {
  const folder = await collections();
  const env = { ...ansibleEnvironment(), ANSIBLE_COLLECTIONS_PATH: folder };
  const linted = await run(toolPath('ansible-lint'), ['--offline', '--nocolor', '--strict', '--profile', 'production', '.'], { cwd: ANSIBLE, env });
  report.match('ansible-lint, profile production', linted.output, /Passed: 0 failure\(s\), 0 warning\(s\)/);
  report.equal('its exit status', linted.status, 0);
  const scripts = fs.readdirSync(path.join(ANSIBLE, 'roles/cleanup/files')).filter((name) => name.endsWith('.sh')).map((name) => path.join(ANSIBLE, 'roles/cleanup/files', name));
  const checked = await run(toolPath('shellcheck'), ['--shell=sh', ...scripts]);
  report.equal('shellcheck', [checked.status, checked.output], [0, '']);
  const raw = await run(toolPath('shellcheck'), ['--shell=sh', '-'], { input: bootstrap() });
  report.equal('shellcheck of what installs Python', [raw.status, raw.output], [0, '']);

  const powerShell = filesOf(/^roles\/.*\.ps1$/);
  report.equal('PowerShell, by its grammar', await Promise.all(powerShell.map((text) => parsesAsPowerShell(text))), powerShell.map(() => undefined));
  report.match('which refuses a broken one', await parsesAsPowerShell(`${powerShell.join('\n')}\nif (`) ?? 'it was accepted', /^The grammar refuses it:\nline \d+, column \d+/);

  const nothing = fs.mkdtempSync(path.join(os.tmpdir(), 'no-collections-'));
  const syntax = (playbook: string, collectionsPath: string) => run(toolPath('ansible-playbook'), ['--syntax-check', '-i', 'inventory.example.yml', playbook],
    { cwd: ANSIBLE, env: { ...env, ANSIBLE_COLLECTIONS_PATH: collectionsPath } });
  report.equal('the playbook is understood with ansible-core alone', (await syntax('playbook.yml', nothing)).status, 0);
  report.equal('that of Windows with its collection', (await syntax('windows.yml', folder)).status, 0);
  report.match('and not without', (await syntax('windows.yml', nothing)).output, /couldn't resolve module\/action 'ansible\.windows\./);
  fs.rmSync(nothing, { recursive: true });
  report.equal('the collections are of the versions that are pinned', requiredCollections().map(({ name }) => ({ name, version: collectionVersion(folder, name) })), requiredCollections());
  report.equal('modules of collections, but for roles of Windows', foreignModules(/roles\/windows_/), []);
  report.equal('modules of collections that are not pinned', foreignModules(/^$/).filter((name) => !requiredCollections().some((known) => name.startsWith(`${known.name}.`))), []);
}

/** The script of the role python. */
function bootstrap(): string {
  const tasks = fs.readFileSync(path.join(ANSIBLE, 'roles/python/tasks/main.yml'), 'utf8');
  return /raw: \|\n((?: {4}.*\n)+)/.exec(tasks)![1];
}

/** Texts of files whose path in the content fits. */
function filesOf(pattern: RegExp): string[] {
  const files = fs.readdirSync(ANSIBLE, { recursive: true, encoding: 'utf8' }).filter((file) => pattern.test(file)).sort();
  if (files.length === 0) throw new Error(`no file fits ${pattern}`);
  return files.map((file) => fs.readFileSync(path.join(ANSIBLE, file), 'utf8'));
}

/** Names of modules in the content that ansible-core does not bring, except in some files. */
function foreignModules(except: RegExp): string[] {
  const files = fs.readdirSync(ANSIBLE, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yml') && !except.test(file));
  const modules = files.flatMap((file) => [...fs.readFileSync(path.join(ANSIBLE, file), 'utf8').matchAll(/^\s*(?:- )?([a-z_]+\.[a-z_]+\.[a-z_]+):/gm)]);
  return modules.map((match) => match[1]).filter((name) => !name.startsWith('ansible.builtin.'));
}
