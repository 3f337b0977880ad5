#!/bin/sh
# Runs inside the new root file system: what makes of plain packages a small cloud image.
#   configure.sh PACKAGE…   packages that can be installed later, without a network
set -eu
export DEBIAN_FRONTEND=noninteractive

# The packages that are not installed yet, as a repository within the image.
mkdir -p /opt/packages
apt-get clean
apt-get install --yes --no-install-recommends --download-only "$@" >/dev/null
mv /var/cache/apt/archives/*.deb /opt/packages/
cd /opt/packages
for file in *.deb; do
  dpkg-deb --field "$file"
  printf 'Filename: ./%s\nSize: %s\nSHA256: %s\n\n' "$file" "$(stat -c %s "$file")" "$(sha256sum "$file" | cut -d ' ' -f 1)"
done >Packages
{
  printf 'Origin: local\nSuite: local\nArchitectures: amd64\nDate: Sat, 01 Jan 2022 00:00:00 UTC\nSHA256:\n'
  printf ' %s %s Packages\n' "$(sha256sum Packages | cut -d ' ' -f 1)" "$(stat -c %s Packages)"
} >Release
rm -rf /etc/apt/sources.list /etc/apt/sources.list.d/* /var/lib/apt/lists/* /etc/apt/apt.conf.d/99mmdebstrap
echo 'deb [trusted=yes] file:///opt/packages ./' >/etc/apt/sources.list.d/local.list
apt-get update >/dev/null

# Drivers of the disks and CDs that a virtual machine may have; nothing else in the initramfs, so that it is read fast.
cat >/etc/initramfs-tools/conf.d/small <<'END'
MODULES=list
COMPRESS=zstd
BUSYBOX=y
RESUME=none
END
cat >/etc/initramfs-tools/modules <<'END'
virtio_pci
virtio_scsi
virtio_blk
ata_piix
ahci
sd_mod
sr_mod
ext4
iso9660
END
update-initramfs -u -k all >/dev/null

# The initramfs of the installer has the drivers of networks and the means to unpack an image besides; it does not stay in the image.
cp -a /etc/initramfs-tools /tmp/installer-initramfs
printf 'virtio_net\ne1000\n' >>/tmp/installer-initramfs/modules
cat >/tmp/installer-initramfs/hooks/unpack <<'END'
#!/bin/sh
[ "$1" = prereqs ] && exit 0
. /usr/share/initramfs-tools/hook-functions
copy_exec /usr/bin/zstd
END
chmod 755 /tmp/installer-initramfs/hooks/unpack
mkinitramfs -d /tmp/installer-initramfs -o /boot/installer.initrd "$(basename /lib/modules/*)"
rm -rf /tmp/installer-initramfs

# Only the configuration drives of Proxmox VE and of Packer are looked for, and only what tests use is set up. The sources of apt stay as they are.
cat >/etc/cloud/cloud.cfg.d/90_small.cfg <<'END'
datasource_list: [NoCloud, ConfigDrive, None]
ssh_genkeytypes: [ed25519, ecdsa]
locale: false
apt:
  preserve_sources_list: true
cloud_init_modules: [bootcmd, write-files, growpart, resizefs, set_hostname, update_hostname, update_etc_hosts, users-groups, ssh]
cloud_config_modules: [set-passwords, apt-configure, timezone, runcmd]
cloud_final_modules:
  - package-update-upgrade-install
  - scripts-vendor
  - scripts-per-once
  - scripts-per-boot
  - scripts-per-instance
  - scripts-user
  - phone-home
  - final-message
  - power-state-change
system_info:
  network:
    renderers: [networkd]
END

mkdir -p /boot/grub
cat >/boot/grub/grub.cfg <<'END'
linux /vmlinuz root=LABEL=cloudimg-root ro console=tty0 console=ttyS0,115200 quiet systemd.show_status=true
initrd /initrd.img
boot
END
echo 'LABEL=cloudimg-root / ext4 errors=remount-ro,x-systemd.growfs 0 1' >/etc/fstab
systemctl enable systemd-networkd.service >/dev/null 2>&1
systemctl mask apt-daily.timer apt-daily-upgrade.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer dpkg-db-backup.timer >/dev/null 2>&1
passwd --lock root >/dev/null

# A vendor's image has no identity: it gets one at its first boot.
rm -f /etc/ssh/ssh_host_*_key* /var/lib/dbus/machine-id /var/lib/systemd/random-seed /etc/hostname
: >/etc/machine-id
rm -rf /var/cache/apt/archives/*.deb /var/cache/apt/*.bin /var/log/apt/* /var/log/*.log /tmp/* /var/tmp/*
