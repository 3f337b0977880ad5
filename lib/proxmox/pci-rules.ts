import { ruleTable } from '../core';

const PASSTHROUGH = 'https://pve.proxmox.com/wiki/PCI_Passthrough';
const QM_PCI = 'https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_pci_passthrough';
const MAPPING = 'https://pve.proxmox.com/pve-docs/chapter-qm.html#resource_mapping';

/**
 * Rules of devices of a node that are passed through to a machine.
 * @internal
 */
export const pciRules = ruleTable({
  'pci-address-form': {
    rule: 'The address of a PCI device is two digits of bus and two of device, hexadecimal, with the domain before and the function behind where they are needed: 01:00, 0000:01:00 or 0000:01:00.1.',
    remedy: 'Write it as lspci shows it on the node; several functions of one device are joined by semicolons.',
    see: QM_PCI,
  },
  'pci-mapping-name': {
    rule: 'A mapping has a name of at least two letters, digits, `-` and `_`, beginning with a letter.',
    remedy: 'Write the name shown under Datacenter, Resource Mappings, such as rtx4000.',
    see: MAPPING,
  },
  'mdev-type-form': {
    rule: 'A type of mediated device has no slash, dot or colon and no white space, such as nvidia-63 or i915-GVTg_V5_4.',
    remedy: 'Write the type as `pvesh get /nodes/NODE/hardware/pci/ADDRESS/mdev` shows it.',
    see: 'https://pve.proxmox.com/wiki/NVIDIA_vGPU_on_Proxmox_VE',
  },
  'rom-file-form': {
    rule: 'A ROM is named by a file in /usr/share/kvm of the node, without a folder, comma or semicolon.',
    remedy: 'Write the name of the file alone, such as rtx4000.bin.',
    see: PASSTHROUGH,
  },
  'pci-address-needs-root': {
    rule: 'Proxmox VE lets only root@pam, logged in with its password, pass through a device by its address; no API token may, not even one of root.',
    remedy: 'Name the device by a mapping (PciDevice.fromMapping, gpu.PciMapping), or give ProxmoxVe the credentials Credentials.userPassword(\'root@pam\', …).',
    see: QM_PCI,
  },
  'rom-file-needs-root': {
    rule: 'Proxmox VE lets only root@pam, logged in with its password, name a ROM file; no API token may, not even one of root.',
    remedy: 'Leave romFile out, or give ProxmoxVe the credentials Credentials.userPassword(\'root@pam\', …).',
    see: QM_PCI,
  },
  'pci-device-count': {
    rule: 'A machine has at most 16 passed-through devices.',
    remedy: 'Spread them over several machines.',
    see: QM_PCI,
  },
  'pci-device-twice': {
    rule: 'A machine gets a device once.',
    remedy: 'Leave the second one out; an address without a function has all functions already.',
    see: QM_PCI,
  },
  'pci-device-shared': {
    rule: 'A device belongs to one machine at a time, and a second one that wants it does not start.',
    remedy: 'Give one of the two another device, or set started: false and startOnBoot: false on all but one.',
    see: QM_PCI,
  },
  'pci-mapping-exhausted': {
    rule: 'A machine needs a device of its own, and there are not as many of them on the node as machines that can run at once.',
    remedy: 'Map more devices, put machines on other nodes, or set started: false and startOnBoot: false on those that take turns.',
    see: MAPPING,
  },
  'pci-mapping-without-node': {
    rule: 'A machine with a mapped device starts only on a node for which the mapping has a device.',
    remedy: 'Add a device of this node to the mapping, or choose a node that has one.',
    see: MAPPING,
  },
  'pci-mapping-of-another-cluster': {
    rule: 'A mapping is known to the cluster that has it.',
    remedy: 'Use a mapping of the cluster of the machine.',
  },
  'pci-mapping-claimed-twice': {
    rule: 'A name is given to one PCI mapping of a cluster.',
    remedy: 'Give one of the two another mappingName, or use one mapping for both.',
  },
  'pcie-without-q35': {
    rule: 'Only the chipset q35 has PCI Express.',
    remedy: 'Leave pcie out, or clone a template with MachineType.Q35: a clone has the chipset of its template.',
    see: QM_PCI,
  },
  'ballooning-with-pci-device': {
    rule: 'A passed-through device reaches all memory of its machine, so all of it is taken from the node and none can be given back.',
    remedy: 'Leave minimumMemory out.',
    see: PASSTHROUGH,
  },
  'mdev-without-function': {
    rule: 'A mediated device comes from one function of a device, and an address without a function means all of them.',
    remedy: 'Write the address with its function, such as 0000:01:00.0.',
    see: QM_PCI,
  },
  'mdev-without-mediated-mapping': {
    rule: 'A mediated device comes only from a mapping that is marked for mediated devices.',
    remedy: 'Set mediatedDevices: true on the mapping, or leave the type of mediated device out.',
    see: MAPPING,
  },
  'pci-function-alone': {
    rule: 'Function 0 of a device is passed through alone; where its other functions share its IOMMU group, such as the sound of a graphics card, the machine does not start or has half of a device.',
    remedy: 'Write the address without .0 for the whole device, or say singleFunction: true.',
    see: PASSTHROUGH,
  },
  'pci-host-checklist': {
    rule: [
      'Machines with passed-through devices need a node that is prepared, which no API can do:',
      'VT-d or AMD-Vi and Above 4G Decoding on in the firmware; the IOMMU on (`intel_iommu=on` for Intel before kernel 6.8), `iommu=pt` for speed;',
      'the modules vfio, vfio_iommu_type1 and vfio_pci; the driver of the node kept off the device (blacklist, or vfio-pci ids=);',
      'an IOMMU group without devices of others; a display of its own for the node, if it shall keep one; as much free memory as the machine has.',
    ].join(' '),
    remedy: 'Look with `pvesh get /nodes/NODE/hardware/pci --pci-class-blacklist ""` whether every device has an IOMMU group; lib/gpu/README.md of this package has the list with commands.',
    see: PASSTHROUGH,
  },
  'acknowledged-context': {
    rule: 'The context proxmox-constructs:acknowledged is a list of codes of warnings and notes that are known and no longer shown.',
    remedy: 'Write it as a list of texts in cdktf.json, or as one text with commas between.',
    see: 'https://developer.hashicorp.com/terraform/cdktf/create-and-deploy/configuration-file',
  },
});
