import { World, done, failed } from './world';

const post = (world: World, action: string, parameters = {}, vmid = 100) => world.task('POST', `/qemu/${vmid}/status/${action}`, parameters);
const refused = (world: World, action: string, parameters = {}, vmid = 100) => world.refusal('POST', `/qemu/${vmid}/status/${action}`, parameters);

async function running(config: { readonly [key: string]: string } = {}): Promise<World> {
  const world = new World();
  await world.withDisk(100, config);
  await post(world, 'start');
  return world;
}

/** Guests that take no notice of ACPI or their agent. */
function deaf(world: World): number[] {
  const waited: number[] = [];
  world.engine.shutdown = async (_vmid, seconds) => {
    waited.push(seconds);
    return false;
  };
  return waited;
}

test('the power is taken, and what is pending becomes true', async () => {
  const world = await running({ cores: '1' });
  world.cluster.guests.get(100)!.pending.set('cores', '2');
  expect(await post(world, 'stop')).toEqual(done());
  expect(world.engine.isRunning(100)).toBe(false);
  expect(world.config(100).cores).toBe('2');
  expect(await post(world, 'stop')).toEqual(done());
  expect(await post(world, 'stop', {}, 999)).toEqual(failed('unable to find configuration file for VM 999 on node \'pve\''));
});

test('a guest powers off when asked', async () => {
  const world = await running();
  expect(await post(world, 'shutdown')).toEqual(done());
  expect(world.engine.isRunning(100)).toBe(false);
  expect(await post(world, 'shutdown')).toEqual(done());
});

test('a guest without its agent is asked by ACPI, which the log says', async () => {
  const world = await running({ agent: '1' });
  expect(await post(world, 'shutdown')).toEqual(done('QEMU Guest Agent is not running - VM 100 qmp command \'guest-ping\' failed - got timeout'));
});

test('the agent is asked if it answers', async () => {
  const world = await running({ agent: 'enabled=1' });
  const asked: boolean[] = [];
  world.engine.setAgentAnswers(100, {});
  world.engine.shutdown = async (_vmid, _seconds, agent) => {
    asked.push(agent);
    return true;
  };
  expect(await post(world, 'shutdown')).toEqual(done());
  expect(asked).toEqual([true]);
});

test('a deaf guest goes on, unless it is to be stopped by force', async () => {
  const world = await running({ startup: 'order=3,up=1,down=5' });
  const waited = deaf(world);
  expect(await post(world, 'shutdown')).toEqual(failed('VM quit/powerdown failed - got timeout'));
  expect(world.engine.isRunning(100)).toBe(true);
  expect(await post(world, 'shutdown', { timeout: '1', forceStop: '1' })).toEqual(done('VM still running - terminating now with SIGTERM'));
  expect(world.engine.isRunning(100)).toBe(false);
  expect(waited).toEqual([5, 1]);
});

test('a locked machine is not stopped', async () => {
  const world = await running();
  world.cluster.guests.get(100)!.config.set('lock', 'backup');
  for (const action of ['stop', 'shutdown', 'reset', 'suspend']) {
    expect(await post(world, action)).toEqual(action === 'suspend' ? done() : failed('VM is locked (backup)'));
  }
});

test('a shutdown that waits can be overruled', async () => {
  const world = await running();
  let asked: () => void = () => undefined;
  const waits = new Promise<void>((resolve) => {
    asked = resolve;
  });
  world.engine.shutdown = () => {
    asked();
    return new Promise(() => undefined);
  };
  const waiting = world.cluster.tasks.find(await world.call('POST', '/qemu/100/status/shutdown') as string);
  await waits;
  expect(await post(world, 'stop', { 'overrule-shutdown': '1' })).toEqual(done(`overruled qmshutdown tasks: ${waiting.upid}`));
  await waiting.done;
  expect(waiting.exitStatus).toBe('received interrupt');
});

test('a reboot applies what is pending and starts it again', async () => {
  const world = await running({ cores: '1' });
  world.cluster.guests.get(100)!.pending.set('cores', '2');
  world.pass(60);
  expect(await post(world, 'reboot')).toEqual(done());
  await world.cluster.tasks.idle();
  expect(world.config(100).cores).toBe('2');
  expect(world.cluster.guests.get(100)!.startedAt).toBe(world.cluster.now());
  expect([...world.cluster.tasks.all.values()].map(({ type }) => type)).toEqual(['qmstart', 'qmreboot', 'qmstart']);
});

test('held and let go', async () => {
  const world = await running();
  expect(await post(world, 'suspend')).toEqual(done());
  expect(await world.call('GET', '/qemu/100/status/current')).toMatchObject({ status: 'running', qmpstatus: 'paused' });
  expect(await refused(world, 'shutdown')).toEqual([500, 'VM is paused - cannot shutdown']);
  expect(await refused(world, 'reboot')).toEqual([500, 'VM is paused - cannot shutdown']);
  expect(await post(world, 'resume')).toEqual(done());
  expect(await world.call('GET', '/qemu/100/status/current')).toMatchObject({ qmpstatus: 'running' });
  expect(await post(world, 'reset')).toEqual(done());
});

test.each(['reset', 'reboot', 'suspend', 'resume'])('%s of what does not run or is not there', async (action) => {
  const world = new World();
  world.machine(100);
  expect(await refused(world, action)).toEqual([500, 'VM 100 not running']);
  expect(await refused(world, action, {}, 999)).toEqual([500, 'unable to find configuration file for VM 999 on node \'pve\'']);
});

test('a guest that powers itself off is seen to be stopped', async () => {
  const world = await running();
  world.engine.powerOffWithin(100);
  expect(await world.call('GET', '/qemu/100/status/current')).toMatchObject({ status: 'stopped', qmpstatus: 'stopped', uptime: 0 });
  expect(await post(world, 'start')).toEqual(done());
});

test('high availability is asked to stop it, and does', async () => {
  const world = await running();
  world.cluster.ha.set('vm:100', { sid: 'vm:100', state: 'started' });
  expect(await refused(world, 'stop', { 'overrule-shutdown': '1' }))
    .toEqual([400, 'Parameter verification failed.', { 'overrule-shutdown': 'Not applicable for HA resources.' }]);
  expect(await post(world, 'shutdown')).toEqual(done('Requesting HA stop for VM 100'));
  await world.cluster.tasks.idle();
  expect(world.engine.isRunning(100)).toBe(false);
});

test('a machine that was suspended to disk goes on from there', async () => {
  const world = await running({ cores: '1' });
  world.cluster.guests.get(100)!.pending.set('cores', '2');
  expect(await post(world, 'suspend', { todisk: '1' })).toEqual(done(
    'Formatting \'/var/lib/vz/images/100/vm-100-state-suspend-2026-11-21.raw\', fmt=raw size=1598029824 preallocation=off', 'State saved, quitting',
  ));
  expect(world.engine.isRunning(100)).toBe(false);
  expect(world.config(100)).toMatchObject({ lock: 'suspended', vmstate: 'local:100/vm-100-state-suspend-2026-11-21.raw' });
  expect(await post(world, 'resume')).toEqual(done('Resuming suspended VM', 'Resumed VM, removing state'));
  expect(world.config(100)).toEqual({ cores: '1', scsi0: 'local:100/vm-100-disk-0.qcow2,size=2G' });
  expect(world.volumes(100)).toEqual(['local:100/vm-100-disk-0.qcow2']);
  expect(await refused(world, 'suspend', { statestorage: 'local' }))
    .toEqual([400, 'Parameter verification failed.', { todisk: 'missing property - \'statestorage\' requires this property' }]);
});
