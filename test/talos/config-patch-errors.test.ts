import { TerraformVariable } from 'cdktf';
import { Secret, Size } from '../../lib/core';
import { ConfigContract } from '../../lib/talos/config-contract';
import { ConfigPatch } from '../../lib/talos/config-patch';
import { MachineType } from '../../lib/talos/machine-type';
import { VolumeDisk } from '../../lib/talos/patches/volume-disk';
import { expectError, mistakes } from '../support/errors';
import { newStack } from '../support/synth';
import { CERTIFICATE } from './patch-cases';

const secret = Secret.fromEnvironment('password');
const worker = { contract: ConfigContract.V1_13, machineType: MachineType.WORKER, path: 'homelab/Cluster' };
const control = { contract: ConfigContract.V1_14, machineType: MachineType.CONTROL_PLANE, path: 'homelab/Cluster' };

test('a mistake is told with what was received, why, and what to do', () => {
  expect(expectError(() => ConfigPatch.timeServers(['https://time.example.com'])).message).toBe([
    'ConfigPatch.timeServers: [time-server-form] servers[0], got: "https://time.example.com"',
    '  A time server is a DNS name or an IP address.',
    '  Remedy: Write for example time.cloudflare.com.',
  ].join('\n'));
});

test('a mistake that depends on the machine names the construct', () => {
  expect(expectError(() => ConfigPatch.layer2Vip('192.168.1.10', 'eth0').bind(worker)).message).toBe([
    'homelab/Cluster: [vip-on-worker] configPatches, got: "layer2Vip 192.168.1.10"',
    '  A virtual address is held by control plane nodes in turn, elected by etcd, which a worker does not run: Talos refuses it there.',
    '  Remedy: Add the patch to the control plane nodes only.',
  ].join('\n'));
});

