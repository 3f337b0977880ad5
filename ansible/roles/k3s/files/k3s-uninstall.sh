#!/bin/sh
# Removes k3s from this machine, with all data of the node: a server's data is lost.
set -eu

[ "$(id -u)" = 0 ] || { echo 'k3s-uninstall.sh: must run as root' >&2; exit 1; }
DATA=${K3S_DATA_DIR:-/var/lib/rancher/k3s}

if [ -x /usr/local/bin/k3s-killall.sh ]; then
  /usr/local/bin/k3s-killall.sh
fi
for unit in k3s.service k3s-agent.service; do
  systemctl disable "$unit" 2>/dev/null || true
  rm -f "/etc/systemd/system/$unit" "/etc/systemd/system/$unit.env"
done
systemctl daemon-reload 2>/dev/null || true

rm -rf "$DATA" /etc/rancher/k3s /etc/rancher/node /var/lib/kubelet /run/flannel
rmdir /var/lib/rancher /etc/rancher 2>/dev/null || true
rm -f /etc/modules-load.d/k3s.conf /etc/sysctl.d/90-k3s.conf /etc/NetworkManager/conf.d/k3s.conf
for tool in kubectl crictl ctr; do
  if [ "$(readlink "/usr/local/bin/$tool" || true)" = k3s ]; then
    rm -f "/usr/local/bin/$tool"
  fi
done
if command -v dnf >/dev/null; then
  rm -f /etc/yum.repos.d/rancher-k3s-common.repo
  dnf --assumeyes remove k3s-selinux || true
fi
# A shell reads its script as it goes: this is the last line.
rm -f /usr/local/bin/k3s /usr/local/bin/k3s-killall.sh /usr/local/bin/k3s-agent-uninstall.sh /usr/local/bin/k3s-uninstall.sh
