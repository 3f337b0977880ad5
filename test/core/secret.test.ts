import { Secret, SecretSource } from '../../lib/core';
import { messageOf } from '../hcl/message-of';

test('a secret is a reference, never a value', () => {
  process.env.TF_VAR_planted = 'planted-value';
  try {
    const secret = Secret.fromEnvironment('planted');
    expect({ ...secret }).toEqual({ source: SecretSource.ENVIRONMENT, reference: 'planted' });
    expect(JSON.stringify(secret)).not.toContain('planted-value');
  } finally {
    delete process.env.TF_VAR_planted;
  }
});

test.each(['/run/secrets/token', '~/.config/homelab/token', '/a b/ü'])('a file %s need not exist', (path) => {
  const secret = Secret.fromFile(path);
  expect({ ...secret }).toEqual({ source: SecretSource.FILE, reference: path });
});

test('a secret is no part of a text', () => {
  expect(messageOf(() => `curl -u admin:${Secret.fromEnvironment('planted')}`)).toBe(`Secret: [secret-in-text] planted
  A secret is read when a tool runs: it has no text, and cannot be a part of one.
  Remedy: In a Packer template take a variable: new packer.Variable('name', { sensitive: true }) in the text, and in \`variables\` of the image.`);
});

test.each(['', '1st', '_x', 'a-b', 'a b', 'a.b', '${x}', 'a\n'])('%j is no name of a secret', (name) => {
  expect(messageOf(() => Secret.fromEnvironment(name))).toBe(`Secret.fromEnvironment: [secret-name] name, got: ${JSON.stringify(name)}
  The name of a secret is the name of a Terraform and a Packer variable: a letter, then letters, digits and underscores.
  Remedy: Choose a name such as proxmox_api_token, and give its value in TF_VAR_proxmox_api_token when a tool runs.`);
});

test.each(['', 'token', './token', '../token', '~token', '~', '/', '/run/secrets/', '/a\nb', '/a\u0000'])('%j is no file of a secret', (path) => {
  expect(messageOf(() => Secret.fromFile(path))).toBe(`Secret.fromFile: [secret-path] path, got: ${JSON.stringify(path)}
  The file of a secret has an absolute path, or one below the home folder: output that has been moved still finds it there.
  Remedy: Write the whole path, such as /run/secrets/proxmox_api_token or ~/.config/homelab/proxmox_api_token.`);
});
