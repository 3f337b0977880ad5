import { parseAllDocuments } from 'yaml';
import { CiliumOptions } from '../../lib/talos/cilium';
import { Cni } from '../../lib/talos/cni';
import { ConfigContract } from '../../lib/talos/config-contract';
import { MachineType } from '../../lib/talos/machine-type';
import { PatchDocument } from '../../lib/talos/patch-document';
import { expectError, mistakes } from '../support/errors';
import { CONTRACTS } from './patch-cases';

/** @param machines number of control plane nodes */
function bind(options: CiliumOptions = {}, machines = 3, contract = ConfigContract.V1_14, machineType = MachineType.CONTROL_PLANE): PatchDocument[] {
  return Cni.cilium(options).bind({ machines }).flatMap((patch) => patch.bind({ contract, machineType, path: 'homelab/Cluster' }));
}

function manifest(options: CiliumOptions = {}, machines = 3): any[] {
  return parseAllDocuments(bind(options, machines).find(({ kind }) => kind === 'KubeInlineManifestConfig')!.manifest).map((document) => document.toJS());
}

function values(options: CiliumOptions = {}, machines = 3): string[] {
  const [, , job] = manifest(options, machines);
  return job.spec.template.spec.containers[0].command.slice(4);
}

const NEEDED = [
  '--set=ipam.mode=kubernetes',
  '--set=kubeProxyReplacement=true',
  '--set=k8sServiceHost=localhost',
  '--set=k8sServicePort=7445',
  '--set=cgroup.autoMount.enabled=false',
  '--set=cgroup.hostRoot=/sys/fs/cgroup',
  '--set=securityContext.capabilities.ciliumAgent={CHOWN,KILL,NET_ADMIN,NET_RAW,IPC_LOCK,SYS_ADMIN,SYS_RESOURCE,DAC_OVERRIDE,FOWNER,SETGID,SETUID}',
  '--set=securityContext.capabilities.cleanCiliumState={NET_ADMIN,SYS_ADMIN,SYS_RESOURCE}',
  '--set=bpf.masquerade=false',
];

test('Cilium without options', () => {
  expect(manifest()).toEqual([
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'cilium-install', namespace: 'kube-system' } },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'cilium-install' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'ServiceAccount', name: 'cilium-install', namespace: 'kube-system' }],
    },
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'cilium-install', namespace: 'kube-system' },
      spec: {
        backoffLimit: 20,
        template: {
          metadata: { labels: { app: 'cilium-install' } },
          spec: {
            restartPolicy: 'OnFailure',
            hostNetwork: true,
            serviceAccountName: 'cilium-install',
            nodeSelector: { 'node-role.kubernetes.io/control-plane': '' },
            tolerations: [{ operator: 'Exists' }],
            containers: [{
              name: 'cilium-install',
              image: 'quay.io/cilium/cilium-cli:v0.19.5',
              imagePullPolicy: 'IfNotPresent',
              command: [
                'cilium', 'install', '--version=1.19.3', '--namespace=kube-system', ...NEEDED, '--set=operator.replicas=2', '--set=hubble.enabled=false',
              ],
              env: [{ name: 'KUBERNETES_SERVICE_HOST', value: 'localhost' }, { name: 'KUBERNETES_SERVICE_PORT', value: '7445' }],
            }],
          },
        },
      },
    },
  ]);
});

test('Cilium with all options', () => {
  const options: CiliumOptions = {
    version: '1.18.4',
    cliVersion: '0.18.9',
    hubble: true,
    gatewayApi: true,
    gatewayApiVersion: '1.3.0',
    l2Announcements: true,
    kubePrismPort: 7446,
    values: [{ name: 'bgpControlPlane.enabled', value: 'true' }, { name: 'operator.replicas', value: '3' }, { name: 'devices', value: '{eth0,eth1}' }],
  };
  expect(values(options)).toEqual([
    ...NEEDED.map((value) => value.replace('7445', '7446')),
    '--set=hubble.enabled=true', '--set=hubble.relay.enabled=true', '--set=hubble.ui.enabled=true',
    '--set=gatewayAPI.enabled=true', '--set=gatewayAPI.enableAlpn=true', '--set=gatewayAPI.enableAppProtocol=true',
    '--set=l2announcements.enabled=true', '--set=externalIPs.enabled=true', '--set=k8sClientRateLimit.qps=50', '--set=k8sClientRateLimit.burst=100',
    '--set=bgpControlPlane.enabled=true', '--set=operator.replicas=3', '--set=devices={eth0,eth1}',
  ]);
  const [, , job] = manifest(options);
  const [container] = job.spec.template.spec.containers;
  expect(container.image).toBe('quay.io/cilium/cilium-cli:v0.18.9');
  expect(container.command.slice(0, 4)).toEqual(['cilium', 'install', '--version=1.18.4', '--namespace=kube-system']);
  expect(container.env[1]).toEqual({ name: 'KUBERNETES_SERVICE_PORT', value: '7446' });
});

