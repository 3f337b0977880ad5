import { TerraformStack } from 'cdktf';
import { readTemplates } from '../hcl/read-back';
import { stackWithCluster } from '../support/fixtures';
import { synthesize } from '../support/synth';
import { TalosCluster, TalosClusterProps, TalosImport, TalosImportProps, VmIdPlan, VmIdRange, talos } from 'proxmox-constructs';

/** Extensions that an image for a graphics card of NVIDIA has. */
export const NVIDIA = new talos.Schematic({ systemExtensions: [talos.SystemExtension.QEMU_GUEST_AGENT, ...talos.NvidiaDriver.OPEN_LTS.systemExtensions] });

/** Ids 9000 to 9019 for templates of Talos. */
export const PLAN = new VmIdPlan({ talosTemplates: VmIdRange.of(9000, 9019), isoTemplates: VmIdRange.of(9020, 9099) });

/** A network with a router. */
export const NETWORK: talos.ClusterNetwork = { subnet: '192.168.1.0/24', gateway: '192.168.1.1' };

/** A template of Talos 1.13. */
export function talosImage(scope: TerraformStack, props: Partial<TalosImportProps> = {}, id: string = 'Talos'): TalosImport {
  return new TalosImport(scope, id, { talosVersion: 'v1.13.9', ...props });
}

/** A cluster of one node at 192.168.1.11, unless other properties are given. */
export function talosCluster(scope: TerraformStack, props: Partial<TalosClusterProps> = {}, id: string = 'K8s'): TalosCluster {
  return new TalosCluster(scope, id, {
    image: props.image ?? scope.node.tryFindChild('Talos') as TalosImport | undefined ?? talosImage(scope),
    configContract: talos.ConfigContract.V1_13,
    kubernetesVersion: '1.35.2',
    network: NETWORK,
    controlPlane: { addresses: ['192.168.1.11'] },
    ...props,
  });
}

/** A cluster in a stack of its own, with what the stack is when it is written. */
export function clusterAlone(
  props: Partial<TalosClusterProps> = {}, more: (cluster: TalosCluster) => unknown = () => {},
): { readonly cluster: TalosCluster; readonly terraform: any } {
  const stack = stackWithCluster();
  const cluster = talosCluster(stack, props);
  more(cluster);
  return { cluster, terraform: synthesize(stack).terraform };
}

/** A cluster of three control plane nodes that share an address. */
export const HA: Partial<TalosClusterProps> = {
  endpoint: talos.ClusterEndpoint.virtualIp('192.168.1.10'),
  controlPlane: { addresses: ['192.168.1.11', '192.168.1.12', '192.168.1.13'] },
};

/** The resources or data sources of a type whose names begin with something, by their names without the hash at their end. */
export function elements(terraform: any, kind: 'data' | 'resource', type: string, prefix: string = ''): { [name: string]: any } {
  return Object.fromEntries(Object.entries(terraform[kind][type] ?? {})
    .map(([name, body]): [string, any] => [name.replace(/_[0-9A-F]{8}$/, ''), body])
    .filter(([name]) => name.startsWith(prefix)));
}

/** The data source that makes the configuration of a node, found by the node's name. */
export function configurationOf(terraform: any, nodeName: string): any {
  return Object.values<any>(terraform.data.talos_machine_configuration)
    .find(({ config_patches: patches }) => patches.some((patch: string) => patch.includes(`"hostname":"${nodeName}"`)));
}

/** The documents that a node is configured with, read as Terraform and then as JSON; a secret is `secret of <expression>`. */
export function documentsOf(terraform: any, nodeName: string): any[] {
  return patchesMeant(configurationOf(terraform, nodeName).config_patches).map((text) => JSON.parse(text));
}

/** What patches are when Terraform has read them. */
export function patchesMeant(patches: readonly string[], secret: (expression: string) => string = (expression) => `secret of ${expression}`): string[] {
  // An expression would be shown as it stands; JSON is what it makes.
  const encoded = /(?<![$])\$\{jsonencode\(((?:"(?:[^"\\]|\\.)*"|[^"}])*)\)\}/g;
  return readTemplates(patches.map((patch) => patch.replace(encoded, (_, expression) => JSON.stringify(secret(expression)).replace(/\$\{/g, '$$$${'))));
}
