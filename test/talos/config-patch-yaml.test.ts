import { TerraformVariable } from 'cdktf';
import { ConfigContract } from '../../lib/talos/config-contract';
import { ConfigPatch } from '../../lib/talos/config-patch';
import { MachineType } from '../../lib/talos/machine-type';
import { PatchDocument } from '../../lib/talos/patch-document';
import { expectError, mistakes } from '../support/errors';
import { newStack } from '../support/synth';
import { CONTRACTS } from './patch-cases';

function bind(text: string, contract = ConfigContract.V1_13, machineType = MachineType.CONTROL_PLANE): PatchDocument[] {
  return ConfigPatch.yaml(text).bind({ contract, machineType, path: 'homelab/Cluster' });
}

test('one mapping is one document', () => {
  expect(bind('# a remark\nmachine:\n  sysctls:\n    net.core.somaxconn: "4096"\n')).toEqual([{ machine: { sysctls: { 'net.core.somaxconn': '4096' } } }]);
});

test('several documents, and empty ones between them', () => {
  const text = '---\n---\napiVersion: v1alpha1\nkind: HostnameConfig\nauto: off\nhostname: a\n---\nmachine:\n  certSANs: [a]\n---\n';
  expect(bind(text)).toEqual([{ apiVersion: 'v1alpha1', kind: 'HostnameConfig', auto: 'off', hostname: 'a' }, { machine: { certSANs: ['a'] } }]);
});

test('anchors, merge keys, numbers and block texts are read as Talos reads them', () => {
  const text = [
    'machine:', '  files:', '    - &file', '      path: /var/a', '      permissions: 0o644', '      op: create', '      content: |', '        ${x}', '          "y"',
    '    - <<: *file', '      path: /var/b', '  kernel: {modules: [{name: a, parameters: ["1.30"]}]}', '  features: {debug: true, x: -1.5}',
  ].join('\n');
  const file = { permissions: 420, op: 'create', content: '${x}\n  "y"\n' };
  expect(bind(text)).toEqual([{
    machine: { files: [{ ...file, path: '/var/a' }, { ...file, path: '/var/b' }], kernel: { modules: [{ name: 'a', parameters: ['1.30'] }] }, features: { debug: true, x: -1.5 } },
  }]);
});

test('a line that cannot be read is named, and not shown', () => {
  expect(expectError(() => bind('machine:\n  a: b\n  a: c\n')).message).toBe([
    'ConfigPatch.yaml: [patch-yaml-form] text',
    '  The text is YAML, and line 3 is not (DUPLICATE_KEY).',
    '  Remedy: Correct the text at the line that is named; names of a mapping are texts, and stand there once.',
  ].join('\n'));
});

test('JSON patches are refused with what to write instead', () => {
  expect(expectError(() => bind('[{"op": "add", "path": "/machine/certSANs/-", "value": "a"}]')).message).toBe([
    'ConfigPatch.yaml: [patch-json6902] text, got: "a list of 1"',
    '  A list of JSON patch operations (RFC 6902) cannot be applied where a configuration has several documents, as all since Talos 1.12 have.',
    '  Remedy: Write what is to be changed as a strategic merge patch: a mapping in the shape of the configuration.',
  ].join('\n'));
});

test('a key that moved is refused under contract 1.14, with the typed patch to use', () => {
  const text = 'cluster:\n  network:\n    cni:\n      name: none\n';
  expect(bind(text)).toHaveLength(1);
  expect(expectError(() => bind(text, ConfigContract.V1_14)).message).toBe([
    'homelab/Cluster: [patch-classic-key] configPatches, got: "cluster.network.cni"',
    '  What moved into a document of its own cannot be set in the machine configuration at the same time: Talos refuses the configuration when it is applied.',
    '  Remedy: Use Cni.none() or Cni.cilium(), which is what contract v1.14 takes in place of it.',
  ].join('\n'));
});

test('a document of a newer contract is refused, and raising the contract is not the remedy', () => {
  const text = 'apiVersion: v1alpha1\nkind: KubePrismConfig\nport: 7446\n';
  expect(bind(text, ConfigContract.V1_14)).toHaveLength(1);
  expect(expectError(() => bind(text)).message).toBe([
    'homelab/Cluster: [patch-document-kind] configPatches, got: "KubePrismConfig"',
    '  A KubePrismConfig is known from contract v1.14 on, and the contract of the cluster is v1.13.',
    '  Remedy: Write it as the contract does, or use the typed patch of ConfigPatch. Do not raise the contract of a cluster for it.',
  ].join('\n'));
});

