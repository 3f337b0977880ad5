import { ruleTable } from '../core';

const PASSTHROUGH = 'https://pve.proxmox.com/wiki/PCI_Passthrough';
const MAPPING = 'https://pve.proxmox.com/pve-docs/chapter-qm.html#resource_mapping';
const MAPPING_RESOURCE = 'https://registry.terraform.io/providers/bpg/proxmox/latest/docs/resources/hardware_mapping_pci';

/**
 * Rules of graphics cards, of the mappings that name them, and of the machines that have them.
 * @internal
 */
export const gpuRules = ruleTable({
  'gpu-architecture-form': {
    rule: 'An architecture has a vendor and a name.',
    remedy: 'Write for example GpuArchitecture.BLACKWELL or GpuArchitecture.of(GpuVendor.AMD, \'RDNA 3\').',
  },
  'gpu-vendor-differs': {
    rule: 'A card has one vendor.',
    remedy: 'Leave vendor out, or correct the ids of the mapping or the architecture.',
  },
  'gpu-functions-of-mapping': {
    rule: 'Which functions of a mapped card a machine gets is said by the mapping.',
    remedy: 'Leave functions out; map the card with singleFunction: true for its graphics alone.',
    see: MAPPING,
  },
  'gpu-functions-of-function': {
    rule: 'A virtual GPU and a single function of a card have no functions to choose from.',
    remedy: 'Leave functions out, or write the address of the card without its function.',
    see: PASSTHROUGH,
  },
  'gpu-missing': {
    rule: 'A GpuPassthroughVm has a GPU.',
    remedy: 'Give gpus at least one device, or create a VirtualMachine.',
  },
  'gpu-without-q35': {
    rule: 'A GPU is passed through on the PCI Express bus of the chipset q35, and a clone has the chipset of its template.',
    remedy: 'Clone a template with MachineType.Q35. An old system that needs another one is a VirtualMachine with pciDevices.',
    see: PASSTHROUGH,
  },
  'gpu-without-ovmf': {
    rule: 'A GPU is passed through under UEFI, and a clone has the firmware of its template: its system does not start under another.',
    remedy: 'Clone a template with Bios.OVMF. An old system that needs SeaBIOS is a VirtualMachine with pciDevices.',
    see: PASSTHROUGH,
  },
  'gpu-efi-type': {
    rule: 'A template with UEFI says how large its EFI variable store is; where nothing is said, the provider takes 2m and fails on a template with 4m.',
    remedy: 'Let the hardware of the template say efiType: EfiType.EFI_4M, or what it has.',
    see: 'https://registry.terraform.io/providers/bpg/proxmox/latest/docs/resources/virtual_environment_vm',
  },
  'gpu-cpu-type': {
    rule: 'A CPU older than x86-64-v2 (qemu64, kvm64 and the like) has not what drivers need, and addresses too little for the memory of a card.',
    remedy: 'Leave cpuType out for CpuType.HOST.',
    see: 'https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_cpu',
  },
  'gpu-cpu-addresses': {
    rule: 'The CPU models x86-64-v2 to x86-64-v4 have no pages of 1 GiB, so that the firmware addresses 40 bits only; a card with much memory may then have none for the driver (BAR0 is 0M).',
    remedy: 'Leave cpuType out for CpuType.HOST, which a machine with a passed-through card loses nothing by: it does not move while it runs.',
    see: 'https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_cpu',
  },
  'gpu-secure-boot': {
    rule: 'The firmware of this machine has the keys of Secure Boot, so that its kernel refuses modules that nobody it knows has signed: those of NVIDIA that are compiled in the guest (DKMS) do not load, and no GPU is found.',
    remedy: 'Clone a template without these keys (secureBoot, preEnrolledKeys); say the vendor of a card that is not of NVIDIA; where the modules are signed, as those that Ubuntu ships, acknowledge this warning.',
    see: 'https://pve.proxmox.com/wiki/Secure_Boot_Setup',
  },
  'primary-gpu-without-serial': {
    rule: 'A machine whose display is a passed-through card shows nothing in the web console, and without a serial console it starts blind where no monitor is connected.',
    remedy: 'Leave serialConsole out, or leave primaryGpu out where the card is for computing.',
    see: PASSTHROUGH,
  },
  'gpu-without-console': {
    rule: 'A machine without a display and without a serial console has no console at all.',
    remedy: 'Leave vga or serialConsole out.',
    see: 'https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_display',
  },
  'gpu-of-node-display': {
    rule: 'The graphics of the board (00:02.0) is mostly the display of the node: its console goes dark when the machine starts, or the driver does not let go and the machine does not start.',
    remedy: 'See that the node has another display or none is needed (video=efifb:off, or a driver blacklist), and that you reach it by SSH.',
    see: PASSTHROUGH,
  },
  'gpu-data-disk-backup': {
    rule: 'A second disk of a machine with a GPU mostly holds models or data that are found elsewhere, and it is in every backup.',
    remedy: 'Say backup: false on the disk, or backup: true.',
    see: 'https://pve.proxmox.com/pve-docs/chapter-vzdump.html',
  },
  'pci-mapping-empty': {
    rule: 'A mapping has at least one device.',
    remedy: 'List the devices with node, path and deviceId.',
    see: MAPPING,
  },
  'pci-mapping-device-twice': {
    rule: 'A mapping names a device once.',
    remedy: 'Leave one of the two out.',
    see: MAPPING,
  },
  'pci-mapping-devices-differ': {
    rule: 'A machine is given any device of a mapping that is free on its node, so that its drivers have to know all of them.',
    remedy: 'Make a mapping for each model, or at least for each vendor; where any of them will do, acknowledge this warning.',
    see: MAPPING,
  },
  'pci-mapping-several-functions': {
    rule: 'An entry of a mapping is one device or one function: the provider takes no list.',
    remedy: 'Write the path without a function for all of them.',
    see: MAPPING_RESOURCE,
  },
  'pci-id-form': {
    rule: 'PCI ids are two times four hexadecimal digits, such as 10de:2684.',
    remedy: 'Write them as `lspci -nn` shows them on the node: [10de:2684] for the device, of function 0; Subsystem [1043:88e2] with -v.',
    see: MAPPING_RESOURCE,
  },
  'pci-iommu-group': {
    rule: 'An IOMMU group is a whole number, 0 or more.',
    remedy: 'Write it as `pvesh get /nodes/NODE/hardware/pci` shows it on the node; leave it out where that is -1.',
    see: MAPPING_RESOURCE,
  },
  'pci-mapping-comment': {
    rule: 'The comment of a mapping is one line of at most 1000 characters.',
    remedy: 'Shorten it to one line.',
    see: MAPPING_RESOURCE,
  },
  'pci-mapping-devices-per-node': {
    rule: 'The number of devices that a mapping has on each node is a whole number, 1 or more.',
    remedy: 'Count the entries of the mapping for one node, or leave devicesPerNode out.',
  },
  'pci-mapping-incomplete': {
    rule: 'Proxmox VE compares a mapped device with its subsystem id and IOMMU group whenever a machine starts, and does not start it where the device has one and the mapping does not say it.',
    remedy: 'Give subsystemId and iommuGroup as `pvesh get /nodes/NODE/hardware/pci` shows them, or set readFromNodes: true; where the device has none, acknowledge this warning.',
    see: MAPPING_RESOURCE,
  },
});
