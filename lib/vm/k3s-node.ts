import { IResolveContext, Lazy } from 'cdktf';
import { terraformSecret } from '../assembly';
import { Problems, Secret, containsTerraformToken, isDnsName, isHostName, isIpAddress } from '../core';
import { kept } from '../core/kept';
import { isMapping } from '../core/mapping';
import { IVmTemplate } from '../image';
import { checkSshKey } from '../image/ssh-key';
import { FLAG, Kind, Kinds, SECRET, TEXT, checkKinds, checkOptions, listOf, memberOf, required } from '../proxmox/kinds';
import { checkForm } from '../proxmox/text-forms';
import { k3sNodeRules as rules } from './k3s-node-rules';
import { vmRules } from './rules';

/** What k3s brings beside Kubernetes itself. */
export enum K3sComponent {
  /** DNS of the cluster. */
  COREDNS = 'coredns',
  /** Volumes in folders of a node. */
  LOCAL_STORAGE = 'local-storage',
  /** Use of CPU and memory. */
  METRICS_SERVER = 'metrics-server',
  /** Services of the type LoadBalancer, by ports of the nodes. */
  SERVICELB = 'servicelb',
  /** Ingress. */
  TRAEFIK = 'traefik',
}

/** What is said to any node of k3s. */
export interface K3sNodeProps {
  /**
   * Host name, and name of the node in the cluster: one DNS label in lower case, another for each node. Own user data has to say it: the name
   * of the machine does not reach its guest then. Two machines of one stack and network with the same name and token are refused, unless they join by
   * different addresses or each is a server that stands alone, with neither `serverUrl` nor `clusterInit`. A machine that is replaced has its old
   * name, for which the servers first have to forget the old node: see `K3sNode`.
   */
  readonly hostname: string;
  /**
   * The token that all nodes of a cluster share; whoever has it can join. It stands in no file of the output. Terraform keeps it in its state, as
   * part of the user data; the node of Proxmox VE keeps it in a snippet, which its root and whoever may read the storage can read; and the
   * machine keeps it in `/etc/rancher/k3s/cluster-token`, which only its root can read.
   */
  readonly token: Secret;
  /** User that may log in with `sshKeys`, with the right to become root; not root itself. @default - the user of the operating system, such as `almalinux` */
  readonly username?: string;
  /** Public SSH keys of the user, one line each as in `authorized_keys`. @default - nobody can log in */
  readonly sshKeys?: string[];
  /**
   * Labels of the node by their names. A change replaces the machine, as any other of its user data does (see `K3sNode`); a machine that runs gets
   * further labels by `kubectl label`. k3s sets those given here whenever it starts. @default - none
   */
  readonly nodeLabels?: { readonly [name: string]: string };
  /**
   * Taints of the node, such as `dedicated=gpu:NoSchedule`; no two with the same key and effect. k3s reads them only when the node joins;
   * a change replaces the machine. @default - none
   */
  readonly nodeTaints?: string[];
}

/** What is said to a server. */
export interface K3sServerProps extends K3sNodeProps {
  /** Whether the server begins a cluster of several servers (embedded etcd). @default false: a single server with SQLite, unless it joins by `serverUrl` */
  readonly clusterInit?: boolean;
  /**
   * Address of a server whose cluster is joined, such as `https://192.168.1.20:6443`, not of the node itself; may hold a reference.
   * @default - none is joined
   */
  readonly serverUrl?: string;
  /** Further names and addresses of the server in its certificate, such as that of a load balancer; may be references. @default - none */
  readonly tlsSans?: string[];
  /** What is not installed, the same on all servers of a cluster. @default - everything is */
  readonly disabledComponents?: K3sComponent[];
}

/** What is said to an agent. */
export interface K3sAgentProps extends K3sNodeProps {
  /**
   * Address of a server, or of a load balancer before several, such as `https://192.168.1.20:6443`, not of the node itself; may hold a
   * reference, such as `https://${Fn.element(server.ipv4Addresses, 0)}:6443`.
   */
  readonly serverUrl: string;
}

const NAME = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const TAINT = /^([^=:]+)(?:=([^=:]*))?:(NoSchedule|PreferNoSchedule|NoExecute)$/;
/** What leads any machine to itself, as `URL` writes it; at another port may be a balancer that leads on. */
const OWN_ADDRESS = /^(localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\])(:6443)?$/;
/** Labels of Kubernetes' own that a node may give itself. */
const OWN_LABELS = [
  'kubernetes.io/hostname', 'kubernetes.io/arch', 'kubernetes.io/os', 'topology.kubernetes.io/region', 'topology.kubernetes.io/zone',
];

/** Texts by their names. */
const LABELS: Kind = (value, property, problems) => {
  if (value === undefined) return;
  if (isMapping(value)) Object.keys(value).forEach((name) => required(TEXT)(value[name], `${property}[${JSON.stringify(name)}]`, problems));
  else checkKinds(value, {}, problems, property);
};

