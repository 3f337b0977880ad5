import * as fs from 'node:fs';
import * as path from 'node:path';
import { ansibleEnvironment, run, toolPath } from '../../tools';
import { type Report } from '../support/report';
import { ANSIBLE } from './play';

/** What can be judged without a machine. */
export async function lint(report: Report): Promise<void> {
  const env = ansibleEnvironment();
  const linted = await run(toolPath('ansible-lint'), ['--offline', '--nocolor', '--strict', '--profile', 'production', '.'], { cwd: ANSIBLE, env });
  report.match('ansible-lint, profile production', linted.output, /Passed: 0 failure\(s\), 0 warning\(s\)/);
  report.equal('its exit status', linted.status, 0);
  const scripts = fs.readdirSync(path.join(ANSIBLE, 'roles/cleanup/files')).map((name) => path.join(ANSIBLE, 'roles/cleanup/files', name));
  const checked = await run(toolPath('shellcheck'), ['--shell=sh', ...scripts]);
  report.equal('shellcheck', [checked.status, checked.output], [0, '']);
  report.equal('only what comes with ansible-core', foreignModules(), []);
}

/** Names of collections in the content, except the one that ansible-core brings. */
function foreignModules(): string[] {
  const files = fs.readdirSync(ANSIBLE, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yml'));
  const modules = files.flatMap((file) => [...fs.readFileSync(path.join(ANSIBLE, file), 'utf8').matchAll(/^\s*(?:- )?([a-z_]+\.[a-z_]+\.[a-z_]+):/gm)]);
  return modules.map((match) => match[1]).filter((name) => !name.startsWith('ansible.builtin.'));
}
