#!/bin/sh
# Generalize a machine with NixOS: take away what makes it itself, so that its disk can become a template.
#
# Runs as root on the machine, as the last step of a bake. POSIX sh. The system itself is in the store, which
# is not touched by hand: what let the build in is a module, /etc/nixos/build.nix, so the module is removed
# and the system is made anew of the rest. That is what a clone starts. The system that runs now stays in the
# store until the next garbage collection; no secret is in it.
#
# Prints one line for each thing it changed, and what nixos-rebuild prints. Running it again is harmless.
#
#   BUILD_USER  account that the bake logged in as; removed last, with its home.
#               Empty: no account is removed.
#   TRIM        yes (default) discards the freed blocks at the end; no does not.
#
# Exit status 0 means that the identity is gone; anything else must stop the bake.

# sudo hands on neither the programs of NixOS nor the place of Nixpkgs.
if [ -r /etc/set-environment ]; then
  # shellcheck source=/dev/null
  . /etc/set-environment
fi

set -eu

LC_ALL=C
PATH=/run/wrappers/bin:/run/current-system/sw/bin:$PATH
export LC_ALL PATH
umask 022

BUILD_USER=${BUILD_USER:-}
TRIM=${TRIM:-yes}
SYSTEM=/nix/var/nix/profiles/system

# --- helpers -----------------------------------------------------------------------------------

die() {
  printf 'generalize: %s\n' "$*" >&2
  exit 1
}

warn() {
  printf 'generalize: warning: %s\n' "$*" >&2
}

exists() {
  [ -e "$1" ] || [ -L "$1" ]
}

# Removes each path that exists. Unexpanded patterns do not exist and are passed over.
remove() {
  for remove_path in "$@"; do
    exists "$remove_path" || continue
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
      # The pattern is meant to be one, hence no quotes.
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
  : >"$1"
  printf 'emptied %s\n' "$1"
}

# --- the system without the build ----------------------------------------------------------------

# The boot loader's installer reads the machine id and fails if there is none, so it runs before that goes.
rebuild() {
  [ -s /etc/machine-id ] || systemd-machine-id-setup >/dev/null
  remove /etc/nixos/build.nix /etc/nixos/build-password
  nixos-rebuild boot
  nix-collect-garbage --delete-old
  # The menu names the generations that there were when it was written.
  "$SYSTEM/bin/switch-to-configuration" boot
  for entry in /boot/loader/entries/*.conf; do
    if grep -qs '^machine-id ' "$entry"; then
      sed -i '/^machine-id /d' "$entry"
      printf 'wrote %s\n' "$entry"
    fi
  done
}

# Whether the system that a clone starts would make the build user again.
check_system() {
  [ -n "$BUILD_USER" ] || return 0
  users=$(grep -o '/nix/store/[^ "]*users-groups.json' "$SYSTEM/activate" | head -n 1 || true)
  [ -n "$users" ] || return 0
  if grep -q "\"name\":\"$BUILD_USER\"" "$users"; then
    die "the configuration in /etc/nixos declares the build user $BUILD_USER, so every clone would have it"
  fi
}

# --- what writes while we clean ------------------------------------------------------------------

# The journal goes to memory, and the seed is saved now instead of at power off.
quiesce() {
  [ -d /run/systemd/system ] || return 0
  systemctl stop systemd-random-seed.service 2>/dev/null || true
  if [ -d /var/log/journal ]; then
    journalctl --relinquish-var 2>/dev/null || warn 'the journal stays on disk until power off'
  fi
}

# --- things of the build, and identity -------------------------------------------------------------

clean_cloud_init() {
  sweep /var/lib/cloud
  remove /var/log/cloud-init.log /var/log/cloud-init-output.log
}

# Each clone gets its network and its name from cloud-init.
clean_network() {
  remove /etc/systemd/network/10-cloud-init-*
  sweep /var/lib/systemd/network
  sweep /var/lib/dhcpcd
  # Where the configuration says the name, the next start writes it again.
  remove /etc/hostname
}

clean_logs() {
  sweep /var/log/journal
  sweep /var/lib/systemd/coredump
  remove /var/lib/lastlog/lastlog2.db
  [ -d /var/log ] || return 0
  find /var/log -xdev -type f | sort | while IFS= read -r log_file; do
    empty "$log_file"
  done
}

clean_homes() {
  for home in /root /home/*; do
    [ -d "$home" ] || continue
    for left in .bash_history .zsh_history .python_history .lesshst .viminfo .wget-hsts .ansible .cache/nix; do
      remove "$home/$left"
    done
  done
}

clean_temporary() {
  for temporary in /tmp /var/tmp; do
    sweep "$temporary" 'systemd-private-*' 'ansible_*_payload_*' 'ansible-tmp-*'
  done
}

clean_identity() {
  remove /etc/ssh/ssh_host_*_key /etc/ssh/ssh_host_*_key.pub
  remove /var/lib/systemd/random-seed /var/lib/systemd/credential.secret /boot/loader/random-seed
  # An empty id is made anew at the next start.
  empty /etc/machine-id
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
  if [ "${SUDO_USER:-}" = "$BUILD_USER" ] && has_terminal; then
    die "started on a terminal of $BUILD_USER, whose connection would break; start it without one (no ssh_pty, no ssh -t)"
  fi
}

# The new system does not declare the account, so the next start would remove it; but what is not there cannot be forgotten.
remove_build_user() {
  [ -n "$BUILD_USER" ] && [ -n "$(build_user_field 3)" ] || return 0
  build_home=$(build_user_field 6)
  userdel -f "$BUILD_USER" >/dev/null 2>&1 || true
  [ -z "$(build_user_field 3)" ] || die "the build user $BUILD_USER could not be removed"
  printf 'removed the account %s\n' "$BUILD_USER"
  case $build_home in
    /home/?*) remove "$build_home" ;;
    *) warn "$build_home was the home of the build user and stays" ;;
  esac
  remove "/var/lib/systemd/linger/$BUILD_USER"
}

# Old copies still hold the accounts and their passwords.
remove_account_backups() {
  for account_file in passwd shadow group gshadow subuid subgid; do
    remove "/etc/$account_file-"
  done
}

# --- the end -----------------------------------------------------------------------------------------

verify() {
  for host_key in /etc/ssh/ssh_host_*_key; do
    [ ! -e "$host_key" ] || die "$host_key is still there"
  done
  if [ ! -f /etc/machine-id ] || [ -s /etc/machine-id ]; then
    die '/etc/machine-id is not an empty file'
  fi
  for answer in /etc/nixos/build.nix /etc/nixos/build-password; do
    [ ! -e "$answer" ] || die "$answer is still there"
  done
  if [ -n "$BUILD_USER" ]; then
    [ -z "$(build_user_field 3)" ] || die "the account $BUILD_USER is still there"
  fi
}

trim() {
  [ "$TRIM" = yes ] || return 0
  fstrim -a >/dev/null 2>&1 || fstrim / >/dev/null 2>&1 || true
}

# A program that is missing must not look like an account that is.
check_programs() {
  for program in awk find grep nix-collect-garbage nixos-rebuild sed userdel; do
    command -v "$program" >/dev/null || die "there is no program $program"
  done
}

main() {
  [ "$(id -u)" = 0 ] || die 'must run as root'
  [ -e /etc/NIXOS ] || die 'this is not NixOS'
  check_programs
  check_build_user
  rebuild
  check_system
  quiesce
  clean_cloud_init
  clean_network
  clean_identity
  clean_homes
  clean_temporary
  remove_build_user
  remove_account_backups
  clean_logs
  verify
  sync
  trim
}

main "$@"
