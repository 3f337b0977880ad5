import * as fs from 'node:fs';
import * as path from 'node:path';
import { ToolUnavailable } from '..';
import { configuredReleases, mmdebstrapOptions } from './apt';
import { cached, recipeFile, recipePath } from './cache';
import { must, needPrograms } from './programs';

const RELEASE = 'bookworm';

/** What is in the image: what a vendor's cloud image has and a boot needs; no guest agent, as with the vendors. */
const INSTALLED = [
  'busybox', 'ca-certificates', 'cloud-guest-utils', 'cloud-init', 'dbus', 'fdisk', 'initramfs-tools', 'iproute2', 'libnss-myhostname',
  'linux-image-cloud-amd64', 'openssh-server', 'python3', 'sudo', 'systemd-sysv', 'udev', 'zstd',
];

/** What can be installed within a guest that reaches no network: what the seeds, the roles and the examples of this project install. */
const INSTALLABLE = ['curl', 'htop', 'python3-apt', 'qemu-guest-agent', 'systemd-timesyncd', 'tmux'];

/** Never read in a test. */
const LEFT_OUT = ['/usr/share/man/*', '/usr/share/doc/*', '/usr/share/locale/*', '/usr/share/info/*'];

/** What the image was made of, for what is made from it. */
export interface SmallImage {
  /** The cloud image: `debian-12-small.qcow2`. */
  readonly image: string;
  /** Its kernel. */
  readonly kernel: string;
  /** An initramfs for the same kernel with network drivers and zstd. */
  readonly installerInitrd: string;
}

/** A small cloud image of Debian 12, which BIOS and UEFI boot; made once and kept outside of the source tree. */
export async function smallImage(): Promise<SmallImage> {
  const sources = configuredReleases().find(({ codename }) => codename === RELEASE)?.sources ?? [];
  if (sources.length === 0) {
    throw new ToolUnavailable(RELEASE, 'the apt of this machine knows no mirror that has it', 'Add Debian 12 to its sources and run apt-get update.');
  }
  const recipe = [RELEASE, ...sources, ...INSTALLED, '|', ...INSTALLABLE, ...LEFT_OUT, ...['configure.sh', 'disk.sh'].map((name) => recipeFile('image', name))];
  const folder = await cached('debian-12-small', recipe, (work) => makeImage(work, sources));
  return {
    image: path.join(folder, 'debian-12-small.qcow2'), kernel: path.join(folder, 'vmlinuz'), installerInitrd: path.join(folder, 'installer.initrd'),
  };
}

async function makeImage(work: string, sources: readonly string[]): Promise<void> {
  needPrograms('mmdebstrap', 'mke2fs', 'sfdisk', 'mformat', 'grub-mkimage', 'qemu-img', 'unshare');
  const disk = path.join(work, 'disk');
  fs.mkdirSync(disk);
  for (const folder of [work, disk]) fs.chmodSync(folder, 0o777); // root of mmdebstrap's namespace is somebody else here
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  await must('mmdebstrap', [
    '--variant=apt', '--format=null', '--skip=chroot/policy-rc.d', '--skip=chroot/start-stop-daemon', `--include=${INSTALLED.join(',')}`,
    ...LEFT_OUT.map((pattern) => `--dpkgopt=path-exclude=${pattern}`), '--dpkgopt=force-unsafe-io',
    ...mmdebstrapOptions(),
    `--customize-hook=cp ${quoted(recipePath('image', 'configure.sh'))} "$1/tmp/configure.sh" && chroot "$1" sh /tmp/configure.sh ${INSTALLABLE.join(' ')}`,
    `--customize-hook=sh ${quoted(recipePath('image', 'disk.sh'))} "$1" ${quoted(disk)}`,
    RELEASE, '-', '-',
  ], sources.join('\n') + '\n');
  await must('qemu-img', ['convert', '-c', '-f', 'raw', '-O', 'qcow2', '-o', 'compression_type=zstd', path.join(disk, 'disk.raw'), path.join(work, 'debian-12-small.qcow2')]);
  for (const name of ['vmlinuz', 'installer.initrd']) fs.renameSync(path.join(disk, name), path.join(work, name));
  fs.rmSync(disk, { recursive: true, force: true });
}
