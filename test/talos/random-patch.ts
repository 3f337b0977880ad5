import { Size, ValidationError } from '../../lib/core';
import { ConfigPatch } from '../../lib/talos/config-patch';
import { VolumeDisk } from '../../lib/talos/patches/volume-disk';
import { hostileText } from '../hcl/hostile';
import { fc } from '../support/fast-check';

/*
 * Patches with values of which nobody has thought, as far as the library takes them.
 */

const strange = fc.oneof(fc.stringMatching(/^[a-zA-Z0-9_.-]{1,12}$/), fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,70}$/), hostileText());
const word = fc.oneof({ weight: 9, arbitrary: fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/) }, { weight: 1, arbitrary: strange });
const v4 = fc.tuple(fc.constantFrom(10, 100, 172, 192, 224, 255), fc.nat(255), fc.nat(255), fc.nat(255)).map((parts) => parts.join('.'));
const v6 = fc.constantFrom('fd00::1', '2001:db8::', '::1', 'fe80::1', 'FD00:0:0:0:0:0:0:5', '::ffff:10.0.0.1', 'fd00:1:2:3::');
const address = fc.oneof({ weight: 4, arbitrary: v4 }, { weight: 3, arbitrary: v6 }, { weight: 2, arbitrary: word });
const subnet = fc.tuple(address, fc.oneof(fc.integer({ min: 0, max: 32 }), fc.integer({ min: 0, max: 32 }), fc.integer({ min: 33, max: 128 }))).map((parts) => parts.join('/'));
const network = fc.tuple(fc.constantFrom('10.0.0.0', '10.64.0.0', '10.96.0.0', 'fd00::', 'fd00:1::', '172.16.0.0'), fc.oneof(fc.constantFrom(12, 16, 20, 24, 48, 56, 64, 108, 112), fc.integer({ min: 4, max: 126 }))).map((parts) => parts.join('/'));
const key = fc.oneof(word, fc.tuple(fc.oneof(word, fc.constantFrom('example.com', 'node.kubernetes.io', 'a.b.k8s.io')), word).map((parts) => parts.join('/')));
const effect = fc.constantFrom('NoSchedule', 'PreferNoSchedule', 'NoExecute', 'NoExecute', 'NoSchedule', 'Never');
const taint = fc.oneof(effect, fc.tuple(word, effect).map((parts) => parts.join(':')));
const list = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: 1, maxLength: 3 });
const map = (name: fc.Arbitrary<string>, value: fc.Arbitrary<string>) => fc.dictionary(name, value, { minKeys: 1, maxKeys: 3 });
const url = fc.tuple(fc.constantFrom('http://', 'https://', 'https://', 'ftp://'), address, fc.constantFrom('', ':5000', '/v2', '/a?b=c#d', ':99999')).map((parts) => parts.join(''));
const size = fc.oneof(fc.integer({ min: 1, max: 5000 }).map((n) => Size.mebibytes(n)), fc.integer({ min: 1, max: 5000 }).map((n) => Size.gibibytes(n)));

/** Each makes a patch of random values, or refuses. */
const makers: { readonly [name: string]: fc.Arbitrary<() => ConfigPatch> } = {
  timeServers: list(address).map((servers) => () => ConfigPatch.timeServers(servers)),
  nameServers: list(address).map((servers) => () => ConfigPatch.nameServers(servers)),
  hostname: fc.oneof(word, fc.tuple(word, word).map((parts) => parts.join('.'))).map((name) => () => ConfigPatch.hostname(name)),
  link: fc.tuple(word, list(subnet), list(fc.record({ destination: fc.option(fc.oneof(subnet, network), { nil: undefined }), gateway: address })))
    .map(([name, addresses, routes]) => () => ConfigPatch.link(name, { addresses, routes })),
  layer2Vip: fc.tuple(address, word).map(([vip, link]) => () => ConfigPatch.layer2Vip(vip, link)),
  certSans: list(address).map((names) => () => ConfigPatch.certSans(names)),
  apiServerCertSans: list(address).map((names) => () => ConfigPatch.apiServerCertSans(names)),
  registryMirror: fc.tuple(fc.oneof(address, fc.tuple(address, fc.nat(70000)).map((parts) => parts.join(':'))), list(url))
    .map(([registry, endpoints]) => () => ConfigPatch.registryMirror(registry, { endpoints })),
  sysctls: map(fc.oneof(word, fc.constantFrom('net.core.somaxconn', 'net.ipv4.conf.eth0/1.forwarding')), word).map((params) => () => ConfigPatch.sysctls(params)),
  kernelModule: fc.tuple(word, list(word)).map(([name, parameters]) => () => ConfigPatch.kernelModule(name, parameters)),
  nodeLabels: map(key, word).map((labels) => () => ConfigPatch.nodeLabels(labels)),
  nodeTaints: map(key, taint).map((taints) => () => ConfigPatch.nodeTaints(taints)),
  kubeletNodeIpSubnets: list(fc.oneof(subnet, address, subnet.map((text) => `!${text}`))).map((subnets) => () => ConfigPatch.kubeletNodeIpSubnets(subnets)),
  etcdAdvertisedSubnets: list(fc.oneof(subnet, address, subnet.map((text) => `!${text}`))).map((subnets) => () => ConfigPatch.etcdAdvertisedSubnets(subnets)),
  clusterSubnets: fc.tuple(fc.array(network, { minLength: 1, maxLength: 2 }), fc.array(network, { minLength: 1, maxLength: 2 }))
    .map(([podSubnets, serviceSubnets]) => () => ConfigPatch.clusterSubnets({ podSubnets, serviceSubnets })),
  apiServerArguments: map(word, word).map((values) => () => ConfigPatch.apiServerArguments(values)),
  kubePrism: fc.integer({ min: -1, max: 70000 }).map((port) => () => ConfigPatch.kubePrism(port)),
  inlineManifest: fc.tuple(word, hostileText()).map(([name, text]) => () => ConfigPatch.inlineManifest(name, text)),
  externalManifest: fc.tuple(word, url).map(([name, text]) => () => ConfigPatch.externalManifest(name, text)),
  userVolume: fc.tuple(word, size, fc.option(size, { nil: undefined }), word)
    .map(([name, minSize, maxSize, serial]) => () => ConfigPatch.userVolume(name, { minSize, maxSize, disk: VolumeDisk.withSerial(serial) })),
  extraDisk: fc.tuple(word, word).map(([disk, folder]) => () => ConfigPatch.extraDisk(`/dev/${disk}`, `/var/mnt/${folder}`)),
  install: fc.tuple(word, word, fc.option(word, { nil: undefined }), fc.option(fc.boolean(), { nil: undefined }))
    .map(([name, tag, disk, wipe]) => () => ConfigPatch.install({ image: `factory.talos.dev/${name}:${tag}`, disk: disk && `/dev/${disk}`, wipe })),
  extensionService: fc.tuple(word, map(fc.stringMatching(/^[A-Z_]{1,5}$/), hostileText())).map(([name, environment]) => () => ConfigPatch.extensionService(name, { environment })),
};

/** Patches that the library takes, by their kinds. @param count number of values tried for each kind */
export function randomPatches(seed: number, count: number): { readonly name: string; readonly patch: ConfigPatch }[] {
  return Object.entries(makers).flatMap(([name, maker]) => fc.sample(maker, { seed, numRuns: count }).flatMap((make) => {
    const patch = accepted(make);
    return patch === undefined ? [] : [{ name, patch }];
  }));
}

/** What is made, or undefined where it is refused as it has to be. */
export function accepted<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof ValidationError) return undefined;
    throw error;
  }
}
