import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** The folder of all installed tools, outside of the source tree. */
export function cacheRoot(): string {
  const chosen = process.env.PROXMOX_CONSTRUCTS_TOOLS;
  if (chosen) return path.resolve(chosen);
  return path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'proxmox-constructs', 'tools');
}

/** A hash over texts and over whole files; with the platform, since what is cached are programs. */
export function pinOf(parts: readonly string[], files: readonly string[] = []): string {
  const hash = crypto.createHash('sha256').update(`${process.platform}/${process.arch}`);
  for (const part of parts) hash.update(`\0${part}`);
  for (const file of [...files].sort()) hash.update(`\0${path.basename(file)}\0`).update(fs.readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}

/**
 * One entry of the cache: a folder that is either whole or not there.
 *
 * It is filled in a folder of its own and renamed when complete. A lock spares a second process the same work at the
 * same time; that no half-filled folder is ever taken for an entry does not depend on it.
 */
export class CacheEntry {
  public readonly folder: string;

  /**
   * @param tool name of the tool; its entries share a folder
   * @param version for people who look into the cache
   * @param pin whatever the content depends on, as a hash: an entry is never changed, another pin is another entry
   */
  public constructor(tool: string, version: string, pin: string) {
    this.folder = path.join(cacheRoot(), tool, `${version}-${pin}`);
  }

  public get exists(): boolean {
    return fs.existsSync(this.folder);
  }

  /** Removes the entry, for instance because something it needs outside of the cache is gone. */
  public discard(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  /** Fills the entry unless it is there; `fill` gets the folder to write to, which is not the one it ends up in. */
  public async ensure(fill: (folder: string) => Promise<void>): Promise<void> {
    if (this.exists) return;
    fs.mkdirSync(path.dirname(this.folder), { recursive: true });
    const release = await lock(`${this.folder}.lock`);
    const work = `${this.folder}.incomplete-${process.pid}`;
    try {
      if (this.exists) return;
      this.sweep();
      fs.mkdirSync(work);
      await fill(work);
      fs.renameSync(work, this.folder);
    } finally {
      fs.rmSync(work, { recursive: true, force: true });
      release();
    }
  }

  /** Removes what interrupted installations of this entry left. */
  private sweep(): void {
    const parent = path.dirname(this.folder);
    for (const name of fs.readdirSync(parent)) {
      const owner = name.startsWith(`${path.basename(this.folder)}.incomplete-`) ? Number(name.split('-').pop()) : NaN;
      if (owner && !lives(owner)) fs.rmSync(path.join(parent, name), { recursive: true, force: true });
    }
  }
}

/** Takes a lock file that holds the id of our process; waits while another living process holds it. */
async function lock(file: string): Promise<() => void> {
  for (;;) {
    try {
      fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => fs.rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    if (!holderLives(file)) fs.rmSync(file, { force: true });
    else await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function holderLives(file: string): boolean {
  try {
    const holder = Number(fs.readFileSync(file, 'utf8'));
    // An empty file: its owner is just about to write, unless it died within that instant.
    return holder ? lives(holder) : Date.now() - fs.statSync(file).mtimeMs < 10_000;
  } catch {
    return false; // released in the meantime
  }
}

function lives(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
