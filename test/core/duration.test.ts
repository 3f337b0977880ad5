import { Duration } from '../../lib/core';
import { messageOf } from '../hcl/message-of';

test.each<[Duration, number, string]>([
  [Duration.milliseconds(0), 0, '0s'],
  [Duration.milliseconds(50), 50, '50ms'],
  [Duration.milliseconds(1500), 1500, '1s500ms'],
  [Duration.seconds(1.5), 1500, '1s500ms'],
  [Duration.seconds(90), 90_000, '1m30s'],
  [Duration.minutes(30), 1_800_000, '30m'],
  [Duration.minutes(90), 5_400_000, '1h30m'],
  [Duration.hours(25), 90_000_000, '25h'],
  [Duration.milliseconds(3_661_001), 3_661_001, '1h1m1s1ms'],
])('%s', (duration, milliseconds, text) => {
  expect(duration.toMilliseconds()).toBe(milliseconds);
  expect(duration.toSeconds()).toBe(milliseconds / 1000);
  expect(duration.toString()).toBe(text);
});

test.each([-1, 0.0001, NaN, Infinity])('%d seconds are no duration', (amount) => {
  expect(messageOf(() => Duration.seconds(amount))).toBe(`Duration.seconds: [duration-not-whole] amount, got: ${amount}
  A duration is 0 or more and a whole number of milliseconds.
  Remedy: Write the duration in a smaller unit, for example Duration.milliseconds(1500).`);
});

test('a duration that is whole in milliseconds is taken, whatever the arithmetic of computers makes of it', () => {
  expect([Duration.hours(1.1), Duration.seconds(1.001), Duration.minutes(0.35)].map((d) => d.toMilliseconds())).toEqual([3_960_000, 1001, 21_000]);
});
