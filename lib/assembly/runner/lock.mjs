// One build of an image at a time on this machine; what a killed one left tells the next that it was ours.
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Takes the lock of a VM id; says whether a build that was killed had left it. */
export function lock({ endpoint, vmId }) {
  const name = createHash('sha256').update(`${endpoint} ${vmId}`).digest('hex').slice(0, 16);
  const file = join(tmpdir(), `proxmox-constructs-build-${name}.pid`);
  let stale = false;
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
      return { stale, release: () => rmSync(file, { force: true }) };
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const pid = Number(readFileSync(file, 'utf8'));
    if (pid > 0 && alive(pid)) {
      throw new Error(`Process ${pid} on this machine is building VM ${vmId} already. Wait for it, or end it.`);
    }
    stale = true;
    rmSync(file, { force: true });
  }
}
