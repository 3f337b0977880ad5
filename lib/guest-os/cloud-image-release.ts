import { Size } from '../core';
import { Checksum } from './checksum';
import { IsoRelease } from './iso-release';

/** A release of a cloud image that the library does not ship. */
export interface CloudImageRelease {
  /** Address of the image; a dated release that never changes. */
  readonly url: string;
  /** Checksum the vendor publishes for it. */
  readonly checksum: Checksum;
  /** Size of the disk inside the image, rounded up to whole GiB. @default - what the family's images have had so far */
  readonly minimumDiskSize?: Size;
  /** The vendor's ISO of the same release, for an IsoTemplate. @default - none: only cloud images are made of it */
  readonly iso?: IsoRelease;
}
