import { ConfigContract } from '../config-contract';

/** Documents by the contract that knows them first. */
const KINDS: readonly { readonly contract: ConfigContract; readonly kinds: ReadonlySet<string> }[] = [
  {
    contract: ConfigContract.V1_12,
    kinds: new Set([
      'BondConfig', 'BridgeConfig', 'DHCPv4Config', 'DHCPv6Config', 'DummyLinkConfig', 'EthernetConfig', 'EventSinkConfig', 'ExistingVolumeConfig',
      'ExtensionServiceConfig', 'HCloudVIPConfig', 'HostnameConfig', 'KmsgLogConfig', 'KubeSpanEndpointsConfig', 'Layer2VIPConfig', 'LinkAliasConfig',
      'LinkConfig', 'NetworkDefaultActionConfig', 'NetworkRuleConfig', 'OOMConfig', 'PCIDriverRebindConfig', 'RawVolumeConfig', 'RegistryAuthConfig',
      'RegistryMirrorConfig', 'RegistryTLSConfig', 'ResolverConfig', 'SideroLinkConfig', 'StaticHostConfig', 'SwapVolumeConfig', 'TimeSyncConfig',
      'TrustedRootsConfig', 'UserVolumeConfig', 'VLANConfig', 'VolumeConfig', 'WatchdogTimerConfig', 'WireguardConfig', 'ZswapConfig',
    ]),
  },
  {
    contract: ConfigContract.V1_13,
    kinds: new Set([
      'BlackholeRouteConfig', 'EnvironmentConfig', 'ExternalVolumeConfig', 'ImageVerificationConfig', 'KubeSpanConfig', 'RoutingRuleConfig',
      'TCPProbeConfig', 'VRFConfig',
    ]),
  },
  {
    contract: ConfigContract.V1_14,
    kinds: new Set([
      'BGPInstanceConfig', 'CRIBaseRuntimeSpecConfig', 'CRICustomizationConfig', 'ContainerConfig', 'DiscoveryIdentityConfig',
      'DiscoveryServiceConfig', 'EtcFileConfig', 'FilesystemScrubConfig', 'FilesystemTrimConfig', 'HTTPProbeConfig', 'ImageCacheConfig',
      'KernelModuleConfig', 'KubeAPIServerCAConfig', 'KubeAPIServerConfig', 'KubeAdmissionControlConfig', 'KubeAggregatorCAConfig',
      'KubeAuditPolicyConfig', 'KubeAuthenticationConfig', 'KubeAuthorizerConfig', 'KubeClusterConfig', 'KubeControllerManagerConfig',
      'KubeCoreDNSConfig', 'KubeCredentialProviderConfig', 'KubeEtcdEncryptionConfig', 'KubeExternalManifestConfig', 'KubeFlannelCNIConfig',
      'KubeInlineManifestConfig', 'KubeNetworkConfig', 'KubeNodeConfig', 'KubePrismConfig', 'KubeProxyConfig', 'KubeSchedulerConfig',
      'KubeServiceAccountConfig', 'KubeStaticPodConfig', 'KubeTalosAPIAccessConfig', 'KubeletConfig', 'LVMLogicalVolumeConfig',
      'LVMVolumeGroupConfig', 'RAIDArrayConfig', 'SecurityProfileConfig', 'SysctlConfig', 'SysfsConfig', 'UdevRulesConfig',
      'UnattendedInstallConfig', 'VethConfig',
    ]),
  },
];

/** The oldest contract that knows a kind of document; undefined where none of them does. @internal */
export function firstContractOf(kind: string): ConfigContract | undefined {
  return KINDS.find(({ kinds }) => kinds.has(kind))?.contract;
}

/** Kinds of documents that a contract is the first to know. @internal */
export function kindsNewIn(contract: ConfigContract): string[] {
  return KINDS.filter((entry) => entry.contract === contract).flatMap(({ kinds }) => [...kinds]);
}

/** A key of the machine configuration that Talos refuses, and what to write instead. @internal */
export interface RetiredKey {
  /** Path of the key. */
  readonly path: string;
  /** First contract under which it is refused. */
  readonly since: ConfigContract;
  /** Whether only control planes refuse it. */
  readonly controlPlaneOnly: boolean;
  /** The typed patch, or the document. */
  readonly instead: string;
}

/** Keys that are refused beside the documents which a generated configuration has. @internal */
export const RETIRED_KEYS: readonly RetiredKey[] = [
  { path: 'machine.network.hostname', since: ConfigContract.V1_12, controlPlaneOnly: false, instead: 'ConfigPatch.hostname' },
  ...retired(false, {
    'machine.install': 'ConfigPatch.install',
    'machine.kubelet.nodeIP': 'ConfigPatch.kubeletNodeIpSubnets',
    'machine.kubelet.extraConfig.registerWithTaints': 'ConfigPatch.nodeTaints',
    'machine.kubelet': 'a document KubeletConfig',
    'machine.nodeLabels': 'ConfigPatch.nodeLabels',
    'machine.nodeTaints': 'ConfigPatch.nodeTaints',
    'machine.nodeAnnotations': 'a document KubeNodeConfig with annotations',
    'machine.features.kubePrism': 'ConfigPatch.kubePrism',
    'machine.features.hostDNS': 'a document ResolverConfig with hostDNS',
    'machine.network.nameservers': 'ConfigPatch.nameServers',
    'machine.network.searchDomains': 'a document ResolverConfig with searchDomains',
    'machine.network.disableSearchDomain': 'a document ResolverConfig with searchDomains',
    'cluster.network.cni': 'Cni.none() or Cni.cilium()',
    'cluster.network.podSubnets': 'ConfigPatch.clusterSubnets',
    'cluster.network.serviceSubnets': 'ConfigPatch.clusterSubnets',
    'cluster.network': 'a document KubeNetworkConfig',
    'cluster.allowSchedulingOnControlPlanes': 'ConfigPatch.allowSchedulingOnControlPlanes',
    'cluster.allowSchedulingOnMasters': 'ConfigPatch.allowSchedulingOnControlPlanes',
    'cluster.clusterName': 'a document KubeClusterConfig',
    'cluster.controlPlane': 'a document KubeClusterConfig',
    'cluster.id': 'a document DiscoveryIdentityConfig',
    'cluster.secret': 'a document DiscoveryIdentityConfig',
    'cluster.discovery': 'a document DiscoveryServiceConfig',
    'cluster.serviceAccount': 'a document KubeServiceAccountConfig',
  }),
  ...retired(true, {
    'cluster.proxy': 'ConfigPatch.noKubeProxy, or a document KubeProxyConfig',
    'cluster.apiServer.certSANs': 'ConfigPatch.apiServerCertSans',
    'cluster.apiServer.extraArgs': 'ConfigPatch.apiServerArguments',
    'cluster.apiServer': 'a document KubeAPIServerConfig',
    'cluster.controllerManager': 'a document KubeControllerManagerConfig',
    'cluster.scheduler': 'a document KubeSchedulerConfig',
    'cluster.coreDNS': 'a document KubeCoreDNSConfig',
    'cluster.secretboxEncryptionSecret': 'a document KubeEtcdEncryptionConfig',
    'machine.controlPlane': 'documents KubeControllerManagerConfig and KubeSchedulerConfig',
  }),
];

function retired(controlPlaneOnly: boolean, keys: { readonly [path: string]: string }): RetiredKey[] {
  return Object.entries(keys).map(([path, instead]) => ({ path, since: ConfigContract.V1_14, controlPlaneOnly, instead }));
}
