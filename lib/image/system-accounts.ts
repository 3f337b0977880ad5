/** Accounts and groups of the smallest installation of any system. */
const PRESENT = [
  'adm', 'audio', 'bin', 'cdrom', 'daemon', 'dialout', 'disk', 'floppy', 'games', 'input', 'kmem', 'kvm', 'lp', 'mail', 'man', 'nobody', 'operator',
  'render', 'sshd', 'sync', 'sys', 'tape', 'tty', 'users', 'utmp', 'video',
];

/** Those of one family beside them. */
const OF_DEBIAN = ['backup', 'irc', 'list', 'messagebus', 'news', 'nogroup', 'plugdev', 'proxy', 'shadow', 'sudo', 'uucp', 'www-data'];
const OF_RED_HAT = ['ftp', 'halt', 'lock', 'mem', 'shutdown', 'wheel'];

/**
 * What the installers of Debian and Ubuntu make no user of beside them, and what a small installation may have.
 * @see https://salsa.debian.org/installer-team/user-setup/-/blob/master/reserved-usernames
 * @see https://github.com/canonical/subiquity/blob/main/reserved-usernames
 */
const RESERVED = new Set([
  'abuild', 'admin', 'alias', 'alpm', 'asterisk', 'at', 'avahi', 'bind', 'ceph', 'chrony', 'clevis', 'console', 'cron', 'crontab', 'cupsys', 'cyrus',
  'dbus', 'dcc', 'dhcp', 'dhcpcd', 'dictd', 'dip', 'dnsmasq', 'dovecot', 'fax', 'fetchmail', 'firebird', 'ftn', 'fuse', 'fwupd-refresh', 'gdm', 'gnats',
  'grsec-proc', 'grsec-sock-all', 'grsec-sock-clt', 'grsec-sock-srv', 'grsec-tpe', 'guest', 'haclient', 'hacluster', 'haldaemon', 'hplilp', 'http',
  'identd', 'jwhois', 'keys', 'klog', 'klogd', 'landscape', 'libvirt-qemu', 'log', 'lpadmin', 'lxd', 'maas', 'mysql', 'mythtv', 'netdev', 'netplan',
  'network', 'nscd', 'ntp', 'opensrf', 'optical', 'ping', 'polkitd', 'polkituser', 'pollinate', 'postmaster', 'power', 'powerdev', 'proc', 'public',
  'qmail', 'qmaild', 'qmaill', 'qmailp', 'qmailq', 'qmailr', 'qmails', 'radvd', 'readproc', 'rfkill', 'rpc', 'rpcuser', 'saned', 'sasl', 'sbuild',
  'scanner', 'setroubleshoot', 'sgx', 'slocate', 'slurm', 'smmsp', 'squid', 'src', 'ssh', 'ssh_keys', 'ssl-cert', 'sslwrap', 'sssd', 'staff', 'statd',
  'storage', 'syslog', 'tac-plus', 'tcpdump', 'telnetd', 'tftpd', 'trusted', 'tss', 'unbound', 'usbmux', 'utempter', 'uuidd', 'vchkpw', 'voice', 'vpopmail',
  'wwwrun', 'xfs',
]);

const NUMBERED = /^(systemd-|nixbld\d*$)/;

/** Whether a system has an account or a group of this name from the beginning. */
export function isAccount(name: string, osName: string): boolean {
  const ofFamily = /^(debian|ubuntu)-/.test(osName) ? OF_DEBIAN : /^(almalinux|fedora|rocky)-/.test(osName) ? OF_RED_HAT : [];
  return PRESENT.includes(name) || ofFamily.includes(name) || NUMBERED.test(name);
}

/** Whether a Linux may have one, or an installer makes no user of the name. */
export function isReservedAccount(name: string): boolean {
  return [...PRESENT, ...OF_DEBIAN, ...OF_RED_HAT].includes(name) || NUMBERED.test(name) || RESERVED.has(name);
}
