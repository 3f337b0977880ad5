import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** A folder whose content is made once for each recipe, and kept outside of the source tree. */
export async function cached(name: string, recipe: readonly string[], make: (folder: string) => Promise<void>): Promise<string> {
  const pin = crypto.createHash('sha256').update(recipe.join('\0')).digest('hex').slice(0, 12);
  const parent = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'proxmox-constructs', 'guests');
  const folder = path.join(parent, `${name}-${pin}`);
  if (fs.existsSync(folder)) return folder;
  fs.mkdirSync(parent, { recursive: true });
  const work = fs.mkdtempSync(`${folder}.making-`);
  try {
    await make(work);
    fs.chmodSync(work, 0o755);
    fs.renameSync(work, folder);
  } catch (error) {
    if (!fs.existsSync(folder)) throw error; // else somebody else made it meanwhile
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
  return folder;
}

/** The text of a file beside these sources. */
export function recipeFile(...names: string[]): string {
  return fs.readFileSync(recipePath(...names), 'utf8');
}

/** The path of a file beside these sources. */
export function recipePath(...names: string[]): string {
  return path.join(__dirname, ...names);
}
