import { Secret } from '../../lib/core';
import { ConfigContract } from '../../lib/talos/config-contract';
import { MachineType } from '../../lib/talos/machine-type';
import { PatchDocument, SecretText } from '../../lib/talos/patch-document';
import { CASES, CERTIFICATE, CONTRACTS, ROLES } from './patch-cases';

/** The documents of a patch: the most particular key counts for a contract and a kind of machine. `classic` is before contract 1.14. */
type Expected = { readonly [K in `${'v112' | 'v113' | 'v114' | 'classic'}${'' | 'ControlPlane' | 'Worker'}` | 'controlPlane' | 'worker' | 'everywhere']?: PatchDocument[] };

const EXPECTED: { readonly [name: string]: Expected } = {
  'timeServers': {
    everywhere: [doc('TimeSyncConfig', { ntp: { servers: ['time.cloudflare.com', '192.168.1.1'] } })],
  },
  'nameServers': {
    everywhere: [doc('ResolverConfig', { nameservers: [{ address: '192.168.1.1' }, { address: 'fd00::1' }] })],
  },
  'hostname': {
    everywhere: [doc('HostnameConfig', { auto: 'off', hostname: 'node-1' })],
  },
  'link': {
    everywhere: [
      doc('LinkConfig', {
        name: 'eth0',
        mtu: 9000,
        addresses: [{ address: '192.168.1.11/24' }, { address: 'fd00::11/64' }],
        routes: [{ gateway: '192.168.1.1' }, { destination: '10.0.0.0/8', gateway: '192.168.1.2' }],
      }),
    ],
  },
  'layer2Vip': {
    controlPlane: [doc('Layer2VIPConfig', { name: '192.168.1.10', link: 'eth0' })],
  },
  'certSans': {
    everywhere: [{ machine: { certSANs: ['talos.example.com', '192.168.1.10'] } }],
  },
  'registryMirror': {
    everywhere: [
      doc('RegistryMirrorConfig', {
        name: 'docker.io',
        endpoints: [
          { url: 'https://mirror.example.com', overridePath: true },
          { url: 'http://192.168.1.5:5000/v2/hub', overridePath: true },
        ],
        skipFallback: true,
      }),
    ],
  },
  'registryMirror of all': {
    everywhere: [doc('RegistryMirrorConfig', { name: '*', endpoints: [{ url: 'https://mirror.example.com' }] })],
  },
  'registryAuth': {
    everywhere: [
      doc('RegistryAuthConfig', {
        name: 'registry.example.com:5000',
        username: 'puller',
        password: Secret.fromEnvironment('registry_password'),
      }),
    ],
  },
  'registryAuth with a token': {
    everywhere: [doc('RegistryAuthConfig', { name: 'ghcr.io', identityToken: Secret.fromEnvironment('token') })],
  },
  'registryAuth as stored': {
    everywhere: [doc('RegistryAuthConfig', { name: 'ghcr.io', auth: Secret.fromEnvironment('stored') })],
  },
  'registryTls': {
    v112: [
      { machine: { registries: { config: { 'registry.example.com': { tls: { ca: Buffer.from(CERTIFICATE).toString('base64') } } } } } },
    ],
    v113: [doc('RegistryTLSConfig', { name: 'registry.example.com', ca: CERTIFICATE })],
    v114: [doc('RegistryTLSConfig', { name: 'registry.example.com', ca: CERTIFICATE })],
  },
  'registryTls with a client certificate': {
    everywhere: [
      doc('RegistryTLSConfig', {
        name: 'registry.example.com',
        clientIdentity: { cert: CERTIFICATE, key: Secret.fromFile('/run/secrets/client.key') },
        insecureSkipVerify: true,
      }),
    ],
  },
  'sysctls': {
    classic: [{ machine: { sysctls: { 'net.core.somaxconn': '4096', 'net.ipv4.ip_forward': '1' } } }],
    v114: [doc('SysctlConfig', { params: { 'net.core.somaxconn': '4096', 'net.ipv4.ip_forward': '1' } })],
  },
  'kernelModules': {
    classic: [{ machine: { kernel: { modules: [{ name: 'br_netfilter' }, { name: 'nbd' }] } } }],
    v114: [doc('KernelModuleConfig', { name: 'br_netfilter' }), doc('KernelModuleConfig', { name: 'nbd' })],
  },
  'kernelModule': {
    classic: [{ machine: { kernel: { modules: [{ name: 'zfs', parameters: ['zfs_arc_max=1073741824'] }] } } }],
    v114: [doc('KernelModuleConfig', { name: 'zfs', parameters: ['zfs_arc_max=1073741824'] })],
  },
  'nodeLabels': {
    classic: [{ machine: { nodeLabels: { 'example.com/rack': 'a', 'topology.kubernetes.io/zone': 'pve1' } } }],
    v114: [doc('KubeNodeConfig', { labels: { 'example.com/rack': 'a', 'topology.kubernetes.io/zone': 'pve1' } })],
  },
  'nodeTaints': {
    classicControlPlane: [{ machine: { nodeTaints: { 'example.com/slow': 'PreferNoSchedule', 'nvidia.com/gpu': 'present:NoSchedule' } } }],
    classicWorker: [
      {
        machine: {
          kubelet: {
            extraConfig: {
              registerWithTaints: [
                { key: 'example.com/slow', value: '', effect: 'PreferNoSchedule' },
                { key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' },
              ],
            },
          },
        },
      },
    ],
    v114: [doc('KubeNodeConfig', { taints: { 'example.com/slow': 'PreferNoSchedule', 'nvidia.com/gpu': 'present:NoSchedule' } })],
  },
  'kubeletNodeIpSubnets': {
    classic: [{ machine: { kubelet: { nodeIP: { validSubnets: ['192.168.1.0/24', '!192.168.1.10/32'] } } } }],
    v114: [doc('KubeNodeConfig', { nodeIP: { validSubnets: ['192.168.1.0/24', '!192.168.1.10/32'] } })],
  },
  'etcdAdvertisedSubnets': {
    controlPlane: [{ cluster: { etcd: { advertisedSubnets: ['192.168.1.0/24'] } } }],
    worker: [],
  },
  'clusterSubnets': {
    classic: [
      { cluster: { network: { podSubnets: ['10.42.0.0/16', 'fd00:42::/48'], serviceSubnets: ['10.43.0.0/16', 'fd00:43::/108'] } } },
    ],
    v114: [doc('KubeNetworkConfig', { podSubnets: ['10.42.0.0/16', 'fd00:42::/48'], serviceSubnets: ['10.43.0.0/16', 'fd00:43::/108'] })],
  },
  'apiServerCertSans': {
    classicControlPlane: [{ cluster: { apiServer: { certSANs: ['kube.example.com'] } } }],
    classicWorker: [],
    v114ControlPlane: [doc('KubeAPIServerConfig', { certExtraSANs: ['kube.example.com'] })],
    v114Worker: [],
  },
  'apiServerArguments': {
    classicControlPlane: [{ cluster: { apiServer: { extraArgs: { 'feature-gates': 'A=true' } } } }],
    classicWorker: [],
    v114ControlPlane: [doc('KubeAPIServerConfig', { extraArgs: { 'feature-gates': 'A=true' } })],
    v114Worker: [],
  },
  'kubePrism': {
    classic: [{ machine: { features: { kubePrism: { enabled: true, port: 7446 } } } }],
    v114: [doc('KubePrismConfig', { port: 7446 })],
  },
  'allowSchedulingOnControlPlanes': {
    classicControlPlane: [{ cluster: { allowSchedulingOnControlPlanes: true } }],
    classicWorker: [],
    v114ControlPlane: [doc('KubeNodeConfig', { taints: { 'node-role.kubernetes.io/control-plane': { $patch: 'delete' } } })],
    v114Worker: [],
  },
  'allowLoadBalancersOnControlPlanes': {
    classicControlPlane: [{ machine: { nodeLabels: { 'node.kubernetes.io/exclude-from-external-load-balancers': { $patch: 'delete' } } } }],
    classicWorker: [],
    v114ControlPlane: [
      doc('KubeNodeConfig', { labels: { 'node.kubernetes.io/exclude-from-external-load-balancers': { $patch: 'delete' } } }),
    ],
    v114Worker: [],
  },
  'noKubeProxy': {
    classicControlPlane: [{ cluster: { proxy: { disabled: true } } }],
    classicWorker: [],
    v114ControlPlane: [doc('KubeProxyConfig', { enabled: false })],
    v114Worker: [],
  },
  'noCni': {
    classicControlPlane: [{ cluster: { network: { cni: { name: 'none' } } } }],
    classicWorker: [{ cluster: { network: { cni: { name: 'none' } } } }],
    v114ControlPlane: [doc('KubeFlannelCNIConfig', { $patch: 'delete' })],
    v114Worker: [],
  },
  'inlineManifest': {
    classicControlPlane: [
      {
        cluster: {
          inlineManifests: [{ name: 'namespace-media', contents: 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: media\n' }],
        },
      },
    ],
    classicWorker: [],
    v114ControlPlane: [
      doc('KubeInlineManifestConfig', { name: 'namespace-media', manifest: 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: media\n' }),
    ],
    v114Worker: [],
  },
  'externalManifest': {
    classicControlPlane: [{ cluster: { extraManifests: ['https://example.com/metrics.yaml'] } }],
    classicWorker: [],
    v114ControlPlane: [doc('KubeExternalManifestConfig', { name: 'metrics', url: 'https://example.com/metrics.yaml' })],
    v114Worker: [],
  },
  'userVolume': {
    everywhere: [
      doc('UserVolumeConfig', { name: 'local-path', provisioning: { diskSelector: { match: '!system_disk' }, minSize: '1GiB' } }),
    ],
  },
  'userVolume by serial': {
    everywhere: [
      doc('UserVolumeConfig', {
        name: 'media',
        provisioning: { diskSelector: { match: 'disk.serial == "media\\"1\\\\"' }, grow: true, minSize: '10GiB', maxSize: '1TiB' },
        filesystem: { type: 'ext4' },
      }),
    ],
  },
  'userVolume by size': {
    everywhere: [
      doc('UserVolumeConfig', {
        name: 'big',
        provisioning: { diskSelector: { match: '!system_disk && disk.size >= 1099511627776u' }, minSize: '1GiB' },
      }),
    ],
  },
  'userVolume by an expression': {
    everywhere: [
      doc('UserVolumeConfig', {
        name: 'fast',
        provisioning: { diskSelector: { match: 'disk.transport == "nvme" && !system_disk' }, minSize: '1GiB' },
      }),
    ],
  },
  'userVolume on the system disk': {
    everywhere: [doc('UserVolumeConfig', { name: 'scratch', provisioning: { diskSelector: { match: 'system_disk' }, minSize: '1GiB' } })],
  },
  'extraDisk': {
    everywhere: [{ machine: { disks: [{ device: '/dev/vdb', partitions: [{ mountpoint: '/var/mnt/data' }] }] } }],
  },
  'install': {
    classic: [
      {
        machine: {
          install: {
            disk: '/dev/vda',
            image: 'factory.talos.dev/nocloud-installer/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef:v1.13.9',
            wipe: true,
          },
        },
      },
    ],
    v114: [
      doc('UnattendedInstallConfig', {
        installer: { image: 'factory.talos.dev/nocloud-installer/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef:v1.13.9' },
        provisioning: { diskSelector: { match: 'disk.dev_path == "/dev/vda"' }, wipe: true },
      }),
    ],
  },
  'extensionService': {
    everywhere: [
      doc('ExtensionServiceConfig', {
        name: 'tailscale',
        environment: [new SecretText('TS_AUTHKEY=', Secret.fromEnvironment('ts_authkey')), 'TS_ROUTES=10.0.0.0/8'],
        configFiles: [{ content: '{"a": "${b}"}\n', mountPath: '/usr/local/etc/tailscale/config.json' }],
      }),
    ],
  },
  'nvidiaDriver': {
    v112: [
      {
        machine: { kernel: { modules: [{ name: 'nvidia' }, { name: 'nvidia_uvm' }, { name: 'nvidia_drm' }, { name: 'nvidia_modeset' }] } },
      },
      { machine: { sysctls: { 'net.core.bpf_jit_harden': '1' } } },
    ],
    v113: [
      {
        machine: { kernel: { modules: [{ name: 'nvidia' }, { name: 'nvidia_uvm' }, { name: 'nvidia_drm' }, { name: 'nvidia_modeset' }] } },
      },
    ],
    v114: [
      doc('KernelModuleConfig', { name: 'nvidia' }),
      doc('KernelModuleConfig', { name: 'nvidia_uvm' }),
      doc('KernelModuleConfig', { name: 'nvidia_drm' }),
      doc('KernelModuleConfig', { name: 'nvidia_modeset' }),
    ],
  },
  'nvidiaRuntimeClass': {
    v112ControlPlane: [
      {
        cluster: {
          inlineManifests: [
            {
              name: 'nvidia-runtime-class',
              contents: '{"apiVersion":"node.k8s.io/v1","kind":"RuntimeClass","metadata":{"name":"nvidia"},"handler":"nvidia"}\n',
            },
          ],
        },
      },
    ],
    v112Worker: [],
    v113: [],
    v114: [],
  },
  'yaml': {
    everywhere: [
      { machine: { sysfs: { 'kernel.mm.ksm.run': '1' } } },
      doc('WatchdogTimerConfig', { device: '/dev/watchdog0', timeout: '2m' }),
    ],
  },
};

test('every patch is in the table', () => {
  expect(Object.keys(EXPECTED)).toEqual(Object.keys(CASES));
});

const rows = Object.keys(CASES).flatMap((name) => CONTRACTS.flatMap((contract) => ROLES.map((role) => [name, contract, role] as const)));

test.each(rows.filter(([name, , role]) => !CASES[name].refusedOnWorkers || role === MachineType.CONTROL_PLANE))('%s under %s for a %s', (name, contract, role) => {
  expect(CASES[name].patch.bind({ contract, machineType: role, path: 'homelab/Cluster' })).toEqual(expected(EXPECTED[name], contract, role));
});

test('a patch says the same each time', () => {
  const all = () => rows.filter(([name]) => !CASES[name].refusedOnWorkers)
    .map(([name, contract, machineType]) => CASES[name].patch.bind({ contract, machineType, path: 'homelab/Cluster' }));
  expect(JSON.stringify(all())).toBe(JSON.stringify(all()));
});

function expected(table: Expected, contract: ConfigContract, role: MachineType): PatchDocument[] | undefined {
  const version = contract.contractName.replace('.', '') as 'v112';
  const suffix = role === MachineType.WORKER ? 'Worker' : 'ControlPlane';
  const classic = contract.isAtLeast(ConfigContract.V1_14) ? undefined : table[`classic${suffix}`] ?? table.classic;
  const general = role === MachineType.WORKER ? table.worker : table.controlPlane;
  return table[`${version}${suffix}`] ?? table[version] ?? classic ?? general ?? table.everywhere;
}

function doc(kind: string, content: { readonly [name: string]: any }): PatchDocument {
  return { apiVersion: 'v1alpha1', kind, ...content };
}
