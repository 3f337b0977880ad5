import * as https from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { Answer, Exchange, TaskEnd } from './exchange';

const authorization = (tokens: { root: string; limited: string }): { readonly [auth in Exchange['request']['auth']]: string | undefined } => ({
  root: `PVEAPIToken=${tokens.root}`,
  limited: `PVEAPIToken=${tokens.limited}`,
  none: undefined,
  wrong: `PVEAPIToken=${tokens.root.replace(/.$/, (last) => last === '0' ? '1' : '0')}`,
  malformed: 'PVEAPIToken=nonsense',
});

/** Sends recorded requests to a server over HTTPS. */
export class Replay {
  private readonly agent = new https.Agent({ keepAlive: true, rejectUnauthorized: false });
  private readonly authorization: ReturnType<typeof authorization>;

  public constructor(private readonly endpoint: string, tokens: { root: string; limited: string }) {
    this.authorization = authorization(tokens);
  }

  /** Sends one, and waits for the task it starts. */
  public async send({ request }: Exchange): Promise<{ response: Answer; task?: TaskEnd }> {
    const response = await this.ask(request);
    const upid = (response.body as { data?: unknown } | undefined)?.data;
    return typeof upid === 'string' && upid.startsWith('UPID:') ? { response, task: await this.end(upid) } : { response };
  }

  public close(): void {
    this.agent.destroy();
  }

  private async end(upid: string): Promise<TaskEnd> {
    const path = `/nodes/${upid.split(':')[1]}/tasks/${encodeURIComponent(upid)}`;
    for (;;) {
      const { body } = await this.ask({ auth: 'root', method: 'GET', path: `${path}/status`, params: null });
      const { data: status } = body as { data: { [field: string]: unknown } | null };
      if (status === null) return { status: {}, log: [] };
      if (status.status === 'running') {
        await wait(5);
        continue;
      }
      const log = await this.ask({ auth: 'root', method: 'GET', path: `${path}/log`, params: [['limit', 5000]] });
      return { status, log: (log.body as { data: { t: string }[] }).data.map(({ t }) => t) };
    }
  }

  private async ask({ auth, method, path, params, multipart }: Exchange['request']): Promise<Answer> {
    const form = new URLSearchParams((params ?? []).map(([name, value]): [string, string] => [name, String(value)])).toString();
    const inUrl = method === 'GET' || method === 'DELETE';
    const upload = multipart && new Response(multipartForm(multipart));
    const content = upload ? Buffer.from(await upload.arrayBuffer()) : !inUrl && form !== '' ? Buffer.from(form) : undefined;
    const type = upload?.headers.get('content-type') ?? 'application/x-www-form-urlencoded';
    return new Promise((resolve, reject) => {
      const outgoing = https.request(`${this.endpoint}/api2/json${path}${inUrl && form !== '' ? `?${form}` : ''}`, {
        method,
        agent: this.agent,
        headers: {
          ...this.authorization[auth] === undefined ? {} : { Authorization: this.authorization[auth] },
          ...content === undefined ? {} : { 'Content-Type': type, 'Content-Length': content.length },
        },
      }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const reason = Buffer.from(incoming.statusMessage ?? '', 'latin1').toString('utf8');
          const head = { status: incoming.statusCode!, reason, contentType: incoming.headers['content-type'] ?? null };
          try {
            resolve({ ...head, body: JSON.parse(text) });
          } catch {
            resolve({ ...head, text });
          }
        });
      });
      outgoing.on('error', reject);
      outgoing.end(content);
    });
  }
}

function multipartForm(fields: NonNullable<Exchange['request']['multipart']>): FormData {
  const form = new FormData();
  for (const [name, value] of fields) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, new Blob([new Uint8Array(value.bytes)]), value.filename);
  }
  return form;
}
