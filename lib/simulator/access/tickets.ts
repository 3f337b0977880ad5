import { createHmac, randomBytes } from 'node:crypto';

/**
 * Tickets that a login gives, and the tokens that protect what they are used for.
 *
 * @internal
 */
export class Tickets {
  private readonly key = randomBytes(32);

  public constructor(private readonly now: () => number) {}

  /** A ticket for two hours. */
  public issue(user: string): string {
    const plain = `PVE:${user}:${this.time}`;
    return `${plain}::${this.sign(plain, 'base64')}`;
  }

  /** The user a ticket was given to; undefined if it is not ours or too old. */
  public verify(ticket: string): string | undefined {
    const match = /^(PVE:([^:]+):([0-9A-F]{8}))::(.+)$/.exec(ticket);
    if (!match || this.sign(match[1], 'base64') !== match[4]) return undefined;
    return this.now() / 1000 - parseInt(match[3], 16) < 7200 ? match[2] : undefined;
  }

  /** What a request that changes something shows beside its ticket. */
  public preventionToken(user: string): string {
    return this.tokenAt(user, this.time);
  }

  public verifyPreventionToken(user: string, token: string | undefined): boolean {
    const [time] = (token ?? '').split(':');
    return /^[0-9A-F]{8}$/.test(time) && this.tokenAt(user, time) === token;
  }

  private tokenAt(user: string, time: string): string {
    return `${time}:${this.sign(`${time}:${user}`, 'base64').replace(/=+$/, '')}`;
  }

  private get time(): string {
    return Math.floor(this.now() / 1000).toString(16).toUpperCase().padStart(8, '0');
  }

  private sign(text: string, encoding: 'base64'): string {
    return createHmac('sha256', this.key).update(text).digest(encoding);
  }
}
