import { PatchContext, PatchDocument, PatchRenderer } from './patch-document';
import * as cluster from './patches/cluster';
import { ClusterSubnets } from './patches/cluster';
import { ExtensionServiceOptions, extensionService } from './patches/extension-service';
import { kernelModule, kernelModules, sysctls } from './patches/kernel';
import { externalManifest, inlineManifest } from './patches/manifest';
import * as network from './patches/network';
import { LinkOptions } from './patches/network';
import * as node from './patches/node';
import { nvidiaDriver, nvidiaRuntimeClass } from './patches/nvidia';
import { yaml } from './patches/raw';
import { RegistryAuthOptions, RegistryMirrorOptions, RegistryTlsOptions, registryAuth, registryMirror, registryTls } from './patches/registry';
import { InstallOptions, UserVolumeOptions, extraDisk, install, userVolume } from './patches/storage';

/**
 * A change of the machine configuration that Talos generates.
 *
 * A patch says what is wished; how it is written is chosen by the contract of the cluster and by what the machine is. Patches of one kind add
 * up: lists grow, maps are joined. A patch that has nothing to say for a kind of machine, such as an argument of the API server on a worker,
 * is left out there, so the same patches may be given to all machines. What only one machine can have, such as its name, is given to that one
 * (`TalosNode.addConfigPatch`) and refused elsewhere.
 *
 * Every value of a patch is known when the program runs, and references to Terraform are refused; what is secret is a `Secret`.
 *
 * A class of one's own needs `bind` and nothing else.
 *
 * @see https://docs.siderolabs.com/talos/latest/configure-your-talos-cluster/system-configuration/patching
 */
export abstract class ConfigPatch {
  /** Servers by which the clock is set, as names or addresses. The default of Talos is time.cloudflare.com. */
  public static timeServers(servers: string[]): ConfigPatch { return new RenderedPatch(network.timeServers(servers)); }

  /** Addresses of name servers, beside those that DHCP or cloud-init tell. */
  public static nameServers(addresses: string[]): ConfigPatch { return new RenderedPatch(network.nameServers(addresses)); }

  /** The host name, which becomes the name of the Kubernetes node; for one machine. Lower-case, in parts of at most 63 characters. */
  public static hostname(name: string): ConfigPatch { return new RenderedPatch(network.hostname(name)); }

  /** Fixed addresses and routes of a network interface, such as `eth0`; for one machine. DHCP is then off on it. */
  public static link(name: string, options: LinkOptions): ConfigPatch { return new RenderedPatch(network.link(name, options)); }

  /**
   * An address that control plane nodes of one network segment hold in turn, from the time etcd runs. Refused on workers.
   *
   * @param address IPv4 or IPv6 address, not that of a node
   * @param linkName the interface, such as `eth0`
   * @see https://docs.siderolabs.com/talos/latest/networking/advanced/vip
   */
  public static layer2Vip(address: string, linkName: string): ConfigPatch { return new RenderedPatch(network.layer2Vip(address, linkName)); }

  /** Further names and addresses in the certificate of the Talos API of the machine. */
  public static certSans(names: string[]): ConfigPatch { return new RenderedPatch(network.certSans(names)); }

  /** Where images of a registry are had from instead. @param registry such as `docker.io`, or `*` for all that have no mirror of their own */
  public static registryMirror(registry: string, options: RegistryMirrorOptions): ConfigPatch {
    return new RenderedPatch(registryMirror(registry, options));
  }

  /** Login at a registry. @param registry host with port, such as `ghcr.io` */
  public static registryAuth(registry: string, options: RegistryAuthOptions): ConfigPatch { return new RenderedPatch(registryAuth(registry, options)); }

  /** Certificates for the connection to a registry. @param registry host with port, such as `registry.example.com:5000` */
  public static registryTls(registry: string, options: RegistryTlsOptions): ConfigPatch { return new RenderedPatch(registryTls(registry, options)); }

  /** Parameters of the kernel, by name: `{ 'net.core.somaxconn': '4096' }`. */
  public static sysctls(params: { readonly [name: string]: string }): ConfigPatch { return new RenderedPatch(sysctls(params)); }

  /** Kernel modules that are loaded at every start; they are part of Talos or of one of its extensions. */
  public static kernelModules(names: string[]): ConfigPatch { return new RenderedPatch(kernelModules(names)); }

  /** A kernel module with parameters such as `zfs_arc_max=1073741824`, which is loaded at every start. */
  public static kernelModule(name: string, parameters: string[] = []): ConfigPatch { return new RenderedPatch(kernelModule(name, parameters)); }

  /**
   * Labels of the Kubernetes node. Workers may not give themselves those of kubernetes.io and k8s.io but a few (such as
   * `topology.kubernetes.io/zone` and all of `node.kubernetes.io/`): others are refused there.
   */
  public static nodeLabels(labels: { readonly [name: string]: string }): ConfigPatch { return new RenderedPatch(node.nodeLabels(labels)); }

  /**
   * Taints of the Kubernetes node, as effect or `value:effect` by key: `{ 'nvidia.com/gpu': 'present:NoSchedule' }`. A worker has them from
   * its registration on.
   */
  public static nodeTaints(taints: { readonly [name: string]: string }): ConfigPatch { return new RenderedPatch(node.nodeTaints(taints)); }

  /** Networks of which the node takes its address in Kubernetes, such as `192.168.1.0/24`; `!192.168.1.10/32` leaves one out, and stands last. */
  public static kubeletNodeIpSubnets(subnets: string[]): ConfigPatch { return new RenderedPatch(node.kubeletNodeIpSubnets(subnets)); }

