// One build of a VM id at a time on this machine; and what a killed build notes tells the next one that its leftovers are ours.
//
// Each build writes a note of its own, and then looks for those of others: of two that begin at once, the one that looks last sees the
// other. No note is ever taken over, so there is no moment at which two could take over the same.
import { createHash, randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beginOf, machineId, tryTo } from './processes.mjs';

const ATTEMPTS = 6;

function isAlive(note) {
  return note.machine === machineId() && note.begin !== undefined && note.begin === beginOf(note.pid);
}

/** The note of a build: each line adds to those before, so that a build that is killed while it writes leaves what it wrote before. */
class Note {
  constructor(file) {
    this.file = file;
    this.content = {};
    this.write({ machine: machineId(), pid: process.pid, begin: beginOf(process.pid), isos: [] });
  }

  write(more) {
    Object.assign(this.content, more);
    appendFileSync(this.file, `${JSON.stringify(more)}\n`, { mode: 0o600 });
  }

  /** The note stays when we are gone. */
  keep() {
    this.kept = true;
  }

  remove() {
    if (!this.kept) rmSync(this.file, { force: true });
  }
}

/** What a note says; undefined where it is gone, was just begun, or is none. */
function read(file) {
  const lines = tryTo(() => readFileSync(file, 'utf8').split('\n').slice(0, -1).map((line) => JSON.parse(line)));
  return lines?.length > 0 ? Object.assign({}, ...lines) : undefined;
}

/**
 * Takes a VM id for a build; throws while another process of this machine has it.
 *
 * @returns `own`: our note; `dead`: what builds noted that ended without taking their notes away; `forget`: takes those away
 */
export async function lock({ endpoint, vmId }) {
  const folder = join(process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'proxmox-constructs', 'builds');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const key = createHash('sha256').update(`${endpoint} ${vmId}`).digest('hex').slice(0, 16);
  for (let attempt = 1; ; attempt += 1) {
    const own = new Note(join(folder, `${key}-${randomUUID()}.jsonl`));
    const others = readdirSync(folder).map((name) => join(folder, name))
      .filter((file) => file.startsWith(join(folder, `${key}-`)) && file.endsWith('.jsonl') && file !== own.file);
    const notes = others.map((file) => ({ file, content: read(file) }))
      .filter((note) => note.content !== undefined);
    const holder = notes.find((note) => isAlive(note.content));
    if (holder === undefined) {
      const forget = () => notes.forEach((note) => rmSync(note.file, { force: true }));
      const dead = notes.map((note) => note.content).filter((note) => note.machine === machineId());
      return { own, dead, forget };
    }
    own.remove();
    if (attempt === ATTEMPTS) {
      throw new Error(`Process ${holder.content.pid} on this machine is building VM ${vmId}, or cleans up after a build. ` +
        'Wait for it, or end it.');
    }
    // Two that begin at once both stand back; chance decides who comes first.
    await sleep(100 + Math.random() * 900);
  }
}
