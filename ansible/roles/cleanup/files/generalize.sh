#!/bin/sh
# Generalize a machine: take away what makes it itself, so that its disk can become a template.
#
# Runs as root on the machine, as the last step of a bake. POSIX sh; knows the families of Debian, Red
# Hat, SUSE and Arch with systemd, and does the right thing on a busybox userland with OpenRC and doas as well.
# Prints one line for each thing it changed ("removed …", "emptied …", "wrote …"), and nothing else
# than warnings; so no output means that nothing was left to do. Running it again is harmless.
#
#   BUILD_USER  account that the bake logged in as; removed last, with its home, keys and sudo rule.
#               Empty: no account is removed.
#   KEEP        shell patterns of paths to leave alone, one a line, e.g. /etc/netplan/10-bridge.yaml
#   TRIM        yes (default) discards the freed blocks at the end; no does not.
#
# Exit status 0 means that the identity is gone; anything else must stop the bake.
set -eu

LC_ALL=C
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL PATH
umask 022

BUILD_USER=${BUILD_USER:-}
KEEP=${KEEP:-}
TRIM=${TRIM:-yes}

NEWLINE='
'

# --- helpers -----------------------------------------------------------------------------------

die() {
  printf 'generalize: %s\n' "$*" >&2
  exit 1
}

warn() {
  printf 'generalize: warning: %s\n' "$*" >&2
}

have() {
  command -v "$1" >/dev/null 2>&1
}

exists() {
  [ -e "$1" ] || [ -L "$1" ]
}

systemd_runs() {
  [ -d /run/systemd/system ]
}

systemd_installed() {
  [ -x /lib/systemd/systemd ] || [ -x /usr/lib/systemd/systemd ]
}

# Whether a path is on the caller's list.
kept() {
  [ -n "$KEEP" ] || return 1
  kept_ifs=$IFS
  IFS=$NEWLINE
  set -f
  for kept_pattern in $KEEP; do
    # The pattern is meant to be one, hence no quotes.
    # shellcheck disable=SC2254
    case $1 in
      $kept_pattern)
        set +f
        IFS=$kept_ifs
        return 0
        ;;
    esac
  done
  set +f
  IFS=$kept_ifs
  return 1
}

# Removes each path that exists. Unexpanded patterns do not exist and are passed over.
remove() {
  for remove_path in "$@"; do
    exists "$remove_path" || continue
    kept "$remove_path" && continue
    rm -rf -- "$remove_path"
    printf 'removed %s\n' "$remove_path"
  done
}

# Removes everything inside a directory, except the names given after it (patterns).
sweep() {
  sweep_dir=$1
  shift
  [ -d "$sweep_dir" ] || return 0
  for sweep_path in "$sweep_dir"/* "$sweep_dir"/.[!.]* "$sweep_dir"/..?*; do
    exists "$sweep_path" || continue
    sweep_skip=no
    for sweep_name in "$@"; do
      # shellcheck disable=SC2254
      case ${sweep_path##*/} in
        $sweep_name) sweep_skip=yes ;;
      esac
    done
    [ "$sweep_skip" = yes ] || remove "$sweep_path"
  done
}

# Empties a file and keeps its owner and mode.
empty() {
  [ -f "$1" ] && [ -s "$1" ] || return 0
  kept "$1" && return 0
  : >"$1"
  printf 'emptied %s\n' "$1"
}

# Replaces the content of an existing file, and keeps its owner and mode.
rewrite() {
  [ "$(cat "$1")" = "$2" ] && return 0
  kept "$1" && return 0
  if [ -n "$2" ]; then
    printf '%s\n' "$2" >"$1"
  else
    : >"$1"
  fi
  printf 'wrote %s\n' "$1"
}

# Removes the lines of a file that satisfy an awk condition; "user" in it is the build user.
clean_lines() {
  [ -f "$1" ] || return 0
  awk -v user="$BUILD_USER" "$2"' { found = 1 } END { exit !found }' "$1" || return 0
  clean_lines_rest=$(awk -v user="$BUILD_USER" '!('"$2"')' "$1")
  rewrite "$1" "$clean_lines_rest"
}

# --- what writes while we clean ------------------------------------------------------------------

