import * as http from 'node:http';
import * as https from 'node:https';

/** A request to some server in the web. @internal */
export interface WebRequest {
  readonly method: 'GET' | 'HEAD';
  readonly url: string;
  readonly agent: string;
  readonly verifyCertificates: boolean;
  readonly signal?: AbortSignal;
  /** Told of the address a connection went to. */
  readonly onConnect?: () => void;
}

/** Why there was no answer, in the words of the C library. @internal */
export class WebError extends Error {
  public constructor(text: string, public readonly kind: 'connect' | 'resolve' | 'certificate' | 'other') {
    super(text);
  }
}

const reasons: { readonly [code: string]: [string, WebError['kind']] } = {
  ECONNREFUSED: ['Connection refused', 'connect'],
  EHOSTUNREACH: ['No route to host', 'connect'],
  ENETUNREACH: ['Network is unreachable', 'connect'],
  ETIMEDOUT: ['Connection timed out', 'connect'],
  ECONNRESET: ['Connection reset by peer', 'other'],
  ENOTFOUND: ['Name or service not known', 'resolve'],
  EAI_AGAIN: ['Temporary failure in name resolution', 'resolve'],
};

/** Asks a server, without following where it points to. @throws WebError @internal */
export function ask({ method, url, agent, verifyCertificates, signal, onConnect }: WebRequest): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { request } = url.startsWith('https:') ? https : http;
    const headers = { 'User-Agent': agent, 'Accept': '*/*', 'Accept-Encoding': 'identity' };
    const sent = request(url, { method, headers, signal, rejectUnauthorized: verifyCertificates, agent: false }, resolve);
    sent.on('socket', (socket) => void socket.once(url.startsWith('https:') ? 'secureConnect' : 'connect', () => onConnect?.()));
    sent.on('error', (error: NodeJS.ErrnoException) => reject(explain(error)));
    sent.end();
  });
}

/** The host and port of an address, the port also where it is the usual one. @internal */
export function hostAndPort(url: string): { readonly host: string; readonly port: string } {
  const { hostname, port, protocol } = new URL(url);
  return { host: hostname, port: port !== '' ? port : protocol === 'https:' ? '443' : '80' };
}

function explain(error: NodeJS.ErrnoException): WebError {
  const causes = error instanceof AggregateError ? error.errors as NodeJS.ErrnoException[] : [error];
  const code = causes[0]?.code ?? '';
  const [text, kind] = reasons[code] ?? [];
  if (text !== undefined) return new WebError(text, kind!);
  const isCertificate = /CERT|SELF_SIGNED|ISSUER|ALTNAME|UNABLE_TO_VERIFY/.test(code);
  return new WebError(isCertificate ? certificateProblem(code) : error.message, isCertificate ? 'certificate' : 'other');
}

function certificateProblem(code: string): string {
  if (code.includes('SELF_SIGNED')) return 'Self-signed certificate encountered.';
  if (code.includes('EXPIRED')) return 'Issued certificate has expired.';
  return code.includes('ALTNAME') ? 'no alternative certificate subject name matches' : 'Unable to locally verify the issuer\'s authority.';
}
