import { ApiError } from '../api-error';
import { PveVersion } from '../version';
import { Endpoint } from './endpoint';

interface Branch {
  readonly children: Map<string, Branch>;
  parameter?: { readonly name: string; readonly branch: Branch; readonly isRest: boolean };
  readonly endpoints: Map<string, Endpoint>;
}

/**
 * Finds the endpoint of a request. `{name}` stands for one part of a path, `{name+}` for all that follows.
 *
 * @internal
 */
export class Router {
  private readonly root = branch();

  public constructor(endpoints: readonly Endpoint[], { line }: PveVersion) {
    for (const endpoint of endpoints) {
      if ((endpoint.since ?? line) > line || (endpoint.until ?? line) < line) continue;
      let at = this.root;
      for (const part of endpoint.path.split('/').filter((text) => text !== '')) at = descend(at, part);
      if (at.endpoints.has(endpoint.method)) throw new Error(`two endpoints ${endpoint.method} ${endpoint.path}`);
      at.endpoints.set(endpoint.method, endpoint);
    }
  }

  /**
   * @param escaped the path below `/api2/json`, with or without escapes
   * @throws ApiError 501 if there is none
   */
  public find(method: string, escaped: string): { readonly endpoint: Endpoint; readonly parameters: { readonly [name: string]: string } } {
    const parameters: { [name: string]: string } = {};
    let at: Branch | undefined = this.root;
    const path = unescapePath(escaped) || '/';
    const unknown = () => new ApiError(501, `Method '${method} ${path}' not implemented`);
    const parts = path.split('/').filter((text) => text !== '');
    for (const [i, part] of parts.entries()) {
      const child: Branch | undefined = at.children.get(part);
      // A real server finds no parameter with white space in it.
      if (child === undefined && /\s/.test(at.parameter?.isRest ? parts.slice(i).join('/') : part)) throw unknown();
      if (child === undefined && at.parameter?.isRest) {
        parameters[at.parameter.name] = parts.slice(i).join('/');
        at = at.parameter.branch;
        break;
      }
      if (child === undefined && at.parameter !== undefined) parameters[at.parameter.name] = part;
      at = child ?? at.parameter?.branch;
      if (at === undefined) break;
    }
    const endpoint = at?.endpoints.get(method);
    if (endpoint === undefined) throw unknown();
    return { endpoint, parameters };
  }
}

/** A path as it was meant: what is no escape stays as it is. @internal */
export function unescapePath(path: string): string {
  if (!path.includes('%')) return path;
  return Buffer.from(path.replace(/%([0-9a-fA-F]{2})|[^\0-\x7f]+/g, (text, hex?: string) => hex === undefined
    ? Buffer.from(text).toString('latin1') : String.fromCharCode(parseInt(hex, 16))), 'latin1').toString('utf8');
}

function branch(): Branch {
  return { children: new Map(), endpoints: new Map() };
}

function descend(at: Branch, part: string): Branch {
  const [, parameter, rest] = /^\{(.+?)(\+?)\}$/.exec(part) ?? [];
  if (parameter !== undefined) {
    at.parameter ??= { name: parameter, branch: branch(), isRest: rest !== '' };
    if (at.parameter.name !== parameter) throw new Error(`{${parameter}} is {${at.parameter.name}} elsewhere`);
    return at.parameter.branch;
  }
  const child = at.children.get(part) ?? branch();
  at.children.set(part, child);
  return child;
}
