import { Problems } from '../../core';
import { TEXT, required } from '../../proxmox/kinds';
import { ConfigContract } from '../config-contract';
import { PatchRenderer } from '../patch-document';
import { patchRules as rules } from '../patch-rules';
import { checkKnown, checkText, document, isControlPlane, isKept, isSubdomain, isWebAddress } from './form';

/** @internal */
export function inlineManifest(name: string, manifest: string): PatchRenderer {
  const problems = new Problems('ConfigPatch.inlineManifest');
  checkText(problems, 'name', name, rules['manifest-name-form'], isSubdomain);
  required(TEXT)(manifest, 'manifest', problems);
  if (typeof manifest === 'string' && checkKnown(problems, 'manifest', manifest)) {
    problems.check(/\S/.test(manifest.replace(/^(---|#.*)$/gm, '')), rules['manifest-empty'], { property: 'manifest' });
  }
  problems.throwIfAny();
  // A text that begins with white space would be lost; before a document of YAML, the line means nothing.
  const text = isKept(manifest) ? manifest : `---\n${manifest}`;
  return (context) => {
    if (!isControlPlane(context)) return [];
    return [context.contract.isAtLeast(ConfigContract.V1_14)
      ? document('KubeInlineManifestConfig', { name, manifest: text })
      : { cluster: { inlineManifests: [{ name, contents: text }] } }];
  };
}

/** @internal */
export function externalManifest(name: string, url: string): PatchRenderer {
  const problems = new Problems('ConfigPatch.externalManifest');
  checkText(problems, 'name', name, rules['manifest-name-form'], isSubdomain);
  checkText(problems, 'url', url, rules['manifest-url-form'], isWebAddress);
  problems.throwIfAny();
  return (context) => {
    if (!isControlPlane(context)) return [];
    return [context.contract.isAtLeast(ConfigContract.V1_14)
      ? document('KubeExternalManifestConfig', { name, url })
      : { cluster: { extraManifests: [url] } }];
  };
}
