import { Problems } from '../../core';
import { Kinds, NUMBER, TEXT, checkKinds, listOf, required } from '../../proxmox/kinds';
import { ConfigContract } from '../config-contract';
import { PatchContext, PatchRenderer } from '../patch-document';
import { patchRules as rules } from '../patch-rules';
import { checkKnown, checkMap, checkTexts, document, isControlPlane, isHost, isPort, sorted } from './form';
import { isSubnetFilter } from './node';
import { Subnet } from './subnet';

/** The addresses inside of a cluster. */
export interface ClusterSubnets {
  /** Networks of pods, one IPv4 and one IPv6 at most: 10.244.0.0/16 where nothing is said to Talos. */
  readonly podSubnets: string[];
  /** Networks of services, of the same families as those of pods: 10.96.0.0/12 where nothing is said to Talos. */
  readonly serviceSubnets: string[];
}

const SUBNETS: Kinds<ClusterSubnets> = { podSubnets: required(listOf(TEXT)), serviceSubnets: required(listOf(TEXT)) };

/** Arguments that have become documents. */
const OWNED_ARGUMENTS = /^(anonymous-auth|oidc-|authentication-config|authorization-config|authorization-mode|authorization-webhook-)/;

/** Of the Kubernetes API, and of apid and trustd of Talos. */
const TAKEN_PORTS = [6443, 50000, 50001];

/** @internal */
export function clusterSubnets(subnets: ClusterSubnets): PatchRenderer {
  const problems = new Problems('ConfigPatch.clusterSubnets');
  checkKinds(subnets, SUBNETS, problems, 'subnets');
  problems.throwIfAny();
  const { podSubnets, serviceSubnets } = subnets;
  const form = rules['cluster-subnet-form'];
  const pods = checkTexts(problems, 'podSubnets', podSubnets, form, isPodSubnet).map(parse);
  const services = checkTexts(problems, 'serviceSubnets', serviceSubnets, form, isServiceSubnet).map(parse);
  const families = (list: (Subnet | undefined)[]) => list.map((subnet) => subnet?.bits).sort().join();
  const distinct = new Set(pods.map((subnet) => subnet?.bits)).size === pods.length;
  problems.check(distinct && families(pods) === families(services), rules['cluster-subnet-families'], {
    property: 'serviceSubnets', received: serviceSubnets,
  });
  const overlap = pods.some((pod) => services.some((service) => pod !== undefined && service !== undefined && pod.overlaps(service)));
  problems.check(!overlap, rules['cluster-subnet-overlap'], { property: 'serviceSubnets', received: serviceSubnets });
  problems.throwIfAny();
  return ({ contract }) => [contract.isAtLeast(ConfigContract.V1_14)
    ? document('KubeNetworkConfig', { podSubnets, serviceSubnets })
    : { cluster: { network: { podSubnets, serviceSubnets } } }];
}

/** @internal */
export function etcdAdvertisedSubnets(subnets: string[]): PatchRenderer {
  const problems = new Problems('ConfigPatch.etcdAdvertisedSubnets');
  checkTexts(problems, 'subnets', subnets, rules['subnet-filter-form'], isSubnetFilter);
  problems.throwIfAny();
  return (context) => isControlPlane(context) ? [{ cluster: { etcd: { advertisedSubnets: subnets } } }] : [];
}

/** @internal */
export function apiServerCertSans(names: string[]): PatchRenderer {
  const problems = new Problems('ConfigPatch.apiServerCertSans');
  checkTexts(problems, 'names', names, rules['certificate-name-form'], isHost);
  problems.throwIfAny();
  return (context) => apiServer(context, { certExtraSANs: names }, { certSANs: names });
}

/** @internal */
export function apiServerArguments(values: { readonly [name: string]: string }): PatchRenderer {
  const problems = new Problems('ConfigPatch.apiServerArguments');
  for (const [name] of checkMap(problems, 'values', values)) {
    problems.check(/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name), rules['api-server-argument-form'], { property: 'values', received: name });
  }
  problems.throwIfAny();
  const extraArgs = sorted(values);
  return (context) => {
    const owned = new Problems(context.path);
    for (const name of Object.keys(extraArgs)) {
      const refused = context.contract.isAtLeast(ConfigContract.V1_14) && OWNED_ARGUMENTS.test(name);
      owned.check(!refused || !isControlPlane(context), rules['api-server-argument-owned'], { property: 'apiServerArguments', received: name });
    }
    owned.throwIfAny();
    return apiServer(context, { extraArgs }, { extraArgs });
  };
}

/** @internal */
export function kubePrism(port: number): PatchRenderer {
  const problems = new Problems('ConfigPatch.kubePrism');
  required(NUMBER)(port, 'port', problems);
  if (typeof port === 'number') checkKubePrismPort(problems, 'port', port);
  problems.throwIfAny();
  return ({ contract }) => [contract.isAtLeast(ConfigContract.V1_14)
    ? document('KubePrismConfig', { port })
    : { machine: { features: { kubePrism: { enabled: true, port } } } }];
}

/** KubePrism listens beside the Kubernetes API and the two services of Talos. @internal */
export function checkKubePrismPort(problems: Problems, property: string, port: number): void {
  if (!checkKnown(problems, property, port)) return;
  problems
    .check(isPort(port), rules['port-range'], { property, received: port })
    .check(!TAKEN_PORTS.includes(port), rules['kube-prism-port-taken'], { property, received: port });
}

/** @internal */
export function noKubeProxy(): PatchRenderer {
  return (context) => {
    if (!isControlPlane(context)) return [];
    return [context.contract.isAtLeast(ConfigContract.V1_14) ? document('KubeProxyConfig', { enabled: false }) : { cluster: { proxy: { disabled: true } } }];
  };
}

/** @internal */
export function noCni(): PatchRenderer {
  return (context) => {
    if (!context.contract.isAtLeast(ConfigContract.V1_14)) return [{ cluster: { network: { cni: { name: 'none' } } } }];
    // Flannel is a document then, which only a control plane has.
    return isControlPlane(context) ? [document('KubeFlannelCNIConfig', { $patch: 'delete' })] : [];
  };
}

function apiServer(context: PatchContext, content: { [name: string]: any }, classic: { [name: string]: any }) {
  if (!isControlPlane(context)) return [];
  return [context.contract.isAtLeast(ConfigContract.V1_14) ? document('KubeAPIServerConfig', content) : { cluster: { apiServer: classic } }];
}

function parse(text: string): Subnet | undefined {
  return Subnet.parse(text);
}

/** Each node takes a /24 (IPv6: a /64) out of it, and no more than 65536 of them are kept account of. */
function isPodSubnet(text: string): boolean {
  const subnet = Subnet.parse(text);
  if (subnet === undefined || !subnet.isNetwork) return false;
  const node = subnet.bits === 32 ? 24 : 64;
  return subnet.prefixLength <= node && node - subnet.prefixLength <= 16;
}

function isServiceSubnet(text: string): boolean {
  const subnet = Subnet.parse(text);
  return subnet !== undefined && subnet.isNetwork && subnet.hostBits >= 4 && subnet.hostBits <= 20;
}