test.each<[string, () => unknown, string[]]>([
  ['no text', () => ConfigPatch.yaml(undefined as any), ['value-missing text']],
  ['nothing', () => bind(''), ['patch-empty text']],
  ['remarks', () => bind('# nothing\n---\n'), ['patch-empty text']],
  ['a text', () => bind('machine'), ['patch-yaml-form text "a string"']],
  ['a list', () => bind('- machine: {}'), ['patch-yaml-form text "a list of 1"']],
  ['an unknown tag', () => bind('machine: !Ref a'), ['patch-yaml-form text']],
  ['an alias without anchor', () => bind('machine: *a'), ['patch-yaml-form text']],
  ['one of several documents', () => bind('machine: {}\n---\na: [\n'), ['patch-yaml-form text']],
  ['numbers', () => bind('machine:\n  a: 0644\n  b: 1.30\n  c: 1e3\n  d: .inf\n  e: 0x1F\n  f: +1\n  g: "0644"\n'), [
    'patch-number-form text, line 2 "0644"', 'patch-number-form text, line 3 "1.30"', 'patch-number-form text, line 4 "1e3"',
    'patch-number-form text, line 5 ".inf"', 'patch-number-form text, line 6 "0x1F"', 'patch-number-form text, line 7 "+1"',
  ]],
  ['a text that begins with white space', () => bind('machine:\n  a: "\\n  b: c"\n'), ['patch-text-begin text, line 2']],
  ['a kind that nobody knows', () => bind('apiVersion: v1alpha1\nkind: HostNameConfig\n'), ['patch-document-kind configPatches "HostNameConfig"']],
  ['no kind', () => bind('apiVersion: v1alpha1\n'), ['patch-document-kind configPatches nothing']],
  ['no version', () => bind('kind: HostnameConfig\nhostname: a\n'), ['patch-document-version configPatches nothing']],
  ['a version of Kubernetes', () => bind('apiVersion: v1\nkind: Namespace\n'), ['patch-document-kind configPatches "Namespace"', 'patch-document-version configPatches "v1"']],
  ['what says nothing', () => bind('version: v1alpha1\n---\n{}\n'), ['patch-empty text']],
  ['keys', () => bind('sysctls: {}\nMachine: {}\n---\nmachine: {sysctl: {}, hostname: a}\ncluster: {kubelet: {}}\n'), [
    'patch-unknown-key configPatches, document 1 "sysctls"', 'patch-unknown-key configPatches, document 1 "Machine"',
    'patch-unknown-key configPatches, document 2 "machine.sysctl"', 'patch-unknown-key configPatches, document 2 "machine.hostname"',
    'patch-unknown-key configPatches, document 2 "cluster.kubelet"',
  ]],
  ['kinds of values', () => bind([
    'debug: maybe', 'machine: {sysctls: [a], env: {A: {}}, certSANs: a, files: {}, pods: [1], token: [], kernel: true}',
    'cluster: {allowSchedulingOnControlPlanes: 1, extraManifests: [{}], inlineManifests: [a]}',
  ].join('\n'), ConfigContract.V1_12), [
    'debug', 'machine.sysctls', 'machine.env', 'machine.certSANs', 'machine.files', 'machine.pods', 'machine.token', 'machine.kernel',
    'cluster.allowSchedulingOnControlPlanes', 'cluster.extraManifests', 'cluster.inlineManifests',
  ].map((key) => `patch-value-kind configPatches "${key}"`)],
  ['a list of machines', () => bind('machine: []\ncluster: a\n'), ['patch-value-kind configPatches "machine"', 'patch-value-kind configPatches "cluster"']],
  ['the host name, under any contract', () => bind('machine:\n  network:\n    hostname: a\n', ConfigContract.V1_12), ['patch-classic-key configPatches "machine.network.hostname"']],
  ['a part and the whole', () => bind('machine:\n  kubelet:\n    nodeIP:\n      validSubnets: [10.0.0.0/8]\n', ConfigContract.V1_14), [
    'patch-classic-key configPatches "machine.kubelet.nodeIP"',
  ]],
  ['in the second document', () => bind('machine: {certSANs: [a]}\n---\ncluster: {allowSchedulingOnControlPlanes: true, proxy: {disabled: true}}\n', ConfigContract.V1_14), [
    'patch-classic-key configPatches, document 2 "cluster.allowSchedulingOnControlPlanes"', 'patch-classic-key configPatches, document 2 "cluster.proxy"',
  ]],
])('refused: %s', (_, make, expected) => {
  expect(mistakes(make)).toEqual(expected);
});

