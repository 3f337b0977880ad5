/*
 * Talos itself judges the clusters: `npx tsx test/talos/talos-cluster.conformance.ts`. The patches of every node of clusters of each contract are
 * taken from what was synthesized; the library of every release that takes the contract generates, patches and validates the configurations, and
 * what matters is looked up in them. The last line is `N passed, N failed`.
 */
import { generateKeyPairSync } from 'node:crypto';
import { parseAllDocuments } from 'yaml';
import { ProxmoxVe, TalosCluster, TalosClusterProps, TalosImport, gpu, talos } from '../../lib';
import { HOSTILE_TEXTS } from '../hcl/hostile';
import { Report } from '../support/report';
import { newStack, synthesizeAny } from '../support/synth';
import { NETWORK, NVIDIA, PLAN, patchesMeant } from './clusters';
import { Judged, Judgement, MACHINERIES, judge, knows } from './machinery';
import { CASES, CONTRACTS } from './patch-cases';

const { ClusterEndpoint, Cni, ConfigContract, ConfigPatch, MachineType } = talos;
const KEY = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const RELEASES: { readonly [contract: string]: string } = { 'v1.12': 'v1.12.8', 'v1.13': 'v1.13.9', 'v1.14': 'v1.14.1' };
const report = new Report();

/** The configuration of a machine, as Talos reads it. */
class Configuration {
  private readonly documents: any[];

  public constructor(public readonly text: string) {
    this.documents = parseAllDocuments(text).map((document) => document.toJS());
  }

  /** A value of the classic document, by its path. */
  public classic(path: string): any {
    const classic = this.documents.find((document) => document !== null && !('kind' in document));
    return path.split('.').reduce((value, name) => value?.[name], classic);
  }

  /** Documents of a kind. */
  public kind(kind: string): any[] {
    return this.documents.filter((document) => document?.kind === kind);
  }

  /** All values of a name, wherever they stand. */
  public named(name: string): any[] {
    const found: any[] = [];
    const walk = (value: any) => {
      if (typeof value !== 'object' || value === null) return;
      for (const [key, inner] of Object.entries(value)) {
        if (key === name) found.push(inner);
        walk(inner);
      }
    };
    this.documents.forEach(walk);
    return found;
  }
}

/** A node of a cluster, as it was synthesized. */
interface Node {
  readonly name: string;
  readonly machineType: string;
  readonly patches: string[];
  readonly endpoint: string;
  readonly kubernetesVersion: string;
  readonly contract: string;
}

/** A kind of cluster. */
interface Kind {
  readonly title: string;
  readonly props?: (images: Images) => Partial<TalosClusterProps>;
  readonly more?: (cluster: TalosCluster, images: Images) => void;
  /** What stands in the configuration of a node: facts by their names, as they are and as they are expected. */
  readonly facts: (node: Node, configuration: Configuration, contract: talos.ConfigContract) => { readonly [what: string]: readonly [any, any] };
}

interface Images {
  readonly plain: TalosImport;
  readonly nvidia: TalosImport;
}

