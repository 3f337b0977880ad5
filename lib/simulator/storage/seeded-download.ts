import { Readable } from 'node:stream';
import { qcow2Header } from './qcow2-header';
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
  const header = (diskBytes === undefined || bytes < 32 ? Buffer.alloc(512) : qcow2Header(diskBytes)).subarray(0, bytes);
  return Readable.from(function* () {
    yield header;
    for (let left = bytes - header.length; left > 0; left -= 65536) yield Buffer.alloc(Math.min(left, 65536));
  }());
}
