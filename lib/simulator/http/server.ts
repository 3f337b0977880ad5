import { createHash, randomBytes } from 'node:crypto';
import { STATUS_CODES, IncomingMessage, ServerResponse } from 'node:http';
import * as https from 'node:https';
import { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { authenticate, isUpload } from '../access/authentication';
import { ApiResult, dispatch } from '../api/dispatch';
import { Upload } from '../api/endpoint';
import { Router, unescapePath } from '../api/router';
import { ApiError } from '../api-error';
import { Cluster } from '../cluster';
import { Fault } from '../faults';
import { RawParameters } from '../schema/validation';
import { decodeForm, parseContent, readContent } from './body';
import { Certified } from './certificate';

const methods = new Set(['GET', 'POST', 'PUT', 'DELETE']);

/** What was asked and how it was answered. @internal */
export interface RequestRecord {
  readonly method: string;
  /** Below `/api2/json`, decoded. */
  readonly path: string;
  readonly parameters: RawParameters;
  /** `root@pam!test`; empty for nobody. */
  readonly caller: string;
  status: number;
  reason: string;
}

/**
 * The HTTPS side of the server: TLS, envelopes, reason phrases.
 *
 * @internal
 */
export class ApiServer {
  public readonly requests: RequestRecord[] = [];
  /** Told of every request when it is answered. */
  public listener?: (request: RequestRecord) => void;
  private readonly server: https.Server;

  public constructor(private readonly cluster: Cluster, private readonly router: Router, certified: Certified) {
    this.server = https.createServer(
      { cert: certified.certificate, key: certified.key, minVersion: 'TLSv1.3', keepAlive: true, noDelay: true },
      (request, response) => void this.receive(request, response),
    );
    this.server.requestTimeout = 0;
  }

  public async listen(host: string, port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, resolve);
    });
    return (this.server.address() as AddressInfo).port;
  }

  public async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [rawPath, query = ''] = (request.url ?? '').split('?', 2);
    const method = request.method ?? 'GET';
    const decoded = unescapePath(rawPath);
    const [, format, below] = /^\/api2\/+([a-z][a-z0-9]+)(\/.*)?$/s.exec(decoded) ?? [];
    const path = below ?? '/';
    const record: RequestRecord & { caller: string; parameters: RawParameters } =
      { method, path: path.replace(/\/+$/, ''), parameters: {}, caller: '', status: 0, reason: '' };
    this.requests.push(record);
    const answer = new Answer(request, response, record, format === 'extjs');
    response.once('close', () => this.listener?.(record));
    let fault: Fault | undefined;
    try {
      const content = await readContent(request);
      record.parameters = decodeForm(query);
      fault = this.cluster.faults.ofRequest(method, record.path);
      if (fault?.delay !== undefined) await wait(fault.delay);
      if (fault?.drop && !fault.done) return answer.drop();
      if (fault?.status !== undefined) return answer.error(asked(fault.status, fault.reason));
      if (!methods.has(method)) throw new ApiError(501, `method '${method}' not available`, undefined, 'none');
      if (!decoded.startsWith('/api2')) throw ApiError.plain(500, `no such file '${decoded}'\n`);
      if (format === undefined) throw ApiError.plain(501, 'no such uri');
      const caller = authenticate(this.cluster.access, this.cluster.tickets, this.cluster.now(), method, path, request.headers);
      record.caller = caller?.id ?? '';
      const body = await parseContent(request, content, isUpload(method, path));
      record.parameters = { ...body.parameters, ...record.parameters };
      if (format !== 'json' && format !== 'extjs') throw ApiError.plain(501, `no formatter for uri ${path}, ${format}`);
      const parameters = { ...record.parameters } as { [name: string]: string | string[] };
      delete parameters._dc;
      const result = await dispatch(this.cluster, this.router, { method, path: rawPath.replace(/^\/api2\/+[a-z0-9]+/, ''), parameters, caller, upload: body.file && received(body.file) });
      if (fault?.drop) return answer.drop();
      answer.result(result);
    } catch (error) {
      if (fault?.drop) return answer.drop();
      if (!(error instanceof ApiError)) process.emitWarning(error as Error);
      answer.error(error instanceof ApiError ? error : new ApiError(500, `${(error as Error).message}`));
    }
  }
}

/** Writes one answer. */
class Answer {
  public constructor(
    private readonly request: IncomingMessage, private readonly response: ServerResponse,
    private readonly record: RequestRecord, private readonly extjs: boolean,
  ) {}

  public drop(): void {
    this.record.reason = 'dropped';
    this.request.socket.destroy();
  }

  public result({ data, total }: ApiResult): void {
    this.write(200, 'OK', JSON.stringify({ ...this.extjs ? { success: 1 } : {}, data, ...total ? { total } : {} }));
  }

  public error(error: ApiError): void {
    const { status, message, errors, body } = error;
    if (body !== 'json') return this.write(status, message, body === 'text' ? message : undefined, false);
    const text = status === 501 || status === 424 ? message : `${message}\n`;
    if (this.extjs) return this.write(200, 'OK', JSON.stringify({ data: null, success: 0, status, message: text, ...errors ? { errors } : {} }));
    this.write(status, message, JSON.stringify({ data: null, message: text, ...errors ? { errors } : {} }));
  }

  private write(status: number, phrase: string, body: string | undefined, isJson = true): void {
    const [firstLine] = phrase.split('\n');
    // A phrase with a carriage return cannot be sent.
    const broken = firstLine.includes('\r');
    this.record.status = broken ? 400 : status;
    this.record.reason = broken ? 'Bad Request' : firstLine;
    const content = broken ? '' : body;
    const reason = Buffer.from(this.record.reason, 'utf8').toString('latin1').replace(/[\0-\x08\x0a-\x1f\x7f]/g, '');
    const date = new Date().toUTCString();
    this.response.writeHead(this.record.status, reason, {
      'Cache-Control': 'max-age=0',
      'Pragma': 'no-cache',
      'Expires': date,
      'Server': 'pve-api-daemon/3.0',
      ...isJson ? { 'Content-Type': 'application/json;charset=UTF-8' } : {},
      ...content === undefined ? {} : { 'Content-Length': Buffer.byteLength(content) },
      ...this.record.status >= 400 ? { Connection: 'close' } : {},
    });
    // Header and text in one write would be encoded alike, and the phrase a second time.
    this.response.end(content === undefined ? undefined : Buffer.from(content));
  }
}

/** The answer a fault asks for; what the proxy of a real server says itself has no body. */
function asked(status: number, reason: string | undefined): ApiError {
  return new ApiError(status, reason ?? STATUS_CODES[status] ?? 'Error', undefined, status >= 595 ? 'none' : 'json');
}

function received(file: File): Upload {
  return {
    filename: file.name,
    bytes: file.size,
    temporaryName: `/var/tmp/pveupload-${randomBytes(16).toString('hex')}`,
    open: () => Readable.fromWeb(file.stream() as never),
    digest: async (algorithm) => {
      const hash = createHash(algorithm);
      for await (const chunk of Readable.fromWeb(file.stream() as never)) hash.update(chunk as Buffer);
      return hash.digest('hex');
    },
  };
}
