import { ApiError } from '../api-error';
import { PveVersion } from '../version';
import { builtInRoles } from './roles';

/** Who makes a request. @internal */
export interface Caller {
  /** As PVE names it everywhere: `root@pam`, or `root@pam!test` for a token. */
  readonly id: string;
  /** `root@pam`. */
  readonly user: string;
  /** `test`. */
  readonly tokenId?: string;
}

/** Whom a permission is given to. @internal */
export interface AclEntry {
  readonly path: string;
  /** A user, a group (`@name`) or a token. */
  readonly subject: string;
  readonly role: string;
  readonly propagate: boolean;
}

/** A user of the simulated server. @internal */
export interface User {
  readonly id: string;
  password?: string;
  enabled: boolean;
  /** Seconds since 1970 after which it may not do anything; 0 for never. */
  expire?: number;
  firstname?: string;
  lastname?: string;
  email?: string;
  keys?: string;
  comment?: string;
  readonly groups: Set<string>;
  readonly tokens: Map<string, Token>;
}

/** A user's API token. @internal */
export interface Token {
  readonly id: string;
  secret: string;
  /** Whether it has only what is granted to itself as well. */
  privilegeSeparation: boolean;
  comment?: string;
  expire: number;
}

/** Where pools make their members' paths accessible. @internal */
export interface PoolMembership {
  poolsOf(path: string): readonly string[];
}

/**
 * Users, tokens, roles and who may do what where.
 *
 * @see https://pve.proxmox.com/pve-docs/chapter-pveum.html
 * @internal
 */
export class AccessControl {
  public readonly users = new Map<string, User>();
  public readonly groups = new Map<string, { comment?: string }>();
  public readonly roles: Map<string, ReadonlySet<string>>;
  public readonly acl: AclEntry[] = [];

  private readonly everything: ReadonlyMap<string, boolean>;

  public constructor(version: PveVersion, private readonly pools: PoolMembership) {
    this.roles = new Map(Object.entries(builtInRoles(version)).map(([name, privileges]) => [name, new Set(privileges)]));
    this.everything = new Map([...this.privileges].map((privilege) => [privilege, true]));
    this.users.set('root@pam', { id: 'root@pam', enabled: true, groups: new Set(), tokens: new Map() });
  }

  /** All privileges there are. */
  public get privileges(): ReadonlySet<string> {
    return this.roles.get('Administrator')!;
  }

  /** What a caller may do on a path: privilege → whether it goes on to what is below. */
  public permissions(caller: string, path: string): ReadonlyMap<string, boolean> {
    if (caller === 'root@pam') return this.everything;
    const [user, token] = split(caller);
    if (token === undefined) return this.ofRoles(this.rolesOf(user, path));
    const known = this.users.get(user)?.tokens.get(token);
    const own = user === 'root@pam' ? this.permissions(user, path) : this.ofRoles(this.rolesOf(user, path));
    if (!known?.privilegeSeparation) return own;
    return new Map([...this.ofRoles(this.rolesOf(caller, path))].filter(([privilege]) => own.has(privilege)));
  }

  /** Whether a caller has all privileges, or one of them, on a path. */
  public allows(caller: string, path: string, privileges: readonly string[], any = false): boolean {
    const held = this.permissions(caller, path);
    return any ? privileges.some((privilege) => held.has(privilege)) : privileges.every((privilege) => held.has(privilege));
  }

  /** Refuses with 403 unless a caller has all privileges, or one of them. PVE names the first that is missing. */
  public check(caller: string, path: string, privileges: readonly string[], any = false): void {
    if (this.allows(caller, path, privileges, any)) return;
    const held = this.permissions(caller, path);
    throw ApiError.permission(`${path}, ${any ? privileges.join('|') : privileges.find((privilege) => !held.has(privilege))}`);
  }

  private ofRoles(roles: ReadonlyMap<string, boolean>): ReadonlyMap<string, boolean> {
    const held = new Map<string, boolean>();
    for (const [role, propagate] of roles) {
      for (const privilege of this.roles.get(role) ?? []) held.set(privilege, propagate || (held.get(privilege) ?? false));
    }
    return held;
  }

  /** The roles of a user or token on a path: those of the deepest entry on the way, and those of the pools it is in. */
  private rolesOf(subject: string, path: string): ReadonlyMap<string, boolean> {
    const roles = new Map(this.rolesOnPath(subject, path));
    for (const pool of this.pools.poolsOf(path)) {
      for (const [role, propagate] of this.rolesOnPath(subject, `/pool/${pool}`)) {
        if (!roles.has(role) && !roles.has('NoAccess') && role !== 'NoAccess') roles.set(role, propagate);
      }
    }
    return roles.has('NoAccess') ? new Map([['NoAccess', true]]) : roles;
  }

  private rolesOnPath(subject: string, path: string): ReadonlyMap<string, boolean> {
    const groups = this.users.get(subject)?.groups ?? new Set<string>();
    let roles = new Map<string, boolean>();
    for (const step of ancestors(path)) {
      const here = this.acl.filter((entry) => entry.path === step && (step === path || entry.propagate));
      const own = here.filter((entry) => entry.subject === subject);
      const found = own.length > 0 ? own : here.filter((entry) => entry.subject.startsWith('@') && groups.has(entry.subject.slice(1)));
      if (found.length > 0) roles = new Map(found.map(({ role, propagate }) => [role, propagate]));
    }
    return roles;
  }
}

function split(caller: string): [string, string | undefined] {
  const at = caller.indexOf('!');
  return at < 0 ? [caller, undefined] : [caller.slice(0, at), caller.slice(at + 1)];
}

/** `/vms/100` → `/`, `/vms`, `/vms/100`. */
function ancestors(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '');
  return ['/', ...parts.map((_, i) => `/${parts.slice(0, i + 1).join('/')}`)];
}
