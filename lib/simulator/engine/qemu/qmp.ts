import { EngineError } from '../engine';
import { JsonObject, SocketDialogue } from './socket-dialogue';

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The machine protocol of QEMU over its socket.
 *
 * @see https://www.qemu.org/docs/master/interop/qemu-qmp-ref.html
 * @internal
 */
export class QmpClient {
  /** Connects and says that it understands what the server can do. */
  public static async connect(path: string, vmid: number, milliseconds: number, wanted: () => boolean): Promise<QmpClient> {
    const client = new QmpClient(vmid);
    client.dialogue = await SocketDialogue.connect(path, milliseconds, (message) => client.receive(message), wanted);
    client.dialogue.onClose(() => client.end());
    await client.execute('qmp_capabilities');
    return client;
  }

  private dialogue!: SocketDialogue;
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;

  private constructor(private readonly vmid: number) {}

  /** Executes a command. @throws EngineError with PVE's text for what QEMU refuses, and when it does not answer in time */
  public execute(command: string, parameters: JsonObject = {}, milliseconds = 60_000): Promise<unknown> {
    const id = this.last += 1;
    return new Promise((resolve, reject) => {
      const fail = (reason: string) => reject(new EngineError(`VM ${this.vmid} qmp command '${command}' failed - ${reason}`));
      const timer = setTimeout(() => { this.waiting.delete(id); fail('got timeout'); }, milliseconds);
      this.waiting.set(id, {
        resolve: (value) => { clearTimeout(timer); resolve(value); },
        reject: (error) => { clearTimeout(timer); fail(error.message); },
      });
      this.dialogue.send({ execute: command, arguments: parameters, id });
    });
  }

  /** A line for the human monitor. */
  public async human(line: string): Promise<string> {
    return String(await this.execute('human-monitor-command', { 'command-line': line }));
  }

  /** Ends the connection. */
  public close(): void {
    this.dialogue.close();
  }

  private receive(message: JsonObject): void {
    const waiting = this.waiting.get(message.id as number);
    if (!waiting) return; // the greeting, an event, an answer that came too late
    this.waiting.delete(message.id as number);
    const error = message.error as { readonly desc?: string } | undefined;
    if (error) waiting.reject(new Error(error.desc));
    else waiting.resolve(message.return);
  }

  private end(): void {
    for (const { reject } of this.waiting.values()) reject(new Error('client closed connection'));
    this.waiting.clear();
  }
}
