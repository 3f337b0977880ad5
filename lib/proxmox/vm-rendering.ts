import { Bios, DiskBus } from '../core';
import { VmDisk, VmHardware, VmNetworkDevice } from './hardware';

/**
 * Hardware as the provider's virtual machine resource takes it, with nothing left to the provider's defaults.
 *
 * @see https://registry.terraform.io/providers/bpg/proxmox/latest/docs/resources/virtual_environment_vm
 * @internal
 */
export function renderHardware(hardware: VmHardware, storage: string): { [name: string]: any } {
  return {
    bios: hardware.bios,
    machine: hardware.machine.name,
    scsi_hardware: hardware.scsiController,
    boot_order: [hardware.disks[0].slot],
    operating_system: [{ type: hardware.osType.name }],
    cpu: [{ type: hardware.cpuType.name, cores: hardware.cores, sockets: hardware.sockets, numa: false }],
    memory: [{
      dedicated: hardware.memory.toMebibytes(),
      floating: hardware.minimumMemory?.toMebibytes() ?? 0,
    }],
    efi_disk: hardware.bios === Bios.OVMF
      ? [{ datastore_id: hardware.disks[0].storage ?? storage, type: hardware.efiType, pre_enrolled_keys: hardware.preEnrolledKeys }]
      : undefined,
    disk: hardware.disks.map((disk) => renderDisk(disk)),
    network_device: hardware.networkDevices.map(renderNetworkDevice),
    serial_device: hardware.serialConsole ? [{ device: 'socket' }] : undefined,
    vga: [{ type: hardware.vga }],
  };
}

function renderDisk(disk: VmDisk) {
  return {
    interface: disk.slot,
    datastore_id: disk.storage,
    size: disk.size.toGibibytes(),
    file_format: disk.format,
    discard: disk.discard ? 'on' : 'ignore',
    // The provider sends neither option where the bus does not know it; then they would come back as a change.
    ssd: disk.bus === DiskBus.VIRTIO ? undefined : disk.ssd,
    iothread: disk.bus === DiskBus.IDE || disk.bus === DiskBus.SATA ? undefined : disk.ioThread,
    cache: disk.cache,
    backup: disk.backup,
    replicate: disk.replicate,
  };
}

/** Every member is written: the provider takes the devices as objects, of which Terraform lets no member be left out in JSON. */
function renderNetworkDevice(device: VmNetworkDevice) {
  return {
    bridge: device.bridge,
    model: device.model,
    firewall: device.firewall,
    vlan_id: device.vlanTag ?? null,
    mac_address: device.macAddress ?? null,
    mtu: device.mtu ?? null,
    disconnected: null,
    enabled: null,
    queues: null,
    rate_limit: null,
    trunks: null,
  };
}