# The journal goes to memory, the log daemon stops, the seed is saved now instead of at power off:
# nothing of the rest of this boot reaches the disk again. All of it starts anew with the next boot.
quiesce() {
  if systemd_runs; then
    systemctl stop apt-daily.timer apt-daily-upgrade.timer dnf-makecache.timer 2>/dev/null || true
    systemctl stop syslog.socket rsyslog.service 2>/dev/null || true
    # Its unit refuses to be stopped; a signal ends it all the same.
    systemctl kill auditd.service 2>/dev/null || true
    systemctl stop systemd-random-seed.service 2>/dev/null || true
    if [ -d /var/log/journal ]; then
      journalctl --relinquish-var 2>/dev/null || warn 'the journal stays on disk until power off'
    fi
  elif have rc-service; then
    for quiesce_service in syslog rsyslog klogd seedrng; do
      rc-service --ifstarted "$quiesce_service" stop >/dev/null 2>&1 || true
    done
  fi
}

# --- things of the build -------------------------------------------------------------------------

# Files only, and no locks: package managers miss their folders.
clean_packages() {
  for packages in /var/lib/apt/lists /var/cache/apt /var/cache/apk /etc/apk/cache \
    /var/cache/dnf /var/cache/yum /var/cache/libdnf5 /var/cache/zypp /var/cache/PackageKit /var/cache/pacman/pkg; do
    [ -d "$packages" ] || continue
    packages_count=$(find "$packages/" -type f ! -name lock | wc -l)
    [ "$packages_count" -gt 0 ] || continue
    find "$packages/" -type f ! -name lock -exec rm -f -- {} +
    printf 'removed %d files below %s\n' "$packages_count" "$packages"
  done
}

# Files of installers that would switch cloud-init or its network off, their answers, and how they let the build in.
clean_installer() {
  for installer_file in subiquity-disable-cloudinit-networking.cfg 00-subiquity-disable-cloudinit-networking.cfg \
    20-disable-cc-dpkg-grub.cfg 90-installer-network.cfg 99-installer.cfg curtin-preserve-sources.cfg; do
    remove "/etc/cloud/cloud.cfg.d/$installer_file"
  done
  remove /etc/cloud/clean.d/99-installer /etc/cloud/ds-identify.cfg /etc/cloud/cloud-init.disabled
  remove /var/log/installer /root/curtin-install.log /root/curtin-install-cfg.yaml /etc/apt/sources.list.curtin.old
  remove /var/log/anaconda /root/anaconda-ks.cfg /root/original-ks.cfg /root/initial-setup-ks.cfg
  remove /etc/ssh/sshd_config.d/10-build.conf
  # A CD that no clone has.
  # shellcheck disable=SC2016
  clean_lines /etc/apt/sources.list '$0 ~ /^[# \t]*deb[ \t]+(\[[^]]*\][ \t]+)?cdrom:/'
}

cloud_init_files() {
  find /var/lib/cloud /var/log/cloud-init.log /var/log/cloud-init-output.log 2>/dev/null | sort
}

clean_cloud_init() {
  # Written by ssh_pwauth: a bake that logs in by password would hand that to every clone.
  remove /etc/ssh/sshd_config.d/50-cloud-init.conf
  if have cloud-init; then
    cloud_init_before=$(cloud_init_files)
    # The machine id is not left to cloud-init: some releases delete the file, and a machine whose
    # root is read-only at first then comes up without a network.
    cloud-init clean --logs --seed >/dev/null
    [ "$(cloud_init_files)" = "$cloud_init_before" ] || printf 'removed the state of cloud-init\n'
  else
    sweep /var/lib/cloud
  fi
}

