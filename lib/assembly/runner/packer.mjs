// Runs Packer so that its log is seen, no secret stands in it, and it always ends by itself and cleanly.
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { say } from './log.mjs';
import { guard, killGroup } from './processes.mjs';

const HEARTBEAT_S = 60;

/** Fails where there is no Packer; another program of this name belongs to cracklib on Fedora. */
export function checkPacker() {
  const { error, stdout } = spawnSync('packer', ['version'], { encoding: 'utf8', env: { ...process.env, CHECKPOINT_DISABLE: '1' } });
  if (!error && stdout.startsWith('Packer v')) return;
  const what = error?.code === 'ENOENT' ? 'packer is not in PATH' : 'The packer in PATH is not that of HashiCorp, or does not run';
  throw new Error(`${what}. Install it: https://developer.hashicorp.com/packer/install`);
}

/**
 * A file without a name, for writing and for reading. Packer writes its log there and not to a pipe: writing to a pipe that nobody reads
 * any more would kill it in the middle of cleaning up.
 */
function nameless() {
  const folder = mkdtempSync(join(tmpdir(), 'proxmox-constructs-'));
  try {
    const file = join(folder, 'packer.log');
    return { out: openSync(file, 'ax', 0o600), back: openSync(file, 'r') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Hands on complete lines of what has been written since the last time. */
function lineReader(file, onLine) {
  const decoder = new StringDecoder('utf8');
  const buffer = Buffer.alloc(65_536);
  let position = 0;
  let rest = '';
  return (atEnd) => {
    for (let length; (length = readSync(file, buffer, 0, buffer.length, position)) > 0; position += length) {
      const lines = (rest + decoder.write(buffer.subarray(0, length))).split(/\r?\n/);
      rest = lines.pop();
      lines.forEach(onLine);
    }
    if (atEnd && rest !== '') onLine(rest);
  };
}

/**
 * Runs Packer in a process group of its own, where a Ctrl-C does not reach it: it is told once, by this process, to stop and clean up,
 * and is then waited for.
 */
export function packer(args, { cwd, env, interruption, onLine, heartbeatSeconds = HEARTBEAT_S }) {
  return new Promise((resolve, reject) => {
    if (interruption.why !== undefined) throw new Error('The build was interrupted before Packer began.');
    const log = nameless();
    const child = spawn('packer', args, { cwd, env, detached: true, stdio: ['ignore', log.out, log.out] });
    const release = guard(child.pid);
    closeSync(log.out);
    interruption.listeners.push((why) => {
      say(`${why}: Packer is told to stop and to delete the build machine.`);
      release();
      child.kill('SIGTERM');
    });
    const start = Date.now();
    let last = start;
    const read = lineReader(log.back, (line) => {
      last = Date.now();
      onLine(line);
    });
    const timer = setInterval(() => {
      read(false);
      if (Date.now() - last < heartbeatSeconds * 1000) return;
      last = Date.now();
      say(`... packer ${args[0]} has been running for ${Math.round((last - start) / 60_000)} min`);
    }, 200);
    const ended = () => {
      clearInterval(timer);
      release();
      interruption.listeners.splice(0);
      read(true);
      closeSync(log.back);
    };
    child.on('error', (error) => {
      ended();
      reject(new Error(`packer ${args[0]} could not be started: ${error.message}`));
    });
    child.on('exit', (status, signal) => {
      // Packer leaves behind what it runs on this machine when it is interrupted, and a part of itself when it is killed.
      if (signal !== null || interruption.why !== undefined) killGroup(child.pid);
      ended();
      if (status === 0) resolve();
      else if (interruption.why !== undefined) reject(new Error(`The build was interrupted (${interruption.why}).`));
      else reject(new Error(`packer ${args[0]} ${signal === null ? `ended with status ${status}` : `was killed (${signal})`}.`));
    });
  });
}
