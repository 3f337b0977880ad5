import { Cni } from '../../lib/talos/cni';
import { ConfigContract } from '../../lib/talos/config-contract';
import { ConfigPatch } from '../../lib/talos/config-patch';
import { MachineType } from '../../lib/talos/machine-type';
import { PatchDocument } from '../../lib/talos/patch-document';
import { distinctPatches } from '../../lib/talos/patches/distinct';
import { VolumeDisk } from '../../lib/talos/patches/volume-disk';
import { hostileText } from '../hcl/hostile';
import { expectError, mistakes } from '../support/errors';
import { fc } from '../support/fast-check';
import { CONTRACTS, patchTexts } from './patch-cases';

const contexts = CONTRACTS.map((contract) => ({ contract, machineType: MachineType.CONTROL_PLANE, path: 'homelab/Cluster' }));
const line = () => hostileText().filter((text) => text.trim() !== '' && /^[^\p{Cc}\u2028\u2029]*$/u.test(text));
const begins = /^[ \t\n]/;

/** What Talos reads of the documents of a patch, under each contract. */
function read(patch: ConfigPatch): PatchDocument[][] {
  return contexts.map((context) => patchTexts(patch.bind(context), () => '').map((text) => JSON.parse(text)));
}

function leaves(value: any): any[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value];
}

test('any manifest arrives as it is, but for a line before white space', () => {
  fc.assert(fc.property(hostileText(), (text) => {
    const manifest = `${text}\nkind: X`;
    const expected = begins.test(manifest) ? `---\n${manifest}` : manifest;
    for (const documents of read(ConfigPatch.inlineManifest('a', manifest))) expect(leaves(documents)).toContain(expected);
  }));
});

test('any variable and any file of a service arrive as they are', () => {
  fc.assert(fc.property(hostileText().filter((text) => !text.includes('\0')), (text) => {
    const patch = ConfigPatch.extensionService('a', { environment: { A: text }, configFiles: [{ mountPath: '/a', content: `#${text}` }] });
    for (const documents of read(patch)) expect(leaves(documents)).toEqual(expect.arrayContaining([`A=${text}`, `#${text}`]));
  }));
});

test('any value of a sysctl and any argument of the API server on one line arrive as they are', () => {
  fc.assert(fc.property(line(), (text) => {
    for (const documents of read(ConfigPatch.sysctls({ 'kernel.core_pattern': text }))) expect(leaves(documents)).toContain(text);
    for (const documents of read(ConfigPatch.apiServerArguments({ 'event-ttl': text }))) expect(leaves(documents)).toContain(text);
  }));
});

test('any serial of a disk is a text in CEL', () => {
  fc.assert(fc.property(line(), (text) => {
    const literal = VolumeDisk.withSerial(text).expression.slice('disk.serial == '.length);
    // Of the escapes of CEL, those that are used are those of JSON.
    expect(JSON.parse(literal)).toBe(text);
  }));
});

test('what YAML says arrives as it is said', () => {
  const key = fc.stringMatching(/^[a-z]{1,8}$/);
  const leaf = fc.oneof(hostileText().filter((text) => !(text.includes('\n') && begins.test(text))), fc.integer(), fc.boolean());
  const tree = fc.dictionary(key, fc.oneof(leaf, fc.array(leaf), fc.dictionary(key, leaf)), { minKeys: 1 });
  fc.assert(fc.property(tree, (machine) => {
    const expected = { machine: { baseRuntimeSpecOverrides: machine } };
    for (const documents of read(ConfigPatch.yaml(patchTexts([expected], () => '')[0]))) expect(documents).toEqual([JSON.parse(JSON.stringify(expected))]);
  }));
});

