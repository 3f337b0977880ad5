import { FaultPlan } from '../../../lib/simulator/faults';
import { ConfigLocks } from '../../../lib/simulator/state/config-locks';

/** Something that goes on until it is ended. */
function work(): { readonly goesOn: () => Promise<void>; readonly begun: Promise<void>; readonly end: () => void } {
  let end: () => void = () => undefined;
  let begin: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  return {
    goesOn: () => {
      begin();
      return ended;
    },
    begun,
    end,
  };
}

test('one after the other changes, several read at once', async () => {
  const locks = new ConfigLocks(new FaultPlan());
  const [one, two] = [work(), work()];
  const order: string[] = [];
  const log: string[] = [];
  const reading = [locks.share(100, one.goesOn), locks.share(100, two.goesOn)];
  await Promise.all([one.begun, two.begun]);
  const changing = locks.hold(100, () => void order.push('changed'), 10, (line) => void log.push(line));
  await locks.hold(101, () => void order.push('another'));
  one.end();
  await reading[0];
  order.push('one has read');
  two.end();
  await Promise.all([...reading, changing]);
  expect(order).toEqual(['another', 'one has read', 'changed']);
  expect(log).toEqual(['trying to acquire lock...', ' OK']);
});

test('who waits too long gives up, and so does who meets the fault', async () => {
  const faults = new FaultPlan();
  const locks = new ConfigLocks(faults);
  const long = work();
  const log: string[] = [];
  const holding = locks.hold(100, long.goesOn);
  const timeout = 'can\'t lock file \'/var/lock/qemu-server/lock-100.conf\' - got timeout';
  await expect(locks.share(100, () => undefined, 0, (line) => void log.push(line))).rejects.toThrow(timeout);
  long.end();
  await holding;
  faults.add({ lockTimeout: 100, times: 1 });
  await expect(locks.hold(100, () => undefined)).rejects.toThrow(timeout);
  expect(await locks.hold(100, () => 'free')).toBe('free');
  expect(log).toEqual(['trying to acquire lock...']);
});

test('what fails lets go', async () => {
  const locks = new ConfigLocks(new FaultPlan());
  await expect(locks.hold(100, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await locks.hold(100, () => 'free')).toBe('free');
});
