import { World } from './world';

const sendKey = (world: World, key: string, vmid = 100) => world.refusal('PUT', `/qemu/${vmid}/sendkey`, { key });
const monitor = (world: World, command: string, caller?: string) => world.refusal('POST', '/qemu/100/monitor', { command }, caller);

async function running(line: '8.4' | '9.1' = '8.4'): Promise<World> {
  const world = new World(line);
  world.machine(100);
  await world.task('POST', '/qemu/100/status/start');
  return world;
}

test('keys are pressed', async () => {
  const world = await running();
  expect([await sendKey(world, 'ret'), await sendKey(world, 'ctrl-alt-delete')]).toEqual([{ answered: null }, { answered: null }]);
  expect(world.engine.keys.get(100)).toEqual(['ret', 'ctrl-alt-delete']);
});

test('keys that are none', async () => {
  const world = await running();
  world.machine(101);
  // The carriage return makes it an answer without a body.
  expect(await sendKey(world, 'nosuchkey')).toEqual([500, 'invalid parameter: nosuchkey\r']);
  expect(await sendKey(world, 'ü')).toEqual([500, 'VM 100 qmp command \'human-monitor-command\' failed - got timeout']);
  expect(await sendKey(world, 'ret', 101)).toEqual([500, 'VM 101 not running']);
  expect(await sendKey(world, 'ret', 102)).toEqual([500, 'Configuration file \'nodes/pve/qemu-server/102.conf\' does not exist']);
});

test('the monitor answers with text, whatever happens', async () => {
  const world = await running();
  world.engine.monitor = async (_vmid, line) => `(${line})\r\n`;
  expect(await monitor(world, 'info version')).toEqual({ answered: '(info version)\r\n' });
  world.engine.powerOffWithin(100);
  expect(await monitor(world, 'info version')).toEqual({ answered: 'ERROR: VM 100 not running\n' });
});

test('rights at the monitor', async () => {
  for (const [line, privilege] of [['8.4', 'VM.Monitor'], ['9.1', 'Sys.Audit']] as const) {
    const world = await running(line);
    const { access } = world.cluster;
    access.users.set('u@pve', { id: 'u@pve', enabled: true, groups: new Set(), tokens: new Map() });
    expect(await monitor(world, 'info version', 'u@pve')).toEqual([403, `Permission check failed (/vms/100, ${line === '8.4' ? privilege : 'Sys.Audit|Sys.Modify'})`]);
    access.roles.set('Monitor', new Set([privilege]));
    access.acl.push({ path: '/vms', subject: 'u@pve', role: 'Monitor', propagate: true });
    expect(await monitor(world, 'info version', 'u@pve')).toEqual({ answered: '' });
    expect(await monitor(world, 'cont', 'u@pve')).toEqual([403, 'Permission check failed (/, Sys.Modify)']);
    expect(await monitor(world, 'device_add x', 'u@pve')).toEqual(line === '8.4' ? [403, 'Permission check failed (/, Sys.Modify)'] : [500, 'root-only command \'device_add\'']);
    const unknown = 'command \'nosuch\' non-existent or not assigned a required permission yet, limiting to root user';
    expect(await monitor(world, 'nosuch', 'u@pve')).toEqual(line === '8.4' ? [403, 'Permission check failed (/, Sys.Modify)'] : [500, unknown]);
  }
});
