import { Problems, containsTerraformToken } from '../core';
import { checkNoExpression } from '../proxmox/text-forms';
import { imageRules } from './rules';

/** A line of `authorized_keys` behind its options: type, key, comment. */
const SSH_KEY = /^((?:ssh-|ecdsa-sha2-|sk-)[\w@.-]+) ([A-Za-z0-9+/]+={0,3})(?:\s.*)?$/;

/** One option as sshd reads it: several may begin with `no-`, and lower case and upper case are the same. */
const OPTION = '(?:(?:no-)?(?:agent-forwarding|port-forwarding|pty|touch-required|user-rc|verify-required|X11-forwarding)|cert-authority|restrict'
  + '|(?:command|environment|expiry-time|from|permitlisten|permitopen|principals|tunnel)="(?:\\\\"|\\\\(?!")|[^"\\\\])*")';
const OPTIONS = new RegExp(`^${OPTION}(?:,${OPTION})*[ \\t]`, 'i');
/** Whatever stands before the type of a key. */
const ANYTHING = /^\S.*?\s(?=(?:ssh-|ecdsa-sha2-|sk-)\S+ )/;

/** Bytes of the parts of a key after its type, by type; undefined for a number of any length. */
const PARTS: { readonly [type: string]: readonly (number | undefined)[] } = {
  'ssh-ed25519': [32],
  'ssh-rsa': [undefined, undefined],
  'ssh-dss': [undefined, undefined, undefined, undefined],
  'ecdsa-sha2-nistp256': [8, 65],
  'ecdsa-sha2-nistp384': [8, 97],
  'ecdsa-sha2-nistp521': [8, 133],
  'sk-ssh-ed25519@openssh.com': [32, undefined],
  'sk-ecdsa-sha2-nistp256@openssh.com': [8, 65, undefined],
};

/**
 * Notes what is not a public SSH key: another form, a key that was cut short, or options that sshd does not know.
 *
 * @param terraformOnly whether only Terraform reads it, so that it may be a reference; otherwise Ansible does, which takes braces for a template
 */
export function checkSshKey(problems: Problems, property: string, key: string, terraformOnly: boolean = false): void {
  if (terraformOnly && containsTerraformToken(key)) return;
  checkNoExpression(problems, property, key);
  const line = key.trim();
  // eslint-disable-next-line no-control-regex
  const isLine = !/[\u0000-\u0008\u000a-\u001f\u007f]/.test(line);
  // What is no public key may be a private one, and options may tell a secret: neither is shown.
  const rest = line.replace(OPTIONS, '');
  if (!isLine || !isKey(terraformOnly ? rest : rest.trimStart())) {
    problems.report(imageRules[isLine && isKey(line.replace(ANYTHING, '')) ? 'ssh-key-options' : 'ssh-key-form'], { property });
  } else {
    problems.check(terraformOnly || !/\{[{%#]/.test(line), imageRules['ssh-key-template'], { property });
  }
}

function isKey(text: string): boolean {
  const [, type, data] = SSH_KEY.exec(text) ?? [];
  return type !== undefined && isWhole(type, Buffer.from(data, 'base64'));
}

/** Whether a key has all its parts, each behind its length, and nothing more; the first says its type again. */
function isWhole(type: string, key: Buffer): boolean {
  const parts: Buffer[] = [];
  for (let at = 0; at < key.length;) {
    if (at + 4 > key.length) return false;
    const end = at + 4 + key.readUInt32BE(at);
    if (end > key.length) return false;
    parts.push(key.subarray(at + 4, end));
    at = end;
  }
  const expected = Object.hasOwn(PARTS, type) ? PARTS[type] : undefined;
  return parts[0]?.toString('latin1') === type && parts.length - 1 === expected?.length
    && expected.every((bytes, i) => bytes === undefined ? parts[i + 1].length > 0 : parts[i + 1].length === bytes);
}
