import * as dgram from 'node:dgram';
import * as fs from 'node:fs';
import * as http from 'node:http';
import * as path from 'node:path';
import { must } from '../../tools/guests/programs';

/** What a mirror says of its release first. Nothing that it names is there. */
const RELEASE = ['Origin: Debian', 'Label: Debian', 'Suite: oldstable', 'Codename: bookworm', 'Version: 12', 'Architectures: amd64', 'Components: main', 'Architecture: amd64', ''].join('\n');

/** Stands in for the mirror, by whatever name a guest knows that: all names are those of this machine, which keeps a list of what it is asked for. */
export class Mirror {
  /** @param address at which guests find this machine */
  public static async start(address: string, folder: string): Promise<Mirror> {
    // Names of guests are asked for where this machine asks for them; nobody else sees that file.
    const resolver = path.join(folder, 'resolv.conf');
    fs.writeFileSync(resolver, 'nameserver 127.0.0.1\n');
    await must('mount', ['--bind', resolver, '/etc/resolv.conf']);
    const mirror = new Mirror(address);
    await new Promise<void>((resolve) => mirror.names.bind(53, '127.0.0.1', resolve));
    await new Promise<void>((resolve) => mirror.files.listen(80, '127.0.0.1', resolve));
    return mirror;
  }

  /** Host and path of each request, in order. */
  public readonly requests: string[] = [];
  private readonly offered = new Map<string, string>();
  private readonly names = dgram.createSocket('udp4');
  private readonly files = http.createServer(({ url = '', headers }, response) => {
    this.requests.push(`${headers.host}${url}`);
    const offered = this.offered.get(url);
    if (offered !== undefined) {
      response.end(offered);
      return;
    }
    const known = /^\/debian\/+dists\/(bookworm|oldstable)\/(main\/binary-amd64\/)?Release$/.test(url);
    response.writeHead(known ? 200 : 404, { 'content-type': 'text/plain' }).end(known ? RELEASE : 'not here\n');
  });

  private constructor(address: string) {
    this.names.on('message', (question, { address: from, port }) => this.names.send(answer(question, address), port, from));
  }

  /** Has a file that no mirror has. */
  public offer(url: string, text: string): void {
    this.offered.set(url, text);
  }

  public stop(): void {
    this.names.close();
    this.files.close();
  }
}

/** The answer to a question of DNS: the one address, and of other kinds nothing. */
function answer(question: Buffer, address: string): Buffer {
  const end = question.indexOf(0, 12) + 5;
  const asked = question.subarray(12, end);
  const isA = asked.readUInt16BE(asked.length - 4) === 1;
  const header = Buffer.from([question[0], question[1], 0x85, 0x80, 0, 1, 0, isA ? 1 : 0, 0, 0, 0, 0]);
  const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split('.').map(Number)]);
  return Buffer.concat(isA ? [header, asked, record] : [header, asked]);
}
