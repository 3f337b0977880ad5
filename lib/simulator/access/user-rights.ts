import { OwnCheck } from '../api/endpoint';
import { ApiError, failure } from '../api-error';
import { Cluster } from '../cluster';
import { formats } from '../schema/formats';
import { User } from './access-control';

/** The groups on which a caller has one of some privileges. */
function groupsOf({ access }: Cluster, caller: string, privileges: readonly string[]): Set<string> {
  return new Set([...access.groups.keys()].filter((group) => access.allows(caller, `/access/groups/${group}`, privileges, true)));
}

/** Whether a caller has one of some privileges on a group the user is in, or on all groups. @internal */
export function mayReachUser(cluster: Cluster, caller: string, userid: string, privileges: readonly string[]): boolean {
  if (cluster.access.allows(caller, '/access/groups', privileges, true)) return true;
  const reached = groupsOf(cluster, caller, privileges);
  return [...cluster.access.users.get(userid)?.groups ?? []].some((group) => reached.has(group));
}

/** A user by its name. @throws ApiError in PVE's words about a name that none can have, and a user that there is not @internal */
export function findUser({ access }: Cluster, userid: string): User {
  verifyUserName(userid);
  const user = access.users.get(userid);
  if (user === undefined) throw failure(`no such user ('${userid}')`);
  return user;
}

/** Refuses names that no user can have. @throws ApiError @internal */
export function verifyUserName(userid: string): void {
  try {
    formats['pve-userid'](userid);
  } catch (error) {
    throw failure((error as Error).message);
  }
}

/** Refuses who may not reach a user, and users that there are not. @internal */
export function reaches(...privileges: string[]): OwnCheck {
  return (cluster, caller, { userid }) => {
    const { id } = findUser(cluster, `${userid ?? ''}`);
    if (!mayReachUser(cluster, caller.id, id, privileges)) throw ApiError.permission();
  };
}

/** Refuses who neither is the user nor may reach it; of users that there are not nothing more is told. @internal */
export function isOrReaches(...privileges: string[]): OwnCheck {
  return (cluster, caller, { userid }) => {
    const user = cluster.access.users.get(`${userid ?? ''}`);
    if (user === undefined || caller.id !== user.id && !mayReachUser(cluster, caller.id, user.id, privileges)) throw ApiError.permission();
  };
}

/** Refuses who may not put a user into groups, or anywhere without groups. @throws ApiError 403 @internal */
export function checkGroups(cluster: Cluster, caller: string, groups: readonly string[]): void {
  const privileges = ['User.Modify'];
  if (cluster.access.allows(caller, '/access/groups', privileges)) return;
  if (groups.length === 0) throw ApiError.permission('/access/groups, User.Modify');
  const reached = groupsOf(cluster, caller, privileges);
  const refused = groups.find((group) => !reached.has(group));
  if (refused !== undefined) throw ApiError.permission(`/access/groups/${refused}, User.Modify`);
}

/** Refuses who may not make users of a realm. @throws ApiError 403 @internal */
export function checkRealm({ access }: Cluster, caller: string, userid: string): void {
  verifyUserName(userid);
  access.check(caller, `/access/realm/${userid.split('@').pop()}`, ['Realm.AllocateUser']);
}
