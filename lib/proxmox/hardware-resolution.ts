import { DiskBus, DiskCache, NetworkModel, Problems, ScsiController, containsTerraformToken } from '../core';
import { Disk, NetworkDevice, VmDisk, VmHardware, VmHardwareProps, VmNetworkDevice } from './hardware';
import { vmHardwareRules as rules } from './hardware-rules';
import { ProxmoxVe } from './proxmox-ve';
import { proxmoxRules } from './rules';
import { checkBridge, checkForm, checkStorage } from './text-forms';

const MAC_ADDRESS = /^[0-9a-f][02468ace](:[0-9a-f]{2}){5}$/i;

/**
 * How many disks a bus takes; of IDE's four slots a guest with the chipset q35 sees only two.
 * @internal
 */
export const BUS_CAPACITY: Readonly<Record<DiskBus, number>> = {
  [DiskBus.IDE]: 2, [DiskBus.SATA]: 6, [DiskBus.SCSI]: 31, [DiskBus.VIRTIO]: 16,
};

/**
 * Hardware with every default filled in: from what the user says, else from the template; notes what would not work.
 *
 * @param terraformOnly whether only Terraform reads it, so that it may hold references
 * @internal
 */
export function resolveHardware(
  proxmoxVe: ProxmoxVe, props: VmHardwareProps, inherited: VmHardware, problems: Problems, terraformOnly: boolean = false,
): VmHardware {
  whole(problems, 'cores', props.cores, 1, 128, 'cores-out-of-range', terraformOnly);
  whole(problems, 'sockets', props.sockets, 1, 4, 'sockets-out-of-range', terraformOnly);
  const memory = props.memory ?? inherited.memory;
  problems.check(Number.isInteger(memory.toMebibytes()) && memory.toMebibytes() >= 64 && memory.toMebibytes() <= 4_178_944,
    rules['memory-out-of-range'], { property: 'memory', received: memory });
  const minimumMemory = props.minimumMemory ?? (props.memory === undefined ? inherited.minimumMemory : undefined);
  if (minimumMemory !== undefined) {
    problems.check(!memory.isSmallerThan(minimumMemory) && Number.isInteger(minimumMemory.toMebibytes()),
      rules['minimum-memory-too-large'], { property: 'minimumMemory', received: minimumMemory });
  }
  return {
    ...inherited,
    cores: props.cores ?? inherited.cores,
    sockets: props.sockets ?? inherited.sockets,
    cpuType: props.cpuType ?? inherited.cpuType,
    memory,
    minimumMemory,
    vga: props.vga ?? inherited.vga,
    disks: props.disks === undefined ? inherited.disks : resolveDisks(proxmoxVe, props.disks, inherited, problems, terraformOnly),
    networkDevices: props.networkDevices === undefined
      ? withoutAddresses(inherited.networkDevices)
      : props.networkDevices.map((device, i) => resolveNetworkDevice(proxmoxVe, device, `networkDevices[${i}]`, problems, terraformOnly)),
  };
}

/**
 * Disks with slots and defaults; notes what would not work.
 * @internal
 */
export function resolveDisks(
  proxmoxVe: ProxmoxVe, disks: Disk[], hardware: Pick<VmHardware, 'scsiController'>, problems: Problems, terraformOnly: boolean = false,
): VmDisk[] {
  problems.check(disks.length > 0, rules['no-disk'], { property: 'disks', received: disks });
  const used = new Map<DiskBus, number>();
  return disks.map((disk, i) => {
    const property = `disks[${i}]`;
    const bus = disk.bus ?? DiskBus.SCSI;
    const number = used.get(bus) ?? 0;
    used.set(bus, number + 1);
    problems.check(number < BUS_CAPACITY[bus], rules['bus-full'], {
      property: `${property}.bus`, received: bus, rule: `The bus ${bus} takes ${BUS_CAPACITY[bus]} devices.`,
    });
    checkStorage(problems, `${property}.storage`, disk.storage, terraformOnly);
    problems.check(Number.isInteger(disk.size.toGibibytes()), rules['disk-size'], { property: `${property}.size`, received: disk.size });
    const threads = bus === DiskBus.VIRTIO || (bus === DiskBus.SCSI && hardware.scsiController === ScsiController.VIRTIO_SCSI_SINGLE);
    problems.check(!disk.ioThread || threads, rules['io-thread'], { property: `${property}.ioThread`, received: `true on ${bus}` });
    problems.check(!disk.ssd || bus !== DiskBus.VIRTIO, rules['ssd-on-virtio'], { property: `${property}.ssd`, received: true });
    return {
      slot: `${bus}${slotNumber(bus, number)}`,
      bus,
      size: disk.size,
      storage: disk.storage ?? proxmoxVe.storage,
      discard: disk.discard ?? true,
      ssd: disk.ssd ?? bus !== DiskBus.VIRTIO,
      ioThread: disk.ioThread ?? threads,
      cache: disk.cache ?? DiskCache.NONE,
      backup: disk.backup ?? true,
      replicate: disk.replicate ?? true,
      format: disk.format,
    };
  });
}

/**
 * A network device with defaults; notes what would not work.
 * @internal
 */
export function resolveNetworkDevice(
  proxmoxVe: ProxmoxVe, device: NetworkDevice, property: string, problems: Problems, terraformOnly: boolean = false,
): VmNetworkDevice {
  const { vlanTag, macAddress, mtu } = device;
  checkBridge(problems, `${property}.bridge`, device.bridge, terraformOnly);
  whole(problems, `${property}.vlanTag`, vlanTag, 1, 4094, 'vlan-tag', terraformOnly);
  checkForm(problems, `${property}.macAddress`, macAddress, MAC_ADDRESS, rules['mac-address'], terraformOnly);
  const model = device.model ?? NetworkModel.VIRTIO;
  if (mtu !== undefined && model !== NetworkModel.VIRTIO) problems.report(rules.mtu, { property: `${property}.mtu`, received: `${mtu} with ${model}` });
  else if (mtu !== 1) whole(problems, `${property}.mtu`, mtu, 576, 65520, 'mtu', terraformOnly);
  return {
    bridge: device.bridge ?? proxmoxVe.bridge,
    model,
    firewall: device.firewall ?? false,
    vlanTag,
    macAddress: containsTerraformToken(macAddress) ? macAddress : macAddress?.toUpperCase(),
    mtu,
  };
}

/** A hardware address is one machine's: what is cloned from it has its own. */
function withoutAddresses(devices: VmNetworkDevice[]): VmNetworkDevice[] {
  return devices.some((device) => device.macAddress !== undefined) ? devices.map((device) => ({ ...device, macAddress: undefined })) : devices;
}

/**
 * The first free slot on the SCSI bus, beside disks that stand there already.
 * @internal
 */
export function freeScsiSlot(taken: Iterable<string>): string {
  const slots = new Set(taken);
  for (let i = 0; ; i++) {
    if (!slots.has(`scsi${i}`)) return `scsi${i}`;
  }
}

/** The first and third of the four IDE slots are those a guest with q35 sees. */
function slotNumber(bus: DiskBus, number: number): number {
  return bus === DiskBus.IDE ? number * 2 : number;
}

function whole(
  problems: Problems, property: string, value: number | undefined, min: number, max: number, rule: keyof typeof rules, terraformOnly: boolean,
): void {
  if (value === undefined) return;
  if (containsTerraformToken(value)) {
    problems.check(terraformOnly, proxmoxRules['not-known-at-synth'], { property, received: value });
    return;
  }
  problems.check(Number.isInteger(value) && value >= min && value <= max, rules[rule], { property, received: value });
}
