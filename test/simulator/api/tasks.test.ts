import { Simulated, moment, wrong } from './simulated';

const work = (server: Simulated, user = 'root@pam', type = 'qmstart', id = '100', fail?: string) => server.cluster.tasks.start('pve', type, id, user, ({ log }) => {
  log('first');
  log('second');
  if (fail !== undefined) throw new Error(fail);
});
const starttime = moment / 1000;

test('a task tells whether it runs, how it ended and what it wrote', async () => {
  const server = new Simulated();
  const task = work(server, 'root@pam!test');
  const { upid, pid, pstart } = task;
  const told = { upid, pid, pstart, node: 'pve', type: 'qmstart', id: '100', user: 'root@pam', tokenid: 'test', starttime };
  expect(await server.ask('GET', `/nodes/pve/tasks/${upid}/status`)).toEqual({ ...told, status: 'running' });
  expect(await server.answer('GET', `/nodes/pve/tasks/${upid}/log`)).toEqual({ data: [{ n: 1, t: 'no content' }], total: 1 });
  await task.done;
  expect(await server.ask('GET', `/nodes/pve/tasks/${upid}/status`)).toEqual({ ...told, status: 'stopped', exitstatus: 'OK' });
  const lines = [{ n: 1, t: 'first' }, { n: 2, t: 'second' }, { n: 3, t: 'TASK OK' }];
  expect(await server.answer('GET', `/nodes/pve/tasks/${upid}/log`)).toEqual({ data: lines, total: 3 });
  expect(await server.answer('GET', `/nodes/pve/tasks/${upid}/log`, { start: '1', limit: '1' })).toEqual({ data: lines.slice(1, 2), total: 3 });
  expect(await server.ask('GET', `/nodes/pve/tasks/${upid}/log`, { limit: '0' })).toEqual(lines);
  expect(await server.ask('GET', `/nodes/pve/tasks/${upid}`)).toEqual([{ name: 'log' }, { name: 'status' }]);
});

test('a task that is not there is refused', async () => {
  const server = new Simulated();
  expect(await server.refused('GET', '/nodes/pve/tasks/UPID:pve:00000001:00000001:00000001:qmcreate:1:root@pam:/status')).toEqual(wrong({ upid: 'no such task' }));
  expect(await server.refused('GET', '/nodes/pve/tasks/nonsense/log')).toEqual(wrong({ upid: 'unable to parse worker upid' }));
});

test('tasks belong to who started them: a user sees those of its tokens, not the other way round', async () => {
  const server = new Simulated();
  const [ofUser, ofToken] = [work(server, 'u@pve'), work(server, 'u@pve!t')];
  await server.cluster.tasks.idle();
  server.as({}, 'u@pve');
  expect(await server.ask('GET', `/nodes/pve/tasks/${ofToken.upid}/status`)).toMatchObject({ exitstatus: 'OK' });
  server.cluster.access.users.get('u@pve')!.tokens.set('t', { id: 't', secret: 's', privilegeSeparation: false, expire: 0 });
  server.caller = { id: 'u@pve!t', user: 'u@pve', tokenId: 't' };
  expect(await server.refused('GET', `/nodes/pve/tasks/${ofUser.upid}/status`)).toEqual([403, 'Permission check failed (/nodes/pve, Sys.Audit)']);
  expect(await server.refused('DELETE', `/nodes/pve/tasks/${ofUser.upid}`)).toEqual([403, 'Permission check failed (/nodes/pve, Sys.Modify)']);
  expect(await server.ask('GET', '/nodes/pve/tasks')).toMatchObject([{ upid: ofToken.upid }]);
});

