import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { onPath, run } from '..';

const MARK = 'PROXMOX_CONSTRUCTS_ISOLATED';

/** Whether this process is in namespaces of its own already. */
export const isIsolated = (): boolean => process.env[MARK] !== undefined;

/**
 * Runs this program again in namespaces of its own: a network that has nothing but its loopback interface, a table of host names of its
 * own, and processes that all end with the first one, however it ends. Takes no rights beyond those of a user.
 *
 * @param hosts names for 127.0.0.1
 * @returns the status it exits with
 * @throws when this machine does not allow it, with what to do about it
 */
export async function runIsolated(hosts: readonly string[]): Promise<number> {
  for (const [program, needed] of [['unshare', 'util-linux'], ['ip', 'iproute2']]) {
    if (onPath(program) === undefined) throw new Error(`${program} is not installed; it comes with the package ${needed}.`);
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pve-trial-'));
  const table = path.join(folder, 'hosts');
  const temporary = path.join(folder, 'tmp');
  fs.mkdirSync(temporary);
  fs.writeFileSync(table, `127.0.0.1 localhost ${[os.hostname(), ...hosts].join(' ')}\n::1 localhost\n`);
  try {
    const unshare = await namespaces();
    const script = 'set -e; ip link set lo up; mount --bind "$1" /etc/hosts; shift; exec "$@"';
    const child = spawn('unshare', [...unshare, 'sh', '-c', script, 'sh', table, process.execPath, ...process.execArgv, ...process.argv.slice(1)], {
      stdio: 'inherit', env: { ...process.env, [MARK]: '1', TMPDIR: temporary },
    });
    // When the namespaces' first process is killed, the kernel ends all others in them.
    const kill = () => child.kill('SIGKILL');
    process.on('SIGTERM', kill).on('SIGHUP', kill);
    // A terminal interrupts the processes inside as well, and they get the time to say what they leave.
    process.on('SIGINT', () => setTimeout(kill, 10_000).unref());
    return await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status, signal) => resolve(status ?? 128 + (os.constants.signals[signal!] ?? 0)));
    });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** The first kind of namespaces this machine allows. */
async function namespaces(): Promise<string[]> {
  const own = ['--net', '--mount', '--pid', '--fork', '--mount-proc', '--kill-child'];
  const ways = [['--user', '--map-root-user', ...own], own];
  const answers: string[] = [];
  for (const way of ways) {
    const { status, output } = await run('unshare', [...way, 'ip', 'link', 'set', 'lo', 'up']);
    if (status === 0) return way;
    answers.push(output.trim());
  }
  throw new Error(`No network namespace can be made here: ${answers.join('; ')}. Allow user namespaces (sysctl kernel.unprivileged_userns_clone=1, `
    + 'kernel.apparmor_restrict_unprivileged_userns=0), or run as root.');
}
