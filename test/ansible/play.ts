import * as fs from 'node:fs';
import * as path from 'node:path';
import { run } from '../../tools';
import { type Machine } from './machine';

/** The folder that ships with the package. */
export const ANSIBLE = path.resolve(__dirname, '../../ansible');

/** What a run of a playbook did. */
export interface PlayResult {
  readonly status: number;
  readonly output: string;
  /** Tasks that changed something, as `role : name`, in order, each once. */
  readonly changed: readonly string[];
  /** The line of the recap, e.g. `ok=12 changed=3 …`. */
  readonly recap: string;
}

export interface PlayOptions {
  /** @default - the playbook that ships */
  readonly playbook?: string;
  readonly user: string;
  readonly variables: object;
  readonly arguments?: readonly string[];
}

/** Runs a playbook as Packer does: an inventory of one host `default`, variables in a file, one SSH connection. */
export async function play(ansiblePlaybook: string, machine: Machine, options: PlayOptions): Promise<PlayResult> {
  const inventory = path.join(machine.folder, 'inventory');
  fs.writeFileSync(inventory, `default ansible_host=127.0.0.1 ansible_user=${options.user} ansible_port=${machine.port}\n`);
  const variables = path.join(machine.folder, 'variables.json');
  fs.writeFileSync(variables, JSON.stringify(options.variables));
  const nothing = path.join(machine.folder, 'nothing.cfg'); // of who runs the test
  fs.writeFileSync(nothing, '');
  const outcome = await run(ansiblePlaybook, [
    `--extra-vars=@${variables}`, ...(options.arguments ?? []), '-i', inventory, options.playbook ?? path.join(ANSIBLE, 'playbook.yml'),
  ], {
    cwd: machine.folder,
    env: {
      ANSIBLE_CONFIG: nothing,
      ANSIBLE_HOME: path.join(machine.folder, 'ansible'),
      ANSIBLE_NOCOLOR: '1',
      ANSIBLE_FORCE_COLOR: undefined,
      ANSIBLE_ROLES_PATH: `${path.join(__dirname, 'roles')}:${path.join(ANSIBLE, 'roles')}`,
      ANSIBLE_SSH_ARGS: machine.sshOptions.join(' '),
    },
    timeoutSeconds: 900,
  });
  await machine.disconnect(options.user);
  return {
    status: outcome.status,
    output: outcome.output,
    changed: changedTasks(outcome.output),
    recap: /^default\s+: (.*)$/m.exec(outcome.output)?.[1].trim() ?? '',
  };
}

function changedTasks(output: string): string[] {
  const changed = new Set<string>();
  let task = '';
  for (const line of output.split('\n')) {
    const heading = /^(?:TASK|RUNNING HANDLER) \[(.*?)\] \*/.exec(line);
    if (heading) task = heading[1];
    else if (line.startsWith('changed: [default]')) changed.add(task);
  }
  return [...changed];
}
