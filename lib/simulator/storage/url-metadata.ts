import { IncomingMessage } from 'node:http';
import { failure } from '../api-error';
import { WebError, ask, hostAndPort } from './web';

/** What a server says of a file before it is fetched. @internal */
export interface UrlMetadata {
  readonly filename?: string;
  readonly size?: number;
  readonly mimetype?: string;
}

/** Asks a server about a file. @throws ApiError when it does not answer with 200 @internal */
export async function urlMetadata(url: string, verifyCertificates: boolean): Promise<UrlMetadata> {
  const { headers } = await head(url, verifyCertificates, 7);
  const disposition = headers['content-disposition'] ?? '';
  const filename = (/filename="([^"]*)"/.exec(disposition) ?? /filename=([^;]*)/.exec(disposition) ?? /^[^?]+\/([^?/]*)(?:\?.*)?$/.exec(url))?.[1];
  const size = Number(headers['content-length'] ?? 0);
  const mimetype = headers['content-type']?.replace(/;.*/s, '');
  return { ...filename ? { filename } : {}, ...size > 0 ? { size } : {}, ...mimetype ? { mimetype } : {} };
}

async function head(url: string, verifyCertificates: boolean, hops: number): Promise<IncomingMessage> {
  const refuse = (line: string) => failure(`invalid server response: '${line}'`);
  let response: IncomingMessage;
  try {
    response = await ask({ method: 'HEAD', url, agent: 'Proxmox VE', verifyCertificates });
  } catch (error) {
    const { host, port } = hostAndPort(url);
    const reason = error instanceof WebError && error.kind === 'certificate' ? 'certificate verify failed' : (error as Error).message;
    throw refuse(`500 Can't connect to ${host}:${port} (${reason})`);
  }
  response.resume();
  const { statusCode = 0, statusMessage = '', headers: { location } } = response;
  if (statusCode >= 300 && statusCode < 400 && location !== undefined && hops > 0) return head(new URL(location, url).href, verifyCertificates, hops - 1);
  if (statusCode !== 200) throw refuse(`${statusCode} ${statusMessage}`);
  return response;
}
