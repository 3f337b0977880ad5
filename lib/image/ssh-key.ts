import { Problems, containsTerraformToken } from '../core';
import { checkNoExpression } from '../proxmox/text-forms';
import { imageRules } from './rules';

/** A line of `authorized_keys`: options, type, key, comment. */
const SSH_KEY = /^(\S.*\s)?(ssh-(ed25519|rsa|dss)|ecdsa-sha2-nistp(256|384|521)|sk-(ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com) [A-Za-z0-9+/]{40,}={0,3}(\s.*)?$/;

/**
 * Notes what is not a public SSH key.
 *
 * @param terraformOnly whether only Terraform reads it, so that it may be a reference
 */
export function checkSshKey(problems: Problems, property: string, key: string, terraformOnly: boolean = false): void {
  if (terraformOnly && containsTerraformToken(key)) return;
  checkNoExpression(problems, property, key);
  // What is no public key may be a private one: it is not shown.
  // eslint-disable-next-line no-control-regex
  problems.check(!/[\u0000-\u0008\u000a-\u001f\u007f]/.test(key.trim()) && SSH_KEY.test(key.trim()), imageRules['ssh-key-form'], { property });
}
