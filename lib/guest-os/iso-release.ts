import { Checksum } from './checksum';

/** An ISO that a vendor publishes. One of `checksum` and `checksumList` is given. */
export interface IsoRelease {
  /** Address of the ISO of one release, which never changes, ending in `.iso`. */
  readonly url: string;
  /** Checksum that the vendor publishes for it. @default - taken from `checksumList` */
  readonly checksum?: Checksum;
  /**
   * Address of the vendor's list of checksums, which names the ISO. Packer reads it whenever it validates; the ISO then is downloaded by
   * Packer and not by the node.
   * @default - `checksum` is given
   */
  readonly checksumList?: string;
}