function nodesOf({ props, more }: Kind, contract: talos.ConfigContract): Node[] {
  const stack = newStack();
  new ProxmoxVe(stack, 'Pve', { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'tank', vmIdPlan: PLAN });
  const talosVersion = RELEASES[contract.contractName];
  const images = { plain: new TalosImport(stack, 'Talos', { talosVersion }), nvidia: new TalosImport(stack, 'Gpu', { talosVersion, schematic: NVIDIA, vmId: 9001 }) };
  const cluster = new TalosCluster(stack, 'K8s', {
    image: images.plain, configContract: contract, kubernetesVersion: '1.34.2', network: NETWORK, controlPlane: { addresses: ['192.168.1.11'] }, ...props?.(images),
  });
  more?.(cluster, images);
  const configurations = Object.values<any>(synthesizeAny(stack).terraform.data.talos_machine_configuration);
  return configurations.map((one) => ({
    name: /"hostname":"([^"]+)"/.exec(one.config_patches.join('\n'))![1],
    machineType: one.machine_type,
    patches: patchesMeant(one.config_patches, (expression) => /\.key"|_key/.test(expression) ? KEY : `secret of ${expression} "\\\n\${x}`),
    endpoint: one.cluster_endpoint,
    kubernetesVersion: one.kubernetes_version,
    contract: one.talos_version,
  }));
}

const asked = ({ contract, machineType, patches, endpoint, kubernetesVersion }: Node): Judged => ({ contract, machineType, patches, endpoint, kubernetesVersion, clusterName: 'k8s' } as Judged);

async function judgeKind(kind: Kind): Promise<void> {
  report.section(kind.title);
  for (const contract of CONTRACTS) {
    const nodes = nodesOf(kind, contract);
    for (const machinery of MACHINERIES.filter((one) => knows(one, contract.contractName))) {
      const judgements = await judge(machinery, nodes.map(asked));
      nodes.forEach((node, i) => say(`${node.name}: ${contract}, by Talos ${machinery}`, kind, node, contract, judgements[i]));
    }
  }
}

function say(what: string, { facts }: Kind, node: Node, contract: talos.ConfigContract, judgement: Judgement): void {
  const { ok, error, warnings } = judgement;
  report.equal(what, { ok, error, warnings }, { ok: true, error: undefined, warnings: [] });
  if (!ok) return;
  const configuration = new Configuration(judgement.config!);
  for (const [name, [actual, expected]] of Object.entries({ ...common(node, configuration, contract), ...facts(node, configuration, contract) })) {
    report.equal(`${what}, ${name}`, actual, expected);
  }
}

const isNew = (contract: talos.ConfigContract) => contract.isAtLeast(ConfigContract.V1_14);
const isControl = (node: Node) => node.machineType === 'controlplane';

/** What holds for every node of every cluster. */
function common(node: Node, c: Configuration, contract: talos.ConfigContract): { readonly [what: string]: readonly [any, any] } {
  const installer = c.classic('machine.install.image') ?? c.named('image').find((image) => /installer/.test(image));
  return {
    'the host name': [c.kind('HostnameConfig').map(({ hostname, auto }) => [hostname, auto]), [[node.name, 'off']]],
    'its own installer image': [/^factory\.talos\.dev\/nocloud-installer\/[0-9a-f]{64}:v1\.1[234]\.\d+$/.test(installer) && installer.endsWith(RELEASES[contract.contractName]), true],
    'the disk': [c.classic('machine.install.disk') ?? /"(.+)"/.exec(c.kind('UnattendedInstallConfig')[0]?.provisioning.diskSelector.match)?.[1], '/dev/sda'],
    'the kind of machine': [c.classic('machine.type'), node.machineType],
    'the endpoint': [c.classic('cluster.controlPlane.endpoint') ?? c.kind('KubeClusterConfig')[0]?.endpoint, node.endpoint],
    'the kubelet\'s subnet': [c.named('validSubnets'), [['192.168.1.0/24']]],
    'etcd\'s subnet': [c.named('advertisedSubnets'), isControl(node) ? [['192.168.1.0/24']] : []],
  };
}

/** The fixed address of a node, and its way out. */
function address(node: Node, c: Configuration): { readonly [what: string]: readonly [any, any] } {
  const [link, ...others] = c.kind('LinkConfig');
  const host = /(\d+)$/.exec(node.name)![1];
  return {
    'the address': [[link?.name, link?.addresses, link?.routes, others], ['eth0', [{ address: `192.168.1.${host}/24` }], [{ gateway: '192.168.1.1' }], []]],
    'the name server': [c.named('nameservers'), [[{ address: '192.168.1.1' }]]],
  };
}

function sans(node: Node, c: Configuration, expected: string[]): { readonly [what: string]: readonly [any, any] } {
  const found = new Set<string>([...c.classic('cluster.apiServer.certSANs') ?? [], ...c.kind('KubeAPIServerConfig').flatMap(({ certExtraSANs }) => certExtraSANs ?? [])]);
  return isControl(node) ? { 'names in the certificate': [expected.filter((name) => !found.has(name)), []] } : {};
}

function proxy(node: Node, c: Configuration, contract: talos.ConfigContract): any {
  if (!isControl(node)) return undefined;
  return isNew(contract) ? c.kind('KubeProxyConfig')[0]?.enabled === false : c.classic('cluster.proxy.disabled') === true;
}

function flannel(c: Configuration, contract: talos.ConfigContract): boolean {
  return isNew(contract) ? c.kind('KubeFlannelCNIConfig').length > 0 : (c.classic('cluster.network.cni.name') ?? 'flannel') === 'flannel';
}

function taints(c: Configuration): any {
  return { ...c.classic('machine.nodeTaints'), ...Object.assign({}, ...c.kind('KubeNodeConfig').map((one) => one.taints)) };
}

function labels(c: Configuration): any {
  return { ...c.classic('machine.nodeLabels'), ...Object.assign({}, ...c.kind('KubeNodeConfig').map((one) => one.labels)) };
}

/** Whether workloads may run on a control plane node. */
function schedulable(c: Configuration, contract: talos.ConfigContract): boolean {
  return isNew(contract) ? !('node-role.kubernetes.io/control-plane' in taints(c)) : c.classic('cluster.allowSchedulingOnControlPlanes') === true;
}

function modules(c: Configuration): string[] {
  return [...(c.classic('machine.kernel.modules') ?? []), ...c.kind('KernelModuleConfig')].map(({ name }: any) => name).sort();
}

const HOSTILE = [...HOSTILE_TEXTS.filter((text) => !text.includes('\0')), '\u1112\u1161\u11ab', '\u212b', 'e\u0301', '\ufffe', '\u{1fffe}'];
const HOSTILE_MANIFEST = `#${HOSTILE.join('|')}\nkind: X`;
const THREE = ['192.168.1.11', '192.168.1.12', '192.168.1.13'];
const VIP = ClusterEndpoint.virtualIp('192.168.1.10');
const NVIDIA_MODULES = ['nvidia', 'nvidia_drm', 'nvidia_modeset', 'nvidia_uvm'];

const KINDS: Kind[] = [
  {
    title: 'a single node',
    facts: (node, c, contract) => ({
      ...address(node, c),
      ...sans(node, c, ['192.168.1.11']),
      'flannel': [flannel(c, contract), true],
      'kube-proxy': [proxy(node, c, contract), false],
      'workloads on it': [schedulable(c, contract), true],
      'load balancers reach it': ['node.kubernetes.io/exclude-from-external-load-balancers' in labels(c), false],
      'no address of several': [c.kind('Layer2VIPConfig'), []],
    }),
  },
  {
    title: 'highly available, with a virtual address and Cilium',
    props: () => ({ endpoint: VIP, controlPlane: { addresses: THREE }, cni: Cni.cilium({ hubble: true, gatewayApi: true, l2Announcements: true }) }),
    more: (cluster) => cluster.addPool('Workers', { addresses: ['192.168.1.21', '192.168.1.22'], labels: { 'example.com/rack': 'a' } }),
    facts: (node, c, contract) => ({
      ...address(node, c),
      ...sans(node, c, ['192.168.1.10', ...THREE]),
      'the virtual address': [c.kind('Layer2VIPConfig').map(({ name, link }) => [name, link]), isControl(node) ? [['192.168.1.10', 'eth0']] : []],
      'no flannel': [flannel(c, contract), false],
      'no kube-proxy': [proxy(node, c, contract), isControl(node) ? true : undefined],
      'KubePrism': [c.classic('machine.features.kubePrism.port') ?? c.kind('KubePrismConfig')[0]?.port, 7445],
      'the installer of Cilium': [JSON.stringify(c.named('inlineManifests')).includes('cilium-install') || c.kind('KubeInlineManifestConfig').some(({ name }) => name === 'cilium-install'), isControl(node)],
      'no workloads on control planes': [isControl(node) && schedulable(c, contract), false],
      'labels': [labels(c)['example.com/rack'], isControl(node) ? undefined : 'a'],
    }),
  },
  {
    title: 'highly available, behind a load balancer, with flannel',
    props: () => ({ endpoint: ClusterEndpoint.host('k8s.home.arpa', 8443), controlPlane: { addresses: THREE }, schedulableControlPlane: true, network: { ...NETWORK, nameServers: ['192.168.1.1', 'fd00::53'] } }),
    more: (cluster) => cluster.addPool('Workers', { addresses: ['192.168.1.21'], taints: { 'example.com/slow': 'PreferNoSchedule' } }),
    facts: (node, c, contract) => ({
      ...sans(node, c, ['k8s.home.arpa', ...THREE]),
      'both name servers': [c.named('nameservers'), [[{ address: '192.168.1.1' }, { address: 'fd00::53' }]]],
      'flannel': [flannel(c, contract), !isNew(contract) || isControl(node)],
      'kube-proxy': [proxy(node, c, contract), isControl(node) ? false : undefined],
      'workloads on control planes': [isControl(node) && schedulable(c, contract), isControl(node)],
      'taints': [JSON.stringify([taints(c), c.named('registerWithTaints')]).includes('example.com/slow'), !isControl(node)],
    }),
  },
  {
    title: 'a pool with cards of NVIDIA',
    props: () => ({ endpoint: VIP, controlPlane: { addresses: THREE } }),
    more: (cluster, { nvidia }) => cluster.addPool('Gpu', {
      image: nvidia,
      addresses: ['192.168.1.31'],
      gpus: [gpu.GpuDevice.fromMapping('rtx4000')],
      labels: { 'example.com/gpu': 'rtx4000' },
      taints: { 'nvidia.com/gpu': 'present:NoSchedule' },
    }),
    facts: (node, c, contract) => ({
      ...address(node, c),
      'modules': [modules(c), isControl(node) ? [] : NVIDIA_MODULES],
      'taints': [JSON.stringify([taints(c), c.named('registerWithTaints')]).includes('nvidia.com/gpu'), !isControl(node)],
      'labels': [labels(c)['example.com/gpu'], isControl(node) ? undefined : 'rtx4000'],
      'the runtime class': [c.text.includes('RuntimeClass'), isControl(node) && contract === ConfigContract.V1_12],
    }),
  },
  {
    title: 'a single node with a card, and workloads on it',
    props: ({ nvidia }) => ({ image: nvidia, cni: Cni.cilium(), controlPlane: { addresses: ['192.168.1.11'], gpus: [gpu.GpuDevice.fromMapping('rtx4000')] } }),
    facts: (node, c, contract) => ({
      ...address(node, c),
      'modules': [modules(c), NVIDIA_MODULES],
      'workloads on it': [schedulable(c, contract), true],
      'no kube-proxy': [proxy(node, c, contract), true],
      'the runtime class': [c.text.includes('RuntimeClass'), contract === ConfigContract.V1_12],
    }),
  },
  {
    title: 'addresses by DHCP, no network of its own',
    props: () => ({ endpoint: VIP, controlPlane: { count: 3 }, cni: Cni.none(), network: { subnet: '192.168.1.0/24' } }),
    more: (cluster) => cluster.addPool('Workers', { count: 1 }),
    facts: (node, c, contract) => ({
      'no fixed address': [c.kind('LinkConfig'), []],
      'the virtual address': [c.kind('Layer2VIPConfig').length, isControl(node) ? 1 : 0],
      'no flannel': [flannel(c, contract), false],
      'kube-proxy': [proxy(node, c, contract), isControl(node) ? false : undefined],
    }),
  },
  {
    title: 'hostile texts',
    more: (cluster) => {
      cluster.addConfigPatch(ConfigPatch.extensionService('hostile', { environment: Object.fromEntries(HOSTILE.map((text, i) => [`A${i}`, text])) }));
      cluster.addConfigPatch(ConfigPatch.inlineManifest('hostile', HOSTILE_MANIFEST));
    },
    facts: (_, c) => {
      const found = new Set(c.named('environment').flat());
      return {
        'each as it was': [HOSTILE.filter((text, i) => !found.has(`A${i}=${text}`)), []],
        'the manifest': [JSON.stringify([c.named('contents'), c.kind('KubeInlineManifestConfig').map(({ manifest }) => manifest)]).includes(JSON.stringify(HOSTILE_MANIFEST).slice(1, -1)), true],
      };
    },
  },
  {
    title: 'every typed patch added',
    props: () => ({ endpoint: VIP, controlPlane: { addresses: THREE } }),
    more: (cluster) => {
      cluster.addPool('Workers', { addresses: ['192.168.1.21'] });
      for (const [name, { patch, refusedOnWorkers }] of Object.entries(CASES)) {
        if (!OWN.includes(name)) cluster.addConfigPatch(patch, refusedOnWorkers ? MachineType.CONTROL_PLANE : undefined);
      }
    },
    facts: (node, c, contract) => ({
      ...Object.fromEntries(Object.entries(CASES)
        .filter(([name]) => !OWN.includes(name))
        .filter(([, { controlPlaneOnly, only112 }]) => (isControl(node) || !controlPlaneOnly) && (contract === ConfigContract.V1_12 || !only112))
        .map(([name, { found }]) => [name, [found.test(c.text), true] as const])),
    }),
  },
];

/** Patches that say of a machine what the library says of it, and one of two logins at one registry. */
const OWN = [
  'registryAuth as stored', 'hostname', 'link', 'layer2Vip', 'install', 'kubeletNodeIpSubnets', 'etcdAdvertisedSubnets',
];

/** What must not be taken: else the judge would not judge. */
async function refusals(): Promise<void> {
  report.section('what Talos refuses');
  const [kind] = KINDS.filter(({ title }) => title.startsWith('highly available, with'));
  for (const contract of CONTRACTS) {
    const nodes = nodesOf(kind, contract);
    const control = nodes.find(isControl)!;
    const worker = nodes.find((node) => !isControl(node))!;
    const without = (node: Node, part: string) => ({ ...node, patches: node.patches.filter((patch) => !patch.includes(part)) });
    const plus = (node: Node, ...patches: object[]) => ({ ...node, patches: [...node.patches, ...patches.map((patch) => JSON.stringify(patch))] });
    const trials: [string, Node, RegExp][] = [
      ['an argument of the API server on a worker', plus(worker, { cluster: { apiServer: { extraArg: { a: 'b' } } } }), /unknown keys|extraArg/],
      ['a field that does not exist', plus(control, { machine: { instal: { disk: '/dev/sda' } } }), /unknown keys|instal/],
      ['a document of a kind that does not exist', plus(control, { apiVersion: 'v1alpha1', kind: 'HostNameConfig', hostname: 'a' }), /not registered/],
      ['a name beside another', plus(control, { machine: { network: { hostname: 'a' } } }), /hostname/],
      ['half of a patch', { ...control, patches: [...control.patches, '{"machine":'] }, /yaml|did not find|EOF/i],
      ...['\u0001', '\ufffe'].map((c): [string, Node, RegExp] => [
        `a character as it is that YAML does not have (${c.charCodeAt(0).toString(16)})`, { ...control, patches: [...control.patches, `{"machine":{"sysctls":{"a${c}":"1"}}}`] }, /control characters/,
      ]),
      [
        'a host name beside the one that Talos makes up',
        plus(without(control, '"HostnameConfig"'), { apiVersion: 'v1alpha1', kind: 'HostnameConfig', hostname: 'a' }), /auto|hostname/i,
      ],
      ...(isNew(contract) ? [['a key that became a document', plus(control, { cluster: { proxy: { disabled: true } } }), /already|proxy/i] as [string, Node, RegExp]] : []),
    ];
    for (const machinery of MACHINERIES.filter((one) => knows(one, contract.contractName))) {
      const judgements = await judge(machinery, trials.map(([, node]) => asked(node)));
      trials.forEach(([what, , expected], i) => report.match(`${what}: ${contract}, by Talos ${machinery}`, judgements[i].ok ? 'taken' : String(judgements[i].error), expected));
    }
    const older = MACHINERIES.filter((one) => !knows(one, contract.contractName));
    for (const machinery of older) {
      const [judgement] = await judge(machinery, [asked(control)]);
      report.equal(`${contract} by Talos ${machinery}, which is older`, judgement.ok, false);
    }
  }
}

async function main(): Promise<void> {
  for (const part of [...KINDS.map((kind) => () => judgeKind(kind)), refusals]) {
    try {
      await part();
    } catch (error) {
      report.broken(error);
    }
  }
  process.exitCode = report.finish() ? 0 : 1;
}

void main();