test('one operator for one control plane node, two for more', () => {
  expect(values({}, 1)).toContain('--set=operator.replicas=1');
  expect(values({}, 3)).toContain('--set=operator.replicas=2');
  expect(manifest({}, 3)).toEqual(manifest({}, 5));
});

test.each(CONTRACTS)('Cilium takes the place of Flannel and kube-proxy under %s', (contract) => {
  const options = { gatewayApi: true, kubePrismPort: 7446 };
  const url = 'https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.4.1/standard-install.yaml';
  const text = expect.stringContaining('"kind": "Job"');
  const classic = [
    { cluster: { network: { cni: { name: 'none' } } } },
    { cluster: { proxy: { disabled: true } } },
    { machine: { features: { kubePrism: { enabled: true, port: 7446 } } } },
    { cluster: { extraManifests: [url] } },
    { cluster: { inlineManifests: [{ name: 'cilium-install', contents: text }] } },
  ];
  const documents = [
    { apiVersion: 'v1alpha1', kind: 'KubeFlannelCNIConfig', $patch: 'delete' },
    { apiVersion: 'v1alpha1', kind: 'KubeProxyConfig', enabled: false },
    { apiVersion: 'v1alpha1', kind: 'KubePrismConfig', port: 7446 },
    { apiVersion: 'v1alpha1', kind: 'KubeExternalManifestConfig', name: 'gateway-api', url },
    { apiVersion: 'v1alpha1', kind: 'KubeInlineManifestConfig', name: 'cilium-install', manifest: text },
  ];
  expect(bind(options, 3, contract)).toEqual(contract === ConfigContract.V1_14 ? documents : classic);
  expect(bind(options, 3, contract, MachineType.WORKER)).toEqual(contract === ConfigContract.V1_14 ? [documents[2]] : [classic[0], classic[2]]);
});

test('the same options are the same bytes', () => {
  expect(JSON.stringify(bind({ hubble: true }))).toBe(JSON.stringify(bind({ hubble: true })));
});

test.each<[string, CiliumOptions, string[]]>([
  ['versions', { version: 'v1.19', cliVersion: 'latest', gatewayApiVersion: '' }, [
    'cilium-version-form options.version "v1.19"', 'cilium-version-form options.cliVersion "latest"', 'cilium-version-form options.gatewayApiVersion ""',
  ]],
  ['a port', { kubePrismPort: 70000 }, ['port-range options.kubePrismPort 70000']],
  ['the port of the Kubernetes API', { kubePrismPort: 6443 }, ['kube-prism-port-taken options.kubePrismPort 6443']],
  ['values', { values: [{ name: 'a b', value: 'c' }, { name: 'a', value: 'b\nc' }, { name: 'b', value: '' }, { name: 'b', value: '1' }] }, [
    'cilium-value-form options.values[0] "a b=c"', 'cilium-value-form options.values[1] "a=b\\nc"', 'patch-item-twice options.values[3] "b"',
  ]],
  ['values of the library', { values: [{ name: 'k8sServicePort', value: '6443' }, { name: 'kubeProxyReplacement', value: 'false' }] }, [
    'cilium-value-owned options.values[0] "k8sServicePort"', 'cilium-value-owned options.values[1] "kubeProxyReplacement"',
  ]],
  ['kinds', { hubble: 'yes' as any, values: [{ name: 'a' } as any] }, ['value-kind options.hubble "yes"', 'value-missing options.values[0].value']],
])('refused: %s', (_, options, expected) => {
  expect(mistakes(() => Cni.cilium(options))).toEqual(expected);
});

test('a value of the library is refused with the reason', () => {
  expect(expectError(() => Cni.cilium({ values: [{ name: 'k8sServiceHost', value: '192.168.1.10' }] })).message).toBe([
    'Cni.cilium: [cilium-value-owned] options.values[0], got: "k8sServiceHost"',
    '  Values without which Cilium does not run on Talos, or for which there is an option, are set by the library.',
    '  Remedy: Leave the value out, or use the option.',
  ].join('\n'));
});
