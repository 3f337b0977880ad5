import { ApiError } from '../api-error';
import { Cluster } from '../cluster';

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

/** Refuses who may not reach a user. @throws ApiError 403 @internal */
export function checkUser(cluster: Cluster, caller: string, userid: string, privileges: readonly string[]): void {
  if (!mayReachUser(cluster, caller, userid, privileges)) throw ApiError.permission();
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
  access.check(caller, `/access/realm/${userid.split('@').pop()}`, ['Realm.AllocateUser']);
}
