import * as fs from 'node:fs';
import * as path from 'node:path';
import { cached, recipeFile, recipePath } from './cache';
import { cpioOf, padded } from './cpio';
import { smallImage } from './image';
import { must, needPrograms } from './programs';

/** An ISO file that installs the small image by typed keys and an answer file: see `installer/grub.cfg` and `installer/init.sh`. */
export async function installerIso(): Promise<string> {
  const { image, kernel, installerInitrd } = await smallImage();
  const recipe = [image, ...['init.sh', 'grub.cfg', 'iso.sh'].map((name) => recipeFile('installer', name)), recipeFile('installer.ts'), recipeFile('cpio.ts')];
  const folder = await cached('tiny-installer', recipe, async (work) => {
    needPrograms('qemu-img', 'zstd', 'grub-mkimage', 'mformat', 'xorriso');
    const tree = path.join(work, 'tree');
    const payload = path.join(tree, 'install');
    fs.mkdirSync(path.join(tree, 'boot', 'grub'), { recursive: true });
    fs.mkdirSync(payload);
    fs.copyFileSync(recipePath('installer', 'grub.cfg'), path.join(tree, 'boot', 'grub', 'grub.cfg'));
    fs.copyFileSync(kernel, path.join(payload, 'vmlinuz'));
    // What comes last wins: the init of the installer replaces that of the initramfs. The kernel sees it only at a multiple of four bytes.
    fs.writeFileSync(path.join(payload, 'initrd.img'), Buffer.concat([padded(fs.readFileSync(installerInitrd)), cpioOf('init', recipeFile('installer', 'init.sh'))]));
    const raw = path.join(work, 'disk.raw');
    await must('qemu-img', ['convert', '-O', 'raw', image, raw]);
    await must('zstd', ['-q', '-6', '-T0', '--rm', raw, '-o', path.join(payload, 'disk.raw.zst')]);
    await must('sh', [recipePath('installer', 'iso.sh'), tree, work, path.join(work, 'tiny-installer.iso')]);
    for (const name of fs.readdirSync(work).filter((file) => file !== 'tiny-installer.iso')) fs.rmSync(path.join(work, name), { recursive: true, force: true });
  });
  return path.join(folder, 'tiny-installer.iso');
}
