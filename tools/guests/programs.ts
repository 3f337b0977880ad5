import { onPath, run, ToolUnavailable } from '..';

/** Programs, and the Debian packages that have them. */
const PACKAGES: { readonly [program: string]: string } = {
  'mmdebstrap': 'mmdebstrap',
  'mke2fs': 'e2fsprogs',
  'sfdisk': 'fdisk',
  'mformat': 'mtools',
  'mcopy': 'mtools',
  'grub-mkimage': 'grub-common',
  'qemu-img': 'qemu-utils',
  'xorriso': 'xorriso',
  'zstd': 'zstd',
  'unshare': 'util-linux',
};

/** Fails with the first program that is missing, and how to get it. */
export function needPrograms(...programs: string[]): void {
  const missing = programs.filter((program) => !onPath(program));
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((program) => PACKAGES[program]))].join(' ');
  throw new ToolUnavailable(missing.join(', '), 'not on PATH', `Install with your package manager (Debian: apt-get install ${packages}).`);
}

/** Runs a program to its end and fails with what it printed. */
export async function must(program: string, args: readonly string[], input?: string, cwd?: string): Promise<string> {
  const { status, output } = await run(program, args, { input, cwd });
  if (status !== 0) throw new Error(`${program} failed (${status}):\n${output.slice(-4000)}`);
  return output;
}