test.each<[string, () => unknown, string[]]>([
  ['no servers', () => ConfigPatch.timeServers([]), ['patch-empty servers']],
  ['a server twice', () => ConfigPatch.timeServers(['a.b', 'a.b']), ['patch-item-twice servers[1] "a.b"']],
  ['no list', () => ConfigPatch.timeServers('a.b' as any), ['value-kind servers "a.b"']],
  ['a number in a list', () => ConfigPatch.timeServers([1 as any]), ['value-kind servers[0] 1']],
  ['a name of a name server', () => ConfigPatch.nameServers(['dns.example.com', '']), ['name-server-form addresses[0] "dns.example.com"', 'name-server-form addresses[1] ""']],
  ['a capital in a host name', () => ConfigPatch.hostname('Node'), ['host-name-form name "Node"']],
  ['an underscore in a host name', () => ConfigPatch.hostname('node_1'), ['host-name-form name "node_1"']],
  ['a long host name', () => ConfigPatch.hostname('a'.repeat(64)), [`host-name-form name "${'a'.repeat(64)}"`]],
  ['a name of an interface', () => ConfigPatch.link('eth 0', { addresses: ['192.168.1.1/24'] }), ['link-name-form name "eth 0"']],
  ['addresses', () => ConfigPatch.link('eth0', { addresses: ['192.168.1.0/24', '192.168.1.255/24', '192.168.1.1', '0.0.0.0/0', '::/64', 'x/8', '192.168.1.1/33'] }), [
    'link-address-form addresses[0] "192.168.1.0/24"', 'link-address-form addresses[1] "192.168.1.255/24"', 'link-address-form addresses[2] "192.168.1.1"',
    'link-address-form addresses[3] "0.0.0.0/0"', 'link-address-form addresses[4] "::/64"', 'link-address-form addresses[5] "x/8"', 'link-address-form addresses[6] "192.168.1.1/33"',
  ]],
  ['routes', () => ConfigPatch.link('eth0', {
    addresses: ['192.168.1.1/31'],
    mtu: 100,
    routes: [{ gateway: 'gateway' }, { destination: '10.0.0.1/8', gateway: '192.168.1.2' }, { destination: '0.0.0.0/0', gateway: '192.168.1.2' }, { destination: 'fd00::/8', gateway: '192.168.1.2' }],
  }), [
    'link-route-form routes[0] "default by gateway"', 'link-route-form routes[1] "10.0.0.1/8 by 192.168.1.2"', 'link-route-form routes[2] "0.0.0.0/0 by 192.168.1.2"',
    'link-route-form routes[3] "fd00::/8 by 192.168.1.2"', 'link-mtu-range mtu 100',
  ]],
  ['a route without gateway', () => ConfigPatch.link('eth0', { addresses: ['192.168.1.1/24'], routes: [{} as any] }), ['value-missing options.routes[0].gateway']],
  ['a virtual address with a prefix', () => ConfigPatch.layer2Vip('192.168.1.10/24', ''), ['vip-form address "192.168.1.10/24"', 'link-name-form linkName ""']],
  ['a name in a certificate', () => ConfigPatch.certSans(['https://a', '10.0.0', '*.example.com']), [
    'certificate-name-form names[0] "https://a"', 'certificate-name-form names[1] "10.0.0"', 'certificate-name-form names[2] "*.example.com"',
  ]],
  ['a registry', () => ConfigPatch.registryMirror('https://docker.io', { endpoints: ['https://a'] }), ['registry-form registry "https://docker.io"']],
  ['the port of a registry', () => ConfigPatch.registryAuth('docker.io:99999', { auth: secret }), ['registry-form registry "docker.io:99999"']],
  ['no login for all registries', () => ConfigPatch.registryAuth('*', { auth: secret }), ['registry-form registry "*"']],
  ['endpoints', () => ConfigPatch.registryMirror('docker.io', { endpoints: ['mirror.example.com', 'ftp://a', 'https://user:pw@a'] }), [
    'registry-endpoint-form endpoints[0] "mirror.example.com"', 'registry-endpoint-form endpoints[1] "ftp://a"', 'registry-endpoint-form endpoints[2] "https://…@a"',
  ]],
  ['no login', () => ConfigPatch.registryAuth('ghcr.io', {}), ['registry-login options']],
  ['two logins', () => ConfigPatch.registryAuth('ghcr.io', { username: 'a', password: secret, auth: secret }), ['registry-login options']],
  ['half a login', () => ConfigPatch.registryAuth('ghcr.io', { username: 'a' }), ['registry-login options']],
  ['a password that is no secret', () => ConfigPatch.registryAuth('ghcr.io', { username: 'a', password: 'hunter2' as any }), ['value-kind options.password']],
  ['a user of two lines', () => ConfigPatch.registryAuth('ghcr.io', { username: 'a\nb', password: secret }), ['patch-text-form options.username "a\\nb"']],
  ['nothing of a connection', () => ConfigPatch.registryTls('ghcr.io', { insecureSkipVerify: false }), ['registry-certificate options']],
  ['a certificate without key', () => ConfigPatch.registryTls('ghcr.io', { clientCertificate: CERTIFICATE }), ['registry-certificate options']],
  ['what is no certificate', () => ConfigPatch.registryTls('ghcr.io', { ca: 'ca.pem' }), ['registry-certificate options.ca']],
  ['sysctls', () => ConfigPatch.sysctls({ 'a': '1', 'a b.c': '1', 'net.x': '1\n2', 'net.y': 1 as any }), [
    'value-kind params.net.y 1', 'sysctl-name-form params "a"', 'sysctl-name-form params "a b.c"', 'patch-text-form params.net.x "1\\n2"',
  ]],
  ['no sysctls', () => ConfigPatch.sysctls({}), ['patch-empty params']],
  ['a list of sysctls', () => ConfigPatch.sysctls(['a'] as any), ['value-kind params ["a"]']],
  ['kernel modules', () => ConfigPatch.kernelModules(['a b', '../x']), ['kernel-module-form names[0] "a b"', 'kernel-module-form names[1] "../x"']],
  ['parameters', () => ConfigPatch.kernelModule('zfs', ['a=1 b=2']), ['kernel-module-form parameters[0] "a=1 b=2"']],
  ['labels', () => ConfigPatch.nodeLabels({ 'a b': 'c', '/x': 'c', 'a/b/c': 'c', 'x': '-', 'y': 'a'.repeat(64) }), [
    'label-name-form labels "/x"', 'label-name-form labels "a b"', 'label-name-form labels "a/b/c"', 'label-value-form labels.x "-"', `label-value-form labels.y "${'a'.repeat(64)}"`,
  ]],
  ['labels that a worker may not have', () => ConfigPatch.nodeLabels({
    'node-role.kubernetes.io/worker': '',
    'topology.kubernetes.io/zone': 'a',
    'node.kubernetes.io/pool': 'a',
    'example.com/a': '',
    'a.k8s.io/b': 'c',
    'plain': '',
    'node-restriction.kubernetes.io/a': 'b',
  }).bind(worker), [
    'label-restricted labels.a.k8s.io/b "c"', 'label-restricted labels.node-restriction.kubernetes.io/a "b"', 'label-restricted labels.node-role.kubernetes.io/worker ""',
  ]],
  ['taints', () => ConfigPatch.nodeTaints({ 'a b': 'NoSchedule', 'a': 'b', 'c': 'NoSchedule:x', 'd': 'a b:NoExecute' }), [
    'taint-form taints.a "b"', 'label-name-form taints "a b"', 'taint-form taints.c "NoSchedule:x"', 'taint-form taints.d "a b:NoExecute"',
  ]],
  ['subnets', () => ConfigPatch.kubeletNodeIpSubnets(['192.168.1.0/40', '!!10.0.0.0/8', 'lan']), [
    'subnet-filter-form subnets[0] "192.168.1.0/40"', 'subnet-filter-form subnets[1] "!!10.0.0.0/8"', 'subnet-filter-form subnets[2] "lan"',
  ]],
  ['subnets of etcd', () => ConfigPatch.etcdAdvertisedSubnets(['a']), ['subnet-filter-form subnets[0] "a"']],
  ['subnets of the cluster', () => ConfigPatch.clusterSubnets({ podSubnets: ['10.42.1.0/16'], serviceSubnets: ['10.64.0.0/10'] }), [
    'cluster-subnet-form podSubnets[0] "10.42.1.0/16"', 'cluster-subnet-form serviceSubnets[0] "10.64.0.0/10"',
  ]],
  ['subnets of a wrong size', () => ConfigPatch.clusterSubnets({ podSubnets: ['10.42.0.0/25'], serviceSubnets: ['10.43.0.0/29'] }), [
    'cluster-subnet-form podSubnets[0] "10.42.0.0/25"', 'cluster-subnet-form serviceSubnets[0] "10.43.0.0/29"',
  ]],
  ['families', () => ConfigPatch.clusterSubnets({ podSubnets: ['10.42.0.0/16', 'fd00::/48'], serviceSubnets: ['10.43.0.0/16'] }), [
    'cluster-subnet-families serviceSubnets ["10.43.0.0/16"]',
  ]],
  ['two of a family', () => ConfigPatch.clusterSubnets({ podSubnets: ['10.42.0.0/16', '10.44.0.0/16'], serviceSubnets: ['10.43.0.0/16', '10.45.0.0/16'] }), [
    'cluster-subnet-families serviceSubnets ["10.43.0.0/16","10.45.0.0/16"]',
  ]],
  ['overlap', () => ConfigPatch.clusterSubnets({ podSubnets: ['10.0.0.0/8'], serviceSubnets: ['10.43.0.0/16'] }), ['cluster-subnet-overlap serviceSubnets ["10.43.0.0/16"]']],
  ['arguments', () => ConfigPatch.apiServerArguments({ '--a': 'b' }), ['api-server-argument-form values "--a"']],
  ['arguments that are documents', () => ConfigPatch.apiServerArguments({ 'oidc-issuer-url': 'a', 'event-ttl': '1h', 'anonymous-auth': 'false' }).bind(control), [
    'api-server-argument-owned apiServerArguments "anonymous-auth"', 'api-server-argument-owned apiServerArguments "oidc-issuer-url"',
  ]],
  ['a port', () => ConfigPatch.kubePrism(0), ['port-range port 0']],
  ...[6443, 50000, 50001].map((port): [string, () => unknown, string[]] => [`the port ${port}`, () => ConfigPatch.kubePrism(port), [`kube-prism-port-taken port ${port}`]]),
  ['a port that is no number', () => ConfigPatch.kubePrism('7445' as any), ['value-kind port "7445"']],
  ['a manifest', () => ConfigPatch.inlineManifest('A b', '---\n# nothing\n'), ['manifest-name-form name "A b"', 'manifest-empty manifest']],
  ['a manifest of another kind', () => ConfigPatch.inlineManifest('a', { kind: 'Namespace' } as any), ['value-kind manifest {"kind":"Namespace"}']],
  ['a URL', () => ConfigPatch.externalManifest('a', 'file:///a.yaml'), ['manifest-url-form url "file:///a.yaml"']],
  ['a volume', () => ConfigPatch.userVolume('a_b', {}), ['volume-name-form name "a_b"']],
  ['sizes', () => ConfigPatch.userVolume('a', { maxSize: Size.mebibytes(512) }), ['volume-size-order options.maxSize 512 MiB']],
  ['an expression of two lines', () => VolumeDisk.matching('a\n&& b'), ['patch-text-form expression "a\\n&& b"']],
  ['no serial', () => VolumeDisk.withSerial(''), ['patch-text-form serial ""']],
  ['a disk', () => ConfigPatch.extraDisk('sdb', '/mnt/data'), ['device-path-form device "sdb"', 'mount-point-form mountPoint "/mnt/data"']],
  ['a path that leads elsewhere', () => ConfigPatch.extraDisk('/dev/../sdb', '/var/../etc'), ['device-path-form device "/dev/../sdb"', 'mount-point-form mountPoint "/var/../etc"']],
  ['an installer', () => ConfigPatch.install({ disk: '/vda', image: 'factory.talos.dev/nocloud-installer/abc' }), [
    'device-path-form options.disk "/vda"', 'install-image-form options.image "factory.talos.dev/nocloud-installer/abc"',
  ]],
  ['nothing to install', () => ConfigPatch.install({}), ['patch-empty options']],
  ['a service', () => ConfigPatch.extensionService('ext-tailscale', {}), ['extension-service-form name "ext-tailscale"']],
  ['nothing for a service', () => ConfigPatch.extensionService('tailscale', {}), ['extension-service-empty options']],
  ['variables', () => ConfigPatch.extensionService('tailscale', { environment: { 'A-B': 'c', 'D': '\0' }, secretEnvironment: { D: secret, E: 'hunter2' as any } }), [
    'environment-name-form options.environment "A-B"', 'environment-name-form options.secretEnvironment "D"', 'patch-text-form options.environment.D',
    'environment-name-form options.secretEnvironment.E',
  ]],
  ['files', () => ConfigPatch.extensionService('tailscale', { configFiles: [{ mountPath: 'a', content: '' }, { mountPath: '/a', content: '\n  a: b\n' }] }), [
    'config-file-path-form options.configFiles[0].mountPath "a"', 'extension-service-empty options.configFiles[0].content', 'patch-text-begin options.configFiles[1].content',
  ]],
])('%s', (_, make, expected) => {
  expect(mistakes(make)).toEqual(expected);
});

