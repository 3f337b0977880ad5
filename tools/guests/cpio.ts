/**
 * An archive of one executable file, as the kernel unpacks it over an initramfs: `newc`, one entry and the trailer.
 *
 * @see https://www.kernel.org/doc/html/latest/driver-api/early-userspace/buffer-format.html
 */
export function cpioOf(name: string, content: string): Buffer {
  return Buffer.concat([entry(name, 0o100755, Buffer.from(content)), entry('TRAILER!!!', 0, Buffer.alloc(0))]);
}

function entry(name: string, mode: number, content: Buffer): Buffer {
  const fields = [0, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, name.length + 1, 0];
  const header = '070701' + fields.map((field) => field.toString(16).padStart(8, '0')).join('');
  return Buffer.concat([padded(Buffer.from(`${header}${name}\0`)), padded(content)]);
}

/** A part with zeros behind it, up to a multiple of four bytes. */
export function padded(part: Buffer): Buffer {
  return Buffer.concat([part, Buffer.alloc((4 - part.length % 4) % 4)]);
}
