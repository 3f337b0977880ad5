// What the credentials must be allowed to, asked before a build: Packer finds out half-way, and leaves a machine behind.
//
// These lists were found by trying: with one of them missing, a build fails.
// https://pve.proxmox.com/pve-docs/chapter-pveum.html#pveum_permission_management
import { say } from './log.mjs';

const OF_A_BUILD = [
  'VM.Allocate', 'VM.Audit', 'VM.Config.CDROM', 'VM.Config.CPU', 'VM.Config.Cloudinit', 'VM.Config.HWType', 'VM.Config.Memory',
  'VM.Config.Network', 'VM.Config.Options', 'VM.PowerMgmt',
];

/** To ask the guest agent for the address: the first on Proxmox VE 8, the others on 9, where the first is gone. */
const OF_THE_AGENT = ['VM.Monitor', 'VM.GuestAgent.Audit', 'VM.GuestAgent.Unrestricted'];

/** To upload an ISO, and to delete it. */
const OF_THE_ISO = ['Datastore.Allocate', 'Datastore.AllocateSpace', 'Datastore.AllocateTemplate'];

/** Privileges by path; alternatives are a list. A machine in a pool has those of the pool as well. */
function needed(config) {
  const { vmId, node, baseVmId, pool, privileges, usesAgent, diskStorages, isoStorage, downloadStorage, readStorages, isCloned = false } = config;
  return [
    ...(baseVmId === null ? [] : ['VM.Audit', 'VM.Clone'].map((one) => [`/vms/${baseVmId}`, [one]])),
    ...[...OF_A_BUILD, ...privileges].map((one) => [`/vms/${vmId}`, [one], pool]),
    ...(isCloned ? [[`/vms/${vmId}`, ['VM.Clone'], pool]] : []),
    ...(usesAgent ? [[`/vms/${vmId}`, OF_THE_AGENT, pool]] : []),
    ...diskStorages.map((storage) => [`/storage/${storage}`, ['Datastore.AllocateSpace']]),
    ...(isoStorage === null ? [] : OF_THE_ISO.map((one) => [`/storage/${isoStorage}`, [one]])),
    // Sys.Modify counts only together with Sys.Audit and for the whole cluster; who has it has both as a rule.
    ...(downloadStorage === null ? [] : [[`/storage/${downloadStorage}`, ['Datastore.AllocateTemplate']], [`/nodes/${node}`, ['Sys.AccessNetwork', 'Sys.Modify']]]),
    ...readStorages.map((storage) => [`/storage/${storage}`, ['Datastore.Audit', 'Datastore.AllocateSpace']]),
  ];
}

/** What holds on a path: what is said of it, else what the nearest path above hands down. */
function effective(permissions, path) {
  if (path in permissions) return Object.keys(permissions[path]);
  let above = path;
  do above = above.slice(0, above.lastIndexOf('/')) || '/'; while (above !== '/' && !(above in permissions));
  return Object.entries(permissions[above] ?? {}).filter(([, handedDown]) => handedDown).map(([privilege]) => privilege);
}

/** Fails where something is missing without which no build succeeds; warns of what may be given in another way. */
export async function checkPrivileges(pve, config) {
  const permissions = await pve.call('GET', '/access/permissions');
  const has = (path, privileges) => privileges.some((privilege) => effective(permissions, path).includes(privilege));
  const missing = needed(config)
    .filter(([path, privileges, pool]) => !has(path, privileges) && !(pool && has(`/pool/${pool}`, privileges)));
  for (const bridge of config.bridges) {
    // A virtual network has its zone in the path, which is not known here.
    if (has(`/sdn/zones/localnetwork/${bridge}`, ['SDN.Use'])) continue;
    say(`Warning: the credentials have no SDN.Use on /sdn/zones/localnetwork/${bridge}. Unless ${bridge} is a virtual network of another ` +
      'zone, the build will not be allowed to connect its machine.');
  }
  if (missing.length === 0) return;
  const paths = [...new Set(missing.map(([path]) => path))].sort();
  const of = (path) => [...new Set(missing.filter(([other]) => other === path).map(([, names]) => names.join(' or ')))].join(', ');
  const lines = paths.map((path) => `  on ${path}: ${of(path)}`);
  throw new Error(`The credentials lack what this build needs, so it is not begun:\n${lines.join('\n')}\n` +
    'Grant it to the user, and to the API token too where its privileges are separated (Datacenter, Permissions).');
}
