import { ConfigServer } from './config-server';

const noDigest = 'da39a3ee5e6b4b0d3255bfef95601890afd80709';

async function withMachine(line?: '8.4' | '9.1'): Promise<ConfigServer> {
  const server = new ConfigServer(line);
  await server.create(100, { net0: 'virtio,bridge=vmbr0' });
  return server;
}

test('options of the firewall are kept, and go to clones', async () => {
  const server = await withMachine();
  expect(await server.ask('GET', '/100/firewall')).toEqual(['rules', 'aliases', 'ipset', 'refs', 'options'].map((name) => ({ name })));
  expect(await server.ask('GET', '/100/firewall/options')).toEqual({ digest: noDigest });
  expect(await server.ask('PUT', '/100/firewall/options', { enable: 1, policy_in: 'DROP', digest: noDigest })).toBeNull();
  expect(await server.ask('GET', '/100/firewall/options')).toEqual({ enable: 1, policy_in: 'DROP', digest: expect.stringMatching(/^[0-9a-f]{40}$/) });
  await server.end(await server.ask('POST', '/100/clone', { newid: 101 }));
  expect(await server.ask('GET', '/101/firewall/options')).toMatchObject({ enable: 1, policy_in: 'DROP' });
  expect(await server.refusal('PUT', '/100/firewall/options', { enable: 0, digest: noDigest }))
    .toBe('500 detected modified configuration - file changed by other user? Try again.');
  expect(await server.refusal('PUT', '/100/firewall/options', { delete: 'nope' })).toBe('400 Parameter verification failed.\ndelete: no such option \'nope\'');
  expect(await server.refusal('PUT', '/100/firewall/options', { policy_in: 'drop' }))
    .toBe('400 Parameter verification failed.\npolicy_in: value \'drop\' does not have a value in the enumeration \'ACCEPT, REJECT, DROP\'');
  await server.ask('PUT', '/100/firewall/options', { delete: 'enable,policy_in' });
  expect(await server.ask('GET', '/100/firewall/options')).toEqual({ digest: noDigest });
  for (const name of ['rules', 'aliases', 'ipset', 'refs', 'log']) expect(await server.ask('GET', `/100/firewall/${name}`)).toEqual([]);
});

test('consoles are refused for what is not there, and then because they are not simulated', async () => {
  const server = await withMachine();
  for (const name of ['vncproxy', 'termproxy']) {
    expect(await server.refusal('POST', `/999/${name}`)).toBe('500 Configuration file \'nodes/pve/qemu-server/999.conf\' does not exist');
    expect(await server.refusal('POST', `/100/${name}`)).toBe('501 consoles are not simulated');
  }
  expect(await server.refusal('POST', '/100/spiceproxy')).toBe('500 VM 100 not running');
  await server.start(100);
  expect(await server.refusal('POST', '/100/spiceproxy')).toBe('500 no spice port');
  server.as({ '/vms': ['VM.Audit'] });
  for (const name of ['vncproxy', 'termproxy', 'spiceproxy']) {
    expect(await server.refusal('POST', `/999/${name}`)).toBe('403 Permission check failed (/vms/999, VM.Console)');
  }
});

test('there are no figures over time, but the times of them', async () => {
  const server = await withMachine();
  const times = await server.ask('GET', '/100/rrddata', { timeframe: 'hour' }) as object[];
  expect([times.length, times[0], times[69]]).toEqual([70, { time: 1799995860 }, { time: 1800000000 }]);
  expect(await server.refusal('GET', '/999/rrddata', { timeframe: 'hour' }))
    .toBe('500 RRD error: opening \'/var/lib/rrdcached/db/pve2-vm/999\': No such file or directory');
  expect(await server.refusal('GET', '/100/rrddata', { timeframe: 'decade' }))
    .toBe('400 Parameter verification failed.\ntimeframe: value \'decade\' does not have a value in the enumeration \'hour, day, week, month, year\'');
  expect(await (await withMachine('9.1')).ask('GET', '/100/rrddata', { timeframe: 'decade' })).toHaveLength(570);
});
