/**
 * The first bytes of a qcow2 image, version 3 with clusters of 64 KiB, as far as they tell the size of its disk.
 *
 * @see https://github.com/qemu/qemu/blob/master/docs/interop/qcow2.txt
 * @internal
 */
export function qcow2Header(virtualBytes: number): Buffer {
  const header = Buffer.alloc(512);
  header.write('QFI\xfb', 0, 'latin1');
  header.writeUInt32BE(3, 4);
  header.writeUInt32BE(16, 20);
  header.writeBigUInt64BE(BigInt(virtualBytes), 24);
  return header;
}
