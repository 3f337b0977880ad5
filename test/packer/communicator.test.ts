import { Duration } from '../../lib/core';
import { Communicator, CommunicatorType } from '../../lib/packer';
import { FULL_SSH, FULL_WINRM, secret } from './samples';

test('SSH, required properties only: time and attempts are both written, since one without the other is without limit', () => {
  expect(Communicator.ssh({ username: 'packer' }).attributes).toEqual({
    communicator: 'ssh', ssh_username: 'packer', ssh_timeout: '5m', ssh_handshake_attempts: 10,
  });
});

test('SSH through a proxy, with literal text that looks like a template', () => {
  const communicator = Communicator.ssh({ username: '{{ a }}', proxy: { host: 'socks.lan', port: 1081, username: 'me', password: secret('p') } });
  expect(communicator.attributes).toMatchObject({
    ssh_username: '{{ "{{" }} a }}', ssh_proxy_host: 'socks.lan', ssh_proxy_port: 1081, ssh_proxy_username: 'me', ssh_proxy_password: secret('p'),
  });
});

test('WinRM, required properties only and all', () => {
  expect(Communicator.winRm({ username: 'Administrator' }).attributes).toEqual({ communicator: 'winrm', winrm_username: 'Administrator' });
  expect(Communicator.winRm(FULL_WINRM).attributes).toEqual({
    communicator: 'winrm',
    winrm_username: 'Administrator',
    winrm_password: secret('build_password'),
    winrm_host: '192.168.1.51',
    winrm_port: 5986,
    winrm_timeout: '2h',
    winrm_use_ssl: true,
    winrm_insecure: true,
    winrm_use_ntlm: true,
    winrm_no_proxy: true,
  });
});

test('none', () => {
  expect(Communicator.none().attributes).toEqual({ communicator: 'none' });
});

test('what sources and provisioners ask', () => {
  const ask = ({ type, username, host, hasPassword, hasKey }: Communicator) => [type, username, host, hasPassword, hasKey];
  expect(ask(Communicator.ssh(FULL_SSH))).toEqual([CommunicatorType.SSH, 'packer', '192.168.1.50', true, true]);
  expect(ask(Communicator.ssh({ username: 'a', agentAuth: true }))).toEqual([CommunicatorType.SSH, 'a', undefined, false, true]);
  expect(ask(Communicator.winRm(FULL_WINRM))).toEqual([CommunicatorType.WINRM, 'Administrator', '192.168.1.51', true, false]);
  expect(ask(Communicator.none())).toEqual([CommunicatorType.NONE, undefined, undefined, false, false]);
});

test('the time for the first login', () => {
  expect(Communicator.ssh({ username: 'a' }).waitsLongerThan(0)).toBe(false);
  expect(Communicator.ssh({ username: 'a', timeout: Duration.seconds(2) }).waitsLongerThan(1000)).toBe(true);
});

test('the attributes are handed out as a copy', () => {
  const communicator = Communicator.none();
  communicator.attributes.communicator = 'ssh';
  expect(communicator.attributes.communicator).toBe('none');
});
