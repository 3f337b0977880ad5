/**
 * Accounts and groups that a user who is made for a build cannot have the name of.
 * @see https://salsa.debian.org/installer-team/user-setup/-/blob/master/reserved-usernames
 * @see https://github.com/canonical/subiquity/blob/main/reserved-usernames
 */
const ACCOUNTS = new Set([
  // What the installers of Debian and Ubuntu make no user of.
  'daemon', 'bin', 'sys', 'sync', 'games', 'man', 'lp', 'mail', 'news', 'uucp', 'proxy', 'www-data', 'backup', 'list', 'irc', 'gnats', 'nobody',
  'adm', 'tty', 'disk', 'kmem', 'dialout', 'fax', 'voice', 'cdrom', 'floppy', 'tape', 'sudo', 'audio', 'dip', 'operator', 'src', 'shadow', 'utmp',
  'video', 'sasl', 'plugdev', 'staff', 'users', 'nogroup', 'netplan', 'ftn', 'mysql', 'tac-plus', 'alias', 'qmail', 'qmaild', 'qmails', 'qmailr',
  'qmailq', 'qmaill', 'qmailp', 'asterisk', 'vpopmail', 'vchkpw', 'slurm', 'hacluster', 'haclient', 'grsec-tpe', 'grsec-sock-all', 'grsec-sock-clt',
  'grsec-sock-srv', 'grsec-proc', 'ceph', 'opensrf', 'libvirt-qemu', 'admin', 'bind', 'crontab', 'cupsys', 'dcc', 'dhcp', 'dictd', 'dnsmasq',
  'dovecot', 'fetchmail', 'firebird', 'ftp', 'fuse', 'gdm', 'haldaemon', 'hplilp', 'identd', 'input', 'jwhois', 'klog', 'kvm', 'lpadmin', 'maas',
  'messagebus', 'mythtv', 'netdev', 'powerdev', 'radvd', 'render', 'saned', 'sbuild', 'scanner', 'sgx', 'slocate', 'ssh', 'sshd', 'ssl-cert',
  'sslwrap', 'statd', 'syslog', 'telnetd', 'tftpd',
  // What a small installation of one of the systems has beside them.
  'abuild', 'alpm', 'at', 'avahi', 'chrony', 'clevis', 'console', 'cron', 'cyrus', 'dbus', 'dhcpcd', 'fwupd-refresh', 'guest', 'halt', 'http', 'keys',
  'klogd', 'landscape', 'lock', 'log', 'lxd', 'mem', 'network', 'nscd', 'ntp', 'optical', 'ping', 'polkitd', 'polkituser', 'pollinate', 'postmaster',
  'power', 'proc', 'public', 'readproc', 'rfkill', 'rpc', 'rpcuser', 'setroubleshoot', 'shutdown', 'smmsp', 'squid', 'sssd', 'ssh_keys', 'storage',
  'tcpdump', 'trusted', 'tss', 'unbound', 'usbmux', 'utempter', 'uuidd', 'wheel', 'wwwrun', 'xfs',
]);

/** Whether a Linux may have an account or a group of this name from the beginning. */
export function isSystemAccount(name: string): boolean {
  return ACCOUNTS.has(name) || /^(systemd-|nixbld\d*$)/.test(name);
}
