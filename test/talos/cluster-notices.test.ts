import { Size, gpu, talos } from '../../lib';
import { mistakes } from '../support/errors';
import { stackWithCluster } from '../support/fixtures';
import { clusterAlone, talosCluster, talosImage } from './clusters';

/** What is shown of a construct and all below it: code and what was received. */
function notices(root: any): string[] {
  return root.node.findAll().flatMap((construct: any) => construct.node.metadata
    .filter(({ type }: any) => /warn|info/.test(type))
    .map(({ type, data }: any) => `${/warn/.test(type) ? 'warning' : 'note'} ${data.split('\n')[0]}`));
}

test('nothing is shown of a cluster that is as it should be', () => {
  expect(notices(clusterAlone().cluster)).toEqual([]);
});

test('a subnet in which pods or services have addresses', () => {
  const network = { subnet: '10.96.1.0/24' };
  const { cluster } = clusterAlone({ network, controlPlane: { addresses: ['10.96.1.11'] } });
  expect(notices(cluster)).toEqual(['warning [subnet-overlap] network.subnet, got: "10.96.1.0/24"']);
  const beside = clusterAlone({ network: { subnet: '10.112.1.0/24' }, controlPlane: { addresses: ['10.112.1.11'] } });
  expect(notices(beside.cluster)).toEqual([]);
});

test('two clusters with the same address', () => {
  const stack = stackWithCluster();
  const image = talosImage(stack);
  talosCluster(stack, { image });
  const controlPlane = { addresses: ['192.168.1.11'], networkDevices: [{ bridge: 'vmbr1' }] };
  const other = talosCluster(stack, { image, controlPlane }, 'Lab');
  expect(notices(other)).toEqual(['warning [node-address-of-another-cluster] addresses[0], got: "192.168.1.11, also in homelab/K8s"']);
  // Here it is one network.
  expect(mistakes(() => talosCluster(stack, { image }, 'Twin'))).toEqual(['ip-address-claimed-twice controlPlane.cloudInit.ipConfigs[0].ipv4Address "192.168.1.11/24"']);
});

test('a node of Proxmox VE without a copy of the template', () => {
  const { cluster } = clusterAlone({}, (k8s) => k8s.addPool('w', { addresses: ['192.168.1.21', '192.168.1.22', '192.168.1.23'], proxmoxNodes: ['pve', 'pve2'] }));
  expect(notices(cluster)).toEqual(['warning [talos-copy-missing] proxmoxNodes, got: "pve2, with homelab/Talos on pve"']);
});

test('images: without the agent, and with an extension that nobody knows', () => {
  const { SystemExtension, Schematic } = talos;
  const stack = stackWithCluster();
  const bare = talosImage(stack, { schematic: new Schematic() });
  expect(notices(bare)).toEqual(['note [talos-without-agent] schematic, got: "no extensions"']);
  const odd = talosImage(stackWithCluster(), { schematic: new Schematic({ systemExtensions: [SystemExtension.QEMU_GUEST_AGENT, SystemExtension.of('siderolabs/zzz')] }) });
  expect(notices(odd)).toEqual(['warning [system-extension-unknown] schematic, got: siderolabs/zzz']);
  const own = talosImage(stackWithCluster(), {
    imageFactory: 'https://factory.lan', schematic: new Schematic({ systemExtensions: [SystemExtension.QEMU_GUEST_AGENT, SystemExtension.of('siderolabs/zzz')] }),
  });
  expect(notices(own)).toEqual([]);
});

test('a card of which nothing is known, on an image without any driver', () => {
  const { cluster } = clusterAlone({}, (k8s) => k8s.addPool('w', { addresses: ['192.168.1.21'], memory: Size.gibibytes(8), gpus: [gpu.GpuDevice.fromMapping('x1')] }));
  expect(notices(cluster).filter((notice) => !notice.includes('pci-host-checklist'))).toEqual(['warning [gpu-driver-unknown] gpus[0], got: "x1"']);
});

test('a copy that comes when its cluster is there', () => {
  const stack = stackWithCluster();
  const image = talosImage(stack);
  talosCluster(stack, { image });
  expect(() => image.addCopy('pve2', { vmId: 8999 })).toThrow(/\[talos-copy-late\] node, got: "pve2"/);
});

test('the endpoint is none of a worker', () => {
  expect(() => clusterAlone({ endpoint: talos.ClusterEndpoint.host('192.168.1.21') }, (k8s) => k8s.addPool('w', { addresses: ['192.168.1.21'] })))
    .toThrow(/\[endpoint-is-worker\] addresses\[0\], got: "192.168.1.21"/);
});

test('a cluster that is taken over has an endpoint, and is not bootstrapped', () => {
  expect(() => clusterAlone({ adopt: true })).toThrow(/\[adopt-without-endpoint\] endpoint, got: nothing/);
  const endpoint = talos.ClusterEndpoint.host('old.lan');
  expect(() => clusterAlone({ adopt: true, endpoint, upgrades: talos.ClusterUpgrades.BY_TERRAFORM })).toThrow(/\[adopt-by-terraform\] upgrades, got: "by Terraform"/);
  expect(clusterAlone({ adopt: true, endpoint }).terraform.resource.talos_machine_bootstrap.K8s.lifecycle).toBeUndefined();
});
