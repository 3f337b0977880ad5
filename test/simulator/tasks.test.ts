import { ApiError, failure } from '../../lib/simulator/api-error';
import { TaskFault, TaskRegistry } from '../../lib/simulator/tasks';

const moment = 1_800_000_000_000;
const registry = (fault?: TaskFault, duration = 0) => new TaskRegistry(() => moment, duration, () => fault);

test('a task works after it was started, and ends with a line', async () => {
  const tasks = registry();
  let works = false;
  const task = tasks.start('pve', 'qmstart', '100', 'root@pam!t', ({ log }) => {
    works = true;
    log('a line');
  });
  expect([works, task.exitStatus]).toEqual([false, undefined]);
  await task.done;
  expect({ works, log: task.log, status: task.exitStatus, end: task.endtime }).toEqual({ works: true, log: ['a line', 'TASK OK'], status: 'OK', end: moment / 1000 });
});

test('the id of a task tells node, process, time, type, what it is about and who', () => {
  const tasks = registry();
  const one = tasks.start('pve', 'qmstart', '100', 'root@pam!t', () => undefined);
  const other = tasks.start('pve', 'qmclone', '', 'root@pam', () => undefined);
  expect(one.upid).toBe('UPID:pve:000003EF:346DC5D60:6B49D200:qmstart:100:root@pam!t:'.replace('346DC5D60', (Math.floor(moment / 10) % 0x7fffffff).toString(16).toUpperCase().padStart(8, '0')));
  expect(other.upid).toMatch(/^UPID:pve:000003F6:[0-9A-F]{8}:6B49D200:qmclone::root@pam:$/);
  expect([tasks.find(one.upid), tasks.find(other.upid)]).toEqual([one, other]);
});

test.each([
  ['a failure', failure('no space\nleft\n'), 'no space left'],
  ['wrong parameters', ApiError.parameters({ memory: 'too much', cores: 'too few' }), '400 Parameter verification failed. memory: too much cores: too few'],
  ['missing rights', ApiError.permission('/vms/100, VM.Audit'), '403 Permission check failed (/vms/100, VM.Audit)'],
])('%s is how it ends', async (_, error, status) => {
  const task = registry().start('pve', 'qmstart', '100', 'root@pam', () => Promise.reject(error));
  await task.done;
  expect([task.exitStatus, task.log]).toEqual([status, [`TASK ERROR: ${status}`]]);
});

test('warnings are counted', async () => {
  const task = registry().start('pve', 'qmstart', '100', 'root@pam', ({ warn }) => {
    warn('one');
    warn('two');
  });
  await task.done;
  expect([task.exitStatus, task.log]).toEqual(['WARNINGS: 2', ['WARN: one', 'WARN: two', 'TASK WARNINGS: 2']]);
});

test('a task takes its time, and can be told to stop meanwhile', async () => {
  const tasks = registry(undefined, 3_600_000);
  let worked = false;
  const task = tasks.start('pve', 'qmclone', '100', 'root@pam', () => {
    worked = true;
  });
  task.stop();
  await tasks.idle();
  expect([worked, task.exitStatus]).toEqual([false, 'received interrupt']);
});

test('work that cleans up begins at once, and is told to stop where its time passes', async () => {
  const steps: string[] = [];
  const tasks = registry(undefined, 3_600_000);
  const task = tasks.start('pve', 'qmclone', '100', 'root@pam', async ({ pass }) => {
    steps.push('lock');
    task.stop();
    try {
      await pass();
    } finally {
      steps.push('unlock');
    }
  }, { cleansUp: true });
  await tasks.idle();
  expect([steps, task.exitStatus]).toEqual([['lock', 'unlock'], 'interrupted by signal']);
});

test('faults: a task fails without working, or is lost', async () => {
  const work = jest.fn();
  const failed = registry({ fail: 'out of memory' }).start('pve', 'qmstart', '100', 'root@pam', work);
  await failed.done;
  expect([failed.exitStatus, failed.log]).toEqual(['out of memory', ['TASK ERROR: out of memory']]);
  const tasks = registry({ lose: true });
  const lost = tasks.start('pve', 'qmstart', '100', 'root@pam', work);
  expect(tasks.find(lost.upid)).toBe(lost);
  await lost.done;
  expect(() => tasks.find(lost.upid)).toThrow(new ApiError(400, 'Parameter verification failed.', { upid: 'no such task' }));
  expect(work).not.toHaveBeenCalled();
});

test('what is no task is refused', () => {
  const errors = (upid: string) => {
    try {
      registry().find(upid);
      return undefined;
    } catch (error) {
      return (error as ApiError).errors;
    }
  };
  expect(errors('nonsense')).toEqual({ upid: 'unable to parse worker upid' });
  expect(errors('UPID:pve:000003EF:346DC5D6:6B49D200:qmstart:100:root@pam:')).toEqual({ upid: 'no such task' });
});
