import { IncomingHttpHeaders } from 'node:http';
import { ApiError } from '../api-error';
import { AccessControl, Caller } from './access-control';
import { Tickets } from './tickets';

const open = new Set(['GET /access/domains', 'GET /access/ticket', 'POST /access/ticket', 'POST /access/vncticket', 'POST /access/openid/login', 'POST /access/openid/auth-url']);
const upload = /^\/nodes\/[^/]+\/storage\/([^/]+)\/upload$/;

/**
 * Who makes a request, by API token or ticket.
 *
 * @returns undefined where nobody needs to be known
 * @throws ApiError 401
 * @internal
 */
export function authenticate(
  access: AccessControl, tickets: Tickets, now: number, method: string, path: string, headers: IncomingHttpHeaders,
): Caller | undefined {
  // A ticket counts more than a token.
  const ticket = value(headers.cookie, 'PVEAuthCookie') || value(headers.authorization, 'PVEAuthCookie');
  const token = ticket ? undefined : value(headers.authorization, 'PVEAPIToken');
  // Nobody looks who it is, but a token is not welcome everywhere.
  if (open.has(`${method} ${path}`)) return token === undefined ? undefined : { id: '', user: '', tokenId: '' };
  const caller = token === undefined ? byTicket(access, tickets, ticket) : byToken(access, token, now);
  const storage = method === 'POST' ? upload.exec(path)?.[1] : undefined;
  if (storage !== undefined) {
    if (caller.id !== 'root@pam') checkUpload(access, caller.id, storage);
  } else if (token === undefined && method !== 'GET' && !tickets.verifyPreventionToken(caller.id, [headers.csrfpreventiontoken].flat()[0])) {
    throw ApiError.unauthorized('Permission denied - invalid csrf token');
  }
  return caller;
}

/** Whether a request brings a file. @internal */
export function isUpload(method: string, path: string): boolean {
  return method === 'POST' && upload.test(path);
}

/** Who may not upload is told so before the file is looked at, and without a body. */
function checkUpload(access: AccessControl, caller: string, storage: string): void {
  try {
    access.check(caller, `/storage/${storage}`, ['Datastore.AllocateTemplate']);
  } catch (error) {
    throw error instanceof ApiError ? new ApiError(error.status, error.message, undefined, 'none') : error;
  }
}

function byTicket(access: AccessControl, tickets: Tickets, ticket: string | undefined): Caller {
  if (!ticket) throw ApiError.unauthorized('No ticket');
  const user = tickets.verify(ticket);
  if (user === undefined || !access.users.get(user)?.enabled) throw ApiError.unauthorized('Authentication failed!');
  return { id: user, user };
}

function byToken(access: AccessControl, text: string, now: number): Caller {
  const [, user, tokenId, secret] = /^([^!]+)!([^=]+)=(.+)$/.exec(text) ?? [];
  const owner = access.users.get(user ?? '');
  const token = owner?.tokens.get(tokenId ?? '');
  const expired = token !== undefined && token.expire !== 0 && token.expire * 1000 < now;
  if (owner === undefined || token === undefined || !owner.enabled || expired || token.secret !== secret) throw ApiError.unauthorized('Authentication failed!');
  return { id: `${user}!${tokenId}`, user, tokenId };
}

function value(header: string | undefined, key: string): string | undefined {
  const match = new RegExp(`(?:^|\\s)${key}(?:=| )([^;]*)`).exec(header ?? '');
  return match ? decodeURIComponent(match[1]) : undefined;
}
