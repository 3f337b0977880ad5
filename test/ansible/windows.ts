import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ansibleEnvironment, run, toolPath } from '../../tools';
import { type Report } from '../support/report';
import { collections } from './collections';
import { ANSIBLE } from './play';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE9uZU9uZU9uZU9uZU9uZU9uZU9uZU9uZU9uZU9uZU9u ops@one';
const PACKAGE = { url: 'https://downloads.example.com/tool.msi', sha256: '0'.repeat(64), product_id: 'Tool' };

/** What the playbook of Windows says before it has seen a machine; there is no Windows here, so its roles are only read. */
export async function windows(report: Report): Promise<void> {
  report.section('Windows: what is refused before a machine is seen');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ansible-windows-'));
  const env = { ...ansibleEnvironment(), ANSIBLE_COLLECTIONS_PATH: await collections(), ANSIBLE_HOME: folder };
  const refuse = async (what: string, variables: object, message: RegExp) => {
    const file = path.join(folder, 'variables.json');
    fs.writeFileSync(file, JSON.stringify(variables));
    const refused = await run(toolPath('ansible-playbook'), ['-i', 'default,', '-c', 'local', `--extra-vars=ansible_python_interpreter=${path.join(path.dirname(toolPath('ansible-playbook')), 'python')}`, `--extra-vars=@${file}`, path.join(ANSIBLE, 'windows.yml')],
      { cwd: folder, env, timeoutSeconds: 300 });
    report.match(what, refused.status === 0 ? 'it was accepted' : refused.output.replace(/\s+/g, ' '), message);
    report.without(`${what}: no password is printed`, refused.output, /PlantedPassword/);
  };
  await refuse('an account by a name that Windows does not take', { windows_users_accounts: [{ name: 'a/b', password: 'PlantedPassword' }] }, /of at most 20 characters without any of/);
  await refuse('an account that is always there', { windows_users_accounts: [{ name: 'Administrator' }] }, /are not for declaring/);
  await refuse('a package without its whole checksum', { windows_base_packages: [{ ...PACKAGE, sha256: 'abc' }] }, /sha256 has 64 of 0-9 and a-f/);
  await refuse('a private key', { windows_ssh_keys_accounts: [{ name: 'ops', keys: ['-----BEGIN OPENSSH PRIVATE KEY-----'] }] }, /Not so: -----BEGIN OPENSSH PRIVATE/);
  await refuse('another system, with variables that are all right', {
    windows_users_accounts: [{ name: 'ops', administrator: true, password: 'PlantedPassword' }],
    windows_ssh_keys_accounts: [{ name: 'ops', keys: [KEY] }],
    windows_base_packages: [PACKAGE],
  }, /This playbook is for Windows; \S+ is provisioned by playbook\.yml/);
  fs.rmSync(folder, { recursive: true });
}
