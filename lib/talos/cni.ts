import { CiliumInstaller, CiliumOptions } from './cilium';
import { ConfigPatch } from './config-patch';

/** The cluster that gets a network. */
export interface CniContext {
  /** Number of its control plane nodes. Workers come and go, and what brings the network stays as it is. */
  readonly machines: number;
}

/** What makes the network between the pods of a cluster. A class of one's own needs `bind` and nothing else. */
export abstract class Cni {
  /**
   * Cilium in place of Flannel and of kube-proxy.
   *
   * A Job that Talos creates when the cluster starts runs `cilium install` once, on a control plane; the machines need to reach quay.io and
   * helm.cilium.io. It installs and never upgrades: run again, it finds Cilium there and changes nothing. From then on Cilium belongs to
   * whoever looks after it: options changed here matter for clusters that are made afterwards, and `cilium upgrade`, Helm or GitOps (with the
   * release `cilium` in `kube-system`) change one that runs.
   *
   * Before `talosctl upgrade-k8s`, the Job is deleted: with Talos 1.12 always, with a newer one where options were changed here. The command
   * applies all manifests again, and Kubernetes refuses to change a Job that is there (`field is immutable`):
   *
   *     kubectl --namespace kube-system delete job cilium-install --ignore-not-found
   *
   * Nodes are NotReady until Cilium runs. Where the load balancers of Kubernetes are announced by Cilium, pools of addresses are objects of
   * their own (`ConfigPatch.inlineManifest` is too early for them).
   *
   * @see https://docs.siderolabs.com/kubernetes-guides/cni/deploying-cilium
   */
  public static cilium(options: CiliumOptions = {}): Cni { return new CiliumCni(new CiliumInstaller(options)); }

  /** Flannel, which Talos brings itself. */
  public static flannel(): Cni { return new PlainCni('flannel', []); }

  /** None, until something else brings one: nodes stay NotReady. kube-proxy stays; see `ConfigPatch.noKubeProxy`. */
  public static none(): Cni { return new PlainCni('none', [ConfigPatch.noCni()]); }

  /** A name for people: `cilium`, `flannel`, `none`. */
  public abstract readonly cniName: string;

  /** The patches for all machines of a cluster. */
  public abstract bind(context: CniContext): ConfigPatch[];
}

class CiliumCni extends Cni {
  public readonly cniName = 'cilium';

  public constructor(private readonly installer: CiliumInstaller) {
    super();
  }

  public bind(context: CniContext): ConfigPatch[] {
    return this.installer.patches(context.machines);
  }
}

class PlainCni extends Cni {
  public constructor(public readonly cniName: string, private readonly patches: ConfigPatch[]) {
    super();
  }

  public bind(): ConfigPatch[] {
    return [...this.patches];
  }
}
