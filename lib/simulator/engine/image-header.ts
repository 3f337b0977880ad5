/**
 * How long a header must be to be read by `describeImage`: that of VMDK tells of its extents in a descriptor that follows.
 *
 * @internal
 */
export const HEADER_BYTES = 4096;

/** What the first bytes of a file say. @internal */
export interface ImageDescription {
  readonly format: 'qcow2' | 'vmdk' | 'raw';
  /** Bytes of the disk within; undefined if it is as long as the file. */
  readonly virtualBytes?: number;
}

const QCOW2_MAGIC = 0x514649fb;
const VMDK_MAGIC = 'KDMV';
const SECTOR = 512;

/**
 * Tells the kind of an image and the size of its disk by the head of the file.
 *
 * @see https://github.com/qemu/qemu/blob/master/docs/interop/qcow2.txt
 * @internal
 */
export function describeImage(head: Buffer): ImageDescription {
  if (head.length >= 32 && head.readUInt32BE(0) === QCOW2_MAGIC) return { format: 'qcow2', virtualBytes: Number(head.readBigUInt64BE(24)) };
  if (head.length >= 20 && head.toString('latin1', 0, 4) === VMDK_MAGIC) return { format: 'vmdk', virtualBytes: Number(head.readBigUInt64LE(12)) * SECTOR };
  return { format: 'raw' };
}
