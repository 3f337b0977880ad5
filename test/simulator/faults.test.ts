import { PveSimulator } from '../../lib/simulator';
import { FaultPlan } from '../../lib/simulator/faults';
import { Client } from './client';

const planned = (...faults: Parameters<FaultPlan['add']>) => {
  const plan = new FaultPlan();
  faults.forEach((fault) => plan.add(fault));
  return plan;
};

test.each([
  ['/nodes/*/qemu', '/nodes/pve/qemu', true],
  ['/nodes/*/qemu', '/nodes/pve/qemu/100', false],
  ['/nodes/*/qemu', '/nodes/a/b/qemu', false],
  ['/nodes/**', '/nodes/pve/qemu/100/config', true],
  ['/nodes/*/qemu/**/config', '/nodes/pve/qemu/100/config', true],
  ['/nodes/pve/qemu/1*', '/nodes/pve/qemu/100', true],
  ['/nodes/p.e', '/nodes/pve', false],
  ['/version', '/version/more', false],
])('%s and %s', (path, asked, hit) => {
  expect(planned({ path, status: 500 }).ofRequest('GET', asked) !== undefined).toBe(hit);
});

test('a fault strikes after some, some times, and only its method', () => {
  const plan = planned({ method: 'POST', path: '/a', after: 1, times: 2, status: 500 });
  const hits = ['POST', 'GET', 'POST', 'GET', 'POST', 'POST'].map((method) => plan.ofRequest(method, '/a') !== undefined);
  expect([hits, plan.struck]).toEqual([[false, false, true, false, true, false], 2]);
});

test('the first that is planned strikes first, and then the next', () => {
  const plan = planned({ status: 500 });
  plan.add({ status: 403 });
  expect([1, 2, 3].map(() => plan.ofRequest('GET', '/x')?.status)).toEqual([500, 403, undefined]);
});

test('faults of tasks, storages and locks do not hit requests', () => {
  const plan = planned({ taskType: 'qmclone', failure: 'x' });
  plan.add({ fullStorage: 'local' });
  plan.add({ lockTimeout: 100 });
  expect(plan.ofRequest('GET', '/x')).toBeUndefined();
  expect([plan.ofTask('qmstart', '1'), plan.ofTask('qmclone', '1'), plan.ofTask('qmclone', '1')]).toEqual([undefined, { fail: 'x', delay: undefined, lose: undefined }, undefined]);
  expect([plan.isFull('other'), plan.lockTimesOut(101), plan.lockTimesOut(100), plan.lockTimesOut(100), plan.isFull('local'), plan.isFull('local')])
    .toEqual([false, false, true, true, true, true]);
});

describe('on a server', () => {
  let pve: PveSimulator;
  let client: Client;
  beforeEach(async () => {
    pve = await PveSimulator.start();
    client = new Client(pve);
  });
  afterEach(() => pve.stop());

  test('an answer with a status, and nothing is done', async () => {
    pve.addFault({ method: 'POST', path: '/nodes/*/qemu', status: 503, reason: 'go away' });
    expect(await client.send('POST', '/nodes/pve/qemu', { vmid: '100' })).toMatchObject({ status: 503, reason: 'go away', body: '{"data":null,"message":"go away\\n"}' });
    expect([pve.vms, pve.faultsStruck]).toEqual([[], 1]);
  });

  test('what the proxy says itself has no body, and the usual phrase', async () => {
    pve.addFault({ status: 596 });
    pve.addFault({ status: 403 });
    expect(await client.send('GET', '/version')).toMatchObject({ status: 596, reason: 'Error', body: '' });
    expect(await client.send('GET', '/version')).toMatchObject({ status: 403, reason: 'Forbidden' });
  });

  test.each([[false, []], [true, [100]]])('a dropped connection; done: %s', async (done, ids) => {
    pve.addFault({ method: 'POST', drop: true, done });
    await expect(client.send('POST', '/nodes/pve/qemu', { vmid: '100' })).rejects.toThrow(/socket hang up|ECONNRESET/);
    await pve.idle();
    expect(pve.vms.map(({ vmId }) => vmId)).toEqual(ids);
    expect(pve.requests).toMatchObject([{ method: 'POST', status: 0, reason: 'dropped' }]);
  });

  test('a dropped connection of what is refused is dropped as well', async () => {
    pve.addFault({ method: 'POST', drop: true, done: true });
    await expect(client.send('POST', '/nodes/pve/qemu', { vmid: 'x' })).rejects.toThrow(/socket hang up|ECONNRESET/);
  });

  test('a delay, after which all is as usual', async () => {
    pve.addFault({ path: '/version', delay: 1 });
    expect(await client.send('GET', '/version')).toMatchObject({ status: 200 });
    expect(pve.faultsStruck).toBe(1);
  });

  test('a task that fails, a full storage, a lock that is not to be had', async () => {
    pve.addFault({ taskType: 'qmcreate', failure: 'unable to fork' });
    await expect(pve.call('POST', '/nodes/pve/qemu', { vmid: '100' })).rejects.toThrow('The server answers 500 unable to fork');
    pve.addFault({ fullStorage: 'local-lvm', times: 9 });
    await expect(pve.call('POST', '/nodes/pve/qemu', { vmid: '101', scsi0: 'local-lvm:1' })).rejects.toThrow(/The server answers 500 unable to create VM 101/);
    pve.clearFaults();
    await pve.call('POST', '/nodes/pve/qemu', { vmid: '101', scsi0: 'local-lvm:1' });
    pve.addFault({ lockTimeout: 101 });
    await expect(pve.call('PUT', '/nodes/pve/qemu/101/config', { cores: '2' })).rejects.toThrow('can\'t lock file \'/var/lock/qemu-server/lock-101.conf\' - got timeout');
    expect(pve.vms.filter(({ vmId }) => vmId === 101).map(({ config }) => config.cores)).toEqual([undefined]);
  });
});
