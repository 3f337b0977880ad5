import * as fs from 'node:fs';
import * as path from 'node:path';
import { ToolUnavailable } from '../../tools';
import { must, needPrograms } from '../../tools/guests/programs';

const IMAGES = '/usr/lib/debian-installer/images/12/amd64/text/debian-installer/amd64';

/** What is needed of Debian's packages: files, and the packages that have them. */
const NEEDED: { readonly [file: string]: string } = {
  [`${IMAGES}/linux`]: 'debian-installer-12-netboot-amd64',
  [`${IMAGES}/initrd.gz`]: 'debian-installer-12-netboot-amd64',
  // The boot loader that stands on Debian's own CDs.
  '/usr/lib/grub/x86_64-efi-signed/gcdx64.efi.signed': 'grub-efi-amd64-signed',
};

/** The menu as on Debian's CD: it waits for ever. */
const MENU = `menuentry --hotkey=i 'Install' {
  linux /install.amd/vmlinuz vga=788 --- quiet
  initrd /install.amd/initrd.gz
}
submenu --hotkey=a 'Advanced options ...' {
  menuentry '... Rescue mode' {
    linux /install.amd/vmlinuz vga=788 rescue/enable=true ---
    initrd /install.amd/initrd.gz
  }
}
`;

/** Fails with what is missing, and how to get it. */
export function needInstaller(): void {
  needPrograms('xorriso', 'mformat', 'mcopy');
  const missing = Object.keys(NEEDED).filter((file) => !fs.existsSync(file));
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((file) => NEEDED[file]))].join(' ');
  throw new ToolUnavailable(missing.join(', '), 'not on this machine', `Install with your package manager (Debian: apt-get install ${packages}).`);
}

/**
 * A CD like Debian's own of the kind netinst: its boot loader for UEFI, and at the same places kernel and initramfs of the real installer.
 * These are those for booting from the network, so the installer looks for no packages on the CD.
 */
export async function installerCd(folder: string): Promise<string> {
  const [kernel, initramfs, loader] = Object.keys(NEEDED);
  const tree = path.join(folder, 'tree');
  const put = (name: string, content: string | Buffer) => {
    const file = path.join(tree, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  };
  put('.disk/info', 'Installer of Debian 12\n');
  put('install.amd/vmlinuz', fs.readFileSync(kernel));
  put('install.amd/initrd.gz', fs.readFileSync(initramfs));
  put('boot/grub/grub.cfg', MENU);
  const efi = path.join(tree, 'boot/grub/efi.img');
  fs.writeFileSync(efi, Buffer.alloc(8 * 1024 ** 2));
  await must('mformat', ['-i', efi, '::']);
  await must('mmd', ['-i', efi, '::/EFI', '::/EFI/BOOT']);
  await must('mcopy', ['-i', efi, loader, '::/EFI/BOOT/BOOTX64.EFI']);
  const iso = path.join(folder, 'debian-12-netinst.iso');
  await must('xorriso', ['-as', 'mkisofs', '-quiet', '-r', '-J', '-V', 'Debian 12 amd64 n', '-e', 'boot/grub/efi.img', '-no-emul-boot', '-o', iso, tree]);
  fs.rmSync(tree, { recursive: true });
  return iso;
}

/** A CD of a few texts. */
export async function textCd(folder: string, label: string, texts: { readonly [name: string]: string }): Promise<string> {
  const tree = path.join(folder, label);
  fs.mkdirSync(tree);
  for (const [name, text] of Object.entries(texts)) fs.writeFileSync(path.join(tree, name), text);
  await must('xorriso', ['-as', 'mkisofs', '-quiet', '-r', '-J', '-V', label, '-o', `${tree}.iso`, tree]);
  return `${tree}.iso`;
}
