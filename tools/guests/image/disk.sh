#!/bin/sh
# Makes a disk image of a root file system: BIOS and UEFI boot it, its last partition can grow.
#   disk.sh ROOT WORK   → WORK/disk.raw, WORK/vmlinuz, WORK/installer.initrd
# Runs within mmdebstrap as its root; needs no loop devices.
set -eu
root=$1
work=$2
sectors_per_mib=2048
esp_mib=4
root_mib=1400

cp -L "$root/vmlinuz" "$work/vmlinuz"
mv "$root/boot/installer.initrd" "$work/installer.initrd"

# What mmdebstrap has mounted within the root file system stays out of the image: a plain bind mount does not show it.
mkdir -p "$work/root"
# shellcheck disable=SC2016
unshare --mount sh -euc '
  mount --bind "$1" "$2/root"
  mke2fs -q -t ext4 -O ^metadata_csum_seed,^orphan_file -L cloudimg-root -m 1 -d "$2/root" "$2/root.ext4" "$3"
' - "$root" "$work" "${root_mib}M"

cat >"$work/early.cfg" <<'END'
search --no-floppy --label cloudimg-root --set=root
set prefix=($root)/boot/grub
configfile /boot/grub/grub.cfg
END
modules='part_gpt ext2 search search_label configfile linux normal boot minicmd'
# shellcheck disable=SC2086
grub-mkimage -O i386-pc -c "$work/early.cfg" -p /boot/grub -o "$work/core.img" biosdisk $modules
# shellcheck disable=SC2086
grub-mkimage -O x86_64-efi -c "$work/early.cfg" -p /boot/grub -o "$work/BOOTX64.EFI" fat efi_gop $modules

truncate -s "${esp_mib}M" "$work/esp.img"
mformat -i "$work/esp.img" -N 20220101 ::
mmd -i "$work/esp.img" ::/EFI ::/EFI/BOOT
mcopy -i "$work/esp.img" "$work/BOOTX64.EFI" ::/EFI/BOOT/

truncate -s "$((1 + 1 + esp_mib + root_mib + 1))M" "$work/disk.raw"
sfdisk --quiet "$work/disk.raw" <<END
label: gpt
start=1MiB, size=1MiB, type=21686148-6449-6E6F-744E-656564454649
start=2MiB, size=${esp_mib}MiB, type=U
start=$((2 + esp_mib))MiB, size=${root_mib}MiB, type=L
END

put() {
  dd if="$1" of="$work/disk.raw" bs=512 seek="$2" conv=notrunc,sparse status=none
}
# The boot sector says where GRUB's core begins, the core's first sector where its rest is.
head -c 440 /usr/lib/grub/i386-pc/boot.img >"$work/boot.img"
printf '\000\010\000\000\000\000\000\000' | dd of="$work/boot.img" bs=1 seek=92 conv=notrunc status=none
printf '\001\010\000\000\000\000\000\000' | dd of="$work/core.img" bs=1 seek=500 conv=notrunc status=none
dd if="$work/boot.img" of="$work/disk.raw" bs=1 count=440 conv=notrunc status=none
put "$work/core.img" "$sectors_per_mib"
put "$work/esp.img" "$((2 * sectors_per_mib))"
put "$work/root.ext4" "$(((2 + esp_mib) * sectors_per_mib))"
chmod 644 "$work/vmlinuz" "$work/installer.initrd" "$work/disk.raw"
