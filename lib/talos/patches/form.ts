import { isIPv4, isIPv6 } from 'net';
import { Problems, Rule, containsTerraformToken } from '../../core';
import { TEXT, checkKinds, listOf, required } from '../../proxmox/kinds';
import { MachineType } from '../machine-type';
import { PatchContext, PatchDocument } from '../patch-document';
import { patchRules as rules } from '../patch-rules';

/*
 * Forms of what stands in patches.
 */

const DNS_LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = new RegExp(`^(?=.{1,253}$)${DNS_LABEL}(\\.${DNS_LABEL})*$`);
const QUALIFIED = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** Whether a value is known now; a reference to Terraform is refused. @internal */
export function checkKnown(problems: Problems, property: string, value: any): boolean {
  const known = !containsTerraformToken(value);
  problems.check(known, rules['patch-reference'], { property, received: value });
  return known;
}

/** A list of texts that is not empty and has nothing twice, each of a form. Answers with those that are texts. @internal */
export function checkTexts(problems: Problems, property: string, values: string[], rule: Rule, accepts: (text: string) => boolean): string[] {
  required(listOf(TEXT))(values, property, problems);
  if (!Array.isArray(values)) return [];
  problems.check(values.length > 0, rules['patch-empty'], { property });
  values.forEach((value, i) => {
    if (typeof value !== 'string' || !checkKnown(problems, `${property}[${i}]`, value)) return;
    const finding = { property: `${property}[${i}]`, received: withoutLogin(value) };
    problems.check(accepts(value), rule, finding);
    problems.check(values.indexOf(value) === i, rules['patch-item-twice'], finding);
  });
  return values.filter((value) => typeof value === 'string' && !containsTerraformToken(value));
}

/** A map of texts that is not empty. Answers with its entries, sorted by name. @internal */
export function checkMap(problems: Problems, property: string, values: { readonly [name: string]: string }): [string, string][] {
  checkKinds(values, {}, problems, property);
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return [];
  problems.check(Object.keys(values).length > 0, rules['patch-empty'], { property });
  for (const [name, value] of Object.entries(values)) {
    required(TEXT)(value, `${property}.${name}`, problems);
    if (checkKnown(problems, property, name)) checkKnown(problems, `${property}.${name}`, value);
  }
  return Object.entries(values).filter(([name, value]) => typeof value === 'string' && !containsTerraformToken([name, value])).sort(([a], [b]) => a < b ? -1 : 1);
}

/** One text of a form. @internal */
export function checkText(problems: Problems, property: string, value: string, rule: Rule, accepts: (text: string) => boolean): void {
  required(TEXT)(value, property, problems);
  if (typeof value === 'string' && checkKnown(problems, property, value)) problems.check(accepts(value), rule, { property, received: withoutLogin(value) });
}

/** A URL may have a password in it, which is not shown. */
function withoutLogin(text: string): string {
  return text.replace(/:\/\/[^/]*@/, '://…@');
}

/** A map with its names in order, so that the same values are the same bytes. @internal */
export function sorted(values: { readonly [name: string]: string }): { [name: string]: string } {
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => a < b ? -1 : 1));
}

/** A document of its own kind. @internal */
export function document(kind: string, content: { readonly [name: string]: any }): PatchDocument {
  return { apiVersion: 'v1alpha1', kind, ...content };
}

/** Whether the machine runs the control plane. @internal */
export function isControlPlane(context: PatchContext): boolean {
  return context.machineType === MachineType.CONTROL_PLANE;
}

/** Whether a text is on one line and not empty. @internal */
export function isLine(text: string): boolean {
  // eslint-disable-next-line no-control-regex
  return text.trim() !== '' && !/[\u0000-\u001f\u007f\u0085\u2028\u2029]|\p{Surrogate}/u.test(text);
}

/** Whether a text is a name as Kubernetes gives it to objects (RFC 1123). @internal */
export function isSubdomain(text: string): boolean {
  return SUBDOMAIN.test(text);
}

/** Whether a text is a host name as Kubernetes names nodes. @internal */
export function isHostName(text: string): boolean {
  return isSubdomain(text) && text.split('.').every((part) => part.length <= 63);
}

/** Whether a text is a DNS name in any case, or an IP address. @internal */
export function isHost(text: string): boolean {
  return isIPv4(text) || isIPv6(text) || (isHostName(text.toLowerCase()) && !/^[\d.]+$/.test(text));
}

/** Whether a text is the key of a label. @internal */
export function isLabelName(text: string): boolean {
  const [first, second, ...rest] = text.split('/');
  if (rest.length > 0) return false;
  return second === undefined ? QUALIFIED.test(first) : isSubdomain(first) && QUALIFIED.test(second);
}

/** Whether a text is the value of a label. @internal */
export function isLabelValue(text: string): boolean {
  return text === '' || QUALIFIED.test(text);
}

/** Whether a text is a URL with http or https, without a login. @internal */
export function isWebAddress(text: string): boolean {
  if (!/^https?:\/\/[^\s/]/.test(text) || !isLine(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}

/** Whether a number is a port. @internal */
export function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535;
}

/**
 * Whether a text survives in a configuration: what Talos writes of several lines that begin with white space cannot be read by Talos.
 * @internal
 */
export function isKept(text: string): boolean {
  return !text.includes('\n') || !/^[ \t\n]/.test(text);
}
