import { Problems } from '../core';
import { FLAG, Kinds, NUMBER, TEXT, checkKinds, listOf, objectOf, required } from '../proxmox/kinds';
import { ciliumManifest } from './cilium-manifest';
import { ConfigPatch } from './config-patch';
import { patchRules as rules } from './patch-rules';
import { checkKubePrismPort } from './patches/cluster';
import { isLine } from './patches/form';

/** A value for the chart of Cilium. @see https://docs.cilium.io/en/stable/helm-reference/ */
export interface CiliumValue {
  /** Name with dots, such as `bgpControlPlane.enabled`. */
  readonly name: string;
  /** Value as `helm --set` reads it: `true`, `8`, a text, `{a,b}` for a list; a comma in a text is written `\,`. */
  readonly value: string;
}

/** How Cilium is installed. */
export interface CiliumOptions {
  /** Version of Cilium. @default '1.19.3' */
  readonly version?: string;
  /** Version of Cilium's command line program, which installs it; it must know the version of Cilium. @default '0.19.5' */
  readonly cliVersion?: string;
  /** Whether flows can be watched: Hubble with its relay and user interface. @default false */
  readonly hubble?: boolean;
  /**
   * Whether Cilium serves the Gateway API. Its definitions are loaded from GitHub by the control planes, before Cilium is installed.
   * @default false
   */
  readonly gatewayApi?: boolean;
  /** Version of the Gateway API, which Cilium must know. @default '1.4.1' */
  readonly gatewayApiVersion?: string;
  /** Whether Cilium answers for the addresses of load balancers in the network segment. Policies and address pools are objects of their own. @default false */
  readonly l2Announcements?: boolean;
  /** Port of KubePrism, by which Cilium reaches the Kubernetes API; the machines have it from here. @default 7445 */
  readonly kubePrismPort?: number;
  /** Further values for the chart; they win over those of the options above. @default - none */
  readonly values?: CiliumValue[];
}

const VALUE: Kinds<CiliumValue> = { name: required(TEXT), value: required(TEXT) };
const OPTIONS: Kinds<CiliumOptions> = {
  version: TEXT,
  cliVersion: TEXT,
  hubble: FLAG,
  gatewayApi: FLAG,
  gatewayApiVersion: TEXT,
  l2Announcements: FLAG,
  kubePrismPort: NUMBER,
  values: listOf(objectOf(VALUE)),
};
/** Version of the Gateway API where none is told. */
const GATEWAY_API_VERSION = '1.4.1';
const AGENT_CAPABILITIES = 'CHOWN,KILL,NET_ADMIN,NET_RAW,IPC_LOCK,SYS_ADMIN,SYS_RESOURCE,DAC_OVERRIDE,FOWNER,SETGID,SETUID';

/** What Cilium cannot do without on Talos. Modules of the kernel are loaded by Talos only, and the control groups are mounted already. */
function neededValues(port: number): [string, string][] {
  return [
    ['ipam.mode', 'kubernetes'],
    ['kubeProxyReplacement', 'true'],
    ['k8sServiceHost', 'localhost'],
    ['k8sServicePort', String(port)],
    ['cgroup.autoMount.enabled', 'false'],
    ['cgroup.hostRoot', '/sys/fs/cgroup'],
    ['securityContext.capabilities.ciliumAgent', `{${AGENT_CAPABILITIES}}`],
    ['securityContext.capabilities.cleanCiliumState', '{NET_ADMIN,SYS_ADMIN,SYS_RESOURCE}'],
    // With it, names are not looked up: Talos forwards those of pods to its own resolver.
    ['bpf.masquerade', 'false'],
  ];
}

/** Values that follow from an option, or that break the cluster where they are others. */
const OWNED = new Set(['kubeProxyReplacement', 'k8sServiceHost', 'k8sServicePort', 'cgroup.autoMount.enabled', 'cgroup.hostRoot']);