const NODE: Kinds<K3sNodeProps> = {
  hostname: required(TEXT), token: required(SECRET), username: TEXT, sshKeys: listOf(TEXT), nodeLabels: LABELS, nodeTaints: listOf(TEXT),
};

const SERVER: Kinds<K3sServerProps> = {
  ...NODE, clusterInit: FLAG, serverUrl: TEXT, tlsSans: listOf(TEXT), disabledComponents: listOf(memberOf(K3sComponent, 'K3sComponent')),
};

const AGENT: Kinds<K3sAgentProps> = { ...NODE, serverUrl: required(TEXT) };

/** Where cloud-init puts the token, and k3s reads it. */
const TOKEN_FILE = '/etc/rancher/k3s/cluster-token';

/** Secrets in base64, by where they are read. */
const encoded = new Map<string, string>();

/**
 * Notes a node of k3s on a template that has none.
 * @internal
 */
export function checkK3s(text: string | undefined, template: IVmTemplate, problems: Problems): void {
  problems.check(template.guest.hasK3s !== false || !text?.includes(TOKEN_FILE), rules['k3s-not-installed'], { property: 'template', received: template.node.path });
}

/**
 * Own user data for machines that are nodes of k3s, of an image with the role k3s (`ProvisioningProfile.standard({ k3s: … })`): it writes the
 * configuration of k3s, then enables and starts the unit of a server or an agent.
 *
 *     const token = Secret.fromEnvironment('k3s_token');
 *     new VirtualMachine(stack, 'Server', { template, cloudInit: { userData: K3sNode.server({ hostname: 'server', token }) } });
 *
 * The text holds a reference to the token, which Terraform resolves. It is a snippet, so the ProxmoxVe needs `ssh`.
 *
 * A change of the text replaces the machine, as a new image does with `replaceOnImageChange`. The new machine has the host name of the old one
 * but makes a password of its own, and the servers refuse it until `kubectl delete node NAME` has deleted the old node, and with it the secret
 * `NAME.node-password.k3s` of `kube-system`. A server that joins none by `serverUrl` begins an empty cluster when it is replaced.
 *
 * @see https://docs.k3s.io/installation/configuration#configuration-file
 * @see https://docs.k3s.io/architecture#how-agent-node-registration-works
 */
export class K3sNode {
  /** User data of a server. Refused are host names, addresses, labels and taints that k3s would fail of when the machine starts. */
  public static server(props: K3sServerProps): string {
    const problems = new Problems('K3sNode.server');
    checkOptions(props, SERVER, problems);
    problems.throwIfAny();
    const { clusterInit, serverUrl, tlsSans = [], disabledComponents = [] } = props;
    validateNode(props, problems);
    problems.check(!clusterInit || serverUrl === undefined, rules['k3s-cluster-init-and-join'], { property: 'clusterInit', received: true });
    tlsSans.forEach((name, i) => {
      const known = containsTerraformToken(name) || isHostName(name) || (isIpAddress(name) && !name.includes('%'));
      problems.check(known, rules['k3s-tls-san-form'], { property: `tlsSans[${i}]`, received: name });
    });
    checkServerUrl(props, problems);
    problems.throwIfAny();
    return userData(props, 'k3s.service', {
      ...(clusterInit ? { 'cluster-init': true } : {}),
      ...(serverUrl === undefined ? {} : { server: serverUrl }),
      'write-kubeconfig-mode': '0600',
      ...(tlsSans.length === 0 ? {} : { 'tls-san': tlsSans }),
      ...(disabledComponents.length === 0 ? {} : { disable: disabledComponents }),
    });
  }

  /** User data of an agent. Refused is what `server` refuses. */
  public static agent(props: K3sAgentProps): string {
    const problems = new Problems('K3sNode.agent');
    checkOptions(props, AGENT, problems);
    problems.throwIfAny();
    validateNode(props, problems);
    checkServerUrl(props, problems);
    problems.throwIfAny();
    return userData(props, 'k3s-agent.service', { server: props.serverUrl });
  }

  private constructor() {}
}

