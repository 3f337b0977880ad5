/** Accounts and groups of the smallest installation of one of the systems, above all those of Debian and of Red Hat. */
const PRESENT = new Set([
  'adm', 'audio', 'backup', 'bin', 'cdrom', 'daemon', 'dialout', 'disk', 'floppy', 'ftp', 'games', 'halt', 'input', 'irc', 'kmem', 'kvm', 'list', 'lp',
  'mail', 'man', 'messagebus', 'news', 'nobody', 'nogroup', 'operator', 'plugdev', 'polkitd', 'proxy', 'render', 'shadow', 'shutdown',
  'sshd', 'sudo', 'sync', 'sys', 'syslog', 'tape', 'tss', 'tty', 'users', 'utmp', 'uucp', 'uuidd', 'video', 'wheel', 'www-data',
]);

/**
 * What the installers of Debian and Ubuntu make no user of beside them, and what a small installation may have.
 * @see https://salsa.debian.org/installer-team/user-setup/-/blob/master/reserved-usernames
 * @see https://github.com/canonical/subiquity/blob/main/reserved-usernames
 */
const RESERVED = new Set([
  'abuild', 'admin', 'alias', 'alpm', 'asterisk', 'at', 'avahi', 'bind', 'ceph', 'chrony', 'clevis', 'console', 'cron', 'crontab', 'cupsys', 'cyrus',
  'dbus', 'dcc', 'dhcp', 'dhcpcd', 'dictd', 'dip', 'dnsmasq', 'dovecot', 'fax', 'fetchmail', 'firebird', 'ftn', 'fuse', 'fwupd-refresh', 'gdm', 'gnats',
  'grsec-proc', 'grsec-sock-all', 'grsec-sock-clt', 'grsec-sock-srv', 'grsec-tpe', 'guest', 'haclient', 'hacluster', 'haldaemon', 'hplilp', 'http',
  'identd', 'jwhois', 'keys', 'klog', 'klogd', 'landscape', 'libvirt-qemu', 'lock', 'log', 'lpadmin', 'lxd', 'maas', 'mem', 'mysql', 'mythtv', 'netdev',
  'netplan', 'network', 'nscd', 'ntp', 'opensrf', 'optical', 'ping', 'polkituser', 'pollinate', 'postmaster', 'power', 'powerdev', 'proc', 'public',
  'qmail', 'qmaild', 'qmaill', 'qmailp', 'qmailq', 'qmailr', 'qmails', 'radvd', 'readproc', 'rfkill', 'rpc', 'rpcuser', 'saned', 'sasl', 'sbuild',
  'scanner', 'setroubleshoot', 'sgx', 'slocate', 'slurm', 'smmsp', 'squid', 'src', 'ssh', 'ssh_keys', 'ssl-cert', 'sslwrap', 'sssd', 'staff', 'statd',
  'storage', 'tac-plus', 'tcpdump', 'telnetd', 'tftpd', 'trusted', 'unbound', 'usbmux', 'utempter', 'vchkpw', 'voice', 'vpopmail', 'wwwrun', 'xfs',
]);

const NUMBERED = /^(systemd-|nixbld\d*$)/;

/** Whether a Linux has an account or a group of this name from the beginning. */
export function isAccount(name: string): boolean {
  return PRESENT.has(name) || NUMBERED.test(name);
}

/** Whether a Linux may have one, or its installer makes no user of the name. */
export function isReservedAccount(name: string): boolean {
  return isAccount(name) || RESERVED.has(name);
}
