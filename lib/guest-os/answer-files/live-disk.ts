/*
 * What installation scripts for live systems have in common: how they end where something is wrong, and what becomes of the disk. Bash, with
 * the programs of util-linux, dosfstools and e2fsprogs.
 */

/**
 * Lines that define `die`, which says why nothing was installed.
 * @internal
 */
export const DIE: readonly string[] = [
  'die() {',
  '  printf \'install: %s\\n\' "$*" >&2',
  '  exit 1',
  '}',
];

/**
 * Lines that define `make_filesystems`, which takes the only disk of the machine: an EFI system partition, and the root after it, so that it
 * can grow. It sets `esp` and `root`.
 * @param espSize size of the EFI system partition, as sfdisk reads it
 * @param rootLabel label of the root
 * @internal
 */
export function makeFilesystems(espSize: string, rootLabel: string): string[] {
  return [
    'make_filesystems() {',
    '  local disks',
    '  mapfile -t disks < <(lsblk --nodeps --noheadings --paths --output NAME,TYPE |',
    '    awk \'$2 == "disk" && $1 !~ "^/dev/(zram|fd|nbd)" { print $1 }\')',
    '  [ "${#disks[@]}" -eq 1 ] || die "the machine has to have one disk, and has: ${disks[*]:-none}"',
    '  sfdisk --quiet --wipe always --wipe-partitions always "${disks[0]}" <<\'END\'',
    'label: gpt',
    `name=ESP, size=${espSize}, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B`,
    'name=root, type=4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709',
    'END',
    '  udevadm settle',
    '  esp=$(partition ESP "${disks[0]}")',
    '  root=$(partition root "${disks[0]}")',
    '  mkfs.fat -F 32 -n ESP "$esp"',
    `  mkfs.ext4 -q -F -L ${rootLabel} "$root"`,
    '  udevadm settle',
    '}',
    '',
    '# Device of the partition of a name.',
    'partition() {',
    '  lsblk --noheadings --raw --paths --output NAME,PARTLABEL "$2" | awk -v name="$1" \'$2 == name { print $1 }\'',
    '}',
  ];
}