test('a key that no configuration has is refused with its place, or with what there is', () => {
  expect(expectError(() => bind('sysctls: {}\nnetwork: {}\nsysctl: {}\nmachine: {foo: 1}\n')).message).toBe([
    'homelab/Cluster: 4 mistakes',
    '[patch-unknown-key] configPatches, got: "sysctls"',
    '  Talos refuses a configuration with a key that it does not know.',
    '  Remedy: Write it below machine.',
    '[patch-unknown-key] configPatches, got: "network"',
    '  Talos refuses a configuration with a key that it does not know.',
    '  Remedy: Write it below machine or cluster.',
    '[patch-unknown-key] configPatches, got: "sysctl"',
    '  Talos refuses a configuration with a key that it does not know.',
    '  Remedy: At the top are cluster, debug, machine, persist, version; what is a document of its own has apiVersion and kind.',
    '[patch-unknown-key] configPatches, got: "machine.foo"',
    '  Talos refuses a configuration with a key that it does not know.',
    '  Remedy: Correct the name; what is a document of its own has a kind.',
  ].join('\n'));
});

test('a value of another kind than its key is refused, and not shown', () => {
  expect(expectError(() => bind('machine: {sysctls: [a]}')).message).toBe([
    'homelab/Cluster: [patch-value-kind] configPatches, got: "machine.sysctls"',
    '  Talos reads a mapping of texts at machine.sysctls, and refuses a configuration with anything else there.',
    '  Remedy: Write it as the reference of the configuration shows it.',
  ].join('\n'));
});

test('a document without its version is refused', () => {
  expect(expectError(() => bind('kind: HostnameConfig\nhostname: a\n')).message).toBe([
    'homelab/Cluster: [patch-document-version] configPatches, got: nothing',
    '  A document of a patch has the apiVersion v1alpha1, beside its kind.',
    '  Remedy: Write apiVersion: v1alpha1 beside the kind.',
  ].join('\n'));
});

test('an installation without a disk is refused', () => {
  const text = 'apiVersion: v1alpha1\nkind: UnattendedInstallConfig\nprovisioning: {wipe: true}\n';
  expect(expectError(() => bind(text, ConfigContract.V1_14)).message).toBe([
    'homelab/Cluster: [patch-install-disk] configPatches, got: "UnattendedInstallConfig"',
    '  An UnattendedInstallConfig names its disk: what the generated one says of it is lost when the two are joined, and Talos refuses it without.',
    '  Remedy: Use ConfigPatch.install, or write provisioning.diskSelector.match, such as disk.dev_path == "/dev/sda".',
  ].join('\n'));
  expect(bind(text.replace('{wipe: true}', '{diskSelector: {match: system_disk}}'), ConfigContract.V1_14)).toHaveLength(1);
  expect(bind('apiVersion: v1alpha1\nkind: UnattendedInstallConfig\n$patch: delete\n', ConfigContract.V1_14)).toHaveLength(1);
});

test('values that Talos reads as what they are meant for', () => {
  const machine = { token: 1, env: { A: 1, B: true, C: null }, certSANs: [1, 'a'], files: null, sysfs: { $patch: 'delete' }, pods: { $patch: 'delete' } };
  const document = { debug: 'yes', persist: true, machine: { ...machine, nodeLabels: { a: { $patch: 'delete' } } }, cluster: null };
  expect(bind(JSON.stringify(document))).toEqual([document]);
});

test('a reference to Terraform is refused', () => {
  const { stringValue } = new TerraformVariable(newStack(), 'banner', { type: 'string' });
  expect(mistakes(() => bind(`machine: {sysctls: {a: "${stringValue}"}}`))).toEqual(['patch-reference text a Terraform reference (known only when Terraform runs)']);
});

test('what only control planes refuse is left to workers', () => {
  expect(bind('cluster: {proxy: {disabled: true}}', ConfigContract.V1_14, MachineType.WORKER)).toEqual([{ cluster: { proxy: { disabled: true } } }]);
});

test('a key that is deleted, or is nothing, is not set', () => {
  const text = 'cluster:\n  proxy: {$patch: delete}\n  network:\nmachine:\n  sysctls: {a: b}\n';
  expect(bind(text, ConfigContract.V1_14)).toEqual([{ cluster: { proxy: { $patch: 'delete' }, network: null }, machine: { sysctls: { a: 'b' } } }]);
});

test('documents of older contracts are known to newer ones', () => {
  const kinds = ['LinkConfig', 'EnvironmentConfig', 'SysctlConfig'];
  const accepted = CONTRACTS.map((contract) => kinds.filter((kind) => {
    try {
      return bind(`apiVersion: v1alpha1\nkind: ${kind}\n`, contract).length === 1;
    } catch {
      return false;
    }
  }));
  expect(accepted).toEqual([['LinkConfig'], ['LinkConfig', 'EnvironmentConfig'], kinds]);
});
