import { Simulated, wrong } from './simulated';

async function simulated(): Promise<Simulated> {
  const server = new Simulated();
  server.machine(100, { name: 'one' });
  server.machine(101);
  for (const poolid of ['a', 'a/b', 'c']) await server.ask('POST', '/pools', { poolid });
  await server.ask('PUT', '/pools', { poolid: 'a/b', vms: '100', storage: 'local', comment: 'x' });
  return server;
}

test('pools are made inside pools and told with their members', async () => {
  const server = await simulated();
  expect(await server.ask('GET', '/pools')).toEqual([{ poolid: 'a' }, { poolid: 'a/b', comment: 'x' }, { poolid: 'c' }]);
  expect(await server.ask('GET', '/pools', { poolid: 'a/b' })).toEqual([{
    poolid: 'a/b', comment: 'x', members: [expect.objectContaining({ id: 'qemu/100', name: 'one' }), expect.objectContaining({ id: 'storage/pve/local' })],
  }]);
  expect(await server.ask('GET', '/pools', { poolid: 'a/b', type: 'qemu' })).toMatchObject([{ members: [{ id: 'qemu/100' }] }]);
  expect(await server.ask('GET', '/pools/c')).toEqual({ poolid: 'c', members: [] });
});

test('members come and go, and move if they may', async () => {
  const server = await simulated();
  const guests = () => Object.fromEntries([...server.cluster.pools].map(([id, pool]) => [id, [...pool.guests]]));
  await server.ask('PUT', '/pools/c', { 'vms': '100,101', 'allow-move': '1' });
  expect(guests()).toEqual({ 'a': [], 'a/b': [], 'c': [100, 101] });
  await server.ask('PUT', '/pools', { poolid: 'c', vms: '100', delete: '1' });
  expect(guests()).toEqual({ 'a': [], 'a/b': [], 'c': [101] });
});

test.each([
  ['POST', '/pools', { poolid: 'a' }, [500, 'create pool failed: pool \'a\' already exists']],
  ['POST', '/pools', { poolid: 'x/y' }, [500, 'create pool failed: parent \'x\' of pool \'x/y\' does not exist']],
  ['POST', '/pools', { poolid: 'x y' }, wrong({ poolid: 'invalid format - pool name \'x y\' contains invalid characters\n' })],
  ['PUT', '/pools', { poolid: 'x' }, [500, 'update pools failed: pool \'x\' does not exist']],
  ['PUT', '/pools', { poolid: 'a/b', vms: '100' }, [500, 'update pools failed: VM 100 is already a pool member']],
  ['PUT', '/pools', { poolid: 'c', vms: '100' }, [500, 'update pools failed: VM 100 belongs already to pool \'a/b\' and \'allow-move\' is not set']],
  ['PUT', '/pools', { poolid: 'c', vms: '100', delete: '1' }, [500, 'update pools failed: VM 100 is not a pool member']],
  ['PUT', '/pools/c', { storage: 'local', delete: '1' }, [500, 'update pools failed: Storage \'local\' is not a pool member']],
  ['DELETE', '/pools', { poolid: 'a' }, [500, 'delete pool failed: pool \'a\' is not empty (contains pool \'a/b\')']],
  ['DELETE', '/pools', { poolid: 'a/b' }, [500, 'delete pool failed: pool \'a/b\' is not empty (contains VM 100)']],
  ['DELETE', '/pools/x', {}, [500, 'delete pool failed: pool \'x\' does not exist']],
  ['GET', '/pools/x', {}, [500, 'pool \'x\' does not exist']],
])('%s %s %j is refused', async (method, path, parameters, refusal) => {
  expect(await (await simulated()).refused(method, path, parameters as { [name: string]: string })).toEqual(refusal);
});

test('a pool with a storage is not empty; one whose machines are gone is', async () => {
  const server = await simulated();
  server.cluster.guests.delete(100);
  expect(await server.refused('DELETE', '/pools', { poolid: 'a/b' })).toEqual([500, 'delete pool failed: pool \'a/b\' is not empty (contains storage \'local\')']);
  await server.ask('PUT', '/pools', { poolid: 'a/b', storage: 'local', delete: '1' });
  server.cluster.access.acl.push({ path: '/pool/a/b', subject: 'root@pam', role: 'PVEAdmin', propagate: true });
  await server.ask('DELETE', '/pools', { poolid: 'a/b' });
  expect([[...server.cluster.pools.keys()], server.cluster.access.acl]).toEqual([['a', 'c'], []]);
});

test('who may not change a member may not put it into a pool', async () => {
  const server = await simulated();
  server.as({ '/pool/c': ['Pool.Allocate'], '/vms/101': ['VM.Allocate'] });
  expect(await server.refused('PUT', '/pools', { poolid: 'c', storage: 'local' })).toEqual([403, 'Permission check failed (/storage/local, Permissions.Modify|Datastore.Allocate)']);
  expect(await server.refused('PUT', '/pools', { poolid: 'c', vms: '101,100', comment: 'y' })).toEqual([403, 'Permission check failed (/vms/100, Permissions.Modify|VM.Allocate)']);
  expect(server.cluster.pools.get('c')).toMatchObject({ guests: new Set() });
  await server.ask('PUT', '/pools', { poolid: 'c', vms: '101' });
  expect(await server.refused('POST', '/pools', { poolid: 'd' })).toEqual([403, 'Permission check failed (/pool/d, Pool.Allocate)']);
  expect(await server.ask('GET', '/pools')).toEqual([]);
});

test('since 9, names start with a letter', async () => {
  expect(await new Simulated('9.1').refused('POST', '/pools', { poolid: '1x' })).toEqual([500, 'create pool failed: pool name must start with a letter']);
  expect(await new Simulated('8.4').ask('POST', '/pools', { poolid: '1x' })).toBeNull();
});