function validateNode({ hostname, username, sshKeys = [], nodeLabels = {}, nodeTaints = [] }: K3sNodeProps, problems: Problems): void {
  checkForm(problems, 'hostname', hostname, /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, rules['k3s-hostname-form'], true);
  problems.check(username !== 'root', rules['k3s-user-root'], { property: 'username', received: username });
  checkForm(problems, 'username', username, /^[a-z_][a-z0-9_-]{0,31}$/, vmRules['cloud-init-username'], true);
  sshKeys.forEach((key, i) => checkSshKey(problems, `sshKeys[${i}]`, key, true));
  Object.entries(nodeLabels).forEach(([name, value]) => {
    const finding = { property: 'nodeLabels', received: `${name}=${value}` };
    problems
      .check(isQualifiedName(name) && (value === '' || NAME.test(value)), rules['k3s-node-label-form'], finding)
      .check(!isReserved(name), rules['k3s-node-label-reserved'], finding);
  });
  const taken = new Set<string>();
  nodeTaints.forEach((taint, i) => {
    const [, key, value, effect] = TAINT.exec(taint) ?? [];
    const ok = key !== undefined && isQualifiedName(key) && (value === undefined || value === '' || NAME.test(value));
    const name = `${key}:${effect}`;
    const finding = { property: `nodeTaints[${i}]`, received: taint };
    problems.check(ok, rules['k3s-node-taint-form'], finding).check(!ok || !taken.has(name), rules['k3s-node-taint-twice'], finding);
    taken.add(name);
  });
}

/** A name of Kubernetes, perhaps with a prefix. */
function isQualifiedName(text: string): boolean {
  const parts = text.split('/');
  const prefix = parts.length === 2 ? parts[0] : undefined;
  return parts.length <= 2 && NAME.test(parts[parts.length - 1]) && (prefix === undefined || (isDnsName(prefix) && prefix === prefix.toLowerCase()));
}

function isReserved(label: string): boolean {
  const prefix = label.slice(0, Math.max(0, label.lastIndexOf('/')));
  return /(^|\.)(kubernetes|k8s)\.io$/.test(prefix) && !/(^|\.)(kubelet|node)\.kubernetes\.io$/.test(prefix) && !OWN_LABELS.includes(label);
}

function checkServerUrl({ serverUrl: url, hostname }: K3sServerProps, problems: Problems): void {
  if (url === undefined || containsTerraformToken(url)) return;
  const [, ipv6, host, port] = /^https:\/\/(?:\[([^\]]*)\]|([^:/]+))(?::([1-9]\d{0,4}))?\/?$/.exec(url) ?? [];
  const hasHost = ipv6 === undefined ? host !== undefined && isHostName(host) : ipv6.includes(':') && !ipv6.includes('%') && isIpAddress(ipv6);
  const ok = hasHost && Number(port ?? 443) <= 65535;
  const isOwn = (address: URL) => address.hostname === hostname || OWN_ADDRESS.test(address.host);
  problems
    .check(ok, rules['k3s-server-url-form'], { property: 'serverUrl', received: url })
    .check(!ok || !isOwn(new URL(url)), rules['k3s-server-url-self'], { property: 'serverUrl', received: url });
}

/** The text for cloud-init. Texts of the user stand in quotes everywhere, so that none is taken for a number or a date. */
function userData(props: K3sNodeProps, unit: string, config: { [option: string]: unknown }): string {
  const { hostname, username, sshKeys = [], nodeLabels = {}, nodeTaints = [] } = props;
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { Document, Scalar } = require('yaml') as typeof import('yaml');
  const options = { lineWidth: 0, defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' } as const;
  const labels = Object.entries(nodeLabels).map(([name, value]) => `${name}=${value}`).sort();
  const nodeConfig = new Document({
    'token-file': TOKEN_FILE,
    ...config,
    ...(labels.length === 0 ? {} : { 'node-label': labels }),
    ...(nodeTaints.length === 0 ? {} : { 'node-taint': nodeTaints }),
  });
  const configText = new Scalar(nodeConfig.toString(options));
  configText.type = Scalar.BLOCK_LITERAL;
  const document = new Document({
    hostname,
    manage_etc_hosts: true,
    users: ['default'],
    ...(username === undefined ? {} : { user: username }),
    ...(sshKeys.length === 0 ? {} : { ssh_authorized_keys: sshKeys.map((key) => key.trim()) }),
    write_files: [
      { path: TOKEN_FILE, permissions: '0600', encoding: 'b64', content: encodedSecret(props.token) },
      { path: '/etc/rancher/k3s/config.yaml', permissions: '0600', content: configText },
    ],
    // The agent is ready only when its server is: nobody waits for that here.
    runcmd: [['systemctl', 'enable', '--now', '--no-block', unit]],
  });
  return `#cloud-config\n${document.toString(options).replace(/[^\n -~]/gu, escaped)}`;
}

/**
 * The secret in base64, which is plain text in YAML whatever is in it; for an equal secret the same text, by which nodes of one cluster are
 * known. Where it is resolved, the stack that holds the text gets the variable of the secret.
 */
function encodedSecret(secret: Secret): string {
  return kept(encoded, `${secret.source} ${secret.reference}`, () => Lazy.stringValue({
    produce: (context: IResolveContext) => `\${base64encode(${terraformSecret(context.scope, secret).slice(2, -1)})}`,
  }));
}

/** What is not ASCII stands only in quotes, where there are escapes for it; Python's reader refuses some of it as it is. */
function escaped(character: string): string {
  const code = character.codePointAt(0)!.toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
}
