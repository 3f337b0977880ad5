import { Caller } from '../access/access-control';
import { Cluster } from '../cluster';
import { Properties } from '../schema/property';
import { RawParameters } from '../schema/validation';
import { Parameters } from './parameters';

/**
 * One method of one path of the API: what it takes, who may call it, what it does. The tables of endpoints are the list of what is simulated.
 *
 * @internal
 */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/nodes/{node}/qemu/{vmid}/config`. */
  readonly path: string;
  readonly description: string;
  /** All parameters, those in the path included. */
  readonly parameters: Properties;
  /** Who may call it, checked before the parameters. Without it only root@pam itself. What depends on values is checked by `handle`. */
  readonly permission?: Permission;
  /** Whether an API token may call it. @default true */
  readonly token?: boolean;
  /** Whether it is answered by whoever is asked, for nodes that there are not, too. @default false */
  readonly local?: boolean;
  /** The release line since which it exists. @default - both */
  readonly since?: '9.1';
  /** The release line after which it is gone. @default - both */
  readonly until?: '8.4';
  handle(call: Call): unknown;
}

/** Who may call an endpoint. @internal */
export type Permission = 'world' | 'all' | PermissionCheck | OwnCheck;

/** A check that looks at the values of parameters, which may still be wrong. @throws ApiError @internal */
export type OwnCheck = (cluster: Cluster, caller: Caller, values: RawParameters) => void;

/** A check of privileges on a path with parameters in braces, or of several. @internal */
export type PermissionCheck =
  | { readonly path: string; readonly privileges: readonly string[]; readonly any?: boolean; readonly requireParameter?: string }
  | { readonly and: readonly PermissionCheck[] }
  | { readonly or: readonly PermissionCheck[] };

/** A request that has passed all checks of its endpoint. @internal */
export interface Call {
  readonly cluster: Cluster;
  readonly caller: Caller;
  readonly parameters: Parameters;
  /** The node in the path, or the first one. */
  readonly node: string;
  /** A file that came along, already in the engine's hands; only of uploads. */
  readonly upload?: Upload;
  /** More members of the answer beside `data`. */
  readonly extra: { total?: number };
  /** Starts a task in the name of the caller; the answer is its UPID. */
  task(type: string, id: string, work: TaskWork, options?: TaskOptions): string;
}

/** How a task runs. @internal */
export interface TaskOptions {
  /**
   * Whether the work begins at once, takes its time by `pass`, and puts things in order when it is told to stop. Without it the time passes
   * before the work, and a task that is told to stop ends at once.
   */
  readonly cleansUp?: boolean;
  /** Takes back what the request has done already, when the task fails before its work. */
  readonly undo?: () => void;
}

/** What a task does: writes its log; what it throws is how it ends. @internal */
export type TaskWork = (task: TaskLog) => Promise<void> | void;

/** Where a running task writes. @internal */
export interface TaskLog {
  /** Rejects as soon as the task is told to stop; for what waits. */
  readonly stopped: Promise<never>;
  /** Waits as long as the task is to take; only of work that cleans up. Rejects when the task is told to stop. */
  pass(): Promise<void>;
  /** Adds a line to its log. */
  log(line: string): void;
  /** Counted as warnings in how it ends. */
  warn(line: string): void;
}

/** A file of a multipart request, received to the end into a temporary place. @internal */
export interface Upload {
  /** The name the client gave it. */
  readonly filename: string;
  readonly bytes: number;
  /** The name of PVE's temporary file. */
  readonly temporaryName: string;
  /** Gives its content, once. */
  open(): NodeJS.ReadableStream;
  /** Its digest: md5, sha1, sha224, sha256, sha384, sha512. */
  digest(algorithm: string): Promise<string>;
}
