import { ApiError } from '../api-error';
import { Cluster } from '../cluster';
import { splitList } from '../schema/formats';

/** What a login asks for. @internal */
export interface Login {
  readonly username: string;
  /** A password, or a ticket that is still good. */
  readonly password: string;
  /** Instead of a ticket: whether the user has these privileges there. */
  readonly path?: string;
  readonly privileges?: string;
}

const kinds: { readonly [kind: string]: RegExp } = {
  vms: /^(VM\.|Permissions\.Modify)/,
  access: /^((User|Group)\.|Permissions\.Modify)/,
  storage: /^(Datastore\.|Permissions\.Modify)/,
  nodes: /^(Sys\.|Permissions\.Modify)/,
  sdn: /^(SDN\.|Permissions\.Modify)/,
  dc: /^(Sys\.Audit|Sys\.Modify|SDN\.)/,
  mapping: /^(Mapping\.|Permissions\.Modify)/,
};

/** Logs a user in. @throws ApiError 401, always with the same words @internal */
export function logIn(cluster: Cluster, { username, password, path, privileges }: Login): { readonly [name: string]: unknown } {
  const { access, tickets } = cluster;
  const user = access.users.get(username);
  const expired = user?.expire ? user.expire * 1000 < cluster.now() : false;
  const isTicket = password.startsWith('PVE:') && tickets.verify(password) === username;
  const allowed = path === undefined || privileges === undefined || access.allows(username, path, splitList(privileges));
  if (!user?.enabled || expired || !isTicket && (user.password === undefined || user.password !== password) || !allowed) {
    throw new ApiError(401, 'authentication failure');
  }
  const verified = path !== undefined && privileges !== undefined;
  return {
    username,
    ...verified ? {} : { ticket: tickets.issue(username), CSRFPreventionToken: tickets.preventionToken(username) },
    cap: capabilities(cluster, username),
    ...cluster.nodes.size > 1 && access.allows(username, '/', ['Sys.Audit']) ? { clustername: 'simulated' } : {},
  };
}

/** What the user may do somewhere, by kind, for user interfaces. */
function capabilities({ access }: Cluster, user: string): { readonly [kind: string]: { readonly [privilege: string]: 1 } } {
  const found: { [kind: string]: { [privilege: string]: 1 } } = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, {}]));
  const paths = new Set(['/', '/nodes', '/access/groups', '/vms', '/storage', '/sdn', '/mapping', ...access.acl.map((entry) => entry.path)]);
  for (const path of paths) {
    const top = /^\/(\w+)/.exec(path)?.[1] ?? 'dc';
    for (const privilege of access.permissions(user, path).keys()) {
      const into = top === 'pool' ? ['vms', 'storage'] : [top];
      for (const kind of into) if (kinds[kind]?.test(privilege)) found[kind][privilege] = 1;
    }
  }
  return found;
}

/** What a user or token may do on the paths that matter: privilege → whether it goes on below. @internal */
export function effectivePermissions({ access, pools }: Cluster, id: string): { readonly [path: string]: { readonly [privilege: string]: 0 | 1 } } {
  const members = [...pools.values()].flatMap(({ guests, storages }) => [
    ...[...guests].map((vmid) => `/vms/${vmid}`),
    ...[...storages].map((one) => `/storage/${one}`),
  ]);
  const top = ['/', '/access', '/access/groups', '/nodes', '/pool', '/sdn', '/storage', '/vms'];
  const steps = access.acl.flatMap(({ path }) => path.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/') || '/'));
  const paths = [...new Set([...top, ...steps, ...members])].sort();
  const entries = paths.map((path) => [path, permissionsOn(access.permissions(id, path))] as const);
  return Object.fromEntries(entries.filter(([, held]) => Object.keys(held).length > 0));
}

/** Privileges as the API tells them. @internal */
export function permissionsOn(held: ReadonlyMap<string, boolean>): { readonly [privilege: string]: 0 | 1 } {
  return Object.fromEntries([...held].map(([privilege, propagate]) => [privilege, propagate ? 1 : 0]));
}
