import { performance } from 'node:perf_hooks';
import * as tls from 'node:tls';
import { MeasuredServer } from './measured-server';

/** How fast one kind of request is answered. */
export interface Throughput {
  readonly path: string;
  /** On the clock, of a machine that also asks, and has other work perhaps. */
  readonly perSecond: number;
  /** In each second of the server's processor. */
  readonly perCpuSecond: number;
  readonly bytes: number;
}

/** Asks the same on several connections that stay open, each with one request at a time, for a while. */
export async function load(server: MeasuredServer, path: string, seconds: number, connections = 8): Promise<Throughput> {
  const clients = await Promise.all(Array.from({ length: connections }, () => Client.open(server, path)));
  for (let i = 0; i < 50; i++) await Promise.all(clients.map((client) => client.ask()));
  const before = await server.cost();
  const begin = performance.now();
  let count = 0;
  let bytes = 0;
  await Promise.all(clients.map(async (client) => {
    while (performance.now() - begin < seconds * 1000) {
      bytes = await client.ask();
      count++;
    }
  }));
  const wallMs = performance.now() - begin;
  const after = await server.cost();
  clients.forEach((client) => client.close());
  return { path, perSecond: count / wallMs * 1000, perCpuSecond: count / (after.cpuMs - before.cpuMs) * 1000, bytes };
}

/** The least of a client, so that what is measured is the server. */
class Client {
  public static async open({ endpoint, certificate, apiToken }: MeasuredServer, path: string): Promise<Client> {
    const { hostname, port } = new URL(endpoint);
    const socket = tls.connect({ host: hostname, port: Number(port), ca: certificate });
    await new Promise<void>((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
    return new Client(socket, Buffer.from(`GET /api2/json${path} HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: PVEAPIToken=${apiToken}\r\n\r\n`));
  }

  private pending: { resolve(bytes: number): void; reject(error: Error): void } | undefined;
  private head = '';
  private missing = -1;
  private total = 0;

  private constructor(private readonly socket: tls.TLSSocket, private readonly request: Buffer) {
    socket.on('data', (data) => this.receive(data));
    socket.on('error', (error) => this.pending?.reject(error));
    socket.on('close', () => this.pending?.reject(new Error('the connection was closed')));
  }

  /** Asks once. @returns bytes of the body */
  public ask(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.pending = { resolve, reject };
      this.socket.write(this.request);
    });
  }

  public close(): void {
    this.pending = undefined;
    this.socket.destroy();
  }

  private receive(data: Buffer): void {
    let body = data.length;
    if (this.missing < 0) {
      this.head += data.toString('latin1');
      const end = this.head.indexOf('\r\n\r\n');
      if (end < 0) return;
      const [, length] = /^content-length: (\d+)/im.exec(this.head) ?? [];
      if (!this.head.startsWith('HTTP/1.1 200 ') || length === undefined) return this.pending?.reject(new Error(this.head));
      this.total = this.missing = Number(length);
      body = this.head.length - end - 4;
      this.head = '';
    }
    this.missing -= body;
    if (this.missing > 0) return;
    this.missing = -1;
    this.pending?.resolve(this.total);
  }
}
