import { Simulated, wrong } from './simulated';

function simulated(line: '8.4' | '9.1' = '8.4'): Simulated {
  const server = new Simulated(line);
  server.machine(100);
  server.machine(101);
  return server;
}
const digest = expect.stringMatching(/^[0-9a-f]{40}$/) as string;
const resources = '/cluster/ha/resources';

test('guests are managed, by their id alone too', async () => {
  const server = simulated();
  await server.ask('POST', '/cluster/ha/groups', { group: 'near', nodes: 'pve:2', restricted: '1' });
  expect(await server.ask('POST', resources, { sid: '100', state: 'enabled', group: 'near', max_restart: '2' })).toBeNull();
  const told = { sid: 'vm:100', type: 'vm', state: 'enabled', group: 'near', max_restart: 2, digest };
  expect(await server.ask('GET', resources)).toEqual([told]);
  expect(await server.ask('GET', resources, { type: 'ct' })).toEqual([]);
  expect(await server.ask('GET', `${resources}/100`)).toEqual(told);
  await server.ask('PUT', `${resources}/vm:100`, { state: 'stopped', comment: 'c', delete: 'group,max_restart' });
  expect(await server.ask('GET', `${resources}/vm:100`)).toEqual({ sid: 'vm:100', type: 'vm', state: 'stopped', comment: 'c', digest });
  expect(await server.ask('GET', '/cluster/ha/status/current')).toEqual([
    { id: 'quorum', type: 'quorum', node: 'pve', quorate: 1, status: 'OK' },
    {
      id: 'service:vm:100',
      type: 'service',
      sid: 'vm:100',
      node: 'pve',
      state: 'stopped',
      request_state: 'stopped',
      crm_state: 'stopped',
      status: 'vm:100 (pve, stopped)',
      max_restart: 1,
      max_relocate: 1,
      comment: 'c',
    },
  ]);
  expect(await server.ask('DELETE', `${resources}/vm:100`)).toBeNull();
  expect(await server.ask('GET', resources)).toEqual([]);
});

test.each([
  ['GET', `${resources}/9200`, {}, [500, 'unable do detect SID from VMID - VM/CT 9200 does not exist']],
  ['DELETE', `${resources}/vm:9000`, {}, [500, 'cannot delete service \'vm:9000\', not HA managed!']],
  ['PUT', `${resources}/vm:100`, { comment: 'x' }, [500, 'update resources config failed: no such resource \'vm:100\'']],
  ['PUT', `${resources}/vm:100`, { group: 'far' }, [500, 'HA group \'far\' does not exist']],
  ['POST', resources, { sid: 'vm:999' }, [500, 'resource \'vm:999\' does not exist in cluster']],
  ['POST', resources, { sid: 'vm:100', type: 'ct' }, [500, 'types does not match']],
  ['POST', resources, { sid: '-' }, wrong({ sid: 'invalid format - value does not look like a valid ha resource id\n' })],
  ['GET', '/cluster/ha/groups/near', {}, [500, 'no such ha group \'near\'']],
  ['PUT', '/cluster/ha/groups/near', { nodes: 'pve' }, [500, 'update ha group failed: no such ha group \'near\'']],
  ['POST', resources, { sid: '9200' }, [500, 'unable do detect SID from VMID - VM/CT 9200 does not exist']],
  ['POST', resources, { sid: 'foo:100' }, [500, 'unknown section type \'foo\'']],
  ['POST', resources, { sid: 'vm:x' }, [500, 'invalid VMID']],
  ['POST', `${resources}/vm:100/migrate`, { node: 'pve' }, [500, 'resource \'vm:100\' is not HA managed']],
  ['POST', '/cluster/ha/groups', { group: 'g1', nodes: 'bad_node' }, wrong({ nodes: 'invalid format - value does not look like a valid ha group node\n' })],
  ['GET', '/cluster/ha/rules', {}, [501, 'Method \'GET /cluster/ha/rules\' not implemented']],
])('on 8.4, %s %s %j is refused', async (method, path, parameters, refusal) => {
  expect(await simulated().refused(method, path, parameters as { [name: string]: string })).toEqual(refusal);
});

test('groups of nodes are kept as long as a guest uses them', async () => {
  const server = simulated();
  await server.ask('POST', '/cluster/ha/groups', { group: 'near', nodes: 'pve' });
  expect(await server.refused('POST', '/cluster/ha/groups', { group: 'near', nodes: 'pve' })).toEqual([500, 'create ha group failed: ha group ID \'near\' already defined']);
  await server.ask('PUT', '/cluster/ha/groups/near', { nodes: 'pve:1', nofailback: '1' });
  expect(await server.ask('GET', '/cluster/ha/groups')).toEqual([{ group: 'near', type: 'group', nodes: 'pve:1', nofailback: 1, digest }]);
  await server.ask('POST', resources, { sid: 'vm:100', group: 'near' });
  expect(await server.refused('POST', resources, { sid: 'vm:100' })).toEqual([500, 'create resource failed: resource ID \'vm:100\' already defined']);
  expect(await server.refused('DELETE', '/cluster/ha/groups/near')).toEqual([500, 'delete ha group failed: ha group is used by service \'vm:100\'']);
  await server.ask('DELETE', `${resources}/vm:100`);
  expect(await server.ask('DELETE', '/cluster/ha/groups/near')).toBeNull();
});

