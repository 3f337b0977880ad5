import * as net from 'node:net';

/**
 * Lines of JSON over a Unix socket, one dialogue at a time.
 *
 * @internal
 */
export class SocketDialogue {
  /** Connects, again and again within the milliseconds: QEMU makes its sockets some time after it starts. */
  public static async connect(
    path: string, milliseconds: number, onLine: (message: JsonObject) => void, wanted: () => boolean = () => true,
  ): Promise<SocketDialogue> {
    const end = Date.now() + milliseconds;
    for (;;) {
      try {
        return new SocketDialogue(await connectOnce(path), onLine);
      } catch (error) {
        if (Date.now() >= end || !wanted()) throw error;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    }
  }

  private held = '';

  private constructor(private readonly socket: net.Socket, onLine: (message: JsonObject) => void) {
    socket.setEncoding('utf8');
    socket.on('error', () => undefined); // the end is told by `close`
    socket.on('data', (text: string) => {
      const lines = (this.held + text).split('\n');
      this.held = lines.pop()!;
      for (const line of lines) {
        const message = parsed(line);
        if (message) onLine(message);
      }
    });
  }

  /** Calls back when the other side has gone. */
  public onClose(done: () => void): void {
    if (this.socket.destroyed) done();
    else this.socket.once('close', done);
  }

  /** Sends one message. */
  public send(message: JsonObject): void {
    this.socket.write(JSON.stringify(message) + '\n');
  }

  /** Ends the dialogue. */
  public close(): void {
    this.socket.destroy();
  }
}

/** A message of QMP or of the guest agent. @internal */
export interface JsonObject {
  readonly [key: string]: unknown;
}

function connectOnce(path: string): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(path);
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
  });
}

/** The guest agent puts a byte before an answer that ends what came before; it and broken lines are left out. */
function parsed(line: string): JsonObject | undefined {
  try {
    return JSON.parse(line.replace(/^[^{]*/, '')) as JsonObject;
  } catch {
    return undefined;
  }
}