# Networks as the build saw them. Each clone gets its own from cloud-init, and a second opinion
# about the same interface is ambiguous at best.
clean_network() {
  remove /etc/netplan/*.yaml /etc/netplan/*.yaml.dist-subiquity
  remove /etc/network/interfaces.d/50-cloud-init /etc/network/interfaces.d/50-cloud-init.cfg
  remove /etc/systemd/network/10-cloud-init-*
  remove /etc/NetworkManager/system-connections/*.nmconnection
  remove /etc/NetworkManager/system-connections/cloud-init-* /etc/NetworkManager/system-connections/netplan-*
  remove /etc/NetworkManager/conf.d/99-cloud-init.conf /etc/NetworkManager/conf.d/30-cloud-init-ip6-addr-gen-mode.conf
  # Red Hat's family up to 9, where the installer and cloud-init write them with the hardware address of the build.
  for network_file in /etc/sysconfig/network-scripts/ifcfg-* /etc/sysconfig/network-scripts/route*-* /etc/sysconfig/network-scripts/rule*-*; do
    [ "${network_file##*/}" = ifcfg-lo ] || remove "$network_file"
  done
  # openSUSE, whose images have one of their own for the first interface.
  for network_file in /etc/sysconfig/network/ifcfg-* /etc/sysconfig/network/ifroute-*; do
    ! grep -qs '^# Created by cloud-init' "$network_file" || remove "$network_file"
  done
  remove /etc/udev/rules.d/70-persistent-*.rules /etc/udev/rules.d/85-persistent-net-cloud-init.rules
  if [ -f /etc/network/interfaces ] &&
    awk '$1 == "iface" && $2 != "lo" { found = 1 } END { exit !found }' /etc/network/interfaces; then
    if [ -d /etc/network/interfaces.d ]; then
      rewrite /etc/network/interfaces "auto lo${NEWLINE}iface lo inet loopback${NEWLINE}source /etc/network/interfaces.d/*"
    else
      rewrite /etc/network/interfaces "auto lo${NEWLINE}iface lo inet loopback"
    fi
  fi
  sweep /var/lib/dhcp
  sweep /var/lib/dhclient
  sweep /var/lib/dhcpcd
  remove /etc/dhcpcd.duid /var/lib/wicked/duid.xml /var/lib/wicked/iaid.xml /var/lib/wicked/lease-*.xml
  remove /var/lib/NetworkManager/*.lease /var/lib/NetworkManager/secret_key /var/lib/NetworkManager/timestamps \
    /var/lib/NetworkManager/seen-bssids
}

clean_logs() {
  sweep /var/log/journal
  sweep /var/lib/systemd/coredump
  sweep /var/crash
  # Databases of logins: an empty file would not be one.
  remove /var/lib/wtmpdb/wtmp.db /var/lib/lastlog/lastlog2.db
  [ -d /var/log ] || return 0
  find /var/log -xdev -type f | sort | while IFS= read -r log_file; do
    case $log_file in
      *.gz | *.xz | *.zst | *.bz2 | *.old | *.[0-9] | *.[0-9][0-9] | *-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9])
        remove "$log_file"
        ;;
      *) empty "$log_file" ;;
    esac
  done
}

clean_homes() {
  for home in /root /home/*; do
    [ -d "$home" ] || continue
    for history in .bash_history .ash_history .sh_history .zsh_history .python_history .node_repl_history \
      .sqlite_history .lesshst .viminfo .wget-hsts; do
      remove "$home/$history"
    done
    remove "$home/.ansible"
  done
}

# Left alone: directories of running services, and the module that runs us if it is Ansible's.
clean_temporary() {
  for temporary in /tmp /var/tmp; do
    sweep "$temporary" 'systemd-private-*' snap-private-tmp 'ansible_*_payload_*' 'ansible-tmp-*'
  done
}

# --- identity --------------------------------------------------------------------------------------

clean_identity() {
  remove /etc/ssh/ssh_host_*_key /etc/ssh/ssh_host_*_key.pub /etc/dropbear/dropbear_*_host_key
  remove /var/lib/systemd/random-seed /var/lib/systemd/credential.secret
  remove /boot/efi/loader/random-seed /boot/loader/random-seed /efi/loader/random-seed
  remove /var/lib/urandom/random-seed /var/lib/misc/random-seed
  sweep /var/lib/seedrng
  # Two machines with one initiator name are one to an iSCSI target. This word makes open-iscsi choose anew.
  if [ -f /usr/lib/open-iscsi/startup-checks.sh ] && grep -qs '^InitiatorName=' /etc/iscsi/initiatorname.iscsi; then
    rewrite /etc/iscsi/initiatorname.iscsi 'GenerateName=yes'
  fi
  # So that each clone is a host of its own to NVMe over fabrics, and LVM looks for the disks that the clone has.
  remove /etc/nvme/hostnqn /etc/nvme/hostid /etc/lvm/devices/system.devices /etc/lvm/devices/backup
  # The keyring of pacman has a key of its own, if something enabled makes it anew where it is missing.
  if grep -qs '^ConditionPathExists=!/etc/pacman\.d/gnupg' /etc/systemd/system/*.wants/*.service; then
    remove /etc/pacman.d/gnupg
  fi
  # cloud-init forbids root to log in by a line with the key of the build.
  # shellcheck disable=SC2016
  clean_lines /root/.ssh/authorized_keys 'index($0, "Please login as the user")'
  if [ -f /etc/hostname ]; then
    rewrite /etc/hostname localhost
  fi
  # shellcheck disable=SC2016
  clean_lines /etc/hosts '$1 == "127.0.1.1"'
}

# Ends with an empty file and never without one: an empty id is made anew at boot, a missing one cannot
# be while the root is still read-only. Without systemd whoever needs the file makes it when it is missing.
clean_machine_id() {
  if systemd_installed; then
    if [ ! -f /etc/machine-id ] || [ -L /etc/machine-id ]; then
      rm -rf /etc/machine-id
      : >/etc/machine-id
      chmod 0444 /etc/machine-id
      printf 'wrote /etc/machine-id\n'
    fi
    if [ -s /etc/machine-id ]; then
      : >/etc/machine-id
      printf 'emptied /etc/machine-id\n'
    fi
    if [ -d /var/lib/dbus ] && [ "$(readlink /var/lib/dbus/machine-id || true)" != /etc/machine-id ]; then
      ln -sfn /etc/machine-id /var/lib/dbus/machine-id
      printf 'wrote /var/lib/dbus/machine-id\n'
    fi
  else
    remove /etc/machine-id /var/lib/dbus/machine-id
  fi
}

# --- the build user ----------------------------------------------------------------------------------

# A field of the build user's line in /etc/passwd; nothing if there is no such account.
build_user_field() {
  awk -F: -v user="$BUILD_USER" -v field="$1" '$1 == user { print $field; exit }' /etc/passwd
}

has_terminal() {
  awk '{ sub(/.*\) /, ""); exit !$5 }' /proc/self/stat
}

check_build_user() {
  case $BUILD_USER in
    '') return 0 ;;
    -* | *[!A-Za-z0-9._-]*) die "BUILD_USER is no account name: $BUILD_USER" ;;
  esac
  if [ "$BUILD_USER" = root ] || [ "$(build_user_field 3)" = 0 ]; then
    die "BUILD_USER is $BUILD_USER, and the superuser cannot be removed; leave it empty to keep the account"
  fi
  # When a terminal of the session closes, sshd looks its account up, and drops the whole connection if there is none.
  if [ "${SUDO_USER:-${DOAS_USER:-}}" = "$BUILD_USER" ] && has_terminal; then
    die "started on a terminal of $BUILD_USER, whose connection would break; start it without one (no ssh_pty, no ssh -t)"
  fi
}

# The account is in use: we were started from its session. userdel -f takes it away all the same, and
# processes that run go on without a name. Its sessions end with the connection or at power off.
remove_account() {
  if have userdel; then
    userdel -f "$BUILD_USER" >/dev/null 2>&1 || true
  else
    deluser "$BUILD_USER" >/dev/null 2>&1 || true
  fi
  [ -z "$(build_user_field 3)" ] || die "the build user $BUILD_USER could not be removed"
  # With a group of that name left, the next bake could not create its user.
  if awk -F: -v user="$BUILD_USER" '$1 == user { found = 1 } END { exit !found }' /etc/group; then
    if have groupdel; then
      groupdel "$BUILD_USER" || warn "the group $BUILD_USER stays"
    else
      delgroup "$BUILD_USER" || warn "the group $BUILD_USER stays"
    fi
  fi
  printf 'removed the account %s\n' "$BUILD_USER"
}

# Only a directory that was the build user's own, and nobody else's.
remove_home() {
  case $1 in
    /?*/?*) ;;
    *) return 0 ;;
  esac
  [ -d "$1" ] || return 0
  if awk -F: -v home="$1" '$6 == home { found = 1 } END { exit !found }' /etc/passwd; then
    warn "$1 is the home of another account too and stays"
  elif [ -n "$(find "$1" -maxdepth 0 -user "$2")" ]; then
    rm -rf -- "$1"
    printf 'removed %s\n' "$1"
  else
    warn "$1 does not belong to the build user and stays"
  fi
}

