import { CloudImageTemplate, CpuType, EfiType, GoldenImage, OsType, PciDevice, Problems, ProvisioningProfile, Size, VgaType } from '../../lib';
import { GpuDevice, GpuPassthroughVm, PciMapping } from '../../lib/gpu';
import { GUEST, UBUNTU, existing, ubuntuBase } from '../support/fixtures';
import { synthesize } from '../support/synth';
import { Mistake, ml, nic, rendered, ROOT, rtx, Severity, web } from './mistake';

/** Mistakes that are shown and go on, and those that cannot be made. */
export const SHOWN_OR_SOLVED: readonly Mistake[] = [
  {
    row: 2,
    severity: Severity.SOLVED,
    code: 'a machine with OVMF always has its EFI disk',
    program: (stack) => ml(stack) && rendered(stack, 'Ml').efi_disk,
    expected: [{ datastore_id: 'tank', pre_enrolled_keys: false, type: '4m' }],
  },
  {
    row: 3,
    severity: Severity.SOLVED,
    code: 'the EFI disk has always the size of that of the template',
    program: (stack) => ml(stack, {}, { efiType: EfiType.EFI_2M }) && rendered(stack, 'Ml').efi_disk,
    expected: [{ datastore_id: 'tank', pre_enrolled_keys: false, type: '2m' }],
  },
  {
    row: 5,
    severity: Severity.SOLVED,
    code: 'a device has a mapping or an address, and only a factory makes one',
    cluster: ROOT,
    program: (stack) => {
      // @ts-expect-error the constructor is private
      const neither = () => new PciDevice({}, new Problems('x'), 'rtx4000', undefined, '0000:01:00');
      web(stack, { pciDevices: [PciDevice.fromMapping('nic'), PciDevice.fromAddress('02:00')] });
      return [typeof neither, ...rendered(stack, 'Web').hostpci.map(({ id, mapping: name }: any) => [id, name])];
    },
    expected: ['function', [undefined, 'nic'], ['0000:02:00', undefined]],
  },
  {
    row: 6,
    severity: Severity.SOLVED,
    code: 'rombar is always written',
    program: (stack) => web(stack, { pciDevices: [...nic(), ...nic({ romBar: false })] }) && rendered(stack, 'Web').hostpci.map(({ rombar }: any) => rombar),
    expected: [true, false],
  },
  {
    row: 7,
    severity: Severity.SOLVED,
    code: 'slots are numbered by the order in the program',
    program: (stack) => ml(stack, { pciDevices: nic() }) && rendered(stack, 'Ml').hostpci.map(({ device, mapping: name }: any) => [device, name]),
    expected: [['hostpci0', 'rtx4000'], ['hostpci1', 'nic']],
  },
  {
    row: 8,
    severity: Severity.WARNING,
    code: 'pci-function-alone',
    cluster: ROOT,
    program: (stack) => web(stack, { pciDevices: [PciDevice.fromAddress('01:00.0')] }),
    expected: `[pci-function-alone] pciDevices[0], got: "0000:01:00.0"
  Function 0 of a device is passed through alone; where its other functions share its IOMMU group, such as the sound of a graphics card, the machine does not start or has half of a device.
  Remedy: Write the address without .0 for the whole device, or say singleFunction: true.`,
  },
  {
    row: 8,
    severity: Severity.SOLVED,
    code: 'a card has all its functions, unless somebody wants less',
    cluster: ROOT,
    program: (stack) => ml(stack, { gpus: [GpuDevice.fromAddress('01:00.0')] }) && rendered(stack, 'Ml').hostpci.map(({ id }: any) => id),
    expected: ['0000:01:00'],
  },
  {
    row: 9,
    severity: Severity.SOLVED,
    code: 'domain and lower case are added',
    program: () => ['0A:00', '0000:AF:1f.3', '10000:01:00'].map((address) => PciDevice.fromAddress(address).address),
    expected: ['0000:0a:00', '0000:af:1f.3', '10000:01:00'],
  },
  {
    row: 10,
    severity: Severity.WARNING,
    code: 'pci-mapping-incomplete',
    program: (stack) => new PciMapping(stack, 'Cards', { devices: [{ path: '01:00', deviceId: '10de:2684' }] }),
    expected: `[pci-mapping-incomplete] devices[0], got: "0000:01:00 of pve without subsystemId and iommuGroup"
  Proxmox VE compares a mapped device with its subsystem id and IOMMU group whenever a machine starts, and does not start it where the device has one and the mapping does not say it.
  Remedy: Give subsystemId and iommuGroup as \`pvesh get /nodes/NODE/hardware/pci\` shows them, or set readFromNodes: true; where the device has none, acknowledge this warning.`,
  },
  {
    row: 16,
    severity: Severity.SOLVED,
    code: 'nothing of the memory is given back',
    program: (stack) => ml(stack) && rendered(stack, 'Ml').memory,
    expected: [{ dedicated: 2048, floating: 0 }],
  },
  {
    row: 17,
    severity: Severity.WARNING,
    code: 'gpu-cpu-addresses',
    program: (stack) => ml(stack, { cpuType: CpuType.X86_64_V3 }),
    expected: `[gpu-cpu-addresses] cpuType, got: x86-64-v3
  The CPU models x86-64-v2 to x86-64-v4 have no pages of 1 GiB, so that the firmware addresses 40 bits only; a card with much memory may then have none for the driver (BAR0 is 0M).
  Remedy: Leave cpuType out for CpuType.HOST, which a machine with a passed-through card loses nothing by: it does not move while it runs.`,
  },
  {
    row: 17,
    severity: Severity.SOLVED,
    code: 'the CPU is that of the host',
    program: (stack) => ml(stack) && rendered(stack, 'Ml').cpu[0].type,
    expected: 'host',
  },
  {
    row: 18,
    severity: Severity.SOLVED,
    code: 'nothing makes a machine move to another node',
    program: (stack) => {
      // @ts-expect-error there is no such property
      ml(stack, { migrate: true });
      return 'migrate' in rendered(stack, 'Ml');
    },
    expected: false,
  },
  {
    row: 19,
    severity: Severity.WARNING,
    code: 'primary-gpu-without-serial',
    program: (stack) => ml(stack, { gpus: rtx({ primaryGpu: true }), serialConsole: false }),
    expected: `[primary-gpu-without-serial] gpus[0].primaryGpu, got: true
  A machine whose display is a passed-through card shows nothing in the web console, and without a serial console it starts blind where no monitor is connected.
  Remedy: Leave serialConsole out, or leave primaryGpu out where the card is for computing.`,
  },
  {
    row: 19,
    severity: Severity.SOLVED,
    code: 'a machine whose display is the card keeps a serial console',
    program: (stack) => ml(stack, { gpus: rtx({ primaryGpu: true }) }, { serialConsole: false }) && [rendered(stack, 'Ml').vga, rendered(stack, 'Ml').serial_device],
    expected: [[{ type: 'none' }], [{ device: 'socket' }]],
  },
  {
    row: 20,
    severity: Severity.WARNING,
    code: 'gpu-without-console',
    program: (stack) => ml(stack, { vga: VgaType.NONE, serialConsole: false }),
    expected: `[gpu-without-console] vga, got: "none"
  A machine without a display and without a serial console has no console at all.
  Remedy: Leave vga or serialConsole out.`,
  },
  {
    row: 23,
    severity: Severity.SOLVED,
    code: 'a cloud-init drive on ide1 or ide3 is no mistake: Proxmox VE of today starts it with q35',
    program: (stack) => ml(stack, {}, { cloudInitSlot: 'ide3' }) && rendered(stack, 'Ml').initialization[0].interface,
    expected: 'ide3',
  },
  {
    row: 24,
    severity: Severity.SOLVED,
    code: 'the cloud-init drive goes where no disk is',
    program: (stack) => {
      ml(stack, { disks: [{ size: Size.gibibytes(8) }, { size: Size.gibibytes(8), backup: true }] }, { cloudInitSlot: 'scsi1' });
      return rendered(stack, 'Ml').initialization[0].interface;
    },
    expected: 'scsi2',
  },
  {
    row: 25,
    severity: Severity.SOLVED,
    code: 'a template has no devices, so that its clones inherit none',
    program: (stack) => {
      // @ts-expect-error there is no such property
      const baseTemplate = new CloudImageTemplate(stack, 'Base', { operatingSystem: UBUNTU, vmId: 9100, pciDevices: nic() });
      // @ts-expect-error there is no such property
      new GoldenImage(stack, 'Image', { baseTemplate, vmId: 9101, profile: ProvisioningProfile.minimal(), pciDevices: nic() });
      return 'hostpci' in rendered(stack, 'Base');
    },
    expected: false,
  },
  {
    row: 26,
    severity: Severity.SOLVED,
    code: 'of what only root may, there is nothing else',
    program: (stack) => {
      // @ts-expect-error there is no such property
      ml(stack, { affinity: '0-3', hugepages: '2', kvmArguments: '-x', hookScript: 'local:snippets/x', amdSev: {} });
      return Object.keys(rendered(stack, 'Ml')).filter((name) => /affinity|hugepages|kvm|hook|sev/.test(name));
    },
    expected: [],
  },
  {
    row: 27,
    severity: Severity.SOLVED,
    code: 'a machine with a GPU always has a serial console, unless it is one of Windows',
    program: (stack) => {
      ml(stack, {}, { serialConsole: false });
      const windows = existing(stack, { serialConsole: false, guest: { ...GUEST, osType: OsType.WINDOWS_11 } }, 'Windows');
      new GpuPassthroughVm(stack, 'Game', { template: windows, gpus: rtx() });
      return [rendered(stack, 'Ml').serial_device, rendered(stack, 'Game').serial_device];
    },
    expected: [[{ device: 'socket' }], undefined],
  },
  {
    row: 29,
    severity: Severity.SOLVED,
    code: 'nobody waits long for an agent',
    program: (stack) => ml(stack) && rendered(stack, 'Ml').agent,
    expected: [{ enabled: true, timeout: '3m', trim: true }],
  },
  {
    row: 30,
    severity: Severity.SOLVED,
    code: 'a template is never started',
    program: (stack) => {
      // @ts-expect-error there is no such property
      new CloudImageTemplate(stack, 'Base', { operatingSystem: UBUNTU, vmId: 9100, started: true });
      const { started, on_boot: onBoot, template } = rendered(stack, 'Base');
      return { started, onBoot, template };
    },
    expected: { started: false, onBoot: false, template: true },
  },
  {
    row: 31,
    severity: Severity.NOTE,
    code: 'protection-stops-destroy',
    program: (stack) => ml(stack, { protection: true }),
    expected: `[protection-stops-destroy] protection, got: true
  Proxmox VE refuses to delete a protected machine, so \`destroy\` and a change that replaces the machine end with an error.
  Remedy: Nothing needs to be done; set protection: false and apply before you destroy the machine.`,
  },
  {
    row: 32,
    severity: Severity.WARNING,
    code: 'gpu-of-node-display',
    cluster: ROOT,
    program: (stack) => ml(stack, { gpus: [GpuDevice.fromAddress('00:02.0')] }),
    expected: `[gpu-of-node-display] gpus[0], got: "0000:00:02.0"
  The graphics of the board (00:02.0) is mostly the display of the node: its console goes dark when the machine starts, or the driver does not let go and the machine does not start.
  Remedy: See that the node has another display or none is needed (video=efifb:off, or a driver blacklist), and that you reach it by SSH.`,
  },
  {
    row: 32,
    severity: Severity.NOTE,
    code: 'pci-host-checklist',
    program: (stack) => ml(stack),
    expected: `[pci-host-checklist] gpus[0]
  Machines with passed-through devices need a node that is prepared, which no API can do: VT-d or AMD-Vi and Above 4G Decoding on in the firmware; the IOMMU on (\`intel_iommu=on\` for Intel before kernel 6.8), \`iommu=pt\` for speed; the modules vfio, vfio_iommu_type1 and vfio_pci; the driver of the node kept off the device (blacklist, or vfio-pci ids=); an IOMMU group without devices of others; a display of its own for the node, if it shall keep one; as much free memory as the machine has.
  Remedy: Look with \`pvesh get /nodes/NODE/hardware/pci --pci-class-blacklist ""\` whether every device has an IOMMU group; lib/gpu/README.md of this package has the list with commands.`,
  },
  {
    row: 33,
    severity: Severity.SOLVED,
    code: 'destroy does not wait for a guest that does not listen',
    program: (stack) => ml(stack) && rendered(stack, 'Ml').stop_on_destroy,
    expected: true,
  },
  {
    row: 34,
    severity: Severity.NOTE,
    code: 'gpu-data-disk-backup',
    program: (stack) => ml(stack, { disks: [{ size: Size.gibibytes(8) }, { size: Size.gibibytes(500) }] }),
    expected: `[gpu-data-disk-backup] disks[1].backup, got: "nothing, for 500 GiB"
  A second disk of a machine with a GPU mostly holds models or data that are found elsewhere, and it is in every backup.
  Remedy: Say backup: false on the disk, or backup: true.`,
  },
  {
    row: 38,
    severity: Severity.SOLVED,
    code: 'memory is not plugged in while a machine runs',
    program: (stack) => {
      // @ts-expect-error there is no such property
      ml(stack, { hotplug: 'memory' });
      return 'hotplug' in rendered(stack, 'Ml');
    },
    expected: false,
  },
  {
    row: 39,
    severity: Severity.SOLVED,
    code: 'tags are as Proxmox VE keeps them',
    program: (stack) => ml(stack, { tags: ['Prod', 'cuda', 'prod'] }) && rendered(stack, 'Ml').tags,
    expected: ['cuda', 'homelab_ml', 'prod'],
  },
  {
    row: 40,
    severity: Severity.SOLVED,
    code: 'a download is made once',
    program: (stack) => {
      ubuntuBase(stack);
      const [download]: any[] = Object.values(synthesize(stack).terraform.resource.proxmox_download_file);
      return [download.overwrite, 'decompression_algorithm' in download];
    },
    expected: [false, false],
  },
];
