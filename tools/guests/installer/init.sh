#!/bin/busybox sh
# shellcheck shell=dash
# The installer: writes a prepared disk image to the first disk and makes it the machine that the answers ask for.
#
# Kernel command line: answers=cd (the file `answers` of a CD labelled cidata) or answers=URL; without, it asks at the console.
# Lines of the answers, in any order; `#` begins a comment:
#   user NAME                 made, may become root by sudo without a password
#   password PASSWORD         of the user
#   password-hash HASH        of the user, as in /etc/shadow
#   ssh-key PUBLIC-KEY        of the user; any number
#   hostname NAME
busybox mkdir -p /tools /proc /sys /dev /cdrom /answers /target
busybox --install -s /tools
export PATH=/tools:/bin:/sbin:/usr/bin:/usr/sbin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
exec </dev/console >/dev/console 2>&1

say() {
  echo "installer: $*"
  echo "installer: $*" >/dev/ttyS0 2>/dev/null
}
fail() {
  say "FAILED: $*"
  while :; do sleep 3600; done
}

for module in virtio_pci virtio_scsi virtio_blk ata_piix ahci sd_mod sr_mod virtio_net e1000 ext4 isofs; do
  modprobe "$module" 2>/dev/null
done

# The CD with this installer is the one that has the image; drives may take a moment to show up.
find_cd() {
  for device in /dev/sr*; do
    mount -t iso9660 -o ro "$device" "$1" 2>/dev/null || continue
    [ -e "$1/$2" ] && return 0
    umount "$1"
  done
  return 1
}
attempt=0
until find_cd /cdrom install/disk.raw.zst; do
  attempt=$((attempt + 1))
  [ "$attempt" -lt 30 ] || fail 'the CD of the installer is not found'
  sleep 1
done

find_cidata() {
  for device in /dev/sr*; do
    label=$(dd if="$device" bs=1 skip=32808 count=32 2>/dev/null | tr -d ' \000' | tr '[:upper:]' '[:lower:]')
    [ "$label" = cidata ] && mount -t iso9660 -o ro "$device" /answers && return 0
  done
  return 1
}
bring_network() {
  cat >/lease <<'END'
#!/bin/busybox sh
[ "$1" = bound ] || exit 0
ip address add "$ip/$subnet" dev "$interface"
[ -z "$router" ] || ip route add default via "$router"
END
  chmod 755 /lease
  for interface in /sys/class/net/e*; do
    interface=${interface##*/}
    ip link set "$interface" up
    udhcpc -i "$interface" -s /lease -n -q -t 10 && return 0
  done
  fail 'no network answers by DHCP'
}

answers=$(sed -n 's/.*\banswers=\([^ ]*\).*/\1/p' /proc/cmdline)
while [ -z "$answers" ]; do
  say 'no answers were named; type cd, or the address of a file:'
  read -r answers || sleep 5
done
say "answers: $answers"
case $answers in
  cd)
    find_cidata || fail 'no CD is labelled cidata'
    cp /answers/answers /tmp-answers || fail 'there is no file named answers on the CD labelled cidata'
    ;;
  *)
    bring_network
    wget -q -O /tmp-answers "$answers" || fail "no answers at $answers"
    ;;
esac
answer() {
  sed -n "s/^$1[[:space:]]\{1,\}//p" /tmp-answers | tr -d '\r'
}
user=$(answer user | head -n 1)
[ -n "$user" ] || fail 'the answers name no user'

disk=
for block in /sys/block/vd* /sys/block/sd*; do
  [ -e "$block" ] || continue
  disk=/dev/${block##*/}
  break
done
[ -n "$disk" ] || fail 'there is no disk'
say "writing to $disk"
zstd -dcq /cdrom/install/disk.raw.zst | dd of="$disk" bs=1M 2>/dev/null || fail "writing to $disk"
sync
blockdev --rereadpt "$disk" || fail 'the partitions of the disk'
sleep 1
mount -t ext4 "${disk}3" /target || fail 'the root file system of the disk'
for folder in proc sys dev; do mount --bind "/$folder" "/target/$folder"; done

say 'configuring'
in_target() {
  chroot /target /usr/bin/env PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive "$@" || fail "$1"
}
in_target useradd --create-home --shell /bin/bash --groups sudo "$user"
[ -z "$(answer password-hash)" ] || echo "$user:$(answer password-hash)" | chroot /target /usr/sbin/chpasswd --encrypted
[ -z "$(answer password)" ] || echo "$user:$(answer password)" | chroot /target /usr/sbin/chpasswd
echo "$user ALL=(ALL) NOPASSWD:ALL" >"/target/etc/sudoers.d/90-installer"
chmod 440 /target/etc/sudoers.d/90-installer
mkdir -p "/target/home/$user/.ssh"
answer ssh-key >"/target/home/$user/.ssh/authorized_keys"
chmod 700 "/target/home/$user/.ssh"
in_target chown -R "$user:$user" "/home/$user/.ssh"
name=$(answer hostname | head -n 1)
name=${name:-installed}
echo "$name" >/target/etc/hostname
printf '127.0.0.1 localhost\n127.0.1.1 %s\n' "$name" >/target/etc/hosts
printf '[Match]\nName=e*\n\n[Network]\nDHCP=ipv4\n' >/target/etc/systemd/network/99-installed.network
in_target ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key
say 'installing the guest agent'
in_target apt-get install --yes --no-install-recommends -qq qemu-guest-agent >/dev/null
say 'installed; starting the machine anew'
for folder in proc sys dev; do umount "/target/$folder"; done
umount /target
sync
reboot -f
