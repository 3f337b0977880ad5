import { EngineError } from '../engine';
import { JsonObject, SocketDialogue } from './socket-dialogue';

/** How long an agent may take for a sign of life; PVE's value is 3 s, software emulation is slower. */
const SYNC_MS = 5_000;
/** How long commands may take that are not listed. */
const DEFAULT_MS = 60_000;
/** Commands that move a lot of data; PVE's values. */
const LONG_MS: { readonly [command: string]: number } = {
  'guest-fsfreeze-freeze': 3_600_000, 'guest-fsfreeze-thaw': 180_000, 'guest-fstrim': 600_000,
};

/** PVE's text for an agent that does not answer. @internal */
export const AGENT_NOT_RUNNING = 'QEMU guest agent is not running';

/**
 * The agent within a guest, over the socket of its channel. Each command is a connection of its own, one after the other.
 *
 * @see https://www.qemu.org/docs/master/interop/qemu-ga-ref.html
 * @internal
 */
export class GuestAgent {
  private queue: Promise<unknown> = Promise.resolve();
  private syncs = Math.floor(Date.now() / 1000) % 1_000_000;

  public constructor(private readonly socket: string) {}

  /** Executes a command. @throws EngineError with PVE's text */
  public execute(command: string, parameters?: JsonObject): Promise<unknown> {
    const result = this.queue.then(() => this.ask(command, parameters));
    this.queue = result.catch(() => undefined);
    return result;
  }

  private async ask(command: string, parameters?: JsonObject): Promise<unknown> {
    let receive: (message: JsonObject) => void = () => undefined;
    const dialogue = await SocketDialogue.connect(this.socket, 0, (message) => receive(message)).catch(() => {
      throw new EngineError(AGENT_NOT_RUNNING);
    });
    const answer = (message: JsonObject, milliseconds: number, accept: (reply: JsonObject) => boolean) => new Promise<JsonObject | undefined>((resolve) => {
      const timer = setTimeout(() => resolve(undefined), milliseconds);
      receive = (reply) => {
        if (!accept(reply)) return;
        clearTimeout(timer);
        resolve(reply);
      };
      dialogue.onClose(() => { clearTimeout(timer); resolve(undefined); });
      dialogue.send(message);
    });
    try {
      const id = this.syncs += 1;
      const synced = await answer({ execute: 'guest-sync', arguments: { id } }, SYNC_MS, (reply) => reply.return === id);
      if (!synced) throw new EngineError(AGENT_NOT_RUNNING);
      if (command === 'guest-shutdown') return await this.leave(dialogue, command, parameters);
      const reply = await answer({ execute: command, arguments: parameters ?? {} }, LONG_MS[command] ?? DEFAULT_MS, (message) => 'return' in message || 'error' in message);
      if (!reply) throw new EngineError(`Agent error: can't execute ${command}`);
      const error = reply.error as { readonly desc?: string } | undefined;
      if (error) throw new EngineError(`Agent error: ${error.desc}`);
      return reply.return;
    } finally {
      dialogue.close();
    }
  }

  /** The agent does not answer when it takes the guest down. */
  private async leave(dialogue: SocketDialogue, command: string, parameters: JsonObject = {}): Promise<undefined> {
    dialogue.send({ execute: command, arguments: parameters });
    await new Promise((resolve) => setTimeout(resolve, 200)); // a connection that ends at once may take what was sent with it
    return undefined;
  }
}
