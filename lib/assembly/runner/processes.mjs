// Other processes of this machine: whether they are still the same, and ending them.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Linux says what the others have to be asked. */
const hasProc = existsSync('/proc/self/stat');

/** Result of a look that may be impossible. */
export function tryTo(look) {
  try {
    return look();
  } catch {
    return undefined;
  }
}

/** Where process ids mean the same: a boot of a machine, or of a container. */
export function machineId() {
  const parts = [() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(), () => readlinkSync('/proc/self/ns/pid')];
  return [hostname(), ...parts.map(tryTo)].join(' ');
}

/** When a process began; undefined where it has ended. The id alone may have been given to another since. */
export function beginOf(pid) {
  if (!hasProc) return spawnSync('ps', ['-o', 'lstart=', '-p', `${pid}`], { encoding: 'utf8' }).stdout?.trim() || undefined;
  const [state, ...fields] = tryTo(() => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ')) ?? ['X'];
  return state === 'Z' || state === 'X' ? undefined : fields[18];
}

/** Whether a process goes on; cheap enough to be asked twice a second. */
export function goesOn(pid) {
  if (hasProc) return beginOf(pid) !== undefined;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code !== 'ESRCH';
  }
}

/**
 * Ends a process and its group should we be killed outright, which we would not notice: a shell that waits for a word of ours, or for our
 * end. The process is told to end and waited for, ten minutes at most.
 *
 * @returns to be called when that is no longer needed
 */
export function guard(pid) {
  const script = `read -r word && exit
    kill -TERM "$1"
    i=0
    while [ $i -lt 600 ] && kill -0 "$1"; do i=$((i + 1)); sleep 1; done
    kill -KILL -"$1"`;
  const options = { env: { PATH: process.env.PATH }, detached: true, stdio: ['pipe', 'ignore', 'ignore'] };
  const shell = spawn('sh', ['-c', script, 'sh', String(pid)], options);
  for (const one of [shell, shell.stdin]) one.on('error', () => {});
  shell.unref();
  return () => shell.stdin.end('done\n');
}

/** Ends what is left of the group of a process. */
export function killGroup(leader) {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
