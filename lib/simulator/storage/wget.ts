import { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { Readable, Transform } from 'node:stream';
import { failure } from '../api-error';
import { VolumeLog } from './transfer';
import { WebError, ask, hostAndPort } from './web';

/** What is fetched. @internal */
export interface FetchProps {
  readonly url: string;
  /** Where the tool says it writes. */
  readonly file: string;
  readonly verifyCertificates: boolean;
  readonly log: VolumeLog;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly signal: AbortSignal;
}

const mebibyte = 1024 ** 2;
const redirections = new Set([301, 302, 303, 307, 308]);

/**
 * Fetches a file as PVE has it done: with the lines of `wget`, which go into the task's log.
 *
 * @returns its content, which ends with an error if the connection breaks
 * @throws ApiError `download failed: …`
 * @internal
 */
export async function wget(props: FetchProps): Promise<Readable> {
  const { log, file } = props;
  const response = await follow(props);
  const length = response.headers['content-length'];
  const type = response.headers['content-type']?.replace(/;.*/s, '');
  const size = length === undefined ? 'unspecified' : `${length}${Number(length) >= 1024 ? ` (${human(Number(length))})` : ''}`;
  log(`Length: ${size}${type === undefined ? '' : ` [${type}]`}`);
  log(`Saving to: '${file}'`);
  const progress = new Progress(props, length === undefined ? undefined : Number(length));
  response.once('error', () => progress.destroy(failure('download failed: exit code 4')));
  response.once('aborted', () => progress.destroy(failure('download failed: exit code 4')));
  return response.pipe(progress);
}

async function follow(props: FetchProps): Promise<IncomingMessage> {
  const { log, signal, verifyCertificates } = props;
  let { url } = props;
  for (let hops = 0; hops <= 20; hops++) {
    log(`--${stamp(props.now())}--  ${url}`);
    const { host, port } = hostAndPort(url);
    const where = isIP(host.replace(/^\[|\]$/g, '')) ? `${host}:${port}` : `${host} (${host}):${port}`;
    let response: IncomingMessage;
    try {
      response = await ask({ method: 'GET', url, agent: 'Wget/1.21.3', verifyCertificates, signal, onConnect: () => log(`Connecting to ${where}... connected.`) });
    } catch (error) {
      throw failure(`download failed: ${lastLine(error as Error, host, where, log)}`);
    }
    const { statusCode = 0, statusMessage = '', headers } = response;
    log(`HTTP request sent, awaiting response... ${statusCode} ${statusMessage}`);
    if (redirections.has(statusCode) && headers.location !== undefined) {
      log(`Location: ${headers.location} [following]`);
      response.resume();
      url = new URL(headers.location, url).href;
      continue;
    }
    if (statusCode >= 200 && statusCode < 300) return response;
    response.resume();
    log(`${stamp(props.now())} ERROR ${statusCode}: ${statusMessage}.`);
    throw failure('download failed: exit code 8');
  }
  log('20 redirections exceeded.');
  throw failure('download failed: exit code 8');
}

/** What the tool says last is the error; what it says before goes to the log. */
function lastLine(error: Error, host: string, where: string, log: VolumeLog): string {
  if (!(error instanceof WebError)) return error.message;
  switch (error.kind) {
    case 'connect': return `Connecting to ${where}... failed: ${error.message}.`;
    case 'resolve':
      log(`Resolving ${host} (${host})... failed: ${error.message}.`);
      return `wget: unable to resolve host address '${host}'`;
    case 'certificate':
      log(`Connecting to ${where}... connected.`);
      log(`ERROR: cannot verify ${host}'s certificate:`);
      log(`  ${error.message}`);
      return `To connect to ${host} insecurely, use \`--no-check-certificate'.`;
    default: return error.message;
  }
}

/** Counts what comes by and draws the tool's dots: 32 a line, one for each mebibyte. */
class Progress extends Transform {
  private bytes = 0;
  private lines = 0;
  private readonly start = Date.now();

  public constructor(private readonly props: FetchProps, private readonly total: number | undefined) {
    super();
  }

  public override _transform(chunk: Buffer, _encoding: string, done: (error?: Error | null, data?: Buffer) => void): void {
    this.bytes += chunk.length;
    while (this.bytes >= (this.lines + 1) * 32 * mebibyte && this.bytes !== this.total) this.line(32, ` ${this.percent((this.lines + 1) * 32 * mebibyte)} ${this.rate()}`);
    done(null, chunk);
  }

  public override _flush(done: (error?: Error | null) => void): void {
    const seconds = this.seconds();
    this.line(Math.floor(this.bytes / mebibyte) - this.lines * 32, ` ${this.percent(this.bytes)} ${this.rate()}=${seconds < 0.995 ? trimmed(seconds) : seconds.toFixed(1)}s`);
    const { file, log, now } = this.props;
    const [amount, unit] = this.speed();
    log(`${stamp(now())} (${amount} ${unit}B/s) - '${file}' saved [${this.bytes}${this.total === undefined ? '' : `/${this.total}`}]`);
    done(this.total === undefined || this.total === this.bytes ? null : failure('download failed: exit code 4'));
  }

  private line(dots: number, statistics: string): void {
    const drawn = Array.from({ length: 32 }, (_, i) => `${i % 8 === 0 ? ' ' : ''}${i < dots ? '.' : ' '}`).join('');
    this.props.log(`${String(this.lines * 32 * 1024).padStart(6)}K${drawn}${statistics}`);
    this.lines++;
  }

  private percent(bytes: number): string {
    return this.total === undefined ? '    ' : `${this.total === 0 ? 100 : Math.floor(100 * bytes / this.total)}%`.padStart(3);
  }

  private rate(): string {
    const [amount, unit] = this.speed();
    return `${amount.padStart(4)}${unit}`;
  }

  private speed(): [string, string] {
    let value = this.bytes / this.seconds() / 1024;
    let unit = 'K';
    for (const next of ['M', 'G']) {
      if (value < 1024) break;
      value /= 1024;
      unit = next;
    }
    return [value >= 99.95 ? value.toFixed(0) : value >= 9.995 ? value.toFixed(1) : value.toFixed(2), unit];
  }

  private seconds(): number {
    return Math.max(Date.now() - this.start, 1) / 1000;
  }
}

function trimmed(seconds: number): string {
  return seconds.toFixed(3).replace(/0+$/, '').replace(/\.$/, '');
}

function human(bytes: number): string {
  let value = bytes / 1024;
  let unit = 'K';
  for (const next of ['M', 'G', 'T']) {
    if (value < 1024) break;
    value /= 1024;
    unit = next;
  }
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)}${unit}`;
}

function stamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
}
