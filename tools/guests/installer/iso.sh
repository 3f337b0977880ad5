#!/bin/sh
# Makes an ISO file of a tree, which BIOS and UEFI boot by GRUB.
#   iso.sh TREE WORK ISO
set -eu
tree=$1
work=$2
iso=$3
cat >"$work/early.cfg" <<'END'
search --no-floppy --file /install/disk.raw.zst --set=root
set prefix=($root)/boot/grub
configfile /boot/grub/grub.cfg
END
modules='iso9660 search search_fs_file configfile linux normal boot minicmd echo test serial terminal'
mkdir -p "$tree/boot/grub"
# shellcheck disable=SC2086
grub-mkimage -O i386-pc-eltorito -c "$work/early.cfg" -p /boot/grub -o "$tree/boot/eltorito.img" biosdisk $modules
# shellcheck disable=SC2086
grub-mkimage -O x86_64-efi -c "$work/early.cfg" -p /boot/grub -o "$work/BOOTX64.EFI" fat efi_gop $modules
truncate -s 4M "$tree/boot/efi.img"
mformat -i "$tree/boot/efi.img" -N 20220101 ::
mmd -i "$tree/boot/efi.img" ::/EFI ::/EFI/BOOT
mcopy -i "$tree/boot/efi.img" "$work/BOOTX64.EFI" ::/EFI/BOOT/
xorriso -as mkisofs -quiet -R -J -V TINY_INSTALLER \
  -b boot/eltorito.img -no-emul-boot -boot-load-size 4 -boot-info-table --grub2-boot-info \
  -eltorito-alt-boot -e boot/efi.img -no-emul-boot -o "$iso" "$tree"
