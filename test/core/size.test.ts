import { Size } from '../../lib/core';
import { messageOf } from '../hcl/message-of';

test.each<[Size, number, string]>([
  [Size.kibibytes(1), 1, '1 KiB'],
  [Size.kibibytes(1025), 1025, '1025 KiB'],
  [Size.mebibytes(1), 1024, '1 MiB'],
  [Size.mebibytes(1536), 1_572_864, '1536 MiB'],
  [Size.gibibytes(1.5), 1_572_864, '1536 MiB'],
  [Size.gibibytes(20), 20_971_520, '20 GiB'],
  [Size.mebibytes(20_480), 20_971_520, '20 GiB'],
  [Size.tebibytes(2), 2_147_483_648, '2 TiB'],
])('%s', (size, kibibytes, text) => {
  expect(size.toKibibytes()).toBe(kibibytes);
  expect(size.toMebibytes()).toBe(kibibytes / 1024);
  expect(size.toGibibytes()).toBe(kibibytes / 1024 / 1024);
  expect(size.toString()).toBe(text);
});

test('sizes are compared whatever unit they were written in', () => {
  expect(Size.mebibytes(1023).isSmallerThan(Size.gibibytes(1))).toBe(true);
  expect(Size.mebibytes(1024).isSmallerThan(Size.gibibytes(1))).toBe(false);
  expect(Size.tebibytes(1).isSmallerThan(Size.gibibytes(1))).toBe(false);
});

test.each([0, -1, 0.3, NaN, Infinity, 2 ** 53])('%d GiB is no size', (amount) => {
  expect(messageOf(() => Size.gibibytes(amount))).toBe(`Size.gibibytes: [size-not-whole] amount, got: ${amount}
  A size is greater than 0 and a whole number of KiB.
  Remedy: Write the size in a smaller unit, for example Size.mebibytes(1536) for one and a half GiB.`);
});
