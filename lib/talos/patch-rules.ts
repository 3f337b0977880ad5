import { ruleTable } from '../core';

const DOCUMENTS = 'https://docs.siderolabs.com/talos/latest/reference/configuration/overview';
const KUBE_PRISM = 'https://docs.siderolabs.com/kubernetes-guides/advanced-guides/kubeprism';
const LABELS = 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set';

/**
 * Rules of the patches of a machine configuration.
 * @internal
 */
export const patchRules = ruleTable({
  'patch-empty': {
    rule: 'A patch has something to say: its list or map has at least one item.',
    remedy: 'Add an item, or leave the patch out.',
  },
  'patch-item-twice': {
    rule: 'What stands in a list of a patch stands there once.',
    remedy: 'Take one of the two out.',
  },
  'patch-text-form': {
    rule: 'A text of a patch is not empty, and has no line breaks or other control characters.',
    remedy: 'Write it on one line.',
  },
  'patch-text-begin': {
    rule: 'A text of several lines does not begin with white space: Talos would write it so that it cannot read its own configuration.',
    remedy: 'Take the blank lines and the white space at its beginning away.',
  },
  'patch-reference': {
    rule: 'Every value that goes into a machine configuration is known when the program runs: a reference is known after the configuration was planned, and one to the cluster itself makes a cycle.',
    remedy: 'Give the value itself, or a Secret for what is secret.',
  },
  'patch-of-one-machine': {
    rule: 'A host name and the addresses of an interface belong to one machine: many with the same would disturb each other.',
    remedy: 'Give it to one node: pool.nodes[0].addConfigPatch(…).',
  },
  'patch-installer-image': {
    rule: 'The installer of a node is that of its image: another one would make another system of it at the next upgrade, with other extensions.',
    remedy: 'Leave the image out, and give the pool a TalosImport with the release and the schematic that are wanted.',
    see: 'https://docs.siderolabs.com/talos/latest/learn-more/image-factory',
  },
  'time-server-form': {
    rule: 'A time server is a DNS name or an IP address.',
    remedy: 'Write for example time.cloudflare.com.',
  },
  'name-server-form': {
    rule: 'A name server is an IPv4 or IPv6 address: its name could not be looked up.',
    remedy: 'Write for example 192.168.1.1.',
  },
  'host-name-form': {
    rule: 'A host name has lower-case letters, digits and hyphens in parts of at most 63 characters joined by dots: Kubernetes takes it for the name of the node.',
    remedy: 'Choose a name such as worker-1.',
    see: 'https://kubernetes.io/docs/concepts/architecture/nodes/#node-name-uniqueness',
  },
  'link-name-form': {
    rule: 'A network interface has a name of at most 15 characters without `/` and white space.',
    remedy: 'Write for example eth0, which the first interface of a nocloud image is called.',
  },
  'link-address-form': {
    rule: 'An address of an interface is an IPv4 or IPv6 address of a host with the length of its prefix.',
    remedy: 'Write for example 192.168.1.11/24.',
  },
  'link-route-form': {
    rule: 'A route leads to a network such as 10.0.0.0/8, by the IP address of a gateway; an IPv4 network by an IPv4 gateway.',
    remedy: 'Write destination and gateway as addresses; leave the destination out for the default route.',
  },
  'link-mtu-range': {
    rule: 'An MTU is a whole number from 576 to 65535.',
    remedy: 'Leave it out for that of the interface, or write for example 9000.',
  },
  'vip-form': {
    rule: 'A virtual address is an IPv4 or IPv6 address without the length of a prefix.',
    remedy: 'Write for example 192.168.1.10.',
    see: 'https://docs.siderolabs.com/talos/latest/networking/advanced/vip',
  },
  'vip-on-worker': {
    rule: 'A virtual address is held by control plane nodes in turn, elected by etcd, which a worker does not run: Talos refuses it there.',
    remedy: 'Add the patch to the control plane nodes only.',
    see: 'https://docs.siderolabs.com/talos/latest/networking/advanced/vip',
  },
  'subnet-filter-form': {
    rule: 'A subnet is an IP address or a network such as 192.168.1.0/24; an exclamation mark before it takes addresses out.',
    remedy: 'Write for example 192.168.1.0/24 and !192.168.1.10/32.',
  },
  'cluster-subnet-form': {
    rule: 'A subnet of the cluster is a network such as 10.244.0.0/16, without bits of a host, of a size with which Kubernetes can work.',
    remedy: 'Write the first address of the network: pods /8 to /24 (IPv6: /48 to /64), services /12 to /28 (IPv6: /108 to /124).',
    see: 'https://docs.siderolabs.com/talos/latest/reference/configuration/v1alpha1/config',
  },
  'cluster-subnet-families': {
    rule: 'A cluster has one IPv4 subnet, or one IPv6 subnet, or one of each, and the same families for pods and for services.',
    remedy: 'Write as many subnets of services as of pods.',
    see: 'https://kubernetes.io/docs/concepts/services-networking/dual-stack/',
  },
  'cluster-subnet-overlap': {
    rule: 'Subnets of pods and subnets of services have no address in common.',
    remedy: 'Choose another network for one of the two, such as 10.96.0.0/12 for services.',
  },
  'certificate-name-form': {
    rule: 'A name in a certificate is a DNS name or an IP address, without port and scheme.',
    remedy: 'Write for example kube.example.com.',
  },
  'api-server-argument-form': {
    rule: 'An argument of the API server has a name of lower-case letters, digits and hyphens, without the two hyphens before it.',
    remedy: 'Write for example feature-gates.',
    see: 'https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/',
  },
  'api-server-argument-owned': {
    rule: 'Under contract v1.14 authentication and authorization of the API server are documents, and Talos refuses their arguments.',
    remedy: 'Write KubeAuthenticationConfig or KubeAuthorizerConfig with ConfigPatch.yaml.',
    see: DOCUMENTS,
  },
  'port-range': {
    rule: 'A port is a whole number from 1 to 65535.',
    remedy: 'Choose for example 7445, the default of KubePrism.',
  },
  'kube-prism-port-taken': {
    rule: 'KubePrism has a port of its own on each machine: 6443 is that of the Kubernetes API, 50000 and 50001 are those of Talos.',
    remedy: 'Choose for example 7445, the default of KubePrism.',
    see: KUBE_PRISM,
  },
  'kube-prism-port-twice': {
    rule: 'KubePrism of a machine has one port, and Cilium reaches the Kubernetes API by it.',
    remedy: 'Say the port once; beside Cni.cilium, as its option kubePrismPort.',
    see: KUBE_PRISM,
  },
  'label-name-form': {
    rule: 'The key of a label or taint is a name of at most 63 letters, digits, `-`, `_` and `.`, with a DNS name and `/` before it if need be.',
    remedy: 'Write for example example.com/rack.',
    see: LABELS,
  },
  'label-value-form': {
    rule: 'The value of a label has at most 63 letters, digits, `-`, `_` and `.`, and begins and ends with a letter or digit; it may be empty.',
    remedy: 'Correct the value, or write it as an annotation.',
    see: LABELS,
  },
  'label-restricted': {
    rule: 'A worker may not give itself labels of kubernetes.io and k8s.io but a few: Kubernetes refuses them (NodeRestriction), and Talos tries for ever.',
    remedy: 'Choose a key of your own such as example.com/role, or one of node.kubernetes.io; set node-role.kubernetes.io with kubectl.',
    see: 'https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction',
  },
  'taint-form': {
    rule: 'A taint is an effect, with a value and a colon before it if need be; the effect is NoSchedule, PreferNoSchedule or NoExecute.',
    remedy: "Write for example { 'nvidia.com/gpu': 'present:NoSchedule' }.",
    see: 'https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/',
  },
  'sysctl-name-form': {
    rule: 'A sysctl has a name of parts joined by dots or slashes.',
    remedy: 'Write for example net.core.somaxconn.',
    see: 'https://www.kernel.org/doc/html/latest/admin-guide/sysctl/index.html',
  },
  'kernel-module-form': {
    rule: 'A kernel module has a name of letters, digits, `-` and `_`, and parameters such as `size=8` without white space.',
    remedy: 'Write one module and one parameter in each item.',
    see: 'https://docs.siderolabs.com/talos/latest/reference/configuration/runtime/kernelmoduleconfig',
  },
  'install-image-form': {
    rule: 'An installer is the reference of an image with its tag or digest: without one, it would be another from day to day.',
    remedy: 'Write for example factory.talos.dev/nocloud-installer/<schematic id>:v1.13.9.',
    see: 'https://docs.siderolabs.com/talos/latest/learn-more/image-factory',
  },
  'device-path-form': {
    rule: 'A disk is the path of a device below /dev.',
    remedy: 'Write for example /dev/vda or /dev/disk/by-id/….',
  },
  'mount-point-form': {
    rule: 'An extra disk is mounted below /var/, in a folder of its own: nothing else of the system can be written.',
    remedy: 'Write for example /var/mnt/data.',
  },
  'volume-name-form': {
    rule: 'A user volume has a name of 1 to 34 letters, digits and hyphens, since it is the label of a partition.',
    remedy: 'Write for example local-path.',
    see: 'https://docs.siderolabs.com/talos/latest/reference/configuration/block/uservolumeconfig',
  },
  'volume-size-order': {
    rule: 'The largest size of a volume is not below the smallest, which is 1 GiB where it is left out.',
    remedy: 'Correct minSize or maxSize.',
  },
  'manifest-name-form': {
    rule: 'A manifest has a name of lower-case letters, digits and hyphens in parts joined by dots, at most 253 characters.',
    remedy: 'Write for example gateway-api.',
  },
  'manifest-name-twice': {
    rule: 'Inline manifests of a cluster have different names.',
    remedy: 'Choose another name for one of the two; those of Cilium and of the NVIDIA runtime class are cilium-install and nvidia-runtime-class.',
  },
  'manifest-empty': {
    rule: 'A manifest holds at least one object of Kubernetes as YAML.',
    remedy: 'Write the manifest, or leave the patch out.',
  },
  'manifest-url-form': {
    rule: 'An external manifest has a URL with http or https.',
    remedy: 'Write for example https://example.com/manifest.yaml.',
  },
  'registry-form': {
    rule: 'A registry is a host with a port if need be, without scheme and path.',
    remedy: 'Write for example docker.io or registry.example.com:5000; a mirror of all registries is called *.',
    see: 'https://docs.siderolabs.com/talos/latest/reference/configuration/cri/registrymirrorconfig',
  },
  'registry-endpoint-form': {
    rule: 'An endpoint of a mirror is a URL with http or https, and has no user and password in it.',
    remedy: 'Write for example https://mirror.example.com, and the login with ConfigPatch.registryAuth.',
  },
  'registry-login': {
    rule: 'A login at a registry is a user and a password, or an identity token, or the text that `docker login` stores: one of the three.',
    remedy: 'Give username with password, or identityToken, or auth.',
    see: 'https://docs.siderolabs.com/talos/latest/reference/configuration/cri/registryauthconfig',
  },
  'registry-certificate': {
    rule: 'The connection to a registry has at least one certificate of its own, each as PEM text, and a client certificate has a key.',
    remedy: 'Give ca, or clientCertificate with clientKey, or insecureSkipVerify.',
    see: 'https://docs.siderolabs.com/talos/latest/reference/configuration/cri/registrytlsconfig',
  },
  'extension-service-form': {
    rule: 'The service of an extension has a name of lower-case letters, digits, `-` and `_`.',
    remedy: 'Write the name without ext- before it, such as tailscale.',
    see: 'https://docs.siderolabs.com/talos/latest/reference/configuration/extensions/extensionserviceconfig',
  },
  'extension-service-empty': {
    rule: 'The configuration of an extension service has environment variables or files; a file has a content.',
    remedy: 'Give environment, secretEnvironment or configFiles.',
  },
  'environment-name-form': {
    rule: 'An environment variable has a name of letters, digits and underscores that does not begin with a digit, and one value.',
    remedy: 'Write for example TS_HOSTNAME, in one of environment and secretEnvironment.',
  },
  'config-file-path-form': {
    rule: 'A file of an extension service is mounted at an absolute path.',
    remedy: 'Write for example /usr/local/etc/service/config.yaml.',
  },
  'patch-yaml-form': {
    rule: 'A raw patch is YAML that can be read: one mapping, or several documents each of which is one.',
    remedy: 'Correct the text at the line that is named; names of a mapping are texts, and stand there once.',
  },
  'patch-json6902': {
    rule: 'A list of JSON patch operations (RFC 6902) cannot be applied where a configuration has several documents, as all since Talos 1.12 have.',
    remedy: 'Write what is to be changed as a strategic merge patch: a mapping in the shape of the configuration.',
    see: 'https://docs.siderolabs.com/talos/latest/configure-your-talos-cluster/system-configuration/patching',
  },
  'patch-number-form': {
    rule: 'A number of a raw patch that is not written as it is counted would not arrive as it is written: 0644, 1.30 and 1_000 change their meaning or their digits.',
    remedy: 'Put it into quotes where it is a text (a version), or write it plainly where it is a number (420, or 0o644 for a file mode).',
  },
  'patch-document-kind': {
    rule: 'A document of a patch has a kind that the contract of the cluster knows, since Talos refuses a configuration of which it does not know a part.',
    remedy: 'Write it as the contract does, or use the typed patch of ConfigPatch. Do not raise the contract of a cluster for it.',
    see: DOCUMENTS,
  },
  'patch-document-version': {
    rule: 'A document of a patch has the apiVersion v1alpha1, beside its kind.',
    remedy: 'Write apiVersion: v1alpha1 beside the kind.',
    see: DOCUMENTS,
  },
  'patch-unknown-key': {
    rule: 'Talos refuses a configuration with a key that it does not know.',
    remedy: 'Correct the name; what is a document of its own has a kind.',
    see: DOCUMENTS,
  },
  'patch-value-kind': {
    rule: 'Talos refuses a configuration in which a value is of another kind than its key.',
    remedy: 'Write it as the reference of the configuration shows it.',
    see: DOCUMENTS,
  },
  'patch-install-disk': {
    rule: 'An UnattendedInstallConfig names its disk: what the generated one says of it is lost when the two are joined, and Talos refuses it without.',
    remedy: 'Use ConfigPatch.install, or write provisioning.diskSelector.match, such as disk.dev_path == "/dev/sda".',
    see: DOCUMENTS,
  },
  'patch-classic-key': {
    rule: 'What moved into a document of its own cannot be set in the machine configuration at the same time: Talos refuses the configuration when it is applied.',
    remedy: 'Use the typed patch of ConfigPatch, which is written as the contract of the cluster wants it, or the document.',
    see: DOCUMENTS,
  },
  'cilium-version-form': {
    rule: 'A version of Cilium, its installer or the Gateway API has three numbers.',
    remedy: 'Write for example 1.19.3.',
    see: 'https://github.com/cilium/cilium/releases',
  },
  'cilium-value-form': {
    rule: 'A value for the chart of Cilium has a name of parts joined by dots, and a value on one line.',
    remedy: "Write for example { name: 'bgpControlPlane.enabled', value: 'true' }.",
    see: 'https://docs.cilium.io/en/stable/helm-reference/',
  },
  'cilium-value-owned': {
    rule: 'Values without which Cilium does not run on Talos, or for which there is an option, are set by the library.',
    remedy: 'Leave the value out, or use the option.',
    see: 'https://docs.siderolabs.com/kubernetes-guides/cni/deploying-cilium',
  },
});
