#!/bin/sh
# Stops k3s and everything it has started on this machine: pods, mounts, networks. Data and configuration stay.
set -eu

[ "$(id -u)" = 0 ] || { echo 'k3s-killall.sh: must run as root' >&2; exit 1; }
DATA=${K3S_DATA_DIR:-/var/lib/rancher/k3s}

for unit in k3s.service k3s-agent.service; do
  systemctl stop "$unit" 2>/dev/null || true
done

# The processes of a pod are below its shim.
kill_tree() {
  for tree_child in $(cat "/proc/$1/task/$1/children" 2>/dev/null || true); do
    (kill_tree "$tree_child")
  done
  kill -KILL "$1" 2>/dev/null || true
}

for process in /proc/[0-9]*; do
  case $(readlink "$process/exe" 2>/dev/null || true) in
    "$DATA"/data/*/bin/containerd-shim*) kill_tree "${process#/proc/}" ;;
  esac
done

# The last mounted first. Mount points are written with escapes for blanks.
awk '{ print $2 }' /proc/self/mounts | sort -r | while IFS= read -r mount_point; do
  case $mount_point in
    /run/k3s | /run/k3s/* | /var/lib/kubelet/pods/* | /var/lib/kubelet/plugins/* | /run/netns/cni-*)
      umount -f -- "$(printf '%b' "$mount_point")" 2>/dev/null || umount -l -- "$(printf '%b' "$mount_point")" || true
      ;;
  esac
done
rm -rf /run/k3s

if command -v ip >/dev/null; then
  ip netns list 2>/dev/null | awk '/^cni-/ { print $1 }' | while IFS= read -r namespace; do
    ip netns delete "$namespace" || true
  done
  ip -o link show master cni0 2>/dev/null | awk -F': ' '{ sub(/@.*/, "", $2); print $2 }' | while IFS= read -r interface; do
    ip link delete "$interface" || true
  done
  for interface in cni0 flannel.1 flannel-v6.1 flannel-wg flannel-wg-v6 kube-ipvs0; do
    ip link delete "$interface" 2>/dev/null || true
  done
fi
rm -rf /var/lib/cni

# Rules of anybody else stay.
for family in iptables ip6tables; do
  if command -v "$family-save" >/dev/null && command -v "$family-restore" >/dev/null; then
    "$family-save" | grep -v -e KUBE- -e CNI- | grep -iv flannel | "$family-restore" || true
  fi
done
