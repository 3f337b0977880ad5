#!/usr/bin/env bash
# Installs NixOS onto the only disk of this machine, and starts it. Runs as root in the live system.
#   install.sh [HOST:PORT]   the server that has the other files; without it they are beside the script
set -euo pipefail

# Mark of a live system, and where the new system is put together.
readonly LIVE=${LIVE:-/iso}
readonly TARGET=${TARGET:-/mnt}

die() {
  printf 'install: %s\n' "$*" >&2
  exit 1
}

copy_answer() {
  if [ -n "$server" ]; then
    curl --fail --silent --show-error --retry 10 --retry-all-errors --output "$2" "http://$server/$1"
  else
    cp "$(dirname "$0")/$1" "$2"
  fi
  chmod "$3" "$2"
}

# Everything that is not on the ISO comes from there.
wait_for_cache() {
  for _ in {1..60}; do
    if curl --fail --silent --output /dev/null https://cache.nixos.org/nix-cache-info; then return 0; fi
    sleep 5
  done
  die 'no answer from cache.nixos.org'
}

make_filesystems() {
  local disks
  mapfile -t disks < <(lsblk --nodeps --noheadings --paths --output NAME,TYPE |
    awk '$2 == "disk" && $1 !~ "^/dev/(zram|fd|nbd)" { print $1 }')
  [ "${#disks[@]}" -eq 1 ] || die "the machine has to have one disk, and has: ${disks[*]:-none}"
  sfdisk --quiet --wipe always --wipe-partitions always "${disks[0]}" <<'END'
label: gpt
name=ESP, size=1GiB, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B
name=root, type=4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709
END
  udevadm settle
  esp=$(partition ESP "${disks[0]}")
  root=$(partition root "${disks[0]}")
  mkfs.fat -F 32 -n ESP "$esp"
  mkfs.ext4 -q -F -L nixos "$root"
  udevadm settle
}

# Device of the partition of a name.
partition() {
  lsblk --noheadings --raw --paths --output NAME,PARTLABEL "$2" | awk -v name="$1" '$2 == name { print $1 }'
}

main() {
  local server=${1:-} name
  [ -d "$LIVE" ] || die 'this is not the live system'
  wait_for_cache
  make_filesystems
  mkdir -p "$TARGET"
  mount "$root" "$TARGET"
  mkdir -p "$TARGET/boot" "$TARGET/etc/nixos"
  mount -o umask=0077 "$esp" "$TARGET/boot"
  for name in configuration.nix build.nix; do
    copy_answer "$name" "$TARGET/etc/nixos/$name" 0644
  done
  (umask 077 && copy_answer build-password "$TARGET/etc/nixos/build-password" 0600)
  nixos-install --root "$TARGET" --no-root-passwd
  [ -s "$TARGET/boot/EFI/BOOT/BOOTX64.EFI" ] || die 'the boot loader is not in the place where any firmware looks'
  rm -f "$TARGET/boot/loader/random-seed"
  umount --recursive "$TARGET"
  systemctl --no-block reboot
}

# Its own text comes from the standard input, where curl brings it: nothing else may read that.
main "$@" </dev/null