test('tasks are listed with the last first, cut down to what is wanted', async () => {
  const server = new Simulated();
  work(server, 'root@pam', 'qmstart', '100');
  work(server, 'root@pam', 'qmstop', '101', 'it broke');
  work(server, 'u@pve', 'qmclone', '102');
  await server.cluster.tasks.idle();
  const running = server.cluster.tasks.start('pve', 'vzdump', '103', 'root@pam', ({ stopped }) => stopped);
  const listed = async (filter: { [name: string]: string } = {}) => {
    const { data, total } = await server.answer('GET', '/nodes/pve/tasks', filter);
    return [(data as { id: string }[]).map(({ id }) => id), total];
  };
  expect(await listed()).toEqual([['102', '101', '100'], 3]);
  expect(await listed({ limit: '1', start: '1' })).toEqual([['101'], 3]);
  expect(await listed({ errors: '1' })).toEqual([['101'], 1]);
  expect(await listed({ statusfilter: 'OK' })).toEqual([['102', '100'], 2]);
  expect(await listed({ typefilter: 'qmstop' })).toEqual([['101'], 1]);
  expect(await listed({ vmid: '100' })).toEqual([['100'], 1]);
  expect(await listed({ userfilter: 'PVE' })).toEqual([['102'], 1]);
  expect(await listed({ source: 'active' })).toEqual([['103'], 1]);
  expect(await listed({ source: 'all' })).toEqual([['103', '102', '101', '100'], 4]);
  expect(await listed({ since: `${starttime + 1}` })).toEqual([[], 0]);
  expect(await server.ask('GET', '/nodes/pve/tasks', { source: 'active' })).toMatchObject([{ status: 'RUNNING' }]);
  expect(await server.ask('GET', '/nodes/pve/tasks', { errors: '1' })).toMatchObject([{ status: 'it broke', endtime: starttime }]);
  expect(await server.refused('GET', '/nodes/pve/tasks', { statusfilter: 'fine' })).toEqual(wrong({ statusfilter: 'invalid format - invalid status \'fine\'\n' }));
  expect((await server.ask('GET', '/cluster/tasks') as { id: string; saved: string }[]).map(({ id, saved }) => [id, saved])).toEqual([
    ['103', '0'], ['102', '1'], ['101', '1'], ['100', '1'],
  ]);
  running.stop();
  await running.done;
});

test('a task that is told to stop stops', async () => {
  const server = new Simulated();
  const task = server.cluster.tasks.start('pve', 'vzdump', '100', 'root@pam', ({ stopped }) => stopped);
  expect(await server.ask('DELETE', `/nodes/pve/tasks/${task.upid}`)).toBeNull();
  await task.done;
  expect(await server.ask('GET', `/nodes/pve/tasks/${task.upid}/status`)).toMatchObject({ status: 'stopped', exitstatus: 'received interrupt' });
});

test('of a task that nobody knows the log says that there is no file', async () => {
  const path = '/nodes/pve/tasks/UPID:pve:00000001:00000001:00000001:qmcreate:1:root@pam:/log';
  const server = new Simulated();
  expect(await server.answer('GET', path)).toEqual({ data: [{ n: 1, t: 'unable to open file - No such file or directory' }], total: 1 });
  expect(await server.refused('GET', path, { download: '1', limit: '5' })).toEqual([500, '\'download\' cannot be used together with \'start\' or \'limit\' parameters']);
  server.as({});
  expect(await server.refused('GET', path)).toEqual([403, 'Permission check failed (/nodes/pve, Sys.Audit)']);
});

test('a token does not find its own tasks among those of all nodes, its user does', async () => {
  const server = new Simulated();
  await server.cluster.tasks.start('pve', 'qmcreate', '100', 'ci@pve!t', () => undefined).done;
  server.as({}, 'ci@pve');
  expect(await server.ask('GET', '/cluster/tasks')).toEqual([expect.objectContaining({ user: 'ci@pve', tokenid: 't', id: '100' })]);
  server.caller = { id: 'ci@pve!t', user: 'ci@pve', tokenId: 't' };
  expect(await server.ask('GET', '/cluster/tasks')).toEqual([]);
});
