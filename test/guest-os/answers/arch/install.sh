#!/usr/bin/env bash
# Installs Arch Linux onto the only disk of this machine, and starts it. Runs as root in the live system.
#
# Addresses of mirrors have names of variables in them, which pacman reads and not the shell:
# shellcheck disable=SC2016
set -euo pipefail

readonly HOST_NAME='build-arch'
readonly BUILD_USER='packer'
readonly LOCALE='de_AT'
readonly KEYMAP='de-latin1'
readonly TIME_ZONE='Europe/Vienna'
readonly MIRROR='https://archive.archlinux.org/repos/2026/07/15/$repo/os/$arch'

# Where the answers are, the mark of a live system, and where the new system is put together.
readonly ANSWERS=${ANSWERS:-/run/answers}
readonly LIVE=${LIVE:-/run/archiso}
readonly TARGET=${TARGET:-/mnt}

die() {
  printf 'install: %s\n' "$*" >&2
  exit 1
}

# The keyring of the live system is made while it starts. Without it every signature is a wrong one.
wait_for_keyring() {
  local state
  for _ in {1..300}; do
    state=$(systemctl show --property=ActiveState --value pacman-init.service)
    case $state in
      active) return 0 ;;
      failed) die 'the live system has no keyring: pacman-init.service failed' ;;
    esac
    sleep 1
  done
  die "the live system has no keyring: pacman-init.service is $state"
}

