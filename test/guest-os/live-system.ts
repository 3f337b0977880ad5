import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { writeFiles } from '../support/program-folder';
import { temporaryFolder } from '../support/synth';

/** What became of an installation in a live system that is not there. */
export interface Installation {
  readonly status: number | null;
  readonly stderr: string;
  /** What was called, in this order. */
  readonly calls: string[];
  /** Content of the files of the installed system; of a link `-> ` and where it leads. */
  readonly files: { [path: string]: string };
  /** Permissions of the files of the installed system. */
  readonly modes: { [path: string]: string };
  /** What was handed to programs, by the name of the program. */
  readonly inputs: { [program: string]: string };
}

/** Each says that it was called, with what, and what was handed to it. */
const STAND_INS: { readonly [program: string]: string } = {
  'systemctl': 'case $1 in show) echo "${KEYRING:-active}" ;; esac',
  'curl': 'while [ $# -gt 2 ]; do case $1 in --output) [ "$2" = /dev/null ] || echo "from ${!#}" >"$2" ;; esac; shift; done',
  'lsblk': 'case $* in *TYPE*) printf "%s\\n" "${DISKS:-/dev/sda disk}" "/dev/sr0 rom" "/dev/zram0 disk" "/dev/loop0 loop" ;; *) printf "/dev/sda \\n/dev/sda1 ESP\\n/dev/sda2 root\\n" ;; esac',
  'sfdisk': 'cat >"$INPUTS/sfdisk"',
  'udevadm': '',
  'mkfs.fat': '',
  'mkfs.ext4': '',
  'mount': '[ "$1" != --mkdir ] || mkdir -p "$TARGET/boot"',
  'umount': '',
  'blkid': 'echo "id-of-${5#/dev/}"',
  'pacstrap': 'cat "$4" >"$INPUTS/pacstrap"; for d in usr/share/zoneinfo/Europe etc/pacman.d/gnupg etc/systemd/system etc/systemd/network etc/sudoers.d boot/loader/entries boot/EFI/BOOT var/cache/pacman/pkg var/log var/lib/systemd; do mkdir -p "$TARGET/$d"; done; for f in usr/share/zoneinfo/Europe/Vienna etc/pacman.d/gnupg/pubring.gpg boot/initramfs-linux.img var/cache/pacman/pkg/base.pkg var/log/pacman.log; do echo x >"$TARGET/$f"; done',
  'gpgconf': '',
  'arch-chroot': 'shift; case $1 in bootctl) echo x >"$TARGET/boot/EFI/BOOT/BOOTX64.EFI"; echo x >"$TARGET/boot/loader/random-seed" ;; chpasswd) cat >"$INPUTS/chpasswd" ;; esac',
  'nixos-install': 'mkdir -p "$TARGET/boot/EFI/BOOT" "$TARGET/boot/loader"; echo x >"$TARGET/boot/EFI/BOOT/BOOTX64.EFI"; echo x >"$TARGET/boot/loader/random-seed"',
};

/** Runs `install.sh` beside the other answers, with stand-ins for the programs that change something. */
export function install(answers: { readonly [name: string]: string }, env: { readonly [name: string]: string } = {}, args: string[] = []): Installation {
  const folder = temporaryFolder();
  const [log, target, live, inputs] = ['log', 'target', 'live', 'inputs'].map((name) => path.join(folder, name));
  writeFiles(path.join(folder, 'answers'), answers);
  writeFiles(folder, Object.fromEntries(Object.entries(STAND_INS).map(([program, does]) => [
    `bin/${program}`, `#!/bin/bash\n{ echo "${program} $*" | sed "s|$TARGET|TARGET|g; s|/tmp/tmp\\.[A-Za-z0-9]*|FILE|"; } >>'${log}'\n${does}\n`,
  ])));
  Object.keys(STAND_INS).forEach((program) => fs.chmodSync(path.join(folder, 'bin', program), 0o755));
  [target, inputs, ...env.LIVE === undefined ? [live] : []].forEach((name) => fs.mkdirSync(name));
  fs.writeFileSync(log, '');
  const { status, stderr } = spawnSync('bash', [path.join(folder, 'answers/install.sh'), ...args], {
    encoding: 'utf8', env: { PATH: `${folder}/bin:/usr/sbin:/usr/bin:/sbin:/bin`, TARGET: target, LIVE: live, INPUTS: inputs, ANSWERS: path.join(folder, 'answers'), ...env },
  });
  const files = fs.readdirSync(target, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
  const paths = files.map((entry) => path.join(entry.parentPath ?? entry.path, entry.name)).sort();
  return {
    status,
    stderr,
    calls: fs.readFileSync(log, 'utf8').trimEnd().split('\n'),
    files: Object.fromEntries(paths.map((file) => [path.relative(target, file), content(file)])),
    inputs: Object.fromEntries(fs.readdirSync(inputs).map((program) => [program, content(path.join(inputs, program))])),
    modes: Object.fromEntries(paths.filter((file) => !fs.lstatSync(file).isSymbolicLink()).map((file) => [path.relative(target, file), mode(file)])),
  };
}

function content(file: string): string {
  return fs.lstatSync(file).isSymbolicLink() ? `-> ${fs.readlinkSync(file)}` : fs.readFileSync(file, 'utf8');
}

function mode(file: string): string {
  return (fs.statSync(file).mode & 0o777).toString(8);
}
