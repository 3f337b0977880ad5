import { Bios, CpuType, MachineType, PciDevice, ScsiController, Size, guestos } from '../../lib';
import { GpuDevice, PciMapping } from '../../lib/gpu';
import { GUEST, UBUNTU, existing, ubuntuBase } from '../support/fixtures';
import { CARD, mapping, Mistake, ml, nic, ROOT, rtx, Severity, web } from './mistake';

/** Mistakes that do not synthesize. */
export const REFUSED: readonly Mistake[] = [
  {
    row: 1,
    severity: Severity.ERROR,
    code: 'pcie-without-q35',
    program: (stack) => web(stack, { pciDevices: nic({ pcie: true }) }, { machine: MachineType.I440FX }),
    expected: `homelab/Web: [pcie-without-q35] pciDevices[0].pcie, got: "true with pc"
  Only the chipset q35 has PCI Express.
  Remedy: Leave pcie out, or clone a template with MachineType.Q35: a clone has the chipset of its template.`,
  },
  {
    row: 1,
    severity: Severity.ERROR,
    code: 'gpu-without-q35',
    program: (stack) => ml(stack, {}, { machine: MachineType.I440FX }),
    expected: `homelab/Ml: [gpu-without-q35] template, got: "existing with pc"
  A GPU is passed through on the PCI Express bus of the chipset q35, and a clone has the chipset of its template.
  Remedy: Clone a template with MachineType.Q35. An old system that needs another one is a VirtualMachine with pciDevices.`,
  },
  {
    row: 1,
    severity: Severity.ERROR,
    code: 'gpu-without-ovmf',
    program: (stack) => ml(stack, {}, { bios: Bios.SEABIOS }),
    expected: `homelab/Ml: [gpu-without-ovmf] template, got: "existing with seabios"
  A GPU is passed through under UEFI, and a clone has the firmware of its template: its system does not start under another.
  Remedy: Clone a template with Bios.OVMF. An old system that needs SeaBIOS is a VirtualMachine with pciDevices.`,
  },
  {
    row: 3,
    severity: Severity.ERROR,
    code: 'gpu-efi-type',
    program: (stack) => {
      const template = existing(stack);
      // A template of a user's own class.
      return ml(stack, { template: Object.create(template, { hardware: { value: { ...template.hardware, efiType: undefined } } }) });
    },
    expected: `homelab/Ml: [gpu-efi-type] template, got: "existing"
  A template with UEFI says how large its EFI variable store is; where nothing is said, the provider takes 2m and fails on a template with 4m.
  Remedy: Let the hardware of the template say efiType: EfiType.EFI_4M, or what it has.`,
  },
  {
    row: 4,
    severity: Severity.ERROR,
    code: 'pci-address-needs-root',
    program: (stack) => ml(stack, { gpus: [GpuDevice.fromAddress('01:00')] }),
    expected: `homelab/Ml: [pci-address-needs-root] gpus[0], got: "0000:01:00"
  Proxmox VE lets only root@pam, logged in with its password, pass through a device by its address; no API token may, not even one of root.
  Remedy: Name the device by a mapping (PciDevice.fromMapping, gpu.PciMapping), or give ProxmoxVe the credentials Credentials.userPassword('root@pam', …).`,
  },
  {
    row: 7,
    severity: Severity.ERROR,
    code: 'pci-device-count',
    program: (stack) => web(stack, { pciDevices: Array.from({ length: 17 }, (_, i) => PciDevice.fromMapping(`nic${i}`)) }),
    expected: `homelab/Web: [pci-device-count] pciDevices, got: 17
  A machine has at most 16 passed-through devices.
  Remedy: Spread them over several machines.`,
  },
  {
    row: 9,
    severity: Severity.ERROR,
    code: 'pci-address-form',
    program: () => GpuDevice.fromAddress('1:00'),
    expected: `GpuDevice.fromAddress: [pci-address-form] address, got: "1:00"
  The address of a PCI device is two digits of bus and two of device, hexadecimal, with the domain before and the function behind where they are needed: 01:00, 0000:01:00 or 0000:01:00.1.
  Remedy: Write it as lspci shows it on the node; several functions of one device are joined by semicolons.`,
  },
  {
    row: 11,
    severity: Severity.ERROR,
    code: 'pci-mapping-without-node',
    program: (stack) => ml(stack, { node: 'pve2', gpus: [GpuDevice.fromPciMapping(mapping(stack))] }),
    expected: `homelab/Ml: [pci-mapping-without-node] gpus[0], got: "cards"
  A machine with a mapped device starts only on a node for which the mapping has a device. The mapping cards has none on pve2, the node of homelab/Ml.
  Remedy: Add a device of this node to the mapping, or choose a node that has one.`,
  },
  {
    row: 12,
    severity: Severity.ERROR,
    code: 'pci-mapping-exhausted',
    program: (stack) => {
      const gpus = [GpuDevice.fromPciMapping(mapping(stack))];
      ml(stack, { gpus });
      return ml(stack, { gpus, startOnBoot: false }, {}, 'Other');
    },
    expected: `homelab/Other: [pci-mapping-exhausted] gpus[0], got: "cards"
  A machine needs a device of its own, and there are not as many of them on the node as machines that can run at once. On node pve, 2 are wanted and 1 there, by homelab/Ml, homelab/Other.
  Remedy: Map more devices, put machines on other nodes, or set started: false and startOnBoot: false on those that take turns.`,
  },
  {
    row: 13,
    severity: Severity.ERROR,
    code: 'pci-device-shared',
    cluster: ROOT,
    program: (stack) => {
      ml(stack, { gpus: [GpuDevice.fromAddress('01:00')] });
      return ml(stack, { gpus: [GpuDevice.fromAddress('0000:01:00.1')], started: false }, {}, 'Other');
    },
    expected: `homelab/Other: [pci-device-shared] gpus[0], got: "0000:01:00.1"
  A device belongs to one machine at a time, and a second one that wants it does not start. 0000:01:00 on node pve is claimed by homelab/Ml already.
  Remedy: Give one of the two another device, or set started: false and startOnBoot: false on all but one.`,
  },
  {
    row: 14,
    severity: Severity.ERROR,
    code: 'mdev-without-mediated-mapping',
    program: (stack) => ml(stack, { gpus: [GpuDevice.fromPciMapping(mapping(stack), { mdev: 'nvidia-63' })] }),
    expected: `homelab/Ml: [mdev-without-mediated-mapping] gpus[0], got: "cards with nvidia-63"
  A mediated device comes only from a mapping that is marked for mediated devices.
  Remedy: Set mediatedDevices: true on the mapping, or leave the type of mediated device out.`,
  },
  {
    row: 15,
    severity: Severity.ERROR,
    code: 'mdev-without-function',
    program: () => GpuDevice.fromAddress('01:00', { mdev: 'nvidia-63' }),
    expected: `GpuDevice.fromAddress: [mdev-without-function] address, got: "0000:01:00"
  A mediated device comes from one function of a device, and an address without a function means all of them.
  Remedy: Write the address with its function, such as 0000:01:00.0.`,
  },
  {
    row: 15,
    severity: Severity.ERROR,
    code: 'mdev-without-function',
    program: (stack) => new PciMapping(stack, 'Cards', { devices: [CARD], mediatedDevices: true }),
    expected: `homelab/Cards: [mdev-without-function] devices[0].path, got: "01:00"
  A mediated device comes from one function of a device, and an address without a function means all of them.
  Remedy: Write the address with its function, such as 0000:01:00.0.`,
  },
  {
    row: 16,
    severity: Severity.ERROR,
    code: 'ballooning-with-pci-device',
    program: (stack) => ml(stack, { minimumMemory: Size.gibibytes(1) }),
    expected: `homelab/Ml: [ballooning-with-pci-device] minimumMemory, got: 1 GiB
  A passed-through device reaches all memory of its machine, so all of it is taken from the node and none can be given back.
  Remedy: Leave minimumMemory out.`,
  },
  {
    row: 17,
    severity: Severity.ERROR,
    code: 'gpu-cpu-type',
    program: (stack) => ml(stack, { cpuType: CpuType.KVM64 }),
    expected: `homelab/Ml: [gpu-cpu-type] cpuType, got: kvm64
  A CPU older than x86-64-v2 (qemu64, kvm64 and the like) has not what drivers need, and addresses too little for the memory of a card.
  Remedy: Leave cpuType out for CpuType.HOST.`,
  },
  {
    row: 21,
    severity: Severity.ERROR,
    code: 'io-thread',
    program: (stack) => ml(stack, { disks: [{ size: Size.gibibytes(8), ioThread: true }] }, { scsiController: ScsiController.VIRTIO_SCSI_PCI }),
    expected: `homelab/Ml: [io-thread] disks[0].ioThread, got: "true on scsi"
  An I/O thread needs the SCSI bus with the controller virtio-scsi-single, or the VirtIO bus.
  Remedy: Leave ioThread out, or attach the disk to DiskBus.SCSI.`,
  },
  {
    row: 24,
    severity: Severity.ERROR,
    code: 'cloud-init-slot-form',
    program: (stack) => existing(stack, { cloudInitSlot: 'scsi0' }),
    expected: `homelab/Existing: [cloud-init-slot-form] cloudInitSlot, got: "scsi0"
  The cloud-init drive of a template has a slot such as scsi1, ide2 or sata0, in which no disk stands.
  Remedy: Look the slot up under Hardware of the template, or leave it out where there is no such drive.`,
  },
  {
    row: 26,
    severity: Severity.ERROR,
    code: 'rom-file-needs-root',
    program: (stack) => ml(stack, { gpus: rtx({ romFile: 'rtx.bin' }) }),
    expected: `homelab/Ml: [rom-file-needs-root] gpus[0].romFile, got: "rtx.bin"
  Proxmox VE lets only root@pam, logged in with its password, name a ROM file; no API token may, not even one of root.
  Remedy: Leave romFile out, or give ProxmoxVe the credentials Credentials.userPassword('root@pam', …).`,
  },
  {
    row: 29,
    severity: Severity.ERROR,
    code: 'agent-missing',
    program: (stack) => ml(stack, { guestAgent: true }, { guest: { ...GUEST, hasGuestAgent: false } }),
    expected: `homelab/Ml: [agent-missing] guestAgent, got: true
  The guest agent answers only where it is installed, and the provider waits for it for minutes at every plan.
  Remedy: Leave guestAgent out, or bake it into the image.`,
  },
  {
    row: 39,
    severity: Severity.ERROR,
    code: 'machine-name-form',
    program: (stack) => ml(stack, { machineName: 'ml_1' }),
    expected: `homelab/Ml: [machine-name-form] machineName, got: "ml_1"
  A machine has a DNS name: letters, digits and hyphens, in parts of at most 63 characters joined by dots; no underscore.
  Remedy: Choose a name such as web-1.`,
  },
  {
    row: 40,
    severity: Severity.ERROR,
    code: 'image-url-moving',
    program: (stack) => ubuntuBase(stack, { operatingSystem: guestos.Ubuntu.of('24.04', { ...UBUNTU.bindCloudImage(), url: 'https://images.example/latest/ubuntu.img' }) }),
    expected: `homelab/Base: [image-url-moving] operatingSystem.url, got: "https://images.example/latest/ubuntu.img"
  The address of a cloud image names a dated release: one with \`latest\` or \`current\` in it leads to another file next month, which the checksum refuses.
  Remedy: Use the address of a dated release, such as …/release-20260705/….`,
  },
];
