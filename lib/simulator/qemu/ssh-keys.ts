import { failure } from '../api-error';

/** Text of a URL-encoded option. @internal */
export function decoded(text: string): string {
  return Buffer.from(text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString('utf8');
}

/** Refuses keys that OpenSSH could not read. @internal */
export function checkSshKeys(encoded: string): void {
  const wrong = decoded(encoded).split('\n').some((line) => line.trim() !== '' && !isPublicKey(line));
  if (wrong) throw failure('SSH public key validation error');
}

function isPublicKey(line: string): boolean {
  const match = /(?:^|\s)((?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp(?:256|384|521)|sk-ssh-ed25519@openssh\.com|sk-ecdsa-sha2-nistp256@openssh\.com)) +([A-Za-z0-9+/]+=*)(?:\s|$)/.exec(line);
  if (!match) return false;
  const parts = fields(Buffer.from(match[2], 'base64'));
  return parts !== undefined && parts.length > 1 && parts[0].toString() === match[1];
}

/** The parts of a key, each after its length. */
function fields(blob: Buffer): Buffer[] | undefined {
  const parts: Buffer[] = [];
  for (let at = 0; at < blob.length;) {
    if (at + 4 > blob.length) return undefined;
    const end = at + 4 + blob.readUInt32BE(at);
    if (end > blob.length) return undefined;
    parts.push(blob.subarray(at + 4, end));
    at = end;
  }
  return parts;
}
