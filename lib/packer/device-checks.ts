import { containsTerraformToken, DiskBus, MachineType, NetworkModel, Problems, ScsiController, Size, VgaType } from '../core';
import { deviceRules as rules } from './device-rules';
import { fits } from './plugin-text';
import { NetworkAdapter, PciDeviceConfig, RngConfig, SourceDisk, VgaConfig } from './proxmox-devices';
import { checkStorage } from './storage-check';

const SMALLEST_DISK = Size.kibibytes(4097);
const MAX_ADAPTERS = 32;
const MAX_PCI_DEVICES = 16;

/** Notes what is wrong with network cards. */
export function checkAdapters(problems: Problems, adapters: NetworkAdapter[]): void {
  problems.check(adapters.length <= MAX_ADAPTERS, rules['packer-too-many-adapters'], { property: 'networkAdapters', received: adapters.length });
  adapters.forEach((adapter, i) => {
    const at = (name: string) => `networkAdapters[${i}].${name}`;
    problems
      .check(adapter.bridge !== '', rules['packer-bridge-missing'], { property: at('bridge'), received: adapter.bridge })
      .check(
        adapter.packetQueues === undefined || (adapter.model === NetworkModel.VIRTIO && isWhole(adapter.packetQueues, 1, 64)),
        rules['packer-packet-queues'],
        { property: at('packetQueues'), received: adapter.packetQueues },
      )
      .check(
        fits(adapter.macAddress, /^(repeatable|[0-9a-f][02468ace](:[0-9a-f]{2}){5})$/i),
        rules['packer-mac-address'],
        { property: at('macAddress'), received: adapter.macAddress },
      )
      .check(adapter.mtu === undefined || isWhole(adapter.mtu, 1, 65520), rules['packer-mtu'], { property: at('mtu'), received: adapter.mtu })
      .check(
        adapter.vlanTag === undefined || isWhole(adapter.vlanTag, 1, 4094),
        rules['packer-vlan-tag'],
        { property: at('vlanTag'), received: adapter.vlanTag },
      );
  });
}

/** Notes what is wrong with disks. */
export function checkDisks(problems: Problems, disks: SourceDisk[], controller: ScsiController | undefined): void {
  disks.forEach((disk, i) => {
    const at = (name: string) => `disks[${i}].${name}`;
    const bus = disk.type ?? DiskBus.SCSI;
    checkStorage(problems, at('storagePool'), disk.storagePool);
    problems
      .check(disk.size === undefined || !disk.size.isSmallerThan(SMALLEST_DISK), rules['packer-disk-size'], { property: at('size'), received: disk.size })
      .check(
        disk.ioThread !== true || (controller === ScsiController.VIRTIO_SCSI_SINGLE && [DiskBus.SCSI, DiskBus.VIRTIO].includes(bus)),
        rules['packer-io-thread'],
        { property: at('ioThread'), received: true },
      )
      .check(disk.ssd !== true || bus !== DiskBus.VIRTIO, rules['packer-ssd-on-virtio'], { property: at('ssd'), received: true });
  });
}

/** Notes what is wrong with the random number generator. */
export function checkRng(problems: Problems, rng: RngConfig | undefined): void {
  for (const [property, value] of [['rng.maxBytes', rng?.maxBytes], ['rng.period', rng?.period]] as const) {
    problems.check(value === undefined || isWhole(value, 1, Number.MAX_SAFE_INTEGER), rules['packer-rng-limit'], { property, received: value });
  }
}

/** Notes what is wrong with the display. */
export function checkVga(problems: Problems, vga: VgaConfig | undefined): void {
  problems.check(
    vga?.memory === undefined || isWhole(vga.memory.toMebibytes(), 4, 512),
    rules['packer-vga-memory'],
    { property: 'vga.memory', received: vga?.memory },
  );
}

/** Notes what is wrong with PCI devices of the node. */
export function checkPciDevices(problems: Problems, devices: PciDeviceConfig[], machine: MachineType | undefined, vga: VgaConfig | undefined): void {
  problems.check(devices.length <= MAX_PCI_DEVICES, rules['packer-too-many-pci-devices'], { property: 'pciDevices', received: devices.length });
  const isQ35 = machine?.isQ35 === true;
  devices.forEach((device, i) => {
    const at = (name: string) => `pciDevices[${i}].${name}`;
    problems
      .check((device.host === undefined) !== (device.mapping === undefined) && device.mapping !== '', rules['packer-pci-host-or-mapping'], {
        property: at('mapping'), received: device.mapping,
      })
      .check(
        fits(device.host, /^([0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-9a-f]$/i),
        rules['packer-pci-host'],
        { property: at('host'), received: device.host },
      )
      .check(device.pcie !== true || isQ35, rules['packer-pcie-without-q35'], { property: at('pcie'), received: machine?.name })
      .check(
        device.legacyIgd !== true || (machine !== undefined && !isQ35 && vga?.type === VgaType.NONE),
        rules['packer-legacy-igd'],
        { property: at('legacyIgd'), received: true },
      );
    for (const name of ['deviceId', 'vendorId', 'subDeviceId', 'subVendorId'] as const) {
      const id = device[name];
      problems.check(fits(id, /^0x[0-9a-f]{4}$/i), rules['packer-pci-id'], { property: at(name), received: id });
    }
  });
}

/** Whether a number is whole and within bounds; or a reference of Terraform, which is refused where the document is made. */
export function isWhole(value: number, least: number, most: number): boolean {
  return containsTerraformToken(value) || (Number.isInteger(value) && value >= least && value <= most);
}
