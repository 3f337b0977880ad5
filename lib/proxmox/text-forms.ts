import { Problems, Rule, containsTerraformToken, isDnsName, toSlug } from '../core';
import { PieceKind, toPieces } from '../hcl/marker';
import { proxmoxRules } from './rules';

const NODE = /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/;
const STORAGE = /^[a-zA-Z][a-zA-Z0-9\-_.]{0,98}[a-zA-Z0-9]$/;
const BRIDGE = /^[a-zA-Z][a-zA-Z0-9_.-]{0,14}$/;

/**
 * Notes a text that is not of a form. A reference to Terraform has no form yet.
 *
 * @param terraformOnly whether only Terraform reads the text; Packer, which runs before it, cannot be given a reference
 */
export function checkForm(
  problems: Problems, property: string, value: string | undefined, form: RegExp, rule: Rule, terraformOnly: boolean = false,
): void {
  if (value === undefined) return;
  if (containsTerraformToken(value)) {
    problems.check(terraformOnly, proxmoxRules['not-known-at-synth'], { property, received: value });
    return;
  }
  problems.check(typeof value === 'string' && form.test(value), rule, { property, received: value });
}

/** Notes what is not a DNS name, the form in which Proxmox VE takes the names of machines and templates. */
export function checkName(problems: Problems, property: string, value: string, rule: Rule, terraformOnly: boolean = false): void {
  if (containsTerraformToken(value)) checkForm(problems, property, value, /./, rule, terraformOnly);
  else problems.check(isDnsName(value), rule, { property, received: value });
}

/** The name of what has none of its own, made of the construct's id. An id that gives no name is refused with the owner tag. */
export function defaultName(id: string): string {
  return hasName(id) ? toSlug(id) : 'unnamed';
}

/** Whether a name can be made of an id. */
export function hasName(id: string): boolean {
  return /[a-zA-Z0-9]/.test(id);
}

/** Notes what is not the name of a node. */
export function checkNode(problems: Problems, property: string, value: string | undefined, terraformOnly: boolean = false): void {
  checkForm(problems, property, value, NODE, proxmoxRules['node-name'], terraformOnly);
}

/** Notes what is not the id of a storage. */
export function checkStorage(problems: Problems, property: string, value: string | undefined, terraformOnly: boolean = false): void {
  checkForm(problems, property, value, STORAGE, proxmoxRules['storage-name'], terraformOnly);
}

/** Notes what is not the name of a bridge. */
export function checkBridge(problems: Problems, property: string, value: string | undefined, terraformOnly: boolean = false): void {
  checkForm(problems, property, value, BRIDGE, proxmoxRules['bridge-name'], terraformOnly);
}

/** Notes what Proxmox VE does not take as the note of a machine, which it keeps in a line of the machine's file. */
export function checkDescription(problems: Problems, value: string | undefined): void {
  if (value === undefined) return;
  const finding = { property: 'description', received: value };
  checkNoExpression(problems, 'description', value);
  // eslint-disable-next-line no-control-regex
  problems.check(!/[\u0000-\u0008\u000b-\u001f\u007f]|\p{Surrogate}/u.test(value) && value.length <= 8192, proxmoxRules['description-form'], finding);
}

/** Notes text that Packer does not read and that holds an expression of Packer, which means nothing there. */
export function checkNoExpression(problems: Problems, property: string, value: string): void {
  problems.check(toPieces(value).every((piece) => piece.kind === PieceKind.LITERAL), proxmoxRules['packer-expression-out-of-place'], { property });
}
