import { Credentials, Secret } from '../../lib';
import { expectError, mistakes } from '../support/errors';
import { REFERENCES } from '../support/fixtures';

const secret = Secret.fromEnvironment('pve_password');

test('an API token', () => {
  const credentials = Credentials.apiToken(secret);
  expect([credentials.isApiToken, credentials.user, credentials.secret]).toEqual([true, undefined, secret]);
});

test('a user and password', () => {
  const credentials = Credentials.userPassword('packer.build@pve-ldap', secret);
  expect([credentials.isApiToken, credentials.user, credentials.secret]).toEqual([false, 'packer.build@pve-ldap', secret]);
});

test.each(['root', '', '@pam', 'root@', 'a b@pam', 'root@pam!token', 'a:b@pam', 'a${x}@pam', 'a"@pam', 'a@1', 'a@pam\n'])('the user %j is refused', (user) => {
  expect(expectError(() => Credentials.userPassword(user, secret)).message).toBe(`Credentials.userPassword: [user-name] user, got: ${JSON.stringify(user)}
  A user of Proxmox VE is written with its realm, such as root@pam or packer@pve.
  Remedy: Add the realm that is shown when logging in.`);
});

test('a user that Packer cannot know, and no user', () => {
  expect(mistakes(() => Credentials.userPassword(`${REFERENCES.text}@pam`, secret)))
    .toEqual(['not-known-at-synth user a Terraform reference (known only when Terraform runs)']);
  expect(mistakes(() => Credentials.userPassword(undefined as any, undefined as any))).toEqual(['user-name user ""', 'value-missing password']);
});

test('a secret that is given in clear is refused, and not shown', () => {
  const token = expectError(() => Credentials.apiToken('root@pam!x=11111111-2222' as any));
  expect(token.message).toBe(`Credentials.apiToken: [value-kind] token
  \`token\` is a Secret.
  Remedy: Write for example Secret.fromEnvironment('proxmox_api_token').`);
  const password = expectError(() => Credentials.userPassword('root@pam', 'hunter22' as any));
  expect(JSON.stringify(password) + password.message).not.toContain('hunter22');
  expect(mistakes(() => Credentials.apiToken(undefined as any))).toEqual(['value-missing token']);
});
