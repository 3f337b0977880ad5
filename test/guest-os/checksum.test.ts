import { guestos } from '../../lib';
import { expectError, mistakes } from '../support/errors';
import { REFERENCES } from '../support/fixtures';

const { Checksum } = guestos;

test('checksums of both kinds, in lower case', () => {
  const [short, long] = [Checksum.sha256('AB'.repeat(32)), Checksum.sha512('ab'.repeat(64))];
  expect([short.algorithm, short.value, `${short}`]).toEqual(['sha256', 'ab'.repeat(32), `sha256:${'ab'.repeat(32)}`]);
  expect([long.algorithm, long.value, `${long}`]).toEqual(['sha512', 'ab'.repeat(64), `sha512:${'ab'.repeat(64)}`]);
});

test('the digits of another kind, too few, or none are refused', () => {
  expect(expectError(() => Checksum.sha256('ab'.repeat(64))).message).toMatch(
    /^Checksum\.sha256: \[checksum-form\] value, got: "(ab)+\.\.\.\n {2}A sha256 checksum has 64 hexadecimal digits; this has 128 characters\.\n {2}Remedy: Copy the whole line/,
  );
  expect(expectError(() => Checksum.sha512('xyz')).message).toBe(`Checksum.sha512: [checksum-form] value, got: "xyz"
  A sha512 checksum has 128 hexadecimal digits; this has 3 characters.
  Remedy: Copy the whole line for the file from the checksum list of the vendor.`);
  for (const value of ['', undefined, null, 1, 'g'.repeat(64), `${'a'.repeat(64)}\n`, ` ${'a'.repeat(63)}`, REFERENCES.text]) {
    expect(mistakes(() => Checksum.sha256(value as string))[0]).toMatch(/^checksum-form value/);
  }
});
