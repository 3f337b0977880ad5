import { IncomingHttpHeaders } from 'node:http';
import { ApiError } from '../api-error';
import { AccessControl, Caller } from './access-control';
import { Tickets } from './tickets';

const open = new Set(['GET /access/domains', 'GET /access/ticket', 'POST /access/ticket']);
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
  const token = value(headers.authorization, 'PVEAPIToken');
  if (token !== undefined) return byToken(access, token, now);
  if (open.has(`${method} ${path}`)) return undefined;
  const ticket = value(headers.cookie, 'PVEAuthCookie') ?? value(headers.authorization, 'PVEAuthCookie');
  if (ticket === undefined) throw ApiError.unauthorized('No ticket');
  const user = tickets.verify(ticket);
  if (user === undefined || !access.users.get(user)?.enabled) throw ApiError.unauthorized('Authentication failed!');
  const storage = method === 'POST' ? upload.exec(path)?.[1] : undefined;
  if (storage !== undefined) {
    access.check(user, `/storage/${storage}`, ['Datastore.AllocateTemplate']);
  } else if (method !== 'GET' && !tickets.verifyPreventionToken(user, [headers.csrfpreventiontoken].flat()[0])) {
    throw ApiError.unauthorized('Permission denied - invalid csrf token');
  }
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
