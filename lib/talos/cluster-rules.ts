import { ruleTable } from '../core';

const SUPPORT = 'https://docs.siderolabs.com/talos/latest/getting-started/support-matrix';
const PROXMOX = 'https://docs.siderolabs.com/talos/latest/platform-specific-installations/virtualized-platforms/proxmox';

/**
 * Rules of Talos templates, clusters and their nodes.
 * @internal
 */
export const clusterRules = ruleTable({
  'image-factory-form': {
    rule: 'An image factory is reached by https, at a host without a path.',
    remedy: 'Write it as https://factory.talos.dev.',
  },
  'talos-copy-late': {
    rule: 'A node of a cluster is made from the template that is there when the node is.',
    remedy: 'Add all copies before the cluster.',
  },
  'talos-copy-missing': {
    rule: 'A machine on a node without a copy of the template is cloned over the network, and then moved: the token needs VM.Migrate for that.',
    remedy: 'Call addCopy on the image for this node, or grant VM.Migrate.',
  },
  'system-extension-unknown': {
    rule: 'The public image factory builds no image with an extension that it does not have.',
    remedy: 'Look whether the name is spelt right; of a newer extension, acknowledge this code.',
  },
  'talos-without-agent': {
    rule: 'Without the extension qemu-guest-agent, Proxmox VE shuts such machines down by ACPI only, and shows no address.',
    remedy: 'Add SystemExtension.QEMU_GUEST_AGENT to the schematic, or acknowledge this code.',
  },
  'talos-copy-twice': {
    rule: 'A template stands on a node once.',
    remedy: 'Name another node, or leave the copy out.',
  },
  'talos-disk-too-small': {
    rule: 'Talos needs a system disk of 10 GiB at the least.',
    remedy: 'Choose Size.gibibytes(10) or more; 100 GiB is what its makers recommend for production.',
    see: PROXMOX,
  },
  'talos-cpu-too-old': {
    rule: 'Talos is built for x86-64-v2, and such a CPU lacks instructions of it: the kernel stops at the first of them.',
    remedy: 'Leave cpuType out (CpuType.HOST), or choose CpuType.X86_64_V2_AES where machines move between different hosts.',
    see: PROXMOX,
  },
  'talos-ballooning': {
    rule: 'Talos knows neither ballooning nor memory that comes and goes.',
    remedy: 'Leave minimumMemory out.',
    see: PROXMOX,
  },
  'talos-memory-too-small': {
    rule: 'Talos calls a control plane node unhealthy below 2 GiB of memory, and a worker below 1 GiB.',
    remedy: 'Choose a memory of 4 GiB, as its makers recommend, or more.',
    see: PROXMOX,
  },
  'cluster-name': {
    rule: 'The name of a cluster is a DNS label of at most 32 lower-case letters, digits and hyphens: the names of its nodes begin with it.',
    remedy: 'Choose a name such as k8s.',
  },
  'endpoint-virtual-ip': {
    rule: 'A virtual address is an IPv4 address.',
    remedy: 'Write a free one of the subnet, such as 192.168.1.10.',
  },
  'endpoint-host': {
    rule: 'The Kubernetes API is reached by a DNS name or an IPv4 address.',
    remedy: 'Write it without scheme and port, such as k8s.home.arpa.',
  },
  'endpoint-port': {
    rule: 'A port is a whole number from 1 to 65535.',
    remedy: 'Leave it out for 6443.',
  },
  'endpoint-missing': {
    rule: 'Several control plane nodes, or one whose address comes by DHCP, need an endpoint that does not depend on one of them.',
    remedy: 'Give an endpoint: talos.ClusterEndpoint.virtualIp(address), or talos.ClusterEndpoint.host(name).',
  },
  'endpoint-is-worker': {
    rule: 'A worker does not serve the Kubernetes API, and this is its address.',
    remedy: 'Give the worker or the endpoint another address.',
  },
  'adopt-without-endpoint': {
    rule: 'An adopted cluster has an endpoint already, and the machines of the program are new ones that join it.',
    remedy: 'Give the endpoint of the cluster, by virtualIp or host.',
  },
  'adopt-by-terraform': {
    rule: 'With upgrades by Terraform, the provider bootstraps the first machine if it has not joined yet, and there would be two clusters with the same secrets.',
    remedy: 'Leave upgrades out for a cluster that is taken over.',
  },
  'subnet-overlap': {
    rule: 'Pods have 10.244.0.0/16 and services 10.96.0.0/12 where nothing else is said, and the subnet of the nodes lies in one of them.',
    remedy: 'Choose other ones by ConfigPatch.clusterSubnets, then acknowledge this code; or choose another subnet.',
  },
  'subnet-form': {
    rule: 'A subnet is the address of an IPv4 network with a prefix length from 8 to 30.',
    remedy: 'Write it as 192.168.1.0/24.',
  },
  'talos-name-server': {
    rule: 'A name server is an IPv4 or IPv6 address.',
    remedy: 'Write the address, such as 192.168.1.1, not a name.',
  },
  'node-address-form': {
    rule: 'Nodes, gateway and virtual address have IPv4 addresses without a prefix length; that of the subnet holds for all.',
    remedy: 'Write it as 192.168.1.11.',
  },
  'node-address-outside-subnet': {
    rule: 'An address is one that a host in the subnet of the cluster can have.',
    remedy: 'Choose another address, or correct network.subnet.',
  },
  'node-address-twice': {
    rule: 'An address has one holder.',
    remedy: 'Give each node, the gateway and the virtual address one of its own.',
  },
  'node-address-of-another-cluster': {
    rule: 'Two clusters of the program have the same address in the same subnet. Where that is one network, the configuration of one reaches a machine of the other.',
    remedy: 'Choose another address; or acknowledge this code where the networks are apart.',
  },
  'control-plane-count': {
    rule: 'A control plane has 1, 3 or 5 nodes: etcd decides by majority, so an even number survives no more failures than one node less.',
    remedy: 'Take one node more or less: 3 survive the loss of one, 5 of two. To take one of three out, put another in its place, or go to one.',
    see: 'https://etcd.io/docs/latest/faq/#why-an-odd-number-of-cluster-members',
  },
  'pool-empty': {
    rule: 'A pool has at least one node.',
    remedy: 'Give it an address or a count of 1 to 250, or leave the pool out.',
  },
  'pool-addresses-and-count': {
    rule: 'A pool has as many nodes as addresses.',
    remedy: 'Leave count out.',
  },
  'pool-twice': {
    rule: 'The id of a pool is its own within the cluster, whose parts have ids too: ControlPlane, Bootstrap, Kubeconfig and others.',
    remedy: 'Choose another id, such as workers.',
  },
  'node-pool-name': {
    rule: 'The id of a pool is part of the names of its nodes, which are DNS labels of at most 63 characters.',
    remedy: 'Choose a shorter id, such as gpu, or a shorter clusterName.',
  },
  'dhcp-needs-agent': {
    rule: 'Where an address comes by DHCP, only the guest agent tells Terraform which one it is.',
    remedy: 'Give the image a schematic with SystemExtension.QEMU_GUEST_AGENT, or give the nodes fixed addresses.',
  },
  'pool-without-network': {
    rule: 'A node needs a network device; the first one has the address by which Talos is reached.',
    remedy: 'Leave networkDevices out, or give at least one.',
  },
  'removed-node-name': {
    rule: 'Nodes whose addresses come by DHCP are known by their names, which end with a number.',
    remedy: 'Write the name of the machine, such as k8s-control-plane-3.',
  },
  'removed-node-still-there': {
    rule: 'What stands in removedControlPlaneNodes is no node of the program any more.',
    remedy: 'Take it out of controlPlane, or out of removedControlPlaneNodes.',
  },
  'image-of-another-cluster': {
    rule: 'All machines of a Talos cluster are on one Proxmox VE, that of its image.',
    remedy: 'Give an image on the same ProxmoxVe.',
  },
  'talos-images-too-far-apart': {
    rule: 'The nodes of a cluster run one release of Talos, or neighbouring ones while they are upgraded.',
    remedy: 'Choose images whose releases are of the same or of neighbouring minors.',
    see: SUPPORT,
  },
  'contract-newer-than-image': {
    rule: 'A machine configuration is written for the release of Talos that first reads it, or an older one.',
    remedy: 'Choose the contract of the image or an older one. An existing cluster keeps the contract with which it was made.',
    see: SUPPORT,
  },
  'nvidia-without-gpu': {
    rule: 'A node whose image has NVIDIA extensions waits at boot for a GPU, for ever.',
    remedy: 'Give the pool its gpus, or an image without these extensions: one schematic for each kind of pool.',
    see: 'https://docs.siderolabs.com/talos/latest/configure-your-talos-cluster/hardware-and-drivers/nvidia-gpu',
  },
  'talos-vgpu': {
    rule: 'A virtual GPU of NVIDIA needs its licensed guest driver, for which Talos has no extension.',
    remedy: 'Pass a whole card through: leave mdev out.',
  },
  'nvidia-in-kubernetes': {
    rule: 'The driver is in the image; a pod gets a card from something that runs in Kubernetes.',
    remedy: 'Install what the contract asks for.',
  },
  'gpu-driver-unknown': {
    rule: 'Talos loads drivers only from extensions of its image, and the schematic of this pool has none for any GPU.',
    remedy: 'Give the pool an image whose schematic has the driver; or say the vendor of the card.',
  },
  'gpu-without-driver': {
    rule: 'Talos loads drivers only from extensions of its image, and the schematic of this pool has none for its GPU.',
    remedy: 'Give the pool an image whose schematic has the driver, such as talos.NvidiaDriver.OPEN_LTS.',
    see: 'https://docs.siderolabs.com/talos/latest/configure-your-talos-cluster/hardware-and-drivers/nvidia-gpu',
  },
});
