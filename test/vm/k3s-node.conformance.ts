/*
 * Terraform resolves the user data of nodes of k3s, and cloud-init's own checker reads it: `npx tsx test/vm/k3s-node.conformance.ts`. The last line is
 * `N passed, N failed`.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { K3sNode, Secret, VirtualMachine } from '../../lib';
import { onPath, run, terraformEnvironment, toolPath, ToolUnavailable } from '../../tools';
import { HOSTILE_TEXTS } from '../hcl/hostile';
import { SSH_KEY, cluster, existing } from '../support/fixtures';
import { Report } from '../support/report';
import { newStack, synthesize, temporaryFolder } from '../support/synth';

const report = new Report();

/** What Debian's package of cloud-init installs its modules for. */
const PYTHON = '/usr/bin/python3';

/** Values that no variable of the environment can have are left out. */
const TOKENS = HOSTILE_TEXTS.filter((text) => !text.includes('\0')).map((text) => `K10${text}`);

/** The user data as the configuration has it, resolved by Terraform for each token. */
async function resolved(data: string, tokens: readonly string[]): Promise<string[]> {
  const folder = temporaryFolder();
  // One configuration for all of them, with a variable for each.
  const names = tokens.map((_, i) => `k3s_token_${i}`);
  fs.writeFileSync(path.join(folder, 'main.tf.json'), JSON.stringify({
    variable: Object.fromEntries(names.map((name) => [name, { type: 'string', sensitive: true }])),
    output: { texts: { value: names.map((name) => data.replaceAll('var.k3s_token', `var.${name}`)), sensitive: true } },
  }));
  const environment = { ...terraformEnvironment(), ...Object.fromEntries(names.map((name, i) => [`TF_VAR_${name}`, tokens[i]])) };
  for (const command of [['init', '-input=false', '-no-color'], ['apply', '-input=false', '-no-color', '-auto-approve']]) {
    const { status, output } = await run(toolPath('terraform'), command, { cwd: folder, env: environment });
    if (status !== 0) throw new Error(output.slice(0, 2000));
  }
  const { stdout } = await run(toolPath('terraform'), ['output', '-json', 'texts'], { cwd: folder, env: environment });
  fs.rmSync(folder, { recursive: true, force: true });
  return JSON.parse(stdout);
}

/** What cloud-init says of user data. */
async function schema(text: string): Promise<string> {
  const file = path.join(temporaryFolder(), 'user-data.yaml');
  fs.writeFileSync(file, text);
  const { status, output } = await run('cloud-init', ['schema', '--config-file', file]);
  fs.rmSync(path.dirname(file), { recursive: true, force: true });
  return status === 0 ? 'valid' : output;
}

function userData(text: string): string {
  const stack = newStack();
  cluster(stack, { ssh: {} });
  new VirtualMachine(stack, 'Node', { template: existing(stack), cloudInit: { userData: text } });
  const [file] = Object.values<any>(synthesize(stack).terraform.resource.proxmox_virtual_environment_file);
  return file.source_raw[0].data;
}

async function main(): Promise<void> {
  try {
    if (!onPath('cloud-init')) throw new ToolUnavailable('cloud-init', 'it is not on PATH', 'Install it with your package manager (Debian: apt-get install cloud-init).');
    const token = Secret.fromEnvironment('k3s_token');
    const server = userData(K3sNode.server({
      hostname: 'server',
      token,
      username: 'ops',
      sshKeys: [`${SSH_KEY} ünï \u{1f600} \u0085 $\{x} %{y} {{ z }} "\\`],
      clusterInit: true,
      tlsSans: ['k3s.lan'],
      nodeLabels: { zone: '1.0' },
      nodeTaints: ['a=b:NoSchedule'],
    }));
    const agent = userData(K3sNode.agent({ hostname: 'agent', token, serverUrl: 'https://192.168.1.20:6443' }));

    report.section('a token, as Terraform resolves it');
    const texts = await resolved(server, TOKENS);
    report.equal('each as it was', texts.map((text) => Buffer.from(parse(text).write_files[0].content, 'base64').toString()), TOKENS.map((text) => text.normalize('NFC')));

    report.section('user data, as cloud-init reads it');
    const [agentText] = await resolved(agent, ['K10secret']);
    report.equal('of a server', await schema(texts[0]), 'valid');
    report.equal('of an agent', await schema(agentText), 'valid');
    report.match('a broken one is refused', await schema(agentText.replace('permissions: "0600"', 'permissions: 600')), /permissions: 600 is not of type 'string'/);
    const read = await run(PYTHON, ['-c', 'import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin)))'], { input: texts[0] });
    report.equal('by the reader of YAML that it has', JSON.parse(read.stdout), parse(texts[0]));
  } catch (error) {
    report.broken(error);
  }
  process.exitCode = report.finish() ? 0 : 1;
}

void main();
