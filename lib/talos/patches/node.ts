import { Problems } from '../../core';
import { ConfigContract } from '../config-contract';
import { PatchContext, PatchDocument, PatchRenderer } from '../patch-document';
import { patchRules as rules } from '../patch-rules';
import { checkMap, checkTexts, document, isControlPlane, isLabelName, isLabelValue, sorted } from './form';
import { Subnet } from './subnet';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
const CONTROL_PLANE_TAINT = 'node-role.kubernetes.io/control-plane';
const NO_LOAD_BALANCER_LABEL = 'node.kubernetes.io/exclude-from-external-load-balancers';

/** What a node may say of itself although the name belongs to Kubernetes. */
const OWN_LABELS = new Set([
  'kubernetes.io/hostname', 'kubernetes.io/arch', 'kubernetes.io/os', 'beta.kubernetes.io/arch', 'beta.kubernetes.io/os',
  'beta.kubernetes.io/instance-type', 'topology.kubernetes.io/region', 'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region', 'failure-domain.beta.kubernetes.io/zone',
]);

/** @internal */
export function nodeLabels(labels: { readonly [name: string]: string }): PatchRenderer {
  const problems = new Problems('ConfigPatch.nodeLabels');
  for (const [name, value] of checkMap(problems, 'labels', labels)) {
    problems.check(isLabelName(name), rules['label-name-form'], { property: 'labels', received: name });
    problems.check(isLabelValue(value), rules['label-value-form'], { property: `labels.${name}`, received: value });
  }
  problems.throwIfAny();
  const values = sorted(labels);
  return (context) => {
    if (!isControlPlane(context)) {
      const restricted = new Problems(context.path);
      for (const name of Object.keys(values)) {
        restricted.check(!isRestricted(name), rules['label-restricted'], { property: `labels.${name}`, received: values[name] });
      }
      restricted.throwIfAny();
    }
    return kubeNode(context, { labels: values }, { nodeLabels: values });
  };
}

/** @internal */
export function nodeTaints(taints: { readonly [name: string]: string }): PatchRenderer {
  const problems = new Problems('ConfigPatch.nodeTaints');
  for (const [name, taint] of checkMap(problems, 'taints', taints)) {
    problems.check(isLabelName(name), rules['label-name-form'], { property: 'taints', received: name });
    const { value, effect } = readTaint(taint);
    problems.check(EFFECTS.includes(effect) && isLabelValue(value), rules['taint-form'], { property: `taints.${name}`, received: taint });
  }
  problems.throwIfAny();
  const values = sorted(taints);
  return (context) => {
    if (isControlPlane(context) || context.contract.isAtLeast(ConfigContract.V1_14)) {
      return kubeNode(context, { taints: values }, { nodeTaints: values });
    }
    // A worker may not change its taints once it is registered, so it registers with them.
    const registerWithTaints = Object.entries(values).map(([key, taint]) => ({ key, ...readTaint(taint) }));
    return [{ machine: { kubelet: { extraConfig: { registerWithTaints } } } }];
  };
}

/** @internal */
export function kubeletNodeIpSubnets(subnets: string[]): PatchRenderer {
  const problems = new Problems('ConfigPatch.kubeletNodeIpSubnets');
  checkTexts(problems, 'subnets', subnets, rules['subnet-filter-form'], isSubnetFilter);
  problems.throwIfAny();
  const nodeIP = { validSubnets: subnets };
  return (context) => kubeNode(context, { nodeIP }, { kubelet: { nodeIP } });
}

/** @internal */
export function allowSchedulingOnControlPlanes(): PatchRenderer {
  return (context) => {
    if (!isControlPlane(context)) return [];
    if (!context.contract.isAtLeast(ConfigContract.V1_14)) return [{ cluster: { allowSchedulingOnControlPlanes: true } }];
    return [document('KubeNodeConfig', { taints: { [CONTROL_PLANE_TAINT]: { $patch: 'delete' } } })];
  };
}

/** @internal */
export function allowLoadBalancersOnControlPlanes(): PatchRenderer {
  const labels = { [NO_LOAD_BALANCER_LABEL]: { $patch: 'delete' } };
  return (context) => isControlPlane(context) ? kubeNode(context, { labels }, { nodeLabels: labels }) : [];
}

/** Whether a text is a subnet or an address, perhaps one that is left out. @internal */
export function isSubnetFilter(text: string): boolean {
  const subnet = text.replace(/^!/, '');
  return Subnet.parse(subnet.includes('/') ? subnet : `${subnet}/${subnet.includes(':') ? 128 : 32}`) !== undefined;
}

function kubeNode({ contract }: PatchContext, content: { [name: string]: any }, machine: { [name: string]: any }): PatchDocument[] {
  return [contract.isAtLeast(ConfigContract.V1_14) ? document('KubeNodeConfig', content) : { machine }];
}

function readTaint(taint: string): { value: string; effect: string } {
  const colon = taint.indexOf(':');
  return colon < 0 ? { value: '', effect: taint } : { value: taint.slice(0, colon), effect: taint.slice(colon + 1) };
}

function isRestricted(name: string): boolean {
  if (!name.includes('/') || OWN_LABELS.has(name)) return false;
  const [prefix] = name.split('/');
  const below = (...domains: string[]) => domains.some((domain) => prefix === domain || prefix.endsWith(`.${domain}`));
  return below('kubernetes.io', 'k8s.io') && !below('node.kubernetes.io', 'kubelet.kubernetes.io');
}
