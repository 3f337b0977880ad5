import { isDnsName, toSlug } from '../../lib/core/names';
import { messageOf } from '../hcl/message-of';

test.each([
  ['Ubuntu', 'ubuntu'],
  ['UbuntuBase', 'ubuntu-base'],
  ['Ubuntu_base', 'ubuntu-base'],
  ['ubuntu-24.04', 'ubuntu-24-04'],
  ['HTTPServer2', 'http-server2'],
  ['K8sWorker', 'k8s-worker'],
  ['  a  b  ', 'a-b'],
  ['--a--', 'a'],
  ['a/b\\c', 'a-b-c'],
  ['9000', '9000'],
])('the slug of %j is %j', (text, slug) => {
  expect(toSlug(text)).toBe(slug);
  expect(toSlug(slug)).toBe(slug);
  expect(isDnsName(slug)).toBe(true);
});

test.each(['', '-', '___', 'Ä', '${}'])('%j has no slug', (text) => {
  expect(messageOf(() => toSlug(text))).toBe(`name: [not-a-name] name, got: ${JSON.stringify(text)}
  A name for Packer or Terraform has at least one letter or digit.
  Remedy: Choose an id with a letter in it, such as Ubuntu.`);
});

test.each(['a', 'A1', 'web-1', 'web.lan', '1.2', 'a'.repeat(63), `${'a.'.repeat(126)}b`])('%s is a DNS name', (name) => {
  expect(isDnsName(name)).toBe(true);
});

test.each(['', '-a', 'a-', 'a..b', '.a', 'a.', 'a_b', 'a b', 'ä', 'a\n', 'a'.repeat(64), `${'a.'.repeat(127)}b`])('%j is no DNS name', (name) => {
  expect(isDnsName(name)).toBe(false);
});
