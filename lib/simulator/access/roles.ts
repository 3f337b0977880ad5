import { PveVersion } from '../version';

interface PrivilegeGroup {
  readonly root: readonly string[];
  readonly admin: readonly string[];
  readonly user: readonly string[];
  readonly audit: readonly string[];
}

/** Privileges by what they are about, from what only root's role has down to looking. */
function groups({ line }: PveVersion): { readonly [name: string]: PrivilegeGroup } {
  const since9 = (...privileges: string[]) => line === '9.1' ? privileges : [];
  return {
    VM: {
      root: since9('VM.GuestAgent.Unrestricted'),
      admin: [
        'VM.Config.Disk', 'VM.Config.CPU', 'VM.Config.Memory', 'VM.Config.Network', 'VM.Config.HWType', 'VM.Config.Options', 'VM.Allocate', 'VM.Clone',
        'VM.Migrate', 'VM.Snapshot', 'VM.Snapshot.Rollback', ...line === '8.4' ? ['VM.Monitor'] : ['VM.Replicate'],
      ],
      user: [
        'VM.Config.CDROM', 'VM.Config.Cloudinit', 'VM.Console', 'VM.Backup', 'VM.PowerMgmt',
        ...since9('VM.GuestAgent.FileRead', 'VM.GuestAgent.FileSystemMgmt', 'VM.GuestAgent.FileWrite'),
      ],
      audit: ['VM.Audit', ...since9('VM.GuestAgent.Audit')],
    },
    Sys: {
      root: ['Sys.PowerMgmt', 'Sys.Modify', 'Sys.Incoming', 'Sys.AccessNetwork'],
      admin: ['Sys.Console', 'Sys.Syslog'],
      user: [],
      audit: ['Sys.Audit'],
    },
    Datastore: { root: [], admin: ['Datastore.Allocate', 'Datastore.AllocateTemplate'], user: ['Datastore.AllocateSpace'], audit: ['Datastore.Audit'] },
    SDN: { root: [], admin: ['SDN.Allocate'], user: ['SDN.Use'], audit: ['SDN.Audit'] },
    User: { root: ['Realm.Allocate'], admin: ['User.Modify', 'Group.Allocate', 'Realm.AllocateUser'], user: [], audit: [] },
    Pool: { root: [], admin: ['Pool.Allocate'], user: ['Pool.Audit'], audit: ['Pool.Audit'] },
    Mapping: { root: [], admin: ['Mapping.Modify'], user: ['Mapping.Use'], audit: ['Mapping.Audit'] },
  };
}

/**
 * The roles every server has, with their privileges.
 *
 * @see https://pve.proxmox.com/pve-docs/chapter-pveum.html#pveum_roles
 * @internal
 */
export function builtInRoles(version: PveVersion): { readonly [role: string]: readonly string[] } {
  const kinds = Object.entries(groups(version));
  const everything = kinds.flatMap(([, { root, admin, user, audit }]) => [...root, ...admin, ...user, ...audit]);
  return {
    NoAccess: [],
    Administrator: [...everything, 'Permissions.Modify'],
    PVEAdmin: kinds.flatMap(([, { admin, user, audit }]) => [...admin, ...user, ...audit]).filter((privilege) => privilege !== 'Mapping.Modify'),
    PVEAuditor: kinds.flatMap(([, { audit }]) => audit),
    PVETemplateUser: ['VM.Clone', 'VM.Audit'],
    ...Object.fromEntries(kinds.map(([name, { admin, user, audit }]) => [`PVE${name}Admin`, [...admin, ...user, ...audit]])),
    ...Object.fromEntries(kinds.filter(([, { user }]) => user.length > 0).map(([name, { user, audit }]) => [`PVE${name}User`, [...user, ...audit]])),
  };
}
