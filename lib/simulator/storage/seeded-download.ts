import { Readable } from 'node:stream';
import { UrlMetadata } from './url-metadata';

/** What an address gives without that anything is asked for there. @internal */
export interface SeededDownload {
  readonly url: string;
  readonly bytes: number;
  readonly diskBytes?: number;
  readonly digest?: string;
}

/** What a server would say of it. @internal */
export function seededMetadata({ url, bytes }: SeededDownload): UrlMetadata {
  return { filename: url.replace(/[?#].*$/, '').split('/').pop(), size: bytes, mimetype: 'application/octet-stream' };
}

/** Its content: the header of an image with a disk of its size, and zeros. @internal */
export function seededContent({ bytes, diskBytes }: SeededDownload): Readable {
  const header = Buffer.alloc(Math.min(bytes, 512));
  if (diskBytes !== undefined && header.length >= 32) {
    header.write('QFI\xfb', 0, 'latin1');
    header.writeUInt32BE(3, 4);
    header.writeUInt32BE(16, 20);
    header.writeBigUInt64BE(BigInt(diskBytes), 24);
  }
  return Readable.from(function* () {
    yield header;
    for (let left = bytes - header.length; left > 0; left -= 65536) yield Buffer.alloc(Math.min(left, 65536));
  }());
}
