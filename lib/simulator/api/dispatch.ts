import { Caller } from '../access/access-control';
import { ApiError } from '../api-error';
import { Cluster } from '../cluster';
import { RawParameters, checkParameters, inWordsOf } from '../schema/validation';
import { Call, Permission, PermissionCheck, Upload } from './endpoint';
import { Parameters } from './parameters';
import { Router } from './router';

/** A request as the server has understood it. @internal */
export interface ApiRequest {
  readonly method: string;
  /** Below `/api2/json`, with or without escapes. */
  readonly path: string;
  readonly parameters: RawParameters;
  /** Undefined only where nobody needs to be known. */
  readonly caller?: Caller;
  readonly upload?: Upload;
}

/** What is answered. @internal */
export interface ApiResult {
  readonly data: unknown;
  readonly total?: number;
}

/**
 * Does what a request asks for, after all checks in the order of a real server: is there such a method, may it be called, is the node
 * there, are the parameters right.
 *
 * @throws ApiError
 * @internal
 */
export async function dispatch(cluster: Cluster, router: Router, request: ApiRequest): Promise<ApiResult> {
  const { endpoint, parameters: decoded } = router.find(request.method, request.path);
  for (const [name, value] of Object.entries(request.parameters)) {
    if (decoded[name] !== undefined && decoded[name] !== value) {
      throw ApiError.parameters({ [name]: 'duplicate parameter (already defined in URI) with conflicting values!' });
    }
  }
  const values: RawParameters = { ...request.parameters, ...decoded };
  const caller = request.caller;
  if (caller?.tokenId !== undefined && endpoint.token === false) {
    throw ApiError.permission(`URI '${request.path}' not available with API token, need proper ticket.\n`);
  }
  permit(cluster, endpoint.permission, caller, values);
  const node = decoded.node ?? cluster.nodes.keys().next().value as string;
  if (decoded.node !== undefined && decoded.node !== 'localhost' && !endpoint.local) cluster.node(decoded.node);
  const errors = checkParameters(endpoint.parameters, values);
  if (Object.keys(errors).length > 0) throw ApiError.parameters(inWordsOf(cluster.version.line, errors));
  const known = caller ?? { id: '', user: '' };
  const extra: { total?: number } = {};
  const call: Call = {
    cluster,
    caller: known,
    parameters: new Parameters(values),
    node,
    upload: request.upload,
    extra,
    task: (type, id, work, options) => cluster.tasks.start(node, type, id, known.id, work, options).upid,
  };
  return { data: await endpoint.handle(call) ?? null, ...extra };
}

function permit(cluster: Cluster, permission: Permission | undefined, caller: Caller | undefined, values: RawParameters): void {
  if (caller === undefined) {
    if (permission !== 'world') throw ApiError.permission('user != null');
    return;
  }
  if (caller.id === 'root@pam' || permission === 'all' || permission === 'world') return;
  if (permission === undefined) throw ApiError.permission('user != root@pam');
  if (typeof permission === 'function') return permission(cluster, caller, values);
  const problem = missing(cluster, permission, caller, values);
  if (problem !== undefined) throw problem;
}

/** What a caller lacks for a check, if anything. */
function missing(cluster: Cluster, check: PermissionCheck, caller: Caller, values: RawParameters): ApiError | undefined {
  if ('and' in check) return check.and.map((one) => missing(cluster, one, caller, values)).find((problem) => problem !== undefined);
  if ('or' in check) return check.or.some((one) => missing(cluster, one, caller, values) === undefined) ? undefined : ApiError.permission();
  if (check.requireParameter !== undefined && values[check.requireParameter] === undefined) return ApiError.permission();
  const path = check.path.replace(/\{(\w+)\}/g, (_, name: string) => `${values[name] ?? ''}`).replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
  try {
    cluster.access.check(caller.id, path, check.privileges, check.any);
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}
