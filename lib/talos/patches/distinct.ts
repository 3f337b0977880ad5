import { Problems, Rule } from '../../core';
import { patchRules as rules } from '../patch-rules';
import { readPatchText } from '../patch-text';

/**
 * The patches of one machine as they are applied, each a document as JSON.
 *
 * A patch that is there several times, as where a pool repeats what is said of its cluster, is applied once, where it stands last: Talos
 * does not delete anything twice, and has twice what stands in lists twice. Two inline manifests of one name are a mistake: before contract
 * 1.14 the machine refuses them, from then on the second replaces the first without a word. So are two ports of KubePrism: Cilium is told one.
 *
 * @param path path of the construct, for messages
 * @internal
 */
export function distinctPatches(texts: readonly string[], path: string): string[] {
  const problems = new Problems(path);
  const kept = texts.filter((text, i) => texts.lastIndexOf(text) === i);
  const documents = kept.map(readPatchText);
  const twice = (rule: Rule, received: string) => problems.report(rule, { property: 'configPatches', received });
  const names = documents.flatMap(manifestNames);
  for (const name of new Set(names.filter((one, i) => names.indexOf(one) !== i))) twice(rules['manifest-name-twice'], name);
  const ports = [...new Set(documents.flatMap(kubePrismPorts))];
  if (ports.length > 1) twice(rules['kube-prism-port-twice'], ports.join(', '));
  problems.throwIfAny();
  return kept;
}

/** What inline manifests are called; none of those that are taken away. */
function manifestNames(document: any): string[] {
  const own = document?.kind === 'KubeInlineManifestConfig' ? [document] : document?.kind === undefined ? document?.cluster?.inlineManifests : [];
  return Array.isArray(own) ? own.flatMap((one) => typeof one?.name === 'string' && one.$patch !== 'delete' ? [one.name] : []) : [];
}

/** The port of KubePrism, or that it is off. */
function kubePrismPorts(document: any): string[] {
  const own = document?.kind === 'KubePrismConfig' ? document : document?.kind === undefined ? document?.machine?.features?.kubePrism : undefined;
  if (own?.enabled === false || own?.$patch === 'delete') return ['off'];
  return own?.port === undefined || own.port === null ? [] : [String(own.port)];
}