  /** Networks of which etcd takes the address that it tells the other members, as in `kubeletNodeIpSubnets`. Control planes only. */
  public static etcdAdvertisedSubnets(subnets: string[]): ConfigPatch { return new RenderedPatch(cluster.etcdAdvertisedSubnets(subnets)); }

  /** Networks of pods and services; the same on all machines, and fixed once a cluster runs. */
  public static clusterSubnets(subnets: ClusterSubnets): ConfigPatch { return new RenderedPatch(cluster.clusterSubnets(subnets)); }

  /** Further names and addresses in the certificate of the Kubernetes API. Control planes only. */
  public static apiServerCertSans(names: string[]): ConfigPatch { return new RenderedPatch(cluster.apiServerCertSans(names)); }

  /**
   * Arguments of the API server, by name without hyphens before it: `{ 'feature-gates': 'A=true' }`. Control planes only. Those of
   * authentication and authorization are refused under contract 1.14, where they are documents.
   */
  public static apiServerArguments(values: { readonly [name: string]: string }): ConfigPatch {
    return new RenderedPatch(cluster.apiServerArguments(values));
  }

  /**
   * Port of KubePrism, by which every machine reaches the Kubernetes API at `localhost`. It is on at 7445 without this patch. Refused: ports of
   * Kubernetes and Talos, and another port than that of `Cni.cilium`.
   *
   * @see https://docs.siderolabs.com/kubernetes-guides/advanced-guides/kubeprism
   */
  public static kubePrism(port: number = 7445): ConfigPatch { return new RenderedPatch(cluster.kubePrism(port)); }

  /** Workloads run on control planes, too. */
  public static allowSchedulingOnControlPlanes(): ConfigPatch { return new RenderedPatch(node.allowSchedulingOnControlPlanes()); }

  /** Load balancers of Kubernetes may send to control planes, too; of use where workloads run there. */
  public static allowLoadBalancersOnControlPlanes(): ConfigPatch { return new RenderedPatch(node.allowLoadBalancersOnControlPlanes()); }

  /** No kube-proxy: another program does its work, such as Cilium (see `Cni.cilium`, which has this patch). */
  public static noKubeProxy(): ConfigPatch { return new RenderedPatch(cluster.noKubeProxy()); }

  /** No network between pods, until something else brings it (see `Cni`, which has this patch). */
  public static noCni(): ConfigPatch { return new RenderedPatch(cluster.noCni()); }

  /**
   * Objects of Kubernetes that Talos creates when the cluster starts, as YAML. What is there already is not changed, so another text for the
   * same object has no effect.
   *
   * @param name name among the manifests, lower-case
   */
  public static inlineManifest(name: string, manifest: string): ConfigPatch { return new RenderedPatch(inlineManifest(name, manifest)); }

  /** As `inlineManifest`, loaded by the control planes from a URL. @param name name among the manifests, lower-case */
  public static externalManifest(name: string, url: string): ConfigPatch { return new RenderedPatch(externalManifest(name, url)); }

  /** A partition for workloads at `/var/mnt/<name>`, made when there is a disk with room for it. @param name at most 34 letters, digits, `-` */
  public static userVolume(name: string, options: UserVolumeOptions = {}): ConfigPatch { return new RenderedPatch(userVolume(name, options)); }

  /**
   * A whole disk of one partition, mounted below `/var/`. It is wiped when it holds nothing that Talos knows. `userVolume` is the newer way.
   *
   * @param device such as `/dev/vdb`
   * @param mountPoint such as `/var/mnt/data`
   */
  public static extraDisk(device: string, mountPoint: string): ConfigPatch { return new RenderedPatch(extraDisk(device, mountPoint)); }

  /**
   * Where Talos installs itself, and with which installer, for machines that do not run from a disk image. A TalosCluster says both for each of
   * its machines, and refuses another installer: that is the one of the image.
   */
  public static install(options: InstallOptions): ConfigPatch { return new RenderedPatch(install(options)); }

  /** What the service of a system extension is told. @param name name of the service without `ext-`, such as `tailscale` */
  public static extensionService(name: string, options: ExtensionServiceOptions): ConfigPatch {
    return new RenderedPatch(extensionService(name, options));
  }

  /**
   * Loads the kernel modules of the NVIDIA driver, and under contract 1.12 lets its container toolkit work. For machines with a card whose
   * image has the driver and the toolkit as extensions.
   */
  public static nvidiaDriver(): ConfigPatch { return new RenderedPatch(nvidiaDriver()); }

  /**
   * The runtime class `nvidia` by which pods say that they use a card, under contract 1.12. From 1.13 on there is none: cards are given to
   * pods by CDI. For control planes, wherever the card is.
   */
  public static nvidiaRuntimeClass(): ConfigPatch { return new RenderedPatch(nvidiaRuntimeClass()); }

  /**
   * A strategic merge patch as YAML, the last door: one mapping in the shape of the configuration, or several documents.
   *
   * Refused: what cannot be read, lists of JSON patch operations (RFC 6902), numbers that are not written as they are counted (`0644`, `1.30`),
   * kinds of documents that the contract does not know, keys that no configuration has (looked at down to those below `machine` and `cluster`),
   * and keys that Talos refuses because the generated configuration has a document for them. A secret in the text stands in the output: use a
   * typed patch for it.
   */
  public static yaml(text: string): ConfigPatch { return new RenderedPatch(yaml(text)); }

  /** The documents for one machine; none where the patch has nothing to say for it. */
  public abstract bind(context: PatchContext): PatchDocument[];
}

class RenderedPatch extends ConfigPatch {
  public constructor(private readonly render: PatchRenderer) {
    super();
  }

  public bind(context: PatchContext): PatchDocument[] {
    return this.render(context);
  }
}
