/** What the installer is told. @internal */
export interface CiliumInstallation {
  /** Version of Cilium. */
  readonly version: string;
  /** Version of the installer, Cilium's own command. */
  readonly cliVersion: string;
  /** Port of KubePrism on each machine. */
  readonly kubePrismPort: number;
  /** Values for the chart, in their order. */
  readonly values: readonly (readonly [string, string])[];
}

const NAME = 'cilium-install';
const NAMESPACE = 'kube-system';

/**
 * Objects that install Cilium: an account that may do anything, and a Job that runs `cilium install` once.
 *
 * The image of the command has nothing but the command in it, hence no script. It runs in the network of its machine, since there is no other
 * yet, tolerates that the machine is not ready, and asks KubePrism for the API. A Job that is done stays: without it Talos 1.12 would create it
 * again.
 * @internal
 */
export function ciliumManifest({ version, cliVersion, kubePrismPort, values }: CiliumInstallation): string {
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: NAME, namespace: NAMESPACE } };
  const binding = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: NAME },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ kind: 'ServiceAccount', name: NAME, namespace: NAMESPACE }],
  };
  const container = {
    name: NAME,
    image: `quay.io/cilium/cilium-cli:v${cliVersion}`,
    imagePullPolicy: 'IfNotPresent',
    command: ['cilium', 'install', `--version=${version}`, `--namespace=${NAMESPACE}`, ...values.map(([name, value]) => `--set=${name}=${value}`)],
    env: [
      { name: 'KUBERNETES_SERVICE_HOST', value: 'localhost' },
      { name: 'KUBERNETES_SERVICE_PORT', value: String(kubePrismPort) },
    ],
  };
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: NAME, namespace: NAMESPACE },
    spec: {
      backoffLimit: 20,
      template: {
        metadata: { labels: { app: NAME } },
        spec: {
          restartPolicy: 'OnFailure',
          hostNetwork: true,
          serviceAccountName: NAME,
          nodeSelector: { 'node-role.kubernetes.io/control-plane': '' },
          tolerations: [{ operator: 'Exists' }],
          containers: [container],
        },
      },
    },
  };
  return [account, binding, job].map((object) => `${JSON.stringify(object, undefined, 2)}\n`).join('---\n');
}