wait_for_mirror() {
  local url=${MIRROR//'$repo'/core}
  url=${url//'$arch'/x86_64}/core.db
  for _ in {1..60}; do
    if curl --fail --silent --location --output /dev/null "$url"; then return 0; fi
    sleep 5
  done
  die "no answer from $url"
}

make_filesystems() {
  local disks
  mapfile -t disks < <(lsblk --nodeps --noheadings --paths --output NAME,TYPE |
    awk '$2 == "disk" && $1 !~ "^/dev/(zram|fd|nbd)" { print $1 }')
  [ "${#disks[@]}" -eq 1 ] || die "the machine has to have one disk, and has: ${disks[*]:-none}"
  sfdisk --quiet --wipe always --wipe-partitions always "${disks[0]}" <<'END'
label: gpt
name=ESP, size=512MiB, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B
name=root, type=4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709
END
  udevadm settle
  esp=$(partition ESP "${disks[0]}")
  root=$(partition root "${disks[0]}")
  mkfs.fat -F 32 -n ESP "$esp"
  mkfs.ext4 -q -F -L root "$root"
  udevadm settle
}

# Device of the partition of a name.
partition() {
  lsblk --noheadings --raw --paths --output NAME,PARTLABEL "$2" | awk -v name="$1" '$2 == name { print $1 }'
}

# Every driver goes into the initramfs, since clones have other hardware than this machine; the hook of the kernel reads this while it is installed.
install_packages() {
  local config
  install -d "$TARGET/etc/mkinitcpio.conf.d"
  echo 'HOOKS=(base systemd modconf keyboard sd-vconsole block filesystems fsck)' >"$TARGET/etc/mkinitcpio.conf.d/10-any-hardware.conf"
  printf 'KEYMAP=%s\n' "$KEYMAP" >"$TARGET/etc/vconsole.conf"
  config=$(mktemp)
  cat >"$config" <<END
[options]
Architecture = x86_64
SigLevel = Required DatabaseOptional
ParallelDownloads = 5

[core]
Server = $MIRROR

[extra]
Server = $MIRROR
END
  pacstrap -K -M -C "$config" "$TARGET" base linux mkinitcpio e2fsprogs dosfstools cloud-init cloud-guest-utils gptfdisk openssh qemu-guest-agent sudo
  rm "$config"
  # The agent of the new keyring would keep the file system from being unmounted.
  gpgconf --homedir "$TARGET/etc/pacman.d/gnupg" --kill all
  cat >"$TARGET/etc/pacman.d/mirrorlist" <<'END'
Server = https://geo.mirror.pkgbuild.com/$repo/os/$arch
Server = https://archive.archlinux.org/repos/2026/07/15/$repo/os/$arch
END
}

configure_system() {
  local root_id esp_id
  root_id=$(blkid --match-tag PARTUUID --output value "$root")
  esp_id=$(blkid --match-tag PARTUUID --output value "$esp")
  cat >"$TARGET/etc/fstab" <<END
PARTUUID=$root_id / ext4 rw,relatime 0 1
PARTUUID=$esp_id /boot vfat rw,relatime,umask=0077 0 2
END
  ln -sf "/usr/share/zoneinfo/$TIME_ZONE" "$TARGET/etc/localtime"
  [ -e "$TARGET/usr/share/zoneinfo/$TIME_ZONE" ] || die "there is no time zone $TIME_ZONE"
  printf '%s.UTF-8 UTF-8\n' "$LOCALE" >>"$TARGET/etc/locale.gen"
  printf 'LANG=%s.UTF-8\n' "$LOCALE" >"$TARGET/etc/locale.conf"
  arch-chroot "$TARGET" locale-gen
  printf '%s\n' "$HOST_NAME" >"$TARGET/etc/hostname"
  ln -sf ../run/systemd/resolve/stub-resolv.conf "$TARGET/etc/resolv.conf"

  arch-chroot "$TARGET" bootctl --no-variables install
  cat >"$TARGET/boot/loader/loader.conf" <<'END'
default arch.conf
timeout 1
editor no
END
  cat >"$TARGET/boot/loader/entries/arch.conf" <<END
title Arch Linux
linux /vmlinuz-linux
initrd /initramfs-linux.img
options root=PARTUUID=$root_id rw net.ifnames=0 console=tty0 console=ttyS0,115200n8
END
  [ -s "$TARGET/boot/initramfs-linux.img" ] || die 'the initramfs was not made'
  [ -s "$TARGET/boot/EFI/BOOT/BOOTX64.EFI" ] || die 'the boot loader is not in the place where any firmware looks'
}

# The keyring holds a key of its own, so every clone makes one: whenever the folder was removed, and again where that was interrupted.
configure_services() {
  cat >"$TARGET/etc/systemd/system/pacman-keyring.service" <<'END'
[Unit]
Description=Keyring of pacman
ConditionPathExists=!/etc/pacman.d/gnupg/.populated
Before=sshd.service cloud-final.service archlinux-keyring-wkd-sync.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/bin/pacman-key --init
ExecStart=/usr/bin/pacman-key --populate
ExecStart=/usr/bin/touch /etc/pacman.d/gnupg/.populated
TimeoutStartSec=10min

[Install]
WantedBy=multi-user.target
END
  install -d "$TARGET/etc/cloud/cloud.cfg.d" "$TARGET/etc/ssh/sshd_config.d"
  echo 'datasource_list: [NoCloud, ConfigDrive, None]' >"$TARGET/etc/cloud/cloud.cfg.d/90-datasources.cfg"
  # cloud-init asks for logins by password in a file of number 50, which comes before this.
  echo 'PasswordAuthentication no' >"$TARGET/etc/ssh/sshd_config.d/60-keys-only.conf"
  systemctl --root="$TARGET" enable \
    systemd-networkd.service systemd-resolved.service systemd-timesyncd.service systemd-boot-update.service fstrim.timer sshd.service \
    pacman-keyring.service cloud-init-main.service cloud-init-local.service cloud-init-network.service cloud-config.service cloud-final.service
}

# What is there only until the clean-up at the end of the build, which removes every one of these files. The CD of the answers is still in its
# drive when the new system starts: cloud-init would take it for its own.
let_build_in() {
  : >"$TARGET/etc/cloud/cloud-init.disabled"
  cat >"$TARGET/etc/systemd/network/10-cloud-init-build.network" <<'END'
[Match]
Type=ether
Kind=!*

[Network]
DHCP=yes
END
  echo 'PasswordAuthentication yes' >"$TARGET/etc/ssh/sshd_config.d/10-build.conf"
  arch-chroot "$TARGET" passwd --lock root
  arch-chroot "$TARGET" useradd --create-home --shell /bin/bash "$BUILD_USER"
  { printf '%s:' "$BUILD_USER"; cat "$ANSWERS/build-password"; } | arch-chroot "$TARGET" chpasswd --encrypted
  printf '%s ALL=(ALL) NOPASSWD: ALL\n' "$BUILD_USER" >"$TARGET/etc/sudoers.d/90-build"
  chmod 0440 "$TARGET/etc/sudoers.d/90-build"
}

# The first start of the new system makes its identity and its keyring, as that of a clone will.
forget() {
  : >"$TARGET/etc/machine-id"
  rm -rf "$TARGET/etc/pacman.d/gnupg" "$TARGET/boot/loader/random-seed" "$TARGET/var/lib/systemd/random-seed"
  find "$TARGET/var/cache/pacman/pkg" -type f -delete
  rm -f "$TARGET/var/log/pacman.log"
}

main() {
  [ -d "$LIVE" ] || die 'this is not the live system'
  wait_for_keyring
  wait_for_mirror
  make_filesystems
  mount "$root" "$TARGET"
  mount --mkdir --options umask=0077 "$esp" "$TARGET/boot"
  install_packages
  configure_system
  configure_services
  let_build_in
  forget
  umount --recursive "$TARGET"
  systemctl --no-block reboot
}

main </dev/null
