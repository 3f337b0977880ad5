import { createHash, randomBytes } from 'node:crypto';

const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const rounds = 5000;

const sha256 = (...parts: readonly Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const repeated = (block: Buffer, length: number) => Buffer.concat(Array.from({ length: Math.ceil(length / block.length) }, () => block)).subarray(0, length);

/** A password's hash as glibc's crypt makes it with SHA-256: `$5$salt$…`. @see https://www.akkadia.org/drepper/SHA-crypt.txt @internal */
export function hashPassword(password: string, salt = randomSalt()): string {
  const key = Buffer.from(password, 'utf8');
  const grain = Buffer.from(salt, 'utf8');
  const other = sha256(key, grain, key);
  const bits: Buffer[] = [];
  for (let length = key.length; length > 0; length = Math.floor(length / 2)) bits.push(length % 2 === 1 ? other : key);
  let digest = sha256(key, grain, repeated(other, key.length), ...bits);
  const p = repeated(sha256(...Array.from({ length: key.length }, () => key)), key.length);
  const s = repeated(sha256(...Array.from({ length: 16 + digest[0] }, () => grain)), grain.length);
  for (let i = 0; i < rounds; i++) {
    const odd = i % 2 === 1;
    digest = sha256(odd ? p : digest, ...i % 3 ? [s] : [], ...i % 7 ? [p] : [], odd ? digest : p);
  }
  return `$5$${salt}$${encode(digest)}`;
}

function randomSalt(): string {
  return [...randomBytes(8)].map((byte) => alphabet[byte % 64]).join('');
}

/** The 32 bytes in crypt's order and alphabet. */
function encode(digest: Buffer): string {
  const group = (bytes: readonly number[], characters: number) => {
    const value = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
    return Array.from({ length: characters }, (_, i) => alphabet[Math.floor(value / 64 ** i) % 64]).join('');
  };
  let [a, b, c] = [0, 10, 20];
  let text = '';
  for (let i = 0; i < 10; i++) {
    text += group([digest[a], digest[b], digest[c]], 4);
    [a, b, c] = [c + 1, a + 1, b + 1];
  }
  return text + group([digest[31], digest[30]], 3);
}
