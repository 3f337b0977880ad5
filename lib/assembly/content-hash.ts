import { createHash } from 'crypto';

/** SHA-256, in hexadecimal digits, of parts in their order; parts cannot run into each other. */
export function contentHash(...parts: string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    hash.update(`${Buffer.byteLength(part)}:`).update(part);
  }
  return hash.digest('hex');
}