test('no message shows a secret', () => {
  const messages = [
    () => ConfigPatch.registryAuth('ghcr.io', { username: 'a', password: 'hunter2' as any }),
    () => ConfigPatch.extensionService('tailscale', { secretEnvironment: { A: 'hunter2' as any } }),
    () => ConfigPatch.registryTls('ghcr.io', { clientCertificate: 'hunter2', clientKey: 'hunter2' as any }),
    () => ConfigPatch.registryMirror('ghcr.io', { endpoints: ['https://puller:hunter2@mirror.example.com'] }),
    () => ConfigPatch.externalManifest('a', 'https://puller:hunter2@example.com/a.yaml'),
    () => ConfigPatch.yaml('machine: [hunter2'),
    () => ConfigPatch.yaml('machine:\n  token: &a hunter2\n  token: hunter2'),
  ].map((make) => expectError(make).message);
  expect(messages.filter((message) => message.includes('hunter2'))).toEqual([]);
});

test('what a worker is refused, a control plane may have', () => {
  expect(ConfigPatch.nodeLabels({ 'node-role.kubernetes.io/worker': '' }).bind(control)).toHaveLength(1);
  expect(ConfigPatch.apiServerArguments({ 'anonymous-auth': 'false' }).bind({ ...control, contract: ConfigContract.V1_13 })).toHaveLength(1);
  expect(ConfigPatch.apiServerArguments({ 'anonymous-auth': 'false' }).bind({ ...worker, contract: ConfigContract.V1_14 })).toEqual([]);
});

