import { choice, optional, text } from '../../schema/property';
import { Endpoint, Permission } from '../endpoint';

const node = text('The node.', { format: 'pve-node' });
const audit: Permission = { path: '/', privileges: ['Sys.Audit'] };
const auditNode: Permission = { path: '/nodes/{node}', privileges: ['Sys.Audit'] };

interface Extra {
  readonly permission?: Permission;
  readonly since?: '9.1';
  readonly until?: '8.4';
  readonly local?: boolean;
}

/** Something that is answered the same at any time. */
function always(path: string, description: string, answer: unknown, extra: Extra = {}): Endpoint {
  return { method: 'GET', path, description, parameters: path.includes('{node}') ? { node } : {}, permission: 'all', ...extra, handle: () => answer };
}

/** The names of what is below a path, under the key that they have there. */
function index(path: string, key: string, names: string, extra: Extra = {}): Endpoint {
  return always(path, 'What is below.', names.split(' ').map((name) => ({ [key]: name })), { local: true, ...extra });
}

/** What is different in the releases, and the same but for some names. */
function indexOfBoth(path: string, key: string, names: string, until8: string, since9: string, extra: Extra = {}): Endpoint[] {
  const all = (more: string) => more === '' ? names : `${names} ${more}`;
  return [index(path, key, all(until8), { ...extra, until: '8.4' }), index(path, key, all(since9), { ...extra, since: '9.1' })];
}

const ofNode = 'aplinfo apt capabilities ceph certificates config disks dns firewall hardware hosts journal lxc migrateall netstat network qemu query-url-metadata'
  + ' replication report rrd rrddata scan services spiceshell startall status stopall storage subscription suspendall syslog tasks termproxy time version vncshell'
  + ' vzdump wakeonlan sdn';
const ofCluster = 'acme backup backup-info ceph config firewall ha jobs log mapping metrics notifications nextid options replication resources status tasks sdn';
/** The digest of nothing. */
const digest = 'da39a3ee5e6b4b0d3255bfef95601890afd80709';
const timeframe = ['hour', 'day', 'week', 'month', 'year'];

function figures(when: 'since' | 'until', line: string, ...spans: string[]): Endpoint {
  return {
    ...always('/nodes/{node}/rrddata', 'The figures of a node over time; none are kept.', [], { permission: auditNode, [when]: line }),
    parameters: { node, timeframe: choice('Over which time.', ...spans), cf: optional(choice('How figures are put together.', 'AVERAGE', 'MAX')) },
  };
}

/** Which paths there are, and what a server that nobody has set up says of what is not simulated further: nothing. @internal */
export const indexEndpoints: readonly Endpoint[] = [
  index('/', 'subdir', 'version cluster nodes storage access pools'),
  index('/access', 'subdir', 'users groups roles acl domains openid tfa ticket password'),
  index('/access/openid', 'subdir', 'auth-url login'),
  ...indexOfBoth('/cluster', 'name', ofCluster, '', 'bulk-action qemu'),
  index('/cluster/acme', 'name', 'account tos meta directories plugins challenge-schema'),
  always('/cluster/acme/account', 'Accounts for certificates.', []),
  always('/cluster/backup', 'Jobs that make backups.', [], { permission: audit }),
  index('/cluster/backup-info', 'subdir', 'not-backed-up'),
  index('/cluster/ceph', 'name', 'metadata status flags'),
  index('/cluster/config', 'name', 'nodes totem join qdevice apiversion', { permission: audit }),
  always('/cluster/config/apiversion', 'The version of the way to join.', 1, { permission: audit }),
  always('/cluster/config/nodes', 'The nodes as they are configured; a server alone has no such configuration.', [], { permission: audit }),
  always('/cluster/config/qdevice', 'A vote from outside; there is none.', {}, { permission: audit }),
  always('/cluster/config/totem', 'How the nodes talk; a server alone has no such configuration.', null, { permission: audit }),
  index('/cluster/firewall', 'name', 'aliases rules options groups ipset macros refs'),
  always('/cluster/firewall/aliases', 'Names of networks.', [], { permission: audit }),
  always('/cluster/firewall/groups', 'Groups of rules.', []),
  always('/cluster/firewall/ipset', 'Sets of addresses.', [], { permission: audit }),
  always('/cluster/firewall/options', 'Options of the firewall; none is set.', { digest }, { permission: audit }),
  always('/cluster/firewall/rules', 'Rules of the firewall.', [], { permission: audit }),
  ...indexOfBoth('/cluster/ha', 'id', 'status resources groups', '', 'rules', { permission: audit }),
  index('/cluster/ha/status', 'name', 'current manager_status'),
  index('/cluster/jobs', 'subdir', 'schedule-analyze realm-sync'),
  always('/cluster/jobs/realm-sync', 'Jobs that copy users from elsewhere.', [], { permission: audit }),
  index('/cluster/metrics', 'name', 'server'),
  always('/cluster/metrics/server', 'Where figures are sent to.', [], { permission: audit }),
  index('/cluster/notifications', 'name', 'endpoints matchers targets matcher-fields matcher-field-values'),
  index('/cluster/notifications/endpoints', 'name', 'gotify sendmail smtp webhook'),
  always('/cluster/replication', 'Jobs that copy disks to other nodes.', []),
  ...indexOfBoth('/cluster/sdn', 'id', 'vnets zones controllers ipams dns', '', 'fabrics', { permission: { path: '/sdn', privileges: ['SDN.Audit'] } }),
  always('/cluster/sdn/controllers', 'Controllers of the software-defined network.', []),
  always('/cluster/sdn/dns', 'Name servers of the software-defined network.', []),
  always('/cluster/sdn/vnets', 'Networks of the software-defined network.', []),
  ...indexOfBoth('/nodes/{node}', 'name', ofNode, '', 'query-oci-repo-tags'),
  index('/nodes/{node}/apt', 'id', 'changelog repositories update versions'),
  index('/nodes/{node}/capabilities', 'name', 'qemu'),
  ...indexOfBoth('/nodes/{node}/capabilities/qemu', 'name', 'cpu machines', '', 'cpu-flags migration'),
  index('/nodes/{node}/certificates', 'name', 'acme custom info'),
  index('/nodes/{node}/certificates/acme', 'name', 'certificate'),
  always('/nodes/{node}/config', 'Options of the node; none is set.', { digest }, { permission: audit }),
  index('/nodes/{node}/disks', 'name', 'list initgpt smart lvm lvmthin directory wipedisk zfs', { local: false }),
  index('/nodes/{node}/firewall', 'name', 'rules options log'),
  always('/nodes/{node}/firewall/options', 'Options of the firewall; none is set.', { digest }, { permission: auditNode }),
  always('/nodes/{node}/firewall/rules', 'Rules of the firewall.', [], { permission: auditNode }),
  index('/nodes/{node}/hardware', 'type', 'pci usb'),
  always('/nodes/{node}/hardware/usb', 'The USB devices of a node; there are none.', [], { permission: { path: '/', privileges: ['Sys.Modify'] } }),
  always('/nodes/{node}/replication', 'How the copies of disks to other nodes are.', []),
  ...indexOfBoth('/nodes/{node}/scan', 'method', 'cifs iscsi lvm nfs pbs zfs', 'glusterfs', ''),
  index('/nodes/{node}/sdn', 'name', 'zones'),
  figures('until', '8.4', ...timeframe),
  figures('since', '9.1', ...timeframe, 'decade'),
];