/**
 * The patches that bring Cilium, checked when they are asked for first.
 * @internal
 */
export class CiliumInstaller {
  private readonly version: string;
  private readonly cliVersion: string;
  private readonly gatewayApiVersion: string;
  private readonly port: number;

  public constructor(private readonly options: CiliumOptions) {
    const problems = new Problems('Cni.cilium');
    checkKinds(options, OPTIONS, problems, 'options');
    problems.throwIfAny();
    this.version = options.version ?? '1.19.3';
    this.cliVersion = options.cliVersion ?? '0.19.5';
    this.port = options.kubePrismPort ?? 7445;
    this.gatewayApiVersion = options.gatewayApiVersion ?? GATEWAY_API_VERSION;
    const { values = [] } = options;
    const versions = { version: this.version, cliVersion: this.cliVersion, gatewayApiVersion: this.gatewayApiVersion };
    for (const [property, version] of Object.entries(versions)) {
      problems.check(/^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}(-[0-9a-z.]+)?$/.test(version), rules['cilium-version-form'], {
        property: `options.${property}`, received: version,
      });
    }
    checkKubePrismPort(problems, 'options.kubePrismPort', this.port);
    values.forEach(({ name, value }, i) => {
      const property = `options.values[${i}]`;
      problems.check(/^[a-zA-Z0-9_-]+(\\?\.[a-zA-Z0-9_/-]+|\[\d+\])*$/.test(name) && (value === '' || isLine(value)), rules['cilium-value-form'], {
        property, received: `${name}=${value}`,
      });
      problems.check(!OWNED.has(name), rules['cilium-value-owned'], { property, received: name });
      problems.check(values.findIndex((other) => other.name === name) === i, rules['patch-item-twice'], { property, received: name });
    });
    problems.throwIfAny();
  }

  /**
   * What the Job is told does not change when workers come and go: a Job that is there cannot be changed.
   * @param machines number of control plane nodes
   */
  public patches(machines: number): ConfigPatch[] {
    const { gatewayApi = false } = this.options;
    const definitions = `https://github.com/kubernetes-sigs/gateway-api/releases/download/v${this.gatewayApiVersion}/standard-install.yaml`;
    return [
      ConfigPatch.noCni(),
      ConfigPatch.noKubeProxy(),
      ConfigPatch.kubePrism(this.port),
      ...gatewayApi ? [ConfigPatch.externalManifest('gateway-api', definitions)] : [],
      ConfigPatch.inlineManifest('cilium-install', ciliumManifest({
        version: this.version, cliVersion: this.cliVersion, kubePrismPort: this.port, values: this.values(machines),
      })),
    ];
  }

  private values(machines: number): [string, string][] {
    const { hubble = false, gatewayApi = false, l2Announcements = false, values = [] } = this.options;
    const own: [string, string][] = [
      ...neededValues(this.port),
      // Two operators are never on one machine.
      ['operator.replicas', machines === 1 ? '1' : '2'],
      ...switches(hubble ? ['hubble.enabled', 'hubble.relay.enabled', 'hubble.ui.enabled'] : []),
      ...hubble ? [] : [['hubble.enabled', 'false'] as [string, string]],
      ...switches(gatewayApi ? ['gatewayAPI.enabled', 'gatewayAPI.enableAlpn', 'gatewayAPI.enableAppProtocol'] : []),
      ...switches(l2Announcements ? ['l2announcements.enabled', 'externalIPs.enabled'] : []),
      // Each address is a lease in Kubernetes that is renewed every few seconds.
      ...l2Announcements ? [['k8sClientRateLimit.qps', '50'], ['k8sClientRateLimit.burst', '100']] as [string, string][] : [],
    ];
    const given = values.map(({ name, value }): [string, string] => [name, value]);
    return [...own.filter(([name]) => !given.some(([other]) => other === name)), ...given];
  }
}

function switches(names: string[]): [string, string][] {
  return names.map((name) => [name, 'true']);
}
