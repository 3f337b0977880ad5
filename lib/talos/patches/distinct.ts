import { Problems } from '../../core';
import { patchRules as rules } from '../patch-rules';

/** How the patch of an inline manifest begins, by contract. */
const MANIFEST = /^\{(?:"apiVersion":"v1alpha1","kind":"KubeInlineManifestConfig"|"cluster":\{"inlineManifests":\[\{)[,]?"name":"([^"]+)"/;

/**
 * The patches of one machine as they are applied, each a document as JSON.
 *
 * A patch that is there several times, as where a pool repeats what is said of its cluster, is applied once, where it stands last: Talos
 * does not delete anything twice, and has twice what stands in lists twice. Two inline manifests of one name are a mistake: before contract
 * 1.14 the machine refuses them, from then on the second replaces the first without a word.
 *
 * @param path path of the construct, for messages
 * @internal
 */
export function distinctPatches(texts: readonly string[], path: string): string[] {
  const problems = new Problems(path);
  const kept = texts.filter((text, i) => texts.lastIndexOf(text) === i);
  const names = kept.flatMap((text) => MANIFEST.exec(text)?.[1] ?? []);
  for (const name of new Set(names.filter((one, i) => names.indexOf(one) !== i))) {
    problems.report(rules['manifest-name-twice'], { property: 'configPatches', received: name });
  }
  problems.throwIfAny();
  return kept;
}
