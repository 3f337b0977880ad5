import * as fs from 'node:fs';
import * as path from 'node:path';
import { ansibleEnvironment, Environment, run, toolPath } from '../../../tools';
import { collections } from '../../ansible/collections';
import { Verdict } from '../check';
import { temporaryFolder } from '../text';

/** ansible-lint finds nothing in a folder by its strictest profile. It works on a copy, since it writes into what it reads. */
export async function lints(folder: string): Promise<Verdict> {
  const copy = path.join(temporaryFolder('lint'), path.basename(folder));
  fs.cpSync(folder, copy, { recursive: true, filter: (source) => path.basename(source) !== '.ansible' });
  const args = ['--profile', 'production', '--strict', '--offline', '--nocolor', '--project-dir', '.'];
  const result = await run(toolPath('ansible-lint'), args, { cwd: copy, env: await environment() });
  return result.status === 0 && result.output.includes('Passed') ? undefined : `exit ${result.status}\n${result.output}`;
}

/** Ansible can read a playbook and everything it refers to. */
export async function syntaxChecks(playbook: string, cwd: string, variables: Environment = {}): Promise<Verdict> {
  const args = ['--syntax-check', '--inventory', 'localhost,', playbook];
  const result = await run(toolPath('ansible-playbook'), args, { cwd, env: { ...await environment(), ...variables } });
  return result.status === 0 ? undefined : `exit ${result.status}\n${result.output}`;
}

let required: Promise<string> | undefined;

/** The collections that the playbook for Windows needs are there. */
async function environment(): Promise<Environment> {
  required ??= collections();
  return { ...ansibleEnvironment(), ANSIBLE_COLLECTIONS_PATH: await required, ANSIBLE_HOME: temporaryFolder('ansible-home'), ANSIBLE_NOCOLOR: '1', NO_COLOR: '1' };
}
