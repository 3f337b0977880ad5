// Other processes of this machine: whether they are still the same.
import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

const linux = process.platform === 'linux';

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
  if (!linux) return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() || undefined;
  const [state, ...fields] = tryTo(() => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ')) ?? ['X'];
  return state === 'Z' || state === 'X' ? undefined : fields[18];
}

/** Whether a process goes on; cheap enough to be asked twice a second. */
export function goesOn(pid) {
  if (linux) return beginOf(pid) !== undefined;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code !== 'ESRCH';
  }
}

/** The kernel of Linux tells a process when its parent is killed outright. */
export function toldOfOurDeath([file, ...args]) {
  const setpriv = ['setpriv', '--pdeathsig', 'TERM'];
  const can = linux && spawnSync(setpriv[0], [...setpriv.slice(1), 'true']).status === 0;
  return can ? [...setpriv, file, ...args] : [file, ...args];
}
