import { ruleTable } from '../core';

const LABELS = 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set';
const TAINTS = 'https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/';

/**
 * Rules of machines that are nodes of k3s.
 * @internal
 */
export const k3sNodeRules = ruleTable({
  'k3s-hostname-form': {
    rule: 'A node has a host name of 1 to 63 lower-case letters, digits and hyphens, not beginning or ending with a hyphen. No two nodes of a cluster have the same.',
    remedy: 'Choose a name such as k3s-server-1; it may be that of the machine.',
    see: 'https://docs.k3s.io/installation/requirements#prerequisites',
  },
  'k3s-user-root': {
    rule: 'Cloud-init lets root in by no key, but to say that another user is to log in.',
    remedy: 'Leave username out, or choose a name such as ops: the user becomes root by sudo.',
    see: 'https://cloudinit.readthedocs.io/en/latest/reference/modules.html#ssh',
  },
  'k3s-server-url-form': {
    rule: 'A node joins by the https address of a server, of which only the port may follow.',
    remedy: 'Write it as https://192.168.1.20:6443.',
    see: 'https://docs.k3s.io/cli/agent',
  },
  'k3s-server-url-self': {
    rule: 'A node joins by an address of another machine: localhost, addresses such as 127.0.0.1 and 0.0.0.0, and its own host name lead it to itself.',
    remedy: 'Write the address of the server, such as https://192.168.1.20:6443. A server that joins none has no serverUrl.',
    see: 'https://docs.k3s.io/cli/agent',
  },
  'k3s-cluster-init-and-join': {
    rule: 'A server begins a cluster, or it joins one.',
    remedy: 'Give clusterInit to the first server and serverUrl to those that follow.',
    see: 'https://docs.k3s.io/datastore/ha-embedded',
  },
  'k3s-tls-san-form': {
    rule: 'A further name of a server, for its certificate, is a DNS name or an IP address.',
    remedy: 'Write it as k3s.home.arpa or 192.168.1.20, without scheme and port.',
    see: 'https://docs.k3s.io/cli/server',
  },
  'k3s-node-label-form': {
    rule: 'A label of a node has a name of at most 63 letters, digits, `-`, `_` and `.`, perhaps after a DNS name and `/`; its value is of the same form, or empty.',
    remedy: 'Write it as { zone: \'rack-1\' } or { \'example.com/zone\': \'rack-1\' }.',
    see: LABELS,
  },
  'k3s-node-label-reserved': {
    rule: 'Labels of kubernetes.io and k8s.io are set by Kubernetes: a node that gives itself another than a few of them does not start.',
    remedy: 'Choose another prefix, or set the label by kubectl. A role such as node-role.kubernetes.io/worker is set by kubectl as well.',
    see: 'https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction',
  },
  'k3s-not-installed': {
    rule: 'The user data of a node configures k3s and starts it; neither a cloud image as it was published nor Windows has it.',
    remedy: 'Clone a GoldenImage of it with profile: ProvisioningProfile.standard({ k3s: { release: … } }).',
  },
  'k3s-node-twice': {
    rule: 'A node has the cluster to itself under its host name: the servers refuse another of the same name.',
    remedy: 'Call K3sNode.server or K3sNode.agent for each machine, with a hostname of its own. Another cluster has another token.',
    see: 'https://docs.k3s.io/architecture#how-agent-node-registration-works',
  },
  'k3s-node-taint-form': {
    rule: 'A taint of a node is key=value:effect or key:effect, of the form of a label; the effect is NoSchedule, PreferNoSchedule or NoExecute.',
    remedy: 'Write it as dedicated=gpu:NoSchedule.',
    see: TAINTS,
  },
  'k3s-node-taint-twice': {
    rule: 'No two taints of a node have the same key and effect, whatever their values are: Kubernetes takes no such node.',
    remedy: 'Leave one of them out, or give it another effect.',
    see: TAINTS,
  },
});
