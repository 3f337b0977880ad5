import { TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { Secret } from '../../lib';
import { terraformSecret, terraformString } from '../../lib/assembly';
import { expectError } from '../support/errors';
import { newApp, newStack, synthesize } from '../support/synth';

test('a secret from the environment is one sensitive variable of the stack', () => {
  const stack = newStack();
  const scope = new Construct(stack, 'Deep');
  const references = [stack, scope].map((construct) => terraformSecret(construct, Secret.fromEnvironment('api_token')));
  expect(references).toEqual(['${var.api_token}', '${var.api_token}']);
  expect(synthesize(stack).terraform.variable).toEqual({
    api_token: { description: 'Secret, given as TF_VAR_api_token.', nullable: false, sensitive: true, type: 'string' },
  });
});

test('a secret in a file is read when Terraform runs, whatever its path looks like', () => {
  const stack = newStack();
  const paths = ['/run/secrets/token', '~/.config/token', '/a "b" ${c} %{d} \\e'];
  expect(paths.map((path) => terraformSecret(stack, Secret.fromFile(path)))).toEqual([
    '${sensitive(trimspace(file(pathexpand("/run/secrets/token"))))}',
    '${sensitive(trimspace(file(pathexpand("~/.config/token"))))}',
    '${sensitive(trimspace(file(pathexpand("/a \\"b\\" $${c} %%{d} \\\\e"))))}',
  ]);
  expect(synthesize(stack).terraform.variable).toBeUndefined();
  expect(terraformString('plain')).toBe('"plain"');
});

test('a sensitive variable of the user is taken', () => {
  const stack = newStack();
  new TerraformVariable(stack, 'api_token', { type: 'string', sensitive: true, description: 'Mine.' });
  expect(terraformSecret(stack, Secret.fromEnvironment('api_token'))).toBe('${var.api_token}');
  expect(synthesize(stack).terraform.variable).toEqual({ api_token: { description: 'Mine.', sensitive: true, type: 'string' } });
});

test('a variable that would be shown is refused, and a construct of another kind', () => {
  const stack = newStack();
  new TerraformVariable(stack, 'api_token', { type: 'string' });
  const scope = new Construct(stack, 'other');
  expect(expectError(() => terraformSecret(scope, Secret.fromEnvironment('api_token'))).message).toBe(`homelab/other: [secret-variable-shown] secret, got: "api_token"
  A secret from the environment is a sensitive Terraform variable, and the stack has one of that name that is not.
  Remedy: Set sensitive: true on the variable, or rename the secret.`);
  expect(expectError(() => terraformSecret(scope, Secret.fromEnvironment('other'))).message).toBe(`homelab/other: [secret-name-taken] secret, got: "other"
  A secret from the environment becomes a Terraform variable of its name in the stack, and a construct of another kind has that id there.
  Remedy: Rename the secret or the construct.`);
});

test('two stacks have a variable each', () => {
  const app = newApp();
  const [a, b] = ['a', 'b'].map((id) => newStack(app, id));
  [a, b].forEach((stack) => terraformSecret(stack, Secret.fromEnvironment('api_token')));
  expect([a, b].map((stack) => Object.keys(synthesize(stack).terraform.variable))).toEqual([['api_token'], ['api_token']]);
});