test('no text is taken where a name is wanted and makes something else of it', () => {
  const name = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;
  fc.assert(fc.property(hostileText().filter((text) => !name.test(text)), (text) => {
    expect(() => ConfigPatch.hostname(text)).toThrow('host-name-form');
    expect(() => ConfigPatch.inlineManifest(text, 'a: b')).toThrow('manifest-name-form');
    expect(() => ConfigPatch.externalManifest(text, 'https://example.com')).toThrow('manifest-name-form');
  }));
});

test('a patch that is repeated is applied once, where it stands last', () => {
  expect(distinctPatches(['{}', '[]', '{}', '1', '[]'], 'homelab/Cluster')).toEqual(['{}', '1', '[]']);
});

test.each(contexts)('two manifests of one name are refused under $contract', (context) => {
  const texts = (...patches: ConfigPatch[]) => patches.flatMap((patch) => patchTexts(patch.bind(context), () => ''));
  const one = ConfigPatch.inlineManifest('media', 'a: b');
  expect(distinctPatches(texts(one, one, ConfigPatch.inlineManifest('media-2', 'a: b')), 'homelab/Cluster')).toHaveLength(2);
  expect(mistakes(() => distinctPatches(texts(one, ConfigPatch.inlineManifest('media', 'a: c')), 'homelab/Cluster')))
    .toEqual(['manifest-name-twice configPatches "media"']);
});

test.each(contexts)('two manifests of one name are found, however they are written, under $contract', (context) => {
  const manifest = ConfigPatch.inlineManifest('media', 'a: b');
  const raw = context.contract === ConfigContract.V1_14
    ? 'manifest: "a: c"\nname: media\nkind: KubeInlineManifestConfig\napiVersion: v1alpha1\n'
    : 'cluster: {inlineManifests: [{contents: "a: c", name: media}, {contents: "a: c", name: other}]}';
  const texts = (...patches: ConfigPatch[]) => patches.flatMap((patch) => patchTexts(patch.bind(context), () => ''));
  expect(expectError(() => distinctPatches(texts(manifest, ConfigPatch.yaml(raw)), 'homelab/Cluster')).message).toBe([
    'homelab/Cluster: [manifest-name-twice] configPatches, got: "media"',
    '  Inline manifests of a cluster have different names.',
    '  Remedy: Choose another name for one of the two; those of Cilium and of the NVIDIA runtime class are cilium-install and nvidia-runtime-class.',
  ].join('\n'));
  const deleted = raw.replace('name: media', 'name: media, $patch: delete').replace('name: media, $patch: delete\n', 'name: media\n$patch: delete\n');
  expect(distinctPatches(texts(manifest, ConfigPatch.yaml(deleted)), 'homelab/Cluster')).toHaveLength(2);
});

test.each(contexts)('KubePrism has one port under $contract', (context) => {
  const texts = (...patches: ConfigPatch[]) => patches.flatMap((patch) => patchTexts(patch.bind(context), () => ''));
  const cilium = Cni.cilium({ kubePrismPort: 7446 }).bind({ machines: 1 });
  expect(distinctPatches(texts(...cilium, ConfigPatch.kubePrism(7446)), 'homelab/Cluster')).toHaveLength(4);
  expect(expectError(() => distinctPatches(texts(...cilium, ConfigPatch.kubePrism()), 'homelab/Cluster')).message).toBe([
    'homelab/Cluster: [kube-prism-port-twice] configPatches, got: "7446, 7445"',
    '  KubePrism of a machine has one port, and Cilium reaches the Kubernetes API by it.',
    '  Remedy: Say the port once; beside Cni.cilium, as its option kubePrismPort.',
  ].join('\n'));
  const off = context.contract === ConfigContract.V1_14 ? 'apiVersion: v1alpha1\nkind: KubePrismConfig\n$patch: delete\n' : 'machine: {features: {kubePrism: {enabled: false}}}';
  expect(mistakes(() => distinctPatches(texts(...cilium, ConfigPatch.yaml(off)), 'homelab/Cluster'))).toEqual(['kube-prism-port-twice configPatches "7446, off"']);
});
