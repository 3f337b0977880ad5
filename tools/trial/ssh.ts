import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Outcome, run } from '..';

/** A key made for one trial, and logins with it. */
export class SshKey {
  public static async make(folder: string): Promise<SshKey> {
    const file = path.join(folder, 'id_ed25519');
    fs.mkdirSync(folder, { recursive: true });
    const { status, output } = await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'trial', '-f', file]);
    if (status !== 0) throw new Error(`ssh-keygen: ${output}`);
    return new SshKey(file, fs.readFileSync(`${file}.pub`, 'utf8').trim());
  }

  private constructor(private readonly file: string, public readonly publicKey: string) {}

  /** Runs a command in a guest, as soon as it takes logins: its agent may answer before its SSH server has its keys. */
  public async login(user: string, address: string, command: string): Promise<Outcome> {
    const options = ['BatchMode=yes', 'StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR', 'ConnectTimeout=20'];
    const end = Date.now() + 180_000;
    for (;;) {
      const outcome = await run('ssh', [...options.flatMap((option) => ['-o', option]), '-i', this.file, `${user}@${address}`, command], { timeoutSeconds: 180 });
      // 255 is what ssh says itself, and not the command.
      if (outcome.status !== 255 || Date.now() > end) return outcome;
      await wait(2000);
    }
  }
}
