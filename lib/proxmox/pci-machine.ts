import { Construct } from 'constructs';
import { inSameStack } from '../assembly';
import { MachineType, Problems, Size, containsTerraformToken } from '../core';
import { informOnce, warn } from './notices';
import { PciBinding, PciDevice } from './pci-device';
import { pciRules as rules } from './pci-rules';
import type { ProxmoxVe } from './proxmox-ve';

const MOST_DEVICES = 16;

/** A machine as far as its passed-through devices need to know it. */
export interface PciMachine {
  /** The machine. */
  readonly holder: Construct;
  readonly proxmoxVe: ProxmoxVe;
  readonly node: string;
  readonly ownerTag: string;
  readonly machine: MachineType;
  readonly devices: PciDevice[];
  /** The property of a device as the user writes it. */
  readonly property: (index: number) => string;
  /** Whether it is started now. */
  readonly starts: boolean;
  /** Whether it may run: it is started, or starts with its node. */
  readonly canRun: boolean;
  readonly minimumMemory?: Size;
}

/**
 * Notes what would not work with the devices of a machine, and with the machines that have claimed devices before.
 * @internal
 */
export function claimPciDevices(machine: PciMachine, problems: Problems): PciBinding {
  const { devices, holder, node, proxmoxVe, property } = machine;
  if (devices.length === 0) return { dependsOn: [], preconditions: [] };
  problems.check(devices.length <= MOST_DEVICES, rules['pci-device-count'], { property: property(MOST_DEVICES).replace(/\[\d+\]$/, ''), received: devices.length });
  problems.check(machine.minimumMemory === undefined, rules['ballooning-with-pci-device'], { property: 'minimumMemory', received: machine.minimumMemory });
  const isRoot = proxmoxVe.credentials.user === 'root@pam';
  devices.forEach((device, i) => {
    const { address, pcie, romFile, pciMapping } = device;
    problems
      .check(address === undefined || isRoot, rules['pci-address-needs-root'], { property: property(i), received: address })
      .check(romFile === undefined || isRoot, rules['rom-file-needs-root'], { property: `${property(i)}.romFile`, received: romFile })
      .check(!pcie || machine.machine.isQ35, rules['pcie-without-q35'], { property: `${property(i)}.pcie`, received: `true with ${machine.machine}` })
      .check(pciMapping === undefined || pciMapping.proxmoxVe.endpoint === proxmoxVe.endpoint, rules['pci-mapping-of-another-cluster'], {
        property: property(i), received: pciMapping?.node.path,
      });
  });
  if (!containsTerraformToken(node)) {
    const uses = devices.map((device, i) => ({ device, property: property(i), node, holder: holder.node.path }));
    proxmoxVe.claimPciDevices(uses, machine.canRun, problems);
  }
  const user = { machine: holder, node, ownerTag: machine.ownerTag, starts: machine.starts };
  const bindings = devices.map(({ pciMapping }, i) => problems.collect(property(i), () => pciMapping?.bindPciDevice(user)));
  const preconditions = bindings.flatMap((binding) => binding?.preconditions ?? []);
  return {
    dependsOn: bindings.flatMap((binding) => binding?.dependsOn ?? []),
    // Several devices of one mapping ask for the same.
    preconditions: preconditions.filter(({ condition }, i) => preconditions.findIndex((other) => other.condition === condition) === i),
  };
}

/**
 * Addresses of mappings that the stack of a machine makes and the machine knows by their name only. Called when the stack renders: they may
 * have been made after the machine.
 * @internal
 */
export function namedMappings({ devices, proxmoxVe, holder, node, ownerTag, starts }: PciMachine): string[] {
  const names = devices.flatMap(({ mappingName, pciMapping }) => pciMapping === undefined ? mappingName ?? [] : []);
  const mappings = [...new Set(names)].flatMap((name) => proxmoxVe.pciMappingMade(name) ?? []);
  return mappings.filter((mapping) => inSameStack(mapping, holder))
    .flatMap((mapping) => mapping.bindPciDevice({ machine: holder, node, ownerTag, starts }).dependsOn);
}

/**
 * Warns of devices that may not be what was meant, and tells once in an app what a node needs.
 * @internal
 */
export function notePciDevices({ devices, holder, property }: PciMachine): void {
  devices.forEach((device, i) => {
    // On bus 00 are the devices of the board, which are one function each.
    const alone = device.address !== undefined && /:(?!00:)[0-9a-f]{2}:[01][0-9a-f]\.0$/.test(device.address);
    if (alone && device.mdev === undefined && !device.singleFunction) warn(holder, rules['pci-function-alone'], { property: property(i), received: device.address });
  });
  if (devices.length > 0) informOnce(holder, rules['pci-host-checklist'], { property: property(0) });
}

/**
 * Devices as the provider's virtual machine resource takes them. The ROM, PCI Express and first display are always said: what is left out it
 * sends as switched off.
 * @internal
 */
export function renderPciDevices(devices: readonly PciDevice[], machine: MachineType): { [name: string]: any }[] | undefined {
  if (devices.length === 0) return undefined;
  return devices.map((device, i) => ({
    device: `hostpci${i}`,
    mapping: device.mappingName,
    id: device.address,
    mdev: device.mdev,
    pcie: device.pcie ?? machine.isQ35,
    rombar: device.romBar,
    rom_file: device.romFile,
    xvga: device.primaryGpu,
  }));
}

/**
 * Seconds a machine with devices may take to start: all its memory is taken from the node first, for which Proxmox VE itself would allow four
 * seconds per GiB. The provider hands over a time of its own instead, half an hour.
 * @internal
 */
export function startTimeout(memory: Size): number {
  return Math.max(1800, Math.ceil(4 * memory.toGibibytes()));
}
