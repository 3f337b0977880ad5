import { Problems } from '../../core';
import { TEXT, required } from '../../proxmox/kinds';
import { PatchContext, PatchDocument, PatchRenderer } from '../patch-document';
import { patchRules as rules } from '../patch-rules';
import { checkClassic } from './classic-keys';
import { RETIRED_KEYS, firstContractOf } from './document-kinds';
import { checkKnown, isControlPlane, isKept } from './form';

/*
 * The text may hold secrets: no message shows a part of it but names of keys and kinds.
 */

/** @internal */
export function yaml(text: string): PatchRenderer {
  const problems = new Problems('ConfigPatch.yaml');
  required(TEXT)(text, 'text', problems);
  checkKnown(problems, 'text', text);
  problems.throwIfAny();
  const documents = read(text, problems);
  problems.throwIfAny();
  return (context) => {
    const refused = new Problems(context.path);
    documents.forEach((document, i) => checkDocument(document, documents.length === 1 ? 'configPatches' : `configPatches, document ${i + 1}`, context, refused));
    refused.throwIfAny();
    return documents;
  };
}

/** The documents of a text; what is wrong with them is noted. */
function read(text: string, problems: Problems): PatchDocument[] {
  // Read where it is needed, since most programs have no raw patches.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const library: typeof import('yaml') = require('yaml');
  const lines = new library.LineCounter();
  const parsed = library.parseAllDocuments(text, { merge: true, prettyErrors: false, lineCounter: lines });
  const documents: PatchDocument[] = [];
  for (const document of Array.isArray(parsed) ? parsed : []) {
    const [error] = [...document.errors, ...document.warnings];
    if (error !== undefined) {
      problems.report(rules['patch-yaml-form'], { property: 'text', rule: `The text is YAML, and line ${lines.linePos(error.pos[0]).line} is not (${error.code}).` });
      continue;
    }
    library.visit(document, {
      Scalar(_, { value, source, range }) {
        const property = `text, line ${lines.linePos(range?.[0] ?? 0).line}`;
        const number = typeof value === 'number' || typeof value === 'bigint';
        const plain = !number || source === String(value) || /^0o[0-7]+$/.test(source ?? '');
        problems.check(plain, rules['patch-number-form'], { property, received: source });
        problems.check(typeof value !== 'string' || isKept(value), rules['patch-text-begin'], { property });
      },
    });
    const value = toData(document, problems);
    if (value === undefined || value === null) continue;
    if (Array.isArray(value)) {
      const operations = value.length > 0 && value.every((item) => typeof item === 'object' && item !== null && 'op' in item);
      problems.report(rules[operations ? 'patch-json6902' : 'patch-yaml-form'], { property: 'text', received: `a list of ${value.length}` });
    } else if (typeof value !== 'object') {
      problems.report(rules['patch-yaml-form'], { property: 'text', received: `a ${typeof value}` });
    } else if (Object.keys(value).some((name) => name !== 'version')) {
      // Without anything but its version, Talos does not take it for a configuration.
      documents.push(value);
    }
  }
  if (problems.all.length === 0) problems.check(documents.length > 0, rules['patch-empty'], { property: 'text' });
  return documents;
}

/** An alias without its anchor, or too many of them, are found only here. */
function toData(document: { toJS(): any }, problems: Problems): any {
  try {
    return document.toJS();
  } catch {
    problems.report(rules['patch-yaml-form'], { property: 'text', rule: 'An alias of the text has an anchor before it, and stands for a reasonable amount of text.' });
    return undefined;
  }
}

function checkDocument(document: PatchDocument, property: string, context: PatchContext, problems: Problems): void {
  if ('kind' in document || 'apiVersion' in document) {
    checkKind(document.kind, property, context, problems);
    problems.check(document.apiVersion === 'v1alpha1', rules['patch-document-version'], { property, received: document.apiVersion });
    const installed = document.kind !== 'UnattendedInstallConfig' || document.$patch === 'delete' || isSet(document, ['provisioning', 'diskSelector', 'match']);
    problems.check(installed, rules['patch-install-disk'], { property, received: document.kind });
    return;
  }
  checkClassic(document, property, problems);
  const found = RETIRED_KEYS.filter(({ path, since, controlPlaneOnly }) => context.contract.isAtLeast(since)
    && (!controlPlaneOnly || isControlPlane(context)) && isSet(document, path.split('.')));
  for (const { path, instead } of found) {
    // A part of what is named already is not named twice.
    if (found.some((other) => other.path.startsWith(`${path}.`))) continue;
    problems.report(rules['patch-classic-key'], {
      property, received: path, remedy: `Use ${instead}, which is what contract ${context.contract} takes in place of it.`,
    });
  }
}

function checkKind(kind: any, property: string, { contract }: PatchContext, problems: Problems): void {
  const first = typeof kind === 'string' ? firstContractOf(kind) : undefined;
  if (first === undefined) {
    problems.report(rules['patch-document-kind'], {
      property,
      received: kind,
      rule: 'A document of a patch has a kind that Talos knows, and the configuration itself has none.',
      remedy: 'Correct the kind; the library knows those of Talos 1.12 to 1.14.',
    });
  } else if (!contract.isAtLeast(first)) {
    problems.report(rules['patch-document-kind'], { property, received: kind, rule: `A ${kind} is known from contract ${first} on, and the contract of the cluster is ${contract}.` });
  }
}

function isSet(value: any, path: readonly string[]): boolean {
  if (value === undefined || value === null) return false;
  if (path.length === 0) return !(typeof value === 'object' && value.$patch === 'delete');
  return typeof value === 'object' && isSet(value[path[0]], path.slice(1));
}
