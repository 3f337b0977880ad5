import { Guest } from '../../../lib/simulator/state/guest';
import { World, done } from '../qemu/world';

async function withContainer(config: { readonly [key: string]: string } = {}): Promise<{ world: World; guest: Guest }> {
  const world = new World();
  const { volid } = await world.cluster.volumes.allocate('pve', 'local', 100, { bytes: 1024 ** 3, format: 'raw' });
  const guest = new Guest(100, 'lxc', 'pve', Object.entries({ hostname: 'ct', memory: '256', rootfs: `${volid},size=1G`, unprivileged: '1', ...config }), 0);
  world.cluster.guests.set(100, guest);
  return { world, guest };
}

const stopped = {
  cpu: 0,
  cpus: 4,
  disk: 0,
  diskread: 0,
  diskwrite: 0,
  maxdisk: 1024 ** 3,
  maxmem: 256 * 1024 ** 2,
  maxswap: 512 * 1024 ** 2,
  mem: 0,
  name: 'ct',
  netin: 0,
  netout: 0,
  status: 'stopped',
  swap: 0,
  type: 'lxc',
  uptime: 0,
  vmid: 100,
};

test('a container is seen, in the list and by itself', async () => {
  const { world, guest } = await withContainer({ cores: '2', tags: 'x' });
  world.machine(101);
  expect(await world.call('GET', '/lxc')).toEqual([{ ...stopped, cpus: 2, tags: 'x' }]);
  expect(await world.call('GET', '/lxc', {}, 'nobody@pve')).toEqual([]);
  expect(await world.call('GET', '/lxc/100/config')).toEqual({
    cores: 2, digest: guest.digest, hostname: 'ct', memory: 256, rootfs: 'local:100/vm-100-disk-0.raw,size=1G', tags: 'x', unprivileged: 1,
  });
  guest.startedAt = world.cluster.now();
  world.pass(9);
  expect(await world.call('GET', '/lxc/100/status/current')).toEqual({ ...stopped, cpus: 2, tags: 'x', status: 'running', pid: 1_000_100, uptime: 9, ha: { managed: 0 } });
});

test('what is no container is not taken for one, nor the other way round', async () => {
  const { world } = await withContainer();
  world.machine(101);
  expect(await world.refusal('GET', '/lxc/101/config')).toEqual([500, 'Configuration file \'nodes/pve/lxc/101.conf\' does not exist']);
  expect(await world.refusal('GET', '/qemu/100/status/current')).toEqual([500, 'Configuration file \'nodes/pve/qemu-server/100.conf\' does not exist']);
});

test('a container is destroyed with its volumes', async () => {
  const { world } = await withContainer();
  expect(await world.task('DELETE', '/lxc/100', { purge: '1' })).toEqual(done('purging CT 100 from related configurations..'));
  expect(world.cluster.guests.size).toBe(0);
  expect(world.volumes(100)).toEqual([]);
});

test('what is protected, locked, looked after or running is not destroyed', async () => {
  const { world, guest } = await withContainer({ protection: '1' });
  const refusal = () => world.refusal('DELETE', '/lxc/100');
  expect(await refusal()).toEqual([500, 'can\'t remove CT 100 - protection mode enabled']);
  guest.config.delete('protection');
  guest.config.set('lock', 'backup');
  expect(await refusal()).toEqual([500, 'CT is locked (backup)']);
  guest.config.delete('lock');
  world.cluster.ha.set('ct:100', { sid: 'ct:100', state: 'started' });
  expect(await refusal()).toEqual([500, 'unable to remove CT 100 - used in HA resources and purge parameter not set.']);
  world.cluster.ha.clear();
  guest.startedAt = 0;
  expect(await refusal()).toEqual([500, 'unable to destroy CT 100 - container is running']);
  expect(world.volumes(100)).toEqual(['local:100/vm-100-disk-0.raw']);
});

test('what is below a container is told, and nothing of it is pending', async () => {
  const { world, guest } = await withContainer();
  const { digest } = guest;
  expect(await world.call('GET', '/lxc/100/pending')).toEqual([
    { key: 'hostname', value: 'ct' }, { key: 'memory', value: 256 }, { key: 'rootfs', value: 'local:100/vm-100-disk-0.raw,size=1G' }, { key: 'unprivileged', value: 1 },
    { key: 'digest', value: digest },
  ]);
  expect(await world.call('GET', '/lxc/100/snapshot')).toEqual([{ name: 'current', digest, running: 0, description: 'You are here!' }]);
  expect(await world.call('GET', '/lxc/100/status')).toEqual(['current', 'start', 'stop', 'shutdown', 'migrate'].map((subdir) => ({ subdir })));
  expect(await world.call('GET', '/lxc/100')).toContainEqual({ subdir: 'config' });
  for (const path of ['', '/pending', '/snapshot', '/status']) {
    expect(await world.refusal('GET', `/lxc/999${path}`)).toEqual([500, 'Configuration file \'nodes/pve/lxc/999.conf\' does not exist']);
  }
});