test('since 9 there are rules, and no groups', async () => {
  const server = simulated('9.1');
  expect(await server.refused('GET', '/cluster/ha/groups')).toEqual([500, 'cannot index groups: ha groups have been migrated to rules']);
  expect(await server.refused('POST', resources, { sid: 'vm:100', group: 'near' })).toEqual([500, 'invalid parameter \'group\': ha groups have been migrated to rules']);
  await server.ask('POST', resources, { sid: 'vm:100', failback: '0' });
  await server.ask('POST', resources, { sid: 'vm:101' });
  expect(await server.ask('GET', `${resources}/100`)).toEqual({ sid: 'vm:100', type: 'vm', failback: 0, digest });
  await server.ask('POST', '/cluster/ha/rules', { rule: 'near', type: 'node-affinity', resources: 'vm:100,vm:101', nodes: 'pve:1' });
  await server.ask('POST', '/cluster/ha/rules', { rule: 'apart', type: 'resource-affinity', resources: 'vm:101', affinity: 'negative', disable: '1' });
  const near = { rule: 'near', type: 'node-affinity', resources: 'vm:100,vm:101', nodes: 'pve:1', strict: 0, order: 1, digest };
  const apart = { rule: 'apart', type: 'resource-affinity', resources: 'vm:101', affinity: 'negative', disable: 1, order: 2, digest };
  expect(await server.ask('GET', '/cluster/ha/rules')).toEqual([near, apart]);
  expect(await server.ask('GET', '/cluster/ha/rules', { resource: 'vm:100' })).toEqual([near]);
  expect(await server.ask('GET', '/cluster/ha/rules', { type: 'resource-affinity' })).toEqual([apart]);
  await server.ask('PUT', '/cluster/ha/rules/near', { type: 'node-affinity', strict: '1', delete: 'comment' });
  expect(await server.ask('GET', '/cluster/ha/rules/near')).toEqual({ ...near, strict: 1 });
  await server.ask('DELETE', `${resources}/vm:101`);
  expect(await server.ask('GET', '/cluster/ha/rules')).toEqual([{ ...near, strict: 1, resources: 'vm:100' }]);
  await server.ask('DELETE', '/cluster/ha/rules/near');
  expect(await server.refused('GET', '/cluster/ha/rules/near')).toEqual([500, 'no such ha rule \'near\'']);
});

test.each([
  [{ rule: 'r1', type: 'node-affinity', resources: 'vm:100' }, [500, 'missing value for required option \'nodes\'']],
  [{ rule: 'r1', type: 'resource-affinity', resources: 'vm:100' }, [500, 'missing value for required option \'affinity\'']],
  [{ rule: 'r1', type: 'node-affinity', resources: 'vm:101,vm:100', nodes: 'pve' }, [500, 'create ha rule failed: cannot use unmanaged resource(s) vm:100, vm:101.']],
  [{ rule: 'r1', type: 'node-affinity', resources: '', nodes: 'moon:1' }, [500, 'create ha rule failed: cannot use non-existant node(s) moon.']],
])('the rule %j is refused', async (parameters, refusal) => {
  expect(await simulated('9.1').refused('POST', '/cluster/ha/rules', parameters as { [name: string]: string })).toEqual(refusal);
});

test('to look needs Sys.Audit, to change Sys.Console', async () => {
  const server = simulated();
  server.as({});
  expect(await server.refused('GET', `${resources}/vm:100`)).toEqual([403, 'Permission check failed (/, Sys.Audit)']);
  expect(await server.refused('POST', resources, { sid: 'vm:100' })).toEqual([403, 'Permission check failed (/, Sys.Console)']);
});

test('what a group must have cannot be removed, and what a guest lacks of one is told in the list', async () => {
  const server = simulated();
  await server.ask('POST', '/cluster/ha/groups', { group: 'g1', nodes: 'pve:1' });
  expect(await server.refused('PUT', '/cluster/ha/groups/g1', { delete: 'nodes' })).toEqual([500, 'update ha group failed: unable to delete required option \'nodes\'']);
  expect(await server.refused('PUT', '/cluster/ha/groups/g1', { delete: 'foo' })).toEqual([500, 'update ha group failed: no such option \'foo\'']);
  await server.ask('POST', resources, { sid: '100', group: 'gone' });
  const told = { sid: 'vm:100', type: 'vm', group: 'gone', digest };
  expect(await server.ask('GET', resources)).toEqual([{ ...told, errors: { group: 'group \'gone\' does not exist' } }]);
  expect(await server.ask('GET', `${resources}/vm:100`)).toEqual(told);
});

test('since 9 nodes of high availability have lost their group in what is said of them, too', async () => {
  expect(await simulated('9.1').refused('POST', '/cluster/ha/rules', { rule: 'r1', type: 'node-affinity', resources: 'vm:100', nodes: 'bad_node' })).toEqual(
    wrong({ nodes: 'invalid format - value does not look like a valid ha node\n' }),
  );
});