test('a port that something else has is refused with who has it', () => {
  expect(expectError(() => ConfigPatch.kubePrism(6443)).message).toBe([
    'ConfigPatch.kubePrism: [kube-prism-port-taken] port, got: 6443',
    '  KubePrism has a port of its own on each machine: 6443 is that of the Kubernetes API, 50000 and 50001 are those of Talos.',
    '  Remedy: Choose for example 7445, the default of KubePrism.',
  ].join('\n'));
});

const { stringValue: text, numberValue: number } = new TerraformVariable(newStack(), 'value', { type: 'any' });

test.each<[string, () => unknown, string[]]>([
  ['a list', () => ConfigPatch.nameServers([text, '192.168.1.1']), ['addresses[0]']],
  ['a text', () => ConfigPatch.hostname(text), ['name']],
  ['a map', () => ConfigPatch.sysctls({ 'net.core.somaxconn': text, [text]: '1' }), ['params.net.core.somaxconn', 'params']],
  ['a route', () => ConfigPatch.link('eth0', { addresses: ['192.168.1.1/24'], routes: [{ gateway: text }], mtu: number }), ['routes[0]', 'mtu']],
  ['a port', () => ConfigPatch.kubePrism(number), ['port']],
  ['a manifest', () => ConfigPatch.inlineManifest('a', `a: ${text}`), ['manifest']],
  ['a certificate', () => ConfigPatch.registryTls('ghcr.io', { ca: text }), ['options.ca']],
  ['a file', () => ConfigPatch.extensionService('a', { environment: { A: text }, configFiles: [{ mountPath: '/a', content: text }] }), [
    'options.environment.A', 'options.configFiles[0]',
  ]],
])('a reference to Terraform is refused in %s', (_, make, expected) => {
  expect(expectError(make).problems.map(({ code, property }) => `${code} ${property}`)).toEqual(expected.map((property) => `patch-reference ${property}`));
});
