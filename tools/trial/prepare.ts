import { ToolName, ToolUnavailable, catalogue, tool } from '..';

/**
 * Sees to what a trial needs, before it leaves the network: the tools, and the released plugins of Packer where they are to be had. Says
 * which plugins it will be.
 *
 * @throws ToolUnavailable with what is missing and how to get it
 */
export async function prepare(names: readonly ToolName[], say: (line: string) => void): Promise<void> {
  const standIns = process.env.PROXMOX_CONSTRUCTS_STAND_INS !== undefined;
  for (const name of names) {
    if (name !== 'packer-plugins' || standIns || !await released(say)) await catalogue[name].install(say);
  }
  const { version, note } = tool('packer-plugins');
  say(`Packer's plugins: ${version}, ${note}`);
}

async function released(say: (line: string) => void): Promise<boolean> {
  try {
    await catalogue['packer-plugins-released'].install(say);
    return true;
  } catch (error) {
    if (!(error instanceof ToolUnavailable)) throw error;
    return false;
  }
}
