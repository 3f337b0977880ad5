import * as https from 'node:https';
import { PveSimulator } from '../../lib/simulator';

/** An answer, with its reason phrase as it came. */
export interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly headers: { readonly [name: string]: string | string[] | undefined };
  readonly body: string;
}

/** A client that trusts only the simulated server's authority, as the token of root@pam unless told otherwise. */
export class Client {
  public headers: { [name: string]: string };

  public constructor(private readonly pve: PveSimulator, private readonly agent: https.Agent | false = false) {
    this.headers = { Authorization: `PVEAPIToken=${pve.apiToken}` };
  }

  /** Sends a form, in the query of what only reads. */
  public send(method: string, path: string, form: { readonly [name: string]: string } = {}): Promise<Answer> {
    const text = new URLSearchParams(form).toString();
    return method === 'GET' || method === 'DELETE'
      ? this.request(method, `/api2/json${path}${text === '' ? '' : `?${text}`}`)
      : this.request(method, `/api2/json${path}`, text, 'application/x-www-form-urlencoded');
  }

  /** Sends anything. */
  public request(method: string, url: string, body?: string | Buffer, type?: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const request = https.request(`${this.pve.endpoint}${url}`, {
        method, ca: this.pve.certificate, agent: this.agent, headers: { ...this.headers, ...type === undefined ? {} : { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body!) } },
      }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => resolve({
          status: response.statusCode!, reason: response.statusMessage!, headers: response.headers, body: Buffer.concat(chunks).toString('utf8'),
        }));
      });
      request.on('error', reject).end(body);
    });
  }
}
