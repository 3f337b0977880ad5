import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as http from 'node:http';
import { AddressInfo } from 'node:net';
import * as path from 'node:path';

/** Serves a disk image on the loopback interface, under an address that names its content. */
export class ImageServer {
  public static async start(file: string): Promise<ImageServer> {
    const hash = crypto.createHash('sha256');
    for await (const chunk of fs.createReadStream(file)) hash.update(chunk as Buffer);
    const sha256 = hash.digest('hex');
    const at = `/${sha256.slice(0, 12)}/${path.basename(file)}`;
    const server = http.createServer((request, response) => {
      if (request.url !== at) {
        response.writeHead(404).end();
        return;
      }
      response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': fs.statSync(file).size });
      if (request.method === 'HEAD') response.end();
      else fs.createReadStream(file).pipe(response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new ImageServer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}${at}`, sha256);
  }

  private constructor(private readonly server: http.Server, public readonly url: string, public readonly sha256: string) {}

  public stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
