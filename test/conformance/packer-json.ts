import * as fs from 'node:fs';

/** A JSON template, or a part of it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One provisioner or post-processor of a template. */
export interface Step {
  /** `provisioner`, `error-cleanup-provisioner` or `post-processor`. */
  readonly kind: string;
  /** Its type, such as `shell`. */
  readonly type: string;
  readonly body: { readonly [key: string]: Json };
}

/** What the conformance run has to know of templates in JSON. */
export class PackerJson {
  private readonly documents: readonly Json[];

  public constructor(files: readonly string[]) {
    this.documents = files.map((file) => JSON.parse(fs.readFileSync(file, 'utf8')) as Json);
  }

  /**
   * Values for all variables that have no default, as PKR_VAR_… entries of an environment. They fit the type and, as far as
   * the name tells, the purpose; strings are long, because Packer hides the value of a sensitive one wherever it occurs.
   */
  public get dummies(): { readonly [name: string]: string } {
    const values: { [name: string]: string } = {};
    for (const [name, body] of this.blocks('variable')) {
      if (!isObject(body) || 'default' in body) continue;
      values[`PKR_VAR_${name}`] = dummy(name, typeof body.type === 'string' ? body.type : 'string');
    }
    return values;
  }

  /** Provisioners and post-processors in their order. */
  public get steps(): Step[] {
    const found: Step[] = [];
    const visit = (node: Json): void => {
      if (isArray(node)) node.forEach(visit);
      if (!isObject(node)) return;
      for (const [key, value] of Object.entries(node)) {
        if (['provisioner', 'error-cleanup-provisioner', 'post-processor'].includes(key)) {
          for (const [type, body] of labelled(value)) found.push({ kind: key, type, body: isObject(body) ? body : {} });
        } else if (key === 'build' || key === 'post-processors') {
          visit(value);
        }
      }
    };
    this.documents.forEach(visit);
    return found;
  }

  private blocks(type: string): [string, Json][] {
    return this.documents.flatMap((document) => (isObject(document) && type in document ? labelled(document[type]) : []));
  }
}

/** Blocks with one label: an object by label, or a list of such objects; under a label again a block or a list of them. */
function labelled(node: Json): [string, Json][] {
  if (isArray(node)) return node.flatMap(labelled);
  if (!isObject(node)) return [];
  return Object.entries(node).flatMap(([label, body]) => (isArray(body) ? body : [body]).map((one): [string, Json] => [label, one]));
}

function dummy(name: string, type: string): string {
  if (type === 'number') return '4242';
  if (type === 'bool') return 'true';
  if (/^(list|set|tuple)\b/.test(type)) return '[]';
  if (/^(map|object)\b/.test(type)) return '{}';
  if (/url|endpoint/.test(name)) return 'https://proxmox.conformance.invalid:8006/api2/json';
  if (/api_token/.test(name)) return 'conformance@pve!dummy=00000000-0000-4000-8000-000000000000';
  if (/user/.test(name)) return 'conformance@pve!dummy-token';
  if (/address|(^|_)ip(_|$)/.test(name)) return '192.0.2.10/24';
  if (/gateway|nameserver|dns/.test(name)) return '192.0.2.1';
  return `conformance-dummy-${name}`;
}

export function isObject(node: Json | undefined): node is { readonly [key: string]: Json } {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}

export function isArray(node: Json | undefined): node is readonly Json[] {
  return Array.isArray(node);
}

/** The strings of an attribute that is a list of them; empty when it is something else. */
export function strings(node: Json | undefined): string[] {
  return isArray(node) ? node.filter((item): item is string => typeof item === 'string') : [];
}
