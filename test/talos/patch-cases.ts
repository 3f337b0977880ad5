import { Secret, Size } from '../../lib/core';
import { ConfigContract } from '../../lib/talos/config-contract';
import { ConfigPatch } from '../../lib/talos/config-patch';
import { MachineType } from '../../lib/talos/machine-type';
import { PatchDocument, SecretText } from '../../lib/talos/patch-document';
import { VolumeFilesystem } from '../../lib/talos/patches/storage';
import { VolumeDisk } from '../../lib/talos/patches/volume-disk';

/*
 * One of each typed patch, for tests that look at all of them.
 */

/** All contracts. */
export const CONTRACTS = [ConfigContract.V1_12, ConfigContract.V1_13, ConfigContract.V1_14];
/** Both kinds of machines. */
export const ROLES = [MachineType.CONTROL_PLANE, MachineType.WORKER];

/** A certificate that signed itself, of no use but to be read. */
export const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBVTCCAQegAwIBAgIUMiL2UQWu4qSHeBP3TPprHm3mR/EwBQYDK2VwMB8xHTAb
BgNVBAMMFHJlZ2lzdHJ5LmV4YW1wbGUuY29tMCAXDTI2MTEyMTA5MDc0NVoYDzIx
MjYxMDI4MDkwNzQ1WjAfMR0wGwYDVQQDDBRyZWdpc3RyeS5leGFtcGxlLmNvbTAq
MAUGAytlcAMhAGov+2Vp5KLzTEIAQqzRogcmsviZeeZUjG9cEEDR+tMho1MwUTAd
BgNVHQ4EFgQUG6H7eep9QjdWhUx/uOuXOKqpQDwwHwYDVR0jBBgwFoAUG6H7eep9
QjdWhUx/uOuXOKqpQDwwDwYDVR0TAQH/BAUwAwEB/zAFBgMrZXADQQAnEMb/61Jq
13UBHNmZTsAWb1j6eHqQjJWzY/nGAeFS82GIxX1OKsxuKwkNzffykK3LaOOYgSKi
i93sCYdeuRsH
-----END CERTIFICATE-----
`;

/** A typed patch, and what becomes of it. */
export interface PatchCase {
  readonly patch: ConfigPatch;
  /** What stands in the configuration that Talos makes of it. */
  readonly found: RegExp;
  /** Whether workers are left out. */
  readonly controlPlaneOnly?: boolean;
  /** Whether workers are refused. */
  readonly refusedOnWorkers?: boolean;
  /** Whether it says something under contract 1.12 only. */
  readonly only112?: boolean;
}

/** The typed patches by their names. */
export const CASES: { readonly [name: string]: PatchCase } = {
  'timeServers': { patch: ConfigPatch.timeServers(['time.cloudflare.com', '192.168.1.1']), found: /servers:\n\s+- time\.cloudflare\.com/ },
  'nameServers': { patch: ConfigPatch.nameServers(['192.168.1.1', 'fd00::1']), found: /nameservers:\n\s+- address: 192\.168\.1\.1/ },
  'hostname': { patch: ConfigPatch.hostname('node-1'), found: /hostname: node-1/ },
  'link': {
    patch: ConfigPatch.link('eth0', {
      addresses: ['192.168.1.11/24', 'fd00::11/64'], routes: [{ gateway: '192.168.1.1' }, { destination: '10.0.0.0/8', gateway: '192.168.1.2' }], mtu: 9000,
    }),
    found: /address: 192\.168\.1\.11\/24/,
  },
  'layer2Vip': { patch: ConfigPatch.layer2Vip('192.168.1.10', 'eth0'), found: /kind: Layer2VIPConfig/, controlPlaneOnly: true, refusedOnWorkers: true },
  'certSans': { patch: ConfigPatch.certSans(['talos.example.com', '192.168.1.10']), found: /certSANs:\n\s+- talos\.example\.com/ },
  'registryMirror': {
    patch: ConfigPatch.registryMirror('docker.io', {
      endpoints: ['https://mirror.example.com', 'http://192.168.1.5:5000/v2/hub'], overridePath: true, skipFallback: true,
    }),
    found: /url: https:\/\/mirror\.example\.com/,
  },
  'registryMirror of all': { patch: ConfigPatch.registryMirror('*', { endpoints: ['https://mirror.example.com'] }), found: /name: '\*'/ },
  'registryAuth': {
    patch: ConfigPatch.registryAuth('registry.example.com:5000', { username: 'puller', password: Secret.fromEnvironment('registry_password') }),
    found: /username: puller/,
  },
  'registryAuth with a token': { patch: ConfigPatch.registryAuth('ghcr.io', { identityToken: Secret.fromEnvironment('token') }), found: /identityToken:/ },
  'registryAuth as stored': { patch: ConfigPatch.registryAuth('ghcr.io', { auth: Secret.fromEnvironment('stored') }), found: /auth:/ },
  'registryTls': { patch: ConfigPatch.registryTls('registry.example.com', { ca: CERTIFICATE }), found: /ca: (\||LS0t)/ },
  'registryTls with a client certificate': {
    patch: ConfigPatch.registryTls('registry.example.com', {
      clientCertificate: CERTIFICATE, clientKey: Secret.fromFile('/run/secrets/client.key'), insecureSkipVerify: true,
    }),
    found: /insecureSkipVerify: true/,
  },
  'sysctls': { patch: ConfigPatch.sysctls({ 'net.core.somaxconn': '4096', 'net.ipv4.ip_forward': '1' }), found: /net\.core\.somaxconn: "4096"/ },
  'kernelModules': { patch: ConfigPatch.kernelModules(['br_netfilter', 'nbd']), found: /name: nbd/ },
  'kernelModule': { patch: ConfigPatch.kernelModule('zfs', ['zfs_arc_max=1073741824']), found: /zfs_arc_max=1073741824/ },
  'nodeLabels': { patch: ConfigPatch.nodeLabels({ 'topology.kubernetes.io/zone': 'pve1', 'example.com/rack': 'a' }), found: /example\.com\/rack: a/ },
  'nodeTaints': {
    patch: ConfigPatch.nodeTaints({ 'nvidia.com/gpu': 'present:NoSchedule', 'example.com/slow': 'PreferNoSchedule' }), found: /nvidia\.com\/gpu/,
  },
  'kubeletNodeIpSubnets': { patch: ConfigPatch.kubeletNodeIpSubnets(['192.168.1.0/24', '!192.168.1.10/32']), found: /validSubnets:/ },
  'etcdAdvertisedSubnets': { patch: ConfigPatch.etcdAdvertisedSubnets(['192.168.1.0/24']), found: /advertisedSubnets:/, controlPlaneOnly: true },
  'clusterSubnets': {
    patch: ConfigPatch.clusterSubnets({ podSubnets: ['10.42.0.0/16', 'fd00:42::/48'], serviceSubnets: ['10.43.0.0/16', 'fd00:43::/108'] }),
    found: /podSubnets:\n\s+- 10\.42\.0\.0\/16\n\s+- fd00:42::\/48\n/,
  },
  'apiServerCertSans': { patch: ConfigPatch.apiServerCertSans(['kube.example.com']), found: /- kube\.example\.com/, controlPlaneOnly: true },
  'apiServerArguments': { patch: ConfigPatch.apiServerArguments({ 'feature-gates': 'A=true' }), found: /feature-gates: A=true/, controlPlaneOnly: true },
  'kubePrism': { patch: ConfigPatch.kubePrism(7446), found: /port: 7446/ },
  'allowSchedulingOnControlPlanes': {
    patch: ConfigPatch.allowSchedulingOnControlPlanes(),
    controlPlaneOnly: true,
    found: /allowSchedulingOnControlPlanes: true|^(?![^]*node-role\.kubernetes\.io\/control-plane: NoSchedule)/,
  },
  'allowLoadBalancersOnControlPlanes': {
    patch: ConfigPatch.allowLoadBalancersOnControlPlanes(), controlPlaneOnly: true, found: /^(?![^]*exclude-from-external-load-balancers)/,
  },
  'noKubeProxy': { patch: ConfigPatch.noKubeProxy(), found: /proxy:\n[^]*disabled: true|kind: KubeProxyConfig\n(?!---)[^]*enabled: false/, controlPlaneOnly: true },
  'noCni': { patch: ConfigPatch.noCni(), found: /name: none|^(?![^]*KubeFlannelCNIConfig)/ },
  'inlineManifest': {
    patch: ConfigPatch.inlineManifest('namespace-media', 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: media\n'),
    found: /kind: Namespace/,
    controlPlaneOnly: true,
  },
  'externalManifest': { patch: ConfigPatch.externalManifest('metrics', 'https://example.com/metrics.yaml'), found: /example\.com\/metrics\.yaml/, controlPlaneOnly: true },
  'userVolume': { patch: ConfigPatch.userVolume('local-path'), found: /minSize: 1GiB/ },
  'userVolume by serial': {
    patch: ConfigPatch.userVolume('media', {
      disk: VolumeDisk.withSerial('media"1\\'), minSize: Size.gibibytes(10), maxSize: Size.tebibytes(1), grow: true, filesystem: VolumeFilesystem.EXT4,
    }),
    found: /maxSize: 1TiB/,
  },
  'userVolume by size': { patch: ConfigPatch.userVolume('big', { disk: VolumeDisk.nonSystemOfAtLeast(Size.tebibytes(1)) }), found: /disk\.size >= 1099511627776u/ },
  'userVolume by an expression': {
    patch: ConfigPatch.userVolume('fast', { disk: VolumeDisk.matching('disk.transport == "nvme" && !system_disk') }), found: /nvme/,
  },
  'userVolume on the system disk': { patch: ConfigPatch.userVolume('scratch', { disk: VolumeDisk.system() }), found: /match: system_disk/ },
  'extraDisk': { patch: ConfigPatch.extraDisk('/dev/vdb', '/var/mnt/data'), found: /mountpoint: \/var\/mnt\/data/ },
  'install': {
    patch: ConfigPatch.install({ disk: '/dev/vda', image: `factory.talos.dev/nocloud-installer/${'0123456789abcdef'.repeat(4)}:v1.13.9`, wipe: true }),
    found: /\/dev\/vda/,
  },
  'extensionService': {
    patch: ConfigPatch.extensionService('tailscale', {
      environment: { TS_ROUTES: '10.0.0.0/8' },
      secretEnvironment: { TS_AUTHKEY: Secret.fromEnvironment('ts_authkey') },
      configFiles: [{ mountPath: '/usr/local/etc/tailscale/config.json', content: '{"a": "${b}"}\n' }],
    }),
    found: /TS_AUTHKEY=/,
  },
  'nvidiaDriver': { patch: ConfigPatch.nvidiaDriver(), found: /name: nvidia_uvm/ },
  'nvidiaRuntimeClass': { patch: ConfigPatch.nvidiaRuntimeClass(), found: /RuntimeClass/, controlPlaneOnly: true, only112: true },
  'yaml': { patch: ConfigPatch.yaml('machine:\n  sysfs:\n    kernel.mm.ksm.run: "1"\n---\napiVersion: v1alpha1\nkind: WatchdogTimerConfig\ndevice: /dev/watchdog0\ntimeout: 2m\n'), found: /watchdog0/ },
};

/** Characters that JSON takes as they are, and the YAML of Talos does not. */
// eslint-disable-next-line no-irregular-whitespace, no-control-regex
const NOT_IN_YAML = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** The documents of a patch, as the texts in which they come to Talos. */
export function patchTexts(documents: readonly PatchDocument[], secret: (reference: string) => string): string[] {
  return documents.map((document) => JSON.stringify(document, (_, value) => {
    if (value instanceof Secret) return secret(value.reference);
    return value instanceof SecretText ? `${value.prefix}${secret(value.secret.reference)}` : value;
  }).replace(NOT_IN_YAML, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`));
}