# Lines of a sudoers file that are about the build user.
# shellcheck disable=SC2016
SUDO_RULES='$1 == user || $1 == "Defaults:" user || $0 == "# User rules for " user'

# Whether a file has more than comments.
has_rules() {
  grep -q '^[[:space:]]*[^#[:space:]]' "$1"
}

# shellcheck disable=SC2016
remove_privileges() {
  clean_lines /etc/sudoers "$SUDO_RULES"
  for rules in /etc/sudoers.d/*; do
    [ -f "$rules" ] || continue
    rules_before=$(wc -c <"$rules")
    clean_lines "$rules" "$SUDO_RULES"
    # What cloud-init or an installer wrote is empty now, or a file of comments.
    if [ "$(wc -c <"$rules")" != "$rules_before" ] || [ "${rules##*/}" = 90-cloud-init-users ]; then
      has_rules "$rules" || remove "$rules"
    fi
  done
  for rules in /etc/doas.conf /etc/doas.d/*.conf; do
    clean_lines "$rules" '($1 == "permit" || $1 == "deny") && (" " $0 " ") ~ ("[ \t]" user "[ \t]")'
  done
  for rules in /etc/doas.d/*.conf; do
    [ ! -f "$rules" ] || has_rules "$rules" || remove "$rules"
  done
  if have visudo; then
    visudo -c >/dev/null || die 'the sudoers files are broken'
  fi
}

# Files that the next account of the same number would own.
warn_of_orphans() {
  orphans=$(find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /run \) -prune -o -user "$1" -print 2>/dev/null |
    head -n 5)
  [ -z "$orphans" ] || warn "files outside its home belonged to the build user (number $1):$NEWLINE$orphans"
}

remove_build_user() {
  [ -n "$BUILD_USER" ] || return 0
  build_uid=$(build_user_field 3)
  if [ -n "$build_uid" ]; then
    build_home=$(build_user_field 6)
    remove_account
    remove_home "$build_home" "$build_uid"
    warn_of_orphans "$build_uid"
  fi
  remove_privileges
  remove "/var/mail/$BUILD_USER" "/var/spool/mail/$BUILD_USER" "/var/spool/cron/crontabs/$BUILD_USER" \
    "/var/lib/systemd/linger/$BUILD_USER" "/var/lib/sudo/lectured/$BUILD_USER" "/var/lib/sudo/ts/$BUILD_USER"
}

# Old copies still hold the accounts and their passwords.
remove_account_backups() {
  for account_file in passwd shadow group gshadow subuid subgid; do
    remove "/etc/$account_file-" "/var/backups/$account_file.bak"
  done
}

# --- the end -----------------------------------------------------------------------------------------

# Files that this script or the build made or wrote get the context that the policy of SELinux has for them.
relabel() {
  [ -e /sys/fs/selinux/enforce ] && have restorecon || return 0
  for relabel_dir in /etc /root /var/lib/dbus; do
    [ ! -d "$relabel_dir" ] || restorecon -R "$relabel_dir" || warn "not all of $relabel_dir has its SELinux context"
  done
}

trim() {
  [ "$TRIM" = yes ] && have fstrim || return 0
  fstrim -a >/dev/null 2>&1 || fstrim / >/dev/null 2>&1 || true
}

verify() {
  for host_key in /etc/ssh/ssh_host_*_key; do
    [ ! -e "$host_key" ] || kept "$host_key" || die "$host_key is still there"
  done
  if systemd_installed; then
    if [ ! -f /etc/machine-id ] || [ -s /etc/machine-id ]; then
      die '/etc/machine-id is not an empty file'
    fi
  fi
  if [ -n "$BUILD_USER" ]; then
    [ -z "$(build_user_field 3)" ] || die "the account $BUILD_USER is still there"
  fi
}

main() {
  [ "$(id -u)" = 0 ] || die 'must run as root'
  check_build_user
  quiesce
  clean_installer
  clean_cloud_init
  clean_network
  clean_packages
  clean_identity
  clean_homes
  clean_temporary
  clean_machine_id
  remove_build_user
  remove_account_backups
  clean_logs
  relabel
  verify
  sync
  trim
}

main "$@"
